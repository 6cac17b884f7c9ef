//! A record at a glance.
//!
//! In: a record. Out: how much it holds, what is next, what is newest, what is overdue, where it is contradicted, who meets most.
//! Never: today's date; a record's day is that of its latest document.

use super::counted;
use crate::output;
use chancery::export::{self, record as rows, safe};
use chancery::record::{Entry, Filter, Order, Page, Store};
use std::fmt::Write;

/// Entries shown under each head.
const SHOWN: usize = 5;

/// What the record holds.
pub fn glance(store: &Store, names: &dyn Fn(&str) -> String) -> anyhow::Result<String> {
    let style = output::style();
    let mut out = String::new();
    let languages: Vec<String> = store.languages()?.into_iter().map(|(tag, count)| format!("{count} {tag}")).collect();
    let documents: usize = store.outcomes()?.first().map_or(0, |(_, count)| *count);
    writeln!(out, "{} ({})", counted(documents, "document"), languages.join(", "))?;
    for (sort, count) in store.counts()? {
        let sourced = store.supported(&sort)?;
        writeln!(out, "  {:<12} {count:>5}   {sourced} with two independent sources or more", format!("{sort}s"))?;
    }
    let latest = store.latest()?;
    if let Some(day) = latest {
        writeln!(out, "  its latest document is of {day}")?;
    }
    let filter = |sort: &str, status: &str| Filter {
        entries: vec![sort.to_owned()],
        statuses: if status.is_empty() { Vec::new() } else { vec![status.to_owned()] },
        ..Filter::default()
    };
    let mut group = |title: &str, filter: &Filter, order: Order, keep: &dyn Fn(&Entry) -> bool| -> anyhow::Result<()> {
        let mut lines = Vec::new();
        store.entries(filter, Page { order, offset: 0, limit: Some(SHOWN) }, |line| -> anyhow::Result<()> {
            let entry: Entry = serde_json::from_str(&line)?;
            if keep(&entry) {
                let told = rows::told(&entry, names);
                let differ: Vec<&str> = entry.conflicts.iter().map(|conflict| conflict.of.as_str()).collect();
                let differ = if title.starts_with("Contra") { format!("({}) ", differ.join(", ")) } else { String::new() };
                lines.push(vec![entry.id.clone(), counted(entry.support.sources, "source"), safe(&format!("{differ}{told}"))]);
            }
            Ok(())
        })?;
        if !lines.is_empty() {
            let table: String = export::columns(&lines, style.width - 2).lines().map(|line| format!("  {line}\n")).collect();
            write!(out, "\n{}\n{table}", style.bold(title))?;
        }
        Ok(())
    };
    let planned = Filter { since: latest, ..filter("contact", "planned") };
    group("Next", &planned, Order::Oldest, &|_| true)?;
    group("Newest", &filter("contact", "held"), Order::Newest, &|_| true)?;
    group("Overdue", &filter("commitment", "overdue"), Order::Oldest, &|_| true)?;
    let contradicted = |entry: &Entry| entry.conflicts.iter().any(|conflict| conflict.kind == "contradiction");
    group("Contradicted", &Filter::default(), Order::Doubtful, &contradicted)?;
    let pairs = store.pairs(&filter("contact", "held"), Some(SHOWN))?;
    if !pairs.is_empty() {
        writeln!(out, "\n{}", style.bold("Most in touch"))?;
        for (one, other, count) in pairs {
            writeln!(out, "  {} and {}: {}", names(&one), names(&other), counted(count, "contact"))?;
        }
    }
    Ok(out)
}
