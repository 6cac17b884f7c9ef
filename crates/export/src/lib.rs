//! Readings for others: machines ([`v1`]) and people ([`people`]).
//!
//! In: readings. Out: JSON of a fixed shape, or text. Never: decides anything about what a document says.

mod layout;
pub mod people;
pub mod record;
mod sentences;
pub mod v1;

pub use layout::{Marks, Style, columns, safe};
