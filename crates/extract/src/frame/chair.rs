//! Who chairs an organization: the state beside the word, or its subject.
//!
//! In: a word that says so, the parties of its sentence. Out: a state and its words. Never: a state that stands under another word.

use crate::cast::Cast;
use crate::clause::{self, Opener};
use crate::page::Page;
use crate::party::{Head, Party};
use chancery_language::{Class, Entry, Feature};
use std::ops::Range;

/// Words before the chair within which the state stands whose it is (the Czech EU Council presidency).
const BEFORE: usize = 5;

/// Words behind it within which a genitive stands (the presidency of the Council of the EU by Portugal).
const BEHIND: usize = 6;

/// The state that holds a chair, and its words.
pub(super) fn holder(page: &Page, cast: &Cast, sentence: usize, chair: &Range<usize>) -> Option<(String, Range<usize>)> {
    described(page, cast, sentence, chair).or_else(|| owner(page, cast, sentence, chair)).or_else(|| subject(page, cast, sentence, chair))
}

/// The Czech presidency, a presidência brasileira: an adjective directly beside the word.
fn described(page: &Page, cast: &Cast, sentence: usize, chair: &Range<usize>) -> Option<(String, Range<usize>)> {
    let start = page.cut.sentences[sentence].words.start;
    let adjective = |word: usize| {
        let of_state = |entry: &&Entry| entry.class == Class::State && entry.is(Feature::Adjective);
        // (to the summit presided the Uzbek president: of another noun)
        let of_office = cast.in_sentence(sentence).any(|party| {
            let found = &cast.parties[party];
            found.words.contains(&word) && !(found.head == Head::State && found.adjective)
        });
        let state = page.entries(word).find(of_state).filter(|_| !of_office);
        state.map(|entry| entry.value.to_string()).filter(|state| is_state(page, state))
    };
    let beside = |word: &usize| !breaks(page, *word);
    let before = (chair.start.saturating_sub(BEFORE).max(start)..chair.start).rev().take_while(beside);
    let behind = (chair.end..chair.end + 2).take_while(beside);
    before.chain(behind).find_map(|word| Some((adjective(word)?, word..page.hit_end(word))))
}

/// Brazil's G20 presidency, the presidency of the Council by Portugal: a state in the genitive, or without a preposition directly behind
/// the word.
fn owner(page: &Page, cast: &Cast, sentence: usize, chair: &Range<usize>) -> Option<(String, Range<usize>)> {
    let before = |party: &Party| {
        let gap = party.words.end..chair.start;
        party.possessive && party.words.end <= chair.start && gap.len() <= BEFORE && !gap.clone().any(|word| breaks(page, word))
    };
    let behind = |party: &Party| {
        let gap = chair.end..party.words.start;
        let linked = party.marked("of") || party.marked("by");
        let reach = if linked { BEHIND } else { 2 };
        let free = linked || party.markers.is_empty();
        free && party.words.start >= chair.end && gap.len() <= reach && !gap.clone().any(|word| breaks(page, word))
    };
    let mut parties = cast.in_sentence(sentence).filter(|party| states(page, cast, *party));
    let party = parties.find(|party| before(&cast.parties[*party]) || behind(&cast.parties[*party]))?;
    named(page, cast, party)
}

/// Laos holds the chair; with Portugal, which holds it: the subject of the clause, or whom a relative clause describes.
fn subject(page: &Page, cast: &Cast, sentence: usize, chair: &Range<usize>) -> Option<(String, Range<usize>)> {
    // (spoke on the presidency: what stands under a preposition has no subject, but for the holder of the presidency)
    let describes = [Class::Article, Class::Modifier, Class::Pronoun, Class::Organization];
    let start = page.cut.sentences[sentence].words.start;
    let governor =
        (chair.start.saturating_sub(4).max(start)..chair.start).rev().find(|word| !describes.iter().any(|class| page.is(*word, *class)));
    if governor.is_some_and(|word| page.is(word, Class::Marker) && !page.marks(word, "of")) {
        return None;
    }
    let clause = clause::around(page, chair);
    let free = |party: &Party| party.markers.is_empty() && !party.possessive && !party.oblique;
    let within = |party: &Party| party.words.start >= clause.words.start && party.words.end <= chair.start && free(party);
    let described = |party: &Party| {
        clause.opener == Opener::Relative && party.words.end <= clause.words.start && party.words.end + 2 >= clause.words.start
    };
    let parties = || cast.in_sentence(sentence).filter(|party| states(page, cast, *party));
    let before = parties().rev().find(|party| within(&cast.parties[*party]) || described(&cast.parties[*party]));
    // den Vorsitz übernimmt Polen: the only state of the sentence, behind the verb
    let behind = || {
        let mut all = parties();
        all.next()
            .filter(|party| free(&cast.parties[*party]) && clause.words.contains(&cast.parties[*party].words.start) && all.next().is_none())
    };
    named(page, cast, before.or_else(behind)?)
}

/// Whether a party is a state by its noun, and no organization.
fn states(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    found.head == Head::State && !found.adjective && cast.meanings[party].states.iter().any(|state| is_state(page, state))
}

fn is_state(page: &Page, state: &str) -> bool {
    page.reference.state(state).is_some() && page.reference.organization(state).is_none()
}

fn named(page: &Page, cast: &Cast, party: usize) -> Option<(String, Range<usize>)> {
    let state = cast.meanings[party].states.iter().find(|state| is_state(page, state))?;
    Some((state.clone(), cast.parties[party].words.clone()))
}

/// A mark, or a word that begins another phrase or says what somebody does.
fn breaks(page: &Page, word: usize) -> bool {
    let classes = [Class::Say, Class::Contact, Class::Light, Class::Commit, Class::And, Class::Future];
    page.mark(word).is_some_and(|mark| mark != '-') || classes.iter().any(|class| page.begins_hit(word) && page.is(word, *class))
}
