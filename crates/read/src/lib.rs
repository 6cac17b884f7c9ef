//! Bytes become documents.
//!
//! In: paths, standard input, or any reader. Out: one [`Item`] for every text found, in a fixed order, as a stream.
//! Never: alters a text, fails as a whole because one item is bad, or asks what a text means.

mod ahead;
mod bytes;
mod caps;
mod clock;
mod dates;
mod fields;
mod folder;
mod formats;
pub mod html;
mod item;
mod json;
pub mod limited;
mod peek;
mod refusals;
mod source;

pub use ahead::read_ahead;
pub use caps::{Cap, Caps};
pub use fields::{FieldMap, ReadyMap};
pub use folder::{TextFile, text_files};
pub use formats::Format;
pub use item::{Item, Items, Job, Jobs};
pub use source::Meter;

use chancery_model::{Document, Edtf};
use item::refused;
use source::{Place, Source, shown, unreadable};
use std::fs::File;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A file, or a folder with files.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

/// How to read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The format; `None` tells it from content and name.
    pub format: Option<Format>,
    /// How much is read at the most.
    pub caps: Caps,
    /// Which fields of records say what.
    pub map: FieldMap,
    /// Date of publication of documents that give none themselves.
    pub published: Option<Edtf>,
    /// Language of documents that give none themselves.
    pub language: Option<String>,
    /// What is done with the bytes that a text was read from.
    pub bytes: Bytes,
    /// The program that reads in a process of its own what could bring this one down, see [`limited`]; where there is none, this one
    /// takes the risk.
    pub limited_reader: Option<limited::Program>,
}

/// What is done with the bytes that a text was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Bytes {
    /// They are let go.
    #[default]
    Dropped,
    /// They come with the document where they are others than its text.
    Kept,
}

impl Options {
    fn kept(&self, raw: &[u8]) -> Option<Vec<u8>> {
        (self.bytes == Bytes::Kept).then(|| raw.to_vec())
    }
}

/// Reads every input in order. Folders are walked in the order of their names.
pub fn read(inputs: Vec<Input>, options: Options) -> Items {
    refusals::few(Box::new(jobs(inputs, options, &Meter::default()).flat_map(Job::run)))
}

/// What is left to do for every item of the inputs, in order.
pub fn jobs(inputs: Vec<Input>, options: Options, meter: &Meter) -> Jobs {
    let (options, meter) = (Arc::new(options), meter.clone());
    Box::new(clock::timed(inputs.into_iter().flat_map(move |input| match input {
        Input::Stdin => formats::open(Source::pipe("-", "stdin", Box::new(std::io::BufReader::new(std::io::stdin())), &meter), &options),
        Input::Path(path) => read_path(path, &options, &meter),
    })))
}

/// Reads one source. `source` names it in messages, `id` is the id of a document that has none of its own.
pub fn read_from(source: &str, id: &str, reader: Box<dyn BufRead + Send>, options: &Options) -> Items {
    let source = Source::pipe(source, id, reader, &Meter::default());
    refusals::few(Box::new(clock::timed(formats::open(source, &Arc::new(options.clone()))).flat_map(Job::run)))
}

fn read_path(path: PathBuf, options: &Arc<Options>, meter: &Meter) -> Jobs {
    let source = shown(&path.display().to_string());
    match std::fs::metadata(&path) {
        Err(error) => refused(source, unreadable(&error)),
        Ok(metadata) if metadata.is_dir() => {
            let (options, meter) = (options.clone(), meter.clone());
            let mut files = folder::walk(&path).peekable();
            if files.peek().is_none() {
                return refused(source, "the folder has no file to read");
            }
            Box::new(files.flat_map(move |found| match found {
                folder::Found::File(path) => read_file(&path, Place::Among, &options, &meter),
                folder::Found::Unreadable(path, error) => refused(shown(&path.display().to_string()), unreadable(&error)),
            }))
        }
        Ok(_) => read_file(&path, Place::Asked, options, meter),
    }
}

fn read_file(path: &Path, place: Place, options: &Arc<Options>, meter: &Meter) -> Jobs {
    match File::open(path) {
        Err(error) => refused(shown(&path.display().to_string()), unreadable(&error)),
        Ok(file) => formats::open(Source::file(path, file, place, meter), options),
    }
}

/// Fills in what the caller knows; a text of white space is empty.
fn finish(source: String, mut document: Document, notes: Vec<String>, raw: Option<Vec<u8>>, options: &Options) -> Item {
    if document.text.trim().is_empty() {
        return Item::Empty { source };
    }
    document.published = document.published.or_else(|| options.published.clone());
    document.language = document.language.or_else(|| options.language.clone());
    let raw = raw.filter(|raw| raw != document.text.as_bytes());
    Item::Read { source, document: Box::new(document), notes, raw }
}

/// The file that is named by the name of an item, and what of it is the item.
pub fn file_of(source: &str) -> &str {
    let ends = source.char_indices().rev().filter(|(_, character)| matches!(character, ':' | '/')).map(|(at, _)| &source[..at]);
    std::iter::once(source).chain(ends).find(|path| Path::new(path).is_file()).unwrap_or(source)
}

#[cfg(test)]
mod tests;
