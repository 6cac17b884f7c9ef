//! Sheets of a calendar.
//!
//! In: contacts with the days that they are known to have been on. Out: a month as a table, a year as twelve. Never: asks which day
//! is today.

use super::cells::Teller;
use super::{address, dates};
use crate::texts::Texts;
use chancery::Edtf;
use chancery::export::record::sort_and_date;
use chancery::record::{Content, Days, Entry};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Days of an occasion at the most; what is longer is a time within which it was.
const LONGEST: i32 = 14;
/// Contacts that are named on a day at the most.
const ON_A_DAY: usize = 8;

/// First and last day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub first: Date,
    pub last: Date,
}

impl Span {
    /// The days of a date that is known to the day, or spans a few days.
    pub fn of_days(date: &Edtf) -> Option<Span> {
        let (first, last) = (date.earliest()?, date.latest()?);
        (first.until(last).map_or(i32::MAX, |span| span.get_days()) < LONGEST).then_some(Span { first, last })
    }

    fn holds(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// The weeks that a month touches, each from Monday on; days of other months are none.
fn weeks(first: Date) -> Vec<Vec<Option<Date>>> {
    let blank = first.weekday().to_monday_zero_offset().unsigned_abs() as usize;
    let days = (0..first.days_in_month()).map(|day| first.checked_add(i32::from(day).days()).ok());
    let mut cells: Vec<Option<Date>> = std::iter::repeat_n(None, blank).chain(days).collect();
    cells.resize(cells.len().div_ceil(7) * 7, None);
    cells.chunks(7).map(<[_]>::to_vec).collect()
}

/// `February 2023`
pub fn month_name(texts: &Texts, first: Date) -> String {
    dates::words(texts, &chancery::model::EdtfValue::Month(first.year(), first.month()).into())
}

fn heads(texts: &Texts) -> Markup {
    html! { thead { tr { @for day in 1..=7 { th scope="col" { (texts.get(&format!("weekday.{day}"))) } } } } }
}

/// A month with the contacts of each day, as many as there is room for, and the way to the others.
pub fn sheet(
    teller: Teller,
    first: Date,
    placed: &[(Span, &Entry)],
    days: &[(Days, usize)],
    address_of: &dyn Fn(Date) -> String,
) -> Markup {
    let on = |day: Date| placed.iter().filter(move |(span, _)| span.holds(day)).take(ON_A_DAY);
    let (on_day, _) = by_day(days);
    let others = |day: Date| on_day.get(&day).copied().unwrap_or(0).saturating_sub(on(day).count());
    html! {
        table.month {
            caption.hidden { (month_name(teller.texts, first)) }
            (heads(teller.texts))
            tbody {
                @for week in weeks(first) {
                    tr {
                        @for cell in week {
                            @match cell {
                                None => td.other {},
                                Some(day) => td id=(format!("d-{day}")) class=[(!on_day.contains_key(&day)).then_some("empty")] {
                                    span.day { time datetime=(day) { (day.day()) } span.of-month { " " (dates::month_of(teller.texts, day)) } }
                                    @if on_day.contains_key(&day) {
                                        ul {
                                            @for (_, entry) in on(day) { li { (short(teller, entry)) } }
                                            @if others(day) > 0 { li { a href=(address_of(day)) { "+ " (teller.texts.count(others(day), "contact")) } } }
                                        }
                                    }
                                },
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A contact in few words.
fn short(teller: Teller, entry: &Entry) -> Markup {
    let Content::Contact(contact) = &entry.content else { return html! {} };
    let states: Vec<String> = contact.states.iter().take(3).map(|said| teller.name(&said.value)).collect();
    let more = contact.states.len().saturating_sub(states.len());
    let about = sort_and_date(entry).1.is_some_and(|date| date.approximate);
    html! {
        a class=(format!("contact {}", contact.status)) href=(address("entry", &entry.id)) {
            span.kind { (teller.texts.word("kind", contact.kind.as_str())) }
            @if contact.status.as_str() != "held" { " (" (teller.texts.word("status", contact.status.as_str())) ")" }
            " " (states.join(" – ")) @if more > 0 { " +" (more) }
            @if about { " ~" }
        }
    }
}

/// How many there are on each day, in each month whose day is not known, and, under the first of all days, at longer times.
pub fn by_day(days: &[(Days, usize)]) -> (BTreeMap<Date, usize>, BTreeMap<Date, usize>) {
    let mut on_day: BTreeMap<Date, usize> = BTreeMap::new();
    let mut vague: BTreeMap<Date, usize> = BTreeMap::new();
    for ((from, to), count) in days {
        match (from, to) {
            (Some(from), Some(to)) if from.until(*to).is_ok_and(|span| span.get_days() < LONGEST) => {
                for day in from.series(1.day()).take_while(|day| day <= to) {
                    *on_day.entry(day).or_default() += count;
                }
            }
            (Some(from), Some(to)) if from.first_of_month() == to.first_of_month() => {
                *vague.entry(from.first_of_month()).or_default() += count
            }
            _ => *vague.entry(Date::MIN).or_default() += count,
        }
    }
    (on_day, vague)
}

/// Twelve months, each day with as much shade as it has contacts.
pub fn months_of_year(texts: &Texts, first: Date, days: &[(Days, usize)], address_of: &dyn Fn(Date) -> String) -> Markup {
    let (on_day, vague) = by_day(days);
    let shade = |count: usize| format!("shade-{}", count.min(5));
    let months: Vec<Date> = (0..12).filter_map(|month: i32| first.checked_add(month.months()).ok()).collect();
    html! {
        div.year {
            @for month in &months {
                div {
                table {
                    caption { a href=(address_of(*month)) { (month_name(texts, *month)) } }
                    (heads(texts))
                    tbody {
                        @for week in weeks(*month) {
                            tr {
                                @for cell in week {
                                    @match cell.map(|day| (day, on_day.get(&day).copied().unwrap_or(0))) {
                                        None => td {},
                                        Some((day, 0)) => td { (day.day()) },
                                        Some((day, count)) => td class=(shade(count)) {
                                            a href=(format!("{}#d-{day}", address_of(*month))) title=(texts.count(count, "contact")) { (day.day()) }
                                        },
                                    }
                                }
                            }
                        }
                    }
                }
                @if let Some(count) = vague.get(month) { p.note { "+ " (texts.count(*count, "contact")) ", " (texts.get("day-unknown")) } }
                }
            }
        }
        @if let Some(count) = vague.get(&Date::MIN) { p.note { "+ " (texts.count(*count, "contact")) ", " (texts.get("month-unknown")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_begins_on_its_weekday() {
        let february = weeks(date(2023, 2, 1));
        assert_eq!((february.len(), february[0][1], february[0][2]), (5, None, Some(date(2023, 2, 1))));
        assert_eq!(weeks(date(2021, 2, 1)).len(), 4);
    }

    #[test]
    fn a_month_is_no_day() {
        let days = |edtf: &str| Span::of_days(&edtf.parse().expect("EDTF")).map(|span| span.last);
        assert_eq!(days("2023-02-28"), Some(date(2023, 2, 28)));
        assert_eq!(days("2024-05-20/2024-05-21"), Some(date(2024, 5, 21)));
        assert_eq!((days("2023-02"), days("../2018-05")), (None, None));
    }
}
