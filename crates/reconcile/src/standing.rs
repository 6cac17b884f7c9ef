//! Who is what to whom, and since when.
//!
//! In: claims of standings. Out: their entries; who else is told to hold an office at the time. Never: says that one office had one
//! holder only because the other is unknown.

use crate::atlas::Atlas;
use crate::conflict::{self, CONTRADICTION, PRECISION};
use crate::group::{Link, grouped, made_of};
use crate::independence::{Copies, days_between};
use crate::judgement::Verdicts;
use crate::paper::{Claim, Paper, claims};
use crate::people::People;
use crate::report::Standing;
use crate::stand::Stand;
use chancery_model::record::{self, Conflict, Content, Entry, Person, Said};
use chancery_model::{Edtf, Relation, Role};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days within which two are told by turns to hold an office that they cannot both hold.
const TURNS: i32 = 62;

pub(crate) fn entries<'a>(
    papers: &[Paper<'a>],
    copies: &Copies,
    people: &'a People<'a>,
    verdicts: &Verdicts,
    atlas: &dyn Atlas,
    take: &mut dyn FnMut(Entry),
) {
    let claims: Vec<Claim<'a, Standing>> = claims(papers, &verdicts.rejected);
    let mut same: BTreeMap<(Relation, &str, &str, bool), Vec<usize>> = BTreeMap::new();
    for (index, Claim { body, .. }) in claims.iter().enumerate() {
        let who = people.who(&body.subject);
        let subject = who.key();
        // relations between two states are the same from either side
        let (one, other) = match body.relation {
            Relation::Partnership if subject > body.object.as_str() => (body.object.as_str(), subject),
            _ => (subject, body.object.as_str()),
        };
        same.entry((body.relation, one, other, who.item.is_some())).or_default().push(index);
    }
    let mut links = Vec::new();
    for alike in same.into_values() {
        let reason = || "the same subject, relation and object".to_owned();
        links.extend(alike.windows(2).map(|pair| Link { one: pair[0], other: pair[1], weight: 1.0, reason: reason() }));
    }
    let groups = grouped(&claims, links, verdicts).groups;
    let rivals = rivals(papers, people, &claims, atlas, groups.iter().map(|(members, _)| members.as_slice()));
    let entry = |(at, (members, links)): (usize, &(Vec<usize>, Vec<Link>))| {
        let others = rivals.get(&at).into_iter().flatten().map(|&other| groups[other].0.as_slice());
        entry(papers, copies, people, &claims, members, links, others.collect(), verdicts)
    };
    made_of(groups.iter().enumerate(), entry, take);
}

/// Groups that give one office to different persons at one time, by group.
fn rivals<'a, 'm>(
    papers: &[Paper<'_>],
    people: &People<'a>,
    claims: &[Claim<'a, Standing>],
    atlas: &dyn Atlas,
    groups: impl Iterator<Item = &'m [usize]>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut offices: BTreeMap<&str, Vec<Holder<'_>>> = BTreeMap::new();
    for (at, members) in groups.enumerate() {
        let body = claims[members[0]].body;
        if single_seat(body, atlas) {
            offices.entry(&body.object).or_default().push(Holder::of(papers, people, claims, at, members));
        }
    }
    let mut rivals: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for holders in offices.into_values() {
        for (number, one) in holders.iter().enumerate() {
            for other in holders[number + 1..].iter().filter(|other| one.contests(other)) {
                rivals.entry(one.group).or_default().insert(other.group);
                rivals.entry(other.group).or_default().insert(one.group);
            }
        }
    }
    rivals
}

/// A person who is told to hold an office, and when.
struct Holder<'a> {
    group: usize,
    person: &'a str,
    /// From when to when by the words of texts.
    stated: Vec<(Date, Date)>,
    /// The days of the reports that say no more than that it is so.
    told: Vec<Date>,
}

impl<'a> Holder<'a> {
    fn of(papers: &[Paper<'_>], people: &People<'a>, claims: &[Claim<'a, Standing>], group: usize, members: &[usize]) -> Holder<'a> {
        let mut holder = Holder { group, person: people.who(&claims[members[0]].body.subject).key(), stated: Vec::new(), told: Vec::new() };
        for claim in members.iter().map(|&member| &claims[member]) {
            let published = papers[claim.paper].published;
            match &claim.body.period {
                Some(period) => holder.stated.extend(period.earliest().or(published).zip(period.latest().or(published))),
                None => holder.told.extend(published),
            }
        }
        holder
    }

    /// Whether both cannot have held the office when they are told to: at stated times that overlap, on a day of the other's stated
    /// time, or by turns within weeks. Who is told between two reports of the other may be a former holder, and on the day on which
    /// an office is handed over both hold it.
    fn contests(&self, other: &Holder<'_>) -> bool {
        let overlap = |one: &(Date, Date)| other.stated.iter().any(|other| one.0 < other.1 && other.0 < one.1);
        let within = |days: &[Date], times: &[(Date, Date)]| times.iter().any(|time| days.iter().any(|day| time.0 < *day && *day < time.1));
        let told_within = || within(&self.told, &other.stated) || within(&other.told, &self.stated);
        self.person != other.person && (self.stated.iter().any(overlap) || told_within() || by_turns(&self.told, &other.told))
    }
}

/// Whether one and the other are told by turns, each twice, within weeks.
fn by_turns(one: &[Date], other: &[Date]) -> bool {
    let mut days: Vec<(Date, bool)> = one.iter().map(|day| (*day, true)).chain(other.iter().map(|day| (*day, false))).collect();
    days.sort_unstable();
    let turns: Vec<(Date, Date)> =
        days.chunk_by(|first, second| first.1 == second.1).map(|turn| (turn[0].0, turn[turn.len() - 1].0)).collect();
    turns.windows(4).any(|turns| turns[1].0 > turns[0].1 && days_between(turns[0].1, turns[3].0) <= TURNS)
}

/// Whether one person at a time is what is claimed.
fn single_seat(standing: &Standing, atlas: &dyn Atlas) -> bool {
    let office = standing.object.split_once(" of ").and_then(|(role, of)| Some((role.parse::<Role>().ok()?, of)));
    standing.relation == Relation::HoldsOffice && office.is_some_and(|(role, of)| role.single_seat() && !atlas.shared(role, of))
}

#[expect(clippy::too_many_arguments, reason = "all that stands behind an entry")]
fn entry<'a>(
    papers: &[Paper<'_>],
    copies: &Copies,
    people: &People<'a>,
    claims: &[Claim<'a, Standing>],
    members: &[usize],
    links: &[Link],
    others: Vec<&[usize]>,
    verdicts: &Verdicts,
) -> Entry {
    let own: Vec<&Claim<'a, Standing>> = members.iter().map(|&claim| &claims[claim]).collect();
    let stand = Stand::of(papers, copies, own.iter().copied());
    let first = own[stand.first()].body;
    let bodies = || own.iter().enumerate().map(|(backer, claim)| (claim.body, backer));
    let periods = stand.said(bodies().filter_map(|(standing, backer)| Some((standing.period.clone()?, backer))));
    let names = stand.said(bodies().filter_map(|(standing, backer)| Some((standing.name.clone()?, backer))));
    let agree = periods.iter().all(|one| periods.iter().all(|other| one.value.compatible(&other.value)));
    let conflicts = [
        (periods.len() > 1).then(|| conflict::conflict("period", if agree { PRECISION } else { CONTRADICTION }, &periods)),
        (names.len() > 1).then(|| conflict::conflict("name", PRECISION, &names)),
        (!others.is_empty()).then(|| holders(papers, copies, people, claims, members, &others)),
    ];
    let mut reported: Vec<Edtf> = own.iter().filter_map(|claim| papers[claim.paper].source.published.clone()).collect();
    reported.sort_unstable();
    reported.dedup();
    let ends = [reported.first().cloned(), reported.last().filter(|_| reported.len() > 1).cloned()];
    let subject = people.who(&first.subject);
    let content = Content::Standing(Box::new(record::Standing {
        subject: Person { name: subject.name.to_owned(), qid: subject.item.map(str::to_owned), office: None },
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
fn holders<'a>(
    papers: &[Paper<'_>],
    copies: &Copies,
    people: &People<'a>,
    claims: &[Claim<'a, Standing>],
    own: &[usize],
    others: &[&[usize]],
) -> Conflict {
    let all = || std::iter::once(own).chain(others.iter().copied());
    let dated = all().all(|members| members.iter().any(|&member| claims[member].body.period.is_some()));
    let holder = |members: &[usize]| {
        let stand = Stand::of(papers, copies, members.iter().map(|&member| &claims[member]));
        let backers: Vec<usize> = (0..members.len()).collect();
        let name = people.who(&claims[members[0]].body.subject).name.to_owned();
        Said { value: name, claims: stand.ids(&backers), sources: stand.count(backers), inferred: None }
    };
    let held: Vec<Said<String>> = all().map(holder).collect();
    conflict::conflict("holder", if dated { CONTRADICTION } else { PRECISION }, &held)
}
