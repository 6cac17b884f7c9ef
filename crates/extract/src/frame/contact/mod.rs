//! Contacts: who met, called, visited or wrote to whom.
//!
//! In: a page, its cast, the frames. Out: one contact for each cue whose slots are filled.
//! Never: joins two cues that tell one occasion; that comes after.

use super::absent::{by_discourse, by_example, listed_after_colon};
use super::company::{gather, sides_are_personal, states_may_travel};
use super::conference::{
    acts_there, attends_conference, frame_of, host_of_sitting, is_attended, is_conference, is_put_off, is_sitting, sitting_of, stays_away,
    summit_of_two,
};
use super::envoy::envoy_sides;
use super::journey::{attending, host, inviting, of_whom, travellers};
use super::occasion::{Echo, caption, echo, hosted, next_round, next_sitting, one_for_each, took_part};
use super::plan::{adjust, is_moved, names_a_day};
use super::sides::{Sides, governs_noun, noun_sides, on_the_sidelines, verb_sides};
use crate::cast::Cast;
use crate::clause::{self, Opener};
use crate::discourse;
use crate::frame::rules::{Counts, Frame, Frames, Needs};
use crate::frame::status::{self, Told};
use crate::page::Page;
use crate::party::Head;
use crate::place::{self, Spot};
use crate::publication;
use crate::quantity::{Lean, QuantityKind};
use crate::when::{Calendar, Cue};
use chancery_language::{Class, Entry, Feature, Shape};
use chancery_model::{Basis, Contact, ContactKind, ContactStatus, Modality, Office, Part, Role};
use std::ops::Range;

/// A contact with what joining needs to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub contact: Contact,
    /// Characters taking part.
    pub people: Vec<usize>,
    /// The other side of the verb, state by state.
    pub counterparts: Vec<Counterpart>,
    /// Whether the noun is one of several occasions (meetings, calls).
    pub plural: bool,
    /// Whether each of these has a preposition of his own, or is called a counterpart.
    pub apart: bool,
    pub sentence: usize,
    /// The last sentence that tells of it.
    pub last_sentence: usize,
    /// Whether the parties are only guessed from the discourse.
    pub vague: bool,
    /// Whether the cue alone says little (talks, conversation).
    pub weak: bool,
    /// Whether only an infinitive says that it is to come.
    pub loose: bool,
    /// Whether words say that it took place or will, rather than a bare noun.
    pub firm: bool,
    /// Whether the cue is a word for a meeting of leaders, of two or of many.
    pub summit: bool,
}

/// One of several on the other side of a verb.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Counterpart {
    pub state: String,
    /// Characters that stand for the state there.
    pub people: Vec<usize>,
    /// Where, if words directly behind them say so.
    pub spot: Option<Spot>,
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
            if urges(page, word) {
                continue;
            }
            for cue in readings(page, frames, word, distinct(&cues)) {
                let value = if summit_of_two(page, cast, cue, word) { "meeting.noun" } else { cue.value.as_str() };
                let Some(frame) = frames.of(value) else { continue };
                match fill(page, cast, frames, frame, &cues, cue, word, sentence, calendar, speakers) {
                    Some(contacts) => found.extend(contacts.into_iter().flat_map(|one| one_for_each(page, frame, one))),
                    None if took_part(page, cast, frame, &cues, word, sentence, &mut found) => {}
                    None => {
                        let further = next_sitting(page, cast, frame, &cues, word, sentence, calendar, &found)
                            .or_else(|| next_round(page, cast, frame, &cues, word, sentence, calendar, &found))
                            .or_else(|| hosted(page, cast, frame, &cues, word, sentence, calendar, &found));
                        match further {
                            Some(further) => found.push(further),
                            None => echoes.extend(echo(page, cast, frame, &cues, word, sentence, calendar)),
                        }
                    }
                }
            }
        }
        accept(page, &words, sentence, &mut found);
    }
    by_telephone(&mut found, &echoes);
    (found, echoes)
}

/// Spoke with X; the call took place on Tuesday: whoever spoke, spoke by telephone. So did he who spoke with Y, too.
fn by_telephone(found: &mut [Found], echoes: &[Echo]) {
    let near = |one: usize, other: usize| one.abs_diff(other) <= 1;
    let calls: Vec<(usize, Vec<usize>)> = found
        .iter()
        .filter(|one| one.contact.kind == ContactKind::Call && one.contact.status == ContactStatus::Held)
        .map(|one| (one.sentence, one.people.clone()))
        .collect();
    for one in found.iter_mut().filter(|one| one.weak && one.contact.basis.rule.ends_with("meeting.mutual") && one.contact.place.is_none())
    {
        let echoed =
            echoes.iter().any(|echo| echo.kind == ContactKind::Call && echo.sentence >= one.sentence && near(echo.sentence, one.sentence));
        let beside =
            calls.iter().any(|(sentence, people)| near(*sentence, one.sentence) && people.iter().any(|person| one.people.contains(person)));
        if echoed || beside {
            one.contact.kind = ContactKind::Call;
        }
    }
}

/// Invited him, and he accepted: what was proposed in this sentence or the one before is planned.
fn accept(page: &Page, words: &Range<usize>, sentence: usize, found: &mut [Found]) {
    let accepted = words.clone().find(|word| {
        page.begins_hit(*word)
            && page.quote_of[*word].is_none()
            && page.entries(*word).any(|entry| entry.class == Class::Status && entry.value == "accepted")
            && !page.is(*word, Class::Contact)
            && !(word.saturating_sub(3)..*word).any(|before| page.is(before, Class::Negation))
    });
    let Some(accepted) = accepted.and_then(|word| page.cut.words.get(word)).map(|word| word.span.start()) else { return };
    let last = found.iter_mut().rev().find(|one| {
        one.contact.kind == ContactKind::Visit
            && one.contact.status == ContactStatus::Proposed
            && one.sentence + 1 >= sentence
            && one.contact.basis.evidence.first().is_some_and(|span| span.start() < accepted)
    });
    if let Some(one) = last {
        one.contact.status = ContactStatus::Planned;
    }
}

/// Called on the president to withdraw: a demand and no call on him.
fn urges(page: &Page, word: usize) -> bool {
    let demand = page.is(word, Class::Commit) && page.is(word, Class::Contact);
    let clause = clause::around(page, &(word..page.hit_end(word)));
    demand
        && (page.hit_end(word)..clause.words.end).any(|next| {
            page.is(next, Class::Purpose)
                && page.shape(next + 1) == Shape::Lower
                && page.entries(next + 1).all(|entry| entry.class != Class::Article)
        })
}

/// A form that is noun and verb alike is the noun after an article, a preposition, a possessive or a number, else the verb.
fn readings<'e>(page: &Page, frames: &Frames, word: usize, cues: Vec<&'e Entry>) -> Vec<&'e Entry> {
    let nominal = |cue: &&Entry| frames.of(&cue.value).is_some_and(|frame| frame.nominal);
    if !(cues.iter().any(nominal) && cues.iter().any(|cue| !nominal(cue))) {
        return cues;
    }
    // on a tour, meeting President A and Prime Minister B: behind a mark, with a person as its object
    let end = page.hit_end(word);
    let person = [Class::Title, Class::Office, Class::Leader, Class::Person].iter().any(|class| page.is(end, *class))
        || page.has_feature(end, Class::State, Feature::Adjective)
        || page.shape(end) == Shape::Capital && page.hits.at(end).is_none();
    let behind_mark = word.checked_sub(1).is_some_and(|before| page.mark(before).is_some());
    if cues.iter().all(|cue| nominal(cue) || cue.is(Feature::Gerund)) {
        let as_verb = person && behind_mark;
        return cues.into_iter().filter(|cue| nominal(cue) != as_verb).collect();
    }
    let as_noun = word.checked_sub(1).is_some_and(|before| {
        let determines =
            [Class::Article, Class::Marker, Class::Modifier, Class::Number, Class::Light].iter().any(|class| page.is(before, *class));
        let possessive = page.entries(before).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
        let begins = page.cut.sentences[page.sentence_of(word)].words.start == word;
        let possessive = possessive || page.folded(before) == "s" && before > 0 && matches!(page.mark(before - 1), Some('\'' | '’'));
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
    frames: &Frames,
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
    let next = clause.words.end;
    let beside = next <= hit.words.end + 3;
    // the consultative meeting of the heads of state which was held in Astana
    let held = || next <= hit.words.end + 16 && !page.is_comma(next - 1) && (next + 1..next + 5).any(|word| page.is(word, Class::Light));
    if frame.nominal && page.is(next, Class::Relative) && (beside || held()) {
        // the meeting that he will have with ...: what the relative clause says belongs to the noun
        clause.words.end = clause::around(page, &(next + 1..next + 2)).words.end.max(next);
    }
    let mut told = status::told(page, &clause, &hit.words, cues, frame.nominal);
    told.status?;
    if frame.proposes && told.status == Some(ContactStatus::Held) {
        // an invitation is a proposal
        told = Told { status: Some(ContactStatus::Proposed), lean: Lean::Future, firm: true, ..told };
    }
    if told.status == Some(ContactStatus::Cancelled) && !told.firm {
        // planned for Friday, put off indefinitely: the day is that of the old plan
        told.firm = !is_moved(page, &clause);
    }
    // who stays away says nothing of the conference
    let away = |told: &Told| matches!(told.status, Some(ContactStatus::Denied | ContactStatus::Cancelled));
    if frame.kind == ContactKind::Conference
        && (!frame.nominal && away(&told) || frame.nominal && stays_away(page, &clause, hit.words.start))
    {
        return None;
    }
    // invited X to take part in the summit: the invitation says so
    let invites = |word: usize| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "visit.invite");
    if frame.kind == ContactKind::Conference && (clause.words.start..hit.words.start).any(invites) {
        return None;
    }
    let weak = cue.is(Feature::Weak);
    let mut sides = if frame.envoys {
        envoy_sides(page, cast, frame, &hit.words, sentence)?
    } else if frame.nominal {
        noun_sides(page, cast, frame, &hit.words, &clause)
    } else {
        verb_sides(page, cast, frame, &hit.words, &clause, cues)
    };
    // who attends, attends what the noun after the verb names: its date is the verb's, and whom it names sits there too
    let attended = (frame.kind == ContactKind::Conference && !frame.nominal)
        .then(|| (hit.words.end..clause.words.end.min(hit.words.end + 14)).find(|word| is_sitting(page, *word)))
        .flatten()
        .map(|word| word..page.hit_end(word));
    let nobody = sides.agents.iter().all(|party| cast.meanings[*party].people.is_empty());
    if frame.nominal && frame.kind == ContactKind::Conference && nobody {
        sides.agents.extend(travellers(page, cast, frames, &clause, &hit.words));
        if sides.agents.is_empty() && !sides.partners.is_empty() {
            attending(page, cast, frames, &clause, &hit.words, &mut sides);
        }
    }
    listed_after_colon(page, cast, &mut sides, &clause, sentence);
    let unnamed = sides.agents.is_empty() && sides.partners.is_empty();
    if frame.kind == ContactKind::Meeting && frame.counts == Counts::All {
        by_example(page, cast, &mut sides, &hit.words, sentence);
    }
    by_discourse(page, cast, frame, &mut sides, &hit.words, &clause, speakers);
    if let Some(noun) = attended.as_ref().filter(|noun| is_conference(page, noun.start))
        && let Some(sitting) = frames.of("conference.noun")
    {
        let seated = noun_sides(page, cast, sitting, noun, &clause);
        // the summit with A and B; the session of the Turkish-Saudi council
        sides.agents.extend(seated.partners.into_iter().filter(|party| cast.parties[*party].marked("with")));
        sides.agents.extend(seated.agents.into_iter().filter(|party| cast.parties[*party].states.len() > 1));
    }
    let both_sides_sign = unnamed && !sides.agents.is_empty();
    if frame.nominal
        && frame.needs == Needs::Destination
        && let Some(traveller) = of_whom(page, cast, &hit.words, speakers)
    {
        sides = Sides { agents_by_discourse: vec![traveller?], ..Sides::default() };
    }
    let his = (hit.words.start.saturating_sub(2)..hit.words.start)
        .any(|word| page.entries(word).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive)));
    if frame.nominal && frame.needs == Needs::Destination && his {
        // ahead of his visit to Egypt, A met B: only A travels
        let first = sides.agents.iter().copied().min_by_key(|party| cast.parties[*party].words.start);
        if let Some(group) = first.map(|party| cast.parties[party].group) {
            sides.agents.retain(|party| cast.parties[*party].group == group);
            sides.partners.retain(|party| cast.parties[*party].group == group || cast.parties[*party].marked("with"));
        }
    }
    let placed = !matches!(frame.kind, ContactKind::Call | ContactKind::Letter);
    let mut spot = if placed { place::find(page, cast, &clause, &hit.words, sentence) } else { None };
    let format = frame_of(page, &clause, &hit.words, frame);
    let mut destination = None;
    // leaves A bound for B: the goal stands behind the second part
    let bound = hit.second.as_ref().filter(|second| second.len() >= 3);
    let leads = bound.unwrap_or(&hit.words).clone();
    if frame.needs == Needs::Destination {
        let target = place::destination(page, cast, frame, &leads, &clause, &sides.agents)
            .or_else(|| place::before_relative(page, &clause))
            .or_else(|| host(page, cast, frame, &sides, word, speakers))
            .or_else(|| inviting(cast, frame, &sides, word))?;
        if at_post(page, cast, &sides, &target.countries) {
            return None;
        }
        destination = Some(target);
    }
    let cue_parts = Cue { words: hit.words.clone(), second: hit.second.clone().or(attended.clone()) };
    let sitting = sitting_of(page, cast, frame, &sides, &hit.words);
    // the visit in July: a noun without a verb of its own leaves open whether the July before or the one to come
    let weekday = page.quantities.iter().any(|quantity| match &quantity.kind {
        QuantityKind::Date(date) => clause.words.contains(&quantity.words.start) && date.weekday().is_some(),
        _ => false,
    });
    let bare = frame.nominal && told.status == Some(ContactStatus::Held) && !told.firm && !weekday && !governs_noun(page, &hit.words);
    let lean = if bare { Lean::Unknown } else { told.lean };
    let mut date = calendar.date_for(page, cast, &cue_parts, &clause, sentence, lean);
    // arrived on Tuesday, the start of a journey that will take him to X, too: the day is none of X's
    let beyond = destination.as_ref().is_some_and(|target| target.word > next && next < clause.words.end);
    if beyond {
        date = date.filter(|_| page.quantities.iter().any(|quantity| (next..clause.words.end).contains(&quantity.words.start)));
    }
    if frame.nominal
        && !beyond
        && let Some(verb) = clause::governing(page, &clause, &hit.words)
    {
        // comes on Thursday for talks: the day is the verb's
        let entries: Vec<&Entry> = page.entries(verb.words.start).filter(|entry| entry.class == Class::Contact).collect();
        let around = clause::around(page, &verb.words);
        let journey = status::told(page, &around, &verb.words, &entries, false);
        let parts = Cue { words: verb.words.clone(), second: verb.second.clone() };
        date = calendar.date_for(page, cast, &parts, &around, sentence, journey.lean).or(date);
        if told.status == Some(ContactStatus::Held) && !told.firm {
            told.lean = journey.lean;
        }
    }
    let named: Vec<usize> = sides.agents.iter().chain(&sides.partners).copied().collect();
    cast.hold_at(page, calendar, &named, date.as_ref().map(|date| &date.value));
    let (mut people, mut states, mut parties) = gather(page, cast, frame, &sides);
    let mut contacts = Vec::new();
    let evidence = page.span(&evidence_words(page, cast, &sides, &cue_words))?;
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
                (people, states, parties) = gather(page, cast, frame, &own);
            }
            states.retain(|state| target.countries.first() != Some(state) || target.countries.len() > 1);
            // the first visit of a president since 1991: a journey of nobody in particular needs its day
            let nobodys = people.is_empty() && frame.nominal && date.as_ref().is_none_or(|date| date.value.day().is_none());
            if states.is_empty() || nobodys || (people.is_empty() && !states_may_travel(page, cast, &sides)) {
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
            if states.is_empty() {
                states.extend(sitting.clone());
            }
            if spot.is_none() && date.is_none() && people.is_empty() {
                return None;
            }
            contacts.push((states.clone(), spot.take()));
        }
        Needs::States => {
            if let [state] = &states[..]
                && frame.kind == ContactKind::Meeting
                && let Some(country) = spot.as_ref().and_then(|spot| spot.country.clone()).filter(|country| country != state)
                && let Some(host) = sides.partners.iter().chain(&sides.agents).find(|party| is_of_the_place(cast, **party))
            {
                // in Sudan he met the deputy minister
                host_of(cast, *host, &country);
                cast.hold_now(page, *host);
                cast.hold_at(page, calendar, &[*host], date.as_ref().map(|date| &date.value));
                (people, states, parties) = gather(page, cast, frame, &sides);
            }
            // a businessman met A and B: they did not meet each other
            let nobodys = |side: &[usize]| {
                let named = |party: &usize| !cast.meanings[*party].states.is_empty();
                !side.is_empty() && !side.iter().any(named) && sides.agents_by_discourse.is_empty()
            };
            let one_sided = !frame.nominal && nobodys(&sides.agents) && !sides.partners.is_empty();
            if states.len() < 2 || one_sided {
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
            // two states without anybody, a day, a place or a verb that says so are talk of relations
            if people.is_empty() && !told.firm && date.is_none() && spot.is_none() {
                return None;
            }
            // saw an attempt of China: whom a person only sees is a person
            let only_states = |side: &[usize]| !side.is_empty() && side.iter().all(|party| cast.parties[*party].head == Head::State);
            let unseen = if people.is_empty() {
                !(told.firm && (date.is_some() || spot.is_some()))
            } else {
                !frame.nominal && only_states(&sides.partners)
            };
            if weak && unseen {
                return None;
            }
            contacts.push((states.clone(), spot.take()));
        }
        Needs::Frame => {
            let named = states.iter().filter(|state| page.reference.state(state).is_some()).count();
            if named == 0 {
                // whoever acts at the summit, else the pair of the text where both are members
                let acting = discourse::subject(page, cast, sentence)
                    .filter(|_| sides.agents.iter().all(|party| cast.parties[*party].head == Head::Organization))
                    .filter(|party| acts_there(page, &clause, word) && !cast.meanings[*party].states.is_empty())
                    .filter(|_| !is_put_off(page, page.cut.sentences[sentence].words.start..word));
                let pair = if frame.nominal && is_attended(page, &clause) { Vec::new() } else { discourse::pair(page, cast, word) };
                let of_pair: Vec<String> = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
                let member =
                    |state: &String| format.as_ref().is_none_or(|format| page.reference.members(format).any(|member| member == state));
                if of_pair.len() == 2 && of_pair.iter().all(member) {
                    states = of_pair;
                    // who met there was there
                    let here = |person: &usize| cast.in_sentence(sentence).any(|party| cast.meanings[party].people.contains(person));
                    let met = || {
                        clause.words.clone().any(|word| {
                            page.begins_hit(word)
                                && page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.mutual")
                        })
                    };
                    if people.is_empty() && told.status == Some(ContactStatus::Held) && met() && pair.iter().all(here) {
                        parties = pair.iter().map(|person| cast.claim_party(page, *person, None)).collect();
                        people = pair;
                    }
                } else if let Some(acting) = acting {
                    states = cast.meanings[acting].states.iter().take(1).cloned().collect();
                    if people.is_empty() && told.status == Some(ContactStatus::Held) {
                        people.clone_from(&cast.meanings[acting].people);
                        parties = people.iter().map(|person| cast.claim_party(page, *person, Some(acting))).collect();
                    }
                }
                if states.is_empty() {
                    states.extend(host_of_sitting(page, cast, &clause, &hit.words));
                }
            }
            states.retain(|state| page.reference.state(state).is_some() || format.as_ref() != Some(state));
            let sited = spot.is_some() || date.is_some();
            // they gathered in Cairo: no conference needs to be named
            let is_of_sides = |party: &crate::party::Party| party.marked("between") && party.words.start >= hit.words.end;
            let gathered = frame.counts == Counts::Agent && named >= 2 && sited && people.len() >= 2;
            let other = |party: usize| {
                clause.words.contains(&cast.parties[party].words.start)
                    && !sides.agents.contains(&party)
                    && cast.meanings[party].states.iter().any(|state| !states.contains(state))
            };
            // attends a conference abroad, or a summit where somebody else is named
            let abroad = spot.as_ref().and_then(|spot| spot.country.as_ref()).is_some_and(|country| !states.contains(country));
            let noun = attended.as_ref().filter(|noun| is_conference(page, noun.start));
            let summit = noun.is_some_and(|noun| page.has_feature(noun.start, Class::Contact, Feature::Summit));
            let attended = frame.counts == Counts::Agent
                && !people.is_empty()
                && (noun.is_some() && abroad || summit && (spot.is_some() || cast.in_sentence(sentence).any(other)));
            // Switzerland hosts a peace conference in June
            let hosted =
                frame.nominal && !weak && states.len() == 1 && host_of_sitting(page, cast, &clause, &hit.words).as_ref() == states.first();
            let enough = gathered
                || attended
                || hosted && date.is_some()
                || format.is_some() && (sited || !people.is_empty() || named >= 2)
                || named >= 3
                || named >= 2
                    && (sited || frame.nominal && told.firm || sides.agents.iter().any(|party| is_of_sides(&cast.parties[*party])));
            if !enough || !gathered && frame.counts == Counts::Agent && !attends_conference(page, cast, &sides, &clause, &cue_words) {
                return None;
            }
            // a sitting of which no state is named is the organization's own
            if states.is_empty() {
                states.extend(format.clone());
            }
            contacts.push((states.clone(), spot.take()));
        }
        Needs::Document => {
            // the agreement which A and B signed
            let named = clause.words.start.saturating_sub(if clause.opener == Opener::Start { 0 } else { 4 });
            let document = (named..clause.words.end).any(|word| page.is(word, Class::Document));
            if states.len() < 2 && document && people.is_empty() {
                let pair = discourse::pair(page, cast, word);
                states = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
                sides.vague = true;
            }
            if states.len() < 2 || !document && !frame.nominal {
                return None;
            }
            let by_both = !sides.agents_by_discourse.is_empty() && sides.agents.is_empty() && sides.partners.is_empty();
            if by_both || both_sides_sign {
                // an agreement was signed: by whom is not told
                people.clear();
                parties.clear();
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
    let mut status = adjust(told.status?, date.as_ref(), calendar, told);
    // goes on to X, where he will meet Y: a journey to come
    let onward = frame.needs == Needs::Destination && !frame.nominal && told.lean == Lean::Unknown && date.is_none();
    let relative = (clause.words.end..clause.words.end + 2).find(|word| page.is(*word, Class::Relative));
    let to_meet = |word: usize| page.is(word, Class::Future) || page.has_feature(word, Class::Contact, Feature::Future);
    if status == ContactStatus::Held && onward && relative.is_some_and(|relative| (relative + 1..relative + 6).any(to_meet)) {
        status = ContactStatus::Planned;
    }
    // travels on Tuesday: without a day of publication the present tense with a day speaks of what is to come
    // and so with an hour (receives X at 3 p.m.)
    let to_come = calendar.published_day().is_none() && names_a_day(page, &clause) || publication::clock(page, clause.words.clone());
    if status == ContactStatus::Held && told.lean == Lean::Unknown && to_come {
        status = ContactStatus::Planned;
    }
    people.dedup();
    parties.dedup_by(|a, b| a.name == b.name);
    let modality = told.modality;

    // counterparts and ambassadors come one by one
    let envoys = |side: &[usize]| !side.is_empty() && side.iter().all(|party| cast.parties[*party].role == Some(Role::Ambassador));
    if envoys(&sides.agents) && !sides.partners.is_empty() && !envoys(&sides.partners) {
        std::mem::swap(&mut sides.agents, &mut sides.partners);
    }
    let called_so = sides.partners.iter().any(|party| {
        let found = &cast.parties[*party];
        found.plural && found.head == Head::Counterpart
            || found.role == Some(Role::Ambassador) && (found.plural || sides.partners.len() > 1)
    });
    let separately =
        clause.words.clone().any(|word| page.entries(word).any(|entry| entry.class == Class::Modifier && entry.value == "apart"));
    if separately && sides.partners.is_empty() && sides.agents.len() > 2 {
        // separate meetings between A and B, C and D
        sides.partners = sides.agents.split_off(1);
    }
    let apart = called_so
        || sides.listed
        || separately
        || sides.partners.len() > 1
            && sides.partners.windows(2).all(|pair| {
                let gap = cast.parties[pair[0]].words.end..cast.parties[pair[1]].words.start;
                gap.clone().any(|word| page.is(word, Class::Marker)) && gap.len() <= 4
            });
    let gathering = frame.kind == ContactKind::Conference
        && frame.counts == Counts::Agent
        && format.is_none()
        && !attends_conference(page, cast, &sides, &clause, &cue_words);
    let travellers = if frame.counts == Counts::Partner { &sides.partners } else { &sides.agents };
    let each = if frame.needs == Needs::Destination { travellers } else { &sides.partners };
    // talks with the president, the speaker and the minister: one after the other
    let one_each = |party: &usize| cast.meanings[*party].people.len() == 1;
    let visits_many = cue.is(Feature::Plural) && each.len() >= 3 && each.iter().all(one_each);
    let counterparts = counterparts(page, cast, each, &people, apart || visits_many || frame.kind == ContactKind::Letter);
    let kind = match frame.kind {
        _ if sitting.is_some() => ContactKind::Conference,
        _ if gathering && people.len() == 2 => ContactKind::Meeting,
        kind => kind,
    };
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
                counterparts: counterparts.clone(),
                apart,
                sentence,
                last_sentence: sentence,
                vague: sides.vague,
                weak,
                plural: cue.is(Feature::Plural),
                firm: told.firm || told.lean == Lean::Future && !told.loose,
                loose: told.loose,
                summit: cue.is(Feature::Summit),
            }
        })
        .collect();
    Some(result)
}

/// The ambassador of A to B, who visits a place in B: he lives there.
fn at_post(page: &Page, cast: &Cast, sides: &Sides, countries: &[String]) -> bool {
    let accredited = |party: &usize| {
        let found = &cast.parties[*party];
        let end = page.cut.sentences[page.sentence_of(found.words.start)].words.end.min(found.words.end + 4);
        found.role == Some(Role::Ambassador)
            && (found.words.start..end).any(|word| {
                let host =
                    page.entries(word).any(|entry| entry.class == Class::State && countries.iter().any(|country| *country == entry.value));
                host && (word.saturating_sub(2)..word).any(|before| page.marks(before, "to") || page.marks(before, "in"))
            })
    };
    !sides.agents.is_empty() && sides.agents.iter().all(accredited)
}

/// Whether a party is an official whose state nothing names: that of the place.
fn is_of_the_place(cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    let role =
        found.role.is_some_and(|role| !matches!(role, Role::Ambassador | Role::SpecialEnvoy | Role::SecretaryGeneral | Role::Spokesperson));
    let unknown =
        cast.meanings[party].people.iter().all(|person| cast.characters[*person].id.is_none() && cast.states_of(*person).is_empty());
    found.head == Head::Office && role && unknown && !found.former && !found.possessed && cast.meanings[party].states.is_empty()
}

/// Gives an official to the state of the place.
fn host_of(cast: &mut Cast, party: usize, country: &str) {
    cast.meanings[party].states = vec![country.to_owned()];
    let Some(role) = cast.parties[party].role else { return };
    let office = Office { role, of: country.to_owned() };
    for person in cast.meanings[party].people.clone() {
        cast.characters[person].states.push(country.to_owned());
        cast.characters[person].offices.push((office.clone(), cast.parties[party].words.clone()));
    }
    cast.meanings[party].office = Some(office);
}

/// One side of a verb, state by state; empty where somebody's state is not known or a whole group is named.
fn counterparts(page: &Page, cast: &Cast, side: &[usize], people: &[usize], apart: bool) -> Vec<Counterpart> {
    let mut found: Vec<Counterpart> = Vec::new();
    for party in side {
        let meaning = &cast.meanings[*party];
        let several = meaning.states.len() > 1;
        if meaning.states.is_empty() || cast.parties[*party].head == Head::Group {
            return Vec::new();
        }
        for state in &meaning.states {
            let stands_for = |person: &&usize| !several || cast.states_of(**person).first() == Some(state);
            let people: Vec<usize> = meaning.people.iter().filter(stands_for).filter(|person| people.contains(person)).copied().collect();
            let known = found.iter_mut().find(|one| one.state == *state && !apart && !(is_top(cast, &one.people) && is_top(cast, &people)));
            match known {
                Some(one) => one.people.extend(people),
                None => found.push(Counterpart { state: state.clone(), people, spot: place::directly_behind(page, cast, *party) }),
            }
        }
    }
    found
}

/// Whether somebody is of the first in his state: a president and a prime minister are met one after the other.
fn is_top(cast: &Cast, people: &[usize]) -> bool {
    let tops = [Role::President, Role::Monarch, Role::HeadOfState, Role::PrimeMinister];
    people.iter().any(|person| cast.characters[*person].offices.iter().any(|(office, _)| tops.contains(&office.role)))
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

/// From the first party to the last around the cue.
fn evidence_words(page: &Page, cast: &Cast, sides: &Sides, cue: &Range<usize>) -> Range<usize> {
    let mut words = cue.clone();
    for party in sides.agents.iter().chain(&sides.partners) {
        let found = &cast.parties[*party].words;
        if page.sentence_of(found.start) == page.sentence_of(cue.start) {
            words = words.start.min(found.start)..words.end.max(found.end);
        }
    }
    words
}

/// Whether a claim is asserted rather than only supposed.
pub(crate) fn is_asserted(found: &Found) -> bool {
    !matches!(found.contact.basis.modality, Modality::Hypothetical | Modality::Negated)
}
