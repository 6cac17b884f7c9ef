//! How often, over time.
//!
//! In: the days of entries with their counts. Out: bars by month or year. Never: in a month what is known to the year alone; that is
//! told below.

use crate::asked::Asked;
use crate::texts::Texts;
use crate::view::bars::{Bar, bars};
use crate::view::calendar::month_name;
use chancery::record::Days;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Months that are shown as such at the most; more are shown by year.
const MONTHS: usize = 48;

/// First and last day where both are known.
fn known(days: &[(Days, usize)]) -> impl Iterator<Item = (Date, Date, usize)> {
    days.iter().filter_map(|((from, to), count)| Some(((*from)?, (*to)?, *count)))
}

/// Counts by `begin`, where it is one and the same for the first and the last day, and how many are of no single one.
fn counted(days: &[(Days, usize)], begin: fn(Date) -> Date) -> (BTreeMap<Date, usize>, usize) {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    let mut vague: usize = days.iter().filter(|((from, to), _)| from.is_none() || to.is_none()).map(|(_, count)| count).sum();
    for (from, to, count) in known(days) {
        // what spans the turn of a month is of the month in which it began, unless it is as long as one
        let single = begin(from) == begin(to) || from.until(to).is_ok_and(|span| span.get_days() < 14);
        if single { *counts.entry(begin(from)).or_default() += count } else { vague += count }
    }
    (counts, vague)
}

/// Bars of the contacts that a question means, each leading to the calendar of its time. `months` at the most where it is given: the
/// latest.
pub fn by_time(texts: &Texts, asked: &Asked, days: &[(Days, usize)], months: Option<usize>) -> Markup {
    let (by_month, vague) = counted(days, Date::first_of_month);
    let (Some((first, _)), Some((last, _))) = (by_month.first_key_value(), by_month.last_key_value()) else { return html! {} };
    let shown = months.unwrap_or(MONTHS);
    let all: Vec<Date> = first.series(1.month()).take_while(|month| month <= last).collect();
    let leads_to = |key: &str, format: &str, day: Date| asked.with(key, &day.strftime(format).to_string()).address("/calendar");
    if all.len() <= shown || months.is_some() {
        let bar = |month: &Date| Bar {
            label: month_name(texts, *month),
            mark: if month.month() == 1 { month.year().to_string() } else { String::new() },
            count: by_month.get(month).copied().unwrap_or(0),
            address: leads_to("month", "%Y-%m", *month),
        };
        let latest: Vec<Bar> = all[all.len().saturating_sub(shown)..].iter().map(bar).collect();
        return html! {
            (bars(texts.get("by-month"), texts.get("as-table"), (texts.get("month"), texts.get("contacts")), &latest))
            @if vague > 0 { p.note { "+ " (texts.count(vague, "contact")) ", " (texts.get("month-unknown")) } }
        };
    }
    let (by_year, vague) = counted(days, Date::first_of_year);
    let years = first.first_of_year().series(1.year()).take_while(|year| year <= last);
    let bar = |(index, year): (usize, Date)| Bar {
        label: year.year().to_string(),
        mark: if index % (all.len() / 12 / 10 + 1) == 0 { year.year().to_string() } else { String::new() },
        count: by_year.get(&year).copied().unwrap_or(0),
        address: leads_to("year", "%Y", year),
    };
    let all: Vec<Bar> = years.enumerate().map(bar).collect();
    html! {
        (bars(texts.get("by-year"), texts.get("as-table"), (texts.get("year"), texts.get("contacts")), &all))
        @if vague > 0 { p.note { "+ " (texts.count(vague, "contact")) ", " (texts.get("year-unknown")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_known_to_the_year_is_in_no_month() {
        let day = Some(date(2023, 2, 28));
        let days = [((day, day), 2), ((Some(date(2023, 1, 1)), Some(date(2023, 12, 31))), 3), ((None, None), 1)];
        let (by_month, vague) = counted(&days, Date::first_of_month);
        assert_eq!((by_month.get(&date(2023, 2, 1)), vague), (Some(&2), 4));
        assert_eq!(counted(&days, Date::first_of_year), ([(date(2023, 1, 1), 5)].into(), 1));
    }
}
