//! Dates in words, with their uncertainty.
//!
//! In: EDTF, the reader's texts. Out: words. Never: a day that the date does not say.

use crate::texts::Texts;
use chancery::Edtf;
use chancery::model::EdtfValue;
use jiff::civil::Date;
use maud::{Markup, html};

/// A date in words, with its exact form for machines.
pub fn date(texts: &Texts, date: Option<&Edtf>) -> Markup {
    match date {
        None => html! { span.unknown { (texts.get("date.unknown")) } },
        Some(date) => html! { time datetime=[date.day().map(|day| day.to_string())] title=(date) { (words(texts, date)) } },
    }
}

/// A date in words.
pub fn words(texts: &Texts, date: &Edtf) -> String {
    let told = value(texts, &date.value);
    if date.approximate { texts.get("date.about").replace("{}", &told) } else { told }
}

/// The name of a day's month as it stands beside the day.
pub fn month_of(texts: &Texts, day: Date) -> String {
    month(texts, "of-month", day.month())
}

/// The date of an occasion: of one that was on a day that nobody names it says that the day is not known.
pub fn occasion(texts: &Texts, date: Option<&Edtf>) -> Markup {
    let unknown = match date.map(|date| &date.value) {
        Some(EdtfValue::Month(..) | EdtfValue::Year(_)) => Some(texts.get("day-unknown")),
        _ => None,
    };
    html! { (self::date(texts, date)) @if let Some(unknown) = unknown { ", " span.unknown { (unknown) } } }
}

fn month(texts: &Texts, sort: &str, month: i8) -> String {
    let key = format!("{sort}.{month}");
    let found = texts.get(&key);
    if found == key { texts.get(&format!("month.{month}")).to_owned() } else { found.to_owned() }
}

/// A day or some days, and their month.
fn day_month(texts: &Texts, days: &str, of: Date) -> String {
    texts.get("date.day").replace("{d}", days).replace("{m}", &month(texts, "of-month", of.month()))
}

/// Days of one year.
fn of_year(texts: &Texts, day_month: &str, year: i16) -> String {
    texts.get("date.year").replace("{}", day_month).replace("{y}", &year.to_string())
}

/// From a day to another; what both have in common is said once.
fn days(texts: &Texts, from: Date, to: Date) -> String {
    let number = |day: Date| day.day().to_string();
    if from.year() != to.year() {
        return format!("{} – {}", value(texts, &EdtfValue::Day(from)), value(texts, &EdtfValue::Day(to)));
    }
    let told = if from.month() == to.month() {
        // what follows the number of a day follows each: 20.–21. Mai
        let (_, behind) = texts.get("date.day").split_once("{d}").unwrap_or_default();
        let behind = behind.split(' ').next().unwrap_or("");
        day_month(texts, &format!("{}{behind}–{}", from.day(), to.day()), to)
    } else {
        format!("{} – {}", day_month(texts, &number(from), from), day_month(texts, &number(to), to))
    };
    of_year(texts, &told, to.year())
}

fn value(texts: &Texts, value: &EdtfValue) -> String {
    match value {
        EdtfValue::Day(day) => of_year(texts, &day_month(texts, &day.day().to_string(), *day), day.year()),
        EdtfValue::Month(year, number) => {
            texts.get("date.month").replace("{m}", &month(texts, "month", *number)).replace("{y}", &year.to_string())
        }
        EdtfValue::Year(year) => year.to_string(),
        EdtfValue::DayOfSomeYear(number, day) => {
            let told = texts.get("date.day").replace("{d}", &day.to_string()).replace("{m}", &month(texts, "of-month", *number));
            texts.get("date.no-year").replace("{}", &told)
        }
        EdtfValue::MonthOfSomeYear(number) => texts.get("date.no-year").replace("{}", &month(texts, "month", *number)),
        EdtfValue::Interval(from, to) => {
            if let (Some(EdtfValue::Day(from)), Some(EdtfValue::Day(to))) = (from.as_deref(), to.as_deref()) {
                return days(texts, *from, *to);
            }
            let told = |end: &Option<Box<EdtfValue>>| end.as_ref().map(|end| self::value(texts, end));
            match (told(from), told(to)) {
                (Some(from), Some(to)) => format!("{from} – {to}"),
                (Some(from), None) => texts.get("date.since").replace("{}", &from),
                (None, Some(to)) => texts.get("date.until").replace("{}", &to),
                (None, None) => texts.get("date.unknown").to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_says_no_more_than_it_knows() {
        let texts = &Texts::all()[0];
        for (edtf, told) in [
            ("2023-02-28", "28 February 2023"),
            ("2023-02", "February 2023"),
            ("2023", "2023"),
            ("XXXX-03-29", "29 March, year not known"),
            ("2024-05-20/2024-05-21", "20–21 May 2024"),
            ("2026-08-31/2026-09-11", "31 August – 11 September 2026"),
            ("2025-12-30/2026-01-02", "30 December 2025 – 2 January 2026"),
            ("../2018-05", "by May 2018"),
            ("2021-06-02~", "about 2 June 2021"),
        ] {
            let date: Edtf = edtf.parse().expect("EDTF");
            assert_eq!(words(texts, &date), told);
        }
        let german = Texts::all().iter().find(|texts| texts.language == "de").expect("German");
        assert_eq!(words(german, &"2024-05-20/2024-05-21".parse().expect("EDTF")), "20.–21. Mai 2024");
    }
}
