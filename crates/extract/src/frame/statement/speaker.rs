//! Who speaks: the subject of a saying verb, or whose statement it is.
//!
//! In: a saying verb and the words in which its subject may stand. Out: a speaker, where the words settle one.
//! Never: takes an object, an addressee or a possessor for the subject.

use super::{Speaker, who_goes_on};
use crate::cast::Cast;
use crate::clause::{self, Opener};
use crate::discourse;
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Feature, Shape};
use chancery_model::Role;
use std::ops::Range;

/// The speaker that a saying verb has in its region.
pub(super) fn speaker_of(page: &Page, cast: &Cast, verb: usize, region: &Range<usize>, last: Option<&(usize, Speaker)>) -> Option<Speaker> {
    let sentence = page.sentence_of(verb);
    let parties: Vec<usize> = cast
        .in_sentence(sentence)
        .filter(|party| {
            let found = &cast.parties[*party];
            region.contains(&found.words.start) && page.quote_of[found.words.start].is_none()
        })
        .collect();
    let according = page.is(verb, Class::According);
    let verb_end = page.hit_end(verb);
    let subject_like = |party: &usize| {
        let found = &cast.parties[*party];
        // an adjective of a state, a possessor or an object is no speaker
        let object = found.oblique && found.markers.is_empty() && !according;
        !found.possessive
            && !found.adjective
            && !object
            && (found.markers.is_empty() || found.marked("by") || according)
            && (according || !addressed(found))
    };
    let gap = |party: usize| {
        let found = &cast.parties[party].words;
        if found.start >= verb_end { found.start - verb_end } else { verb.saturating_sub(found.end) }
    };
    let mut after: Vec<usize> = parties
        .iter()
        .copied()
        .filter(|party| cast.parties[*party].words.start >= verb_end && gap(*party) <= 14)
        .filter(subject_like)
        .collect();
    let mut before: Vec<usize> =
        parties.iter().copied().filter(|party| cast.parties[*party].words.end <= verb).filter(subject_like).collect();
    before.reverse();
    // X, whom Y received, said: Y is of the clause between
    let aside = |party: usize| {
        let around = clause::around(page, &cast.parties[party].words);
        around.opener == Opener::Relative && around.words.end <= verb
    };
    if before.iter().any(|party| !aside(*party)) {
        before.retain(|party| !aside(*party));
    }
    if according {
        before.clear();
        after.truncate(1);
    }
    if !according && let Some(speaker) = issuer(page, cast, verb, region, &parties) {
        return Some(speaker);
    }
    // said a company; the state television of Rwanda said: nobody whom the record knows
    let nobody = page.is(verb_end, Class::Nonstate) && !after.iter().any(|party| gap(*party) <= 4);
    if nobody || before.is_empty() && is_stranger(page, sentence, verb) {
        return Some(Speaker::Unnamed);
    }
    // directly after the verb (said X), else before it (X said)
    let comma_between = |party: usize| {
        (verb_end..cast.parties[party].words.start)
            .any(|word| page.is_comma(word) || page.is(word, Class::Clause) || page.is(word, Class::That))
    };
    // said yesterday, in Lisbon, the minister
    let only_when_and_where = |party: usize| {
        (verb_end..cast.parties[party].words.start).all(|word| {
            page.is_comma(word)
                || page.quantity_of[word].is_some()
                || [Class::Place, Class::Marker, Class::Article].iter().any(|class| page.is(word, *class))
        })
    };
    // said the head of a body that no table knows, X: the name behind its description
    let behind_description = |party: usize| {
        let found = &cast.parties[party];
        let comma = found.words.start - 1;
        let stops = [Class::Clause, Class::That, Class::Say, Class::Contact, Class::And];
        found.name.is_some()
            && page.is(verb_end, Class::Article)
            && page.is_comma(comma)
            && page.mark(found.words.end).is_some()
            && !(verb_end..comma).any(|word| page.mark(word).is_some() || stops.iter().any(|class| page.is(word, *class)))
    };
    let after_opening = region.start + 3 >= verb;
    let direct_after = after.first().copied().filter(|party| {
        !comma_between(*party) && (gap(*party) <= 4 || after_opening && before.is_empty())
            || only_when_and_where(*party)
            || behind_description(*party)
    });
    let tells = page.entries(verb).any(|entry| entry.value == "tell");
    // thanked the United Kingdom and emphasized: the object of another verb is no subject
    let coordinated = |party: usize| (cast.parties[party].words.end..verb).any(|word| page.is(word, Class::And));
    before.retain(|party| !(coordinated(*party) && matches!(cast.parties[*party].head, Head::State | Head::Organization | Head::Group)));
    // said he congratulated Trump and condemned: whom another verb has as its object
    let object = |party: usize| {
        let start = cast.parties[party].words.start;
        (start.saturating_sub(2)..start)
            .any(|word| [Class::Say, Class::Contact, Class::Commit].iter().any(|class| page.is(word, *class)) && page.mark(word).is_none())
    };
    if before.len() > 1 && before.first().is_some_and(|party| coordinated(*party) && object(*party)) {
        before.remove(0);
    }
    // he condemned the attacks of the militia: whose attacks they are
    let owns_noun = |party: usize| {
        let start = cast.parties[party].words.start;
        let noun = (start.saturating_sub(2)..start).rev().find(|word| !page.is(*word, Class::Article));
        page.pack.settings.nouns_are_capitalised
            && matches!(cast.parties[party].head, Head::State | Head::Organization | Head::Group)
            && noun.is_some_and(|noun| noun > region.start && page.shape(noun) == Shape::Capital && page.hits.at(noun).is_none())
    };
    if before.iter().any(|party| !owns_noun(*party)) {
        before.retain(|party| !owns_noun(*party));
    }
    let beside = before.first().copied().filter(|party| gap(*party) <= 2 && !coordinated(*party));
    // "...," Nabil Abu Rudeina, an adviser to the president, said: the name behind the mark, and what describes it
    let named_first = parties.first().copied().filter(|party| {
        let found = &cast.parties[*party];
        found.words.start == region.start
            && found.words.end < verb
            && found.name.is_some()
            && subject_like(party)
            && page.is_comma(found.words.end)
            && !(found.words.end..verb).any(|word| page.begins_hit(word) && (page.is(word, Class::Say) || page.is(word, Class::Contact)))
    });
    if let Some(party) = named_first.filter(|_| region.start > 0 && page.quote_of[region.start.saturating_sub(2)].is_some()) {
        return as_speaker(cast, party);
    }
    // so Peskow: a name that no table knows
    let stranger = |word: usize| {
        matches!(page.shape(word), Shape::Capital | Shape::Upper)
            && page.hits.at(word).is_none()
            && page.quote_of[word].is_none()
            && !parties.iter().any(|party| cast.parties[*party].words.contains(&word))
    };
    let unknown_after = region.contains(&verb_end) && stranger(verb_end) && !tells;
    let unknown_before =
        verb > page.cut.sentences[sentence].words.start + 1 && verb - 1 == region.start && stranger(verb - 1) && !according;
    if (unknown_after || unknown_before) && beside.is_none() && !after.iter().any(|party| gap(*party) == 0) {
        return Some(Speaker::Unnamed);
    }
    if beside.is_none() && !tells && !according && follows_stranger(page, cast, verb_end, region, &parties) {
        return Some(Speaker::Unnamed);
    }
    // the statement said: somebody whom no pack knows
    let inanimate = verb >= region.start + 2
        && page.is(verb - 2, Class::Article)
        && (page.shape(verb - 1) == Shape::Lower && page.hits.at(verb - 1).is_none()
            || page.shape(verb - 1) == Shape::Capital
                && !page.pack.settings.nouns_are_capitalised
                && !parties.iter().any(|party| cast.parties[*party].words.contains(&(verb - 1))));
    if inanimate && beside.is_none() {
        return Some(Speaker::Unnamed);
    }
    let choice = match (direct_after, before.first().copied()) {
        // X said, X told Y
        (_, Some(_)) if beside.is_some() => beside,
        (Some(after), None) if tells && !cast.parties[after].marked("by") && region.start < verb => {
            // whom the words are told to; the speaker is left out
            None
        }
        (Some(after), Some(before)) => {
            let pronoun = cast.parties[after].head == Head::Pronoun;
            if after_opening && !pronoun || gap(after) == 0 && gap(before) > 3 { Some(after) } else { Some(before) }
        }
        (Some(after), None) => Some(after),
        (None, Some(before)) => Some(before),
        (None, None) => None,
    };
    // hieß es aus dem Außenministerium: a body under any preposition, where nobody else speaks
    let body = || parties.iter().copied().find(|party| cast.parties[*party].head == Head::Body && gap(*party) <= 8);
    let party = choice.map(|party| named_behind(page, cast, party)).or_else(body)?;
    let unnamed = cast.meanings[party].people.is_empty() && cast.meanings[party].states.is_empty();
    if unnamed && cast.parties[party].head == Head::Body {
        return Some(body_before(page, cast, party).map_or(Speaker::Unnamed, |code| Speaker::Body { code, party }));
    }
    if unnamed && matches!(cast.parties[party].head, Head::Delegates | Head::Body | Head::Organization | Head::Office) {
        return Some(office_before(page, cast, party, last).unwrap_or(Speaker::Unnamed));
    }
    if cast.meanings[party].people.is_empty()
        && let Some(speaker) = like_office_of_state(cast, party)
    {
        return Some(speaker);
    }
    if cast.parties[party].head == Head::Pronoun && cast.parties[party].plural {
        return Some(Speaker::Unnamed);
    }
    if cast.parties[party].head == Head::Pronoun || cast.meanings[party].people.is_empty() && cast.meanings[party].states.is_empty() {
        let gender = cast.parties[party].pronoun.as_ref().and_then(|(value, _)| discourse::gender_of(value));
        let female = gender.filter(|gender| *gender == "f");
        if let Some(speaker) = said_that_he(page, cast, party, gender) {
            return Some(speaker);
        }
        return who_goes_on(page, cast, cast.parties[party].words.start, last, female);
    }
    if matches!(cast.parties[party].head, Head::Delegates | Head::Leader)
        && cast.meanings[party].people.is_empty()
        && !cast.parties[party].plural
    {
        // the American official: the last speaker of that state, else who of it was named last
        if let Some((_, Speaker::Character { character, party: known })) = last
            && cast.states_of(*character).iter().any(|state| cast.meanings[party].states.contains(state))
        {
            return Some(Speaker::Character { character: *character, party: *known });
        }
        let here = page.sentence_of(cast.parties[party].words.start);
        let recent = (0..party).rev().find(|other| {
            page.sentence_of(cast.parties[*other].words.start) + 3 >= here
                && matches!(cast.meanings[*other].people[..], [character] if cast.states_of(character).first() == cast.meanings[party].states.first())
        });
        if let Some(speaker) = recent.filter(|_| cast.meanings[party].states.len() == 1).and_then(|recent| as_speaker(cast, recent)) {
            return Some(speaker);
        }
    }
    as_speaker(cast, party)
}

/// Zelensky said he thanked Trump and condemned ...: the subject of the saying verb before the pronoun in its sentence.
fn said_that_he(page: &Page, cast: &Cast, pronoun: usize, gender: Option<&str>) -> Option<Speaker> {
    let start = cast.parties[pronoun].words.start;
    let says = |mut words: Range<usize>| words.any(|word| page.begins_hit(word) && page.is(word, Class::Say));
    let subject = cast.in_sentence(page.sentence_of(start)).rev().find(|party| {
        let found = &cast.parties[*party];
        let free = found.markers.is_empty() && !found.possessive && !found.oblique && page.quote_of[found.words.start].is_none();
        let agrees = cast.meanings[*party].people.iter().all(|person| {
            let known = cast.characters[*person].gender.as_str();
            known.is_empty() || gender.is_none_or(|gender| gender == known)
        });
        free && agrees
            && cast.meanings[*party].people.len() == 1
            && found.words.end <= start
            && start - found.words.end <= 6
            && says(found.words.end..start)
    })?;
    as_speaker(cast, subject)
}

/// Said a resident, informou a televisão: behind the verb an article and a noun that no pack knows, and nobody named beside
/// it; or a noun of those who report.
fn follows_stranger(page: &Page, cast: &Cast, verb_end: usize, region: &Range<usize>, parties: &[usize]) -> bool {
    let noun_shape = |word: usize| match page.shape(word) {
        Shape::Lower => true,
        Shape::Capital => page.pack.settings.nouns_are_capitalised,
        Shape::Upper | Shape::Number | Shape::Mark => false,
    };
    let article = region.contains(&verb_end) && page.is(verb_end, Class::Article);
    let noun = if article { verb_end + 1 } else { verb_end };
    if !region.contains(&noun) {
        return false;
    }
    let named = parties.iter().any(|party| {
        let found = &cast.parties[*party];
        (verb_end..verb_end + 6).contains(&found.words.start) && found.markers.is_empty() && !found.possessive && !found.adjective
    });
    // told the agency: whom the words are told to reports nothing
    let told_to = page.has_feature(noun, Class::Credit, Feature::Oblique);
    let reports = page.begins_hit(noun) && page.is(noun, Class::Credit) && !page.is(noun, Class::Say) && !told_to;
    // a part of the article: an indefinite noun that is no party
    let indefinite = article && page.is(verb_end, Class::Number);
    let unknown = article && (indefinite || page.hits.at(noun).is_none()) && noun_shape(noun);
    // the Qatar News Agency; the Vatican press centre: an agency, or an unknown noun behind the adjective of a state
    let agency = article && (noun..(noun + 3).min(region.end)).any(|word| page.begins_hit(word) && page.is(word, Class::Agency));
    let of_state = parties.iter().any(|party| {
        let found = &cast.parties[*party];
        let next = found.words.end;
        found.adjective && found.words.start == noun && region.contains(&next) && page.hits.at(next).is_none() && noun_shape(next)
    });
    (reports || unknown || agency || of_state) && !named
}

/// The spokesman of the government, Minister X: the name stands with the second of two offices.
fn named_behind(page: &Page, cast: &Cast, party: usize) -> usize {
    let office = |at: usize| cast.parties.get(at).is_some_and(|found| found.head == Head::Office && !found.plural);
    let next = party + 1;
    let gap = || cast.parties[party].words.end..cast.parties[next].words.start;
    let verbal = |word: usize| [Class::Say, Class::Contact, Class::And, Class::That].iter().any(|class| page.is(word, *class));
    let nameless = office(party) && cast.meanings[party].people.is_empty() && office(next) && cast.parties[next].name.is_some();
    let apposed = || {
        let comma = gap().find(|word| page.mark(*word).is_some()).filter(|comma| page.is_comma(*comma));
        comma.is_some_and(|comma| (comma + 1..gap().end).all(|word| page.is(word, Class::Article))) && !gap().any(verbal)
    };
    if nameless && gap().len() <= 8 && apposed() { next } else { party }
}

/// Whether a sentence begins with an article and a noun that is no party, and its verb follows.
fn is_stranger(page: &Page, sentence: usize, verb: usize) -> bool {
    let start = page.cut.sentences[sentence].words.start;
    let noun = start + 1;
    let reports = [Class::Agency, Class::Credit].iter().any(|class| page.is(noun, *class));
    page.is(start, Class::Article)
        && page.shape(noun) == Shape::Lower
        && (page.hits.at(noun).is_none() || reports)
        && noun < verb
        && !(noun..verb).any(|word| page.shape(word) == Shape::Mark || page.is(word, Class::Say) || page.is(word, Class::And))
}

/// Who issued the text that says so (the statement reads, heißt es in der Erklärung): the body or person it is of,
/// else the body named last; nobody where it is a joint one.
fn issuer(page: &Page, cast: &Cast, verb: usize, region: &Range<usize>, parties: &[usize]) -> Option<Speaker> {
    let end = page.hit_end(verb);
    let text = |word: usize| page.begins_hit(word) && page.is(word, Class::Text) && page.quote_of[word].is_none();
    // the joint statement issued at the end of the signing said: nobody stands between
    let from = parties
        .iter()
        .map(|party| &cast.parties[*party])
        .filter(|party| party.words.end <= verb && party.markers.is_empty() && party.head != Head::Pronoun)
        .map(|party| party.words.end)
        .max();
    let before = (verb.saturating_sub(12).max(from.unwrap_or(region.start))..verb).rev().find(|word| text(*word));
    let itself = page.has_feature(verb, Class::Say, Feature::Noun).then_some(verb);
    let noun = itself.or(before).or_else(|| (end..(end + 6).min(region.end)).find(|word| text(*word)))?;
    let between = noun.min(verb)..noun.max(verb);
    // X said in a statement
    let said_by = |party: &&usize| {
        let found = &cast.parties[**party];
        let named = !cast.meanings[**party].people.is_empty()
            || matches!(found.head, Head::State | Head::Body | Head::Organization)
                && !cast.meanings[**party].states.is_empty()
                && !found.adjective;
        // he said in a statement
        let named = named || found.head == Head::Pronoun && !found.possessive;
        let speaks = found.markers.is_empty() && !found.possessive && !found.oblique && named;
        let near = if found.words.start >= end { found.words.start - end <= 4 } else { verb.saturating_sub(found.words.end) <= 3 };
        speaks && near
    };
    if parties.iter().any(|party| said_by(&party)) || noun < verb && between.clone().any(|word| page.is_comma(word)) {
        return None;
    }
    // X sent a message which says: X
    let sender = parties.iter().copied().find(|party| {
        let found = &cast.parties[*party];
        let free = found.markers.is_empty() && !found.possessive && !found.oblique;
        let sent = |word: usize| page.begins_hit(word) && page.is(word, Class::Say) && page.quote_of[word].is_none();
        free && noun < verb && cast.meanings[*party].people.len() == 1 && found.words.end <= noun && (found.words.end..noun).any(sent)
    });
    if let Some(sender) = sender {
        return as_speaker(cast, sender);
    }
    let noun_end = page.hit_end(noun);
    let of = parties.iter().copied().find(|party| {
        let found = &cast.parties[*party];
        found.words.start >= noun_end
            && found.words.start - noun_end <= 3
            && (found.markers.is_empty() || found.marked("of") || found.marked("by") || found.marked("from"))
    });
    if let Some(of) = of {
        let again = || office_before(page, cast, of, None);
        let nameless = cast.meanings[of].people.is_empty() && cast.parties[of].head == Head::Office;
        let again = || like_office_of_state(cast, of).or_else(again);
        return Some(nameless.then(again).flatten().or_else(|| as_speaker(cast, of)).unwrap_or(Speaker::Unnamed));
    }
    // a statement from somebody whom no table knows
    let from_stranger = ["of", "by", "from"].iter().any(|value| page.marks(noun_end, value))
        && (noun_end..(noun_end + 3).min(region.end)).any(|word| page.shape(word) == Shape::Capital && page.quantity_of[word].is_none());
    if from_stranger {
        return Some(Speaker::Unnamed);
    }
    let sentence = page.sentence_of(verb);
    let issued = 0..cast.in_sentence(sentence).end;
    let body = issued.rev().find(|party| {
        let found = &cast.parties[*party];
        // the Kremlin published a statement
        let seat = found.head == Head::State && page.has_feature(found.words.end - 1, Class::State, Feature::Metonym);
        found.words.end <= noun && (found.head == Head::Body || seat) && cast.meanings[*party].states.len() == 1
    });
    Some(body.and_then(|body| as_speaker(cast, body)).unwrap_or(Speaker::Unnamed))
}

/// The state of a body that is named without one: that of the like body named before, of the ambassador for an
/// embassy, else of the office which the text credits.
fn body_before(page: &Page, cast: &Cast, party: usize) -> Option<String> {
    let stem = |party: usize| -> String {
        let words = &cast.parties[party].words;
        let head = cast.parties[party].office_words.as_ref().map_or(words.end, |office| office.end);
        page.folded(head.saturating_sub(1)).chars().take(5).collect()
    };
    let single = |other: &usize| cast.meanings[*other].states.len() == 1;
    let bodies = || (0..party).rev().filter(single).filter(|other| cast.parties[*other].head == Head::Body);
    let embassy = cast.parties[party].role == Some(Role::Ambassador);
    let ambassador = || (0..party).rev().filter(single).find(|other| embassy && cast.parties[*other].role == Some(Role::Ambassador));
    let like = bodies().find(|other| stem(*other) == stem(party)).or_else(ambassador);
    let role = cast.parties[party].role;
    let head =
        || role.filter(|role| matches!(role, Role::President | Role::ForeignMinister)).and_then(|role| state_of_first(page, cast, role));
    like.map(|other| cast.meanings[other].states[0].clone())
        .or_else(head)
        .or_else(|| bodies().next().filter(|_| !embassy).map(|other| cast.meanings[other].states[0].clone()))
        .or_else(|| cast.home.clone().filter(|_| !embassy))
}

/// The state whose holder of an office the text speaks of most; none where two are spoken of alike.
fn state_of_first(page: &Page, cast: &Cast, role: Role) -> Option<String> {
    let mut holders: Vec<(usize, &str)> = cast
        .characters
        .iter()
        .enumerate()
        .filter_map(|(index, character)| {
            let named = character.offices.iter().find(|(office, _)| office.role == role).map(|(office, _)| office.of.as_str());
            let known = || cast.states_of(index).first().filter(|_| cast.holds(page, index, role)).map(String::as_str);
            Some((character.mentions, named.or_else(known)?))
        })
        .collect();
    holders.sort_by_key(|(mentions, _)| std::cmp::Reverse(*mentions));
    match holders[..] {
        [(_, state)] => Some(state.to_owned()),
        [(first, state), (second, _), ..] if first > second => Some(state.to_owned()),
        // of two told alike, the one of the states whose news this is
        _ => {
            let mut homes = holders.iter().filter(|(_, state)| page.pack.settings.home.iter().any(|home| home == state));
            match (homes.next(), homes.next()) {
                (Some((_, state)), None) => Some((*state).to_owned()),
                _ => None,
            }
        }
    }
}

/// Whether a character can be meant by an office: none of his first offices is another.
fn may_hold(page: &Page, cast: &Cast, character: usize, role: Option<Role>) -> bool {
    let first =
        |known: &Role| matches!(known, Role::President | Role::Monarch | Role::HeadOfState | Role::PrimeMinister | Role::ForeignMinister);
    let person = &cast.characters[character];
    let mut held: Vec<Role> = person.offices.iter().map(|(office, _)| office.role).collect();
    if let (true, Some(id)) = (held.is_empty(), person.id) {
        held.extend(page.reference.person(id).tenures.iter().map(|tenure| tenure.role));
    }
    held.is_empty() || role.is_some_and(|role| held.contains(&role)) || !held.iter().any(first) && !role.as_ref().is_some_and(first)
}

/// "The minister said": whoever was named with the like office, or spoke last; not "an official said".
fn office_before(page: &Page, cast: &Cast, party: usize, last: Option<&(usize, Speaker)>) -> Option<Speaker> {
    let found = &cast.parties[party];
    let indefinite = page.is(found.words.start, Class::Number);
    if found.plural || indefinite || !matches!(found.head, Head::Office | Head::Delegates) {
        return None;
    }
    let like = (0..party).rev().find(|other| {
        let other = &cast.parties[*other];
        found.head == Head::Office && other.name.is_some() && other.role.is_some() && other.role == found.role
    });
    match (like.and_then(|like| as_speaker(cast, like)), last) {
        (Some(speaker), _) => Some(speaker),
        (None, Some((_, Speaker::Character { character, party }))) if may_hold(page, cast, *character, found.role) => {
            Some(Speaker::Character { character: *character, party: *party })
        }
        _ => spoke_before(page, cast, page.sentence_of(found.words.start))
            .filter(|speaker| matches!(speaker, Speaker::Character { character, .. } if may_hold(page, cast, *character, found.role))),
    }
}

/// "The White House spokeswoman said": who was named last with that office of that state.
fn like_office_of_state(cast: &Cast, party: usize) -> Option<Speaker> {
    let (found, states) = (&cast.parties[party], &cast.meanings[party].states);
    if found.head != Head::Office || found.plural || states.is_empty() {
        return None;
    }
    let like = (0..party).rev().find(|other| {
        let known = &cast.parties[*other];
        known.name.is_some() && known.role.is_some() && known.role == found.role && cast.meanings[*other].states == *states && !known.former
    });
    like.and_then(|like| as_speaker(cast, like))
}

/// Who was told to say something in the two sentences before.
fn spoke_before(page: &Page, cast: &Cast, sentence: usize) -> Option<Speaker> {
    (sentence.saturating_sub(2)..sentence).rev().find_map(|before| {
        let words = page.cut.sentences[before].words.clone();
        let verb = discourse::outside(page, words.clone()).find(|word| page.begins_hit(*word) && page.is(*word, Class::Say))?;
        let subject = cast.in_sentence(before).find(|party| {
            let found = &cast.parties[*party];
            let near = found.words.start.abs_diff(verb) <= 4 || verb.abs_diff(found.words.end) <= 2;
            near && found.name.is_some() && found.markers.is_empty() && !found.possessive && !found.oblique
        })?;
        as_speaker(cast, subject)
    })
}

/// A person who is named as the subject of a saying verb in a sentence, or according to whom it tells something.
pub(super) fn spoke_in(page: &Page, cast: &Cast, sentence: usize) -> Option<Speaker> {
    let words = page.cut.sentences[sentence].words.clone();
    let says = |word: &usize| page.begins_hit(*word) && (page.is(*word, Class::Say) || page.is(*word, Class::According));
    // asked whether A had said so, B answered: the main clause's before the others'
    let mut verbs: Vec<usize> = discourse::outside(page, words.clone()).filter(says).collect();
    verbs.sort_by_key(|verb| clause::around(page, &(*verb..page.hit_end(*verb))).opener == Opener::Conjunction);
    verbs.into_iter().find_map(|verb| {
        let end = page.hit_end(verb);
        let according = page.is(verb, Class::According);
        let subject = cast.in_sentence(sentence).find(|party| {
            let found = &cast.parties[*party];
            let near = if according {
                (end..end + 3).contains(&found.words.start)
            } else {
                let free = found.markers.is_empty() && !found.possessive && !found.oblique;
                free && (found.words.end == verb || found.words.start == end)
            };
            near && page.quote_of[found.words.start].is_none()
        })?;
        as_speaker(cast, subject).filter(|speaker| matches!(speaker, Speaker::Character { .. }))
    })
}

fn addressed(party: &crate::party::Party) -> bool {
    party.marked("to") && !party.marked("by")
}

pub(super) fn as_speaker(cast: &Cast, party: usize) -> Option<Speaker> {
    let meaning = &cast.meanings[party];
    if let [character] = meaning.people[..] {
        return Some(Speaker::Character { character, party: Some(party) });
    }
    let found = &cast.parties[party];
    let speaks = matches!(found.head, Head::Body | Head::Office | Head::Organization | Head::Delegates | Head::Leader)
        || found.head == Head::State && !found.adjective;
    (speaks && meaning.people.is_empty()).then(|| meaning.states.first().map(|code| Speaker::Body { code: code.clone(), party })).flatten()
}
