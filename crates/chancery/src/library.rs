//! What the stages know, loaded once: packs, frames and tables of facts.
//!
//! In: the folders built into the library, and folders that the caller gives, which win. Out: a [`Library`] that reads documents.
//! Never: stops at a line that is wrong; it is left out and named.

use crate::built_in;
use crate::sources::{Sources, is_given, pack_files, table_files};
use chancery_extract::{Knowledge, Maker, Stage, StageReport};
use chancery_frozen::thaw;
use chancery_language::{Entry, Pack, PackFile, Text};
use chancery_model::{Document, Reading};
use chancery_reference::Reference;
use chancery_vocabulary::Vocabulary;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folder of what several languages share.
const COMMON: &str = "_common";

/// What keeps a library from being made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A folder that was given cannot be read.
    #[error("{0}; give a folder that holds text files in UTF-8")]
    Folder(#[from] std::io::Error),
    /// The frames are wrong.
    #[error("languages/_common/frames.toml: {0}")]
    Frames(String),
    /// A language that no pack reads.
    #[error("no language pack {0:?}; there are {1}")]
    NoSuchLanguage(String, String),
    /// The record cannot be used.
    #[error(transparent)]
    Record(#[from] chancery_store::Error),
    /// A file whose content is not what it should be.
    #[error("{0}")]
    Content(String),
}

/// Everything needed to read documents.
pub struct Library {
    knowledge: Knowledge,
    files: BTreeMap<String, Vec<PackFile>>,
    faults: Vec<String>,
}

impl Library {
    /// The library as built.
    ///
    /// # Errors
    /// Where the frames built in are wrong, which a test rules out.
    pub fn built_in() -> Result<Library, Error> {
        Library::load(&Sources::default())
    }

    /// Loads what is built in and what `sources` gives.
    ///
    /// # Errors
    /// Where a folder cannot be read or the frames are wrong.
    pub fn load(sources: &Sources) -> Result<Library, Error> {
        let files = pack_files(sources.languages.as_deref())?;
        let (reference, wrong) = reference(sources)?;
        let reference = Arc::new(reference);
        let names_are_built_in = sources.names_are_built_in()?;
        let mut built_in_packs = built_in::packs().unwrap_or_default();
        let (mut packs, mut faults): (Vec<(Pack, Maker)>, Vec<String>) = (Vec::new(), Vec::new());
        for (folder, files) in files.iter().filter(|(folder, _)| !folder.starts_with('_')) {
            let reference = Arc::clone(&reference);
            let given = files.iter().any(is_given);
            if let Some((pack, wrong)) = built_in_packs.remove(folder).filter(|_| !given) {
                faults.extend(wrong);
                let frozen = built_in::vocabulary(folder).filter(|_| names_are_built_in);
                let (own, files) = (pack.clone(), files.clone());
                let made = move || Vocabulary::new(&own, entries(&files), &reference);
                packs.push((pack, Box::new(move || frozen.and_then(thaw).unwrap_or_else(made))));
            } else {
                let (loaded, errors) = Pack::load_what_is_right(files);
                faults.extend(errors.iter().map(|error| format!("languages/{error}")));
                if let Some((pack, entries)) = loaded {
                    let own = pack.clone();
                    packs.push((pack, Box::new(move || Vocabulary::new(&own, entries, &reference))));
                }
            }
        }
        faults.extend(wrong);
        let frames = frames(&files);
        let knowledge = Knowledge::new(packs, frames, reference).map_err(|error| Error::Frames(error.to_string()))?;
        Ok(Library { knowledge, files, faults })
    }

    /// What a document says. Never fails; the same document gives the same reading.
    pub fn read_document(&self, document: Document) -> Reading {
        chancery_extract::read(document, &self.knowledge)
    }

    /// What each stage saw in a document.
    pub fn explain(&self, document: Document) -> Vec<StageReport> {
        chancery_extract::explain(document, &self.knowledge)
    }

    /// Which stretches of a document are furniture, a headline or a caption rather than its text.
    pub fn parts(&self, document: &Document) -> Vec<chancery_model::Stretch> {
        chancery_extract::parts(document, &self.knowledge)
    }

    /// Lines of packs and tables that are wrong and were left out.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// Every pack.
    pub fn packs(&self) -> &[Pack] {
        self.knowledge.packs()
    }

    /// The pack of a language.
    ///
    /// # Errors
    /// Where there is none.
    pub fn pack(&self, tag: &str) -> Result<&Pack, Error> {
        self.packs().iter().find(|pack| pack.settings.tag == tag).ok_or_else(|| {
            let tags: Vec<&str> = self.packs().iter().map(|pack| pack.settings.tag.as_str()).collect();
            Error::NoSuchLanguage(tag.to_owned(), tags.join(", "))
        })
    }

    /// Every entry of the pack of a language.
    pub fn entries(&self, tag: &str) -> Vec<Entry> {
        entries(self.pack_files(tag))
    }

    /// The files of the folder `languages/<folder>`.
    pub fn pack_files(&self, folder: &str) -> &[PackFile] {
        self.files.get(folder).map_or(&[], Vec::as_slice)
    }

    /// The cues that frames have: the values that the class `contact` may have.
    pub fn cues(&self) -> Vec<&str> {
        let lines = frames(&self.files).lines().filter_map(|line| line.strip_prefix("cue = "));
        let mut cues: Vec<&str> = lines.map(|value| value.trim().trim_matches('"')).collect();
        cues.sort_unstable();
        cues.dedup();
        cues
    }

    /// The tables of facts.
    pub fn reference(&self) -> &Reference {
        self.knowledge.reference()
    }

    /// Reads a document as far as a stage, for benchmarks.
    pub fn read_to(&self, stage: Stage, document: &Document) -> usize {
        chancery_extract::read_to(stage, document, &self.knowledge)
    }

    /// A text as the matcher of a language sees it, for benchmarks.
    pub fn cut(&self, tag: &str, text: &str) -> Text {
        let ignore_marks = self.pack(tag).is_ok_and(|pack| pack.settings.ignore_marks);
        Text::new(text, ignore_marks, |_| false)
    }

    /// The bare pattern pass over a text that is cut: the floor that benchmarks compare with.
    pub fn count_patterns(&self, tag: &str, cut: &Text) -> usize {
        self.knowledge.vocabulary(tag).map_or(0, |vocabulary| vocabulary.matcher.count_patterns(cut))
    }

    /// English name of a state or organization; the code itself where none is known.
    pub fn name_of(&self, code: &str) -> String {
        let reference = self.reference();
        // acronyms are how organizations are known; states are known by their names
        reference.state(code).map_or_else(|| code.to_owned(), |state| state.name.to_string())
    }
}

/// The tables of facts, and their lines that are wrong.
pub(crate) fn reference(sources: &Sources) -> Result<(Reference, Vec<String>), Error> {
    if sources.tables_are_built_in()
        && let Some(known) = built_in::reference()
    {
        return Ok(known);
    }
    let (reference, errors) = Reference::load(&table_files(sources)?);
    Ok((reference, errors.iter().map(ToString::to_string).collect()))
}

/// Every entry of a pack's files.
fn entries(files: &[PackFile]) -> Vec<Entry> {
    Pack::load_what_is_right(files).0.map(|(_, entries)| entries).unwrap_or_default()
}

/// The frames that all languages share.
fn frames(files: &BTreeMap<String, Vec<PackFile>>) -> &str {
    let file = files.get(COMMON).and_then(|files| files.iter().find(|file| file.path.ends_with("/frames.toml")));
    file.map_or("", |file| &*file.text)
}
