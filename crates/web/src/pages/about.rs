//! What the record is, and in which languages it reads.
//!
//! In: the packs. Out: the page. Never: praise.

use crate::app::App;
use crate::asked::Asked;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/about", get(page))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts) -> Markup {
    let teller = Teller { app: &app, texts };
    let sections = ["record", "contact", "statement", "commitment", "figure", "standing", "sources", "conflicts", "confidence"];
    Frame { texts, title: texts.get("about"), here: "about", asked: Some(("/about", &Asked::default())), data: &[] }.with(html! {
        @for section in sections { section { h2 { (texts.get(&format!("about.{section}.title"))) } p { (texts.get(&format!("about.{section}"))) } } }
        section {
            h2 { a href="/languages" { (texts.get("languages")) } }
            ul.tags { @for pack in app.library().packs().iter().filter(|pack| !pack.settings.tag.starts_with('_')) { li { a href="/languages" { (teller.language(&pack.settings.tag)) } } } }
        }
        p.note { "Chancery " (env!("CARGO_PKG_VERSION")) " · " a href="/api/v1/openapi.json" { "OpenAPI" } }
    })
}
