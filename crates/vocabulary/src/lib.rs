//! What packs and tables say together.
//!
//! In: packs and tables. Out: one language's forms ready to match, and the words in which questions ask. Never: reads a file, or knows which languages there are.

pub mod asking;
pub mod matching;

pub use asking::{Asking, PackForms};
pub use matching::Vocabulary;
