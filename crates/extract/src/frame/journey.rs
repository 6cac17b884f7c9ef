//! Journeys: who travels to a conference, and where a guest goes whose destination nobody names.
//!
//! In: the sides of a cue. Out: travellers, the host's state. Never: makes a contact.

use super::sides::{Sides, verb_sides};
use crate::cast::Cast;
use crate::clause::{self, Clause};
use crate::discourse;
use crate::frame::rules::{Counts, Frame, Frames};
use crate::page::Page;
use crate::party::Head;
use crate::place;
use chancery_language::{Class, Entry, Feature};
use std::ops::Range;

/// Paid a courtesy visit to the prime minister: a meeting with him, and no journey.
pub(super) fn calls_on(page: &Page, cast: &Cast, cue: &Entry, word: usize) -> bool {
    let end = page.hit_end(word);
    let whom = |party: usize| {
        let found = &cast.parties[party];
        let person = matches!(found.head, Head::Person | Head::Office | Head::Counterpart) && !found.plural && !found.possessive;
        let to = found.marked("to") && !found.marked("of");
        (end..end + 3).contains(&found.words.start) && to && person
    };
    // A visited President B
    let free = |party: usize| {
        let found = &cast.parties[party];
        found.markers.is_empty() && !found.possessive && !found.plural && !cast.meanings[party].people.is_empty()
    };
    // (navštíví Petr Pavel Slovensko: where a goal follows, who stands behind the verb travels)
    let goal = |word: usize| [Class::State, Class::Place].iter().any(|class| page.is(word, *class));
    let visits = |party: usize| {
        let found = &cast.parties[party].words;
        let goes_on = goal(found.end) || page.marks(found.end, "to") && goal(found.end + 1);
        free(party) && found.start == end && !goes_on && party > 0 && free(party - 1)
    };
    // A was visited on Monday by B: persons both
    let hosted = |party: usize| free(party) && cast.parties[party].words.end <= word && word < cast.parties[party].words.end + 4;
    let guest = |party: usize| {
        let found = &cast.parties[party];
        let person = matches!(found.head, Head::Person | Head::Office | Head::Counterpart) && !found.possessive;
        (end..end + 8).contains(&found.words.start) && found.marked("by") && person
    };
    let sentence = cast.in_sentence(page.sentence_of(word));
    if cue.value == "visit.go" && cue.is(Feature::Passive) && sentence.clone().into_iter().any(hosted) {
        return sentence.into_iter().any(guest);
    }
    match cue.value.as_str() {
        "visit.noun" | "meeting.noun" => sentence.into_iter().any(whom),
        "visit.go" => sentence.into_iter().skip(1).any(|party| visits(party) && cast.parties[party - 1].words.end <= word),
        _ => false,
    }
}

/// Flew to the summit in Vilnius: whoever travels to a conference is there.
pub(super) fn travellers(page: &Page, cast: &Cast, frames: &Frames, clause: &Clause, cue: &Range<usize>) -> Vec<usize> {
    let Some(verb) = clause::governing(page, clause, cue) else { return Vec::new() };
    let entries: Vec<&Entry> = page.entries(verb.words.start).filter(|entry| entry.class == Class::Contact).collect();
    let journey = entries.iter().find_map(|entry| frames.of(&entry.value).filter(|frame| frame.name == "contact.visit.go"));
    let Some(journey) = journey else { return Vec::new() };
    let around = clause::around(page, &verb.words);
    verb_sides(page, cast, journey, &verb.words, &around, &entries).agents
}

/// Took part in a summit with A and B: whoever attends it sits with them.
pub(super) fn attending(page: &Page, cast: &Cast, frames: &Frames, clause: &Clause, cue: &Range<usize>, sides: &mut Sides) {
    let before = (clause.words.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Contact));
    let Some(word) = before.filter(|word| cue.start - word <= 6) else { return };
    let entries: Vec<&Entry> = page.entries(word).filter(|entry| entry.class == Class::Contact).collect();
    let attends = entries.iter().find(|entry| entry.value == "conference.attend").and_then(|entry| frames.of(&entry.value));
    let Some(frame) = attends else { return };
    let verb = word..page.hit_end(word);
    sides.agents = verb_sides(page, cast, frame, &verb, &clause::around(page, &verb), &entries).agents;
    let his = |word: usize| page.entries(word).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
    if sides.agents.is_empty() && word.checked_sub(1).is_some_and(his) {
        sides.agents_by_discourse.extend(discourse::focus(page, cast, word, None));
    }
}

/// Who invites without saying whereto invites to his own state.
pub(super) fn inviting(cast: &Cast, frame: &Frame, sides: &Sides, word: usize) -> Option<place::Destination> {
    let by_discourse = sides.agents_by_discourse.first().and_then(|character| cast.states_of(*character).first().cloned());
    let country = sides.agents.first().and_then(|party| cast.meanings[*party].states.first().cloned()).or(by_discourse)?;
    (frame.counts == Counts::Partner).then(|| place::Destination { name: None, countries: vec![country], word })
}

/// A guest's visit of which a host speaks goes to the host's state.
pub(super) fn host(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    sides: &Sides,
    word: usize,
    speakers: &[Option<usize>],
) -> Option<place::Destination> {
    let country = match page.quote_of[word] {
        Some(quote) => cast.states_of(speakers.get(quote).copied().flatten()?).first()?.clone(),
        None => {
            // to our country, outside a quotation
            let ours = (word..word + 6).any(|word| {
                page.entries(word).any(|entry| entry.class == Class::Pronoun && entry.value == "we" && entry.is(Feature::Possessive))
            });
            cast.home.clone().filter(|_| ours)?
        }
    };
    let foreign =
        sides.agents.iter().any(|party| !cast.meanings[*party].people.is_empty() && !cast.meanings[*party].states.contains(&country));
    let guest = sides.agents_by_discourse.iter().any(|character| !cast.states_of(*character).contains(&country));
    (frame.nominal && (foreign || guest)).then(|| place::Destination { name: None, countries: vec![country], word })
}

/// Whose journey a pronoun beside its noun says it is: my visit, outside a quotation, that of whoever tells the text; your visit
/// (vizita dumneavoastră) that of whom the speaker talks to. None where no such pronoun stands there.
pub(super) fn of_whom(page: &Page, cast: &Cast, noun: &Range<usize>, speakers: &[Option<usize>]) -> Option<Option<usize>> {
    let owned = |person: &str| {
        let beside = (noun.start.saturating_sub(2)..noun.start).chain(noun.end..(noun.end + 1).min(page.cut.words.len()));
        let owns = |entry: &Entry| entry.class == Class::Pronoun && entry.value == person && entry.is(Feature::Possessive);
        beside.into_iter().any(|word| page.entries(word).any(owns))
    };
    match page.quote_of[noun.start] {
        None => owned("i").then_some(cast.narrator),
        Some(quote) => owned("you").then(|| {
            let speaker = speakers.get(quote).copied().flatten()?;
            discourse::other_of_pair(page, cast, noun.start, speaker)
        }),
    }
}
