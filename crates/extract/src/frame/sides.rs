//! Who stands on which side of a cue.
//!
//! In: a cue with its clause and the parties of its sentence. Out: the acting side and the other, by
//! markers, order and discourse. Never: decides whether there was a contact.

use super::conference::names_sitting;
use crate::cast::Cast;
use crate::clause::{self, Clause, Opener};
use crate::discourse;
use crate::frame::rules::{Counts, Frame, Needs};
use crate::page::Page;
use crate::party::{Head, Party};
use chancery_language::{Class, Entry, Feature};
use chancery_model::ContactKind;
use std::ops::Range;

/// Sides that a cue's slots found.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    /// Parties of the acting side, then of the other.
    pub(super) agents: Vec<usize>,
    pub(super) partners: Vec<usize>,
    /// Characters from the discourse.
    pub(super) agents_by_discourse: Vec<usize>,
    pub(super) vague: bool,
    /// Whether the other side are examples of many (several leaders, among them A and B).
    pub(super) listed: bool,
}

pub(super) fn verb_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, clause: &Clause, cues: &[&Entry]) -> Sides {
    let sentence = page.sentence_of(cue.start);
    let (before, after) = around(page, cast, cue, clause, sentence);
    let mut sides = Sides::default();
    let directed = |party: usize| {
        cast.parties[party].marked("to")
            && !cast.parties[party].marked("with")
            && matches!(cast.parties[party].head, Head::State | Head::Group | Head::Organization)
    };
    // der kamerunischen Hauptstadt: one state's adjective is no side of a verb
    let describes = |party: usize| cast.parties[party].adjective && cast.parties[party].states.len() == 1;
    let fits = |party: usize, markers: &[String]| {
        stands_under(cast, party, markers)
            && !is_place_only(cast, party)
            && !directed(party)
            && !describes(party)
            && !names_sitting(page, cast, party)
    };
    // will meet B and hold talks with C: B is no subject
    let before: Vec<usize> = match clause::coordinated(page, clause, cue) {
        Some(verb) if before.iter().any(|party| cast.parties[*party].words.end <= verb) => {
            before.into_iter().filter(|party| cast.parties[*party].words.end <= verb).collect()
        }
        _ => before,
    };
    let personal = |party: usize| !matches!(cast.parties[party].head, Head::State | Head::Group);
    // for journeys a state alone is where one goes
    let agent_fits = |party: usize| {
        fits(party, &frame.agent)
            && !(cast.parties[party].oblique && cast.parties[party].markers.is_empty())
            && (frame.needs != Needs::Destination || frame.counts == Counts::Partner || personal(party))
    };
    if let Some(guest) = described(page, cast, frame, cue, cues) {
        sides.agents = vec![guest];
    } else if let Some(agent) =
        before.iter().copied().find(|party| agent_fits(*party) && !cast.parties[*party].possessive && !is_predicate(page, cast, *party))
    {
        sides.agents = list_of(cast, agent, &before);
    }
    if frame.needs == Needs::Destination && frame.partner.is_empty() {
        if sides.agents.is_empty()
            && let Some(agent) = after.iter().copied().find(|party| agent_fits(*party))
        {
            sides.agents = list_of(cast, agent, &after);
        }
    } else if !frame.partner.is_empty() {
        let with = |party: usize| cast.parties[party].marked("with");
        // was telephoned by X
        let passive = frame.counts == Counts::All && cues.iter().any(|cue| cue.is(Feature::Passive));
        let by_whom = |party: usize| passive && cast.parties[party].marked("by") && !cast.meanings[party].people.is_empty();
        let other_side = |party: &usize| (fits(*party, &frame.partner) || by_whom(*party)) && !cast.parties[*party].possessive;
        for party in after.iter().copied().filter(other_side) {
            let free = cast.parties[party].markers.is_empty();
            // ties with Central Asia are no side
            let before = found_before(page, cast, party);
            if with(party) && before.is_some_and(|word| page.is(word, Class::Background) || page.is(word, Class::Indicator)) {
                continue;
            }
            // a cease-fire with Israel: a state alone behind another side is no further one
            if with(party)
                && !personal(party)
                && !sides.partners.is_empty()
                && !sides.partners.iter().any(|other| cast.parties[*other].group == cast.parties[party].group)
            {
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
            // spoke of the attack of Ukraine: a bare state away from the verb belongs to another noun
            let listed = sides.partners.iter().any(|other| cast.parties[*other].group == cast.parties[party].group);
            if free && !personal(party) && !listed && start.saturating_sub(cue.end) > 3 {
                continue;
            }
            let far = start.saturating_sub(cue.end) > 25;
            // A met B, C received D: the next cue's subject is none of this one's
            let next_cue = (cue.end..start).any(|word| is_verb_cue(page, word));
            if !far && !next_cue && !sides.partners.contains(&party) {
                sides.partners.push(party);
            }
        }
        // wo er den Präsidenten trifft: whom the pronoun before it acts upon is no subject
        let pronoun = cast.in_sentence(sentence).find(|party| {
            let found = &cast.parties[*party];
            let he = found.pronoun.as_ref().is_some_and(|(value, possessive)| !possessive && (value == "he" || value == "she"));
            he && found.head == Head::Pronoun
                && !found.oblique
                && found.words.start >= clause.words.start
                && found.words.end <= cue.start
                && page.quote_of[found.words.start] == page.quote_of[cue.start]
        });
        let object = |party: usize| {
            cast.parties[party].markers.is_empty()
                && personal(party)
                && pronoun.is_some_and(|pronoun| cast.parties[pronoun].words.end <= cast.parties[party].words.start)
        };
        if frame.partner.iter().any(String::is_empty) && !sides.agents.is_empty() && sides.agents.iter().all(|party| object(*party)) {
            sides.partners.append(&mut sides.agents);
        }
        // in languages with free order the other side may stand before the verb
        for party in before.iter().copied().filter(|party| !sides.agents.contains(party)) {
            // wird von X empfangen: the participle at the end with its agent before it
            let by = cast.parties[party].marked("by")
                && (cues.iter().any(|cue| cue.is(Feature::Passive))
                    || cues.iter().any(|cue| cue.is(Feature::Participle)) && frame.partner.iter().any(|marker| marker == "by"));
            if with(party) || by {
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
    } else if sides.agents.is_empty()
        && let Some(agent) = after.iter().copied().find(|party| agent_fits(*party))
    {
        sides.agents = list_of(cast, agent, &after);
    }
    // signed by the ministers of A and B
    if sides.agents.is_empty() && !frame.partner.iter().any(|marker| marker == "by") {
        let by = after.iter().copied().find(|party| cast.parties[*party].marked("by") && stands_under(cast, *party, &frame.agent));
        let passive = cues.iter().any(|cue| cue.is(Feature::Passive));
        if let Some(by) = by.filter(|by| passive || !cast.parties[*by].marked("of")) {
            sides.agents = list_of(cast, by, &after);
        }
    }
    // verb before subject: telefonierte Lula mit dem Präsidenten (a gerund has its subject before it)
    let gerund = cues.iter().any(|cue| cue.is(Feature::Gerund)) && cues.iter().all(|cue| cue.is(Feature::Gerund));
    let subject_named = gerund || has_own_subject(cast, clause, cue, sentence);
    if sides.agents.is_empty() && !subject_named && frame.needs != Needs::Destination {
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
    // the object first: Německého kancléře Merze přijal prezident Si
    if sides.agents.is_empty() && frame.needs != Needs::Destination {
        let object = before
            .iter()
            .copied()
            .find(|party| cast.parties[*party].oblique && cast.parties[*party].markers.is_empty() && personal(*party));
        let subject = sides.partners.iter().copied().find(|party| cast.parties[*party].markers.is_empty() && !cast.parties[*party].oblique);
        if let (Some(object), Some(subject)) = (object, subject) {
            sides.agents = list_of(cast, subject, &after);
            sides.partners = list_of(cast, object, &before);
        }
    }
    // a relative clause: its subject is the party before the pronoun
    if sides.agents.is_empty() && clause.opener == Opener::Relative && !has_own_subject(cast, clause, cue, sentence) {
        let antecedent = cast
            .in_sentence(sentence)
            .rev()
            .find(|party| cast.parties[*party].words.end < clause.words.start + 1 && can_take_part(page, cast, *party));
        // a place or a state is where, not who
        if let Some(antecedent) = antecedent.filter(|party| personal(*party)) {
            let all: Vec<usize> = cast.in_sentence(sentence).filter(|party| cast.parties[*party].words.end <= cue.start).collect();
            sides.agents = list_of(cast, antecedent, &all);
        }
    }
    // a dropped subject: that of the main clause before, unless a word that no pack knows may be one (said that the missiles will arrive)
    let stranger = clause.opener == Opener::Conjunction
        && !cues.iter().any(|cue| cue.is(Feature::Gerund))
        && page.is(clause.words.start.saturating_sub(1), Class::That)
        && (clause.words.start..cue.start).any(|word| {
            page.shape(word) == chancery_language::Shape::Lower
                && page.hits.at(word).is_none()
                && page.quantity_of[word].is_none()
                && page.written(word).chars().count() >= 4
        });
    if sides.agents.is_empty() && !stranger {
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
    // was invited by X: the subject is who travels
    if frame.counts == Counts::Partner && cues.iter().any(|cue| cue.is(Feature::Passive)) {
        std::mem::swap(&mut sides.agents, &mut sides.partners);
    }
    sides
}

/// X, who is also minister of trade, travels: an office of nobody else behind a relative pronoun is what is said of X.
fn is_predicate(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    let start = found.words.start;
    let relative = (start.saturating_sub(4)..start).find(|word| page.is(*word, Class::Relative) && *word > 0 && page.is_comma(word - 1));
    let describes = |relative: usize| {
        let named = |other: &Party| other.words.end + 1 == relative && other.name.is_some();
        cast.parties[..party].iter().rev().take(2).any(named)
    };
    found.head == Head::Office && found.name.is_none() && found.states.is_empty() && relative.is_some_and(describes)
}

/// Received Maia Sandu, aflată în vizită la București: a participle of a journey behind a comma describes whom it stands behind.
fn described(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, cues: &[&Entry]) -> Option<usize> {
    let journey = frame.needs == Needs::Destination && cues.iter().all(|cue| cue.is(Feature::Participle) && !cue.is(Feature::Passive));
    if !journey {
        return None;
    }
    let sentence = page.sentence_of(cue.start);
    if cue.start == page.cut.sentences[sentence].words.start {
        // aflată la București, Maia Sandu a spus: the subject behind it
        let able = |party: &usize| cast.parties[*party].words.start > cue.end && !cast.meanings[*party].people.is_empty();
        return discourse::subject(page, cast, sentence).filter(able);
    }
    let comma = cue.start.checked_sub(1).filter(|before| page.is_comma(*before))?;
    cast.in_sentence(sentence).find(|party| cast.parties[*party].words.end == comma && !cast.meanings[*party].people.is_empty())
}

/// Where they met B, from where he flew to C: a pronoun is the subject of the clause.
fn has_own_subject(cast: &Cast, clause: &Clause, cue: &Range<usize>, sentence: usize) -> bool {
    cast.in_sentence(sentence).any(|party| {
        let found = &cast.parties[party];
        let within = clause.words.contains(&found.words.start) && found.words.end <= cue.start;
        within && found.head == Head::Pronoun && found.markers.is_empty() && matches!(&found.pronoun, Some((_, false))) && !found.oblique
    })
}

pub(super) fn noun_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, clause: &Clause) -> Sides {
    let sentence = page.sentence_of(cue.start);
    let (before, after) = around(page, cast, cue, clause, sentence);
    let mut sides = Sides::default();
    let markers = |list: &[String], party: usize| stands_under(cast, party, list);
    // Putin's visit, Russian-Turkish talks, the Xi-Biden call
    let close_before = before.first().copied().filter(|party| {
        let found = &cast.parties[*party];
        let gap = found.words.end..cue.start;
        let tight = gap.clone().all(|word| {
            page.is(word, Class::Modifier)
                || page.hits.at(word).is_none()
                    && (page.shape(word) == chancery_language::Shape::Lower || found.adjective && page.mark(word).is_none())
        }) && gap.len() <= 3;
        (found.possessive || found.adjective && gap.len() <= 2) && tight
    });
    if let Some(party) = close_before {
        sides.agents = list_of(cast, party, &before);
    }
    let mut at = cue.end;
    let mut passed = false;
    for party in after.iter().copied() {
        let found = &cast.parties[party];
        let gap = found.words.start.saturating_sub(at);
        let owner_markers: Vec<String> = frame.owner.iter().filter(|marker| !marker.is_empty()).cloned().collect();
        let genitive = frame.owner.iter().any(String::is_empty) && found.markers.is_empty() && gap <= 1 && (!found.possessive || gap == 0);
        // whom a comma or another verb parts from the noun is no genitive, nor is the next of his list
        let genitive = genitive && (!passed || frame.kind == ContactKind::Conference);
        let same_list = |sides: &[usize]| sides.iter().any(|other| cast.parties[*other].group == found.group);
        let place = matches!(found.head, Head::State | Head::Group) && frame.needs == Needs::Destination;
        if same_list(&sides.partners) {
            sides.partners.push(party);
        } else if same_list(&sides.agents) && !sides.agents.contains(&party) {
            sides.agents.push(party);
        } else if markers(&frame.partner, party) && !found.markers.is_empty() && gap <= 14 && !is_place_only(cast, party) {
            // at the summit he announced talks with Iran: the nearer noun's other side
            let nearer = |word: &usize| page.begins_hit(*word) && page.has_feature(*word, Class::Contact, Feature::Noun);
            let another = (cue.end..found.words.start).find(|word| nearer(word) || is_verb_cue(page, *word));
            // an audience with A, and at 3 p.m. a meeting with B
            // at the summit in Vilnius with B he met: the verb's other side, where it stands last
            let meets = |word: usize| {
                page.begins_hit(word) && page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.mutual")
            };
            let far = frame.kind == ContactKind::Conference && found.words.start > cue.end + 3 && (cue.end..clause.words.end).any(meets);
            let begun = |noun: usize| (cue.end..noun).any(|word| page.is_comma(word) || page.is(word, Class::And));
            if far || another.is_some_and(|other| frame.kind == ContactKind::Conference || is_verb_cue(page, other) || begun(other)) {
                continue;
            }
            sides.partners.push(party);
        } else if found.marked("by") && sides.agents.iter().any(|agent| cast.parties[*agent].marked("between")) {
            // the call between A and B was agreed by C and D
            break;
        } else if !place
            && !is_place_only(cast, party)
            && (markers(&owner_markers, party) && !found.markers.is_empty() && gap <= 6 || genitive)
            && sides.partners.is_empty()
        {
            sides.agents.push(party);
        } else if found.adjective
            && found.states.len() >= 2
            && found.markers.is_empty()
            && sides.agents.is_empty()
            && sides.partners.is_empty()
            && gap <= 8
            && !(at..found.words.start).any(|word| page.is_comma(word))
        {
            // the meeting of the working group Mexico-Romania
            sides.agents.push(party);
        } else {
            // a further party belongs to another word of the clause
            let closes = found.markers.is_empty() || gap > 14;
            if closes && !sides.partners.is_empty() {
                break;
            }
            passed |= found.markers.is_empty() && !found.adjective;
        }
        at = found.words.end;
    }
    // spoke with A and B and proposed talks between the two: none of him who proposes
    if sides.agents.is_empty() && sides.partners.is_empty() && page.marks(cue.end, "between") && names_both(page, cast, cue.end, sentence) {
        let with = before.iter().copied().find(|party| cast.parties[*party].marked("with"));
        sides.agents = with.map(|party| list_of(cast, party, &before)).filter(|list| list.len() == 2).unwrap_or_default();
        return sides;
    }
    // before the noun in other word orders: with X talks were held
    for party in before.iter().copied() {
        let found = &cast.parties[party];
        if sides.partners.contains(&party) || sides.agents.contains(&party) {
            continue;
        }
        // had a meeting with X and took part in the signing: the other side of another noun
        let taken = found_before(page, cast, party).is_some_and(|word| page.is(word, Class::Contact) && word < cue.start);
        if found.marked("with") && !taken && frame.partner.iter().any(|marker| marker == "with") && sides.partners.is_empty() {
            sides.partners.extend(list_of(cast, party, &before));
        } else if found.marked("between")
            && frame.owner.iter().any(|marker| marker == "between")
            && sides.agents.is_empty()
            && !list_of(cast, party, &before).first().is_some_and(|first| belongs_to_noun(page, cast, *first))
        {
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
    // A, B and C held a summit
    if frame.kind == ContactKind::Conference && sides.agents.is_empty() && sides.partners.is_empty() && governs_noun(page, cue) {
        let free = |party: &usize| {
            let found = &cast.parties[*party];
            found.markers.is_empty() && !found.possessive && !found.oblique && !found.adjective
        };
        if let Some(subject) = before.iter().copied().find(free) {
            let list = list_of(cast, subject, &before);
            let mut states: Vec<&String> = list.iter().flat_map(|party| &cast.meanings[*party].states).collect();
            states.sort();
            states.dedup();
            if states.len() >= 2 {
                sides.agents = list;
            }
        }
    }
    // who comes to a conference the verb says (attended, hosted), not the noun
    if complete(cast, &sides, frame) || frame.kind == ContactKind::Conference {
        return sides;
    }
    // in talks with reporters: the other side is nobody whom the record knows
    let with_others = sides.partners.is_empty()
        && page.marks(cue.end, "with")
        && frame.partner.iter().any(|marker| marker == "with")
        && page.shape(cue.end + 1) == chancery_language::Shape::Lower
        && !cast.in_sentence(sentence).any(|party| {
            let start = cast.parties[party].words.start;
            (cue.end..cue.end + 6).contains(&start) && !(cue.end..start).any(|word| page.is_comma(word))
        });
    if with_others && sides.agents.is_empty() {
        return sides;
    }
    // the subject of the clause, or of the sentence
    let taken = |party: usize, sides: &Sides| sides.agents.contains(&party) || sides.partners.contains(&party);
    let range = cast.in_sentence(sentence);
    let subject_like = |party: &usize| {
        let found = &cast.parties[*party];
        can_take_part(page, cast, *party)
            && !is_predicate(page, cast, *party)
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
        } else if let Some(other) = addressed(page, cast, cue, party, sentence)
            && distinct(other, &Sides { agents: vec![party], ..Sides::default() })
        {
            sides.agents.push(party);
            sides.partners.push(other);
        }
    } else if sides.agents.is_empty()
        && !sides.partners.is_empty()
        && (is_scheduled(page, clause.words.start..cue.start) || is_travelled_to(page, clause, cue))
    {
        // a meeting with X awaits Y; on the programme of Y is a meeting with X; the trip of Y for talks with X
        let awaited = before.iter().copied().find(|party| {
            let found = &cast.parties[*party];
            !cast.meanings[*party].people.is_empty() && !found.marked("with") && !taken(*party, &sides) && distinct(*party, &sides)
        });
        sides.agents.extend(awaited.map(|party| list_of(cast, party, &before)).unwrap_or_default());
    }
    sides
}

/// Tensions between A and B: whose preposition follows a noun that no pack knows, or one of general talk.
fn belongs_to_noun(page: &Page, cast: &Cast, party: usize) -> bool {
    let start = cast.parties[party].words.start;
    let sentence = page.cut.sentences[page.sentence_of(start)].words.start;
    found_before(page, cast, party).filter(|word| *word >= sentence).is_some_and(|word| {
        let unknown =
            matches!(page.shape(word), chancery_language::Shape::Lower | chancery_language::Shape::Capital) && page.hits.at(word).is_none();
        unknown || [Class::Background, Class::Indicator].iter().any(|class| page.is(word, *class))
    })
}

/// Whether "both", "the two leaders" stands directly behind a preposition.
fn names_both(page: &Page, cast: &Cast, marker: usize, sentence: usize) -> bool {
    cast.in_sentence(sentence).any(|party| {
        let found = &cast.parties[party];
        let both = found.pronoun.as_ref().is_some_and(|(value, _)| value == "both");
        both && (marker..page.hit_end(marker) + 2).contains(&found.words.start)
    })
}

/// Whether a noun names the purpose of a journey that a noun before it tells.
fn is_travelled_to(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    let before = (clause.words.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Contact));
    let journey = before.is_some_and(|word| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "visit.noun"));
    journey && (cue.start.saturating_sub(4)..cue.start).any(|word| page.marks(word, "for") || page.marks(word, "to"))
}

/// Whether words say that something is on somebody's programme.
fn is_scheduled(page: &Page, mut words: Range<usize>) -> bool {
    let planned = |entry: &Entry| matches!(entry.class, Class::Status | Class::Light) && entry.value == "planned";
    words.any(|word| page.entries(word).any(planned))
}

/// During talks in Berlin, A told B: whom the subject speaks to, where the noun opens the sentence.
fn addressed(page: &Page, cast: &Cast, cue: &Range<usize>, subject: usize, sentence: usize) -> Option<usize> {
    let start = page.cut.sentences[sentence].words.start;
    let agent = &cast.parties[subject];
    // A told B during their meeting: the occasion behind both
    let within = (cue.start.saturating_sub(3)..cue.start).any(|word| page.marks(word, "during") || page.marks(word, "at"));
    let fronted = cue.start <= start + 5 && cue.start > start && agent.words.start >= cue.end || within && agent.words.end <= cue.start;
    let other = cast.in_sentence(sentence).find(|party| cast.parties[*party].words.start >= agent.words.end)?;
    let found = &cast.parties[other];
    let between = agent.words.end..found.words.start;
    let says = |mut words: Range<usize>| words.any(|word| page.is(word, Class::Say));
    let told = between.len() <= 3 && says(between.clone()) && !between.clone().any(|word| page.mark(word).is_some());
    // řekl Macron Scholzovi
    let turned = between.is_empty() && found.oblique && says(agent.words.start.saturating_sub(2)..agent.words.start);
    let free = found.markers.iter().all(|marker| marker == "to") && !found.possessive && !cast.meanings[other].people.is_empty();
    (fronted && free && (told || turned) && page.quote_of[found.words.start].is_none()).then_some(other)
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
        .filter(usable)
        .collect();
    before.reverse();
    let after = range
        .filter(|party| cast.parties[*party].words.start >= cue.end && cast.parties[*party].words.start < clause.words.end)
        .filter(|party| !next_clause(page, cue.end..cast.parties[*party].words.start))
        .filter(usable)
        .collect();
    (before, after)
}

/// A comma and, behind it, a verb to come or of saying: what follows belongs to that one (…, chybět bude Putin).
fn next_clause(page: &Page, between: Range<usize>) -> bool {
    let comma = between.clone().find(|word| page.is_comma(*word));
    comma.is_some_and(|comma| (comma..between.end).any(|word| page.is(word, Class::Future) || page.is(word, Class::Say)))
}

/// Whether a party can take part in a contact at all.
pub(super) fn can_take_part(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    if matches!(found.head, Head::Pronoun) {
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
    let described_after = found.adjective && page.shape(after) == chancery_language::Shape::Lower && page.hits.at(after).is_none();
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
