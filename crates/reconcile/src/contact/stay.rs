//! A visit of which two documents give no day, while both tell of one meeting during it.
//!
//! In: groups of facts. Out: groups of visits that are one by the meeting they hold. Never: joins visits of which a document tells
//! twice, or an invitation.

use super::cluster::{Clusters, Pair};
use super::fact::{Fact, Name};
use super::pair::{Shared, weigh};
use chancery_model::{ContactKind, ContactStatus};
use std::collections::{BTreeMap, BTreeSet};

/// What visits have in common that are one: the group of the meeting, the traveller, the states, the host.
type Stay = (usize, Name, Vec<Name>, Option<Name>);

/// Joins visits of one traveller to one host during which one meeting was.
pub(crate) fn join(facts: &[Fact], clusters: &mut Clusters) {
    let mut meetings: BTreeMap<(usize, Name), BTreeSet<usize>> = BTreeMap::new();
    for (index, fact) in facts.iter().enumerate() {
        // one document may tell the day and another the same meeting without it
        let mut told = clusters.members(clusters.of(index)).iter().filter_map(|&fact| facts[fact].date.as_ref());
        if fact.kind == ContactKind::Meeting && told.any(|date| date.day().is_some()) {
            for (&paper, &person) in fact.papers.iter().flat_map(|paper| fact.persons.iter().map(move |person| (paper, person))) {
                meetings.entry((paper, person)).or_default().insert(index);
            }
        }
    }
    let visits = || facts.iter().enumerate().filter(|(_, fact)| goes(fact));
    let mut told: BTreeMap<(usize, Name), usize> = BTreeMap::new();
    for (_, visit) in visits() {
        visit.papers.iter().for_each(|paper| *told.entry((*paper, visit.persons[0])).or_default() += 1);
    }
    let mut stays: BTreeMap<Stay, BTreeSet<usize>> = BTreeMap::new();
    for (index, visit) in visits() {
        let traveller = visit.persons[0];
        // where a document tells of two, nothing says during which a meeting was
        for paper in visit.papers.iter().filter(|paper| told[&(**paper, traveller)] == 1) {
            let held = meetings.get(&(*paper, traveller)).into_iter().flatten();
            for &meeting in held.filter(|&&meeting| during(visit, &facts[meeting])) {
                let stay = (clusters.of(meeting), traveller, visit.states.clone(), visit.country);
                stays.entry(stay).or_default().insert(index);
            }
        }
    }
    for visits in stays.into_values() {
        let visits: Vec<usize> = visits.into_iter().collect();
        for pair in visits.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            if clusters.of(one) != clusters.of(other) && clusters.may_join(facts, one, other) {
                let shared = Shared { meeting: true, ..Shared::default() };
                clusters.join(Pair { one, other, weight: weigh(&facts[one], &facts[other], shared), shared });
            }
        }
    }
}

/// Whether somebody goes, on a day that is not told.
fn goes(fact: &Fact) -> bool {
    fact.kind == ContactKind::Visit
        && matches!(fact.status, ContactStatus::Held | ContactStatus::Planned)
        && fact.persons.len() == 1
        && fact.date.is_none()
}

/// Whether a meeting can have been during a visit: of the same states, in the country of the host.
fn during(visit: &Fact, meeting: &Fact) -> bool {
    visit.states == meeting.states && (visit.country.is_none() || meeting.country.is_none() || visit.country == meeting.country)
}
