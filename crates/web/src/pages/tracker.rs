//! Commitments by what became of them.
//!
//! In: the record. Out: what is overdue, what is due, what is open, what was kept and by what that is shown. Never: today's date; a
//! commitment is overdue by the day of the latest document.

use super::list::entries;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::view::address;
use crate::view::cells::Teller;
use chancery::record::{Content, Entry, Filter, Order, Page, Store};
use maud::{Markup, html};

/// Outcomes in the order in which they ask for attention.
const OUTCOMES: [&str; 4] = ["overdue", "open", "kept", "dropped"];
/// Entries of each outcome.
const SHOWN: usize = 12;

/// Commitments of one outcome.
pub struct Group {
    outcome: &'static str,
    all: usize,
    shown: Vec<Entry>,
}

/// The commitments that pass a filter, in groups.
pub fn groups(store: &Store, filter: &Filter) -> Result<Vec<Group>, Problem> {
    let group = |outcome: &'static str| {
        let filter = Filter { statuses: vec![outcome.to_owned()], ..filter.clone() };
        let shown = entries(store, &filter, Page { order: Order::Newest, offset: 0, limit: Some(SHOWN) })?;
        Ok(Group { outcome, all: store.count(&filter)?, shown })
    };
    OUTCOMES.into_iter().map(group).collect()
}

/// The groups side by side; those that are due stand first in theirs, the earliest before the later.
pub fn tracker(teller: Teller, asked: &Asked, groups: &[Group]) -> Markup {
    let texts = teller.texts;
    let due = |entry: &Entry| match &entry.content {
        Content::Commitment(commitment) => commitment.due.as_ref().and_then(|due| due.latest().or(due.earliest())),
        _ => None,
    };
    html! {
        div.tracker {
            @for Group { outcome, all, shown } in groups {
                @let address = asked.with("status", outcome).address("/commitments");
                @let mut ordered: Vec<&Entry> = shown.iter().collect();
                @let () = ordered.sort_by_key(|entry| (due(entry).is_none(), due(entry)));
                section class=(outcome) {
                    h2 { a href=(address) { (texts.word("outcome", outcome)) } " " span.number { (all) } }
                    ol.cards { @for entry in ordered { li { (card(teller, entry)) } } }
                    @if *all > shown.len() { p { a href=(address) { (texts.get("all")) " " (all) } } }
                }
            }
        }
    }
}

fn card(teller: Teller, entry: &Entry) -> Markup {
    let Content::Commitment(commitment) = &entry.content else { return html! {} };
    let texts = teller.texts;
    html! {
        p.about {
            (teller.parties(commitment.parties.iter().map(|said| said.value.as_str()))) " " (teller.chip("commitment", commitment.status.as_str()))
        }
        p { a href=(address("entry", &entry.id)) { (teller.words(entry)) } }
        p.note {
            @if let Some(due) = &commitment.due { strong { (texts.get("due")) " " (teller.date(Some(due))) } " · " }
            (texts.get("reported")) " " (teller.date(commitment.reported.as_ref()))
            @for id in &commitment.shown_by { " · " a href=(address("entry", id)) { (texts.get("shown-by")) } }
        }
    }
}
