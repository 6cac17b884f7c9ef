//! The front page: what is new, planned, overdue and contradicted, at one glance.
//!
//! In: the record. Out: the page. Never: today's date; the record's day is that of its latest document.

use crate::app::App;
use crate::asked::Asked;
use crate::pages::list::entries;
use crate::pages::{map, network, times};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::record::{Days, Entry, Filter, Order, Outcome, Page, Store};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries under each head.
const SHOWN: usize = 6;
/// Months that the bars show at the most.
const MONTHS: usize = 36;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/", get(front))
}

/// What the page shows.
struct Glance {
    documents: usize,
    languages: Vec<(String, usize)>,
    counts: BTreeMap<String, usize>,
    latest: Option<Date>,
    days: Vec<(Days, usize)>,
    places: map::Counts,
    planned: Vec<Entry>,
    newest: Vec<Entry>,
    overdue: Vec<Entry>,
    contradicted: Vec<Entry>,
    pairs: Vec<(String, String, usize)>,
}

fn of_status(sort: &str, status: &str) -> Filter {
    Filter { entries: vec![sort.to_owned()], statuses: vec![status.to_owned()], ..Filter::default() }
}

impl Glance {
    fn of(store: &Store) -> Result<Glance, Problem> {
        let latest = store.latest()?;
        let held = of_status("contact", "held");
        let list = |filter: &Filter, order: Order| entries(store, filter, Page { order, offset: 0, limit: Some(SHOWN) });
        let mut contradicted = list(&Filter::default(), Order::Doubtful)?;
        contradicted.retain(|entry| entry.conflicts.iter().any(|conflict| conflict.kind == "contradiction"));
        Ok(Glance {
            documents: store.outcomes()?.into_iter().find(|(outcome, _)| *outcome == Outcome::Read).map_or(0, |(_, count)| count),
            languages: store.languages()?,
            counts: store.counts()?,
            latest,
            days: store.days(&held)?,
            places: map::Counts::of(store, &held)?,
            planned: list(&Filter { since: latest, ..of_status("contact", "planned") }, Order::Oldest)?,
            // what is told of a day to come did not happen yet
            newest: list(&Filter { until: latest, ..held.clone() }, Order::Newest)?,
            overdue: list(&of_status("commitment", "overdue"), Order::Newest)?,
            contradicted,
            pairs: store.pairs(&held, Some(SHOWN))?,
        })
    }
}

async fn front(State(app): State<Arc<App>>, texts: &'static Texts) -> Result<Markup, Problem> {
    let glance = app.ask(|store| Glance::of(store)).await?;
    let teller = Teller { app: &app, texts };
    let group = |key: &str, address: &str, list: &[Entry]| {
        html! {
            @if !list.is_empty() {
                section { h2 { a href=(address) { (texts.get(key)) } } (teller.list(list)) }
            }
        }
    };
    let asked = Asked::default();
    let since = glance.latest.map_or(String::new(), |day| day.to_string());
    let held = asked.with("status", "held");
    let planned = asked.with("status", "planned").with("since", &since).with("order", "oldest");
    Ok(Frame { texts, title: texts.get("overview"), here: "overview", asked: Some(("/", &asked)), data: &[] }.with(html! {
        ul.numbers {
            li { a href="/documents" { strong { (glance.documents) } " " (texts.get("documents")) } }
            @for sort in ["contact", "statement", "commitment", "figure", "standing"] {
                @let plural = format!("{sort}s");
                li { a href=(format!("/{plural}")) { strong { (glance.counts.get(sort).copied().unwrap_or(0)) } " " (texts.get(&plural)) } }
            }
        }
        @if let Some(day) = glance.latest {
            p.note {
                (texts.get("latest")) " " (teller.date(Some(&day.into()))) " · "
                @for (index, (tag, count)) in glance.languages.iter().enumerate() { @if index > 0 { ", " } (count) " " (teller.language(tag)) }
            }
        }
        div.columns {
            @if !glance.places.is_empty() { section { h2 { a href=(held.address("/map")) { (texts.get("map")) } } (map::drawn(teller, "world", &held, &glance.places)) } }
            @if !glance.days.is_empty() { section { h2 { a href="/calendar" { (texts.get("calendar")) } } (times::by_time(texts, &held, &glance.days, Some(MONTHS))) } }
            (group("planned", &planned.address("/contacts"), &glance.planned))
            (group("newest", "/contacts?status=held", &glance.newest))
            (group("overdue", "/commitments?status=overdue", &glance.overdue))
            (group("contradicted", "/review", &glance.contradicted))
            @if !glance.pairs.is_empty() {
                section {
                    h2 { a href="/network" { (texts.get("most-in-touch")) } }
                    ul.tags {
                        @for (one, other, count) in &glance.pairs {
                            li { a href=(network::pair_address(one, other)) { (teller.name(one)) " – " (teller.name(other)) " " span.number { (count) } } }
                        }
                    }
                }
            }
        }
    }))
}
