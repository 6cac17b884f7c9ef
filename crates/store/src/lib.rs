//! The record in one file: documents and readings as they came, judgements, and the entries derived from them.
//!
//! In: documents, readings, judgements. Out: entries, found by state, person, kind, time and words. Never: decides which claims are one.
