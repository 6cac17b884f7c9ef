//! Whether quoted words are speech.
//!
//! In: a page and quoted words. Out: yes or no. Never: asks who speaks.

use super::is_say;
use crate::page::Page;
use chancery_language::{Class, Shape};
use std::ops::Range;

/// Words of a quotation that is speech without a saying verb beside it.
const LONG: usize = 6;

/// Whether quoted words are speech rather than a title, a name or a term.
pub(super) fn is_speech(page: &Page, words: &Range<usize>, length: usize, cued: bool, spoken: bool) -> bool {
    if length <= 2 && !(cued && ends_sentence(page, words) && length == 2) {
        return false;
    }
    // 16 + 1
    if words.clone().filter(|word| matches!(page.shape(*word), Shape::Lower | Shape::Capital | Shape::Upper)).count() < 2 {
        return false;
    }
    let small = [Class::Marker, Class::Article, Class::And];
    let content = words.clone().filter(|word| page.shape(*word) != Shape::Mark && !small.iter().any(|class| page.is(*word, *class)));
    let (mut capitals, mut content_words) = (0, 0);
    for word in content {
        content_words += 1;
        capitals += usize::from(matches!(page.shape(word), Shape::Capital | Shape::Upper));
    }
    let capitalised = capitals * 10 >= content_words * 8 || capitals * 10 >= length * 6;
    let nouns = page.pack.settings.nouns_are_capitalised;
    let titled = length <= 12 && capitalised && (!nouns || length <= 4 && source_before(page, words.start));
    // the agreement is "a step that ...": no title begins so
    let clause = cued && length > 4 && page.shape(words.start) == Shape::Lower;
    let named = !clause && quote_noun_before(page, words.start);
    // “Declaration of Agra”
    let document = length <= 4
        && capitalised
        && [Class::Document, Class::Text].iter().any(|class| page.is(words.start, *class))
        && page.mark(words.start.saturating_sub(2)) != Some(':');
    if titled || named || document {
        return false;
    }
    match length {
        0..=2 => cued,
        3..=4 if noun_phrase(page, words) => false,
        3..=4 => {
            let stands = ends_sentence(page, words) || begins_sentence(page, words);
            cued && (stands || said_before(page, words.start) || that_before(page, words.start) || closes_report(page, words))
                || spoken && is_sentence(page, words)
        }
        5 => cued || spoken && (ends_sentence(page, words) || matches!(page.mark(words.end + 1), Some('.'))),
        _ if length < LONG + 3 => spoken,
        _ => true,
    }
}

/// Whether a saying verb stands shortly before the opening mark, or further off with its conjunction (said that there was a
/// “risk of war”; not: stressed the great importance of the further building of a “society of friends”).
fn said_before(page: &Page, start: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(start.saturating_sub(1))].words.start;
    let outside = |word: &usize| page.quote_of[*word].is_none();
    let said = |word: &usize| {
        let near = start - word <= 8;
        is_say(page, *word) && (near || (*word..start).filter(outside).any(|word| page.is(word, Class::That)))
    };
    (start.saturating_sub(12).max(sentence)..start.saturating_sub(1)).filter(outside).any(|word| said(&word))
}

/// Said before the talks that the date "depends on Washington".
fn closes_report(page: &Page, words: &Range<usize>) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(words.start.saturating_sub(1))].words.start;
    let outside = |word: &usize| page.quote_of[*word].is_none();
    let said = (sentence..words.start).filter(outside).find(|word| is_say(page, *word));
    let stop = [words.end, words.end + 1].iter().any(|word| page.mark(*word) == Some('.'));
    stop && said.is_some_and(|said| (said..words.start).filter(outside).any(|word| page.is(word, Class::That)))
}

fn ends_sentence(page: &Page, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    matches!(page.mark(last), Some('.' | '!' | '?' | '…' | ',')) || matches!(page.mark(words.end + 1), Some(','))
}

/// Whether the words are a sentence of their own behind another.
fn is_sentence(page: &Page, words: &Range<usize>) -> bool {
    let alone = page.cut.sentences[page.sentence_of(words.start)].words.start + 1 >= words.start;
    alone && begins_sentence(page, words) && matches!(page.mark(words.end - 1), Some('.' | '!' | '?'))
}

fn begins_sentence(page: &Page, words: &Range<usize>) -> bool {
    page.shape(words.start) == Shape::Capital
}

/// Declared to be an "ocean of peace": a noun behind a preposition or an article, where every noun has a capital.
fn noun_phrase(page: &Page, words: &Range<usize>) -> bool {
    page.pack.settings.nouns_are_capitalised
        && page.shape(words.start) == Shape::Capital
        && words.start >= 2
        && [Class::Marker, Class::Article].iter().any(|class| page.is(words.start - 2, *class))
}

/// Whether a conjunction of reported speech stands directly before the opening mark.
fn that_before(page: &Page, start: usize) -> bool {
    start >= 2 && page.is(start - 2, Class::That)
}

/// Whether the quoted words are whose words they are (according to "The Times").
fn source_before(page: &Page, start: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(start.saturating_sub(1))].words.start;
    (start.saturating_sub(5).max(sentence)..start.saturating_sub(1)).any(|word| page.is(word, Class::According))
}

/// A word such as film, slogan or so-called shortly before the opening mark.
fn quote_noun_before(page: &Page, start: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(start)].words.start;
    let colon = (start.saturating_sub(2)..start).find(|word| page.mark(*word) == Some(':'));
    match colon {
        // on the theme: "..."
        Some(colon) => colon > sentence && page.is(colon - 1, Class::QuoteNoun),
        None => (start.saturating_sub(5).max(sentence)..start).any(|word| page.is(word, Class::QuoteNoun)),
    }
}
