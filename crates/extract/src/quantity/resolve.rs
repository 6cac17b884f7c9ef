//! Resolves expressions of time against a day of publication.
//!
//! In: an expression, the day, which way the clause leans. Out: a date with its other readings.
//! Never: asks a clock.

use super::date::{Calendar, Lean, MonthOf, Point, Resolved, Shape, Unit, YearOf};
use chancery_model::{Edtf, EdtfValue};
use jiff::ToSpan;
use jiff::civil::Date;

pub(super) fn resolve(shape: &Shape, published: Option<Date>, lean: Lean) -> Resolved {
    match shape {
        Shape::Point(point) => resolve_point(point, published, lean),
        Shape::Range(from, to) => resolve_range(from.as_ref(), to.as_ref(), published, lean),
    }
}

fn nothing() -> Resolved {
    Resolved::default()
}

fn sure(value: EdtfValue) -> Resolved {
    Resolved { value: Some(value.into()), ..Resolved::default() }
}

fn by_publication(value: Option<EdtfValue>) -> Resolved {
    match value {
        Some(value) => Resolved { value: Some(value.into()), alternatives: Vec::new(), inferred: vec!["published"] },
        None => nothing(),
    }
}

fn resolve_point(point: &Point, published: Option<Date>, lean: Lean) -> Resolved {
    match point {
        Point::Calendar(calendar) => resolve_calendar(calendar, published, lean),
        Point::Fixed(value) => Resolved { value: Some(value.clone()), ..Resolved::default() },
        Point::Vague => nothing(),
        Point::Offset { unit, count, only_future } => {
            // met this weekend, told on a Monday: the one that is over
            let over = |day: &Date| *unit == Unit::Weekend && *count == 0 && lean == Lean::Past && day.weekday().to_monday_one_offset() < 6;
            let count = if published.as_ref().is_some_and(over) { &-1 } else { count };
            let value = published.and_then(|day| offset(day, *unit, *count));
            let sure = !*only_future || lean == Lean::Future || lean == Lean::Unknown && matches!(unit, Unit::Day | Unit::Week);
            match value {
                Some(value) if !sure => Resolved { alternatives: vec![value.into()], ..nothing() },
                value => by_publication(value),
            }
        }
        Point::Told { from, unit, count } => {
            let named = from.as_ref().map(|from| resolve_point(from, published, lean)).unwrap_or_default();
            match named.value.as_ref().and_then(Edtf::day).and_then(|day| offset(day, *unit, *count)) {
                Some(value) => {
                    let inferred = named.inferred.into_iter().chain(["other-date"]).collect();
                    Resolved { value: Some(value.into()), alternatives: Vec::new(), inferred }
                }
                None => nothing(),
            }
        }
        Point::Running { unit, count } => by_publication(published.and_then(|day| running(day, *unit, *count))),
        Point::RelativeWeekday { weekday, relation } => match published {
            Some(day) => relative_weekday(day, *weekday, *relation, lean),
            None => nothing(),
        },
        Point::WeekdayOfWeek { weekday, weeks } => by_publication(published.and_then(|day| {
            let days = i64::from(*weeks) * 7 + i64::from(weekday - day.weekday().to_monday_one_offset());
            day.checked_add(days.days()).ok().map(EdtfValue::Day)
        })),
        Point::RelativeMonth { month, relation } => match published {
            Some(day) => {
                let year = match relation {
                    ..=-1 => day.year() - i16::from(*month >= day.month()),
                    0 => day.year(),
                    _ => day.year() + i16::from(*month <= day.month()),
                };
                by_publication(Some(EdtfValue::Month(year, *month)))
            }
            None => sure(EdtfValue::MonthOfSomeYear(*month)),
        },
        Point::RelativeSeason { from, to, relation } => by_publication(published.map(|day| {
            let length = (i16::from(*to) - i16::from(*from)).rem_euclid(12);
            // years in which the season begins, nearest first
            let begins = |year: i16| i32::from(year) * 12 + i32::from(*from);
            let now = i32::from(day.year()) * 12 + i32::from(day.month());
            let year = match relation {
                ..=-1 => (0..3).map(|back| day.year() - back).find(|year| begins(*year) + i32::from(length) < now),
                0 => Some(if *to < *from && day.month() <= *to { day.year() - 1 } else { day.year() }),
                _ => (0..3).map(|ahead| day.year() + ahead).find(|year| begins(*year) > now),
            };
            let year = year.unwrap_or(day.year());
            months(year, *from, if to < from { year + 1 } else { year }, *to)
        })),
        Point::Slice { from, to, year } => slice(*from, *to, *year, published, lean),
    }
}

fn named_year(year: YearOf, published: Option<Date>) -> (Option<i16>, bool) {
    match year {
        YearOf::Named(year) => (Some(year), false),
        YearOf::Relative(count) => (published.map(|day| day.year().saturating_add(count)), true),
    }
}

fn resolve_calendar(calendar: &Calendar, published: Option<Date>, lean: Lean) -> Resolved {
    if calendar.order_is_open {
        return both_orders(calendar, published, lean);
    }
    let month = match calendar.month {
        Some(MonthOf::Named(month)) => Some(month),
        // the fifth of this month
        Some(MonthOf::Relative(count)) => {
            let Some((year, month)) = published.map(|day| months_later(day.year(), day.month(), count)) else { return nothing() };
            return by_publication(match calendar.day {
                Some(day) => Date::new(year, month, day).ok().map(EdtfValue::Day),
                None => Some(EdtfValue::Month(year, month)),
            });
        }
        None => None,
    };
    match (calendar.year, month, calendar.day) {
        (Some(year), month, day) => {
            let (Some(year), relative) = named_year(year, published) else {
                return match (month, day) {
                    (Some(month), Some(day)) => sure(EdtfValue::DayOfSomeYear(month, day)),
                    (Some(month), None) => sure(EdtfValue::MonthOfSomeYear(month)),
                    _ => nothing(),
                };
            };
            let value = match (month, day) {
                (Some(month), Some(day)) => Date::new(year, month, day).ok().map(EdtfValue::Day),
                (Some(month), None) => Some(EdtfValue::Month(year, month)),
                _ => Some(EdtfValue::Year(year)),
            };
            if relative { by_publication(value) } else { value.map_or_else(nothing, sure) }
        }
        (None, Some(month), Some(day)) => match published {
            Some(published) => day_of_month(month, day, calendar.weekday, published, lean),
            None => sure(EdtfValue::DayOfSomeYear(month, day)),
        },
        (None, Some(month), None) => match published {
            Some(published) => bare_month(month, published, lean),
            None => sure(EdtfValue::MonthOfSomeYear(month)),
        },
        (None, None, Some(day)) => published.map_or_else(nothing, |published| day_of_some_month(day, calendar.weekday, published, lean)),
        (None, None, None) => match (calendar.weekday, published) {
            (Some(weekday), Some(published)) => bare_weekday(weekday, published, lean),
            _ => nothing(),
        },
    }
}

/// 03/04/2024: the reading nearest to the day of publication, the other beside it.
fn both_orders(calendar: &Calendar, published: Option<Date>, lean: Lean) -> Resolved {
    let plain = Calendar { order_is_open: false, ..*calendar };
    let turned = match (calendar.month, calendar.day) {
        (Some(MonthOf::Named(month)), Some(day)) => Calendar { month: Some(MonthOf::Named(day)), day: Some(month), ..plain },
        _ => plain,
    };
    let first = resolve_calendar(&plain, published, lean);
    let second = resolve_calendar(&turned, published, lean);
    let (Some(published), Some(a), Some(b)) = (published, first.value.clone(), second.value.clone()) else {
        return Resolved { value: None, alternatives: first.value.into_iter().chain(second.value).collect(), inferred: Vec::new() };
    };
    let far = |value: &Edtf| value.day().map_or(i64::MAX, |day| distance(published, day).abs());
    let (value, other) = if far(&b) < far(&a) { (b, a) } else { (a, b) };
    Resolved { value: Some(value), alternatives: vec![other], inferred: vec!["published"] }
}

fn distance(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Years around the day of publication, then farther ones.
fn day_of_month(month: i8, day: i8, weekday: Option<i8>, published: Date, lean: Lean) -> Resolved {
    let around = |reach: i16| -> Vec<Date> {
        (-reach..=reach).filter_map(|offset| Date::new(published.year().checked_add(offset)?, month, day).ok()).collect()
    };
    let mut candidates = if (month, day) == (2, 29) { around(8) } else { around(1) };
    if candidates.is_empty() {
        return nothing();
    }
    let mut inferred = vec!["published"];
    if let Some(weekday) = weekday {
        let fitting: Vec<Date> = candidates.iter().copied().filter(|date| date.weekday().to_monday_one_offset() == weekday).collect();
        let fitting = if fitting.is_empty() {
            around(6).into_iter().filter(|date| date.weekday().to_monday_one_offset() == weekday).collect()
        } else {
            fitting
        };
        if !fitting.is_empty() {
            candidates = fitting;
            inferred.push("weekday");
        }
    }
    ranked(candidates, published, lean, inferred)
}

/// The candidate that the lean prefers first, the others after it.
fn ranked(mut candidates: Vec<Date>, published: Date, lean: Lean, inferred: Vec<&'static str>) -> Resolved {
    candidates.sort_by_key(|date| {
        let days = distance(published, *date);
        let against = match lean {
            Lean::Past => days > 0,
            Lean::Future => days < 0,
            Lean::Unknown => false,
        };
        (against, days.abs(), days)
    });
    let mut dates = candidates.into_iter().map(Edtf::from);
    Resolved { value: dates.next(), alternatives: dates.take(2).collect(), inferred }
}

/// The 20th, Tuesday the 20th: the nearest such day.
fn day_of_some_month(day: i8, weekday: Option<i8>, published: Date, lean: Lean) -> Resolved {
    let days: Vec<Date> = (-2..=2)
        .filter_map(|count| {
            let (year, month) = months_later(published.year(), published.month(), count);
            Date::new(year, month, day).ok()
        })
        .collect();
    let fits = |date: &Date| weekday.is_some_and(|weekday| date.weekday().to_monday_one_offset() == weekday);
    let fitting: Vec<Date> = days.iter().copied().filter(fits).collect();
    match fitting.as_slice() {
        // a weekday that fits no such day is a slip: the day of the month stands
        [] => ranked(days, published, lean, vec!["published"]),
        // a day that its weekday makes sure is not moved by the tense
        [one] => Resolved { value: Some((*one).into()), alternatives: Vec::new(), inferred: vec!["published", "weekday"] },
        _ => ranked(fitting, published, lean, vec!["published", "weekday"]),
    }
}

fn bare_month(month: i8, published: Date, lean: Lean) -> Resolved {
    let here = i32::from(published.year()) * 12 + i32::from(published.month());
    let mut years: Vec<i16> = (-1..=1).map(|offset| published.year().saturating_add(offset)).collect();
    years.sort_by_key(|year| {
        let months = i32::from(*year) * 12 + i32::from(month) - here;
        let against = match lean {
            Lean::Past => months > 0,
            Lean::Future => months < 0,
            Lean::Unknown => false,
        };
        (against, months.abs(), months)
    });
    let mut months = years.into_iter().map(|year| Edtf::from(EdtfValue::Month(year, month)));
    Resolved { value: months.next(), alternatives: months.take(1).collect(), inferred: vec!["published"] }
}

fn bare_weekday(weekday: i8, published: Date, lean: Lean) -> Resolved {
    let today = published.weekday().to_monday_one_offset();
    let back = i64::from((today - weekday).rem_euclid(7));
    let before = published.checked_sub(back.days()).ok();
    let after = published.checked_add(i64::from((weekday - today).rem_euclid(7)).days()).ok();
    let (value, other) = if lean == Lean::Future { (after, before) } else { (before, after) };
    let alternatives = other.filter(|other| Some(*other) != value).into_iter().map(Edtf::from).collect();
    match value {
        Some(value) => Resolved { value: Some(value.into()), alternatives, inferred: vec!["published"] },
        None => nothing(),
    }
}

fn relative_weekday(published: Date, weekday: i8, relation: i32, lean: Lean) -> Resolved {
    let today = published.weekday().to_monday_one_offset();
    let plus = |days: i64| published.checked_add(days.days()).ok().map(Edtf::from);
    let ahead = i64::from((weekday - today).rem_euclid(7));
    let back = i64::from((today - weekday).rem_euclid(7));
    let (value, other) = match relation {
        ..=-1 => {
            let back = if back == 0 { 7 } else { back };
            (plus(-back), (weekday < today).then(|| plus(-back - 7)).flatten())
        }
        // "this Friday" in Saturday's paper is yesterday
        0 => match lean {
            Lean::Past => (plus(-back), Some(ahead).filter(|days| *days > 0).and_then(plus)),
            Lean::Future => (plus(ahead), Some(-back).filter(|days| *days < 0).and_then(plus)),
            Lean::Unknown if ahead <= back => (plus(ahead), Some(-back).filter(|days| *days < 0).and_then(plus)),
            Lean::Unknown => (plus(-back), plus(ahead)),
        },
        _ => {
            let ahead = if ahead == 0 { 7 } else { ahead };
            (plus(ahead), (weekday > today).then(|| plus(ahead + 7)).flatten())
        }
    };
    Resolved { inferred: if value.is_some() { vec!["published"] } else { Vec::new() }, value, alternatives: other.into_iter().collect() }
}

pub(super) fn months_later(year: i16, month: i8, count: i32) -> (i16, i8) {
    let index = (i32::from(year) * 12 + i32::from(month) - 1).saturating_add(count);
    (index.div_euclid(12).clamp(-9999, 9999) as i16, (index.rem_euclid(12) + 1) as i8)
}

fn offset(published: Date, unit: Unit, count: i32) -> Option<EdtfValue> {
    let days = |days: i64| published.checked_add(days.days()).ok();
    let interval = |from: Date, to: Date| EdtfValue::Interval(Some(Box::new(EdtfValue::Day(from))), Some(Box::new(EdtfValue::Day(to))));
    let count = count.clamp(-100_000, 100_000);
    let written = |year: i16| (0..=9999).contains(&year).then_some(year);
    match unit {
        Unit::Day => days(i64::from(count)).map(EdtfValue::Day),
        Unit::Week | Unit::Weekend => {
            let monday = published.checked_sub(i64::from(published.weekday().to_monday_zero_offset()).days()).ok()?;
            let monday = monday.checked_add((i64::from(count) * 7).days()).ok()?;
            let first = if unit == Unit::Weekend { monday.checked_add(5.days()).ok()? } else { monday };
            Some(interval(first, monday.checked_add(6.days()).ok()?))
        }
        Unit::Month => {
            let (year, month) = months_later(published.year(), published.month(), count);
            Some(EdtfValue::Month(written(year)?, month))
        }
        Unit::Quarter | Unit::HalfYear => {
            let length: i32 = if unit == Unit::Quarter { 3 } else { 6 };
            let first = (i32::from(published.month()) - 1) / length * length + 1;
            let (year, from) = months_later(published.year(), first as i8, count * length);
            Some(months(written(year)?, from, year, from + length as i8 - 1))
        }
        Unit::Year => published.year().checked_add(i16::try_from(count).ok()?).and_then(written).map(EdtfValue::Year),
        Unit::Decade => {
            let first = (published.year().div_euclid(10)).checked_add(i16::try_from(count).ok()?)?.checked_mul(10).and_then(written)?;
            Some(EdtfValue::Interval(Some(Box::new(EdtfValue::Year(first))), Some(Box::new(EdtfValue::Year(written(first + 9)?)))))
        }
    }
}

fn months(from_year: i16, from: i8, to_year: i16, to: i8) -> EdtfValue {
    EdtfValue::Interval(Some(Box::new(EdtfValue::Month(from_year, from))), Some(Box::new(EdtfValue::Month(to_year, to))))
}

/// The last or next so many units, at the precision of the unit.
fn running(published: Date, unit: Unit, count: i32) -> Option<EdtfValue> {
    let unit = match unit {
        Unit::Week | Unit::Weekend => return None,
        Unit::Decade => Unit::Year,
        other => other,
    };
    let (now, then) = (offset(published, unit, 0)?, offset(published, unit, count)?);
    let (first, last) = if count < 0 { (then, now) } else { (now, then) };
    let (from, to) = (ends(first).0, ends(last).1);
    Some(EdtfValue::Interval(from, to))
}

/// The two ends of a value as ends of an interval.
fn ends(value: EdtfValue) -> (Option<Box<EdtfValue>>, Option<Box<EdtfValue>>) {
    match value {
        EdtfValue::Interval(from, to) => (from, to),
        value => (Some(Box::new(value.clone())), Some(Box::new(value))),
    }
}

fn slice(from: i8, to: i8, year: Option<YearOf>, published: Option<Date>, lean: Lean) -> Resolved {
    let stretch = |year: i16| months(year, from, if to < from { year.saturating_add(1) } else { year }, to);
    match year {
        Some(year) => match named_year(year, published) {
            (Some(year), false) => sure(stretch(year)),
            (Some(year), true) => by_publication(Some(stretch(year))),
            (None, _) => nothing(),
        },
        None => {
            // the one nearest to the day of publication, as a month is
            let Some(day) = published else { return nothing() };
            let anchor = if lean == Lean::Future { to } else { from };
            let nearest = bare_month(anchor, day, lean);
            let year = nearest.value.and_then(|value| match value.value {
                EdtfValue::Month(year, _) => Some(if lean == Lean::Future && to < from { year - 1 } else { year }),
                _ => None,
            });
            by_publication(year.map(stretch))
        }
    }
}

fn resolve_range(from: Option<&Point>, to: Option<&Point>, published: Option<Date>, lean: Lean) -> Resolved {
    let lean_of = |open: bool, other: Lean| if open && lean == Lean::Unknown { other } else { lean };
    let first = from.map(|point| resolve_point(point, published, lean_of(to.is_none(), Lean::Past)));
    let last = to.map(|point| {
        // a second end without a year follows the first: from Monday to Wednesday, from May 20 to 21
        let after = first.as_ref().and_then(|first| first.value.as_ref()).and_then(Edtf::earliest);
        match (after, from.is_some()) {
            (Some(day), true) if published.is_some() => resolve_point(point, Some(day), Lean::Future),
            _ => resolve_point(point, published, lean_of(from.is_none(), Lean::Future)),
        }
    });
    // a relative second end counts from publication: from 22 January until tomorrow
    let last = match (last, to) {
        (Some(_), Some(point @ (Point::Offset { .. } | Point::Running { .. }))) => Some(resolve_point(point, published, lean)),
        (last, _) => last,
    };
    let end = |resolved: &Option<Resolved>, first: bool| -> Option<Option<Box<EdtfValue>>> {
        match resolved {
            None => Some(None),
            Some(resolved) => match &resolved.value.as_ref()?.value {
                EdtfValue::Interval(from, to) => if first { from.clone() } else { to.clone() }.map(Some),
                value => Some(Some(Box::new(value.clone()))),
            },
        }
    };
    let (Some(from), Some(to)) = (end(&first, true), end(&last, false)) else { return nothing() };
    if let (Some(a), Some(b)) = (&from, &to) {
        let (a, b) = (Edtf::from((**a).clone()), Edtf::from((**b).clone()));
        if let (Some(a), Some(b)) = (a.earliest(), b.latest())
            && a > b
        {
            return nothing();
        }
    }
    let mut inferred: Vec<&'static str> = Vec::new();
    for reason in first.iter().chain(last.iter()).flat_map(|resolved| &resolved.inferred) {
        if !inferred.contains(reason) {
            inferred.push(reason);
        }
    }
    Resolved { value: Some(EdtfValue::Interval(from, to).into()), alternatives: Vec::new(), inferred }
}
