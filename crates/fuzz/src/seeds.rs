//! What the targets begin with: the project's own examples, and a good file of every format.
//!
//! In: what is built in. Out: bytes. Never: a text of anybody else.

use crate::targets::{Takes, Target};
use chancery::examples;
use std::io::Write;

/// Texts of the examples that a target begins with at the most, so that a short run sees every language.
const TEXTS: usize = 60;

/// The seeds of a target.
pub fn seeds(target: &Target) -> Vec<Vec<u8>> {
    match target.takes {
        Takes::Files => files(),
        Takes::Texts => texts(),
        Takes::Words => words(),
    }
}

fn texts() -> Vec<Vec<u8>> {
    let all = examples::built_in();
    let step = all.len().div_ceil(TEXTS).max(1);
    all.into_iter().step_by(step).map(|example| example.document.text.into_bytes()).collect()
}

/// Short things that people and machines write: dates, filters, maps, addresses, files of settings.
fn words() -> Vec<Vec<u8>> {
    let words = [
        "2023-02-28",
        "2024-05-20/2024-05-21",
        "../2018-05",
        "XXXX-03-29",
        "Monday, 5th March 2001",
        "30 March - 2 April 2001",
        "foreign minister",
        "id\tname\tfamily\tgender\tsource\nQ1\tJana Nová\tNová\tf\town\n",
        "id\trole\tof\tstart\tend\tstatus\tsource\nQ1\tminister\tCZ\t2020-03-02\t2021\tacting\town\n",
        "id\tlanguage\tform\tsource\nQ1\tcs\tJany Nové\town\n",
        "Сергей Лавров",
        "2021-06-02~",
        "2023-21",
        "text=article.body",
        "fineweb",
        "KZ\nTokayev\nmeeting\nheld\nSCO\ncs\n2023-01\n2024",
        "date\n2024-05-21",
        "participants\n[{\"name\":\"Petr Fiala\"}]",
        "https://news.example/world?a=b#c",
        "https://[::ffff:10.0.0.1]:8080/%2e%2e/",
        "User-agent: *\nDisallow: /a*b$\nCrawl-delay: 2\n",
        "<opml><body><outline text=\"A\" xmlUrl=\"https://a.example/rss\"/></body></opml>",
        "contact = \"a@a.example\"\nevery = \"1h\"\n[[feed]]\nurl = \"https://a.example/rss\"\n",
        "- contact meeting held 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR @Paris, FR",
    ];
    words.iter().map(|words| words.as_bytes().to_vec()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    // into memory, which does not fail
    _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

/// A tar archive of one file.
fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut head = [0_u8; 512];
    head[..name.len()].copy_from_slice(name.as_bytes());
    head[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
    head[148..156].fill(b' ');
    let sum: u64 = head.iter().map(|byte| u64::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let filling = vec![0; (512 - bytes.len() % 512) % 512 + 1024];
    [&head[..], bytes, &filling].concat()
}

/// A zip archive of one file, as it is.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let (length, name_length) = ((bytes.len() as u32).to_le_bytes(), (name.len() as u16).to_le_bytes());
    let sizes = [&[0; 4][..], &length, &length, &name_length, &[0; 2]].concat();
    let local = [b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0", &sizes[..], name.as_bytes(), bytes].concat();
    let central = [b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0", &sizes[..], &[0; 14], name.as_bytes()].concat();
    let (at, size) = ((local.len() as u32).to_le_bytes(), (central.len() as u32).to_le_bytes());
    [&local[..], &central, b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &size, &at, &[0; 2]].concat()
}

/// A good file of every format.
fn files() -> Vec<Vec<u8>> {
    let page = "<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2023-02-28\"}</script></head><body><nav><a href=/>Home</a></nav><article><h1>T</h1><p>The ministers met in Oslo on Monday.</p><figure><figcaption>C</figcaption></figure></article></body></html>";
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n", page.len());
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let rss = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><title>P</title><language>cs</language><item><title>A &amp; b</title><link>https://a.example/1</link><pubDate>Tue, 28 Feb 2023 10:00:00 GMT</pubDate><description><![CDATA[<p>They met.</p>]]></description></item></channel></rss>";
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><entry><title type=\"html\">A</title><link href=\"/1\"/><updated>2023-03-01T08:00:00+01:00</updated><content type=\"xhtml\"><div>T</div></content></entry></feed>";
    let json_feed = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>They met.</p>\"}]}";
    let mail = "Received: x\r\nFrom: a@a.example\r\nSubject: =?utf-8?b?VA==?=\r\nDate: Tue, 28 Feb 2023 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhleSBtZXQu\r\n--b--\r\n";
    let records = "{\"text\":\"They met.\",\"title\":\"T\",\"published\":\"2023-02-28\"}\n{\"text\":\"They spoke.\"}\n";
    let table = "title,text,date\n\"A, b\",\"They \"\"met\"\".\",2023-02-28\n";
    let markdown = "---\ntitle: T\npublished: 2023-02-28\n---\nThey met.\n";
    let plain = [page, &record, rss, atom, json_feed, mail, records, table, markdown, "They met in Oslo."];
    let utf16 = "They met in Oslo.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let packed = [
        gzip(record.as_bytes()),
        [gzip(record.as_bytes()), gzip(record.as_bytes())].concat(),
        zstd::encode_all(records.as_bytes(), 1).unwrap_or_default(),
        zip("a.html", page.as_bytes()),
        tar("b.jsonl", records.as_bytes()),
        utf16,
    ];
    plain.iter().map(|seed| seed.as_bytes().to_vec()).chain(packed).collect()
}
