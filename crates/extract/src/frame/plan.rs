//! What a day says of a plan: whether what is told took place, is to come, or was put off to it.
//!
//! In: status, dates, the day of publication. Out: the status that the day allows. Never: resolves a date.

use super::status::Told;
use crate::clause::Clause;
use crate::page::Page;
use crate::quantity::QuantityKind;
use crate::when::{Calendar, Dated, is_goal};
use chancery_language::Class;
use chancery_model::{ContactStatus, Edtf};
use jiff::ToSpan;

/// Days within which a limit is the end of what goes on.
const SOON: i32 = 14;

/// A past meeting cannot lie after publication; a planned one not long before.
pub(super) fn adjust(status: ContactStatus, date: Option<&Dated>, calendar: &Calendar, told: Told) -> ContactStatus {
    let (Some(date), Some(published)) = (date, calendar.published_day()) else { return status };
    // (travels there by the end of the year: a limit that lies ahead; not: is there until Thursday)
    let ahead = |date: &Edtf| match date.earliest() {
        Some(day) => day > published,
        None => date.latest().is_some_and(|day| day > published.saturating_add(SOON.days())),
    };
    match status {
        ContactStatus::Held if !told.firm && ahead(&date.value) => ContactStatus::Planned,
        // put off to a day
        ContactStatus::Cancelled if !told.firm && date.value.earliest().is_some_and(|day| day > published) => ContactStatus::Planned,
        ContactStatus::Planned if !told.firm && date.value.latest().is_some_and(|day| day < published) => ContactStatus::Held,
        other => other,
    }
}

/// Put off to a day: a date stands behind the word that says so.
pub(super) fn is_moved(page: &Page, clause: &Clause) -> bool {
    let put_off = |word: &usize| page.entries(*word).any(|entry| entry.class == Class::Status && entry.value == "postponed");
    let Some(word) = clause.words.clone().find(put_off) else { return true };
    // (auf den 15. April verschoben, odložena na pátek; not: am Freitag verschoben, Friday's talks were postponed, postponed on Friday)
    page.quantities_in(&clause.words).iter().any(|quantity| {
        let placed = quantity.words.start > word || quantity.words.end == word;
        matches!(quantity.kind, QuantityKind::Date(_)) && placed && is_goal(page, &quantity.words)
    })
}

/// At the beginning of February: whether a clause names a part of a month or year.
pub(super) fn names_part(page: &Page, clause: &Clause) -> bool {
    page.quantities_in(&clause.words)
        .iter()
        .any(|quantity| matches!(quantity.kind, QuantityKind::Date(_)) && quantity.words.clone().any(|word| page.is(word, Class::Part)))
}

/// Whether a clause names a day by its weekday or its date, and not as today.
pub(super) fn names_a_day(page: &Page, clause: &Clause) -> bool {
    let today = |word: usize| page.entries(word).any(|entry| entry.class == Class::Day && entry.value == "0");
    !clause.words.clone().any(today)
        && page.quantities.iter().any(|quantity| match &quantity.kind {
            QuantityKind::Date(date) => {
                clause.words.contains(&quantity.words.start) && (date.weekday().is_some() || date.month_day().is_some())
            }
            _ => false,
        })
}
