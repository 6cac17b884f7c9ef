//! Contacts that a cue tells in another way than by its own sides.
//!
//! In: what the cues of a page gave. Out: captions, one contact for each counterpart.
//! Never: joins what is told twice.

use super::contact::{Counterpart, Found};
use crate::cast::Cast;
use crate::clause::{Clause, Opener};
use crate::frame::rules::{Counts, Frame};
use crate::page::Page;
use crate::place::{self, Spot};
use crate::quantity::Lean;
use crate::when::{Calendar, Cue, Dated};
use chancery_language::Class;
use chancery_model::{Basis, Contact, ContactKind, ContactStatus, Modality};
use chancery_reference::Written;

/// Calls and letters with several counterparts are one for each, and the journeys of several states' people; so are meetings that a verb
/// tells with named counterparts of two states, or with three states and more, named guests of several states who are received, and
/// those whose preposition is repeated. The members of a format are met together.
pub(super) fn one_for_each(page: &Page, frame: &Frame, found: Found) -> Vec<Found> {
    let count = found.counterparts.len();
    let separate = match found.contact.kind {
        ContactKind::Call => count >= 2 && !among_all(page, found.sentence),
        ContactKind::Letter => count >= 2,
        ContactKind::Meeting => {
            let named = found.counterparts.iter().all(|one| !one.people.is_empty());
            let rule = &found.contact.basis.rule;
            // (whom one welcomes one may welcome to a summit)
            let verb = rule.ends_with("mutual") || named && rule.ends_with("receive") && !found.weak;
            let several = (found.plural || verb) && !together(page, found.sentence);
            count >= if named { 2 } else { 3 } && several || count >= 2 && found.apart
        }
        ContactKind::Visit => count >= 2,
        _ => false,
    };
    // met A in Berlin and B in Warsaw
    let mut spots: Vec<&Spot> = found.counterparts.iter().filter_map(|one| one.spot.as_ref()).collect();
    spots.dedup();
    let mut days: Vec<&Dated> = found.counterparts.iter().filter_map(|one| one.date.as_ref()).collect();
    days.dedup();
    let scattered = found.contact.kind == ContactKind::Meeting && (spots.len() >= 2 || days.len() >= 2);
    let other = |state: &&String| !found.counterparts.iter().any(|one| one.state == **state);
    let mut own = found.contact.states.iter().filter(other);
    let (Some(own), None) = (own.next().cloned(), own.next()) else { return vec![found] };
    let travels = found.contact.kind == ContactKind::Visit;
    let whole = !scattered && format_of(page, &found.contact.states).is_some();
    if !(separate || scattered) || frame.counts != Counts::All && !travels || whole {
        return vec![found];
    }
    let theirs = |person: &usize| found.counterparts.iter().any(|one| one.people.contains(person));
    let of = |counterpart: &Counterpart| {
        let mut one = found.clone();
        let all = found.people.iter().copied().zip(found.contact.participants.iter().cloned());
        (one.people, one.contact.participants) = all.filter(|(person, _)| !theirs(person) || counterpart.people.contains(person)).unzip();
        one.contact.states.retain(|state| *state == own || *state == counterpart.state);
        if found.contact.kind == ContactKind::Meeting && counterpart.spot.is_some() {
            one.contact.place = counterpart.spot.clone().map(Spot::place);
        }
        if let Some(date) = counterpart.date.clone().filter(|_| scattered) {
            (one.contact.date, one.contact.date_inferred) = (Some(date.value), date.inferred);
        }
        one.counterparts = vec![counterpart.clone()];
        one
    };
    found.counterparts.iter().map(of).collect()
}

/// Received A and B together, for trilateral talks.
fn together(page: &Page, sentence: usize) -> bool {
    let says = |word: usize| page.entries(word).any(|entry| entry.class == Class::Modifier && entry.value == "together");
    page.cut.sentences[sentence].words.clone().any(says)
}

/// A trilateral call with A and with B: a noun that itself says that all were in touch together.
fn among_all(page: &Page, sentence: usize) -> bool {
    let joint = |word: usize| {
        let says = || page.entries(word).any(|entry| entry.class == Class::Modifier && entry.value == "together");
        page.begins_hit(word) && page.is(word, Class::Contact) && says()
    };
    page.cut.sentences[sentence].words.clone().any(joint)
}

/// The format whose members these states are, all of them; a body of its own is named where it meets.
pub(crate) fn format_of(page: &Page, states: &[String]) -> Option<String> {
    if states.len() <= 2 {
        return None;
    }
    let exactly = |key: &&Written| {
        page.reference.members(key).count() == states.len()
            && page.reference.members(key).all(|member| states.iter().any(|state| state == member))
    };
    // (five states may be the members of a fund that is not named)
    let formats = page.reference.organizations().filter(|organization| organization.format);
    formats.map(|organization| &organization.key).find(exactly).map(Written::to_string)
}

/// A caption that names two persons of different states together with a day: they met.
pub(super) fn caption(page: &Page, cast: &Cast, calendar: &Calendar, sentence: usize) -> Option<Found> {
    let words = page.cut.sentences[sentence].words.clone();
    let parties: Vec<usize> = cast
        .in_sentence(sentence)
        .filter(|party| cast.parties[*party].markers.is_empty() && cast.meanings[*party].people.len() == 1)
        .collect();
    let (first, second) = (*parties.first()?, *parties.get(1)?);
    let people: Vec<usize> = [first, second].iter().map(|party| cast.meanings[*party].people[0]).collect();
    let states: Vec<String> = people.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
    let listed =
        cast.parties[first].group == cast.parties[second].group && parties.len() == 2 && states.len() == 2 && states[0] != states[1];
    let cue = cast.parties[second].words.clone();
    let clause = Clause { words: words.clone(), opener: Opener::Start };
    let date = calendar
        .date_for(page, cast, &Cue { words: cue.clone(), second: None }, &clause, sentence, Lean::Past)
        .filter(|date| date.value.day().is_some())?;
    let spot = place::find(page, cast, &clause, &cue, sentence)?;
    if !listed {
        return None;
    }
    let evidence = page.span(&(cast.parties[first].words.start..cue.end))?;
    let contact = Contact {
        kind: ContactKind::Meeting,
        status: ContactStatus::Held,
        participants: [first, second]
            .iter()
            .zip(&people)
            .map(|(party, character)| cast.claim_party(page, *character, Some(*party)))
            .collect(),
        states,
        date: Some(date.value),
        date_inferred: date.inferred,
        place: Some(spot.place()),
        format: None,
        basis: Basis {
            modality: Modality::Asserted,
            side: None,
            rule: "contact.meeting.caption".to_owned(),
            confidence: 0.7,
            evidence: vec![evidence],
        },
    };
    Some(Found {
        contact,
        people,
        counterparts: Vec::new(),
        apart: false,
        sentence,
        last_sentence: sentence,
        aside: false,
        vague: false,
        weak: false,
        plural: false,
        firm: false,
        loose: false,
        present: false,
        host: None,
        summit: false,
    })
}
