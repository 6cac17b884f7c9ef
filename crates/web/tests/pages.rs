//! The pages as a browser gets them: requests to the router over a record of news items written here.
//!
//! In: requests. Out: nothing. Never: a network.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chancery::record::{Ingest, Keeping, Store, ingest};
use chancery::source::Item;
use chancery::{Document, Library, Sources};
use chancery_web::{App, router};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

const ITEMS: [(&str, &str, &str); 4] = [
    (
        "paris",
        "2024-03-06",
        "French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Tuesday, the Elysee said.\n\n\"Our friendship is strong,\" Macron said.",
    ),
    (
        "paris-de",
        "2024-03-06",
        "Bundeskanzler Olaf Scholz ist am Dienstag in Lyon mit dem französischen Präsidenten Emmanuel Macron zusammengetroffen.",
    ),
    ("telefon", "2024-04-02", "Český premiér Petr Fiala telefonoval v pondělí s ukrajinským prezidentem Volodymyrem Zelenským."),
    (
        "<script>alert('id')</script>",
        "2024-05-07",
        "<script>alert('title')</script>\n\nPolish Prime Minister Donald Tusk met <img src=x onerror=alert(1)> Romanian President Klaus Iohannis in Warsaw on Monday.",
    ),
];

static LIBRARY: LazyLock<&'static Library> = LazyLock::new(|| Box::leak(Box::new(Library::built_in().expect("what is built in"))));

/// Pages over a fresh record of the items.
fn pages() -> (tempfile::TempDir, Router) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.db");
    let mut store = Store::create(&path).expect("a record");
    let item = |(id, published, text): (&str, &str, &str)| {
        let document = Document { id: id.to_owned(), text: text.to_owned(), published: published.parse().ok(), ..Document::default() };
        Item::Read { source: format!("{id}.txt"), document: Box::new(document), notes: Vec::new(), raw: None }
    };
    let how = Ingest { reader: "test".to_owned(), limit: None, keeping: Keeping::Kept, threads: None };
    ingest(&mut store, *LIBRARY, &mut ITEMS.into_iter().map(item), &how, &mut |_| {}).expect("kept");
    store.derive(&|code| LIBRARY.name_of(code), *LIBRARY).expect("derived");
    drop(store);
    let app = App::new(path, Sources::default(), *LIBRARY).expect("pages");
    (folder, router(Arc::new(app)))
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

fn ask(router: &Router, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let response = router.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
        Answer { status, headers, body: String::from_utf8(bytes.to_vec()).expect("UTF-8") }
    })
}

fn get(router: &Router, address: &str) -> Answer {
    ask(router, Request::get(address).body(Body::empty()).expect("a request"))
}

fn post(router: &Router, address: &str, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(router, request.body(Body::from(body)).expect("a request"))
}

/// The value of a hidden field of a form.
fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap_or("")
}

/// The id of the only entry that a question finds.
fn only(router: &Router, question: &str) -> String {
    let found: serde_json::Value = serde_json::from_str(&get(router, &format!("/api/v1/entries?{question}")).body).expect("JSON");
    assert_eq!(found["total"], 1, "{question}: {found}");
    found["entries"][0]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn every_page_answers_and_lets_nothing_foreign_run() {
    let (_folder, router) = pages();
    for address in [
        "/",
        "/contacts",
        "/statements",
        "/commitments",
        "/figures",
        "/standings",
        "/network?since=2024&until=2024",
        "/map?status=held&area=europe",
        "/calendar",
        "/calendar?month=2024-03&state=FR",
        "/calendar?year=2024",
        "/languages",
        "/format/NATO?on=2010",
        "/state/XK",
        "/documents",
        "/document/paris",
        "/review",
        "/ledger",
        "/about",
        "/search?q=Macron",
        "/state/FR",
        "/person/Olaf%20Scholz",
        "/pair/FR/DE",
        "/style.css",
        "/script.js",
        "/api/v1/openapi.json",
        "/contacts.json",
        "/contacts.csv",
        "/contacts.ics",
        "/contacts.atom",
    ] {
        let answer = get(&router, address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or("");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{address}: {policy}");
        let kind = answer.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        // what is no page is never run as one
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{address}");
        let page = kind.starts_with("text/html") || kind.contains("xml");
        assert!(!page || !answer.body.contains("<script>") && !answer.body.contains("<img"), "{address}: {}", answer.body);
    }
}

#[test]
fn contacts_stand_on_the_map_and_in_the_calendar() {
    let (_folder, router) = pages();
    let map = get(&router, "/map?status=held").body;
    for told in ["France: 1 contact", "Paris, France", "/contacts?status=held&amp;state=FR", "/contacts?status=held&amp;place=Paris%2C+FR"]
    {
        assert!(map.contains(told), "{told}: {map}");
    }
    assert!(!get(&router, "/map?state=CZ").body.contains("Paris, France"));
    assert_eq!(get(&router, "/contacts.csv?place=warsaw").body.lines().count(), 2);
    let month = get(&router, "/calendar?month=2024-03").body;
    let (_, day) = month.split_once("id=\"d-2024-03-05\"").expect("a day");
    assert!(day.split("</td>").next().is_some_and(|day| day.contains("Germany")), "{month}");
    assert!(month.contains("/contacts.ics?since=2024-03-01&amp;until=2024-03-31"), "{month}");
    assert!(get(&router, "/calendar?year=2024").body.contains("/calendar?month=2024-03#d-2024-03-05"));
    assert!(get(&router, "/network?since=2023&until=2023").body.contains("Nothing in the record"));
}

#[test]
fn a_choice_is_kept_for_the_pages_that_follow() {
    let (_folder, router) = pages();
    let answer = get(&router, "/?lang=ro&romanise=1");
    let cookies: Vec<&str> = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("lang=ro;")) && cookies.iter().any(|cookie| cookie.starts_with("romanise=1;")));
    assert!(get(&router, "/?lang=a%0D%0Ab").headers.get(header::SET_COOKIE).is_none());
}

#[test]
fn a_question_that_is_wrong_is_told_as_such() {
    let (_folder, router) = pages();
    for (address, status, told) in [
        ("/nowhere", StatusCode::NOT_FOUND, "no such page"),
        ("/entry/c-000", StatusCode::NOT_FOUND, "no entry"),
        ("/document/none", StatusCode::NOT_FOUND, "no document"),
        ("/state/QQ", StatusCode::NOT_FOUND, "nothing of"),
        ("/contacts?since=yesterday", StatusCode::BAD_REQUEST, "2024-05-20"),
        ("/calendar?month=soon", StatusCode::BAD_REQUEST, "2023-02"),
        ("/contacts?order=odd", StatusCode::BAD_REQUEST, "newest"),
    ] {
        let answer = get(&router, address);
        assert_eq!((answer.status, answer.body.contains(told)), (status, true), "{address}: {}", answer.body);
        assert!(answer.body.starts_with("<!DOCTYPE html>"), "{address}");
    }
    let answer = get(&router, "/api/v1/entries?entry=odd");
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    let evil = Request::get("/contacts").header(header::HOST, "evil.example").body(Body::empty()).expect("a request");
    assert_eq!(ask(&router, evil).status, StatusCode::FORBIDDEN);
}

#[test]
fn an_entry_shows_its_evidence_in_each_language_and_where_claims_differ() {
    let (_folder, router) = pages();
    let id = only(&router, "entry=contact&state=FR&state=DE");
    let page = get(&router, &format!("/entry/{id}")).body;
    for told in ["<mark class=\"evidence\">", "zusammengetroffen", "Paris", "Lyon", "contradiction", "5 March 2024"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let entry: serde_json::Value = serde_json::from_str(&get(&router, &format!("/entry/{id}.json")).body).expect("JSON");
    let claim = entry["claims"][1]["claim"].as_str().expect("a claim");
    let answer = get(&router, &format!("/entry/{claim}"));
    assert_eq!(answer.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()), Some(&*format!("/entry/{id}")));
}

#[test]
fn pages_speak_the_language_of_the_reader() {
    let (_folder, router) = pages();
    let german =
        Request::get("/contacts").header(header::ACCEPT_LANGUAGE, "de-AT,de;q=0.9,en;q=0.5").body(Body::empty()).expect("a request");
    let page = ask(&router, german).body;
    assert!(page.contains("<html lang=\"de\">") && page.contains("Frankreich") && page.contains("5. März 2024"), "{page}");
    assert!(get(&router, "/contacts?lang=cs").body.contains("Francie"));
}

#[test]
fn a_judgement_needs_the_form_of_this_run_and_is_undone() {
    let (_folder, router) = pages();
    let id = only(&router, "entry=contact&state=FR&state=DE");
    let form = |page: &str, token: &str| {
        let fields = [
            ("id", &*id),
            ("decision", "correct"),
            ("field", "place"),
            ("value", "Paris, FR"),
            ("author", "A. Reader"),
            ("reason", "the Elysee says so"),
            ("token", token),
            ("seen", hidden(page, "seen")),
        ];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send =
        |fields: &[(String, String)]| post(&router, "/judge", &fields.iter().map(|(name, value)| (&**name, &**value)).collect::<Vec<_>>());
    let page = get(&router, &format!("/entry/{id}")).body;
    assert_eq!(send(&form(&page, "0")).status, StatusCode::FORBIDDEN);
    let token = hidden(&page, "token").to_owned();
    let answer = send(&form(&page, &token));
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let corrected = get(&router, &format!("/entry/{id}")).body;
    assert!(corrected.contains("corrected"), "{corrected}");
    // who looked before sees that somebody judged meanwhile
    assert_eq!(send(&form(&page, &token)).status, StatusCode::CONFLICT);
    let log = get(&router, "/review").body;
    assert!(log.contains("A. Reader"), "{log}");
    let undone = post(&router, "/undo", &[("token", &token), ("number", "1"), ("author", "A. Reader")]);
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert!(!get(&router, &format!("/entry/{id}")).body.contains("corrected"));
}

#[test]
fn what_a_list_shows_is_to_be_had_as_data() {
    let (_folder, router) = pages();
    let csv = get(&router, "/contacts.csv?state=CZ");
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    let calendar = get(&router, "/contacts.ics").body;
    assert!(calendar.contains("DTSTART;VALUE=DATE:20240305\r\n") && calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    let first = get(&router, "/api/v1/entries?entry=contact&limit=1");
    let page: serde_json::Value = serde_json::from_str(&first.body).expect("JSON");
    assert_eq!((&page["total"], page["next"].as_str().is_some()), (&3.into(), true));
    let tag = first.headers[header::ETAG].clone();
    let again =
        Request::get("/api/v1/entries?entry=contact&limit=1").header(header::IF_NONE_MATCH, tag).body(Body::empty()).expect("a request");
    assert_eq!(ask(&router, again).status, StatusCode::NOT_MODIFIED);
}
