//! Contacts of many documents become occasions.
//!
//! In: claims of contacts. Out: their entries. Never: makes one occasion of two that any of their claims holds apart.

mod block;
mod cluster;
mod during;
mod entry;
pub(crate) mod fact;
pub(crate) mod history;
mod moved;
mod pair;
mod stay;

use crate::atlas::Atlas;
use crate::group::made_of;
use crate::independence::Copies;
use crate::judgement::Verdicts;
use crate::paper::{Claim, Paper, claims};
use crate::people::People;
use crate::report::Contact;
use crate::stand::Stand;
use chancery_model::record::{Content, Entry, Join};
use cluster::{Clusters, Decided, Pair};
use fact::{Fact, Names};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs held apart of which an entry tells.
const APART: usize = 5;

/// The entries of all contacts, without their reasons, and what these are told from.
pub(crate) struct Contacts<'a> {
    pub entries: Vec<Entry>,
    /// The group that each entry was made of.
    groups: Vec<usize>,
    why: Why<'a>,
    joined: BTreeMap<usize, Vec<Pair>>,
    apart: BTreeMap<usize, Vec<Parted>>,
}

impl<'a> Contacts<'a> {
    pub fn of(papers: &[Paper<'a>], copies: &Copies, people: &'a People<'a>, verdicts: &Verdicts, atlas: &dyn Atlas) -> Contacts<'a> {
        let claims: Vec<Claim<'a, Contact>> = claims(papers, &verdicts.rejected);
        let names = Names::of(&claims, people, atlas);
        let numbers: BTreeMap<&str, usize> = match verdicts.together.is_empty() && verdicts.apart.is_empty() {
            true => BTreeMap::new(),
            false => claims.iter().enumerate().map(|(index, claim)| (claim.id.as_str(), index)).collect(),
        };
        let pairs = |pairs: &BTreeSet<(String, String)>| -> BTreeSet<(usize, usize)> {
            pairs.iter().filter_map(|(one, other)| Some((*numbers.get(one.as_str())?, *numbers.get(other.as_str())?))).collect()
        };
        let (together, apart) = (pairs(&verdicts.together), pairs(&verdicts.apart));
        let single = together.iter().chain(&apart).flat_map(|&(one, other)| [one, other]).collect();
        let facts = fact::facts(papers, &claims, &names, &single);
        let holder: BTreeMap<usize, usize> = facts
            .iter()
            .enumerate()
            .flat_map(|(fact, known)| known.claims.iter().map(move |&claim| (claim, fact)))
            .filter(|(claim, _)| single.contains(claim))
            .collect();
        let of_facts = |pairs: BTreeSet<(usize, usize)>| pairs.into_iter().map(|(one, other)| (holder[&one], holder[&other])).collect();
        let decided = Decided { together: of_facts(together), apart: of_facts(apart) };
        let mut clusters = cluster::cluster(&facts, block::pairs(&facts), copies, &decided);
        moved::join(&facts, &mut clusters);
        stay::join(&facts, &mut clusters);
        let entry = |members: &Vec<usize>| {
            let mut listed: Vec<usize> = members.iter().flat_map(|&fact| facts[fact].claims.iter().copied()).collect();
            listed.sort_unstable();
            let own: Vec<&Claim<'a, Contact>> = listed.iter().map(|&claim| &claims[claim]).collect();
            let stand = Stand::of(papers, copies, own.iter().copied());
            let (content, conflicts) = entry::contact(&stand, &own, &names);
            stand.entry(Content::Contact(Box::new(content)), conflicts, Vec::new(), Vec::new(), verdicts)
        };
        let (mut entries, groups) = (Vec::new(), clusters.members.keys().copied().collect());
        made_of(clusters.members.values(), entry, &mut |entry| entries.push(entry));
        during::link(&mut entries);
        let (joined, apart) = (joined(&clusters), apart_from(&clusters));
        Contacts { entries, groups, why: Why { claims, facts, names }, joined, apart }
    }

    /// Each entry with why its claims are one, and what was held apart from them.
    pub fn with_reasons(self) -> impl Iterator<Item = Entry> {
        let Contacts { entries, groups, why, joined, apart } = self;
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let group_of: BTreeMap<&str, usize> = entries
            .iter()
            .zip(&groups)
            .flat_map(|(entry, group)| entry.claims.iter().map(|claim| (claim.claim.as_str(), *group)))
            .collect();
        for (index, fact) in why.facts.iter().enumerate().filter(|(_, fact)| fact.claims.len() > 1) {
            if let Some(group) = group_of.get(why.claims[fact.claims[0]].id.as_str()) {
                members.entry(*group).or_default().push(index);
            }
        }
        drop(group_of);
        entries.into_iter().zip(groups).map(move |(mut entry, group)| {
            let joins = joined.get(&group).into_iter().flatten().map(|pair| why.join(pair));
            let repeats = members.get(&group).into_iter().flatten().flat_map(|&fact| why.repeats(fact));
            entry.joins = joins.chain(repeats).collect();
            entry.apart = apart.get(&group).into_iter().flatten().map(|parted| why.parted(parted)).collect();
            entry
        })
    }
}

/// Pairs of facts that are compared.
#[cfg(test)]
pub(crate) fn compared(papers: &[Paper<'_>], verdicts: &Verdicts) -> usize {
    let claims: Vec<Claim<'_, Contact>> = claims(papers, &verdicts.rejected);
    let people = People::of(papers);
    block::pairs(&fact::facts(papers, &claims, &Names::of(&claims, &people, &()), &BTreeSet::new())).len()
}

/// A pair that was held apart, and why where it is not the pair itself that forbids it.
type Parted = (Pair, Option<&'static str>);

/// What made each group: a tree over its facts.
fn joined(clusters: &Clusters) -> BTreeMap<usize, Vec<Pair>> {
    let mut joined: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
    for pair in &clusters.joined {
        joined.entry(clusters.of(pair.one)).or_default().push(*pair);
    }
    joined
}

/// The strongest pairs that were held apart, by group.
fn apart_from(clusters: &Clusters) -> BTreeMap<usize, Vec<Parted>> {
    let mut told: BTreeMap<usize, Vec<Parted>> = BTreeMap::new();
    let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
    for parted in &clusters.parted {
        let (one, other) = (clusters.of(parted.0.one), clusters.of(parted.0.other));
        if one == other || !known.insert((one.min(other), one.max(other))) {
            continue;
        }
        for group in [one, other] {
            let told = told.entry(group).or_default();
            if told.len() < APART {
                told.push(*parted);
            }
        }
    }
    told
}

/// Pairs in words.
struct Why<'a> {
    claims: Vec<Claim<'a, Contact>>,
    facts: Vec<Fact>,
    names: Names<'a>,
}

impl Why<'_> {
    fn join(&self, pair: &Pair) -> Join {
        let (weight, reasons) = pair::explain(&self.facts[pair.one], &self.facts[pair.other], pair.shared, &self.names);
        Join { one: self.claim(pair.one), other: self.claim(pair.other), weight: rounded(weight), reasons }
    }

    fn claim(&self, fact: usize) -> String {
        self.facts[fact].claims.first().map_or_else(String::new, |&claim| self.claims[claim].id.clone())
    }

    /// The claims of a fact, which say the very same.
    fn repeats(&self, fact: usize) -> Vec<Join> {
        let fact = &self.facts[fact];
        let (weight, _) = pair::explain(fact, fact, pair::Shared::default(), &self.names);
        let join = |claims: &[usize]| Join {
            one: self.claims[claims[0]].id.clone(),
            other: self.claims[claims[1]].id.clone(),
            weight: rounded(weight),
            reasons: vec![("they say the same in every point".to_owned(), weight)],
        };
        fact.claims.windows(2).map(join).collect()
    }

    fn parted(&self, (pair, reason): &Parted) -> Join {
        let mut join = self.join(pair);
        if let Some(reason) = reason.filter(|_| pair.weight > 0.0) {
            join.weight = rounded(join.weight + pair::FORBIDDEN);
            join.reasons.insert(0, (reason.to_owned(), pair::FORBIDDEN));
        }
        join
    }
}

fn rounded(weight: f64) -> f64 {
    (weight * 100.0).round() / 100.0
}
