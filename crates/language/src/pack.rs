//! The files of a pack, read and checked.
//!
//! In: the texts of a pack's files. Out: a [`Pack`], or every fault with file and line.
//! Never: reads a file itself.

use crate::fold::fold_str;
use crate::lexicon::{self, Class, Entry};
use chancery_frozen::{Frozen, Written};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One file of a pack: its path inside `languages/` and its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackFile {
    /// `cs/lexicon/contact.tsv`
    pub path: String,
    /// Its whole text.
    pub text: Cow<'static, str>,
}

/// What `pack.toml` says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// English name of the language.
    pub name: String,
    /// BCP 47 tag.
    pub tag: String,
    /// ISO 639-3 code, by which a general identifier of languages knows it.
    #[serde(default)]
    pub iso639_3: Option<String>,
    /// ISO 15924 script.
    pub script: String,
    /// `seed`, `draft` or `approved`.
    pub status: String,
    /// Where the vocabulary comes from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Decimal mark.
    #[serde(default = "default_decimal")]
    pub decimal: String,
    /// Thousands marks.
    #[serde(default)]
    pub group: Vec<String>,
    /// Whether diacritics are ignored in matching.
    #[serde(default)]
    pub ignore_marks: bool,
    /// Whether all nouns begin with a capital.
    #[serde(default)]
    pub nouns_are_capitalised: bool,
    /// Whether the verb stands second in a main clause, and last in a clause that depends on one.
    #[serde(default)]
    pub verb_last: bool,
    /// Pairs of quotation marks, opening then closing.
    #[serde(default)]
    pub quotes: Vec<String>,
    /// Whether a line that begins with a dash is speech.
    #[serde(default)]
    pub dash_speech: bool,
    /// Frequent words that tell the language from others.
    #[serde(default)]
    pub function_words: Vec<String>,
    /// ISO codes of the states whose news is written in the language: an office without a state may be theirs.
    #[serde(default)]
    pub home: Vec<String>,
    /// Words that, as the second part of a form with a gap, must end their clause (rief ... an).
    #[serde(default)]
    pub closing_words: Vec<String>,
    /// Endings of inflected names: `ending>replacement`, with `|possessive`, `|nominative` or `|feminine` behind it.
    #[serde(default)]
    pub name_endings: Vec<String>,
}

fn default_decimal() -> String {
    ".".to_owned()
}

/// An ending that inflection adds to names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NameEnding {
    /// What the inflected form ends in, lower case.
    pub ending: String,
    /// What the nominative has in its place.
    pub replacement: String,
    /// Whether the ending makes the name a possessor.
    pub possessive: bool,
    /// Whether the ending is a nominative of its own (Merkelová).
    pub nominative: bool,
    /// Whether only a woman's family name in another case than the nominative ends so (Novákovou).
    pub feminine: bool,
}

/// What a language pack says besides its entries.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    /// `pack.toml`.
    pub settings: Settings,
    /// Endings of inflected names, longest first.
    pub name_endings: Vec<NameEnding>,
    /// Folded words of everyday language, which a name may look like: those of `common_words.txt`, and the pack's own.
    pub common_words: Frozen<BTreeSet<Written>>,
}

/// A fault in a pack's files.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{path}:{line}: {message}")]
pub struct PackError {
    /// File.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What was expected and found.
    pub message: String,
}

/// Days of a month, which a stop may make ordinals.
const DAYS: std::ops::RangeInclusive<u32> = 1..=31;

impl Pack {
    /// Folded words whose full stop ends no sentence: abbreviations, and numbers where a stop makes an ordinal.
    #[must_use]
    pub fn abbreviations(&self, entries: &[Entry]) -> BTreeSet<Written> {
        let fold = |word: &str| fold_str(word, self.settings.ignore_marks);
        let last = |entry: &Entry| entry.form.trim_end_matches('.').rsplit([' ', '.']).next().map(fold);
        let ordinals = entries.iter().any(|entry| entry.class == Class::Ordinal && entry.value == "model");
        let numbers = DAYS.filter(|_| ordinals).map(|day| day.to_string());
        let abbreviations = entries.iter().filter(|entry| entry.class == Class::Abbreviation).filter_map(last);
        abbreviations.chain(numbers).map(Written::from).collect()
    }

    /// Loads a pack and every entry of every lexicon from its files.
    ///
    /// # Errors
    /// Every fault found, where `pack.toml` is missing or a line of a table is wrong.
    pub fn load(files: &[PackFile]) -> Result<(Pack, Vec<Entry>), Vec<PackError>> {
        let (pack, errors) = Pack::load_what_is_right(files);
        match pack {
            Some(pack) if errors.is_empty() => Ok(pack),
            _ => Err(errors),
        }
    }

    /// Loads the lines that are right and names those that are not; no pack without a readable `pack.toml`.
    pub fn load_what_is_right(files: &[PackFile]) -> (Option<(Pack, Vec<Entry>)>, Vec<PackError>) {
        let mut errors = Vec::new();
        let mut entries = Vec::new();
        let mut settings: Option<Settings> = None;
        let mut everyday: Vec<&str> = Vec::new();
        for file in files {
            if file.path.ends_with("/pack.toml") {
                match toml::from_str(&file.text) {
                    Ok(read) => settings = Some(read),
                    Err(error) => {
                        let line = error.span().map_or(1, |span| file.text[..span.start.min(file.text.len())].lines().count().max(1));
                        errors.push(PackError { path: file.path.clone(), line, message: error.message().to_owned() });
                    }
                }
            } else if file.path.contains("/lexicon/") && file.path.ends_with(".tsv") {
                let (read, faults) = lexicon::parse_table(&file.text);
                entries.extend(read);
                errors.extend(faults.into_iter().map(|(line, message)| PackError { path: file.path.clone(), line, message }));
            } else if file.path.ends_with("/common_words.txt") {
                everyday.extend(file.text.split_whitespace());
            }
        }
        let Some(settings) = settings else {
            if errors.is_empty() {
                let path = files.first().map_or_else(String::new, |file| file.path.clone());
                errors.push(PackError { path, line: 1, message: "the pack has no pack.toml".to_owned() });
            }
            return (None, errors);
        };
        let mut name_endings: Vec<NameEnding> = settings
            .name_endings
            .iter()
            .map(|rule| {
                let (ending, replacement) = rule.split_once('>').unwrap_or((rule, ""));
                let (replacement, kind) = replacement.split_once('|').unwrap_or((replacement, ""));
                NameEnding {
                    ending: ending.to_owned(),
                    replacement: replacement.to_owned(),
                    possessive: kind == "possessive",
                    nominative: kind == "nominative",
                    feminine: kind == "feminine",
                }
            })
            .collect();
        name_endings
            .sort_by(|a, b| b.ending.len().cmp(&a.ending.len()).then(a.ending.cmp(&b.ending)).then(a.replacement.cmp(&b.replacement)));
        let own = settings
            .function_words
            .iter()
            .map(String::as_str)
            .chain(entries.iter().filter(|entry| is_everyday(entry)).map(|entry| &*entry.form));
        let common_words: BTreeSet<Written> =
            everyday.into_iter().chain(own).map(|word| fold_str(word, settings.ignore_marks).into()).collect();
        (Some((Pack { settings, name_endings, common_words: common_words.into() }, entries)), errors)
    }
}

/// Whether a form is one word of everyday language and no name.
fn is_everyday(entry: &Entry) -> bool {
    let calendar = matches!(entry.class, Class::Month | Class::Weekday | Class::Season | Class::Number | Class::Ordinal | Class::Scale);
    let speech = [Class::Pronoun, Class::Marker, Class::And, Class::Article, Class::Relative, Class::Clause, Class::That, Class::Say]
        .into_iter()
        .chain([Class::Future, Class::Light, Class::Negation, Class::Hypothetical, Class::Modifier, Class::QuoteNoun, Class::Change])
        .chain([Class::Bound, Class::Indicator, Class::Part, Class::Period, Class::Day, Class::Relation])
        .any(|class| class == entry.class);
    let plain = !entry.form.contains([' ', '*']) && entry.form.chars().any(char::is_alphabetic);
    plain && (calendar || speech && entry.form.chars().all(|letter| !letter.is_uppercase()))
}

/// The endings of names that a `pack.toml` gives, each with its replacement; none where it cannot be read.
pub fn name_endings(settings: &str) -> Vec<(String, String)> {
    let settings: Option<Settings> = toml::from_str(settings).ok();
    let rules = settings.map(|settings| settings.name_endings).unwrap_or_default();
    let parted = rules.iter().map(|rule| rule.split_once('>').unwrap_or((rule, "")));
    parted.map(|(ending, replacement)| (ending.to_owned(), replacement.split('|').next().unwrap_or("").to_owned())).collect()
}
