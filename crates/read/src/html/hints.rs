//! What the names that a page gives its elements say of them.
//!
//! In: the class and the id of an element, and what its builder calls it. Out: what it is called, by the words of `hints.tsv`. Never: decides; a page may call its
//! whole article a sidebar.

use super::tree::{Attribute, Tree};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What an element is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// A menu, links to other articles, a form: no part of the article.
    Furniture,
    /// What stands below a picture.
    Caption,
    /// The text of the article.
    Body,
    /// The sentences between headline and text.
    Lead,
    /// Day, author, section.
    Info,
}

impl Hint {
    fn named(name: &str) -> Option<Hint> {
        Some(match name {
            "furniture" => Hint::Furniture,
            "caption" => Hint::Caption,
            "body" => Hint::Body,
            "lead" => Hint::Lead,
            "info" => Hint::Info,
            _ => return None,
        })
    }
}

/// One or two words of a name, or (with `*`) the beginning of a word.
static WORDS: LazyLock<HashMap<&str, Hint>> = LazyLock::new(|| {
    let row = |line: &'static str| line.split_once('\t').and_then(|(word, kind)| Some((word, Hint::named(kind)?)));
    include_str!("hints.tsv").lines().skip(1).filter_map(row).collect()
});

/// Shortest and longest beginning of a word in the table.
static BEGINNINGS: LazyLock<(usize, usize)> = LazyLock::new(|| {
    let lengths = || WORDS.keys().filter(|word| word.ends_with('*')).map(|word| word.len() - 1);
    (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0))
});

/// Bytes of a name that are looked at.
const LONGEST: usize = 300;

/// Hints by name; the same names come again and again.
#[derive(Default)]
pub struct Hints {
    known: HashMap<String, Option<Hint>>,
}

impl Hints {
    /// What an element is called.
    pub fn of(&mut self, tree: &Tree, node: usize) -> Option<Hint> {
        let names = [Attribute::Class, Attribute::Id, Attribute::TestId, Attribute::Component, Attribute::Module, Attribute::ElementorType];
        let mut best = None;
        for name in names.into_iter().filter_map(|name| tree.attribute(node, name)).filter(|name| !name.is_empty()) {
            let hint = match self.known.get(name) {
                Some(hint) => *hint,
                None => {
                    let hint = hint(name);
                    self.known.insert(name.to_owned(), hint);
                    hint
                }
            };
            best = best.or(hint);
        }
        best
    }
}

/// By the words of a name: what calls it a caption or the text wins over what calls it furniture.
fn hint(name: &str) -> Option<Hint> {
    let words = words(name);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        found.extend(WORDS.get(word.as_str()));
        if let Some(next) = words.get(at + 1) {
            found.extend(WORDS.get(format!("{word}-{next}").as_str()));
        }
        let (shortest, longest) = *BEGINNINGS;
        for length in shortest..=longest.min(word.len()) {
            if let Some(start) = word.get(..length) {
                found.extend(WORDS.get(format!("{start}*").as_str()));
            }
        }
    }
    [Hint::Caption, Hint::Body, Hint::Lead, Hint::Furniture, Hint::Info].into_iter().find(|hint| found.contains(hint))
}

/// The words of a name: relatedPosts, related_posts, related-posts.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for character in name.chars().take(LONGEST) {
        let cut = !character.is_alphanumeric() || character.is_uppercase() && before.is_lowercase();
        if cut && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_words() {
        for (name, expected) in [
            ("relatedPosts", Some(Hint::Furniture)),
            ("c-article__share-bar", Some(Hint::Furniture)),
            ("wp-caption-text", Some(Hint::Caption)),
            ("entry-content", Some(Hint::Body)),
            ("article__perex", Some(Hint::Lead)),
            ("byline", Some(Hint::Info)),
            // words that only look like one
            ("shadow", None),
            ("address", None),
            ("download", None),
            ("css-1ad2x", None),
        ] {
            assert_eq!(hint(name), expected, "{name}");
        }
    }

    #[test]
    fn the_table_is_tidy() {
        let lines: Vec<&str> = include_str!("hints.tsv").lines().skip(1).collect();
        assert!(lines.is_sorted() && lines.iter().all(|line| line.split_once('\t').is_some_and(|(_, kind)| Hint::named(kind).is_some())));
    }
}
