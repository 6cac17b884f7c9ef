//! Who is in focus: subjects of sentences, speakers, pairs.
//!
//! In: a page and its cast. Out: whom "he", "both leaders" or a dropped subject stands for.
//! Never: reaches further back than a reader would.

use crate::cast::Cast;
use crate::clause::{self, Opener};
use crate::page::Page;
use crate::party::{Head, Party};
use chancery_language::{Class, Shape};
use chancery_model::Role;
use std::ops::Range;

/// Sentences that a pronoun reaches back.
const REACH: usize = 4;

/// The party that a sentence is about: the first person or office, else the first state, without a marker, outside quotations.
pub(crate) fn subject(page: &Page, cast: &Cast, sentence: usize) -> Option<usize> {
    subject_among(page, cast, sentence, |_| true)
}

/// As [`subject`], but not who only passes on what the sentence tells: will meet A, said spokesman B, the ministry announced.
pub(crate) fn subject_told_of(page: &Page, cast: &Cast, sentence: usize) -> Option<usize> {
    subject_among(page, cast, sentence, |party| !passes_on(page, cast, party))
}

/// Whether a party that speaks for others, or a body, stands behind a comma and a verb of saying.
fn passes_on(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    let people = &cast.meanings[party].people;
    let body = people.is_empty() && matches!(found.head, Head::Body | Head::State | Head::Organization);
    let speaks_for_others = found.role == Some(Role::Spokesperson) || people.iter().any(|character| cast.speaks_for_others(*character));
    let start = page.cut.sentences[page.sentence_of(found.words.start)].words.start;
    let before = start.max(found.words.start.saturating_sub(8))..found.words.start;
    let says = |word: usize| word > start && page.begins_hit(word) && page.is(word, Class::Say) && page.is_comma(word - 1);
    (body || speaks_for_others) && before.clone().rev().find(|word| page.is_comma(*word)).is_some_and(|comma| says(comma + 1))
}

fn subject_among(page: &Page, cast: &Cast, sentence: usize, among: impl Fn(usize) -> bool) -> Option<usize> {
    let range = cast.in_sentence(sentence);
    let free = |party: &usize| {
        let party = &cast.parties[*party];
        page.quote_of[party.words.start].is_none() && party.markers.is_empty() && !party.possessive && !party.oblique
    };
    let person = |party: &usize| !cast.meanings[*party].people.is_empty();
    let range = range.filter(|party| !in_relative_clause(page, &cast.parties[*party]) && among(*party));
    range
        .clone()
        .filter(free)
        .find(person)
        .or_else(|| {
            range.clone().find(|party| {
                person(party) && page.quote_of[cast.parties[*party].words.start].is_none() && !cast.parties[*party].possessive
            })
        })
        .or_else(|| {
            range.filter(free).find(|party| {
                matches!(cast.parties[*party].head, Head::State | Head::Body | Head::Organization) && !cast.parties[*party].adjective
            })
        })
}

/// The character whom "he", "she" or a dropped subject means at a word: the subject of this sentence before
/// the word, or else of the sentences before.
pub(crate) fn focus(page: &Page, cast: &Cast, word: usize, gender: Option<&str>) -> Option<usize> {
    focus_but(page, cast, word, gender, &[])
}

/// As [`focus`], but none of `others`: whom "him" means where they act.
pub(crate) fn focus_but(page: &Page, cast: &Cast, word: usize, gender: Option<&str>, others: &[usize]) -> Option<usize> {
    let sentence = page.sentence_of(word);
    let fits = |character: usize| {
        let agrees = |gender: &str| cast.characters[character].gender.is_empty() || cast.characters[character].gender == gender;
        !others.contains(&character) && gender.is_none_or(agrees)
    };
    let here = cast.in_sentence(sentence).find(|party| {
        let found = &cast.parties[*party];
        found.words.end <= word
            && found.markers.is_empty()
            && !found.oblique
            && page.quote_of[found.words.start].is_none()
            && cast.meanings[*party].people.len() == 1
            && fits(cast.meanings[*party].people[0])
    });
    if let Some(party) = here {
        return cast.meanings[party].people.first().copied();
    }
    // A and B: neither is "he"
    let listed = |party: usize| {
        let group = cast.parties[party].group;
        cast.in_sentence(page.sentence_of(cast.parties[party].words.start)).any(|other| {
            other != party
                && cast.parties[other].group == group
                && cast.parties[other].markers.is_empty()
                && !cast.meanings[other].people.is_empty()
                && cast.meanings[other].people != cast.meanings[party].people
        })
    };
    for back in 1..=REACH {
        let before = sentence.checked_sub(back)?;
        if !page.tells(before) {
            continue;
        }
        // only who acts: whom somebody met is not "he", and "he" leads further back
        let free = |party: &usize| {
            let found = &cast.parties[*party];
            page.quote_of[found.words.start].is_none()
                && (found.markers.is_empty() || is_credited(page, found))
                && !found.possessive
                // whom a pronoun means, even as an object, the text goes on about
                && (!found.oblique || is_singular_subject(found))
                && (!cast.meanings[*party].people.is_empty() || is_singular_subject(found))
                && !listed(*party)
                && !in_relative_clause(page, found)
        };
        // welcoming A, B said: who speaks before whom he speaks of
        let speaks = |party: &usize| {
            let end = cast.parties[*party].words.end;
            // (Marcos Jr. said)
            let verb = if page.mark(end + 1) == Some('.') && page.shape(end) == Shape::Capital { end + 2 } else { end };
            page.begins_hit(verb) && page.is(verb, Class::Say) && cast.parties[*party].head != Head::Pronoun
        };
        let candidates = || cast.in_sentence(before).filter(free);
        // the fourth country that X visited was A: nobody else stands in the sentence
        let mut named = cast.in_sentence(before).filter(|party| !cast.meanings[*party].people.is_empty());
        let words = &page.cut.sentences[before].words;
        let verb = |word: usize| page.begins_hit(word) && page.is(word, Class::Contact);
        let opens_with_noun = |party: &Party| {
            let relative = (words.start..party.words.start).find(|word| page.edges.relative(*word));
            relative.is_some_and(|relative| !(words.start..relative).any(verb))
                && (party.words.end..words.end).any(|word| page.is_comma(word))
        };
        let alone = || {
            let party = named.next().filter(|_| named.next().is_none() && back == 1)?;
            let found = &cast.parties[party];
            (found.markers.is_empty() && opens_with_noun(found)).then_some(party)
        };
        if let Some(party) = candidates().find(speaks).or_else(|| candidates().next()).or_else(alone)
            && let Some(character) = cast.meanings[party].people.iter().copied().find(|character| fits(*character))
        {
            return Some(character);
        }
    }
    None
}

/// The woman named last in the sentences that a pronoun reaches back, under whatever preposition.
pub(crate) fn woman_before(page: &Page, cast: &Cast, word: usize) -> Option<usize> {
    let sentence = page.sentence_of(word);
    (sentence.saturating_sub(REACH)..sentence).rev().filter(|before| page.tells(*before)).find_map(|before| {
        cast.in_sentence(before).rev().find_map(|party| match cast.meanings[party].people[..] {
            [character] if cast.characters[character].gender == "f" => Some(character),
            _ => None,
        })
    })
}

/// On Sunday he was in A, where B promised help: B is not whom the sentence is about.
fn in_relative_clause(page: &Page, party: &Party) -> bool {
    clause::around(page, &party.words).opener == Opener::Relative
}

/// According to X: who is credited with what a sentence tells speaks in it.
fn is_credited(page: &Page, party: &Party) -> bool {
    (party.words.start.saturating_sub(2)..party.words.start).any(|word| page.is(word, Class::According))
}

/// He, she: not his, her, them.
fn is_singular_subject(party: &Party) -> bool {
    matches!(&party.pronoun, Some((value, false)) if value == "he" || value == "she")
}

/// The two characters of different states who are talked of most up to a word.
pub(crate) fn pair(page: &Page, cast: &Cast, word: usize) -> Vec<usize> {
    pair_in_office(page, cast, word, None)
}

/// As [`pair`], of those who hold an office of one kind, where a role is given (the two ministers).
pub(crate) fn pair_in_office(page: &Page, cast: &Cast, word: usize, role: Option<Role>) -> Vec<usize> {
    let holds = |character: usize| {
        role.is_none_or(|role| {
            cast.holds(page, character, role) || role == Role::Minister && cast.holds(page, character, Role::ForeignMinister)
        })
    };
    let mut counts: Vec<(usize, usize)> = Vec::new();
    let sentence = page.sentence_of(word);
    for (index, party) in cast.parties.iter().enumerate() {
        let within = page.sentence_of(party.words.start);
        if within > sentence || !page.tells(within) {
            continue;
        }
        let speaks_for_others = |character: &usize| cast.speaks_for_others(*character);
        for character in cast.meanings[index].people.iter().filter(|character| holds(**character) && !speaks_for_others(character)) {
            match counts.iter_mut().find(|(known, _)| known == character) {
                Some((_, count)) => *count += 1,
                None => counts.push((*character, 1)),
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut pair: Vec<usize> = Vec::new();
    for (character, _) in counts {
        let states = cast.states_of(character);
        if !states.is_empty() && pair.iter().all(|other| cast.states_of(*other) != states) {
            pair.push(character);
        }
        if pair.len() == 2 {
            break;
        }
    }
    pair
}

/// Whom a character talks to: the other one of the two who are talked of most.
pub(crate) fn other_of_pair(page: &Page, cast: &Cast, word: usize, speaker: usize) -> Option<usize> {
    let pair = pair(page, cast, word);
    pair.contains(&speaker).then(|| pair.into_iter().find(|character| *character != speaker)).flatten()
}

/// The two states that the text speaks of most: by its pair of characters, else by name.
pub(crate) fn state_pair(page: &Page, cast: &Cast, word: usize) -> Vec<String> {
    let mut states: Vec<String> =
        pair(page, cast, word).iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
    if states.len() == 2 {
        return states;
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for (index, party) in cast.parties.iter().enumerate() {
        let within = page.sentence_of(party.words.start);
        if within > page.sentence_of(word) || !page.tells(within) {
            continue;
        }
        for state in cast.meanings[index].states.iter().filter(|state| page.reference.state(state).is_some()) {
            match counts.iter_mut().find(|(known, _)| known == state) {
                Some((_, count)) => *count += 1,
                None => counts.push((state.clone(), 1)),
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (state, _) in counts {
        if states.len() < 2 && !states.contains(&state) {
            states.push(state);
        }
    }
    states
}

/// Gender that a pronoun shows.
pub(crate) fn gender_of(value: &str) -> Option<&'static str> {
    match value {
        "she" => Some("f"),
        "he" => Some("m"),
        _ => None,
    }
}

/// Words of a sentence outside quotations.
pub(crate) fn outside<'p>(page: &'p Page<'_>, words: Range<usize>) -> impl Iterator<Item = usize> + use<'p> {
    words.filter(|word| page.quote_of[*word].is_none())
}
