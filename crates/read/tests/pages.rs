//! Pages as news sites have them, each with the text, title and day that are expected of it.
//!
//! `cargo test -p chancery-read --test pages -- --nocapture` prints the figures of every page, and what was lost or let in.
//!
//! A page `x.html` stands beside `x.txt`: first what the page says of itself, a key a line; then, below an empty line, the lines of the
//! article: `#` a headline, `!` a caption, `~` a line that is kept but is no part of the article.

use chancery_model::{Document, Part};
use chancery_read::html;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The least F1 of words over all pages.
const LEAST: f64 = 0.99;

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let files = std::fs::read_dir(folder).expect("the folder of pages").map(|entry| entry.expect("a file").path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "html")).collect();
    pages.sort();
    pages
}

/// Lines as the files of expectations write them.
fn written(document: &Document) -> Vec<String> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in document.text.lines() {
        let marked = document.stretches.iter().find(|stretch| stretch.span.start() == start).map(|stretch| stretch.part);
        let mark = match marked {
            Some(Part::Headline) => "# ",
            Some(Part::Caption) => "! ",
            Some(Part::Furniture) => "~ ",
            Some(Part::Text) | None => "",
        };
        lines.push(format!("{mark}{}", line.split_whitespace().collect::<Vec<_>>().join(" ")));
        start += line.len() + 1;
    }
    lines
}

/// How often each word stands in the text and its headlines; one that is written without spaces counts letter by letter.
fn words(lines: &[String]) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.starts_with("! ") && !line.starts_with("~ ")) {
        for chunk in line.trim_start_matches("# ").split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let wide = chunk.chars().any(|character| ('\u{3040}'..='\u{9fff}').contains(&character));
            let parts: Vec<String> = if wide { chunk.chars().map(String::from).collect() } else { vec![chunk.to_owned()] };
            parts.into_iter().for_each(|part| *words.entry(part).or_default() += 1);
        }
    }
    words
}

fn said(document: &Document) -> BTreeMap<&'static str, String> {
    let mut said = BTreeMap::new();
    for (key, value) in [
        ("title", document.title.clone()),
        ("published", document.published.as_ref().map(ToString::to_string)),
        ("authors", Some(document.authors.join("; ")).filter(|names| !names.is_empty())),
        ("site", document.site.clone()),
        ("canonical", document.canonical.clone()),
        ("language", document.language.clone()),
    ] {
        said.extend(value.map(|value| (key, value)));
    }
    said
}

#[test]
fn pages_are_read_as_expected() {
    let (mut out, mut wrong) = (String::new(), Vec::new());
    let (mut f1s, mut bytes, mut seconds) = (Vec::new(), 0, 0.0);
    for path in pages() {
        let raw = std::fs::read(&path).expect("a page");
        let expected = std::fs::read_to_string(path.with_extension("txt")).expect("its expectations");
        let (head, body) = expected.split_once("\n\n").unwrap_or(("", expected.trim_start()));
        let began = Instant::now();
        let page = html::read(&raw, None, None, &|| false).expect("within the caps");
        seconds += began.elapsed().as_secs_f64();
        bytes += raw.len();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let (found, wanted) = (written(&page.document), body.lines().map(str::to_owned).collect::<Vec<_>>());
        let (found_words, wanted_words) = (words(&found), words(&wanted));
        let both: usize = wanted_words.iter().map(|(word, count)| (*count).min(found_words.get(word).copied().unwrap_or(0))).sum();
        let (all_found, all_wanted) = (found_words.values().sum::<usize>(), wanted_words.values().sum::<usize>());
        let f1 = 2.0 * both as f64 / (all_found + all_wanted) as f64;
        writeln!(
            out,
            "{f1:.3}  {:.3} of what is there is right, {:.3} of what is right is there  {name}",
            both as f64 / all_found.max(1) as f64,
            both as f64 / all_wanted.max(1) as f64
        )
        .expect("a string");
        for line in wanted.iter().filter(|line| !found.contains(line)) {
            writeln!(out, "    lost: {line}").expect("a string");
        }
        for line in found.iter().filter(|line| !wanted.contains(line)) {
            writeln!(out, "    let in: {line}").expect("a string");
        }
        f1s.push(f1);
        let expected: BTreeMap<&str, String> =
            head.lines().filter_map(|line| line.split_once(": ")).map(|(key, value)| (key, value.to_owned())).collect();
        let said = said(&page.document);
        if said != expected {
            wrong.push(format!("{name}: {said:?}, expected {expected:?}"));
        }
    }
    let mean = f1s.iter().sum::<f64>() / f1s.len() as f64;
    let rate = bytes as f64 / seconds / 1e6;
    println!("{out}{} pages: F1 {mean:.4}; {rate:.0} MB/s over {bytes} bytes\n{}", f1s.len(), wrong.join("\n"));
    assert!(mean >= LEAST, "F1 {mean:.4} is less than {LEAST}:\n{out}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
