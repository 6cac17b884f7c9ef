//! The formats, and how they are told apart.
//!
//! In: a source. Out: what to do for each of its items. Never: believes a name where the content says something else.
//!
//! A format is a file of this folder and a line of [`Format::ALL`].

mod compressed;
mod feed;
mod mail;
mod markdown;
mod page;
pub(crate) mod parquet;
mod records;
mod table;
mod tar;
mod text;
mod warc;
mod zip;

use crate::Options;
use crate::bytes;
use crate::item::{Item, Jobs, guarded, one};
use crate::source::{Place, Source, unreadable};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// What the first bytes of a source and its name say.
pub(crate) struct Head<'a> {
    /// The bytes as they are.
    pub bytes: &'a [u8],
    /// The same as UTF-8, where they are text; without a byte order mark.
    pub text: &'a [u8],
    /// The ending of the name in lower case.
    pub ending: String,
}

/// What a source of a format holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    /// Other sources, of whatever formats.
    Sources,
    /// The same, in records of its own.
    Records,
    /// Documents, in bytes that are no text.
    Binary,
    /// Documents, as text.
    Text,
}

/// A format as its file describes it.
pub(crate) struct Definition {
    /// As written on the command line.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Endings of its names; they decide where the content does not.
    pub endings: &'static [&'static str],
    /// Whether the content says that it is this format.
    pub recognise: fn(&Head) -> bool,
    /// Reads it.
    pub read: fn(Source, &Arc<Options>) -> Jobs,
}

/// The shape of a source.
#[derive(Clone, Copy)]
pub struct Format(&'static Definition);

impl Format {
    /// Every format, in the order in which they are asked whether they recognise a content.
    pub const ALL: &[Format] = &[
        compressed::GZIP,
        compressed::ZSTD,
        zip::ZIP,
        tar::TAR,
        warc::WARC,
        parquet::PARQUET,
        feed::FEED,
        records::JSON_LINES,
        page::HTML,
        mail::MAIL,
        table::CSV,
        markdown::MARKDOWN,
        text::TEXT,
    ];
    /// The whole file is the text.
    pub const TEXT: Format = text::TEXT;
    /// Text with an optional front matter between two lines `---`.
    pub const MARKDOWN: Format = markdown::MARKDOWN;

    /// As written on the command line.
    pub fn as_str(self) -> &'static str {
        self.0.name
    }

    fn is_around(self) -> bool {
        matches!(self.0.holds, Holds::Sources | Holds::Records)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
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
        found.copied().ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
            format!("unknown format {word:?}; expected one of {}", names.join(", "))
        })
    }
}

/// Reads a source in the format that it has, or that was asked for.
pub(crate) fn open(mut source: Source, options: &Arc<Options>) -> Jobs {
    let name = source.name.clone();
    let format = match format_of(&mut source, options.format) {
        Ok(format) => format,
        Err(item) => return one(item),
    };
    let mut options = options.clone();
    if options.format == Some(format) {
        options = Arc::new(Options { format: None, ..(*options).clone() });
    }
    guarded(name, move || (format.0.read)(source, &options))
}

/// The format of a source, or what becomes of it without being read.
fn format_of(source: &mut Source, asked: Option<Format>) -> Result<Format, Item> {
    let ending = source.label.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let (name, place, media) = (source.name.clone(), source.place, source.media.clone());
    let bytes = match source.head() {
        Ok([]) => return Err(Item::Empty { source: name }),
        Ok(bytes) => bytes,
        Err(error) => return Err(Item::Refused { source: name, reason: unreadable(&error) }),
    };
    let kind = bytes::look_at(bytes);
    let text = bytes::first_text(bytes);
    let head = Head { bytes, text: &text, ending };
    let recognised = |format: &&Format| (kind.is_ok() || format.0.holds != Holds::Text) && (format.0.recognise)(&head);
    let by_content = Format::ALL.iter().copied().find(|format| recognised(&format));
    match (asked, by_content) {
        // what was asked for may be inside what was found
        (Some(asked), Some(found)) if found.is_around() && found != asked => return Ok(found),
        (Some(asked), _) if kind.is_ok() || asked.0.holds != Holds::Text => return Ok(asked),
        (_, Some(found)) => return Ok(found),
        _ => {}
    }
    let pass_over = |reason: String| match place {
        Place::Among => Item::PassedOver { source: name.clone(), reason },
        Place::Asked => Item::Refused { source: name.clone(), reason },
    };
    let by_name = |format: &&Format| match format.0.holds {
        Holds::Sources => false,
        // a person who names a file so means it; in a folder it is something else
        Holds::Records | Holds::Binary => place == Place::Asked,
        Holds::Text => kind.is_ok(),
    };
    let mut named = Format::ALL.iter().copied().filter(|format| format.0.endings.contains(&head.ending.as_str()));
    if let Some(format) = named.find(|format| by_name(&format)) {
        return Ok(format);
    }
    if let Err(reason) = kind {
        return Err(pass_over(reason));
    }
    let other_text = !head.ending.is_empty() || media.is_some_and(|media| media != "text/plain");
    if place == Place::Among && other_text {
        return Err(pass_over("its name does not look like text".to_owned()));
    }
    Ok(Format::TEXT)
}
