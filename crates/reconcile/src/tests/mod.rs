//! The record of news items written as lines: see [`report`].

mod contacts;
mod generated;
mod growth;
mod news;
mod others;
mod sources;

use crate::{Fingerprint, Report, Source};
use news::{record, shown};

/// Checks the entries of kind `contact` of news items, in order.
fn check(news: &[&str], expected: &[&str]) {
    let entries = shown(&record(news));
    assert_eq!(entries, expected, "\n{}", entries.join("\n"));
}
