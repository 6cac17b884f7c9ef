//! What was fetched, as it came: WARC 1.1, a member of gzip a record.
//!
//! In: answers, and what they change. Out: files to which is only ever added, a pair a lot: `feeds/` and `pages/`; what they change,
//! read again from them. Never: a record by half: what a stop left of one is cut off.
//!
//! Before each answer stands a record of the kind `metadata` with the [`Event`] that it makes, so that the files alone say what was
//! done.

use crate::door::Answer;
use crate::state::Event;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// What the record does not take in: feeds whose pages are read.
const FEEDS: &str = "feeds";
/// What it takes in.
const PAGES: &str = "pages";

/// Where a lot is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shelf {
    /// Feeds whose pages are read.
    Feeds,
    /// What the record takes in.
    Pages,
}

/// What is fetched between two acknowledgements of the record.
#[derive(Debug)]
pub struct Lot {
    /// By which it is known; a later lot has a later name.
    pub name: String,
    folder: PathBuf,
    feeds: Option<File>,
    pages: Option<File>,
    /// How many answers it has for the record.
    pub taken: usize,
}

impl Lot {
    /// A new lot, of a later name than the last.
    pub fn begin(folder: &Path, now: Timestamp, last: Option<&str>) -> Lot {
        let name = now.strftime("%Y%m%dT%H%M%S%3fZ").to_string();
        let name = match last {
            Some(last) if last >= name.as_str() => format!("{last}x"),
            _ => name,
        };
        Lot { name, folder: folder.to_owned(), feeds: None, pages: None, taken: 0 }
    }

    /// Keeps an answer and what it changes; when this returns they are on the disk.
    pub fn add(&mut self, shelf: Shelf, answer: &Answer, event: &Event, published: Option<&str>) -> io::Result<()> {
        let mut records = Vec::new();
        let made = serde_json::to_vec(event)?;
        let id = identity(&[answer.url.as_bytes(), answer.at.to_string().as_bytes(), &made]);
        let fields = [("WARC-Concurrent-To", id.as_str()), ("Content-Type", "application/json")];
        member(&mut records, &record("metadata", answer, &identity(&[id.as_bytes()]), &fields, &made))?;
        member(&mut records, &response(answer, &id, published))?;
        let path = path(&self.folder, shelf, &self.name);
        let file = match shelf {
            Shelf::Feeds => &mut self.feeds,
            Shelf::Pages => &mut self.pages,
        };
        if file.is_none() {
            std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            *file = Some(OpenOptions::new().create(true).append(true).open(&path)?);
        }
        if let Some(file) = file {
            file.write_all(&records)?;
            file.sync_data()?;
        }
        self.taken += usize::from(shelf == Shelf::Pages);
        Ok(())
    }

    /// The file of what the record is to take in, where there is any.
    pub fn pages(&self) -> Option<PathBuf> {
        (self.taken > 0).then(|| path(&self.folder, Shelf::Pages, &self.name))
    }

    /// Whether anything is in it.
    pub fn is_empty(&self) -> bool {
        self.feeds.is_none() && self.pages.is_none()
    }
}

fn path(folder: &Path, shelf: Shelf, name: &str) -> PathBuf {
    let shelf = if shelf == Shelf::Feeds { FEEDS } else { PAGES };
    folder.join(shelf).join(format!("{name}.warc.gz"))
}

/// An answer as a record, as it is given to who reads crawls.
pub fn response(answer: &Answer, id: &str, published: Option<&str>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {}\r\n", answer.status);
    for (name, value) in &answer.fields {
        // how it was cut for its way is not known any more
        if !name.eq_ignore_ascii_case("transfer-encoding") {
            _ = write!(head, "{name}: {}\r\n", value.replace(['\r', '\n'], " "));
        }
    }
    head.push_str("\r\n");
    let content = [head.as_bytes(), &answer.body].concat();
    let digest = format!("sha256:{}", hex(&Sha256::digest(&answer.body)));
    let mut fields = vec![("Content-Type", "application/http; msgtype=response"), ("WARC-Payload-Digest", digest.as_str())];
    fields.extend(published.map(|published| ("Chancery-Published", published)));
    record("response", answer, id, &fields, &content)
}

fn record(kind: &str, answer: &Answer, id: &str, fields: &[(&str, &str)], content: &[u8]) -> Vec<u8> {
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {}\r\n", answer.at);
    _ = write!(head, "WARC-Target-URI: {}\r\n", answer.url);
    for (name, value) in fields {
        _ = write!(head, "{name}: {value}\r\n");
    }
    _ = write!(head, "Content-Length: {}\r\n\r\n", content.len());
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn member(out: &mut Vec<u8>, record: &[u8]) -> io::Result<()> {
    let mut packer = GzEncoder::new(out, Compression::default());
    packer.write_all(record)?;
    packer.finish()?;
    Ok(())
}

/// A name of a record that follows from its content.
fn identity(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let digits = hex(&hash.finalize());
    // a UUID of version 8, whose bits are whoever's makes it
    format!("<urn:uuid:{}-{}-8{}-8{}-{}>", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..32])
}

/// Bytes as digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A lot that the record may not have taken in.
#[derive(Debug)]
pub struct Left {
    /// By which it is known.
    pub name: String,
    /// What it changes, in order.
    pub events: Vec<Event>,
    /// The file of what the record is to take in, where there is any.
    pub pages: Option<PathBuf>,
}

/// The lots after the last that the record has taken in; what a stop left of a record is cut off.
pub fn left(folder: &Path, last: Option<&str>) -> io::Result<Vec<Left>> {
    let mut names = Vec::new();
    for shelf in [FEEDS, PAGES] {
        let files = match std::fs::read_dir(folder.join(shelf)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            files => files?,
        };
        for file in files {
            let file = file?.file_name();
            let name = file.to_str().and_then(|name| name.strip_suffix(".warc.gz")).filter(|name| last.is_none_or(|last| *name > last));
            names.extend(name.map(str::to_owned));
        }
    }
    names.sort();
    names.dedup();
    let lot = |name: String| {
        let (mut events, mut pages) = (Vec::new(), None);
        for shelf in [Shelf::Feeds, Shelf::Pages] {
            let path = path(folder, shelf, &name);
            let own = if path.exists() { mended(&path)? } else { Vec::new() };
            if shelf == Shelf::Pages && !own.is_empty() {
                pages = Some(path);
            }
            events.extend(own);
        }
        Ok(Left { name, events, pages })
    };
    names.into_iter().map(lot).collect()
}

/// The events of a file, which is cut off after the last answer that is whole.
fn mended(path: &Path) -> io::Result<Vec<Event>> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut reader = BufReader::new(&file);
    let (mut events, mut sound, mut waiting) = (Vec::new(), 0, None);
    while !reader.fill_buf()?.is_empty() {
        let mut record = Vec::new();
        if GzDecoder::new(&mut reader).read_to_end(&mut record).is_err() {
            break;
        }
        match event(&record) {
            Some(event) => waiting = Some(event),
            None => {
                events.extend(waiting.take());
                sound = reader.stream_position()?;
            }
        }
    }
    drop(reader);
    file.set_len(sound)?;
    file.sync_data()?;
    Ok(events)
}

/// What a record says is changed, where it is one of ours.
fn event(record: &[u8]) -> Option<Event> {
    let head = record.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let is_metadata = std::str::from_utf8(&record[..head]).ok()?.lines().any(|line| line == "WARC-Type: metadata");
    if is_metadata { serde_json::from_slice(record[head..].trim_ascii_end()).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Entry, Validators};

    fn answer(number: usize) -> Answer {
        Answer {
            url: format!("https://a.example/{number}"),
            at: "2024-05-20T10:00:00Z".parse().expect("a moment"),
            status: 200,
            fields: vec![("content-type".to_owned(), "text/html".to_owned()), ("x".to_owned(), "a\r\nb".to_owned())],
            body: format!("<html><body><article><p>The ministers met for the {number}th time.</p></article></body></html>").into_bytes(),
        }
    }

    fn event(number: usize) -> Event {
        let entry = Entry { key: number.to_string(), hash: String::new(), link: None, published: Some("2024-05-19".to_owned()) };
        let at = "2024-05-20T10:00:00Z".parse().expect("a moment");
        Event::Page { feed: "f".to_owned(), entry, at, validators: Validators::default() }
    }

    #[test]
    fn what_is_kept_is_a_crawl_and_what_a_stop_left_is_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = "2024-05-20T10:00:00Z".parse().expect("a moment");
        let mut lot = Lot::begin(folder.path(), now, None);
        assert_eq!(lot.pages(), None);
        for number in 0..3 {
            lot.add(Shelf::Pages, &answer(number), &event(number), Some("2024-05-19")).expect("room");
        }
        let path = lot.pages().expect("a file");
        let read =
            || chancery_read::read(vec![chancery_read::Input::Path(path.clone())], chancery_read::Options::default()).collect::<Vec<_>>();
        let items = read();
        assert_eq!(items.len(), 3, "{items:?}");
        let chancery_read::Item::Read { document, source, .. } = &items[1] else { panic!("{items:?}") };
        assert_eq!((document.url.as_deref(), document.text.trim()), (Some("https://a.example/1"), "The ministers met for the 1th time."));
        assert_eq!(document.published.as_ref().map(ToString::to_string).as_deref(), Some("2024-05-19"));
        assert!(source.ends_with(":record 4"));
        let whole = std::fs::read(&path).expect("a file");
        let events = |expected: usize| {
            let left = left(folder.path(), None).expect("lots");
            assert_eq!((left.len(), left[0].name.as_str(), left[0].events.len()), (1, lot.name.as_str(), expected));
            assert_eq!(left[0].pages.is_some(), expected > 0);
        };
        events(3);
        assert_eq!(std::fs::read(&path).expect("a file"), whole);
        // wherever it was stopped, the answers that were kept whole are there
        for bytes in (0..whole.len()).rev().step_by(7) {
            std::fs::write(&path, &whole[..bytes]).expect("a file");
            let before = left(folder.path(), None).expect("lots")[0].events.len();
            assert_eq!(read().iter().filter(|item| matches!(item, chancery_read::Item::Read { .. })).count(), before, "{bytes}");
            events(before);
        }
        assert!(left(folder.path(), Some(&lot.name)).expect("lots").is_empty());
        assert!(Lot::begin(folder.path(), now, Some(&lot.name)).name > lot.name);
    }
}
