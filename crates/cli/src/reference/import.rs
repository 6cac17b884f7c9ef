//! `chancery reference import`: a user's own facts, kept as tables in a folder.
//!
//! In: Wikidata entities, FollowTheMoney entities, tables. Out: the tables of the folder, which hold each fact once. Never: ends
//! because of one line, asks a network, changes the folder where there is nothing new.

use crate::output::Ended;
use anyhow::Context;
use chancery::reference::TableFile;
use chancery::reference::import::wikidata::{Became, Positions};
use chancery::reference::import::{Facts, ftm, wikidata};
use chancery::registry::Registry;
use flate2::bufread::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The most bytes of one line, or of a file that is one JSON text.
const MAX_ITEM: u64 = 256 << 20;
/// The most wrong lines of a file that are told one by one.
const MAX_TOLD: usize = 20;

/// What was taken from the inputs.
#[derive(Default)]
struct Taken {
    entities: usize,
    refused: usize,
}

pub fn run(registry: &Registry, files: &[PathBuf], folder: &Path) -> anyhow::Result<Ended> {
    let mut facts = Facts::default();
    let mut taken = Taken::default();
    for (name, text) in kept(folder)? {
        let mut errors = Vec::new();
        facts.add_table(&TableFile { path: folder.join(&name).display().to_string(), text: text.into(), imported: true }, &mut errors);
        errors.iter().for_each(|error| taken.refuse(&error.to_string()));
    }
    let before = facts.clone();
    for path in files {
        import(registry, path, &mut facts, &mut taken).with_context(|| path.display().to_string())?;
    }
    if facts != before {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for (name, text) in facts.tables() {
            write(&folder.join(name), &text)?;
        }
    }
    let new = |now: usize, then: usize| now.saturating_sub(then);
    eprintln!(
        "chancery: {}: {} persons ({} new), {} tenures ({} new), {} further names ({} new)",
        folder.display(),
        facts.people.len(),
        new(facts.people.len(), before.people.len()),
        facts.tenures.len(),
        new(facts.tenures.len(), before.tenures.len()),
        facts.names.len(),
        new(facts.names.len(), before.names.len()),
    );
    Ok(if taken.refused > 0 { Ended::SomeRefused } else { Ended::Done })
}

impl Taken {
    fn refuse(&mut self, message: &str) {
        self.refused += 1;
        if self.refused <= MAX_TOLD {
            eprintln!("chancery: {message}");
        } else if self.refused == MAX_TOLD + 1 {
            eprintln!("chancery: further wrong lines are not told");
        }
    }
}

/// The tables that a folder holds.
fn kept(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            tables.push((name, std::fs::read_to_string(&path).with_context(|| path.display().to_string())?));
        }
    }
    tables.sort();
    Ok(tables)
}

/// Writes a file whole or not at all; one that is the same stays.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let part = path.with_extension("part");
    let written = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, path));
    written.with_context(|| path.display().to_string())
}

fn import(registry: &Registry, path: &Path, facts: &mut Facts, taken: &mut Taken) -> anyhow::Result<()> {
    let stdin = path.as_os_str() == "-";
    let shown = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let source =
        if stdin { "stdin".to_owned() } else { path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default() };
    if path.extension().is_some_and(|extension| extension == "tsv") {
        let text = std::fs::read_to_string(path)?;
        let mut errors = Vec::new();
        facts.add_table(&TableFile { path: shown, text: text.into(), imported: true }, &mut errors);
        errors.iter().for_each(|error| taken.refuse(&error.to_string()));
        return Ok(());
    }
    let bytes = if stdin { None } else { std::fs::metadata(path).ok().map(|metadata| metadata.len()) };
    let bar = progress(bytes);
    let input = if stdin { unpacked(bar.wrap_read(std::io::stdin().lock()))? } else { unpacked(bar.wrap_read(File::open(path)?))? };
    let by_item = |item: &str| registry.positions().get(item).cloned();
    let by_label = |label: &str, state: &str| registry.position(label, registry.state_of_item(state)?);
    let positions = Positions { by_item: &by_item, by_label: &by_label };
    let position = |name: &str, country: &str| registry.position(name, country);
    // entities of FollowTheMoney refer to others in any order: they are read again for each kind
    let mut later: Option<File> = None;
    let mut known = ftm::Known::default();
    each(input, &mut |line, item| {
        let entity = match item {
            Ok(entity) => entity,
            Err(error) => {
                taken.refuse(&format!("{shown}:{line}: {error}"));
                return Ok(());
            }
        };
        let mut take = |entity: &Value| match wikidata::read(entity, &positions, &source, facts) {
            Ok(Became::Nothing | Became::Person | Became::Position) => taken.entities += 1,
            Err(error) => taken.refuse(&format!("{shown}:{line}: {error}")),
        };
        if let Some(entities) = entity["entities"].as_object() {
            entities.values().for_each(take);
        } else if entity["schema"].is_string() && entity["properties"].is_object() {
            if later.is_none() {
                later = Some(tempfile::tempfile().context("no room for entities that are read again")?);
            }
            if let Some(kept) = &mut later {
                let wanted = ["Person", "Occupancy", "Position"].contains(&entity["schema"].as_str().unwrap_or(""));
                if wanted {
                    serde_json::to_writer(&mut *kept, &entity)?;
                    kept.write_all(b"\n")?;
                }
                if let Err(error) = ftm::read(&entity, ftm::Pass::Positions, &position, &source, &mut known, facts) {
                    taken.refuse(&format!("{shown}:{line}: {error}"));
                }
            }
        } else {
            take(&entity);
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    if let Some(mut kept) = later {
        for pass in ftm::Pass::ALL.into_iter().skip(1) {
            kept.rewind()?;
            let again = progress(kept.metadata().ok().map(|metadata| metadata.len()));
            each(Box::new(BufReader::new(again.wrap_read(&kept))), &mut |_, item| {
                if let Ok(entity) = item {
                    // what is wrong with it was told in the first pass
                    let _ = ftm::read(&entity, pass, &position, &source, &mut known, facts);
                    taken.entities += 1;
                }
                Ok(())
            })?;
            again.finish_and_clear();
        }
    }
    Ok(())
}

/// Every JSON value of an input with its line: one a line (a dump's brackets and commas are passed over), or the whole input.
fn each(mut input: Box<dyn BufRead + '_>, take: &mut dyn FnMut(usize, Result<Value, String>) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let read = input.by_ref().take(MAX_ITEM).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        number += 1;
        let body = line.trim_ascii().strip_prefix(b"\xef\xbb\xbf").unwrap_or(line.trim_ascii());
        let body = body.strip_suffix(b",").unwrap_or(body);
        if body.is_empty() || body == b"[" || body == b"]" || holds_no_office(body) {
            continue;
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => take(number, Ok(value))?,
            Err(error) if number == 1 && error.is_eof() => {
                // one JSON text over many lines
                input.by_ref().take(MAX_ITEM).read_to_end(&mut line)?;
                match serde_json::from_slice::<Value>(&line) {
                    Ok(Value::Array(values)) => values.into_iter().try_for_each(|value| take(1, Ok(value)))?,
                    Ok(value) => take(1, Ok(value))?,
                    Err(error) => take(error.line(), Err(format!("expected JSON: {error}")))?,
                }
                return Ok(());
            }
            Err(error) => take(number, Err(format!("expected one JSON object: {error}")))?,
        }
    }
}

/// The bytes of an input, out of gzip where it is packed so.
fn unpacked<'a>(input: impl Read + 'a) -> anyhow::Result<Box<dyn BufRead + 'a>> {
    let mut input = BufReader::with_capacity(1 << 20, input);
    let packed = input.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    Ok(if packed { Box::new(BufReader::with_capacity(1 << 20, MultiGzDecoder::new(input))) } else { Box::new(input) })
}

/// Whether a line is a whole item of Wikidata without an office held or a state of one, of which nothing would be kept: most of a
/// dump need not be read as JSON.
fn holds_no_office(line: &[u8]) -> bool {
    let names = |property: &str| memchr::memmem::find(line, property.as_bytes()).is_some();
    line.starts_with(br#"{"type":"item""#) && line.ends_with(b"}") && !names(r#""P39""#) && !names(r#""P1001""#)
}

/// Bytes read, on standard error where that is a terminal.
fn progress(bytes: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
    let template =
        if bytes.is_some() { "{spinner} {bytes} of {total_bytes}, {bytes_per_sec}, {eta}" } else { "{spinner} {bytes}, {bytes_per_sec}" };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()))
}
