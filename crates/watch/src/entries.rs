//! What a feed lists.
//!
//! In: the answer of a feed. Out: its entries; or why it is none, and where the feed is that a page names. Never: another way to read a
//! feed than that of every feed.

use crate::address;
use crate::door::Answer;
use crate::keep::{hex, response};
use crate::state::Entry;
use chancery_read::{Cap, Caps, Format, Item, Options, read_from};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read};
use url::Url;

/// Bytes of a page that are looked through for the feed that it names.
const LOOKED_THROUGH: u64 = 256 << 10;

/// The entries of a feed, and how many could not be read.
pub fn entries(answer: &Answer, caps: &Caps) -> Result<(Vec<Entry>, usize), String> {
    let base = Url::parse(&answer.url).map_err(|error| error.to_string())?;
    let head = start(&answer.body, LOOKED_THROUGH);
    if looks_like_page(&head) {
        return Err(match named(&head, &base) {
            Some(feed) => format!("it is a page, no feed; the feed that it names is {feed}: write that into FEEDS.toml"),
            None => "it is a page, no feed".to_owned(),
        });
    }
    let format = Format::ALL.iter().copied().find(|format| format.as_str() == "feed");
    let options = Options { format, caps: caps.clone(), ..Options::default() };
    let (mut entries, mut refused) = (Vec::new(), Vec::new());
    for item in read_from("feed", "feed", Box::new(Cursor::new(response(answer, "<urn:a>", None))), &options) {
        match item {
            Item::Read { document, .. } => {
                let own = format!("{}:{}", answer.url, entries.len() + refused.len() + 1);
                let said = [document.title.as_deref().unwrap_or(""), &document.text];
                let mut hash = Sha256::new();
                said.iter().for_each(|said| {
                    hash.update((said.len() as u64).to_le_bytes());
                    hash.update(said);
                });
                let hash = hex(&hash.finalize()[..8]);
                let link = document.url.as_deref().and_then(|link| address::parse(link, Some(&base)).ok()).map(String::from);
                // one without a name of its own is known by what it says
                let key = if document.id == own { hash.clone() } else { document.id };
                entries.push(Entry { key, hash, link, published: document.published.map(|date| date.to_string()) });
            }
            Item::Refused { reason, .. } | Item::PassedOver { reason, .. } => refused.push(reason),
            Item::Empty { .. } => {}
        }
    }
    match refused.first() {
        Some(reason) if entries.is_empty() => Err(reason.clone()),
        _ => Ok((entries, refused.len())),
    }
}

/// The first bytes as they were before they were packed.
pub fn start(body: &[u8], most: u64) -> String {
    let mut bytes = Vec::new();
    let read = match body {
        [0x1f, 0x8b, ..] => MultiGzDecoder::new(body).take(most).read_to_end(&mut bytes),
        plain => plain.take(most).read_to_end(&mut bytes),
    };
    // what is damaged is told by who reads it
    _ = read;
    String::from_utf8_lossy(&bytes).into_owned()
}

fn looks_like_page(head: &str) -> bool {
    let lower = head.get(..head.floor_char_boundary(2048)).unwrap_or("").to_lowercase();
    let feed = ["<rss", "<feed", "<rdf:rdf", "<atom:feed"].iter().any(|root| lower.contains(root));
    !feed && (lower.contains("<!doctype html") || lower.contains("<html"))
}

/// The feed that a page names by `<link rel="alternate" type="application/rss+xml" href="...">`.
fn named(page: &str, base: &Url) -> Option<Url> {
    let lower = page.to_ascii_lowercase();
    lower.match_indices("<link").find_map(|(at, _)| {
        let end = at + lower[at..].find('>')?;
        let (tag, lower) = (&page[at..end], &lower[at..end]);
        let is_feed = ["rss+xml", "atom+xml", "feed+json"].iter().any(|kind| lower.contains(kind)) && lower.contains("alternate");
        let value = tag[lower.find("href").filter(|_| is_feed)? + 4..].trim_start().strip_prefix('=')?.trim_start();
        let word = match value.chars().next()? {
            mark @ ('"' | '\'') => value[1..].split(mark).next()?,
            _ => value.split([' ', '\t', '\n']).next()?,
        };
        address::parse(&word.replace("&amp;", "&"), Some(base)).ok()
    })
}

/// The caps of an answer.
pub fn caps(max_bytes: u64) -> Caps {
    Caps::default().with(Cap::Bytes, max_bytes.max(Cap::Bytes.usual()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(media: &str, body: &[u8]) -> Result<(Vec<Entry>, usize), String> {
        let answer = Answer {
            url: "https://news.example/world/rss".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
            status: 200,
            fields: vec![("content-type".to_owned(), media.to_owned())],
            body: body.to_vec(),
        };
        entries(&answer, &Caps::default())
    }

    #[test]
    fn entries_are_known_by_their_names_and_lead_only_to_the_web() {
        let rss = r#"<rss><channel><item><title>A</title><link>/1#a</link><guid>g1</guid><pubDate>Mon, 20 May 2024 10:00:00 GMT</pubDate></item>
            <item><title>B</title><link>javascript:alert(1)</link></item><item><title>C</title><link>file:///etc/passwd</link></item>
            <item><title>D</title></item></channel></rss>"#;
        let (entries, refused) = read("application/rss+xml", rss.as_bytes()).expect("entries");
        let links: Vec<Option<&str>> = entries.iter().map(|entry| entry.link.as_deref()).collect();
        assert_eq!((links, refused), (vec![Some("https://news.example/1"), None, None, None], 0));
        assert_eq!(entries[0].published.as_deref(), Some("2024-05-20"));
        let moved = rss.replace("<item><title>A</title>", "<item><title>0</title></item><item><title>A</title>");
        let (after, _) = read("application/rss+xml", moved.as_bytes()).expect("entries");
        assert_eq!(entries[3].key, after[4].key, "an entry without a name");
        let (changed, _) = read("application/rss+xml", rss.replace(">A<", ">A2<").as_bytes()).expect("entries");
        assert!(changed[0].key == entries[0].key && changed[0].hash != entries[0].hash);
        let json = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","url":"https://news.example/1","content_text":"A"}]}"#;
        for media in ["application/feed+json", "application/json"] {
            assert_eq!(read(media, json.as_bytes()).expect("entries").0.len(), 1);
        }
    }

    #[test]
    fn what_is_no_feed_is_refused_with_what_helps() {
        let page = r#"<!DOCTYPE html><html><head><link rel="stylesheet" href="a.css"><LINK rel='alternate' TYPE="application/atom+xml" href = '/feed?a=1&amp;b=2'>"#;
        assert!(read("text/html", page.as_bytes()).expect_err("a page").contains("https://news.example/feed?a=1&b=2: write"));
        let bare = "<html><link rel=alternate type=application/rss+xml href=/a/b.rss></html>";
        assert!(read("text/html", bare.as_bytes()).expect_err("a page").contains("https://news.example/a/b.rss: write"));
        assert!(read("text/html", b"<html><body></body></html>").expect_err("a page").contains("no feed"));
        assert!(read("application/xml", b"<rss><channel><item><title>T").expect_err("cut").contains("damaged"));
        assert!(read("application/rss+xml", b"<rss><channel></channel></rss>").expect("none").0.is_empty());
    }
}
