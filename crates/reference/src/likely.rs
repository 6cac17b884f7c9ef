//! Who bears a name: in any script and spelling, inflected or not, in any order of its words.
//!
//! In: a name as written. Out: persons who may be meant, each with how the name fits. Never: looks at offices or dates.

use crate::inflection::Endings;
use crate::name::skeleton;
use crate::people::skeletons;
use crate::spelling::{ALIKE, c_as_ts, is_alphabetic_script, is_latin, likeness, loose, plain, readings};
use crate::{HashMap, HashSet};
use crate::{Person, PersonId, Reference};
use chancery_frozen::Written;
use std::collections::BTreeMap;

/// How a name fits a person, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fit {
    /// The family name, but with another given name.
    OtherGiven,
    /// A given name alone.
    Given,
    /// The family name alone.
    Family,
    /// Family name and given name.
    Full,
}

/// A fit and how close it is.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct Likely {
    /// How the name fits.
    pub fit: Fit,
    /// How alike the words are, 0 to 1.
    pub closeness: f64,
    /// How much of the name is a word of the person's, 0 to 1.
    pub explained: f64,
    /// How much of the person's name is named, 0 to 1.
    pub covered: f64,
}

impl Likely {
    /// By what persons who fit alike are put in order.
    pub fn score(&self) -> f64 {
        self.closeness * (0.5 + 0.5 * self.explained)
    }

    /// Whether every word of the name is one of the person's and none is left over.
    pub fn whole(&self) -> bool {
        self.fit == Fit::Full && self.closeness >= 0.97 && self.explained >= 0.99 && self.covered >= 0.99
    }
}

/// Likeness of a word that only an ending leads back.
const LED_BACK: f64 = 0.97;
/// A word that so many persons bear is a particle or a common given name.
const COMMON: usize = 60;

/// A word that so many persons bear is not searched for where the name has another.
const COMMON_NAME: usize = 150;

/// A name cut into words.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    words: Vec<Word>,
    /// II, XVI
    numeral: Option<String>,
    /// Letters alone, for scripts without vowels or of syllables.
    whole: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
struct Word {
    /// Skeletons, that of the word as written first.
    forms: Vec<String>,
    initial: bool,
    weight: f64,
}

/// Everything that names are compared with.
pub struct Names<'r> {
    reference: &'r Reference,
    endings: Endings,
    /// Spellings from other scripts and from packs, by person.
    further: HashMap<PersonId, Vec<Vec<Written>>>,
    by_word: HashMap<Written, Vec<PersonId>>,
    by_loose: HashMap<String, Vec<String>>,
    /// Names of scripts that are compared whole.
    whole: BTreeMap<String, Vec<PersonId>>,
}

impl<'r> Names<'r> {
    /// Indexes the names of a reference and further ones by person.
    pub fn new(reference: &'r Reference, further: impl IntoIterator<Item = (PersonId, Written)>, endings: Endings) -> Names<'r> {
        let mut names = Names {
            reference,
            endings,
            further: HashMap::default(),
            by_word: HashMap::default(),
            by_loose: HashMap::default(),
            whole: BTreeMap::new(),
        };
        for (id, form) in reference.other_scripts().iter().cloned().chain(further) {
            names.add(id, &form);
        }
        let words = reference.words().chain(names.by_word.keys().map(Written::as_str)).collect::<HashSet<&str>>();
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        words.sort_unstable();
        for word in words {
            if let Some(other) = c_as_ts(&word) {
                names.by_loose.entry(loose(&other)).or_default().push(word.clone());
            }
            names.by_loose.entry(loose(&word)).or_default().push(word);
        }
        names
    }

    fn add(&mut self, id: PersonId, form: &str) {
        if !is_alphabetic_script(form) {
            self.whole.entry(plain(form)).or_default().push(id);
            return;
        }
        let words = skeletons(form);
        for word in &words {
            let bearers = self.by_word.entry(word.clone()).or_default();
            if !bearers.contains(&id) {
                bearers.push(id);
            }
        }
        if !words.is_empty() {
            self.further.entry(id).or_default().push(words);
        }
    }

    fn bearers<'a>(&'a self, word: &str) -> impl Iterator<Item = PersonId> + 'a {
        let further = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        self.reference.people_with_word(word).iter().chain(further).copied()
    }

    /// A name as written, without titles; `inflected` tries the endings of the languages that have rules.
    pub fn name(&self, written: &str, inflected: bool) -> Name {
        let whole = (!is_alphabetic_script(written)).then(|| plain(written));
        let mut name = Name { words: Vec::new(), numeral: None, whole };
        let parts =
            written.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | ',' | '.' | '·' | '・' | '(' | ')' | '"'));
        for part in parts.filter(|part| !part.is_empty()) {
            let first = name.words.is_empty();
            if !first && part.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')) {
                name.numeral = Some(part.to_owned());
                continue;
            }
            let base = skeleton(part);
            if base.is_empty() {
                continue;
            }
            let mut forms = vec![base];
            if inflected {
                for led_back in self.endings.led_back(&part.to_lowercase()) {
                    let led_back = skeleton(&led_back);
                    if !led_back.is_empty() && !forms.contains(&led_back) {
                        forms.push(led_back);
                    }
                }
            }
            for form in forms.clone() {
                forms.extend(readings(&form, is_latin(part)));
            }
            for form in forms.clone() {
                forms.extend(self.reference.kin(&form).iter().map(|other| other.to_string()));
            }
            let initial = part.chars().filter(|letter| letter.is_alphabetic()).count() == 1;
            let bearers = forms.iter().map(|form| self.bearers(form).count()).max().unwrap_or(0);
            let particle = bearers > COMMON && forms[0].len() <= 3;
            let weight = if initial || particle { 0.2 } else { (12_000.0 / (bearers as f64 + 1.0)).ln().max(1.0) };
            name.words.push(Word { forms, initial, weight });
        }
        name
    }

    /// How a name fits a person; `None` where it does not.
    pub fn fit(&self, name: &Name, id: PersonId) -> Option<Likely> {
        let person = self.reference.person(id);
        if let Some(whole) = &name.whole
            && self.bearing_whole(whole).contains(&id)
        {
            return Some(Likely { fit: Fit::Full, closeness: 1.0, explained: 1.0, covered: 1.0 });
        }
        let numeral = person.name.split(' ').skip(1).find(|word| word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')));
        if let (Some(asked), Some(known)) = (&name.numeral, numeral)
            && asked != known
        {
            return None;
        }
        let further = self.further.get(&id).map_or(&[][..], Vec::as_slice);
        let fits = person.spellings.iter().chain(further).filter_map(|spelling| self.fit_spelling(name, spelling, person));
        fits.max_by(|a, b| a.fit.cmp(&b.fit).then(a.score().total_cmp(&b.score())).then(a.covered.total_cmp(&b.covered)))
    }

    fn fit_spelling(&self, name: &Name, spelling: &[Written], person: &Person) -> Option<Likely> {
        let families = &person.families;
        let own = person.spellings.first().map_or(&[][..], Vec::as_slice);
        let pairs = pair(&name.words, spelling);
        let matched = |at: usize| pairs.iter().find(|pair| pair.words.contains(&at));
        if !pairs.iter().any(|pair| !name.words[pair.words.start].initial) {
            return None;
        }
        let closeness = |pairs: &[Pair]| {
            let weight = |pair: &Pair| pair.words.clone().map(|at| name.words[at].weight).sum::<f64>();
            let total: f64 = pairs.iter().map(&weight).sum();
            pairs.iter().map(|pair| pair.likeness * weight(pair)).sum::<f64>() / total.max(f64::EPSILON)
        };
        let mut content: Vec<usize> = (0..name.words.len()).filter(|at| name.words[*at].weight > 0.2).collect();
        if content.is_empty() {
            content.extend((0..name.words.len()).filter(|at| !name.words[*at].initial));
        }
        let explained: f64 = content.iter().filter(|at| matched(**at).is_some()).map(|at| name.words[*at].weight).sum::<f64>()
            / content.iter().map(|at| name.words[*at].weight).sum::<f64>().max(f64::EPSILON);
        let taken: HashSet<usize> = pairs.iter().flat_map(|pair| pair.parts.clone()).collect();
        // an initial names no family
        let spelled: HashSet<usize> = pairs
            .iter()
            .filter(|pair| !name.words[pair.words.start].initial && spelling[pair.parts.start].len() > 1)
            .flat_map(|pair| pair.parts.clone())
            .collect();
        let covered = taken.len() as f64 / spelling.len().max(1) as f64;
        // the longest family name that is wholly named
        let family: Option<Vec<usize>> = families
            .iter()
            .filter_map(|family| {
                let at = (0..spelling.len()).find(|at| spelling[*at..].starts_with(family))?;
                let parts: Vec<usize> = (at..at + family.len()).collect();
                parts.iter().all(|part| spelled.contains(part)).then_some(parts)
            })
            .max_by_key(Vec::len)
            // a spelling of another script: its last word, or its first
            .or_else(|| {
                let known = families.iter().any(|family| spelling.windows(family.len()).any(|window| window == &family[..]));
                (!known).then(|| [spelling.len() - 1, 0].into_iter().find(|part| spelled.contains(part)).map(|part| vec![part])).flatten()
            });
        let all = Likely { fit: Fit::Full, closeness: closeness(&pairs), explained, covered };
        let whole = taken.len() == spelling.len() && explained > 0.99;
        if whole && spelling.len() > 1 {
            return Some(all);
        }
        if whole && content.len() == 1 {
            // a name of one word (Naruhito) is a full one; of others the one word is the family name
            return Some(if own.len() == 1 { all } else { Likely { fit: Fit::Family, ..all } });
        }
        let first_of_name = content.first().copied()?;
        if let Some(family) = family {
            let is_family = |at: &usize| matched(*at).is_some_and(|pair| pair.parts.clone().all(|part| family.contains(&part)));
            let others: Vec<usize> = content.iter().copied().filter(|at| !is_family(at)).collect();
            let initials = name.words.iter().enumerate().filter(|(at, word)| word.initial && matched(*at).is_some()).count();
            let Some(first) = others.first().copied() else {
                let fit = if initials > 0 { Fit::Full } else { Fit::Family };
                return Some(Likely { fit, ..all });
            };
            let given = (0..spelling.len()).find(|part| !family.contains(part) && spelling[*part].len() > 1);
            let named = matched(first).map(|pair| pair.parts.clone());
            let given_is_named = given.is_some_and(|given| taken.contains(&given));
            // Kim Yung-nam is not Kim Jong-un: what is alike is no more than alike, and both have a word of their own
            let own_words = others.iter().any(|at| matched(*at).is_none())
                && (0..spelling.len()).any(|part| spelling[part].len() > 1 && !taken.contains(&part) && !family.contains(&part));
            let surely = others.iter().any(|at| matched(*at).is_some_and(|pair| pair.likeness >= 0.9));
            // given names of two syllables stand behind the family name, and both count
            let behind = family.first() == Some(&0);
            if own_words && (!surely || behind) {
                return Some(Likely { fit: Fit::OtherGiven, ..all });
            }
            let fit = match (named, given_is_named) {
                // Hamad bin Khalifa is not Khalifa bin Hamad
                (Some(parts), true) if !given.is_some_and(|given| parts.contains(&given)) && first_of_name == first && others.len() > 1 => {
                    let given_first = given == Some(0);
                    if given_first && name.words.len() >= spelling.len() { Fit::OtherGiven } else { Fit::Full }
                }
                (Some(_), _) => Fit::Full,
                // Mohamed Hosni Mubarak; but Khalifa bin Zayed is not Zayed bin Sultan
                (None, true) if !own_words => Fit::Full,
                (None, _) => Fit::OtherGiven,
            };
            return Some(Likely { fit, ..all });
        }
        let pairs_of_content = content.iter().filter(|at| matched(**at).is_some()).count();
        if pairs_of_content >= 2 && explained >= 0.85 && matched(first_of_name).is_some() {
            return Some(all);
        }
        let alone = content.len() == 1 && pairs_of_content == 1 && all.closeness >= 0.86;
        alone.then_some(Likely { fit: Fit::Given, ..all })
    }

    /// Persons with a word of the name, the likeliest first.
    pub fn find(&self, name: &Name) -> Vec<(PersonId, Likely)> {
        self.fitting(name, self.with_a_word(name))
    }

    /// Persons with a word that is like one of the name, the likeliest first.
    pub fn find_alike(&self, name: &Name) -> Vec<(PersonId, Likely)> {
        self.fitting(name, self.with_a_word_alike(name))
    }

    /// Persons with a word of the name, by number.
    pub fn with_a_word(&self, name: &Name) -> Vec<PersonId> {
        let mut ids: Vec<PersonId> = Vec::new();
        if let Some(whole) = &name.whole {
            ids.extend(self.bearing_whole(whole));
            if !ids.is_empty() {
                return ids;
            }
        }
        // a name that half the world bears tells nobody apart where another word does
        let words = name.words.iter().filter(|word| !word.initial);
        let bearers = |word: &&Word| word.forms.iter().map(|form| self.bearers(form).count()).sum::<usize>();
        let rarer = words.clone().any(|word| (1..=COMMON_NAME).contains(&bearers(&word)));
        for word in words.filter(|word| !rarer || bearers(word) <= COMMON_NAME) {
            for form in &word.forms {
                ids.extend(self.bearers(form));
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Persons with a word that is like one of the name, by number.
    pub fn with_a_word_alike(&self, name: &Name) -> Vec<PersonId> {
        let mut words: Vec<&str> = Vec::new();
        let forms = name.words.iter().filter(|word| !word.initial).flat_map(|word| &word.forms);
        for form in forms.filter(|form| form.len() >= 4) {
            let alike = self.by_loose.get(&loose(form)).into_iter().flatten();
            let near = |other: &str| likeness(other, form).max(c_as_ts(other).map_or(0.0, |other| likeness(&other, form)));
            words.extend(alike.map(String::as_str).filter(|other| near(other) >= 0.8));
        }
        words.sort_unstable();
        words.dedup();
        let rarer = words.iter().any(|word| self.bearers(word).count() <= COMMON_NAME);
        let mut ids: Vec<PersonId> =
            words.iter().filter(|word| !rarer || self.bearers(word).count() <= COMMON_NAME).flat_map(|word| self.bearers(word)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Persons of a name in a script that is compared whole; of a longer text (with a title) those whose name is most of it.
    fn bearing_whole(&self, whole: &str) -> &[PersonId] {
        if let Some(ids) = self.whole.get(whole) {
            return ids;
        }
        let letters = whole.chars().count();
        let within = self.whole.iter().filter(|(form, _)| 4 * form.chars().count() >= letters && whole.contains(form.as_str()));
        within.max_by_key(|(form, _)| form.chars().count()).map_or(&[], |(_, ids)| ids)
    }

    fn fitting(&self, name: &Name, ids: Vec<PersonId>) -> Vec<(PersonId, Likely)> {
        let mut found: Vec<(PersonId, Likely)> = ids.into_iter().filter_map(|id| Some((id, self.fit(name, id)?))).collect();
        self.order(&mut found);
        found
    }

    /// Puts persons who may be meant in order, the likeliest first.
    pub fn order(&self, found: &mut [(PersonId, Likely)]) {
        found.sort_by(|(a, x), (b, y)| {
            let close = |likely: &Likely| (likely.score() * 100.0).round();
            (y.fit.cmp(&x.fit))
                .then(close(y).total_cmp(&close(x)))
                .then(self.prominence(*b).cmp(&self.prominence(*a)))
                .then(y.covered.total_cmp(&x.covered))
                .then(a.cmp(b))
        });
    }

    /// How often the world names a person, as far as the tables show: offices at the top, spellings.
    pub fn prominence(&self, id: PersonId) -> usize {
        let person = self.reference.person(id);
        let top = person.tenures.iter().filter(|tenure| tenure.role.single_seat()).count();
        3 * top.min(4) + person.spellings.len().min(8) + self.further.get(&id).map_or(0, |forms| forms.len().min(12))
    }
}

/// Words of a name and parts of a spelling that are the same.
struct Pair {
    words: std::ops::Range<usize>,
    parts: std::ops::Range<usize>,
    likeness: f64,
}

fn word_likeness(word: &Word, part: &str) -> f64 {
    if word.initial {
        return if part.starts_with(word.forms[0].as_str()) { 0.8 } else { 0.0 };
    }
    let other_reading = c_as_ts(part);
    let likeness = |form: &str, part: &str| {
        let other = other_reading.as_deref().filter(|_| form.contains("ts")).map_or(0.0, |other| likeness(form, other));
        likeness(form, part).max(other)
    };
    let written = likeness(&word.forms[0], part);
    let led_back = word.forms[1..].iter().map(|form| LED_BACK * likeness(form, part)).filter(|same| *same >= 0.8);
    led_back.fold(written, f64::max)
}

/// Pairs words with the parts that they are likest to, each once; two words may be one (Abdul Rahman, Abdulrahman).
fn pair(words: &[Word], spelling: &[Written]) -> Vec<Pair> {
    let mut possible = Vec::new();
    for (at, word) in words.iter().enumerate() {
        for (part_at, part) in spelling.iter().enumerate() {
            let same = if part.len() == 1 && !word.initial {
                if word.forms[0].starts_with(part.as_str()) { 0.8 } else { 0.0 }
            } else {
                word_likeness(word, part)
            };
            possible.push(Pair { words: at..at + 1, parts: part_at..part_at + 1, likeness: same });
            if let Some(next) = spelling.get(part_at + 1) {
                let joined = joined(part, next);
                possible.push(Pair { words: at..at + 1, parts: part_at..part_at + 2, likeness: word_likeness(word, &joined) });
            }
            if let Some(next) = words.get(at + 1) {
                let both = joined(&word.forms[0], &next.forms[0]);
                possible.push(Pair { words: at..at + 2, parts: part_at..part_at + 1, likeness: likeness(&both, part) });
            }
        }
    }
    possible.retain(|pair| pair.likeness >= ALIKE);
    possible.sort_by(|a, b| {
        b.likeness
            .total_cmp(&a.likeness)
            .then((a.words.start.abs_diff(a.parts.start)).cmp(&b.words.start.abs_diff(b.parts.start)))
            .then(a.words.start.cmp(&b.words.start))
            .then(a.parts.start.cmp(&b.parts.start))
    });
    let mut taken: Vec<Pair> = Vec::new();
    let meets = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| a.start < b.end && b.start < a.end;
    for pair in possible {
        if !taken.iter().any(|other| meets(&other.words, &pair.words) || meets(&other.parts, &pair.parts)) {
            taken.push(pair);
        }
    }
    taken
}

/// The skeleton of two words written as one.
fn joined(first: &str, second: &str) -> String {
    let second = if first.as_bytes().last() == second.as_bytes().first() { second.get(1..).unwrap_or("") } else { second };
    format!("{first}{second}")
}
