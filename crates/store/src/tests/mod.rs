//! Tests of the store as a whole: what a cut of the power, a full disk and a strange file do to it.

mod ended;
pub(crate) mod generated;
mod hindered;
mod kept;
