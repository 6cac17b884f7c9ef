//! WARC and WET: crawls.
//!
//! In: records, compressed one by one or not at all, whole or damaged. Out: the pages and texts in them, each with its address.
//! Never: believes a length, stops at damage, or takes the date of the crawl for one of publication.

mod http;

use super::{Definition, Format, Holds, open};
use crate::item::{Item, Jobs, one, refused};
use crate::peek::Peek;
use crate::source::{Source, Unpacker, unreadable};
use crate::{Cap, Options};
use std::collections::HashMap;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

pub const WARC: Format = Format(&Definition {
    name: "warc",
    holds: Holds::Records,
    endings: &["warc", "wet"],
    recognise: |head| head.bytes.starts_with(MARK),
    read,
});

/// What a record begins with.
const MARK: &[u8] = b"WARC/";
/// What is looked for after damage.
const NEXT: &[u8] = b"WARC/1.";
/// The same where it can only be the beginning of a line.
const NEXT_LINE: &[u8] = b"\nWARC/1.";
/// Bytes of the fields of a record at the most.
const MOST_FIELDS: u64 = 256 << 10;
/// Media types that a crawl's pages have; what else it fetched is passed over.
const OF_PAGES: &[&str] = &["html", "text/plain", "xml"];

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let name = source.name.clone();
    let inside = match source.inside(&options.caps) {
        Ok(inside) => inside,
        Err(reason) => return refused(name, reason),
    };
    let (id, reader) = (source.known.id.clone(), Peek::new(source.into_reader()));
    let mut crawl =
        Crawl { reader, name, id, number: 0, inside, options: options.clone(), given: false, lost: false, damage: 0, ended: false };
    Box::new(std::iter::from_fn(move || crawl.next()).flatten())
}

struct Crawl {
    reader: Peek<Box<dyn BufRead + Send>>,
    name: String,
    id: String,
    number: u64,
    inside: Unpacker,
    options: Arc<Options>,
    /// Whether there was anything to tell so far.
    given: bool,
    /// Whether the next record has to be looked for.
    lost: bool,
    /// Places that are damaged.
    damage: u64,
    ended: bool,
}

/// What a record was found to be.
enum Found {
    Jobs(Jobs),
    /// A request, a note of the crawler.
    Nothing,
    End,
}

impl Crawl {
    fn next(&mut self) -> Option<Jobs> {
        while !self.ended {
            let told = match self.record() {
                Ok(Found::Nothing) => continue,
                Ok(Found::Jobs(jobs)) => jobs,
                Ok(Found::End) if self.given => return None,
                Ok(Found::End) if self.number == 0 => refused(self.name.clone(), "no WARC record in it"),
                Ok(Found::End) => one(Item::Empty { source: self.name.clone() }),
                Err(error) => {
                    self.lost = true;
                    self.damage += 1;
                    let over = self.damage > self.options.caps.of(Cap::Damage);
                    self.ended = over || error.kind() == io::ErrorKind::TimedOut;
                    refused(self.place(), if over { self.options.caps.refusal(Cap::Damage) } else { unreadable(&error) })
                }
            };
            self.given = true;
            return Some(told);
        }
        None
    }

    fn place(&self) -> String {
        format!("{}:record {}", self.name, self.number)
    }

    fn record(&mut self) -> io::Result<Found> {
        if self.lost {
            if !self.reader.skip_to(NEXT, u64::MAX)? {
                return Ok(Found::End);
            }
            self.lost = false;
        }
        while self.reader.peek(1)?.iter().any(u8::is_ascii_whitespace) {
            self.reader.consume(1);
        }
        match self.reader.peek(MARK.len())? {
            [] => return Ok(Found::End),
            MARK => {}
            _ if self.number == 0 => {
                self.lost = true;
                return Ok(Found::Nothing);
            }
            _ => {
                self.number += 1;
                return Err(damaged("no record where one should begin"));
            }
        }
        self.number += 1;
        let fields = self.fields()?;
        let field = |name: &str| fields.get(name).map(String::as_str);
        let length = field("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| damaged("a record without a length"))?;
        let wanted = matches!(field("warc-type"), Some("response" | "resource" | "conversion"));
        if !wanted || length > self.options.caps.of(Cap::Bytes) {
            // a length that is a lie ends where the next record begins
            self.reader.skip_to(NEXT, length)?;
            let reason = self.options.caps.refusal(Cap::Bytes);
            return Ok(if wanted { Found::Jobs(refused(self.place(), reason)) } else { Found::Nothing });
        }
        let content = self.content(length)?;
        Ok(self.found(content, &fields))
    }

    /// The fields of a record, their names in lower case.
    fn fields(&mut self) -> io::Result<HashMap<String, String>> {
        let mut fields = HashMap::new();
        let mut left = MOST_FIELDS;
        loop {
            let mut line = Vec::new();
            (&mut self.reader).take(left).read_until(b'\n', &mut line)?;
            left -= line.len() as u64;
            if !line.ends_with(b"\n") {
                return Err(damaged(if left == 0 {
                    "a record with fields without end"
                } else {
                    "the file ends in the fields of a record"
                }));
            }
            let line = String::from_utf8_lossy(&line);
            match line.trim().split_once(':') {
                Some((name, value)) => _ = fields.insert(name.trim().to_lowercase(), value.trim().to_owned()),
                None if line.trim().is_empty() => return Ok(fields),
                None => {}
            }
        }
    }

    /// The content of a record, which has the length that it says.
    fn content(&mut self, length: u64) -> io::Result<Vec<u8>> {
        // looked at where it lies: where the length is a lie, the records that it takes in are still to come, whatever they say of theirs
        let length = usize::try_from(length).unwrap_or(usize::MAX - 1);
        let ahead = self.reader.peek(length + 1)?;
        if ahead.len() < length || !matches!(ahead[length..], [] | [b'\r' | b'\n']) {
            let within = ahead.len();
            self.reader.skip_to(NEXT_LINE, within as u64)?;
            return Err(damaged("a record that is not as long as it says"));
        }
        let content = ahead[..length].to_vec();
        self.reader.consume(length);
        Ok(content)
    }

    fn found(&self, content: Vec<u8>, fields: &HashMap<String, String>) -> Found {
        let address = fields.get("warc-target-uri").map(|address| address.trim_matches(['<', '>']).to_owned());
        let media = fields.get("content-type").map(|media| media.to_lowercase());
        let place = self.place();
        let pass_over = |reason: String| Found::Jobs(one(Item::PassedOver { source: place.clone(), reason }));
        let (media, charset, body) = match media {
            Some(media) if media.starts_with("application/http") => match http::answer(content, &self.options.caps) {
                Err(reason) => return Found::Jobs(refused(place, reason)),
                Ok(answer) if !(200..300).contains(&answer.status) => return pass_over(format!("answered with status {}", answer.status)),
                Ok(answer) => (answer.media, answer.charset, answer.body),
            },
            media => (media.map(|media| http::media_type(&media).0), None, content),
        };
        let media = media.filter(|media| !media.is_empty());
        let is_json_feed = |media: &str| media.contains("json") && super::feed::is_json_feed(&body);
        if let Some(media) = media.as_deref().filter(|media| !OF_PAGES.iter().any(|of| media.contains(of)) && !is_json_feed(media)) {
            return pass_over(format!("a crawl's {media}"));
        }
        let mut source = self.inside.bytes(place, "", body);
        source.known.id = address.clone().unwrap_or_else(|| format!("{}:{}", self.id, self.number));
        source.known.url = address;
        // what the feed that led here says of the page
        source.known.published = fields.get("chancery-published").and_then(|date| date.parse().ok());
        (source.media, source.charset) = (media, charset);
        Found::Jobs(open(source, &self.options))
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged: {what}"))
}
