//! Whom somebody tells of an occasion.
//!
//! In: a word in its sentence. Out: the preposition of what is told of, who tells and whom. Never: makes a contact of them.

use super::can_take_part;
use crate::cast::Cast;
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Entry, Feature};
use std::ops::Range;

/// Words between the preposition of what is told of and the noun that names it.
const REACH: usize = 7;

/// Who tells and whom: A informed B about his talks with C.
pub(in crate::frame) struct Telling {
    /// The party that tells, where the clause names it.
    pub(in crate::frame) teller: Option<usize>,
    /// Those who are told.
    pub(in crate::frame) told: Vec<usize>,
}

/// The preposition that makes the noun of an occasion what is spoken of (about the outcome of the talks, on his meeting).
pub(in crate::frame) fn topic(page: &Page, noun: usize) -> Option<usize> {
    let start = page.cut.sentences[page.sentence_of(noun)].words.start;
    let passed = |word: &usize| {
        let verbs = [Class::Say, Class::Light, Class::Clause, Class::That];
        page.mark(*word).is_none_or(|mark| mark == '-') && !verbs.iter().any(|class| page.is(*word, *class))
    };
    let before: Vec<usize> = (noun.saturating_sub(REACH).max(start)..noun).rev().take_while(passed).collect();
    let about = before.iter().copied().find(|word| page.marks(*word, "about"));
    // (a preposition of many meanings stands directly before the noun and what describes it)
    about.or_else(|| before.iter().copied().take(3).find(|word| page.marks(*word, "on") || page.marks(*word, "of")))
}

/// The first occasion that somebody speaks of among words: its preposition.
pub(in crate::frame) fn spoken_occasion(page: &Page, words: Range<usize>) -> Option<usize> {
    let noun = |word: &usize| page.begins_hit(*word) && page.has_feature(*word, Class::Contact, Feature::Noun);
    let about = |word: usize| topic(page, word).filter(|topic| page.marks(*topic, "about") && words.contains(topic));
    words.clone().filter(noun).find_map(about)
}

/// The verb of telling before a word, with those whom it parts: nobody where it has no object there.
pub(in crate::frame) fn telling(page: &Page, cast: &Cast, before: usize) -> Option<Telling> {
    let sentence = page.sentence_of(before);
    let start = page.cut.sentences[sentence].words.start;
    let verb = (start..before).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Say))?;
    let end = page.hit_end(verb);
    // (by telephone: how it was told)
    let occasion =
        |word: usize| page.begins_hit(word) && page.is(word, Class::Contact) && !page.has_feature(word, Class::Contact, Feature::Weak);
    if page.quote_of[verb] != page.quote_of[before] || page.edges.open_within(end..before) || (end..before).any(occasion) {
        return None;
    }
    let usable = |party: &usize| {
        let found = &cast.parties[*party];
        let able = can_take_part(page, cast, *party) && !cast.meanings[*party].states.is_empty();
        able && !found.possessive && !found.adjective && page.quote_of[found.words.start] == page.quote_of[verb]
    };
    let object = |party: &usize| {
        let found = &cast.parties[*party];
        let bound = found.words.start >= end && found.words.end <= before;
        bound && (found.markers.is_empty() || found.markers.iter().any(|marker| marker == "to"))
    };
    let behind: Vec<usize> = cast.in_sentence(sentence).filter(|party| usable(party) && object(party)).collect();
    let first = *behind.first()?;
    let acts = |party: &usize| {
        let found = &cast.parties[*party];
        let pronoun = found.head == Head::Pronoun && matches!(found.pronoun, Some((_, false)));
        let near = found.words.end <= verb && !page.edges.open_within(found.words.end..verb);
        near && found.markers.is_empty() && !found.oblique && (pronoun || usable(party))
    };
    let teller = cast.in_sentence(sentence).rev().find(acts);
    let gerund = page.entries(verb).filter(|entry| entry.class == Class::Say).all(|entry: &Entry| entry.is(Feature::Gerund));
    if teller.is_some() || gerund {
        return Some(Telling { teller, told: behind });
    }
    // informierte A den Präsidenten B: the subject directly behind its verb
    let group = cast.parties[first].group;
    let (own, others): (Vec<usize>, Vec<usize>) = behind.iter().partition(|party| cast.parties[**party].group == group);
    let object_only = |party: &usize| cast.parties[*party].oblique || !cast.parties[*party].markers.is_empty();
    if own.iter().all(object_only) {
        let teller = others.iter().copied().find(|party| !object_only(party));
        return Some(Telling { teller, told: own });
    }
    (!others.is_empty()).then_some(Telling { teller: Some(first), told: others })
}
