//! The pages as a browser gets them: requests to the router over a record of news items written here.
//!
//! In: requests. Out: nothing. Never: a network.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use common::{ask, get, hidden, only, pages, post};

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
fn a_person_has_a_calendar() {
    let (_folder, router) = pages();
    let page = get(&router, "/person/Olaf%20Scholz").body;
    assert!(page.contains("/calendar?person=Olaf+Scholz&amp;month=2024-03#d-2024-03-05"), "{page}");
    assert!(!get(&router, "/person/Olaf%20Scholz?year=2023").body.contains("month=2024-03#d-"));
}

#[test]
fn a_feed_goes_on_where_a_page_of_it_ends() {
    let (_folder, router) = pages();
    let (mut address, mut ids) = ("/contacts.atom?limit=1".to_owned(), Vec::new());
    while ids.len() < 10 {
        let page = get(&router, &address).body;
        ids.extend(page.split("<id>urn:chancery:entry:").skip(1).filter_map(|rest| rest.split('<').next().map(str::to_owned)));
        let (_, next) = page.split_once("<link rel=\"next\" href=\"").unwrap_or(("", ""));
        match next.split('"').next() {
            Some(next) if !next.is_empty() => address = next.replace("&amp;", "&"),
            _ => break,
        }
    }
    let listed: serde_json::Value = serde_json::from_str(&get(&router, "/contacts.json?order=reported").body).expect("JSON");
    let listed: Vec<&str> = listed.as_array().expect("entries").iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert!(listed.len() > 2 && ids == listed, "{ids:?} {listed:?}");
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
fn the_claims_of_an_entry_come_page_by_page() {
    let (_folder, router) = pages();
    let id = only(&router, "entry=contact&state=FR&state=DE");
    let parts = [("?limit=1", "1–1 / 2", "rel=\"next\""), ("?limit=1&offset=1", "2–2 / 2", "rel=\"prev\"")];
    let pages = parts.map(|(asked, shown, way)| {
        let page = get(&router, &format!("/entry/{id}{asked}")).body;
        assert!(page.contains(shown) && page.contains(way) && page.matches("class=\"claim\"").count() == 1, "{asked}: {page}");
        page
    });
    // what speaks for a value leads to the page on which it stands
    assert!(pages[0].contains(&format!("href=\"/entry/{id}?offset=0#")), "{}", pages[0]);
    let whole = get(&router, &format!("/entry/{id}")).body;
    assert!(whole.matches("class=\"claim\"").count() == 2 && !whole.contains("rel=\"next\""), "{whole}");
    assert_eq!(get(&router, &format!("/entry/{id}?offset=9")).status, StatusCode::OK);
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
    let log = get(&router, "/review/log").body;
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

#[test]
fn the_queue_moves_on_by_itself_and_unsure_calls_for_another() {
    let (_folder, router) = pages();
    let at = |answer: &common::Answer| answer.headers[header::LOCATION].to_str().expect("text").to_owned();
    let first = at(&get(&router, "/review/next?look=unjudged"));
    assert!(first.starts_with("/entry/") && first.contains("queue=0"), "{first}");
    let page = get(&router, &first).body;
    let fields = ["token", "id", "seen", "on"].map(|name| (name, hidden(&page, name).replace("&amp;", "&")));
    let mut form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.extend([("decision", "unsure"), ("author", "A. Reader")]);
    let judged = post(&router, "/judge", &form);
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let second = at(&get(&router, &at(&judged)));
    assert!(second.starts_with("/entry/") && second != first, "{first} {second}");
    // the author of a judgement is not asked again, another one is
    let cookie = judged.headers[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a cookie").to_owned();
    let asked = |cookie: &str| {
        let request = Request::get("/review?look=second").header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
        ask(&router, request).body.contains(hidden(&page, "id"))
    };
    assert!(asked("author=Somebody") && !asked(&cookie));
    // Z takes back the last of this author
    let undone = post(&router, "/undo", &[("token", hidden(&page, "token")), ("last", "1"), ("author", "A. Reader")]);
    assert!(at(&undone).starts_with("/entry/"), "{}", undone.body);
    assert!(!asked("author=Somebody"));
}

#[test]
fn a_split_is_seen_before_it_is_done() {
    let (_folder, router) = pages();
    let id = only(&router, "entry=contact&state=FR&state=DE");
    let entry: serde_json::Value = serde_json::from_str(&get(&router, &format!("/entry/{id}.json")).body).expect("JSON");
    let claim = entry["claims"][1]["claim"].as_str().expect("a claim");
    let preview = get(&router, &format!("/review/preview?id={id}&decision=split&other={claim}")).body;
    let (now, then) = preview.split_once("Then").expect("two sides");
    assert_eq!((now.matches("class=\"contact\"").count() <= 1, then.matches("/entry/").count() >= 2), (true, true), "{preview}");
    // nothing is done yet
    assert_eq!(only(&router, "entry=contact&state=FR&state=DE"), id);
    let fields = ["token", "id", "seen", "other"].map(|name| (name, hidden(&preview, name)));
    let form: Vec<(&str, &str)> = fields.into_iter().chain([("decision", "split"), ("author", "A"), ("reason", "two occasions")]).collect();
    assert_eq!(post(&router, "/judge", &form).status, StatusCode::SEE_OTHER);
    let found: serde_json::Value =
        serde_json::from_str(&get(&router, "/api/v1/entries?entry=contact&state=FR&state=DE").body).expect("JSON");
    assert_eq!(found["total"], 2);
}

#[test]
fn pages_and_data_carry_a_mark_that_changes_with_the_record() {
    let (_folder, router) = pages();
    for address in ["/", "/contacts", "/contacts.csv", "/api/v1/entries", "/api/v1/changes?since=0"] {
        let mark = get(&router, address).headers[header::ETAG].clone();
        let again = |mark| ask(&router, Request::get(address).header(header::IF_NONE_MATCH, mark).body(Body::empty()).expect("a request"));
        let known = again(mark.clone());
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
        assert_eq!(again("\"other\"".parse().expect("a mark")).status, StatusCode::OK, "{address}");
    }
    let before = get(&router, "/api/v1/changes?since=0&limit=1000");
    let followed: serde_json::Value = serde_json::from_str(&before.body).expect("JSON");
    let since = format!("/api/v1/changes?since={}", followed["next"].as_str().expect("a place"));
    let nothing: serde_json::Value = serde_json::from_str(&get(&router, &since).body).expect("JSON");
    assert_eq!(nothing["changes"].as_array().map(Vec::len), Some(0));
    let id = only(&router, "entry=contact&state=CZ");
    let page = get(&router, &format!("/entry/{id}")).body;
    post(&router, "/judge", &[("token", hidden(&page, "token")), ("id", &id), ("decision", "accept"), ("author", "A")]);
    let changed: serde_json::Value = serde_json::from_str(&get(&router, &since).body).expect("JSON");
    assert_eq!((&changed["changes"][0]["id"], changed["changes"].as_array().map(Vec::len)), (&id.into(), Some(1)));
    assert_ne!(get(&router, "/api/v1/changes?since=0&limit=1000").headers[header::ETAG], before.headers[header::ETAG]);
}
