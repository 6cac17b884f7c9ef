//! How fast documents are read on one core, against bare passes over the same bytes that only look for patterns.
//!
//! In: the examples, repeated. Out: megabytes a second and their ratio. Never: a verdict; budgets stand in the design.

use chancery::{Document, Library, examples};
use chancery_export::v1;
use chancery_extract::Stage;
use chancery_language::Text;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::Instant;

/// Rounds of which the median is told.
const ROUNDS: usize = 7;
/// Bytes read in a round, at least.
const BYTES: usize = 1 << 20;

/// Median seconds of `work`.
fn seconds(mut work: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// The forms of a pack, cut as its texts are, in an automaton that finds the longest first.
fn automaton(library: &Library, tag: &str) -> Option<CharwiseDoubleArrayAhoCorasick<u32>> {
    let forms: BTreeSet<String> = library.entries(tag).iter().map(|entry| library.cut(tag, &entry.form.replace('*', "")).folded).collect();
    let forms: Vec<String> = forms.into_iter().filter(|form| !form.is_empty()).collect();
    CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(forms).ok()
}

fn main() -> Result<(), chancery::Error> {
    let start = Instant::now();
    let library = Library::built_in()?;
    println!("packs and tables loaded in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let documents: Vec<(String, Document)> = examples::built_in().into_iter().map(|example| (example.language, example.document)).collect();
    let once: usize = documents.iter().map(|(_, document)| document.text.len()).sum();
    if once == 0 {
        println!("no examples");
        return Ok(());
    }
    let repeats = BYTES.div_ceil(once);
    let megabytes = (once * repeats) as f64 / 1e6;
    let start = Instant::now();
    documents.iter().for_each(|(_, document)| drop(library.read_document(document.clone())));
    println!("first pass, matchers compiled: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);

    let all = || (0..repeats).flat_map(|_| &documents);
    let json = |document: &Document| v1::line(&v1::reading(&library.read_document(document.clone()))).map_or(0, |line| line.len());
    let read = seconds(|| all().map(|(_, document)| json(document)).sum());
    println!("read end to end:   {:>8.2} MB/s  ({megabytes:.1} MB, one core, as JSON)", megabytes / read);
    // the floor: the same bytes, cut beforehand, through the forms of their language and nothing else
    let cut: Vec<(&str, Text)> =
        documents.iter().map(|(language, document)| (language.as_str(), library.cut(language, &document.text))).collect();
    let keys = seconds(|| (0..repeats).flat_map(|_| &cut).map(|(language, cut)| library.count_patterns(language, cut)).sum());
    println!("bare pass of keys: {:>8.2} MB/s, {:>6.1} times as fast", megabytes / keys, read / keys);
    let automata: BTreeMap<&str, _> =
        library.packs().iter().map(|pack| (&*pack.settings.tag, automaton(&library, &pack.settings.tag))).collect();
    let count =
        |(language, cut): &(&str, Text)| automata[language].as_ref().map_or(0, |forms| forms.leftmost_find_iter(&cut.folded).count());
    let bare = seconds(|| (0..repeats).flat_map(|_| &cut).map(count).sum());
    println!("bare daachorse:    {:>8.2} MB/s, {:>6.1} times as fast", megabytes / bare, read / bare);

    let mut before = 0.0;
    for stage in Stage::ALL {
        let until = seconds(|| all().map(|(_, document)| library.read_to(stage, document)).sum());
        // to find forms a text is cut, and all that comes later begins with both
        println!(
            "up to {:<10} {:>8.2} MB/s, {:>5.1} % of reading",
            format!("{stage:?}").to_lowercase(),
            megabytes / until,
            100.0 * (until - before) / read
        );
        before = until;
    }
    Ok(())
}
