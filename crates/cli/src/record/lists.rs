//! `chancery contacts`, `statements`, `commitments`, `figures`, `standings`: lists of entries.
//!
//! In: a filter. Out: a table, JSON Lines or CSV. Never: leaves entries out without saying how many.

use super::{ask, counted};
use crate::arguments::Knowledge;
use crate::arguments::record::{List, Shape};
use crate::output::{self, Ended};
use chancery::export::{self, record as rows};
use chancery::record::{Entry, Filter, Order, Page, Store};
use std::io::{BufWriter, Write};

/// Entries that a table shows where nothing is said.
pub const SHOWN: usize = 50;

pub fn list(knowledge: &Knowledge, sort: &'static str, list: &List) -> anyhow::Result<Ended> {
    let (store, filter) = ask(knowledge, &list.place, &list.asked, &[sort])?;
    print(&store, &filter, Order::Newest, &list.shape, &Table { heads: rows::head(sort), row: &rows::row, csv: sort })
}

/// How entries become rows.
pub struct Table<'a> {
    /// Heads of the columns.
    pub heads: &'a [&'a str],
    /// The cells of an entry.
    pub row: &'a dyn Fn(&Entry) -> Vec<String>,
    /// The sort of entry whose heads a spreadsheet has.
    pub csv: &'a str,
}

/// Prints the entries that pass in the shape asked for.
pub fn print(store: &Store, filter: &Filter, order: Order, shape: &Shape, table: &Table) -> anyhow::Result<Ended> {
    let limit = match shape.limit {
        Some(0) => None,
        Some(limit) => Some(limit),
        None => (!shape.json && !shape.csv).then_some(SHOWN),
    };
    let page = Page { order, offset: shape.offset, limit };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut shown = 0;
    if shape.json {
        store.entries(filter, page, |line| -> anyhow::Result<()> {
            shown += 1;
            Ok(writeln!(out, "{line}")?)
        })?;
    } else if shape.csv {
        let mut csv = csv::Writer::from_writer(&mut out);
        csv.write_record(rows::csv_head(table.csv))?;
        store.entries(filter, page, |line| -> anyhow::Result<()> {
            shown += 1;
            Ok(csv.write_record(rows::csv_row(&serde_json::from_str(&line)?))?)
        })?;
        csv.flush()?;
    } else {
        let mut lines = vec![table.heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()];
        let mut notes: Vec<Vec<String>> = Vec::new();
        store.entries(filter, page, |line| -> anyhow::Result<()> {
            let entry: Entry = serde_json::from_str(&line)?;
            shown += 1;
            lines.push((table.row)(&entry));
            if shape.explain {
                notes.extend(rows::inferred(&entry).into_iter().map(|why| vec![entry.id.clone(), why]));
            }
            Ok(())
        })?;
        if shown > 0 {
            out.write_all(export::columns(&lines, output::style().width).as_bytes())?;
        }
        if !notes.is_empty() {
            writeln!(out, "\nInferred")?;
            out.write_all(export::columns(&notes, output::style().width).as_bytes())?;
        }
    }
    out.flush()?;
    let all = store.count(filter)?;
    let left = all.saturating_sub(shape.offset + shown);
    if left > 0 {
        eprintln!("chancery: {} more; --limit 0 shows all, --offset {} the next", left, shape.offset + shown);
    } else if all == 0 && !shape.json && !shape.csv {
        eprintln!(
            "chancery: nothing of the record passes; it holds {}",
            counted(store.count(&Filter::default())?, "entry").replace("entrys", "entries")
        );
    }
    Ok(Ended::Done)
}
