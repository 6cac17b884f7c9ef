//! Which entries of a pack fire, and how often.
//!
//! In: a pack and texts. Out: a count for each entry, loudest first. Never: says whether an entry is right.

use chancery_language::{Entry, Matcher, Pack, Text};
use chancery_reference::Written;
use std::collections::{BTreeMap, BTreeSet};

/// How often an entry fired.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    /// The entry.
    pub entry: Entry,
    /// Times.
    pub times: usize,
    /// In how many texts.
    pub texts: usize,
}

/// Counts the entries of a pack that fire in `texts`: loudest first, then by form; the silent come last.
pub fn audit<'a>(pack: &Pack, entries: &[Entry], texts: impl IntoIterator<Item = &'a str>) -> Vec<Count> {
    let finder = Finder::new(pack, entries);
    let mut counts: Vec<Count> = entries.iter().map(|entry| Count { entry: entry.clone(), times: 0, texts: 0 }).collect();
    for text in texts {
        for (entry, times) in finder.fired(text) {
            counts[entry].times += times;
            counts[entry].texts += 1;
        }
    }
    counts.sort_by(|a, b| b.times.cmp(&a.times).then(a.entry.form.cmp(&b.entry.form)).then(a.entry.class.cmp(&b.entry.class)));
    counts
}

/// Finds the forms of one pack alone, without the names of the reference.
pub(crate) struct Finder {
    matcher: Matcher,
    ignore_marks: bool,
    abbreviations: BTreeSet<Written>,
}

impl Finder {
    pub fn new(pack: &Pack, entries: &[Entry]) -> Finder {
        let ignore_marks = pack.settings.ignore_marks;
        Finder {
            matcher: Matcher::new(entries.to_vec(), ignore_marks, pack.settings.nouns_are_capitalised, &pack.settings.closing_words),
            ignore_marks,
            abbreviations: pack.abbreviations(entries),
        }
    }

    /// Entries that fire in a text, by their place in the pack, with the number of times.
    pub fn fired(&self, text: &str) -> BTreeMap<usize, usize> {
        let cut = Text::new(text, self.ignore_marks, |word| self.abbreviations.contains(word));
        let mut fired = BTreeMap::new();
        for hit in self.matcher.find(text, &cut).hits {
            for entry in hit.entries {
                *fired.entry(entry as usize).or_default() += 1;
            }
        }
        fired
    }
}
