//! What must hold whatever comes in: a target for every reader and stage.
//!
//! In: bytes. Out: nothing. Never: shipped.
//!
//! A test runs them over seeds that it mutates, always the same way; `CHANCERY_FUZZ_RUNS` says how often.

mod mutate;
mod seeds;
mod targets;

pub use mutate::{Dice, mutated};
pub use seeds::seeds;
pub use targets::{TARGETS, Target, target};
