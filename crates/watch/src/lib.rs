//! Watches feeds: asks them politely, fetches the pages of their new entries, keeps the bytes.
//!
//! In: FEEDS.toml, the network. Out: crawls (WARC) of what was fetched, given to who takes them in. Never: reads a page, asks an address
//! that is not public, or fetches the same thing twice.
//!
//! [`door`] alone asks the network; everything else is given answers and moments.

pub mod address;
pub mod door;
mod entries;
pub mod keep;
mod pace;
mod plan;
mod robots;
mod round;
pub mod settings;
mod state;

pub use round::{Asked, Listener, Sum, Watch};

/// The name by which sites know us in their robots.txt.
pub const ROBOT: &str = "chancery";
