//! Sittings of many: their format, and who was there.
//!
//! In: a cue of a conference and its clause. Out: the organization whose sitting it is, whether somebody came.
//! Never: makes a contact.

use super::sides::{Sides, on_the_sidelines};
use crate::cast::Cast;
use crate::clause::Clause;
use crate::frame::rules::Frame;
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Entry, Feature};
use chancery_model::ContactKind;
use std::ops::Range;

/// The summit with Tokayev: a meeting of two.
pub(super) fn summit_of_two(page: &Page, cast: &Cast, cue: &Entry, word: usize) -> bool {
    let end = page.hit_end(word);
    let with = |party: &usize| {
        let found = &cast.parties[*party];
        (end..end + 3).contains(&found.words.start)
            && found.marked("with")
            && !found.plural
            && matches!(found.head, Head::Person | Head::Office | Head::Counterpart | Head::Leader)
    };
    cue.is(Feature::Summit) && cue.value == "conference.noun" && cast.in_sentence(page.sentence_of(word)).any(|party| with(&party))
}

/// The foreign ministers of the G7 met: a sitting of the G7.
pub(super) fn sitting_of(page: &Page, cast: &Cast, frame: &Frame, sides: &Sides, cue: &Range<usize>) -> Option<String> {
    if frame.kind != ContactKind::Meeting || !sides.partners.is_empty() {
        return None;
    }
    // the meeting of the SCO, a NATO meeting
    if frame.nominal {
        let near = |party: &usize| {
            let found = &cast.parties[*party];
            let gap = if found.words.start >= cue.end { found.words.start - cue.end } else { cue.start.saturating_sub(found.words.end) };
            let owns = found.words.start >= cue.end && (found.marked("of") || found.markers.is_empty()) && gap <= 3
                || found.words.end <= cue.start && gap <= 1;
            // a meeting at a summit of the organization is none of the organization's
            let between = cue.end.min(found.words.end)..found.words.start.max(cue.start);
            let other = between.into_iter().any(|word| !cue.contains(&word) && page.is(word, Class::Contact));
            found.head == Head::Organization
                && found.states.iter().all(|key| sits(page, key))
                && owns
                && !other
                && !on_the_sidelines(page, cue.start)
        };
        let owner = cast.in_sentence(page.sentence_of(cue.start)).find(near);
        let alone = sides
            .agents
            .iter()
            .all(|party| Some(*party) == owner || cast.meanings[*party].people.is_empty() || cast.parties[*party].words.end <= cue.start);
        if let Some(owner) = owner.filter(|_| alone) {
            return cast.parties[owner].states.first().cloned();
        }
    }
    sides.agents.iter().find_map(|party| {
        let found = &cast.parties[*party];
        let alone = found.states.iter().any(|state| page.reference.state(state).is_none());
        let collective =
            (found.plural || alone) && matches!(found.head, Head::Office | Head::Leader | Head::Delegates) && found.name.is_none();
        // the Security Council met; not: the UN met halfway
        let organ = |key: &str| page.reference.organization(key).is_some_and(|organization| organization.part_of.is_some());
        let council =
            !frame.nominal && found.head == Head::Organization && sides.agents.len() == 1 && found.states.iter().all(|key| organ(key));
        let of = |key: &&String| page.reference.organization(key).is_some() && sits(page, key);
        found.states.iter().find(|key| (collective || council) && of(key)).cloned()
    })
}

/// Whether a body has members who can sit: an armed movement has none.
fn sits(page: &Page, key: &str) -> bool {
    page.reference.members(key).next().is_some() || page.reference.organization(key).is_some_and(|organization| !organization.party)
}

/// At the summit, during the session, takes part in: whoever the sentence is about was there.
pub(super) fn acts_there(page: &Page, clause: &Clause, word: usize) -> bool {
    let start = page.cut.sentences[page.sentence_of(word)].words.start;
    let before = (start..word).rev().find(|before| page.begins_hit(*before) && page.is(*before, Class::Contact));
    let attends = is_attended(page, clause)
        || before
            .is_some_and(|before| page.entries(before).any(|entry| entry.class == Class::Contact && entry.value == "conference.attend"));
    let within = (word.saturating_sub(4)..word)
        .rev()
        .take_while(|before| page.mark(*before).is_none())
        .any(|before| ["at", "in", "during", "on"].iter().any(|value| page.marks(before, value)));
    attends || within
}

/// Whether the clause has a verb of attending, which says itself who comes.
pub(super) fn is_attended(page: &Page, clause: &Clause) -> bool {
    clause.words.clone().any(|other| {
        page.begins_hit(other) && page.entries(other).any(|entry| entry.class == Class::Contact && entry.value == "conference.attend")
    })
}

/// Whether words say that something will not be (called off his trip to the summit).
pub(super) fn is_put_off(page: &Page, mut words: Range<usize>) -> bool {
    let off = |entry: &Entry| {
        entry.class == Class::Status && matches!(entry.value.as_str(), "cancelled" | "postponed" | "denied" | "failed")
            || entry.class == Class::Negation
    };
    words.any(|word| page.entries(word).any(off))
}

/// Whether a verb of attending before a conference is negated (will not attend the summit).
pub(super) fn stays_away(page: &Page, clause: &Clause, word: usize) -> bool {
    let goes = ["conference.attend", "visit.go"];
    let attend = (clause.words.start..word).rev().find(|before| {
        page.begins_hit(*before) && page.entries(*before).any(|entry| entry.class == Class::Contact && goes.contains(&entry.value.as_str()))
    });
    attend.is_some_and(|attend| {
        let near = attend.saturating_sub(4).max(clause.words.start)..page.hit_end(attend);
        near.into_iter().any(|word| {
            page.is(word, Class::Negation)
                || page
                    .entries(word)
                    .any(|entry| entry.class == Class::Status && matches!(entry.value.as_str(), "denied" | "cancelled" | "failed"))
        })
    })
}

pub(super) fn is_conference(page: &Page, word: usize) -> bool {
    page.begins_hit(word) && page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "conference.noun")
}

/// The NATO summit, the summit of NATO: an organization beside a conference says whose it is.
pub(super) fn names_sitting(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    let describes = |word: usize| page.is(word, Class::Article) || page.marks(word, "of") || page.mark(word) == Some('-');
    let before = (found.words.start.saturating_sub(3)..found.words.start).rev().find(|word| !describes(*word));
    let after = (found.words.end..found.words.end + 2).find(|word| !describes(*word));
    matches!(found.head, Head::Organization | Head::State)
        && found.states.iter().any(|state| page.reference.organization(state).is_some())
        && [before, after].into_iter().flatten().any(|word| is_conference(page, page_start(page, word)))
}

/// The first word of the form that a word belongs to.
fn page_start(page: &Page, word: usize) -> usize {
    page.hits.at(word).map_or(word, |hit| page.hits.hits[hit].words.start)
}

/// A conference, or a meeting that may be one: what is attended.
pub(super) fn is_sitting(page: &Page, word: usize) -> bool {
    is_conference(page, word)
        || page.begins_hit(word) && page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.noun")
}

pub(super) fn attends_conference(page: &Page, cast: &Cast, sides: &Sides, clause: &Clause, cue: &Range<usize>) -> bool {
    // the ASEAN foreign ministers gathered
    let organized = |party: &usize| {
        let found = &cast.parties[*party];
        found.plural && found.states.iter().any(|state| page.reference.organization(state).is_some())
    };
    if sides.agents.iter().any(organized) {
        return true;
    }
    clause.words.clone().any(|word| word >= cue.start && page.is(word, Class::Organization) || is_conference(page, word))
}

/// The organization or format in whose frame a conference sits.
pub(super) fn frame_of(page: &Page, clause: &Clause, cue: &Range<usize>, frame: &Frame) -> Option<String> {
    if frame.kind != ContactKind::Conference {
        return None;
    }
    let known = |of: &&str| page.reference.organization(of).is_some();
    if let Some(of) = page.entries(cue.start).find_map(|entry| entry.of.as_deref().filter(known)) {
        return Some(of.to_owned());
    }
    // took part, on 24 September, on the margins of A, in the meeting of the ministers of B: the format of what is attended
    let sitting = |word: &usize| is_conference(page, *word) && !on_the_sidelines(page, *word);
    if let Some(noun) = (cue.end..clause.words.end).find(sitting).filter(|_| !frame.nominal) {
        let end = page.hit_end(noun);
        if let Some(of) = page.entries(noun).find_map(|entry| entry.of.as_deref().filter(known)) {
            return Some(of.to_owned());
        }
        let link = |word: usize| page.marks(word, "of") || page.is(word, Class::Article);
        let next = (end..(end + 3).min(clause.words.end)).find(|word| !link(*word));
        if let Some(key) = next.filter(|next| *next > end).and_then(|next| organization_at(page, next)) {
            return Some(page.reference.whole(&key).to_owned());
        }
    }
    // a verb stands farther from the frame's name than the noun between them
    let reach = if frame.nominal { 8 } else { 14 };
    let near = |word: usize| word.abs_diff(cue.start).min(word.abs_diff(cue.end)) <= reach;
    clause
        .words
        .clone()
        .filter(|word| near(*word) && page.begins_hit(*word))
        .filter_map(|word| Some((word.abs_diff(cue.start), organization_at(page, word)?)))
        .min()
        .map(|(_, key)| page.reference.whole(&key).to_owned())
}

/// The organization that sits, or the union of states, that a word names.
fn organization_at(page: &Page, word: usize) -> Option<String> {
    let key = page.entries(word).find(|entry| {
        entry.class == Class::Organization && sits(page, &entry.value)
            || entry.class == Class::State
                && page.reference.state(&entry.value).is_some()
                && entry.value.len() == 2
                && page.reference.organization(&entry.value).is_some()
    })?;
    page.begins_hit(word).then(|| key.value.to_string())
}

/// Kazakhstan will host the summit: the state that is the subject of the noun's verb.
pub(super) fn host_of_sitting(page: &Page, cast: &Cast, clause: &Clause, cue: &Range<usize>) -> Option<String> {
    let subject = cast.in_sentence(page.sentence_of(cue.start)).find(|party| {
        let found = &cast.parties[*party];
        found.head == Head::State
            && found.markers.is_empty()
            && !found.possessive
            && !found.adjective
            && clause.words.contains(&found.words.start)
    })?;
    let words = &cast.parties[subject].words;
    let verb = (clause.words.start..cue.start)
        .any(|word| page.is(word, Class::Future) || page.entries(word).any(|entry| entry.class == Class::Light && entry.value == "host"));
    (words.end <= cue.start && verb).then(|| cast.meanings[subject].states.first().cloned()).flatten()
}
