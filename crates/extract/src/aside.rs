//! Phrases that set an occasion of its own before or after what a sentence tells: after talks with A in Paris, X met B in London.
//!
//! In: a page and a word. Out: the phrase around it. Never: a clause with a verb (after he met A), which is a clause of its own.

use crate::page::Page;
use chancery_language::{Class, Entry, Feature, Shape};
use std::ops::Range;

/// The phrases of a page, from each preposition to a comma, a verb, the next such phrase or the end of the sentence.
#[derive(Debug, Default)]
pub(crate) struct Asides(Vec<Aside>);

#[derive(Debug)]
struct Aside {
    words: Range<usize>,
    /// Whether the sentence has a verb for another occasion.
    beside: bool,
}

impl Asides {
    pub(crate) fn new(page: &Page) -> Asides {
        let mut asides = Vec::new();
        for sentence in page.cut.sentences.iter().map(|sentence| &sentence.words) {
            let openers: Vec<usize> = sentence.clone().filter(|at| opens(page, *at, sentence.end)).collect();
            if openers.is_empty() {
                continue;
            }
            // (said on Tuesday after talks with A: the day of both)
            let other = |at: &usize| page.begins_hit(*at) && page.entries(*at).any(|entry| tells(entry) && entry.class != Class::Say);
            let told = sentence.clone().filter(other).count();
            for (index, opener) in openers.iter().enumerate() {
                let words = *opener..end(page, *opener, openers.get(index + 1).copied().unwrap_or(sentence.end));
                asides.push(Aside { beside: told > words.clone().filter(other).count(), words });
            }
        }
        Asides(asides)
    }

    fn at(&self, word: usize) -> Option<&Aside> {
        let next = self.0.partition_point(|aside| aside.words.start <= word);
        self.0[..next].last().filter(|aside| aside.words.contains(&word))
    }

    /// Whether a word stands in such a phrase.
    pub(crate) fn hold(&self, word: usize) -> bool {
        self.at(word).is_some()
    }

    /// Whether what stands at a word is told of another occasion than a cue: the one within such a phrase, the other without, where the
    /// sentence has a verb for another occasion.
    pub(crate) fn part(&self, cue: usize, word: usize) -> bool {
        match (self.at(cue), self.at(word)) {
            (Some(of_cue), Some(of_word)) => of_cue.words != of_word.words,
            (of_cue, of_word) => of_word.is_some() || of_cue.is_some_and(|phrase| phrase.beside),
        }
    }
}

/// Where the phrase ends that a preposition opens, before a word at the latest.
fn end(page: &Page, opener: usize, latest: usize) -> usize {
    let mut end = opener + 1;
    while end < latest && !closes(page, end) {
        end += 1;
        // with the French president, A, in Paris, B met
        if let Some(behind) = behind_name(page, end) {
            end = behind.min(latest);
        }
    }
    // after the call, which took place on 11 September, the ministers met
    let relative = end + 1 < latest && page.is_comma(end) && page.is(end + 1, Class::Relative);
    if relative { (end + 1..latest).find(|at| page.is_comma(*at)).unwrap_or(latest) } else { end }
}

/// A preposition of time directly before an occasion, with an article, a possessive or an adjective between, or in one form with it
/// (after meeting).
fn opens(page: &Page, at: usize, end: usize) -> bool {
    // (nach ... gekommen: to a place; left A after visiting B: on the same day)
    let begins_with = |entry: &Entry, form: &str| {
        let rest = entry.form.strip_prefix(form).and_then(|rest| rest.strip_prefix(' '));
        rest.is_some_and(|rest| !rest.starts_with('.'))
    };
    let in_one = |entry: &Entry| {
        let meets = entry.class == Class::Contact && !entry.value.starts_with("visit");
        meets && page.vocabulary.after_or_before.iter().any(|form| begins_with(entry, form.as_str()))
    };
    if page.begins_hit(at) && page.is(at, Class::Contact) && page.entries(at).any(in_one) {
        return true;
    }
    if !page.begins_hit(at) || !(page.marks(at, "after") || page.marks(at, "before")) {
        return false;
    }
    let between = |word: &usize| {
        page.mark(*word).is_none()
            && !page.has_feature(*word, Class::Contact, Feature::Noun)
            && (page.hits.at(*word).is_none() && page.shape(*word) == Shape::Lower
                || [Class::Article, Class::Modifier, Class::Pronoun, Class::Marker].iter().any(|class| page.is(*word, *class))
                || page.has_feature(*word, Class::State, Feature::Adjective))
    };
    let start = page.hit_end(at);
    let noun = (start..end.min(start + 5)).find(|word| !between(word));
    noun.is_some_and(|noun| page.begins_hit(noun) && page.has_feature(noun, Class::Contact, Feature::Noun))
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
