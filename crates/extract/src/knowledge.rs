//! Everything that the stages know: packs, frames and the reference, compiled for matching.
//!
//! In: loaded packs, frames and reference. Out: one matcher a language, made when first needed.
//! Never: anything about one document.

use crate::frame::rules::{FrameError, Frames};
use chancery_language::{Class, Entry, Feature, Matcher, Pack};
use chancery_reference::Reference;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Packs, frames and reference.
#[derive(Debug)]
pub struct Knowledge {
    packs: Vec<Pack>,
    compiled: Vec<OnceLock<Compiled>>,
    frames: Frames,
    reference: Reference,
}

/// One language, ready to match.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub matcher: Matcher,
    /// Folded words after which a full stop ends no sentence.
    pub abbreviations: HashSet<String>,
    /// Opening and closing marks.
    pub quotes: Vec<(char, char)>,
}

impl Knowledge {
    /// Puts loaded parts together; packs are sorted by tag.
    ///
    /// # Errors
    /// Where the frames cannot be read.
    pub fn new(mut packs: Vec<Pack>, frames: &str, reference: Reference) -> Result<Knowledge, FrameError> {
        packs.sort_by(|a, b| a.settings.tag.cmp(&b.settings.tag));
        let compiled = packs.iter().map(|_| OnceLock::new()).collect();
        Ok(Knowledge { packs, compiled, frames: Frames::parse(frames)?, reference })
    }

    /// The packs, by tag.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The tables of facts.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The matcher of the pack with this tag.
    pub fn matcher(&self, tag: &str) -> Option<&Matcher> {
        self.index(tag).map(|index| &self.compiled(index).matcher)
    }

    pub(crate) fn frames(&self) -> &Frames {
        &self.frames
    }

    pub(crate) fn index(&self, tag: &str) -> Option<usize> {
        self.packs.iter().position(|pack| pack.settings.tag == tag)
    }

    pub(crate) fn compiled(&self, index: usize) -> &Compiled {
        self.compiled[index].get_or_init(|| compile(&self.packs[index], &self.reference))
    }
}

fn compile(pack: &Pack, reference: &Reference) -> Compiled {
    let tag = pack.settings.tag.as_str();
    let mut entries = pack.entries.clone();
    let known: HashSet<(String, Class)> = entries.iter().map(|entry| (entry.form.clone(), entry.class)).collect();
    let trapped: HashSet<String> = entries.iter().filter(|entry| entry.class == Class::None).map(|entry| entry.form.clone()).collect();
    let mut add = |form: &str, class: Class, value: &str, features: &[Feature]| {
        if form.chars().count() < 2 || trapped.contains(form) || known.contains(&(form.to_owned(), class)) {
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
    let abbreviations = pack.abbreviations();
    let quotes = pack
        .settings
        .quotes
        .iter()
        .filter_map(|pair| {
            let mut marks = pair.chars();
            Some((marks.next()?, marks.next()?))
        })
        .collect();
    Compiled {
        matcher: Matcher::new(entries, pack.settings.ignore_marks, pack.settings.nouns_are_capitalised, &pack.settings.closing_words),
        abbreviations,
        quotes,
    }
}
