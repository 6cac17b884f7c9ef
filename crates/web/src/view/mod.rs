//! Parts of which pages are made.
//!
//! In: values of the record, the reader's texts. Out: HTML in which everything from documents is text. Never: asks the record.

pub mod axis;
pub mod bars;
pub mod calendar;
pub mod cells;
pub mod dates;
pub mod direction;
pub mod dots;
pub mod drawing;
pub mod layout;
pub mod map;
pub mod network;
pub mod passages;
mod romanised;
pub mod stretches;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands unescaped in a part of a path (RFC 3986).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'+');

/// The address of something by its name: `/person/Xi%20Jinping`.
pub fn address(of: &str, name: &str) -> String {
    format!("/{of}/{}", escaped(name))
}

/// A name as one part of a path.
pub fn escaped(name: &str) -> String {
    utf8_percent_encode(name, PLAIN).to_string()
}
