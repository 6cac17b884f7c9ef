//! Quotation marks, paired, also where one is lost.
//!
//! In: the words of a page. Out: stretches of quoted words. Never: decides who speaks.

use crate::page::Page;
use chancery_language::{Class, Feature, Shape};
use std::ops::Range;

/// Words between quotation marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Quote {
    /// The quoted words, without the marks.
    pub words: Range<usize>,
    /// Whether both marks are there.
    pub whole: bool,
}

/// Words that one quotation holds at the most; a longer one has lost its closing mark.
const LONGEST: usize = 700;

/// Words of such a term.
const TERM: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// A "cordial meeting" with A: a few quoted words, the noun of an occasion among them, that the clause around them takes up.
pub(crate) fn names_occasion(page: &Page, words: &Range<usize>) -> bool {
    let noun = |word: &usize| page.begins_hit(*word) && page.has_feature(*word, Class::Contact, Feature::Noun);
    let plain = |word: usize| page.mark(word).is_none_or(|mark| mark == '-');
    let small = page.shape(words.start) == Shape::Lower || page.pack.settings.nouns_are_capitalised && noun(&words.start);
    let goes_on = ["with", "between"].iter().any(|value| page.marks(words.end + 1, value));
    // he called it: "..."
    let within = words.start >= 2 && page.mark(words.start - 2).is_none();
    words.len() <= TERM && small && within && goes_on && words.clone().all(plain) && words.clone().any(|word| noun(&word))
}

/// Pairs the marks of a page.
pub(crate) fn pair_quotes(page: &Page) -> Vec<Quote> {
    let mut marks: Vec<(usize, char, Side)> = Vec::new();
    let mut word = 0;
    while word < page.cut.words.len() {
        if let Some(mark) = page.mark(word) {
            // two apostrophes or commas are one mark
            let double = matches!(mark, '\'' | '‚' | ',' | '’' | '‘') && page.mark(word + 1) == Some(mark) && !page.spaced(word + 1);
            if let Some(side) = side(page, mark, word, double) {
                marks.push((word, family(mark), side));
            }
            if double {
                word += 1;
            }
        }
        word += 1;
    }
    let mut quotes = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    let mut index = 0;
    while index < marks.len() {
        let (word, family, side) = marks[index];
        match open {
            None => {
                if side == Side::Closes {
                    // a lost opening mark: the quotation began where this paragraph, or the last quotation, did
                    let paragraph = page.cut.line_of(word).map_or(word, |line| line.start);
                    let after = quotes.last().map_or(0, |quote: &Quote| quote.words.end + 1);
                    let start = paragraph.max(after);
                    let previous_ends = start == paragraph && word > start + 3;
                    let follows_quote = after > paragraph && after == start && word > start + 3;
                    if previous_ends || follows_quote {
                        quotes.push(Quote { words: start..word, whole: false });
                    }
                } else {
                    open = Some((word, family, index));
                }
            }
            // a single mark that its paragraph does not close, or that another kind of mark follows, is an apostrophe
            Some((start, '\'', at)) if family != '\'' || crosses_paragraph(page, start, word) => {
                open = None;
                index = at;
            }
            Some((start, opened, at)) => {
                let width = if page.mark(start + 1) == page.mark(start) { 2 } else { 1 };
                let new_paragraph = crosses_paragraph(page, start, word);
                if closes(opened, family) && side != Side::Opens {
                    quotes.push(Quote { words: start + width..word, whole: true });
                    open = None;
                } else if side == Side::Opens && (word - start > LONGEST || new_paragraph) && closes(opened, family) {
                    // the first lost its closing mark, or is continued with a new opening mark in each paragraph
                    let end = page.cut.line_of(start).map_or(word, |line| line.end).min(word);
                    quotes.push(Quote { words: start + width..end, whole: false });
                    open = Some((word, family, index));
                } else if word - start > LONGEST {
                    open = None;
                    index = at;
                }
            }
        }
        index += 1;
    }
    if let Some((start, _, _)) = open {
        let end = page.cut.line_of(start).map_or(start + 1, |line| line.end);
        if end > start + 6 {
            quotes.push(Quote { words: start + 1..end, whole: false });
        }
    }
    if page.pack.settings.dash_speech {
        dash_speech(page, &mut quotes);
    }
    quotes.retain(|quote| !quote.words.is_empty());
    quotes.sort_by_key(|quote| quote.words.start);
    quotes
}

/// A line that begins with a dash is speech up to the next dash; what follows that is the attribution, and may be followed by more.
fn dash_speech(page: &Page, quotes: &mut Vec<Quote>) {
    for line in &page.cut.paragraphs {
        let dash = |word: usize| matches!(page.mark(word), Some('—' | '–')) && (page.spaced(word) || word == line.start);
        if !dash(line.start) || line.len() < 5 || quotes.iter().any(|quote| quote.words.start < line.end && quote.words.end > line.start) {
            continue;
        }
        let dashes: Vec<usize> = line.clone().filter(|word| dash(*word)).collect();
        // speech, attribution, speech ...
        for (index, start) in dashes.iter().enumerate().step_by(2) {
            let end = dashes.get(index + 1).copied().unwrap_or(line.end);
            if end > start + 3 {
                quotes.push(Quote { words: start + 1..end, whole: dashes.len() > index + 1 });
            }
        }
    }
}

fn crosses_paragraph(page: &Page, from: usize, to: usize) -> bool {
    page.cut.line_of(from).is_some_and(|line| !line.contains(&to))
}

/// Marks of one family can close each other.
fn family(mark: char) -> char {
    match mark {
        '"' | '＂' => '"',
        '“' | '”' | '„' | '‟' => '“',
        '«' | '»' => '«',
        '‹' | '›' => '‹',
        '\'' | '‘' | '’' | '‚' | ',' => '\'',
        other => other,
    }
}

/// Writers mix straight and curly marks.
fn closes(opened: char, family: char) -> bool {
    opened == family
        || matches!((opened, family), ('“', '"') | ('"', '“') | ('“', '\'') | ('\'', '\'')) && !(opened == '“' && family == '\'')
}

fn side(page: &Page, mark: char, word: usize, double: bool) -> Option<Side> {
    let next = word + if double { 2 } else { 1 };
    let space_before = page.spaced(word) || word == 0 || starts_line(page, word);
    let space_after = next >= page.cut.words.len() || page.spaced(next) || starts_line(page, next);
    let mark_after = page.mark(next).is_some_and(|mark| matches!(mark, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '…' | '–' | '—' | '-'));
    let by_space = match (space_before, space_after || mark_after) {
        (true, false) => Side::Opens,
        (false, true) => Side::Closes,
        _ => Side::Either,
    };
    let declared = |open: char, close: char| page.vocabulary.quotes.contains(&(open, close));
    match mark {
        '"' | '＂' => Some(by_space),
        '„' => Some(Side::Opens),
        '”' => {
            Some(if by_space == Side::Opens && !declared('“', '”') && !declared('„', '”') { Side::Opens } else { Side::Closes })
        }
        '“' => Some(match by_space {
            Side::Closes => Side::Closes,
            Side::Either if declared('„', '“') => Side::Closes,
            _ => Side::Opens,
        }),
        // a mark with space on both sides parts the steps of a path (Home » News)
        '«' | '»' | '‹' | '›' if by_space == Side::Either && space_before => None,
        '«' => Some(if by_space == Side::Closes { Side::Closes } else { Side::Opens }),
        '»' => Some(if by_space == Side::Opens { Side::Opens } else { Side::Closes }),
        ',' if double => Some(Side::Opens),
        '‚' => Some(Side::Opens),
        '‘' | '’' | '\'' if double => Some(by_space),
        // a single mark quotes only where it stands free on one side; an apostrophe stands within a word
        '‘' if by_space == Side::Opens => Some(Side::Opens),
        '’' | '\'' if by_space == Side::Opens => Some(Side::Opens),
        '’' | '\'' | '‘' if by_space == Side::Closes && quoted_singly(page, word) => Some(Side::Closes),
        _ => None,
    }
}

/// Whether a single mark opens in the same paragraph before this word and is not closed yet.
fn quoted_singly(page: &Page, word: usize) -> bool {
    let start = page.cut.line_of(word).map_or(0, |line| line.start);
    let mut open = false;
    for before in start..word {
        if matches!(page.mark(before), Some('‘' | '\'' | '‚')) {
            let space_before = page.spaced(before) || before == start;
            let space_after = page.spaced(before + 1);
            match (space_before, space_after) {
                (true, false) => open = true,
                (false, true) => open = false,
                _ => {}
            }
        }
    }
    // after a plural (the leaders') an apostrophe is none
    let before = word.saturating_sub(1);
    open && (!page.folded(before).ends_with('s') || page.mark(before).is_some())
}

fn starts_line(page: &Page, word: usize) -> bool {
    page.cut.line_of(word).is_some_and(|line| line.start == word)
}
