//! A record of news items written here, and requests to its pages.
//!
//! In: requests. Out: answers. Never: a network.
#![allow(dead_code)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chancery::record::{Ingest, Keeping, Store, ingest};
use chancery::source::Item;
use chancery::{Document, Library, Sources};
use chancery_web::{App, router};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

pub const ITEMS: [(&str, &str, &str); 4] = [
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

pub static LIBRARY: LazyLock<&'static Library> = LazyLock::new(|| Box::leak(Box::new(Library::built_in().expect("what is built in"))));

/// Pages over a fresh record of the items.
pub fn pages() -> (tempfile::TempDir, Router) {
    let (folder, app) = record();
    (folder, router(Arc::new(app)))
}

/// A fresh record of the items.
pub fn record() -> (tempfile::TempDir, App) {
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
    (folder, app)
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

pub fn ask(router: &Router, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let response = router.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
        Answer { status, headers, body: String::from_utf8(bytes.to_vec()).expect("UTF-8") }
    })
}

pub fn get(router: &Router, address: &str) -> Answer {
    ask(router, Request::get(address).body(Body::empty()).expect("a request"))
}

pub fn post(router: &Router, address: &str, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(router, request.body(Body::from(body)).expect("a request"))
}

/// The value of a hidden field of a form.
pub fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap_or("")
}

/// The id of the only entry that a question finds.
pub fn only(router: &Router, question: &str) -> String {
    let found: serde_json::Value = serde_json::from_str(&get(router, &format!("/api/v1/entries?{question}")).body).expect("JSON");
    assert_eq!(found["total"], 1, "{question}: {found}");
    found["entries"][0]["id"].as_str().expect("an id").to_owned()
}
