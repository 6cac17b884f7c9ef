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

/// The table: one or two words of a name, or (with `*`) the beginning of a word.
struct Words {
    whole: HashMap<&'static str, Hint>,
    /// Sorted; none begins with another.
    beginnings: Vec<(&'static str, Hint)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let rows = include_str!("hints.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
    let mut words = Words { whole: HashMap::new(), beginnings: Vec::new() };
    for (word, hint) in rows.filter_map(|(word, kind)| Some((word, Hint::named(kind)?))) {
        match word.strip_suffix('*') {
            Some(beginning) => words.beginnings.push((beginning, hint)),
            None => _ = words.whole.insert(word, hint),
        }
    }
    words.beginnings.sort_unstable_by_key(|(beginning, _)| *beginning);
    words
});

impl Words {
    fn beginning(&self, word: &str) -> Option<Hint> {
        let after = self.beginnings.partition_point(|(beginning, _)| *beginning <= word);
        let (beginning, hint) = self.beginnings.get(after.checked_sub(1)?)?;
        word.starts_with(beginning).then_some(*hint)
    }
}

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
    let name = plain(name);
    let mut found = [false; 5];
    let mut note = |hint: Option<Hint>| {
        if let Some(hint) = hint {
            found[hint as usize] = true;
        }
    };
    let mut start = 0;
    while start < name.len() {
        let end = name[start..].find('-').map_or(name.len(), |at| start + at);
        let next = name.get(end + 1..).map(|rest| rest.find('-').map_or(name.len(), |at| end + 1 + at));
        note(WORDS.whole.get(&name[start..end]).copied());
        note(next.and_then(|next| WORDS.whole.get(&name[start..next]).copied()));
        note(WORDS.beginning(&name[start..end]));
        start = end + 1;
    }
    [Hint::Caption, Hint::Body, Hint::Lead, Hint::Furniture, Hint::Info].into_iter().find(|hint| found[*hint as usize])
}

/// The words of a name, in lower case with a dash between: relatedPosts, related_posts and related-posts are the same.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for character in name.chars().take(LONGEST) {
        let cut = !character.is_alphanumeric() || character.is_uppercase() && before.is_lowercase();
        if cut && !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
        if character.is_alphanumeric() {
            plain.extend(character.to_lowercase());
        }
        before = character;
    }
    plain
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
        assert!(WORDS.beginnings.windows(2).all(|two| !two[1].0.starts_with(two[0].0)), "one beginning holds another");
        assert!(lines.is_sorted() && lines.iter().all(|line| line.split_once('\t').is_some_and(|(_, kind)| Hint::named(kind).is_some())));
    }
}
