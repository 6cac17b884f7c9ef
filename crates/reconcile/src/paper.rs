//! The documents in their one order, and their claims with public ids.
//!
//! In: reports in any order. Out: each text once, by date of publication; claims under ids that hold as long as their words do.
//! Never: an order or an id that depends on what else was read.

use crate::independence::days_between;
use crate::report::{Basis, Commitment, Contact, Figure, Reading, Report, Source, Standing, Statement};
use chancery_model::record::Words;
use chancery_model::{ContactStatus, Edtf, Modality};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A text with all documents that have it word for word.
pub(crate) struct Paper<'a> {
    /// The first of them.
    pub source: &'a Source,
    /// The others.
    pub twins: Vec<&'a Source>,
    pub reading: &'a Reading,
    /// Day of publication; the last where a month is given.
    pub published: Option<Date>,
    /// The days within which it was written: those of publication, or else the last day of which it tells as past.
    pub told: Option<(Date, Date)>,
}

/// Something that a document says and that can become part of an entry.
pub(crate) trait Claimed: Sized + 'static {
    /// The word for its kind of entry.
    const ENTRY: &'static str;
    fn all(reading: &Reading) -> &[Self];
    fn basis(&self) -> Basis<'_>;
}

macro_rules! claimed {
    ($($claim:ident in $field:ident as $entry:literal),+ $(,)?) => {
        $(impl Claimed for $claim {
            const ENTRY: &'static str = $entry;
            fn all(reading: &Reading) -> &[$claim] { &reading.$field }
            fn basis(&self) -> Basis<'_> { $claim::basis(self) }
        })+
    };
}

claimed! {
    Contact in contacts as "contact",
    Statement in statements as "statement",
    Commitment in commitments as "commitment",
    Figure in figures as "figure",
    Standing in standings as "standing",
}

/// A claim with its paper.
pub(crate) struct Claim<'a, T> {
    /// Public id.
    pub id: String,
    /// Index of its paper.
    pub paper: usize,
    pub body: &'a T,
}

/// Each text once, by date of publication (those without one last), then by id.
pub(crate) fn papers(reports: &[Report]) -> Vec<Paper<'_>> {
    let mut ordered: Vec<&Report> = reports.iter().collect();
    ordered.sort_by(|one, other| rank(&one.source).cmp(&rank(&other.source)));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut papers: Vec<Paper<'_>> = Vec::new();
    for report in ordered {
        let source = &report.source;
        if let Some(&index) = seen.get(source.sha256.as_str()) {
            let paper = &mut papers[index];
            if paper.source.id != source.id && paper.twins.iter().all(|twin| twin.id != source.id) {
                paper.twins.push(source);
            }
            continue;
        }
        seen.insert(&source.sha256, papers.len());
        let written = source.published.as_ref().and_then(written);
        papers.push(Paper {
            source,
            twins: Vec::new(),
            reading: &report.reading,
            published: written.map(|(_, last)| last),
            told: written.or_else(|| last_told(report).map(|day| (day, day))),
        });
    }
    papers
}

fn rank(source: &Source) -> (bool, Option<&Edtf>, &str, &str, Option<&str>) {
    (source.published.is_none(), source.published.as_ref(), &source.id, &source.sha256, source.address.as_deref())
}

/// Longest time of publication that says when something was written.
const MONTH: i32 = 31;

fn written(published: &Edtf) -> Option<(Date, Date)> {
    let (first, last) = (published.earliest()?, published.latest()?);
    (days_between(first, last) <= MONTH).then_some((first, last))
}

fn last_told(report: &Report) -> Option<Date> {
    let held = |contact: &&Contact| contact.status == ContactStatus::Held && contact.modality != Modality::Hypothetical;
    report.reading.contacts.iter().filter(held).filter_map(|contact| contact.date.as_ref()?.day()).max()
}

/// All claims of one kind that count, in the order of the papers; `rejected` holds ids of those that a person rejected.
pub(crate) fn claims<'a, T: Claimed>(papers: &[Paper<'a>], rejected: &BTreeSet<String>) -> Vec<Claim<'a, T>> {
    let mut claims = Vec::new();
    for (index, paper) in papers.iter().enumerate() {
        for (id, body) in identified::<T>(paper.source, paper.reading) {
            if body.basis().modality != Modality::Hypothetical && !rejected.contains(&id) {
                claims.push(Claim { id, paper: index, body });
            }
        }
    }
    claims
}

/// The claims of one kind in a reading with their public ids: `c-` and twelve digits of the SHA-256 over the text's own, the kind
/// of entry, where the first evidence stands, and which of several there it is.
pub(crate) fn identified<'a, T: Claimed>(source: &'a Source, reading: &'a Reading) -> impl Iterator<Item = (String, &'a T)> {
    let mut before: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    T::all(reading).iter().map(move |body| {
        let (start, end) = place(body.basis());
        let nth = before.entry((start, end)).or_default();
        let id = claim_id(&source.sha256, T::ENTRY, start, end, *nth);
        *nth += 1;
        (id, body)
    })
}

/// Where the first evidence stands.
pub(crate) fn place(basis: Basis<'_>) -> (usize, usize) {
    basis.evidence.first().map_or((0, 0), |Words { start, end, .. }| (*start, *end))
}

pub(crate) fn claim_id(sha256: &str, entry: &str, start: usize, end: usize, nth: usize) -> String {
    let digest = Sha256::digest(format!("{sha256}\n{entry}\n{start}\n{end}\n{nth}"));
    digest.iter().take(6).fold("c-".to_owned(), |id, byte| format!("{id}{byte:02x}"))
}

/// The id of the entry that a claim stands for.
pub(crate) fn entry_id(claim: &str) -> String {
    claim.replacen("c-", "e-", 1)
}

impl crate::Key {
    /// Public id of the claim that rests on exactly these words.
    pub fn claim_id(&self) -> String {
        claim_id(&self.sha256, &self.entry, self.start, self.end, self.nth)
    }
}
