//! `chancery review`: judgements of people.
//!
//! In: ids, authors, reasons. Out: the record under the judgement, the log. Never: decides itself.

use super::{ask, counted, derive, lists, open, show};
use crate::arguments::Knowledge;
use crate::arguments::record::{List, Place, Review, Verdict as Given};
use crate::output::{self, Ended};
use crate::read::library;
use anyhow::Context;
use chancery::export::{self, record as rows, safe};
use chancery::record::{self, Decision, Entry, Judged, Order, Store, review as decide};
use std::io::{BufWriter, Write};
use std::time::SystemTime;

pub fn review(knowledge: &Knowledge, command: &Review) -> anyhow::Result<Ended> {
    match command {
        Review::List { list } => doubtful(knowledge, list),
        Review::Log { place, json } => log(place, *json),
        Review::Accept { id, verdict } => judge(knowledge, verdict, |store| Ok(decide::accept(&keys(store, id)?))),
        Review::Reject { id, verdict } => judge(knowledge, verdict, |store| Ok(decide::reject(&keys(store, id)?))),
        Review::Correct { id, field, value, verdict } => {
            judge(knowledge, verdict, |store| Ok(decide::correct(&keys(store, id)?, field, value)))
        }
        Review::Merge { one, other, verdict } => {
            judge(knowledge, verdict, |store| Ok(decide::merge(&keys(store, one)?, &keys(store, other)?)))
        }
        Review::Split { one, other, verdict } => {
            judge(knowledge, verdict, |store| Ok(decide::split(&keys(store, one)?, &keys(store, other)?)))
        }
        Review::Undo { number, verdict } => judge(knowledge, verdict, |store| {
            let known = store.log()?.iter().any(|judged| judged.number == *number && judged.counts);
            anyhow::ensure!(known, "no judgement {number} that counts; `chancery review log` lists them");
            Ok(vec![Decision::undo(*number)])
        }),
    }
}

fn keys(store: &Store, id: &str) -> anyhow::Result<Vec<chancery::record::Key>> {
    Ok(decide::keys_of(store, &show::find(store, id)?, id)?)
}

/// Adds decisions to the log and derives the record under them.
fn judge(knowledge: &Knowledge, given: &Given, decide: impl Fn(&Store) -> anyhow::Result<Vec<Decision>>) -> anyhow::Result<Ended> {
    let path = &given.place.record;
    let mut store = open(&given.place)?;
    let decisions = decide(&store)?;
    anyhow::ensure!(!decisions.is_empty(), "there is nothing to decide: both ids are those of one claim, or its evidence is gone");
    for (what, words) in [("--author", &given.author), ("--reason", &given.reason)] {
        anyhow::ensure!(!words.trim().is_empty(), "{what} is empty; a judgement says who gave it and why");
    }
    let verdict = record::Verdict { author: given.author.clone(), reason: given.reason.clone(), given_at: now() };
    let first = store.judge(&decisions, &verdict).with_context(|| path.display().to_string())?;
    let derived = derive(&mut store, knowledge)?;
    let last = first + decisions.len() as u64 - 1;
    let numbers = if first == last { format!("judgement {first}") } else { format!("judgements {first} to {last}") };
    if derived.orphans.iter().any(|number| (first..=last).contains(number)) {
        println!("Kept as {numbers}, which applies to nothing: the entry has no such value, or its claims are rejected.");
        return Ok(Ended::Failed);
    }
    println!("Kept as {numbers}; {} new or other, {} gone.", entries(derived.changed.len()), derived.gone.len());
    Ok(Ended::Done)
}

fn entries(count: usize) -> String {
    format!("{count} {}", if count == 1 { "entry" } else { "entries" })
}

/// The time of day of the door, which no stage asks for.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    chancery::record::instant(seconds)
}

fn doubtful(knowledge: &Knowledge, list: &List) -> anyhow::Result<Ended> {
    let (store, filter) = ask(knowledge, &list.place, &list.asked, &[])?;
    let library = library(knowledge)?;
    let row = |entry: &Entry| {
        let conflicts: Vec<String> = entry.conflicts.iter().map(|conflict| format!("{} ({})", conflict.of, conflict.kind)).collect();
        vec![
            format!("{:.2}", entry.confidence),
            entry.judged.clone().unwrap_or_else(|| "-".to_owned()),
            safe(&conflicts.join(", ")),
            safe(&rows::told(entry, &|code| library.name_of(code))),
            entry.id.clone(),
        ]
    };
    let table = lists::Table { heads: &["confidence", "judged", "differ", "told", "id"], row: &row, csv: "review" };
    lists::print(&store, &filter, Order::Doubtful, &list.shape, &table)?;
    let orphans = store.log()?.into_iter().filter(|judged| judged.orphan).count();
    if orphans > 0 {
        eprintln!("chancery: {} apply to nothing; `chancery review log` shows them", counted(orphans, "judgement"));
    }
    Ok(Ended::Done)
}

fn log(place: &Place, json: bool) -> anyhow::Result<Ended> {
    let store = open(place)?;
    let log = store.log()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if json {
        for judged in &log {
            writeln!(out, "{}", serde_json::to_string(judged)?)?;
        }
    } else if !log.is_empty() {
        let heads = ["number", "given", "author", "decision", "reason", "state"].map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> = [heads].into_iter().chain(log.iter().map(row)).collect();
        out.write_all(export::columns(&rows, output::style().width).as_bytes())?;
    }
    out.flush()?;
    eprintln!("chancery: {}; the chain of hashes is whole", counted(log.len(), "judgement"));
    Ok(Ended::Done)
}

fn row(judged: &Judged) -> Vec<String> {
    let state = match (judged.counts, judged.orphan) {
        (false, _) => "undone",
        (true, true) => "orphan: applies to nothing",
        (true, false) => "counts",
    };
    let verdict = &judged.verdict;
    [
        judged.number.to_string(),
        verdict.given_at.clone(),
        verdict.author.clone(),
        decide::told(&judged.decision),
        verdict.reason.clone(),
        state.to_owned(),
    ]
    .iter()
    .map(|cell| safe(cell))
    .collect()
}
