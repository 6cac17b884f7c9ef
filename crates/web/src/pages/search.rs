//! Words in the record and its documents.
//!
//! In: words in any script. Out: entries and documents that have them all, with the passage marked. Never: words of which none was asked for.

use super::list::further;
use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use crate::view::passages::{Mark, paragraphs};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::model::CodePoints;
use chancery::record::{Hit, Order};
use maud::{Markup, html};
use std::sync::Arc;

/// Entries and documents on a page.
const SHOWN: usize = 20;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/search", get(page))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let words = asked.one("q").unwrap_or("").to_owned();
    let page = asked.page(Order::Newest, SHOWN)?;
    let answering = Arc::clone(&app);
    let (entries, hits) = app
        .ask(move |store| {
            let words = answering.ways(&words, store)?;
            let limit = page.limit.unwrap_or(SHOWN);
            Ok((store.search_entries(&words, page.offset, limit)?, store.search_documents(&words, page.offset, limit)?))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let title = asked.one("q").map_or(texts.get("search").to_owned(), |words| format!("{}: {words}", texts.get("search")));
    Ok(Frame { texts, title: &title, here: "", asked: Some(("/search", &asked)), data: &[] }.with(html! {
        section { h2 { (texts.count(entries.1, "entry")) } (teller.list(&entries.0)) }
        section { h2 { (texts.count(hits.1, "document")) } @for hit in &hits.0 { (document(teller, hit)) } }
        (further(texts, "/search", &asked, page, entries.1.max(hits.1)))
    }))
}

fn document(teller: Teller, hit: &Hit) -> Markup {
    let kept = &hit.document;
    let text = &kept.document.text;
    let points = CodePoints::new(text);
    let spans = hit.passages.iter().flat_map(|passage| &passage.words);
    let mark = |span: &chancery::model::Span| Mark {
        start: points.at(text, span.start()),
        end: points.at(text, span.end()),
        class: "hit",
        address: None,
    };
    let marks: Vec<Mark> = spans.map(mark).collect();
    let title = kept.title.as_deref().or(kept.document.title.as_deref()).unwrap_or(&kept.document.id);
    html! {
        div.claim {
            p.about {
                a href=(address("document", &kept.document.id)) { bdi lang=[kept.language.as_deref()] { (title) } }
                " · " (kept.language.as_deref().unwrap_or("?")) " · " (teller.date(kept.published.as_ref()))
            }
            (paragraphs(text, kept.language.as_deref(), &marks))
        }
    }
}
