//! What the stages know, loaded once: packs, frames and tables of facts.
//!
//! In: the folders built into the library, and folders that the caller gives, which win. Out: a [`Library`] that reads documents.
//! Never: stops at a line that is wrong; it is left out and named.

use chancery_extract::{Knowledge, StageReport};
use chancery_language::{Pack, PackFile};
use chancery_model::{Document, Reading};
use chancery_read::TextFile;
use chancery_reference::{Reference, TableFile};
use include_dir::{Dir, File, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

static LANGUAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../languages");
static REFERENCE: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../reference");

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
    /// A file whose content is not what it should be.
    #[error("{0}")]
    Content(String),
}

/// Where packs and tables come from besides those built in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    /// A folder with packs, or one pack: its packs take the place of those built in with the same tag.
    pub languages: Option<PathBuf>,
    /// A folder with tables: they take the place of those built in with the same name.
    pub reference: Option<PathBuf>,
    /// A folder with imported tables: their facts join the others and win over them.
    pub imported: Option<PathBuf>,
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
        let tables = table_files(sources)?;
        // each pack and the tables on a thread of their own: parsing them is most of the start
        let (loaded, (reference, errors)) = std::thread::scope(|scope| {
            let folders = files.iter().filter(|(folder, _)| !folder.starts_with('_'));
            let packs: Vec<_> = folders.map(|(_, files)| scope.spawn(|| Pack::load_what_is_right(files))).collect();
            let reference = Reference::load(&tables);
            (
                packs.into_iter().map(|pack| pack.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))).collect::<Vec<_>>(),
                reference,
            )
        });
        let (mut packs, mut faults) = (Vec::new(), Vec::new());
        for (pack, errors) in loaded {
            packs.extend(pack);
            faults.extend(errors.iter().map(|error| format!("languages/{error}")));
        }
        faults.extend(errors.iter().map(ToString::to_string));
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

    /// A text as the matcher of a language sees it, for benchmarks.
    pub fn folded(&self, tag: &str, text: &str) -> String {
        let ignore_marks = self.pack(tag).is_ok_and(|pack| pack.settings.ignore_marks);
        chancery_language::Text::new(text, ignore_marks, |_| false).folded
    }

    /// The bare pattern pass over a folded text: the floor that benchmarks compare with.
    pub fn count_patterns(&self, tag: &str, folded: &str) -> usize {
        self.knowledge.matcher(tag).map_or(0, |matcher| matcher.count_patterns(folded))
    }

    /// English name of a state or organization; the code itself where none is known.
    pub fn name_of(&self, code: &str) -> String {
        let reference = self.reference();
        // acronyms are how organizations are known; states are known by their names
        reference.state(code).map_or_else(|| code.to_owned(), |state| state.name.clone())
    }
}

/// The frames that all languages share.
fn frames(files: &BTreeMap<String, Vec<PackFile>>) -> &str {
    let file = files.get(COMMON).and_then(|files| files.iter().find(|file| file.path.ends_with("/frames.toml")));
    file.map_or("", |file| file.text.as_str())
}

/// The files below a folder, in order of their paths.
fn files_of(folder: &'static Dir<'static>) -> Vec<&'static File<'static>> {
    let mut files = Vec::new();
    let mut waiting = vec![folder];
    while let Some(folder) = waiting.pop() {
        waiting.extend(folder.dirs());
        files.extend(folder.files());
    }
    files.sort_by_key(|file| path_of(file));
    files
}

fn path_of(file: &File) -> String {
    let parts: Vec<_> = file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn built_in(folder: &'static Dir<'static>) -> Vec<TextFile> {
    let text = |file: &'static File| Some(TextFile { path: path_of(file), text: file.contents_utf8()?.to_owned() });
    files_of(folder).into_iter().filter_map(text).collect()
}

fn pack_files(given: Option<&Path>) -> Result<BTreeMap<String, Vec<PackFile>>, Error> {
    let mut folders: BTreeMap<String, Vec<PackFile>> = BTreeMap::new();
    let mut put = |files: Vec<TextFile>| {
        let mut new: BTreeMap<String, Vec<PackFile>> = BTreeMap::new();
        for TextFile { path, text } in files {
            if let Some((folder, _)) = path.split_once('/') {
                new.entry(folder.to_owned()).or_default().push(PackFile { path, text });
            }
        }
        folders.extend(new);
    };
    put(built_in(&LANGUAGES));
    if let Some(folder) = given {
        let mut files = chancery_read::text_files(folder)?;
        if files.iter().any(|file| file.path == "pack.toml") {
            // the folder is itself a pack
            let name =
                std::path::absolute(folder)?.file_name().map_or_else(|| "pack".to_owned(), |name| name.to_string_lossy().into_owned());
            files.iter_mut().for_each(|file| file.path = format!("{name}/{}", file.path));
        }
        put(files);
    }
    Ok(folders)
}

/// The tables built in, those that are given in their place, and those imported.
pub(crate) fn table_files(sources: &Sources) -> Result<Vec<TableFile>, Error> {
    let mut tables: BTreeMap<String, Cow<'static, str>> = BTreeMap::new();
    for file in files_of(&REFERENCE) {
        tables.extend(file.contents_utf8().map(|text| (path_of(file), Cow::Borrowed(text))));
    }
    if let Some(folder) = &sources.reference {
        tables.extend(chancery_read::text_files(folder)?.into_iter().map(|file| (file.path, Cow::Owned(file.text))));
    }
    let mut files: Vec<TableFile> =
        tables.into_iter().map(|(path, text)| TableFile { path: format!("reference/{path}"), text, imported: false }).collect();
    if let Some(folder) = &sources.imported {
        let imported = chancery_read::text_files(folder)?.into_iter().filter(|file| file.path.ends_with(".tsv"));
        files.extend(imported.map(|TextFile { path, text }| TableFile {
            path: folder.join(path).to_string_lossy().into_owned(),
            text: text.into(),
            imported: true,
        }));
    }
    Ok(files)
}

/// Forms of all packs with their values, and the endings of names in their settings, without compiling anything.
#[derive(Default)]
pub(crate) struct PackForms {
    pub states: Vec<(String, String)>,
    pub months: Vec<(String, String)>,
    pub people: Vec<(String, String)>,
    pub endings: Vec<(String, String)>,
}

/// The forms of the packs built in, or of those that are given in their place.
pub(crate) fn pack_forms(languages: Option<&Path>) -> Result<PackForms, Error> {
    let mut forms = PackForms::default();
    if languages.is_none() {
        for file in files_of(&LANGUAGES) {
            forms.add(&path_of(file), file.contents_utf8().unwrap_or_default());
        }
    } else {
        for (folder, files) in pack_files(languages)? {
            files.iter().for_each(|file| forms.add(&format!("{folder}/{}", file.path), &file.text));
        }
    }
    Ok(forms)
}

impl PackForms {
    fn add(&mut self, path: &str, text: &str) {
        if path.starts_with('_') {
            return;
        }
        if path.ends_with("/pack.toml") {
            self.endings.extend(chancery_language::name_endings(text));
        }
        if !path.contains("/lexicon/") {
            return;
        }
        for line in text.lines() {
            let mut fields = line.split('\t');
            let (Some(form), Some(class), Some(value)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let forms = match class {
                "state" => &mut self.states,
                "month" => &mut self.months,
                "person" => &mut self.people,
                _ => continue,
            };
            forms.push((form.to_owned(), value.to_owned()));
        }
    }
}

/// Files built into the library below `folder` of the project, for examples.
pub(crate) fn embedded(folder: &'static Dir<'static>) -> Vec<TextFile> {
    built_in(folder)
}
