//! What each pack covers.
//!
//! In: the library and its examples. Out: a row for each language. Never: says how good a pack is; scores do.

use crate::examples::Example;
use crate::library::Library;
use crate::pack_tests;
use chancery_language::Class;
use std::collections::BTreeMap;

/// One language's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// BCP 47 tag.
    pub tag: String,
    /// English name.
    pub name: String,
    /// `seed`, `draft` or `approved`.
    pub status: String,
    /// Entries in all.
    pub entries: usize,
    /// Entries by class.
    pub classes: BTreeMap<Class, usize>,
    /// Pack tests.
    pub tests: usize,
    /// Examples.
    pub examples: usize,
}

/// Classes with a column of their own in [`table`].
const COLUMNS: [Class; 8] =
    [Class::State, Class::Place, Class::Organization, Class::Office, Class::Contact, Class::Say, Class::Commit, Class::None];

/// A row for each pack, by tag.
pub fn rows(library: &Library, examples: &[Example]) -> Vec<Row> {
    library
        .packs()
        .iter()
        .map(|pack| {
            let mut classes: BTreeMap<Class, usize> = BTreeMap::new();
            let entries = library.entries(&pack.settings.tag);
            for entry in &entries {
                *classes.entry(entry.class).or_default() += 1;
            }
            let tag = pack.settings.tag.clone();
            Row {
                tests: pack_tests::of_language(library, &tag).0.len(),
                examples: examples.iter().filter(|example| example.language == tag).count(),
                name: pack.settings.name.clone(),
                status: pack.settings.status.clone(),
                entries: entries.len(),
                classes,
                tag,
            }
        })
        .collect()
}

/// The rows as a table.
pub fn table(rows: &[Row]) -> String {
    let mut out = format!("{:<5} {:<12} {:<9} {:>7}", "tag", "language", "status", "entries");
    COLUMNS.iter().for_each(|class| out.push_str(&format!(" {:>12}", if *class == Class::None { "traps" } else { class.as_str() })));
    out.push_str(&format!(" {:>6} {:>8}\n", "tests", "examples"));
    for row in rows {
        out.push_str(&format!("{:<5} {:<12} {:<9} {:>7}", row.tag, row.name, row.status, row.entries));
        COLUMNS.iter().for_each(|class| out.push_str(&format!(" {:>12}", row.classes.get(class).unwrap_or(&0))));
        out.push_str(&format!(" {:>6} {:>8}\n", row.tests, row.examples));
    }
    out
}
