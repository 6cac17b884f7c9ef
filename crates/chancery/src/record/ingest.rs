//! Reading documents into the record.
//!
//! In: items as they are read from their sources. Out: what became of each, told when it is safely kept. Never: ends because of one
//! item, or reads again what the record has.

use super::{Kept, LedgerRow, Outcome, Result, Store};
use crate::Library;
use crate::export::v1;
use chancery_model::{Document, Reading};
use chancery_read::Item;
use chancery_reconcile::fingerprint::{Fingerprint, trace};
use chancery_store::{Arrival, Known, NewReading};
use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::time::Instant;

/// Bytes of text that are kept at a time.
const BATCH_BYTES: usize = 4 << 20;
/// Items that are kept at a time.
const BATCH: usize = 256;

/// Whether the record takes in what is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keeping {
    /// It does.
    Kept,
    /// Everything is read, nothing is kept.
    DryRun,
}

/// How to ingest.
#[derive(Clone, Debug)]
pub struct Ingest<'p> {
    /// Version of what reads, see [`super::reader`].
    pub reader: String,
    /// How many documents are read at the most; those that the record has do not count.
    pub limit: Option<usize>,
    /// Whether the record takes in what is read.
    pub keeping: Keeping,
    /// The threads that read; `None` for those that the whole program shares. They may make the items, too: nothing that they do here
    /// waits for one.
    pub threads: Option<&'p ThreadPool>,
}

impl Ingest<'_> {
    fn spread<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match self.threads {
            Some(threads) => threads.install(work),
            None => work(),
        }
    }
}

/// What an item is to the record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    /// A document that the record did not have.
    New,
    /// A new version of a document.
    Changed,
    /// A text of the record, read again by a newer reader.
    ReadAgain,
    /// The record has it as it is.
    Unchanged,
    /// It holds no text.
    Empty,
    /// It could not be read, or was withdrawn before.
    Refused,
}

impl Became {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Became::New => "new",
            Became::Changed => "changed",
            Became::ReadAgain => "read again",
            Became::Unchanged => "unchanged",
            Became::Empty => "empty",
            Became::Refused => "refused",
        }
    }
}

/// What became of an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// File, or file and line.
    pub source: String,
    /// Id of the document.
    pub document: Option<String>,
    /// What it is to the record.
    pub became: Became,
    /// Why it was refused, or what had to be guessed.
    pub notes: Vec<String>,
}

/// What became of all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// Items of each fate.
    pub became: HashMap<&'static str, usize>,
    /// What lies in folders, archives and crawls and is not meant to be read.
    pub passed_over: usize,
    /// Bytes of text that were read.
    pub bytes: u64,
    /// Whether the limit was reached.
    pub limited: bool,
}

impl Sum {
    /// How many had this fate.
    pub fn count(&self, became: Became) -> usize {
        self.became.get(became.as_str()).copied().unwrap_or(0)
    }

    /// How many items there were.
    pub fn items(&self) -> usize {
        self.became.values().sum()
    }
}

/// Reads items into a record. `told` learns what became of each as soon as it is kept; entries are derived by [`Store::derive`].
///
/// # Errors
/// Where the record cannot be read or written; what was told is kept.
pub fn ingest(
    record: &mut Store,
    library: &Library,
    items: &mut dyn Iterator<Item = Item>,
    how: &Ingest,
    told: &mut dyn FnMut(&[Told]),
) -> Result<Sum> {
    let (mut sum, mut ids) = (Sum::default(), Ids::default());
    let mut left = how.limit.unwrap_or(usize::MAX);
    loop {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH.min(left) && bytes < BATCH_BYTES {
            match items.next() {
                None => break,
                Some(Item::PassedOver { .. }) => sum.passed_over += 1,
                Some(item) => {
                    if let Item::Read { document, .. } = &item {
                        bytes += document.text.len();
                    }
                    batch.push(item);
                }
            }
        }
        if batch.is_empty() {
            sum.limited = left == 0;
            return Ok(sum);
        }
        let arrivals = arrivals(record, library, batch, how, &mut ids)?;
        left -= arrivals.iter().filter(|(told, _)| told.became != Became::Unchanged).count().min(left);
        let (tellings, arrivals): (Vec<Told>, Vec<Arrival>) = arrivals.into_iter().unzip();
        if how.keeping == Keeping::Kept {
            record.keep(&arrivals)?;
        }
        for (telling, arrival) in tellings.iter().zip(&arrivals) {
            *sum.became.entry(telling.became.as_str()).or_default() += 1;
            sum.bytes += arrival.row.bytes;
        }
        told(&tellings);
    }
}

/// Reads every document of the record that this reader has not read; a document in which the program fails keeps its old reading.
///
/// # Errors
/// Where the record cannot be read or written.
pub fn read_again(record: &mut Store, library: &Library, reader: &str) -> Result<Kept> {
    let (mut kept, mut after) = (Kept::default(), String::new());
    loop {
        let batch = record.unread(reader, &after, BATCH)?;
        match batch.last() {
            Some((document, _)) => after = document.id.clone(),
            None => return Ok(kept),
        }
        let read = |(document, sha256)| new_reading(library, document, sha256, None, reader).ok();
        let readings: Vec<NewReading> = batch.into_par_iter().filter_map(read).collect();
        kept.add(record.keep_readings(&readings)?);
    }
}

/// Ids that files of this run bear, with where they were read from.
#[derive(Default)]
struct Ids(HashMap<String, (String, String)>);

impl Ids {
    /// The id of a document: its own, or where another file of that name has another text, with the name of its folder before it. A
    /// text from standard input is named by its content.
    fn settle(&mut self, record: &mut Store, source: &str, document: &mut Document, sha256: &str) -> Result<()> {
        if source == "-" || source.starts_with("-:") {
            if document.id.starts_with("stdin") && document.url.is_none() {
                document.id = format!("stdin-{}", sha256.get(..12).unwrap_or(sha256));
            }
            return Ok(());
        }
        let named_by_file = Path::new(source).file_stem().is_some_and(|stem| stem.to_string_lossy() == document.id.as_str());
        if !named_by_file || document.url.is_some() {
            return Ok(());
        }
        let mut parts: Vec<String> =
            Path::new(source).with_extension("").components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        parts.pop();
        loop {
            let taken = match self.0.get(&document.id) {
                Some((other, text)) => other != source && text != sha256,
                None => {
                    let changed = record.known(&[(document, sha256)], "")?.first() == Some(&Known::Changed);
                    let places = if changed { record.sources_of(&document.id)? } else { Vec::new() };
                    !places.is_empty() && places.iter().all(|place| !same_file(place, source))
                }
            };
            match parts.pop() {
                Some(folder) if taken => document.id = format!("{folder}/{}", document.id),
                _ => break,
            }
        }
        self.0.insert(document.id.clone(), (source.to_owned(), sha256.to_owned()));
        Ok(())
    }
}

fn same_file(one: &str, other: &str) -> bool {
    one == other || matches!((std::path::absolute(one), std::path::absolute(other)), (Ok(one), Ok(other)) if one == other)
}

/// What is made of the items of a batch, in their order.
fn arrivals(record: &mut Store, library: &Library, batch: Vec<Item>, how: &Ingest, ids: &mut Ids) -> Result<Vec<(Told, Arrival)>> {
    let hash = |item: &Item| if let Item::Read { document, .. } = item { v1::sha256(&document.text) } else { String::new() };
    let hashes: Vec<String> = how.spread(|| batch.par_iter().map(hash).collect());
    let mut known_items = Vec::with_capacity(batch.len());
    for (mut item, sha256) in batch.into_iter().zip(hashes) {
        let mut known = Known::New;
        if let Item::Read { source, document, .. } = &mut item {
            ids.settle(record, source, document, &sha256)?;
            known = record.known(&[(document, &sha256)], &how.reader)?.pop().unwrap_or(Known::New);
        }
        known_items.push((item, sha256, known));
    }
    let arrival = |(item, sha256, known)| arrival(library, item, sha256, known, &how.reader);
    Ok(how.spread(|| known_items.into_par_iter().map(arrival).collect()))
}

fn arrival(library: &Library, item: Item, sha256: String, known: Known, reader: &str) -> (Told, Arrival) {
    let row = |source: &str, outcome, reason: Option<String>| LedgerRow {
        source: source.to_owned(),
        document: None,
        outcome,
        reason,
        reader: reader.to_owned(),
        microseconds: 0,
        bytes: 0,
    };
    match item {
        Item::Empty { source } => {
            let row = row(&source, Outcome::Empty, None);
            (Told { source, document: None, became: Became::Empty, notes: Vec::new() }, Arrival { row, reading: None })
        }
        Item::PassedOver { source, .. } => {
            let row = row(&source, Outcome::Refused, None);
            (Told { source, document: None, became: Became::Refused, notes: Vec::new() }, Arrival { row, reading: None })
        }
        Item::Refused { source, reason } => {
            let row = row(&source, Outcome::Refused, Some(reason.clone()));
            (Told { source, document: None, became: Became::Refused, notes: vec![reason] }, Arrival { row, reading: None })
        }
        Item::Read { source, document, notes, raw } => {
            let began = Instant::now();
            let bytes = document.text.len() as u64;
            let id = document.id.clone();
            let outcome = match known {
                Known::Withdrawn => Err(format!("{id} was withdrawn from the record; `chancery ingest --restore {id}` takes that back")),
                Known::Same => Ok((Became::Unchanged, None)),
                Known::New | Known::Changed | Known::Unread => {
                    let became = match known {
                        Known::New => Became::New,
                        Known::Changed => Became::Changed,
                        _ => Became::ReadAgain,
                    };
                    new_reading(library, *document, sha256, raw, reader).map(|reading| (became, Some(reading)))
                }
            };
            let microseconds = began.elapsed().as_micros() as u64;
            let (became, reading, reason, notes) = match outcome {
                Ok((became, reading)) => (became, reading, (!notes.is_empty()).then(|| notes.join("; ")), notes),
                Err(reason) => (Became::Refused, None, Some(reason.clone()), vec![reason]),
            };
            let outcome = if became == Became::Refused { Outcome::Refused } else { Outcome::Read };
            let row = LedgerRow { document: Some(id.clone()), microseconds, bytes, ..row(&source, outcome, reason) };
            (Told { source, document: Some(id), became, notes }, Arrival { row, reading })
        }
    }
}

/// Reads a document. A fault of the program in it is its refusal.
fn new_reading(
    library: &Library,
    document: Document,
    sha256: String,
    raw: Option<Vec<u8>>,
    reader: &str,
) -> std::result::Result<NewReading, String> {
    let id = document.id.clone();
    let read = || {
        let as_it_came = document.clone();
        let reading = library.read_document(document);
        let line = v1::line(&v1::reading(&reading)).map_err(|error| error.to_string())?;
        let Reading { document, language, published, title, origins, mentions, .. } = reading;
        let fingerprint = Fingerprint::of(&document.text, trace(&mentions));
        Ok(NewReading {
            publisher: publisher(&as_it_came),
            document: as_it_came,
            sha256,
            raw,
            language,
            published,
            title,
            origins: origins.into_iter().map(|origin| origin.name).collect(),
            reading: line,
            fingerprint,
            reader: reader.to_owned(),
        })
    };
    std::panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|fault| {
        let words = fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
        Err(format!("a fault of the program in {id}: {}; please report it with the text", words.unwrap_or("no message")))
    })
}

/// The host that a document comes from, or else the site that it names.
fn publisher(document: &Document) -> Option<String> {
    let addresses = [&document.url, &document.canonical];
    addresses.into_iter().flatten().find_map(|address| host(address)).or(document.site.as_deref()).map(str::to_owned)
}

/// The host of an address, without `www.`.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_is_its_publisher() {
        for (address, found) in [
            ("https://www.example.org/a?b", Some("example.org")),
            ("http://user@news.example.org:8080", Some("news.example.org")),
            ("example.org/a", None),
            ("file:///a", None),
        ] {
            assert_eq!(host(address), found, "{address}");
        }
    }
}
