//! Archives: what is in them is read, and what is wrong with them is told.
//!
//! In: archives made here. Out: nothing. Never: a file that is written.

use super::*;
use std::io::Write;

const NEWS: &str = "The foreign ministers of both states met in Vienna on Monday.";

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory")
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = ::zip::write::SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Deflated);
        archive.start_file(*name, options).expect("memory");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in files {
        archive.extend(tar_head(name, bytes.len(), b'0'));
        archive.extend_from_slice(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

fn tar_head(name: &str, size: usize, kind: u8) -> [u8; 512] {
    let mut head = [0; 512];
    head[..name.len()].copy_from_slice(name.as_bytes());
    head[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    head[148..156].fill(b' ');
    head[156] = kind;
    head[257..262].copy_from_slice(b"ustar");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    head
}

fn sources(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    read_bytes(name, bytes, &Options::default())
        .into_iter()
        .map(|item| (item.source().to_owned(), if let Item::Read { document, .. } = item { document.id } else { format!("{item:?}") }))
        .collect()
}

#[test]
fn what_is_packed_is_read_whatever_its_name() {
    let record = format!("{{\"text\":\"{NEWS}\"}}\n");
    let two = [gzip(&record.as_bytes()[..20]), gzip(&record.as_bytes()[20..])].concat();
    for packed in [gzip(record.as_bytes()), two, zstd(record.as_bytes()), [zstd(b""), zstd(record.as_bytes())].concat()] {
        assert_eq!(texts("a.jsonl.gz", &packed), [NEWS]);
        assert_eq!(texts("a.txt", &packed), [NEWS]);
    }
    assert_eq!(texts("a.txt.gz", &gzip(b"")), ["a.txt.gz: empty"]);
    assert_eq!(sources("a.jsonl.gz", &gzip(b"{\"text\":\"a\"}")), [("a.jsonl.gz:1".to_owned(), "a:1".to_owned())]);
    // an asked for format is that of what is inside
    let as_text = Options { format: Some(Format::TEXT), ..Options::default() };
    let items = read_bytes("a.jsonl.gz", &gzip(record.as_bytes()), &as_text);
    assert!(matches!(&items[..], [Item::Read { document, .. }] if document.text == record), "{items:?}");
}

#[test]
fn files_of_archives_are_named_by_where_they_are() {
    let inner = zip(&[("deep/b.jsonl", b"{\"text\":\"b\"}\n{\"text\":\"c\"}")]);
    let files: &[(&str, &[u8])] = &[
        ("news/a.txt", NEWS.as_bytes()),
        ("inner.zip", &inner),
        ("picture.png", b"\x89PNG\r\n"),
        ("style.css", b"p { margin: 0 }"),
        (".hidden.txt", b"h"),
        ("__MACOSX/a.txt", b"m"),
        ("empty.txt", b""),
    ];
    for archive in [zip(files), tar(files), gzip(&tar(files)), zstd(&zip(files))] {
        let found = sources("x", &archive);
        let names: Vec<&str> = found.iter().map(|(source, _)| source.as_str()).collect();
        let expected = ["news/a.txt", "inner.zip/deep/b.jsonl:1", "inner.zip/deep/b.jsonl:2", "picture.png", "style.css", ".hidden.txt"];
        assert_eq!(names[..6], expected.map(|name| format!("x/{name}")));
        assert_eq!(found[0].1, "a");
        assert!(found[3..7].iter().all(|(_, fate)| fate.starts_with("PassedOver")), "{found:?}");
        assert!(found[7].1.starts_with("Empty"));
    }
}

#[test]
fn names_in_archives_touch_nothing_and_steer_nothing() {
    let found = sources("x.zip", &zip(&[("../../etc/a.txt", b"a"), ("/b\u{1b}[31m\u{202e}.txt", b"b")]));
    assert_eq!(found[0], ("x.zip/../../etc/a.txt".to_owned(), "a".to_owned()));
    assert_eq!(found[1].0, "x.zip//b\\u{1b}[31m\\u{202e}.txt");
    // a link is no file
    let mut linked = tar_head("link.txt", 0, b'2').to_vec();
    linked.extend(tar(&[("a.txt", b"a")]));
    assert_eq!(sources("x.tar", &linked).len(), 1);
}

#[test]
fn long_names_of_tar_are_read() {
    let long = format!("{}/a.txt", "folder".repeat(40));
    for (kind, said) in [(b'L', format!("{long}\0")), (b'x', format!("999 path={long}\n"))] {
        let mut archive = tar_head("././@LongLink", said.len(), kind).to_vec();
        archive.extend_from_slice(said.as_bytes());
        archive.resize(archive.len().next_multiple_of(512), 0);
        archive.extend(tar(&[("short", b"a")]));
        assert_eq!(sources("x.tar", &archive)[0].0, format!("x.tar/{long}"));
    }
}

#[test]
fn damage_is_told_and_what_came_before_it_is_read() {
    let records: String = (0..20_000).map(|number| format!("{{\"text\":\"{NEWS} {number}\"}}\n")).collect();
    for packed in [gzip(records.as_bytes()), zstd(records.as_bytes()), tar(&[("a.jsonl", records.as_bytes())])] {
        let found = texts("a", &packed[..packed.len() / 2]);
        assert!(found.len() > 100, "{}", found.len());
        assert!(found.iter().any(|text| text.contains("damaged") || text.contains("in the middle")), "{:?}", found.last());
    }
    let cut = gzip(NEWS.as_bytes());
    assert!(texts("a.gz", &cut[..cut.len() - 9])[0].contains("damaged"));
    let whole = zip(&[("a.txt", NEWS.as_bytes())]);
    assert!(texts("a.zip", &whole[..whole.len() - 30])[0].contains("damaged"));
    let office = zip(&[("[Content_Types].xml", b"<Types/>")]);
    assert!(texts("a.docx", &office)[0].contains("convert it to text first"));
}

#[test]
fn bombs_are_refused_by_the_cap_that_they_exceed() {
    let zeros = vec![b'\n'; 48 << 20];
    let bomb = gzip(&zeros);
    let found = texts("a.jsonl.gz", &bomb);
    assert!(found[0].contains("--cap ratio=N"), "{found:?}");
    assert!(texts("a.txt.gz", &bomb)[0].contains("--max-bytes"));
    let mut nested = NEWS.as_bytes().to_vec();
    for _ in 0..6 {
        nested = gzip(&nested);
    }
    assert!(texts("a", &nested)[0].contains("--cap nesting=N"));
    let raised = Options { caps: Caps::default().with(Cap::Nesting, 6), ..Options::default() };
    assert!(matches!(&read_bytes("a", &nested, &raised)[..], [Item::Read { .. }]));
    let few = Options { caps: Caps::default().with(Cap::Entries, 1), ..Options::default() };
    for archive in [zip(&[("a.txt", b"a"), ("b.txt", b"b")]), tar(&[("a.txt", b"a"), ("b.txt", b"b")])] {
        let items = read_bytes("a", &archive, &few);
        assert!(matches!(items.last(), Some(Item::Refused { reason, .. }) if reason.contains("--cap entries=N")), "{items:?}");
    }
}
