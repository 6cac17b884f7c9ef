//! The nouns of Chancery: documents, spans, parties, claims, dates.
//!
//! In: nothing. Out: plain data that every other crate speaks. Never: a verb; knows no file, no
//! language, no clock.

pub mod claim;
pub mod document;
pub mod edtf;
pub mod record;
pub mod span;

pub use claim::{
    Basis, Bound, Change, Claims, Commitment, CommitmentStatus, Contact, ContactKind, ContactStatus, Doubt, Figure, Mention, MentionKind,
    Modality, Office, Origin, Party, Place, Relation, Role, Standing, Statement, Topic,
};
pub use document::{Document, Part, Reading, Stretch};
pub use edtf::{Edtf, EdtfValue};
pub use span::{CodePoints, Span};
