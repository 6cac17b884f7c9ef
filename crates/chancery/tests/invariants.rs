//! What holds for every input: no panic, spans that equal their words, the same bytes for the same document.
//!
//! In: bytes and pieces of news made at random. Out: readings in wire form. Never: a real article.

use chancery::export::v1;
use chancery::source::{Cap, Caps, Item, Options, read_from};
use chancery::{Document, Library, examples};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::built_in().unwrap_or_else(|error| panic!("{error}")))
}

/// Sentences of the examples, to be put together in any order.
fn sentences() -> &'static [String] {
    static SENTENCES: OnceLock<Vec<String>> = OnceLock::new();
    SENTENCES.get_or_init(|| {
        let texts = examples::built_in();
        texts.iter().flat_map(|example| example.document.text.split_inclusive(['.', '\n', ','])).map(str::to_owned).collect()
    })
}

/// The reading in wire form, after every span in it was found to equal its words.
fn read(document: Document) -> String {
    let text: Vec<char> = document.text.chars().collect();
    let reading = library().read_document(document);
    let lines =
        [v1::line(&v1::reading(&reading)), v1::line(&v1::mentions(&reading))].map(|line| line.unwrap_or_else(|error| panic!("{error}")));
    for line in &lines {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}"));
        spans_hold(&value, &text);
        for kind in ["contacts", "statements", "commitments", "figures", "standings"] {
            for claim in value[kind].as_array().into_iter().flatten() {
                assert!(claim["evidence"].as_array().is_some_and(|evidence| !evidence.is_empty()), "no evidence: {claim}");
            }
        }
    }
    lines.join("\n")
}

fn spans_hold(value: &Value, text: &[char]) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| spans_hold(item, text)),
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(exact)) =
                (fields.get("start").and_then(Value::as_u64), fields.get("end").and_then(Value::as_u64), fields.get("exact"))
            {
                let words: Option<String> = text.get(start as usize..end as usize).map(|words| words.iter().collect());
                assert_eq!(words.as_deref(), exact.as_str());
            }
            fields.values().for_each(|field| spans_hold(field, text));
        }
        _ => {}
    }
}

fn document(text: String, language: Option<&str>, published: Option<&str>) -> Document {
    Document {
        id: "made".to_owned(),
        text,
        language: language.map(str::to_owned),
        published: published.and_then(|date| date.parse().ok()),
        ..Document::default()
    }
}

#[test]
fn what_is_built_in_has_no_fault() {
    assert_eq!(library().faults(), &[] as &[String]);
}

#[test]
fn the_examples_read_the_same_twice() {
    let other = Library::built_in().unwrap_or_else(|error| panic!("{error}"));
    for example in examples::built_in() {
        let first = read(example.document.clone());
        assert_eq!(first, read(example.document.clone()));
        let second = other.read_document(example.document);
        assert!(first.starts_with(&v1::line(&v1::reading(&second)).unwrap_or_default()));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in "[ab]\\.(txt|md|json|jsonl|html|csv|warc|gz|xml|eml)") {
        let options = Options { caps: Caps::default().with(Cap::Bytes, 512), ..Options::default() };
        for item in read_from(&name, "made", Box::new(std::io::Cursor::new(bytes)), &options) {
            if let Item::Read { document, .. } = item {
                read(*document);
            }
        }
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,300}", tag in proptest::sample::select(vec!["cs", "de", "en", "pt", "ro"])) {
        read(document(text, Some(tag), Some("2024-05-20")));
    }

    #[test]
    fn pieces_of_news_in_any_order_are_read(
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..12),
        cut in any::<prop::sample::Index>(),
        tag in proptest::option::of(proptest::sample::select(vec!["cs", "de", "en", "pt", "ro"])),
        published in proptest::option::of(proptest::sample::select(vec!["2024-02-29", "2023-12-31", "2024-05", "XXXX-03-29"])),
    ) {
        prop_assume!(!sentences().is_empty());
        let text: String = picks.iter().map(|pick| pick.get(sentences()).as_str()).collect();
        let characters: Vec<char> = text.chars().collect();
        let half: String = characters[cut.index(characters.len())..].iter().collect();
        let made = document(half, tag, published);
        prop_assert_eq!(read(made.clone()), read(made));
        read(document(text, tag, published));
    }
}
