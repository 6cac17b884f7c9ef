//! `chancery demo`: the examples, read.
//!
//! In: the examples built in. Out: what it found in each, as a person reads it, and the sum. Never: keeps anything.

use crate::arguments::Knowledge;
use crate::output::{self, Ended};
use crate::read::library;
use chancery::examples;
use chancery::export::people;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

/// Contacts, statements, commitments, figures, standings, doubts.
type Counts = [usize; 6];

pub fn demo(knowledge: &Knowledge, language: Option<&str>) -> anyhow::Result<Ended> {
    let library = library(knowledge)?;
    let examples: Vec<_> = examples::built_in().into_iter().filter(|example| language.is_none_or(|tag| example.language == tag)).collect();
    anyhow::ensure!(!examples.is_empty(), "no examples in the language {:?}; leave --language out to see all", language.unwrap_or("any"));
    let names = |code: &str| library.name_of(code);
    let style = output::style();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut sums: BTreeMap<String, (usize, Counts)> = BTreeMap::new();
    for example in examples {
        let reading = library.read_document(example.document);
        writeln!(out, "{}", people::reading(&reading, &names, &style))?;
        let claims = &reading.claims;
        let sum = sums.entry(example.language).or_default();
        sum.0 += 1;
        let found = [
            claims.contacts.len(),
            claims.statements.len(),
            claims.commitments.len(),
            claims.figures.len(),
            claims.standings.len(),
            claims.doubts.len(),
        ];
        sum.1.iter_mut().zip(found).for_each(|(sum, found)| *sum += found);
    }
    writeln!(
        out,
        "{:<9} {:>9} {:>9} {:>11} {:>12} {:>8} {:>10} {:>7}",
        "language", "documents", "contacts", "statements", "commitments", "figures", "standings", "doubts"
    )?;
    for (language, (documents, [contacts, statements, commitments, figures, standings, doubts])) in sums {
        writeln!(
            out,
            "{language:<9} {documents:>9} {contacts:>9} {statements:>11} {commitments:>12} {figures:>8} {standings:>10} {doubts:>7}"
        )?;
    }
    out.flush()?;
    Ok(Ended::Done)
}
