//! Styles and scripts of the pages.
//!
//! In: the files built in. Out: the same, to be kept by the browser. Never: a file of the machine.

use crate::app::App;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::Arc;

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/script.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// What a page needs that asks for a login.
pub const PATHS: [&str; 3] = ["/style.css", "/script.js", "/icon.svg"];

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/style.css", get(|| file("text/css; charset=utf-8", STYLE)))
        .route("/script.js", get(|| file("text/javascript; charset=utf-8", SCRIPT)))
        .route("/icon.svg", get(|| file("image/svg+xml", ICON)))
}

async fn file(kind: &'static str, content: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=3600")], content)
}
