//! How right readings are, against gold files of the codebook.
//!
//! In: gold files and readings as JSON. Out: tallies a kind and a language, and what is missed and wrong. Never: matches claims
//! otherwise than the public scorer does: best first, one to one, entries marked `optional` neither required nor punished.

mod claims;
mod tally;
mod text;

pub use tally::{Estimate, Tally};
pub use text::{fold, same_name, text_similarity};

use crate::library::Error;
use serde_json::Value;
use std::collections::BTreeMap;

/// Kinds scored, in the order of the report.
pub const KINDS: [&str; 9] =
    ["contacts", "quotations", "commitments", "figures", "offices", "standings", "language", "published", "origins"];

/// Tallies by kind.
pub type Tallies = BTreeMap<&'static str, Tally>;

/// What came of an evaluation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scores {
    /// Over all documents.
    pub all: Tallies,
    /// By the language of the gold.
    pub languages: BTreeMap<String, Tallies>,
    /// Gold documents.
    pub documents: usize,
    /// Gold documents without a reading.
    pub missing: Vec<String>,
    /// What is missed or wrong: document, `MISSED` or `WRONG`, claim.
    pub errors: Vec<(String, &'static str, String)>,
}

/// A gold file.
#[derive(Clone, PartialEq, Debug)]
pub struct Gold {
    /// File name without its last extension.
    pub stem: String,
    /// Its content.
    pub content: Value,
}

impl Gold {
    /// Reads one gold file.
    ///
    /// # Errors
    /// Where it is no JSON object.
    pub fn parse(stem: &str, text: &str) -> Result<Gold, Error> {
        match serde_json::from_str(text) {
            Ok(content @ Value::Object(_)) => Ok(Gold { stem: stem.to_owned(), content }),
            Ok(_) => Err(Error::Content(format!("{stem}.json: expected a JSON object as the codebook describes it"))),
            Err(error) => Err(Error::Content(format!("{stem}.json: no JSON: {error}"))),
        }
    }
}

/// Scores readings, one JSON object a line, against gold.
///
/// # Errors
/// Where a line is no JSON, with its number.
pub fn evaluate(gold: &[Gold], readings: &str) -> Result<Scores, Error> {
    let mut by_stem: BTreeMap<String, Value> = BTreeMap::new();
    for (index, line) in readings.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let reading: Value =
            serde_json::from_str(line).map_err(|error| Error::Content(format!("readings, line {}: no JSON: {error}", index + 1)))?;
        by_stem.insert(stem_of(&reading), reading);
    }
    let mut scores = Scores { documents: gold.len(), ..Scores::default() };
    for document in gold {
        let reading = by_stem.get(&document.stem).unwrap_or(&Value::Null);
        if reading.is_null() {
            scores.missing.push(document.stem.clone());
        }
        let tallies = claims::score(&document.content, reading, &document.stem, &mut scores.errors);
        let language = document.content["language"].as_str().unwrap_or("?").to_owned();
        let of_language = scores.languages.entry(language).or_default();
        for (kind, tally) in &tallies {
            scores.all.entry(kind).or_default().add(tally);
            of_language.entry(kind).or_default().add(tally);
        }
    }
    Ok(scores)
}

/// The name by which a reading is matched to its gold: the last part of its id up to the first full stop.
fn stem_of(reading: &Value) -> String {
    let document = &reading["document"];
    let id = document.get("id").unwrap_or(document);
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let name = id.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    name.split('.').next().unwrap_or("").to_owned()
}

impl Scores {
    /// The report as a table: one row a kind, overall and for each language.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let missing = if self.missing.is_empty() {
            String::new()
        } else {
            format!(", {} without a reading: {}", self.missing.len(), self.missing.join(", "))
        };
        out.push_str(&format!("{} documents{missing}\n", self.documents));
        let mut put = |title: &str, tallies: &Tallies| {
            out.push_str(&format!(
                "\n{title:<12} {:>20} {:>20} {:>20} {:>6} {:>6}  attributes\n",
                "precision", "recall", "F1", "gold", "found"
            ));
            for kind in KINDS {
                let Some(tally) = tallies.get(kind) else { continue };
                let attributes: Vec<String> = tally
                    .attributes
                    .iter()
                    .map(|(name, (right, of))| format!("{name} {:.3}", *right as f64 / (*of).max(1) as f64))
                    .collect();
                if matches!(kind, "language" | "published") {
                    let of = tally.attributes.values().next().map_or(0, |count| count.1);
                    out.push_str(&format!("{kind:<12} {} of {of}\n", attributes.join(" ")));
                    continue;
                }
                let estimate = |estimate: Estimate| format!("{:.3} [{:.3} {:.3}]", estimate.value, estimate.low, estimate.high);
                out.push_str(&format!(
                    "{kind:<12} {:>20} {:>20} {:>20} {:>6} {:>6}  {}\n",
                    estimate(tally.precision()),
                    estimate(tally.recall()),
                    estimate(tally.f1()),
                    tally.right + tally.missed,
                    tally.right + tally.wrong,
                    attributes.join("  ")
                ));
            }
        };
        put("all", &self.all);
        if self.languages.len() > 1 {
            self.languages.iter().for_each(|(language, tallies)| put(language, tallies));
        }
        out.push_str("\nIntervals are 95 %: Wilson's for precision and recall; for F1 Wilson's of right among right, wrong and missed, carried over.\n");
        out
    }

    /// The report as JSON: the keys of the public scorer, with intervals, and the same for each language.
    pub fn json(&self) -> Value {
        let mut all = rows(&self.all);
        all["documents"] = serde_json::json!({"gold": self.documents, "missing": self.missing.len()});
        let languages: serde_json::Map<String, Value> =
            self.languages.iter().map(|(language, tallies)| (language.clone(), rows(tallies))).collect();
        all["languages"] = Value::Object(languages);
        all
    }
}

fn rounded(value: f64) -> f64 {
    format!("{value:.3}").parse().unwrap_or(value)
}

fn rows(tallies: &Tallies) -> Value {
    let mut rows = serde_json::Map::new();
    for kind in KINDS {
        let Some(tally) = tallies.get(kind) else { continue };
        let share = |(right, of): (usize, usize)| rounded(right as f64 / of.max(1) as f64);
        if let Some(count) = tally.attributes.get("right") {
            rows.insert(kind.to_owned(), serde_json::json!({"right": share(*count), "of": count.1}));
            continue;
        }
        let (p, r, f) = (tally.precision(), tally.recall(), tally.f1());
        let mut row = serde_json::json!({
            "precision": rounded(p.value), "recall": rounded(r.value), "f1": rounded(f.value),
            "gold": tally.right + tally.missed, "found": tally.right + tally.wrong,
        });
        for (name, count) in &tally.attributes {
            row[*name] = Value::from(share(*count));
        }
        let interval = |estimate: Estimate| serde_json::json!([rounded(estimate.low), rounded(estimate.high)]);
        row["intervals"] = serde_json::json!({"precision": interval(p), "recall": interval(r), "f1": interval(f)});
        rows.insert(kind.to_owned(), row);
    }
    Value::Object(rows)
}

#[cfg(test)]
mod tests;
