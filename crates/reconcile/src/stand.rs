//! What stands behind an entry: its claims, its independent sources, its id.
//!
//! In: the claims of an entry. Out: its support, values with who says them, the entry itself. Never: knows what the entry is about.

use crate::group::Link;
use crate::independence::{Copies, Sources};
use crate::judgement::Verdicts;
use crate::paper::{Claim, Claimed, Paper, entry_id};
use crate::report::Basis;
use chancery_model::record::{Backing, Conflict, Content, Entry, Join, SCHEMA, Said};
use std::collections::{BTreeMap, BTreeSet};

/// No more than this is ever believed without a person's word.
const MOST: f64 = 0.99;

/// A claim that stands behind an entry.
pub(crate) struct Backer<'c> {
    pub id: &'c str,
    pub paper: usize,
    pub basis: Basis<'c>,
}

/// All that stands behind an entry.
pub(crate) struct Stand<'c> {
    papers: &'c [Paper<'c>],
    pub backers: Vec<Backer<'c>>,
    pub sources: Sources,
}

impl<'c> Stand<'c> {
    /// Of claims in the order of the papers.
    pub fn of<'a, T: Claimed>(papers: &'c [Paper<'c>], copies: &Copies, claims: impl Iterator<Item = &'c Claim<'a, T>>) -> Stand<'c>
    where
        'a: 'c,
    {
        let backers: Vec<Backer<'c>> =
            claims.map(|claim| Backer { id: &claim.id, paper: claim.paper, basis: claim.body.basis() }).collect();
        let sources = copies.among(papers, &backers.iter().map(|backer| backer.paper).collect());
        Stand { papers, backers, sources }
    }

    pub fn paper(&self, backer: usize) -> &'c Paper<'c> {
        &self.papers[self.backers[backer].paper]
    }

    /// The claim of the earliest report, by which the entry is called.
    pub fn first(&self) -> usize {
        let rank = |&backer: &usize| {
            let published = self.paper(backer).published;
            (published.is_none(), published, self.backers[backer].id)
        };
        (0..self.backers.len()).min_by_key(rank).unwrap_or(0)
    }

    pub fn id(&self) -> String {
        self.backers.get(self.first()).map_or_else(String::new, |first| entry_id(first.id))
    }

    /// Independent sources among backers.
    pub fn count(&self, backers: impl IntoIterator<Item = usize>) -> usize {
        self.sources.count(backers.into_iter().map(|backer| self.backers[backer].paper))
    }

    pub fn ids(&self, backers: &[usize]) -> Vec<String> {
        backers.iter().map(|&backer| self.backers[backer].id.to_owned()).collect()
    }

    /// Values with the backers that give them: those of most sources first, then in the order of the values.
    pub fn said<V: Ord>(&self, values: impl IntoIterator<Item = (V, usize)>) -> Vec<Said<V>> {
        let mut given: BTreeMap<V, Vec<usize>> = BTreeMap::new();
        for (value, backer) in values {
            let backers = given.entry(value).or_default();
            if backers.last() != Some(&backer) {
                backers.push(backer);
            }
        }
        let mut said: Vec<Said<V>> = given
            .into_iter()
            .map(|(value, backers)| Said { value, claims: self.ids(&backers), sources: self.count(backers), inferred: None })
            .collect();
        said.sort_by_key(|said| std::cmp::Reverse(said.sources));
        said
    }

    /// The same in the order of the values.
    pub fn listed<V: Ord>(&self, values: impl IntoIterator<Item = (V, usize)>) -> Vec<Said<V>> {
        let mut said = self.said(values);
        said.sort_by(|one, other| one.value.cmp(&other.value));
        said
    }

    /// Why claims were joined, under their ids.
    pub fn joins(&self, links: &[Link], id: &dyn Fn(usize) -> String) -> Vec<Join> {
        let weight = |link: &Link| if link.weight.is_finite() { link.weight } else { 0.0 };
        let join = |link: &Link| Join {
            one: id(link.one),
            other: id(link.other),
            weight: weight(link),
            reasons: vec![(link.reason.clone(), weight(link))],
        };
        links.iter().map(join).collect()
    }

    /// The entry.
    pub fn entry(&self, content: Content, conflicts: Vec<Conflict>, joins: Vec<Join>, apart: Vec<Join>, verdicts: &Verdicts) -> Entry {
        let id = self.id();
        let mut aliases: Vec<String> = self.backers.iter().map(|backer| entry_id(backer.id)).filter(|alias| *alias != id).collect();
        aliases.sort_unstable();
        aliases.dedup();
        let any = |verdicts: &BTreeSet<String>| self.backers.iter().any(|backer| verdicts.contains(backer.id));
        let (accepted, unsure) = (any(&verdicts.accepted), any(&verdicts.unsure));
        let claims = (0..self.backers.len()).map(|backer| self.backing(backer)).collect();
        Entry {
            schema: SCHEMA.to_owned(),
            id,
            aliases,
            content,
            support: self.sources.support.clone(),
            confidence: if accepted { 1.0 } else { self.confidence() },
            judged: if accepted { Some("accepted".to_owned()) } else { unsure.then(|| "unsure".to_owned()) },
            conflicts,
            claims,
            joins,
            apart,
        }
    }

    fn backing(&self, backer: usize) -> Backing {
        let Backer { id, paper, basis } = &self.backers[backer];
        let source = self.papers[*paper].source;
        Backing {
            claim: (*id).to_owned(),
            document: source.id.clone(),
            language: source.language.clone(),
            published: source.published.clone(),
            origin: self.sources.group.get(paper).copied().unwrap_or(1),
            modality: basis.modality,
            side: basis.side.map(str::to_owned),
            rule: basis.rule.to_owned(),
            confidence: basis.confidence,
            evidence: basis.evidence.to_vec(),
        }
    }

    /// The probability that not all independent sources were misread: of each its surest claim counts.
    fn confidence(&self) -> f64 {
        let mut surest: BTreeMap<usize, f64> = BTreeMap::new();
        for backer in &self.backers {
            let group = self.sources.group.get(&backer.paper).copied().unwrap_or(0);
            let known = surest.entry(group).or_default();
            *known = known.max(backer.basis.confidence.clamp(0.0, 1.0));
        }
        let right = 1.0 - surest.values().map(|confidence| 1.0 - confidence).product::<f64>();
        (right.min(MOST) * 1000.0).round() / 1000.0
    }
}
