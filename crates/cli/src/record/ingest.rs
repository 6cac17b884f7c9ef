//! `chancery ingest`: reading into the record.
//!
//! In: inputs, a record. Out: the record with what they say, and a summary. Never: ends because of one item.

use super::{counted, derive};
use crate::arguments::record::Ingest;
use crate::arguments::{Knowledge, Portion};
use crate::output::{self, Ended};
use crate::read::{library, options, pool, sources};
use crate::run::Run;
use anyhow::Context;
use chancery::record::{self, Became, Keeping, Store, Sum, Told};
use chancery::source::{Bytes, Options};
use rayon::ThreadPool;
use serde_json::json;
use std::io::Write;

pub fn ingest(knowledge: &Knowledge, asked: &Ingest) -> anyhow::Result<Ended> {
    let path = &asked.place.record;
    let place = || path.display().to_string();
    if !asked.withdraw.is_empty() || !asked.restore.is_empty() {
        return mark(knowledge, asked);
    }
    let given = &asked.reading;
    let options = Options {
        published: given.published.clone(),
        language: given.language.clone(),
        bytes: if asked.dry_run { Bytes::Dropped } else { Bytes::Kept },
        ..options(&given.source)
    };
    let mut store = match (asked.dry_run, path.exists()) {
        (true, false) => Store::in_memory()?,
        _ => Store::create(path).with_context(place)?,
    };
    let keeping = if asked.dry_run { Keeping::DryRun } else { Keeping::Kept };
    let pool = pool(given.jobs)?;
    let mut run = Run::over(&given.source, options, &Portion::default(), output::progress_beside_messages(), &pool);
    let sum = read_in(&mut store, knowledge, asked, &mut run, &pool, keeping).with_context(place)?;
    if run.end() {
        eprintln!("chancery: {}; stopped; the same command goes on, `chancery rebuild` takes in what was kept", told(&sum));
        return Ok(Ended::Stopped);
    }
    if asked.dry_run {
        eprintln!("chancery: {}; nothing was kept", told(&sum));
    } else {
        settle(&mut store, knowledge, &told(&sum)).with_context(place)?;
    }
    Ok(if sum.count(Became::Refused) > 0 { Ended::SomeRefused } else { Ended::Done })
}

/// Reads items into the record, with a bar on a terminal.
pub fn read_in(
    store: &mut Store,
    knowledge: &Knowledge,
    asked: &Ingest,
    run: &mut Run,
    pool: &ThreadPool,
    keeping: Keeping,
) -> anyhow::Result<Sum> {
    let library = library(knowledge)?;
    let how = record::Ingest { reader: record::reader(&sources(knowledge))?, limit: asked.limit, keeping, threads: Some(pool) };
    let bar = run.bar();
    let mut failed = None;
    let mut tell = |batch: &[Told]| {
        for told in batch {
            if asked.json {
                let line = json!({"source": told.source, "document": told.document, "outcome": told.became.as_str(), "notes": told.notes});
                let mut out = std::io::stdout().lock();
                failed = failed.take().or_else(|| writeln!(out, "{line}").and_then(|()| out.flush()).err());
            }
            let mark = match told.became {
                Became::Refused => "refused: ",
                Became::Empty => "empty",
                _ => "",
            };
            match (told.notes.is_empty(), mark.is_empty()) {
                (true, true) => {}
                _ => bar.suspend(|| eprintln!("chancery: {}: {mark}{}", told.source, told.notes.join("; "))),
            }
        }
    };
    let sum = record::ingest(store, library, run, &how, &mut tell)?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(sum),
    }
}

/// Derives the entries where something came in, and says what the record holds.
pub fn settle(store: &mut Store, knowledge: &Knowledge, told: &str) -> anyhow::Result<()> {
    if store.is_stale()? {
        derive(store, knowledge)?;
    }
    let counts = store.counts()?;
    let held: Vec<String> = ["contact", "statement", "commitment", "figure", "standing"]
        .iter()
        .map(|entry| counted(counts.get(*entry).copied().unwrap_or(0), entry))
        .collect();
    eprintln!("chancery: {told}; the record holds {}", held.join(", "));
    Ok(())
}

/// What became of the items of a run.
pub fn told(sum: &Sum) -> String {
    let fates = [Became::New, Became::Changed, Became::ReadAgain, Became::Unchanged, Became::Empty, Became::Refused];
    let fates: Vec<String> = fates
        .iter()
        .filter(|fate| sum.count(**fate) > 0 || **fate == Became::Refused)
        .map(|fate| format!("{} {}", sum.count(*fate), fate.as_str()))
        .collect();
    let passed = if sum.passed_over > 0 {
        format!(" ({} passed over because they do not look like news; --as text reads them)", counted(sum.passed_over, "file"))
    } else {
        String::new()
    };
    let limited = if sum.limited { "; more is left, the limit was reached" } else { "" };
    format!("{}: {}{passed}{limited}", counted(sum.items(), "item"), fates.join(", "))
}

/// Marks documents as withdrawn, or takes that back.
fn mark(knowledge: &Knowledge, asked: &Ingest) -> anyhow::Result<Ended> {
    let path = &asked.place.record;
    let mut store = Store::open(path).with_context(|| path.display().to_string())?;
    let mut missing = 0;
    for id in &asked.withdraw {
        if !store.withdraw(id, &asked.reason)? {
            missing += 1;
            eprintln!("chancery: {id}: no such document, or withdrawn before");
        }
    }
    for id in &asked.restore {
        if !store.restore(id)? {
            missing += 1;
            eprintln!("chancery: {id}: no such document, or not withdrawn");
        }
    }
    let (count, word) = (asked.withdraw.len() + asked.restore.len(), if asked.restore.is_empty() { "withdrawn" } else { "restored" });
    settle(&mut store, knowledge, &format!("{} {word}", counted(count - missing, "document")))?;
    Ok(if missing > 0 { Ended::Failed } else { Ended::Done })
}
