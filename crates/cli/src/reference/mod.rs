//! `chancery reference`: who bears a name, who held an office, and a user's own facts.
//!
//! In: names, offices, tables, files of facts. Out: persons, tables. Never: asks a network.

mod import;
mod lookup;
mod show;

use crate::arguments::{Knowledge, Reference};
use crate::output::Ended;
use anyhow::Context;
use chancery::registry::{self, Registry};
use std::io::Write;
use std::path::PathBuf;

/// Names the folder in which imported facts are kept.
const FOLDER: &str = "CHANCERY_REFERENCE";

pub fn run(knowledge: &Knowledge, command: &Reference) -> anyhow::Result<Ended> {
    match command {
        Reference::Find { name, json, top } => find(knowledge, name, *json, *top),
        Reference::Holder { state, role, on, json } => holder(knowledge, state, role, on.as_deref(), *json),
        Reference::Lookup { table, why } => lookup::run(registry(knowledge)?, table, *why),
        Reference::Check => {
            let faults = registry::faults(&crate::read::sources(knowledge))?;
            let mut out = std::io::stdout().lock();
            faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
            writeln!(out, "{} faults", faults.len())?;
            Ok(if faults.is_empty() { Ended::Done } else { Ended::Failed })
        }
        Reference::Import { files, into } => {
            let folder = into.clone().or_else(folder).context("there is no user's data folder here; give one with --into DIR")?;
            import::run(registry(knowledge)?, files, &folder)
        }
    }
}

/// The folder of imported facts: $CHANCERY_REFERENCE, or one in the user's data folder.
fn folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = || set("XDG_DATA_HOME").or_else(|| Some(set("HOME")?.join(".local/share"))).or_else(|| set("APPDATA"));
    set(FOLDER).or_else(|| Some(data()?.join("chancery/reference")))
}

/// The folder of imported facts, where there is one.
pub fn imported() -> Option<PathBuf> {
    folder().filter(|folder| folder.is_dir())
}

/// The registry; it lives as long as the process, which need not take it apart before it ends.
fn registry(knowledge: &Knowledge) -> anyhow::Result<&'static Registry> {
    let registry = Box::leak(Box::new(Registry::load(&crate::read::sources(knowledge))?));
    if let Some(first) = registry.faults().first() {
        eprintln!("chancery: {} lines of tables are wrong and were left out, such as {first}", registry.faults().len());
    }
    Ok(registry)
}

fn find(knowledge: &Knowledge, name: &str, json: bool, top: usize) -> anyhow::Result<Ended> {
    let registry = registry(knowledge)?;
    let found = registry.find(&registry.names(), name);
    if found.is_empty() {
        eprintln!("chancery: nobody is known by the name {name:?}");
        return Ok(Ended::Failed);
    }
    let mut out = std::io::stdout().lock();
    if json {
        for (id, likely) in found.into_iter().take(top) {
            writeln!(out, "{}", show::found(registry, id, &likely))?;
        }
    } else {
        out.write_all(show::found_table(registry, &found[..found.len().min(top)]).as_bytes())?;
    }
    Ok(Ended::Done)
}

fn holder(knowledge: &Knowledge, state: &str, role: &str, on: Option<&str>, json: bool) -> anyhow::Result<Ended> {
    let registry = registry(knowledge)?;
    let of = registry.states(state)?;
    let office = registry.office(role)?;
    let date = on.map(|on| registry.date(on)).transpose()?;
    let found = registry.holders(&office, &of, date.as_ref());
    if found.is_empty() {
        eprintln!("chancery: no holder is known");
        return Ok(Ended::Failed);
    }
    let mut out = std::io::stdout().lock();
    if json {
        for (id, tenure) in found {
            writeln!(out, "{}", show::holder(registry, id, tenure))?;
        }
    } else {
        out.write_all(show::holder_table(registry, &found).as_bytes())?;
    }
    Ok(Ended::Done)
}
