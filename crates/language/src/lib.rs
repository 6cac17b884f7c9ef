//! A language pack as types: loading, checking, compiling, and the segmenting and matching that packs drive.
//!
//! In: the files of a pack, and text. Out: words, sentences and the lexicon entries found in them.
//! Never: knows what a contact is, or any language's name.

pub mod alternatives;
pub mod fold;
mod form;
mod keys;
pub mod lexicon;
pub mod matcher;
pub mod pack;
pub mod words;

pub use lexicon::{Class, Classes, Entry, Feature, Features};
pub use matcher::{EntryId, Hit, Hits, Matcher};
pub use pack::{Pack, PackError, PackFile, name_endings};
pub use words::{Sentence, Shape, Text, Word};
