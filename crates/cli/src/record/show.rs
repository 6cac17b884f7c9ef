//! `chancery show`: an entry with everything that stands behind it.
//!
//! In: an id. Out: its page, or its JSON. Never: guesses which of two ids is meant.

use super::open;
use crate::arguments::Knowledge;
use crate::arguments::record::Show;
use crate::output::{self, Ended};
use crate::read::library;
use anyhow::Context;
use chancery::export::record::{View, page};
use chancery::record::{Entry, Store};
use std::io::Write;

/// Ids that are named where a beginning fits several.
const NAMED: usize = 8;

pub fn show(knowledge: &Knowledge, asked: &Show) -> anyhow::Result<Ended> {
    let store = open(&asked.place)?;
    let entry = find(&store, &asked.id)?;
    let mut out = std::io::stdout().lock();
    if asked.json {
        writeln!(out, "{}", serde_json::to_string(&entry)?)?;
        return Ok(Ended::Done);
    }
    let library = library(knowledge)?;
    let texts = |id: &str| store.document(id).ok().flatten().map(|kept| kept.document.text);
    let view = if asked.why { View::Why } else { View::Plain };
    out.write_all(page(&entry, &texts, &|code| library.name_of(code), &output::style(), view).as_bytes())?;
    Ok(Ended::Done)
}

/// The entry with an id, or with the only id that begins so.
pub fn find(store: &Store, id: &str) -> anyhow::Result<Entry> {
    if let Some(entry) = store.entry(id)? {
        return Ok(entry);
    }
    let like = store.ids_like(id, NAMED + 1)?;
    match &like[..] {
        [] => anyhow::bail!("no entry {id:?} in the record; ids stand in the lists, such as `chancery contacts`"),
        [only] => store.entry(only)?.context("the entry is no more"),
        several => anyhow::bail!(
            "{id:?} may be {}{}",
            several[..several.len().min(NAMED)].join(", "),
            if several.len() > NAMED { ", ..." } else { "" }
        ),
    }
}
