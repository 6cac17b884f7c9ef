//! The targets.
//!
//! In: bytes. Out: nothing; a panic where something does not hold. Never: a file or an address.

use chancery::export::v1;
use chancery::record::{self, Asked, Filter, Ingest, Keeping, Page, Store, Verdict, review};
use chancery::reference::TableFile;
use chancery::reference::import::Facts;
use chancery::registry::Registry;
use chancery::source::{Cap, Caps, FieldMap, Format, Item, Options, read_from};
use chancery::{Document, Edtf, Library, Sources};
use chancery_watch::{address, settings};
use std::io::Cursor;
use std::sync::LazyLock;

/// Something that must hold for all bytes.
pub struct Target {
    /// As written on the command line.
    pub name: &'static str,
    /// What it begins with.
    pub takes: Takes,
    /// What must hold.
    pub run: fn(&[u8]),
}

/// What a target begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// Files of every format.
    Files,
    /// News.
    Texts,
    /// Short things.
    Words,
}

macro_rules! readers {
    ($($name:literal),*) => { [$(Target { name: $name, takes: Takes::Files, run: |bytes| read(Some($name), bytes) }),*] };
}

/// The readers by format. Parquet is not among them: it is read by a process of its own, which may end.
const READERS: [Target; 12] = readers!["gzip", "zstd", "zip", "tar", "warc", "feed", "jsonl", "html", "mail", "csv", "markdown", "text"];

const OTHERS: [Target; 8] = [
    Target { name: "any", takes: Takes::Files, run: |bytes| read(None, bytes) },
    Target { name: "stages", takes: Takes::Texts, run: stages },
    Target { name: "record", takes: Takes::Texts, run: deriving },
    Target { name: "judgement", takes: Takes::Words, run: judging },
    Target { name: "edtf", takes: Takes::Words, run: edtf },
    Target { name: "questions", takes: Takes::Words, run: questions },
    Target { name: "facts", takes: Takes::Words, run: facts },
    Target { name: "watch", takes: Takes::Words, run: watching },
];

/// Every target.
pub static TARGETS: LazyLock<Vec<Target>> = LazyLock::new(|| OTHERS.into_iter().chain(READERS).collect());

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().unwrap_or_else(|error| panic!("the library: {error}")));

/// Every item is read, or refused with a reason that is no fault of the program; the stages can take what was read.
fn read(format: Option<&str>, bytes: &[u8]) {
    let format = format.and_then(|name| Format::ALL.iter().copied().find(|format| format.as_str() == name));
    let caps = Caps::default().with(Cap::Bytes, 1 << 20).with(Cap::Ratio, 50);
    let options = Options { format, caps, ..Options::default() };
    for item in read_from("file", "id", Box::new(Cursor::new(bytes.to_vec())), &options) {
        match item {
            Item::Read { document, source, .. } => {
                assert!(!document.text.trim().is_empty() && !source.is_empty());
                for stretch in &document.stretches {
                    assert!(document.text.get(stretch.span.start()..stretch.span.end()).is_some());
                }
            }
            Item::Refused { reason, .. } | Item::PassedOver { reason, .. } => {
                assert!(!reason.is_empty() && !reason.contains("fault of the program"), "{reason}");
            }
            Item::Empty { .. } => {}
        }
    }
}

fn document(text: &str, number: usize) -> Document {
    let published = "2024-05-20".parse().ok();
    Document { id: format!("news-{number}"), text: text.to_owned(), published, ..Document::default() }
}

/// Segmenting, spotting, dates and numbers, linking, framing: a reading comes out, and out of it lines.
fn stages(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reading = LIBRARY.read_document(document(&text, 0));
    for line in [v1::line(&v1::reading(&reading)), v1::line(&v1::mentions(&reading))] {
        let line = line.unwrap_or_else(|error| panic!("{error}"));
        assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok());
    }
}

fn store_of(texts: &[&str]) -> Store {
    let mut store = Store::in_memory().unwrap_or_else(|error| panic!("{error}"));
    let mut items = texts.iter().enumerate().map(|(number, text)| Item::Read {
        source: format!("file:{number}"),
        document: Box::new(document(text, number)),
        notes: Vec::new(),
        raw: None,
    });
    let how = Ingest { reader: "1".to_owned(), limit: None, keeping: Keeping::Kept, threads: None };
    record::ingest(&mut store, &LIBRARY, &mut items, &how, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    derive(&mut store);
    store
}

fn derive(store: &mut Store) {
    store.derive(&|code| LIBRARY.name_of(code), &*LIBRARY).unwrap_or_else(|error| panic!("{error}"));
    store.check().unwrap_or_else(|error| panic!("{error}"));
}

fn lines_of(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    let mut take = |line| -> Result<(), record::Error> {
        lines.push(line);
        Ok(())
    };
    store.entries(&Filter::default(), Page::default(), &mut take).unwrap_or_else(|error| panic!("{error}"));
    lines
}

/// Documents of halves of a text give one record, whatever their order.
fn deriving(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let middle = text.floor_char_boundary(text.len() / 2);
    let (one, other) = text.split_at(middle);
    let lines = lines_of(&store_of(&[&text, one, other]));
    assert!(lines.iter().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

/// A record with one meeting takes whatever is said of it, and keeps the log.
fn judging(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    let (field, value) = words.split_once('\n').unwrap_or(("date", &words));
    let mut store = store_of(&["French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on 17 May 2024."]);
    let Some(entry) = store.ids_like("", 1).ok().and_then(|ids| store.entry(ids.first()?).ok().flatten()) else { return };
    let keys = review::keys_of(&store, &entry, &entry.id).unwrap_or_else(|error| panic!("{error}"));
    let decisions = [review::correct(&keys, field, value), review::accept(&keys)].concat();
    let verdict = Verdict { author: field.to_owned(), reason: value.to_owned(), given_at: String::new() };
    store.judge(&decisions, &verdict).unwrap_or_else(|error| panic!("{error}"));
    derive(&mut store);
    lines_of(&store);
    assert_eq!(store.log().map(|log| log.len()).ok(), Some(decisions.len()));
}

/// A date is written as it was read.
fn edtf(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    if let Ok(date) = words.parse::<Edtf>() {
        let written = date.to_string();
        assert_eq!(written.parse::<Edtf>().ok().map(|again| again.to_string()), Some(written), "{words:?}");
        let (earliest, latest) = (date.earliest(), date.latest());
        assert!(earliest.is_none() || latest.is_none() || earliest <= latest, "{words:?}");
        assert!(date.compatible(&date), "{words:?}");
    }
}

/// Maps, filters, expected lines: understood, or refused with words.
fn questions(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    if let Err(reason) = words.parse::<FieldMap>() {
        assert!(!reason.to_string().is_empty());
    }
    _ = chancery::expected::parse_line(&words, 1);
    let mut lines = words.lines().map(str::to_owned);
    let mut next = || lines.next().into_iter().collect::<Vec<String>>();
    let asked = Asked {
        states: next(),
        people: next(),
        kinds: next(),
        statuses: next(),
        formats: next(),
        places: next(),
        languages: next(),
        since: next().pop().and_then(|date| date.parse().ok()),
        until: next().pop().and_then(|date| date.parse().ok()),
        entries: Vec::new(),
    };
    static EMPTY: LazyLock<std::sync::Mutex<Store>> = LazyLock::new(|| std::sync::Mutex::new(store_of(&[])));
    let store = EMPTY.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let sources = Sources { languages: None, reference: None, imported: None };
    let (filter, _) = record::filter(&asked, &store, &sources).unwrap_or_else(|error| panic!("{error}"));
    let ignore = |_| -> Result<(), record::Error> { Ok(()) };
    store.entries(&filter, Page::default(), ignore).unwrap_or_else(|error| panic!("{error}"));
}

/// Tables of facts are taken in or their lines refused; what was taken in is written and read the same. Whatever is asked of the tables
/// of persons and offices has an answer.
fn facts(bytes: &[u8]) {
    static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::built_in().unwrap_or_else(|error| panic!("the tables: {error}")));
    let words = String::from_utf8_lossy(bytes);
    let taken = |tables: Vec<(String, String)>| {
        let (mut facts, mut wrong) = (Facts::default(), Vec::new());
        for (path, text) in tables {
            facts.add_table(&TableFile { path, text: text.into(), imported: true }, &mut wrong);
        }
        (facts, wrong)
    };
    for name in ["people.tsv", "people_names.tsv", "tenures.tsv", "positions.tsv", "places.tsv"] {
        let (facts, wrong) = taken(vec![(name.to_owned(), words.to_string())]);
        assert!(wrong.iter().all(|wrong| !wrong.to_string().is_empty()), "{words:?}");
        let (again, wrong) = taken(facts.tables());
        assert!(wrong.is_empty() && again.tables() == facts.tables(), "{words:?}: {wrong:?}");
    }
    if let Ok(date) = REGISTRY.date(&words) {
        assert!(date.earliest().is_none() || date.earliest() <= date.latest(), "{words:?}");
    }
    _ = (REGISTRY.office(&words), REGISTRY.states(&words), REGISTRY.find(&REGISTRY.names(), &words));
}

/// Addresses, subscriptions and settings of `watch`.
fn watching(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    let base = url::Url::parse("https://news.example/world/").ok();
    if let Ok(url) = address::parse(&words, base.as_ref()) {
        assert!(matches!(url.scheme(), "http" | "https") && url.password().is_none() && url.username().is_empty());
        assert_eq!(address::parse(url.as_str(), None), Ok(url));
    }
    if let Ok(feeds) = settings::subscriptions(&words) {
        let (text, count) = settings::import(&feeds, &Default::default());
        assert_eq!(settings::addresses(&text).map(|known| known.len()), Ok(count));
    }
    _ = settings::addresses(&words);
}
