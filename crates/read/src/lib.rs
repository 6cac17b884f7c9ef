//! Bytes become documents.
//!
//! In: paths, standard input, or any reader. Out: one [`Item`] for every text found, in a fixed order, as a stream.
//! Never: alters a text, fails as a whole because one item is bad, or asks what a text means.

mod bytes;
mod folder;
mod front_matter;
pub mod html;
mod records;

pub use folder::{TextFile, text_files};

use chancery_model::{Document, Edtf};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// How much of an item is read at the most, unless said otherwise: 32 MiB.
pub const MAX_BYTES: u64 = 32 << 20;

/// Bytes looked at to tell formats and encodings apart.
const HEAD_BYTES: u64 = 64 << 10;

/// The shape of a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// The whole file is the text.
    Text,
    /// Text with an optional front matter between two lines `---`.
    Markdown,
    /// JSON objects with a `text`: one a line, or in one array.
    JsonLines,
    /// A page of the web.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: &[Format] = &[Format::Text, Format::Markdown, Format::JsonLines, Format::Html];

    /// As written on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::JsonLines => "jsonl",
            Format::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(word: &str) -> Result<Format, String> {
        let found = Format::ALL.iter().find(|format| format.as_str() == word);
        found.copied().ok_or_else(|| format!("unknown format {word:?}; expected text, markdown, jsonl or html"))
    }
}

impl Options {
    fn kept(&self, raw: &[u8]) -> Option<Vec<u8>> {
        (self.bytes == Bytes::Kept).then(|| raw.to_vec())
    }
}

/// Where to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A file, or a folder with files.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

/// How to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The format; `None` tells it from name and content.
    pub format: Option<Format>,
    /// The most bytes that one item may have.
    pub max_bytes: u64,
    /// Date of publication of documents that give none themselves.
    pub published: Option<Edtf>,
    /// Language of documents that give none themselves.
    pub language: Option<String>,
    /// What is done with the bytes that a text was read from.
    pub bytes: Bytes,
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

impl Default for Options {
    fn default() -> Options {
        Options { format: None, max_bytes: MAX_BYTES, published: None, language: None, bytes: Bytes::Dropped }
    }
}

/// What became of one item of the input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// It was read.
    Read {
        /// File, or file and line.
        source: String,
        /// The document.
        document: Document,
        /// What had to be guessed, in plain words.
        notes: Vec<String>,
        /// The bytes it was read from, where they were asked for and are others than its text.
        raw: Option<Vec<u8>>,
    },
    /// It holds no text.
    Empty {
        /// File, or file and line.
        source: String,
    },
    /// It could not be read.
    Refused {
        /// File, or file and line.
        source: String,
        /// Why, and what to do.
        reason: String,
    },
    /// A file of a folder whose name does not look like text.
    PassedOver {
        /// File.
        source: String,
    },
}

/// A stream of items.
pub type Items = Box<dyn Iterator<Item = Item> + Send>;

/// Reads every input in order. Folders are walked in the order of their names.
pub fn read(inputs: Vec<Input>, options: Options) -> Items {
    Box::new(inputs.into_iter().flat_map(move |input| match input {
        Input::Stdin => read_from("-", "stdin", Box::new(BufReader::new(std::io::stdin())), &options),
        Input::Path(path) => read_path(path, &options),
    }))
}

fn read_path(path: PathBuf, options: &Options) -> Items {
    let source = path.display().to_string();
    match std::fs::metadata(&path) {
        Err(error) => one(Item::Refused { source, reason: unreadable(&error) }),
        Ok(metadata) if metadata.is_dir() => {
            let options = options.clone();
            let mut files = folder::walk(&path, options.format.is_some()).peekable();
            if files.peek().is_none() {
                let reason = format!("the folder has no file to read; expected names that end in {}", folder::READABLE.join(", "));
                return one(Item::Refused { source, reason });
            }
            Box::new(files.flat_map(move |found| match found {
                folder::Found::File(path) => read_file(&path, &options),
                folder::Found::Other(path) => one(Item::PassedOver { source: path.display().to_string() }),
                folder::Found::Unreadable(path, error) => {
                    one(Item::Refused { source: path.display().to_string(), reason: unreadable(&error) })
                }
            }))
        }
        Ok(_) => read_file(&path, options),
    }
}

fn read_file(path: &Path, options: &Options) -> Items {
    let source = path.display().to_string();
    match File::open(path) {
        Err(error) => one(Item::Refused { source, reason: unreadable(&error) }),
        Ok(file) => {
            let id = path.file_stem().map_or_else(|| source.clone(), |stem| stem.to_string_lossy().into_owned());
            read_from(&source, &id, Box::new(BufReader::with_capacity(1 << 16, file)), options)
        }
    }
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

fn one(item: Item) -> Items {
    Box::new(std::iter::once(item))
}

/// Reads one source. `source` names it in messages, `id` is the id of a document that has none of its own.
pub fn read_from(source: &str, id: &str, mut reader: Box<dyn BufRead + Send>, options: &Options) -> Items {
    let refused = |reason: String| one(Item::Refused { source: source.to_owned(), reason });
    let mut head = Vec::new();
    if let Err(error) = reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head) {
        return refused(unreadable(&error));
    }
    if head.is_empty() {
        return one(Item::Empty { source: source.to_owned() });
    }
    let kind = match bytes::look_at(&head) {
        Ok(kind) => kind,
        Err(reason) => return refused(reason),
    };
    let mut whole: Box<dyn BufRead + Send> = Box::new(Cursor::new(head.clone()).chain(reader));
    let (mut notes, mut original) = (Vec::new(), None);
    match kind {
        bytes::Kind::Utf8WithMark => whole.consume(3),
        bytes::Kind::Bytes => {}
        bytes::Kind::Utf16 { encoding, marked } => {
            // records in UTF-16 are read into memory, within the cap, before they are cut
            let raw = match capped(&mut whole, options.max_bytes) {
                Ok(raw) => raw,
                Err(reason) => return refused(reason),
            };
            let (text, damaged) = bytes::decode_utf16(&raw, encoding);
            original = options.kept(&raw);
            if !marked {
                notes.push(format!("read as {}", encoding.name()));
            }
            if damaged {
                notes.push(format!("characters that are no valid {} were replaced", encoding.name()));
            }
            head = text.as_bytes()[..text.len().min(HEAD_BYTES as usize)].to_vec();
            whole = Box::new(Cursor::new(text.into_bytes()));
        }
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let format = options.format.unwrap_or_else(|| recognise(source, head));
    if format == Format::JsonLines {
        return Box::new(records::read(whole, records::cut_of(source, head), source, id, options));
    }
    let raw = match capped(&mut whole, options.max_bytes) {
        Ok(raw) => raw,
        Err(reason) => return refused(reason),
    };
    let original = original.or_else(|| options.kept(&raw));
    if format == Format::Html {
        return match html::read(&raw, None, None) {
            Ok(html::Page { mut document, notes: told }) => {
                document.id = id.to_owned();
                notes.extend(told);
                one(finish(source.to_owned(), document, notes, original, options))
            }
            Err(refusal) => refused(refusal.to_string()),
        };
    }
    let decoded = bytes::decode(raw);
    notes.extend(decoded.note);
    let mut document = Document { id: id.to_owned(), ..Document::default() };
    document.text = match format {
        Format::Markdown => front_matter::take(decoded.text, &mut document, &mut notes),
        _ => decoded.text,
    };
    one(finish(source.to_owned(), document, notes, original, options))
}

/// Fills in what the caller knows; a text of white space is empty.
fn finish(source: String, mut document: Document, notes: Vec<String>, raw: Option<Vec<u8>>, options: &Options) -> Item {
    if document.text.trim().is_empty() {
        return Item::Empty { source };
    }
    document.published = document.published.or_else(|| options.published.clone());
    document.language = document.language.or_else(|| options.language.clone());
    let raw = raw.filter(|raw| raw != document.text.as_bytes());
    Item::Read { source, document, notes, raw }
}

fn recognise(source: &str, head: &[u8]) -> Format {
    let extension = Path::new(source).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("jsonl" | "ndjson" | "json") => Format::JsonLines,
        _ if records::look_like_records(head) => Format::JsonLines,
        Some("html" | "htm" | "xhtml") => Format::Html,
        _ if html::begins(head) => Format::Html,
        _ if front_matter::begins(head) => Format::Markdown,
        _ => Format::Text,
    }
}

fn capped(reader: &mut dyn BufRead, max_bytes: u64) -> Result<Vec<u8>, String> {
    let mut raw = Vec::new();
    reader.take(max_bytes.saturating_add(1)).read_to_end(&mut raw).map_err(|error| unreadable(&error))?;
    if raw.len() as u64 > max_bytes { Err(too_large(max_bytes)) } else { Ok(raw) }
}

fn too_large(max_bytes: u64) -> String {
    format!("larger than {}; raise the cap with --max-bytes", human_bytes(max_bytes))
}

fn human_bytes(bytes: u64) -> String {
    match bytes {
        bytes if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        bytes if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        bytes => format!("{bytes} bytes"),
    }
}

/// A date as sources write it: EDTF, or a date with a time of day.
fn published(text: &str) -> Option<Edtf> {
    let text = text.trim();
    let day = text.get(..10).filter(|_| matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')));
    text.parse().ok().or_else(|| day?.parse().ok())
}

#[cfg(test)]
mod tests;
