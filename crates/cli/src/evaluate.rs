//! `chancery evaluate`.
//!
//! In: a folder of gold files, and readings. Out: the scores. Never: reads a document.

use crate::output::Ended;
use anyhow::Context;
use chancery::evaluate::{Gold, evaluate as score};
use std::io::{Read, Write};
use std::path::Path;

pub fn evaluate(gold: &Path, readings: &Path, json: bool, errors: bool) -> anyhow::Result<Ended> {
    let mut paths: Vec<_> = std::fs::read_dir(gold)
        .with_context(|| format!("{}: cannot be read as a folder of gold files", gold.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    anyhow::ensure!(!paths.is_empty(), "{}: no gold file; expected <document>.json for each document", gold.display());
    let mut documents = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        documents.push(Gold::parse(&stem, &text)?);
    }
    let told = if readings.as_os_str() == "-" {
        let mut told = String::new();
        std::io::stdin().read_to_string(&mut told).context("standard input")?;
        told
    } else {
        std::fs::read_to_string(readings).with_context(|| format!("{}: cannot be read", readings.display()))?
    };
    let scores = score(&documents, &told)?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", scores.json())?;
    } else {
        write!(out, "{}", scores.table())?;
    }
    if errors {
        for (document, what, claim) in &scores.errors {
            writeln!(out, "{document}\t{what}\t{claim}")?;
        }
        for document in &scores.missing {
            writeln!(out, "{document}\tNO READING")?;
        }
    }
    Ok(Ended::Done)
}
