//! What packs and tables say together.
//!
//! In: packs and tables. Out: the words in which questions ask. Never: reads a file, or knows which languages there are.

pub mod asking;

pub use asking::{Asking, PackForms};
