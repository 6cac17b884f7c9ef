//! One language, ready to match: the forms of its pack and those of the tables.
//!
//! In: a pack, its entries, and the tables of facts. Out: a [`Vocabulary`]. Never: anything about one document.

use chancery_frozen::Written;
use chancery_language::{Class, Entry, Feature, Matcher, Pack};
use chancery_reference::Reference;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// The tables whose names a vocabulary holds.
pub const TABLES: [&str; 7] =
    ["states.tsv", "state_names.tsv", "places.tsv", "place_names.tsv", "organizations.tsv", "organization_names.tsv", "agencies.tsv"];

/// One language, ready to match.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Vocabulary {
    /// Every form.
    pub matcher: Matcher,
    /// Folded words after which a full stop ends no sentence.
    pub abbreviations: BTreeSet<Written>,
    /// Forms that mean after or before, which a longer form may begin with (after meeting).
    pub after_or_before: Vec<Written>,
    /// Opening and closing marks.
    pub quotes: Vec<(char, char)>,
}

impl Vocabulary {
    /// Puts the entries of a pack and the names of the tables together; what the pack says of a form wins.
    pub fn new(pack: &Pack, mut entries: Vec<Entry>, reference: &Reference) -> Vocabulary {
        let settings = &pack.settings;
        let abbreviations = pack.abbreviations(&entries);
        let in_time = |entry: &&Entry| entry.class == Class::Marker && (entry.value == "after" || entry.value == "before");
        let after_or_before = entries.iter().filter(in_time).map(|entry| entry.form.clone()).collect();
        add_names(&mut entries, &settings.tag, reference);
        let quotes = settings.quotes.iter().filter_map(|pair| {
            let mut marks = pair.chars();
            Some((marks.next()?, marks.next()?))
        });
        Vocabulary {
            quotes: quotes.collect(),
            abbreviations,
            after_or_before,
            matcher: Matcher::new(entries, settings.ignore_marks, settings.nouns_are_capitalised, &settings.closing_words),
        }
    }
}

/// Adds the names of the tables in a language, where the entries say nothing of the form.
fn add_names(entries: &mut Vec<Entry>, tag: &str, reference: &Reference) {
    let known: HashSet<(Written, Class)> = entries.iter().map(|entry| (entry.form.clone(), entry.class)).collect();
    let trapped: HashSet<Written> = entries.iter().filter(|entry| entry.class == Class::None).map(|entry| entry.form.clone()).collect();
    let mut add = |form: &str, class: Class, value: &str, features: &[Feature]| {
        if form.chars().count() < 2 || trapped.contains(form) || known.contains(&(form.into(), class)) {
            return;
        }
        let mut entry = Entry::new(form, class, value);
        for feature in features {
            entry.features = entry.features.with(*feature);
        }
        entries.push(entry);
    };
    for form in reference.state_forms(tag) {
        add(&form.form, Class::State, &form.key, &[Feature::Noun]);
    }
    for form in reference.organization_forms(tag) {
        let class = if reference.state(&form.key).is_some() { Class::State } else { Class::Organization };
        add(&form.form, class, &form.key, &[Feature::Noun]);
    }
    for place in reference.places() {
        let features: &[Feature] = if place.capital { &[Feature::Capital] } else { &[] };
        add(&place.name, Class::Place, &place.key, features);
    }
    for form in reference.place_forms(tag) {
        let capital = reference.place(&form.key).is_some_and(|place| place.capital);
        add(&form.form, Class::Place, &form.key, if capital { &[Feature::Capital] } else { &[] });
    }
    for agency in reference.agencies() {
        for form in std::iter::once(&agency.name).chain(&agency.forms) {
            add(form, Class::Agency, &agency.name, &[]);
        }
    }
}
