//! Names of people whom the reference knows.
//!
//! In: a run of words that can be a name. Out: the longest stretch that is one, with its persons. Never: a name of nobody.

use super::unknown::nominative;
use super::{Lemmas, NameMention, initial};
use crate::page::Page;
use chancery_language::{Class, Shape};
use chancery_reference::{Person, PersonId, Written};
use std::rc::Rc;

/// The longest name of a known person that begins at the first word of `run`.
pub(super) fn known_at(page: &Page, lemmas: &mut Lemmas, run: &[usize], sentence_start: usize) -> Option<(usize, NameMention)> {
    let first = run[0];
    if let Some(entry) = page.entry(first, Class::Person).filter(|_| page.begins_hit(first)) {
        let end = page.hit_end(first);
        let candidates: Vec<PersonId> = page.reference.person_named(&entry.value).into_iter().collect();
        let length = run.iter().take_while(|word| **word < end).count();
        let full = end > first + 1;
        let family = lemmas.of(end - 1).to_vec();
        return Some((
            length,
            NameMention {
                words: first..end,
                candidates,
                full,
                name: entry.value.to_string(),
                family,
                resembling: false,
                possessive: false,
                oblique: false,
            },
        ));
    }
    let particle = page.is_particle(first);
    if particle && (page.shape(first) == Shape::Lower || run.len() == 1) {
        return None;
    }
    let mut candidates: Vec<PersonId> = lemmas.of(first).iter().flat_map(|base| page.reference.people_with_word(base)).copied().collect();
    if candidates.is_empty() {
        return None;
    }
    candidates.sort();
    candidates.dedup();
    let words: Vec<Rc<[String]>> = run.iter().take(7).map(|word| lemmas.of(*word)).collect();
    // (Filipe Nyusi e Paul: the conjunction is no initial)
    let capitals: Vec<bool> = run.iter().take(7).map(|word| page.shape(*word) != Shape::Lower).collect();
    if page.written(first).chars().count() < 2 && !initial(page, first) {
        return None;
    }
    let is_particle = |part: &str| page.is_name_particle(part);
    // of each candidate: words matched, given name among them, nothing left out
    let mut best: Vec<((usize, bool, bool), PersonId)> = Vec::new();
    for id in candidates {
        let person = page.reference.person(id);
        let mut longest: Option<(usize, bool, bool)> = None;
        for spelling in &person.spellings {
            if let Some((length, exact)) = matched(spelling, &words, &capitals, &person.families, &is_particle) {
                longest = longest.max(Some((length, length > family_length(&person.families, &words[..length]), exact)));
            } else if turned(spelling, &words, &person.families, &|part| page.reference.is_given_name(part)) {
                longest = longest.max(Some((spelling.len(), true, false)));
            }
        }
        for family in person.families.iter().filter(|family| family.len() > 1 || !particle) {
            if family.len() <= words.len() && family.iter().zip(&words).all(|(part, lemma)| lemma.iter().any(|word| word == part)) {
                longest = longest.max(Some((family.len(), false, false)));
            }
        }
        best.extend(longest.map(|longest| (longest, id)));
    }
    // the longest name, and of these one that is written out in full
    let top = best.iter().map(|(found, _)| *found).max()?;
    best.retain(|(found, _)| *found == top);
    let (length, full, _) = top;
    let words_range = run[0]..run[length - 1] + 1;
    if !full {
        // a family name alone: another given name before it makes it another person
        let given = page.reference.is_given_name(&words[0][0]);
        // Jens-Frederik Nielsen
        if length < run.len() && given && run[length - 1] + 1 != run[length] {
            return None;
        }
        if length < run.len()
            && run[length - 1] + 1 == run[length]
            && (page.shape(run[length]) == Shape::Capital
                && (page.hits.at(run[length]).is_none() || initial(page, run[length]) && page.is(run[length], Class::Abbreviation))
                || page.is_particle(run[length]) && !page.is(run[length], Class::And))
            && (given || !page.pack.settings.nouns_are_capitalised)
        {
            return None;
        }
        if run[0] == sentence_start && length < run.len() && run[length - 1] + 1 == run[length] && page.shape(run[length]) == Shape::Capital
        {
            return None;
        }
    }
    let candidates: Vec<PersonId> = best.into_iter().map(|(_, id)| id).collect();
    let family = lemmas.of(words_range.end - 1).to_vec();
    let resembling = full && candidates.iter().all(|id| is_shortened(page.reference.person(*id), &words[..length], &is_particle));
    let name = match page.span(&words_range).filter(|_| resembling) {
        Some(span) => nominative(page, span.of(page.text), false),
        None => page.reference.person(candidates[0]).name.to_string(),
    };
    Some((length, NameMention { words: words_range, candidates, full, name, family, resembling, possessive: false, oblique: false }))
}

/// Mark Brown for Mark Malloch Brown: two words of every spelling, and a name between them that is left out. It may as well be somebody
/// else.
fn is_shortened(person: &Person, words: &[Rc<[String]>], is_particle: &dyn Fn(&str) -> bool) -> bool {
    let [given, family] = words else { return false };
    let ends = |spelling: &[Written]| match spelling {
        [first, .., last] => given.iter().any(|word| word == first) && family.iter().any(|word| word == last),
        _ => false,
    };
    let left_out = |spelling: &[Written]| spelling[1..spelling.len() - 1].iter().any(|part| part.len() > 1 && !is_particle(part));
    let mut spellings = person.spellings.iter().filter(|spelling| ends(spelling)).peekable();
    spellings.peek().is_some() && spellings.all(|spelling| left_out(spelling))
}

fn family_length(families: &[Vec<Written>], words: &[Rc<[String]>]) -> usize {
    families
        .iter()
        .filter(|family| family.len() <= words.len() && family.iter().zip(words).all(|(part, lemma)| lemma.iter().any(|word| word == part)))
        .map(Vec::len)
        .max()
        .unwrap_or(0)
}

/// How many words from the first are words of the spelling in its order, and whether these are all of it and nothing
/// else; the family name must be among them.
fn matched(
    spelling: &[Written],
    words: &[Rc<[String]>],
    capitals: &[bool],
    families: &[Vec<Written>],
    is_particle: &dyn Fn(&str) -> bool,
) -> Option<(usize, bool)> {
    // words of the spelling that are used, those left out between them, and words of the text passed over
    let (mut used, mut left_out, mut skipped) = (Places::default(), Places::default(), Places::default());
    // of those used, what an initial does not only stand for (Michael S. Klecheski is no Michael Scuse)
    let mut in_full = Places::default();
    let (mut at, mut length, mut spelled_out) = (0, 0, false);
    for (index, lemma) in words.iter().enumerate() {
        let fits = |part: &Written| lemma.iter().any(|word| word == part) || capitals[index] && is_initial_of(lemma, part);
        let Some(skip) = spelling[at..].iter().position(fits) else {
            // a middle name or initial that the table leaves out (Antony J. Blinken)
            skipped.add(index);
            let first = used.of(spelling).next();
            let begins_with_given = first == spelling.first() && !families.iter().any(|family| family.first() == first);
            if index == 0 || skipped.count() > 2 || !begins_with_given {
                break;
            }
            continue;
        };
        spelled_out |= lemma.first().is_some_and(|word| word.len() >= 2);
        if used.count() > 0 {
            (at..at + skip).for_each(|passed| left_out.add(passed));
        }
        used.add(at + skip);
        if lemma.iter().any(|word| *word == spelling[at + skip]) {
            in_full.add(at + skip);
        }
        at += skip + 1;
        length = index + 1;
        if at >= spelling.len() {
            break;
        }
    }
    if !spelled_out {
        return None;
    }
    let has_family = families.iter().any(|family| family.iter().all(|part| in_full.of(spelling).any(|used| used == part)));
    let initial_only = families.iter().any(|family| family.iter().all(|part| used.of(spelling).any(|used| used == part)));
    if initial_only && !has_family {
        return None;
    }
    let whole = used.count() == spelling.len();
    if !(length >= 2 && has_family || whole) {
        return None;
    }
    // Mohamed Irfaan Ali is no Mohamed Azmin Ali, nor Nur Hassan Wirajuda a Nur Mohamed Hassan: each has a name that the
    // other lacks (Behari and Bihari are one)
    let alike = |own: &Rc<[String]>| {
        let begins = |form: &String, other: &Written| form.chars().next() == other.chars().next();
        left_out.of(spelling).any(|other| own.iter().any(|form| begins(form, other)))
    };
    let mut more = skipped.of(words).chain(words.get(length)).peekable();
    if used.count() < 3 && left_out.count() > 0 && more.peek().is_some() && !more.any(alike) {
        return None;
    }
    // Ali al-Mousawi is no Ali al-Sadiq Ali: one name and a particle
    if !whole && used.of(spelling).filter(|part| !is_particle(part)).count() < 2 {
        return None;
    }
    Some((length, whole && length == used.count()))
}

/// Some of the first words of a name.
#[derive(Clone, Copy, Default)]
struct Places(u64);

impl Places {
    fn add(&mut self, place: usize) {
        self.0 |= 1_u64.checked_shl(place as u32).unwrap_or_default();
    }

    fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    fn of<T>(self, words: &[T]) -> impl Iterator<Item = &T> {
        words.iter().take(u64::BITS as usize).enumerate().filter(move |(place, _)| self.0 & (1 << place) != 0).map(|(_, word)| word)
    }
}

/// Orbán Viktor, Suk Yeol Yoon: all words of a spelling with the family name at the other end. A family name of one word must be no
/// given name: Ali Hassan is not Hassan Ali.
fn turned(spelling: &[Written], words: &[Rc<[String]>], families: &[Vec<Written>], is_given: &dyn Fn(&str) -> bool) -> bool {
    let count = spelling.len();
    if count < 2 || words.len() < count {
        return false;
    }
    families.iter().any(|family| {
        let first = if spelling.ends_with(family) {
            count - family.len()
        } else if spelling.starts_with(family) {
            family.len()
        } else {
            return false;
        };
        let named = (0..count).all(|at| words[at].iter().any(|word| *word == spelling[(at + first) % count]));
        named && (count > 2 || !family.iter().any(|part| is_given(part)))
    })
}

fn is_initial_of(lemma: &[String], part: &str) -> bool {
    lemma.first().is_some_and(|word| word.len() == 1 && part.starts_with(word.as_str()))
}
