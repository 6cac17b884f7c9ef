//! `chancery reference lookup`: a table settled row by row.
//!
//! In: a table with a header. Out: its rows with three more columns, in their order. Never: ends because of one row.

use crate::output::Ended;
use anyhow::Context;
use chancery::reference::settle::{Answer, Verdict};
use chancery::registry::{Registry, Row};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Columns that the table may have.
const COLUMNS: [&str; 4] = ["name", "role", "state", "date"];
/// Rows that are settled at a time.
const BATCH: usize = 2048;

/// Where each of [`COLUMNS`] stands.
struct Header {
    places: [Option<usize>; 4],
    count: usize,
}

impl Header {
    fn parse(line: &str) -> anyhow::Result<Header> {
        let names: Vec<String> = line.trim_start_matches('\u{feff}').split('\t').map(|name| name.trim().to_lowercase()).collect();
        let places = COLUMNS.map(|column| names.iter().position(|name| name == column));
        anyhow::ensure!(
            places[0].is_some() || places[1].is_some(),
            "expected a header with the tab-separated columns name, role, state and date, found {line:?}"
        );
        Ok(Header { places, count: names.len() })
    }

    fn row<'a>(&self, line: &'a str) -> Row<'a> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, role, state, date] = self.places.map(|place| place.and_then(|place| fields.get(place)).map_or("", |field| field.trim()));
        Row { name, role, state, date }
    }
}

pub fn run(registry: &Registry, table: &Path, why: bool) -> anyhow::Result<Ended> {
    let stdin = table.as_os_str() == "-";
    let shown = if stdin { "standard input".to_owned() } else { table.display().to_string() };
    let input: Box<dyn BufRead> =
        if stdin { Box::new(std::io::stdin().lock()) } else { Box::new(BufReader::new(File::open(table).with_context(|| shown.clone())?)) };
    let names = registry.names();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut header = None;
    let mut refused = 0_usize;
    let mut batch: Vec<(usize, String)> = Vec::new();
    let mut flush = |header: &Header, batch: &mut Vec<(usize, String)>, out: &mut dyn Write| -> anyhow::Result<()> {
        let answers: Vec<_> = batch.par_iter().map(|(_, line)| registry.look_up(&names, header.row(line))).collect();
        for ((number, line), answer) in batch.drain(..).zip(answers) {
            let missing = header.count.saturating_sub(line.split('\t').count());
            let answer = answer.unwrap_or_else(|error| {
                refused += 1;
                eprintln!("chancery: {shown}:{number}: {error}");
                Answer::unknown("the row cannot be read")
            });
            let (person, qid) = cells(registry, &answer);
            write!(out, "{line}{}\t{}\t{person}\t{qid}", "\t".repeat(missing), answer.verdict.as_str())?;
            writeln!(out, "{}{}", if why { "\t" } else { "" }, if why { answer.reason } else { "" })?;
        }
        Ok(())
    };
    for (index, line) in input.split(b'\n').enumerate() {
        let line = line.with_context(|| shown.clone())?;
        let line = String::from_utf8(line).with_context(|| format!("{shown}:{}: expected UTF-8", index + 1))?;
        let line = line.trim_end_matches('\r');
        match &header {
            None => {
                header = Some(Header::parse(line).with_context(|| format!("{shown}:{}", index + 1))?);
                writeln!(out, "{line}\tresult\tperson\tqid{}", if why { "\twhy" } else { "" })?;
            }
            Some(_) if line.trim().is_empty() => {}
            Some(header) => {
                batch.push((index + 1, line.to_owned()));
                if batch.len() == BATCH {
                    flush(header, &mut batch, &mut out)?;
                }
            }
        }
    }
    let header = header.with_context(|| format!("{shown}: empty; expected a header line"))?;
    flush(&header, &mut batch, &mut out)?;
    out.flush()?;
    Ok(if refused > 0 { Ended::SomeRefused } else { Ended::Done })
}

/// The person or the candidates, and their Wikidata items.
fn cells(registry: &Registry, answer: &Answer) -> (String, String) {
    let shown = answer.people.iter().take(if answer.verdict == Verdict::Settled { 1 } else { 5 });
    let people: Vec<_> = shown.map(|id| registry.person(*id)).collect();
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let qids: Vec<&str> = people.iter().map(|person| person.qid.as_deref().unwrap_or("")).collect();
    let qids = if qids.iter().all(|qid| qid.is_empty()) { String::new() } else { qids.join("|") };
    (names.join("|"), qids)
}
