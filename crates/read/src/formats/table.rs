//! Tables as text: CSV, TSV, and what looks like them.
//!
//! In: a table whose first row names its columns. Out: one item a row. Never: holds more than one row.

use super::{Definition, Format, Holds, records};
use crate::fields::ReadyMap;
use crate::item::{Item, Job, Jobs, refused};
use crate::source::{Source, unreadable};
use crate::{Cap, Options, bytes};
use chancery_model::Document;
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use serde_json::{Map, Value};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub const CSV: Format = Format(&Definition {
    name: "csv",
    holds: Holds::Text,
    endings: &["csv", "tsv", "tab"],
    recognise: |head| {
        let line = first_line(head.text);
        let delimiter = delimiter(line);
        // most texts are known here for no table: building a reader takes longer than this look
        let names = if line.contains(&delimiter) { names(line, delimiter) } else { Vec::new() };
        names.len() > 1 && names.iter().any(|name| ReadyMap::names_a_text(name)) && names.iter().all(|name| is_name(name))
    },
    read,
});

/// Bytes of a row that are read whatever the cap: what a reader takes at a time.
const AT_A_TIME: u64 = 64 << 10;

/// Columns of a table at the most.
const MOST_COLUMNS: usize = 10_000;

fn first_line(head: &[u8]) -> &[u8] {
    head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or(head).trim_ascii()
}

/// What sets the columns apart: what the first line has most of, outside of quotes.
fn delimiter(line: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b'\t', 0), (b';', 0), (b'|', 0), (b',', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        counts.iter_mut().filter(|(delimiter, _)| !quoted && delimiter == byte).for_each(|(_, count)| *count += 1);
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

fn names(line: &[u8], delimiter: u8) -> Vec<String> {
    let mut row = ByteRecord::new();
    let read = ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line).read_byte_record(&mut row);
    if read.is_ok() { row.iter().map(|name| String::from_utf8_lossy(name.trim_ascii()).to_lowercase()).collect() } else { Vec::new() }
}

/// Whether a cell may be the name of a column and not a sentence.
fn is_name(cell: &str) -> bool {
    cell.chars().count() <= 40 && !cell.contains(['.', '!', '?', '<', '{'])
}

fn read(mut source: Source, options: &Arc<Options>) -> Jobs {
    let (name, known, options) = (source.name.clone(), source.known.clone(), options.clone());
    let head = match source.head() {
        Ok(head) => head.to_vec(),
        Err(error) => return refused(name, unreadable(&error)),
    };
    let delimiter = delimiter(first_line(&bytes::first_text(&head)));
    let left = Arc::new(AtomicU64::new(0));
    let whole_row = options.caps.of(Cap::Bytes).saturating_add(AT_A_TIME);
    left.store(whole_row, Ordering::Relaxed);
    let fuse = Fuse { inner: bytes::as_utf8(source.into_reader(), &head), left: left.clone(), refusal: options.caps.refusal(Cap::Bytes) };
    let mut rows = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(fuse);
    let mut columns = ByteRecord::new();
    if let Err(error) = rows.read_byte_record(&mut columns) {
        return refused(name, reason(error));
    }
    if columns.len() > MOST_COLUMNS {
        return refused(name, format!("a table of more than {MOST_COLUMNS} columns"));
    }
    let columns: Arc<[String]> = columns.iter().map(|cell| String::from_utf8_lossy(cell.trim_ascii()).to_lowercase()).collect();
    if !options.map.finds_text(&columns) {
        return refused(name, "no column of the table is a text; --map text=FIELD says which field it is");
    }
    let (mut number, mut ended) = (1, false);
    let items = std::iter::from_fn(move || {
        let mut row = ByteRecord::new();
        left.store(whole_row, Ordering::Relaxed);
        number += 1;
        let place = format!("{name}:row {number}");
        match (!ended).then(|| rows.read_byte_record(&mut row))? {
            Ok(false) => {
                ended = true;
                (number == 2).then(|| Item::Empty { source: name.clone() }.into())
            }
            Ok(true) => {
                let known = Document { id: format!("{}:{number}", known.id), ..known.clone() };
                let (columns, options) = (columns.clone(), options.clone());
                Some(Job::new(place.clone(), row.as_slice().len(), move || vec![item(&row, &columns, delimiter, place, known, &options)]))
            }
            Err(error) => {
                ended = true;
                Some(Item::Refused { source: place, reason: format!("{}; what comes after it is not read", reason(error)) }.into())
            }
        }
    });
    Box::new(items)
}

fn item(row: &ByteRecord, columns: &[String], delimiter: u8, source: String, known: Document, options: &Options) -> Item {
    let mut notes = Vec::new();
    let mut record = Map::new();
    for (column, cell) in columns.iter().zip(row) {
        let decoded = bytes::decode(cell.to_vec(), None);
        notes.extend(decoded.note);
        record.insert(column.clone(), Value::String(decoded.text));
    }
    let mut raw = WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let raw = raw.write_byte_record(row).ok().and_then(|()| raw.into_inner().ok());
    records::mapped(&Value::Object(record), source, known, notes, raw.and_then(|raw| options.kept(&raw)), options)
}

fn reason(error: csv::Error) -> String {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => unreadable(&error),
        other => format!("damaged: {other:?}"),
    }
}

/// Ends where a row takes more than its cap, as one does whose quotation mark is never closed.
struct Fuse<R> {
    inner: R,
    left: Arc<AtomicU64>,
    refusal: String,
}

impl<R: Read> Read for Fuse<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        if bytes as u64 > left {
            return Err(io::Error::other(self.refusal.clone()));
        }
        self.left.store(left - bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}
