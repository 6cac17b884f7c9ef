//! Endings that inflection adds to names, of every language that has rules.
//!
//! In: rules `ending -> replacement`. Out: the forms without them. Never: knows a language; a form led back is a guess
//! until it is a known name.

use crate::HashMap;
use serde::{Deserialize, Serialize};

/// An ending and what the nominative has in its place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Ending {
    /// What the inflected form ends in, lower case.
    pub ending: String,
    /// What the nominative has in its place.
    pub replacement: String,
}

/// Every rule, by ending.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Endings {
    by_ending: HashMap<String, Vec<String>>,
    longest: usize,
}

impl Endings {
    /// Puts rules of several languages together.
    pub fn new(rules: impl IntoIterator<Item = Ending>) -> Endings {
        let mut endings = Endings::default();
        for rule in rules {
            endings.longest = endings.longest.max(rule.ending.chars().count());
            let replacements = endings.by_ending.entry(rule.ending).or_default();
            if !replacements.contains(&rule.replacement) {
                replacements.push(rule.replacement);
            }
        }
        endings
    }

    /// The forms that a word in lower case may be inflected from, those with the longest ending first; without the word itself.
    pub fn led_back(&self, word: &str) -> Vec<String> {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        let mut found: Vec<String> = Vec::new();
        for count in (1..=self.longest.min(letters.len().saturating_sub(2))).rev() {
            let (stem, ending) = word.split_at(letters[letters.len() - count].0);
            for replacement in self.by_ending.get(ending).into_iter().flatten() {
                let base = format!("{stem}{replacement}");
                if base != word && !found.contains(&base) {
                    found.push(base);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_replaced_and_a_stem_of_one_letter_is_none() {
        let rule = |ending: &str, replacement: &str| Ending { ending: ending.to_owned(), replacement: replacement.to_owned() };
        let endings = Endings::new([rule("ovi", ""), rule("i", ""), rule("ovi", "o")]);
        assert_eq!(endings.led_back("benešovi"), ["beneš", "benešo", "benešov"]);
        assert_eq!(endings.led_back("xi"), Vec::<String>::new());
    }
}
