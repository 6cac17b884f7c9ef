//! What of a text survives copying and translating.
//!
//! In: a text; what was spotted in it. Out: minima of its word shingles, a trace of its names and numbers, and how alike two are.
//! Never: needs the language.

use chancery_model::{Mention, MentionKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What of a text survives copying and translating.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Minima of the hashes of its word shingles: near copies share most. Empty where the text is too short to tell.
    pub minima: Vec<u64>,
    /// Hashes of the names, numbers, dates and quotations in their order, without their language: translations share the order.
    #[serde(deserialize_with = "hashes")]
    pub trace: Vec<u64>,
}

/// An element of a trace as it was kept in the first form of the record, or as its hash.
#[derive(Deserialize)]
#[serde(untagged)]
enum Element {
    Hash(u64),
    Words(String),
}

fn hashes<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<u64>, D::Error> {
    if !from.is_human_readable() {
        return Vec::deserialize(from);
    }
    let elements: Vec<Element> = Vec::deserialize(from)?;
    Ok(elements
        .into_iter()
        .map(|element| match element {
            Element::Hash(hash) => hash,
            Element::Words(words) => hash(&words),
        })
        .collect())
}

/// The hash of an element of a trace.
pub fn hash(element: &str) -> u64 {
    element.bytes().fold(0, |hash, byte| mixed(hash ^ u64::from(byte)))
}

/// Minima that are kept.
const MINIMA: usize = 64;
/// Words of a shingle.
const SHINGLE: usize = 5;
/// Shingles below which a text is too short to be told a copy by its words.
const FEWEST_SHINGLES: usize = 16;
/// Elements of a trace that are kept.
const LONGEST_TRACE: usize = 256;
/// Share of the shorter trace, by weight, that must come in the same order in the other, however long it is. Of professional
/// translations 94 in 100 share as much; two reports of one meeting hardly ever do.
const SAME_ORDER: f64 = 0.6;
/// What must be shared beyond that where there is a single element: the shorter a trace, the more of it.
const SHORTER: f64 = 1.0;
/// Different elements below which a trace is too short to be told a translation by it.
const FEWEST_ELEMENTS: usize = 8;

impl Fingerprint {
    /// The fingerprint of a text whose trace is known: see [`trace`].
    pub fn of(text: &str, trace: Vec<u64>) -> Fingerprint {
        Fingerprint { minima: minima(text), trace }
    }

    /// Share of the word shingles that both texts have, as far as the minima tell.
    pub fn shared_words(&self, other: &Fingerprint) -> f64 {
        if self.minima.len() != MINIMA || other.minima.len() != MINIMA {
            return 0.0;
        }
        self.minima.iter().zip(&other.minima).filter(|(one, other)| one == other).count() as f64 / MINIMA as f64
    }

    /// Share of the names, numbers, dates and quotations of the shorter trace that come in the same order in the other. What
    /// comes often in a text tells little: each element weighs less the oftener it comes.
    pub fn shared_order(&self, other: &Fingerprint) -> f64 {
        let (one, one_weight) = weights(&self.trace);
        let (two, other_weight) = weights(&other.trace);
        let least = one_weight.min(other_weight);
        if least < FEWEST_ELEMENTS as f64 {
            return 0.0;
        }
        let mut row = vec![0.0_f64; self.trace.len() + 1];
        for (element, weight) in other.trace.iter().zip(&two) {
            let mut diagonal = 0.0;
            for (index, (own, own_weight)) in self.trace.iter().zip(&one).enumerate() {
                let above = row[index + 1];
                row[index + 1] = if own == element { diagonal + own_weight.min(*weight) } else { above.max(row[index]) };
                diagonal = above;
            }
        }
        row.last().copied().unwrap_or(0.0) / least
    }

    /// Whether one looks like a translation of the other.
    pub fn translates(&self, other: &Fingerprint) -> bool {
        let different = |trace: &[u64]| trace.iter().collect::<BTreeSet<_>>().len();
        let fewest = different(&self.trace).min(different(&other.trace)).max(1);
        self.shared_order(other) >= SAME_ORDER + SHORTER / fewest as f64
    }
}

/// What was spotted in a text, in its order and without its language: names, numbers, dates, and that something is quoted.
pub fn trace(mentions: &[Mention]) -> Vec<u64> {
    let mut ordered: Vec<&Mention> = mentions.iter().collect();
    ordered.sort_by_key(|mention| (mention.span.start(), mention.span.end(), mention.kind));
    ordered.into_iter().filter_map(element).take(LONGEST_TRACE).map(|element| hash(&element)).collect()
}

fn element(mention: &Mention) -> Option<String> {
    let number = || mention.number.map(|number| format!("{number} {}", mention.unit.as_deref().unwrap_or("")).trim_end().to_owned());
    match mention.kind {
        MentionKind::Person => mention.name.clone().or_else(|| mention.qid.clone()),
        MentionKind::Place => mention.name.clone().or_else(|| mention.value.clone()),
        MentionKind::State | MentionKind::Organization | MentionKind::Date => mention.value.clone(),
        MentionKind::Amount | MentionKind::Number => number(),
        MentionKind::Percent => number().map(|number| number + " percent"),
        MentionKind::Quotation => Some("quotation".to_owned()),
        // an office is often the name that stands beside it; a credit is added and dropped by whoever copies
        MentionKind::Office | MentionKind::Source => None,
    }
}

/// The weight of each element: one shared by all that are equal; with the sum of all.
fn weights(trace: &[u64]) -> (Vec<f64>, f64) {
    let mut count: BTreeMap<u64, usize> = BTreeMap::new();
    for &element in trace {
        *count.entry(element).or_default() += 1;
    }
    (trace.iter().map(|element| 1.0 / count[element] as f64).collect(), count.len() as f64)
}

fn minima(text: &str) -> Vec<u64> {
    let words = words(text);
    if words.len() < FEWEST_SHINGLES + SHINGLE {
        return Vec::new();
    }
    let mut minima = vec![u64::MAX; MINIMA];
    for shingle in words.windows(SHINGLE) {
        let hash = shingle.iter().fold(0, |hash: u64, word| mixed(hash.rotate_left(7) ^ word));
        for (number, least) in minima.iter_mut().enumerate() {
            *least = (*least).min(mixed(hash ^ mixed(number as u64 + 1)));
        }
    }
    minima
}

/// Hashes of the words. A character of a script that is written without spaces is a word of its own.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let mut word: Option<u64> = None;
    for character in text.chars() {
        let alone = ('\u{2E80}'..='\u{9FFF}').contains(&character) || ('\u{0E00}'..='\u{0EFF}').contains(&character);
        if alone || !character.is_alphanumeric() {
            words.extend(word.take());
            if alone {
                words.push(mixed(u64::from(character)));
            }
            continue;
        }
        let hash = character.to_lowercase().fold(word.unwrap_or(0), |hash, part| mixed(hash.wrapping_add(u64::from(part))));
        word = Some(hash);
    }
    words.extend(word);
    words
}

/// The finalizer of SplitMix64: the same on every machine and in every version.
pub(crate) fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = "The prime ministers of both countries met in the capital on Monday morning and spoke about the new bridge over the \
        river, the price of gas and the trains that both railways want to run from next spring on, as their offices said afterwards.";

    fn traced(elements: &str) -> Fingerprint {
        Fingerprint::of("", elements.split(' ').map(hash).collect())
    }

    #[test]
    fn near_copies_share_their_words_and_other_texts_do_not() {
        let copy = Fingerprint::of(&ITEM.replace("on Monday morning ", "on Monday "), Vec::new());
        let other = Fingerprint::of(
            "The presidents of the two states spoke by telephone about the harvest, the fair in the harbour town and the students who \
             are to spend a year at the universities of the other state, said their spokesmen in the evening of the same day.",
            Vec::new(),
        );
        let item = Fingerprint::of(ITEM, Vec::new());
        assert!(item.shared_words(&copy) > 0.5, "{}", item.shared_words(&copy));
        assert!(item.shared_words(&other) < 0.1, "{}", item.shared_words(&other));
    }

    #[test]
    fn a_short_text_is_no_copy_of_anything() {
        assert!(Fingerprint::of("They met.", Vec::new()).minima.is_empty());
        assert!(Fingerprint::default().shared_words(&Fingerprint::default()) < 0.1);
    }

    #[test]
    fn a_translation_keeps_the_order() {
        let original = traced("a KZ b 28 quotation c d 7 US e f 62 g h KZ a quotation i");
        let translation = traced("a KZ b 28 quotation c KZ 7 US e f 62 h KZ a i");
        assert!(original.translates(&translation), "{}", original.shared_order(&translation));
        assert!(translation.translates(&original));
    }

    #[test]
    fn another_report_of_the_same_occasion_has_another_order() {
        let original = traced("a KZ b 28 quotation c d 7 US e f 62 g h KZ a quotation i");
        let report = traced("US f KZ 62 a e 28 b j k 7 l m a KZ h d c");
        assert!(!original.translates(&report), "{}", original.shared_order(&report));
    }
}
