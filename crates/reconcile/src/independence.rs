//! Who copied whom, so that copies never corroborate each other.
//!
//! In: papers. Out: origin groups, each join with its reason. Never: knows what the papers tell of.

use crate::fingerprint::mixed;
use crate::paper::Paper;
use chancery_model::record::Support;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a band of minima: two texts that share 7 of 10 shingles meet in one of the bands 99 times in 100.
const ROWS: usize = 4;
/// Share of word shingles from which a text is a near copy.
const NEAR_COPY: f64 = 0.5;
/// Papers that a paper is compared with in a band.
const COMPARED: usize = 8;
/// Elements of a shingle of a trace, and how many shingles stand for a trace.
const TRACE_SHINGLE: usize = 3;
const TRACE_SAMPLE: usize = 48;
/// Traces that may share a shingle before it counts as a commonplace.
const COMMONPLACE: usize = 64;
/// Shingles of traces that two papers must share to be compared.
const SHARED_SHINGLES: usize = 2;
/// Days between a text and its translation.
const TRANSLATED_WITHIN: i32 = 14;

/// Papers that are copies of each other, whatever they are read for.
pub(crate) struct Copies {
    groups: Groups,
    /// Of each paper those that it was found alike with, and why.
    reasons: BTreeMap<usize, Vec<(usize, String)>>,
}

/// The independent sources of an entry.
pub(crate) struct Sources {
    /// Number of the origin group of each paper, from 1.
    pub group: BTreeMap<usize, usize>,
    pub support: Support,
}

impl Copies {
    pub fn find(papers: &[Paper<'_>]) -> Copies {
        let mut copies = Copies { groups: Groups::new(papers.len()), reasons: BTreeMap::new() };
        copies.same_address(papers);
        copies.near_copies(papers);
        copies.translations(papers);
        copies
    }

    fn join(&mut self, one: usize, other: usize, reason: impl FnOnce() -> String) {
        if self.groups.join(one, other) {
            let reason = reason();
            self.reasons.entry(one).or_default().push((other, reason.clone()));
            self.reasons.entry(other).or_default().push((one, reason));
        }
    }

    fn same_address(&mut self, papers: &[Paper<'_>]) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, paper) in papers.iter().enumerate() {
            let addresses = std::iter::once(&paper.source).chain(&paper.twins).flat_map(|source| [&source.canonical, &source.address]);
            for address in addresses.flatten().map(|address| bare(address)).collect::<BTreeSet<_>>() {
                let earlier = *first.entry(address).or_insert(index);
                self.join(earlier, index, || format!("one address, {address}"));
            }
        }
    }

    fn near_copies(&mut self, papers: &[Paper<'_>]) {
        let mut bands: Vec<(usize, u64, usize)> = Vec::new();
        for (index, paper) in papers.iter().enumerate() {
            for (band, rows) in paper.source.fingerprint.minima.chunks(ROWS).enumerate() {
                bands.push((band, rows.iter().fold(0, |hash, row| mixed(hash ^ row)), index));
            }
        }
        bands.sort_unstable();
        for alike in bands.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            for (at, &(.., other)) in alike.iter().enumerate() {
                for &(.., one) in alike[..at].iter().take(COMPARED) {
                    if self.groups.root(one) == self.groups.root(other) {
                        continue;
                    }
                    let shared = papers[one].source.fingerprint.shared_words(&papers[other].source.fingerprint);
                    if shared >= NEAR_COPY {
                        self.join(one, other, || format!("about {:.0} % of the runs of five words are the same", shared * 100.0));
                    }
                }
            }
        }
    }

    fn translations(&mut self, papers: &[Paper<'_>]) {
        let mut postings: Vec<(u64, usize)> = Vec::new();
        for (index, paper) in papers.iter().enumerate() {
            postings.extend(sample(&paper.source.fingerprint.trace).into_iter().map(|hash| (hash, index)));
        }
        postings.sort_unstable();
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for run in postings.chunk_by(|one, other| one.0 == other.0).filter(|run| run.len() <= COMMONPLACE) {
            for (at, &(_, other)) in run.iter().enumerate() {
                for &(_, one) in &run[..at] {
                    if papers[one].source.language != papers[other].source.language && near(&papers[one], &papers[other]) {
                        *shared.entry((one, other)).or_default() += 1;
                    }
                }
            }
        }
        for ((one, other), count) in shared {
            if count < SHARED_SHINGLES || self.groups.root(one) == self.groups.root(other) {
                continue;
            }
            let (first, second) = (&papers[one].source.fingerprint, &papers[other].source.fingerprint);
            if first.translates(second) {
                let share = first.shared_order(second) * 100.0;
                self.join(one, other, || format!("{share:.0} % of the names, numbers and quotations come in the same order"));
            }
        }
    }

    /// Why a paper is a copy of an earlier one: by itself, or by way of another.
    fn reason(&self, papers: &[Paper<'_>], members: &BTreeSet<usize>, earlier: usize, index: usize) -> String {
        let alike = self.reasons.get(&index).map_or(&[][..], Vec::as_slice);
        let direct = alike.iter().find(|(other, _)| *other == earlier);
        let by_way = || alike.iter().find(|(other, _)| members.contains(other));
        match direct.or_else(by_way) {
            Some((other, reason)) if *other == earlier => reason.clone(),
            Some((other, reason)) => format!("by way of {}: {reason}", papers[*other].source.id),
            None => "both are copies of one text".to_owned(),
        }
    }

    /// Whether two papers are copies of one text.
    pub fn are_one(&self, one: usize, other: usize) -> bool {
        self.groups.root(one) == self.groups.root(other)
    }

    /// The independent sources among papers of one entry: beside copies, those that credit one agency and those of one publisher
    /// are one.
    pub fn among(&self, papers: &[Paper<'_>], members: &BTreeSet<usize>) -> Sources {
        let listed: Vec<usize> = members.iter().copied().collect();
        let mut groups = Groups::new(listed.len());
        let mut told = Vec::new();
        let name = |at: usize| papers[listed[at]].source.id.as_str();
        for (at, index) in listed.iter().enumerate() {
            told.extend(papers[*index].twins.iter().map(|twin| format!("{} is a copy of {}: the same text", twin.id, name(at))));
        }
        let mut link = |groups: &mut Groups, one: usize, other: usize, reason: &str| {
            if groups.join(one, other) {
                told.push(format!("{} is a copy of {}: {reason}", name(other), name(one)));
            }
        };
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, &index) in listed.iter().enumerate() {
            let earlier = *first.entry(self.groups.root(index)).or_insert(at);
            if earlier != at {
                link(&mut groups, earlier, at, &self.reason(papers, members, listed[earlier], index));
            }
        }
        let mut agencies: BTreeMap<String, usize> = BTreeMap::new();
        let mut publishers: BTreeMap<String, usize> = BTreeMap::new();
        for (at, &index) in listed.iter().enumerate() {
            for source in std::iter::once(&papers[index].source).chain(&papers[index].twins) {
                for origin in &source.origins {
                    let earlier = *agencies.entry(plain(origin)).or_insert(at);
                    link(&mut groups, earlier, at, &format!("both credit {origin}"));
                }
                if let Some(publisher) = &source.publisher {
                    let earlier = *publishers.entry(plain(publisher)).or_insert(at);
                    link(&mut groups, earlier, at, &format!("both are published by {publisher}"));
                }
            }
        }
        for (publisher, &at) in &publishers {
            for own in publisher.split('.').filter(|part| part.len() > 2) {
                if let Some(&crediting) = agencies.get(own) {
                    link(&mut groups, at, crediting, &format!("it credits {publisher}"));
                }
            }
        }
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut group = BTreeMap::new();
        for (at, &index) in listed.iter().enumerate() {
            let next = numbers.len() + 1;
            group.insert(index, *numbers.entry(groups.root(at)).or_insert(next));
        }
        let all = || listed.iter().flat_map(|&index| std::iter::once(&papers[index].source).chain(&papers[index].twins));
        let support = Support {
            documents: all().count(),
            languages: all().filter_map(|source| source.language.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            outlets: all().filter_map(|source| source.publisher.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            sources: numbers.len(),
            copies: told,
        };
        Sources { group, support }
    }
}

impl Sources {
    /// Independent sources among papers.
    pub fn count(&self, papers: impl IntoIterator<Item = usize>) -> usize {
        papers.into_iter().filter_map(|paper| self.group.get(&paper)).collect::<BTreeSet<_>>().len()
    }
}

/// An address without what does not tell pages apart.
fn bare(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split('#').next().unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    name.strip_prefix("www.").map(str::to_owned).unwrap_or(name)
}

fn near(one: &Paper<'_>, other: &Paper<'_>) -> bool {
    match (one.published, other.published) {
        (Some(one), Some(other)) => days_between(one, other).abs() <= TRANSLATED_WITHIN,
        _ => true,
    }
}

/// Days from one day to another.
pub(crate) fn days_between(one: jiff::civil::Date, other: jiff::civil::Date) -> i32 {
    one.until(other).map_or(i32::MAX / 2, |span| span.get_days())
}

/// The least hashes of the runs of different elements of a trace.
fn sample(trace: &[u64]) -> BTreeSet<u64> {
    let mut elements = trace.to_vec();
    elements.dedup();
    let runs: BTreeSet<u64> =
        elements.windows(TRACE_SHINGLE).map(|run| run.iter().fold(0, |all: u64, element| mixed(all.rotate_left(9) ^ element))).collect();
    runs.into_iter().take(TRACE_SAMPLE).collect()
}

/// Disjoint sets; the least member is the root, so that the order of joining does not matter.
pub(crate) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub fn new(count: usize) -> Groups {
        Groups { parent: (0..count).collect() }
    }

    pub fn root(&self, mut index: usize) -> usize {
        while self.parent[index] != index {
            index = self.parent[index];
        }
        index
    }

    /// Joins two sets; false where they were one.
    pub fn join(&mut self, one: usize, other: usize) -> bool {
        let (one_root, other_root) = (self.root(one), self.root(other));
        let root = one_root.min(other_root);
        // the ways of both are shortened, so that roots stay near
        for mut index in [one, other] {
            while self.parent[index] != index {
                index = std::mem::replace(&mut self.parent[index], root);
            }
            self.parent[index] = root;
        }
        one_root != other_root
    }
}
