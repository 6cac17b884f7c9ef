//! A process that ends at any marked moment loses nothing that it told and leaves nothing by half.
//!
//! In: generated documents, a process of this very test. Out: nothing. Never: a record that is not whole.

use super::generated::{arrival, key};
use crate::marks::{ENDS_AT, MARKS};
use crate::{Decision, Error, Filter, Outcome, Page, Store, Verdict};
use chancery_reconcile::Judgement;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Documents in lots, with the entries derived after every second lot.
const DOCUMENTS: usize = 24;
const LOT: usize = 4;
/// Names the record that the process of the test works on.
const RECORD: &str = "CHANCERY_TEST_RECORD";

/// What is done to a record, step by step; each step is told when it is safe. What was done before is not done again.
fn work(path: &Path, told: &mut dyn FnMut(String)) -> Result<(), Error> {
    let mut store = Store::create(path)?;
    let arrivals: Vec<_> = (0..DOCUMENTS).map(arrival).collect();
    let verdict = Verdict { author: "A".to_owned(), reason: "B".to_owned(), given_at: "2024-05-20T10:00:00Z".to_owned() };
    for (lot, arrivals) in arrivals.chunks(LOT).enumerate() {
        store.keep(arrivals)?;
        arrivals.iter().for_each(|arrival| told(format!("document {}", arrival.row.document.as_deref().unwrap_or(""))));
        if lot % 2 == 1 && store.is_stale()? {
            store.derive(&str::to_owned, &())?;
        }
    }
    for judgement in [Judgement::Split { one: vec![key(0)], other: vec![key(1)] }, Judgement::Reject { claim: key(5) }] {
        let decision = Decision::Judgement(judgement);
        if !store.log()?.iter().any(|judged| judged.decision == decision) {
            let number = store.judge(&[decision], &verdict)?;
            told(format!("judgement {number}"));
        }
    }
    store.derive(&str::to_owned, &())?;
    Ok(())
}

fn dump(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    let take = |line| -> Result<(), Error> {
        lines.push(line);
        Ok(())
    };
    store.entries(&Filter::default(), Page::default(), take).expect("entries");
    lines
}

/// What the process that ends does; by itself it does nothing.
#[test]
fn the_process_that_ends() {
    if let Some(path) = std::env::var_os(RECORD) {
        work(Path::new(&path), &mut |told| println!("told: {told}")).expect("done");
    }
}

/// Runs the work in a process of its own that ends at a moment. Returns what it told, and whether it came to its end.
fn run(path: &Path, end: &str) -> (BTreeSet<String>, bool) {
    let this = std::env::current_exe().expect("a program");
    let arguments = ["--exact", "tests::ended::the_process_that_ends", "--nocapture", "--test-threads=1"];
    let output = Command::new(this).args(arguments).env(RECORD, path).env(ENDS_AT, end).output().expect("a process");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    // the first line stands behind the name of the test
    let told = out.lines().filter_map(|line| line.split_once("told: ")).map(|(_, told)| told.to_owned());
    (told.collect(), output.status.success())
}

/// What was told is there, and nothing is there by half.
fn whole(path: &Path, told: &BTreeSet<String>, end: &str) {
    let store = Store::open(path).unwrap_or_else(|error| panic!("{end}: {error}"));
    store.check().unwrap_or_else(|error| panic!("{end}: {error}"));
    let mut there = BTreeSet::new();
    let take = |kept: crate::KeptDocument| -> Result<(), Error> {
        there.insert(format!("document {}", kept.document.id));
        Ok(())
    };
    store.documents(take).expect("documents");
    let documents = there.len();
    assert_eq!(documents % LOT, 0, "{end}: a lot is there by half");
    assert_eq!(store.reports().expect("readings").len(), documents, "{end}: documents without a reading");
    let mut rows = 0;
    let count = |_| -> Result<(), Error> {
        rows += 1;
        Ok(())
    };
    store.ledger(&[Outcome::Read], count).expect("a ledger");
    assert_eq!(rows, documents, "{end}: the ledger and the documents differ");
    there.extend(store.log().expect("a whole chain").iter().map(|judged| format!("judgement {}", judged.number)));
    let lost: Vec<&String> = told.difference(&there).collect();
    assert!(lost.is_empty(), "{end}: told and lost: {lost:?}");
}

#[test]
fn an_end_at_any_moment_loses_nothing_that_was_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let untouched = folder.path().join("untouched.db");
    work(&untouched, &mut |_| {}).expect("done");
    let expected = dump(&Store::open(&untouched).expect("a record"));
    assert!(expected.len() > DOCUMENTS / 2, "the judgements count");
    let mut ends = 0;
    for mark in MARKS {
        let path = folder.path().join(format!("{mark}.db"));
        let mut reached = false;
        for nth in 1.. {
            // each time the same record goes on from where it ended
            let end = format!("{mark}:{nth}");
            let (told, done) = run(&path, &end);
            whole(&path, &told, &end);
            if done {
                break;
            }
            (reached, ends) = (true, ends + 1);
        }
        assert!(reached, "nothing comes by {mark}");
        assert!(dump(&Store::open(&path).expect("a record")) == expected, "{mark}: the record came out other than without an end");
    }
    println!("{ends} ends at {} moments, nothing lost", MARKS.len());
}
