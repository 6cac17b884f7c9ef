//! News items written for this project: `examples/<tag>/NN-slug.md` with the claims expected of each in `.expected` beside it, and
//! `examples/record/NN-slug.<tag>.md`, which tell the same events in many languages.
//!
//! In: the examples built in, or a folder. Out: documents with what is expected of them. Never: a sentence of a real article.

use crate::built_in::texts;
use crate::evaluate::Tally;
use crate::expected::{ExpectedLine, Kind, Outcome, bless, compare, parse_line, tally};
use crate::library::{Error, Library};
use chancery_model::Document;
use chancery_read::{Format, Item, Options, TextFile, read_from};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;

static EXAMPLES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// The folder of the news items that tell the same events.
const RECORD: &str = "record/";

/// One example.
#[derive(Clone, PartialEq, Debug)]
pub struct Example {
    /// `de/01-besuch`
    pub name: String,
    /// Folder: the language.
    pub language: String,
    /// The news item, without what the folder says of its language.
    pub document: Document,
    /// What is expected, complete for every kind of claim.
    pub expected: Vec<ExpectedLine>,
    /// The expected lines as written.
    pub texts: Vec<String>,
    /// What is wrong with its files.
    pub faults: Vec<String>,
}

/// The examples built in.
pub fn built_in() -> Vec<Example> {
    from_files(&files())
}

/// The news items built in that tell the same events in many languages.
pub fn record() -> Vec<Document> {
    files()
        .iter()
        .filter(|file| file.path.starts_with(RECORD) && is_item(file))
        .filter_map(|file| Some(noted_document(file, id_of(file)).ok()?.0))
        .collect()
}

fn files() -> Vec<TextFile> {
    texts(&EXAMPLES).into_iter().map(|(path, text)| TextFile { path, text: text.into_owned() }).collect()
}

/// The examples of a folder.
///
/// # Errors
/// Where it cannot be read.
pub fn from_folder(folder: &Path) -> Result<Vec<Example>, Error> {
    Ok(from_files(&chancery_read::text_files(folder)?))
}

fn from_files(files: &[TextFile]) -> Vec<Example> {
    files.iter().filter(|file| is_item(file) && !file.path.starts_with(RECORD)).map(|file| example(file, files)).collect()
}

/// Whether a file is a news item and not a page about them.
fn is_item(file: &TextFile) -> bool {
    file.path.ends_with(".md") && file.path.contains('/') && !file.path.ends_with("/README.md")
}

/// A file's path without its ending.
fn stem(file: &TextFile) -> String {
    file.path.trim_end_matches(".md").to_owned()
}

/// A file's name without its ending.
fn id_of(file: &TextFile) -> &str {
    file.path.trim_end_matches(".md").rsplit('/').next().unwrap_or(&file.path)
}

/// The news item of a file, with notes on it.
fn noted_document(file: &TextFile, id: &str) -> Result<(Document, Vec<String>), String> {
    let options = Options { format: Some(Format::MARKDOWN), ..Options::default() };
    let reader = Box::new(std::io::Cursor::new(file.text.clone().into_bytes()));
    match read_from(&file.path, id, reader, &options).next() {
        Some(Item::Read { document, notes, .. }) => Ok((*document, notes)),
        Some(Item::Refused { reason, .. }) => Err(reason),
        Some(Item::Empty { .. } | Item::PassedOver { .. }) | None => Err("the example is empty".to_owned()),
    }
}

fn example(file: &TextFile, files: &[TextFile]) -> Example {
    let name = stem(file);
    let language = name.split('/').next().unwrap_or("").to_owned();
    let (document, faults) = noted_document(file, &name).unwrap_or_else(|fault| (Document::default(), vec![fault]));
    let mut example = Example { document, expected: Vec::new(), texts: Vec::new(), faults, language, name };
    let path = format!("{}.expected", example.name);
    match files.iter().find(|file| file.path == path) {
        None => example.faults.push(format!("examples/{path} is missing")),
        Some(file) => {
            for (index, line) in file.text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with('-')) {
                match parse_line(line, index + 1) {
                    Ok(expected) => {
                        example.expected.push(expected);
                        example.texts.push(line.to_owned());
                    }
                    Err(error) => example.faults.push(format!("examples/{path}:{}: {error}", index + 1)),
                }
            }
        }
    }
    example
}

/// Runs one example: every kind of claim must be complete.
pub fn run(example: &Example, library: &Library) -> Outcome {
    compare(&example.expected, &library.read_document(example.document.clone()), Some(Kind::OF_EXAMPLES))
}

/// The expected lines in which what fails is kept as "not yet" and "wrong".
pub fn blessed(example: &Example, library: &Library) -> String {
    let outcome = run(example, library);
    bless(&example.expected, &example.texts, &outcome).into_iter().map(|line| line + "\n").collect()
}

/// How the examples of each language come out, by kind of claim.
pub fn score(examples: &[Example], library: &Library) -> BTreeMap<String, BTreeMap<Kind, Tally>> {
    let mut scores: BTreeMap<String, BTreeMap<Kind, Tally>> = BTreeMap::new();
    for example in examples {
        let tallies = scores.entry(example.language.clone()).or_default();
        let reading = library.read_document(example.document.clone());
        for (kind, tally) in tally(&example.expected, &reading) {
            tallies.entry(kind).or_default().add(&tally);
        }
    }
    scores
}

/// The scores of one language as TOML.
pub fn score_file(tallies: &BTreeMap<Kind, Tally>) -> String {
    let mut out = String::from("# Generated by `cargo xtask docs`: claims of the examples that come out with every field right.\n");
    for (kind, tally) in tallies {
        let (precision, recall, f1) = (tally.precision().value, tally.recall().value, tally.f1().value);
        out.push_str(&format!(
            "\n[{}]\nright = {}\nwrong = {}\nmissed = {}\nprecision = {precision:.3}\nrecall = {recall:.3}\nf1 = {f1:.3}\n",
            kind.as_str(),
            tally.right,
            tally.wrong,
            tally.missed
        ));
    }
    out
}
