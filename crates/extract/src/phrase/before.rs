//! What leads to the head of a noun phrase: states, adjectives and names before it.
//!
//! In: the atoms of a sentence. Out: whether those at a place belong to a head behind them, or stand for themselves. Never: makes a party.

use crate::atom::{Atom, Kind};
use crate::page::Page;
use chancery_language::{Class, Feature};
use std::ops::Range;

/// The Iran-US talks: states joined by hyphens.
pub(super) fn states_joined<'p>(atoms: &[Atom<'p>], at: usize) -> Vec<&'p str> {
    joined_by_hyphens(atoms, at, |kind| match kind {
        Kind::StateNoun(state) | Kind::Organization(state) | Kind::StateAdjective(state) => Some(*state),
        _ => None,
    })
    .into_iter()
    .map(|(state, _)| state)
    .collect()
}

/// The Trump-Putin summit: names joined by hyphens.
pub(super) fn names_joined(atoms: &[Atom], at: usize) -> Vec<(usize, Range<usize>)> {
    joined_by_hyphens(atoms, at, |kind| match kind {
        Kind::Name(name) => Some(*name),
        _ => None,
    })
}

fn joined_by_hyphens<'p, T>(atoms: &[Atom<'p>], at: usize, read: impl Fn(&Kind<'p>) -> Option<T>) -> Vec<(T, Range<usize>)> {
    let mut joined = Vec::new();
    let mut next = at;
    while let Some((atom, value)) = atoms.get(next).and_then(|atom| Some((atom, read(&atom.kind)?))) {
        joined.push((value, atom.words.clone()));
        if !matches!(atoms.get(next + 1).map(|atom| &atom.kind), Some(Kind::Hyphen)) {
            break;
        }
        next += 2;
    }
    joined
}

/// Whether a capital stands for its government: no preposition, and a verb of saying or doing directly beside it or its list.
pub(super) fn speaks(page: &Page, atoms: &[Atom], at: usize) -> bool {
    let verbs = [Class::Say, Class::Commit, Class::Status, Class::Future, Class::Readiness];
    let verb = |atom: Option<&Atom>| atom.is_some_and(|atom| verbs.iter().any(|class| page.is(atom.words.start, *class)));
    let capital = |atom: Option<&Atom>| matches!(atom.map(|atom| &atom.kind), Some(Kind::Place(_, true)));
    let and = |atom: Option<&Atom>| matches!(atom.map(|atom| &atom.kind), Some(Kind::And));
    let before = at.checked_sub(1).map(|before| &atoms[before]);
    let marked = before.is_some_and(|atom| atom.marker && !atom.article || matches!(atom.kind, Kind::Comma | Kind::Place(..)));
    let listed = and(atoms.get(at + 1)) && capital(atoms.get(at + 2)) || and(before) && at >= 2 && capital(atoms.get(at - 2));
    // Washington and Tehran held talks
    let acts = |atom: Option<&Atom>| {
        verb(atom) || atom.is_some_and(|atom| page.is(atom.words.start, Class::Light) || page.is(atom.words.start, Class::Contact))
    };
    !marked && (verb(atoms.get(at + 1)) || verb(before) || listed && (acts(atoms.get(at + 3)) || acts(atoms.get(at + 1))))
}

/// Whether what follows an adjective shows that no noun does: a mark, a preposition, a conjunction or a verb that a pack knows.
pub(super) fn stands_alone(page: &Page, next: &Atom) -> bool {
    let word = next.words.start;
    let verbs = [Class::Say, Class::Contact, Class::Future, Class::Status, Class::Commit, Class::Light, Class::Negation];
    matches!(next.kind, Kind::Comma | Kind::And | Kind::Marker | Kind::Bracket)
        || verbs.iter().any(|class| page.is(word, *class))
        || matches!(page.mark(word), Some('.' | ':' | ';'))
}

/// In Japan: a state under a preposition of place owns no office that follows.
pub(super) fn placed(page: &Page, atoms: &[Atom], at: usize) -> bool {
    let genitive = matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Possessive | Kind::Hyphen));
    at.checked_sub(1).is_some_and(|before| {
        let word = atoms[before].words.start;
        (page.marks(word, "in") || page.marks(word, "at")) && !page.marks(word, "of") && !genitive
    })
}

/// Whether a state name stands before a head that it belongs to (Russia's foreign minister, US-Präsident, Kazakhstan President).
pub(super) fn leads_to_head(atoms: &[Atom], at: usize) -> bool {
    let mut next = at + 1;
    let joined = matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Possessive | Kind::Hyphen));
    if joined {
        next += 1;
    }
    // navštíví Rakousko polský prezident: another state's adjective begins another phrase
    let describes = |kind: &Kind| matches!(kind, Kind::Modifier) || joined && matches!(kind, Kind::StateAdjective(_));
    while atoms.get(next).is_some_and(|atom| describes(&atom.kind)) {
        next += 1;
    }
    // Azerbaijan's Ilham Aliyev
    let owned = matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Possessive));
    match atoms.get(next).map(|atom| &atom.kind) {
        Some(Kind::Head(_)) => true,
        Some(Kind::Name(_)) => owned && next == at + 2,
        _ => false,
    }
}

/// Whether a state name shares a plural head with the adjectives behind it.
pub(super) fn leads_to_heads(page: &Page, atoms: &[Atom], at: usize) -> bool {
    let kind = |at: usize| atoms.get(at).map(|atom| &atom.kind);
    let mut next = at + 1;
    while matches!(kind(next), Some(Kind::And | Kind::Comma)) && matches!(kind(next + 1), Some(Kind::StateAdjective(_))) {
        next += 2;
    }
    let plural = |atom: &Atom| {
        let word = atom.words.start;
        page.entries(word).any(|entry| entry.is(Feature::Plural) || entry.class == Class::Delegate && entry.value == "people")
    };
    next > at + 1 && matches!(kind(next), Some(Kind::Head(_))) && atoms.get(next).is_some_and(plural)
}

pub(super) fn next_is_adjective(atoms: &[Atom], mut at: usize) -> bool {
    while matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::And | Kind::Article)) {
        at += 1;
    }
    matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::StateAdjective(_)))
}

/// Lotay Tshering, Prime Minister of Bhutan, Mr Rajapaksa: an office behind a bare name and a comma is that name's.
pub(super) fn follows_name(page: &Page, atoms: &[Atom], start: usize) -> bool {
    let Some(comma) = start.checked_sub(1).filter(|before| matches!(atoms[*before].kind, Kind::Comma)) else { return false };
    let Some(name) = comma.checked_sub(1).filter(|before| matches!(atoms[*before].kind, Kind::Name(_))) else { return false };
    // the office before the name, perhaps with its state and a comma between
    let owner = (name.saturating_sub(8)..name).rev().find(|at| {
        let atom = &atoms[*at];
        let between = matches!(
            atom.kind,
            Kind::Title
                | Kind::Comma
                | Kind::StateNoun(_)
                | Kind::StateAdjective(_)
                | Kind::Organization(_)
                | Kind::Article
                | Kind::Modifier
        );
        !between && !atom.of && !atom.marker
    });
    owner.is_none_or(|at| {
        let head = matches!(atoms[at].kind, Kind::Head(_)) || page.is(atoms[at].words.start, Class::Office);
        // in a list of names with their offices behind them, that office is the name's before it
        !head || follows_name(page, atoms, at)
    })
}
