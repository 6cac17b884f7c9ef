//! The shape of a pack's files: columns, order, normal form, nothing invisible, nothing twice.
//!
//! In: files as text. Out: findings. Never: asks what a value means.

use super::{Finding, Report};
use chancery_language::alternatives::alternatives;
use chancery_language::{Entry, Pack, PackFile, lexicon};
use std::collections::BTreeMap;
use unicode_normalization::is_nfc;

/// An entry with its place.
pub struct Line {
    pub path: String,
    pub line: usize,
    pub entry: Entry,
}

fn tables(files: &[PackFile]) -> impl Iterator<Item = &PackFile> {
    files.iter().filter(|file| file.path.contains("/lexicon/") && file.path.ends_with(".tsv"))
}

/// Every right line of every table.
pub fn lines(files: &[PackFile]) -> Vec<Line> {
    let mut lines = Vec::new();
    for file in tables(files) {
        for (index, text) in file.text.lines().enumerate().skip(1) {
            // a table of one line is read as a table is, so that there is one reader
            let (entries, _) = lexicon::parse_table(&format!("{}\n{text}", lexicon::HEADER));
            lines.extend(entries.into_iter().map(|entry| Line { path: format!("languages/{}", file.path), line: index + 1, entry }));
        }
    }
    lines
}

pub fn check(files: &[PackFile], pack: &Pack, tag: &str, report: &mut Report) {
    let mut fault = |file: &PackFile, line: usize, message: String| {
        report.faults.push(Finding { path: format!("languages/{}", file.path), line, message });
    };
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(character) = line.chars().find(|character| is_invisible(*character)) {
                fault(file, index + 1, format!("the invisible character U+{:04X} stands in this line; take it out", character as u32));
            }
            if !is_nfc(line) {
                fault(file, index + 1, "the line is not in Unicode normal form NFC".to_owned());
            }
        }
    }
    let mut seen: BTreeMap<(String, String, String), (String, usize)> = BTreeMap::new();
    for file in tables(files) {
        let mut before = String::new();
        for (index, line) in file.text.lines().enumerate().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() != 5 {
                fault(file, index + 1, format!("expected five fields with four tabs between them, found {}", fields.len()));
            }
            let form = fields.first().copied().unwrap_or("");
            if *form < *before {
                fault(file, index + 1, format!("{form:?} comes after {before:?}; sort the table by form, in code point order"));
            }
            before = form.to_owned();
            let [class, value] = [1, 2].map(|column| fields.get(column).copied().unwrap_or("").trim().to_owned());
            for form in alternatives(form).unwrap_or_default() {
                let key = (form, class.clone(), value.clone());
                match seen.get(&key) {
                    Some((path, first)) => {
                        let message = format!("the form {:?} stands in {path}:{first} with the same class and value; take one away", key.0);
                        fault(file, index + 1, message)
                    }
                    None => {
                        seen.insert(key, (file.path.clone(), index + 1));
                    }
                }
            }
        }
    }
    let settings = &pack.settings;
    if let Some(file) = files.iter().find(|file| file.path.ends_with("/pack.toml")) {
        if settings.tag != tag {
            fault(file, 0, format!("the tag {:?} is not the name of the folder {tag:?}", settings.tag));
        }
        if !["seed", "draft", "approved"].contains(&settings.status.as_str()) {
            fault(file, 0, format!("the status {:?} is none of seed, draft, approved", settings.status));
        }
        if settings.sources.is_empty() {
            fault(file, 0, "no sources are named".to_owned());
        }
        if let Some(pair) = settings.quotes.iter().find(|pair| pair.chars().count() != 2) {
            fault(file, 0, format!("quotes: {pair:?} is no pair of one opening and one closing mark"));
        }
    }
}

/// Characters that nobody sees and that keep forms from matching.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || (character.is_control() && character != '\t')
}
