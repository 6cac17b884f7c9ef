//! Hopes and requests: what is arranged already and only hoped to bear fruit, and what somebody else is only asked to do.
//!
//! In: the clause of a cue. Out: whether it is one of these. Never: decides a status.

use crate::clause::{Clause, Opener};
use crate::page::Page;
use crate::quantity::QuantityKind;
use chancery_language::{Class, Entry, Feature, Shape};
use std::ops::Range;

/// Words between a hope and the noun at the head of what is hoped.
const HEAD: usize = 9;

/// Words between one who asks and what he asks for.
const ASKED: usize = 9;

/// Hopes that his visit to Paris on Friday will boost trade: the noun is the subject of the hope, it is somebody's own, and its day is
/// told before the verb; not: that his visit on Friday takes place.
pub(super) fn expects_of(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    let start = page.cut.sentences[page.sentence_of(cue.start)].words.start;
    let describes =
        [Class::Article, Class::Office, Class::State, Class::Modifier, Class::Title, Class::Pronoun, Class::Person, Class::That];
    let plain = |word: &usize| {
        let named = page.shape(*word) == Shape::Capital || page.mark(*word) == Some('\'') || page.mark(*word) == Some('’');
        // (Macron's visit)
        let ending = *word > start && matches!(page.mark(*word - 1), Some('\'' | '’'));
        named || ending || page.is(*word, Class::Hypothetical) || describes.iter().any(|class| page.is(*word, *class))
    };
    let before = (cue.start.saturating_sub(HEAD).max(start)..cue.start).rev().take_while(plain);
    let head: Vec<usize> = before.collect();
    let Some(hope) = head.iter().copied().find(|word| page.is(*word, Class::Hypothetical)) else { return false };
    let named = |word: &usize| *word > hope && !page.is(*word, Class::Hypothetical) && !page.is(*word, Class::That);
    let owned = |word: &usize| page.has_feature(*word, Class::Pronoun, Feature::Possessive) || page.shape(*word) == Shape::Capital;
    let dated = |word: usize| page.quantity_of[word].is_some_and(|at| matches!(page.quantities[at].kind, QuantityKind::Date(_)));
    let verb = |word: &usize| {
        [Class::Light, Class::Future, Class::Status, Class::Hypothetical, Class::Negation].iter().any(|class| page.is(*word, *class))
    };
    let behind = cue.end..clause.words.end;
    let closes = behind.clone().find(verb).unwrap_or(clause.words.end);
    let carried = behind.clone().any(|word| page.is(word, Class::Light) || page.is(word, Class::Status) || page.is(word, Class::Negation));
    let unsure = (cue.start..clause.words.end).any(|word| page.is(word, Class::Hypothetical));
    // (a date at the end of the clause is the verb's)
    let told = (cue.end..closes).find(|word| dated(*word));
    let followed = told.is_some_and(|day| (day..clause.words.end).any(|word| !dated(word) && page.shape(word) == Shape::Lower));
    head.iter().filter(|word| named(word)).any(owned) && followed && !carried && !unsure
}

/// Urged that the two meet, asked him to visit Kyiv: a verb of asking governs what somebody else is to do.
pub(super) fn is_asked(page: &Page, clause: &Clause, cue: &Range<usize>, cues: &[&Entry]) -> bool {
    if !cues.iter().any(|entry| entry.is(Feature::Infinitive)) {
        return false;
    }
    let start = page.cut.sentences[page.sentence_of(cue.start)].words.start;
    let proposes = |word: usize| page.entries(word).any(|entry| entry.class == Class::Commit && entry.value == "proposed");
    let opened = clause.words.start;
    let that = clause.opener == Opener::Conjunction && opened > start && page.is(opened - 1, Class::That);
    if that && (opened.saturating_sub(4).max(start)..opened - 1).any(proposes) {
        return true;
    }
    // (asked President Macron to visit: only whoever is asked stands between)
    let describes =
        [Class::Article, Class::Office, Class::State, Class::Modifier, Class::Title, Class::Pronoun, Class::Person, Class::Time];
    let party = |word: &usize| {
        page.shape(*word) == Shape::Capital || page.quantity_of[*word].is_some() || describes.iter().any(|class| page.is(*word, *class))
    };
    let linked = |word: usize| page.marks(word, "to") || page.is(word, Class::Purpose);
    let to = if cue.start > start && linked(cue.start - 1) { cue.start - 1 } else { cue.start };
    let before: Vec<usize> = (to.saturating_sub(ASKED).max(start)..to).rev().take_while(party).collect();
    let Some(last) = before.last().copied().filter(|word| *word > start) else { return false };
    let asks = |word: usize| {
        page.entries(word)
            .any(|entry| entry.class == Class::Say && matches!(entry.value.as_str(), "ask" | "tell") && !entry.is(Feature::Passive))
    };
    asks(last - 1)
}
