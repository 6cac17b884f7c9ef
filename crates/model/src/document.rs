//! What was read, before anything is understood.
//!
//! In: text and what the source says of itself. Out: plain data. Never: altered after reading.

use crate::Edtf;
use crate::Span;
use crate::claim::{Claims, Mention, Origin};

/// One news item or read-out as stored.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// File name without its last extension, or address.
    pub id: String,
    /// The text that every span refers to; never altered after reading.
    pub text: String,
    /// Title, where the source gives one apart from the text.
    pub title: Option<String>,
    /// Date of publication, where the source gives one.
    pub published: Option<Edtf>,
    /// BCP 47 tag, where the source gives one.
    pub language: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The address that the source calls its own.
    pub canonical: Option<String>,
    /// Name of the site or paper, where the source gives one.
    pub site: Option<String>,
    /// Who wrote it, where the source says so.
    pub authors: Vec<String>,
    /// What the structure of the source marks: whole lines of the text, in their order. Empty where it has no structure.
    pub stretches: Vec<Stretch>,
}

/// A stretch of the text and the part that it plays on its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// What it is.
    pub part: Part,
    /// Where it stands.
    pub span: Span,
}

/// What a line of a page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Of the article.
    Text,
    /// Its title, or a heading between paragraphs.
    Headline,
    /// Below a picture.
    Caption,
    /// Menu, tags, links, counters: no part of the article.
    Furniture,
}

impl Part {
    /// Every part.
    pub const ALL: &[Part] = &[Part::Text, Part::Headline, Part::Caption, Part::Furniture];

    /// As written.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Text => "text",
            Part::Headline => "headline",
            Part::Caption => "caption",
            Part::Furniture => "furniture",
        }
    }
}

/// A document and what it was found to say.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// What was read.
    pub document: Document,
    /// BCP 47 tag of the language found; `None` where no pack reads it.
    pub language: Option<String>,
    /// Date of publication by the source or the text.
    pub published: Option<Edtf>,
    /// Title by the source or the text.
    pub title: Option<String>,
    /// Agencies and offices credited.
    pub origins: Vec<Origin>,
    /// Everything named.
    pub mentions: Vec<Mention>,
    /// Everything claimed.
    pub claims: Claims,
}
