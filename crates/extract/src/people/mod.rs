//! Names of people, known and unknown.
//!
//! In: a page. Out: mentions of persons, each with the persons of the reference that it can be.
//! Never: decides between two of them.

mod known;
mod unknown;

use crate::page::Page;
use chancery_language::{Class, Feature, Shape};
use chancery_reference::{PersonId, skeleton};
use known::known_at;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use unknown::unknown_at;

/// A stretch of words that names a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NameMention {
    pub words: Range<usize>,
    /// Persons of the reference that bear the name.
    pub candidates: Vec<PersonId>,
    /// Whether a given name stands with the family name.
    pub full: bool,
    /// Led back to the nominative as far as the pack's endings allow.
    pub name: String,
    /// Skeletons that the last word can have.
    pub family: Vec<String>,
    /// Whether the persons of the reference bear a further name that is left out, so that it may be somebody else.
    pub resembling: bool,
    /// Whether the ending makes it a possessor (Zemanova schůzka, Putins Besuch).
    pub possessive: bool,
    /// Whether only an ending leads it back to the name: it is surely no nominative.
    pub oblique: bool,
}

/// Skeletons of words, remembered.
struct Lemmas<'p, 'a> {
    page: &'p Page<'a>,
    known: HashMap<&'p str, Rc<[String]>>,
}

impl Lemmas<'_, '_> {
    fn of(&mut self, word: usize) -> Rc<[String]> {
        let folded = self.page.folded(word);
        self.known.entry(folded).or_insert_with(|| skeletons_of(self.page, folded).into()).clone()
    }
}

/// The skeleton of a folded word and of its forms without the pack's endings, the word itself first.
pub(crate) fn skeletons_of(page: &Page, folded: &str) -> Vec<String> {
    let mut found = vec![skeleton(folded)];
    for rule in &page.pack.name_endings {
        if let Some(stem) = folded.strip_suffix(rule.ending.as_str())
            && stem.chars().count() >= 2
        {
            let base = skeleton(&format!("{stem}{}", rule.replacement));
            if !base.is_empty() && !found.contains(&base) {
                found.push(base);
            }
        }
    }
    found.retain(|base| !base.is_empty());
    found
}

/// Finds the names of people on a page.
pub(crate) fn find(page: &Page) -> Vec<NameMention> {
    let mut lemmas = Lemmas { page, known: HashMap::new() };
    let mut found = Vec::new();
    let mut soft = Vec::new();
    for sentence in &page.cut.sentences {
        let mut word = sentence.words.start;
        while word < sentence.words.end {
            let run = name_run(page, word, sentence.words.end);
            if run.is_empty() {
                word += 1;
                continue;
            }
            mentions_in(page, &mut lemmas, &run, sentence.words.start, &mut found, &mut soft);
            word = run.last().map_or(word + 1, |last| last + 1);
        }
    }
    // a word that is a place or a state as well (Montenegro, Washington) is a name after that name in full
    let named: Vec<PersonId> =
        found.iter().filter(|mention: &&NameMention| mention.full).flat_map(|mention| mention.candidates.clone()).collect();
    found.extend(soft.into_iter().filter(|mention: &NameMention| mention.candidates.iter().any(|id| named.contains(id))));
    found.sort_by_key(|mention| mention.words.start);
    let by_given_name = given_names_alone(page, &mut lemmas, &found);
    found.extend(by_given_name);
    call_by_given_name(page, &mut found);
    found.sort_by_key(|mention| mention.words.start);
    for mention in &mut found {
        mention.possessive = is_possessive(page, mention);
        let last = mention.words.end - 1;
        let whole = skeleton(page.folded(last));
        let nominative = |id: &PersonId| {
            let person = page.reference.person(*id);
            person
                .families
                .iter()
                .chain(&person.spellings)
                .any(|words| [words.first(), words.last()].into_iter().flatten().any(|word| *word == whole))
        };
        let marked = page.entry(last, Class::Person).map(|entry| entry.is(Feature::Oblique));
        let folded = page.folded(last);
        let feminine = page.pack.name_endings.iter().any(|rule| rule.nominative && folded.ends_with(rule.ending.as_str()));
        mention.oblique = marked.unwrap_or_else(|| {
            mention.oblique || !feminine && !mention.candidates.is_empty() && !mention.candidates.iter().any(nominative)
        });
    }
    found
}

/// Megawati, Abiy: the first word alone of a name that stands in full before, where only one name begins so.
fn given_names_alone(page: &Page, lemmas: &mut Lemmas, found: &[NameMention]) -> Vec<NameMention> {
    let mut firsts: HashMap<String, Vec<&NameMention>> = HashMap::new();
    for mention in found.iter().filter(|mention| mention.full || mention.candidates.is_empty()) {
        firsts.entry(skeleton(page.folded(mention.words.start))).or_default().push(mention);
        // said Seale: the family name of somebody whom no table knows
        if mention.candidates.is_empty() && mention.full {
            for family in &mention.family {
                firsts.entry(family.clone()).or_default().push(mention);
            }
        }
    }
    let mut taken = vec![false; page.cut.words.len()];
    for mention in found {
        taken[mention.words.clone()].fill(true);
    }
    let mut alone = Vec::new();
    for (word, taken) in taken.iter().enumerate() {
        let next_is_name = page.shape(word + 1) == Shape::Capital && page.hits.at(word + 1).is_none();
        if *taken || page.shape(word) != Shape::Capital || page.hits.at(word).is_some() || next_is_name {
            continue;
        }
        if page.written(word).chars().count() < 4 {
            continue;
        }
        let bearer = lemmas.of(word).iter().find_map(|base| {
            let bearers = firsts.get(base)?;
            bearers.iter().all(|one| one.family == bearers[0].family && one.words.start < word).then(|| bearers[0].clone())
        });
        alone.extend(bearer.map(|bearer| NameMention { words: word..word + 1, full: false, ..bearer }));
    }
    alone
}

/// Prince Faisal, who was named in full before: behind a title a word is rather the given name of somebody named in the
/// text than the family name of somebody who is not.
fn call_by_given_name(page: &Page, found: &mut [NameMention]) {
    for index in 0..found.len() {
        let one = &found[index];
        let titled = one.words.start.checked_sub(1).is_some_and(|before| page.is(before, Class::Title));
        if one.full || one.words.len() > 1 || !titled {
            continue;
        }
        let first = skeleton(page.folded(one.words.start));
        let earlier = || found.iter().filter(|other| other.full && other.words.start < one.words.start);
        if earlier().any(|other| other.family.contains(&first) || other.candidates.iter().any(|id| one.candidates.contains(id))) {
            continue;
        }
        let bearer = earlier().find(|other| skeleton(page.folded(other.words.start)) == first).cloned();
        if let Some(bearer) = bearer {
            found[index] = NameMention { words: found[index].words.clone(), full: false, ..bearer };
        }
    }
}

/// Whether the last word ends in a possessive ending of the pack and its stem is the name.
fn is_possessive(page: &Page, mention: &NameMention) -> bool {
    let last = mention.words.end - 1;
    if page.has_feature(last, Class::Person, Feature::Possessive) {
        return true;
    }
    let folded = page.folded(last);
    let ends = page.pack.name_endings.iter().any(|rule| {
        rule.possessive
            && folded.strip_suffix(rule.ending.as_str()).is_some_and(|stem| {
                let base = skeleton(&format!("{stem}{}", rule.replacement));
                mention
                    .candidates
                    .iter()
                    .any(|id| page.reference.person(*id).families.iter().any(|family| family.last().is_some_and(|last| *last == base)))
                    || mention.candidates.is_empty() && stem.chars().count() >= 3
            })
    });
    // the bare form is a name of its own (Johannes, Andrejs)
    let whole = skeleton(folded);
    ends && !mention
        .candidates
        .iter()
        .any(|id| page.reference.person(*id).families.iter().any(|family| family.last().is_some_and(|last| *last == whole)))
}

/// Whether a word can be part of a name.
fn is_name_word(page: &Page, word: usize) -> bool {
    // al-Sisi, von der Leyen: a name of a pack that begins in lower case
    if page.begins_hit(word) && page.is(word, Class::Person) {
        return true;
    }
    if page.quantity_of[word].is_some() && !page.is(word, Class::Person) {
        // a month can be a name (May, Merz): only where the quantity is that word alone
        let alone = page.quantity_of[word].is_some_and(|quantity| page.quantities[quantity].words.len() == 1);
        if !alone || page.shape(word) == Shape::Number {
            return false;
        }
    }
    // a particle with a capital within a name (Tamim bin Hamad Al Thani)
    if page.shape(word) == Shape::Capital
        && page.is_particle(word)
        && page.shape(word + 1) == Shape::Capital
        && page.hits.at(word + 1).is_none()
    {
        return true;
    }
    match page.shape(word) {
        Shape::Capital => {}
        // JD Vance
        Shape::Upper
            if page.written(word).chars().count() == 2
                && page.hits.at(word).is_none()
                && page.shape(word + 1) == Shape::Capital
                && page.hits.at(word + 1).is_none() =>
        {
            return true;
        }
        Shape::Upper if page.written(word).chars().count() >= 3 && !stands_for_a_body(page, word) => {}
        Shape::Upper | Shape::Lower | Shape::Number | Shape::Mark => return false,
    }
    let mut any = false;
    for entry in page.entries(word) {
        any = true;
        match entry.class {
            Class::Person => return true,
            // Roman Vassilenko, Mark Carney: a given name that is an adjective or a currency too
            Class::State | Class::Currency
                if (entry.class == Class::Currency || entry.is(Feature::Adjective))
                    && page.shape(word) == Shape::Capital
                    && page.shape(word + 1) == Shape::Capital
                    && page.hits.at(word + 1).is_none()
                    && page.reference.is_given_name(&skeleton(page.folded(word))) =>
            {
                return true;
            }
            // names of places and states are given names and family names too (Jordan, Washington)
            Class::Place | Class::State | Class::Agency if page.shape(word) == Shape::Capital && !entry.is(Feature::Adjective) => {
                return page.hit_end(word) == word + 1;
            }
            Class::Month | Class::Weekday | Class::And | Class::Number | Class::Article if page.shape(word) == Shape::Capital => {
                return entry.class != Class::Article;
            }
            _ => {}
        }
    }
    !any
}

/// Words before a word in which an acronym is looked for.
const ACRONYM_REACH: usize = 600;

/// Whether a word in capitals stood alone in brackets, here or before: an acronym (PAS) is nobody's name.
fn stands_for_a_body(page: &Page, word: usize) -> bool {
    let bracketed = |at: usize| at > 0 && page.mark(at - 1) == Some('(') && page.mark(at + 1) == Some(')');
    let written = page.written(word);
    written.chars().count() <= 6
        && (bracketed(word) || (word.saturating_sub(ACRONYM_REACH)..word).any(|at| page.written(at) == written && bracketed(at)))
}

/// Words of a name from `start`: capitalised words, joined by hyphens, apostrophes, initials and particles.
fn name_run(page: &Page, start: usize, end: usize) -> Vec<usize> {
    let mut run = Vec::new();
    let mut word = start;
    // the VII summit: no name begins with its numeral, unless all of it is in capitals
    if roman(page.written(start)) && page.written(start).len() > 1 && !matches!(page.shape(start + 1), Shape::Upper) {
        return run;
    }
    while word < end {
        if is_name_word(page, word) || initial(page, word) || !run.is_empty() && roman(page.written(word)) {
            run.push(word);
            word += 1;
            continue;
        }
        if run.is_empty() {
            break;
        }
        let next = word + 1;
        let joins = match page.mark(word) {
            Some('-' | '‑' | '\'' | '’' | 'ʻ' | '‘' | '`') => {
                !page.spaced(word) && next < end && !page.spaced(next) && page.shape(next) != Shape::Mark
            }
            Some('.') => run.last().is_some_and(|last| last + 1 == word && initial(page, *last)),
            None => {
                // Scholz do Indie: a preposition before a place
                let leads = page.is(word, Class::Marker) && (page.is(next, Class::State) || page.is(next, Class::Place));
                page.is_particle(word)
                    && page.shape(word) == Shape::Lower
                    && !leads
                    && next < end
                    && (is_name_word(page, next) || page.is_particle(next) || hyphen(page, next))
            }
            _ => false,
        };
        if joins {
            // marks are no words of the name, particles are
            if page.mark(word).is_none() {
                run.push(word);
            } else if matches!(page.mark(word), Some('\'' | '’'))
                && page.shape(next) == Shape::Lower
                && page.written(next).chars().count() <= 2
                && !page.folded(next).starts_with('a')
            {
                // a possessive ending ends the name
                break;
            } else if page.shape(next) == Shape::Lower {
                run.push(next);
                word = next;
            }
            word += 1;
        } else {
            break;
        }
    }
    while run
        .last()
        .is_some_and(|last| page.shape(*last) == Shape::Lower && page.is_particle(*last) && page.mark(last.saturating_sub(1)).is_none())
    {
        run.pop();
    }
    run
}

fn hyphen(page: &Page, word: usize) -> bool {
    matches!(page.mark(word), Some('-'))
}

/// A numeral of a ruler's name (Mohammed VI).
fn roman(written: &str) -> bool {
    written.len() <= 5 && written.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// A single capital letter with a full stop.
fn initial(page: &Page, word: usize) -> bool {
    // (H. E. is a title)
    matches!(page.shape(word), Shape::Capital)
        && page.written(word).chars().count() == 1
        && page.mark(word + 1) == Some('.')
        && !page.is(word, Class::Title)
}

fn mentions_in(
    page: &Page,
    lemmas: &mut Lemmas,
    run: &[usize],
    sentence_start: usize,
    found: &mut Vec<NameMention>,
    soft: &mut Vec<NameMention>,
) {
    let mut position = 0;
    while position < run.len() {
        if let Some((length, mention)) = known_at(page, lemmas, &run[position..], sentence_start) {
            // the end of a longer name that no table knows (Pham Minh Chin) is nobody's family name
            let given = |word: usize| page.reference.is_given_name(&skeleton(page.folded(word)));
            let loose = !page.pack.settings.nouns_are_capitalised;
            let tail = !mention.full
                && position > 0
                && run[position - 1] + 1 == run[position]
                && (loose && run[position - 1] != sentence_start || given(run[position - 1]))
                && page.shape(run[position - 1]) == Shape::Capital
                && page.hits.at(run[position - 1]).is_none();
            if tail {
                position += length;
                continue;
            }
            let also_place = !mention.full
                && mention.words.len() == 1
                && page.hits.at(mention.words.start).is_some()
                && !page.is(mention.words.start, Class::Person);
            if also_place {
                soft.push(mention)
            } else {
                found.push(mention)
            }
            position += length;
        } else if let Some((length, mention)) = unknown_at(page, lemmas, &run[position..], before_name(page, run, position)) {
            found.push(mention);
            position += length;
        } else {
            position += 1;
        }
    }
}

/// The word of the run before a name; the ambassador of Ethiopia Hirut Zemene: a state's name is no part of the name.
fn before_name(page: &Page, run: &[usize], position: usize) -> Option<usize> {
    run.get(position.wrapping_sub(1)).copied().filter(|word| !page.is(*word, Class::State))
}
