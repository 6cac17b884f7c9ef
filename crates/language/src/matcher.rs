//! Finding every form of a lexicon in a text, in one pass.
//!
//! In: entries once, then texts cut into words. Out: hits, the longest where forms contain each other.
//! Never: looks at what a class means.

use crate::fold::fold_str;
use crate::form::{CLAUSE, Form, Forms, Part, Parted, compile, number_of_key};
use crate::keys::Keys;
use crate::lexicon::{Class, Classes, Entry};
use crate::words::{Shape, Text};
use chancery_frozen::{Frozen, Written};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Number of an entry in its [`Matcher`].
pub type EntryId = u32;

/// A form found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Words of the form, or of its first part.
    pub words: Range<usize>,
    /// Words of the second part of a form with a gap.
    pub second: Option<Range<usize>>,
    /// The meanings of the form.
    pub entries: Vec<EntryId>,
    /// The kinds of what they mean.
    pub classes: Classes,
}

impl Hit {
    /// Takes meanings away.
    pub fn keep(&mut self, matcher: &Matcher, meant: impl Fn(&Entry) -> bool) {
        self.classes = Classes::default();
        self.entries.retain(|id| {
            let entry = matcher.entry(*id);
            let kept = meant(entry);
            if kept {
                self.classes.join(Classes::of(&[entry.class]));
            }
            kept
        });
    }

    /// Every word of it.
    fn all(&self) -> impl Iterator<Item = usize> + use<> {
        self.words.clone().chain(self.second.clone().unwrap_or_default())
    }
}

/// All hits of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hits {
    /// In order of their first word; they share no word.
    pub hits: Vec<Hit>,
    at: Vec<AtWord>,
}

/// What was found at a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct AtWord {
    /// The hit it belongs to.
    hit: u32,
    /// Whether the hit begins there.
    begins: bool,
    /// Kinds of what the hit means.
    classes: Classes,
}

const NO_HIT: u32 = u32::MAX;

const NOTHING: AtWord = AtWord { hit: NO_HIT, begins: false, classes: Classes::of(&[]) };

impl Hits {
    /// Index of the hit that a word belongs to.
    pub fn at(&self, word: usize) -> Option<usize> {
        self.at.get(word).filter(|at| at.hit != NO_HIT).map(|at| at.hit as usize)
    }

    /// Whether a hit begins at a word.
    pub fn begins(&self, word: usize) -> bool {
        self.at.get(word).is_some_and(|at| at.begins)
    }

    /// The kinds of what the hit at a word means.
    pub fn classes(&self, word: usize) -> Classes {
        self.at.get(word).map_or(NOTHING.classes, |at| at.classes)
    }

    /// Takes meanings from the hit of one word; a word without any is no hit.
    pub fn keep(&mut self, word: usize, matcher: &Matcher, meant: impl Fn(&Entry) -> bool) {
        let Some(hit) = self.at(word).and_then(|hit| self.hits.get_mut(hit)) else { return };
        hit.keep(matcher, meant);
        hit.all().for_each(|word| self.at[word].classes = hit.classes);
        if hit.entries.is_empty() {
            self.at[word] = NOTHING;
        }
    }
}

/// A form and the words that it was found at.
struct Found<'a> {
    form: &'a Form,
    words: Range<usize>,
    second: Option<Range<usize>>,
}

impl Found<'_> {
    fn all(&self) -> impl Iterator<Item = usize> + use<> {
        self.words.clone().chain(self.second.clone().unwrap_or_default())
    }
}

/// A compiled lexicon.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Matcher {
    keys: Keys,
    /// The keys whose forms may end a compound.
    tails: Keys,
    /// For each key the forms that share it.
    forms: Vec<Frozen<Forms>>,
    entries: Vec<Frozen<Entry>>,
    ignore_marks: bool,
    nouns_are_capitalised: bool,
    /// Words that end their clause as the second part of a form.
    closing_words: BTreeSet<Written>,
    /// Words that begin a new clause or list.
    joining_words: BTreeSet<Written>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Matcher({} entries)", self.entries.len())
    }
}

impl Matcher {
    /// Compiles entries. Forms that hold no word are left out. Where nouns are capitalised, a form in lower case
    /// matches a capitalised word only at the head of a sentence.
    pub fn new(entries: Vec<Entry>, ignore_marks: bool, nouns_are_capitalised: bool, closing_words: &[String]) -> Matcher {
        let closing_words: BTreeSet<Written> = closing_words.iter().map(|word| fold_str(word, ignore_marks).into()).collect();
        let joins = |entry: &&Entry| matches!(entry.class, Class::And | Class::Clause | Class::Relative | Class::That);
        // (auf den Weg: an article opens no clause without a comma)
        let article = |entry: &&Entry| entries.iter().any(|other| other.class == Class::Article && other.form == entry.form);
        let joining_words =
            entries.iter().filter(joins).filter(|entry| !article(entry)).map(|entry| fold_str(&entry.form, ignore_marks).into()).collect();
        let mut by_form: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
        for (id, entry) in entries.iter().enumerate() {
            by_form.entry(&entry.form).or_default().push(id as EntryId);
        }
        let mut by_key: BTreeMap<String, Vec<Form>> = BTreeMap::new();
        for (number, (form, ids)) in by_form.into_iter().enumerate() {
            let mut classes = Classes::default();
            ids.iter().for_each(|id| classes.join(Classes::of(&[entries[*id as usize].class])));
            if let Some((key, form)) = compile(form, number as u32, ids, classes, ignore_marks) {
                by_key.entry(key).or_default().push(form);
            }
        }
        let is_tail = |forms: &Vec<Form>| forms.iter().any(|form| form.parts[0].tail);
        let numbered = || by_key.iter().zip(0_u32..).map(|((key, forms), number)| (forms, (key.as_str(), number_of_key(number, forms))));
        Matcher {
            keys: Keys::new(numbered().map(|(_, key)| key)),
            tails: Keys::new(numbered().filter(|(forms, _)| is_tail(forms)).map(|(_, key)| key)),
            forms: by_key.into_values().map(|forms| Forms::new(forms, &closing_words).into()).collect(),
            entries: entries.into_iter().map(Frozen::from).collect(),
            ignore_marks,
            nouns_are_capitalised,
            closing_words,
            joining_words,
        }
    }

    /// An entry by its number.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id as usize]
    }

    /// Every entry.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().map(|entry| &**entry)
    }

    /// The bare pattern pass: how many keys begin at a word. The floor that benchmarks compare with.
    pub fn count_patterns(&self, cut: &Text) -> usize {
        let keys = self.keys.search();
        cut.words.iter().map(|word| keys.beginning(&cut.folded[word.folded.start as usize..]).count()).sum()
    }

    /// Every form in `cut`, which was cut from `text`.
    pub fn find(&self, text: &str, cut: &Text) -> Hits {
        let (keys, tails) = (self.keys.search(), self.tails.search());
        let mut found = Vec::with_capacity(cut.words.len());
        for (first, word) in cut.words.iter().enumerate() {
            let start = word.folded.start as usize;
            for (length, key) in keys.beginning(&cut.folded[start..]) {
                self.find_key(key, text, cut, first, start..start + length, &mut found);
            }
            if self.tails.is_empty() {
                continue;
            }
            // within a word only the end of a compound can be meant
            for within in cut.folded(first).char_indices().skip(1).map(|(at, _)| start + at) {
                for (length, key) in tails.beginning(&cut.folded[within..]) {
                    self.find_key(key, text, cut, first, within..within + length, &mut found);
                }
            }
        }
        Matcher::resolve(found, cut)
    }

    /// The forms of a key, as [`number_of_key`] gives it, that stands in the folded text, at the head of the first word or within it.
    fn find_key<'a>(&'a self, key: u32, text: &str, cut: &Text, first: usize, folded: Range<usize>, found: &mut Vec<Found<'a>>) {
        let whole = cut.words[first].folded.start as usize == folded.start;
        let last = first + cut.words[first..].iter().take_while(|word| (word.folded.end as usize) < folded.end).count();
        let Some(last_word) = cut.words.get(last) else { return };
        let closed = last_word.folded.end as usize == folded.end;
        let (key, open) = (key >> 1, key & 1 != 0);
        if !(closed || open) {
            return;
        }
        let before = found.len();
        let forms = &self.forms[key as usize];
        let sentence_end = cut.sentences[cut.words[first].sentence as usize].words.end;
        let follows = |parted: &&Parted| {
            let reach = last + 1..sentence_end.min(first + parted.reach);
            reach.into_iter().any(|word| parted.second.reads(cut.folded(word)))
        };
        let parted = forms.parted.iter().filter(follows).flat_map(|parted| &*parted.forms);
        let forms = forms.whole.iter().chain(parted).filter(|form| whole || form.parts[0].tail);
        found.extend(forms.filter_map(|form| self.verify(form, text, cut, first..last + 1, closed)));
        if found[before..].iter().any(|one| one.form.is_proper()) && !begins(text, cut, first) {
            let meant = found.split_off(before);
            found.extend(meant.into_iter().filter(|one| !one.form.is_verb()));
        }
    }

    fn verify<'a>(&self, form: &'a Form, text: &str, cut: &Text, keyed: Range<usize>, closed: bool) -> Option<Found<'a>> {
        let first = keyed.start;
        if !(closed || form.parts[form.keyed - 1].open) || keyed.len() != form.keyed {
            return None;
        }
        // capitals of the keyed words
        for (offset, part) in form.parts[..form.keyed].iter().enumerate() {
            if !self.case_fits(part, text, cut, first + offset) {
                return None;
            }
        }
        let sentence_end = |word: usize| cut.sentence_of(word).map_or(word, |index| cut.sentences[index].words.end);
        let mut next = first + form.keyed;
        let mut first_end = next;
        let mut second_start = None;
        for (index, part) in form.parts.iter().enumerate().skip(form.keyed) {
            if let Some((_, width)) = form.gap.filter(|(part, _)| *part == index) {
                first_end = next;
                let rest = &form.parts[index..];
                let width = form.width(index, width, &self.closing_words);
                let limit = sentence_end(first).min(next + 1 + width);
                let all_fit = |word: usize| rest.iter().enumerate().all(|(offset, part)| self.part_fits(part, text, cut, word + offset));
                let fits = |word: &usize| all_fit(*word) && self.may_stand_there(cut, *word);
                // traf ein und kam mit X zusammen: another closing word has ended the clause
                let closes =
                    |word: &usize| width == CLAUSE && self.closing_words.contains(cut.folded(*word)) && self.may_stand_there(cut, *word);
                let mut clause = (next..limit).take_while(|word| !breaks_clause(cut.folded(*word)));
                next = clause.find(|word| fits(word) || closes(word)).filter(fits)?;
                second_start = Some(next);
            } else if !self.part_fits(part, text, cut, next) {
                return None;
            }
            next += 1;
        }
        match second_start {
            Some(start) => Some(Found { form, words: first..first_end, second: Some(start..next) }),
            None => Some(Found { form, words: first..next, second: None }),
        }
    }

    /// A closing word must be the last of its clause.
    fn may_stand_there(&self, cut: &Text, word: usize) -> bool {
        if !self.closing_words.contains(cut.folded(word)) {
            return true;
        }
        // Weg is no weg
        if self.nouns_are_capitalised && cut.words.get(word).is_some_and(|found| found.shape == Shape::Capital) {
            return false;
        }
        let ends = cut.sentence_of(word).is_none_or(|index| cut.sentences[index].words.end == word + 1);
        ends || cut.words.get(word + 1).is_none_or(|next| next.shape == Shape::Mark) || self.joining_words.contains(cut.folded(word + 1))
    }

    fn part_fits(&self, part: &Part, text: &str, cut: &Text, word: usize) -> bool {
        part.reads(cut.folded(word)) && self.case_fits(part, text, cut, word)
    }

    fn case_fits(&self, part: &Part, text: &str, cut: &Text, word: usize) -> bool {
        let Some(cased) = &part.cased else {
            let capital = cut.words.get(word).is_some_and(|found| found.shape == Shape::Capital);
            if part.tail {
                return capital || !self.nouns_are_capitalised;
            }
            return !self.nouns_are_capitalised || !capital || begins(text, cut, word);
        };
        let Some(word) = cut.words.get(word) else { return false };
        if word.shape == Shape::Upper && cased.chars().count() > 1 && word.span.of(text).chars().count() > 3 {
            return true;
        }
        cased.chars().zip(word.span.of(text).chars()).all(|(written, found)| written.is_uppercase() == found.is_uppercase())
    }

    /// Keeps the longest of forms that share words; forms of the same words are joined.
    fn resolve(mut found: Vec<Found>, cut: &Text) -> Hits {
        // longest first; then exact before open, then earliest, then the order of forms
        found.sort_by_cached_key(|one| (Reverse(one.all().count()), Reverse(one.form.letters), one.words.start, one.form.number));
        found.dedup_by(|a, b| a.form.number == b.form.number && a.words == b.words && a.second == b.second);
        let mut of_word = vec![NO_HIT; cut.words.len()];
        let mut hits: Vec<Hit> = Vec::new();
        // letters of the form that won each hit, so that a stem does not add its meaning to a fuller form
        let mut won: Vec<usize> = Vec::new();
        for one in found {
            let taken = one.all().find_map(|word| of_word.get(word).copied().filter(|hit| *hit != NO_HIT));
            match taken {
                None => {
                    for word in one.all() {
                        if let Some(slot) = of_word.get_mut(word) {
                            *slot = hits.len() as u32;
                        }
                    }
                    won.push(one.form.letters);
                    let (entries, classes) = (one.form.entries.clone(), one.form.classes);
                    hits.push(Hit { words: one.words, second: one.second, entries, classes });
                }
                Some(hit) => {
                    let (hit, letters) = (&mut hits[hit as usize], won[hit as usize]);
                    if hit.words == one.words && hit.second == one.second && letters == one.form.letters {
                        hit.entries.extend(&one.form.entries);
                        hit.classes.join(one.form.classes);
                    }
                }
            }
        }
        hits.sort_by_key(|hit| hit.words.start);
        let mut at = vec![NOTHING; cut.words.len()];
        for (hit, number) in hits.iter().zip(0..) {
            for word in hit.all() {
                if let Some(slot) = at.get_mut(word) {
                    *slot = AtWord { hit: number, begins: word == hit.words.start, classes: hit.classes };
                }
            }
        }
        Hits { hits, at }
    }

    /// Whether matching ignores diacritics.
    pub fn ignores_marks(&self) -> bool {
        self.ignore_marks
    }
}

/// Whether a word stands at the head of a sentence or directly after a mark that begins one.
fn begins(text: &str, cut: &Text, word: usize) -> bool {
    let first = cut.sentence_of(word).is_some_and(|index| cut.sentences[index].words.start == word);
    let before = word.checked_sub(1).and_then(|before| cut.words.get(before)).map(|before| before.span.of(text));
    first || matches!(before, Some("„" | "“" | "”" | "»" | "«" | "\"" | ":" | "–" | "—" | "/" | "|" | "."))
}

fn breaks_clause(folded: &str) -> bool {
    matches!(folded, ";" | ":" | "„" | "“" | "”" | "\"" | "«" | "»")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(forms: &[&str], text: &str) -> Vec<(String, String)> {
        let matcher =
            Matcher::new(forms.iter().map(|form| Entry::new(form, Class::Contact, "")).collect(), false, false, &["an".to_owned()]);
        let cut = Text::new(text, false, |_| false);
        let hits = matcher.find(text, &cut);
        hits.hits
            .iter()
            .map(|hit| {
                let mut words = cut.span(&hit.words).map_or("", |span| span.of(text)).to_owned();
                if let Some(second) = &hit.second {
                    words = format!("{words} ... {}", cut.span(second).map_or("", |span| span.of(text)));
                }
                (matcher.entry(hit.entries[0]).form.to_string(), words)
            })
            .collect()
    }

    fn check(forms: &[&str], text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(form, words)| ((*form).to_owned(), (*words).to_owned())).collect();
        assert_eq!(found(forms, text), expected);
    }

    #[test]
    fn forms_match_whole_words_and_the_longest_wins() {
        check(
            &["met", "met the target*"],
            "He met the targets, then met Xi in the metro",
            &[("met the target*", "met the targets"), ("met", "met")],
        );
        check(&["setkal*"], "Setkali se; nesetkal", &[("setkal*", "Setkali")]);
        check(&["organizac* spolupráce"], "v Organizaci  spolupráce", &[("organizac* spolupráce", "Organizaci  spolupráce")]);
        check(
            &["*abkommen", "Luftabkommen"],
            "Abkommen, Handelsabkommen, abkommend, Luftabkommen",
            &[("*abkommen", "Abkommen"), ("*abkommen", "Handelsabkommen"), ("Luftabkommen", "Luftabkommen")],
        );
        check(&["tête-à-tête"], "a tête-à-tête today", &[("tête-à-tête", "tête-à-tête")]);
    }

    #[test]
    fn capitals_of_a_form_must_be_in_the_text() {
        check(&["US", "Turkey"], "us turkey US TURKEY Turkey", &[("US", "US"), ("Turkey", "TURKEY"), ("Turkey", "Turkey")]);
    }

    #[test]
    fn a_gap_stays_within_the_sentence() {
        check(
            &["ministro .. das Finanças"],
            "o ministro chinês das Finanças",
            &[("ministro .. das Finanças", "ministro ... das Finanças")],
        );
        check(&["rief ... an"], "Er rief am Montag Putin an. Er rief an diesem Tag", &[("rief ... an", "rief ... an")]);
        check(
            &["hat", "hat ... angerufen", "hat ... getrof*"],
            "Er hat gestern Putin angerufen. Er hat Xi getroffen. Er hat keinen angehört",
            &[("hat ... angerufen", "hat ... angerufen"), ("hat ... getrof*", "hat ... getroffen"), ("hat", "hat")],
        );
    }
}
