//! Who is in touch with whom, and what is between two states.
//!
//! In: a span of time, states. Out: the network; one timeline of a pair. Never: a tie without its contacts behind it.

use super::list::{ask, entries, filters, find, found_entries};
use super::{figures, times};
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use crate::view::network::{Pair, network};
use crate::view::stretches::{Stretch, stretches};
use crate::view::{address, dates};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use chancery::record::{Content, Entry, Filter, Order, Page, Standing};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pairs that are drawn at the most: the busiest.
const DRAWN: usize = 60;
/// Years that are named to choose from.
const YEARS: usize = 15;

/// What stands on the timeline of a pair.
const BETWEEN: [&str; 5] = ["contact", "commitment", "statement", "figure", "standing"];

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/network", get(page)).route("/pair/{one}/{other}", get(pair))
}

/// Where a pair of states has its timeline.
pub fn pair_address(one: &str, other: &str) -> String {
    format!("{}/{}", crate::view::address("pair", one), crate::view::escaped(other))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let ((pairs, all, days), notes) = app
        .ask(move |store| {
            ask(&answering, store, &question, &["contact"], |store, filter| {
                let ever = Filter { since: None, until: None, ..filter.clone() };
                Ok((store.pairs(filter, Some(DRAWN))?, store.count(filter)?, store.days(&ever)?))
            })
        })
        .await?;
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for ((from, to), count) in days {
        if let Some(year) = from.map(Date::year).filter(|year| to.is_some_and(|to| to.year() == *year)) {
            *years.entry(year).or_default() += count;
        }
    }
    let pair = |(one, other, count): (String, String, usize)| {
        let address = asked.without("state").address(&pair_address(&one, &other));
        Pair { one, other, count, address }
    };
    let pairs: Vec<Pair> = pairs.into_iter().map(pair).collect();
    let teller = Teller { app: &app, texts };
    let ever = asked.without("since").without("until");
    let now = |year: i16| asked.one("since") == Some(&*year.to_string()) && asked.one("until") == asked.one("since");
    Ok(Frame { texts, title: texts.get("network"), here: "network", asked: Some(("/network", &asked)), data: &[] }.with(html! {
        (filters(texts, "/network", &asked))
        nav.steps aria-label=(texts.get("year")) {
            a href=(ever.address("/network")) aria-current=[(ever == asked).then_some("true")] { (texts.get("all")) } " "
            @for (year, count) in years.iter().skip(years.len().saturating_sub(YEARS)) {
                @let of_year = ever.clone().and("since", &year.to_string()).and("until", &year.to_string());
                a href=(of_year.address("/network")) aria-current=[now(*year).then_some("true")] title=(texts.count(*count, "contact")) { (year) } " "
            }
        }
        @for note in &notes { p.note { (note) } }
        p.count role="status" { (texts.count(all, "contact")) @if pairs.len() == DRAWN { " · " (texts.get("busiest")) " " (DRAWN) } }
        @if pairs.is_empty() { p { (texts.get("none")) } } @else { (network(teller, &pairs)) }
    }))
}

async fn pair(
    State(app): State<Arc<App>>,
    texts: &'static Texts,
    Path((one, other)): Path<(String, String)>,
    asked: Asked,
) -> Result<Markup, Problem> {
    let path = pair_address(&one, &other);
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let states = [one.clone(), other.clone()];
    let (found, ties, numbers, days) = app
        .ask(move |store| {
            let question = states.iter().fold(question, |question, state| question.and("state", state));
            let found = find(&answering, store, &question, &BETWEEN, question.page(Order::Newest, SHOWN)?)?;
            let ((ties, numbers, days), _) = ask(&answering, store, &question, &[], |store, filter| {
                let sort = |sort: &str| Filter { entries: vec![sort.to_owned()], ..filter.clone() };
                let all = Page { order: Order::Oldest, offset: 0, limit: None };
                let ties = Filter { kinds: vec!["partnership".to_owned()], ..sort("standing") };
                Ok((entries(store, &ties, all)?, entries(store, &sort("figure"), all)?, store.days(&sort("contact"))?))
            })?;
            Ok((found, ties, numbers, days))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let title = format!("{} – {}", teller.name(&one), teller.name(&other));
    let both = Asked::default().and("state", &one).and("state", &other);
    let lasted: Vec<Stretch> = ties.iter().filter_map(|entry| relation(teller, entry)).collect();
    Ok(Frame { texts, title: &title, here: "network", asked: Some((&path, &asked)), data: &[] }.with(html! {
        p.steps {
            (teller.state(&one)) " " (teller.state(&other)) " "
            @for (key, path) in [("contacts", "/contacts"), ("calendar", "/calendar"), ("map", "/map"), ("commitments", "/commitments")] { a href=(both.address(path)) { (texts.get(key)) } " " }
        }
        @if !lasted.is_empty() {
            section { h2 { (texts.get("relation")) } (stretches(texts.get("relation.title"), texts.get("as-table"), (texts.get("object"), texts.get("date"), texts.get("sources")), &lasted)) }
        }
        @if !days.is_empty() { section { h2 { (texts.get("contacts")) } (times::by_time(texts, &both, &days, None)) } }
        (figures::drawn(teller, &numbers))
        section { h2 { (texts.get("timeline")) } (filters(texts, &path, &asked)) (found_entries(teller, &path, &asked, &found)) }
    }))
}

/// The name of a relation with the time of which it is told: by its period, else by the days of its reports.
fn relation(teller: Teller, entry: &Entry) -> Option<Stretch> {
    let Content::Standing(standing) = &entry.content else { return None };
    let Standing { name, period, reported, relation, .. } = &**standing;
    let (first, last) = (reported.first(), reported.last());
    let from = period.as_ref().and_then(chancery::Edtf::earliest).or(first.and_then(chancery::Edtf::earliest));
    let to = period.as_ref().and_then(chancery::Edtf::latest);
    let told = match period {
        Some(period) => dates::words(teller.texts, period),
        None => format!("{} {}", teller.texts.get("reported"), first.map_or(String::new(), |day| dates::words(teller.texts, day))),
    };
    Some(Stretch {
        name: name.clone().unwrap_or_else(|| teller.texts.word("relation", relation.as_str()).to_owned()),
        told,
        from,
        to: to.or(last.and_then(chancery::Edtf::latest)),
        open: to.is_none(),
        address: Some(address("entry", &entry.id)),
        source: teller.texts.count(entry.support.sources, "source"),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_pair_has_one_address() {
        assert_eq!(super::pair_address("KZ", "C5+1"), "/pair/KZ/C5+1");
    }
}
