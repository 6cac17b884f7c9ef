//! Crawls: WARC and WET, whole and damaged.
//!
//! In: crawls made here. Out: nothing. Never: a page of anybody else.

use super::archives::{gzip, zstd};
use super::*;

const PAGE: &str = "<html><body><article><p>The two presidents spoke by telephone on Friday.</p></article></body></html>";
const TEXT: &str = "The two presidents spoke by telephone on Friday.";

fn record(kind: &str, address: &str, fields: &str, content: &str) -> Vec<u8> {
    let length = content.len();
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-20T10:00:00Z\r\n{fields}Content-Length: {length}\r\n\r\n{content}\r\n\r\n"
    )
    .into_bytes()
}

fn answer(status: &str, media: &str, body: &str) -> Vec<u8> {
    let content = format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n{body}");
    record("response", &format!("https://news.example/{}", status.len()), "Content-Type: application/http; msgtype=response\r\n", &content)
}

fn crawl() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "", "Content-Type: application/warc-fields\r\n", "software: a crawler\r\n"),
        record("request", "https://news.example/6", "Content-Type: application/http; msgtype=request\r\n", "GET / HTTP/1.1\r\n\r\n"),
        answer("200 OK", "text/html; charset=utf-8", PAGE),
        answer("404 Not Found", "text/html", PAGE),
        answer("200 OK", "image/png", "\u{89}PNG"),
        record("conversion", "https://news.example/wet", "Content-Type: text/plain\r\n", TEXT),
    ]
}

fn fates(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            Item::Read { document, .. } => format!("{} read", document.text.trim()),
            Item::PassedOver { reason, .. } => format!("passed over: {reason}"),
            Item::Refused { reason, .. } => format!("refused: {reason}"),
            Item::Empty { .. } => "empty".to_owned(),
        })
        .collect()
}

#[test]
fn pages_and_texts_of_a_crawl_are_read_with_their_address_and_without_its_date() {
    let plain = crawl().concat();
    let each_packed: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    let each_zstd: Vec<u8> = crawl().iter().flat_map(|record| zstd(record)).collect();
    for bytes in [plain.clone(), gzip(&plain), each_packed, each_zstd] {
        let items = read_bytes("c.warc.gz", &bytes, &Options::default());
        let told = fates(&items);
        assert_eq!(told.len(), 4, "{told:?}");
        assert_eq!(told[0], format!("{TEXT} read"));
        assert_eq!(told[1..3], ["passed over: answered with status 404", "passed over: a crawl's image/png"]);
        assert_eq!(told[3], format!("{TEXT} read"));
        assert_eq!(items[0].source(), "c.warc.gz:record 3");
        let Item::Read { document, .. } = &items[0] else { panic!("not read") };
        assert_eq!((document.id.as_str(), document.url.as_deref()), ("https://news.example/6", Some("https://news.example/6")));
        assert_eq!(document.published, None);
    }
    let request = crawl()[1].clone();
    assert_eq!(fates(&read_bytes("c.warc", &request, &Options::default())), ["empty"]);
}

#[test]
fn damage_costs_the_record_that_it_hits() {
    let records = crawl();
    let (page, text) = (&records[2], &records[5]);
    let packed = [gzip(page), gzip(text), gzip(page)];
    // a member whose bytes are flipped
    let mut damaged = packed.concat();
    let middle = packed[0].len() + packed[1].len() / 2;
    damaged[middle..middle + 8].fill(0xAA);
    let told = fates(&read_bytes("c.warc.gz", &damaged, &Options::default()));
    assert!(told[0].ends_with("read") && told.last().is_some_and(|last| last.ends_with("read")), "{told:?}");
    assert!(told.iter().any(|fate| fate.starts_with("refused: damaged")), "{told:?}");
    // the file ends in the middle
    let cut = [&packed[0][..], &packed[1][..packed[1].len() - 12]].concat();
    let told = fates(&read_bytes("c.warc.gz", &cut, &Options::default()));
    assert!(told[0].ends_with("read") && told[1].starts_with("refused: damaged"), "{told:?}");
    // lengths that are lies, and rubbish between records
    let lie = |length: &str| {
        let page = String::from_utf8_lossy(page)
            .replace(&format!("Content-Length: {}", 57 + PAGE.len() + 2), &format!("Content-Length: {length}"));
        assert!(page.contains(&format!("Content-Length: {length}\r\n")), "{page}");
        page.into_bytes()
    };
    for (name, first) in [
        ("too short", lie("70")),
        ("too long", lie("500")),
        ("far too long", lie("1073741824")),
        ("none", lie("many")),
        ("rubbish", [page, &b"rubbish\r\nrubbish"[..]].concat()),
    ] {
        let told = fates(&read_bytes("c.warc", &[&first[..], text].concat(), &Options::default()));
        assert_eq!(told.last(), Some(&format!("{TEXT} read")), "{name}: {told:?}");
        assert!(told.iter().any(|fate| fate.starts_with("refused")), "{name}: {told:?}");
    }
}

#[test]
fn what_is_no_crawl_is_refused() {
    assert!(texts("c.warc", b"nothing of the kind")[0].contains("no WARC record"));
    assert!(texts("c.arc", b"filedesc://c.arc 0.0.0.0 20050101 text/plain 77\n")[0].contains("an ARC crawl"));
    let endless = [b"WARC/1.0\r\nWARC-Type: ".to_vec(), vec![b'x'; 400 << 10]].concat();
    assert!(texts("c.warc", &endless)[0].contains("fields without end"));
}
