//! The record as data: entries by question and by id, calendars, feeds.
//!
//! In: questions in the address. Out: JSON with a cursor to the next page, iCalendar (RFC 5545), Atom (RFC 4287). Never: a cut that
//! the answer does not tell.

use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::pages::find;
use crate::problem::Problem;
use crate::view::address;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery::export::record::{sentence, sort_and_date, words};
use chancery::record::{Content, Entry, Order};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const SORTS: [&str; 5] = ["contact", "statement", "commitment", "figure", "standing"];

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/entries", get(entries))
        .route("/api/v1/entries/{id}", get(entry))
        .route("/api/v1/documents/{*id}", get(document))
        .route("/api/v1/openapi.json", get(openapi))
}

/// A JSON answer with its ETag; where the asker has it already, only that.
fn answer(headers: &HeaderMap, value: &Value) -> Response {
    let body = value.to_string();
    let tag: String = Sha256::digest(body.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or("");
    if known.split(',').any(|known| known.trim() == tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::CONTENT_TYPE, "application/json".to_owned()), (header::ETAG, tag)], body).into_response()
}

async fn entries(State(app): State<Arc<App>>, headers: HeaderMap, uri: axum::http::Uri, asked: Asked) -> Result<Response, Problem> {
    let query = uri.query().unwrap_or("");
    let sorts: Vec<String> =
        form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == "entry").map(|(_, sort)| sort.into_owned()).collect();
    if let Some(unknown) = sorts.iter().find(|sort| !SORTS.contains(&sort.as_str())) {
        return Err(Problem::wrong(format!("`entry` is {unknown:?}; expected {}", SORTS.join(", "))));
    }
    let answering = Arc::clone(&app);
    let question = asked.clone();
    let found = app
        .ask(move |store| {
            let sorts: Vec<&str> = sorts.iter().map(String::as_str).collect();
            find(&answering, store, &question, &sorts, question.page(Order::Newest, SHOWN)?)
        })
        .await?;
    let next = found.page.offset + found.entries.len();
    let more = (next < found.all).then(|| asked.with("offset", &next.to_string()).address("/api/v1/entries"));
    Ok(answer(&headers, &json!({"total": found.all, "next": more, "notes": found.notes, "entries": serde_json::to_value(&found.entries)?})))
}

async fn entry(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Problem> {
    let entry = app.ask(move |store| store.entry(&id)?.ok_or_else(|| Problem::not_found(format!("no entry {id:?} in the record")))).await?;
    Ok(answer(&headers, &serde_json::to_value(&entry)?))
}

async fn document(State(app): State<Arc<App>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Problem> {
    let missing = format!("no document {id:?} in the record");
    let kept = app.ask(move |store| store.document(&id)?.ok_or_else(|| Problem::not_found(missing))).await?;
    let value = json!({
        "id": kept.document.id, "version": kept.version, "sha256": kept.sha256, "language": kept.language,
        "published": kept.published.map(|date| date.to_string()), "title": kept.title, "url": kept.document.url,
        "withdrawn": kept.withdrawn, "text": kept.document.text,
    });
    Ok(answer(&headers, &value))
}

/// What the questions and answers look like, in OpenAPI 3.1.
async fn openapi() -> Response {
    let text = |name: &str, about: &str| json!({"name": name, "in": "query", "description": about, "schema": {"type": "string"}});
    let many = |name: &str, about: &str| json!({"name": name, "in": "query", "description": about, "explode": true, "schema": {"type": "array", "items": {"type": "string"}}});
    let number =
        |name: &str, about: &str| json!({"name": name, "in": "query", "description": about, "schema": {"type": "integer", "minimum": 0}});
    let problem = json!({"description": "What was wrong", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let object = |about: &str| json!({"description": about, "content": {"application/json": {"schema": {"type": "object"}}}});
    let parameters = json!([
        {"name": "entry", "in": "query", "explode": true, "schema": {"type": "array", "items": {"enum": SORTS}}},
        many("state", "Code or name; all must be there"), many("person", "Name in any script; all must be there"), many("kind", "Any of these"),
        many("status", "Any of these"), many("format", "Any of these"), many("language", "BCP 47 tag; any of these"),
        text("since", "EDTF"), text("until", "EDTF"), text("known-on", "The record as it was known on this day"),
        {"name": "order", "in": "query", "schema": {"enum": ["newest", "oldest", "doubtful"]}},
        number("offset", "Entries to leave out"), number("limit", "Entries at the most, up to 1000")
    ]);
    let spec = json!({
        "openapi": "3.1.0",
        "info": {"title": "Chancery", "version": env!("CARGO_PKG_VERSION"), "summary": "The diplomatic record"},
        "paths": {
            "/api/v1/entries": {"get": {"operationId": "entries", "parameters": parameters,
                "responses": {"200": object("Entries (`chancery.entry/1`), `total`, and `next`: the address of the next page"), "304": {"description": "As known"}, "400": problem}}},
            "/api/v1/entries/{id}": {"get": {"operationId": "entry", "parameters": [id], "responses": {"200": object("An entry"), "304": {"description": "As known"}, "404": problem}}},
            "/api/v1/documents/{id}": {"get": {"operationId": "document", "parameters": [id], "responses": {"200": object("A document with its text"), "304": {"description": "As known"}, "404": problem}}}
        },
        "components": {"schemas": {"Problem": {"type": "object", "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}}}}
    });
    ([(header::CONTENT_TYPE, "application/json")], spec.to_string()).into_response()
}

/// An entry in an English sentence, with its words where it has some.
fn told(app: &App, entry: &Entry) -> String {
    let sentence = sentence(entry, &|code| app.name_of(code));
    words(entry).map_or(sentence.clone(), |words| format!("{sentence} {words}"))
}

/// Contacts and due commitments as a calendar: whole days, and only those that are known to the day or as a span of days.
pub fn calendar(app: &App, entries: &[Entry]) -> String {
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), "PRODID:-//Chancery//EN".to_owned()];
    for entry in entries {
        let date = match &entry.content {
            Content::Commitment(commitment) => commitment.due.as_ref(),
            _ => sort_and_date(entry).1,
        };
        let Some((first, last)) = date.and_then(|date| Some((date.earliest()?, date.latest()?))) else { continue };
        let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
        let Some(after) = last.tomorrow().ok().filter(|_| days <= 14) else { continue };
        // a calendar asks when an event was written down: the last report, as the record has no clock
        let stamp = entry.claims.iter().filter_map(|backing| backing.published.as_ref()?.latest()).max().unwrap_or(first);
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@chancery", entry.id),
            format!("DTSTAMP:{}T000000Z", stamp.strftime("%Y%m%d")),
            format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")),
            format!("SUMMARY:{}", escaped(&told(app, entry))),
        ]);
        if let Content::Contact(contact) = &entry.content {
            let status = match contact.status.as_str() {
                "held" => "CONFIRMED",
                "cancelled" | "denied" => "CANCELLED",
                _ => "TENTATIVE",
            };
            lines.push(format!("STATUS:{status}"));
            if let Some(name) = contact.place.as_ref().and_then(|place| place.name.as_ref()) {
                lines.push(format!("LOCATION:{}", escaped(name)));
            }
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// Text of a calendar: what has a meaning there is escaped.
fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|character| !character.is_control() || *character == '\n').collect();
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of a calendar, at most 75 bytes each; what is longer goes on behind a space.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for character in line.chars() {
        if length + character.len_utf8() > 74 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length += character.len_utf8();
    }
    out + "\r\n"
}

/// Entries as a feed; the time of an entry is the day of its last report.
pub fn feed(app: &App, title: &str, address_of_feed: &str, entries: &[Entry]) -> String {
    let day = |entry: &Entry| entry.claims.iter().filter_map(|backing| backing.published.as_ref()?.latest()).max();
    let instant = |day: Option<jiff::civil::Date>| format!("{}T00:00:00Z", day.map_or("1970-01-01".to_owned(), |day| day.to_string()));
    let mut newest: Vec<&Entry> = entries.iter().collect();
    newest.sort_by_key(|entry| std::cmp::Reverse(day(entry)));
    let items = newest.iter().take(SHOWN * 2);
    let updated = instant(newest.first().and_then(|entry| day(entry)));
    let markup = maud::html! {
        feed xmlns="http://www.w3.org/2005/Atom" {
            id { "urn:chancery:" (address_of_feed) }
            title { "Chancery: " (title) }
            updated { (updated) }
            author { name { "Chancery" } }
            @for entry in items {
                entry {
                    id { "urn:chancery:entry:" (entry.id) }
                    title { (plain(&told(app, entry))) }
                    updated { (instant(day(entry))) }
                    link href=(address("entry", &entry.id)) {}
                }
            }
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", markup.into_string())
}

/// Text without the characters that XML cannot hold.
fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_escaped_and_folded() {
        assert_eq!(escaped("a;b,c\\d\ne\r\0"), "a\\;b\\,c\\\\d\\ne");
        let long = folded(&"ž".repeat(60));
        assert!(long.split("\r\n").all(|line| line.len() <= 75), "{long}");
    }
}
