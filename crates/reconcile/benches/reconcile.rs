//! How fast reports become a record, and how the time grows with their number.
//!
//! In: generated reports; how many may be given. Out: reports a second, growth, peak memory. Never: a verdict.

#[path = "../src/tests/generated.rs"]
mod generated;

use chancery_reconcile::{Fingerprint, Report, Source, reconcile};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let given: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![10_000, 20_000, 100_000] } else { given };
    let mut before: Option<(u64, f64)> = None;
    for size in sizes {
        let reports = generated::reports(size);
        let start = Instant::now();
        let record = black_box(reconcile(&reports, &[], &()));
        let seconds = start.elapsed().as_secs_f64();
        let growth = before.map_or(String::new(), |(less, earlier)| {
            format!(", {:.2} times the time of {less} for {:.1} times the reports", seconds / earlier, size as f64 / less as f64)
        });
        println!("{size} reports: {seconds:.2} s, {:.0} a second, {} entries{growth}", size as f64 / seconds, record.entries.len());
        before = Some((size, seconds));
    }
    if let Some(peak) = peak() {
        println!("peak memory {peak} with the reports");
    }
}

/// The most memory that the process held, where the system tells.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|peak| peak.trim().to_owned())
}
