//! Reads amounts of money, percentages and counted numbers, alone or as ranges.
//!
//! In: a line and a place in it. Out: one quantity, or the two ends of a range.
//! Never: takes a designator (COVID-19, F-16, a resolution, an ordinal) for a number.

use super::currency;
use super::number::{self, Number};
use super::reader::Reader;
use super::{Quantity, QuantityKind};
use chancery_language::{Class, Feature, Shape};

/// What stands beside a number.
#[derive(Clone, PartialEq, Debug)]
enum Measure {
    Currency(String),
    Percent,
    None,
}

struct Part {
    start: usize,
    number: Number,
    measure: Measure,
    end: usize,
}

/// The quantities that begin at `at`, and where the last of them ends.
pub(super) fn quantities(reader: &Reader, at: usize) -> Option<(Vec<Quantity>, usize)> {
    let mut first = part(reader, at)?;
    let mut parts = Vec::new();
    // "10-12 billion", "between 3 and 5 million dollars": the first end takes scale and measure of the second
    if let Some(mut second) = joined(reader, at, first.end) {
        let shares_measure = first.measure == Measure::None || second.measure == Measure::None || first.measure == second.measure;
        if shares_measure {
            if !first.number.scaled && second.number.scaled && first.number.value.abs() < 1000.0 {
                let factor = scale_of(reader, &second);
                if first.number.value * factor <= second.number.value * 1000.0 {
                    first.number.value = number::exact(first.number.value * factor);
                    first.number.scaled = true;
                }
            }
            match (&first.measure, &second.measure) {
                (Measure::None, _) => first.measure = second.measure.clone(),
                (_, Measure::None) => second.measure = first.measure.clone(),
                _ => {}
            }
            parts.push(second);
        }
    }
    parts.insert(0, first);
    let end = parts.last().map_or(at, |part| part.end);
    let found: Vec<Quantity> = parts.iter().filter_map(|part| quantity(reader, part)).collect();
    Some((found, end))
}

/// The factor of the scale words of a number: what one unit of its figures is worth.
fn scale_of(reader: &Reader, part: &Part) -> f64 {
    let mut at = part.start;
    while at < part.end {
        if reader.shape(at) == Some(Shape::Number)
            && let Some((figures, _)) = number::figures(reader, at)
            && figures != 0.0
        {
            return (part.number.value / figures).abs();
        }
        if reader.any_of(at, &[Class::Number])
            && let Some((Ok(value), _)) = reader.meaning(at, Class::Number).map(|(entry, end)| (entry.value.parse::<f64>(), end))
            && value > 0.0
        {
            return (part.number.value / value).abs();
        }
        at += 1;
    }
    1.0
}

/// The second end of a range.
fn joined(reader: &Reader, start: usize, end: usize) -> Option<Part> {
    let in_between = reader.after_time(start, &["between"]);
    let in_range = reader.after_time(start, &["from", "since"]);
    let next = if reader.is_dash(end) {
        let tight = !reader.spaced(end) && !reader.spaced(end + 1);
        let loose = reader.spaced(end) && reader.spaced(end + 1);
        (tight || loose && reader.shape(end + 1) == Some(Shape::Number)).then_some(end + 1)
    } else if in_between {
        reader.time(end, "and")
    } else if let Some(next) = reader.time(end, "to") {
        // "5 to 7 billion" but not "gave 5 to 7 countries"
        (in_range || reader.shape(next) == Some(Shape::Number) || reader.any_of(next, &[Class::Number])).then_some(next)
    } else {
        None
    }?;
    let second = part(reader, next)?;
    let measured = second.measure != Measure::None || second.number.scaled || in_between || in_range || reader.is_dash(end);
    (measured && !second.number.weak).then_some(second)
}

fn part(reader: &Reader, at: usize) -> Option<Part> {
    // currency before: $5bn, US$ 5 bilhões, EUR 5 million
    if let Some((code, after, sure)) = currency_before(reader, at) {
        let number_start = number::skip_hyphen(reader, after);
        if let Some(number) = number::number(reader, number_start, true).filter(|number| !number.weak && (sure || number.scaled)) {
            let mut end = number.end;
            // "$5 billion dollars"
            if let Some((same, after)) = currency_after(reader, end, number.scaled)
                && same == code
            {
                end = after;
            }
            return Some(Part { start: at, number, measure: Measure::Currency(code), end });
        }
        return None;
    }
    if is_designator(reader, at) {
        return None;
    }
    let number = number::number(reader, at, false)?;
    if let Some((code, end)) = currency_after(reader, number.end, number.scaled) {
        // 75 USD million
        if !number.scaled
            && reader.shape(at) == Some(Shape::Number)
            && let Some((factor, after)) = number::scale_word(reader, end)
        {
            let number = Number { value: number::exact(number.value * factor), scaled: true, ..number };
            return Some(Part { start: at, number, measure: Measure::Currency(code), end: after });
        }
        return Some(Part { start: at, number, measure: Measure::Currency(code), end });
    }
    // 5m €: a letter for a scale, and the currency after it
    if reader.shape(at) == Some(Shape::Number)
        && let Some(lettered) = number::number(reader, at, true).filter(|number| number.needs_currency)
        && let Some((code, end)) = currency_after(reader, lettered.end, true)
    {
        return Some(Part { start: at, number: lettered, measure: Measure::Currency(code), end });
    }
    if let Some(end) = percent(reader, number.end) {
        return Some(Part { start: at, number, measure: Measure::Percent, end });
    }
    Some(Part { start: at, number, measure: Measure::None, end: number.end })
}

fn quantity(reader: &Reader, part: &Part) -> Option<Quantity> {
    let Number { value, scaled, weak, .. } = part.number;
    // "mehrere zehn Milliarden" are no ten
    if reader.after_time(part.start, &["few"]) && !reader.ends_before(part.start, &[Class::Bound]) {
        return None;
    }
    let kind = match &part.measure {
        // "a sterling record", "um franco-atirador"
        Measure::Currency(_) if weak => return None,
        Measure::Currency(code) => QuantityKind::Amount { value, currency: code.clone() },
        Measure::Percent => QuantityKind::Percent { value },
        Measure::None if weak || glued(reader, part.end) || !scaled && is_ordinal(reader, part) => return None,
        Measure::None => QuantityKind::Number { value, scaled, unit: unit(reader, part.end) },
    };
    let words = part.start..part.end;
    let span = reader.cut.span(&words)?;
    Some(Quantity { words, span, kind })
}

/// The currency that stands before its number, where it ends, and whether it is one also where the number has no scale word.
fn currency_before(reader: &Reader, at: usize) -> Option<(String, usize, bool)> {
    if let Some((code, end)) = currency::symbol(reader, at) {
        return Some((code.to_owned(), end, true));
    }
    if let Some(code) = currency::code(reader.word(at)).filter(|code| !currency::is_word(code)) {
        return Some((code.to_owned(), at + 1, true));
    }
    let (entry, end) = reader.meaning(at, Class::Currency)?;
    entry.is(Feature::Before).then(|| (entry.value.to_string(), end, !entry.is(Feature::Weak)))
}

fn currency_after(reader: &Reader, at: usize, scaled: bool) -> Option<(String, usize)> {
    let tight = number::skip_hyphen(reader, at);
    let places = [tight, number::skip_of(reader, tight)];
    for place in places {
        if let Some((entry, end)) = reader.meaning(place, Class::Currency)
            && (scaled || !entry.is(Feature::Weak))
        {
            return Some((entry.value.to_string(), end));
        }
        if let Some((code, end)) = currency::symbol(reader, place) {
            // "between 5 and $7": a symbol that belongs to the next number
            let belongs_to_next = reader.spaced(place) && reader.shape(end) == Some(Shape::Number) && !reader.spaced(end);
            if !belongs_to_next {
                return Some((code.to_owned(), end));
            }
        }
        if let Some(code) = currency::code(reader.word(place)) {
            return Some((code.to_owned(), place + 1));
        }
    }
    None
}

fn percent(reader: &Reader, at: usize) -> Option<usize> {
    let at = number::skip_of(reader, number::skip_hyphen(reader, at));
    if matches!(reader.mark(at), Some('%' | '٪')) {
        return Some(at + 1);
    }
    reader.meaning(at, Class::Percent).map(|(_, end)| end)
}

fn unit(reader: &Reader, at: usize) -> Option<String> {
    let start = number::skip_of(reader, number::skip_hyphen(reader, at));
    // up to two adjectives may stand between
    for at in start..start + 3 {
        if let Some((entry, _)) = reader.meaning(at, Class::Unit) {
            return Some(entry.value.to_string());
        }
        let passable = matches!(reader.shape(at)?, Shape::Lower | Shape::Capital) && !reader.any_of(at, NO_ADJECTIVES);
        if !passable {
            return None;
        }
    }
    None
}

/// What ends the search for a counted noun.
const NO_ADJECTIVES: &[Class] =
    &[Class::Marker, Class::And, Class::Clause, Class::Relative, Class::Negation, Class::Contact, Class::Say, Class::Future];

/// A number glued to a letter, a hyphen after a letter, a slash or a colon: COVID-19, F16, 5G, /1582513.
fn is_designator(reader: &Reader, at: usize) -> bool {
    if reader.shape(at) != Some(Shape::Number) || reader.spaced(at) || at == reader.start {
        return false;
    }
    let before = at - 1;
    match reader.mark(before) {
        None => true,
        Some('#' | '_' | '/' | '@' | '=' | '&' | '№' | '+' | '\\') => true,
        Some(':' | '.' | ',' | '\'') => !reader.spaced(before) && reader.shape(before.wrapping_sub(1)).is_some(),
        Some(_) if reader.is_dash(before) => {
            !reader.spaced(before) && !matches!(reader.shape(before.wrapping_sub(1)), Some(Shape::Mark | Shape::Number) | None)
        }
        _ => false,
    }
}

/// Letters follow without a space: 5G, 3D, 20th. A unit is known and no letter of a name.
fn glued(reader: &Reader, end: usize) -> bool {
    match reader.shape(end) {
        Some(Shape::Mark) => {
            matches!(reader.mark(end), Some('/' | '_' | '+')) && !reader.spaced(end) && !reader.spaced(end + 1)
                || matches!(reader.mark(end), Some('.' | ',' | ':'))
                    && !reader.spaced(end)
                    && reader.shape(end + 1) == Some(Shape::Number)
                    && !reader.spaced(end + 1)
        }
        Some(_) => !reader.spaced(end) && !reader.any_of(end, &[Class::Unit]),
        None => false,
    }
}

/// "30. výročí", "das 75. Jahr".
fn is_ordinal(reader: &Reader, part: &Part) -> bool {
    part.number.plain_digits.is_some_and(|digits| digits <= 3)
        && reader.is_mark(part.end, '.')
        && !reader.spaced(part.end)
        && reader.spaced(part.end + 1)
        && matches!(reader.shape(part.end + 1), Some(Shape::Lower | Shape::Capital | Shape::Upper))
        && reader.conventions().stop_makes_ordinal
}
