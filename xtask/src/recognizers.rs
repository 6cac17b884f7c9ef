//! `cargo xtask recognizers`: dates, amounts and numbers on public cases.
//!
//! In: ../shared/data/recognizers. Out: the share that is right, by language and kind; what the codebook does not
//! ask for (clock times, recurrences, holidays, week numbers, durations) counted apart. Never: keeps a sentence of that data.

use crate::shell::{chancery, shared};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const LANGUAGES: [&str; 3] = ["en", "de", "pt"];
const KINDS: [&str; 3] = ["datetime", "currency", "number"];

/// How the expected results of one file fared.
#[derive(Default)]
struct Tally {
    right: usize,
    /// Something was read there, but with another value.
    other: usize,
    missed: usize,
    out_of_scope: usize,
    /// Mentions of the kind where nothing is expected.
    extra: usize,
}

pub fn run() -> anyhow::Result<()> {
    let folder = shared().map(|shared| shared.join("data/recognizers")).filter(|folder| folder.is_dir());
    let folder = folder.context("there is no folder ../shared/data/recognizers; nothing to score")?;
    let command = chancery()?;
    println!("language kind      right  of   share  other missed extra  out of scope");
    for language in LANGUAGES {
        for kind in KINDS {
            let path = folder.join(format!("{language}-{kind}.jsonl"));
            if !path.is_file() {
                continue;
            }
            let tally = score(&command, &path, language, kind)?;
            let all = tally.right + tally.other + tally.missed;
            let share = if all == 0 { 0.0 } else { tally.right as f64 / all as f64 };
            println!(
                "{language:<8} {kind:<9} {:>5} {all:>4}   {share:>5.2}  {:>5} {:>6} {:>5}  {:>5}",
                tally.right, tally.other, tally.missed, tally.extra, tally.out_of_scope
            );
        }
    }
    Ok(())
}

fn score(command: &Path, path: &Path, language: &str, kind: &str) -> anyhow::Result<Tally> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let cases: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let readings = mentions(command, &cases, language)?;
    let mut tally = Tally::default();
    for (index, case) in cases.iter().enumerate() {
        let input = case["input"].as_str().unwrap_or("");
        let none = Vec::new();
        let found: Vec<&Value> = readings.get(&index).unwrap_or(&none).iter().filter(|mention| is_of(kind, mention)).collect();
        let mut used = vec![false; found.len()];
        for expected in case["results"].as_array().into_iter().flatten() {
            if !in_scope(kind, expected) {
                tally.out_of_scope += 1;
                continue;
            }
            let (start, end) = code_points(input, expected);
            let overlapping: Vec<usize> = (0..found.len())
                .filter(|at| {
                    let span = &found[*at]["span"];
                    number(&span["start"]) < end as f64 && start as f64 <= number(&span["end"]) - 1.0
                })
                .collect();
            overlapping.iter().for_each(|at| used[*at] = true);
            if overlapping.iter().any(|at| agrees(kind, found[*at], expected)) {
                tally.right += 1;
            } else if overlapping.is_empty() {
                tally.missed += 1;
            } else {
                tally.other += 1;
            }
        }
        let counts = |mention: &Value| kind != "number" || mention["kind"] == "number";
        tally.extra += found.iter().zip(used).filter(|(mention, used)| !used && counts(mention)).count();
    }
    Ok(tally)
}

/// What `chancery mentions --json` says of each case, read as if published on its reference day.
fn mentions(command: &Path, cases: &[Value], language: &str) -> anyhow::Result<BTreeMap<usize, Vec<Value>>> {
    let mut child = Command::new(command)
        .args(["mentions", "--json", "--as", "jsonl", "--language", language, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start chancery")?;
    let mut input = String::new();
    for (index, case) in cases.iter().enumerate() {
        let published = case["reference"].as_str().and_then(|moment| moment.get(..10));
        let item = json!({"id": index.to_string(), "text": case["input"], "language": language, "published": published});
        input.push_str(&item.to_string());
        input.push('\n');
    }
    let mut pipe = child.stdin.take().context("chancery takes no input")?;
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(writer.join().is_ok_and(|written| written.is_ok()), "chancery did not read its input");
    let mut readings = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let reading: Value = serde_json::from_str(line)?;
        let id = reading["document"]["id"].as_str().and_then(|id| id.parse().ok());
        if let (Some(id), Some(found)) = (id, reading["mentions"].as_array()) {
            readings.insert(id, found.clone());
        }
    }
    Ok(readings)
}

fn is_of(kind: &str, mention: &Value) -> bool {
    match kind {
        "datetime" => mention["kind"] == "date",
        "currency" => mention["kind"] == "amount",
        // a number inside an amount or a percentage is read, too
        _ => matches!(mention["kind"].as_str(), Some("number" | "amount" | "percent")),
    }
}

/// Whether the codebook asks for such a thing.
fn in_scope(kind: &str, expected: &Value) -> bool {
    let resolution = &expected["resolution"];
    match kind {
        "datetime" => {
            let values = resolution["values"].as_array().into_iter().flatten();
            let mut known = values.filter(|value| value["value"] != "not resolved").peekable();
            known.peek().is_some()
                && known.all(|value| {
                    let timex = value["timex"].as_str().unwrap_or("");
                    // clock times, recurrences, week numbers, seasons without months, durations counted to the day, holidays
                    let odd = ["T", "-W", "P", "XXXX-XX", "SP", "SU", "FA", "WI", "FY", "SY", "PRESENT"];
                    let weekday = timex.starts_with("XXXX-WXX-") && !timex.contains(',');
                    timex != "XXXX"
                        && (weekday || !odd.iter().any(|mark| timex.contains(mark)) || timex.starts_with('(') && !timex.contains('T'))
                })
        }
        "currency" => {
            !resolution["value"].is_null()
                && !matches!(resolution["unit"].as_str(), Some("Cent" | "Pence" | "Pêni" | "Bitcoin" | "Satoshi" | "Sen"))
        }
        _ => !matches!(resolution["subtype"].as_str(), Some("power" | "fraction")),
    }
}

/// First and last code point (exclusive) of a result; the data counts UTF-16 units.
fn code_points(input: &str, expected: &Value) -> (usize, usize) {
    let start = expected["start"].as_u64().unwrap_or(0) as usize;
    let length = expected["text"].as_str().map_or(0, |text| text.encode_utf16().count());
    let count = |units: usize| {
        let mut seen = 0;
        input
            .chars()
            .take_while(|character| {
                let before = seen < units;
                seen += character.len_utf16();
                before
            })
            .count()
    };
    (count(start), count(start + length))
}

fn agrees(kind: &str, mention: &Value, expected: &Value) -> bool {
    let resolution = &expected["resolution"];
    let same_number =
        || (number(&mention["value"]) - number(&resolution["value"])).abs() <= 1e-9 * number(&resolution["value"]).abs().max(1.0);
    match kind {
        "datetime" => {
            let Some((from, to)) = mention["value"].as_str().and_then(bounds) else { return false };
            resolution["values"].as_array().into_iter().flatten().any(|value| match value["type"].as_str() {
                Some("date") => from == to && value["value"].as_str() == Some(from.as_str()),
                _ => {
                    let (start, end) = (value["start"].as_str().unwrap_or(".."), value["end"].as_str().unwrap_or(".."));
                    // ends are exclusive in the data, but those of stretches name the last unit
                    from == start
                        && (to == end
                            || to == ".." && end == ".."
                            || next_day(&to).as_deref() == Some(end)
                            || to.starts_with(end.get(..7).unwrap_or("?")))
                }
            })
        }
        "currency" => same_number() && resolution["isoCurrency"].as_str().is_none_or(|code| mention["unit"] == code),
        _ => same_number(),
    }
}

/// A number, or a string of one with a decimal point or comma.
fn number(value: &Value) -> f64 {
    let written = || value.as_str()?.replace(',', ".").parse().ok();
    value.as_f64().or_else(written).unwrap_or(f64::NAN)
}

/// First and last day of an EDTF date.
fn bounds(date: &str) -> Option<(String, String)> {
    let date = date.trim_end_matches('~');
    let (from, to) = date.split_once('/').unwrap_or((date, date));
    let first = match from.len() {
        2 => "..".to_owned(),
        4 => format!("{from}-01-01"),
        7 => format!("{from}-01"),
        _ => from.to_owned(),
    };
    let last = match to.len() {
        2 => "..".to_owned(),
        4 => format!("{to}-12-31"),
        7 => format!("{to}-{:02}", days_of(to)?),
        _ => to.to_owned(),
    };
    (!date.contains('X')).then_some((first, last))
}

/// Days of a month `2024-02`.
fn days_of(month: &str) -> Option<u32> {
    let (year, month): (u32, u32) = (month.get(..4)?.parse().ok()?, month.get(5..7)?.parse().ok()?);
    Some(match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    })
}

fn next_day(date: &str) -> Option<String> {
    let (year, month, day): (u32, u32, u32) = (date.get(..4)?.parse().ok()?, date.get(5..7)?.parse().ok()?, date.get(8..10)?.parse().ok()?);
    let (year, month, day) = match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (_, day) if Some(day) == days_of(date) => (year, month + 1, 1),
        _ => (year, month, day + 1),
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}
