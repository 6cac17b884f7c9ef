//! `chancery ledger`: what became of every input.
//!
//! In: a record. Out: its ledger, or another attempt at what was refused. Never: forgets a refusal before the item is read.

use super::ingest::{read_in, settle};
use super::{counted, open};
use crate::arguments::record::{Ingest, Ledger};
use crate::arguments::{Knowledge, Reading, Source};
use crate::output::{self, Ended};
use crate::read::{options, pool};
use crate::run::Run;
use anyhow::Context;
use chancery::export::{self, safe};
use chancery::record::{Became, Keeping, LedgerRow, Outcome, Store};
use chancery::source::{self, Bytes, Cap, Input, Options};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{BufWriter, Write};

pub fn ledger(knowledge: &Knowledge, asked: &Ledger) -> anyhow::Result<Ended> {
    let mut store = open(&asked.place)?;
    if asked.retry {
        return retry(knowledge, asked, &mut store);
    }
    let outcomes = match (asked.failed, asked.all || asked.json) {
        (true, _) => &[Outcome::Refused][..],
        (false, true) => Outcome::ALL,
        (false, false) => &[],
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut rows = vec![["source", "outcome", "document", "reason", "reader", "ms", "bytes"].map(str::to_owned).to_vec()];
    store.ledger(outcomes, |row| -> anyhow::Result<()> {
        if asked.json {
            return Ok(writeln!(out, "{}", line(&row))?);
        }
        let empty = || "-".to_owned();
        let milliseconds = format!("{:.1}", row.microseconds as f64 / 1000.0);
        rows.push(vec![
            safe(&row.source),
            row.outcome.as_str().to_owned(),
            row.document.as_deref().map_or_else(empty, safe),
            row.reason.as_deref().map_or_else(empty, safe),
            row.reader,
            milliseconds,
            row.bytes.to_string(),
        ]);
        Ok(())
    })?;
    if rows.len() > 1 {
        // reasons are what is looked for: they are not cut
        let room = if asked.failed { usize::MAX } else { output::style().width };
        out.write_all(export::columns(&rows, room).as_bytes())?;
    }
    out.flush()?;
    let counts = store.outcomes()?;
    let sums: Vec<String> = counts.iter().map(|(outcome, count)| format!("{count} {}", outcome.as_str())).collect();
    let all = counts.iter().map(|(_, count)| count).sum();
    let told = format!("{}: {}", counted(all, "item"), sums.join(", "));
    if outcomes.is_empty() {
        println!("{told}")
    } else {
        eprintln!("chancery: {told}")
    }
    Ok(Ended::Done)
}

fn line(row: &LedgerRow) -> serde_json::Value {
    json!({
        "source": row.source, "document": row.document, "outcome": row.outcome.as_str(), "reason": row.reason, "reader": row.reader,
        "microseconds": row.microseconds, "bytes": row.bytes
    })
}

fn retry(knowledge: &Knowledge, asked: &Ledger, store: &mut Store) -> anyhow::Result<Ended> {
    let mut failed: BTreeSet<String> = BTreeSet::new();
    store.ledger(&[Outcome::Refused], |row| -> anyhow::Result<()> {
        failed.insert(row.source);
        Ok(())
    })?;
    let files: BTreeSet<&str> = failed.iter().map(|source| source::file_of(source)).collect();
    let piped = files.contains("-");
    if piped {
        eprintln!("chancery: what came from standard input cannot be read once more; pipe it into `chancery ingest -` again");
    }
    let inputs: Vec<Input> = files.iter().filter(|file| **file != "-").map(|file| Input::Path(file.into())).collect();
    let how = Ingest {
        place: asked.place.clone(),
        reading: Reading {
            source: Source { inputs: Vec::new(), format: None, maps: Vec::new(), max_bytes: Cap::Bytes.usual(), caps: Vec::new() },
            published: None,
            language: None,
            jobs: 0,
        },
        dry_run: false,
        limit: None,
        json: false,
        withdraw: Vec::new(),
        reason: String::new(),
        restore: Vec::new(),
    };
    let options = Options { bytes: Bytes::Kept, ..options(&how.reading.source) };
    let items = source::read(inputs, options).filter(move |item| failed.contains(item.source()));
    let mut run = Run::of(Box::new(items), output::measured(output::progress_beside_messages(), None));
    let pool = pool(0)?;
    let sum = read_in(store, knowledge, &how, &mut run, &pool, Keeping::Kept).with_context(|| asked.place.record.display().to_string())?;
    let refused = sum.count(Became::Refused);
    settle(store, knowledge, &format!("{} read once more, {refused} refused again", counted(sum.items(), "item")))?;
    Ok(if refused > 0 || piped { Ended::SomeRefused } else { Ended::Done })
}
