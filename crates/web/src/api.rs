//! The record as data: entries by question and by id, documents, what changed.
//!
//! In: questions in the address. Out: JSON with a cursor to the next page. Never: a cut that the answer does not tell.

use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::pages::list;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery::record::{Change, Cursor, Filter, Order, Page, Since, Store};
use serde_json::{Value, json};
use std::str::FromStr;
use std::sync::Arc;

const SORTS: [&str; 5] = ["contact", "statement", "commitment", "figure", "standing"];

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/entries", get(entries))
        .route("/api/v1/entries/{id}", get(entry))
        .route("/api/v1/documents/{*id}", get(document))
        .route("/api/v1/changes", get(changes))
        .route("/api/v1/openapi.json", get(openapi))
        .route("/raw/{*id}", get(raw))
}

fn answer(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Parts of the question that only the data has.
struct Further {
    sorts: Vec<String>,
    cursor: Option<String>,
    since: Option<String>,
}

impl Further {
    fn of(uri: &Uri) -> Result<Further, Problem> {
        let pairs: Vec<_> = form_urlencoded::parse(uri.query().unwrap_or("").as_bytes()).into_owned().collect();
        let all = |key: &'static str| pairs.iter().filter(move |(known, _)| known == key).map(|(_, value)| value.clone());
        let sorts: Vec<String> = all("entry").collect();
        if let Some(unknown) = sorts.iter().find(|sort| !SORTS.contains(&sort.as_str())) {
            return Err(Problem::wrong(format!("`entry` is {unknown:?}; expected {}", SORTS.join(", "))));
        }
        Ok(Further { sorts, cursor: all("cursor").next(), since: all("since").next() })
    }

    /// The address of what follows.
    fn next(&self, asked: &Asked, cursor: &Cursor) -> String {
        let sorts = self.sorts.iter().map(|sort| ("entry", sort.as_str()));
        let cursor = cursor.to_string();
        let asked = asked.without("offset");
        let pairs = sorts.chain(asked.pairs()).chain([("cursor", cursor.as_str())]);
        format!("/api/v1/entries?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    }
}

/// A value of a question that is written in a form of its own.
fn parsed<T: FromStr<Err = String>>(key: &str, text: Option<&String>) -> Result<Option<T>, Problem> {
    let parse = |text: &String| text.parse().map_err(|error| Problem::wrong(format!("`{key}` is {text:?}: {error}")));
    text.filter(|text| !text.is_empty()).map(parse).transpose()
}

async fn entries(State(app): State<Arc<App>>, uri: Uri, asked: Asked) -> Result<Response, Problem> {
    let further = Further::of(&uri)?;
    let after = parsed("cursor", further.cursor.as_ref())?;
    let answering = Arc::clone(&app);
    let found = app
        .ask(move |store| {
            let sorts: Vec<&str> = further.sorts.iter().map(String::as_str).collect();
            let answered = |store: &Store, filter: &Filter| {
                let page = asked.page(Order::Newest, SHOWN)?;
                let total = store.count(filter)?;
                let limit = page.limit.unwrap_or(SHOWN);
                // one more than is shown tells whether there are more
                let more = Page { limit: Some(limit + 1), ..page };
                let mut found = list::whole(store, &Filter { after, ..filter.clone() }, more)?;
                let cut = found.len() > limit;
                found.truncate(limit);
                let last = found.last().filter(|_| cut).map(|last| store.cursor(filter, page.order, &last.id)).transpose()?.flatten();
                let next = last.map(|cursor| further.next(&asked, &cursor));
                Ok((total, next, serde_json::to_value(&found)?))
            };
            let ((total, next, found), notes) = list::ask(&answering, store, &asked, &sorts, answered)?;
            Ok(json!({"total": total, "next": next, "notes": notes, "entries": found}))
        })
        .await?;
    Ok(answer(&found))
}

/// Entries that are new, other or gone since somebody last asked.
async fn changes(State(app): State<Arc<App>>, uri: Uri, asked: Asked) -> Result<Response, Problem> {
    let since: Since = parsed("since", Further::of(&uri)?.since.as_ref())?.unwrap_or_default();
    let limit = asked.page(Order::Newest, SHOWN)?.limit.unwrap_or(SHOWN);
    let value = app
        .ask(move |store| {
            let mut changes = store.changes(&since, limit + 1)?;
            let more = changes.len() > limit;
            changes.truncate(limit);
            let next = changes.last().map_or(since, |last| last.place.clone()).to_string();
            let told = |change: &Change| json!({"id": change.id(), "gone": change.entry.is_none(), "entry": change.entry});
            Ok(json!({"next": next, "more": more, "changes": changes.iter().map(told).collect::<Vec<_>>()}))
        })
        .await?;
    Ok(answer(&value))
}

/// The bytes that a document was read from, to be kept and never to be shown.
async fn raw(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let bytes =
        app.ask(move |store| store.raw(&id)?.ok_or_else(|| Problem::not_found(format!("no document {id:?} in the record")))).await?;
    let headers =
        [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, "attachment; filename=\"document.bin\"")];
    Ok((headers, bytes).into_response())
}

async fn entry(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let entry = app.ask(move |store| store.entry(&id)?.ok_or_else(|| Problem::not_found(format!("no entry {id:?} in the record")))).await?;
    Ok(answer(&serde_json::to_value(&entry)?))
}

async fn document(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let missing = format!("no document {id:?} in the record");
    let kept = app.ask(move |store| store.document(&id)?.ok_or_else(|| Problem::not_found(missing))).await?;
    let value = json!({
        "id": kept.document.id, "version": kept.version, "sha256": kept.sha256, "language": kept.language,
        "published": kept.published.map(|date| date.to_string()), "title": kept.title, "url": kept.document.url,
        "withdrawn": kept.withdrawn, "text": kept.document.text,
    });
    Ok(answer(&value))
}

/// What the questions and answers look like, in OpenAPI 3.1.
async fn openapi() -> Response {
    let text = |name: &str, about: &str, pattern: &str| json!({"name": name, "in": "query", "description": about, "schema": {"type": "string", "pattern": pattern}});
    // days that every year has
    let days = r"(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31";
    let date = |name: &str, about: &str| text(name, about, &format!(r"^\s*(\d{{4}}(-({days}))?)?\s*$"));
    let many = |name: &str, about: &str| json!({"name": name, "in": "query", "description": about, "explode": true, "schema": {"type": "array", "items": {"type": "string"}}});
    let number = |name: &str, about: &str, least: usize| json!({"name": name, "in": "query", "description": about, "schema": {"type": "integer", "minimum": least}});
    let limit = number("limit", "How many at the most; more than 1000 are never given at once", 1);
    let value = r#"(null|\d{1,9}|\{"real":"-?\d{1,3}(\.\d{1,17})?"\}|"[0-9a-z-]{1,40}")"#;
    let parameters = json!([
        {"name": "entry", "in": "query", "explode": true, "schema": {"type": "array", "items": {"enum": SORTS}}},
        many("state", "Code or name; all must be there"), many("person", "Name in any script; all must be there"), many("kind", "Any of these"),
        many("status", "Any of these"), many("format", "Any of these"), many("place", "Name, or name and code as in Astana, KZ; all must be there"), many("language", "BCP 47 tag; any of these"),
        date("since", "Not over before this date (EDTF)"), date("until", "Not begun after this date (EDTF)"),
        date("known-on", "The record as it was known on this day"),
        {"name": "order", "in": "query", "schema": {"enum": ["newest", "oldest", "reported", "doubtful"]}},
        number("offset", "Entries to leave out", 0), limit, text("cursor", "Only what comes after; as in `next` of an earlier answer", &format!(r"^(\[{value}(,{value}){{1,3}}\])?$"))
    ]);
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}});
    let problem = json!({"description": "What was wrong (RFC 9457)", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    let get = |operation: &str, parameters: Value, about: &str, schema: &str| {
        let found =
            json!({"description": about, "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}});
        json!({"get": {"operationId": operation, "parameters": parameters, "responses": {"200": found, "304": {"description": "As known"}, "default": problem}}})
    };
    let object = |required: &[&str], properties: Value| json!({"type": "object", "required": required, "properties": properties});
    let list = |of: &str| json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{of}")}});
    let spec = json!({
        "openapi": "3.1.0",
        "info": {"title": "Chancery", "version": env!("CARGO_PKG_VERSION"), "summary": "The diplomatic record"},
        "paths": {
            "/api/v1/entries": get("entries", parameters, "Entries, how many there are in all, and the address of the next of them", "Entries"),
            "/api/v1/entries/{id}": get("entry", json!([id]), "An entry, also by an id that it had before", "Entry"),
            "/api/v1/changes": get("changes", json!([text("since", "How far the record was followed: `next` of an earlier answer, or 0", r"^(\d{1,15}(\.[a-z]+-[0-9a-f]+)?)?$"), limit]), "Entries that are new, other or gone since", "Changes"),
            "/api/v1/documents/{id}": get("document", json!([id]), "A document with its text", "Document")
        },
        "components": {"schemas": {
            "Entry": object(&["schema", "id", "support", "confidence"], json!({"schema": {"const": "chancery.entry/1"}, "id": {"type": "string"}, "confidence": {"type": "number", "minimum": 0, "maximum": 1}})),
            "Entries": object(&["total", "next", "notes", "entries"], json!({"total": {"type": "integer"}, "next": {"type": ["string", "null"]}, "notes": {"type": "array", "items": {"type": "string"}}, "entries": list("Entry")})),
            "Change": object(&["id", "gone", "entry"], json!({"id": {"type": "string"}, "gone": {"type": "boolean"}, "entry": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Entry"}]}})),
            "Changes": object(&["next", "more", "changes"], json!({"next": {"type": "string"}, "more": {"type": "boolean"}, "changes": list("Change")})),
            "Document": object(&["id", "version", "sha256", "text"], json!({"id": {"type": "string"}, "version": {"type": "integer"}, "sha256": {"type": "string"}, "text": {"type": "string"}})),
            "Problem": object(&["type", "title", "status", "detail"], json!({"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}))
        }}
    });
    ([(header::CONTENT_TYPE, "application/json")], spec.to_string()).into_response()
}
