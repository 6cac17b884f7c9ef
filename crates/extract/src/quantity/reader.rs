//! Looks at a text word by word, with the meanings that the lexicon gives.
//!
//! In: a text cut into words and its hits. Out: answers about the word at a place.
//! Never: moves by itself; a parser asks and goes on where it likes.

use chancery_language::pack::Settings;
use chancery_language::{Class, Entry, Hits, Matcher, Shape, Text};
use std::cell::OnceCell;

/// A line of a text, to be parsed.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub cut: &'a Text,
    pub hits: &'a Hits,
    pub matcher: &'a Matcher,
    pub settings: &'a Settings,
    /// First word of the line.
    pub start: usize,
    /// One past the last word of the line; nothing is seen beyond.
    pub limit: usize,
    conventions: &'a OnceCell<Conventions>,
}

/// How a language writes ordinals and dates in figures; told by two model forms of its lexicon.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Conventions {
    /// `1.` is "first".
    pub stop_makes_ordinal: bool,
    /// `03/29` occurs beside `29/03`.
    pub month_may_come_first: bool,
}

impl<'a> Reader<'a> {
    pub fn new(
        text: &'a str,
        cut: &'a Text,
        hits: &'a Hits,
        matcher: &'a Matcher,
        settings: &'a Settings,
        conventions: &'a OnceCell<Conventions>,
    ) -> Reader<'a> {
        Reader { text, cut, hits, matcher, settings, start: 0, limit: 0, conventions }
    }

    /// The conventions, looked up when first asked for.
    pub fn conventions(&self) -> Conventions {
        *self.conventions.get_or_init(|| {
            let mut found = Conventions::default();
            for entry in self.matcher.entries() {
                match (entry.class, entry.value.as_str()) {
                    (Class::Ordinal, "model") => found.stop_makes_ordinal = true,
                    (Class::Time, "month-first") => found.month_may_come_first = true,
                    _ => {}
                }
            }
            found
        })
    }

    /// Whether the line has a word there.
    pub fn holds(&self, at: usize) -> bool {
        (self.start..self.limit).contains(&at)
    }

    pub fn shape(&self, at: usize) -> Option<Shape> {
        self.holds(at).then(|| self.cut.words[at].shape)
    }

    /// Whether white space stands before the word; a word that is not there counts as spaced.
    pub fn spaced(&self, at: usize) -> bool {
        !self.holds(at) || at == self.start || self.cut.words[at].spaced
    }

    /// The word as written; empty beyond the line.
    pub fn word(&self, at: usize) -> &'a str {
        if self.holds(at) { self.cut.words[at].span.of(self.text) } else { "" }
    }

    /// The mark that stands there.
    pub fn mark(&self, at: usize) -> Option<char> {
        if self.shape(at)? != Shape::Mark {
            return None;
        }
        self.word(at).chars().next()
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.mark(at) == Some(mark)
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.mark(at), Some('-' | '–' | '—' | '‑' | '‐' | '−'))
    }

    /// A word of ASCII digits, as a number, with how many there are.
    pub fn integer(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.digits(at)?;
        (word.len() <= 9).then(|| word.parse().ok().map(|value| (value, word.len()))).flatten()
    }

    /// A word of ASCII digits.
    pub fn digits(&self, at: usize) -> Option<&'a str> {
        if self.shape(at)? != Shape::Number {
            return None;
        }
        let word = self.word(at);
        word.bytes().all(|byte| byte.is_ascii_digit()).then_some(word)
    }

    fn meanings(&self, at: usize) -> impl Iterator<Item = (&'a Entry, usize)> + '_ {
        let hit = if self.holds(at) { self.hits.at(at).and_then(|index| self.hits.hits.get(index)) } else { None };
        let hit = hit.filter(|hit| hit.words.start == at && hit.words.end <= self.limit && hit.second.is_none());
        // a form with a capital says more than one without
        let cased =
            hit.is_some_and(|hit| hit.entries.iter().any(|id| is_ours(self.matcher.entry(*id)) && has_capital(self.matcher.entry(*id))));
        hit.into_iter()
            .flat_map(|hit| hit.entries.iter().map(|id| (*id, hit.words.end)))
            .map(|(id, end)| (self.matcher.entry(id), end))
            .filter(move |(entry, _)| !cased || !is_ours(entry) || has_capital(entry))
    }

    /// The meaning of a class that begins there, and where it ends.
    pub fn meaning(&self, at: usize, class: Class) -> Option<(&'a Entry, usize)> {
        self.meanings(at).find(|(entry, _)| entry.class == class)
    }

    /// The meaning of a class for which `wanted` gives something.
    pub fn meaning_where<T>(&self, at: usize, class: Class, wanted: impl Fn(&'a Entry) -> Option<T>) -> Option<(T, usize)> {
        self.meanings(at).filter(|(entry, _)| entry.class == class).find_map(|(entry, end)| wanted(entry).map(|value| (value, end)))
    }

    /// Where a function word of time with this value ends.
    pub fn time(&self, at: usize, value: &str) -> Option<usize> {
        self.meaning_where(at, Class::Time, |entry| (entry.value == value).then_some(())).map(|(_, end)| end)
    }

    /// Skips a function word of time with this value, if there is one.
    pub fn skip(&self, at: usize, value: &str) -> usize {
        self.time(at, value).unwrap_or(at)
    }

    /// Whether any meaning of one of the classes begins there.
    pub fn any_of(&self, at: usize, classes: &[Class]) -> bool {
        self.meanings(at).any(|(entry, _)| classes.contains(&entry.class))
    }

    /// Whether a function word of time with one of the values ends just before `at`.
    pub fn after_time(&self, at: usize, values: &[&str]) -> bool {
        self.ending_at(at).any(|entry| entry.class == Class::Time && values.contains(&entry.value.as_str()))
    }

    /// Whether a form of one of the classes ends just before `at`.
    pub fn ends_before(&self, at: usize, classes: &[Class]) -> bool {
        self.ending_at(at).any(|entry| classes.contains(&entry.class))
    }

    fn ending_at(&self, at: usize) -> impl Iterator<Item = &'a Entry> + '_ {
        let before = at.checked_sub(1).filter(|before| self.holds(*before));
        let hit =
            before.and_then(|before| self.hits.at(before)).and_then(|index| self.hits.hits.get(index)).filter(|hit| hit.words.end == at);
        hit.into_iter().flat_map(|hit| &hit.entries).map(|id| self.matcher.entry(*id))
    }
}

fn has_capital(entry: &Entry) -> bool {
    entry.form.chars().any(char::is_uppercase)
}

/// Classes of this module; other classes are not hidden by a capital.
fn is_ours(entry: &Entry) -> bool {
    matches!(
        entry.class,
        Class::Month
            | Class::Weekday
            | Class::Day
            | Class::Relation
            | Class::Part
            | Class::Season
            | Class::Period
            | Class::Number
            | Class::Scale
            | Class::Ordinal
            | Class::Currency
            | Class::Percent
            | Class::Time
    )
}
