//! Logins, roles, limits and the audit.
//!
//! In: requests of strangers, readers, reviewers and admins. Out: nothing. Never: a network.

mod common;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use chancery_web::access::{Access, Role};
use chancery_web::router;
use common::{Answer, ask, hidden, record};
use std::sync::Arc;

const PASSWORD: &str = "a long password";

/// Pages of a record with one user of each role, behind a proxy where an origin is given.
fn guarded(origin: Option<&str>) -> (tempfile::TempDir, Router) {
    let (folder, app) = record();
    let mut access = Access::create(&folder.path().join("record.db")).expect("users");
    for role in Role::ALL {
        access.add(role.as_str(), role, PASSWORD, "2024-05-20T10:00:00Z").expect("added");
    }
    (folder, router(Arc::new(app.with_login(access, origin.map(str::to_owned)))))
}

fn send(router: &Router, method: Method, address: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder().method(method).uri(address).header(header::COOKIE, cookie);
    ask(router, request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).expect("a request"))
}

fn look(router: &Router, address: &str, cookie: &str) -> Answer {
    send(router, Method::GET, address, cookie, &[])
}

fn try_password(router: &Router, name: &str, password: &str) -> Answer {
    let page = look(router, "/login", "").body;
    send(
        router,
        Method::POST,
        "/login",
        "",
        &[("token", hidden(&page, "token")), ("name", name), ("password", password), ("to", "/contacts")],
    )
}

/// Logs in and returns the cookie.
fn log_in(router: &Router, name: &str) -> String {
    let answer = try_password(router, name, PASSWORD);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.headers[header::LOCATION], "/contacts");
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

#[test]
fn a_stranger_sees_nothing_but_the_login() {
    let (_folder, router) = guarded(None);
    for address in ["/", "/contacts", "/contacts.csv", "/entry/c-1", "/review", "/audit", "/nowhere", "/raw/paris", "/text/paris"] {
        let answer = look(&router, address, "session=0000");
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}: {}", answer.body);
        assert!(answer.headers[header::LOCATION].to_str().is_ok_and(|to| to.starts_with("/login?to=")), "{address}");
    }
    for address in ["/api/v1/entries", "/api/v1/changes", "/api/v1/openapi.json", "/contacts.json"] {
        let answer = look(&router, address, "");
        assert_eq!(
            (answer.status, &answer.headers[header::CONTENT_TYPE]),
            (StatusCode::UNAUTHORIZED, &"application/problem+json".parse().expect("a type")),
            "{address}"
        );
    }
    for address in ["/judge", "/undo", "/logout", "/settings"] {
        assert_eq!(send(&router, Method::POST, address, "", &[]).status, StatusCode::UNAUTHORIZED, "{address}");
    }
    assert_eq!(look(&router, "/style.css", "").status, StatusCode::OK);
}

#[test]
fn each_role_may_do_its_own_and_no_more() {
    let (_folder, router) = guarded(None);
    let cookies = Role::ALL.map(|role| log_in(&router, role.as_str()));
    for (method, address, least) in [
        (Method::GET, "/contacts", Role::Reader),
        (Method::GET, "/contacts.json", Role::Reader),
        (Method::GET, "/document/paris", Role::Reader),
        (Method::GET, "/review", Role::Reader),
        (Method::POST, "/settings", Role::Reader),
        (Method::GET, "/review/preview", Role::Reviewer),
        (Method::POST, "/judge", Role::Reviewer),
        (Method::POST, "/undo", Role::Reviewer),
        (Method::GET, "/users", Role::Admin),
        (Method::GET, "/audit", Role::Admin),
    ] {
        for (role, cookie) in Role::ALL.into_iter().zip(&cookies) {
            let answer = send(&router, method.clone(), address, cookie, &[]);
            let refused = answer.status == StatusCode::FORBIDDEN && answer.body.contains("this is for the role");
            assert_eq!(refused, role < least, "{method} {address} as {role}: {}", answer.status);
        }
    }
}

#[test]
fn a_judgement_bears_the_name_of_who_logged_in_and_the_audit_tells_what_was_seen() {
    let (_folder, router) = guarded(None);
    let cookie = log_in(&router, "reviewer");
    let found: serde_json::Value =
        serde_json::from_str(&look(&router, "/api/v1/entries?entry=contact&state=CZ", &cookie).body).expect("JSON");
    let id = found["entries"][0]["id"].as_str().expect("an id");
    look(&router, "/document/telefon", &cookie);
    let page = look(&router, &format!("/entry/{id}"), &cookie).body;
    assert!(!page.contains("name=\"author\""), "{page}");
    let form = |token| [("token", token), ("id", id), ("decision", "accept"), ("author", "Somebody Else")];
    // the form of another session is none
    let other = log_in(&router, "admin");
    assert_eq!(send(&router, Method::POST, "/judge", &other, &form(hidden(&page, "token"))).status, StatusCode::FORBIDDEN);
    let judged = send(&router, Method::POST, "/judge", &cookie, &form(hidden(&page, "token")));
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let log = look(&router, "/review/log", &cookie).body;
    assert!(log.contains("reviewer") && !log.contains("Somebody Else"), "{log}");
    let audit = look(&router, "/audit", &other).body;
    for told in ["/document/telefon", "/api/v1/entries", "accept", "logged in"] {
        assert!(audit.contains(told), "{told}: {audit}");
    }
}

#[test]
fn passwords_cannot_be_tried_without_end_and_names_are_not_given_away() {
    let (_folder, router) = guarded(None);
    let answers = ["admin", "nobody"].map(|name| {
        let tried: Vec<Answer> = (0..7).map(|number| try_password(&router, name, &format!("wrong {number}"))).collect();
        let last = tried.last().expect("an answer");
        assert!(last.headers.contains_key(header::RETRY_AFTER));
        let statuses: Vec<StatusCode> = tried.iter().map(|answer| answer.status).collect();
        (statuses, tried[0].body.replace(name, ""))
    });
    let text = |(statuses, body): &(Vec<StatusCode>, String)| (statuses.clone(), body.len());
    assert_eq!(text(&answers[0]), text(&answers[1]));
    assert_eq!(answers[0].0[..5], [StatusCode::UNAUTHORIZED; 5]);
    assert_eq!(answers[0].0[5..], [StatusCode::TOO_MANY_REQUESTS; 2]);
    // the right password does not help who tried too often
    assert_eq!(try_password(&router, "admin", PASSWORD).status, StatusCode::TOO_MANY_REQUESTS);
    log_in(&router, "reader");
}

#[test]
fn a_session_ends_with_the_password_the_user_and_the_logout() {
    let (folder, router) = guarded(None);
    let inside = |cookie: &str| look(&router, "/contacts", cookie).status == StatusCode::OK;
    let [reader, reviewer, admin] = Role::ALL.map(|role| log_in(&router, role.as_str()));
    assert!(inside(&reader) && inside(&reviewer) && inside(&admin));
    let mut access = Access::of(&folder.path().join("record.db")).expect("users").expect("users");
    access.set_password("reader", "another long one").expect("changed");
    access.remove("reviewer").expect("removed");
    assert!(!inside(&reader) && !inside(&reviewer) && inside(&admin));
    let token = look(&router, "/settings", &admin).body;
    let answer = send(&router, Method::POST, "/logout", &admin, &[("token", hidden(&token, "token"))]);
    assert_eq!(answer.headers[header::LOCATION], "/login");
    assert!(!inside(&admin));
}

#[test]
fn behind_a_proxy_cookies_are_for_tls_and_other_hosts_are_not_answered() {
    let (_folder, router) = guarded(Some("https://record.example"));
    let answer = try_password(&router, "reader", PASSWORD);
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text");
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("Secure"), "{cookie}");
    assert!(answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    for (host, status) in [("record.example", StatusCode::OK), ("evil.example", StatusCode::FORBIDDEN)] {
        let request = Request::get("/login").header(header::HOST, host).body(Body::empty()).expect("a request");
        assert_eq!(ask(&router, request).status, status, "{host}");
    }
    let foreign = Request::post("/login").header("sec-fetch-site", "cross-site").body(Body::empty()).expect("a request");
    assert_eq!(ask(&router, foreign).status, StatusCode::FORBIDDEN);
}

#[test]
fn who_asks_too_much_waits_and_what_is_too_large_is_refused() {
    let (_folder, router) = guarded(None);
    let cookie = log_in(&router, "reader");
    let large = "x".repeat(100_000);
    let page = look(&router, "/settings", &cookie).body;
    assert_eq!(
        send(&router, Method::POST, "/settings", &cookie, &[("token", hidden(&page, "token")), ("to", &large)]).status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    // an address that costs next to nothing: also a slow machine asks faster than is allowed
    let refused = (0..2000).map(|_| look(&router, "/api/v1/nothing", &cookie)).find(|answer| answer.status != StatusCode::NOT_FOUND);
    let refused = refused.expect("a limit");
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers[header::CONTENT_TYPE], "application/problem+json");
    assert!(refused.headers.contains_key(header::RETRY_AFTER));
}
