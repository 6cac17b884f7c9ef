//! What was read, before anything is understood.
//!
//! In: text and what the source says of itself. Out: plain data. Never: altered after reading.

use crate::Edtf;
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
