//! Facts of one occasion come together, the surest first.
//!
//! In: facts, pairs to compare, what persons decided. Out: groups of facts, with the pairs that made and parted them. Never: joins
//! two groups of which any two members cannot be one; chooses between two that fit equally well.

use super::fact::Fact;
use super::pair::{self, Shared, forbids, weigh};
use crate::independence::{Copies, Groups};
use std::collections::{BTreeMap, BTreeSet};

/// How much better one candidate must be than the next for a fact that could belong to either.
const MARGIN: f64 = 1.25;
/// Papers of a fact that are looked at for further occasions which two documents share.
const PAPERS: usize = 8;
/// Weight from which a pair counts as alike when occasions shared by two documents are counted.
const ALIKE: f64 = -2.0;
/// Pairs of a fact that are kept to be told as apart.
const TOLD: u8 = 20;
/// Weight from which a pair that stays apart is told.
const NEAR_MISS: f64 = -1.0;

/// Two facts and how much speaks for their being one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Pair {
    pub one: usize,
    pub other: usize,
    pub weight: f64,
    pub shared: Shared,
}

/// What persons decided about facts.
#[derive(Default)]
pub(crate) struct Decided {
    pub together: BTreeSet<(usize, usize)>,
    pub apart: BTreeSet<(usize, usize)>,
}

/// Groups of facts of one occasion.
pub(crate) struct Clusters {
    /// Members of each group, by their least member; in order.
    pub members: BTreeMap<usize, Vec<usize>>,
    groups: Groups,
    papers: BTreeMap<usize, BTreeSet<usize>>,
    apart: BTreeMap<usize, Vec<usize>>,
    /// Facts that a person joined: their groups may hold what else could not be one.
    bound: BTreeSet<usize>,
    /// The pairs that joined groups.
    pub joined: Vec<Pair>,
    /// The pairs that did not although they are alike, and why where it is not the pair itself that forbids it.
    pub parted: Vec<(Pair, Option<&'static str>)>,
    /// How many such pairs there are of each fact.
    parted_from: Vec<u8>,
}

impl Clusters {
    fn new(facts: &[Fact], decided: &Decided) -> Clusters {
        let mut apart: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(one, other) in &decided.apart {
            apart.entry(one).or_default().push(other);
            apart.entry(other).or_default().push(one);
        }
        Clusters {
            members: (0..facts.len()).map(|index| (index, vec![index])).collect(),
            groups: Groups::new(facts.len()),
            papers: facts.iter().enumerate().map(|(index, fact)| (index, fact.papers.iter().copied().collect())).collect(),
            apart,
            bound: decided.together.iter().flat_map(|&(one, other)| [one, other]).collect(),
            joined: Vec::new(),
            parted: Vec::new(),
            parted_from: vec![0; facts.len()],
        }
    }

    /// The group of a fact, named by its least member.
    pub fn of(&self, fact: usize) -> usize {
        self.groups.root(fact)
    }

    pub fn members(&self, group: usize) -> &[usize] {
        self.members.get(&group).map_or(&[], Vec::as_slice)
    }

    pub fn papers(&self, group: usize) -> &BTreeSet<usize> {
        &self.papers[&group]
    }

    pub fn join(&mut self, pair: Pair) {
        let (one, other) = (self.of(pair.one), self.of(pair.other));
        let (kept, gone) = (one.min(other), one.max(other));
        if kept == gone {
            return;
        }
        self.groups.join(kept, gone);
        let members = self.members.remove(&gone).unwrap_or_default();
        let known = self.members.entry(kept).or_default();
        known.extend(members);
        known.sort_unstable();
        let papers = self.papers.remove(&gone).unwrap_or_default();
        self.papers.entry(kept).or_default().extend(papers);
        self.joined.push(pair);
    }

    /// Notes that a pair is alike and yet two. Pairs come the strongest first; of a fact only so many can be told.
    fn part(&mut self, pair: Pair, reason: Option<&'static str>) {
        let told = |fact: usize| self.parted_from[fact] >= TOLD;
        if told(pair.one) && told(pair.other) {
            return;
        }
        for fact in [pair.one, pair.other] {
            self.parted_from[fact] = self.parted_from[fact].saturating_add(1);
        }
        self.parted.push((pair, reason));
    }

    /// Whether a person said that a member of one is none of the other.
    pub fn decided_apart(&self, one: usize, other: usize) -> bool {
        let parts = |fact: &usize| self.apart.get(fact).is_some_and(|parted| parted.iter().any(|part| self.of(*part) == other));
        !self.apart.is_empty() && self.members(one).iter().any(parts)
    }

    /// Whether a document tells of both, and so holds them apart.
    pub fn share_a_paper(&self, one: usize, other: usize) -> bool {
        let (few, many) = (self.papers(one), self.papers(other));
        let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
        few.iter().any(|paper| many.contains(paper))
    }

    /// What keeps two groups from being one.
    fn parts(&self, facts: &[Fact], one: usize, other: usize) -> Option<&'static str> {
        if self.decided_apart(one, other) {
            return Some("a person decided that they are two");
        }
        let members =
            || self.members(one).iter().flat_map(|&one| self.members(other).iter().map(move |&other| (&facts[one], &facts[other])));
        let told_apart = |(one, other): (&Fact, &Fact)| share(&one.papers, &other.papers) && !one.twin(other);
        if self.share_a_paper(one, other) && members().any(told_apart) {
            return Some("a document tells of both as two");
        }
        let forbidden = |(one, other): (&Fact, &Fact)| forbids(one, other, None).is_some();
        let bound = |group: usize| !self.bound.is_empty() && self.members(group).iter().any(|fact| self.bound.contains(fact));
        let parts = if bound(one) || bound(other) { members().all(forbidden) } else { members().any(forbidden) };
        parts.then_some("other claims of the two cannot be one")
    }

    /// Whether nothing keeps the groups of two facts from being one.
    pub fn may_join(&self, facts: &[Fact], one: usize, other: usize) -> bool {
        self.parts(facts, self.of(one), self.of(other)).is_none()
    }

    fn settled(&self, facts: &[Fact], group: usize) -> bool {
        self.members(group).iter().any(|&fact| facts[fact].settled())
    }
}

/// Whether two lists in order have anything in common.
fn share(one: &[usize], other: &[usize]) -> bool {
    one.iter().any(|paper| other.binary_search(paper).is_ok())
}

/// Groups of facts of one occasion.
pub(crate) fn cluster(facts: &[Fact], candidates: Vec<(usize, usize)>, copies: &Copies, decided: &Decided) -> Clusters {
    let mut clusters = Clusters::new(facts, decided);
    for &(one, other) in &decided.together {
        let shared = Shared::default();
        clusters.join(Pair { one, other, weight: weigh(&facts[one], &facts[other], shared), shared });
    }
    let mut pairs = weighed(facts, candidates, copies);
    pairs.sort_by(|first, second| {
        second.weight.total_cmp(&first.weight).then_with(|| (first.one, first.other).cmp(&(second.one, second.other)))
    });
    let mut near: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.weight > 0.0 && forbids(&facts[pair.one], &facts[pair.other], None).is_none()) {
        near.entry(pair.one).or_default().push((pair.other, pair.weight));
        near.entry(pair.other).or_default().push((pair.one, pair.weight));
    }
    for pair in pairs {
        let (one, other) = (clusters.of(pair.one), clusters.of(pair.other));
        if one == other {
            continue;
        }
        if pair.weight <= 0.0 {
            if pair.weight > NEAR_MISS {
                clusters.part(pair, Some("too little speaks for it"));
            }
            continue;
        }
        if forbids(&facts[pair.one], &facts[pair.other], None).is_some() {
            clusters.part(pair, None);
        } else if let Some(reason) = clusters.parts(facts, one, other) {
            clusters.part(pair, Some(reason));
        } else if rivals(&clusters, facts, &near, one, other, pair.weight) || rivals(&clusters, facts, &near, other, one, pair.weight) {
            clusters.part(pair, Some("another fits as well, and both cannot be"));
        } else {
            clusters.join(pair);
        }
    }
    clusters
}

/// Whether another group fits `vague` nearly as well as `chosen`, and cannot be one with `chosen`.
fn rivals(
    clusters: &Clusters,
    facts: &[Fact],
    near: &BTreeMap<usize, Vec<(usize, f64)>>,
    vague: usize,
    chosen: usize,
    weight: f64,
) -> bool {
    if clusters.settled(facts, vague) {
        return false;
    }
    let neighbours = clusters.members(vague).iter().filter_map(|fact| near.get(fact)).flatten();
    let close: BTreeSet<usize> = neighbours.filter(|(_, other)| *other > weight - MARGIN).map(|(fact, _)| clusters.of(*fact)).collect();
    // what is as vague itself is no rival of an occasion that is settled
    let rank = |group: usize| clusters.settled(facts, group);
    let rivals = close.into_iter().filter(|&rival| rival != vague && rival != chosen && rank(rival) >= rank(chosen));
    rivals.into_iter().any(|rival| clusters.parts(facts, rival, chosen).is_some())
}

/// The weights of all pairs. Where nothing says when one of two was, other occasions of which both documents tell speak for it.
fn weighed(facts: &[Fact], candidates: Vec<(usize, usize)>, copies: &Copies) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = candidates
        .into_iter()
        .map(|(one, other)| {
            let papers = |fact: usize| facts[fact].papers.iter().take(PAPERS);
            let text = papers(one).any(|&one| papers(other).any(|&other| one != other && copies.are_one(one, other)));
            let shared = Shared { text, ..Shared::default() };
            Pair { one, other, weight: weigh(&facts[one], &facts[other], shared), shared }
        })
        .filter(|pair| pair.weight > ALIKE)
        .collect();
    let timeless = |pair: &Pair| pair::timeless(&facts[pair.one], &facts[pair.other]);
    let documents = |pair: &Pair| {
        let papers = |fact: usize| facts[fact].papers.iter().take(PAPERS);
        papers(pair.one).flat_map(|&one| papers(pair.other).map(move |&other| (one.min(other), one.max(other)))).collect::<Vec<_>>()
    };
    // how many occasions two documents share, and whether a place or frame shows that they are the same
    let mut shared: BTreeMap<(usize, usize), (usize, bool)> =
        pairs.iter().filter(|pair| timeless(pair)).flat_map(documents).map(|documents| (documents, (0, false))).collect();
    if shared.is_empty() {
        return pairs;
    }
    for pair in pairs.iter().filter(|pair| forbids(&facts[pair.one], &facts[pair.other], None).is_none()) {
        let anchored = pair::anchored(&facts[pair.one], &facts[pair.other]);
        for both in documents(pair) {
            shared.entry(both).and_modify(|(count, shown)| {
                *count += 1;
                *shown |= anchored;
            });
        }
    }
    for pair in &mut pairs {
        if timeless(pair) {
            let counts =
                documents(pair).into_iter().filter_map(|both| shared.get(&both)).filter(|(_, shown)| *shown).map(|(count, _)| *count);
            pair.shared.occasions = counts.max().unwrap_or(0).saturating_sub(1);
            pair.weight = weigh(&facts[pair.one], &facts[pair.other], pair.shared);
        }
    }
    pairs
}
