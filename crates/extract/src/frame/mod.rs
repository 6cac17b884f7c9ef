//! Cues, parties, dates and amounts of a clause become claims.
//!
//! In: a page and its cast. Out: claims of five kinds. Never: compares documents.

mod absent;
pub(crate) mod again;
mod attendance;
mod chair;
pub(crate) mod commitment;
mod company;
mod conference;
pub(crate) mod contact;
mod envoy;
pub(crate) mod figure;
mod journey;
pub(crate) mod occasion;
mod plan;
pub mod rules;
pub(crate) mod sides;
pub(crate) mod standing;
pub(crate) mod statement;
pub(crate) mod status;
mod wish;
