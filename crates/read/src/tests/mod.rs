//! What the readers do with small files that the tests make.
//!
//! In: bytes. Out: nothing. Never: a file of anybody else.

pub mod archives;
mod crawls;
mod hostile;
mod letters;
mod tables;

use super::*;
use std::io::Cursor;

fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Vec<Item> {
    read_from(name, "id", Box::new(Cursor::new(bytes.to_vec())), options).collect()
}

/// The only document.
fn document(name: &str, bytes: &[u8]) -> Document {
    let mut items = read_bytes(name, bytes, &Options::default());
    match (items.pop(), items.is_empty()) {
        (Some(Item::Read { document, .. }), true) => *document,
        (last, _) => panic!("{items:?} {last:?}"),
    }
}

fn day(document: &Document) -> Option<String> {
    document.published.as_ref().map(ToString::to_string)
}

fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    read_bytes(name, bytes, &Options::default())
        .into_iter()
        .map(|item| match item {
            Item::Read { document, .. } => document.text,
            Item::Empty { source } => format!("{source}: empty"),
            Item::Refused { source, reason } => format!("{source}: {reason}"),
            Item::PassedOver { source, reason } => format!("{source}: passed over: {reason}"),
        })
        .collect()
}

#[test]
fn text_is_kept_as_it_is() {
    assert_eq!(texts("a.txt", b" # A\r\n\r\n**b** [c](d)\n"), [" # A\r\n\r\n**b** [c](d)\n"]);
    assert_eq!(texts("a.txt", "\u{feff}Čau".as_bytes()), ["Čau"]);
    assert_eq!(texts("a.txt", b""), ["a.txt: empty"]);
    assert_eq!(texts("a.txt", b" \n\t"), ["a.txt: empty"]);
}

#[test]
fn front_matter_is_told_of_the_document_and_not_of_the_text() {
    let file = b"---\npublished: 2024-03-05\ntitle: \"A: b\"\nlanguage: cs\nurl: https://x.example/1\n---\nBody\n---\n";
    let Some(Item::Read { document, .. }) = read_bytes("a.md", file, &Options::default()).pop() else { panic!("not read") };
    assert_eq!(document.text, "Body\n---\n");
    assert_eq!(document.published.map(|date| date.to_string()).as_deref(), Some("2024-03-05"));
    assert_eq!((document.title.as_deref(), document.language.as_deref()), (Some("A: b"), Some("cs")));
    // a rule is no front matter, and text is asked for as text
    assert_eq!(texts("a.txt", b"---\nNo keys here\n---\n"), ["---\nNo keys here\n---\n"]);
    let as_text = Options { format: Some(Format::TEXT), ..Options::default() };
    let Some(Item::Read { document, .. }) = read_bytes("a.md", file, &as_text).pop() else { panic!("not read") };
    assert!(document.text.starts_with("---\npublished"));
}

#[test]
fn encodings_are_recognised_and_guesses_are_told() {
    let utf16 = |text: &str, little: bool, mark: bool| {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect::<Vec<u8>>()
    };
    let text = "Prezident přijal ministra zahraničí";
    for (little, mark) in [(true, true), (false, true), (true, false), (false, false)] {
        assert_eq!(texts("a.txt", &utf16(text, little, mark)), [text], "{little} {mark}");
    }
    let records = "{\"text\":\"první\"}\n{\"text\":\"druhý\"}\n";
    assert_eq!(texts("a.jsonl", &utf16(records, true, true)), ["první", "druhý"]);
    let sentence = "Český prezident přijal v úterý ministra zahraničí Německa. Jednání proběhlo v příjemné atmosféře.";
    let (old, _, _) = encoding_rs::WINDOWS_1250.encode(sentence);
    let items = read_bytes("a.txt", &old, &Options::default());
    let [Item::Read { document, notes, .. }] = &items[..] else { panic!("{items:?}") };
    assert_eq!(document.text, sentence);
    assert_eq!(notes.len(), 1, "{notes:?}");
    // one damaged letter among many good ones
    let mut damaged = sentence.as_bytes().to_vec();
    damaged[1] = b'?';
    assert!(texts("a.txt", &damaged)[0].contains("prezident přijal"));
}

#[test]
fn binary_is_refused_with_a_reason() {
    assert_eq!(texts("a.pdf", b"%PDF-1.7 xx"), ["a.pdf: binary: a PDF, not a text; convert it to text first"]);
    assert_eq!(texts("a.bin", b"abc\0\x01\x02def"), ["a.bin: binary: not a text"]);
}

#[test]
fn one_bad_record_loses_nothing_else() {
    let lines = b"{\"text\":\"a\",\"id\":7}\n{\"text\":\n\n{\"id\":\"x\"}\n{\"text\":\"\"}\n{\"text\":\"b\"}";
    let found = texts("f.jsonl", lines);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[0], "a");
    assert!(found[1].starts_with("f.jsonl:2: no JSON object"));
    assert!(found[2].starts_with("f.jsonl:4: the record has no `text`"));
    assert_eq!(found[3], "f.jsonl:5: empty");
    assert_eq!(found[4], "b");
}

#[test]
fn records_are_found_in_arrays_and_over_lines() {
    for (name, text) in [
        ("f.json", "[{\"text\":\"a}\\\"\"},\n {\"text\":\"b\"}]"),
        ("f.json", "[\n{\n\"text\":\"a}\\\"\"},\n {\"text\":\"b\"}\n]\n"),
        ("f.json", "{\n\"text\":\"a}\\\"\"}\n{\"text\":\"b\"}"),
        ("-", "{\"text\":\"a}\\\"\"}\n{\"text\":\"b\"}"),
        ("f.txt", "[{\"text\":\"a}\\\"\"}, {\"text\":\"b\"}]"),
    ] {
        assert_eq!(texts(name, text.as_bytes()), ["a}\"", "b"], "{text}");
    }
    assert_eq!(
        texts("f.json", b"[{\"text\":\"a\"}, 7, {\"text\":\"b\"}, {\"text\":"),
        ["a", "f.json:1: expected a JSON object", "b", "f.json:1: the file ends inside this object"]
    );
    assert_eq!(texts("f.jsonl", b"\n\n"), ["f.jsonl: empty"]);
}

#[test]
fn what_is_too_large_is_refused_and_the_rest_is_read() {
    let options = Options { caps: Caps::default().with(Cap::Bytes, 32), ..Options::default() };
    let lines = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "x".repeat(1000));
    for name in ["f.jsonl", "f.json"] {
        let items = read_bytes(name, lines.as_bytes(), &options);
        assert!(
            matches!(&items[1], Item::Refused { source, reason } if source.ends_with(":2") && reason.contains("32 bytes")),
            "{items:?}"
        );
        assert!(matches!(&items[2], Item::Read { document, .. } if document.text == "b"));
    }
    let whole = read_bytes("f.txt", "x".repeat(33).as_bytes(), &options);
    assert!(matches!(&whole[..], [Item::Refused { .. }]));
}

#[test]
fn the_bytes_are_kept_where_they_are_others_than_the_text() {
    let options = Options { bytes: Bytes::Kept, ..Options::default() };
    let line = b"{\"text\":\"a\"}";
    let latin = b"caf\xE9 ol\xE9".to_vec();
    for (name, bytes, kept) in [
        ("a.txt", &b"a"[..], None),
        ("a.jsonl", line, Some(&line[..])),
        ("a.txt", &latin, Some(&latin[..])),
        ("a.md", b"---\ntitle: T\n---\na", Some(b"---\ntitle: T\n---\na")),
    ] {
        let Some(Item::Read { raw, .. }) = read_bytes(name, bytes, &options).pop() else { panic!("{name} is not read") };
        assert_eq!(raw.as_deref(), kept, "{name}");
    }
}

#[test]
fn folders_are_walked_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("sub")).expect("a folder");
    for (name, text) in [("b.txt", "b"), ("a.md", "a"), ("sub/c.txt", "c"), (".hidden.txt", "h"), ("d.expected", "d")] {
        std::fs::write(at(name), text).expect("a file");
    }
    let read_all = |options| read(vec![Input::Path(folder.path().to_owned())], options).collect::<Vec<_>>();
    let ids = |items: &[Item]| {
        items
            .iter()
            .filter_map(|item| if let Item::Read { document, .. } = item { Some(document.id.clone()) } else { None })
            .collect::<Vec<_>>()
    };
    let items = read_all(Options::default());
    assert_eq!(ids(&items), ["a", "b", "c"]);
    std::fs::write(at(".chanceryignore"), "b.*\nsub/*\n!keep.txt\n").expect("a file");
    std::fs::write(at("sub/keep.txt"), "k").expect("a file");
    assert_eq!(ids(&read_all(Options::default())), ["a", "keep"]);
    std::fs::remove_file(at("sub/keep.txt")).expect("a file");
    std::fs::remove_file(at(".chanceryignore")).expect("a file");
    assert!(items.iter().any(|item| matches!(item, Item::PassedOver { .. })));
    assert_eq!(ids(&read_all(Options { format: Some(Format::TEXT), ..Options::default() })), ["a", "b", "d", "c"]);
    let missing = read(vec![Input::Path(at("none"))], Options::default()).collect::<Vec<_>>();
    assert!(matches!(&missing[..], [Item::Refused { reason, .. }] if reason == "no such file or folder"));
}
