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
        let index = Index::of(papers);
        for (number, judgement) in judgements.iter().enumerate() {
            if verdicts.apply(number, judgement, &index).is_none() {
                verdicts.orphans.push(number);
            }
        }
        verdicts
    }

    fn apply(&mut self, number: usize, judgement: &Judgement, index: &Index<'_>) -> Option<()> {
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
            Judgement::Correct { claim, field, value } => {
                self.corrected.push(Correction {
                    judgement: number,
                    claim: index.find(claim)?,
                    field: field.clone(),
                    value: value.clone(),
                });
            }
            Judgement::Merge { one, other } => {
                let pair = index.pair(one, other)?;
                self.apart.remove(&pair);
                self.together.insert(pair);
            }
            Judgement::Split { one, other } => {
                let pair = index.pair(one, other)?;
                self.together.remove(&pair);
                self.apart.insert(pair);
            }
        }
        Some(())
    }
}

/// The claims by what they rest on.
struct Index<'a> {
    claims: BTreeMap<(&'a str, &'static str), Vec<Placed<'a>>>,
}

struct Placed<'a> {
    id: String,
    start: usize,
    end: usize,
    nth: usize,
    basis: &'a Basis,
}

impl<'a> Index<'a> {
    fn of(papers: &[Paper<'a>]) -> Index<'a> {
        let mut index = Index { claims: BTreeMap::new() };
        for paper in papers {
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
        let (_, placed) = self.claims.iter().find(|((sha256, entry), _)| *sha256 == key.sha256 && *entry == key.entry)?;
        let exact = placed.iter().find(|claim| (claim.start, claim.end, claim.nth) == (key.start, key.end, key.nth));
        let overlap = |claim: &&Placed<'_>| {
            let of = |start: usize, end: usize| end.min(key.end).saturating_sub(start.max(key.start));
            claim.basis.evidence.iter().map(|words| of(words.start, words.end)).max().unwrap_or(0)
        };
        let moved = || placed.iter().rev().max_by_key(overlap).filter(|claim| overlap(claim) > 0);
        exact.or_else(moved).map(|claim| claim.id.clone())
    }

    fn pair(&self, one: &Key, other: &Key) -> Option<(String, String)> {
        let (one, other) = (self.find(one)?, self.find(other)?);
        (one != other).then(|| if one < other { (one, other) } else { (other, one) })
    }
}
