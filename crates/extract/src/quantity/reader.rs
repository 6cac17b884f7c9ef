//! Looks at a text word by word, with the meanings that the lexicon gives.
//!
//! In: a text cut into words and its hits. Out: answers about the word at a place.
//! Never: moves by itself; a parser asks and goes on where it likes.

use chancery_language::pack::Settings;
use chancery_language::{Class, Classes, Entry, Feature, Hit, Hits, Matcher, Shape, Text};
use std::cell::OnceCell;
use std::collections::BTreeMap;

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
    /// What each hit can be, to say no quickly.
    kinds: Vec<Kinds>,
    /// Words of time inside longer forms of another sense, in order.
    inner: &'a [Hit],
    conventions: OnceCell<Conventions>,
}

/// What a hit can be.
#[derive(Clone, Copy, Default)]
struct Kinds {
    classes: Classes,
    /// Whether an expression of time can begin with it.
    begins_time: bool,
    /// Whether a number or an amount can.
    begins_number: bool,
    /// Whether a form with a capital is among several: it says more than one without.
    cased: bool,
    /// Whether it is only an article or "one", which begins something only before another such word.
    is_article: bool,
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
    pub fn new(text: &'a str, cut: &'a Text, hits: &'a Hits, matcher: &'a Matcher, settings: &'a Settings, inner: &'a [Hit]) -> Reader<'a> {
        let kinds = hits.hits.iter().map(|hit| kinds(hit, matcher)).collect();
        Reader { text, cut, hits, matcher, settings, start: 0, limit: 0, kinds, inner, conventions: OnceCell::new() }
    }

    /// The conventions, looked up when first asked for: are the model forms in the lexicon?
    pub fn conventions(&self) -> Conventions {
        *self.conventions.get_or_init(|| {
            let holds = |model: &str, class: Class, value: &str| {
                let hits = self.matcher.find(model, &Text::new(model, false, |_| true));
                let mut entries = hits.hits.iter().flat_map(|hit| &hit.entries).map(|id| self.matcher.entry(*id));
                entries.any(|entry| entry.class == class && entry.value == value)
            };
            Conventions {
                stop_makes_ordinal: holds("1.", Class::Ordinal, "model"),
                month_may_come_first: holds("03/29", Class::Time, "month-first"),
            }
        })
    }

    fn hit(&self, at: usize) -> Option<(&'a Hit, Kinds)> {
        if !self.holds(at) {
            return None;
        }
        if let Ok(index) = self.inner.binary_search_by_key(&at, |hit| hit.words.start) {
            let hit = self.inner.get(index)?;
            return Some((hit, kinds(hit, self.matcher)));
        }
        let index = self.hits.at(at)?;
        Some((self.hits.hits.get(index)?, *self.kinds.get(index)?))
    }

    /// Whether an expression of time, and whether a number, can begin with the form there.
    pub fn begins(&self, at: usize) -> (bool, bool) {
        let Some((hit, kinds)) = self.hit(at).filter(|(hit, _)| hit.words.start == at) else { return (false, false) };
        if kinds.is_article {
            let next = hit.words.end;
            let follows = |at: usize| {
                self.hit(at).is_some_and(|(_, next)| next.begins_time || next.begins_number || next.classes.has(Class::Percent))
            };
            return if follows(next) || self.is_dash(next) && follows(next + 1) { (true, true) } else { (false, false) };
        }
        (kinds.begins_time, kinds.begins_number)
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

    fn meanings(&self, at: usize, classes: Classes) -> impl Iterator<Item = (&'a Entry, usize)> + use<'a> {
        let hit = self.hit(at).filter(|(hit, kinds)| {
            kinds.classes.any(classes) && hit.words.start == at && hit.words.end <= self.limit && hit.second.is_none()
        });
        let matcher = self.matcher;
        hit.into_iter()
            .flat_map(move |(hit, kinds)| hit.entries.iter().map(move |id| (matcher.entry(*id), hit.words.end, kinds.cased)))
            .filter(|(entry, _, cased)| !cased || !OURS.has(entry.class) || has_capital(entry))
            .map(|(entry, end, _)| (entry, end))
    }

    /// The meaning of a class that begins there, and where it ends.
    pub fn meaning(&self, at: usize, class: Class) -> Option<(&'a Entry, usize)> {
        self.meanings(at, Classes::of(&[class])).find(|(entry, _)| entry.class == class)
    }

    /// The meaning of a class for which `wanted` gives something.
    pub fn meaning_where<T>(&self, at: usize, class: Class, wanted: impl Fn(&'a Entry) -> Option<T>) -> Option<(T, usize)> {
        self.meanings(at, Classes::of(&[class]))
            .filter(|(entry, _)| entry.class == class)
            .find_map(|(entry, end)| wanted(entry).map(|value| (value, end)))
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
        self.meanings(at, Classes::of(classes)).any(|(entry, _)| classes.contains(&entry.class))
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
        let hit = at.checked_sub(1).and_then(|before| self.hit(before)).map(|(hit, _)| hit).filter(|hit| hit.words.end == at);
        hit.into_iter().flat_map(|hit| &hit.entries).map(|id| self.matcher.entry(*id))
    }
}

fn kinds(hit: &Hit, matcher: &Matcher) -> Kinds {
    let mut kinds = Kinds { classes: hit.classes, ..Kinds::default() };
    if !hit.classes.any(OURS) {
        return kinds;
    }
    let (mut number, mut article) = (false, false);
    for entry in hit.entries.iter().map(|id| matcher.entry(*id)) {
        kinds.cased |= hit.entries.len() > 1 && OURS.has(entry.class) && has_capital(entry);
        match entry.class {
            Class::Month | Class::Weekday | Class::Day | Class::Relation | Class::Part | Class::Season | Class::Period => {
                kinds.begins_time = true
            }
            Class::Ordinal => kinds.begins_time |= !matches!(entry.value.as_str(), "suffix" | "model"),
            Class::Time => {
                let begins = ["since", "from", "until", "between", "ago-before", "later-before", "few", "day", "part-of-day"];
                kinds.begins_time |= begins.contains(&entry.value.as_str());
            }
            Class::Number if matches!(entry.value.as_str(), "and" | "of") => {}
            Class::Number if entry.is(Feature::Weak) => article = true,
            Class::Number => number = true,
            Class::Scale | Class::Currency => kinds.begins_number = true,
            _ => {}
        }
    }
    kinds.begins_time |= number;
    kinds.begins_number |= number;
    kinds.is_article = article && !kinds.begins_time && !kinds.begins_number;
    kinds
}

/// Classes of this module; other classes are not hidden by a capital.
const OURS: Classes = Classes::of(&[
    Class::Month,
    Class::Weekday,
    Class::Day,
    Class::Relation,
    Class::Part,
    Class::Season,
    Class::Period,
    Class::Number,
    Class::Scale,
    Class::Ordinal,
    Class::Currency,
    Class::Percent,
    Class::Time,
]);

fn has_capital(entry: &Entry) -> bool {
    entry.form.chars().any(char::is_uppercase)
}

/// What says something else though a word of time stands in it.
const FOREIGN: Classes =
    Classes::of(&[Class::Contact, Class::Future, Class::Status, Class::Light, Class::Say, Class::Commit, Class::Change]);

/// The words of time inside longer forms that say something else: "met *today* with", "*nächste Woche*" as a sign of the future.
pub(super) fn inner_hits(text: &str, cut: &Text, hits: &Hits, matcher: &Matcher) -> Vec<Hit> {
    let mut inner = Vec::new();
    let mut known: BTreeMap<&str, Option<Hit>> = BTreeMap::new();
    for hit in hits.hits.iter().filter(|hit| hit.words.len() > 1 && hit.classes.none_but(FOREIGN)) {
        for at in hit.words.clone() {
            let Some(word) = cut.words.get(at).map(|word| word.span.of(text)).filter(|word| word.len() > 2) else { continue };
            let alone = known.entry(word).or_insert_with(|| alone_in_time(word, matcher));
            inner.extend(alone.as_ref().map(|alone| Hit { words: at..at + 1, ..alone.clone() }));
        }
    }
    inner
}

/// What a word standing alone says of time.
fn alone_in_time(word: &str, matcher: &Matcher) -> Option<Hit> {
    let mut hit = matcher.find(word, &Text::new(word, matcher.ignores_marks(), |_| true)).hits.into_iter().next()?;
    hit.keep(matcher, |entry| matches!(entry.class, Class::Day | Class::Weekday | Class::Month | Class::Period | Class::Relation));
    (hit.words.len() == 1 && hit.second.is_none() && !hit.entries.is_empty()).then_some(hit)
}
