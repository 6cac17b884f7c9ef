//! Who stands on the sides of a verb.
//!
//! In: a verb and its clause. Out: who acts and with whom. Never: a party that stands under another noun.

use super::{Sides, around, can_take_part, found_before, is_place_only, is_verb_cue, list_of, stands_under};
use crate::cast::Cast;
use crate::clause::{self, Clause, Opener};
use crate::discourse;
use crate::frame::conference::names_sitting;
use crate::frame::rules::{Counts, Frame, Needs};
use crate::page::Page;
use crate::party::{Head, Party};
use crate::place;
use chancery_language::{Class, Entry, Feature};
use std::ops::Range;

pub(in crate::frame) fn verb_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, clause: &Clause, cues: &[&Entry]) -> Sides {
    let sentence = page.sentence_of(cue.start);
    let (before, after) = around(page, cast, cue, clause, sentence);
    let mut sides = Sides::default();
    let directed = |party: usize| {
        cast.parties[party].marked("to")
            && !cast.parties[party].marked("with")
            && matches!(cast.parties[party].head, Head::State | Head::Group | Head::Organization)
    };
    // der kamerunischen Hauptstadt: one state's adjective is no side of a verb
    let adjective = |party: usize| cast.parties[party].adjective && cast.parties[party].states.len() == 1;
    let fits = |party: usize, markers: &[String]| {
        stands_under(cast, party, markers)
            && !is_place_only(cast, party)
            && !directed(party)
            && !adjective(party)
            && !names_sitting(page, cast, party)
    };
    let meant = |party: usize| match describes(page, cast, party, sentence) {
        Some(other) => Some(other).filter(|other| !cast.meanings[*other].people.is_empty()),
        None => Some(party),
    };
    let before: Vec<usize> = before.into_iter().filter_map(meant).collect();
    // will meet B and hold talks with C: B is no subject
    let before: Vec<usize> = match clause::coordinated(page, clause, cue) {
        Some(verb)
            if before.iter().any(|party| cast.parties[*party].words.end <= verb)
                || has_own_subject(cast, clause, &(verb..verb), sentence) =>
        {
            before.into_iter().filter(|party| cast.parties[*party].words.end <= verb).collect()
        }
        _ => before,
    };
    // met B before travelling to C: whose verb stands before travels
    let before = match main_verb(page, cast, cue, cues) {
        Some(verb) => before.into_iter().filter(|party| cast.parties[*party].words.end <= verb).collect(),
        None => before,
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
        leave_object(page, cast, clause, cue, &mut sides.agents);
    }
    if frame.needs == Needs::Destination && frame.partner.is_empty() {
        // přiletěl A a zavítal B: whose verb a conjunction has closed is no subject of the next, where another stands behind that
        let closed = |party: usize| {
            let behind = cast.parties[party].words.end;
            let verb = (clause.words.start..cast.parties[party].words.start).any(|word| is_verb_cue(page, word));
            verb && (behind..cue.start).any(|word| page.is(word, Class::And))
        };
        let next = after.first().copied().filter(|party| agent_fits(*party) && cast.parties[*party].words.start <= cue.end + 1);
        if sides.agents.iter().any(|party| closed(*party))
            && let Some(next) = next.filter(|next| cast.parties[*next].markers.is_empty() && !cast.meanings[*next].people.is_empty())
        {
            sides.agents = list_of(cast, next, &after);
        }
        // (he visited France to meet A: A is no traveller)
        if sides.agents.is_empty()
            && !has_own_subject(cast, clause, cue, sentence)
            && let Some(agent) = after.iter().copied().find(|party| agent_fits(*party))
        {
            sides.agents = list_of(cast, agent, &after);
        }
    } else if !frame.partner.is_empty() {
        let with = |party: usize| cast.parties[party].marked("with");
        // was telephoned by X
        let passive = frame.counts == Counts::All && cues.iter().any(|cue| cue.is(Feature::Passive));
        let by_whom = |party: usize| passive && cast.parties[party].marked("by") && !cast.meanings[party].people.is_empty();
        // (empfing A, Sohn von B: only who is received is so by somebody)
        let finite = cue.len() == 1
            && !cues.is_empty()
            && cues.iter().all(|cue| !cue.features.any(&[Feature::Participle, Feature::Passive, Feature::Infinitive, Feature::Gerund]));
        let descent = |party: usize| finite && cast.parties[party].marked("by") && cast.parties[party].marked("of");
        let next_subject = |party: usize| heads_next_verb(page, cast, cue, party);
        let other_side =
            |party: &usize| (fits(*party, &frame.partner) && !descent(*party) || by_whom(*party)) && !cast.parties[*party].possessive;
        for party in after.iter().copied().filter(other_side).filter(|party| !next_subject(*party)) {
            let free = cast.parties[party].markers.is_empty();
            // ties with Central Asia are no side
            let before = found_before(page, cast, party);
            if with(party) && before.is_some_and(|word| page.is(word, Class::Background) || page.is(word, Class::Indicator)) {
                continue;
            }
            // spoke with A about her meeting with B: another occasion's
            let noun = before.is_some_and(|word| word >= cue.end && page.has_feature(word, Class::Contact, Feature::Noun));
            if with(party) && noun && !sides.partners.is_empty() {
                continue;
            }
            // spoke of preparations for a meeting of A and B: whose meeting it is
            if free && belongs_to_topic(page, cast, cue, party, &after) {
                continue;
            }
            // se setkal na schůzkách ministrů zahraničí zemí EU: officials whose sitting it is
            let nobody = cast.parties[party].plural && cast.parties[party].name.is_none() && cast.meanings[party].people.is_empty();
            if free && noun && nobody && before.is_some_and(|noun| (cue.end..noun).any(|word| page.is(word, Class::Marker))) {
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
                && found.markers.is_empty()
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
        // nachdem er den Präsidenten getroffen hatte: an object whose form shows it
        let shown = |party: &usize| object(*party) && cast.parties[*party].oblique && fits(*party, &frame.partner);
        if sides.agents.is_empty()
            && sides.partners.is_empty()
            && frame.partner.iter().any(String::is_empty)
            && let Some(whom) = before.iter().copied().find(shown)
        {
            sides.partners = list_of(cast, whom, &before);
        }
        // in languages with free order the other side may stand before the verb
        for party in before.iter().copied().filter(|party| !sides.agents.contains(party)) {
            // wird von X empfangen: the participle at the end with its agent before it
            let by = cast.parties[party].marked("by")
                && (cues.iter().any(|cue| cue.is(Feature::Passive))
                    || cues.iter().any(|cue| cue.is(Feature::Participle)) && frame.partner.iter().any(|marker| marker == "by"));
            // the verb at the end of its clause has both sides before it
            let verb_last = cues.iter().any(|cue| cue.features.any(&[Feature::Participle, Feature::Infinitive]))
                && !after.iter().any(|party| cast.parties[*party].markers.is_empty());
            // (before the call with A, B received C)
            let of_noun = found_before(page, cast, party)
                .is_some_and(|word| word >= clause.words.start && page.has_feature(word, Class::Contact, Feature::Noun));
            if with(party) && of_noun {
                continue;
            }
            if with(party) || by {
                sides.partners.push(party);
            } else if sides.partners.is_empty()
                && (sides.agents.len() == 1 || verb_last && !sides.agents.is_empty())
                && cast.parties[party].markers.is_empty()
                && !is_place_only(cast, party)
                && frame.partner.iter().any(String::is_empty)
                && personal(party)
            {
                let gap = cast.parties[party].words.end..cast.parties[sides.agents[0]].words.start;
                // (A hopes B and C will meet: who hopes does not)
                let verb = |word: usize| page.begins_hit(word) && (page.is(word, Class::Say) || page.is(word, Class::Readiness));
                if gap.len() <= if verb_last { 25 } else { 6 }
                    && !gap.clone().any(|word| page.is_comma(word) || verb(word))
                    && !cast.parties[party].possessive
                {
                    // (hat die Präsidenten A und B empfangen: both of them)
                    let list = list_of(cast, party, &before);
                    sides.partners.extend(list.into_iter().filter(|other| !sides.agents.contains(other)));
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
    // Taiwan, he said, is in China: who is somewhere stands directly before the verb
    if cues.iter().any(|cue| cue.is(Feature::Copula) && cue.is(Feature::Present)) {
        sides.agents.retain(|party| cast.parties[*party].words.end <= cue.start && cast.parties[*party].words.end + 3 >= cue.start);
        return sides;
    }
    // verb before subject: telefonierte Lula mit dem Präsidenten (a gerund has its subject before it)
    let gerund = cues.iter().any(|cue| cue.is(Feature::Gerund)) && cues.iter().all(|cue| cue.is(Feature::Gerund));
    let subject_named = gerund || has_own_subject(cast, clause, cue, sentence);
    if sides.agents.is_empty() && !subject_named && (frame.needs != Needs::Destination || frame.counts == Counts::Partner) {
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
    // (flew to A, where he was received: a place is no subject)
    let place = place::where_clause(page, clause).is_some();
    if sides.agents.is_empty() && clause.opener == Opener::Relative && !place && !has_own_subject(cast, clause, cue, sentence) {
        let antecedent = cast
            .in_sentence(sentence)
            .rev()
            .find(|party| cast.parties[*party].words.end < clause.words.start + 1 && can_take_part(page, cast, *party));
        // a place or a state is where, not who
        let acts = |party: &usize| personal(*party) && cast.parties[*party].head != Head::Organization;
        if let Some(antecedent) = antecedent.filter(acts) {
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
        // (he visited A to meet B and went on to C)
        let he = cast
            .in_sentence(sentence)
            .find(|party| is_subject_pronoun(&cast.parties[*party]) && cast.parties[*party].words.end <= cue.start);
        let main = cast.in_sentence(sentence).filter(|party| he.is_none_or(|he| *party < he)).find(|party| {
            let found = &cast.parties[*party];
            found.words.end <= cue.start
                && !cast.meanings[*party].people.is_empty()
                && found.markers.is_empty()
                && !found.possessive
                && !found.oblique
                && !sides.partners.contains(party)
                && page.quote_of[found.words.start] == page.quote_of[cue.start]
                && can_take_part(page, cast, *party)
                && !cast.meanings[*party].people.iter().all(|person| cast.speaks_for_others(*person))
                // (the envoy, who had met A, met B)
                && !clause::in_closed_relative(page, page.cut.sentences[sentence].words.start, &found.words, cue.start)
        });
        if let Some(main) = main {
            // (A, den B traf, reist nach C)
            let start = page.cut.sentences[sentence].words.start;
            let told_of = |party: &usize| clause::in_closed_relative(page, start, &cast.parties[*party].words, cue.start);
            let before = |party: &usize| cast.parties[*party].words.end <= cue.start && !told_of(party);
            let all: Vec<usize> = cast.in_sentence(sentence).filter(before).collect();
            sides.agents = list_of(cast, main, &all);
        }
    }
    // was invited by X: the subject is who travels
    if frame.counts == Counts::Partner && cues.iter().any(|cue| cue.is(Feature::Passive)) {
        std::mem::swap(&mut sides.agents, &mut sides.partners);
    }
    sides
}

/// Whether somebody stands, alone or in a list, directly behind the noun of another occasion that is what a verb is about.
fn belongs_to_topic(page: &Page, cast: &Cast, cue: &Range<usize>, party: usize, after: &[usize]) -> bool {
    let first = list_of(cast, party, after).first().map_or(party, |first| *first);
    let noun = |word: usize| page.has_feature(word, Class::Contact, Feature::Noun) || page.is(word, Class::Status);
    let Some(noun) = cast.parties[first].words.start.checked_sub(1).filter(|word| *word > cue.end && noun(*word)) else { return false };
    (cue.end..noun).any(|word| page.marks(word, "about"))
}

/// Met B on Wednesday and on Thursday C flew to D: whether somebody behind a conjunction, at whom another verb stands directly, is the
/// subject of that one.
fn heads_next_verb(page: &Page, cast: &Cast, cue: &Range<usize>, party: usize) -> bool {
    let words = &cast.parties[party].words;
    let dated = |word: usize| page.quantity_of.get(word).copied().flatten().is_some();
    let between =
        (cue.end..words.start).rev().take_while(|word| dated(*word) || page.is(*word, Class::Marker) || page.is(*word, Class::And));
    let day_before = between.clone().any(dated) && between.into_iter().any(|word| page.is(word, Class::And));
    day_before && page.has_feature(words.end, Class::Contact, Feature::Past) && is_verb_cue(page, words.end)
}

/// As [`heads_next_verb`], seen from that verb: of a list that begins behind the verb before, only whom the day and the verb enclose.
fn leave_object(page: &Page, cast: &Cast, clause: &Clause, cue: &Range<usize>, agents: &mut Vec<usize>) {
    let verb = (clause.words.start..cue.start).rev().find(|word| is_verb_cue(page, *word));
    let Some(verb) = verb.map(|verb| verb..page.hit_end(verb)) else { return };
    let own = |party: &usize| cast.parties[*party].words.end == cue.start && heads_next_verb(page, cast, &verb, *party);
    if let Some(own) = agents.iter().copied().find(own) {
        *agents = vec![own];
    }
}

/// X, who is also minister of trade, travels: an office of nobody else behind a relative pronoun is what is said of X.
pub(super) fn is_predicate(page: &Page, cast: &Cast, party: usize) -> bool {
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
    let before = cast.in_sentence(sentence).find(|party| cast.parties[*party].words.end == comma)?;
    let meant = describes(page, cast, before, sentence).unwrap_or(before);
    Some(meant).filter(|party| !cast.meanings[*party].people.is_empty())
}

/// The verb before a gerund whose subject is the gerund's as well: met B before travelling to C; not that of whom it describes behind a
/// comma (B, visiting C).
fn main_verb(page: &Page, cast: &Cast, cue: &Range<usize>, cues: &[&Entry]) -> Option<usize> {
    let gerund = cues.iter().all(|entry| entry.is(Feature::Gerund) && !entry.value.ends_with(".noun"));
    let sentence = page.sentence_of(cue.start);
    let described = cast.in_sentence(sentence).any(|party| {
        let end = cast.parties[party].words.end;
        end == cue.start || end + 1 == cue.start && page.is_comma(end)
    });
    let verb = |word: &usize| {
        let said = page.entries(*word).any(|entry| matches!(entry.class, Class::Say | Class::Commit) && !entry.is(Feature::Noun));
        let gerund = page.entries(*word).any(|entry| entry.is(Feature::Gerund));
        page.begins_hit(*word) && (said || is_verb_cue(page, *word)) && !gerund
    };
    let start = page.cut.sentences[sentence].words.start;
    (start..cue.start).rev().find(verb).filter(|_| gerund && !cues.is_empty() && !described)
}

/// A, an aide to President B, met C: whom B, in words between commas, only describes.
fn describes(page: &Page, cast: &Cast, party: usize, sentence: usize) -> Option<usize> {
    let words = &cast.parties[party].words;
    let described = |other: &usize| {
        let other = &cast.parties[*other].words;
        let mut between = other.end..words.start;
        let office = other.clone().any(|word| page.is(word, Class::Office));
        let commas =
            other.clone().any(|word| page.is_comma(word)) || other.start.checked_sub(1).is_some_and(|before| page.is_comma(before));
        let near = other.end <= words.start && between.len() <= 2;
        near && office && commas && !between.any(|word| page.mark(word).is_some() || page.is(word, Class::And))
    };
    cast.in_sentence(sentence).find(described).filter(|_| page.is_comma(words.end))
}

/// Where they met B, from where he flew to C: a pronoun is the subject of the clause.
fn has_own_subject(cast: &Cast, clause: &Clause, cue: &Range<usize>, sentence: usize) -> bool {
    cast.in_sentence(sentence).any(|party| {
        let found = &cast.parties[party];
        clause.words.contains(&found.words.start) && found.words.end <= cue.start && is_subject_pronoun(found)
    })
}

fn is_subject_pronoun(party: &Party) -> bool {
    party.head == Head::Pronoun && party.markers.is_empty() && matches!(&party.pronoun, Some((_, false))) && !party.oblique
}
