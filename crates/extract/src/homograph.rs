//! Names that are words of everyday language too, where the word is meant.
//!
//! In: a page with what was found on it. Out: the same without places and organizations that their surroundings do not bear out.
//! Never: takes a name away that stands with a capital where other words have none.

use crate::page::Page;
use chancery_language::{Class, Classes, Shape};

/// Kinds of names that are taken away.
const NAMES: Classes = Classes::of(&[Class::Place, Class::Organization]);

/// Takes the names away where their word is a common one.
pub(crate) fn drop_common(page: &mut Page) {
    let alone = page.hits.hits.iter().filter(|hit| hit.words.len() == 1).map(|hit| hit.words.start);
    let common: Vec<usize> = alone.filter(|word| page.hits.classes(*word).any(NAMES) && page.is_common(*word)).collect();
    for word in common {
        let place = page.is_capital_by_rule(word) && !is_placed(page, word);
        let acronym = is_shouted(page, word);
        page.hits.keep(word, &page.vocabulary.matcher, |entry| match entry.class {
            Class::Place => !place,
            Class::Organization => !acronym,
            _ => true,
        });
    }
}

/// In Nice; Nice, France; Lima and Quito signed; Lima said: a place by what stands beside it.
fn is_placed(page: &Page, word: usize) -> bool {
    let next = word + 1;
    let led = word.checked_sub(1).is_some_and(|before| {
        let directed = ["in", "to", "from", "at"].iter().any(|value| page.marks(before, value));
        directed && !page.is(before, Class::Article)
    });
    let place = |word: usize| page.is(word, Class::Place) || page.is(word, Class::State);
    let located = (page.is_comma(next) || page.mark(next) == Some('(') || page.is(next, Class::And)) && place(next + 1);
    let verbs = [Class::Say, Class::Contact, Class::Future, Class::Status, Class::Commit];
    let acts = page.has_feature(word, Class::Place, chancery_language::Feature::Capital) && verbs.iter().any(|class| page.is(next, *class));
    led || located || acts
}

/// Whether a word in capitals stands among words in capitals.
fn is_shouted(page: &Page, word: usize) -> bool {
    let upper = |word: usize| page.shape(word) == Shape::Upper && page.written(word).chars().count() > 1;
    upper(word) && (word.saturating_sub(2)..word + 3).any(|other| other != word && upper(other))
}
