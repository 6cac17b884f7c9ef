//! What the system does to a record: no room, no permission, a file that is not whole.
//!
//! In: generated documents. Out: nothing. Never: a record that holds less than what was told as kept.

use super::generated::arrival;
use crate::{Arrival, Error, Store};
use std::path::Path;

fn arrivals(from: usize) -> Vec<Arrival> {
    (from..from + 40).map(arrival).collect()
}

fn documents(store: &Store) -> usize {
    store.reports().expect("reports").len()
}

#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_kept() {
    let mut store = Store::in_memory().expect("a record");
    store.keep(&arrivals(0)).expect("kept");
    let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a number");
    store.connection.pragma_update(None, "max_page_count", pages + 2).expect("a limit");
    let told = store.keep(&arrivals(40)).expect_err("no room");
    assert!(matches!(told, Error::Full) && told.to_string().contains("make room"), "{told}");
    let told = store.derive(&str::to_owned, &()).expect_err("no room");
    assert!(matches!(told, Error::Full), "{told}");
    assert_eq!((documents(&store), store.is_stale().expect("asked")), (40, true));
    store.connection.pragma_update(None, "max_page_count", pages + 9000).expect("a limit");
    store.keep(&arrivals(40)).expect("kept");
    store.derive(&str::to_owned, &()).expect("derived");
    store.check().expect("whole");
    assert_eq!(documents(&store), 80);
}

#[test]
fn a_record_that_may_only_be_read_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    Store::create(&path).and_then(|mut store| store.keep(&arrivals(0))).expect("kept");
    let mut store = Store::connect(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a record");
    assert_eq!(documents(&store), 40);
    let told = store.keep(&arrivals(40)).expect_err("read only");
    assert!(matches!(told, Error::ReadOnly) && told.to_string().contains("permissions"), "{told}");
}

fn spoil(path: &Path, spoil: impl Fn(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).expect("a record");
    spoil(&mut bytes);
    std::fs::write(path, bytes).expect("a file");
}

#[test]
fn a_damaged_record_is_told_wherever_it_is_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let whole = folder.path().join("whole.db");
    Store::create(&whole)
        .and_then(|mut store| {
            store.keep(&arrivals(0))?;
            store.derive(&str::to_owned, &())
        })
        .expect("derived");
    let length = std::fs::metadata(&whole).expect("a file").len() as usize;
    let told = |cut: &dyn Fn(&mut Vec<u8>)| {
        std::fs::copy(&whole, &path).expect("a copy");
        spoil(&path, cut);
        let told = Store::open(&path).and_then(|store| store.check()).err().map(|error| error.to_string());
        std::fs::remove_file(&path).expect("a file");
        told.unwrap_or_else(|| "whole".to_owned())
    };
    for at in (1..length / 4096).step_by(3) {
        let page = told(&|bytes| bytes[at * 4096..at * 4096 + 200].fill(0xFF));
        assert!(page.contains("damaged") && page.contains("restore"), "page {at}: {page}");
    }
    for part in 1..8 {
        let short = told(&|bytes| bytes.truncate(length * part / 8));
        assert!(short.contains("damaged") && short.contains("restore"), "{part} of 8 parts: {short}");
    }
    assert!(told(&|bytes| bytes[..16].fill(0)).contains("not a record of Chancery"));
}
