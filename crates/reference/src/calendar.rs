//! Days as tables write them: EDTF, day first, month first, with names of months, as ranges.
//!
//! In: a cell, and names of months. Out: an EDTF date. Never: guesses which of two numbers is the month.

use crate::HashMap;
use crate::phrases::plain_words;
use chancery_model::{Edtf, EdtfValue};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Names of months, as [`plain_words`] has them, with their numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Months(HashMap<String, i8>);

impl Months {
    /// Names of months with their numbers.
    pub fn new(names: impl IntoIterator<Item = (String, i8)>) -> Months {
        let plain = names.into_iter().filter_map(|(name, number)| Some((plain_words(&name).pop()?, number)));
        Months(plain.filter(|(_, number)| (1..=12).contains(number)).collect())
    }

    /// Every name of the month that a word names, in order.
    pub fn alike(&self, word: &str) -> Vec<&str> {
        let asked = plain_words(word).pop().and_then(|word| self.0.get(&word));
        let mut names: Vec<&str> = self.0.iter().filter(|(_, number)| Some(*number) == asked).map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}

/// A cell that is no date that this module reads.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotADay {
    /// Neither EDTF nor one of the other forms.
    #[error("expected a date such as 2013-02-02, 2013-02, 2 February 2013, February 2, 2013 or 02.02.2013, found {0:?}")]
    Unreadable(String),
    /// `03/04/2001`
    #[error("{0:?} can be two days; write it as 2001-03-04")]
    TwoDays(String),
}

/// Reads a date.
///
/// # Errors
/// Where the cell is no date, or can be two.
pub fn day(cell: &str, months: &Months) -> Result<Edtf, NotADay> {
    let cell = cell.trim();
    // 2001-03-05T00:00:00Z
    let body = cell.split_once('T').filter(|(date, _)| date.len() == 10 && date.parse::<Edtf>().is_ok()).map_or(cell, |(date, _)| date);
    if let Ok(date) = body.parse::<Edtf>() {
        return Ok(date);
    }
    let unreadable = || NotADay::Unreadable(cell.to_owned());
    // 2001-03-05 to 2001-03-08
    let words: Vec<&str> = body.split_whitespace().collect();
    if let [from, .., to] = &words[..]
        && let (Ok(from), Ok(to)) = (from.parse::<Edtf>(), to.parse::<Edtf>())
        && from.day().is_some()
        && to.day() >= from.day()
    {
        return Ok(EdtfValue::Interval(Some(Box::new(from.value)), Some(Box::new(to.value))).into());
    }
    let month = |word: &str| months.0.get(word).copied();
    let words = plain_words(&body.replace(['.', '–', '—'], " "));
    let numbers: Vec<Option<i16>> = words.iter().map(|word| number(word)).collect();
    let named: Vec<(usize, i8)> = words.iter().enumerate().filter_map(|(at, word)| Some((at, month(word)?))).collect();
    let years: Vec<i16> = numbers.iter().flatten().copied().filter(|number| *number > 1000).collect();
    let date = |year: i16, month: i8, day: i16| Date::new(year, month, i8::try_from(day).ok()?).ok();
    if let ([(at, first), rest @ ..], [year, later_years @ ..]) = (&named[..], &years[..]) {
        // a word that is neither month nor number may be a weekday
        let days: Vec<(usize, i16)> =
            numbers.iter().enumerate().filter_map(|(at, number)| Some((at, number.filter(|number| *number < 32)?))).collect();
        let to_year = *later_years.first().unwrap_or(year);
        let to_month = rest.first().map_or(*first, |(_, month)| *month);
        return match (&days[..], rest) {
            ([], []) => Ok(EdtfValue::Month(*year, *first).into()),
            ([(_, one)], []) => date(*year, *first, *one).map(Edtf::from).ok_or_else(unreadable),
            ([(_, from), (_, to)], [] | [_]) if at < &words.len() => {
                let (from, to) = (date(*year, *first, *from), date(to_year, to_month, *to));
                span(from, to).ok_or_else(unreadable)
            }
            _ => Err(unreadable()),
        };
    }
    match &numbers[..] {
        // 2001/03/05
        [Some(year), Some(month), Some(day)] if *year > 1000 => {
            i8::try_from(*month).ok().and_then(|month| date(*year, month, *day)).map(Edtf::from).ok_or_else(unreadable)
        }
        [Some(first), Some(second), Some(year)] if *year > 1000 && named.is_empty() => {
            let of = |month: i16, day: i16| i8::try_from(month).ok().and_then(|month| date(*year, month, day));
            // 05.03.2001 is day first wherever it is written with stops
            let day_first = of(*second, *first);
            let month_first = if body.contains('.') { None } else { of(*first, *second) };
            match (day_first, month_first) {
                (Some(a), Some(b)) if a != b => Err(NotADay::TwoDays(cell.to_owned())),
                (Some(one), _) | (None, Some(one)) => Ok(one.into()),
                (None, None) => Err(unreadable()),
            }
        }
        [Some(digits)] if words[0].len() == 4 && *digits > 1000 => Ok(EdtfValue::Year(*digits).into()),
        _ if words.len() == 1 && words[0].len() == 8 => {
            let parts = (words[0][..4].parse().ok(), words[0][4..6].parse().ok(), words[0][6..].parse().ok());
            match parts {
                (Some(year), Some(month), Some(day)) => date(year, month, day).map(Edtf::from).ok_or_else(unreadable),
                _ => Err(unreadable()),
            }
        }
        _ => Err(unreadable()),
    }
}

fn span(from: Option<Date>, to: Option<Date>) -> Option<Edtf> {
    let (from, to) = (from?, to?);
    let end = |date| Some(Box::new(EdtfValue::Day(date)));
    (from <= to).then(|| EdtfValue::Interval(end(from), end(to)).into())
}

/// 5, 5th, 2001
fn number(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    (digits.len() <= 4 && word.len() - digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_tables_write_them() {
        let months = Months::new([("March".to_owned(), 3), ("Sept.".to_owned(), 9), ("April".to_owned(), 4)]);
        for (cell, date) in [
            ("2001-03-05", "2001-03-05"),
            ("2001-03-05T10:00:00Z", "2001-03-05"),
            ("March 5, 2001", "2001-03-05"),
            ("5 March 2001", "2001-03-05"),
            ("Monday, 5th March 2001", "2001-03-05"),
            ("Sept. 5, 2001", "2001-09-05"),
            ("March 2001", "2001-03"),
            ("March 5–8, 2001", "2001-03-05/2001-03-08"),
            ("30 March - 2 April 2001", "2001-03-30/2001-04-02"),
            ("2001-03-05 to 2001-03-08", "2001-03-05/2001-03-08"),
            ("05.03.2001", "2001-03-05"),
            ("25/3/2001", "2001-03-25"),
            ("3/25/2001", "2001-03-25"),
            ("2001/03/05", "2001-03-05"),
            ("20010305", "2001-03-05"),
            ("2001", "2001"),
        ] {
            assert_eq!(day(cell, &months).map(|date| date.to_string()), Ok(date.to_owned()), "{cell}");
        }
        assert_eq!(day("3/4/2001", &months), Err(NotADay::TwoDays("3/4/2001".to_owned())));
        for cell in ["", "soon", "March", "31 April 2001", "5 Brumaire 2001"] {
            assert!(day(cell, &months).is_err(), "{cell}");
        }
    }
}
