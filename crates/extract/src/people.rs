//! Names of people, known and unknown.
//!
//! In: a page. Out: mentions of persons, each with the persons of the reference that it can be.
//! Never: decides between two of them.

use crate::page::Page;
use chancery_language::{Class, Feature, Shape};
use chancery_reference::Written;
use chancery_reference::{PersonId, skeleton};
use std::collections::HashMap;
use std::ops::Range;

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
    /// Whether the ending makes it a possessor (Zemanova schůzka, Putins Besuch).
    pub possessive: bool,
    /// Whether only an ending leads it back to the name: it is surely no nominative.
    pub oblique: bool,
}

/// Skeletons of words, remembered.
struct Lemmas<'p, 'a> {
    page: &'p Page<'a>,
    known: HashMap<String, Vec<String>>,
}

impl Lemmas<'_, '_> {
    fn of(&mut self, word: usize) -> Vec<String> {
        let folded = self.page.folded(word).to_owned();
        if let Some(found) = self.known.get(&folded) {
            return found.clone();
        }
        let found = skeletons_of(self.page, &folded);
        self.known.insert(folded, found.clone());
        found
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

/// The longest name of a known person that begins at the first word of `run`.
fn known_at(page: &Page, lemmas: &mut Lemmas, run: &[usize], sentence_start: usize) -> Option<(usize, NameMention)> {
    let first = run[0];
    if let Some(entry) = page.entry(first, Class::Person).filter(|_| page.begins_hit(first)) {
        let end = page.hit_end(first);
        let candidates: Vec<PersonId> = page.reference.person_named(&entry.value).into_iter().collect();
        let length = run.iter().take_while(|word| **word < end).count();
        let full = end > first + 1;
        let family = skeletons_of(page, page.folded(end - 1));
        return Some((
            length,
            NameMention { words: first..end, candidates, full, name: entry.value.to_string(), family, possessive: false, oblique: false },
        ));
    }
    if page.is_particle(first) && (page.shape(first) == Shape::Lower || run.len() == 1) {
        return None;
    }
    let words: Vec<Vec<String>> = run.iter().take(7).map(|word| lemmas.of(*word)).collect();
    // (Filipe Nyusi e Paul: the conjunction is no initial)
    let capitals: Vec<bool> = run.iter().take(7).map(|word| page.shape(*word) != Shape::Lower).collect();
    let mut candidates: Vec<PersonId> = words[0].iter().flat_map(|base| page.reference.people_with_word(base)).copied().collect();
    candidates.sort();
    candidates.dedup();
    if page.written(first).chars().count() < 2 && !initial(page, first) {
        return None;
    }
    let particle = |part: &str| page.is_name_particle(part);
    // of each candidate: words matched, given name among them, nothing left out
    let mut best: Vec<((usize, bool, bool), PersonId)> = Vec::new();
    for id in candidates {
        let person = page.reference.person(id);
        let mut longest: Option<(usize, bool, bool)> = None;
        for spelling in &person.spellings {
            if let Some((length, exact)) = matched(spelling, &words, &capitals, &person.families, &particle) {
                longest = longest.max(Some((length, length > family_length(&person.families, &words[..length]), exact)));
            } else if turned(spelling, &words, &person.families, &|part| page.reference.is_given_name(part)) {
                longest = longest.max(Some((spelling.len(), true, false)));
            }
        }
        for family in person.families.iter().filter(|family| family.len() > 1 || !page.is_particle(first)) {
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
            && (page.shape(run[length]) == Shape::Capital && page.hits.at(run[length]).is_none()
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
    let family = skeletons_of(page, page.folded(words_range.end - 1));
    let name = page.reference.person(candidates[0]).name.to_string();
    Some((length, NameMention { words: words_range, candidates, full, name, family, possessive: false, oblique: false }))
}

fn family_length(families: &[Vec<Written>], words: &[Vec<String>]) -> usize {
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
    words: &[Vec<String>],
    capitals: &[bool],
    families: &[Vec<Written>],
    is_particle: &dyn Fn(&str) -> bool,
) -> Option<(usize, bool)> {
    let (mut at, mut length, mut used, mut skipped) = (0, 0, Vec::new(), Vec::new());
    let mut left_out: Vec<&Written> = Vec::new();
    let mut spelled_out = false;
    for (index, lemma) in words.iter().enumerate() {
        let Some(skip) =
            spelling[at..].iter().position(|part| lemma.iter().any(|word| word == part) || capitals[index] && is_initial_of(lemma, part))
        else {
            // a middle name or initial that the table leaves out (Antony J. Blinken)
            skipped.push(lemma);
            let begins_with_given = used.first() == spelling.first() && !families.iter().any(|family| family.first() == used.first());
            if index == 0 || skipped.len() > 2 || !begins_with_given {
                break;
            }
            continue;
        };
        spelled_out |= lemma.first().is_some_and(|word| word.len() >= 2);
        left_out.extend(spelling[at..at + skip].iter().filter(|_| !used.is_empty()));
        used.push(spelling[at + skip].clone());
        at += skip + 1;
        length = index + 1;
        if at >= spelling.len() {
            break;
        }
    }
    if !spelled_out {
        return None;
    }
    let has_family = families.iter().any(|family| family.iter().all(|part| used.contains(part)));
    let whole = used.len() == spelling.len();
    // Mohamed Irfaan Ali is no Mohamed Azmin Ali, nor Nur Hassan Wirajuda a Nur Mohamed Hassan: each has a name that the
    // other lacks (Behari and Bihari are one)
    let more = skipped.into_iter().chain(words.get(length));
    let alike = |own: &Vec<String>, other: &str| own.iter().any(|form| form.chars().next() == other.chars().next());
    let mut more = more.peekable();
    if used.len() < 3 && !left_out.is_empty() && more.peek().is_some() && !more.any(|own| left_out.iter().any(|other| alike(own, other))) {
        return None;
    }
    // Ali al-Mousawi is no Ali al-Sadiq Ali: one name and a particle
    if !whole && used.iter().filter(|part| !is_particle(part)).count() < 2 {
        return None;
    }
    (length >= 2 && has_family || whole).then_some((length, whole && length == used.len()))
}

/// Orbán Viktor, Suk Yeol Yoon: all words of a spelling with the family name at the other end. A family name of one word must be no
/// given name: Ali Hassan is not Hassan Ali.
fn turned(spelling: &[Written], words: &[Vec<String>], families: &[Vec<Written>], is_given: &dyn Fn(&str) -> bool) -> bool {
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

/// The name of a person that no table knows: a given name and what follows, or capitalised words beside a title or office.
fn unknown_at(page: &Page, lemmas: &mut Lemmas, run: &[usize], before: Option<usize>) -> Option<(usize, NameMention)> {
    let first = run[0];
    if page.is_particle(first) && page.shape(first) == Shape::Lower
        || page.shape(first) == Shape::Upper && page.pack.settings.nouns_are_capitalised
    {
        return None;
    }
    let soft = |word: usize| page.hits.at(word).is_some();
    let bases = lemmas.of(first);
    let given = bases.iter().find(|base| page.reference.is_given_name(base)).cloned();
    let mut length = run.len().min(5);
    // words that are names of places end an unknown name
    if let Some(stop) =
        run.iter().take(length).skip(1).position(|word| {
            soft(*word) && !page.is(*word, Class::Agency) && !(page.is_particle(*word) && page.shape(*word) == Shape::Lower)
        })
    {
        // a given name may be followed by a place name only at the very end
        length = if given.is_some() && stop + 2 == run.len().min(5) && stop == 0 && page.is(run[1], Class::Place) { 2 } else { stop + 1 };
    }
    let initial_first = initial(page, first);
    if given.is_some() && !soft(first) || initial_first {
        if length < 2 {
            return None;
        }
    } else {
        // beside a title or an office
        let previous = before.or(first.checked_sub(1))?;
        let beside = before.is_none()
            && [Class::Title, Class::Office, Class::Leader, Class::Counterpart].iter().any(|class| page.is(previous, *class))
            && page.mark(previous).is_none_or(|mark| mark == '.');
        let dotted = previous > 0 && page.mark(previous) == Some('.') && page.is(previous - 1, Class::Title);
        // the ambassador of India, Puneet Kundal,
        let of_state = before.is_none()
            && length >= 2
            && page.is(previous, Class::State)
            && !page.pack.settings.nouns_are_capitalised
            && office_before(page, previous);
        // said Paz Zárate; Paz Zárate said
        let says = |word: usize| page.is(word, Class::Say) && page.begins_hit(word);
        let speaks = before.is_none()
            && length >= 2
            && length == run.len()
            && (previous_says(page, previous) || says(run[length - 1] + 1) && !page.pack.settings.nouns_are_capitalised);
        // "...", Nabil Abu Rudeina, an adviser to the president, said
        let opens = before.is_none()
            && length >= 2
            && length == run.len()
            && !page.pack.settings.nouns_are_capitalised
            && page.is_comma(run[length - 1] + 1)
            && (page.quote_of[previous].is_some()
                || previous > 0
                    && (page.quote_of[previous - 1].is_some()
                        || page.is_comma(previous) && previous > 1 && page.quote_of[previous - 2].is_some()));
        // on International Affairs Leonid Slutsky said: the name begins at the given name
        let later = !page.pack.settings.nouns_are_capitalised
            && run[1..length.max(1)].iter().rev().skip(1).any(|word| !soft(*word) && page.reference.is_given_name(&lemmas.of(*word)[0]));
        if later && (speaks || opens) {
            return None;
        }
        let apposed = of_state
            || opens
            || before.is_none() && length >= 2 && length == run.len() && is_listed(page, previous, run[length - 1] + 1)
            || speaks
            || before.is_none()
                && length >= 2
                && page.is_comma(previous)
                && office_before(page, previous)
                && run.len() == length
                && (page.is_comma(run[length - 1] + 1) || page.mark(run[length - 1] + 1).is_some());
        if !(beside || dotted || apposed) || soft(first) {
            return None;
        }
        let titled = page.is(previous, Class::Title) || dotted;
        // Minister Moerdiono: one word, but it comes again
        let again = || {
            !page.pack.settings.nouns_are_capitalised
                && (0..page.cut.words.len())
                    .any(|word| word != first && page.folded(word) == page.folded(first) && page.shape(word) == Shape::Capital)
        };
        if length == 1 && !titled && !again() {
            return None;
        }
        if length == 2 && page.pack.settings.nouns_are_capitalised && !titled && lemmas.of(run[1]).len() > 4 {
            return None;
        }
    }
    let words = first..run[length - 1] + 1;
    let span = page.span(&words)?;
    let written = span.of(page.text);
    let name = match &given {
        Some(base) if bases.first() != Some(base) => nominative(page, written),
        _ => written.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut family = skeletons_of(page, page.folded(words.end - 1));
    // Sergio Díaz Granados: Díaz for short
    if length == 3 && page.shape(run[1]) == Shape::Capital && !page.is_particle(run[1]) && !initial(page, run[1]) {
        family.extend(skeletons_of(page, page.folded(run[1])));
    }
    let oblique = given.is_some_and(|base| bases.first() != Some(&base));
    Some((length, NameMention { words, candidates: Vec::new(), full: length > 1, name, family, possessive: false, oblique }))
}

/// ; A B, ambassador of C; and A B (C) in a list of officials: `before` and `after` are the words around a name.
fn is_listed(page: &Page, before: usize, after: usize) -> bool {
    let joined = before > 0 && page.is(before, Class::And) || page.is_comma(before) || matches!(page.mark(before), Some(';' | ':'));
    let start = page.cut.sentences[page.sentence_of(before)].words.start;
    let officials = || (start..before).any(|word| page.is(word, Class::Office));
    let home = page.mark(after) == Some('(') && page.is(after + 1, Class::State) && page.mark(page.hit_end(after + 1)) == Some(')');
    let described = page.is_comma(after) && page.is(after + 1, Class::Office) && page.marks(page.hit_end(after + 1), "of");
    // the ministers X and Y
    let plural = |word: usize| page.has_feature(word, Class::Office, Feature::Plural);
    let second = page.is(before, Class::And)
        && page.shape(before - 1) == Shape::Capital
        && page.hits.at(before - 1).is_none()
        && (before.saturating_sub(6).max(start)..before).any(plural);
    // the ministers of Transport, X; of Trade, Y
    let opens = (start..before).rev().find(|word| page.mark(*word).is_some_and(|mark| mark != '-')).map_or(start, |mark| mark + 1);
    let of = (opens..before).find(|word| !page.is(*word, Class::And)).unwrap_or(before);
    let portfolio = page.is_comma(before)
        && page.marks(of, "of")
        && page.shape(of + 1) == Shape::Capital
        && page.hits.at(of + 1).is_none()
        && (start..of).any(plural);
    joined && !page.pack.settings.nouns_are_capitalised && (portfolio || home && officials() || described || second)
}

/// Whether a saying verb ends at a word.
fn previous_says(page: &Page, word: usize) -> bool {
    page.is(word, Class::Say) && page.hit_end(word) == word + 1
}

/// Whether an office stands in the words before a comma, with no other mark between.
fn office_before(page: &Page, comma: usize) -> bool {
    (comma.saturating_sub(8)..comma)
        .rev()
        .take_while(|word| page.mark(*word).is_none_or(|mark| mark == '-'))
        .any(|word| page.is(word, Class::Office))
}

/// An inflected name led back: each word loses the ending that the given name shows to be one.
fn nominative(page: &Page, written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let count = words.len();
    let lead_back = |word: &str, given: bool| -> String {
        let folded = chancery_language::fold::fold_str(word, page.pack.settings.ignore_marks);
        for rule in &page.pack.name_endings {
            let Some(stem) = folded.strip_suffix(rule.ending.as_str()) else { continue };
            let letters = stem.chars().count();
            if letters < 2 || given && !page.reference.is_given_name(&skeleton(&format!("{stem}{}", rule.replacement))) {
                continue;
            }
            return word.chars().take(letters).collect::<String>() + &rule.replacement;
        }
        word.to_owned()
    };
    words.iter().enumerate().map(|(index, word)| lead_back(word, index + 1 < count)).collect::<Vec<_>>().join(" ")
}
