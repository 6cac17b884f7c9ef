//! Who is what to whom, and since when.
//!
//! In: claims of standings. Out: their entries; who else is told to hold an office at the time. Never: says that one office had one
//! holder only because the other is unknown.

use crate::conflict::{self, CONTRADICTION, PRECISION};
use crate::group::{Link, grouped};
use crate::independence::Copies;
use crate::judgement::Verdicts;
use crate::paper::{Claim, Paper, claims};
use crate::report::Standing;
use crate::stand::Stand;
use chancery_model::record::{self, Conflict, Content, Entry, Person, Said};
use chancery_model::{Edtf, Relation, Role};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn entries(papers: &[Paper<'_>], copies: &Copies, verdicts: &Verdicts, take: &mut dyn FnMut(Entry)) {
    let claims: Vec<Claim<'_, Standing>> = claims(papers, &verdicts.rejected);
    let mut same: BTreeMap<(Relation, &str, &str, bool), Vec<usize>> = BTreeMap::new();
    for (index, Claim { body, .. }) in claims.iter().enumerate() {
        let subject = subject(body);
        // relations between two states are the same from either side
        let (one, other) = match body.relation {
            Relation::Partnership if subject > body.object.as_str() => (body.object.as_str(), subject),
            _ => (subject, body.object.as_str()),
        };
        same.entry((body.relation, one, other, body.subject.qid.is_some())).or_default().push(index);
    }
    let mut links = Vec::new();
    for alike in same.into_values() {
        let reason = || "the same subject, relation and object".to_owned();
        links.extend(alike.windows(2).map(|pair| Link { one: pair[0], other: pair[1], weight: 1.0, reason: reason() }));
    }
    let groups = grouped(&claims, links, verdicts).groups;
    let rivals = rivals(papers, &claims, groups.iter().map(|(members, _)| members.as_slice()));
    for (at, (members, links)) in groups.iter().enumerate() {
        let others = rivals.get(&at).into_iter().flatten().map(|&other| groups[other].0.as_slice());
        take(entry(papers, copies, &claims, members, links, others.collect(), verdicts));
    }
}

/// Groups that give one office to different persons at one time, by group.
fn rivals<'m>(
    papers: &[Paper<'_>],
    claims: &[Claim<'_, Standing>],
    groups: impl Iterator<Item = &'m [usize]>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut offices: BTreeMap<&str, Vec<(usize, &str, Date, Date)>> = BTreeMap::new();
    for (at, members) in groups.enumerate() {
        let body = claims[members[0]].body;
        if let (true, Some((first, last))) = (single_seat(body), span(papers, claims, members)) {
            offices.entry(&body.object).or_default().push((at, subject(body), first, last));
        }
    }
    let mut rivals: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for holders in offices.into_values() {
        for (number, one) in holders.iter().enumerate() {
            // on the day on which an office is handed over, both may be told to hold it
            for other in holders[number + 1..].iter().filter(|other| other.1 != one.1 && other.2 < one.3 && one.2 < other.3) {
                rivals.entry(one.0).or_default().insert(other.0);
                rivals.entry(other.0).or_default().insert(one.0);
            }
        }
    }
    rivals
}

/// Whether one person at a time is what is claimed.
fn single_seat(standing: &Standing) -> bool {
    let role = standing.object.split_once(" of ").and_then(|(role, _)| role.parse::<Role>().ok());
    standing.relation == Relation::HoldsOffice && role.is_some_and(Role::single_seat)
}

fn subject(standing: &Standing) -> &str {
    standing.subject.qid.as_deref().unwrap_or(&standing.subject.name)
}

/// The first and the last day for which it is claimed; without a period, those of the reports.
fn span(papers: &[Paper<'_>], claims: &[Claim<'_, Standing>], members: &[usize]) -> Option<(Date, Date)> {
    let periods = || members.iter().filter_map(|&member| claims[member].body.period.as_ref());
    let reports = || members.iter().filter_map(|&member| papers[claims[member].paper].published);
    let first = periods().filter_map(Edtf::earliest).min().or_else(|| reports().min())?;
    let last = periods().filter_map(Edtf::latest).max().or_else(|| reports().max())?;
    Some((first, last))
}

fn entry(
    papers: &[Paper<'_>],
    copies: &Copies,
    claims: &[Claim<'_, Standing>],
    members: &[usize],
    links: &[Link],
    others: Vec<&[usize]>,
    verdicts: &Verdicts,
) -> Entry {
    let own: Vec<&Claim<'_, Standing>> = members.iter().map(|&claim| &claims[claim]).collect();
    let stand = Stand::of(papers, copies, own.iter().copied());
    let first = own[stand.first()].body;
    let bodies = || own.iter().enumerate().map(|(backer, claim)| (claim.body, backer));
    let periods = stand.said(bodies().filter_map(|(standing, backer)| Some((standing.period.clone()?, backer))));
    let names = stand.said(bodies().filter_map(|(standing, backer)| Some((standing.name.clone()?, backer))));
    let agree = periods.iter().all(|one| periods.iter().all(|other| one.value.compatible(&other.value)));
    let conflicts = [
        (periods.len() > 1).then(|| conflict::conflict("period", if agree { PRECISION } else { CONTRADICTION }, &periods)),
        (names.len() > 1).then(|| conflict::conflict("name", PRECISION, &names)),
        (!others.is_empty()).then(|| holders(papers, copies, claims, members, &others)),
    ];
    let mut reported: Vec<Edtf> = own.iter().filter_map(|claim| papers[claim.paper].source.published.clone()).collect();
    reported.sort_unstable();
    reported.dedup();
    let ends = [reported.first().cloned(), reported.last().filter(|_| reported.len() > 1).cloned()];
    let content = Content::Standing(Box::new(record::Standing {
        subject: Person { name: first.subject.name.clone(), qid: first.subject.qid.clone(), office: None },
        relation: first.relation,
        object: first.object.clone(),
        // an acting holder who is told as the holder too is one
        name: names
            .first()
            .filter(|_| first.relation == Relation::Partnership || bodies().all(|(standing, _)| standing.name.is_some()))
            .map(|said| said.value.clone()),
        period: periods.iter().max_by_key(|said| (said.sources, said.value.precision())).map(|said| said.value.clone()),
        periods,
        reported: ends.into_iter().flatten().collect(),
    }));
    let joins = stand.joins(links, &|claim| claims[claim].id.clone());
    stand.entry(content, conflicts.into_iter().flatten().collect(), joins, Vec::new(), verdicts)
}

/// The holders of one office at one time. They contradict each other where the texts say when; else one may be the former one.
fn holders(papers: &[Paper<'_>], copies: &Copies, claims: &[Claim<'_, Standing>], own: &[usize], others: &[&[usize]]) -> Conflict {
    let all = || std::iter::once(own).chain(others.iter().copied());
    let dated = all().all(|members| members.iter().any(|&member| claims[member].body.period.is_some()));
    let holder = |members: &[usize]| {
        let stand = Stand::of(papers, copies, members.iter().map(|&member| &claims[member]));
        let backers: Vec<usize> = (0..members.len()).collect();
        let name = claims[members[0]].body.subject.name.clone();
        Said { value: name, claims: stand.ids(&backers), sources: stand.count(backers), inferred: None }
    };
    let held: Vec<Said<String>> = all().map(holder).collect();
    conflict::conflict("holder", if dated { CONTRADICTION } else { PRECISION }, &held)
}
