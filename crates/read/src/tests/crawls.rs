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
fn lies_about_lengths_cost_one_pass_and_their_number_has_an_end() {
    let lie = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 33000000\r\n\r\nnothing of the kind\r\n\r\n";
    let began = std::time::Instant::now();
    let most = Cap::Damage.usual() as usize;
    let filling = vec![b'\n'; 16 << 20];
    let told = fates(&read_bytes("c.warc", &[lie.repeat(most), crawl()[5].clone(), filling].concat(), &Options::default()));
    assert_eq!((told.len(), told.last()), (most + 1, Some(&format!("{TEXT} read"))));
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
    // one more, and the rest is not read
    let told = fates(&read_bytes("c.warc", &[lie.repeat(most + 1), crawl()[5].clone()].concat(), &Options::default()));
    assert_eq!(told.len(), most + 1);
    assert!(told[most].contains("damaged in more than 100 places") && told[most].contains("--cap damage=N"), "{told:?}");
    let mut member = gzip(&crawl()[5]);
    let middle = member.len() / 2;
    member[middle..middle + 8].fill(0xAA);
    let options = Options { caps: Caps::default().with(Cap::Damage, 7), ..Options::default() };
    let told = fates(&read_bytes("c.warc.gz", &[gzip(&crawl()[5]), member.repeat(1000)].concat(), &options));
    assert_eq!(told.iter().filter(|fate| fate.starts_with("refused")).count(), 8, "{told:?}");
}

#[test]
fn a_stream_that_gives_nothing_ends_with_its_time() {
    let options = Options { caps: Caps::default().with(Cap::Time, 0), ..Options::default() };
    for bytes in [gzip(&crawl().concat()), zstd(&vec![b' '; 1 << 20])] {
        let told = fates(&read_bytes("c.warc.gz", &bytes, &options));
        assert!(told.len() == 1 && told[0].contains("--cap time=N"), "{told:?}");
    }
}

#[test]
fn what_is_no_crawl_is_refused() {
    assert!(texts("c.warc", b"nothing of the kind")[0].contains("no WARC record"));
    assert!(texts("c.arc", b"filedesc://c.arc 0.0.0.0 20050101 text/plain 77\n")[0].contains("an ARC crawl"));
    let endless = [b"WARC/1.0\r\nWARC-Type: ".to_vec(), vec![b'x'; 400 << 10]].concat();
    assert!(texts("c.warc", &endless)[0].contains("fields without end"));
}
