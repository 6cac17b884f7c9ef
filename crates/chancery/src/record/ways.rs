//! The ways in which words asked for may be written: names of states and months in every language, names of persons in every script.
//!
//! In: words as a user writes them. Out: each with the ways in which the record has it. Never: a way that the words do not name.

use super::Store;
use crate::Sources;
use crate::registry::Registry;
use chancery_reference::people::skeletons;
use chancery_reference::spelling::is_alphabetic_script;
use std::collections::BTreeSet;

/// Letters from which a word is looked for in other spellings: short ones are alike by chance.
const SPELLED: usize = 4;
/// How close a spelling must be to the name of somebody whom the tables know.
const CLOSE: f64 = 0.9;

/// How a word is spelled, whatever the script and spelling; a word with a digit in it is spelled in no other way.
fn spelling(word: &str) -> Option<String> {
    if word.chars().any(char::is_numeric) {
        return None;
    }
    skeletons(word).pop().map(|skeleton| skeleton.to_string())
}

/// Makes an index ready for words in any spelling, which else the first search waits for.
///
/// # Errors
/// Where the record cannot be read.
pub fn prepare_ways(record: &Store) -> super::Result<()> {
    record.spelled(&[], spelling).map(drop)
}

/// Each word with the ways in which it may be written, itself first.
///
/// # Errors
/// Where the record or the tables cannot be read.
pub fn ways(record: &Store, sources: &Sources, asked: &str) -> Result<Vec<Vec<String>>, crate::Error> {
    let registry = Registry::load(sources)?;
    let words: Vec<&str> = asked.split_whitespace().collect();
    let mut ways: Vec<Vec<String>> = words.iter().map(|word| vec![(*word).to_owned()]).collect();
    let mut spelled: Vec<(usize, String)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        // a word of two letters in lower case is a word and no code
        let named = if word.chars().count() > 2 || word.chars().all(char::is_uppercase) { registry.names_alike(word) } else { Vec::new() };
        let long = word.chars().count() >= SPELLED || !is_alphabetic_script(word);
        if named.is_empty() && long {
            spelled.extend(spelling(word).map(|skeleton| (at, skeleton)));
        }
        ways[at].extend(named);
    }
    if !spelled.is_empty() {
        let wanted: Vec<&str> = spelled.iter().map(|(_, skeleton)| skeleton.as_str()).collect();
        for (which, term) in record.spelled(&wanted, spelling)? {
            ways[spelled[which].0].push(term);
        }
        // what no text spells alike may be the name of somebody whom the tables know by another spelling
        let names = registry.names();
        for (at, _) in spelled.iter().filter(|(at, _)| ways[*at].len() == 1).cloned().collect::<Vec<_>>() {
            let meant = registry.find(&names, words[at]).into_iter().filter(|(_, likely)| likely.closeness >= CLOSE);
            let families = meant.filter_map(|(id, _)| registry.person(id).name.rsplit(' ').next().map(str::to_owned));
            ways[at].extend(families.collect::<BTreeSet<_>>());
        }
    }
    Ok(ways)
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn digits_are_not_spelled_away() {
        assert_eq!(spelling("Tokajew"), spelling("Токаев"));
        assert_eq!((spelling("w8170"), spelling("2024")), (None, None));
    }
}
