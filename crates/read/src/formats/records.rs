//! JSON records, one a line or in one array.
//!
//! In: a reader. Out: one item a record, read as they come. Never: holds more than one record, or loses one because its
//! neighbour is broken.

use super::{Definition, Format, Holds, page};
use crate::fields::{self, Content};
use crate::item::{Item, Job, Jobs, refused};
use crate::source::{Source, unreadable};
use crate::{Cap, Options, bytes, finish, json};
use chancery_model::Document;
use serde_json::Value;
use std::io::BufRead;
use std::sync::Arc;

pub const JSON_LINES: Format = Format(&Definition {
    name: "jsonl",
    holds: Holds::Text,
    endings: &["jsonl", "ndjson", "json"],
    recognise: |head| look_like_records(head.text),
    read: |mut source, options| {
        let lines = ["jsonl", "ndjson"].iter().any(|ending| source.label.to_lowercase().ends_with(ending));
        let cut = match source.head() {
            Ok(head) => cut_of(lines, bytes::first_text(head).as_ref()),
            Err(error) => return refused(source.name, unreadable(&error)),
        };
        read(source, cut, "", options)
    },
});

/// How records are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// One a line.
    Lines,
    /// Objects in an array, or one after the other, over as many lines as they like.
    Values,
}

/// Whether a file without a telling name holds records.
fn look_like_records(head: &[u8]) -> bool {
    let mut marks = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!((marks.next(), marks.next()), (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{')))
}

/// How the records of a file are told apart, by its first bytes, and where its name says that they are `lines`.
fn cut_of(lines: bool, head: &[u8]) -> Cut {
    let first = head.iter().position(|byte| !byte.is_ascii_whitespace());
    let first_line = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or(head);
    match first.map(|at| head[at]) {
        // a line that is an array whole is a bad line, not an array of records
        Some(b'[') if !lines => Cut::Values,
        Some(b'{') if !lines && first_line.len() < head.len() && !first_line.trim_ascii_end().ends_with(b"}") => Cut::Values,
        _ => Cut::Lines,
    }
}

/// The bytes of a record, or what became of them.
enum Piece {
    Whole(Vec<u8>),
    TooLarge,
    Stray(String),
}

/// Reads records one by one. `what` stands before the number of a record in its name: nothing, where it is that of a line.
pub fn read(mut source: Source, cut: Cut, what: &'static str, options: &Arc<Options>) -> Jobs {
    let (name, known, options) = (source.name.clone(), source.known.clone(), options.clone());
    let head = match source.head() {
        Ok(head) => head.to_vec(),
        Err(error) => return refused(name, unreadable(&error)),
    };
    let mut reader = bytes::as_utf8(source.into_reader(), &head);
    let (mut line, mut seen, mut ended) = (1, 0, false);
    let max_bytes = options.caps.of(Cap::Bytes);
    Box::new(std::iter::from_fn(move || {
        while !ended {
            let begun = line;
            let piece = match cut {
                Cut::Lines => next_line(&mut *reader, max_bytes, &mut line),
                Cut::Values => next_value(&mut *reader, max_bytes, &mut line),
            };
            let (begun, piece) = match piece {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => {
                    ended = true;
                    return Some(Item::Refused { source: format!("{name}:{what}{begun}"), reason: unreadable(&error) }.into());
                }
            };
            if matches!(&piece, Piece::Whole(raw) if raw.trim_ascii().is_empty()) {
                continue;
            }
            let place = format!("{name}:{what}{begun}");
            seen += 1;
            let reason = match piece {
                Piece::Whole(raw) => {
                    let known = Document { id: format!("{}:{begun}", known.id), ..known.clone() };
                    let options = options.clone();
                    return Some(Job::new(place.clone(), raw.len(), move || vec![json_record(raw, place, known, &options)]));
                }
                Piece::TooLarge => options.caps.refusal(Cap::Bytes),
                Piece::Stray(reason) => reason,
            };
            return Some(Item::Refused { source: place, reason }.into());
        }
        let nothing = !ended && seen == 0;
        ended = true;
        nothing.then(|| Item::Empty { source: name.clone() }.into())
    }))
}

fn json_record(raw: Vec<u8>, source: String, known: Document, options: &Options) -> Item {
    let original = options.kept(&raw);
    let decoded = bytes::decode(raw, None);
    let notes: Vec<String> = decoded.note.into_iter().collect();
    match json::value(&decoded.text) {
        Ok(record @ Value::Object(_)) => mapped(&record, source, known, notes, original, options),
        Ok(_) => Item::Refused { source, reason: "no JSON object".to_owned() },
        Err(error) => Item::Refused { source, reason: format!("no JSON object: {error}") },
    }
}

/// A record as a document.
pub fn mapped(
    record: &Value,
    source: String,
    mut document: Document,
    mut notes: Vec<String>,
    raw: Option<Vec<u8>>,
    options: &Options,
) -> Item {
    match fields::take(record, &options.map, &mut document, &mut notes) {
        Ok(Content::Text(text)) => {
            document.text = text;
            finish(source, document, notes, raw, options)
        }
        Ok(Content::Html(html)) => page::item(html.as_bytes(), Some("utf-8"), source, document, notes, raw, options),
        Ok(Content::Empty) => Item::Empty { source },
        Err(reason) => Item::Refused { source, reason },
    }
}

/// The bytes up to the next line feed, and the number of the line.
fn next_line(reader: &mut dyn BufRead, max_bytes: u64, line: &mut usize) -> std::io::Result<Option<(usize, Piece)>> {
    let (mut raw, mut too_large, mut any) = (Vec::new(), false, false);
    let begun = *line;
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', available);
        let part = &available[..end.unwrap_or(available.len())];
        too_large |= (raw.len() + part.len()) as u64 > max_bytes;
        if too_large {
            raw = Vec::new();
        } else {
            raw.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            *line += 1;
            break;
        }
    }
    Ok(any.then_some((begun, if too_large { Piece::TooLarge } else { Piece::Whole(raw) })))
}

/// The bytes of the next object, whatever lines it takes, and the number of its first line.
fn next_value(reader: &mut dyn BufRead, max_bytes: u64, line: &mut usize) -> std::io::Result<Option<(usize, Piece)>> {
    let (mut raw, mut too_large) = (Vec::new(), false);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let (mut begun, mut stray) = (*line, false);
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(if depth > 0 {
                Some((begun, Piece::Stray("the file ends inside this object".to_owned())))
            } else {
                stray.then(|| (begun, Piece::Stray("expected a JSON object".to_owned())))
            });
        }
        let (mut used, mut done) = (0, None);
        for byte in available {
            if depth == 0 && *byte == b'{' && stray {
                done = Some(Piece::Stray("expected a JSON object".to_owned()));
                break;
            }
            used += 1;
            *line += usize::from(*byte == b'\n');
            if depth == 0 {
                match byte {
                    b'{' => {
                        (depth, begun) = (1, *line);
                        raw.push(*byte);
                    }
                    b'[' | b']' | b',' => {}
                    byte if byte.is_ascii_whitespace() => {}
                    _ if !stray => (stray, begun) = (true, *line),
                    _ => {}
                }
                continue;
            }
            if raw.len() as u64 >= max_bytes {
                too_large = true;
                raw = Vec::new();
            }
            if !too_large {
                raw.push(*byte);
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                done = Some(if too_large { Piece::TooLarge } else { Piece::Whole(std::mem::take(&mut raw)) });
                break;
            }
        }
        reader.consume(used);
        if let Some(piece) = done {
            return Ok(Some((begun, piece)));
        }
    }
}
