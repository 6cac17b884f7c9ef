//! Claims of many documents become the record.
//!
//! In: reports, judgements. Out: entries, the same in whatever order the reports come. Never: asks a clock, reads a file, averages
//! or throws away what a claim says.

pub mod fingerprint;
pub mod report;

mod commitment;
mod contact;
mod correction;
mod figure;
mod independence;
mod judgement;
mod occasion;
mod outcome;
mod paper;
mod sides;
mod standing;
mod statement;

mod conflict;
mod group;
mod stand;
mod wording;

pub use fingerprint::Fingerprint;
pub use report::{Judgement, Key, Report, Source};

use chancery_model::record::Entry;
use independence::Copies;
use jiff::civil::Date;
use judgement::Verdicts;
use occasion::Occasions;

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
    let contacts = contact::entries(&papers, &copies, &verdicts);
    let occasions = Occasions::of(&contacts);
    let mut others = statement::entries(&papers, &copies, &occasions, &verdicts);
    others.extend(figure::entries(&papers, &copies, &occasions, &verdicts));
    others.extend(commitment::entries(&papers, &copies, &occasions, &contacts, &verdicts));
    others.extend(standing::entries(&papers, &copies, &verdicts));
    let mut entries = contacts;
    entries.extend(others);
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    sides::compare(&mut entries);
    let mut orphans = verdicts.orphans.clone();
    orphans.extend(correction::apply(&mut entries, &verdicts));
    orphans.sort_unstable();
    Record { entries, orphans }
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
