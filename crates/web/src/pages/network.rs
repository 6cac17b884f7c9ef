//! Who is in touch with whom, and what is between two states.
//!
//! In: a span of time, states. Out: the network; one timeline of a pair. Never: a tie without its contacts behind it.

use super::list::{entries, find, found_entries};
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use crate::view::network::{Pair, network};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use chancery::record::{Content, Entry, Filter, Order, Page};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pairs that are drawn at the most: the busiest.
const DRAWN: usize = 60;

/// What stands on the timeline of a pair.
const BETWEEN: [&str; 4] = ["contact", "commitment", "figure", "standing"];

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/network", get(page)).route("/pair/{one}/{other}", get(pair))
}

/// Where a pair of states has its timeline.
pub fn pair_address(one: &str, other: &str) -> String {
    format!("{}/{}", crate::view::address("pair", one), crate::view::escaped(other))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let found = app
        .ask(move |store| find(&answering, store, &question, &["contact"], Page { order: Order::Newest, offset: 0, limit: None }))
        .await?;
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for entry in &found.entries {
        for pair in pairs_of(entry) {
            *counts.entry(pair).or_default() += 1;
        }
    }
    let all = counts.len();
    let mut counted: Vec<((String, String), usize)> = counts.into_iter().collect();
    counted.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), pair.clone()));
    let pair = |((one, other), count): ((String, String), usize)| {
        let address = asked.without("state").address(&pair_address(&one, &other));
        Pair { one, other, count, address }
    };
    let pairs: Vec<Pair> = counted.into_iter().take(DRAWN).map(pair).collect();
    let teller = Teller { app: &app, texts };
    Ok(Frame { texts, title: texts.get("network"), here: "network", asked: Some(("/network", &asked)), data: &[] }.with(html! {
        form.inline action="/network" {
            @for name in ["state", "since", "until"] {
                label { (texts.get(&format!("filter.{name}"))) input name=(name) value=(asked.one(name).unwrap_or("")); }
            }
            button { (texts.get("filter.apply")) }
        }
        @for note in &found.notes { p.note { (note) } }
        p.count role="status" { (texts.count(found.all, "contact")) @if all > pairs.len() { " · " (texts.get("busiest")) " " (pairs.len()) "/" (all) } }
        (network(teller, &pairs))
    }))
}

/// The states that a contact brings together, two by two; of a conference of many none.
fn pairs_of(entry: &Entry) -> Vec<(String, String)> {
    let Content::Contact(contact) = &entry.content else { return Vec::new() };
    let mut states: Vec<&String> = contact.states.iter().map(|said| &said.value).collect();
    states.sort();
    if states.len() > 6 || matches!(contact.status.as_str(), "denied" | "cancelled") {
        return Vec::new();
    }
    let pairs = |(index, one): (usize, &&String)| {
        let one = (*one).clone();
        states[index + 1..].iter().map(move |other| (one.clone(), (*other).clone())).collect::<Vec<_>>()
    };
    states.iter().enumerate().flat_map(pairs).collect()
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
    let (found, ties) = app
        .ask(move |store| {
            let question = states.iter().fold(question, |question, state| question.and("state", state));
            let found = find(&answering, store, &question, &BETWEEN, question.page(Order::Oldest, SHOWN * 4)?)?;
            let ties = Filter {
                entries: vec!["standing".to_owned()],
                kinds: vec!["partnership".to_owned()],
                states: states.iter().map(|state| vec![state.clone()]).collect(),
                ..Filter::default()
            };
            Ok((found, entries(store, &ties, Page { order: Order::Oldest, offset: 0, limit: None })?))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let title = format!("{} – {}", teller.name(&one), teller.name(&other));
    Ok(Frame { texts, title: &title, here: "network", asked: Some((&path, &asked)), data: &[] }.with(html! {
        @if !ties.is_empty() { section { h2 { (texts.get("relation")) } (teller.list(&ties)) } }
        (figures(teller, &found.entries))
        h2 { (texts.get("timeline")) }
        (found_entries(teller, &path, &asked, &found))
    }))
}

/// Figures claimed of the pair, by topic and unit, each with its time.
fn figures(teller: Teller, entries: &[Entry]) -> Markup {
    let mut groups: BTreeMap<(String, String), Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        if let Content::Figure(figure) = &entry.content {
            groups.entry((figure.topic.to_string(), figure.unit.clone())).or_default().push(entry);
        }
    }
    html! {
        @for ((topic, unit), entries) in &groups {
            section {
                h2 { (teller.texts.word("topic", topic)) ", " (unit) }
                table {
                    thead { tr { th { (teller.texts.get("date")) } th.number { (teller.texts.get("figures")) } th { (teller.texts.get("sources")) } } }
                    tbody {
                        @for entry in entries {
                            @if let Content::Figure(figure) = &entry.content {
                                tr {
                                    td { a href=(crate::view::address("entry", &entry.id)) { (teller.date(figure.period.as_ref().or(figure.reported.as_ref()))) } }
                                    td.number { (teller.figure(figure)) }
                                    td { (teller.support(entry)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_pair_has_one_address() {
        assert_eq!(super::pair_address("KZ", "C5+1"), "/pair/KZ/C5+1");
    }
}
