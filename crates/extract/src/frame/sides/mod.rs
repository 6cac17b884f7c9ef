//! Who stands on which side of a cue.
//!
//! In: a cue with its clause and the parties of its sentence. Out: the acting side and the other, by
//! markers, order and discourse. Never: decides whether there was a contact.

mod noun;
mod telling;
mod verb;

use crate::cast::Cast;
use crate::clause::{self, Clause, Opener};
use crate::frame::rules::{Counts, Frame};
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Feature, Shape};
use chancery_model::ContactKind;
pub(super) use noun::noun_sides;
use std::ops::Range;
pub(super) use telling::spoken_occasion;
pub(super) use verb::verb_sides;

/// Sides that a cue's slots found.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    /// Parties of the acting side, then of the other.
    pub(super) agents: Vec<usize>,
    pub(super) partners: Vec<usize>,
    /// Characters from the discourse.
    pub(super) agents_by_discourse: Vec<usize>,
    pub(super) partners_by_discourse: Vec<usize>,
    pub(super) vague: bool,
    /// Whether the other side are examples of many (several leaders, among them A and B).
    pub(super) listed: bool,
}

/// Parties of the clause before and after the cue, nearest first.
pub(super) fn around(page: &Page, cast: &Cast, cue: &Range<usize>, clause: &Clause, sentence: usize) -> (Vec<usize>, Vec<usize>) {
    let range = cast.in_sentence(sentence);
    // ..., a declarat reprezentanta MAE: whom the attribution at the end names only says so
    let says_so = |party: usize| {
        let start = cast.parties[party].words.start;
        cue.end < start
            && (start.saturating_sub(4).max(cue.end)..start).any(|word| {
                page.begins_hit(word)
                    && page.is(word, Class::Say)
                    && word > 0
                    && (page.is_comma(word - 1) || page.quote_of[word - 1].is_some())
                    && !(word..start).any(|between| page.is_comma(between))
            })
    };
    let usable = |party: &usize| {
        !says_so(*party) && can_take_part(page, cast, *party) && page.quote_of[cast.parties[*party].words.start] == page.quote_of[cue.start]
    };
    let mut before: Vec<usize> = range
        .clone()
        .filter(|party| cast.parties[*party].words.end <= cue.start && cast.parties[*party].words.start >= clause.words.start)
        .filter(|party| !clause::in_closed_relative(page, clause.words.start, &cast.parties[*party].words, cue.start))
        .filter(usable)
        .collect();
    before.reverse();
    // während A in Moskau B traf, protestierte C: the verb closes its clause
    let closed = page.pack.settings.verb_last && clause.opener != Opener::Start && page.is_comma(cue.end);
    let after = range
        .filter(|_| !closed)
        .filter(|party| cast.parties[*party].words.start >= cue.end && cast.parties[*party].words.start < clause.words.end)
        .filter(|party| !next_clause(page, cue.end..cast.parties[*party].words.start))
        .filter(usable)
        .collect();
    (before, after)
}

/// A comma and, behind it, a verb to come or of saying, or a day and a verb: what follows belongs to that one (…, chybět bude Putin;
/// …, am Mittwoch sprach er mit B).
fn next_clause(page: &Page, between: Range<usize>) -> bool {
    let day =
        |word: usize| page.quantity_of.get(word).copied().flatten().filter(|_| page.is(word, Class::Weekday) || page.is(word, Class::Day));
    let next_day = |comma: usize| {
        let quantity = (comma + 1..(comma + 3).min(between.end)).find_map(day)?;
        let verb = page.quantities[quantity].words.end;
        let verbs = [Class::Contact, Class::Say, Class::Light];
        let unknown = page.shape(verb) == Shape::Lower && page.hits.at(verb).is_none();
        (unknown || verbs.iter().any(|class| page.is(verb, *class))).then_some(verb)
    };
    between.clone().filter(|word| page.is_comma(*word)).any(|comma| next_day(comma).is_some_and(|verb| verb < between.end))
        || between
            .clone()
            .find(|word| page.is_comma(*word))
            .is_some_and(|comma| (comma..between.end).any(|word| page.is(word, Class::Future) || page.is(word, Class::Say)))
}

/// Whether a party can take part in a contact at all.
pub(super) fn can_take_part(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    if found.apposed || matches!(found.head, Head::Pronoun) {
        return false;
    }
    // the head of the ministry (EDA), ...: an acronym in brackets
    let bracketed = found.words.start > 0 && page.mark(found.words.start - 1) == Some('(') && page.mark(found.words.end) == Some(')');
    if bracketed && matches!(found.head, Head::Body | Head::Organization) {
        return false;
    }
    // the Nato-Gipfel, the Ukraine-Krieg
    if matches!(found.head, Head::State | Head::Organization)
        && page.mark(found.words.end) == Some('-')
        && !page.spaced(found.words.end)
        && !page.spaced(found.words.end + 1)
    {
        return false;
    }
    // according to the presidency
    let credited = (found.words.start.saturating_sub(2)..found.words.start)
        .any(|word| page.is(word, Class::According) || page.is(word, Class::Credit));
    if credited && matches!(found.head, Head::Body | Head::State | Head::Organization | Head::Delegates) {
        return false;
    }
    let no_party = |state: &String| {
        page.reference.organization(state).is_some_and(|organization| !organization.party && organization.part_of.is_none())
            && page.reference.state(state).is_none()
    };
    if found.head == Head::Organization && (found.states.iter().all(no_party) || on_the_sidelines(page, found.words.start)) {
        return false;
    }
    // echipa României, the team of Germany
    let before = (found.words.start.saturating_sub(3)..found.words.start)
        .rev()
        .find(|word| !page.is(*word, Class::Article) && !page.marks(*word, "of"));
    if matches!(found.head, Head::State | Head::Organization | Head::Delegates)
        && before.is_some_and(|word| page.is(word, Class::Nonstate))
        && !page.is_comma(found.words.start.saturating_sub(1))
    {
        return false;
    }
    let after = found.words.end;
    // the Russian company, the German opposition
    let nonstate = (after..after + 2).any(|word| page.is(word, Class::Nonstate))
        && matches!(found.head, Head::State | Head::Organization | Head::Delegates);
    let described_after = found.adjective && page.shape(after) == Shape::Lower && page.hits.at(after).is_none();
    !(nonstate || described_after && found.states.len() < 2)
}

/// Whether a word names the occasion on whose margins something else happens.
pub(super) fn on_the_sidelines(page: &Page, word: usize) -> bool {
    let start = page.cut.sentences[page.sentence_of(word)].words.start;
    (word.saturating_sub(7).max(start)..word)
        .rev()
        .take_while(|before| !page.is_comma(*before))
        .any(|before| page.is(before, Class::Sideline))
}

/// Parties whose marker is among `markers`; an empty one stands for no marker.
pub(super) fn stands_under(cast: &Cast, party: usize, markers: &[String]) -> bool {
    let found = &cast.parties[party];
    if found.markers.is_empty() {
        return markers.iter().any(String::is_empty);
    }
    // a word may be a marker of several kinds; one that fits is enough
    found.markers.iter().any(|marker| markers.contains(marker))
}

/// The whole list in which a party stands, in order of words.
pub(super) fn list_of(cast: &Cast, party: usize, among: &[usize]) -> Vec<usize> {
    let group = cast.parties[party].group;
    let mut list: Vec<usize> = among.iter().copied().filter(|other| cast.parties[*other].group == group).collect();
    list.sort_unstable();
    list
}

/// A state alone is a side only where no preposition of place makes it a place.
pub(super) fn is_place_only(cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    matches!(found.head, Head::State | Head::Group)
        && (found.marked("in") || found.marked("at") || found.marked("from"))
        && !found.marked("with")
}

/// The word before a party's preposition and articles.
pub(super) fn found_before(page: &Page, cast: &Cast, party: usize) -> Option<usize> {
    let start = cast.parties[party].words.start;
    (start.saturating_sub(4)..start).rev().find(|word| !page.is(*word, Class::Article) && !page.is(*word, Class::Marker))
}

pub(super) fn is_verb_cue(page: &Page, word: usize) -> bool {
    let contact = || page.entries(word).filter(|entry| entry.class == Class::Contact);
    let noun = contact().any(|entry| entry.value.ends_with(".noun"));
    page.begins_hit(word) && contact().any(|entry| !(entry.value.ends_with(".noun") || noun && entry.is(Feature::Gerund)))
}

/// Whether a light verb (held, had) stands in the sentence between the subject and the noun or after both.
pub(super) fn governs_noun(page: &Page, cue: &Range<usize>) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(cue.start)].words.clone();
    sentence.into_iter().any(|word| page.is(word, Class::Light))
}

/// Whether the noun's own parties already make a contact.
pub(super) fn complete(cast: &Cast, sides: &Sides, frame: &Frame) -> bool {
    if frame.counts == Counts::Agent {
        return !sides.agents.is_empty();
    }
    if frame.kind == ContactKind::Letter
        && sides.partners.is_empty()
        && sides.agents.iter().all(|party| cast.parties[*party].marked("from"))
    {
        return false;
    }
    let mut states: Vec<&String> = sides.agents.iter().chain(&sides.partners).flat_map(|party| &cast.meanings[*party].states).collect();
    states.sort();
    states.dedup();
    states.len() >= 2
        && (!sides.partners.is_empty()
            || sides.agents.len() >= 2
            || sides.agents.iter().any(|party| cast.parties[*party].plural || cast.parties[*party].adjective))
        && !(sides.agents.is_empty())
}
