//! How often is asked, and how long is waited.
//!
//! In: what servers answered, moments. Out: the next moment. Never: asks a clock.

use jiff::{SignedDuration, Timestamp};

/// The longest that is waited after failures, or because a server says so.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// When to ask again after so many failures in a row: twice as late each time.
pub fn back_off(at: Timestamp, every: SignedDuration, failures: u32) -> Timestamp {
    let wait = every.checked_mul(1 << failures.min(10)).unwrap_or(LONGEST).clamp(SignedDuration::from_mins(1), LONGEST.max(every));
    later(at, wait)
}

/// `Retry-After`: seconds, or a moment.
pub fn retry_after(value: &str, at: Timestamp) -> Option<Timestamp> {
    let value = value.trim();
    let moment = match value.parse::<i64>() {
        Ok(seconds) => later(at, SignedDuration::from_secs(seconds.clamp(0, LONGEST.as_secs()))),
        Err(_) => jiff::fmt::rfc2822::parse(value).ok()?.timestamp(),
    };
    Some(moment.clamp(at, later(at, LONGEST)))
}

/// So much later; the end of time where there is no such moment.
pub fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_say_how_long_to_wait() {
        let at: Timestamp = "2024-05-20T10:00:00Z".parse().expect("a moment");
        let told = |value: &str| retry_after(value, at).map(|moment| moment.to_string());
        assert_eq!(told("120").as_deref(), Some("2024-05-20T10:02:00Z"));
        assert_eq!(told("Mon, 20 May 2024 11:00:00 GMT").as_deref(), Some("2024-05-20T11:00:00Z"));
        assert_eq!(told("Mon, 20 May 2019 11:00:00 GMT").as_deref(), Some("2024-05-20T10:00:00Z"));
        assert_eq!(told("99999999999").as_deref(), Some("2024-05-21T10:00:00Z"));
        assert_eq!(told("-5").as_deref(), Some("2024-05-20T10:00:00Z"));
        assert_eq!(told("soon"), None);
    }

    #[test]
    fn failures_are_waited_for_twice_as_long_each_time() {
        let at: Timestamp = "2024-05-20T10:00:00Z".parse().expect("a moment");
        let minutes = |failures| (back_off(at, SignedDuration::from_mins(30), failures) - at).total(jiff::Unit::Minute).expect("minutes");
        assert_eq!([0, 1, 2, 3, 50].map(minutes), [30.0, 60.0, 120.0, 240.0, 1440.0]);
        assert_eq!(back_off(Timestamp::MAX, SignedDuration::MAX, 50), Timestamp::MAX);
    }
}
