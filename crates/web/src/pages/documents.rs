//! Documents: all of them, and one with everything marked that was found in it.
//!
//! In: ids. Out: pages. Never: a document as anything but text.

use super::list::entries;
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use crate::view::passages::{Mark, paragraphs};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chancery::record::{Filter, KeptDocument, Order, Page};
use maud::{Markup, html};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/documents", get(list)).route("/document/{*id}", get(page)).route("/text/{*id}", get(text))
}

/// Id, title, language, date of publication, host.
struct Line {
    id: String,
    title: String,
    language: Option<String>,
    published: Option<chancery::Edtf>,
    address: Option<String>,
}

async fn list(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let page = asked.page(Order::Newest, SHOWN)?;
    let wanted = asked.one("language").map(str::to_owned);
    let mut lines = app
        .ask(move |store| {
            let mut lines = Vec::new();
            store.documents(|kept: KeptDocument| -> Result<(), Problem> {
                if wanted.is_none() || kept.language == wanted {
                    let title = kept.title.clone().or(kept.document.title.clone()).unwrap_or_else(|| kept.document.id.clone());
                    lines.push(Line {
                        id: kept.document.id,
                        title,
                        language: kept.language,
                        published: kept.published,
                        address: kept.document.url,
                    });
                }
                Ok(())
            })?;
            Ok(lines)
        })
        .await?;
    lines.sort_by_key(|line| std::cmp::Reverse(line.published.as_ref().and_then(chancery::Edtf::earliest)));
    let all = lines.len();
    let shown: Vec<&Line> = lines.iter().skip(page.offset).take(page.limit.unwrap_or(SHOWN)).collect();
    let teller = Teller { app: &app, texts };
    Ok(Frame { texts, title: texts.get("documents"), here: "documents", asked: Some(("/documents", &asked)), data: &[] }.with(html! {
        p.count role="status" { (texts.count(all, "document")) }
        ol.entries {
            @for line in &shown {
                li.document {
                    span.when { (teller.date(line.published.as_ref())) }
                    div.told {
                        a href=(address("document", &line.id)) { bdi lang=[line.language.as_deref()] { (line.title) } }
                        @if let Some(address) = &line.address { " " span.note { bdi { (address) } } }
                    }
                    div.support { (line.language.as_deref().unwrap_or("?")) }
                }
            }
        }
        @if page.offset + shown.len() < all {
            nav.pages aria-label=(texts.get("pages")) { a rel="next" href=(asked.with("offset", &(page.offset + shown.len()).to_string()).address("/documents")) { (texts.get("after")) " →" } }
        }
    }))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, Path(id): Path<String>) -> Result<Markup, Problem> {
    let asked = id.clone();
    let (kept, found, sources) = app
        .ask(move |store| {
            let kept = store.document(&asked)?.ok_or_else(|| Problem::not_found(format!("no document {asked:?} in the record")))?;
            let filter = Filter { documents: vec![asked.clone()], ..Filter::default() };
            let found = entries(store, &filter, Page { order: Order::Oldest, offset: 0, limit: None })?;
            Ok((kept, found, store.sources_of(&asked)?))
        })
        .await?;
    let marks = found.iter().flat_map(|entry| {
        let own = entry.claims.iter().filter(|backing| backing.document == id);
        let marks = own.flat_map(|backing| backing.evidence.iter().map(Mark::of));
        marks.map(|mark| Mark {
            address: Some(address("entry", &entry.id)),
            class: chancery::export::record::sort_and_date(entry).0,
            ..mark
        })
    });
    let marks: Vec<Mark> = marks.collect();
    let teller = Teller { app: &app, texts };
    let title = kept.title.clone().or(kept.document.title.clone()).unwrap_or_else(|| id.clone());
    Ok(Frame { texts, title: &title, here: "documents", asked: None, data: &[] }.with(html! {
        p.note {
            (kept.language.as_deref().unwrap_or("?")) " · " (texts.get("published")) " " (teller.date(kept.published.as_ref()))
            @if let Some(url) = &kept.document.url { " · " bdi { (url) } }
            " · " (texts.get("version")) " " (kept.version) " · " a href=(address("text", &id)) { (texts.get("as-text")) }
        }
        @if let Some(why) = &kept.withdrawn { p.problem { (texts.get("withdrawn")) " " (why) } }
        div.reading {
            div { (paragraphs(&kept.document.text, kept.language.as_deref(), &marks, true)) }
            aside { h2 { (texts.get("found")) } (teller.list(&found)) }
        }
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
