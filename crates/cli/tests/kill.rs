//! Nothing that was told as kept is lost when the process is killed, and nothing is kept by half.
//!
//! In: generated news, a process that is killed at a random moment. Out: nothing. Never: a record that is not whole.
//!
//! `CHANCERY_KILLS` says how often; `cargo xtask kill --times 1000` sets it.

use chancery::record::{Error, Filter, Outcome, Page, Store};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// News items: enough for several steps of an ingest.
const ITEMS: usize = 600;

fn start(folder: &Path, record: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["ingest", "--json", "--record", record, "news.jsonl"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts")
}

/// News of invented talks, each another day, another pair of leaders.
fn news() -> String {
    let leaders = [
        "French President Emmanuel Macron",
        "German Chancellor Olaf Scholz",
        "Czech Prime Minister Petr Fiala",
        "Polish Prime Minister Donald Tusk",
        "Romanian President Klaus Iohannis",
        "Kazakh President Kassym-Jomart Tokayev",
        "Brazilian President Luiz Inácio Lula da Silva",
    ];
    let cities = ["Paris", "Berlin", "Prague", "Vienna", "Astana"];
    let mut out = String::new();
    for number in 0..ITEMS {
        let (one, other) = (leaders[number % 7], leaders[(number + 1 + number / 7 % 6) % 7]);
        let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
        let text =
            format!("{one} met {other} in {} on {day} {month:02} 2023. They agreed to meet again in {number} days.", cities[number % 5]);
        let line = serde_json::json!({"id": format!("item-{number:04}"), "published": format!("2023-{month:02}-{day:02}"), "text": text});
        out.push_str(&format!("{line}\n"));
    }
    out
}

/// Documents that a process told as kept before it ended.
fn acknowledged(child: &mut Child) -> BTreeSet<String> {
    let out = child.stdout.take().expect("a pipe");
    let lines = BufReader::new(out).lines().map_while(Result::ok);
    let documents = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
    documents.filter_map(|told| told["document"].as_str().map(str::to_owned)).collect()
}

fn dump(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    store
        .entries(&Filter::default(), Page::default(), |line| -> Result<(), Error> {
            lines.push(line);
            Ok(())
        })
        .expect("entries");
    lines
}

#[test]
fn a_killed_ingest_loses_nothing_that_it_told() {
    let times: usize = std::env::var("CHANCERY_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(20);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("news.jsonl"), news()).expect("a file");
    let began = Instant::now();
    let mut whole = start(folder.path(), "whole.db");
    assert_eq!(acknowledged(&mut whole).len(), ITEMS);
    assert!(whole.wait().expect("an end").success());
    let span = began.elapsed();
    let expected = dump(&Store::open(&folder.path().join("whole.db")).expect("a record"));
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let (mut told, mut interrupted) = (0, 0);
    for round in 0..times {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = span.mul_f64(1.1 * (random >> 11) as f64 / (1_u64 << 53) as f64);
        // now and then the same record goes on from where it was killed
        let record = format!("killed-{}.db", round / 3);
        let path = folder.path().join(&record);
        let mut child = start(folder.path(), &record);
        std::thread::sleep(moment.max(Duration::from_millis(1)));
        child.kill().expect("a kill");
        let kept = acknowledged(&mut child);
        interrupted += usize::from(!child.wait().expect("an end").success());
        told += kept.len();
        if !path.exists() {
            assert!(kept.is_empty());
            continue;
        }
        let store = Store::open(&path).expect("a record");
        store.check().expect("whole");
        let mut documents = BTreeSet::new();
        store
            .documents(|kept| -> Result<(), Error> {
                documents.insert(kept.document.id);
                Ok(())
            })
            .expect("documents");
        let lost: Vec<&String> = kept.difference(&documents).collect();
        assert!(lost.is_empty(), "round {round}: told and lost: {lost:?}");
        let mut rows = BTreeSet::new();
        store
            .ledger(&[Outcome::Read], |row| -> Result<(), Error> {
                rows.extend(row.document);
                Ok(())
            })
            .expect("a ledger");
        assert_eq!(rows, documents, "round {round}: the ledger and the documents differ");
        assert_eq!(store.reports().expect("readings").len(), documents.len(), "round {round}: documents without a reading");
        drop(store);
        if round % 3 == 2 || round + 1 == times {
            let mut last = start(folder.path(), &record);
            acknowledged(&mut last);
            assert!(last.wait().expect("an end").success(), "round {round}: the record cannot be gone on with");
            assert!(
                dump(&Store::open(&path).expect("a record")) == expected,
                "round {round}: the record came out other than without a kill"
            );
        }
        if round % 3 == 2 {
            std::fs::remove_file(&path).expect("a record");
        }
    }
    println!("{times} kills, {interrupted} before the end, {told} documents told as kept, none lost");
}
