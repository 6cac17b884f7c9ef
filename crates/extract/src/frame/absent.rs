//! Sides that the clause of a cue does not name: pronouns, dropped subjects, "both leaders", examples of many, lists behind a colon.
//!
//! In: the sides found so far. Out: the same, filled from the discourse. Never: replaces a side that is named.

use super::company::page_has_subject;
use super::sides::{Sides, is_verb_cue, list_of};
use crate::cast::Cast;
use crate::clause::{Clause, Opener};
use crate::discourse;
use crate::frame::rules::{Counts, Frame, Needs};
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Entry, Feature, Shape};
use chancery_model::{ContactKind, Role};
use std::ops::Range;

/// Fills an empty side by pronouns, dropped subjects, the first person of a quotation and "both leaders".
pub(super) fn by_discourse(
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
    // the minister leads a delegation which begins a visit: the delegation is the subject's
    let nameless = |party: &usize| cast.parties[*party].head == Head::Delegates && cast.meanings[*party].states.is_empty();
    if !sides.agents.is_empty()
        && sides.agents.iter().all(nameless)
        && let Some(subject) = discourse::subject(page, cast, page.sentence_of(cue.start))
        && cast.parties[subject].words.end <= cue.start
        && !sides.partners.contains(&subject)
    {
        sides.agents = vec![subject];
    }
    let has_agent = sides.agents.iter().any(|party| !cast.meanings[*party].states.is_empty());
    let mut told: Vec<&String> = own.iter().flat_map(|party| &cast.meanings[*party].states).collect();
    told.sort();
    told.dedup();
    // was received by A and later by B: who was, is still to be found
    let by = |party: &usize| cast.parties[*party].marked("by") && !cast.parties[*party].marked("with");
    if !frame.nominal && frame.persons && own.len() > 1 && own.iter().all(by) {
        sides.partners.append(&mut sides.agents);
    }
    // received A and B: the verb's subject is dropped, as nobody but it receives guests of two states
    let guests = |party: &usize| {
        let first = sides.partners.first().map(|first| cast.parties[*first].group);
        cast.parties[*party].words.start >= cue.end && Some(cast.parties[*party].group) == first
    };
    let dropped = || !frame.nominal && frame.persons && sides.partners.iter().all(guests);
    // met with envoys of A and B: who met them is still to be found
    let lone_partner = !has_agent
        && !own.is_empty()
        && (own.iter().all(|party| cast.parties[*party].marked("with"))
            || frame.persons && own.iter().all(by)
            || sides.agents.is_empty() && (he_acts(page, cast, cue, clause) || dropped()));
    // A and B called on him
    if told.len() >= 2
        && sides.partners.is_empty()
        && let Some(character) = acted_upon(page, cast, frame, sides, cue, clause, &told).filter(|_| he_follows(page, cast, cue))
    {
        sides.partners = std::mem::take(&mut sides.agents);
        sides.agents_by_discourse = vec![character];
        sides.vague = true;
        return;
    }
    if told.len() >= 2 && frame.counts == Counts::All && frame.kind != ContactKind::Letter && !lone_partner {
        return;
    }
    if has_agent && (frame.counts == Counts::Agent || !sides.partners.is_empty()) {
        return;
    }
    let sentence = page.cut.sentences[page.sentence_of(cue.start)].words.clone();
    // somebody is named whose state nobody knows: no other acts for him
    let stranger = |party: &usize| cast.parties[*party].name.is_some() && !cast.meanings[*party].people.is_empty();
    if !has_agent && sides.agents.iter().any(|party| stranger(party) && !cast.parties[*party].former) {
        return;
    }
    let quoted = page.quote_of[cue.start].and_then(|quote| speakers.get(quote).copied().flatten());
    if quoted.is_some_and(|speaker| cast.characters[speaker].offices.iter().any(|(office, _)| office.role == Role::Spokesperson)) {
        // who speaks for others meets nobody
        return;
    }
    let speaker = match page.quote_of[cue.start] {
        Some(_) => quoted,
        None => cast.narrator.filter(|_| frame.kind != ContactKind::Conference),
    };
    if told.len() == 1
        && frame.counts == Counts::All
        && let Some(other) = named_with(page, cast, sides, &told, speaker)
    {
        sides.agents_by_discourse = vec![other];
        return;
    }
    // pronouns of the clause
    let mut both = false;
    let mut pair_told = false;
    let mut role: Option<Role> = None;
    let mut pronoun: Option<(usize, String, bool)> = None;
    for party in cast.in_sentence(page.sentence_of(cue.start)) {
        let found = &cast.parties[party];
        let near = found.words.start >= clause.words.start && found.words.start < clause.words.end
            || found.words.end <= clause.words.start && found.words.start + 14 > clause.words.start;
        if !near || page.quote_of[found.words.start] != page.quote_of[cue.start] {
            continue;
        }
        let unresolved_plural = found.plural
            && found.markers.is_empty()
            && cast.meanings[party].states.is_empty()
            && matches!(found.head, Head::Office | Head::Leader | Head::Delegates);
        let office = found.role.filter(|role| role.single_seat() || *role == Role::Minister);
        if let Some((value, possessive)) = &found.pronoun {
            match value.as_str() {
                "both" | "they" if found.head == Head::Pronoun || unresolved_plural => {
                    both = true;
                    pair_told |= value == "both";
                    role = role.or(office);
                }
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
            pair_told = true;
            role = office;
        }
    }
    if both && !pair_told && !has_agent && !own.is_empty() && own.iter().all(|party| sides.partners.contains(party)) {
        // the delegation flew to Fiji, where they met X
        sides.agents.extend(delegation_before(page, cast, cue.start, &told));
        sides.vague |= !sides.agents.is_empty();
        return;
    }
    if both && !pair_told && own.is_empty() && !stand_together(page, cast, cue.start, role) {
        // they: nobody in particular
        return;
    }
    if pair_told
        && own.is_empty()
        && frame.counts == Counts::All
        && let Some(pair) = visit_before(page, cast, cue, clause)
    {
        sides.agents = pair;
        return;
    }
    if both && own.is_empty() && frame.counts == Counts::All && frame.kind != ContactKind::Conference {
        let named = discourse::pair_in_office(page, cast, cue.start, role);
        sides.agents_by_discourse = if named.len() == 2 { named } else { discourse::pair(page, cast, cue.start) };
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
    // X received him
    if let Some(character) = acted_upon(page, cast, frame, sides, cue, clause, &told) {
        if sides.agents.is_empty() {
            sides.agents = std::mem::take(&mut sides.partners);
        }
        sides.agents_by_discourse = vec![character];
        sides.vague = true;
        return;
    }
    // ihr Treffen: where "her" is no woman's, it is theirs
    let theirs = pronoun.as_ref().is_some_and(|(_, value, possessive)| *possessive && value == "she");
    if theirs && own.is_empty() && frame.nominal && frame.counts == Counts::All && frame.kind != ContactKind::Conference {
        let (at, woman) = (cue.start, Some("f"));
        if discourse::focus(page, cast, at, woman).is_none() && stand_together(page, cast, at, None) {
            sides.agents_by_discourse = discourse::pair(page, cast, at);
            sides.vague = true;
            return;
        }
    }
    // after he met X, Y spoke of progress: the main clause behind says who
    if let Some(subject) = main_clause_subject(page, cast, clause, &own).filter(|_| !has_agent && !frame.nominal) {
        sides.agents = vec![subject];
        return;
    }
    // the ambassador was summoned: by nobody told of before
    let passive = |entry: &Entry| entry.class == Class::Contact && entry.is(Feature::Passive);
    if frame.envoys && frame.at_home && page.entries(cue.start).any(passive) {
        return;
    }
    let partnered = !has_agent && (!sides.partners.is_empty() || frame.needs == Needs::Destination);
    if let Some((at, value, possessive)) = pronoun
        && !has_agent
        && (partnered || possessive || frame.counts == Counts::Agent)
    {
        let gender = discourse::gender_of(&value);
        if let Some(character) = discourse::focus(page, cast, at, gender.filter(|gender| *gender == "f"))
            && !cast.speaks_for_others(character)
            && !own.iter().any(|party| cast.meanings[*party].people.contains(&character))
        {
            sides.agents_by_discourse = vec![character];
            sides.vague = true;
            return;
        }
    }
    // a dropped subject: a verb or a noun with one side in a sentence without any subject
    if partnered
        && page.quote_of[cue.start].is_none()
        && discourse::subject_told_of(page, cast, page.sentence_of(cue.start)).is_none_or(|party| {
            let named = sides.partners.contains(&party) || sides.agents.contains(&party);
            // flew to A at the invitation of B
            named || !frame.nominal && !cast.parties[party].markers.is_empty() || is_goal(cast, frame, party)
        })
        && let Some(character) = discourse::focus(page, cast, sentence.start, None)
        && !cast.speaks_for_others(character)
    {
        let states = cast.states_of(character);
        // the special envoy met X: he who is in focus holds another office
        let another = cast.in_sentence(page.sentence_of(cue.start)).any(|party| {
            let (found, meaning) = (&cast.parties[party], &cast.meanings[party]);
            let nameless = found.head == Head::Office && !found.plural && meaning.people.is_empty() && meaning.states.is_empty();
            let acts = found.markers.is_empty() && found.words.end <= cue.start && clause.words.contains(&found.words.start);
            // (a minister is no central banker)
            let minister = [Role::Minister, Role::ForeignMinister, Role::PrimeMinister, Role::DeputyPrimeMinister];
            let other = |role: Role| match role {
                Role::Other => false,
                Role::Minister => {
                    !cast.characters[character].offices.is_empty() && !minister.iter().any(|role| cast.holds(page, character, *role))
                }
                role => !cast.holds(page, character, role),
            };
            nameless && acts && found.role.is_some_and(other)
        });
        if another || !frame.nominal && has_other_subject(page, cast, cue, clause) {
            return;
        }
        if !own.iter().any(|party| {
            cast.meanings[*party].people.contains(&character)
                || cast.meanings[*party].states.iter().all(|state| states.contains(state)) && frame.counts == Counts::All
        }) {
            sides.agents_by_discourse = vec![character];
            sides.vague = true;
        }
    }
}

/// The doctor travelled, former minister A visited: whether somebody who takes no part stands as the subject before a verb.
fn has_other_subject(page: &Page, cast: &Cast, cue: &Range<usize>, clause: &Clause) -> bool {
    let start = clause.words.start;
    let helps = |word: usize| {
        [Class::Light, Class::Future, Class::Status, Class::Pronoun].iter().any(|class| page.is(word, *class))
            || page.quantity_of[word].is_some()
    };
    let Some(noun) = (start..cue.start).rev().find(|word| !helps(*word)) else { return false };
    let named = |party: usize| {
        let found = &cast.parties[party];
        found.words.end == noun + 1 && found.words.start >= start && found.markers.is_empty() && !found.oblique && !found.possessive
    };
    if cast.in_sentence(page.sentence_of(cue.start)).any(|party| named(party) && cast.parties[party].former) {
        return true;
    }
    // (a title without a name, a plane)
    if [Class::Nonstate, Class::Title, Class::QuoteNoun].iter().any(|class| page.is(noun, *class)) {
        return noun == start || !page.is(noun - 1, Class::Marker);
    }
    // a noun that no pack knows, behind an article that no preposition governs
    let unknown = |word: usize| page.hits.at(word).is_none() && page.mark(word).is_none();
    let counted = [Class::Unit, Class::Background, Class::Indicator].iter().any(|class| page.is(noun, *class));
    let noun_like = (unknown(noun) || counted) && (page.shape(noun) == Shape::Lower || page.pack.settings.nouns_are_capitalised);
    let described =
        |word: &usize| unknown(*word) || page.has_feature(*word, Class::State, Feature::Adjective) || page.is(*word, Class::Modifier);
    let article = (start.max(noun.saturating_sub(4))..noun).rev().find(|word| !described(word) || page.is(*word, Class::Article));
    noun_like && article.is_some_and(|word| page.is(word, Class::Article) && (word == start || !page.is(word - 1, Class::Marker)))
}

/// X received him: whom the pronoun means upon whom the one side of a verb acts, of none of these states.
fn acted_upon(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    sides: &Sides,
    cue: &Range<usize>,
    clause: &Clause,
    told: &[&String],
) -> Option<usize> {
    let named = |party: &usize| !cast.meanings[*party].states.is_empty();
    let has_agent = sides.agents.iter().any(named);
    // ji přijme premiér: the subject behind the verb may be taken for its object
    let behind = !has_agent && sides.agents.is_empty() && sides.partners.iter().all(|party| cast.parties[*party].markers.is_empty());
    let lone = has_agent && sides.partners.is_empty() || behind && !sides.partners.is_empty();
    if !lone || frame.nominal || !frame.partner.iter().any(String::is_empty) {
        return None;
    }
    let object = object_pronoun(page, cast, cue, clause)?;
    let at = cast.parties[object].words.start;
    let acting: Vec<usize> = sides.agents.iter().chain(&sides.partners).flat_map(|party| cast.meanings[*party].people.clone()).collect();
    let foreign = |character: &usize| cast.states_of(*character).first().is_some_and(|state| !told.contains(&state));
    let woman = cast.parties[object].pronoun.as_ref().and_then(|(value, _)| discourse::gender_of(value)).filter(|gender| *gender == "f");
    discourse::focus_but(page, cast, at, woman, &acting)
        .filter(foreign)
        .or_else(|| woman.and_then(|_| discourse::woman_before(page, cast, at)).filter(foreign))
}

/// A invited him: whom the pronoun means is the guest, and who is named the host.
pub(super) fn invited(page: &Page, cast: &Cast, frame: &Frame, sides: &mut Sides, cue: &Range<usize>, clause: &Clause) {
    let free = |party: &usize| cast.parties[*party].markers.is_empty() && !cast.meanings[*party].people.is_empty();
    let hosts = if sides.agents.is_empty() { &sides.partners } else { &sides.agents };
    let named = !hosts.is_empty() && hosts.iter().all(free) && (sides.agents.is_empty() || sides.partners.is_empty());
    let Some(object) = object_pronoun(page, cast, cue, clause).filter(|_| frame.proposes && named) else { return };
    let people: Vec<usize> = hosts.iter().flat_map(|party| cast.meanings[*party].people.clone()).collect();
    let states: Vec<&String> = hosts.iter().flat_map(|party| &cast.meanings[*party].states).collect();
    let guest = discourse::focus_but(page, cast, cast.parties[object].words.start, None, &people);
    let foreign = |guest: &usize| cast.states_of(*guest).first().is_some_and(|state| !states.contains(&state));
    if let Some(guest) = guest.filter(foreign) {
        if sides.agents.is_empty() {
            sides.agents = std::mem::take(&mut sides.partners);
        }
        sides.partners_by_discourse = vec![guest];
        sides.vague = true;
    }
}

/// The pronoun beside a verb upon whom it acts.
fn object_pronoun(page: &Page, cast: &Cast, cue: &Range<usize>, clause: &Clause) -> Option<usize> {
    cast.in_sentence(page.sentence_of(cue.start)).find(|party| {
        let found = &cast.parties[*party];
        let he = found.pronoun.as_ref().is_some_and(|(value, possessive)| !possessive && (value == "he" || value == "she"));
        // (met him; reuniu-se com ele)
        let object = found.oblique || found.marked("with");
        he && object && clause.words.contains(&found.words.start) && found.words.start.abs_diff(cue.start) <= 6
    })
}

/// Whether such a pronoun stands directly behind the verb.
fn he_follows(page: &Page, cast: &Cast, cue: &Range<usize>) -> bool {
    let clause = Clause { words: cue.end..cue.end + 2, opener: Opener::Start };
    object_pronoun(page, cast, cue, &clause).is_some()
}

/// Where he will meet A and B: a pronoun is the subject before the cue.
fn he_acts(page: &Page, cast: &Cast, cue: &Range<usize>, clause: &Clause) -> bool {
    cast.in_sentence(page.sentence_of(cue.start)).any(|party| {
        let found = &cast.parties[party];
        let he = matches!(&found.pronoun, Some((value, false)) if value == "he" || value == "she");
        he && !found.oblique && found.head == Head::Pronoun && clause.words.contains(&found.words.start) && found.words.end <= cue.start
    })
}

/// The subject of the main clause, where the clause of a cue opens the sentence with a conjunction.
fn main_clause_subject(page: &Page, cast: &Cast, clause: &Clause, own: &[usize]) -> Option<usize> {
    let sentence = page.sentence_of(clause.words.start);
    let opens = clause.opener == Opener::Conjunction && clause.words.start <= page.cut.sentences[sentence].words.start + 3;
    let subject = discourse::subject(page, cast, sentence).filter(|_| opens)?;
    let near = (clause.words.end..clause.words.end + 4).contains(&cast.parties[subject].words.start);
    let states = &cast.meanings[subject].states;
    let acts = near && !cast.meanings[subject].people.is_empty() && cast.parties[subject].markers.is_empty();
    let another = |party: &usize| cast.meanings[*party].states.iter().all(|state| !states.contains(state));
    (acts && !states.is_empty() && own.iter().all(another)).then_some(subject)
}

/// He and President X signed, President X and I met: whom the pronoun in the subject's list means.
fn named_with(page: &Page, cast: &Cast, sides: &Sides, told: &[&String], speaker: Option<usize>) -> Option<usize> {
    let agent = sides.agents.first()?;
    let group = cast.parties[*agent].group;
    let pronoun = cast.in_sentence(page.sentence_of(cast.parties[*agent].words.start)).find(|party| {
        let found = &cast.parties[*party];
        found.group == group && found.head == Head::Pronoun && !found.possessive
    })?;
    let (value, possessive) = cast.parties[pronoun].pronoun.as_ref()?;
    let meant = match value.as_str() {
        "i" => speaker,
        "he" | "she" => {
            let others: Vec<usize> = sides.agents.iter().flat_map(|party| cast.meanings[*party].people.clone()).collect();
            let woman = discourse::gender_of(value).filter(|gender| *gender == "f");
            discourse::focus_but(page, cast, cast.parties[pronoun].words.start, woman, &others)
        }
        _ => None,
    };
    meant.filter(|character| !possessive && cast.states_of(*character).first().is_some_and(|state| !told.contains(&state)))
}

/// During X's visit to B the two sides signed: the visitor and his host, where a journey opens the sentence.
fn visit_before(page: &Page, cast: &Cast, cue: &Range<usize>, clause: &Clause) -> Option<Vec<usize>> {
    let journey = |word: &usize| page.entries(*word).any(|entry| entry.class == Class::Contact && entry.value == "visit.noun");
    let visit = (clause.words.start..cue.start).find(|word| page.begins_hit(*word) && journey(word))?;
    let within = (visit.saturating_sub(12).max(clause.words.start)..visit).any(|word| page.marks(word, "during"));
    let named = |party: &usize| {
        let found = &cast.parties[*party];
        found.words.start >= clause.words.start && found.words.end <= cue.start && cast.meanings[*party].states.len() == 1
    };
    let parties: Vec<usize> = cast.in_sentence(page.sentence_of(cue.start)).filter(named).collect();
    let traveller = parties.iter().copied().find(|party| !cast.meanings[*party].people.is_empty() && !cast.parties[*party].adjective)?;
    let host = parties.iter().copied().find(|party| cast.parties[*party].head == Head::State && cast.parties[*party].marked("to"))?;
    (within && cast.meanings[traveller].states != cast.meanings[host].states).then(|| vec![traveller, host])
}

/// The delegation of one state of which the text spoke last, of none of these states.
fn delegation_before(page: &Page, cast: &Cast, word: usize, others: &[&String]) -> Option<usize> {
    let sentence = page.sentence_of(word);
    let before = cast.in_sentence(sentence.saturating_sub(2)).start..cast.in_sentence(sentence).end;
    before.rev().find(|party| {
        let found = &cast.parties[*party];
        let states = &cast.meanings[*party].states;
        let sent = found.head == Head::Delegates && found.markers.is_empty() && states.len() == 1;
        sent && found.words.end <= word && !others.contains(&&states[0])
    })
}

/// The first stop is Kenya: a state as the subject of a journey is where it goes.
fn is_goal(cast: &Cast, frame: &Frame, party: usize) -> bool {
    frame.needs == Needs::Destination && cast.parties[party].head == Head::State
}

/// Whether the two of whom the text speaks are both named in the sentence or the one before it.
fn stand_together(page: &Page, cast: &Cast, word: usize, role: Option<Role>) -> bool {
    let sentence = page.sentence_of(word);
    let near = |character: &usize| {
        (sentence.saturating_sub(1)..=sentence).any(|at| cast.in_sentence(at).any(|party| cast.meanings[party].people.contains(character)))
    };
    let pair = discourse::pair_in_office(page, cast, word, role);
    pair.len() == 2 && pair.iter().all(near)
}

/// Met several leaders, including A and B; received the new envoys. They were A and B: the examples stand for the many.
pub(super) fn by_example(page: &Page, cast: &Cast, sides: &mut Sides, cue: &Range<usize>, sentence: usize) {
    let named = |party: &usize| !cast.meanings[*party].states.is_empty();
    // met Romanian officials, including President A
    if let [many] = sides.partners[..]
        && cast.parties[many].head == Head::Delegates
        && cast.meanings[many].people.is_empty()
    {
        let states = &cast.meanings[many].states;
        let own = |party: &usize| named(party) && cast.meanings[*party].states.iter().all(|state| states.contains(state));
        let list = listed_here(page, cast, cue, sentence).filter(|list| list.iter().all(own));
        if let Some(list) = list.filter(|list| !list.iter().any(|party| sides.agents.contains(party))) {
            sides.partners.extend(list);
            return;
        }
    }
    // the many called on him
    let many_act =
        !sides.agents.is_empty() && !sides.agents.iter().any(named) && sides.agents.iter().any(|party| cast.parties[*party].plural);
    if sides.agents.is_empty() || sides.partners.iter().any(named) && !many_act {
        return;
    }
    let Some(list) = listed_here(page, cast, cue, sentence).or_else(|| listed_next(page, cast, cue, sentence)) else { return };
    if list.iter().any(|party| sides.agents.contains(party) || sides.partners.contains(party)) {
        return;
    }
    if many_act {
        sides.agents = std::mem::take(&mut sides.partners);
    }
    sides.partners = list;
    sides.listed = true;
}

/// The list behind "including" in the sentence of a cue.
fn listed_here(page: &Page, cast: &Cast, cue: &Range<usize>, sentence: usize) -> Option<Vec<usize>> {
    let end = page.cut.sentences[sentence].words.end.min(cue.end + 14);
    let same = |word: usize| page.quote_of[word] == page.quote_of[cue.start];
    let example = (cue.end..end).find(|word| page.marks(*word, "including") && same(*word))?;
    if (cue.end..example).any(|word| is_verb_cue(page, word)) {
        return None;
    }
    let among: Vec<usize> = cast.in_sentence(sentence).collect();
    let first = among.iter().copied().find(|party| cast.parties[*party].words.start >= page.hit_end(example))?;
    // rulings, including one on X: the name stands under another word
    let found = &cast.parties[first];
    let near = found.words.start <= page.hit_end(example) + 3
        && same(found.words.start)
        && found.markers.iter().all(|marker| marker == "including" || marker == "with");
    let list: Vec<usize> = list_of(cast, first, &among).into_iter().filter(|party| !cast.meanings[*party].people.is_empty()).collect();
    (near && !list.is_empty()).then_some(list)
}

/// "They were A, the ambassador of B, and C": everybody whom the next sentence lists.
fn listed_next(page: &Page, cast: &Cast, cue: &Range<usize>, sentence: usize) -> Option<Vec<usize>> {
    let next = page.cut.sentences.get(sentence + 1)?.words.clone();
    let opens = (next.start..next.end.min(next.start + 2)).any(|word| page.marks(word, "including"));
    let own = page.quote_of[next.start] == page.quote_of[cue.start] && !next.clone().any(|word| is_verb_cue(page, word));
    let able = |party: &usize| !cast.meanings[*party].people.is_empty() && !cast.meanings[*party].states.is_empty();
    let list: Vec<usize> = cast.in_sentence(sentence + 1).filter(able).collect();
    (opens && own && list.len() >= 2).then_some(list)
}

/// With the four leaders of the country: the president, X; the prime minister, Y; ...
pub(super) fn listed_after_colon(page: &Page, cast: &Cast, sides: &mut Sides, clause: &Clause, sentence: usize) {
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
