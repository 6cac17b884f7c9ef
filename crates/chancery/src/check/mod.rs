//! Whether a pack is as `docs/packs.md` says: shape, values, references, collisions, coverage, tests.
//!
//! In: a library and the tag of a pack. Out: faults and warnings, each with its place. Never: changes a file.

mod coverage;
mod homographs;
mod shape;
mod values;

use crate::library::{Error, Library};
use crate::pack_tests::{self, PackTest};
use chancery_language::Pack;
use std::fmt;

/// Something to mend (a fault) or to look at (a warning).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// File.
    pub path: String,
    /// Line, from 1; 0 where it concerns the whole.
    pub line: usize,
    /// What was expected and found, and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.message),
            line => write!(out, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// A test that the program does not bear out.
#[derive(Clone, PartialEq, Debug)]
pub struct FailedTest {
    /// The test.
    pub test: PackTest,
    /// What differs, a line each.
    pub differences: Vec<String>,
}

/// What a check found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    /// Must be mended.
    pub faults: Vec<Finding>,
    /// May be right.
    pub warnings: Vec<Finding>,
    /// Tests that fail.
    pub failed: Vec<FailedTest>,
    /// Tests run.
    pub tests: usize,
    /// Entries of the pack.
    pub entries: usize,
}

impl Report {
    /// Whether nothing must be mended.
    pub fn is_right(&self) -> bool {
        self.faults.is_empty() && self.failed.is_empty()
    }
}

/// Checks the pack of a language.
///
/// # Errors
/// Where no folder of that name holds a pack.
pub fn check(library: &Library, tag: &str) -> Result<Report, Error> {
    let files = library.pack_files(tag);
    let mut report = Report::default();
    let (pack, errors) = Pack::load_what_is_right(files);
    report.faults.extend(errors.into_iter().map(|error| Finding {
        path: format!("languages/{}", error.path),
        line: error.line,
        message: error.message,
    }));
    if files.is_empty() {
        library.pack(tag)?;
    }
    let Some((pack, entries)) = pack else { return Ok(report) };
    report.entries = entries.len();
    shape::check(files, &pack, tag, &mut report);
    let lines = shape::lines(files);
    values::check(&lines, library.reference(), &library.cues(), &mut report);
    let (tests, faults) = pack_tests::of_language(library, tag);
    report.faults.extend(faults.into_iter().map(|(path, line, message)| Finding { path, line, message }));
    coverage::check(&pack, &entries, &tests, tag, &mut report);
    homographs::check(&pack, &tests, library.reference(), &format!("languages/{tag}/common_words.txt"), &mut report);
    report.tests = tests.len();
    for test in tests {
        let outcome = pack_tests::run(&test, library);
        if !outcome.is_right() {
            let differences = outcome.describe(&test.expected);
            report.failed.push(FailedTest { test, differences });
        }
    }
    report.faults.sort();
    report.warnings.sort();
    Ok(report)
}
