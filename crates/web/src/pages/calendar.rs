//! Contacts by day: a month, or a year at a glance.
//!
//! In: a question about contacts, a month or a year. Out: the calendar. Never: puts on a day what the record does not know to the day.

use super::list::{ask, entries, filters};
use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::calendar::{Span, month_name, months_of_year, sheet};
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::export::record::sort_and_date;
use chancery::record::{Days, Entry, Filter, Order, Page, Store};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;

/// Contacts of a month that are named at the most; more are counted by day.
const NAMED: usize = 600;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/calendar", get(page))
}

/// What of the calendar is looked at.
enum Sheet {
    Month(Date),
    Year(Date),
}

impl Sheet {
    /// What the address asks for, else the month of the latest contact that a document of the record can have seen.
    fn of(asked: &Asked, store: &Store, filter: &Filter) -> Result<Sheet, Problem> {
        let first = |key: &str| {
            let parse = |text: &str| {
                let date: Option<chancery::Edtf> = text.parse().ok();
                let expected = if key == "month" { "2023-02" } else { "2023" };
                date.and_then(|date| date.earliest())
                    .ok_or_else(|| Problem::wrong(format!("`{key}` is {text:?}; expected {key} such as {expected}")))
            };
            asked.one(key).map(parse).transpose()
        };
        if let Some(year) = first("year")? {
            return Ok(Sheet::Year(year.first_of_year()));
        }
        if let Some(month) = first("month")? {
            return Ok(Sheet::Month(month.first_of_month()));
        }
        let seen = Filter { until: filter.until.or(store.latest()?), ..filter.clone() };
        let newest = entries(store, &seen, Page { order: Order::Newest, offset: 0, limit: Some(1) })?;
        let latest = newest.first().and_then(|entry| sort_and_date(entry).1?.earliest()).or(store.latest()?);
        Ok(Sheet::Month(latest.map_or(jiff::civil::date(2000, 1, 1), Date::first_of_month)))
    }

    fn first(&self) -> Date {
        match self {
            Sheet::Month(first) | Sheet::Year(first) => *first,
        }
    }

    fn last(&self) -> Date {
        match self {
            Sheet::Month(first) => first.last_of_month(),
            Sheet::Year(first) => first.last_of_year(),
        }
    }

    /// The month or year that many later.
    fn later(&self, by: i32) -> Asked {
        let first = self.first();
        match self {
            Sheet::Month(_) => month_asked(first.checked_add(by.months()).unwrap_or(first)),
            Sheet::Year(_) => year_asked(first.checked_add(by.years()).unwrap_or(first)),
        }
    }
}

fn month_asked(first: Date) -> Asked {
    Asked::default().and("month", &first.strftime("%Y-%m").to_string())
}

fn year_asked(first: Date) -> Asked {
    Asked::default().and("year", &first.strftime("%Y").to_string())
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let ((sheet, found, days), notes) = app
        .ask(move |store| {
            ask(&answering, store, &question, &["contact"], |store, filter| {
                let sheet = Sheet::of(&question, store, filter)?;
                let within = Filter {
                    since: filter.since.max(Some(sheet.first())),
                    until: Some(filter.until.map_or(sheet.last(), |until| until.min(sheet.last()))),
                    ..filter.clone()
                };
                let all = Page { order: Order::Oldest, offset: 0, limit: None };
                let days: Vec<(Days, usize)> = store.days(&within)?;
                let few = days.iter().map(|(_, count)| count).sum::<usize>() <= NAMED;
                let found = if few && matches!(sheet, Sheet::Month(_)) { entries(store, &within, all)? } else { Vec::new() };
                Ok((sheet, found, days))
            })
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let rest = asked.without("month").without("year");
    let calendar = |to: &Asked| rest.joined(to).address("/calendar");
    let contacts = rest.with("since", &sheet.first().to_string()).with("until", &sheet.last().to_string());
    let title = match &sheet {
        Sheet::Month(first) => format!("{}: {}", texts.get("calendar"), month_name(texts, *first)),
        Sheet::Year(first) => format!("{}: {}", texts.get("calendar"), first.year()),
    };
    Ok(Frame { texts, title: &title, here: "calendar", asked: Some(("/calendar", &asked)), data: &[] }.with(html! {
        (filters(texts, "/calendar", &asked))
        nav.steps aria-label=(texts.get("calendar")) {
            a rel="prev" href=(calendar(&sheet.later(-1))) { "← " (texts.get("before")) } " "
            @match &sheet {
                Sheet::Month(first) => a href=(calendar(&year_asked(*first))) { (texts.get("year")) " " (first.year()) },
                Sheet::Year(_) => "",
            } " "
            a rel="next" href=(calendar(&sheet.later(1))) { (texts.get("after")) " →" } " "
            a href=(contacts.address("/contacts")) { (texts.get("as-list")) } " "
            a href=(contacts.address("/contacts.ics")) { "ICS" }
        }
        @for note in &notes { p.note { (note) } }
        @match &sheet {
            Sheet::Month(first) => (month(teller, *first, &found, &days, &|day| rest.with("since", &day.to_string()).with("until", &day.to_string()).address("/contacts"))),
            Sheet::Year(first) => (months_of_year(texts, *first, &days, &|month| calendar(&month_asked(month)))),
        }
    }))
}

/// A month's sheet; what is known to the month alone stands below.
fn month(teller: Teller, first: Date, found: &[Entry], counts: &[(Days, usize)], address_of: &dyn Fn(Date) -> String) -> Markup {
    let days = |entry: &Entry| sort_and_date(entry).1.and_then(Span::of_days);
    let (on_days, other): (Vec<&Entry>, Vec<&Entry>) = found.iter().partition(|entry| days(entry).is_some());
    let in_month = |entry: &&Entry| {
        let date = sort_and_date(entry).1;
        date.is_some_and(|date| date.earliest().zip(date.latest()).is_some_and(|(from, to)| from >= first && to <= first.last_of_month()))
    };
    let (vague, vaguer): (Vec<&Entry>, Vec<&Entry>) = other.into_iter().partition(in_month);
    let placed: Vec<(Span, &Entry)> = on_days.into_iter().filter_map(|entry| Some((days(entry)?, entry))).collect();
    html! {
        (sheet(teller, first, &placed, counts, address_of))
        @for (key, entries) in [("day-unknown", vague), ("longer", vaguer)] {
            @if !entries.is_empty() { section { h2 { (teller.texts.get(key)) " (" (entries.len()) ")" } (teller.list(entries)) } }
        }
    }
}
