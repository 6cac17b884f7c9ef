//! Lists of entries: contacts, statements, commitments, figures, standings.
//!
//! In: a question. Out: a page of the list. Never: cuts without saying so.

use super::data::{self, Taken};
use super::tracker;
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::record::{Entry, Filter, Order, Page, Store};
use maud::{Markup, html};
use std::sync::Arc;

/// A sort of entry as a list.
#[derive(Clone, Copy)]
struct List {
    sort: &'static str,
    /// Path and key of its name.
    name: &'static str,
    kinds: (&'static str, &'static [&'static str]),
    statuses: (&'static str, &'static [&'static str]),
    /// Endings under which it is to be had as data.
    data: &'static [&'static str],
}

const LISTS: [List; 5] = [
    List {
        sort: "contact",
        name: "contacts",
        kinds: ("kind", &["meeting", "call", "visit", "conference", "letter", "signing"]),
        statuses: ("status", &["held", "planned", "proposed", "cancelled", "denied"]),
        data: &["json", "csv", "ics", "atom"],
    },
    List {
        sort: "statement",
        name: "statements",
        kinds: ("statement", &["quoted", "reported"]),
        statuses: ("status", &[]),
        data: &["json", "csv", "atom"],
    },
    List {
        sort: "commitment",
        name: "commitments",
        kinds: ("commitment", &["agreed", "pledged", "instructed", "proposed"]),
        statuses: ("outcome", &["open", "overdue", "kept", "dropped"]),
        data: &["json", "csv", "ics", "atom"],
    },
    List {
        sort: "figure",
        name: "figures",
        kinds: ("topic", &["trade", "investment", "aid", "energy", "transit", "people", "other"]),
        statuses: ("status", &[]),
        data: &["json", "csv", "atom"],
    },
    List {
        sort: "standing",
        name: "standings",
        kinds: ("relation", &["member", "observer", "chair", "holds office", "partnership", "founder"]),
        statuses: ("status", &[]),
        data: &["json", "csv", "atom"],
    },
];

pub fn router() -> Router<Arc<App>> {
    LISTS.into_iter().fold(Router::new(), |router, list| {
        let page = move |State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked| page(app, texts, list, asked);
        let router = router.route(&format!("/{}", list.name), get(page));
        list.data.iter().fold(router, |router, ending| {
            let data = move |State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked| {
                data::taken(app, texts, Taken { sort: list.sort, name: list.name, ending }, asked)
            };
            router.route(&format!("/{}.{ending}", list.name), get(data))
        })
    })
}

/// The entries that pass, each with a few of its claims.
pub fn entries(store: &Store, filter: &Filter, page: Page) -> Result<Vec<Entry>, Problem> {
    let mut found = Vec::new();
    store.briefs(filter, page, |line| parsed(&mut found, &line))?;
    Ok(found)
}

/// The entries that pass, with all their claims.
pub fn whole(store: &Store, filter: &Filter, page: Page) -> Result<Vec<Entry>, Problem> {
    let mut found = Vec::new();
    store.entries(filter, page, |line| parsed(&mut found, &line))?;
    Ok(found)
}

fn parsed(found: &mut Vec<Entry>, line: &str) -> Result<(), Problem> {
    found.push(serde_json::from_str(line)?);
    Ok(())
}

/// What a question finds.
pub struct Found {
    pub entries: Vec<Entry>,
    pub all: usize,
    pub page: Page,
    /// What of the question means nothing to the record.
    pub notes: Vec<String>,
}

/// Asks the record, as it was known on a day where one is asked for. Returns the answer, and what of the question means nothing.
pub fn ask<T>(
    app: &App,
    store: &Store,
    asked: &Asked,
    sorts: &[&str],
    question: impl FnOnce(&Store, &Filter) -> Result<T, Problem>,
) -> Result<(T, Vec<String>), Problem> {
    let answered = |store: &Store, undated: usize| {
        let mut notes: Vec<String> = (undated > 0).then(|| left_out(undated)).into_iter().collect();
        let (filter, unknown) = app.filter(&asked.record(sorts)?, store)?;
        notes.extend(unknown);
        Ok((question(store, &filter)?, notes))
    };
    match asked.known_on()? {
        None => answered(store, 0),
        Some(day) => app.known_on(store, day, answered),
    }
}

fn left_out(undated: usize) -> String {
    format!("{undated} documents without a date of publication are left out")
}

/// The entries that a question means.
pub fn find(app: &App, store: &Store, asked: &Asked, sorts: &[&str], page: Page) -> Result<Found, Problem> {
    let question = |store: &Store, filter: &Filter| Ok((entries(store, filter, page)?, store.count(filter)?));
    let ((entries, all), notes) = ask(app, store, asked, sorts, question)?;
    Ok(Found { entries, all, page, notes })
}

async fn page(app: Arc<App>, texts: &'static Texts, list: List, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let tracked = list.sort == "commitment" && asked.one("status").is_none() && asked.one("offset").is_none();
    let (found, groups) = app
        .ask(move |store| {
            let found = find(&answering, store, &question, &[list.sort], question.page(Order::Newest, SHOWN)?)?;
            let groups = if tracked { ask(&answering, store, &question, &[list.sort], tracker::groups)?.0 } else { Vec::new() };
            Ok((found, groups))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let path = format!("/{}", list.name);
    Ok(Frame { texts, title: texts.get(list.name), here: list.name, asked: Some((&path, &asked)), data: list.data }.with(html! {
        (form(texts, &path, list, &asked))
        @if found.all > 0 && !groups.is_empty() { (tracker::tracker(teller, &asked, &groups)) h2 { (texts.get("all")) } }
        (found_entries(teller, &path, &asked, &found))
    }))
}

/// The entries of a list with their number, and ways to the next.
pub fn found_entries(teller: Teller, path: &str, asked: &Asked, found: &Found) -> Markup {
    let texts = teller.texts;
    let last = found.page.offset + found.entries.len();
    html! {
        @for note in &found.notes { p.note { (note) } }
        p.count role="status" {
            (texts.count(found.all, "entry"))
            @if found.all > found.entries.len() { " · " (texts.get("shown")) " " (found.page.offset + 1) "–" (last) }
        }
        (teller.list(&found.entries))
        (further(texts, path, asked, found.page, found.all))
    }
}

/// The ways to what stands before and after a page of a list.
pub fn further(texts: &Texts, path: &str, asked: &Asked, page: Page, all: usize) -> Markup {
    let shown = page.limit.unwrap_or(SHOWN);
    let (before, after) = (page.offset.saturating_sub(shown), page.offset.saturating_add(shown));
    let at = |offset: usize| asked.with("offset", &offset.to_string()).address(path);
    html! {
        @if page.offset > 0 || after < all {
            nav.pages aria-label=(texts.get("pages")) {
                @if page.offset > 0 { a rel="prev" href=(at(before)) { "← " (texts.get("before")) } }
                @if after < all { a rel="next" href=(at(after)) { (texts.get("after")) " →" } }
            }
        }
    }
}

/// What of the contacts a page shows.
pub fn filters(texts: &Texts, path: &str, asked: &Asked) -> Markup {
    let [contacts, ..] = LISTS;
    form(texts, path, contacts, asked)
}

fn form(texts: &Texts, path: &str, list: List, asked: &Asked) -> Markup {
    let ordered = path.strip_prefix('/') == Some(list.name);
    let select = |name: &str, label: &str, sort: &str, words: &[&str]| {
        html! {
            @if !words.is_empty() {
                label { (texts.get(label))
                    select name=(name) {
                        option value="" { (texts.get("any")) }
                        @for word in words { option value=(word) selected[asked.one(name) == Some(word)] { (texts.word(sort, word)) } }
                    }
                }
            }
        }
    };
    let text = |name: &str, hint: &str, values: &[&str]| {
        html! {
            label { (texts.get(&format!("filter.{name}"))) input name=(name) value=(values.first().unwrap_or(&"")) placeholder=(hint); }
            @for further in values.iter().skip(1) { input type="hidden" name=(name) value=(further); }
        }
    };
    let all = |key: &'static str| asked.all(key).collect::<Vec<_>>();
    html! {
        details.filters {
            summary { (texts.get("filter")) }
            form action=(path) {
                (text("state", "KZ", &all("state")))
                (text("person", "", &all("person")))
                (select("kind", "filter.kind", list.kinds.0, list.kinds.1))
                (select("status", "filter.status", list.statuses.0, list.statuses.1))
                @if list.sort == "contact" { (text("format", "SCO", &all("format"))) (text("place", "Astana", &all("place"))) }
                (text("since", "2023-02", &all("since")))
                (text("until", "2024", &all("until")))
                (text("language", "cs", &all("language")))
                (text("known-on", "2024-05-20", &all("known-on")))
                @if ordered {
                    label { (texts.get("filter.order"))
                        select name="order" {
                            @for order in ["newest", "oldest", "reported", "doubtful"] { option value=(order) selected[asked.one("order") == Some(order)] { (texts.word("order", order)) } }
                        }
                    }
                }
                @for shown in ["area", "month", "year"] { @if let Some(value) = asked.one(shown) { input type="hidden" name=(shown) value=(value); } }
                button { (texts.get("filter.apply")) }
            }
        }
        @if asked.filters().next().is_some() {
            ul.asked {
                @for (key, value) in asked.filters() {
                    @let sort = match key { "kind" => list.kinds.0, "status" => list.statuses.0, other => other };
                    li { a href=(asked.less(key, value).address(path)) title=(texts.get("filter.clear")) { (texts.get(&format!("filter.{key}"))) ": " bdi { (texts.word(sort, value)) } " ×" } }
                }
            }
        }
    }
}
