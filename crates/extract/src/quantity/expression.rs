//! Reads whole expressions of time: points, stretches between two points, clock times to be passed over.
//!
//! In: a line and a place in it. Out: expressions with the words they span.
//! Never: leaves a clock time to be read as a number.

use super::calendar::{self, skip_links};
use super::date::{Calendar, DateExpression, MonthOf, Point, Shape, YearOf};
use super::number;
use super::reader::Reader;
use super::relative;
use chancery_language::{Class, Feature};
use std::ops::Range;

/// Expressions with their words.
pub(super) type Found = Vec<(DateExpression, Range<usize>)>;

/// The expressions that begin at `at`, and where the last ends.
pub(super) fn expression(reader: &Reader, at: usize) -> Option<(Found, usize)> {
    let one = |shape: Shape, end: usize| Some((vec![(DateExpression { shape }, at..end)], end));
    if let Some((shape, end)) = opened(reader, at) {
        return one(shape, end);
    }
    if let Some(found) = days_of_month(reader, at, at) {
        return Some(found);
    }
    let (point, end) = point(reader, at, false)?;
    if let Some((second, after)) = joined_point(reader, &point, end) {
        let (first, second) = share(point, second);
        return one(Shape::Range(Some(first), Some(second)), after);
    }
    one(Shape::Point(point), end)
}

/// The longest point of time at `at`; `sure`: a word of time stands before it, so that four digits are a year.
fn point(reader: &Reader, at: usize, sure: bool) -> Option<(Point, usize)> {
    let by_calendar = calendar::calendar(reader, at).map(|(found, end)| (Point::Calendar(found), end));
    let relative = relative::relative(reader, at);
    let found = match (by_calendar, relative) {
        (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
        (a, b) => a.or(b),
    };
    found.or_else(|| bare_year(reader, at, sure))
}

fn bare_year(reader: &Reader, at: usize, sure: bool) -> Option<(Point, usize)> {
    let (year, end) = calendar::year_figures(reader, at)?;
    if calendar::counts_something(reader, end) || counted_noun_follows(reader, end) {
        return None;
    }
    let tight_before =
        !reader.spaced(at) && matches!(reader.mark(at.wrapping_sub(1)), Some('/' | '-' | '+' | '.' | ',' | ':' | '_' | '#' | '='));
    let tight_after = !reader.spaced(end) && matches!(reader.mark(end), Some('/' | '+' | '_' | '%')) && !reader.spaced(end + 1);
    if tight_before || tight_after && calendar_slash(reader, end).is_none() {
        return None;
    }
    let plausible = if sure || reader.after_time(at, &["in"]) {
        (1500..=2199).contains(&year)
    } else if calendar::in_context(reader, at) || matches!(reader.mark(at.wrapping_sub(1)), Some('(')) {
        (1850..=2100).contains(&year)
    } else {
        (1945..=2060).contains(&year) && year % 50 != 0
    };
    plausible.then(|| (Point::Calendar(Calendar { year: Some(YearOf::Named(year)), ..Calendar::default() }), end))
}

/// 2023/24
fn calendar_slash(reader: &Reader, at: usize) -> Option<usize> {
    (reader.is_mark(at, '/') && reader.integer(at + 1).is_some_and(|(_, digits)| digits == 2 || digits == 4)).then_some(at + 2)
}

/// Whether a noun that is counted follows: two thousand soldiers.
fn counted_noun_follows(reader: &Reader, at: usize) -> bool {
    reader.any_of(number::skip_of(reader, at), &[Class::Unit])
}

/// Since, from, until, by, between.
fn opened(reader: &Reader, at: usize) -> Option<(Shape, usize)> {
    if let Some(next) = reader.time(at, "between") {
        let next = skip_links(reader, next);
        // entre os dias 3 e 5, mezi dny
        let next =
            relative::plural_unit(reader, next).filter(|end| reader.integer(*end).is_some_and(|(_, digits)| digits <= 2)).unwrap_or(next);
        if let Some((found, end)) = days_of_month(reader, next, at)
            && let [(DateExpression { shape }, _)] = found.as_slice()
        {
            return Some((shape.clone(), end));
        }
        let plural_year = relative::year_word(reader, next).unwrap_or(next);
        let (first, end) = point(reader, plural_year, true)?;
        let and = skip_links(reader, reader.time(end, "and").or_else(|| dash(reader, end))?);
        let (second, end) = short_year(reader, &first, and).or_else(|| point(reader, and, true))?;
        let (first, second) = share(first, second);
        return Some((Shape::Range(Some(first), Some(second)), end));
    }
    let starter = reader.meaning_where(at, Class::Time, |entry| matches!(entry.value.as_str(), "since" | "from").then_some(entry));
    if let Some((entry, next)) = starter {
        let starts = [skip_links(reader, next), skip_links(reader, reader.skip(next, "in"))];
        for start in starts {
            if let Some((found, end)) = days_of_month(reader, start, at)
                && let [(DateExpression { shape: shape @ Shape::Range(..) }, _)] = found.as_slice()
            {
                return Some((shape.clone(), end));
            }
            let Some((first, end)) = point(reader, start, true) else { continue };
            if first == Point::Vague {
                return None;
            }
            if let Some((second, after)) = joined_point(reader, &first, end) {
                let (first, second) = share(first, second);
                return Some((Shape::Range(Some(first), Some(second)), after));
            }
            // "from Saturday's crash" is no beginning
            let possessive = reader.is_mark(end, '\'') || reader.is_mark(end, '’');
            if entry.is(Feature::Weak) || possessive && !reader.spaced(end) {
                return None;
            }
            return Some((Shape::Range(Some(first), None), end));
        }
    }
    let next = reader.time(at, "until")?;
    let starts = [skip_links(reader, next), skip_links(reader, reader.skip(next, "in")), skip_links(reader, reader.skip(next, "day"))];
    let (last, end) = starts.into_iter().find_map(|start| point(reader, start, true))?;
    (last != Point::Vague && !is_count_of_time(&last)).then_some((Shape::Range(None, Some(last)), end))
}

/// "In two weeks" is no end of a stretch.
fn is_count_of_time(point: &Point) -> bool {
    matches!(point, Point::Running { .. })
}

fn dash(reader: &Reader, at: usize) -> Option<usize> {
    reader.is_dash(at).then_some(at + 1)
}

/// The second end of a stretch: "to 21 May", "– 2024", "/24".
fn joined_point(reader: &Reader, first: &Point, end: usize) -> Option<(Point, usize)> {
    if let Some(after) = calendar_slash(reader, end)
        && let Some(found) = short_year(reader, first, after - 1)
    {
        return Some(found);
    }
    let next = match dash(reader, end) {
        Some(next) => {
            if reader.spaced(end) != reader.spaced(next) {
                return None;
            }
            next
        }
        None => reader.time(end, "to")?,
    };
    if let Some(found) = short_year(reader, first, next).filter(|_| reader.is_dash(end)) {
        return Some(found);
    }
    let starts = [next, skip_links(reader, next), skip_links(reader, reader.skip(next, "in"))];
    let (second, after) = starts.into_iter().find_map(|start| point(reader, start, true))?;
    alike(first, &second).then_some((second, after))
}

/// 2023-24
fn short_year(reader: &Reader, first: &Point, at: usize) -> Option<(Point, usize)> {
    let Point::Calendar(Calendar { year: Some(YearOf::Named(year)), month: None, day: None, .. }) = first else { return None };
    let (value, digits) = reader.integer(at)?;
    let second = match digits {
        2 => year / 100 * 100 + i16::try_from(value).ok()?,
        4 => i16::try_from(value).ok()?,
        _ => return None,
    };
    let glued = !reader.spaced(at + 1) && reader.shape(at + 1).is_some_and(|shape| shape != chancery_language::Shape::Mark);
    (second > *year && second - *year <= 99 && !glued)
        .then(|| (Point::Calendar(Calendar { year: Some(YearOf::Named(second)), ..Calendar::default() }), at + 1))
}

/// Whether two points can be the ends of one stretch.
fn alike(first: &Point, second: &Point) -> bool {
    match (first, second) {
        (Point::Calendar(a), Point::Calendar(b)) => {
            a.day.is_some() == b.day.is_some() && (a.month.is_some() == b.month.is_some() || a.weekday.is_some())
                || a.month.is_some() && b.month.is_some()
        }
        (Point::Vague | Point::Fixed(_), _) | (_, Point::Vague) => false,
        _ => true,
    }
}

/// Gives each end what only the other one says: month and year.
fn share(first: Point, second: Point) -> (Point, Point) {
    let (Point::Calendar(mut a), Point::Calendar(mut b)) = (first.clone(), second.clone()) else { return (first, second) };
    if a.day.is_some() && b.day.is_some() {
        a.month = a.month.or(b.month);
    }
    let months = match (a.month, b.month) {
        (Some(MonthOf::Named(a)), Some(MonthOf::Named(b))) => Some((a, b)),
        _ => None,
    };
    if let Some((from, to)) = months {
        match (a.year, b.year) {
            (None, Some(YearOf::Named(year))) => a.year = Some(YearOf::Named(if from > to { year - 1 } else { year })),
            (None, Some(YearOf::Relative(year))) => a.year = Some(YearOf::Relative(if from > to { year - 1 } else { year })),
            (Some(YearOf::Named(year)), None) => b.year = Some(YearOf::Named(if from > to { year + 1 } else { year })),
            (Some(YearOf::Relative(year)), None) => b.year = Some(YearOf::Relative(if from > to { year + 1 } else { year })),
            _ => {}
        }
    }
    (Point::Calendar(a), Point::Calendar(b))
}

/// 20-21 May, 20. a 21. května, May 20 to 21: two days of one month.
fn days_of_month(reader: &Reader, at: usize, start: usize) -> Option<(Found, usize)> {
    days_before_month(reader, at, start).or_else(|| days_after_month(reader, at, start))
}

fn small_day(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    let (value, digits) = reader.integer(at)?;
    if digits > 2 || !(1..=31).contains(&value) {
        return None;
    }
    let end = at + 1;
    if !reader.spaced(end)
        && let Some((entry, after)) = reader.meaning(end, Class::Ordinal)
        && entry.value == "suffix"
    {
        return Some((value as i8, after));
    }
    let stop = reader.is_mark(end, '.')
        && !reader.spaced(end)
        && (reader.spaced(end + 1) || reader.shape(end + 1) != Some(chancery_language::Shape::Number));
    Some((value as i8, if stop { end + 1 } else { end }))
}

/// The joint between two days, and whether it only adds a second day.
fn joint(reader: &Reader, at: usize, in_between: bool) -> Option<(usize, bool)> {
    if let Some(next) = dash(reader, at).or_else(|| reader.time(at, "to")) {
        return Some((next, false));
    }
    reader.time(at, "and").map(|next| (next, !in_between))
}

fn days_before_month(reader: &Reader, at: usize, start: usize) -> Option<(Found, usize)> {
    let first_at = weekday_before(reader, at);
    let (first, first_end) = small_day(reader, first_at)?;
    // a comma ends an aside: Monday, the 20th, to Tuesday
    let joint_at = if reader.is_mark(first_end, ',') { first_end + 1 } else { first_end };
    let (next, adds) = joint(reader, joint_at, start != at)?;
    let second_at = weekday_before(reader, skip_links(reader, next));
    let (Calendar { day: Some(second), month: Some(month), year, .. }, end) = calendar::calendar(reader, second_at)? else { return None };
    if reader.integer(second_at).is_none() || first >= second {
        return None;
    }
    Some(days(
        start,
        first_at..first_end,
        (first, second),
        Calendar { month: Some(month), year, ..Calendar::default() },
        second_at,
        end,
        adds,
    ))
}

fn weekday_before(reader: &Reader, at: usize) -> usize {
    let Some((_, end)) = calendar::weekday_name(reader, at) else { return at };
    let end = if reader.is_mark(end, ',') { end + 1 } else { end };
    let next = skip_links(reader, end);
    if reader.integer(next).is_some() { next } else { at }
}

fn days_after_month(reader: &Reader, at: usize, start: usize) -> Option<(Found, usize)> {
    if !reader.conventions().month_may_come_first {
        return None;
    }
    let (Calendar { day: Some(first), month: Some(month), year: None, weekday: None, .. }, first_end) = calendar::calendar(reader, at)?
    else {
        return None;
    };
    if reader.integer(at).is_some() {
        return None;
    }
    let (next, adds) = joint(reader, first_end, start != at)?;
    let second_at = skip_links(reader, next);
    let (second, end) = small_day(reader, second_at)?;
    let end = if reader.is_mark(end - 1, '.') { end - 1 } else { end };
    let followed = calendar::month_only(reader, skip_links(reader, end)).is_some();
    if first >= second
        || followed
        || calendar::counts_something(reader, end)
        || number::figures(reader, second_at).is_none_or(|(_, figures_end)| figures_end != second_at + 1)
    {
        return None;
    }
    let comma = if reader.is_mark(end, ',') { end + 1 } else { end };
    let (year, end) = match calendar::year_figures(reader, comma).filter(|(_, after)| !calendar::counts_something(reader, *after)) {
        Some((year, after)) => (Some(YearOf::Named(year)), after),
        None => match relative::relative_year(reader, end) {
            Some((years, after)) => (Some(YearOf::Relative(years)), after),
            None => (None, end),
        },
    };
    Some(days(start, at..first_end, (first, second), Calendar { month: Some(month), year, ..Calendar::default() }, second_at, end, adds))
}

fn days(
    start: usize,
    first_words: Range<usize>,
    (first, second): (i8, i8),
    month: Calendar,
    second_at: usize,
    end: usize,
    adds: bool,
) -> (Found, usize) {
    let point = |day: i8| Point::Calendar(Calendar { day: Some(day), ..month });
    if adds && second - first > 1 {
        let found = vec![(DateExpression::from(point(first)), first_words), (DateExpression::from(point(second)), second_at..end)];
        return (found, end);
    }
    (vec![(DateExpression { shape: Shape::Range(Some(point(first)), Some(point(second))) }, start..end)], end)
}

/// Where a clock time that begins at `at` ends: 10:30, 9.30 hodin, 10 Uhr, 14h30, 10 a.m.
pub(super) fn clock(reader: &Reader, at: usize) -> Option<usize> {
    let (hour, digits) = reader.integer(at)?;
    if digits > 2 || hour > 24 {
        return None;
    }
    let minutes = |at: usize| reader.integer(at).filter(|(minute, digits)| *digits == 2 && *minute < 60).map(|_| at + 1);
    let mut end = at + 1;
    let mut is_clock = false;
    if matches!(reader.mark(end), Some(':' | '.'))
        && !reader.spaced(end)
        && !reader.spaced(end + 1)
        && let Some(after) = minutes(end + 1)
    {
        is_clock = reader.is_mark(end, ':');
        end = after;
    }
    if let Some(after) = reader.time(end, "hour") {
        // 14h30
        let tight = !reader.spaced(after);
        return Some(if tight { minutes(after).unwrap_or(after) } else { after });
    }
    if !is_clock && reader.after_time(at, &["hour-before"]) {
        return Some(end);
    }
    is_clock.then_some(end)
}
