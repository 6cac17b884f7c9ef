//! Cues, parties, dates and amounts of a clause become claims.
//!
//! In: a page and its cast. Out: claims of five kinds. Never: compares documents.

mod absent;
pub(crate) mod commitment;
mod conference;
pub(crate) mod contact;
pub(crate) mod figure;
pub(crate) mod occasion;
pub mod rules;
pub(crate) mod sides;
pub(crate) mod standing;
pub(crate) mod statement;
pub(crate) mod status;
