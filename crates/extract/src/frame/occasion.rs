//! Contacts that a cue tells in another way than by its own sides.
//!
//! In: what the cues of a page gave. Out: captions, next sittings, echoes, one contact for each counterpart.
//! Never: joins what is told twice.

use super::absent::by_discourse;
use super::company::gather;
use super::contact::{Counterpart, Found};
use super::plan::adjust;
use crate::cast::Cast;
use crate::clause::{self, Clause, Opener};
use crate::frame::rules::{Counts, Frame, Needs};
use crate::frame::sides::{noun_sides, verb_sides};
use crate::frame::status;
use crate::page::Page;
use crate::place::{self, Spot};
use crate::quantity::Lean;
use crate::when::{Calendar, Cue, Dated};
use chancery_language::{Class, Entry, Feature};
use chancery_model::{Basis, Contact, ContactKind, ContactStatus, Modality, Party, Place, Span};
use chancery_reference::Written;

/// A cue that points back to a contact without naming anybody, with a date.
#[derive(Clone, Debug)]
pub(crate) struct Echo {
    pub kind: ContactKind,
    pub status: ContactStatus,
    pub date: Dated,
    pub sentence: usize,
    /// Whether the noun names somebody whom the text has not met yet (the talks with the unions).
    pub bound: bool,
    pub evidence: Span,
}

/// Calls and letters with several counterparts are one for each, and the journeys of several states' people; so are meetings that a verb tells with named
/// counterparts of two states, with three states and more, and those whose preposition is repeated. The members
/// of a format are met together.
pub(super) fn one_for_each(page: &Page, frame: &Frame, found: Found) -> Vec<Found> {
    let count = found.counterparts.len();
    let separate = match found.contact.kind {
        ContactKind::Call | ContactKind::Letter => count >= 2,
        ContactKind::Meeting => {
            let named = found.counterparts.iter().all(|one| !one.people.is_empty());
            count >= if named { 2 } else { 3 } && (found.plural || found.contact.basis.rule.ends_with("mutual"))
                || count >= 2 && found.apart
        }
        ContactKind::Visit => count >= 2,
        _ => false,
    };
    // met A in Berlin and B in Warsaw
    let mut spots: Vec<&Spot> = found.counterparts.iter().filter_map(|one| one.spot.as_ref()).collect();
    spots.dedup();
    let scattered = found.contact.kind == ContactKind::Meeting && spots.len() >= 2;
    let other = |state: &&String| !found.counterparts.iter().any(|one| one.state == **state);
    let mut own = found.contact.states.iter().filter(other);
    let (Some(own), None) = (own.next().cloned(), own.next()) else { return vec![found] };
    let travels = found.contact.kind == ContactKind::Visit;
    let whole = !scattered && format_of(page, &found.contact.states).is_some();
    if !(separate || scattered) || frame.counts != Counts::All && !travels || whole {
        return vec![found];
    }
    let theirs = |person: &usize| found.counterparts.iter().any(|one| one.people.contains(person));
    let agents: Vec<(usize, Party)> =
        found.people.iter().copied().zip(found.contact.participants.iter().cloned()).filter(|(person, _)| !theirs(person)).collect();
    let of = |counterpart: &Counterpart| {
        let mut one = found.clone();
        let beside = found.people.iter().copied().zip(found.contact.participants.iter().cloned());
        let all: Vec<(usize, Party)> =
            agents.iter().cloned().chain(beside.filter(|(person, _)| counterpart.people.contains(person))).collect();
        (one.people, one.contact.participants) = all.into_iter().unzip();
        one.contact.states = vec![own.clone(), counterpart.state.clone()];
        if travels {
            one.contact.states.reverse();
        }
        if found.contact.kind == ContactKind::Meeting && counterpart.spot.is_some() {
            one.contact.place = counterpart.spot.clone().map(Spot::place);
        }
        one.counterparts = vec![counterpart.clone()];
        one
    };
    found.counterparts.iter().map(of).collect()
}

/// The format whose members these states are, all of them.
pub(crate) fn format_of(page: &Page, states: &[String]) -> Option<String> {
    let exactly = |key: &&Written| {
        let count = page.reference.members(key).count();
        count > 2 && count == states.len() && page.reference.members(key).all(|member| states.iter().any(|state| state == member))
    };
    page.reference.organizations().map(|organization| &organization.key).find(exactly).map(Written::to_string)
}

/// "X also took part": who attends without saying what attends the conference told of last.
pub(super) fn took_part(
    page: &Page,
    cast: &mut Cast,
    frame: &Frame,
    cues: &[&Entry],
    word: usize,
    sentence: usize,
    found: &mut [Found],
) -> bool {
    let near =
        |one: &&mut Found| one.contact.kind == ContactKind::Conference && one.sentence <= sentence && sentence - one.last_sentence <= 3;
    let Some(conference) = found.iter_mut().rev().find(near) else { return false };
    if frame.kind != ContactKind::Conference || frame.nominal {
        return false;
    }
    let Some(hit) = page.hits.at(word).map(|hit| &page.hits.hits[hit]) else { return false };
    let clause = clause::around(page, &hit.words);
    // the meeting was chaired by A and B: the conference again
    let again = |word: usize| {
        let talks = page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.noun");
        talks && word + 3 >= hit.words.start && word > 0 && page.is(word - 1, Class::Article)
    };
    let named = |word: usize| {
        page.is(word, Class::Organization)
            || page.begins_hit(word) && word != hit.words.start && page.is(word, Class::Contact) && !again(word)
    };
    let told = status::told(page, &clause, &hit.words, cues, false);
    if clause.words.clone().any(named) || told.status != Some(conference.contact.status) || told.modality != Modality::Asserted {
        return false;
    }
    let sides = verb_sides(page, cast, frame, &hit.words, &clause, cues);
    let (people, states, parties) = gather(page, cast, frame, &sides);
    if people.is_empty() {
        return false;
    }
    for (person, party) in people.into_iter().zip(parties) {
        if !conference.people.contains(&person) {
            conference.people.push(person);
            conference.contact.participants.push(party);
        }
    }
    for state in states {
        if !conference.contact.states.contains(&state) {
            conference.contact.states.push(state);
        }
    }
    conference.contact.basis.evidence.extend(page.span(&hit.words));
    conference.last_sentence = sentence;
    true
}

/// "The next meeting" in a sentence that tells of a conference of a format is that format's.
#[allow(clippy::too_many_arguments)]
pub(super) fn next_sitting(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    cues: &[&Entry],
    word: usize,
    sentence: usize,
    calendar: &Calendar,
    found: &[Found],
) -> Option<Found> {
    let earlier = found
        .iter()
        .rev()
        .find(|one| one.sentence == sentence && one.contact.kind == ContactKind::Conference && one.contact.format.is_some())?;
    let hit = &page.hits.hits[page.hits.at(word)?];
    let clause = clause::around(page, &hit.words);
    let told = status::told(page, &clause, &hit.words, cues, frame.nominal);
    let cue = Cue { words: hit.words.clone(), second: None };
    let date = calendar.date_for(page, cast, &cue, &clause, sentence, told.lean);
    let spot = place::find(page, cast, &clause, &hit.words, sentence);
    if !frame.nominal
        || frame.kind != ContactKind::Meeting
        || !matches!(told.status, Some(ContactStatus::Planned | ContactStatus::Proposed))
        || date.is_none() && spot.is_none()
    {
        return None;
    }
    let mut next = earlier.clone();
    next.contact.status = told.status?;
    next.contact.participants.clear();
    next.people.clear();
    next.contact.date_inferred = date.as_ref().map(|date| date.inferred.clone()).unwrap_or_default();
    next.contact.date = date.map(|date| date.value);
    next.contact.place = spot.map(Spot::place);
    next.contact.basis.rule = "contact.conference.next".to_owned();
    next.contact.basis.evidence = vec![page.span(&hit.words)?];
    Some(next)
}

/// "Another round is to be held in Rome": those who met, in this sentence or the two before, are to meet again.
#[allow(clippy::too_many_arguments)]
pub(super) fn next_round(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    cues: &[&Entry],
    word: usize,
    sentence: usize,
    calendar: &Calendar,
    found: &[Found],
) -> Option<Found> {
    let hit = &page.hits.hits[page.hits.at(word)?];
    let clause = clause::around(page, &hit.words);
    let told = status::told(page, &clause, &hit.words, cues, frame.nominal);
    let another = |party: usize| {
        let party = &cast.parties[party];
        party.markers.is_empty() && !party.adjective && clause.words.contains(&party.words.start)
    };
    if !frame.nominal
        || frame.kind != ContactKind::Meeting
        || told.status != Some(ContactStatus::Planned)
        // talks with the unions
        || page.marks(hit.words.end, "with")
        || page.marks(hit.words.end, "between")
        || !told.firm
        || page.quote_of[word].is_some()
        || cast.in_sentence(sentence).any(another)
    {
        return None;
    }
    let earlier = found.iter().rev().find(|one| one.sentence + 2 >= sentence && one.contact.kind == ContactKind::Meeting)?;
    let held = earlier.contact.status == ContactStatus::Held && earlier.contact.basis.modality == Modality::Asserted;
    let cue = Cue { words: hit.words.clone(), second: hit.second.clone() };
    let date = calendar.date_for(page, cast, &cue, &clause, sentence, told.lean);
    let spot = place::find(page, cast, &clause, &hit.words, sentence);
    if !held || date.is_none() && spot.is_none() {
        return None;
    }
    let mut next = earlier.clone();
    next.contact.status = ContactStatus::Planned;
    next.contact.date_inferred = date.as_ref().map(|date| date.inferred.clone()).unwrap_or_default();
    next.contact.date = date.map(|date| date.value);
    next.contact.place = spot.map(Spot::place);
    next.contact.basis.rule = "contact.meeting.next".to_owned();
    next.contact.basis.evidence = vec![page.span(&hit.words)?];
    (next.sentence, next.last_sentence, next.vague) = (sentence, sentence, true);
    Some(next)
}

/// "The state visit of the guest lasts two days": who was received there has come on a visit to his host.
#[allow(clippy::too_many_arguments)]
pub(super) fn hosted(
    page: &Page,
    cast: &mut Cast,
    frame: &Frame,
    cues: &[&Entry],
    word: usize,
    sentence: usize,
    calendar: &Calendar,
    found: &[Found],
) -> Option<Found> {
    let hit = page.hits.hits[page.hits.at(word)?].clone();
    let clause = clause::around(page, &hit.words);
    let told = status::told(page, &clause, &hit.words, cues, frame.nominal);
    if !frame.nominal || frame.needs != Needs::Destination || told.modality != Modality::Asserted || page.quote_of[word].is_some() {
        return None;
    }
    let mut sides = noun_sides(page, cast, frame, &hit.words, &clause);
    by_discourse(page, cast, frame, &mut sides, &hit.words, &clause, &[]);
    let (people, states, parties) = gather(page, cast, frame, &sides);
    let ([guest], [own]) = (&people[..], &states[..]) else { return None };
    let received = |one: &&Found| {
        let country = one.contact.place.as_ref().and_then(|place| place.country.as_ref());
        one.contact.kind == ContactKind::Meeting
            && one.people.contains(guest)
            && Some(one.contact.status) == told.status
            && country.is_some_and(|country| country != own && one.contact.states.contains(country))
    };
    let meeting = found.iter().rev().find(received).filter(|one| sentence - one.sentence <= REACH)?;
    let country = meeting.contact.place.as_ref()?.country.clone()?;
    let cue = Cue { words: hit.words.clone(), second: hit.second.clone() };
    let date = calendar.date_for(page, cast, &cue, &clause, sentence, told.lean);
    let mut visit = meeting.clone();
    visit.contact.kind = ContactKind::Visit;
    visit.contact.participants = parties;
    visit.contact.states = vec![own.clone(), country.clone()];
    visit.contact.date_inferred = date.as_ref().map(|date| date.inferred.clone()).unwrap_or_default();
    visit.contact.date = date.map(|date| date.value);
    visit.contact.place = Some(Place { name: None, country: Some(country) });
    visit.contact.basis.rule = "contact.visit.hosted".to_owned();
    visit.contact.basis.evidence = vec![page.span(&hit.words)?];
    (visit.people, visit.counterparts) = (people, Vec::new());
    (visit.sentence, visit.last_sentence, visit.vague) = (sentence, sentence, true);
    Some(visit)
}

/// Sentences between a reception and the word that calls it a visit.
const REACH: usize = 8;

/// The visit, the meeting: a noun with an article and a date, but no party of its own.
pub(super) fn echo(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    cues: &[&Entry],
    word: usize,
    sentence: usize,
    calendar: &Calendar,
) -> Option<Echo> {
    let hit = &page.hits.hits[page.hits.at(word)?];
    let before = word.checked_sub(1)?;
    let begins = page.cut.sentences[sentence].words.start == word;
    let definite = begins
        || page.is(before, Class::Article) && !page.is(before, Class::Number)
        || page.entries(before).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
    if !frame.nominal || !definite || page.quote_of[word].is_some() {
        return None;
    }
    let clause = clause::around(page, &hit.words);
    let told = status::told(page, &clause, &hit.words, cues, frame.nominal);
    let cue = Cue { words: hit.words.clone(), second: hit.second.clone() };
    let date = calendar.date_for(page, cast, &cue, &clause, sentence, told.lean)?;
    let status = adjust(told.status?, Some(&date), calendar, told);
    let bound = ["with", "between", "of", "to"].iter().any(|value| page.marks(hit.words.end, value));
    Some(Echo { kind: frame.kind, status, date, sentence, bound, evidence: page.span(&hit.words)? })
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
        vague: false,
        weak: false,
        plural: false,
        firm: false,
        loose: false,
        summit: false,
    })
}
