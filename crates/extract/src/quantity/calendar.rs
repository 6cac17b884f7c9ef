//! Reads dates of the calendar: days, months, years, weekdays, in every order and notation.
//!
//! In: a line and a place in it. Out: what the words give and where they end.
//! Never: takes a clock time, a version or a plain count for a date.

use super::date::{Calendar, MonthOf, YearOf};
use super::number;
use super::reader::Reader;
use super::relative;
use chancery_language::{Class, Entry, Feature, Shape};
use jiff::civil::Date;

/// Skips up to two linking words (of, the, den, de).
pub(super) fn skip_links(reader: &Reader, mut at: usize) -> usize {
    for _ in 0..2 {
        at = reader.skip(at, "of");
    }
    at
}

/// Whether a word before `at` makes a time likely: in, on, since, at the beginning of.
pub(super) fn in_context(reader: &Reader, at: usize) -> bool {
    // mid-May
    let hyphen = at.checked_sub(1).is_some_and(|before| reader.is_dash(before) && !reader.spaced(before) && !reader.spaced(at));
    let at = if hyphen { at - 1 } else { at };
    reader.after_time(at, &["in", "since", "from", "until", "between", "of", "to", "day"])
        || reader.ends_before(at, &[Class::Part, Class::Relation, Class::Period])
}

/// A month's name and where it ends, with a stop that shortens it.
fn month_name(reader: &Reader, at: usize) -> Option<(i8, Strength, usize)> {
    let (entry, end) = reader.meaning(at, Class::Month)?;
    let month = entry.value.parse().ok().filter(|month| (1..=12).contains(month))?;
    let (strength, end) = strength(reader, entry, end);
    Some((month, strength, end))
}

/// How sure a name is, and where it ends with the stop that shortens it.
fn strength(reader: &Reader, entry: &Entry, end: usize) -> (Strength, usize) {
    let strength = if entry.is(Feature::Short) {
        Strength::Short
    } else if entry.is(Feature::Weak) {
        Strength::Weak
    } else {
        Strength::Full
    };
    let stop = strength == Strength::Short && reader.is_mark(end, '.') && !reader.spaced(end);
    (strength, if stop { end + 1 } else { end })
}

/// How sure a name is by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Full,
    /// Needs a day, a year or a preposition.
    Weak,
    /// Needs a day or a year.
    Short,
}

/// A day of the month, and whether something marks it as one.
struct Day {
    day: i8,
    end: usize,
    marked: bool,
}

fn day(reader: &Reader, at: usize) -> Option<Day> {
    if let Some((value, digits)) = reader.integer(at) {
        if digits > 2 || !(1..=31).contains(&value) {
            return None;
        }
        let end = at + 1;
        // 20th, 1º
        if !reader.spaced(end)
            && let Some((entry, after)) = reader.meaning(end, Class::Ordinal)
            && entry.value == "suffix"
        {
            return Some(Day { day: value as i8, end: after, marked: true });
        }
        // 28. (but not 28.2 and not 28.000)
        if reader.is_mark(end, '.') && !reader.spaced(end) && (reader.spaced(end + 1) || reader.shape(end + 1) != Some(Shape::Number)) {
            return Some(Day { day: value as i8, end: end + 1, marked: true });
        }
        let decimal = matches!(reader.mark(end), Some('.' | ',' | ':'))
            && !reader.spaced(end)
            && !reader.spaced(end + 1)
            && reader.shape(end + 1) == Some(Shape::Number);
        return (!decimal).then_some(Day { day: value as i8, end, marked: false });
    }
    if let Some((entry, end)) = reader.meaning(at, Class::Ordinal)
        && let Ok(day) = entry.value.parse::<i8>()
        && (1..=31).contains(&day)
    {
        return Some(Day { day, end, marked: true });
    }
    if reader.any_of(at, &[Class::Number])
        && let Some(number) = number::number(reader, at, false)
        && !number.weak
        && number.value.fract() == 0.0
        && (1.0..=31.0).contains(&number.value)
    {
        return Some(Day { day: number.value as i8, end: number.end, marked: false });
    }
    None
}

/// The day and the mark that show an ordinal number, for parts of a year ("3. čtvrtletí").
pub(super) fn ordinal(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    day(reader, at).filter(|day| day.marked).map(|day| (day.day, day.end))
}

/// Four digits that can be a year.
pub(super) fn year_figures(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    let (value, digits) = reader.integer(at)?;
    if digits != 4 || !(1000..=2199).contains(&value) {
        return None;
    }
    let end = at + 1;
    let goes_on = matches!(reader.mark(end), Some('.' | ',' | '\'' | ':'))
        && !reader.spaced(end)
        && !reader.spaced(end + 1)
        && reader.shape(end + 1) == Some(Shape::Number);
    let glued = !reader.spaced(end) && matches!(reader.shape(end), Some(Shape::Lower | Shape::Capital | Shape::Upper));
    (!goes_on && !glued).then_some((value as i16, end))
}

/// The year that follows a month: ", 2024", "de 2023", "roku 2019", "last year".
fn year_after(reader: &Reader, at: usize) -> Option<(YearOf, usize)> {
    let comma = if reader.is_mark(at, ',') { at + 1 } else { at };
    for start in [comma, skip_links(reader, comma)] {
        let named = relative::year_word(reader, start).map_or(start, |end| skip_links(reader, end));
        if let Some((year, end)) = year_figures(reader, named)
            && !counts_something(reader, end)
        {
            return Some((YearOf::Named(year), end));
        }
    }
    for start in [at, skip_links(reader, at)] {
        if let Some((years, end)) = relative::relative_year(reader, start) {
            return Some((YearOf::Relative(years), end));
        }
    }
    None
}

/// Whether a unit, currency or scale after figures makes them a count.
pub(super) fn counts_something(reader: &Reader, at: usize) -> bool {
    let next = number::skip_of(reader, at);
    reader.any_of(at, &[Class::Scale, Class::Percent])
        || [at, next]
            .iter()
            .any(|at| reader.any_of(*at, &[Class::Currency, Class::Unit]) && !reader.any_of(*at, &[Class::Relation, Class::Marker]))
        || matches!(reader.mark(at), Some('%' | '€' | '$' | '£'))
}

/// The date that begins at `at`: anything from a weekday to day, month and year.
pub(super) fn calendar(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    if let Some((weekday, strength, end)) = weekday(reader, at) {
        if let Some(found) = weekday_and_date(reader, weekday, end) {
            return Some(found);
        }
        return weekday_stands(reader, at, end, strength).then(|| {
            let calendar = Calendar { weekday: Some(weekday), ..Calendar::default() };
            (calendar, skip_part_of_day(reader, end))
        });
    }
    let (mut calendar, mut end) = core(reader, at)?;
    // 5 March (Tuesday)
    if calendar.day.is_some()
        && reader.is_mark(end, '(')
        && let Some((weekday, _, after)) = weekday(reader, end + 1)
        && reader.is_mark(after, ')')
    {
        calendar.weekday = Some(weekday);
        end = after + 1;
    } else if calendar.day.is_some()
        && reader.is_mark(end, ',')
        && let Some((weekday, Strength::Full, after)) = weekday(reader, end + 1)
        && agrees(&calendar, weekday)
        && matches!(reader.mark(after), Some(',' | '.' | ')'))
    {
        calendar.weekday = Some(weekday);
        end = after;
    }
    Some((calendar, end))
}

/// Whether a date can fall on a weekday: a full date must.
fn agrees(calendar: &Calendar, weekday: i8) -> bool {
    let (Some(YearOf::Named(year)), Some(MonthOf::Named(month)), Some(day)) = (calendar.year, calendar.month, calendar.day) else {
        return true;
    };
    Date::new(year, month, day).is_ok_and(|date| date.weekday().to_monday_one_offset() == weekday)
}

/// Skips "morning", "večer", "à noite".
pub(super) fn skip_part_of_day(reader: &Reader, at: usize) -> usize {
    reader.skip(at, "part-of-day")
}

fn weekday(reader: &Reader, at: usize) -> Option<(i8, Strength, usize)> {
    let (entry, end) = reader.meaning(at, Class::Weekday)?;
    // three months, not three Mondays, where one word is both
    if reader.any_of(at, &[Class::Period]) && is_counted(reader, at) {
        return None;
    }
    let weekday = entry.value.parse().ok().filter(|weekday| (1..=7).contains(weekday))?;
    let (strength, end) = strength(reader, entry, end);
    Some((weekday, strength, end))
}

/// Whether a number or an indefinite one stands before a word.
fn is_counted(reader: &Reader, at: usize) -> bool {
    let before = (1..=2).filter_map(|back| at.checked_sub(back)).find(|before| number::skip_of(reader, *before) != before + 1);
    before.is_some_and(|before| {
        reader.shape(before) == Some(Shape::Number) || reader.ends_before(before + 1, &[Class::Number, Class::Scale, Class::Relation])
    }) || reader.after_time(at, &["few"])
}

/// Public view of a weekday's name, for "last Friday".
pub(super) fn weekday_name(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    weekday(reader, at).filter(|(_, strength, _)| *strength != Strength::Short).map(|(weekday, _, end)| (weekday, end))
}

/// Public view of a month's name, for "last May".
pub(super) fn month_only(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    month_name(reader, at).filter(|(_, strength, _)| *strength != Strength::Short).map(|(month, _, end)| (month, end))
}

/// Whether a weekday's name counts by itself.
fn weekday_stands(reader: &Reader, at: usize, end: usize, strength: Strength) -> bool {
    match strength {
        Strength::Full => true,
        Strength::Short => false,
        Strength::Weak => {
            let listed = reader.time(end, "and").is_some_and(|next| weekday(reader, next).is_some());
            listed || in_context(reader, at) && ends_phrase(reader, end)
        }
    }
}

/// Whether no noun follows: a mark, a preposition, a figure or the end.
fn ends_phrase(reader: &Reader, at: usize) -> bool {
    match reader.shape(at) {
        None | Some(Shape::Mark | Shape::Number) => true,
        Some(_) if reader.time(at, "hour").is_some() => false,
        Some(_) => reader.any_of(at, &[Class::Marker, Class::And, Class::Time, Class::Clause, Class::That, Class::Relation, Class::Period]),
    }
}

fn weekday_and_date(reader: &Reader, weekday: i8, end: usize) -> Option<(Calendar, usize)> {
    let end = skip_part_of_day(reader, end);
    let comma = if reader.is_mark(end, ',') { end + 1 } else { end };
    let mut starts = vec![comma, skip_links(reader, comma), reader.skip(skip_links(reader, comma), "in"), reader.skip(comma, "day")];
    starts.dedup();
    for start in &starts {
        if let Some((calendar, after)) = core(reader, *start)
            && calendar.day.is_some()
        {
            return Some((Calendar { weekday: Some(weekday), ..calendar }, after));
        }
    }
    // Tuesday (20), Tuesday (20 May)
    if let Some((calendar, after)) = in_brackets(reader, end) {
        return Some((Calendar { weekday: Some(weekday), ..calendar }, after));
    }
    // Tuesday the 20th, terça-feira, dia 20, terça-feira, 20,
    for start in &starts {
        let named = *start != comma || reader.time(comma, "of").is_some();
        if let Some(day) = day(reader, *start)
            && !counts_something(reader, day.end)
        {
            let closed = comma > end
                && matches!(reader.mark(day.end), Some(',' | ')' | '.' | ';') | None)
                && reader.shape(day.end).is_none_or(|shape| shape == Shape::Mark);
            let figures = reader.integer(*start).is_some();
            let ends = ends_phrase(reader, day.end);
            let stands = reader.shape(day.end).is_none_or(|shape| shape == Shape::Mark && !reader.is_dash(day.end)) && comma == end;
            if figures && ((day.marked || named) && ends || closed || stands) {
                return Some((Calendar { weekday: Some(weekday), day: Some(day.day), ..Calendar::default() }, day.end));
            }
        }
    }
    None
}

/// (20), (20 May), (30/06)
pub(super) fn in_brackets(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    if !reader.is_mark(at, '(') {
        return None;
    }
    let inner = reader.skip(at + 1, "day");
    if let Some((calendar, after)) = core(reader, inner)
        && calendar.day.is_some()
        && reader.is_mark(after, ')')
    {
        return Some((calendar, after + 1));
    }
    let day = day(reader, inner).filter(|day| reader.is_mark(day.end, ')') && reader.integer(inner).is_some())?;
    Some((Calendar { day: Some(day.day), ..Calendar::default() }, day.end + 1))
}

/// Day, month and year in figures or words, without a weekday before them.
fn core(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    numeric(reader, at).or_else(|| day_month(reader, at)).or_else(|| month_first(reader, at))
}

/// 28 February 2023, 28. února, 9 de novembro do ano passado, the 5th of this month.
fn day_month(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    let day = day(reader, at)?;
    let mut named = skip_links(reader, day.end);
    // 5-May-2024
    if named == day.end && reader.is_dash(named) && !reader.spaced(named) && !reader.spaced(named + 1) {
        named += 1;
    }
    for start in [named, relative::month_word(reader, named).map_or(named, |end| skip_links(reader, end))] {
        // trei noi ambasadori: a short month stands behind figures
        let figures = |strength: &Strength| *strength != Strength::Short || reader.integer(at).is_some() || day.marked;
        if let Some((month, _, end)) = month_name(reader, start).filter(|(_, strength, _)| figures(strength)) {
            let dashed = reader.is_dash(end) && !reader.spaced(end) && year_figures(reader, end + 1).is_some();
            let (year, end) = match year_after(reader, if dashed { end + 1 } else { end }) {
                Some((year, end)) => (Some(year), end),
                None => (None, end),
            };
            return Some((Calendar { day: Some(day.day), month: Some(MonthOf::Named(month)), year, ..Calendar::default() }, end));
        }
    }
    // no dia 25 deste mês, de 23 a 25 deste mês: what stands before figures shows that they are a day
    let shown = || {
        let before = |value| at.checked_sub(1).is_some_and(|before| reader.time(before, value) == Some(at));
        reader.integer(at).is_some() && ["day", "in", "to", "from"].into_iter().any(before)
    };
    let (months, end) = relative::relative_month(reader, named).filter(|_| day.marked || shown())?;
    Some((Calendar { day: Some(day.day), month: Some(MonthOf::Relative(months)), ..Calendar::default() }, end))
}

/// March 29th, 2024; May 2018; September last year; May.
fn month_first(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    // the month of May
    let start = relative::month_word(reader, at).map_or(at, |end| skip_links(reader, end));
    let (month, strength, end) = month_name(reader, start)?;
    let calendar = Calendar { month: Some(MonthOf::Named(month)), ..Calendar::default() };
    let with_year = || {
        let comma = end + 1;
        reader.integer(end).is_some() && reader.is_mark(comma, ',') && year_figures(reader, comma + 1).is_some()
    };
    if reader.conventions().month_may_come_first || with_year() {
        let the = skip_links(reader, end);
        if let Some(day) = day(reader, the)
            && reader.integer(the).is_some()
            && number::figures(reader, the).is_some_and(|(_, figures_end)| figures_end == the + 1)
            && !counts_something(reader, day.end)
        {
            // a stop after "May 5" ends the sentence
            let end = if reader.is_mark(day.end - 1, '.') { day.end - 1 } else { day.end };
            let glued = !reader.spaced(end) && matches!(reader.shape(end), Some(Shape::Lower | Shape::Capital | Shape::Upper));
            if !glued {
                let (year, end) = match year_after(reader, end) {
                    Some((year, end)) => (Some(year), end),
                    None => (None, end),
                };
                return Some((Calendar { day: Some(day.day), year, ..calendar }, end));
            }
        }
    }
    if let Some((year, end)) = year_after(reader, end) {
        return Some((Calendar { year: Some(year), ..calendar }, end));
    }
    // "May's visit" is a prime minister's
    let possessive = matches!(reader.mark(end), Some('\'' | '’')) && !reader.spaced(end);
    let stands = match strength {
        Strength::Full => true,
        Strength::Weak if possessive => false,
        Strength::Weak => {
            start > at
                || in_context(reader, at)
                    && (reader.shape(at) == Some(Shape::Capital) && begins_with_capital_by_rule(reader, at) || ends_phrase(reader, end))
        }
        // Jan-Sept 2024
        Strength::Short => reader.is_dash(end) && month_name(reader, end + 1).is_some(),
    };
    stands.then_some((calendar, end))
}

/// Whether the form itself is written with a capital, so that the capital says something.
fn begins_with_capital_by_rule(reader: &Reader, at: usize) -> bool {
    reader.meaning(at, Class::Month).is_some_and(|(entry, _)| entry.form.chars().next().is_some_and(char::is_uppercase))
}

/// 2024-03-29, 28.2.2023, 28. 2., 29/03/2024.
fn numeric(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    let (first, first_digits) = reader.integer(at)?;
    let mark = reader.mark(at + 1).filter(|mark| matches!(mark, '.' | '/' | '-' | '‑' | '–'))?;
    if reader.spaced(at + 1) || (mark != '.' && reader.spaced(at + 2)) {
        return None;
    }
    let (second, second_digits) = reader.integer(at + 2).filter(|(_, digits)| *digits <= 2)?;
    let full = reader.is_mark(at + 3, mark) && !reader.spaced(at + 3) && (mark == '.' || !reader.spaced(at + 4));
    if full && let Some((third, third_digits)) = reader.integer(at + 4) {
        let end = at + 5;
        let goes_on =
            !reader.spaced(end) && reader.is_mark(end, mark) && !reader.spaced(end + 1) && reader.shape(end + 1) == Some(Shape::Number);
        if !goes_on {
            if first_digits == 4 && third_digits <= 2 {
                return whole(first, second, third, false).map(|calendar| (calendar, end));
            }
            let spaced_figures = mark == '.' && (reader.spaced(at + 2) || reader.spaced(at + 4));
            if first_digits <= 2 && (third_digits == 4 || third_digits == 2 && !spaced_figures && mark != '-' && mark != '–') {
                let year = if third_digits == 2 { two_digit_year(third) } else { third };
                let open = mark != '.' && reader.conventions().month_may_come_first;
                if second > 12 {
                    return (mark != '.').then(|| whole(year, first, second, false)).flatten().map(|calendar| (calendar, end));
                }
                return whole(year, second, first, open && first <= 12 && first != second).map(|calendar| (calendar, end));
            }
        }
        if mark != '.' {
            return None;
        }
    }
    // 2024-03 (but 2008-12 is a stretch of years)
    let tight = !reader.spaced(at + 2) && (reader.spaced(at + 3) || reader.shape(at + 3) == Some(Shape::Mark));
    if first_digits == 4
        && mark == '-'
        && tight
        && second_digits == 2
        && (1..=12).contains(&second)
        && second <= first % 100
        && (1900..=2199).contains(&first)
    {
        let calendar =
            Calendar { year: Some(YearOf::Named(first as i16)), month: Some(MonthOf::Named(second as i8)), ..Calendar::default() };
        return Some((calendar, at + 3));
    }
    let calendar = Calendar { day: i8::try_from(first).ok(), month: i8::try_from(second).ok().map(MonthOf::Named), ..Calendar::default() };
    let plausible = (1..=31).contains(&first) && (1..=12).contains(&second) && first_digits <= 2;
    if mark == '.' {
        // 28. 2. and 28.2. after a preposition or a weekday
        let stopped = reader.is_mark(at + 3, '.') && !reader.spaced(at + 3);
        let never_decimal = reader.settings.decimal != "." && second_digits == 2;
        let opened = at.checked_sub(1).is_some_and(|before| reader.is_mark(before, '(') || reader.is_dash(before));
        let likely = never_decimal || in_context(reader, at) || follows_weekday(reader, at) || opened;
        return (stopped && plausible && likely).then_some((calendar, at + 4));
    }
    if mark == '/' {
        let end = at + 3;
        let glued = !reader.spaced(end) && reader.shape(end) != Some(Shape::Mark);
        let likely = reader.after_time(at, &["in", "since", "until", "day"])
            || follows_weekday(reader, at)
            || reader.ends_before(at, &[Class::Weekday]);
        if plausible && likely && !glued && !counts_something(reader, end) {
            let open = reader.conventions().month_may_come_first && first <= 12 && first != second;
            return Some((Calendar { order_is_open: open, ..calendar }, end));
        }
        // 03/2024 is read below as month and year
    }
    None
}

/// On the 18th, no dia 20: a day of a month that is not named.
pub(super) fn bare_day(reader: &Reader, at: usize) -> Option<(Calendar, usize)> {
    let named = reader.time(at, "day");
    let start = named.unwrap_or(at);
    let day = day(reader, start).filter(|day| day.marked || named.is_some())?;
    reader.integer(start)?;
    let linked = (1..=2).any(|back| {
        start.checked_sub(back).is_some_and(|before| reader.time(before, "in").is_some_and(|end| skip_links(reader, end) == start))
    });
    let closed = match reader.shape(day.end) {
        None => true,
        Some(Shape::Mark) => !reader.is_dash(day.end),
        Some(_) => reader.any_of(day.end, &[Class::Marker, Class::And]) && reader.time(day.end, "of").is_none(),
    };
    let calendar = Calendar { day: Some(day.day), ..Calendar::default() };
    (closed && (named.is_some() || linked && !reader.conventions().stop_makes_ordinal)).then_some((calendar, day.end))
}

fn follows_weekday(reader: &Reader, at: usize) -> bool {
    (1..=4).filter_map(|back| at.checked_sub(back)).any(|before| {
        reader
            .meaning(before, Class::Weekday)
            .or_else(|| reader.meaning(before, Class::Day))
            .is_some_and(|(_, end)| end == at || end + 1 == at && matches!(reader.mark(end), Some(',' | '(')))
    })
}

fn two_digit_year(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn whole(year: u32, month: u32, day: u32, order_is_open: bool) -> Option<Calendar> {
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2199).contains(&year);
    plausible.then_some(Calendar {
        year: Some(YearOf::Named(year as i16)),
        month: Some(MonthOf::Named(month as i8)),
        day: Some(day as i8),
        weekday: None,
        order_is_open,
    })
}
