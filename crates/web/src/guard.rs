//! What holds for every answer: headers that keep a browser from running or loading anything that is not ours.
//!
//! In: requests. Out: answers with their headers; problems as pages where a page was asked for. Never: trusts a host's name that
//! is not of this machine, through which another site could ask in the user's name.

use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::layout;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// Scripts and styles from files of ours, pictures of ours, nothing else; forms only to ourselves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Puts the headers on every answer.
pub async fn guard(request: Request, next: Next) -> Response {
    let texts = Texts::of_request(request.headers(), request.uri().query());
    let path = request.uri().path().to_owned();
    let data = path.starts_with("/api/") || path.ends_with(".json");
    let mut response = if names_this_machine(request.headers()) {
        next.run(request).await
    } else {
        Problem::forbidden("this address is not of this machine; open the one that `chancery serve` printed").into_response()
    };
    if let Some(problem) = response.extensions().get::<Problem>().filter(|_| !data) {
        response = (problem.status, layout::problem(texts, problem)).into_response();
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether the host asked for is this machine by name or number: a page of another site that a name server sends here is not.
fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return true };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || number.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, answered) in [
            ("127.0.0.1:7878", true),
            ("localhost", true),
            ("[::1]:7878", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example:7878", false),
            ("10.0.0.1", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(names_this_machine(&headers), answered, "{host}");
        }
    }
}
