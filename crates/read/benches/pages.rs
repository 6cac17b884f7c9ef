//! Pages of the web a second, on one core: `cargo bench -p chancery-read`.
//!
//! In: the pages of the tests. Out: megabytes of HTML a second. Never: a bound that a busy machine would break.

use chancery_read::html;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long pages are read.
const SPAN: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut pages = Vec::new();
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"))? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(std::fs::read(path)?);
        }
    }
    let (began, mut bytes) = (Instant::now(), 0);
    while began.elapsed() < SPAN {
        for raw in &pages {
            html::read(raw, None, None, &|| false)?;
            bytes += raw.len();
        }
    }
    println!("{} pages over and over: {:.1} MB/s", pages.len(), bytes as f64 / began.elapsed().as_secs_f64() / 1e6);
    Ok(())
}
