//! Dates with their uncertainty, as EDTF (ISO 8601-2) writes them.
//!
//! In: the parts of a date that are known. Out: the EDTF string, bounds, comparison.
//! Never: asks a clock what the year is.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A date as far as it is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Edtf {
    /// What is known.
    pub value: EdtfValue,
    /// A trailing `~`: told as the day's news, no day named.
    pub approximate: bool,
}

/// The known part of a date.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EdtfValue {
    /// `2023-02-28`
    Day(Date),
    /// `2019-09`
    Month(i16, i8),
    /// `2022`
    Year(i16),
    /// `XXXX-03-29`
    DayOfSomeYear(i8, i8),
    /// `XXXX-03`
    MonthOfSomeYear(i8),
    /// `2024-05-20/2024-05-21`, `../2018-05`, `2004-12/..`; an absent end is open.
    Interval(Option<Box<EdtfValue>>, Option<Box<EdtfValue>>),
}

impl From<EdtfValue> for Edtf {
    fn from(value: EdtfValue) -> Edtf {
        Edtf { value, approximate: false }
    }
}

impl From<Date> for Edtf {
    fn from(date: Date) -> Edtf {
        EdtfValue::Day(date).into()
    }
}

impl Edtf {
    /// The same date marked approximate.
    pub fn approximately(self) -> Edtf {
        Edtf { approximate: true, ..self }
    }

    /// The exact day, where it is one.
    pub fn day(&self) -> Option<Date> {
        match self.value {
            EdtfValue::Day(date) => Some(date),
            _ => None,
        }
    }

    /// First possible day; `None` where open or without a year.
    pub fn earliest(&self) -> Option<Date> {
        self.value.earliest()
    }

    /// Last possible day; `None` where open or without a year.
    pub fn latest(&self) -> Option<Date> {
        self.value.latest()
    }

    /// Whether both can be dates of one occasion: one lies within the other, or a day without a
    /// year fits the other's month and day.
    pub fn compatible(&self, other: &Edtf) -> bool {
        self.value.compatible(&other.value)
    }

    /// How much is known: a day before a month before a year.
    pub fn precision(&self) -> u8 {
        match &self.value {
            EdtfValue::Day(_) => 5,
            EdtfValue::Interval(Some(_), Some(_)) => 4,
            EdtfValue::DayOfSomeYear(..) => 3,
            EdtfValue::Month(..) => 3,
            EdtfValue::MonthOfSomeYear(_) => 1,
            EdtfValue::Year(_) => 2,
            EdtfValue::Interval(..) => 1,
        }
    }
}

impl EdtfValue {
    fn earliest(&self) -> Option<Date> {
        match self {
            EdtfValue::Day(date) => Some(*date),
            EdtfValue::Month(year, month) => Date::new(*year, *month, 1).ok(),
            EdtfValue::Year(year) => Date::new(*year, 1, 1).ok(),
            EdtfValue::DayOfSomeYear(..) | EdtfValue::MonthOfSomeYear(_) => None,
            EdtfValue::Interval(from, _) => from.as_ref().and_then(|value| value.earliest()),
        }
    }

    fn latest(&self) -> Option<Date> {
        match self {
            EdtfValue::Day(date) => Some(*date),
            EdtfValue::Month(year, month) => Date::new(*year, *month, 1).ok().map(Date::last_of_month),
            EdtfValue::Year(year) => Date::new(*year, 12, 31).ok(),
            EdtfValue::DayOfSomeYear(..) | EdtfValue::MonthOfSomeYear(_) => None,
            EdtfValue::Interval(_, to) => to.as_ref().and_then(|value| value.latest()),
        }
    }

    fn yearless(&self) -> Option<(i8, Option<i8>)> {
        match self {
            EdtfValue::DayOfSomeYear(month, day) => Some((*month, Some(*day))),
            EdtfValue::MonthOfSomeYear(month) => Some((*month, None)),
            _ => None,
        }
    }

    fn compatible(&self, other: &EdtfValue) -> bool {
        if self == other {
            return true;
        }
        match (self.yearless(), other.yearless()) {
            (Some((month, day)), Some((other_month, other_day))) => {
                month == other_month && (day.is_none() || other_day.is_none() || day == other_day)
            }
            (Some(part), None) => other.holds_yearless(part),
            (None, Some(part)) => self.holds_yearless(part),
            (None, None) => {
                let starts_before_end = |a: Option<Date>, b: Option<Date>| a.is_none() || b.is_none() || a <= b;
                starts_before_end(self.earliest(), other.latest()) && starts_before_end(other.earliest(), self.latest())
            }
        }
    }

    fn holds_yearless(&self, (month, day): (i8, Option<i8>)) -> bool {
        match (self.earliest(), self.latest()) {
            (Some(from), Some(to)) => (from.year()..=to.year()).any(|year| {
                let first = Date::new(year, month, day.unwrap_or(1));
                let last = first.clone().map(|date| if day.is_none() { date.last_of_month() } else { date });
                matches!((first, last), (Ok(first), Ok(last)) if first <= to && from <= last)
            }),
            _ => true,
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.value, if self.approximate { "~" } else { "" })
    }
}

impl fmt::Display for EdtfValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EdtfValue::Day(date) => write!(out, "{date}"),
            EdtfValue::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            EdtfValue::Year(year) => write!(out, "{year:04}"),
            EdtfValue::DayOfSomeYear(month, day) => write!(out, "XXXX-{month:02}-{day:02}"),
            EdtfValue::MonthOfSomeYear(month) => write!(out, "XXXX-{month:02}"),
            EdtfValue::Interval(from, to) => {
                let end = |value: &Option<Box<EdtfValue>>| value.as_ref().map_or("..".to_owned(), |value| value.to_string());
                write!(out, "{}/{}", end(from), end(to))
            }
        }
    }
}

/// What is wrong with a string that should be an EDTF date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotEdtf(String);

impl fmt::Display for NotEdtf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expected an EDTF date such as 2023-02-28, 2019-09, 2022, XXXX-03-29 or 2024-05-20/2024-05-21, found {:?}", self.0)
    }
}

impl std::error::Error for NotEdtf {}

impl FromStr for Edtf {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Edtf, NotEdtf> {
        let wrong = || NotEdtf(text.to_owned());
        let (body, approximate) = match text.strip_suffix('~') {
            Some(body) => (body, true),
            None => (text, false),
        };
        let value = match body.split_once('/') {
            None => part(body).ok_or_else(wrong)?,
            Some((from, to)) => {
                let end =
                    |text: &str| if text == ".." || text.is_empty() { Some(None) } else { part(text).map(|value| Some(Box::new(value))) };
                EdtfValue::Interval(end(from).ok_or_else(wrong)?, end(to).ok_or_else(wrong)?)
            }
        };
        if value.earliest().zip(value.latest()).is_some_and(|(from, to)| from > to) {
            return Err(wrong());
        }
        Ok(Edtf { value, approximate })
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Edtf, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

fn part(text: &str) -> Option<EdtfValue> {
    let number = |text: &str, length: usize| {
        (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    let mut fields = text.split('-');
    let (year, month, day) = (fields.next()?, fields.next(), fields.next());
    if fields.next().is_some() {
        return None;
    }
    let month = match month {
        Some(month) => Some(number(month, 2).filter(|month| (1..=12).contains(month))? as i8),
        None => None,
    };
    let day = match day {
        Some(day) => Some(number(day, 2).filter(|day: &i16| (1..=31).contains(day))? as i8),
        None => None,
    };
    match (year, month, day) {
        // a leap year has every day that there is
        ("XXXX", Some(month), Some(day)) => Date::new(2024, month, day).ok().map(|_| EdtfValue::DayOfSomeYear(month, day)),
        ("XXXX", Some(month), None) => Some(EdtfValue::MonthOfSomeYear(month)),
        (year, Some(month), Some(day)) => Date::new(number(year, 4)?, month, day).ok().map(EdtfValue::Day),
        (year, Some(month), None) => Some(EdtfValue::Month(number(year, 4)?, month)),
        (year, None, None) => Some(EdtfValue::Year(number(year, 4)?)),
        (_, None, Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn written_forms_survive_a_round_trip() {
        for text in
            ["2023-02-28", "2019-09", "2022", "XXXX-03-29", "XXXX-05", "2024-05-20/2024-05-21", "../2018-05", "2004-12/..", "2021-06-02~"]
        {
            assert_eq!(edtf(text).to_string(), text);
        }
        for text in ["", "2023-13", "2023-02-30", "23-02", "XXXX", "2023-1-1", "a/b", "2024-05-20/2021", "XXXX-02-31"] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn dates_of_one_occasion_are_compatible() {
        for (a, b, together) in [
            ("2019-09", "2019-09-11", true),
            ("2019-09", "2019-10-01", false),
            ("XXXX-03-29", "2024-03-29", true),
            ("XXXX-03-29", "2024", true),
            ("XXXX-03-29", "2024-04", false),
            ("2024-05-20/2024-05-21", "2024-05-21", true),
            ("../2018-05", "2019", false),
            ("2021-06-02~", "2021-06-02", true),
        ] {
            assert_eq!(edtf(a).compatible(&edtf(b)), together, "{a} {b}");
            assert_eq!(edtf(b).compatible(&edtf(a)), together, "{b} {a}");
        }
    }
}
