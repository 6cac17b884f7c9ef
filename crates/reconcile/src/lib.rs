//! Claims of many documents become the record.
//!
//! In: reports, judgements. Out: entries, the same in whatever order the reports come. Never: asks a clock, reads a file, averages
//! or throws away what a claim says.

pub mod fingerprint;
pub mod report;

mod atlas;
mod commitment;
mod contact;
mod correction;
mod figure;
mod independence;
mod judgement;
mod occasion;
mod outcome;
mod paper;
mod people;
mod sides;
mod standing;
mod statement;

mod conflict;
mod group;
mod stand;
mod wording;

pub use atlas::Atlas;
pub use fingerprint::Fingerprint;
pub use report::{Judgement, Key, Report, Source};

use chancery_model::record::Entry;
use contact::Contacts;
use correction::Corrections;
use independence::Copies;
use jiff::civil::Date;
use judgement::Verdicts;
use occasion::Occasions;
use people::People;
use sides::Sides;

/// What many documents say, with what became of the judgements.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// The entries, by id.
    pub entries: Vec<Entry>,
    /// Numbers of the judgements whose evidence is gone.
    pub orphans: Vec<usize>,
}

/// The record of reports under judgements, which are given in their order.
pub fn reconcile(reports: &[Report], judgements: &[Judgement], atlas: &dyn Atlas) -> Record {
    let mut entries = Vec::new();
    let orphans = each_entry(reports, judgements, atlas, &mut |entry| entries.push(entry));
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    Record { entries, orphans }
}

/// Gives the entries of the record one by one, so that they need not all be held, and returns the numbers of the judgements whose
/// evidence is gone.
pub fn each_entry(reports: &[Report], judgements: &[Judgement], atlas: &dyn Atlas, take: &mut dyn FnMut(Entry)) -> Vec<usize> {
    let papers = paper::papers(reports);
    let verdicts = Verdicts::of(judgements, &papers);
    let mut corrections = Corrections::of(&verdicts.corrected);
    let copies = Copies::find(&papers);
    let people = People::of(&papers);
    let contacts = Contacts::of(&papers, &copies, &people, &verdicts, atlas);
    let occasions = Occasions::of(&contacts.entries);
    let mut sides = Sides::of(&contacts.entries);
    let mut other = |mut entry: Entry| {
        sides.hear(&entry);
        corrections.apply(&mut entry);
        take(entry);
    };
    statement::entries(&papers, &copies, &people, &occasions, &verdicts, &mut other);
    figure::entries(&papers, &copies, &occasions, &verdicts, &mut other);
    commitment::entries(&papers, &copies, &occasions, &contacts.entries, &verdicts, &mut other);
    standing::entries(&papers, &copies, &people, &verdicts, atlas, &mut other);
    drop(occasions);
    for mut entry in contacts.with_reasons() {
        sides.compare(&mut entry);
        corrections.apply(&mut entry);
        take(entry);
    }
    let mut orphans = verdicts.orphans.clone();
    orphans.extend(corrections.left());
    orphans.sort_unstable();
    orphans
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
