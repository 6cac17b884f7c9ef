//! The other side of a cue, one by one.
//!
//! In: sides, the cast. Out: counterparts state by state, and whether they were met one after the other. Never: makes a contact of them.

use super::occurrence::Occurrence;
use crate::adjunct;
use crate::cast::Cast;
use crate::frame::sides::Sides;
use crate::page::Page;
use crate::party::Head;
use crate::place::Spot;
use crate::quantity::{DateExpression, Lean, QuantityKind};
use crate::when::Dated;
use chancery_language::Class;
use chancery_model::Role;

/// One of several on the other side of a verb.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Counterpart {
    pub state: String,
    /// Characters that stand for the state there.
    pub people: Vec<usize>,
    /// Where, if words directly behind them say so.
    pub spot: Option<Spot>,
    /// When, if words directly beside them say so.
    pub date: Option<Dated>,
}

/// Whether counterparts, ambassadors and those who have each a preposition of his own come one by one.
pub(super) fn come_one_by_one(page: &Page, cast: &Cast, sides: &Sides) -> bool {
    let called_so = sides.partners.iter().any(|party| {
        let found = &cast.parties[*party];
        found.plural && found.head == Head::Counterpart
            || found.role == Some(Role::Ambassador) && (found.plural || sides.partners.len() > 1)
    });
    let each_marked = sides.partners.len() > 1
        && sides.partners.windows(2).all(|pair| {
            let gap = cast.parties[pair[0]].words.end..cast.parties[pair[1]].words.start;
            gap.clone().any(|word| page.is(word, Class::Marker)) && gap.len() <= 4
        });
    called_so || sides.listed || each_marked
}

/// One side of a verb, state by state; empty where somebody's state is not known or a whole group is named.
pub(super) fn counterparts(
    occurrence: &Occurrence,
    cast: &Cast,
    side: &[usize],
    people: &[usize],
    apart: bool,
    lean: Lean,
) -> Vec<Counterpart> {
    let page = occurrence.known.page;
    let mut found: Vec<Counterpart> = Vec::new();
    for party in side {
        let meaning = &cast.meanings[*party];
        let several = meaning.states.len() > 1;
        if meaning.states.is_empty() || cast.parties[*party].head == Head::Group {
            return Vec::new();
        }
        for state in &meaning.states {
            let stands_for = |person: &&usize| !several || cast.states_of(**person).first() == Some(state);
            let people: Vec<usize> = meaning.people.iter().filter(stands_for).filter(|person| people.contains(person)).copied().collect();
            let known = found.iter_mut().find(|one| one.state == *state && !apart && !(is_top(cast, &one.people) && is_top(cast, &people)));
            match known {
                Some(one) => one.people.extend(people),
                None => {
                    let date = date_beside(page, cast, *party).and_then(|date| occurrence.known.calendar.resolve(page, cast, date, lean));
                    found.push(Counterpart { state: state.clone(), people, spot: spot_beside(page, cast, side, *party), date });
                }
            }
        }
    }
    found
}

/// Met A on Tuesday and B on Wednesday, am Dienstag A und am Mittwoch B: the day directly behind or before a party.
fn date_beside<'p>(page: &'p Page<'_>, cast: &Cast, party: usize) -> Option<&'p DateExpression> {
    let words = &cast.parties[party].words;
    let date = |word: usize| {
        let quantity = page.quantity_of.get(word).copied().flatten().map(|quantity| &page.quantities[quantity])?;
        match &quantity.kind {
            QuantityKind::Date(date) if date.weekday().is_some() || date.month_day().is_some() => Some(date),
            _ => None,
        }
    };
    let plain = |word: &usize| page.mark(*word).is_none() && !page.is(*word, Class::And);
    let behind = adjunct::behind(page, words.end).date;
    behind.or_else(|| (words.start.saturating_sub(3)..words.start).rev().take_while(plain).find_map(date))
}

/// Met A in Moscow, B in Beijing: the place directly behind a party; in Cairo with A, in Amman with B: where none has one, that before it.
fn spot_beside(page: &Page, cast: &Cast, side: &[usize], party: usize) -> Option<Spot> {
    let behind = |party: usize| adjunct::behind(page, cast.parties[party].words.end).spot;
    let none = || side.len() > 1 && side.iter().all(|party| behind(*party).is_none());
    behind(party).or_else(|| none().then(|| adjunct::place_before(page, cast.parties[party].words.start)).flatten())
}

/// Whether somebody is of the first in his state: a president and a prime minister are met one after the other.
pub(super) fn is_top(cast: &Cast, people: &[usize]) -> bool {
    let tops = [Role::President, Role::Monarch, Role::HeadOfState, Role::PrimeMinister];
    people.iter().any(|person| cast.characters[*person].offices.iter().any(|(office, _)| tops.contains(&office.role)))
}
