//! Entries of the record for people and for spreadsheets.
//!
//! In: entries, texts of their documents, names of codes, a style. Out: rows, sentences, pages. Never: writes to a terminal itself.

mod page;
mod rows;
mod sentence;

pub use page::{Text, View, evidence, page, passage};
pub use rows::{csv_head, csv_row, head, inferred, neutral, row, sort_and_date, words};
pub use sentence::{sentence, told};
