//! Contacts of many documents become occasions.
//!
//! In: claims of contacts. Out: their entries. Never: makes one occasion of two that any of their claims holds apart.

mod block;
mod cluster;
mod during;
mod entry;
mod fact;
pub(crate) mod history;
mod moved;
mod pair;

use crate::independence::Copies;
use crate::judgement::Verdicts;
use crate::paper::{Claim, Paper, claims};
use crate::report::Contact;
use crate::stand::Stand;
use chancery_model::record::{Content, Entry, Join};
use cluster::{Clusters, Decided, Pair};
use fact::{Fact, Names};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs held apart of which an entry tells.
const APART: usize = 5;

/// The entries of all contacts.
pub(crate) fn entries(papers: &[Paper<'_>], copies: &Copies, verdicts: &Verdicts) -> Vec<Entry> {
    let claims: Vec<Claim<'_, Contact>> = claims(papers, &verdicts.rejected);
    let names = Names::of(&claims);
    let numbers: BTreeMap<&str, usize> = claims.iter().enumerate().map(|(index, claim)| (claim.id.as_str(), index)).collect();
    let pairs = |pairs: &BTreeSet<(String, String)>| -> BTreeSet<(usize, usize)> {
        pairs.iter().filter_map(|(one, other)| Some((*numbers.get(one.as_str())?, *numbers.get(other.as_str())?))).collect()
    };
    let (together, apart) = (pairs(&verdicts.together), pairs(&verdicts.apart));
    let single = together.iter().chain(&apart).flat_map(|&(one, other)| [one, other]).collect();
    let facts = fact::facts(papers, &claims, &names, &single);
    let holder: BTreeMap<usize, usize> =
        facts.iter().enumerate().flat_map(|(fact, known)| known.claims.iter().map(move |&claim| (claim, fact))).collect();
    let of_facts = |pairs: BTreeSet<(usize, usize)>| pairs.into_iter().map(|(one, other)| (holder[&one], holder[&other])).collect();
    let decided = Decided { together: of_facts(together), apart: of_facts(apart) };
    let mut clusters = cluster::cluster(&facts, &block::pairs(&facts), copies, &decided);
    moved::join(&facts, &mut clusters);
    let why = Why { claims: &claims, facts: &facts, names: &names };
    let (joins, aparts) = (why.joins(&clusters), why.aparts(&clusters));
    let mut entries = Vec::new();
    for (group, members) in &clusters.members {
        let mut listed: Vec<usize> = members.iter().flat_map(|&fact| facts[fact].claims.iter().copied()).collect();
        listed.sort_unstable();
        let own: Vec<&Claim<'_, Contact>> = listed.iter().map(|&claim| &claims[claim]).collect();
        let stand = Stand::of(papers, copies, own.iter().copied());
        let (content, conflicts) = entry::contact(&stand, &own, &names);
        let of = |reasons: &BTreeMap<usize, Vec<Join>>| reasons.get(group).cloned().unwrap_or_default();
        entries.push(stand.entry(Content::Contact(Box::new(content)), conflicts, of(&joins), of(&aparts), verdicts));
    }
    during::link(&mut entries);
    entries
}

/// Pairs of facts that are compared.
#[cfg(test)]
pub(crate) fn compared(papers: &[Paper<'_>], verdicts: &Verdicts) -> usize {
    let claims: Vec<Claim<'_, Contact>> = claims(papers, &verdicts.rejected);
    block::pairs(&fact::facts(papers, &claims, &Names::of(&claims), &BTreeSet::new())).len()
}

/// Pairs in words.
struct Why<'a, 'n> {
    claims: &'a [Claim<'n, Contact>],
    facts: &'a [Fact],
    names: &'a Names<'n>,
}

impl Why<'_, '_> {
    fn join(&self, pair: &Pair) -> Join {
        let (weight, reasons) = pair::explain(&self.facts[pair.one], &self.facts[pair.other], pair.shared, self.names);
        Join { one: self.claim(pair.one), other: self.claim(pair.other), weight: rounded(weight), reasons }
    }

    fn claim(&self, fact: usize) -> String {
        self.facts[fact].claims.first().map_or_else(String::new, |&claim| self.claims[claim].id.clone())
    }

    /// What made each group: a tree over its claims.
    fn joins(&self, clusters: &Clusters) -> BTreeMap<usize, Vec<Join>> {
        let mut joins: BTreeMap<usize, Vec<Join>> = BTreeMap::new();
        for pair in &clusters.joined {
            joins.entry(clusters.of(pair.one)).or_default().push(self.join(pair));
        }
        for (index, fact) in self.facts.iter().enumerate() {
            for claims in fact.claims.windows(2) {
                let (weight, mut reasons) = pair::explain(fact, fact, pair::Shared::default(), self.names);
                reasons.insert(0, ("they say the same in every point".to_owned(), weight));
                joins.entry(clusters.of(index)).or_default().push(Join {
                    one: self.claims[claims[0]].id.clone(),
                    other: self.claims[claims[1]].id.clone(),
                    weight: rounded(weight),
                    reasons: reasons.into_iter().take(1).collect(),
                });
            }
        }
        joins
    }

    /// The strongest pairs that were held apart.
    fn aparts(&self, clusters: &Clusters) -> BTreeMap<usize, Vec<Join>> {
        let mut told: BTreeMap<usize, Vec<Join>> = BTreeMap::new();
        let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (pair, reason) in &clusters.parted {
            let (one, other) = (clusters.of(pair.one), clusters.of(pair.other));
            if one == other || !known.insert((one.min(other), one.max(other))) {
                continue;
            }
            if [one, other].iter().all(|group| told.get(group).is_some_and(|told| told.len() >= APART)) {
                continue;
            }
            let mut join = self.join(pair);
            if let Some(reason) = reason.filter(|_| pair.weight > 0.0) {
                join.weight = rounded(join.weight + pair::FORBIDDEN);
                join.reasons.insert(0, ((*reason).to_owned(), pair::FORBIDDEN));
            }
            for group in [one, other] {
                let told = told.entry(group).or_default();
                if told.len() < APART {
                    told.push(join.clone());
                }
            }
        }
        told
    }
}

fn rounded(weight: f64) -> f64 {
    (weight * 100.0).round() / 100.0
}
