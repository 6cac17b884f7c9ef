//! Answers that are kept until the record changes, and the marks by which a browser knows that it has them.
//!
//! In: answers to questions. Out: the same answers without asking the record again. Never: an answer that one visitor alone may see, or
//! of a record that has changed since.

use crate::app::App;
use crate::door::cookies;
use crate::problem::Problem;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of all answers together.
const MOST: usize = 64 << 20;
/// Bytes of one answer; a longer one is given as it comes.
const LONGEST: u64 = 4 << 20;
/// What differs from visitor to visitor.
const OWN: [&str; 6] = ["/entry/", "/review", "/settings", "/login", "/users", "/audit"];

/// The answers of one version of the record.
#[derive(Default)]
pub struct Kept(Mutex<Answers>);

#[derive(Default)]
struct Answers {
    version: String,
    bytes: usize,
    by_question: HashMap<String, Answer>,
}

#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

/// The question of a request, with everything that its answer depends on; `None` where the answer is the visitor's own.
pub fn question(request: &Parts, language: &str) -> Option<String> {
    let path = request.uri.path();
    let own = OWN.iter().any(|own| path.starts_with(own)) && !path.ends_with(".json");
    let set: Vec<String> = cookies(&request.headers)
        .filter(|(name, _)| !["session", "__Host-session", "author", "keys", "lang"].contains(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    (request.method == Method::GET && !own).then(|| format!("{} {language} {}", request.uri, set.join(";")))
}

impl Kept {
    /// The answer to a question about this version of the record.
    pub fn find(&self, version: &str, question: &str) -> Option<Response> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = answers.by_question.get(question).filter(|_| answers.version == version)?.clone();
        drop(answers);
        let mut response = Body::from(answer.body).into_response();
        *response.headers_mut() = answer.headers;
        Some(response)
    }

    fn keep(&self, version: &str, question: String, answer: Answer) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.version != version || answers.bytes + answer.body.len() > MOST {
            *answers = Answers { version: version.to_owned(), ..Answers::default() };
        }
        answers.bytes += answer.body.len() + question.len();
        answers.by_question.insert(question, answer);
    }
}

/// Marks an answer, so that a browser need not take it again, and keeps it where it is everybody's.
pub async fn marked(app: &Arc<App>, response: Response, kept: Option<(String, String)>) -> Response {
    let short = response.body().size_hint().exact().is_some_and(|size| size <= LONGEST);
    if response.status() != StatusCode::OK || !short {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST as usize).await else { return Problem::fault("the answer is cut").into_response() };
    let mark: String = Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    if let Ok(mark) = format!("\"{mark}\"").parse() {
        parts.headers.insert(header::ETAG, mark);
    }
    if let Some((version, question)) = kept {
        app.kept.keep(&version, question, Answer { headers: parts.headers.clone(), body: body.clone() });
    }
    Response::from_parts(parts, Body::from(body))
}

/// The answer without its body, where the asker has it already.
pub fn known(asked: Option<&str>, response: Response) -> Response {
    let mark = response.headers().get(header::ETAG).and_then(|mark| mark.to_str().ok()).map(str::to_owned);
    let has = |mark: &String| {
        asked.is_some_and(|asked| {
            asked.split(',').any(|known| matches!(known.trim().trim_start_matches("W/"), known if known == mark || known == "*"))
        })
    };
    if !mark.as_ref().is_some_and(has) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::empty())
}
