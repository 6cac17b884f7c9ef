//! Who is what to whom, and since when.
//!
//! In: claims of standings. Out: their entries. Never: says that one office had one holder only because the other is unknown.

use crate::conflict::{self, CONTRADICTION, PRECISION};
use crate::group::{Link, grouped};
use crate::independence::Copies;
use crate::judgement::Verdicts;
use crate::paper::{Claim, Paper, claims};
use crate::report::Standing;
use crate::stand::Stand;
use chancery_model::record::{self, Content, Entry, Person};
use chancery_model::{Edtf, Relation};
use std::collections::BTreeMap;

pub(crate) fn entries(papers: &[Paper<'_>], copies: &Copies, verdicts: &Verdicts, take: &mut dyn FnMut(Entry)) {
    let claims: Vec<Claim<'_, Standing>> = claims(papers, &verdicts.rejected);
    let mut same: BTreeMap<(Relation, &str, &str, bool), Vec<usize>> = BTreeMap::new();
    for (index, Claim { body, .. }) in claims.iter().enumerate() {
        let subject = body.subject.qid.as_deref().unwrap_or(&body.subject.name);
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
    let entry = |(members, links): (Vec<usize>, Vec<Link>)| entry(papers, copies, &claims, &members, &links, verdicts);
    grouped(&claims, links, verdicts).groups.into_iter().map(entry).for_each(take)
}

fn entry(
    papers: &[Paper<'_>],
    copies: &Copies,
    claims: &[Claim<'_, Standing>],
    members: &[usize],
    links: &[Link],
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
    ];
    let mut reported: Vec<Edtf> = own.iter().filter_map(|claim| papers[claim.paper].source.published.clone()).collect();
    reported.sort_unstable();
    reported.dedup();
    let ends = [reported.first().cloned(), reported.last().filter(|_| reported.len() > 1).cloned()];
    let content = Content::Standing(Box::new(record::Standing {
        subject: Person { name: first.subject.name.clone(), qid: first.subject.qid.clone(), office: None },
        relation: first.relation,
        object: first.object.clone(),
        name: names.first().map(|said| said.value.clone()),
        period: periods.iter().max_by_key(|said| (said.sources, said.value.precision())).map(|said| said.value.clone()),
        periods,
        reported: ends.into_iter().flatten().collect(),
    }));
    let joins = stand.joins(links, &|claim| claims[claim].id.clone());
    stand.entry(content, conflicts.into_iter().flatten().collect(), joins, Vec::new(), verdicts)
}
