//! `chancery demo`: the examples, read into a fresh record.
//!
//! In: the examples built in. Out: what the record of them holds, or what was found in each. Never: touches another record.

use crate::arguments::Knowledge;
use crate::output::{self, Ended};
use crate::read::{library, sources};
use crate::record::derive;
use crate::record::glance::glance;
use anyhow::Context;
use chancery::examples;
use chancery::export::people;
use chancery::record::{self, Ingest, Keeping, Store};
use chancery::source::Item;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::net::SocketAddr;
use std::path::Path;

/// Contacts, statements, commitments, figures, standings, doubts.
type Counts = [usize; 6];

/// The examples as a record.
pub fn demo(knowledge: &Knowledge, path: Option<&Path>, language: Option<&str>, serve: bool) -> anyhow::Result<Ended> {
    let folder = tempfile::tempdir().context("no room for a record")?;
    let kept = path.map_or_else(|| folder.path().join("demo.db"), Path::to_owned);
    anyhow::ensure!(!kept.exists(), "{}: there is a file already; the demo makes a fresh record", kept.display());
    let library = library(knowledge)?;
    let own = examples::built_in().into_iter().map(|example| (Some(example.language), example.document));
    let shared = examples::record().into_iter().map(|document| (document.language.clone(), document));
    let mut items = own.chain(shared).filter(|(tag, _)| language.is_none() || tag.as_deref() == language).map(|(_, document)| {
        let source = format!("examples/{}", document.id);
        Item::Read { source, document: Box::new(document), notes: Vec::new(), raw: None }
    });
    let mut store = Store::create(&kept).with_context(|| kept.display().to_string())?;
    let how = Ingest { reader: record::reader(&sources(knowledge))?, limit: None, keeping: Keeping::Kept, threads: None };
    record::ingest(&mut store, library, &mut items, &how, &mut |_| {})?;
    derive(&mut store, knowledge)?;
    print!("{}", glance(&store, &|code| library.name_of(code))?);
    if serve {
        drop(store);
        let listen = SocketAddr::from(([127, 0, 0, 1], 7878));
        return crate::serve::pages(knowledge, &kept, listen, None);
    }
    match path {
        Some(path) => println!("\nAsk on with --record {}: contacts, timeline DE FR, show ID --why, search, ledger.", path.display()),
        None => println!("\n`chancery demo --serve` shows it in a browser; `chancery demo --record demo.db` keeps it, to be asked on."),
    }
    Ok(Ended::Done)
}

/// What is found in each example, and the sum.
pub fn readings(knowledge: &Knowledge, language: Option<&str>) -> anyhow::Result<Ended> {
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
