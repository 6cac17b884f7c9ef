//! Reads times told from the day of publication or as parts of a year: yesterday, last week, two years ago,
//! the first half of 2024, early May, in summer.
//!
//! In: a line and a place in it. Out: a point of time and where it ends.
//! Never: makes "recently" or "in the coming days" a date.

use super::calendar::{self, skip_links};
use super::date::{Calendar, MonthOf, Point, Unit, YearOf};
use super::number;
use super::reader::Reader;
use chancery_language::{Class, Entry, Feature, Shape};

/// A word for a unit of time or for a stretch that it names outright.
enum PeriodWord {
    Unit {
        unit: Unit,
        plural: bool,
    },
    /// "loni", "letošní"
    Year(i16),
    /// "Monatsende"
    Month(i32),
    /// "At the weekend"
    Weekend(i32),
    Fixed(chancery_model::Edtf),
}

fn period(reader: &Reader, at: usize) -> Option<(PeriodWord, usize)> {
    reader.meaning_where(at, Class::Period, |entry| {
        let plural = entry.is(Feature::Plural);
        let unit = |unit| Some(PeriodWord::Unit { unit, plural });
        match entry.value.as_str() {
            "day" => unit(Unit::Day),
            "weekend" => unit(Unit::Weekend),
            "week" => unit(Unit::Week),
            "month" => unit(Unit::Month),
            "quarter" => unit(Unit::Quarter),
            "half-year" => unit(Unit::HalfYear),
            "year" => unit(Unit::Year),
            "decade" => unit(Unit::Decade),
            value => {
                if let Some(years) = value.strip_prefix("year") {
                    years.parse().ok().map(PeriodWord::Year)
                } else if let Some(months) = value.strip_prefix("month") {
                    months.parse().ok().map(PeriodWord::Month)
                } else if let Some(weekends) = value.strip_prefix("weekend") {
                    weekends.parse().ok().map(PeriodWord::Weekend)
                } else {
                    value.parse().ok().map(PeriodWord::Fixed)
                }
            }
        }
    })
}

fn unit(reader: &Reader, at: usize) -> Option<(Unit, bool, usize)> {
    match period(reader, at)? {
        (PeriodWord::Unit { unit, plural }, end) => Some((unit, plural, end)),
        _ => None,
    }
}

/// A relation with the side of its noun on which it stands.
fn relation(reader: &Reader, at: usize, follows: bool) -> Option<(i32, usize)> {
    reader.meaning_where(at, Class::Relation, |entry| {
        let fits = if follows { entry.is(Feature::After) } else { !entry.is(Feature::After) || entry.is(Feature::Before) };
        fits.then(|| entry.value.parse().ok()).flatten()
    })
}

/// The word "year" before figures ("roku 2019", "anul 2019", "Jahr 2019").
pub(super) fn year_word(reader: &Reader, at: usize) -> Option<usize> {
    unit(reader, at).filter(|(unit, ..)| *unit == Unit::Year).map(|(_, _, end)| end)
}

/// The plural of a unit.
pub(super) fn plural_unit(reader: &Reader, at: usize) -> Option<usize> {
    unit(reader, at).filter(|(_, plural, _)| *plural).map(|(_, _, end)| end)
}

/// The word "month" before a month's name.
pub(super) fn month_word(reader: &Reader, at: usize) -> Option<usize> {
    unit(reader, at).filter(|(unit, plural, _)| *unit == Unit::Month && !plural).map(|(_, _, end)| end)
}

/// The singular of a unit with its relation: last year, anul trecut.
fn related(reader: &Reader, at: usize, wanted: Unit) -> Option<(i32, usize)> {
    if let Some((count, next)) = relation(reader, at, false)
        && let Some((unit, false, end)) = unit(reader, next)
        && unit == wanted
    {
        return Some((count, end));
    }
    let (found, plural, next) = unit(reader, at)?;
    if found != wanted || plural {
        return None;
    }
    relation(reader, next, true).or_else(|| relation(reader, reader.skip(next, "of"), true))
}

/// Last year, loni, do ano passado.
pub(super) fn relative_year(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    if let Some((PeriodWord::Year(years), end)) = period(reader, at) {
        // "loňském roce", but not "letos roku 2019"
        let end = unit(reader, end)
            .filter(|(unit, plural, after)| *unit == Unit::Year && !plural && calendar::year_figures(reader, *after).is_none())
            .map_or(end, |(.., after)| after);
        return Some((years, end));
    }
    related(reader, at, Unit::Year).and_then(|(count, end)| Some((i16::try_from(count).ok()?, end)))
}

/// Last month, of this month.
pub(super) fn relative_month(reader: &Reader, at: usize) -> Option<(i32, usize)> {
    if let Some((PeriodWord::Month(months), end)) = period(reader, at) {
        return Some((months, end));
    }
    related(reader, at, Unit::Month)
}

/// The point of time that begins at `at`.
pub(super) fn relative(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    relative_day(reader, at)
        .or_else(|| part(reader, at))
        .or_else(|| counted(reader, at))
        .or_else(|| year_then_month(reader, at))
        .or_else(|| with_relation(reader, at))
        .or_else(|| noun_then_relation(reader, at))
        .or_else(|| season(reader, at))
        .or_else(|| named_year(reader, at))
        .or_else(|| fixed(reader, at))
        .or_else(|| calendar::bare_day(reader, at).map(|(found, end)| (Point::Calendar(found), end)))
}

fn relative_day(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    // in the evening: of the day told before
    if let Some(end) = reader.time(at, "part-of-day") {
        return counts_from_before(reader, end).then_some((Point::Told { from: None, unit: Unit::Day, count: 0 }, end));
    }
    let (entry, end) = reader.meaning(at, Class::Day)?;
    if let Some(count) = entry.value.strip_prefix("told") {
        let end = calendar::skip_part_of_day(reader, end);
        let point = Point::Told { from: None, unit: Unit::Day, count: count.parse().ok()? };
        return counts_from_before(reader, end).then_some((point, end));
    }
    let point = Point::Offset { unit: Unit::Day, count: entry.value.parse().ok()?, only_future: false };
    let end = calendar::skip_part_of_day(reader, end);
    // today (12), heute (08.12.): the day in figures says more
    if reader.is_mark(end, '(')
        && let Some((dated, after)) = calendar::in_brackets(reader, end)
    {
        return Some((Point::Calendar(dated), after));
    }
    Some((point, end))
}

/// Letos v květnu, last year in November, loňského listopadu.
fn year_then_month(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let (years, end) = relative_year(reader, at)?;
    let comma = if reader.is_mark(end, ',') { reader.time(end + 1, "in") } else { None };
    let next = comma.unwrap_or_else(|| reader.skip(end, "in"));
    let year = Some(YearOf::Relative(years));
    if let Some((found, after)) = calendar::calendar(reader, next)
        && found.year.is_none()
        && found.month.is_some()
    {
        return Some((Point::Calendar(Calendar { year, ..found }), after));
    }
    if let Some((Point::Slice { from, to, year: None }, after)) = season(reader, next) {
        return Some((Point::Slice { from, to, year }, after));
    }
    Some((Point::Calendar(Calendar { year, ..Calendar::default() }), end))
}

/// Last week, next Friday, this morning, the last five years, in recent weeks.
fn with_relation(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let (relation, next) = relation(reader, at, false)?;
    if let Some((unit, plural, end)) = unit(reader, next) {
        // the last week of July, the last months of 2023: no nearer than July or 2023
        if relation == -1
            && let Some(linked) = Some(skip_links(reader, end)).filter(|linked| *linked > end)
            && let Some(whole) = base(reader, linked)
        {
            let from = match unit {
                Unit::Quarter if !plural => 10,
                Unit::HalfYear if !plural => 7,
                _ => return Some(whole),
            };
            return base_year(reader, end).map(|(year, end)| (Point::Slice { from, to: 12, year: Some(year) }, end));
        }
        if plural {
            return Some((Point::Vague, end));
        }
        // "the next day", "on this day" count from another day
        if unit == Unit::Day {
            return None;
        }
        if unit == Unit::Week {
            let day_at = reader.skip(if reader.is_mark(end, ',') { end + 1 } else { end }, "in");
            if let Some((Calendar { weekday: Some(weekday), day: None, .. }, end)) = calendar::calendar(reader, day_at) {
                return Some((Point::WeekdayOfWeek { weekday, weeks: relation }, end));
            }
        }
        return Some((Point::Offset { unit, count: relation, only_future: false }, end));
    }
    if let Some((weekday, end)) = calendar::weekday_name(reader, next) {
        // this Tuesday, 20 May
        if let Some((found, after)) = calendar::calendar(reader, next)
            && found.day.is_some()
        {
            return Some((Point::Calendar(found), after));
        }
        return Some((Point::RelativeWeekday { weekday, relation }, calendar::skip_part_of_day(reader, end)));
    }
    if let Some((month, end)) = calendar::month_only(reader, next) {
        if let Some((found, after)) = calendar::calendar(reader, next)
            && (found.year.is_some() || found.day.is_some())
        {
            return Some((Point::Calendar(found), after));
        }
        return Some((Point::RelativeMonth { month, relation }, end));
    }
    if let Some((from, to, end)) = season_name(reader, next) {
        return Some(season_of_year(reader, next).unwrap_or((Point::RelativeSeason { from, to, relation }, end)));
    }
    if relation <= 0
        && let Some(end) = reader.time(next, "part-of-day")
    {
        return Some((Point::Offset { unit: Unit::Day, count: relation, only_future: false }, end));
    }
    // the last five years, the next two weeks
    if reader.time(next, "few").is_some() || number_of(reader, next).is_some() {
        let (count, after) = number_of(reader, next).map_or((None, reader.skip(next, "few")), |(count, after)| (Some(count), after));
        let (unit, plural, end) = unit(reader, number::skip_of(reader, after))?;
        if !plural {
            return None;
        }
        return Some(match count {
            Some(count) if relation != 0 => {
                let count = if unit == Unit::Decade { count.saturating_mul(10) } else { count };
                (Point::Running { unit, count: count * relation.signum() }, end)
            }
            _ => (Point::Vague, end),
        });
    }
    None
}

fn number_of(reader: &Reader, at: usize) -> Option<(i32, usize)> {
    let number = number::number(reader, at, false)?;
    (number.value.fract() == 0.0 && (1.0..=5000.0).contains(&number.value) && !number.scaled).then_some((number.value as i32, number.end))
}

/// Anul trecut, segunda-feira passada, maio passado, ultimele is above.
fn noun_then_relation(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    if let Some((unit, plural, next)) = unit(reader, at) {
        let (relation, end) = relation(reader, next, true)?;
        if unit == Unit::Day && !plural {
            return None;
        }
        return Some(if plural { (Point::Vague, end) } else { (Point::Offset { unit, count: relation, only_future: false }, end) });
    }
    if let Some((from, to, next)) = season_name(reader, at) {
        let (relation, end) = relation(reader, next, true)?;
        return Some((Point::RelativeSeason { from, to, relation }, end));
    }
    if let Some((weekday, next)) = calendar::weekday_name(reader, at) {
        // Tuesday of next week, terça-feira da semana passada
        if let Some((weeks, end)) = related(reader, skip_links(reader, next), Unit::Week) {
            return Some((Point::WeekdayOfWeek { weekday, weeks }, end));
        }
        let (relation, end) = relation(reader, next, true)?;
        return Some((Point::RelativeWeekday { weekday, relation }, end));
    }
    let (month, next) = calendar::month_only(reader, at)?;
    let (relation, end) = relation(reader, next, true)?;
    Some((Point::RelativeMonth { month, relation }, end))
}

/// Two days ago, před dvěma dny, há alguns dias, in two weeks.
fn counted(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    if let Some((entry, next)) =
        reader.meaning_where(at, Class::Time, |entry| matches!(entry.value.as_str(), "ago-before" | "later-before").then_some(entry))
    {
        let past = entry.value == "ago-before";
        let next = reader.meaning_where(next, Class::Bound, |entry| (!entry.is(Feature::After)).then_some(())).map_or(next, |(_, end)| end);
        let (point, end) = quantity_of_time(reader, next, past, past)?;
        return Some((point, reader.skip(end, "ago-after")));
    }
    // the 5 upcoming years, dois últimos anos
    if let Some((count, after)) = number_of(reader, at)
        && let Some((relation, next)) = relation(reader, after, false).filter(|(relation, _)| *relation != 0)
        && let Some((unit, true, end)) = unit(reader, next)
    {
        let count = if unit == Unit::Decade { count.saturating_mul(10) } else { count };
        return Some((Point::Running { unit, count: count * relation.signum() }, end));
    }
    // two days earlier, einen Tag darauf
    if let Some((Point::Offset { unit, count, .. }, end)) = quantity_of_time(reader, at, false, true) {
        for (value, sign) in [("earlier-after", -1), ("later-after", 1)] {
            if let Some(end) = reader.time(end, value).filter(|end| counts_from_before(reader, *end)) {
                return Some((Point::Told { from: None, unit, count: sign * count }, end));
            }
        }
    }
    let (point, end) = quantity_of_time(reader, at, true, false)?;
    let end = reader.time(end, "ago-after")?;
    Some((point, end))
}

/// Whether nothing follows that says from when it counts: not two days before the summit, the day after the vote, the evening of 5 May.
fn counts_from_before(reader: &Reader, end: usize) -> bool {
    let classes = [Class::Article, Class::Number, Class::Month, Class::Weekday, Class::Day, Class::Period];
    let from = |entry: &Entry| matches!(entry.value.as_str(), "of" | "after" | "before").then_some(());
    !reader.any_of(end, &classes)
        && reader.meaning_where(end, Class::Marker, from).is_none()
        && (!matches!(reader.shape(end), Some(Shape::Capital | Shape::Number)) || reader.any_of(end, &[Class::Office, Class::Leader]))
}

/// Two days, a few weeks, a year.
fn quantity_of_time(reader: &Reader, at: usize, past: bool, may_be_bare: bool) -> Option<(Point, usize)> {
    if let Some(after) = reader.time(at, "few") {
        let (.., end) = unit(reader, number::skip_of(reader, after))?;
        return Some((Point::Vague, end));
    }
    let sign = if past { -1 } else { 1 };
    let offset = |unit: Unit, count: i32, end: usize| {
        let (unit, count) = if unit == Unit::Decade { (Unit::Year, count.saturating_mul(10)) } else { (unit, count) };
        (Point::Offset { unit, count: sign * count, only_future: !past }, end)
    };
    if let Some((count, after)) = number_of(reader, at) {
        let (unit, _, end) = unit(reader, number::skip_of(reader, after))?;
        return Some(offset(unit, count, end));
    }
    let (unit, plural, end) = unit(reader, at).filter(|(.., end)| may_be_bare && calendar::year_figures(reader, *end).is_none())?;
    Some(if plural { (Point::Vague, end) } else { offset(unit, 1, end) })
}

/// Early May, the end of last year, the first half of 2024, Q3, the first nine months of this year.
fn part(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    if let Some((entry, end)) = reader.meaning(at, Class::Part) {
        let hyphen = if reader.is_dash(end) && !reader.spaced(end) && !reader.spaced(end + 1) { end + 1 } else { end };
        return match entry.value.split_once(':') {
            None => {
                let next = skip_links(reader, hyphen);
                base(reader, next).or_else(|| base(reader, reader.skip(next, "in")))
            }
            Some((length, index)) => {
                let length: i8 = length.parse().ok().filter(|length| (1..=12).contains(length))?;
                let index: i8 = index.parse().ok().filter(|index| (1..=12 / length).contains(index))?;
                let (year, end) = base_year(reader, hyphen)?;
                Some((Point::Slice { from: (index - 1) * length + 1, to: index * length, year: Some(year) }, end))
            }
        };
    }
    // nos nove primeiros meses do ano
    if let Some((count, after)) = number_of(reader, at).filter(|(count, _)| (2..=11).contains(count))
        && let Some((1, next)) = calendar::ordinal(reader, after)
        && let Some((Unit::Month, true, end)) = unit(reader, next)
    {
        return Some(first_months(reader, count, end));
    }
    let (index, next) = calendar::ordinal(reader, at)?;
    if let Some((unit, false, end)) = unit(reader, next) {
        let length: i8 = match unit {
            Unit::Quarter => 3,
            Unit::HalfYear => 6,
            // the first week of May: no nearer than the month
            Unit::Week | Unit::Weekend => return base(reader, skip_links(reader, end)).filter(|(point, _)| is_month(point)),
            _ => return None,
        };
        if !(1..=12 / length).contains(&index) {
            return None;
        }
        let (from, to) = ((index - 1) * length + 1, index * length);
        return Some(match base_year(reader, end) {
            Some((year, end)) => (Point::Slice { from, to, year: Some(year) }, end),
            None => (Point::Slice { from, to, year: None }, end),
        });
    }
    // the first nine months of 2024
    let (count, after) = number_of(reader, next).filter(|(count, _)| index == 1 && (2..=11).contains(count))?;
    let (unit, _, end) = unit(reader, number::skip_of(reader, after))?;
    (unit == Unit::Month).then(|| first_months(reader, count, end))
}

fn first_months(reader: &Reader, count: i32, at: usize) -> (Point, usize) {
    match base_year(reader, at) {
        Some((year, end)) => (Point::Slice { from: 1, to: count as i8, year: Some(year) }, end),
        None => (Point::Vague, at),
    }
}

fn is_month(point: &Point) -> bool {
    match point {
        Point::Calendar(calendar) => calendar.month.is_some(),
        Point::RelativeMonth { .. } => true,
        Point::Offset { unit, .. } => *unit == Unit::Month,
        _ => false,
    }
}

/// The month, year or unit of which something is a part.
fn base(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    if let Some((months, end)) = relative_month(reader, at) {
        return Some((Point::Calendar(Calendar { month: Some(MonthOf::Relative(months)), ..Calendar::default() }), end));
    }
    if let Some((point, end)) = relative_day(reader, at) {
        return Some((point, end));
    }
    if let Some(found) = year_then_month(reader, at)
        .or_else(|| with_relation(reader, at))
        .or_else(|| noun_then_relation(reader, at))
        .or_else(|| season(reader, at))
    {
        return Some(found);
    }
    if let Some((found, end)) = calendar::calendar(reader, at) {
        return Some((Point::Calendar(found), end));
    }
    if let Some(found) = named_year(reader, at) {
        return Some(found);
    }
    if let Some((year, end)) = calendar::year_figures(reader, at)
        && !calendar::counts_something(reader, end)
    {
        return Some((Point::Calendar(Calendar { year: Some(YearOf::Named(year)), ..Calendar::default() }), end));
    }
    // the end of the year
    match period(reader, at)? {
        (PeriodWord::Unit { unit, plural: false }, end) if unit != Unit::Day => {
            Some((Point::Offset { unit, count: 0, only_future: false }, end))
        }
        (PeriodWord::Fixed(stretch), end) => Some((Point::Fixed(stretch), end)),
        _ => None,
    }
}

/// "of 2024", "of this year", "letošního roku", "2024".
fn base_year(reader: &Reader, at: usize) -> Option<(YearOf, usize)> {
    let comma = if reader.is_mark(at, ',') && calendar::year_figures(reader, at + 1).is_some() { at + 1 } else { at };
    for start in [comma, skip_links(reader, comma), reader.skip(comma, "in")] {
        if let Some((years, end)) = relative_year(reader, start) {
            return Some((YearOf::Relative(years), end));
        }
        let named = year_word(reader, start).map_or(start, |end| skip_links(reader, end));
        if let Some((year, end)) = calendar::year_figures(reader, named)
            && !calendar::counts_something(reader, end)
        {
            return Some((YearOf::Named(year), end));
        }
        // "of the year"
        if start > comma
            && let Some((Unit::Year, false, end)) = unit(reader, start)
        {
            return Some((YearOf::Relative(0), end));
        }
    }
    // "prvního pololetí roku": the genitive alone
    None
}

/// Summer 2024, v létě, im Sommer, in the summer.
fn season(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let of_year = season_of_year(reader, at);
    if of_year.is_some() {
        return of_year;
    }
    let (entry, _) = reader.meaning(at, Class::Season)?;
    let (from, to, end) = season_name(reader, at)?;
    let after_time = |at: usize| reader.after_time(at, &["in", "since", "from", "until", "to"]);
    let after_article = || at > 0 && reader.ends_before(at, &[Class::Article]) && after_time(at - 1);
    // the warmth of summer is no date, in summer is; (in the fall of the town)
    let stands = if entry.is(Feature::Weak) {
        after_article() && skip_links(reader, end) == end
    } else {
        after_time(at) || after_article() || reader.ends_before(at, &[Class::Part, Class::Relation])
    };
    stands.then_some((Point::Slice { from, to, year: None }, end))
}

/// Summer 2024, winter 2023/24, in the spring of this year.
fn season_of_year(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let (from, to, end) = season_name(reader, at)?;
    let (year, end) = base_year(reader, end)?;
    let end = if matches!(reader.mark(end), Some('/' | '-' | '–'))
        && !reader.spaced(end)
        && reader.integer(end + 1).is_some_and(|(_, digits)| digits == 2 || digits == 4)
    {
        end + 2
    } else {
        end
    };
    Some((Point::Slice { from, to, year: Some(year) }, end))
}

fn season_name(reader: &Reader, at: usize) -> Option<(i8, i8, usize)> {
    let (entry, end) = reader.meaning(at, Class::Season)?;
    let (from, to) = entry.value.split_once('-')?;
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    ((1..=12).contains(&from) && (1..=12).contains(&to)).then_some((from, to, end))
}

/// Roku 2019, anul 2019, im Jahr 2019, o ano de 2019.
fn named_year(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let next = skip_links(reader, year_word(reader, at)?);
    let (year, end) = calendar::year_figures(reader, next)?;
    Some((Point::Calendar(Calendar { year: Some(YearOf::Named(year)), ..Calendar::default() }), end))
}

fn fixed(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    match period(reader, at)? {
        (PeriodWord::Fixed(stretch), end) => Some((Point::Fixed(stretch), end)),
        (PeriodWord::Month(months), end) => Some((Point::Offset { unit: Unit::Month, count: months, only_future: false }, end)),
        (PeriodWord::Weekend(weekends), end) => Some((Point::Offset { unit: Unit::Weekend, count: weekends, only_future: false }, end)),
        _ => None,
    }
}
