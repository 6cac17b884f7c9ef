//! Names of people whom no table knows.
//!
//! In: a run of words that can be a name. Out: the name, led back to the nominative. Never: a name that the reference knows.

use super::{Lemmas, NameMention, initial, skeletons_of};
use crate::page::Page;
use chancery_language::{Class, Feature, Shape};
use chancery_reference::skeleton;

/// The name of a person that no table knows: a given name and what follows, or capitalised words beside a title or office.
pub(super) fn unknown_at(page: &Page, lemmas: &mut Lemmas, run: &[usize], before: Option<usize>) -> Option<(usize, NameMention)> {
    let first = run[0];
    if page.is_particle(first) && page.shape(first) == Shape::Lower
        || page.shape(first) == Shape::Upper && page.pack.settings.nouns_are_capitalised
    {
        return None;
    }
    // (Michael S. Klecheski: an initial that is an abbreviation as well)
    let soft = |word: usize| {
        page.hits.at(word).is_some()
            && !(word != first
                && !initial(page, first)
                && initial(page, word)
                && page.entries(word).all(|entry| entry.class == Class::Abbreviation))
    };
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
            && run[1..length.max(1)]
                .iter()
                .rev()
                .skip(1)
                .any(|word| !soft(*word) && lemmas.of(*word).first().is_some_and(|base| page.reference.is_given_name(base)));
        if later && (speaks || opens) {
            return None;
        }
        // met with Viliame Gavoka, the foreign minister of Fiji
        let with =
            page.marks(previous, "with") || page.entries(previous).any(|entry| entry.class == Class::Contact && !entry.is(Feature::Noun));
        let introduced = before.is_none()
            && (2..=3).contains(&length)
            && length == run.len()
            && with
            && run.iter().all(|word| !page.is_common(*word))
            && is_introduced(page, run[length - 1] + 1);
        let apposed = of_state
            || introduced
            || opens
            || before.is_none() && length >= 2 && length == run.len() && is_listed(page, previous, run[length - 1] + 1)
            || speaks
            || before.is_none()
                && length >= 2
                && page.is_comma(previous)
                && office_before(page, previous)
                && run.len() == length
                && (page.is_comma(run[length - 1] + 1) || page.mark(run[length - 1] + 1).is_some());
        // Ambassador Jan Smit: a given name that is a month as well
        let month = (beside || dotted) && given.is_some() && length > 1 && page.is(first, Class::Month);
        if !(beside || dotted || apposed) || soft(first) && !month {
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
    let feminine = length > 1 && given.is_some() && is_feminine(page, page.folded(words.end - 1));
    let oblique = feminine || given.is_some_and(|base| bases.first() != Some(&base));
    let name = match oblique {
        true => nominative(page, written, feminine),
        false => written.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut family = skeletons_of(page, page.folded(words.end - 1));
    // Sergio Díaz Granados: Díaz for short
    if length == 3 && page.shape(run[1]) == Shape::Capital && !page.is_particle(run[1]) && !initial(page, run[1]) {
        family.extend(skeletons_of(page, page.folded(run[1])));
    }
    Some((
        length,
        NameMention { words, candidates: Vec::new(), full: length > 1, name, family, resembling: false, possessive: false, oblique },
    ))
}

/// Whether a comma, an article at the most and an office with its state stand behind a name.
fn is_introduced(page: &Page, comma: usize) -> bool {
    let office = (comma + 1..comma + 3).find(|word| page.is(*word, Class::Office));
    let of = |office: usize| (office + 1..office + 8).take_while(|word| page.mark(*word).is_none()).any(|word| page.is(word, Class::State));
    let plain = |word: usize| page.is(word, Class::Article);
    page.is_comma(comma) && office.is_some_and(|office| (comma + 1..office).all(plain) && of(office))
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
    let second = before > 0
        && page.is(before, Class::And)
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
    // the ambassadors of Italy, X, and of Mali, Y
    let state = page.is_comma(before) && before > start && page.is(before - 1, Class::State) && (start..before).any(plural);
    let closed = page.mark(after).is_some() || after >= page.cut.words.len();
    joined && !page.pack.settings.nouns_are_capitalised && (portfolio || state && closed || home && officials() || described || second)
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
        .any(|word| page.is(word, Class::Office) || page.is(word, Class::Counterpart))
}

/// Whether a word can only be a woman's family name in another case than the nominative.
fn is_feminine(page: &Page, folded: &str) -> bool {
    let stem = |ending: &str| folded.strip_suffix(ending).is_some_and(|stem| stem.chars().count() >= 2);
    page.pack.name_endings.iter().any(|rule| rule.feminine && stem(&rule.ending))
}

/// An inflected name led back: each word loses the ending that the given name, or a woman's family name, shows to be one.
pub(super) fn nominative(page: &Page, written: &str, feminine: bool) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let count = words.len();
    let lead_back = |word: &str, given: bool| -> String {
        let folded = chancery_language::fold::fold_str(word, page.pack.settings.ignore_marks);
        for rule in &page.pack.name_endings {
            let Some(stem) = folded.strip_suffix(rule.ending.as_str()) else { continue };
            let letters = stem.chars().count();
            // of a woman another ending stands in its place
            let other = feminine && if given { rule.replacement.is_empty() } else { !rule.feminine };
            if letters < 2 || other || given && !page.reference.is_given_name(&skeleton(&format!("{stem}{}", rule.replacement))) {
                continue;
            }
            return word.chars().take(letters).collect::<String>() + &rule.replacement;
        }
        word.to_owned()
    };
    words.iter().enumerate().map(|(index, word)| lead_back(word, index + 1 < count)).collect::<Vec<_>>().join(" ")
}
