//! Dates of publication as sources write them.
//!
//! In: a string or a number. Out: the day, in the zone in which the source tells it. Never: a guess between two ways to read it.

use chancery_model::{Edtf, EdtfValue};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A date: EDTF, ISO 8601 with a time of day, RFC 2822, `20240520`, `20240520T101500`, `20.05.2024`, or seconds since 1970.
pub fn published(text: &str) -> Option<Edtf> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let (day, rest) = text.split_at_checked(10)?;
    let timed = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    iso(day).filter(|_| timed).or_else(|| compact(text)).or_else(|| mail(text)).map(Edtf::from)
}

/// `2024-05-20`, `2024/05/20`, `2024.05.20`, `20.05.2024`.
fn iso(day: &str) -> Option<Date> {
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let date = |year: &str, month: &str, day: &str| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    match parts[..] {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [first, month, year] if year.len() == 4 && day.contains('.') => date(year, month, first),
        _ => None,
    }
}

/// `20240520T101500Z`.
fn compact(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(8)?;
    let is_day = rest.starts_with(['T', 't']) && day.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| digits(day)).flatten()?.day()
}

/// `Mon, 20 May 2024 10:15:00 +0200`.
fn mail(text: &str) -> Option<Date> {
    // `UTC` is no zone of RFC 2822, but is written
    let text = text.strip_suffix("UTC").map_or_else(|| text.to_owned(), |time| format!("{time}GMT"));
    Some(jiff::fmt::rfc2822::parse(&text).ok()?.date())
}

/// `2024`, `20240520`, `20240520101500`, seconds, milliseconds, microseconds or nanoseconds since 1970.
fn digits(text: &str) -> Option<Edtf> {
    match text.len() {
        4 => text.parse().ok(),
        8 | 12 | 14 => {
            let date = Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..8].parse().ok()?).ok()?;
            Some(EdtfValue::Day(date).into())
        }
        9 | 10 | 13 | 16 | 19 => {
            let scale = 10_i64.pow(text.len().saturating_sub(10) as u32);
            let seconds = text.parse::<i64>().ok()? / scale;
            Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date().into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_sources_are_read_in_their_own_zone() {
        for (text, date) in [
            ("2024-05-20", Some("2024-05-20")),
            ("2024-05-20T10:00:00Z", Some("2024-05-20")),
            ("2024-05-20T23:30:00-08:00", Some("2024-05-20")),
            ("2024-05-20 10:00", Some("2024-05-20")),
            ("2024-05", Some("2024-05")),
            ("2024/05/20 10:00:00", Some("2024-05-20")),
            ("20.05.2024", Some("2024-05-20")),
            ("20.05.2024 10:15", Some("2024-05-20")),
            ("Mon, 20 May 2024 23:15:00 -0800", Some("2024-05-20")),
            ("20 May 2024 10:15:00 GMT", Some("2024-05-20")),
            ("Mon, 20 May 2024 10:15:00 UTC", Some("2024-05-20")),
            ("20240520", Some("2024-05-20")),
            ("20240520T101500Z", Some("2024-05-20")),
            ("20240520101500", Some("2024-05-20")),
            ("1716200000", Some("2024-05-20")),
            ("1716200000000", Some("2024-05-20")),
            ("20 May", None),
            ("05/20/2024", None),
            ("20241320", None),
            ("yesterday", None),
            ("", None),
            ("Ž024-05-20", None),
            ("2102-ء8ta", None),
            ("2024.260.5", None),
        ] {
            assert_eq!(published(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}
