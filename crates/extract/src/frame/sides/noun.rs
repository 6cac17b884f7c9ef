//! Who stands on the sides of a noun.
//!
//! In: a noun such as visit or talks and its clause. Out: whose it is and with whom. Never: a party of the clause that has no part in it.

use super::telling::{Telling, telling, topic};
use super::verb::is_predicate;
use super::{Sides, around, can_take_part, complete, found_before, governs_noun, is_place_only, is_verb_cue, list_of, stands_under};
use crate::cast::Cast;
use crate::clause::Clause;
use crate::discourse;
use crate::frame::rules::{Counts, Frame, Needs};
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Entry, Feature};
use chancery_model::ContactKind;
use std::ops::Range;

pub(in crate::frame) fn noun_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, clause: &Clause) -> Sides {
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
        // (bei dem Treffen sagte X)
        let says = (at..found.words.start).any(|word| page.is(word, Class::Say));
        let genitive =
            frame.owner.iter().any(String::is_empty) && found.markers.is_empty() && gap <= 1 && (!found.possessive || gap == 0) && !says;
        // whom a comma or another verb parts from the noun is no genitive, nor is the next of his list
        // (erklärte bei dem Gespräch, die Türkei habe: what is said in it)
        let said = (clause.words.start..cue.start).any(|word| page.is(word, Class::Say));
        let behind_comma = said && found.words.start > at && page.is_comma(found.words.start - 1) && frame.kind != ContactKind::Conference;
        // (after meetings, the ministers will gather)
        let fronted = page.is_comma(cue.end) && page.marks(page.cut.sentences[sentence].words.start, "after");
        let genitive = genitive && !behind_comma && !fronted && (!passed || frame.kind == ContactKind::Conference);
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
            // (held talks at the forum with B)
            let by_verb = found.marked("with") && frame.kind == ContactKind::Conference && (clause.words.start..cue.start).any(meets);
            let far = frame.kind == ContactKind::Conference && found.words.start > cue.end + 3 && (cue.end..clause.words.end).any(meets)
                || by_verb;
            // informed A by telephone about the talks with B
            let begun = |noun: usize| {
                (cue.end..noun).any(|word| page.is_comma(word) || page.is(word, Class::And))
                    || topic(page, noun).is_some_and(|topic| topic >= cue.end && page.marks(topic, "about"))
            };
            if far || another.is_some_and(|other| frame.kind == ContactKind::Conference || is_verb_cue(page, other) || begun(other)) {
                continue;
            }
            sides.partners.push(party);
        } else if found.marked("between") && of_later_noun(page, cue.end, found.words.start) {
            // the call comes ahead of talks between A and B
            break;
        } else if found.marked("by") && sides.agents.iter().any(|agent| cast.parties[*agent].marked("between")) {
            // the call between A and B was agreed by C and D
            break;
        } else if !place
            && !is_place_only(cast, party)
            && (markers(&owner_markers, party) && !found.markers.is_empty() && gap <= 6 && !spoken_of(page, at..found.words.start)
                || genitive)
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
        // (discuss relations with X at their meeting)
        let taken = found_before(page, cast, party).is_some_and(|word| {
            [Class::Contact, Class::Background, Class::Indicator].iter().any(|class| page.is(word, *class)) && word < cue.start
        });
        // (s A se setkal na schůzkách ministrů: with whom the verb says)
        let taken = taken || verb_between(page, found.words.end..cue.start);
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
        // (held a call, in which he)
        .is_some_and(|before| {
            page.is(before, Class::Article) && !page.is(before, Class::Number)
                || page.marks(before, "during")
                || page.marks(before, "after")
        });
    if sides.agents.is_empty() && sides.partners.is_empty() && definite && page.is_comma(cue.end) {
        return sides;
    }
    // after bilateral meetings, A, B and C will gather: several of whoever it may have been
    let several = page.has_feature(cue.start, Class::Contact, Feature::Plural) && page.is_comma(cue.end);
    let start = page.cut.sentences[sentence].words.start;
    let bare = (start + 1..cue.start).all(|word| page.shape(word) == chancery_language::Shape::Lower && page.hits.at(word).is_none());
    if sides.agents.is_empty() && sides.partners.is_empty() && several && page.marks(start, "after") && bare && cue.start > start + 1 {
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
    // A held a summit with B and C
    if frame.kind == ContactKind::Conference
        && sides.agents.is_empty()
        && sides.partners.iter().any(|party| cast.parties[*party].marked("with"))
        && held_by(page, clause, cue)
    {
        let host = |party: &usize| {
            let found = &cast.parties[*party];
            !cast.meanings[*party].people.is_empty() && found.markers.is_empty() && !found.possessive && !found.oblique
        };
        let subject = before.iter().copied().filter(|party| can_take_part(page, cast, *party)).find(host);
        sides.agents = subject.map(|party| list_of(cast, party, &before)).unwrap_or_default();
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
    // informed A by telephone: the verb's sides
    let by_telephone = frame.kind == ContactKind::Call && page.has_feature(cue.start, Class::Contact, Feature::Weak);
    if by_telephone
        && sides.agents.is_empty()
        && sides.partners.is_empty()
        && let Some(Telling { teller: Some(teller), told }) = telling(page, cast, cue.start)
    {
        sides.agents = vec![teller];
        sides.partners = told;
        return sides;
    }
    // informed A about his talks with B: who tells held them, and not who is told
    let told = topic(page, cue.start).and_then(|topic| telling(page, cast, topic)).map(|telling| telling.told).unwrap_or_default();
    // the subject of the clause, or of the sentence
    let taken = |party: usize, sides: &Sides| sides.agents.contains(&party) || sides.partners.contains(&party);
    let range = cast.in_sentence(sentence);
    let subject_like = |party: &usize| {
        let found = &cast.parties[*party];
        can_take_part(page, cast, *party)
            && !told.contains(party)
            && !reports(page, cue, &found.words)
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
    let fits = |party: &usize| subject_like(party) && !taken(*party, &sides) && distinct(*party, &sides);
    // discussed with his counterpart A his encounter with B: both are his who stands before A
    let his = is_possessed(page, cue.start);
    // A told B during the talks: B is no subject; (A wants peace, said B: who says it is)
    let told = |party: usize| {
        let tells = |other: usize, say: usize| {
            let end = cast.parties[other].words.end;
            end <= say && (page.is_comma(end) || !(end..say).any(|word| page.is_comma(word) || page.quote_of[word] != page.quote_of[say]))
        };
        let say = say_before(page, &cast.parties[party].words);
        say.is_some_and(|say| before.iter().any(|other| fits(other) && tells(*other, say)))
    };
    let beside = |party: &usize| fits(party) && !(his && cast.parties[*party].possessed) && !told(*party);
    // met B after talks with C: who met B
    let first = || before.iter().copied().filter(beside).min_by_key(|party| cast.parties[*party].words.start);
    let nearest = before.iter().copied().find(beside);
    let candidate = if page.asides.hold(cue.start) { first() } else { nearest }.or_else(|| {
        // the main clause around: before the clause, else after it
        let mut all: Vec<usize> = range.clone().collect();
        all.sort_by_key(|party| (cast.parties[*party].words.start > cue.start, cast.parties[*party].words.start.abs_diff(cue.start)));
        // an object after the verb is no subject: only where the other side is named with the noun
        all.into_iter().filter(|_| !sides.partners.is_empty() || sides.agents.is_empty()).find(beside)
    });
    if let Some(party) = candidate {
        let among: Vec<usize> = range.collect();
        if frame.counts == Counts::Agent || !sides.partners.is_empty() || !sides.agents.is_empty() {
            if sides.agents.is_empty() || frame.counts == Counts::All {
                sides.agents.extend(list_of(cast, party, &among));
            }
        } else if let Some(other) = addressed(page, cast, cue, party, sentence)
            && distinct(other, &Sides { agents: vec![party], ..Sides::default() })
        {
            sides.agents.push(party);
            sides.partners.push(other);
        } else if governs_noun(page, cue) || cast.meanings[party].states.len() >= 2 || list_of(cast, party, &among).len() >= 2 {
            sides.agents.extend(list_of(cast, party, &among));
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
    } else if sides.agents.is_empty() && !sides.partners.is_empty() && frame.counts == Counts::All && governs_noun(page, cue) {
        // during the visit of X there was a meeting with Y
        let traveller = before.iter().copied().find(|party| travels(page, cast, clause, *party) && distinct(*party, &sides));
        sides.agents.extend(traveller.map(|party| list_of(cast, party, &before)).unwrap_or_default());
    }
    sides
}

/// Whether a noun of a journey in the clause is that of a person behind it.
fn travels(page: &Page, cast: &Cast, clause: &Clause, party: usize) -> bool {
    let found = &cast.parties[party];
    let of = found.marked("of") || found.marked("by") || found.markers.is_empty();
    let journey = |word: usize| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "visit.noun");
    let noun = found_before(page, cast, party).filter(|word| *word >= clause.words.start);
    of && !cast.meanings[party].people.is_empty() && noun.is_some_and(journey)
}

/// Whether a verb of meeting stands between a party and a noun under a preposition.
fn verb_between(page: &Page, between: Range<usize>) -> bool {
    let meets = |word: &usize| {
        page.begins_hit(*word) && page.entries(*word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.mutual")
    };
    between.clone().find(meets).is_some_and(|verb| (page.hit_end(verb)..between.end).any(|word| page.is(word, Class::Marker)))
}

/// ..., X said: whom the attribution that closes a sentence names.
fn reports(page: &Page, cue: &Range<usize>, party: &Range<usize>) -> bool {
    let end = page.cut.sentences[page.sentence_of(party.start)].words.end;
    let behind_comma = party.start > cue.end && page.is_comma(party.start - 1);
    behind_comma && page.begins_hit(party.end) && page.is(party.end, Class::Say) && page.hit_end(party.end) + 1 >= end
}

/// Whether a light verb (held, had) stands before a noun or at the end of its clause.
fn held_by(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    let held = |word: usize| page.entries(word).any(|entry| entry.class == Class::Light && entry.value == "held");
    (clause.words.start..cue.start).chain(cue.end..clause.words.end).any(held)
}

/// His brief encounter: a possessive pronoun of one person before a noun and its adjectives.
fn is_possessed(page: &Page, noun: usize) -> bool {
    let his =
        |entry: &Entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive) && matches!(entry.value.as_str(), "he" | "she");
    let before = noun.saturating_sub(3).max(page.cut.sentences[page.sentence_of(noun)].words.start)..noun;
    before.rev().take_while(|word| page.mark(*word).is_none()).any(|word| page.entries(word).any(his))
}

/// Spoke by video link, about tensions over A: what is spoken of owns no noun.
fn spoken_of(page: &Page, mut between: Range<usize>) -> bool {
    between.any(|word| page.is_comma(word) && (page.marks(word + 1, "about") || page.marks(word + 1, "on")))
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

/// During talks in Berlin, A told B; A told B during their meeting; A, at the meeting, told B: whom the subject speaks to.
fn addressed(page: &Page, cast: &Cast, cue: &Range<usize>, subject: usize, sentence: usize) -> Option<usize> {
    let start = page.cut.sentences[sentence].words.start;
    let agent = &cast.parties[subject];
    // the occasion behind both, or between the two
    let within = (cue.start.saturating_sub(3)..cue.start).any(|word| ["during", "at", "in"].iter().any(|value| page.marks(word, value)));
    let fronted = cue.start <= start + 5 && cue.start > start && agent.words.start >= cue.end || within && agent.words.end <= cue.start;
    let able = |party: &usize| {
        let found = &cast.parties[*party];
        found.words.start >= agent.words.end && !found.possessive && !cast.meanings[*party].people.is_empty()
    };
    let other = cast.in_sentence(sentence).find(able)?;
    let found = &cast.parties[other];
    let says = |mut words: Range<usize>| words.any(|word| page.is(word, Class::Say));
    let told = say_before(page, &found.words).filter(|say| *say >= agent.words.end).is_some_and(|say| {
        let between = agent.words.end..say;
        between.len() <= 3 && !between.clone().any(|word| page.mark(word).is_some()) || between.contains(&cue.start)
    });
    // řekl Macron Scholzovi, sagte Xi zu Scholz
    let between = agent.words.end..found.words.start;
    let next = between.is_empty() && found.oblique || between.len() == 1 && found.marked("to");
    let turned = next && says(agent.words.start.saturating_sub(2)..agent.words.start);
    let free = found.markers.is_empty() || found.marked("to") || found.oblique;
    (fronted && free && (told || turned) && page.quote_of[found.words.start].is_none()).then_some(other)
}

/// A verb of saying directly before a party, with a preposition between at the most.
fn say_before(page: &Page, party: &Range<usize>) -> Option<usize> {
    let say = (party.start.saturating_sub(6)..party.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Say))?;
    let linked = |word: usize| page.is(word, Class::Marker) || page.is(word, Class::Article) || page.is(word, Class::Pronoun);
    (page.hit_end(say)..party.start).all(|word| page.mark(word).is_none() && linked(word)).then_some(say)
}

/// Whether another noun behind a preposition of time stands directly before whom a "between" names.
fn of_later_noun(page: &Page, from: usize, party: usize) -> bool {
    let Some(noun) = (from..party).rev().find(|word| page.has_feature(*word, Class::Contact, Feature::Noun)) else { return false };
    let small = |word: usize| page.is(word, Class::Marker) || page.is(word, Class::Article) || page.is(word, Class::Modifier);
    let later = |word: usize| page.marks(word, "before") || page.marks(word, "after");
    (page.hit_end(noun)..party).all(small) && (from..noun).any(later)
}
