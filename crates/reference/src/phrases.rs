//! Phrases in words and what they stand for: offices and titles.
//!
//! In: a table of phrases. Out: the phrases found in a text, longest first. Never: knows a phrase itself.

use crate::HashMap;
use serde::{Deserialize, Serialize};

/// The words of a text in lower-case ASCII, with digits; marks part them, apostrophes and stops within do not.
pub fn plain_words(text: &str) -> Vec<String> {
    let ascii = any_ascii::any_ascii(text).to_ascii_lowercase();
    let kept: String = ascii.chars().filter(|letter| !matches!(letter, '\'' | '.')).collect();
    kept.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Phrases with what each stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { by_first: HashMap::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, value: T) {
        let words = plain_words(phrase);
        if let Some(first) = words.first() {
            let phrases = self.by_first.entry(first.clone()).or_default();
            phrases.push((words, value));
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    /// The longest phrase that begins the words, and how many of them it takes.
    pub fn at(&self, words: &[String]) -> Option<(usize, &T)> {
        let phrases = self.by_first.get(words.first()?)?;
        phrases.iter().find(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, value)| (phrase.len(), value))
    }
}
