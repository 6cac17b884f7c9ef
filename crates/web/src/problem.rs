//! What went wrong, told to whoever asked.
//!
//! In: errors. Out: a page or `application/problem+json` (RFC 9457), by what was asked for. Never: a path or a line of SQL.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What went wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub detail: String,
}

impl Problem {
    pub fn not_found(detail: impl Into<String>) -> Problem {
        Problem { status: StatusCode::NOT_FOUND, detail: detail.into() }
    }

    pub fn wrong(detail: impl Into<String>) -> Problem {
        Problem { status: StatusCode::BAD_REQUEST, detail: detail.into() }
    }

    pub fn forbidden(detail: impl Into<String>) -> Problem {
        Problem { status: StatusCode::FORBIDDEN, detail: detail.into() }
    }

    pub fn conflict(detail: impl Into<String>) -> Problem {
        Problem { status: StatusCode::CONFLICT, detail: detail.into() }
    }

    pub fn fault(detail: impl Into<String>) -> Problem {
        Problem { status: StatusCode::INTERNAL_SERVER_ERROR, detail: detail.into() }
    }
}

impl From<chancery::record::Error> for Problem {
    fn from(error: chancery::record::Error) -> Problem {
        Problem::fault(format!("the record cannot be read or written: {error}"))
    }
}

impl From<chancery::Error> for Problem {
    fn from(error: chancery::Error) -> Problem {
        Problem::fault(format!("the packs and tables cannot be read: {error}"))
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Problem {
        Problem::fault(format!("an entry of the record is damaged: {error} (help: `chancery rebuild`)"))
    }
}

impl IntoResponse for Problem {
    /// As data; the guard makes a page of it where a page was asked for.
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Problem");
        let body = json!({"type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.detail});
        let mut response = (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
