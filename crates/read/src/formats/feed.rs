//! RSS, Atom and JSON Feed, as files.
//!
//! In: a feed. Out: one item an entry, with the text that the feed gives of it. Never: fetches the rest, resolves an entity of a
//! document, or takes the day of a change for that of publication without saying so.

use super::{Definition, Format, Holds, page, records};
use crate::dates::published;
use crate::item::{Item, Job, Jobs, one, refused};
use crate::source::Source;
use crate::{Cap, Options, bytes, clock, finish, json};
use chancery_model::Document;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub const FEED: Format = Format(&Definition {
    name: "feed",
    holds: Holds::Text,
    endings: &["rss", "atom", "rdf"],
    recognise: |head| is_xml_feed(head.text) || is_json_feed(head.text),
    read,
});

/// Prefixes of the elements that speak of the entry itself; those of others, such as pictures, are passed by.
const PREFIXES: &[&str] = &["", "atom", "rss", "content", "dc", "dcterms"];

fn is_xml_feed(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]);
    let mut rest = head.trim_start();
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let declares = rest.starts_with("<!DOCTYPE") && rest.find('[') < rest.find('>') && rest.contains('[');
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if declares {
            "]>"
        } else {
            ">"
        };
        let Some(at) = rest.find(end) else { return false };
        rest = rest[at + end.len()..].trim_start();
    }
    ["<rss", "<feed", "<rdf:RDF", "<atom:feed"]
        .iter()
        .any(|root| rest.strip_prefix(root).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t'])))
}

pub(super) fn is_json_feed(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(1024)]);
    head.trim_start().starts_with('{') && head.contains("jsonfeed.org/version")
}

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let (name, mut known, charset) = (source.name.clone(), source.known.clone(), source.charset.clone());
    // the address of a feed is not that of its entries
    known.url = None;
    let raw = match source.into_bytes(&options.caps) {
        Ok(raw) => raw,
        Err(reason) => return refused(name, reason),
    };
    let declared = charset.or_else(|| declared(&raw));
    match bytes::to_text(raw, declared.as_deref()) {
        Err(reason) => refused(name, reason),
        Ok((text, _)) if text.trim_start().starts_with('{') => json(&text, name, known, options),
        Ok((text, notes)) => {
            let known = Arc::new(Known { name, document: known, notes });
            Box::new(Feed { text: text.into(), at: 0, depth: 0, known, options: options.clone(), count: 0, ended: false })
        }
    }
}

/// The charset that an XML declaration names.
fn declared(raw: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&raw[..raw.len().min(256)]);
    let (_, rest) = head.split_once("<?xml")?.1.split_once("?>")?.0.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    rest.split(['"', '\'']).nth(1).map(str::to_owned)
}

/// A feed in JSON, its entries as they stand there.
#[derive(Deserialize)]
struct JsonFeed {
    title: Option<Value>,
    language: Option<Value>,
    items: Option<Vec<Box<RawValue>>>,
}

fn json(text: &str, name: String, known: Document, options: &Arc<Options>) -> Jobs {
    let feed: JsonFeed = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(error) => return refused(name, format!("no JSON feed: {error}")),
    };
    let Some(items) = feed.items else { return refused(name, "a feed without `items`") };
    if items.is_empty() {
        return one(Item::Empty { source: name });
    }
    let word = |value: Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
    let known = Document { site: word(feed.title), language: word(feed.language).or(known.language), ..known };
    let options = options.clone();
    Box::new(items.into_iter().enumerate().map(move |(index, item)| {
        let (source, options) = (format!("{name}:item {}", index + 1), options.clone());
        let document = Document { id: format!("{}:{}", known.id, index + 1), ..known.clone() };
        Job::new(source.clone(), item.get().len(), move || {
            let raw = options.kept(item.get().as_bytes());
            vec![match json::value(item.get()) {
                Ok(record) => records::mapped(&record, source, document, Vec::new(), raw, &options),
                Err(error) => Item::Refused { source, reason: format!("no JSON: {error}") },
            }]
        })
    }))
}

/// What holds for every entry.
#[derive(Clone)]
struct Known {
    name: String,
    document: Document,
    notes: Vec<String>,
}

/// A feed in XML, cut into its entries one by one.
struct Feed {
    text: Arc<str>,
    /// Where the next entry is looked for, and in how many elements that is.
    at: usize,
    depth: u64,
    known: Arc<Known>,
    options: Arc<Options>,
    count: usize,
    ended: bool,
}

/// Where the inside of an entry stands, and its language.
type Cut = (Range<usize>, Option<String>);

impl Iterator for Feed {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        if self.ended {
            return None;
        }
        let over = self.count as u64 >= self.options.caps.of(Cap::Entries);
        let cut = if over { Err(self.options.caps.refusal(Cap::Entries)) } else { self.cut() };
        self.ended = !matches!(cut, Ok(Some(_)));
        self.count += 1;
        let source = format!("{}:item {}", self.known.name, self.count);
        match cut {
            Ok(Some((inside, language))) => {
                let (text, known, options, number) = (self.text.clone(), self.known.clone(), self.options.clone(), self.count);
                Some(Job::new(source.clone(), inside.len(), move || {
                    let read = text.get(inside).ok_or_else(|| "damaged: it ends inside a character".to_owned());
                    vec![match read.and_then(|inside| Entry::read(inside, language, &options)) {
                        Ok(entry) => entry.item(source, number, &known, &options),
                        Err(reason) => Item::Refused { source, reason },
                    }]
                }))
            }
            Ok(None) if self.count == 1 => Some(Item::Empty { source: self.known.name.clone() }.into()),
            Ok(None) => None,
            Err(reason) => Some(Item::Refused { source, reason }.into()),
        }
    }
}

impl Feed {
    /// The next entry; what stands before it holds for those that come.
    fn cut(&mut self) -> Result<Option<Cut>, String> {
        let text = self.text.clone();
        let mut reader = reader(text.get(self.at..).unwrap_or(""));
        let damaged = |error: quick_xml::Error| format!("damaged: {error}");
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(start) => {
                    let (prefix, local) = names(&start);
                    if matches!(local.as_str(), "item" | "entry") {
                        let inside = reader.read_to_end(start.name()).map_err(|error| match error {
                            quick_xml::Error::IllFormed(_) => "damaged: the file ends inside this entry".to_owned(),
                            other => damaged(other),
                        })?;
                        let begun = self.at;
                        self.at += reader.buffer_position() as usize;
                        let inside = begun + inside.start as usize..begun + inside.end as usize;
                        return Ok(Some((inside, attribute(&start, "xml:lang"))));
                    }
                    self.depth += 1;
                    within(self.depth, &self.options)?;
                    let known = Arc::make_mut(&mut self.known);
                    if let Some(language) = attribute(&start, "xml:lang") {
                        known.document.language = Some(language);
                    }
                    if matches!(local.as_str(), "title" | "language") && PREFIXES.contains(&prefix.as_str()) {
                        let said = words(&String::from_utf8_lossy(&reader.read_text(start.name()).map_err(damaged)?));
                        self.depth -= 1;
                        match local.as_str() {
                            "language" => known.document.language = Some(said),
                            _ => _ = known.document.site.get_or_insert(said),
                        }
                    }
                }
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                Event::Eof => return Ok(None),
                _ => {}
            }
            clock::check(&self.options.caps).map_err(|error| error.to_string())?;
        }
    }
}

/// A reader that goes on where names or ampersands are wrong, as they often are.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    reader
}

fn within(depth: u64, options: &Options) -> Result<(), String> {
    if depth > options.caps.of(Cap::Depth) { Err(options.caps.refusal(Cap::Depth)) } else { Ok(()) }
}

/// What an entry says of itself, by the local names of its elements; the first of a name counts.
#[derive(Default)]
struct Entry {
    said: HashMap<String, String>,
    /// Names whose words are text and no HTML.
    plain: Vec<String>,
    link: Option<String>,
    language: Option<String>,
}

impl Entry {
    /// Reads what stands inside an entry.
    fn read(inside: &str, language: Option<String>, options: &Options) -> Result<Entry, String> {
        let (mut entry, mut reader, mut depth) = (Entry { language, ..Entry::default() }, reader(inside), 0);
        let (mut begun, mut damage) = (0, 0);
        let damaged = |error: quick_xml::Error| format!("damaged: {error}");
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(start) => {
                    let (prefix, local) = names(&start);
                    if !PREFIXES.contains(&prefix.as_str()) {
                        depth += 1;
                        within(depth, options)?;
                        continue;
                    }
                    let kind = attribute(&start, "type");
                    let here = reader.buffer_position() as usize;
                    let inner = match reader.read_text(start.name()) {
                        Ok(inner) => inner,
                        // one that never ends is passed by, and what is in it read
                        Err(quick_xml::Error::IllFormed(_)) if damage < options.caps.of(Cap::Damage) => {
                            damage += 1;
                            begun += here;
                            reader = self::reader(inside.get(begun..).unwrap_or(""));
                            continue;
                        }
                        Err(error) => return Err(damaged(error)),
                    };
                    let inner = String::from_utf8_lossy(&inner);
                    let said = if kind.as_deref() == Some("xhtml") { inner.trim().to_owned() } else { words(&inner) };
                    entry.take(local, said, kind.as_deref(), &start);
                }
                Event::Empty(start) => entry.take(names(&start).1, String::new(), None, &start),
                Event::Eof => return Ok(entry),
                _ => {}
            }
            clock::check(&options.caps).map_err(|error| error.to_string())?;
        }
    }

    /// The document that it is.
    fn item(self, source: String, number: usize, known: &Known, options: &Options) -> Item {
        let (mut entry, mut notes) = (self, known.notes.clone());
        let mut document = Document { title: entry.said.remove("title"), ..known.document.clone() };
        let guid = entry.said.remove("guid").or(entry.said.remove("id"));
        document.url = entry.link.or(guid.clone().filter(|guid| guid.starts_with("http")));
        document.id = document.url.clone().or(guid).unwrap_or_else(|| format!("{}:{number}", known.document.id));
        document.language = entry.language.or(document.language);
        document.authors.extend(entry.said.remove("creator").or(entry.said.remove("author")));
        let date = ["pubDate", "published", "issued", "date", "created"].iter().find_map(|name| entry.said.remove(*name));
        let changed = entry.said.remove("updated").filter(|_| date.is_none());
        if changed.is_some() {
            notes.push("no date of publication; that of the last change was taken".to_owned());
        }
        if let Some(date) = date.or(changed) {
            document.published = published(&date).or(document.published);
            if document.published.is_none() {
                notes.push(format!("{date:?} is no date and was passed over"));
            }
        }
        let whole =
            ["encoded", "content"].iter().find_map(|name| entry.said.remove_entry(*name)).filter(|(_, said)| !said.trim().is_empty());
        let short = || {
            ["description", "summary"].iter().find_map(|name| entry.said.remove_entry(*name)).filter(|(_, said)| !said.trim().is_empty())
        };
        let (name, said) = match whole.or_else(short) {
            Some((name, said)) => {
                if matches!(name.as_str(), "description" | "summary") {
                    notes.push("the feed gives no more than this summary".to_owned());
                }
                (name, said)
            }
            None => {
                notes.push("the feed gives no more than this title".to_owned());
                (String::new(), document.title.clone().unwrap_or_default())
            }
        };
        let raw = options.kept(said.as_bytes());
        let is_page = !entry.plain.contains(&name) && said.contains(['<', '&']);
        if is_page {
            let whole = format!("<article>{said}</article>");
            return page::item(whole.as_bytes(), Some("utf-8"), source, document, notes, raw, options);
        }
        document.text = said;
        finish(source, document, notes, raw, options)
    }

    fn take(&mut self, local: String, said: String, kind: Option<&str>, start: &BytesStart) {
        if local == "link" {
            let alternate = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
            let address = attribute(start, "href").unwrap_or(said);
            if alternate && self.link.is_none() && !address.is_empty() {
                self.link = Some(address);
            }
            return;
        }
        if kind == Some("text") {
            self.plain.push(local.clone());
        }
        // an author of Atom has elements
        let said = if local == "author" { element(&said, "name").unwrap_or(said) } else { said };
        if !said.is_empty() {
            self.said.entry(local).or_insert(said);
        }
    }
}

/// Prefix and local name of an element.
fn names(start: &BytesStart) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (start.name().prefix().map(|prefix| text(prefix.as_ref())).unwrap_or_default(), text(start.local_name().as_ref()))
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    Some(words(&String::from_utf8_lossy(&found.value)))
}

/// The words of an element in a piece of XML.
fn element(inner: &str, name: &str) -> Option<String> {
    let (_, rest) = inner.split_once(&format!("<{name}>"))?;
    rest.split_once("</").map(|(words, _)| words.trim().to_owned())
}

/// The inside of an element as the text that it stands for; elements in it stay as they are.
fn words(inner: &str) -> String {
    let mut reader = reader(inner);
    let mut words = String::with_capacity(inner.len());
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::CData(data)) => words.push_str(&String::from_utf8_lossy(&data)),
            Ok(Event::GeneralRef(entity)) => {
                let name = String::from_utf8_lossy(&entity);
                let named = || resolve_predefined_entity(&name).map(str::to_owned);
                match entity.resolve_char_ref().ok().flatten().map(String::from).or_else(named) {
                    Some(meant) => words.push_str(&meant),
                    // those of HTML are left to who reads HTML
                    None => words.push_str(&format!("&{name};")),
                }
            }
            Ok(_) => words.push_str(inner.get(before..reader.buffer_position() as usize).unwrap_or("")),
            Err(_) => {
                words.push_str(inner.get(before..).unwrap_or(""));
                break;
            }
        }
    }
    words.trim().to_owned()
}
