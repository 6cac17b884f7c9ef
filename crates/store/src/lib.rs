//! The record in one file: documents and readings as they came, judgements, and the entries derived from them.
//!
//! In: documents, readings, judgements. Out: entries, found by state, person, kind, time and words. Never: decides which claims are
//! one, asks a clock.

mod cards;
mod changes;
mod documents;
mod entries;
mod error;
mod filter;
mod index;
mod judgements;
mod ledger;
mod marks;
mod open;
mod packed;
mod pages;
mod search;
mod tally;
pub mod words;

pub use changes::{Change, Since};
pub use documents::{Arrival, Kept, KeptDocument, Known, NewReading};
pub use entries::{Derived, Names};
pub use error::Error;
pub use filter::{Cursor, Filter, Look, Order, Page};
pub use index::{Index, Spelling};
pub use judgements::{Decision, Judged, Verdict};
pub use ledger::{LedgerRow, Outcome};
pub use search::{Hit, Passage, Ways};
pub use tally::Days;

use marks::pass;
use rusqlite::Connection;
use std::sync::Arc;

/// A record, open.
pub struct Store {
    connection: Connection,
    /// The entries in memory, while a question is asked of them.
    index: Option<Arc<Index>>,
    /// Those taken in last, be it in an earlier round: how words are spelled changes little.
    latest: Option<Arc<Index>>,
}

/// What a method of the store returns.
pub type Result<T> = std::result::Result<T, Error>;

#[cfg(test)]
mod tests;
