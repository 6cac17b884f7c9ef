//! What persons decided, led back to the claims of today.
//!
//! In: judgements, papers. Out: ids of claims accepted, rejected, corrected, joined and parted; what is left over. Never: keeps to a
//! row or a place in a list.

use crate::paper::{Claimed, Paper, identified, place};
use crate::report::{Basis, Commitment, Contact, Figure, Judgement, Key, Standing, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// Judgements as ids of claims.
#[derive(Default)]
pub(crate) struct Verdicts {
    pub accepted: BTreeSet<String>,
    pub rejected: BTreeSet<String>,
    pub unsure: BTreeSet<String>,
    /// In their order: the later wins.
    pub corrected: Vec<Correction>,
    pub together: BTreeSet<(String, String)>,
    pub apart: BTreeSet<(String, String)>,
    /// Numbers of the judgements whose evidence is gone.
    pub orphans: Vec<usize>,
}

/// A value that a person corrected.
pub(crate) struct Correction {
    /// Number of the judgement.
    pub judgement: usize,
    pub claim: String,
    pub field: String,
    pub value: String,
}

impl Verdicts {
    pub fn of(judgements: &[Judgement], papers: &[Paper<'_>]) -> Verdicts {
        let mut verdicts = Verdicts::default();
        if judgements.is_empty() {
            return verdicts;
        }
        let index = Index::of(papers, judgements);
        let mut sides = Sides::default();
        for (number, judgement) in judgements.iter().enumerate() {
            if verdicts.apply(number, judgement, &index, &mut sides).is_none() {
                verdicts.orphans.push(number);
            }
        }
        verdicts.apart = sides
            .splits
            .iter()
            .flat_map(|(ones, others)| ones.iter().flat_map(|one| others.iter().map(|other| pair(one, other))))
            .collect();
        verdicts.together = sides.merges.into_iter().collect();
        verdicts
    }

    fn apply(&mut self, number: usize, judgement: &Judgement, index: &Index<'_>, sides: &mut Sides) -> Option<()> {
        match judgement {
            Judgement::Accept { claim } => {
                let claim = index.find(claim)?;
                self.rejected.remove(&claim);
                self.accepted.insert(claim);
            }
            Judgement::Reject { claim } => {
                let claim = index.find(claim)?;
                self.accepted.remove(&claim);
                self.rejected.insert(claim);
            }
            Judgement::Unsure { claim } => _ = self.unsure.insert(index.find(claim)?),
            Judgement::Correct { claim, field, value } => {
                self.corrected.push(Correction {
                    judgement: number,
                    claim: index.find(claim)?,
                    field: field.clone(),
                    value: value.clone(),
                });
            }
            Judgement::Merge { one, other } => {
                let (one, other) = (index.find(one)?, index.find(other)?);
                (one != other).then(|| sides.merge(&one, &other))?;
            }
            Judgement::Split { one, other } => {
                let found = |keys: &[Key]| keys.iter().filter_map(|key| index.find(key)).collect::<BTreeSet<_>>();
                let (ones, mut others) = (found(one), found(other));
                others.retain(|other| !ones.contains(other));
                (!ones.is_empty() && !others.is_empty()).then(|| sides.split(ones, others))?;
            }
        }
        Some(())
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    let (one, other) = (one.min(other), one.max(other));
    (one.to_owned(), other.to_owned())
}

/// What was joined and parted so far; where two decisions cannot both hold, the later wins.
#[derive(Default)]
struct Sides {
    merges: Vec<(String, String)>,
    splits: Vec<(BTreeSet<String>, BTreeSet<String>)>,
}

impl Sides {
    fn merge(&mut self, one: &str, other: &str) {
        let (ones, others) = (self.joined_to(one), self.joined_to(other));
        let parts = |(first, second): &(BTreeSet<String>, BTreeSet<String>)| {
            let between = |one: &BTreeSet<String>, other: &BTreeSet<String>| !one.is_disjoint(first) && !other.is_disjoint(second);
            between(&ones, &others) || between(&others, &ones)
        };
        self.splits.retain(|split| !parts(split));
        self.merges.push(pair(one, other));
    }

    fn split(&mut self, ones: BTreeSet<String>, others: BTreeSet<String>) {
        // of what was joined before, that gives way which leads from one side to the other
        for merge in std::mem::take(&mut self.merges) {
            let end = merge.0.clone();
            self.merges.push(merge);
            let joined = self.joined_to(&end);
            if !joined.is_disjoint(&ones) && !joined.is_disjoint(&others) {
                self.merges.pop();
            }
        }
        self.splits.push((ones, others));
    }

    /// The claims that persons joined with this one, and itself.
    fn joined_to(&self, claim: &str) -> BTreeSet<String> {
        let mut joined = BTreeSet::from([claim.to_owned()]);
        loop {
            let known = joined.len();
            for (one, other) in &self.merges {
                if joined.contains(one) != joined.contains(other) {
                    joined.extend([one.clone(), other.clone()]);
                }
            }
            if joined.len() == known {
                return joined;
            }
        }
    }
}

/// The claims by what they rest on.
struct Index<'a> {
    claims: BTreeMap<(&'a str, &'a str), Vec<Placed<'a>>>,
}

struct Placed<'a> {
    id: String,
    start: usize,
    end: usize,
    nth: usize,
    basis: Basis<'a>,
}

impl<'a> Index<'a> {
    fn of(papers: &[Paper<'a>], judgements: &[Judgement]) -> Index<'a> {
        let mut index = Index { claims: BTreeMap::new() };
        let judged: BTreeSet<&str> = judgements.iter().flat_map(Judgement::keys).map(|key| key.sha256.as_str()).collect();
        for paper in papers.iter().filter(|paper| judged.contains(paper.source.sha256.as_str())) {
            index.add::<Contact>(paper);
            index.add::<Statement>(paper);
            index.add::<Commitment>(paper);
            index.add::<Figure>(paper);
            index.add::<Standing>(paper);
        }
        index
    }

    fn add<T: Claimed>(&mut self, paper: &Paper<'a>) {
        let mut placed: Vec<Placed<'a>> = Vec::new();
        for (id, claim) in identified::<T>(paper.source, paper.reading) {
            let (start, end) = place(claim.basis());
            let nth = placed.iter().filter(|earlier| (earlier.start, earlier.end) == (start, end)).count();
            placed.push(Placed { id, start, end, nth, basis: claim.basis() });
        }
        self.claims.entry((&paper.source.sha256, T::ENTRY)).or_default().extend(placed);
    }

    /// The claim that rests on the key's words. Where a newer reading moved its evidence, it is the one whose evidence has most of
    /// them.
    fn find(&self, key: &Key) -> Option<String> {
        let placed = self.claims.get(&(key.sha256.as_str(), key.entry.as_str()))?;
        let exact = placed.iter().find(|claim| (claim.start, claim.end, claim.nth) == (key.start, key.end, key.nth));
        let overlap = |claim: &&Placed<'_>| {
            let of = |start: usize, end: usize| end.min(key.end).saturating_sub(start.max(key.start));
            claim.basis.evidence.iter().map(|words| of(words.start, words.end)).max().unwrap_or(0)
        };
        let moved = || placed.iter().rev().max_by_key(overlap).filter(|claim| overlap(claim) > 0);
        exact.or_else(moved).map(|claim| claim.id.clone())
    }
}

impl Judgement {
    /// The claims that it is about.
    pub fn keys(&self) -> Vec<&Key> {
        match self {
            Judgement::Accept { claim } | Judgement::Reject { claim } | Judgement::Unsure { claim } | Judgement::Correct { claim, .. } => {
                vec![claim]
            }
            Judgement::Merge { one, other } => vec![one, other],
            Judgement::Split { one, other } => one.iter().chain(other).collect(),
        }
    }
}
