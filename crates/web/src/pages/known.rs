//! What the tables of facts know of a person, a state, a format.
//!
//! In: a name or code, a day. Out: offices over time, who leads, members on a day, chairs. Never: that an office is still held; the
//! tables say to which day they know it.

use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::dates;
use crate::view::drawing::Table;
use crate::view::stretches::{Stretch, stretches};
use chancery::Edtf;
use chancery::model::Role;
use chancery::reference::{Membership, Reference, Tenure};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Offices that lead a state, and holders of each that are named: the latest.
const LEADING: [Role; 5] = [Role::HeadOfState, Role::President, Role::Monarch, Role::PrimeMinister, Role::ForeignMinister];
const LATEST: usize = 3;

/// From when until when, in words; an end that no table gives is the day to which they know it.
fn lasted(texts: &Texts, start: Option<&Edtf>, end: Option<&Edtf>, known_until: Option<Date>) -> String {
    let words = |date: &Edtf| dates::words(texts, date);
    let from = start.map_or("?".to_owned(), words);
    match (end, known_until) {
        (Some(end), _) => format!("{from} – {}", words(end)),
        (None, Some(day)) => format!("{from} – ({})", texts.get("known-until").replace("{}", &words(&day.into()))),
        (None, None) => format!("{from} –"),
    }
}

fn stretch(reference: &Reference, texts: &Texts, tenure: &Tenure, name: String, address: Option<String>) -> Stretch {
    let known_until = reference.last_known(tenure);
    Stretch {
        name,
        told: lasted(texts, tenure.start.as_ref(), tenure.end.as_ref(), known_until),
        from: tenure.start.as_ref().and_then(Edtf::earliest),
        to: tenure.end.as_ref().and_then(Edtf::latest).or(known_until),
        open: tenure.end.is_none(),
        address,
        source: tenure.source.name.to_string(),
    }
}

fn drawn(texts: &Texts, title: &str, what: &str, all: &[Stretch]) -> Markup {
    html! { @if !all.is_empty() { section { h2 { (title) } (bars_of(texts, title, what, all)) } } }
}

fn bars_of(texts: &Texts, title: &str, what: &str, all: &[Stretch]) -> Markup {
    stretches(title, texts.get("as-table"), (what, texts.get("date"), texts.get("sources")), all)
}

/// The offices of a person over the years.
pub fn offices(teller: Teller, name: &str) -> Markup {
    let (texts, reference) = (teller.texts, teller.app.library().reference());
    let Some(person) = reference.person_named(name).map(|id| reference.person(id)) else { return html! {} };
    let mut tenures: Vec<&Tenure> = person.tenures.iter().collect();
    tenures.sort_by_key(|tenure| tenure.start.as_ref().and_then(Edtf::earliest));
    let office = |tenure: &&Tenure| {
        let acting = if tenure.acting { format!(" ({})", texts.get("acting")) } else { String::new() };
        let name = format!("{}, {}{acting}", texts.word("role", tenure.role.as_str()), teller.name(&tenure.of));
        stretch(reference, texts, tenure, name, Some(crate::view::address("state", &tenure.of)))
    };
    drawn(texts, texts.get("offices"), texts.get("office"), &tenures.iter().map(office).collect::<Vec<_>>())
}

/// Who led a state, the latest of each office.
pub fn leaders(teller: Teller, code: &str) -> Markup {
    let (texts, reference) = (teller.texts, teller.app.library().reference());
    let holders = |role: &Role| {
        let mut held = reference.tenures_of(*role, code, None, None);
        held.sort_by_key(|(_, tenure)| std::cmp::Reverse(tenure.start.as_ref().and_then(Edtf::earliest)));
        let named = held.into_iter().take(LATEST).map(|(id, tenure)| {
            let person = &reference.person(id).name;
            let name = format!("{person}, {}", texts.word("role", role.as_str()));
            stretch(reference, texts, tenure, name, Some(crate::view::address("person", person)))
        });
        named.collect::<Vec<_>>()
    };
    let mut all: Vec<Stretch> = LEADING.iter().flat_map(holders).collect();
    all.sort_by_key(|stretch| std::cmp::Reverse(stretch.from));
    html! { @if !all.is_empty() { details.known { summary { (texts.get("leaders")) } (bars_of(texts, texts.get("leaders"), texts.get("office"), &all)) } } }
}

/// The members of an organization or format on a day, and who chaired it.
pub fn members(teller: Teller, key: &str, on: Option<&str>) -> Markup {
    let (texts, reference) = (teller.texts, teller.app.library().reference());
    let of_it: Vec<&Membership> = reference.memberships().iter().filter(|row| row.organization == key).collect();
    let day = on.and_then(|on| on.parse::<Edtf>().ok()?.latest());
    let then = |row: &&Membership| {
        let begun = row.start.as_ref().and_then(Edtf::earliest).is_none_or(|start| day.is_none_or(|day| start <= day));
        let over = row.end.as_ref().and_then(Edtf::latest).is_some_and(|end| day.is_none_or(|day| end < day));
        begun && !over
    };
    let mut groups: BTreeMap<&str, Vec<&Membership>> = BTreeMap::new();
    for row in of_it.iter().copied().filter(|row| row.relation != "chair").filter(then) {
        groups.entry(&row.relation).or_default().push(row);
    }
    let chair = |row: &&Membership| Stretch {
        name: teller.name(&row.state),
        told: lasted(texts, row.start.as_ref(), row.end.as_ref(), None),
        from: row.start.as_ref().and_then(Edtf::earliest),
        to: row.end.as_ref().and_then(Edtf::latest),
        open: row.end.is_none(),
        address: Some(crate::view::address("state", &row.state)),
        source: String::new(),
    };
    let mut chairs: Vec<Stretch> = of_it.iter().filter(|row| row.relation == "chair").map(chair).collect();
    chairs.sort_by_key(|stretch| stretch.from);
    let since = |row: &Membership| html! { tr { td { (teller.state(&row.state)) } td { (row.start.as_ref().map_or(texts.get("date.unknown").to_owned(), |start| dates::words(texts, start))) } } };
    html! {
        @if !of_it.is_empty() {
            form.inline { label { (texts.get("members-on")) input name="on" value=(on.unwrap_or("")) placeholder="2023-05"; } button { (texts.get("filter.apply")) } }
            @for (relation, rows) in &groups {
                section {
                    h2 { (texts.word("relation", relation)) " (" (rows.len()) ")" }
                    ul.tags { @for row in rows { li { (teller.state(&row.state)) } } }
                    @if rows.iter().any(|row| row.start.is_some()) {
                        details { summary { (texts.get("since-when")) }
                            (Table { caption: texts.word("relation", relation), heads: &[(texts.get("subject"), false), (texts.get("filter.since"), false)], rows: html! { @for row in rows { (since(row)) } } }.show()) }
                    }
                }
            }
            (drawn(texts, texts.word("relation", "chair"), texts.get("subject"), &chairs))
        }
    }
}
