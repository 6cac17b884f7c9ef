//! Where the clause of a word begins and ends.
//!
//! In: a page and a word. Out: the stretch of words around it that one verb governs, roughly.
//! Never: crosses a quotation mark.

use crate::page::Page;
use chancery_language::{Class, Feature, Hit, Shape};
use std::ops::Range;

/// What stands at the left edge of a clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Opener {
    /// The sentence, a quotation or a semicolon.
    Start,
    /// A relative pronoun: the subject may be the word before it.
    Relative,
    /// A conjunction (that, when, because): the subject may be that of the main clause.
    Conjunction,
}

/// The clause around a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Clause {
    pub words: Range<usize>,
    pub opener: Opener,
}

/// The clause around `words` within its sentence.
pub(crate) fn around(page: &Page, words: &Range<usize>) -> Clause {
    let sentence = page.cut.sentences[page.sentence_of(words.start)].words.clone();
    let quote = page.quote_of[words.start];
    let breaks = |word: usize| hard_break(page, word) && !lists_on(page, word, sentence.end);
    let mut opener = Opener::Start;
    let mut left = words.start;
    let mut commas = 0;
    while left > sentence.start {
        let before = left - 1;
        if page.quote_of[before] != quote || breaks(before) && !parenthesis(page, before, words.start) {
            break;
        }
        if page.is_comma(before) {
            // received X, flew to Y: a verb on either side of the comma
            if has_verb(page, sentence.start..before) && has_verb(page, before..words.end) && page.quote_of[before] == quote {
                break;
            }
            commas += 1;
        }
        if page.is(before, Class::Relative) && relative_here(page, before, sentence.start) {
            // a relative clause that a comma has closed already lies between subject and verb
            if commas == 0 || page.is_comma(left.min(words.start)) {
                opener = Opener::Relative;
                break;
            }
            let closed = (before..words.start).filter(|word| page.is_comma(*word)).count();
            if closed == 0 {
                opener = Opener::Relative;
                break;
            }
        } else if (page.is(before, Class::Clause) || page.is(before, Class::That)) && !page.is(before, Class::Marker) {
            let closed_later = (before..words.start).any(|word| page.is_comma(word));
            if !closed_later {
                opener = Opener::Conjunction;
                break;
            }
        }
        left = before;
    }
    let mut right = words.end.min(sentence.end);
    while right < sentence.end {
        if page.quote_of[right] != quote || breaks(right) {
            break;
        }
        if page.is_comma(right) && another_clause(page, right, sentence.end) && has_verb(page, left..right) {
            break;
        }
        let relative = page.is(right, Class::Relative) && relative_here(page, right, sentence.start);
        let conjunction = (page.is(right, Class::Clause) || page.is(right, Class::That)) && !page.is(right, Class::Marker);
        if relative || conjunction {
            break;
        }
        right += 1;
    }
    Clause { words: left..right.max(words.end.min(sentence.end)), opener }
}

/// The verb before a noun whose purpose or occasion the noun names: "will travel to Rome on Tuesday for talks",
/// "kommt am Donnerstag zu einem Besuch".
pub(crate) fn governing<'p>(page: &'p Page<'_>, clause: &Clause, cue: &Range<usize>) -> Option<&'p Hit> {
    let purpose = (cue.start.saturating_sub(4).max(clause.words.start)..cue.start)
        .rev()
        .take_while(|word| page.mark(*word).is_none() || page.mark(*word) == Some('-'))
        .any(|word| page.marks(word, "for") || page.marks(word, "to"));
    // a plecat la: the preposition may be part of the verb
    let ends_in_it = cue
        .start
        .checked_sub(1)
        .is_some_and(|before| page.entries(before).any(|entry| entry.class == Class::Contact && entry.value == "visit.go"));
    let purpose = purpose || ends_in_it;
    let before = (clause.words.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Contact))?;
    let verb = &page.hits.hits[page.hits.at(before)?];
    let noun = page.entries(verb.words.start).any(|entry| entry.class == Class::Contact && entry.is(Feature::Noun));
    (purpose && !noun).then_some(verb)
}

/// The verb before a verb that a conjunction directly before the latter joins to it (will meet B and later receive C).
pub(crate) fn coordinated(page: &Page, clause: &Clause, cue: &Range<usize>) -> Option<usize> {
    let before = (cue.start.saturating_sub(3).max(clause.words.start)..cue.start).rev();
    let plain = |word: &usize| page.shape(*word) == Shape::Lower && page.mark(*word).is_none() && !page.is(*word, Class::Marker);
    let and = before.take_while(|word| page.is(*word, Class::And) || plain(word)).find(|word| page.is(*word, Class::And))?;
    let verb = |word: &usize| {
        page.begins_hit(*word)
            && page.entries(*word).any(|entry| entry.class == Class::Contact && !entry.features.any(&[Feature::Noun, Feature::Gerund]))
    };
    (clause.words.start..and).rev().find(verb)
}

/// Whether a verb that a pack knows stands among words.
fn has_verb(page: &Page, words: Range<usize>) -> bool {
    words.into_iter().any(|word| {
        page.begins_hit(word)
            && (page.is(word, Class::Say)
                || page.entries(word).any(|entry| entry.class == Class::Contact && !entry.is(Feature::Noun) && !entry.is(Feature::Gerund)))
    })
}

/// Whether what follows a comma, up to the next, has a verb of its own and no insertion ends with it.
fn another_clause(page: &Page, comma: usize, end: usize) -> bool {
    let next = (comma + 1..end).find(|word| page.is_comma(*word));
    has_verb(page, comma + 1..next.unwrap_or(end)) && next.is_none_or(|next| has_verb(page, next..end))
}

/// Whether a word opens a clause of its own.
pub(crate) fn opens(page: &Page, word: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(word)].words.start;
    page.is(word, Class::Relative) && relative_here(page, word, sentence)
        || (page.is(word, Class::Clause) || page.is(word, Class::That)) && !page.is(word, Class::Marker)
}

/// A relative pronoun stands after a comma, a preposition or a noun, not at the head of a question.
fn relative_here(page: &Page, word: usize, sentence_start: usize) -> bool {
    // der is an article unless something other than a noun phrase follows it behind a comma
    let pronoun = !page.is(word, Class::Article) || word > sentence_start && page.is_comma(word - 1) && no_noun_follows(page, word + 1);
    word > sentence_start && pronoun && (page.is_comma(word - 1) || !page.is(word, Class::That))
}

/// Whether a preposition, a pronoun, a date or an auxiliary follows instead of a noun.
fn no_noun_follows(page: &Page, word: usize) -> bool {
    let classes = [Class::Marker, Class::Pronoun, Class::Light, Class::Future, Class::Negation, Class::Weekday, Class::Day];
    page.shape(word) == Shape::Lower && !page.is(word, Class::Article) && classes.iter().any(|class| page.is(word, *class))
}

/// One of two dashes around an insertion, with the cue outside: no break.
fn parenthesis(page: &Page, dash: usize, cue: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(dash)].words.clone();
    let is_dash = |word: &usize| matches!(page.mark(*word), Some('–' | '—' | '-')) && page.spaced(*word);
    let dashes: Vec<usize> = sentence.filter(is_dash).collect();
    is_dash(&dash) && matches!(dashes[..], [first, second] if !(first..second).contains(&cue))
}

/// A semicolon between members of a list (the president of A; B, the president of C; and D): no verb follows before the next.
fn lists_on(page: &Page, mark: usize, end: usize) -> bool {
    let semicolon = |word: usize| page.mark(word) == Some(';');
    let next = (mark + 1..end).find(|word| semicolon(*word)).unwrap_or(end);
    let verbs = [Class::Say, Class::Contact, Class::Light, Class::Commit, Class::Future, Class::Status, Class::Negation];
    semicolon(mark) && next > mark + 2 && !(mark + 1..next).any(|word| verbs.iter().any(|class| page.is(word, *class)))
}

fn hard_break(page: &Page, word: usize) -> bool {
    // a dash within a name (the EU - Central Asia summit) breaks nothing
    if page.hits.at(word).is_some() && !page.begins_hit(word) {
        return false;
    }
    match page.mark(word) {
        // 16:30
        Some(':') if page.shape(word + 1) == Shape::Number && !page.spaced(word + 1) => false,
        Some(';' | ':' | '„' | '“' | '”' | '"' | '«' | '»' | '•' | '|') => true,
        Some('–' | '—') => page.spaced(word),
        Some('-') => page.spaced(word) && page.spaced(word + 1),
        _ => false,
    }
}
