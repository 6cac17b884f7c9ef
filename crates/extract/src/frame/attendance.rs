//! Who else was at a contact that was told before: the meeting was attended by A and B; C also took part.
//!
//! In: a cue of attending or the noun it speaks of, what was found so far. Out: those who join it. Never: makes a contact of its own.

use super::company::gather;
use super::contact::{Found, Occurrence};
use super::sides::verb_sides;
use crate::cast::Cast;
use crate::page::Page;
use chancery_language::{Class, Entry, Feature};
use chancery_model::{ContactKind, ContactStatus, Modality};
use std::ops::Range;

/// Sentences between a contact and those that tell who attended it.
const REACH: usize = 3;

/// "X also took part": who attends without saying what attends the conference told of last; who attended the meeting, the meeting
/// whose states are his.
pub(super) fn took_part(occurrence: &Occurrence, cast: &mut Cast, found: &mut [Found]) -> bool {
    let (page, frame, hit, sentence) = (occurrence.known.page, occurrence.frame, occurrence.hit, occurrence.sentence);
    if frame.kind != ContactKind::Conference || frame.nominal {
        return false;
    }
    let clause = occurrence.clause();
    let back = noun_that_points_back(page, cast, &clause.words);
    let named = |word: usize| {
        page.is(word, Class::Organization)
            || page.begins_hit(word) && word != hit.words.start && page.is(word, Class::Contact) && back != Some(word)
    };
    let told = occurrence.told(&clause);
    if clause.words.clone().any(named) || told.modality != Modality::Asserted {
        return false;
    }
    let sides = verb_sides(page, cast, frame, &hit.words, &clause, occurrence.cues);
    let (people, states, parties) = gather(page, cast, frame, &sides);
    let fits = |one: &Found| match one.contact.kind {
        ContactKind::Conference => true,
        ContactKind::Meeting => {
            let known = states.iter().all(|state| one.contact.states.contains(state));
            back.is_some() && one.sentence < sentence && known && !one.vague
        }
        _ => false,
    };
    let near = |one: &Found| one.sentence <= sentence && sentence - one.last_sentence <= REACH;
    let mut earlier = (0..found.len()).filter(|at| near(&found[*at]) && fits(&found[*at]));
    // attendants of one side were rather at the meeting that the text tells first than at one of which was spoken there
    let last = earlier.clone().next_back();
    let one_sided = states.len() < 2 && last.is_some_and(|last| found[last].contact.kind == ContactKind::Meeting);
    let chosen = if one_sided { earlier.next() } else { last };
    let Some(earlier) = chosen.filter(|at| Some(found[*at].contact.status) == told.status && !people.is_empty()) else { return false };
    let earlier = &mut found[earlier];
    for (person, party) in people.into_iter().zip(parties) {
        if !earlier.people.contains(&person) {
            earlier.people.push(person);
            earlier.contact.participants.push(party);
        }
    }
    for state in states {
        if !earlier.contact.states.contains(&state) {
            earlier.contact.states.push(state);
        }
    }
    earlier.contact.basis.evidence.extend(page.span(&hit.words));
    earlier.last_sentence = sentence;
    true
}

/// A met B in December. The two leaders discussed trade: of what they spoke at the meeting told directly before.
pub(super) fn discussed_there(occurrence: &Occurrence, contacts: &[Found], found: &[Found]) -> bool {
    let [one] = contacts else { return false };
    let both = one.vague && occurrence.frame.name.ends_with(".discuss");
    let undated = one.contact.date.is_none() && one.contact.place.is_none();
    let told = |earlier: &&Found| {
        matches!(earlier.contact.kind, ContactKind::Meeting | ContactKind::Call)
            && earlier.contact.status == ContactStatus::Held
            && earlier.sentence < occurrence.sentence
            && occurrence.sentence - earlier.last_sentence <= 1
            && one.contact.states.len() == earlier.contact.states.len()
            && one.contact.states.iter().all(|state| earlier.contact.states.contains(state))
    };
    both && undated && found.iter().rev().any(|earlier| told(&earlier))
}

/// The meeting was attended by A and B: a noun that points back to a meeting of their states tells of no other.
pub(super) fn attended_again(occurrence: &Occurrence, cast: &Cast, contacts: &[Found], found: &[Found]) -> bool {
    let (page, sentence) = (occurrence.known.page, occurrence.sentence);
    let [one] = contacts else { return false };
    let clause = occurrence.clause();
    let attends = |entry: &Entry| entry.class == Class::Contact && entry.value == "conference.attend";
    let attended = clause.words.clone().any(|word| page.begins_hit(word) && page.entries(word).any(attends));
    if !occurrence.frame.nominal || !attended || noun_that_points_back(page, cast, &clause.words) != Some(occurrence.word) {
        return false;
    }
    let before = |earlier: &&Found| earlier.sentence < sentence && sentence - earlier.last_sentence <= REACH;
    let same = |earlier: &Found| {
        let dated = one.contact.date.as_ref().zip(earlier.contact.date.as_ref());
        earlier.contact.kind == ContactKind::Meeting
            && earlier.contact.status == one.contact.status
            && one.contact.states.iter().all(|state| earlier.contact.states.contains(state))
            && dated.is_none_or(|(one, earlier)| one.compatible(earlier))
    };
    found.iter().rev().filter(before).any(same)
}

/// The meeting, at the talks: a noun of a meeting that no indefinite article stands before, and nobody whom it names behind.
fn noun_that_points_back(page: &Page, cast: &Cast, words: &Range<usize>) -> Option<usize> {
    let talks = |word: &usize| page.entries(*word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.noun");
    let noun = words.clone().find(|word| page.begins_hit(*word) && talks(word))?;
    let indefinite = (noun.saturating_sub(3)..noun)
        .rev()
        .take_while(|word| page.mark(*word).is_none())
        .any(|word| page.is(word, Class::Article) && page.is(word, Class::Number));
    let several = page.has_feature(noun, Class::Contact, Feature::Plural);
    let end = page.hit_end(noun);
    let named = cast.in_sentence(page.sentence_of(noun)).any(|party| {
        let found = &cast.parties[party];
        (end + 1..end + 4).contains(&found.words.start) && ["with", "between", "of"].iter().any(|value| found.marked(value))
    });
    (!indefinite && !several && !named).then_some(noun)
}
