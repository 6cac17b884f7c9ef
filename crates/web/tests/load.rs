//! Fifty who look and eight who judge at the same time.
//!
//! In: requests from many threads. Out: nothing. Never: an answer that is an error, a judgement that is lost.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use chancery::record::Store;
use chancery_web::router;
use common::{ask, get, hidden, record};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const READERS: usize = 50;
const WRITERS: usize = 8;
const JUDGEMENTS: usize = 5;

const PAGES: [&str; 10] = [
    "/",
    "/contacts?state=FR",
    "/contacts.csv",
    "/network",
    "/review",
    "/document/paris",
    "/search?q=Macron",
    "/pair/FR/DE",
    "/api/v1/entries?limit=5",
    "/api/v1/changes?since=0",
];

#[test]
fn nobody_is_turned_away_and_no_judgement_is_lost() {
    let (folder, app) = record();
    let router = router(Arc::new(app));
    let found: serde_json::Value = serde_json::from_str(&get(&router, "/api/v1/entries").body).expect("JSON");
    let ids: Vec<&str> = found["entries"].as_array().expect("entries").iter().filter_map(|entry| entry["id"].as_str()).collect();
    let (looked, judged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for reader in 0..READERS {
            let (router, looked) = (&router, &looked);
            scope.spawn(move || {
                for step in 0..PAGES.len() {
                    let page = PAGES[(reader + step) % PAGES.len()];
                    let answer = get(router, page);
                    assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
                    looked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for writer in 0..WRITERS {
            let (router, judged, ids) = (&router, &judged, &ids);
            scope.spawn(move || {
                for step in 0..JUDGEMENTS {
                    let id = ids[(writer + step) % ids.len()];
                    let token = get(router, &format!("/entry/{id}")).body;
                    let fields =
                        [("token", hidden(&token, "token")), ("id", id), ("decision", "unsure"), ("author", &format!("Writer {writer}"))];
                    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
                    let request = Request::post("/judge").header("content-type", "application/x-www-form-urlencoded");
                    let answer = ask(router, request.body(Body::from(body)).expect("a request"));
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
                    judged.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!((looked.into_inner(), judged.into_inner()), (READERS * PAGES.len(), WRITERS * JUDGEMENTS));
    // reading the log verifies its chain
    let store = Store::open(&folder.path().join("record.db")).expect("the record");
    assert_eq!(store.log().expect("a whole chain").len(), WRITERS * JUDGEMENTS);
    assert!(!store.is_stale().expect("asked"), "every judgement is taken in");
    store.check().expect("whole");
}
