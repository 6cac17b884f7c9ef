//! Malformed files of every format: each is read, or refused with a reason, soon, and none is a fault of the program.
//!
//! In: good files, cut, flipped, spliced, nested and repeated. Out: nothing. Never: a file that ends the run.

use super::archives::{gzip, tar, zip, zstd};
use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// How long one file may take, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(5);

/// A good file of every format that is read in this process.
fn seeds() -> Vec<Vec<u8>> {
    let page = "<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body><article><p>They met in Oslo.</p></article></body></html>";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n\r\n\r\n",
        80 + page.len() + 11,
        page.len()
    );
    let rss = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><title>P</title><item><title>A &amp; b</title><link>https://a.example/1</link><description><![CDATA[<p>They met.</p>]]></description></item></channel></rss>";
    let mail = "Received: x\r\nFrom: a@a.example\r\nSubject: =?utf-8?b?VA==?=\r\nDate: Tue, 28 Feb 2023 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhleSBtZXQu\r\n--b--\r\n";
    let records = "{\"text\":\"They met.\",\"title\":\"T\",\"published\":\"2023-02-28\"}\n{\"text\":\"They spoke.\"}\n";
    let plain = [
        page.as_bytes(),
        record.as_bytes(),
        rss.as_bytes(),
        mail.as_bytes(),
        records.as_bytes(),
        b"title,text,date\n\"A, b\",\"They \"\"met\"\".\",2023-02-28\n".as_slice(),
        b"---\ntitle: T\npublished: 2023-02-28\n---\nThey met.\n",
        b"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>They met.</p>\"}]}",
    ];
    let files: Vec<(&str, &[u8])> = [("a.html", plain[0]), ("b.jsonl", plain[4])].to_vec();
    let packed = [
        gzip(record.as_bytes()),
        zstd(records.as_bytes()),
        zip(&files),
        tar(&files),
        "They met.".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    plain.iter().map(|seed| seed.to_vec()).chain(packed).collect()
}

#[test]
fn a_page_and_a_letter_end_with_their_time() {
    let options = Options { caps: Caps::default().with(Cap::Time, 0), ..Options::default() };
    let letter = "From: a@a.example\r\nSubject: T\r\nMIME-Version: 1.0\r\n\r\nThey met.\r\n".to_owned();
    for (name, long) in [("a.html", format!("<html><p>{}", "They &met. ".repeat(20_000))), ("a.eml", letter + &"They met. ".repeat(20_000))]
    {
        let told = read_bytes(name, long.as_bytes(), &options);
        assert!(matches!(&told[..], [Item::Refused { reason, .. }] if reason.contains("--cap time=N")), "{told:?}");
    }
}

/// One way to spoil a file.
#[derive(Clone, Debug)]
enum Spoil {
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Splice(prop::sample::Index, prop::sample::Index, prop::sample::Index),
    Repeat(prop::sample::Index, prop::sample::Index, u16),
    Pack,
    Insert(prop::sample::Index, Vec<u8>),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let at = any::<prop::sample::Index>;
    // what readers trip over: numbers that are too large, openings without ends
    let bits: &[&[u8]] = &[
        b"\xff\xff\xff\xff",
        b"99999999999999999999",
        b"\0",
        b"<div><div><div>",
        b"[[[[[[",
        b"{\"a\":",
        b"\r\n\r\n",
        b"\"",
        b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        b"<!DOCTYPE a [<!ENTITY a \"&a;&a;\">]>",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"&#xFFFFFFFF;",
        b"Content-Length: -1\r\n",
    ];
    let bits: Vec<Vec<u8>> = bits.iter().map(|bits| bits.to_vec()).collect();
    prop_oneof![
        at().prop_map(Spoil::Cut),
        (at(), any::<u8>()).prop_map(|(at, byte)| Spoil::Flip(at, byte)),
        (at(), at(), at()).prop_map(|(seed, from, to)| Spoil::Splice(seed, from, to)),
        (at(), at(), 2..2000_u16).prop_map(|(from, to, times)| Spoil::Repeat(from, to, times)),
        Just(Spoil::Pack),
        (at(), prop::sample::select(bits)).prop_map(|(at, bits)| Spoil::Insert(at, bits)),
    ]
}

fn spoiled(mut file: Vec<u8>, ways: &[Spoil], seeds: &[Vec<u8>]) -> Vec<u8> {
    for way in ways {
        if file.is_empty() {
            break;
        }
        match way {
            Spoil::Cut(at) => file.truncate(at.index(file.len())),
            Spoil::Flip(at, byte) => *at.get_mut(&mut file) = *byte,
            Spoil::Splice(seed, from, to) => {
                let other = seed.get(seeds);
                file.truncate(to.index(file.len()));
                file.extend_from_slice(&other[from.index(other.len())..]);
            }
            Spoil::Repeat(from, to, times) => {
                let (from, to) = (from.index(file.len()), to.index(file.len()));
                let piece = &file[from.min(to)..from.max(to)];
                let piece = piece.repeat(usize::from(*times).min((1 << 20) / piece.len().max(1)));
                file.splice(to..to, piece);
            }
            Spoil::Pack => file = gzip(&file),
            Spoil::Insert(at, bits) => {
                let at = at.index(file.len());
                file.splice(at..at, bits.iter().copied());
            }
        }
    }
    file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn malformed_files_are_read_or_refused_soon(
        seed in any::<prop::sample::Index>(),
        ways in prop::collection::vec(spoil(), 1..6),
        asked in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let seeds = seeds();
        let file = spoiled(seed.get(&seeds).clone(), &ways, &seeds);
        // Parquet is read in a process of its own, and tested there
        let formats: Vec<Format> = Format::ALL.iter().copied().filter(|format| format.as_str() != "parquet").collect();
        let options = Options { format: asked.map(|asked| *asked.get(&formats)), ..Options::default() };
        let began = Instant::now();
        let items = read_bytes("a", &file, &options);
        prop_assert!(began.elapsed() < SOON, "{:?} for {} bytes", began.elapsed(), file.len());
        prop_assert!(file.is_empty() || !items.is_empty() || matches!(options.format.map(Format::as_str), Some("tar" | "zip") | None));
        for item in items {
            if let Item::Refused { reason, .. } = item {
                prop_assert!(!reason.contains("a fault of the program"), "{reason}");
                prop_assert!(!reason.is_empty());
            }
        }
    }
}
