//! Whether two wordings say the same, in one language or in two.
//!
//! In: words as reported. Out: how much they share. Never: understands them; knows a language.

use crate::fingerprint::mixed;
use std::collections::BTreeSet;

/// Letters of a name that spellings and endings leave as they are.
const STEM: usize = 4;
/// Share of the words of the shorter wording, from which it is the longer one, cut.
const SAME_WORDS: f64 = 0.8;
/// Words below which a wording must be the same throughout.
const SHORT: usize = 6;
/// Names and numbers that two languages must share.
const ANCHORS: usize = 2;
/// Share of the anchors of the wording with fewer that must be shared.
const SAME_ANCHORS: f64 = 0.6;
/// How much longer a translation may be.
const LONGER: f64 = 1.8;

/// What of a wording is compared.
pub(crate) struct Wording {
    /// Hashes of the words, in their order.
    words: Vec<u64>,
    /// Each of them once, in the order of the hashes.
    vocabulary: Vec<u64>,
    /// Numbers, and stems of what is written with a capital inside a sentence: what translations keep.
    anchors: BTreeSet<String>,
    letters: usize,
}

impl Wording {
    pub fn of(text: &str) -> Wording {
        let mut words = Vec::new();
        let mut anchors = BTreeSet::new();
        let mut opens = true;
        for token in text.split_whitespace() {
            let word: String = token.chars().filter(|character| character.is_alphanumeric()).collect();
            if word.is_empty() {
                continue;
            }
            let folded = any_ascii::any_ascii(&word).to_lowercase();
            words.push(folded.bytes().fold(0, |hash: u64, byte| mixed(hash ^ u64::from(byte))));
            let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
            if !digits.is_empty() {
                anchors.insert(digits);
            } else if !opens && word.chars().next().is_some_and(char::is_uppercase) && folded.len() >= STEM {
                anchors.insert(folded.chars().take(STEM).collect());
            }
            opens = token.ends_with(['.', '!', '?', ':']);
        }
        let mut vocabulary = words.clone();
        vocabulary.sort_unstable();
        vocabulary.dedup();
        Wording { words, vocabulary, anchors, letters: text.chars().count() }
    }

    /// Whether one is the other, perhaps cut or with a word changed; never with another number.
    pub fn repeats(&self, other: &Wording) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if short.words.len() < SHORT {
            return short.words == long.words && !short.words.is_empty();
        }
        let number = |anchor: &&String| anchor.bytes().all(|byte| byte.is_ascii_digit());
        if short.anchors.iter().filter(number).any(|number| !long.anchors.contains(number)) {
            return false;
        }
        // most pairs share too few words, in whatever order
        let known = short.vocabulary.iter().filter(|word| long.vocabulary.binary_search(word).is_ok()).count();
        if (known as f64) < SAME_WORDS * short.vocabulary.len() as f64 {
            return false;
        }
        let mut row = vec![0_usize; short.words.len() + 1];
        for word in &long.words {
            let mut diagonal = 0;
            for (at, own) in short.words.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if own == word { diagonal + 1 } else { above.max(row[at]) };
                diagonal = above;
            }
        }
        row.last().copied().unwrap_or(0) as f64 >= SAME_WORDS * short.words.len() as f64
    }

    /// Whether one can be a translation of the other: about as long, with the same names and numbers.
    pub fn translates(&self, other: &Wording) -> bool {
        let shared = self.anchors.intersection(&other.anchors).count();
        let fewest = self.anchors.len().min(other.anchors.len());
        shared >= ANCHORS && shared as f64 >= SAME_ANCHORS * fewest as f64 && self.as_long(other)
    }

    /// Whether it is about as long.
    pub fn as_long(&self, other: &Wording) -> bool {
        let (short, long) = (self.letters.min(other.letters).max(1), self.letters.max(other.letters));
        long as f64 <= LONGER * short as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_quotation_is_the_same_and_another_is_not() {
        let whole = Wording::of("We want to build the bridge over the river before the end of next year, and we shall.");
        assert!(whole.repeats(&Wording::of("We want to build the bridge over the river before the end of next year")));
        assert!(!whole.repeats(&Wording::of("We want to sell the ships that lie in the harbour to whoever wants them")));
        assert!(!Wording::of("We agree.").repeats(&Wording::of("We agree to nothing.")));
    }

    #[test]
    fn a_translation_keeps_names_and_numbers() {
        let english = Wording::of("In 2027 the trains between Prague and Dresden will need 50 minutes less.");
        assert!(english.translates(&Wording::of("Die Züge zwischen Prag und Dresden werden 2027 um 50 Minuten schneller sein.")));
        assert!(!english.translates(&Wording::of("In 2026 sollen Dresden und Warschau einander um 20 Minuten näher kommen.")));
        assert!(!Wording::of("They agreed on all of it.").translates(&Wording::of("Sie waren sich in allem einig.")));
    }
}
