//! Contacts: who met, called, visited or wrote to whom.
//!
//! In: a page, its cast, the frames. Out: one contact for each cue whose slots are filled.
//! Never: joins two cues that tell one occasion; that comes after.

use crate::cast::Cast;
use crate::clause::{self, Clause, Opener};
use crate::discourse;
use crate::frame::rules::{Counts, Frame, Frames, Needs};
use crate::frame::status::{self, Told};
use crate::furniture::Part;
use crate::page::Page;
use crate::party::Head;
use crate::quantity::{Lean, QuantityKind};
use crate::when::{Calendar, Cue, Dated};
use crate::where_::{self, Spot};
use chancery_language::{Class, Entry, Feature};
use chancery_model::{Basis, Contact, ContactKind, ContactStatus, Modality, Party as ClaimParty, Span};
use jiff::civil::Date;
use std::ops::Range;

/// A contact with what joining needs to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub contact: Contact,
    /// Characters taking part.
    pub people: Vec<usize>,
    /// Those of them on the other side of the verb.
    pub partners: Vec<usize>,
    /// The states of counterparts that no name is told of.
    pub counterpart_states: Option<Vec<String>>,
    /// Whether each of these has a preposition of his own.
    pub apart: bool,
    pub sentence: usize,
    /// The last sentence that tells of it.
    pub last_sentence: usize,
    /// Whether the parties are only guessed from the discourse.
    pub vague: bool,
    /// Whether the cue alone says little (talks, conversation).
    pub weak: bool,
    /// Whether the cue is a word for a meeting of leaders, of two or of many.
    pub summit: bool,
}

/// A cue that points back to a contact without naming anybody, with a date.
#[derive(Clone, Debug)]
pub(crate) struct Echo {
    pub kind: ContactKind,
    pub status: ContactStatus,
    pub date: Dated,
    pub sentence: usize,
    pub evidence: Span,
}

/// Sides that a cue's slots found.
#[derive(Clone, Debug, Default)]
struct Sides {
    /// Parties of the acting side, then of the other.
    agents: Vec<usize>,
    partners: Vec<usize>,
    /// Characters from the discourse.
    agents_by_discourse: Vec<usize>,
    vague: bool,
}

/// Every contact of a page.
pub(crate) fn find(
    page: &Page,
    cast: &mut Cast,
    frames: &Frames,
    calendar: &Calendar,
    speakers: &[Option<usize>],
) -> (Vec<Found>, Vec<Echo>) {
    let (mut found, mut echoes) = (Vec::new(), Vec::new());
    for sentence in 0..page.cut.sentences.len() {
        if !page.tells(sentence) {
            continue;
        }
        if page.part(sentence) == Part::Caption {
            found.extend(caption(page, cast, calendar, sentence));
        }
        let words = page.cut.sentences[sentence].words.clone();
        for word in words.clone() {
            if !page.begins_hit(word) {
                continue;
            }
            let cues: Vec<&Entry> = page.entries(word).filter(|entry| entry.class == Class::Contact).collect();
            for cue in readings(page, frames, word, distinct(&cues)) {
                let Some(frame) = frames.of(&cue.value) else { continue };
                match fill(page, cast, frame, &cues, cue, word, sentence, calendar, speakers) {
                    Some(contacts) => found.extend(contacts.into_iter().flat_map(|one| one_for_each(cast, frame, one))),
                    None => match next_sitting(page, cast, frame, &cues, word, sentence, calendar, &found) {
                        Some(sitting) => found.push(sitting),
                        None => echoes.extend(echo(page, cast, frame, &cues, word, sentence, calendar)),
                    },
                }
            }
        }
    }
    (found, echoes)
}

/// Calls and letters with several counterparts are one for each; so are meetings with three and more, and those
/// whose preposition is repeated.
fn one_for_each(cast: &Cast, frame: &Frame, found: Found) -> Vec<Found> {
    let separate = match found.contact.kind {
        ContactKind::Call | ContactKind::Letter => found.partners.len() >= 2,
        ContactKind::Meeting => {
            found.partners.len() >= 3 && found.contact.basis.rule.ends_with("mutual") || found.partners.len() == 2 && found.apart
        }
        _ => false,
    };
    if let (Some(states), [agent], ContactKind::Call | ContactKind::Letter) =
        (&found.counterpart_states, &found.people[..], found.contact.kind)
    {
        // calls with his counterparts in A, B and C
        let own = cast.states_of(*agent).first().cloned();
        let of_state = |state: &String| {
            let mut one = found.clone();
            one.contact.states = own.iter().cloned().chain([state.clone()]).collect();
            one.counterpart_states = None;
            one
        };
        return states.iter().filter(|state| Some(*state) != own.as_ref()).map(of_state).collect();
    }
    let agents: Vec<usize> = found.people.iter().copied().filter(|person| !found.partners.contains(person)).collect();
    let [agent] = agents[..] else { return vec![found] };
    let Some(own) = cast.states_of(agent).first() else { return vec![found] };
    if !separate
        || frame.counts != Counts::All
        || found.partners.iter().any(|partner| cast.states_of(*partner).first().is_none_or(|state| state == own))
    {
        return vec![found];
    }
    let of = |person: usize| found.contact.participants.iter().find(|party| party.name == cast.characters[person].name).cloned();
    let mut each = Vec::new();
    for partner in &found.partners {
        let mut one = found.clone();
        one.people = vec![agent, *partner];
        one.contact.participants = [agent, *partner].into_iter().filter_map(of).collect();
        one.contact.states = vec![own.clone(), cast.states_of(*partner)[0].clone()];
        one.partners = vec![*partner];
        each.push(one);
    }
    each
}

/// "The next meeting" in a sentence that tells of a conference of a format is that format's.
#[allow(clippy::too_many_arguments)]
fn next_sitting(
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
    let told = status::told(page, &clause, &hit.words, cues, frame);
    let cue = Cue { words: hit.words.clone(), second: None };
    let date = calendar.date_for(page, cast, &cue, &clause, sentence, told.lean);
    let spot = where_::find(page, cast, &clause, &hit.words, sentence);
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

/// The visit, the meeting: a noun with an article and a date, but no party of its own.
fn echo(page: &Page, cast: &Cast, frame: &Frame, cues: &[&Entry], word: usize, sentence: usize, calendar: &Calendar) -> Option<Echo> {
    let hit = &page.hits.hits[page.hits.at(word)?];
    let before = word.checked_sub(1)?;
    let begins = page.cut.sentences[sentence].words.start == word;
    let definite = begins
        || page.is(before, Class::Article)
        || page.entries(before).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
    if !frame.nominal || !definite || page.quote_of[word].is_some() {
        return None;
    }
    let clause = clause::around(page, &hit.words);
    let told = status::told(page, &clause, &hit.words, cues, frame);
    let cue = Cue { words: hit.words.clone(), second: hit.second.clone() };
    let date = calendar.date_for(page, cast, &cue, &clause, sentence, told.lean)?;
    let status = adjust(told.status?, frame, Some(&date), calendar, told);
    Some(Echo { kind: frame.kind, status, date, sentence, evidence: page.span(&hit.words)? })
}

/// A caption that names two persons of different states together with a day: they met.
fn caption(page: &Page, cast: &Cast, calendar: &Calendar, sentence: usize) -> Option<Found> {
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
    let spot = where_::find(page, cast, &clause, &cue, sentence)?;
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
        partners: Vec::new(),
        counterpart_states: None,
        apart: false,
        sentence,
        last_sentence: sentence,
        vague: false,
        weak: false,
        summit: false,
    })
}

/// A form that is noun and verb alike is the noun after an article, a preposition, a possessive or a number, else the verb.
fn readings<'e>(page: &Page, frames: &Frames, word: usize, cues: Vec<&'e Entry>) -> Vec<&'e Entry> {
    let nominal = |cue: &&Entry| frames.of(&cue.value).is_some_and(|frame| frame.nominal);
    if !(cues.iter().any(nominal) && cues.iter().any(|cue| !nominal(cue))) {
        return cues;
    }
    let as_noun = word.checked_sub(1).is_some_and(|before| {
        let determines =
            [Class::Article, Class::Marker, Class::Modifier, Class::Number, Class::Light].iter().any(|class| page.is(before, *class));
        let possessive = page.entries(before).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
        let begins = page.cut.sentences[page.sentence_of(word)].words.start == word;
        let described = page.is(before, Class::State) && page.has_feature(before, Class::State, Feature::Adjective);
        determines || possessive || begins || described || page.mark(before).is_some()
    });
    cues.into_iter().filter(|cue| nominal(cue) == (as_noun || word == 0)).collect()
}

/// One entry for each value.
fn distinct<'e>(cues: &[&'e Entry]) -> Vec<&'e Entry> {
    let mut kept: Vec<&Entry> = Vec::new();
    for cue in cues {
        if !kept.iter().any(|known| known.value == cue.value) {
            kept.push(cue);
        }
    }
    kept
}

#[allow(clippy::too_many_arguments)]
fn fill(
    page: &Page,
    cast: &mut Cast,
    frame: &Frame,
    cues: &[&Entry],
    cue: &Entry,
    word: usize,
    sentence: usize,
    calendar: &Calendar,
    speakers: &[Option<usize>],
) -> Option<Vec<Found>> {
    let hit = &page.hits.hits[page.hits.at(word)?];
    if frame.kind == ContactKind::Conference && on_the_sidelines(page, hit.words.start) {
        return None;
    }
    let cue_words = hit.words.start..hit.second.as_ref().map_or(hit.words.end, |second| second.end.max(hit.words.end));
    let mut clause = clause::around(page, &hit.words);
    if frame.nominal && clause.words.end <= hit.words.end + 3 {
        // the meeting that he will have with ...: what the relative clause says belongs to the noun
        let next = clause.words.end;
        if page.is(next, Class::Relative) {
            clause.words.end = clause::around(page, &(next + 1..next + 2)).words.end.max(next);
        }
    }
    let mut told = status::told(page, &clause, &hit.words, cues, frame);
    told.status?;
    if frame.counts == Counts::Partner && told.status == Some(ContactStatus::Held) {
        // an invitation is a proposal
        told = Told { status: Some(ContactStatus::Proposed), lean: Lean::Future, firm: true, ..told };
    }
    let weak = cue.is(Feature::Weak);
    let mut sides = if frame.nominal {
        noun_sides(page, cast, frame, &hit.words, &clause)
    } else {
        verb_sides(page, cast, frame, &hit.words, &clause, cues)
    };
    listed_after_colon(page, cast, &mut sides, &clause, sentence);
    by_discourse(page, cast, frame, &mut sides, &hit.words, &clause, speakers);
    let placed = !matches!(frame.kind, ContactKind::Call | ContactKind::Letter);
    let mut spot = if placed { where_::find(page, cast, &clause, &hit.words, sentence) } else { None };
    let format = frame_of(page, &clause, &hit.words, frame);
    let (mut people, mut states, mut parties) = gather(page, cast, frame, &sides, speakers);
    let mut destination = None;
    if frame.needs == Needs::Destination {
        let target = where_::destination(page, cast, frame, &hit.words, &clause, &sides.agents)
            .or_else(|| host(page, cast, frame, &sides, word, speakers))
            .or_else(|| inviting(cast, frame, &sides, word))?;
        destination = Some(target);
    }
    let cue_parts = Cue { words: hit.words.clone(), second: hit.second.clone() };
    let sitting = sitting_of(page, cast, frame, &sides, &hit.words);
    let date = calendar.date_for(page, cast, &cue_parts, &clause, sentence, told.lean);
    let mut contacts = Vec::new();
    let evidence = page.span(&evidence_words(page, cast, &sides, &cue_words, &clause))?;
    match frame.needs {
        Needs::Destination => {
            let target = destination?;
            if sides.agents.iter().chain(&sides.partners).any(|party| cast.parties[*party].words.contains(&target.word)) {
                return None;
            }
            if states.iter().all(|state| target.countries.contains(state)) {
                // a host is no traveller: the next person of the sentence whose state is another
                let other = cast.in_sentence(sentence).find(|party| {
                    let found = &cast.parties[*party];
                    let foreign = cast.meanings[*party].states.first().is_some_and(|state| !target.countries.contains(state));
                    foreign
                        && !cast.meanings[*party].people.is_empty()
                        && found.markers.is_empty()
                        && !found.possessive
                        && found.words.end <= word
                        && page.quote_of[found.words.start] == page.quote_of[word]
                })?;
                let own = Sides { agents: vec![other], ..Sides::default() };
                (people, states, parties) = gather(page, cast, frame, &own, speakers);
            }
            states.retain(|state| target.countries.first() != Some(state) || target.countries.len() > 1);
            if states.is_empty() || (people.is_empty() && !states_may_travel(page, cast, &sides)) {
                return None;
            }
            for country in &target.countries {
                let mut all = states.clone();
                if all.contains(country) {
                    continue;
                }
                all.push(country.clone());
                contacts.push((all, Some(Spot { name: target.name.clone(), country: Some(country.clone()) })));
            }
        }
        Needs::States if sitting.is_some() => {
            let whole = sitting.as_deref().map(|key| page.reference.whole(key));
            states.retain(|state| Some(state) != sitting.as_ref() && Some(state.as_str()) != whole);
            if spot.is_none() && date.is_none() && people.is_empty() {
                return None;
            }
            contacts.push((states.clone(), spot.take()));
        }
        Needs::States => {
            if states.len() < 2 {
                return None;
            }
            if frame.persons && (people.len() < 2 && !sides_are_personal(cast, &sides)) {
                return None;
            }
            let day_told = page
                .quantities
                .iter()
                .any(|quantity| clause.words.contains(&quantity.words.start) && matches!(quantity.kind, QuantityKind::Date(_)));
            if frame.needs_place_or_date && (people.len() < 2 || spot.is_none() || !day_told || told.status != Some(ContactStatus::Held)) {
                return None;
            }
            if weak && people.is_empty() && !(told.firm && (date.is_some() || spot.is_some())) {
                return None;
            }
            contacts.push((states.clone(), spot.take()));
        }
        Needs::Frame => {
            if states.iter().filter(|state| page.reference.state(state).is_some()).count() == 0 {
                // the states that the sentence is about, else the pair of the text
                let subject = discourse::subject(page, cast, sentence).and_then(|party| cast.meanings[party].states.first().cloned());
                let pair = discourse::pair(page, cast, word);
                let of_pair: Vec<String> = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
                states = if of_pair.len() == 2 { of_pair } else { subject.into_iter().collect() };
            }
            states.retain(|state| page.reference.state(state).is_some() || format.as_ref() != Some(state));
            let sited = spot.is_some() || date.is_some();
            let enough =
                format.is_some() && (sited || !people.is_empty() || states.len() >= 2) || states.len() >= 3 || states.len() >= 2 && sited;
            if !enough || frame.counts == Counts::Agent && !attends_conference(page, &clause, &cue_words) {
                return None;
            }
            contacts.push((states.clone(), spot.take()));
        }
        Needs::Document => {
            let document = clause.words.clone().any(|word| page.is(word, Class::Document));
            if states.len() < 2 && document && people.is_empty() {
                let pair = discourse::pair(page, cast, word);
                states = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
                sides.vague = true;
            }
            if states.len() < 2 || !document && !frame.nominal {
                return None;
            }
            contacts.push((states.clone(), spot.take()));
        }
    }
    if frame.kind != ContactKind::Conference
        && frame.needs != Needs::Destination
        && contacts.iter().any(|(states, _)| states.len() > 6)
        && people.is_empty()
    {
        return None;
    }
    let status = adjust(told.status?, frame, date.as_ref(), calendar, told);
    if let (Some(then), Some(now)) = (date.as_ref().and_then(|date| date.value.latest()), calendar.published_day()) {
        if then.year() + 1 < now.year() || then.year() < now.year() && then.month() < 11 {
            // who holds the office today need not have held it then
            parties.retain(|party| party.inferred != Some("office-holder") || held_then(page, party, then));
            people.retain(|person| parties.iter().any(|party| party.name == cast.characters[*person].name));
        }
    }
    people.dedup();
    parties.dedup_by(|a, b| a.name == b.name);
    let modality = told.modality;
    let partners: Vec<usize> = sides
        .partners
        .iter()
        .flat_map(|party| cast.meanings[*party].people.iter().take(1))
        .copied()
        .filter(|person| people.contains(person))
        .collect();
    let counterpart_states = match sides.partners[..] {
        [party] if cast.parties[party].plural && cast.meanings[party].people.is_empty() && cast.meanings[party].states.len() >= 2 => {
            Some(cast.meanings[party].states.clone())
        }
        _ => None,
    };
    let apart = sides.partners.windows(2).all(|pair| {
        let gap = cast.parties[pair[0]].words.end..cast.parties[pair[1]].words.start;
        gap.clone().any(|word| page.is(word, Class::Marker)) && gap.len() <= 4
    });
    let kind = if sitting.is_some() { ContactKind::Conference } else { frame.kind };
    let format = sitting.or(format);
    let result = contacts
        .into_iter()
        .map(|(states, spot)| {
            let confidence = confidence(&sides, people.len(), weak, date.is_some());
            Found {
                contact: Contact {
                    kind,
                    status,
                    participants: parties.clone(),
                    states,
                    date: date.as_ref().map(|date| date.value.clone()),
                    date_inferred: date.as_ref().map(|date| date.inferred.clone()).unwrap_or_default(),
                    place: spot.map(Spot::place),
                    format: if kind == ContactKind::Conference { format.clone() } else { None },
                    basis: Basis { modality, side: None, rule: frame.name.clone(), confidence, evidence: vec![evidence] },
                },
                people: people.clone(),
                partners: partners.clone(),
                counterpart_states: counterpart_states.clone(),
                apart,
                sentence,
                last_sentence: sentence,
                vague: sides.vague,
                weak,
                summit: cue.is(Feature::Summit),
            }
        })
        .collect();
    Some(result)
}

/// Who invites without saying whereto invites to his own state.
fn inviting(cast: &Cast, frame: &Frame, sides: &Sides, word: usize) -> Option<where_::Destination> {
    let by_discourse = sides.agents_by_discourse.first().and_then(|character| cast.states_of(*character).first().cloned());
    let country = sides.agents.first().and_then(|party| cast.meanings[*party].states.first().cloned()).or(by_discourse)?;
    (frame.counts == Counts::Partner).then(|| where_::Destination { name: None, countries: vec![country], word })
}

/// The foreign ministers of the G7 met: a sitting of the G7.
fn sitting_of(page: &Page, cast: &Cast, frame: &Frame, sides: &Sides, cue: &Range<usize>) -> Option<String> {
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
            found.head == Head::Organization && owns && !on_the_sidelines(page, cue.start)
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
        found.states.iter().find(|state| collective && page.reference.organization(state).is_some()).cloned()
    })
}

/// Whether a word names the occasion on whose margins something else happens.
fn on_the_sidelines(page: &Page, word: usize) -> bool {
    let start = page.cut.sentences[page.sentence_of(word)].words.start;
    (word.saturating_sub(7).max(start)..word)
        .rev()
        .take_while(|before| !page.is_comma(*before))
        .any(|before| page.is(before, Class::Sideline))
}

/// With the four leaders of the country: the president, X; the prime minister, Y; ...
fn listed_after_colon(page: &Page, cast: &Cast, sides: &mut Sides, clause: &Clause, sentence: usize) {
    let collective = sides.partners.iter().any(|party| cast.parties[*party].plural && cast.meanings[*party].people.is_empty());
    if !collective || page.mark(clause.words.end) != Some(':') {
        return;
    }
    let named: Vec<usize> = cast
        .in_sentence(sentence)
        .filter(|party| cast.parties[*party].words.start > clause.words.end && !cast.meanings[*party].people.is_empty())
        .collect();
    if named.len() >= 2 {
        sides.partners = named;
    }
}

/// A guest's visit of which a host speaks goes to the host's state.
fn host(page: &Page, cast: &Cast, frame: &Frame, sides: &Sides, word: usize, speakers: &[Option<usize>]) -> Option<where_::Destination> {
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
    (frame.nominal && foreign).then(|| where_::Destination { name: None, countries: vec![country], word })
}

fn held_then(page: &Page, party: &ClaimParty, then: Date) -> bool {
    let Some(office) = &party.office else { return true };
    page.reference.person_named(&party.name).is_none_or(|id| page.reference.person(id).held(office, Some(then), Some(then)))
}

/// A past meeting cannot lie after publication; a planned one not long before.
fn adjust(status: ContactStatus, frame: &Frame, date: Option<&crate::when::Dated>, calendar: &Calendar, told: Told) -> ContactStatus {
    let _ = frame;
    let (Some(date), Some(published)) = (date, calendar.published_day()) else { return status };
    match status {
        ContactStatus::Held if !told.firm && date.value.earliest().is_some_and(|day| day > published) => ContactStatus::Planned,
        // put off to a day
        ContactStatus::Cancelled if !told.firm && date.value.earliest().is_some_and(|day| day > published) => ContactStatus::Planned,
        ContactStatus::Planned if !told.firm && date.value.latest().is_some_and(|day| day < published) => ContactStatus::Held,
        other => other,
    }
}

fn confidence(sides: &Sides, people: usize, weak: bool, dated: bool) -> f32 {
    let mut odds: f32 = 0.72;
    odds += if people >= 2 {
        0.13
    } else if people == 1 {
        0.05
    } else {
        -0.05
    };
    odds += if dated { 0.06 } else { 0.0 };
    odds -= if sides.vague { 0.15 } else { 0.0 };
    odds -= if weak { 0.1 } else { 0.0 };
    odds.clamp(0.3, 0.95)
}

fn sides_are_personal(cast: &Cast, sides: &Sides) -> bool {
    let personal = |party: &usize| {
        matches!(cast.parties[*party].head, Head::Person | Head::Office | Head::Leader | Head::Counterpart | Head::Delegates)
    };
    let partners = sides.partners.iter().any(personal);
    let agents = sides.agents.iter().any(|party| personal(party) || matches!(cast.parties[*party].head, Head::Body | Head::State))
        || !sides.agents_by_discourse.is_empty();
    partners && agents
}

fn states_may_travel(page: &Page, cast: &Cast, sides: &Sides) -> bool {
    sides.agents.iter().any(|party| {
        let found = &cast.parties[*party];
        // the Romanians who go to Turkey are no delegation
        let people = found.head == Head::Delegates && page.has_feature(found.words.end - 1, Class::State, Feature::People);
        matches!(found.head, Head::Office | Head::Leader | Head::Delegates) && !people
    })
}

fn attends_conference(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    clause.words.clone().filter(|word| *word >= cue.start).any(|word| {
        page.is(word, Class::Organization)
            || page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "conference.noun")
    })
}

/// Parties whose marker is among `markers`; an empty one stands for no marker.
fn stands_under(cast: &Cast, party: usize, markers: &[String]) -> bool {
    let found = &cast.parties[party];
    if found.markers.is_empty() {
        return markers.iter().any(String::is_empty);
    }
    // a word may be a marker of several kinds; one that fits is enough
    found.markers.iter().any(|marker| markers.contains(marker))
}

/// Whether a party can take part in a contact at all.
fn can_take_part(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    if matches!(found.head, Head::Pronoun) {
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
    let described_after = found.adjective && page.shape(after) == chancery_language::Shape::Lower && page.hits.at(after).is_none();
    !(nonstate || described_after && found.states.len() < 2)
}

/// Parties of the clause before and after the cue, nearest first.
fn around(page: &Page, cast: &Cast, cue: &Range<usize>, clause: &Clause, sentence: usize) -> (Vec<usize>, Vec<usize>) {
    let range = cast.in_sentence(sentence);
    let usable =
        |party: &usize| can_take_part(page, cast, *party) && page.quote_of[cast.parties[*party].words.start] == page.quote_of[cue.start];
    let mut before: Vec<usize> = range
        .clone()
        .filter(|party| cast.parties[*party].words.end <= cue.start && cast.parties[*party].words.start >= clause.words.start)
        .filter(usable)
        .collect();
    before.reverse();
    let after = range
        .filter(|party| cast.parties[*party].words.start >= cue.end && cast.parties[*party].words.start < clause.words.end)
        .filter(usable)
        .collect();
    (before, after)
}

/// The whole list in which a party stands, in order of words.
fn list_of(cast: &Cast, party: usize, among: &[usize]) -> Vec<usize> {
    let group = cast.parties[party].group;
    let mut list: Vec<usize> = among.iter().copied().filter(|other| cast.parties[*other].group == group).collect();
    list.sort_unstable();
    list
}

/// A state alone is a side only where no preposition of place makes it a place.
fn is_place_only(cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    matches!(found.head, Head::State | Head::Group)
        && (found.marked("in") || found.marked("at") || found.marked("from"))
        && !found.marked("with")
}

fn verb_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, clause: &Clause, cues: &[&Entry]) -> Sides {
    let sentence = page.sentence_of(cue.start);
    let (before, after) = around(page, cast, cue, clause, sentence);
    let mut sides = Sides::default();
    let directed = |party: usize| {
        cast.parties[party].marked("to")
            && !cast.parties[party].marked("with")
            && matches!(cast.parties[party].head, Head::State | Head::Group | Head::Organization)
    };
    let fits = |party: usize, markers: &[String]| stands_under(cast, party, markers) && !is_place_only(cast, party) && !directed(party);
    let personal = |party: usize| !matches!(cast.parties[party].head, Head::State | Head::Group);
    // for journeys a state alone is where one goes
    let agent_fits = |party: usize| {
        fits(party, &frame.agent)
            && !(cast.parties[party].oblique && cast.parties[party].markers.is_empty())
            && (frame.needs != Needs::Destination || personal(party))
    };
    if let Some(agent) = before.iter().copied().find(|party| agent_fits(*party) && !cast.parties[*party].possessive) {
        sides.agents = list_of(cast, agent, &before);
    }
    if frame.needs == Needs::Destination && frame.partner.is_empty() {
        if sides.agents.is_empty() {
            if let Some(agent) = after.iter().copied().find(|party| agent_fits(*party)) {
                sides.agents = list_of(cast, agent, &after);
            }
        }
    } else if !frame.partner.is_empty() {
        let with = |party: usize| cast.parties[party].marked("with");
        for party in after.iter().copied().filter(|party| fits(*party, &frame.partner) && !cast.parties[*party].possessive) {
            let free = cast.parties[party].markers.is_empty();
            // ties with Central Asia are no side
            let before = found_before(page, cast, party);
            if with(party) && before.is_some_and(|word| page.is(word, Class::Background) || page.is(word, Class::Indicator)) {
                continue;
            }
            // the object is the first free list; further sides need a marker
            if free
                && !sides.partners.is_empty()
                && !sides.partners.iter().any(|other| cast.parties[*other].group == cast.parties[party].group)
            {
                let inverted = sides.agents.is_empty();
                if !inverted || sides.partners.iter().any(|other| with(*other)) {
                    continue;
                }
            }
            let start = cast.parties[party].words.start;
            let far = start.saturating_sub(cue.end) > 25;
            // A met B, C received D: the next cue's subject is none of this one's
            let next_cue = (cue.end..start).any(|word| is_verb_cue(page, word));
            if !far && !next_cue && !sides.partners.contains(&party) {
                sides.partners.push(party);
            }
        }
        // in languages with free order the other side may stand before the verb
        for party in before.iter().copied().filter(|party| !sides.agents.contains(party)) {
            if with(party) || cues.iter().any(|cue| cue.is(Feature::Passive)) && cast.parties[party].marked("by") {
                sides.partners.push(party);
            } else if sides.partners.is_empty()
                && sides.agents.len() == 1
                && cast.parties[party].markers.is_empty()
                && !is_place_only(cast, party)
                && frame.partner.iter().any(String::is_empty)
                && personal(party)
            {
                let gap = cast.parties[party].words.end..cast.parties[sides.agents[0]].words.start;
                // the verb at the end of its clause has both sides before it
                let verb_last = cues.iter().any(|cue| cue.features.any(&[Feature::Participle, Feature::Infinitive]))
                    && !after.iter().any(|party| cast.parties[*party].markers.is_empty());
                if gap.len() <= if verb_last { 25 } else { 6 }
                    && !gap.clone().any(|word| page.is_comma(word))
                    && !cast.parties[party].possessive
                {
                    sides.partners.push(party);
                }
            }
        }
    } else if sides.agents.is_empty() {
        if let Some(agent) = after.iter().copied().find(|party| agent_fits(*party)) {
            sides.agents = list_of(cast, agent, &after);
        }
    }
    // verb before subject: telefonierte Lula mit dem Präsidenten
    if sides.agents.is_empty() && frame.needs != Needs::Destination {
        let first_free = sides.partners.iter().copied().find(|party| {
            cast.parties[*party].markers.is_empty()
                && !cast.parties[*party].oblique
                && cast.parties[*party].words.start.saturating_sub(cue.end) <= 12
        });
        let others =
            first_free.is_some_and(|free| sides.partners.iter().any(|party| cast.parties[*party].group != cast.parties[free].group));
        if let Some(free) = first_free.filter(|_| others) {
            sides.agents = list_of(cast, free, &sides.partners.clone());
            sides.partners.retain(|party| !sides.agents.contains(party));
        }
    }
    // a relative clause: its subject is the party before the pronoun
    if sides.agents.is_empty() && clause.opener == Opener::Relative {
        let antecedent = cast
            .in_sentence(sentence)
            .rev()
            .find(|party| cast.parties[*party].words.end < clause.words.start + 1 && can_take_part(page, cast, *party));
        // a place or a state is where, not who
        sides.agents.extend(antecedent.filter(|party| personal(*party)));
    }
    // a dropped subject: that of the main clause before
    if sides.agents.is_empty() {
        let main = cast.in_sentence(sentence).find(|party| {
            let found = &cast.parties[*party];
            found.words.end <= cue.start
                && !cast.meanings[*party].people.is_empty()
                && found.markers.is_empty()
                && !found.possessive
                && !found.oblique
                && !sides.partners.contains(party)
                && page.quote_of[found.words.start] == page.quote_of[cue.start]
                && can_take_part(page, cast, *party)
        });
        if let Some(main) = main {
            let all: Vec<usize> = cast.in_sentence(sentence).filter(|party| cast.parties[*party].words.end <= cue.start).collect();
            sides.agents = list_of(cast, main, &all);
        }
    }
    sides
}

/// The word before a party's preposition and articles.
fn found_before(page: &Page, cast: &Cast, party: usize) -> Option<usize> {
    let start = cast.parties[party].words.start;
    (start.saturating_sub(4)..start).rev().find(|word| !page.is(*word, Class::Article) && !page.is(*word, Class::Marker))
}

fn is_verb_cue(page: &Page, word: usize) -> bool {
    page.begins_hit(word) && page.entries(word).any(|entry| entry.class == Class::Contact && !entry.value.ends_with(".noun"))
}

fn noun_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, clause: &Clause) -> Sides {
    let sentence = page.sentence_of(cue.start);
    let (before, after) = around(page, cast, cue, clause, sentence);
    let mut sides = Sides::default();
    let markers = |list: &[String], party: usize| stands_under(cast, party, list);
    // Putin's visit, Russian-Turkish talks, the Xi-Biden call
    let close_before = before.first().copied().filter(|party| {
        let found = &cast.parties[*party];
        let gap = found.words.end..cue.start;
        let tight = gap.clone().all(|word| {
            page.is(word, Class::Modifier) || page.hits.at(word).is_none() && page.shape(word) == chancery_language::Shape::Lower
        }) && gap.len() <= 3;
        (found.possessive || found.adjective && gap.len() <= 2) && tight
    });
    if let Some(party) = close_before {
        sides.agents = list_of(cast, party, &before);
    }
    let mut at = cue.end;
    for party in after.iter().copied() {
        let found = &cast.parties[party];
        let gap = found.words.start.saturating_sub(at);
        let owner_markers: Vec<String> = frame.owner.iter().filter(|marker| !marker.is_empty()).cloned().collect();
        let genitive = frame.owner.iter().any(String::is_empty) && found.markers.is_empty() && gap <= 1 && (!found.possessive || gap == 0);
        let same_list = |sides: &[usize]| sides.iter().any(|other| cast.parties[*other].group == found.group);
        let place = matches!(found.head, Head::State | Head::Group) && frame.needs == Needs::Destination;
        if same_list(&sides.partners) {
            sides.partners.push(party);
        } else if same_list(&sides.agents) && !sides.agents.contains(&party) {
            sides.agents.push(party);
        } else if markers(&frame.partner, party) && !found.markers.is_empty() && gap <= 14 && !is_place_only(cast, party) {
            sides.partners.push(party);
        } else if !place
            && !is_place_only(cast, party)
            && (markers(&owner_markers, party) && !found.markers.is_empty() && gap <= 6 || genitive)
            && sides.partners.is_empty()
        {
            sides.agents.push(party);
        } else {
            // a further party belongs to another word of the clause
            let closes = found.markers.is_empty() || gap > 14;
            if closes && !sides.partners.is_empty() {
                break;
            }
        }
        at = found.words.end;
    }
    // before the noun in other word orders: with X talks were held
    for party in before.iter().copied() {
        let found = &cast.parties[party];
        if sides.partners.contains(&party) || sides.agents.contains(&party) {
            continue;
        }
        if found.marked("with") && frame.partner.iter().any(|marker| marker == "with") && sides.partners.is_empty() {
            sides.partners.extend(list_of(cast, party, &before));
        } else if found.marked("between") && frame.owner.iter().any(|marker| marker == "between") && sides.agents.is_empty() {
            sides.agents = list_of(cast, party, &before);
        }
    }
    if frame.kind == ContactKind::Letter && sides.partners.is_empty() {
        // sent the prime minister a letter: the addressee is the object
        let object = after.iter().chain(&before).copied().find(|party| {
            let found = &cast.parties[*party];
            let personal = !cast.meanings[*party].people.is_empty() || matches!(found.head, Head::Office);
            personal
                && found.markers.is_empty()
                && !sides.agents.contains(party)
                && discourse::subject(page, cast, sentence) != Some(*party)
                && found.words.start.abs_diff(cue.start) <= 15
        });
        sides.partners.extend(object);
    }
    // during the call, he said: a noun that points back
    let definite = cue
        .start
        .checked_sub(1)
        .is_some_and(|before| page.is(before, Class::Article) || page.marks(before, "during") || page.marks(before, "after"));
    if sides.agents.is_empty() && sides.partners.is_empty() && definite && page.is_comma(cue.end) {
        return sides;
    }
    // who comes to a conference the verb says (attended, hosted), not the noun
    if complete(page, cast, &sides, frame) || frame.kind == ContactKind::Conference {
        return sides;
    }
    // the subject of the clause, or of the sentence
    let taken = |party: usize, sides: &Sides| sides.agents.contains(&party) || sides.partners.contains(&party);
    let range = cast.in_sentence(sentence);
    let subject_like = |party: &usize| {
        let found = &cast.parties[*party];
        can_take_part(page, cast, *party)
            && found.markers.is_empty()
            && !found.possessive
            && !found.oblique
            && !found.adjective
            && page.quote_of[found.words.start] == page.quote_of[cue.start]
            && (frame.needs != Needs::Destination || !matches!(found.head, Head::State | Head::Group))
    };
    let distinct = |party: usize, sides: &Sides| {
        // the subject must bring a state that is not there yet
        let states = &cast.meanings[party].states;
        !states.iter().all(|state| sides.agents.iter().chain(&sides.partners).any(|other| cast.meanings[*other].states.contains(state)))
    };
    let candidate =
        before.iter().copied().find(|party| subject_like(party) && !taken(*party, &sides) && distinct(*party, &sides)).or_else(|| {
            // the main clause around: before the clause, else after it
            let mut all: Vec<usize> = range.clone().collect();
            all.sort_by_key(|party| (cast.parties[*party].words.start > cue.start, cast.parties[*party].words.start.abs_diff(cue.start)));
            // an object after the verb is no subject: only where the other side is named with the noun
            all.into_iter()
                .filter(|_| !sides.partners.is_empty() || sides.agents.is_empty())
                .find(|party| subject_like(party) && !taken(*party, &sides) && distinct(*party, &sides))
        });
    if let Some(party) = candidate {
        let among: Vec<usize> = range.collect();
        if frame.counts == Counts::Agent || !sides.partners.is_empty() || !sides.agents.is_empty() {
            if sides.agents.is_empty() || frame.counts == Counts::All {
                sides.agents.extend(list_of(cast, party, &among));
            }
        } else if governs_noun(page, cue) || cast.meanings[party].states.len() >= 2 || list_of(cast, party, &among).len() >= 2 {
            sides.agents.extend(list_of(cast, party, &among));
        }
    }
    sides
}

/// Whether a light verb (held, had) stands in the sentence between the subject and the noun or after both.
fn governs_noun(page: &Page, cue: &Range<usize>) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(cue.start)].words.clone();
    sentence.into_iter().any(|word| page.is(word, Class::Light))
}

/// Whether the noun's own parties already make a contact.
fn complete(page: &Page, cast: &Cast, sides: &Sides, frame: &Frame) -> bool {
    let _ = page;
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

/// Fills an empty side by pronouns, dropped subjects, the first person of a quotation and "both leaders".
fn by_discourse(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    sides: &mut Sides,
    cue: &Range<usize>,
    clause: &Clause,
    speakers: &[Option<usize>],
) {
    let mut own: Vec<usize> = sides.agents.iter().chain(&sides.partners).copied().collect();
    own.retain(|party| !cast.meanings[*party].states.is_empty());
    let has_agent = sides.agents.iter().any(|party| !cast.meanings[*party].states.is_empty());
    let mut told: Vec<&String> = own.iter().flat_map(|party| &cast.meanings[*party].states).collect();
    told.sort();
    told.dedup();
    if told.len() >= 2 && frame.counts == Counts::All && frame.kind != ContactKind::Letter {
        return;
    }
    if has_agent && (frame.counts == Counts::Agent || !sides.partners.is_empty()) {
        return;
    }
    let sentence = page.cut.sentences[page.sentence_of(cue.start)].words.clone();
    let speaker = page.quote_of[cue.start].and_then(|quote| speakers.get(quote).copied().flatten());
    // pronouns of the clause
    let mut both = false;
    let mut pronoun: Option<(usize, String, bool)> = None;
    for party in cast.in_sentence(page.sentence_of(cue.start)) {
        let found = &cast.parties[party];
        let near = found.words.start >= clause.words.start && found.words.start < clause.words.end
            || found.words.end <= clause.words.start && found.words.start + 14 > clause.words.start;
        if !near || page.quote_of[found.words.start] != page.quote_of[cue.start] {
            continue;
        }
        let unresolved_plural =
            found.plural && cast.meanings[party].states.is_empty() && matches!(found.head, Head::Office | Head::Leader | Head::Delegates);
        if let Some((value, possessive)) = &found.pronoun {
            match value.as_str() {
                "both" | "they" if found.head == Head::Pronoun || unresolved_plural => both = true,
                "he" | "she"
                    if pronoun.is_none()
                        && found.head == Head::Pronoun
                        && (!possessive || found.words.end + 2 >= cue.start && found.words.end <= cue.start) =>
                {
                    pronoun = Some((found.words.start, value.clone(), *possessive));
                }
                "i" | "we" if found.head == Head::Pronoun => pronoun = pronoun.or(Some((found.words.start, value.clone(), *possessive))),
                _ => {}
            }
        } else if unresolved_plural {
            both = true;
        }
    }
    if both && own.is_empty() && frame.counts == Counts::All {
        sides.agents_by_discourse = discourse::pair(page, cast, cue.start);
        sides.vague = true;
        return;
    }
    if let Some(speaker) = speaker {
        // inside a quotation the speaker is the first person; a cue with one foreign side is the speaker's contact
        let first_person = pronoun.as_ref().is_some_and(|(_, value, _)| value == "i" || value == "we") || !page_has_subject(cast, sides);
        if first_person && !has_agent {
            sides.agents_by_discourse = vec![speaker];
            return;
        }
    }
    let partnered = !sides.partners.is_empty() && !has_agent || frame.needs == Needs::Destination && !has_agent;
    if let Some((at, value, possessive)) = pronoun {
        if !has_agent && (partnered || possessive || frame.counts == Counts::Agent) {
            let gender = discourse::gender_of(&value);
            if let Some(character) = discourse::focus(page, cast, at, gender.filter(|gender| *gender == "f")) {
                if !own.iter().any(|party| cast.meanings[*party].people.contains(&character)) {
                    sides.agents_by_discourse = vec![character];
                    sides.vague = true;
                    return;
                }
            }
        }
    }
    // a dropped subject: a verb or a noun with one side in a sentence without any subject
    if partnered
        && page.quote_of[cue.start].is_none()
        && discourse::subject(page, cast, page.sentence_of(cue.start))
            .is_none_or(|party| sides.partners.contains(&party) || sides.agents.contains(&party))
    {
        if let Some(character) = discourse::focus(page, cast, sentence.start, None) {
            let states = cast.states_of(character);
            if !own.iter().any(|party| {
                cast.meanings[*party].people.contains(&character)
                    || cast.meanings[*party].states.iter().all(|state| states.contains(state)) && frame.counts == Counts::All
            }) {
                sides.agents_by_discourse = vec![character];
                sides.vague = true;
            }
        }
    }
}

fn page_has_subject(cast: &Cast, sides: &Sides) -> bool {
    sides.agents.iter().any(|party| !cast.meanings[*party].states.is_empty())
}

/// People, states and claim parties of the sides.
fn gather(
    page: &Page,
    cast: &mut Cast,
    frame: &Frame,
    sides: &Sides,
    speakers: &[Option<usize>],
) -> (Vec<usize>, Vec<String>, Vec<ClaimParty>) {
    let _ = speakers;
    let (mut people, mut states, mut parties) = (Vec::new(), Vec::new(), Vec::new());
    let all: Vec<usize> = match frame.counts {
        Counts::Agent => sides.agents.clone(),
        Counts::Partner => sides.partners.clone(),
        Counts::All => sides.agents.iter().chain(&sides.partners).copied().collect(),
    };
    let mut add_state = |state: &String| {
        if !states.contains(state) {
            states.push(state.clone());
        }
    };
    for character in sides.agents_by_discourse.iter().filter(|_| frame.counts != Counts::Partner) {
        if let Some(state) = cast.states_of(*character).first() {
            add_state(state);
            people.push(*character);
            parties.push(cast.claim_party(page, *character, None));
        }
    }
    for party in all {
        let meaning = cast.meanings[party].clone();
        if cast.parties[party].former {
            // a former leader stands for no state
            continue;
        }
        meaning.states.iter().for_each(&mut add_state);
        let mut meaning = meaning;
        let found = &cast.parties[party];
        if meaning.people.is_empty() && found.head == Head::Delegates && !found.plural && meaning.states.len() == 1 {
            // the American official: whoever of that state was named last
            let last = (0..party).rev().find_map(|earlier| {
                cast.meanings[earlier]
                    .people
                    .first()
                    .copied()
                    .filter(|character| cast.states_of(*character).first() == meaning.states.first())
            });
            meaning.people.extend(last);
        }
        for character in meaning.people {
            if !people.contains(&character) {
                people.push(character);
                parties.push(cast.claim_party(page, character, Some(party)));
                if meaning.states.is_empty() {
                    if let Some(state) = cast.states_of(character).first() {
                        add_state(state);
                    }
                }
            }
        }
    }
    (people, states, parties)
}

/// The organization or format in whose frame a conference sits.
fn frame_of(page: &Page, clause: &Clause, cue: &Range<usize>, frame: &Frame) -> Option<String> {
    if frame.kind != ContactKind::Conference {
        return None;
    }
    if let Some(of) = page.entries(cue.start).find_map(|entry| entry.of.clone()) {
        return Some(of);
    }
    let near = |word: usize| word.abs_diff(cue.start).min(word.abs_diff(cue.end)) <= 8;
    clause
        .words
        .clone()
        .filter(|word| near(*word) && page.begins_hit(*word))
        .filter_map(|word| {
            let key = page.entries(word).find(|entry| {
                entry.class == Class::Organization
                    || entry.class == Class::State
                        && page.reference.state(&entry.value).is_some()
                        && entry.value.len() == 2
                        && page.reference.organization(&entry.value).is_some()
            })?;
            Some((word.abs_diff(cue.start), key.value.clone()))
        })
        .min()
        .map(|(_, key)| key)
}

/// From the first party to the last around the cue.
fn evidence_words(page: &Page, cast: &Cast, sides: &Sides, cue: &Range<usize>, clause: &Clause) -> Range<usize> {
    let mut words = cue.clone();
    for party in sides.agents.iter().chain(&sides.partners) {
        let found = &cast.parties[*party].words;
        if page.sentence_of(found.start) == page.sentence_of(cue.start) {
            words = words.start.min(found.start)..words.end.max(found.end);
        }
    }
    let _ = clause;
    words
}

/// Whether a claim is asserted rather than only supposed.
pub(crate) fn is_asserted(found: &Found) -> bool {
    !matches!(found.contact.basis.modality, Modality::Hypothetical | Modality::Negated)
}
