//! What a Markdown file says of itself before its text.
//!
//! In: a text. Out: the same text without its front matter, whose keys are filled into the document.
//! Never: touches the marks of the text itself; spans refer to them as stored.

use super::{Definition, Format, Holds, text};
use crate::dates::published;
use chancery_model::Document;

pub const MARKDOWN: Format = Format(&Definition {
    name: "markdown",
    holds: Holds::Text,
    endings: &["md", "markdown"],
    recognise: |head| begins(head.text),
    read: |source, options| text::read(source, options, true),
});

/// Lines of a front matter at the most.
const MOST_LINES: usize = 64;

/// Whether a file begins with a front matter: a line `---`, lines `key: value`, a line `---`.
fn begins(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or(""),
    };
    body_start(valid).is_some()
}

/// Byte at which the text after the front matter begins.
fn body_start(text: &str) -> Option<usize> {
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').take(MOST_LINES).enumerate() {
        offset += line.len();
        let line = line.trim_end();
        match (index, line) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---") => return Some(offset),
            (_, line) if line.is_empty() || line.starts_with([' ', '-', '#']) || line.contains(':') => {}
            _ => return None,
        }
    }
    None
}

/// Cuts the front matter off and fills its keys into `document`; a bad date becomes a note.
pub fn take(text: String, document: &mut Document, notes: &mut Vec<String>) -> String {
    let Some(start) = body_start(&text) else { return text };
    for line in text[..start].lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        if value.is_empty() {
            continue;
        }
        match key.trim() {
            "published" | "date" => match published(&value) {
                Some(date) => document.published = Some(date),
                None => notes.push(format!("`published: {value}` is no ISO date and was passed over")),
            },
            "title" => document.title = Some(value),
            "language" | "lang" => document.language = Some(value),
            "url" => document.url = Some(value),
            "id" => document.id = value,
            _ => {}
        }
    }
    text[start..].to_owned()
}
