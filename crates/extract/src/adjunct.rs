//! The place and the day directly beside a phrase: met A in Moscow on Friday, B on Monday in Beijing.
//!
//! In: a page and where the phrase ends or begins. Out: the place, the day, and where they end. Never: crosses a comma, a conjunction or a verb.

use crate::page::Page;
use crate::place::Spot;
use crate::quantity::{DateExpression, QuantityKind};
use chancery_language::Class;

/// Prepositions of place.
const WITHIN: &[&str] = &["in", "at", "on"];

/// A place and a day beside a phrase.
#[derive(Default)]
pub(crate) struct Beside<'p> {
    pub spot: Option<Spot>,
    pub date: Option<&'p DateExpression>,
    /// The word behind them; the phrase's end where there are none.
    pub end: usize,
}

/// The place and the day directly behind a phrase, in whatever order.
pub(crate) fn behind<'p>(page: &'p Page<'_>, end: usize) -> Beside<'p> {
    let mut found = Beside { end, ..Beside::default() };
    loop {
        let word = found.end;
        let link = usize::from(is_link(page, word));
        if let Some((date, after)) = day_at(page, word + link).filter(|_| found.date.is_none()) {
            found.date = Some(date);
            found.end = after;
        } else if let Some(spot) = spot_at(page, word + 1).filter(|_| found.spot.is_none() && placed(page, word)) {
            found.spot = Some(spot);
            found.end = page.hit_end(word + 1);
        } else {
            return found;
        }
    }
}

/// The place directly before a phrase and its preposition (in Cairo with A).
pub(crate) fn place_before(page: &Page, start: usize) -> Option<Spot> {
    let linked = |word: &usize| page.is(*word, Class::Marker) || page.is(*word, Class::Article);
    let last = (start.saturating_sub(3)..start).rev().find(|word| !linked(word))?;
    let first = page.hits.at(last).map(|hit| page.hits.hits[hit].words.start)?;
    let spot = spot_at(page, first)?;
    (last + 1 < start && placed(page, first.checked_sub(1)?)).then_some(spot)
}

fn is_link(page: &Page, word: usize) -> bool {
    page.mark(word).is_none() && (page.is(word, Class::Time) || page.is(word, Class::Marker)) && page.quantity_of.get(word) == Some(&None)
}

fn placed(page: &Page, word: usize) -> bool {
    WITHIN.iter().any(|value| page.marks(word, value))
}

fn spot_at(page: &Page, word: usize) -> Option<Spot> {
    let (name, country) = page.entry(word, Class::Place).filter(|_| page.begins_hit(word))?.value.rsplit_once(", ")?;
    Some(Spot { name: Some(name.to_owned()), country: Some(country.to_owned()) })
}

fn day_at<'p>(page: &'p Page<'_>, word: usize) -> Option<(&'p DateExpression, usize)> {
    let quantity = page.quantity_of.get(word).copied().flatten().map(|quantity| &page.quantities[quantity])?;
    match &quantity.kind {
        QuantityKind::Date(date) if date.weekday().is_some() || date.month_day().is_some() => Some((date, quantity.words.end)),
        _ => None,
    }
}
