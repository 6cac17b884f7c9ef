//! Cutting a text into words, sentences and paragraphs.
//!
//! In: a text and the abbreviations that end no sentence. Out: words with spans, grouped.
//! Never: alters the text; the folded copy lies beside it.

use crate::fold::fold;
use chancery_model::Span;
use std::ops::Range;

/// Words of the longest sentence; what goes on for longer (a list, a text without full stops) is cut into several, so that no stage looks
/// for a word's kin through a whole book.
const LONGEST: usize = 400;

/// What a word looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Letters, the first in lower case (or a script without case).
    Lower,
    /// Letters, the first a capital.
    Capital,
    /// Two or more letters, all capitals.
    Upper,
    /// Begins with a digit.
    Number,
    /// Anything else: one mark.
    Mark,
}

/// A run of letters and digits, or one mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Where its folded form stands in [`Text::folded`].
    pub folded: Range<u32>,
    /// What it looks like.
    pub shape: Shape,
    /// The mark, where it is one.
    pub mark: Option<char>,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Number of the sentence it stands in.
    pub sentence: u32,
}

/// Words up to the end of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Range of words.
    pub words: Range<usize>,
    /// Number of the paragraph (line) it stands in.
    pub paragraph: usize,
}

/// A text cut into words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// Every word in order.
    pub words: Vec<Word>,
    /// Every sentence in order; together they hold every word.
    pub sentences: Vec<Sentence>,
    /// Range of words of each line that has any.
    pub paragraphs: Vec<Range<usize>>,
    /// All words folded, with one space where the text has white space and a line feed between lines.
    pub folded: String,
}

impl Text {
    /// Cuts `text`; `is_abbreviation` is asked for a folded word before a full stop whether the stop ends no sentence.
    pub fn new(text: &str, ignore_marks: bool, is_abbreviation: impl Fn(&str) -> bool) -> Text {
        let mut cut = Text { folded: String::with_capacity(text.len()), ..Text::default() };
        cut.cut_words(text, ignore_marks);
        cut.cut_sentences(text, &is_abbreviation);
        cut
    }

    /// The folded form of a word.
    pub fn folded(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |word| &self.folded[word.folded.start as usize..word.folded.end as usize])
    }

    /// Span of a non-empty range of words.
    pub fn span(&self, words: &Range<usize>) -> Option<Span> {
        let first = self.words.get(words.start)?;
        let last = self.words.get(words.end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }

    /// The sentence in which a word stands.
    pub fn sentence_of(&self, word: usize) -> Option<usize> {
        self.words.get(word).map(|word| word.sentence as usize)
    }

    fn cut_words(&mut self, text: &str, ignore_marks: bool) {
        let mut characters = text.char_indices().peekable();
        let (mut line_start, mut spaced) = (0, false);
        while let Some((start, character)) = characters.next() {
            if character == '\n' || character == '\r' || character == '\u{2029}' {
                // a line that breaks off within a sentence goes on in the next
                if self.words.len() > line_start && !self.goes_on(text, line_start, start) {
                    self.paragraphs.push(line_start..self.words.len());
                    line_start = self.words.len();
                    self.folded.push('\n');
                }
                spaced = true;
                continue;
            }
            if character.is_whitespace() || is_invisible(character) {
                spaced |= character.is_whitespace();
                continue;
            }
            if spaced && !self.folded.is_empty() && !self.folded.ends_with('\n') {
                self.folded.push(' ');
            }
            let folded_start = self.folded.len() as u32;
            let mut end = start + character.len_utf8();
            self.folded.push(fold(character, ignore_marks));
            let shape = if character.is_alphanumeric() {
                let digits = character.is_numeric();
                let (mut letters, mut capitals) = (1, character.is_uppercase() as usize);
                while let Some((at, next)) = characters.peek().copied() {
                    if !(next.is_alphanumeric() || is_combining(next)) || (digits != next.is_numeric() && !is_combining(next)) {
                        break;
                    }
                    characters.next();
                    letters += 1;
                    capitals += next.is_uppercase() as usize;
                    end = at + next.len_utf8();
                    self.folded.push(fold(next, ignore_marks));
                }
                match (digits, character.is_uppercase(), letters > 1 && capitals == letters) {
                    (true, ..) => Shape::Number,
                    (_, _, true) => Shape::Upper,
                    (_, true, _) => Shape::Capital,
                    _ => Shape::Lower,
                }
            } else {
                Shape::Mark
            };
            if let Some(span) = Span::new(text, start, end) {
                let mark = (shape == Shape::Mark).then_some(character);
                self.words.push(Word { span, folded: folded_start..self.folded.len() as u32, shape, mark, spaced, sentence: 0 });
            }
            spaced = false;
        }
        if self.words.len() > line_start {
            self.paragraphs.push(line_start..self.words.len());
        }
    }

    /// Whether the line up to `end` is long, ends without a mark, and the next begins in lower case.
    fn goes_on(&self, text: &str, line_start: usize, end: usize) -> bool {
        let Some(last) = self.words.last() else { return false };
        let long = end.saturating_sub(self.words[line_start].span.start()) > 40;
        let next = text[end..].chars().find(|character| !character.is_whitespace());
        let blank =
            text[end..].chars().take_while(|character| character.is_whitespace()).filter(|character| *character == '\n').count() > 1;
        long && !blank && (last.shape != Shape::Mark || last.span.of(text) == ",") && next.is_some_and(char::is_lowercase)
    }

    /// Where the last part of a sentence begins that is too long for one: behind a semicolon or a comma, if there is one among its last
    /// hundred words.
    fn last_part(&self, text: &str, words: Range<usize>) -> usize {
        let parts = |mark: &str| (words.end - LONGEST / 4..words.end).rev().find(|at| self.words[*at].span.of(text) == mark);
        parts(";").or_else(|| parts(",")).map_or(words.end, |mark| mark + 1)
    }

    fn cut_sentences(&mut self, text: &str, is_abbreviation: &impl Fn(&str) -> bool) {
        let mut sentences = Vec::new();
        for (paragraph, range) in self.paragraphs.iter().enumerate() {
            let (mut start, mut word) = (range.start, range.start);
            while word < range.end {
                let too_long = word - start == LONGEST;
                if too_long || self.ends_sentence(text, word, start, range.end, is_abbreviation) {
                    let mut end = if too_long { self.last_part(text, start..word) } else { word + 1 };
                    while end < range.end && self.closes(end) {
                        end += 1;
                    }
                    sentences.push(Sentence { words: start..end, paragraph });
                    start = end;
                    word = end;
                } else {
                    word += 1;
                }
            }
            if start < range.end {
                sentences.push(Sentence { words: start..range.end, paragraph });
            }
        }
        for (sentence, number) in sentences.iter().zip(0..) {
            self.words[sentence.words.clone()].iter_mut().for_each(|word| word.sentence = number);
        }
        self.sentences = sentences;
    }

    /// The words of the line in which a word stands.
    pub fn line_of(&self, word: usize) -> Option<&Range<usize>> {
        self.paragraphs.get(self.sentences.get(self.sentence_of(word)?)?.paragraph)
    }

    /// The mark at a word, where it is one.
    pub fn mark(&self, word: usize) -> Option<char> {
        self.words.get(word)?.mark
    }

    /// A closing quotation mark or bracket directly after the end of a sentence belongs to it.
    fn closes(&self, word: usize) -> bool {
        match self.mark(word) {
            Some('.' | '!' | '?' | '…' | ')' | ']' | '”' | '’' | '»' | '›') => !self.words[word].spaced,
            // „...“ closes with a mark that opens elsewhere
            Some('“' | '"' | '«' | '\'' | '‘') => {
                !self.words[word].spaced && self.words.get(word + 1).is_none_or(|next| next.spaced || next.shape == Shape::Mark)
            }
            _ => false,
        }
    }

    fn ends_sentence(&self, text: &str, word: usize, start: usize, line_end: usize, is_abbreviation: &impl Fn(&str) -> bool) -> bool {
        let Some(mark) = self.mark(word) else { return false };
        match mark {
            '!' | '?' | '…' | '。' | '！' | '？' => {}
            '.' => {
                if word == start {
                    return false;
                }
                let before = &self.words[word - 1];
                if self.words[word].spaced {
                    // a mark that stands alone ends nothing certain
                } else if before.shape == Shape::Number {
                    // an ordinal (28. února) or a decimal: ends only before a capital that no lower-case month follows
                    if self.words.get(word + 1).is_some_and(|next| !next.spaced && next.shape != Shape::Mark) {
                        return false;
                    }
                    let digits = before.span.end() - before.span.start();
                    let followed = self.words.get(word + 1).map(|next| next.shape);
                    // until 2 April. The visit; not: am 2. April, 1. The first of a list
                    let ordinal = word - 1 == start || is_abbreviation(self.folded(word - 1));
                    let goes_on = matches!(followed, Some(Shape::Lower | Shape::Number)) || followed == Some(Shape::Capital) && ordinal;
                    if digits <= 2 && goes_on {
                        return false;
                    }
                } else if is_abbreviation(self.folded(word - 1)) {
                    return false;
                } else if matches!(before.shape, Shape::Capital | Shape::Upper)
                    && before.span.of(text).chars().count() == 1
                    && self.words.get(word + 1).is_some_and(|next| next.shape == Shape::Capital || !next.spaced)
                {
                    // an initial
                    return false;
                }
            }
            _ => return false,
        }
        // what follows must be able to begin a sentence
        let mut next = word + 1;
        while next < line_end && self.closes(next) {
            next += 1;
        }
        if next >= line_end {
            return true;
        }
        let follower = &self.words[next];
        // a page that lost its breaks: ... other issues.According to
        let glued = mark == '.'
            && !follower.spaced
            && follower.shape == Shape::Capital
            && word > start
            && next == word + 1
            && self.words[word - 1].shape == Shape::Lower
            && self.words[word - 1].span.end() - self.words[word - 1].span.start() >= 3
            && follower.span.end() - follower.span.start() >= 2;
        glued
            || follower.spaced
                && match follower.shape {
                    Shape::Capital | Shape::Upper | Shape::Number => true,
                    Shape::Lower => false,
                    Shape::Mark => !matches!(self.mark(next), Some(',' | ';' | ')' | ':' | '–' | '—' | '-')),
                }
            || matches!(mark, '。' | '！' | '？')
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
        || character.is_control()
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let cut = Text::new(text, false, |word| ["mr", "např", "st", "28"].contains(&word));
        cut.sentences.iter().map(|sentence| cut.span(&sentence.words).map_or("", |span| span.of(text))).collect()
    }

    #[test]
    fn a_text_without_full_stops_is_cut_into_sentences_of_400_words_at_the_most() {
        let lengths = |text: &str| -> Vec<usize> { Text::new(text, false, |_| false).sentences.iter().map(|it| it.words.len()).collect() };
        assert_eq!(lengths(&"on ".repeat(1000)), [400, 400, 200]);
        assert_eq!(lengths(&"one two three, ".repeat(150)), [400, 200]);
        assert_eq!(lengths(&format!("{}, {}", "a ".repeat(350), "b ".repeat(100))), [351, 100]);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(sentences("Mr. Smith met J. Doe. They spoke."), ["Mr. Smith met J. Doe.", "They spoke."]);
        assert_eq!(sentences("Dne 28. února přijel. Odjel v 9.30 hodin."), ["Dne 28. února přijel.", "Odjel v 9.30 hodin."]);
        assert_eq!(sentences("They stay until April 2. The visit ends."), ["They stay until April 2.", "The visit ends."]);
        assert_eq!(sentences("Am 28. Februar kam er."), ["Am 28. Februar kam er."]);
        assert_eq!(sentences("1. The first point"), ["1. The first point"]);
        assert_eq!(sentences("„Ano.“ Odešel."), ["„Ano.“", "Odešel."]);
        assert_eq!(
            sentences("Worth 5.1 billion. \"Good,\" he said.\nNext line"),
            ["Worth 5.1 billion.", "\"Good,\" he said.", "Next line"]
        );
    }

    #[test]
    fn words_cover_the_text_and_fold_to_the_same_length() {
        let text = "Kassym-Jomart  Tokajevovi\u{a0}řekl:\r\n„62 mld. USD“";
        let cut = Text::new(text, true, |_| false);
        assert_eq!(cut.folded, "kassym-jomart tokajevovi rekl:\n„62 mld. usd“");
        for word in 0..cut.words.len() {
            assert_eq!(cut.folded(word).chars().count(), cut.words[word].span.of(text).chars().count());
        }
    }
}
