//! RSS, Atom and JSON Feed, as files.
//!
//! In: a feed. Out: one item an entry, with the text that the feed gives of it. Never: fetches the rest, resolves an entity of a
//! document, or takes the day of a change for that of publication without saying so.

use super::{Definition, Format, Holds, page, records};
use crate::dates::published;
use crate::item::{Item, Jobs, later, refused};
use crate::source::Source;
use crate::{Cap, Options, bytes, finish};
use chancery_model::Document;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use std::collections::HashMap;
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

fn is_json_feed(head: &[u8]) -> bool {
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
    let options = options.clone();
    later(name.clone(), raw.len(), move || {
        let declared = charset.or_else(|| declared(&raw));
        match bytes::to_text(raw, declared.as_deref()) {
            Err(reason) => vec![Item::Refused { source: name, reason }],
            Ok((text, _)) if text.trim_start().starts_with('{') => json(&text, &name, &known, &options),
            Ok((text, notes)) => Feed { name: &name, known, notes, options: &options, items: Vec::new() }.read(&text),
        }
    })
}

/// The charset that an XML declaration names.
fn declared(raw: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&raw[..raw.len().min(256)]);
    let (_, rest) = head.split_once("<?xml")?.1.split_once("?>")?.0.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    rest.split(['"', '\'']).nth(1).map(str::to_owned)
}

fn json(text: &str, name: &str, known: &Document, options: &Options) -> Vec<Item> {
    let refused = |reason: String| vec![Item::Refused { source: name.to_owned(), reason }];
    let feed: Value = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(error) => return refused(format!("no JSON: {error}")),
    };
    let word = |key: &str| feed.get(key).and_then(Value::as_str).map(str::to_owned);
    let Some(items) = feed.get("items").and_then(Value::as_array) else { return refused("a feed without `items`".to_owned()) };
    let read = |(index, item): (usize, &Value)| {
        let document = Document {
            id: format!("{}:{}", known.id, index + 1),
            site: word("title"),
            language: word("language").or(known.language.clone()),
            ..known.clone()
        };
        records::mapped(
            item,
            format!("{name}:item {}", index + 1),
            document,
            Vec::new(),
            options.kept(item.to_string().as_bytes()),
            options,
        )
    };
    if items.is_empty() { vec![Item::Empty { source: name.to_owned() }] } else { items.iter().enumerate().map(read).collect() }
}

struct Feed<'f> {
    name: &'f str,
    /// What holds for every entry.
    known: Document,
    notes: Vec<String>,
    options: &'f Options,
    items: Vec<Item>,
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

impl Feed<'_> {
    fn read(mut self, text: &str) -> Vec<Item> {
        let mut reader = Reader::from_str(text);
        let (mut depth, mut entry): (u64, Option<Entry>) = (0, None);
        let ended = loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    depth += 1;
                    if depth > self.options.caps.of(Cap::Depth) {
                        break Some(self.options.caps.refusal(Cap::Depth));
                    }
                    let (prefix, local) = names(&start);
                    if entry.is_none() && matches!(local.as_str(), "item" | "entry") {
                        entry = Some(Entry { language: attribute(&start, "xml:lang"), ..Entry::default() });
                        continue;
                    }
                    if let Some(language) = attribute(&start, "xml:lang").filter(|_| entry.is_none()) {
                        self.known.language = Some(language);
                    }
                    let of_entry = entry.is_some() || matches!(local.as_str(), "title" | "language");
                    if !of_entry || !PREFIXES.contains(&prefix.as_str()) {
                        continue;
                    }
                    let kind = attribute(&start, "type");
                    let start = start.into_owned();
                    let inner = match reader.read_text(start.name()) {
                        Ok(inner) => String::from_utf8_lossy(&inner).into_owned(),
                        Err(error) => break Some(format!("damaged: {error}")),
                    };
                    depth -= 1;
                    let said = if kind.as_deref() == Some("xhtml") { inner.trim().to_owned() } else { words(&inner) };
                    match &mut entry {
                        Some(entry) => entry.take(local, said, kind.as_deref(), &start),
                        None if local == "language" => self.known.language = Some(said),
                        None => _ = self.known.site.get_or_insert(said),
                    }
                }
                Ok(Event::Empty(start)) => {
                    if let Some(entry) = &mut entry {
                        entry.take(names(&start).1, String::new(), None, &start);
                    }
                }
                Ok(Event::End(end)) => {
                    depth = depth.saturating_sub(1);
                    if matches!(end.local_name().as_ref(), b"item" | b"entry")
                        && let Some(entry) = entry.take()
                    {
                        self.push(entry);
                    }
                }
                Ok(Event::Eof) if entry.is_some() => break Some("damaged: the file ends inside this entry".to_owned()),
                Ok(Event::Eof) => break None,
                Ok(_) => {}
                Err(error) => break Some(format!("damaged: {error}")),
            }
        };
        match ended {
            Some(reason) => self.items.push(Item::Refused { source: format!("{}:item {}", self.name, self.items.len() + 1), reason }),
            None if self.items.is_empty() => return vec![Item::Empty { source: self.name.to_owned() }],
            None => {}
        }
        self.items
    }

    fn push(&mut self, mut entry: Entry) {
        let number = self.items.len() + 1;
        let (source, mut notes) = (format!("{}:item {number}", self.name), self.notes.clone());
        let mut document = Document { title: entry.said.remove("title"), ..self.known.clone() };
        let guid = entry.said.remove("guid").or(entry.said.remove("id"));
        document.url = entry.link.or(guid.clone().filter(|guid| guid.starts_with("http")));
        document.id = document.url.clone().or(guid).unwrap_or_else(|| format!("{}:{number}", self.known.id));
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
        let raw = self.options.kept(said.as_bytes());
        let is_page = !entry.plain.contains(&name) && said.contains(['<', '&']);
        self.items.push(if is_page {
            let whole = format!("<article>{said}</article>");
            page::item(whole.as_bytes(), Some("utf-8"), source, document, notes, raw, self.options)
        } else {
            document.text = said;
            finish(source, document, notes, raw, self.options)
        });
    }
}

impl Entry {
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
    let mut reader = Reader::from_str(inner);
    reader.config_mut().check_end_names = false;
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
