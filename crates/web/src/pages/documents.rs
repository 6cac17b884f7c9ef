//! Documents: all of them, and one with everything marked that was found in it.
//!
//! In: ids. Out: pages. Never: a document as anything but text.

use super::list::{further, whole};
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use crate::view::passages::{Mark, annotated};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery::export::record::sort_and_date;
use chancery::model::{CodePoints, Part};
use chancery::record::{Entry, Filter, Order, Page};
use maud::{Markup, html};
use std::ops::Range;
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/documents", get(list)).route("/document/{*id}", get(page)).route("/text/{*id}", get(text))
}

async fn list(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let page = asked.page(Order::Newest, SHOWN)?;
    let wanted = asked.one("language").map(str::to_owned);
    let (shown, all) =
        app.ask(move |store| Ok(store.latest_documents(wanted.as_deref(), page.offset, page.limit.unwrap_or(SHOWN))?)).await?;
    let teller = Teller { app: &app, texts };
    Ok(Frame { texts, title: texts.get("documents"), here: "documents", asked: Some(("/documents", &asked)), data: &[] }.with(html! {
        p.count role="status" { (texts.count(all, "document")) }
        ol.entries {
            @for kept in &shown {
                @let title = kept.title.as_deref().or(kept.document.title.as_deref()).unwrap_or(&kept.document.id);
                li.document {
                    span.when { (teller.date(kept.published.as_ref())) }
                    div.told {
                        a href=(address("document", &kept.document.id)) { (teller.foreign(title, kept.language.as_deref())) }
                        @if let Some(url) = &kept.document.url { " " span.note { bdi { (url) } } }
                    }
                    div.support { (kept.language.as_deref().map_or("?", |tag| teller.language(tag))) }
                }
            }
        }
        (further(texts, "/documents", &asked, page, all))
    }))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, Path(id): Path<String>) -> Result<Markup, Problem> {
    let asked = id.clone();
    let (kept, found, sources) = app
        .ask(move |store| {
            let kept = store.document(&asked)?.ok_or_else(|| Problem::not_found(format!("no document {asked:?} in the record")))?;
            let filter = Filter { documents: vec![asked.clone()], ..Filter::default() };
            let found = whole(store, &filter, Page { order: Order::Oldest, offset: 0, limit: None })?;
            Ok((kept, found, store.sources_of(&asked)?))
        })
        .await?;
    let marks = found.iter().flat_map(|entry| {
        let own = entry.claims.iter().filter(|backing| backing.document == id);
        let marks = own.flat_map(|backing| backing.evidence.iter().map(Mark::of));
        marks.map(|mark| Mark { address: Some(address("entry", &entry.id)), class: sort_and_date(entry).0, ..mark })
    });
    let marks: Vec<Mark> = marks.collect();
    // where the first words of an entry stand in this document
    let begins = |entry: &Entry| {
        let own = entry.claims.iter().filter(|backing| backing.document == id);
        own.flat_map(|backing| &backing.evidence).map(|words| words.start).min()
    };
    let points = CodePoints::new(&kept.document.text);
    let document = chancery::Document { language: kept.language.clone(), ..kept.document.clone() };
    let furniture = app.library().parts(&document).into_iter().filter(|stretch| stretch.part == Part::Furniture);
    let back: Vec<Range<usize>> = furniture
        .map(|stretch| points.at(&kept.document.text, stretch.span.start())..points.at(&kept.document.text, stretch.span.end()))
        .collect();
    let teller = Teller { app: &app, texts };
    let title = kept.title.clone().or(kept.document.title.clone()).unwrap_or_else(|| id.clone());
    let path = address("document", &id);
    Ok(Frame { texts, title: &title, here: "documents", asked: Some((&path, &Asked::default())), data: &[] }.with(html! {
        p.note {
            (kept.language.as_deref().map_or("?", |tag| teller.language(tag))) " · " (texts.get("published")) " " (teller.date(kept.published.as_ref()))
            @if let Some(url) = &kept.document.url { " · " bdi { (url) } }
            " · " (texts.get("version")) " " (kept.version) " · " a href=(address("text", &id)) { (texts.get("as-text")) }
        }
        @if let Some(why) = &kept.withdrawn { p.problem { (texts.get("withdrawn")) " " (why) } }
        p.key { @for sort in ["contact", "statement", "commitment", "figure", "standing"] { mark class=(sort) { (texts.get(&format!("{sort}s"))) } " " } span.furniture { (texts.get("furniture")) } }
        (annotated(&kept.document.text, kept.language.as_deref(), &marks, &back, &|range| html! {
            @for entry in &found {
                @if begins(entry).is_some_and(|begins| range.contains(&begins)) { div.note-beside { (teller.told(entry)) " " a href=(address("entry", &entry.id)) { (teller.date(sort_and_date(entry).1)) } } }
            }
        }))
        p.note { @for source in &sources { code { (source) } " " } }
    }))
}

/// The text as it is stored, to be kept and never to be shown as a page.
async fn text(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let kept =
        app.ask(move |store| store.document(&id)?.ok_or_else(|| Problem::not_found(format!("no document {id:?} in the record")))).await?;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"text.txt\"")];
    Ok((headers, kept.document.text).into_response())
}
