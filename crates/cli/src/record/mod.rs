//! The commands of the record.
//!
//! In: arguments, a record. Out: what they print. Never: decides anything about a text.

pub mod glance;
pub mod ingest;
pub mod ledger;
pub mod lists;
pub mod rebuild;
pub mod review;
pub mod search;
pub mod show;
pub mod timeline;

use crate::arguments::Knowledge;
use crate::arguments::record::{Asked, Place};
use crate::output;
use crate::read::{library, sources};
use anyhow::Context;
use chancery::record::{self, Derived, Filter, Store};

/// Opens the record that a command asks; what it does not know yet is told.
pub fn open(place: &Place) -> anyhow::Result<Store> {
    let store = Store::open(&place.record).with_context(|| place.record.display().to_string())?;
    if store.is_stale().with_context(|| place.record.display().to_string())? {
        eprintln!("chancery: documents or judgements came in since the record was derived; `chancery rebuild` takes them in");
    }
    Ok(store)
}

/// The record asked for, as known on a day where one is given, and the filter.
pub fn ask(knowledge: &Knowledge, place: &Place, asked: &Asked, entries: &[&str]) -> anyhow::Result<(Store, Filter)> {
    let mut store = open(place)?;
    if let Some(date) = &asked.known_on {
        let day = date.latest().context("--known-on takes a day such as 2024-05-20, a month or a year")?;
        let (known, undated) = record::known_on(&store, library(knowledge)?, day)?;
        if undated > 0 {
            eprintln!("chancery: {undated} documents without a date of publication are left out");
        }
        store = known;
    }
    for date in [&asked.since, &asked.until].into_iter().flatten() {
        anyhow::ensure!(
            date.earliest().or(date.latest()).is_some(),
            "{date} has no year; expected a date such as 2024-05-20, 2024-05 or 2024"
        );
    }
    let asked = record::Asked {
        entries: entries.iter().map(|entry| (*entry).to_owned()).collect(),
        states: asked.state.clone(),
        people: asked.person.clone(),
        kinds: asked.kind.clone(),
        statuses: asked.status.clone(),
        formats: asked.format.clone(),
        places: asked.place.clone(),
        languages: asked.language.clone(),
        since: asked.since.clone(),
        until: asked.until.clone(),
    };
    let (filter, notes) = record::filter(&asked, &store, &sources(knowledge))?;
    notes.iter().for_each(|note| eprintln!("chancery: {note}"));
    Ok((store, filter))
}

/// Derives the entries and tells of judgements whose evidence is gone.
pub fn derive(store: &mut Store, knowledge: &Knowledge) -> anyhow::Result<Derived> {
    let library = library(knowledge)?;
    let bar = output::busy("comparing what the documents say");
    let derived = store.derive(&|code| library.name_of(code), library);
    bar.finish_and_clear();
    let derived = derived?;
    if !derived.orphans.is_empty() {
        let numbers: Vec<String> = derived.orphans.iter().map(u64::to_string).collect();
        eprintln!("chancery: judgements that apply to nothing any more: {}; `chancery review log` shows them", numbers.join(", "));
    }
    Ok(derived)
}

/// `3 documents`, `1 document`.
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
