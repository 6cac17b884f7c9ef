//! What went wrong, told to whoever asked.
//!
//! In: errors. Out: a page or `application/problem+json` (RFC 9457), by what was asked for. Never: a path or a line of SQL.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::time::Duration;

/// What went wrong.
#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub detail: String,
    /// After how long it may go better.
    pub wait: Option<Duration>,
}

impl Problem {
    fn of(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into(), wait: None }
    }

    /// Something that may go better after a while.
    pub fn later(status: StatusCode, what: &str, wait: Duration) -> Problem {
        let seconds = wait.as_secs() + 1;
        Problem { status, detail: format!("{what}; try again in {seconds} s"), wait: Some(Duration::from_secs(seconds)) }
    }

    pub fn not_found(detail: impl Into<String>) -> Problem {
        Problem::of(StatusCode::NOT_FOUND, detail)
    }

    pub fn wrong(detail: impl Into<String>) -> Problem {
        Problem::of(StatusCode::BAD_REQUEST, detail)
    }

    pub fn forbidden(detail: impl Into<String>) -> Problem {
        Problem::of(StatusCode::FORBIDDEN, detail)
    }

    pub fn conflict(detail: impl Into<String>) -> Problem {
        Problem::of(StatusCode::CONFLICT, detail)
    }

    pub fn fault(detail: impl Into<String>) -> Problem {
        Problem::of(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
}

impl From<chancery::record::Error> for Problem {
    fn from(error: chancery::record::Error) -> Problem {
        match error {
            chancery::record::Error::TooLong => Problem::later(StatusCode::SERVICE_UNAVAILABLE, &error.to_string(), Duration::from_secs(9)),
            error => Problem::fault(format!("the record cannot be read or written: {error}")),
        }
    }
}

impl From<chancery_access::Error> for Problem {
    fn from(error: chancery_access::Error) -> Problem {
        Problem::fault(error.to_string())
    }
}

impl From<getrandom::Error> for Problem {
    fn from(error: getrandom::Error) -> Problem {
        Problem::fault(format!("no random numbers: {error}"))
    }
}

impl From<chancery::Error> for Problem {
    fn from(error: chancery::Error) -> Problem {
        match error {
            chancery::Error::Record(error) => error.into(),
            error => Problem::fault(format!("the packs and tables cannot be read: {error}")),
        }
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
        if let Some(wait) = self.wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait.as_secs().into());
        }
        response.extensions_mut().insert(self);
        response
    }
}
