//! Claims of many documents become the record.
//!
//! In: reports, judgements. Out: entries, the same in whatever order the reports come. Never: asks a clock, reads a file, averages
//! or throws away what a claim says.

pub mod fingerprint;
pub mod report;

mod conflict;
mod contact;
mod independence;
mod judgement;
mod paper;
mod stand;

pub use fingerprint::Fingerprint;
pub use report::{Judgement, Key, Report, Source};

use chancery_model::record::Entry;
use independence::Copies;
use jiff::civil::Date;
use judgement::Verdicts;

/// What many documents say, with what became of the judgements.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// The entries, by id.
    pub entries: Vec<Entry>,
    /// Numbers of the judgements whose evidence is gone.
    pub orphans: Vec<usize>,
}

/// The record of reports under judgements, which are given in their order.
pub fn reconcile(reports: &[Report], judgements: &[Judgement]) -> Record {
    let papers = paper::papers(reports);
    let verdicts = Verdicts::of(judgements, &papers);
    let copies = Copies::find(&papers);
    let mut entries = contact::entries(&papers, &copies, &verdicts);
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    Record { entries, orphans: verdicts.orphans }
}

/// The reports that were published on that day or before; those without a day of publication are not among them, as nobody can tell
/// whether they were known.
pub fn as_known_on(reports: &[Report], day: Date) -> Vec<Report> {
    let known =
        |report: &&Report| report.source.published.as_ref().and_then(|published| published.latest()).is_some_and(|last| last <= day);
    reports.iter().filter(known).cloned().collect()
}

#[cfg(test)]
mod tests;
