//! JSON records, one a line or in one array.
//!
//! In: a reader. Out: one item a record, read as they come. Never: holds more than one record, or loses one because its
//! neighbour is broken.

use crate::{Item, Options, bytes, finish, published, too_large, unreadable};
use chancery_model::Document;
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;
use std::path::Path;

/// How records are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// One a line.
    Lines,
    /// Objects in an array, or one after the other, over as many lines as they like.
    Values,
}

/// Whether a file without a telling name holds records.
pub fn look_like_records(head: &[u8]) -> bool {
    let mut marks = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!((marks.next(), marks.next()), (Some(b'{'), Some(b'"')) | (Some(b'['), Some(b'{')))
}

/// How the records of a file are told apart, by its name and first bytes.
pub fn cut_of(source: &str, head: &[u8]) -> Cut {
    let extension = Path::new(source).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let lines = matches!(extension.as_deref(), Some("jsonl" | "ndjson"));
    let first = head.iter().position(|byte| !byte.is_ascii_whitespace());
    let first_line = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or(head);
    match first.map(|at| head[at]) {
        // a line that is an array whole is a bad line, not an array of records
        Some(b'[') if !lines => Cut::Values,
        Some(b'{') if !lines && first_line.len() < head.len() && !first_line.trim_ascii_end().ends_with(b"}") => Cut::Values,
        _ => Cut::Lines,
    }
}

#[derive(Deserialize)]
struct Record {
    id: Option<Value>,
    text: Option<Value>,
    published: Option<Value>,
    language: Option<Value>,
    title: Option<Value>,
    url: Option<Value>,
}

/// The bytes of a record, or what became of them.
enum Piece {
    Whole(Vec<u8>),
    TooLarge,
    Stray(String),
}

/// Reads records one by one.
pub fn read(
    mut reader: Box<dyn BufRead + Send>,
    cut: Cut,
    source: &str,
    id: &str,
    options: &Options,
) -> impl Iterator<Item = Item> + Send + use<> {
    let (source, id, options) = (source.to_owned(), id.to_owned(), options.clone());
    let (mut line, mut seen, mut ended) = (1, 0, false);
    std::iter::from_fn(move || {
        while !ended {
            let begun = line;
            let piece = match cut {
                Cut::Lines => next_line(&mut *reader, options.max_bytes, &mut line),
                Cut::Values => next_value(&mut *reader, options.max_bytes, &mut line),
            };
            let (begun, piece) = match piece {
                Ok(Some((first_line, piece))) => (first_line, piece),
                Ok(None) => break,
                Err(error) => {
                    ended = true;
                    return Some(Item::Refused { source: format!("{source}:{begun}"), reason: unreadable(&error) });
                }
            };
            let place = format!("{source}:{begun}");
            match piece {
                Piece::Whole(raw) if raw.trim_ascii().is_empty() => continue,
                Piece::Whole(raw) => {
                    seen += 1;
                    return Some(record(raw, place, &format!("{id}:{begun}"), &options));
                }
                Piece::TooLarge => {
                    seen += 1;
                    return Some(Item::Refused { source: place, reason: too_large(options.max_bytes) });
                }
                Piece::Stray(reason) => {
                    seen += 1;
                    return Some(Item::Refused { source: place, reason });
                }
            }
        }
        if !ended && seen == 0 {
            ended = true;
            return Some(Item::Empty { source: source.clone() });
        }
        ended = true;
        None
    })
}

fn record(raw: Vec<u8>, source: String, id: &str, options: &Options) -> Item {
    let original = options.kept(&raw);
    let decoded = bytes::decode(raw);
    let mut notes: Vec<String> = decoded.note.into_iter().collect();
    let record: Record = match serde_json::from_str(&decoded.text) {
        Ok(record) => record,
        Err(error) => {
            return Item::Refused { source, reason: format!("no JSON object with `text`: {error}") };
        }
    };
    let string = |value: Option<Value>| match value {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let text = match record.text {
        Some(Value::String(text)) => text,
        Some(Value::Null) => return Item::Empty { source },
        Some(_) => return Item::Refused { source, reason: "`text` is no string".to_owned() },
        None => return Item::Refused { source, reason: "the object has no `text`".to_owned() },
    };
    let date = string(record.published);
    let published = date.as_deref().and_then(published);
    if let (Some(date), None) = (&date, &published) {
        notes.push(format!("`published` {date:?} is no ISO date and was passed over"));
    }
    let url = string(record.url);
    let id = string(record.id).or_else(|| url.clone()).unwrap_or_else(|| id.to_owned());
    let document =
        Document { id, text, title: string(record.title), published, language: string(record.language), url, ..Document::default() };
    finish(source, document, notes, original, options)
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
        let end = available.iter().position(|byte| *byte == b'\n');
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
