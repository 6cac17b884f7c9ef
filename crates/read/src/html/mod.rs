//! Pages of the web.
//!
//! In: the bytes of an HTML file, and what came with them. Out: the text of the article, line by line, with what the page says of
//! itself; or why the page is refused. Never: renders, runs or fetches anything.

mod body;
mod charset;
mod lines;
mod tags;
mod tree;

use chancery_model::Document;
use std::fmt;

/// A page, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// What it holds; without an id.
    pub document: Document,
    /// What had to be guessed, in plain words.
    pub notes: Vec<String>,
}

/// Why a page is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Elements stand within each other too deeply.
    TooDeep {
        /// How deep is read.
        most: usize,
    },
    /// There are too many elements.
    TooMany {
        /// How many are read.
        most: usize,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooDeep { most } => write!(out, "HTML whose elements stand more than {most} deep within each other"),
            Refusal::TooMany { most } => write!(out, "HTML of more than {most} elements"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Reads a page. `declared` is the charset that came with it, as in the header of an answer; `address` is where it came from.
///
/// # Errors
/// Where reading it would take too much.
pub fn read(raw: &[u8], declared: Option<&str>, address: Option<&str>) -> Result<Page, Refusal> {
    let decoded = charset::decode(raw, declared);
    let tree = tree::read(&decoded.text)?;
    let parts = body::parts(&tree);
    let mut lines = lines::Lines::default();
    lines::write(&tree, 0, &parts, &mut lines);
    let (text, stretches) = lines.finish();
    let document = Document { text, stretches, url: address.map(str::to_owned), ..Document::default() };
    Ok(Page { document, notes: decoded.note.into_iter().collect() })
}

/// Whether a file begins like a page.
pub(crate) fn begins(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let text = String::from_utf8_lossy(head).to_lowercase();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        // what may stand before the page: an XML declaration, comments
        let end = match rest {
            _ if rest.starts_with("<?xml") => rest.find("?>").map(|at| at + 2),
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ => break,
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start();
    }
    let named = |name: &str| rest.strip_prefix(name).is_some_and(|after| after.starts_with([' ', '>', '\n', '\r', '\t', '/']));
    rest.starts_with("<!doctype html")
        || ["<html", "<head", "<body", "<meta", "<title", "<div", "<p", "<article"].iter().any(|name| named(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_beginning() {
        for page in
            ["<!DOCTYPE html>", "\n<!-- made by us -->\n<HTML lang=en>", "<?xml version='1.0'?><!DOCTYPE html PUBLIC ''>", "<p>a</p>"]
        {
            assert!(begins(page.as_bytes()), "{page}");
        }
        for other in ["<?xml version='1.0'?><rss>", "<feed>", "a <p>", "<pre", "{\"text\": \"<html>\"}", "", "<!-- <html>"] {
            assert!(!begins(other.as_bytes()), "{other}");
        }
    }
}
