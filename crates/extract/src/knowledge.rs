//! Everything that the stages know: packs, frames and the reference.
//!
//! In: loaded packs, frames and reference. Out: one vocabulary a language, made when first needed.
//! Never: anything about one document.

use crate::frame::rules::{FrameError, Frames};
use chancery_language::Pack;
use chancery_reference::Reference;
use chancery_vocabulary::Vocabulary;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, LazyLock};
use whatlang::Script;

/// Makes the vocabulary of a language when it is first needed.
pub type Maker = Box<dyn FnOnce() -> Vocabulary + Send>;

/// Packs, frames and reference.
pub struct Knowledge {
    packs: Vec<Pack>,
    /// For each function word the packs that have it.
    function_words: HashMap<String, Vec<usize>>,
    /// The scripts that the packs' function words are written in.
    scripts: HashSet<Script>,
    vocabularies: Vec<LazyLock<Vocabulary, Maker>>,
    frames: Frames,
    reference: Arc<Reference>,
}

impl fmt::Debug for Knowledge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tags: Vec<&str> = self.packs.iter().map(|pack| pack.settings.tag.as_str()).collect();
        write!(out, "Knowledge({})", tags.join(", "))
    }
}

impl Knowledge {
    /// Puts loaded parts together; packs are sorted by tag.
    ///
    /// # Errors
    /// Where the frames cannot be read.
    pub fn new(mut packs: Vec<(Pack, Maker)>, frames: &str, reference: Arc<Reference>) -> Result<Knowledge, FrameError> {
        packs.sort_by(|(a, _), (b, _)| a.settings.tag.cmp(&b.settings.tag));
        let (packs, makers): (Vec<Pack>, Vec<Maker>) = packs.into_iter().unzip();
        let vocabularies = makers.into_iter().map(LazyLock::new).collect();
        let mut function_words: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, pack) in packs.iter().enumerate() {
            for word in &pack.settings.function_words {
                function_words.entry(word.clone()).or_default().push(index);
            }
        }
        let scripts = packs.iter().filter_map(|pack| whatlang::detect_script(&pack.settings.function_words.join(" "))).collect();
        Ok(Knowledge { packs, function_words, scripts, vocabularies, frames: Frames::parse(frames)?, reference })
    }

    /// The packs, by tag.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The packs, by their place, that have a word among their function words.
    pub(crate) fn packs_with_word(&self, word: &str) -> &[usize] {
        self.function_words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a pack reads what is written in a script.
    pub(crate) fn reads_script(&self, script: Script) -> bool {
        self.scripts.contains(&script)
    }

    /// The tables of facts.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The vocabulary of the pack with this tag.
    pub fn vocabulary(&self, tag: &str) -> Option<&Vocabulary> {
        self.index(tag).map(|index| self.vocabulary_at(index))
    }

    pub(crate) fn frames(&self) -> &Frames {
        &self.frames
    }

    pub(crate) fn index(&self, tag: &str) -> Option<usize> {
        self.packs.iter().position(|pack| pack.settings.tag == tag)
    }

    pub(crate) fn vocabulary_at(&self, index: usize) -> &Vocabulary {
        &self.vocabularies[index]
    }
}
