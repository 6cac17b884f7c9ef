//! Figures over time.
//!
//! In: entries of figures. Out: a drawing for each topic and unit. Never: numbers of different units, or levels and changes, in one.

use crate::view::address;
use crate::view::cells::{Teller, number};
use crate::view::dots::{Dot, dots};
use chancery::Edtf;
use chancery::record::{Content, Entry, Figure};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Figures by topic, unit and whether they tell a level or a change; conflicting claims are signs of their own.
pub fn drawn(teller: Teller, entries: &[Entry]) -> Markup {
    let texts = teller.texts;
    let mut groups: BTreeMap<(&str, &str, &str), Vec<Dot>> = BTreeMap::new();
    for entry in entries {
        if let Content::Figure(figure) = &entry.content {
            let group = (figure.topic.as_str(), figure.unit.as_str(), figure.change.as_str());
            groups.entry(group).or_default().extend(claimed(teller, entry, figure));
        }
    }
    html! {
        @for ((topic, unit, change), numbers) in &groups {
            @let unit = unit.strip_prefix("count:").unwrap_or(if *unit == "percent" { "%" } else { unit });
            @let change = if *change == "level" { String::new() } else { format!(", {}", texts.word("change", change)) };
            @let title = format!("{} ({unit}){change}", texts.word("topic", topic));
            @if !numbers.is_empty() { section { h2 { (texts.get("figures")) ": " (title) } (dots(teller, &title, numbers)) } }
        }
    }
}

/// Where a time stands in a drawing: a year at its middle, not where the next begins.
fn middle(time: &Edtf) -> Option<Date> {
    match (time.earliest(), time.latest()) {
        (Some(from), Some(to)) => from.checked_add((from.until(to).ok()?.get_days() / 2).days()).ok(),
        (from, to) => to.or(from),
    }
}

/// Every number that claims give for a figure; none where neither its time nor its report has a date.
fn claimed(teller: Teller, entry: &Entry, figure: &Figure) -> Vec<Dot> {
    let time = figure.period.as_ref().or(figure.reported.as_ref());
    let Some(at) = time.and_then(middle) else { return Vec::new() };
    let begins = figure.period.as_ref().and_then(Edtf::earliest);
    let ahead = begins.zip(figure.reported.as_ref().and_then(Edtf::latest)).is_some_and(|(begins, reported)| begins > reported);
    let contradicted = figure.values.len() > 1 && entry.conflicts.iter().any(|conflict| conflict.kind == "contradiction");
    let bound =
        if figure.bound.as_str() == "exact" { String::new() } else { format!("{} ", teller.texts.word("bound", figure.bound.as_str())) };
    let dot = |(value, sources): (f64, usize)| Dot {
        at,
        value,
        bound: figure.bound.as_str(),
        ahead,
        contradicted,
        told: format!("{bound}{}", number(value)),
        when: teller.date(time),
        sources,
        address: address("entry", &entry.id),
    };
    let said: Vec<(f64, usize)> = figure.values.iter().map(|said| (said.value, said.sources)).collect();
    let said = if said.is_empty() { vec![(figure.value, entry.support.sources)] } else { said };
    said.into_iter().map(dot).collect()
}
