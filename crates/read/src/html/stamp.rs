//! Times as pages write them in their data.
//!
//! In: a timestamp in one of the forms of standards. Out: its day, and how far its clock stands from universal time. Never: guesses which
//! of two numbers is the month, or reads the dates of running text.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Pages are not older than the web.
const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2100;
/// Words of a line among which a date is looked for.
const MOST_WORDS: usize = 40;

/// A day, and the clock that it was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The day where the clock stands.
    pub day: Date,
    /// The moment, where time and zone are given.
    pub moment: Option<Timestamp>,
    /// How many seconds the clock is ahead of universal time, where it is not universal time itself.
    pub ahead: Option<i32>,
}

impl Stamp {
    /// The same moment by another clock.
    pub fn by_clock(self, ahead: i32) -> Stamp {
        let there = self.moment.zip(Offset::from_seconds(ahead).ok()).map(|(moment, offset)| offset.to_datetime(moment).date());
        Stamp { day: there.unwrap_or(self.day), ahead: Some(ahead), ..self }
    }

    /// Whether two stamps are at most a day apart.
    pub fn is_near(self, day: Date) -> bool {
        self.day == day || self.day.tomorrow().ok() == Some(day) || self.day.yesterday().ok() == Some(day)
    }
}

/// By name, and by the language that gives it to another month than the rest, or nothing.
type Months<'a> = HashMap<(&'a str, &'a str), i8>;

/// Names of months and their short forms in the languages of CLDR.
static MONTHS: LazyLock<Months<'static>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (name, month) = (cells.next()?, cells.next()?.parse().ok()?);
        Some(((name, cells.next().unwrap_or("")), month))
    };
    include_str!("months.tsv").lines().skip(1).filter_map(row).collect()
});

/// Languages, some of one state only, in which 05/03/2019 is a day of March.
static DAY_FIRST: &str = include_str!("day_first.tsv");

/// The zeros of figures that are not those of ASCII.
const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '０'];

/// Reads a timestamp.
pub fn read(text: &str) -> Option<Stamp> {
    let text = &*in_figures(text.trim());
    let stamp =
        iso(text).or_else(|| since_1970(text)).or_else(|| by_words(text)).or_else(|| by_signs(text)).or_else(|| dotted(text, false))?;
    (FIRST_YEAR..=LAST_YEAR).contains(&stamp.day.year()).then_some(stamp)
}

/// The earliest day in a line that is written for people: what is told anew is told later. `tongue` is the language that the page
/// says it has, in lower case: it tells which of two numbers is the month, and what month a name is that languages differ on.
pub fn shown(line: &str, tongue: &str) -> Option<Date> {
    let line = &*in_figures(line);
    let primary = tongue.split('-').next().unwrap_or("");
    let day_first = DAY_FIRST.lines().skip(1).any(|tag| tag == primary || tag == tongue);
    let parts = line.split(|character: char| character.is_whitespace() || matches!(character, ',' | '|' | '(' | ')'));
    let written = parts.map(|part| part.trim_matches(['.', ':', ';', '-', '–', '—'])).filter(|part| part.len() >= 8);
    let figures = written.filter_map(|part| iso(part).or_else(|| dotted(part, day_first)));
    let days = in_words(line, primary).into_iter().chain(by_signs(line)).chain(figures).map(|stamp| stamp.day);
    days.filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.year())).min()
}

/// The text with figures of any script as those of ASCII.
pub(super) fn in_figures(text: &str) -> Cow<'_, str> {
    let figure = |character: char| {
        let value = ZEROS.iter().find_map(|zero| u32::from(character).checked_sub(u32::from(*zero)).filter(|value| *value < 10))?;
        char::from_digit(value, 10)
    };
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| figure(character).unwrap_or(character)).collect())
}

/// The day in the path of an address: /2023/02/28/, /2023-02-28-, /20230228/.
pub fn in_path(address: &str) -> Option<Date> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?.split_once('/')?.1;
    let bytes = path.as_bytes();
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = bytes.get(range)?;
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok())?
    };
    let free = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_digit());
    let at = |start: usize| {
        if start > 0 && !free(start - 1) {
            return None;
        }
        let year = digits(start..start + 4).filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year))?;
        let separator = bytes.get(start + 4).copied()?;
        let (month, day, end) = if matches!(separator, b'/' | b'-' | b'_') {
            let wide =
                |at: usize| digits(at..at + 2).map(|value| (value, at + 2)).or_else(|| digits(at..at + 1).map(|value| (value, at + 1)));
            let (month, end) = wide(start + 5)?;
            if bytes.get(end) != Some(&separator) {
                return None;
            }
            let (day, end) = wide(end + 1)?;
            (month, day, end)
        } else {
            (digits(start + 4..start + 6)?, digits(start + 6..start + 8)?, start + 8)
        };
        if !free(end) {
            return None;
        }
        Date::new(year, month as i8, day as i8).ok()
    };
    (0..bytes.len()).find_map(at)
}

/// 2023-02-28, 2023-02-28T10:00:00.000+01:00, 20230228T1000, 2023/02/28 10:00.
fn iso(text: &str) -> Option<Stamp> {
    let bytes = text.as_bytes();
    let number = |from: usize, length: usize| -> Option<i64> {
        let part = bytes.get(from..from + length)?;
        part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok()?.parse().ok())?
    };
    let year = number(0, 4)?;
    let (month, day, end) = match bytes.get(4)? {
        b'-' | b'/' | b'.' if bytes.get(7) == bytes.get(4) => (number(5, 2)?, number(8, 2)?, 10),
        byte if byte.is_ascii_digit() => (number(4, 2)?, number(6, 2)?, 8),
        _ => return None,
    };
    let day = Date::new(year as i16, month as i8, day as i8).ok()?;
    let rest = text.get(end..)?;
    if rest.starts_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    Some(with_clock(day, rest))
}

/// A day with the time behind it.
fn with_clock(day: Date, rest: &str) -> Stamp {
    let bare = Stamp { day, moment: None, ahead: None };
    let Some(start) = rest.find(|character: char| character.is_ascii_digit()) else { return bare };
    let clock = &rest[start..];
    let end = clock.find(|character: char| !(character.is_ascii_digit() || character == ':' || character == '.')).unwrap_or(clock.len());
    let digits: String = clock[..end].split('.').next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    let part = |at: usize| digits.get(at..at + 2).and_then(|part| part.parse::<i8>().ok()).unwrap_or(0);
    let Some(seconds) = offset(clock[end..].trim()) else { return bare };
    let Ok(time) = jiff::civil::Time::new(part(0), part(2), part(4).min(59), 0) else { return bare };
    let moment = Offset::from_seconds(seconds).ok().and_then(|offset| offset.to_timestamp(day.to_datetime(time)).ok());
    Stamp { day, moment, ahead: (seconds != 0).then_some(seconds) }
}

/// Z, GMT, +01:00, +0100, +01: seconds ahead of universal time.
fn offset(zone: &str) -> Option<i32> {
    let zone = zone.split(['[', '(']).next().unwrap_or("").trim();
    if zone.is_empty() {
        return None;
    }
    if ["Z", "z", "GMT", "UTC", "UT"].contains(&zone) {
        return Some(0);
    }
    let zone = zone.trim_start_matches("GMT").trim_start_matches("UTC");
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i32>().ok());
    Some(sign * (part(0..2)? * 3600 + part(2..4).unwrap_or(0) * 60))
}

/// Seconds or thousandths of seconds since 1970.
fn since_1970(text: &str) -> Option<Stamp> {
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    let moment = Timestamp::from_second(seconds).ok()?;
    Some(Stamp { day: Offset::UTC.to_datetime(moment).date(), moment: Some(moment), ahead: None })
}

/// A word of a line: what it says, and where it ends.
enum Word {
    Month(i8),
    /// The number that it begins with, and how many figures that has.
    Number(i16, usize),
    Other,
}

/// Tue, 28 Feb 2023 10:00:00 GMT; February 28, 2023 10:00 AM; 28. února 2023; le 14 mars 2021; 2019. május 3.
fn by_words(text: &str) -> Option<Stamp> {
    in_words(text, "").into_iter().next()
}

/// Every day that a text writes with the name of its month.
fn in_words(text: &str, tongue: &str) -> Vec<Stamp> {
    let apart = |character: char| character.is_whitespace() || matches!(character, ',' | '.' | '-' | '/' | '|' | '·' | '(' | ')' | '،');
    let words: Vec<(Word, usize)> = text
        .split(apart)
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(|word| (said_by(word, tongue), word.as_ptr() as usize - text.as_ptr() as usize + word.len()))
        .collect();
    let day = |at: usize| match words.get(at) {
        Some((Word::Number(number @ 1..=31, ..=2), end)) => Some((*number as i8, *end)),
        _ => None,
    };
    let year = |at: usize| match words.get(at) {
        Some((Word::Number(number, 4), end)) => Some((*number, *end)),
        _ => None,
    };
    // of, de, m.: a word may stand between
    let around = |at: usize, month: i8| {
        let before =
            at.checked_sub(1).and_then(day).or_else(|| at.checked_sub(2).filter(|_| matches!(words[at - 1].0, Word::Other)).and_then(day));
        let behind = || day(at + 1).or_else(|| matches!(words.get(at + 1), Some((Word::Other, _))).then(|| day(at + 2)).flatten());
        let year_before = || at.checked_sub(1).and_then(year).or_else(|| at.checked_sub(2).and_then(year));
        let (day, (year, end)) = match before.zip((at + 1..at + 4).find_map(year)) {
            Some(((day, _), year)) => (day, year),
            None => match (behind()?, (at + 2..at + 5).find_map(year), year_before()) {
                ((day, _), Some(year), _) => (day, year),
                ((day, end), None, Some((year, _))) => (day, (year, end)),
                _ => return None,
            },
        };
        Some(with_clock(Date::new(year, month, day).ok()?, text.get(end..)?))
    };
    let stamp = |(at, (word, _)): (usize, &(Word, usize))| match word {
        Word::Month(month) => around(at, *month),
        _ => None,
    };
    words.iter().enumerate().filter_map(stamp).collect()
}

/// What a word says: 5th, 1er and 3º are numbers.
fn said_by(word: &str, tongue: &str) -> Word {
    let end = word.find(|character: char| !character.is_ascii_digit()).unwrap_or(word.len());
    let (figures, rest) = word.split_at(end);
    if let (Ok(number), true) = (figures.parse(), rest.chars().count() <= 3 && !rest.contains(':')) {
        return Word::Number(number, figures.len());
    }
    let months: &Months<'_> = &MONTHS;
    let word = word.to_lowercase();
    months.get(&(word.as_str(), tongue)).or_else(|| months.get(&(word.as_str(), ""))).map_or(Word::Other, |month| Word::Month(*month))
}

/// 2021年3月14日, 2021년 3월 14일.
fn by_signs(text: &str) -> Option<Stamp> {
    let before = |sign: &[char], from: &str| -> Option<(i16, usize)> {
        let (at, found) = from.char_indices().find(|(_, character)| sign.contains(character))?;
        let head = from[..at].trim_end();
        let start = head
            .rfind(|character: char| !character.is_ascii_digit())
            .map_or(0, |last| last + head[last..].chars().next().map_or(1, char::len_utf8));
        Some((head[start..].parse().ok()?, at + found.len_utf8()))
    };
    let (year, end) = before(&['年', '년'], text)?;
    let rest = text.get(end..)?;
    let (month, end) = before(&['月', '월'], rest)?;
    let rest = rest.get(end..)?;
    let (day, end) = before(&['日', '일', '号'], rest)?;
    Some(with_clock(Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?, rest.get(end..)?))
}

/// 28.02.2023 10:00, and with other marks where the day cannot be a month, or is known to come first.
fn dotted(text: &str, day_first: bool) -> Option<Stamp> {
    let mut parts = text.splitn(3, ['.', '/', '-']);
    let first: i8 = parts.next()?.trim().parse().ok()?;
    let second: i8 = parts.next()?.trim().parse().ok()?;
    let rest = parts.next()?.trim();
    let year: i16 = rest.get(..4)?.parse().ok()?;
    let dots = text.contains('.') && !text.contains('/');
    let (day, month) = match () {
        () if dots || first > 12 || first == second => (first, second),
        () if second > 12 => (second, first),
        () if day_first => (first, second),
        () => return None,
    };
    let day = Date::new(year, month, day).ok()?;
    Some(with_clock(day, rest.get(4..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_in_the_forms_of_standards() {
        for (text, day, ahead) in [
            ("2023-02-28", "2023-02-28", None),
            ("2023-03-01T00:30:00+05:00", "2023-03-01", Some(18_000)),
            ("2023-02-28T23:30:00.123Z", "2023-02-28", None),
            ("2023-02-28 10:00:00 -0500", "2023-02-28", Some(-18_000)),
            ("20230228T1000", "2023-02-28", None),
            ("2023/02/28 10:00", "2023-02-28", None),
            ("Tue, 28 Feb 2023 10:00:00 +0100", "2023-02-28", Some(3600)),
            ("February 28, 2023, 10:00 AM", "2023-02-28", None),
            ("Tue Feb 28 10:00:00 2023", "2023-02-28", None),
            ("28.02.2023 10:00", "2023-02-28", None),
            ("28/02/2023", "2023-02-28", None),
            ("mardi 5 avril 2013 à 10h32", "2013-04-05", None),
            ("martes, 2 de abril de 2019", "2019-04-02", None),
            ("Mar 5, 2019", "2019-03-05", None),
            ("28. února 2023", "2023-02-28", None),
            ("3 de maio de 2019", "2019-05-03", None),
            ("Пт, 5 апреля 2013", "2013-04-05", None),
            ("2019. május 3.", "2019-05-03", None),
            ("1er mars 2021", "2021-03-01", None),
            ("May 5th, 2021", "2021-05-05", None),
            ("14 مارس 2021", "2021-03-14", None),
            ("2021年3月14日", "2021-03-14", None),
            ("2021년 3월 14일", "2021-03-14", None),
            ("02/28/2023", "2023-02-28", None),
            ("1677578400", "2023-02-28", None),
            ("1677578400000", "2023-02-28", None),
        ] {
            let stamp = read(text).unwrap_or_else(|| panic!("{text} is not read"));
            assert_eq!((stamp.day.to_string().as_str(), stamp.ahead), (day, ahead), "{text}");
        }
        // which is the month, what is no day, and what is no page's
        for text in [
            "marraskuuta 2021",
            "5 of 6 2021",
            "March 2021",
            "on 5 March",
            "年3月14日",
            "03/02/2023",
            "2023",
            "2023-02",
            "2023-02-30",
            "1970-01-01",
            "0001-01-01T00:00:00",
            "yesterday",
            "",
            "12345678901234567890",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn lines_for_people_are_read() {
        for (line, day) in [
            ("Publicat: 03.05.2019 10:00", Some("2019-05-03")),
            ("Por Ana Silva | 3 de maio de 2019 às 10:32", Some("2019-05-03")),
            ("Tuesday, March 5, 2013 | 4:15 PM", Some("2013-03-05")),
            ("Veröffentlicht am 14. März 2021, aktualisiert am 15. März 2021", Some("2021-03-14")),
            ("Actualizat: 04.05.2019 Publicat: 03.05.2019", Some("2019-05-03")),
            ("Posted 5/3/2013", None),
            ("© 2021 The Daily", None),
        ] {
            assert_eq!(shown(line, "").map(|day| day.to_string()).as_deref(), day, "{line}");
        }
    }

    #[test]
    fn the_language_tells_which_is_the_month() {
        for (line, tongue, day) in [
            ("Posted 5/3/2013", "en", None),
            ("Posted 5/3/2013", "en-us", None),
            ("Posted 5/3/2013", "en-gb", Some("2013-03-05")),
            ("5/3/2013 10:32", "es-mx", Some("2013-03-05")),
            ("05-03-2013", "nl", Some("2013-03-05")),
            ("05/03/2013", "hu", None),
            ("3. listopada 2019.", "hr", Some("2019-10-03")),
            ("3 listopada 2019", "pl", Some("2019-11-03")),
            ("١٤ مارس ٢٠٢١", "ar", Some("2021-03-14")),
            ("१४/०३/२०२१", "hi", Some("2021-03-14")),
            ("２０２１年３月１４日", "ja", Some("2021-03-14")),
            ("۱۴۰۰/۰۱/۰۵", "fa", None),
        ] {
            assert_eq!(shown(line, tongue).map(|day| day.to_string()).as_deref(), day, "{line}");
        }
    }

    #[test]
    fn the_same_moment_is_another_day_elsewhere() {
        let stamp = read("2023-02-28T23:30:00Z").expect("a stamp");
        assert_eq!(stamp.by_clock(3600).day.to_string(), "2023-03-01");
    }

    #[test]
    fn addresses_hold_days() {
        for (address, day) in [
            ("https://a.example/2023/02/28/b", Some("2023-02-28")),
            ("https://a.example/news/2023-02-28-b.html", Some("2023-02-28")),
            ("https://a.example/b-20230228.html", Some("2023-02-28")),
            ("https://a.example/2023/2/8/b", Some("2023-02-08")),
            ("https://a.example/2023/02/b", None),
            ("https://a.example/1234567890123", None),
            ("https://2023-02-28.example/a", None),
            ("https://a.example/b?date=2023-02-28", None),
        ] {
            assert_eq!(in_path(address).map(|day| day.to_string()).as_deref(), day, "{address}");
        }
    }
}
