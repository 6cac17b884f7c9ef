//! A plan that was moved: an occasion announced for one day that took place, or was announced anew, on another.
//!
//! In: groups of facts. Out: groups that are one although their dates differ. Never: takes a plan for another occasion of the same
//! persons, where more than one fits or nothing but the persons agrees.

use super::cluster::{Clusters, Pair};
use super::fact::{Fact, Name};
use super::pair::{Shared, forbids_on_any_day, weigh};
use crate::independence::days_between;
use chancery_model::{ContactKind, ContactStatus};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days by which a plan may be moved.
const FURTHEST: i32 = 21;

/// What a group is about, whenever it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Occasion {
    kind: ContactKind,
    persons: Vec<Name>,
    states: Vec<Name>,
}

struct Group {
    name: usize,
    /// A fact with its date.
    fact: usize,
    days: (Date, Date),
    /// First and last report.
    told: (Date, Date),
    only_planned: bool,
    places: BTreeSet<Name>,
    formats: BTreeSet<Name>,
}

/// Joins each plan to the one occasion that it was moved to.
pub(crate) fn join(facts: &[Fact], clusters: &mut Clusters) {
    let mut occasions: BTreeMap<Occasion, Vec<Group>> = BTreeMap::new();
    for (&name, members) in &clusters.members {
        if let Some((occasion, group)) = group(facts, name, members) {
            occasions.entry(occasion).or_default().push(group);
        }
    }
    for mut groups in occasions.into_values().filter(|groups| groups.len() > 1) {
        groups.sort_by_key(|group| (group.days, group.name));
        let mut moves: Vec<(usize, usize)> = Vec::new();
        for (at, plan) in groups.iter().enumerate().filter(|(_, group)| group.only_planned) {
            for (to, other) in groups.iter().enumerate().filter(|(to, _)| *to != at) {
                if moved(facts, clusters, plan, other) {
                    moves.push((at, to));
                }
            }
        }
        let single = |index: &usize| moves.iter().filter(|(from, to)| from == index || to == index).count() == 1;
        for (from, to) in moves.iter().filter(|(from, to)| single(from) && single(to)) {
            let (one, other) = (groups[*from].fact.min(groups[*to].fact), groups[*from].fact.max(groups[*to].fact));
            clusters.join(Pair { one, other, weight: weigh(&facts[one], &facts[other], Shared::default()), shared: Shared::default() });
        }
    }
}

fn group(facts: &[Fact], name: usize, members: &[usize]) -> Option<(Occasion, Group)> {
    let facts_of = || members.iter().map(|&fact| &facts[fact]);
    let collect = |of: &dyn Fn(&Fact) -> Vec<Name>| facts_of().flat_map(of).collect::<BTreeSet<Name>>();
    let dated = members.iter().copied().find(|&fact| facts[fact].date.as_ref().is_some_and(|date| date.precision() >= 4))?;
    let date = facts[dated].date.as_ref()?;
    let told = || facts_of().filter_map(|fact| fact.told);
    let occasion = Occasion {
        kind: facts[dated].kind,
        persons: collect(&|fact| fact.persons.clone()).into_iter().collect(),
        states: collect(&|fact| fact.states.clone()).into_iter().collect(),
    };
    let persons = if occasion.kind == ContactKind::Visit { 1 } else { 2 };
    let group = Group {
        name,
        fact: dated,
        days: (date.earliest()?, date.latest()?),
        told: (told().map(|(first, _)| first).min()?, told().map(|(_, last)| last).max()?),
        only_planned: facts_of().all(|fact| matches!(fact.status, ContactStatus::Planned | ContactStatus::Proposed)),
        places: collect(&|fact| fact.place.into_iter().collect()),
        formats: collect(&|fact| fact.format.into_iter().collect()),
    };
    (occasion.persons.len() >= persons || !group.formats.is_empty()).then_some((occasion, group))
}

/// Whether the plan gave way to the other: it was last told before the other was first told and before either day, no document
/// tells of both, and the place or the frame is the same.
fn moved(facts: &[Fact], clusters: &Clusters, plan: &Group, other: &Group) -> bool {
    let apart = days_between(plan.days.1, other.days.0).max(days_between(other.days.1, plan.days.0));
    let told_before = plan.told.1 < other.told.0 && plan.told.1 <= plan.days.0.min(other.days.0);
    let alike = plan.places.intersection(&other.places).next().is_some() || plan.formats.intersection(&other.formats).next().is_some();
    let members = |group: &Group| clusters.members(clusters.of(group.name)).to_vec();
    let may_be = || {
        let (ones, others) = (members(plan), members(other));
        ones.iter().all(|&one| others.iter().all(|&other| forbids_on_any_day(&facts[one], &facts[other], None).is_none()))
    };
    let (one, two) = (clusters.of(plan.name), clusters.of(other.name));
    (1..=FURTHEST).contains(&apart)
        && told_before
        && alike
        && !clusters.decided_apart(one, two)
        && !clusters.share_a_paper(one, two)
        && may_be()
}
