//! What holds for every request and answer: who may ask, and headers that keep a browser from running or loading anything that is not
//! ours.
//!
//! In: requests. Out: answers with their headers; problems as pages where a page was asked for. Never: an answer without its line in
//! the audit, where there is one.

use crate::app::App;
use crate::door::{self, Visitor};
use crate::kept;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::layout;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Scripts and styles from files of ours, pictures of ours, nothing else; forms only to ourselves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Lets a request in or not, and puts the headers on every answer.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let texts = Texts::of_request(request.headers(), request.uri().query());
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let path = uri.path();
    let data = path.starts_with("/api/") || path.ends_with(".json");
    let mut visitor = None;
    let (mut parts, body) = request.into_parts();
    let mut response = match door::admit(&app, &parts).await {
        Ok(admitted) => {
            parts.extensions.insert(admitted.clone());
            let asked = parts.headers.get(header::IF_NONE_MATCH).and_then(|asked| asked.to_str().ok()).map(str::to_owned);
            let response = answer(&app, texts.language, Request::from_parts(parts, body), next).await;
            let response = kept::known(asked.as_deref(), response);
            let kept = door::keep(&app, &admitted, &method, path, uri.query()).await;
            visitor = Some(admitted);
            kept.map_or_else(Problem::into_response, |()| response)
        }
        Err(problem) if problem.status == StatusCode::UNAUTHORIZED && !data && method == Method::GET => {
            let asked = uri.path_and_query().map_or("/", |asked| asked.as_str());
            let to: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
            Redirect::to(&format!("/login?to={to}")).into_response()
        }
        Err(problem) => problem.into_response(),
    };
    if let Some(problem) = problem_of(&response) {
        let page = (problem.status, layout::problem(texts, &problem)).into_response();
        let (waits, body) = (response.headers().get(header::RETRY_AFTER).cloned(), if data { problem.into_response() } else { page });
        response = body;
        if let Some(wait) = waits {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
    }
    dress(&mut response, &app, visitor.as_ref());
    response
}

/// The answer to a request: one that is kept, or a new one.
async fn answer(app: &Arc<App>, language: &str, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let question = kept::question(&parts, language);
    let looks = parts.method == Method::GET;
    let version = app.version().await;
    let kept = version.ok().zip(question);
    if let Some(response) = kept.as_ref().and_then(|(version, question)| app.kept.find(version, question)) {
        return response;
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    if looks { kept::marked(app, response, kept).await } else { response }
}

/// What went wrong, also where the frame of the server says so and not a page of ours.
fn problem_of(response: &Response) -> Option<Problem> {
    let status = response.status();
    let detail = match status {
        StatusCode::METHOD_NOT_ALLOWED => "this address is not asked in this way",
        StatusCode::PAYLOAD_TOO_LARGE => "the form is too large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => {
            "the request cannot be understood"
        }
        _ => "something went wrong",
    };
    let known = response.extensions().get::<Problem>().cloned();
    let told = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let foreign = || {
        (!told && (status.is_client_error() || status.is_server_error())).then(|| Problem { status, detail: detail.to_owned(), wait: None })
    };
    known.or_else(foreign)
}

fn dress(response: &mut Response, app: &App, visitor: Option<&Visitor>) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // what somebody saw behind a login stays in no cache
    let cached = if visitor.is_some_and(|visitor| visitor.name.is_some()) { "private, no-store" } else { "no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(cached));
    if app.door.as_ref().is_some_and(door::Door::encrypted) {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000"));
    }
}
