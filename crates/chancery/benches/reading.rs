//! How fast documents are read on one core, against the bare pattern pass over the same bytes.
//!
//! In: the examples, repeated. Out: megabytes a second and their ratio. Never: a verdict; budgets stand in the design.

use chancery::{Document, Library, examples};
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

    let read = seconds(|| {
        (0..repeats).flat_map(|_| &documents).map(|(_, document)| library.read_document(document.clone()).claims.contacts.len()).sum()
    });
    // the floor: the same bytes, cut beforehand, through the keys of their language and nothing else
    let cut: Vec<(&str, _)> =
        documents.iter().map(|(language, document)| (language.as_str(), library.cut(language, &document.text))).collect();
    let patterns = seconds(|| (0..repeats).flat_map(|_| &cut).map(|(language, cut)| library.count_patterns(language, cut)).sum());
    println!("read end to end:   {:>8.2} MB/s  ({megabytes:.1} MB, one core)", megabytes / read);
    println!("bare pattern pass: {:>8.2} MB/s", megabytes / patterns);
    println!("ratio:             {:>8.1}", read / patterns);
    Ok(())
}
