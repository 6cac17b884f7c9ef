//! `chancery read`, `mentions` and `text`.
//!
//! In: inputs. Out: readings in the order of the inputs, whatever the number of threads. Never: ends a run because of one item.

use crate::arguments::{self, Portion, Source};
use crate::output::{self, Ended};
use crate::run::{Run, inputs};
use anyhow::Context;
use chancery::export::{Style, people, safe, v1};
use chancery::source::limited::Program;
use chancery::source::{Cap, Caps, FieldMap, Item, Options};
use chancery::{Document, Library, Reading, Sources};
use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde_json::json;
use std::io::{BufWriter, Write};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// Characters of text that are read at a time.
const BATCH_BYTES: usize = 4 << 20;
/// Documents that are read at a time.
const BATCH: usize = 256;
/// Stack of a reading thread.
const STACK: usize = 16 << 20;

/// The library with what the arguments give; what is wrong in it is told. It lives as long as the process, which need not take
/// apart a hundred thousand entries before it ends.
pub fn library(knowledge: &arguments::Knowledge) -> anyhow::Result<&'static Library> {
    let library = Box::leak(Box::new(Library::load(&sources(knowledge))?));
    if let Some(first) = library.faults().first() {
        eprintln!("chancery: {} lines of packs and tables are wrong and were left out, such as {first}", library.faults().len());
    }
    Ok(library)
}

/// What the arguments give, and what the user imported.
pub fn sources(knowledge: &arguments::Knowledge) -> Sources {
    Sources { languages: knowledge.languages.clone(), reference: knowledge.reference.clone(), imported: crate::reference::imported() }
}

/// The threads that read.
pub fn pool(jobs: usize) -> anyhow::Result<Arc<ThreadPool>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build();
    Ok(Arc::new(pool.context("cannot start threads")?))
}

/// How a source is read.
pub fn options(source: &Source) -> Options {
    let caps = Caps::default().with(Cap::Bytes, source.max_bytes);
    let caps = source.caps.iter().fold(caps, |caps, (cap, limit)| caps.with(*cap, *limit));
    let map = source.maps.iter().cloned().fold(FieldMap::default(), FieldMap::and);
    let limited_reader = std::env::current_exe().ok().map(Program::new);
    Options { format: source.format, caps, map, limited_reader, ..Options::default() }
}

pub fn readings(knowledge: &arguments::Knowledge, reading: &arguments::Reading, portion: &Portion, json: bool) -> anyhow::Result<Ended> {
    let library = library(knowledge)?;
    let names = |code: &str| library.name_of(code);
    let style = output::style();
    each(
        library,
        reading,
        portion,
        json,
        |reading| if json { v1::line(&v1::reading(reading)) } else { Ok(people::reading(reading, &names, &style)) },
    )
}

pub fn mentions(knowledge: &arguments::Knowledge, reading: &arguments::Reading, portion: &Portion, json: bool) -> anyhow::Result<Ended> {
    let library = library(knowledge)?;
    let style: Style = output::style();
    each(
        library,
        reading,
        portion,
        json,
        |reading| if json { v1::line(&v1::mentions(reading)) } else { Ok(people::mentions(reading, &style)) },
    )
}

/// What became of an item, to be told in its turn.
enum Outcome {
    Told(String, Vec<String>),
    Message(String),
    Refused(String),
}

/// Reads every document and prints what `tell` makes of it.
fn each<T>(library: &Library, arguments: &arguments::Reading, portion: &Portion, json: bool, tell: T) -> anyhow::Result<Ended>
where
    T: Fn(&Reading) -> Result<String, serde_json::Error> + Sync,
{
    let pool = pool(arguments.jobs)?;
    let mut run = Run::over(&arguments.source, given(arguments), portion, output::progress(), &pool);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut refused, mut first, bar) = (0_usize, true, run.bar());
    loop {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(item) = run.next() else { break };
            if let Item::Read { document, .. } = &item {
                bytes += document.text.len();
            }
            batch.push(item);
        }
        if batch.is_empty() {
            break;
        }
        let outcomes: Vec<Outcome> = pool.install(|| batch.into_par_iter().filter_map(|item| outcome(library, item, &tell)).collect());
        for outcome in outcomes {
            match outcome {
                Outcome::Told(told, notes) => {
                    if !json && !std::mem::take(&mut first) {
                        writeln!(out)?;
                    }
                    writeln!(out, "{}", told.trim_end_matches('\n'))?;
                    notes.iter().for_each(|note| bar.suspend(|| eprintln!("chancery: {note}")));
                }
                Outcome::Message(message) => bar.suspend(|| eprintln!("chancery: {message}")),
                Outcome::Refused(message) => {
                    refused += 1;
                    bar.suspend(|| eprintln!("chancery: {message}"));
                }
            }
        }
        out.flush()?;
    }
    Ok(ended(run, refused))
}

/// How a run ended, with how to go on where it was stopped.
fn ended(run: Run, refused: usize) -> Ended {
    let position = run.position();
    match run.end() {
        true => {
            eprintln!("chancery: stopped; the same command with --skip {position} goes on from here");
            Ended::Stopped
        }
        false if refused > 0 => Ended::SomeRefused,
        false => Ended::Done,
    }
}

/// What the arguments say of every document.
fn given(arguments: &arguments::Reading) -> Options {
    Options { published: arguments.published.clone(), language: arguments.language.clone(), ..options(&arguments.source) }
}

/// Lists what would be read, and how much it is.
pub fn survey(arguments: &arguments::Reading, portion: &Portion, json: bool) -> anyhow::Result<Ended> {
    let pool = pool(arguments.jobs)?;
    let mut run = Run::over(&arguments.source, given(arguments), portion, output::progress(), &pool);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (bar, mut read, mut empty, mut bytes) = (run.bar(), 0_usize, 0_usize, 0_usize);
    for item in run.by_ref() {
        let outcome = match &item {
            Item::Read { source, document, .. } => {
                (read, bytes) = (read + 1, bytes + document.text.len());
                if !json {
                    let date = document.published.as_ref().map(ToString::to_string).unwrap_or_default();
                    let characters = document.text.chars().count();
                    let title = safe(document.title.as_deref().unwrap_or_default());
                    writeln!(out, "{source}\t{date}\t{}\t{characters}\t{title}", document.language.as_deref().unwrap_or_default())?;
                }
                "read"
            }
            Item::Empty { .. } => {
                empty += 1;
                "empty"
            }
            Item::Refused { source, reason } => {
                bar.suspend(|| eprintln!("chancery: {source}: refused: {reason}"));
                "refused"
            }
            Item::PassedOver { .. } => "passed over",
        };
        if json {
            let document = if let Item::Read { document, .. } = &item { Some(document) } else { None };
            let reason = if let Item::Refused { reason, .. } | Item::PassedOver { reason, .. } = &item { Some(reason) } else { None };
            let line = json!({
                "source": item.source(), "outcome": outcome, "reason": reason, "document": document.map(|document| &document.id),
                "published": document.and_then(|document| document.published.as_ref()).map(ToString::to_string),
                "characters": document.map(|document| document.text.chars().count()),
            });
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    let refused = run.refused();
    bar.finish_and_clear();
    eprintln!("chancery: dry run: {read} documents with {bytes} bytes of text, {empty} empty, {refused} refused");
    Ok(ended(run, refused))
}

fn outcome<T>(library: &Library, item: Item, tell: &T) -> Option<Outcome>
where
    T: Fn(&Reading) -> Result<String, serde_json::Error>,
{
    match item {
        Item::Empty { source } => Some(Outcome::Message(format!("{source}: empty"))),
        Item::Refused { source, reason } => Some(Outcome::Refused(format!("{source}: refused: {reason}"))),
        Item::PassedOver { .. } => None,
        Item::Read { source, document, notes, .. } => {
            let id = document.id.clone();
            let told = std::panic::catch_unwind(AssertUnwindSafe(|| tell(&library.read_document(*document))));
            Some(match told {
                Ok(Ok(told)) => Outcome::Told(told, notes.into_iter().map(|note| format!("{source}: {note}")).collect()),
                Ok(Err(error)) => Outcome::Refused(format!("{source}: refused: {error}")),
                Err(fault) => {
                    let words = fault
                        .downcast_ref::<String>()
                        .map(String::as_str)
                        .or_else(|| fault.downcast_ref::<&str>().copied())
                        .unwrap_or("no message");
                    Outcome::Refused(format!("{source}: refused: a fault of the program in {id}: {words}; please report it with the text"))
                }
            })
        }
    }
}

/// Every document of a source; what cannot be read is told. Returns how many were refused.
pub fn documents(source: &Source, mut take: impl FnMut(Document) -> anyhow::Result<()>) -> anyhow::Result<usize> {
    let mut refused = 0;
    for item in chancery::source::read(inputs(source), options(source)) {
        match item {
            Item::Read { source, document, notes, .. } => {
                notes.iter().for_each(|note| eprintln!("chancery: {source}: {note}"));
                take(*document)?;
            }
            Item::Empty { source } => eprintln!("chancery: {source}: empty"),
            Item::Refused { source, reason } => {
                refused += 1;
                eprintln!("chancery: {source}: refused: {reason}");
            }
            Item::PassedOver { .. } => {}
        }
    }
    Ok(refused)
}

/// Prints texts as stored; where there are several, each under its id.
pub fn texts(source: &Source, json: bool) -> anyhow::Result<Ended> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut waiting, mut several): (Option<Document>, bool) = (None, false);
    let put = |out: &mut dyn Write, document: &Document| {
        let line_end = if document.text.ends_with('\n') { "" } else { "\n" };
        write!(out, "==> {} <==\n{}{line_end}", document.id, document.text)
    };
    let refused = documents(source, |document| {
        if json {
            return Ok(writeln!(out, "{}", as_record(&document))?);
        }
        if let Some(first) = waiting.take() {
            put(&mut out, &first)?;
            several = true;
        }
        if several {
            put(&mut out, &document)?;
        } else {
            waiting = Some(document);
        }
        Ok(())
    })?;
    if let Some(only) = waiting {
        // byte for byte, so that spans can be counted in it
        out.write_all(only.text.as_bytes())?;
    }
    out.flush()?;
    Ok(if refused > 0 { Ended::SomeRefused } else { Ended::Done })
}

/// A document as a record that can be read again.
fn as_record(document: &Document) -> serde_json::Value {
    let mut record = json!({
        "id": document.id, "published": document.published.as_ref().map(ToString::to_string), "language": document.language,
        "title": document.title, "url": document.url, "site": document.site, "authors": document.authors, "text": document.text,
    });
    if let Some(fields) = record.as_object_mut() {
        fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|members| !members.is_empty()));
    }
    record
}
