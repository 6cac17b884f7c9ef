//! The front page: what is new, planned, overdue and contradicted, at one glance.
//!
//! In: the record. Out: the page. Never: today's date; the record's day is that of its latest document.

use crate::app::App;
use crate::asked::Asked;
use crate::pages::list::entries;
use crate::pages::network;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::bars::{Bar, bars};
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::record::{Entry, Filter, Order, Outcome, Page, Store};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries under each head.
const SHOWN: usize = 6;
/// Months that the bars show at the most.
const MONTHS: i32 = 36;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/", get(front))
}

/// What the page shows.
struct Glance {
    documents: usize,
    languages: Vec<(String, usize)>,
    counts: BTreeMap<String, usize>,
    latest: Option<Date>,
    months: Vec<(Date, usize)>,
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
        let list = |filter: &Filter, order: Order| entries(store, filter, Page { order, offset: 0, limit: Some(SHOWN) });
        let mut contradicted = list(&Filter::default(), Order::Doubtful)?;
        contradicted.retain(|entry| entry.conflicts.iter().any(|conflict| conflict.kind == "contradiction"));
        Ok(Glance {
            documents: store.outcomes()?.into_iter().find(|(outcome, _)| *outcome == Outcome::Read).map_or(0, |(_, count)| count),
            languages: store.languages()?,
            counts: store.counts()?,
            latest,
            months: months(store)?,
            planned: list(&Filter { since: latest, ..of_status("contact", "planned") }, Order::Oldest)?,
            newest: list(&of_status("contact", "held"), Order::Newest)?,
            overdue: list(&of_status("commitment", "overdue"), Order::Oldest)?,
            contradicted,
            pairs: store.pairs(SHOWN)?,
        })
    }
}

/// Contacts held in each month up to that of the last one.
fn months(store: &Store) -> Result<Vec<(Date, usize)>, Problem> {
    let newest = entries(store, &of_status("contact", "held"), Page { order: Order::Newest, offset: 0, limit: Some(1) })?;
    let last = newest.first().and_then(|entry| chancery::export::record::sort_and_date(entry).1?.earliest());
    let Some(last) = last.map(Date::first_of_month) else { return Ok(Vec::new()) };
    let month = |back: i32| {
        let first = last.checked_sub(back.months()).unwrap_or(last);
        let filter = Filter { since: Some(first), until: Some(first.last_of_month()), ..of_status("contact", "held") };
        Ok((first, store.count(&filter)?))
    };
    (0..MONTHS).rev().map(month).collect()
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
                @for (index, (tag, count)) in glance.languages.iter().enumerate() { @if index > 0 { ", " } (count) " " (tag) }
            }
        }
        @if glance.months.iter().any(|(_, count)| *count > 0) {
            (bars(texts.get("by-month"), (texts.get("month"), texts.get("contacts")), &months_as_bars(texts, &glance.months)))
        }
        div.columns {
            (group("planned", &planned.address("/contacts"), &glance.planned))
            (group("newest", "/contacts?status=held", &glance.newest))
            (group("overdue", "/commitments?status=overdue", &glance.overdue))
            (group("contradicted", "/review", &glance.contradicted))
            @if !glance.pairs.is_empty() {
                section {
                    h2 { a href="/network" { (texts.get("most-in-touch")) } }
                    table {
                        tbody {
                            @for (one, other, count) in &glance.pairs {
                                tr {
                                    td { a href=(network::pair_address(one, other)) { (teller.name(one)) " – " (teller.name(other)) } }
                                    td.number { (texts.count(*count, "contact")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }))
}

fn months_as_bars(texts: &Texts, months: &[(Date, usize)]) -> Vec<Bar> {
    let bar = |(month, count): &(Date, usize)| Bar {
        label: format!("{} {}", texts.get(&format!("month.{}", month.month())), month.year()),
        mark: if month.month() == 1 { month.year().to_string() } else { String::new() },
        count: *count,
        address: format!("/contacts?status=held&since={month}&until={}", month.last_of_month()),
    };
    months.iter().map(bar).collect()
}
