//! Reads news and official read-outs of diplomacy and says what they say: who met, called, visited or wrote to whom, when and
//! where; who said what; what was agreed; which figures were claimed; who held which office.
//!
//! In: documents. Out: readings, and how right they are. Never: keeps anything, or asks a network or a clock.
//!
//! ```
//! use chancery::{Document, Library};
//!
//! let library = Library::built_in()?;
//! let document = Document { id: "a".to_owned(), text: "Nothing of note happened.".to_owned(), ..Document::default() };
//! let reading = library.read_document(document);
//! assert!(reading.claims.contacts.is_empty());
//! # Ok::<(), chancery::Error>(())
//! ```

pub mod audit;
mod built_in;
pub mod check;
pub mod evaluate;
pub mod examples;
pub mod expected;
mod library;
pub mod pack_tests;
pub mod record;
pub mod registry;
mod sources;
pub mod status;

pub use chancery_export as export;
pub use chancery_extract::StageReport;
pub use chancery_language::alternatives::alternatives;
pub use chancery_model as model;
pub use chancery_model::{Document, Edtf, Reading};
pub use chancery_read as source;
pub use chancery_reference as reference;
pub use library::{Error, Library};
pub use sources::Sources;
