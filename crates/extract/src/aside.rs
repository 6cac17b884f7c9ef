//! Phrases that set an occasion of its own before or after what a sentence tells: after talks with A in Paris, X met B in London.
//!
//! In: a page and a word. Out: the phrase around it. Never: a clause with a verb (after he met A), which is a clause of its own.

use crate::page::Page;
use chancery_language::{Class, Entry, Feature, Shape};
use std::ops::Range;

/// The phrase around a word, from its preposition to a comma, a verb or the end of the sentence.
pub(crate) fn around(page: &Page, word: usize) -> Option<Range<usize>> {
    let sentence = page.cut.sentences[page.sentence_of(word)].words.clone();
    let opener = (sentence.start..=word).rev().find(|at| opens(page, *at, sentence.end))?;
    let mut end = opener + 1;
    while end < sentence.end && !closes(page, end) {
        end += 1;
        // with the French president, A, in Paris, B met
        if let Some(behind) = behind_name(page, end) {
            end = behind;
        }
    }
    // after the call, which took place on 11 September, the ministers met
    let relative = page.is_comma(end) && page.is(end + 1, Class::Relative);
    let end = if relative { (end + 1..sentence.end).find(|at| page.is_comma(*at)).unwrap_or(sentence.end) } else { end };
    (opener..end).contains(&word).then_some(opener..end)
}

/// Whether what stands at a word is told of another occasion than a cue: the one within such a phrase, the other without, where the
/// sentence has a verb for another occasion.
pub(crate) fn parts(page: &Page, cue: usize, word: usize) -> bool {
    let (of_cue, of_word) = (around(page, cue), around(page, word));
    if of_cue == of_word {
        return false;
    }
    let sentence = page.cut.sentences[page.sentence_of(cue)].words.clone();
    // (said on Tuesday after talks with A: the day of both)
    let other = |entry: &Entry| tells(entry) && entry.class != Class::Say;
    let without = |phrase: &Range<usize>| {
        let mut outside = sentence.clone().filter(|at| !phrase.contains(at) && page.begins_hit(*at));
        outside.any(|at| page.entries(at).any(other))
    };
    of_word.is_some() || of_cue.is_some_and(|phrase| without(&phrase))
}

/// A preposition of time directly before an occasion, with an article, a possessive or an adjective between.
fn opens(page: &Page, at: usize, end: usize) -> bool {
    let sets = page.marks(at, "after") || page.marks(at, "before");
    let between = |word: &usize| {
        page.mark(*word).is_none()
            && !page.has_feature(*word, Class::Contact, Feature::Noun)
            && (page.hits.at(*word).is_none() && page.shape(*word) == Shape::Lower
                || [Class::Article, Class::Modifier, Class::Pronoun, Class::Marker].iter().any(|class| page.is(*word, *class))
                || page.has_feature(*word, Class::State, Feature::Adjective))
    };
    let start = page.hit_end(at);
    let noun = (start..end.min(start + 5)).find(|word| !between(word));
    sets && page.begins_hit(at) && noun.is_some_and(|noun| page.begins_hit(noun) && page.has_feature(noun, Class::Contact, Feature::Noun))
}

/// Where a name between two commas ends that a preposition follows.
fn behind_name(page: &Page, comma: usize) -> Option<usize> {
    let name = |word: &usize| {
        matches!(page.shape(*word), Shape::Capital | Shape::Upper) || page.is_particle(*word) || page.mark(*word) == Some('-')
    };
    let end = (comma + 1..comma + 8).find(|word| !name(word)).filter(|end| *end > comma + 1)?;
    (page.is_comma(comma) && page.is_comma(end) && page.is(end + 1, Class::Marker)).then_some(end + 1)
}

fn closes(page: &Page, at: usize) -> bool {
    page.is_comma(at) || page.begins_hit(at) && page.entries(at).any(tells) || stands_behind_a_place(page, at)
}

/// After talks in Paris was A received: what is linked to the place before it by nothing begins the clause.
fn stands_behind_a_place(page: &Page, at: usize) -> bool {
    let placed = at.checked_sub(1).and_then(|before| page.hits.at(before)).is_some_and(|hit| {
        let hit = &page.hits.hits[hit];
        hit.words.end == at && page.entries(hit.words.start).any(|entry| entry.class == Class::Place)
    });
    let linked = [Class::Marker, Class::And, Class::Time].iter().any(|class| page.is(at, *class)) || page.quantity_of[at].is_some();
    placed && !linked && page.mark(at).is_none()
}

/// A verb of an occasion or of saying.
fn tells(entry: &Entry) -> bool {
    matches!(entry.class, Class::Contact | Class::Say | Class::Light)
        && !entry.is(Feature::Noun)
        && entry.features.any(&[Feature::Past, Feature::Present, Feature::Participle, Feature::Passive])
}
