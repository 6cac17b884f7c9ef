//! `chancery rebuild`: the record derived anew.
//!
//! In: a record. Out: the same record from its documents and judgements, and whether it was the same. Never: touches what came in.

use super::{counted, derive};
use crate::arguments::Knowledge;
use crate::arguments::record::Rebuild;
use crate::output::Ended;
use crate::read::{library, sources};
use anyhow::Context;
use chancery::record::{self, Store};

/// Ids that are named.
const NAMED: usize = 8;

pub fn rebuild(knowledge: &Knowledge, asked: &Rebuild) -> anyhow::Result<Ended> {
    let path = &asked.place.record;
    let mut store = Store::open(path).with_context(|| path.display().to_string())?;
    store.check().with_context(|| path.display().to_string())?;
    if asked.read {
        let kept = record::read_again(&mut store, library(knowledge)?, &record::reader(&sources(knowledge))?)?;
        eprintln!("chancery: {} read again", counted(kept.readings, "document"));
    }
    let stale = store.is_stale()?;
    let derived = derive(&mut store, knowledge)?;
    let entries = derived.entries;
    let some = |ids: &[String]| match ids {
        [] => "none".to_owned(),
        ids => format!("{}{}", ids[..ids.len().min(NAMED)].join(", "), if ids.len() > NAMED { ", ..." } else { "" }),
    };
    match (derived.changed.is_empty() && derived.gone.is_empty(), stale) {
        (true, _) => println!("The record was derived anew and is the same to the byte: {entries} entries."),
        (false, true) => println!(
            "The record was derived anew and took in what had come in: {entries} entries, {} new or other, {} gone.",
            derived.changed.len(),
            derived.gone.len()
        ),
        (false, false) => println!(
            "The record was derived anew and differs from the stored one: {entries} entries, {} new or other ({}), {} gone ({}).",
            derived.changed.len(),
            some(&derived.changed),
            derived.gone.len(),
            some(&derived.gone)
        ),
    }
    Ok(Ended::Done)
}
