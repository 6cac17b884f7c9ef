//! Claims that say one thing come together, the surest first.
//!
//! In: pairs with how much speaks for them. Out: groups. Never: joins groups of which two members were decided to be apart, or that
//! one document tells apart.

use crate::independence::Groups;
use crate::judgement::Verdicts;
use crate::paper::Claim;
use chancery_model::record::Entry;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};

/// Entries that are made at a time, by all threads.
const MADE: usize = 1024;

/// Makes an entry of each group and gives them in the order of the groups; not all of them are held.
pub(crate) fn made_of<G: Send>(groups: impl IntoIterator<Item = G>, entry: impl Fn(G) -> Entry + Sync, take: &mut dyn FnMut(Entry)) {
    let mut groups = groups.into_iter();
    loop {
        let some: Vec<G> = groups.by_ref().take(MADE).collect();
        if some.is_empty() {
            return;
        }
        let made: Vec<Entry> = some.into_par_iter().map(&entry).collect();
        made.into_iter().for_each(&mut *take);
    }
}

/// Two claims and how much speaks for their being one.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub one: usize,
    pub other: usize,
    pub weight: f64,
    pub reason: String,
}

/// Groups of claims, each in order, with the links that made it.
pub(crate) struct Grouped {
    pub groups: Vec<(Vec<usize>, Vec<Link>)>,
}

/// Joins claims along links, and as persons decided. Two claims of one document join only where a link says that they are one.
pub(crate) fn grouped<T>(claims: &[Claim<'_, T>], mut links: Vec<Link>, verdicts: &Verdicts) -> Grouped {
    let numbers: BTreeMap<&str, usize> = match verdicts.together.is_empty() && verdicts.apart.is_empty() {
        true => BTreeMap::new(),
        false => claims.iter().enumerate().map(|(index, claim)| (claim.id.as_str(), index)).collect(),
    };
    let pairs = |pairs: &BTreeSet<(String, String)>| -> Vec<(usize, usize)> {
        pairs.iter().filter_map(|(one, other)| Some((*numbers.get(one.as_str())?, *numbers.get(other.as_str())?))).collect()
    };
    let apart = pairs(&verdicts.apart);
    let person = |(one, other)| Link { one, other, weight: f64::INFINITY, reason: "a person decided that they are one".to_owned() };
    links.extend(pairs(&verdicts.together).into_iter().map(person));
    links.sort_by(|one, other| other.weight.total_cmp(&one.weight).then_with(|| (one.one, one.other).cmp(&(other.one, other.other))));
    let mut groups = Groups::new(claims.len());
    let mut members: BTreeMap<usize, Vec<usize>> = (0..claims.len()).map(|index| (index, vec![index])).collect();
    let mut made: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    let linked: BTreeSet<(usize, usize)> = links.iter().map(|link| (link.one.min(link.other), link.one.max(link.other))).collect();
    for link in links {
        let (one, other) = (groups.root(link.one), groups.root(link.other));
        if one == other {
            continue;
        }
        let forbidden = apart.iter().any(|&(first, second)| {
            let (first, second) = (groups.root(first), groups.root(second));
            (first, second) == (one, other) || (first, second) == (other, one)
        });
        let told_apart = || {
            let papers: BTreeMap<usize, usize> = members[&one].iter().map(|&member| (claims[member].paper, member)).collect();
            members[&other].iter().any(|&member| {
                papers.get(&claims[member].paper).is_some_and(|&twin| !linked.contains(&(twin.min(member), twin.max(member))))
            })
        };
        if forbidden || (link.weight.is_finite() && told_apart()) {
            continue;
        }
        groups.join(one, other);
        let (kept, gone) = (one.min(other), one.max(other));
        let moved = members.remove(&gone).unwrap_or_default();
        members.entry(kept).or_default().extend(moved);
        let reasons = made.remove(&gone).unwrap_or_default();
        let known = made.entry(kept).or_default();
        known.extend(reasons);
        known.push(link);
    }
    let groups = members
        .into_iter()
        .map(|(root, mut members)| {
            members.sort_unstable();
            (members, made.remove(&root).unwrap_or_default())
        })
        .collect();
    Grouped { groups }
}
