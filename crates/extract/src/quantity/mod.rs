//! Dates, numbers, amounts of money and percentages of a text.
//!
//! In: a text cut into words, and what its lexicon found there. Out: quantities in order, with their words.
//! Never: what a quantity is about; a number is no figure until a frame makes it one. No language's words.

mod amount;
mod calendar;
mod currency;
mod date;
mod expression;
mod number;
mod reader;
mod relative;
mod resolve;
#[cfg(test)]
mod tests;

pub use date::{Calendar, DateExpression, Lean, MonthOf, Point, Resolved, Unit, YearOf};

use chancery_language::pack::Settings;
use chancery_language::{Class, Hits, Matcher, Shape, Text};
use chancery_model::Span;
use reader::Reader;
use std::ops::Range;

/// Something counted, measured or dated.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// Its words.
    pub words: Range<usize>,
    /// Where they stand.
    pub span: Span,
    /// What it is.
    pub kind: QuantityKind,
}

/// What a quantity says.
#[derive(Clone, PartialEq, Debug)]
pub enum QuantityKind {
    /// Money.
    Amount {
        /// Plain number.
        value: f64,
        /// ISO 4217.
        currency: String,
    },
    /// Percent, or percentage points.
    Percent {
        /// Plain number.
        value: f64,
    },
    /// A plain number.
    Number {
        /// Plain number.
        value: f64,
        /// Whether a scale word (thousand, million) was used.
        scaled: bool,
        /// `count:<noun>`, where the noun after it is one that the pack counts.
        unit: Option<String>,
    },
    /// A time.
    Date(DateExpression),
}

/// Every quantity of a text, in order; they share no word.
pub fn quantities(text: &str, cut: &Text, hits: &Hits, matcher: &Matcher, settings: &Settings) -> Vec<Quantity> {
    let inner = reader::inner_hits(text, cut, hits, matcher);
    let mut reader = Reader::new(text, cut, hits, matcher, settings, &inner);
    let mut found = Vec::new();
    for line in &cut.paragraphs {
        (reader.start, reader.limit) = (line.start, line.end);
        let mut at = line.start;
        while at < line.end {
            let next = step(&reader, at, &mut found);
            at = next.max(at + 1);
        }
    }
    count_from_told(text, cut, found)
}

/// Sentences back in which the day stands that "the same day" counts from.
const TOLD_BEFORE: usize = 2;

/// Gives the dates that count from a day named before that day, and drops those that have none; a day in brackets is none.
fn count_from_told(text: &str, cut: &Text, found: Vec<Quantity>) -> Vec<Quantity> {
    let mut told: Option<(usize, Point)> = None;
    let mut kept = Vec::with_capacity(found.len());
    for mut quantity in found {
        if let QuantityKind::Date(date) = &mut quantity.kind {
            let first = quantity.words.start;
            let sentence = cut.sentences.partition_point(|sentence| sentence.words.end <= first);
            let near = told.as_ref().filter(|(at, _)| at + TOLD_BEFORE >= sentence);
            if !date.count_from(near.map(|(_, point)| point)) {
                continue;
            }
            let bracketed = first > 0 && cut.words[first - 1].span.of(text) == "(";
            if let Some(point) = date.named_day().filter(|_| !bracketed) {
                told = Some((sentence, point.clone()));
            }
        }
        kept.push(quantity);
    }
    kept
}

/// Reads what begins at a word; returns where to go on.
fn step(reader: &Reader, at: usize, found: &mut Vec<Quantity>) -> usize {
    let (time, number) = beginnings(reader, at);
    if !time && !number {
        return at + 1;
    }
    if number && let Some(end) = expression::clock(reader, at) {
        return end;
    }
    if time && let Some((expressions, end)) = expression::expression(reader, at) {
        for (expression, words) in expressions {
            if let Some(span) = reader.cut.span(&words) {
                found.push(Quantity { words, span, kind: QuantityKind::Date(expression) });
            }
        }
        return end;
    }
    if number && let Some((quantities, end)) = amount::quantities(reader, at) {
        found.extend(quantities);
        return end;
    }
    if reader.shape(at) == Some(Shape::Number) { past_number(reader, at) } else { at + 1 }
}

/// Past figures that are no number, with what is glued to them: 28.2.14.3, COVID-19.
fn past_number(reader: &Reader, at: usize) -> usize {
    let mut end = at + 1;
    while reader.holds(end)
        && !reader.spaced(end)
        && (reader.shape(end) == Some(Shape::Number) || !reader.spaced(end + 1) && reader.shape(end + 1) == Some(Shape::Number))
    {
        end += 1;
    }
    end
}

/// Whether a time and whether a number can begin at a word.
fn beginnings(reader: &Reader, at: usize) -> (bool, bool) {
    match reader.shape(at) {
        None => (false, false),
        Some(Shape::Number) => (true, true),
        Some(Shape::Mark) => {
            let begins = currency::symbol(reader, at).is_some() || reader.is_dash(at) || reader.any_of(at, &[Class::Currency]);
            (reader.any_of(at, &[Class::Period]), begins)
        }
        Some(shape) => {
            let (time, number) = reader.begins(at);
            let number = number
                || shape != Shape::Lower
                    && (reader.is_mark(at + 1, '$') || currency::code(reader.word(at)).is_some() || reader.word(at) == "U");
            (time, number)
        }
    }
}
