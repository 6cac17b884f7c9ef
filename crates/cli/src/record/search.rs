//! `chancery search`: words in the record and its documents.
//!
//! In: words. Out: entries and documents that have them all, with the passage marked. Never: another language's rules.

use super::{counted, open};
use crate::arguments::Knowledge;
use crate::arguments::record::Search;
use crate::output::{self, Ended};
use crate::read::{library, sources};
use chancery::export::record::{passage, told};
use chancery::export::safe;
use chancery::model::CodePoints;
use chancery::record;
use serde_json::json;
use std::io::{BufWriter, Write};

pub fn search(knowledge: &Knowledge, asked: &Search) -> anyhow::Result<Ended> {
    let store = open(&asked.place)?;
    let words = record::ways(&store, &sources(knowledge), &asked.words.join(" "))?;
    let (entries, all_entries) = store.search_entries(&words, asked.offset, asked.limit)?;
    let (hits, all_documents) = store.search_documents(&words, asked.offset, asked.limit)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if asked.json {
        for entry in &entries {
            writeln!(out, "{}", json!({"found": "entry", "entry": store.entry(&entry.id)?}))?;
        }
        for hit in &hits {
            let text = &hit.document.document.text;
            let points = CodePoints::new(text);
            let spans: Vec<_> = hit
                .passages
                .iter()
                .flat_map(|passage| &passage.words)
                .map(|span| json!({"start": points.at(text, span.start()), "end": points.at(text, span.end()), "exact": span.of(text)}))
                .collect();
            writeln!(
                out,
                "{}",
                json!({"found": "document", "document": hit.document.document.id, "language": hit.document.language, "words": spans})
            )?;
        }
    } else {
        let library = library(knowledge)?;
        let style = output::style();
        for entry in &entries {
            writeln!(out, "{}  {}", style.bold(&entry.id), safe(&told(entry, &|code| library.name_of(code))))?;
        }
        for hit in &hits {
            let kept = &hit.document;
            let about = [kept.language.clone(), kept.published.as_ref().map(ToString::to_string)];
            let about: Vec<String> = about.into_iter().flatten().collect();
            writeln!(out, "{}  {}", style.bold(&safe(&kept.document.id)), style.dim(&about.join(" · ")))?;
            for found in &hit.passages {
                out.write_all(passage(&kept.document.text, &found.words, 4, &style).as_bytes())?;
            }
        }
    }
    out.flush()?;
    let left = |all: usize, shown: usize| all.saturating_sub(asked.offset.min(all) + shown);
    let (more_entries, more_documents) = (left(all_entries, entries.len()), left(all_documents, hits.len()));
    if all_entries + all_documents == 0 {
        eprintln!("chancery: no entry and no document has these words");
    } else if more_entries + more_documents > 0 {
        let entries = format!("{more_entries} more {}", if more_entries == 1 { "entry" } else { "entries" });
        eprintln!("chancery: {entries} and {} have them; --limit shows more", counted(more_documents, "more document"));
    }
    Ok(Ended::Done)
}
