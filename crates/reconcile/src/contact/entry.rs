//! A group of facts becomes an entry of the record.
//!
//! In: the claims of one occasion. Out: its entry, with every value that they give. Never: averages; drops a value.

use super::fact::Names;
use super::history::{self, Told};
use super::pair::days_long;
use crate::conflict;
use crate::paper::Claim;
use crate::report::{Contact, Party};
use crate::stand::Stand;
use chancery_model::record::{self, Conflict, Person, Said};
use chancery_model::{ContactKind, ContactStatus, Edtf, EdtfValue, Office, Place};
use std::collections::{BTreeMap, BTreeSet};

/// Days of an occasion: what is longer is the time within which it was.
const LONGEST: i32 = 31;

/// The content of an entry and where its claims differ. `claims` are those of the stand, in its order.
pub(crate) fn contact<'a>(stand: &Stand<'_>, claims: &[&Claim<'a, Contact>], names: &Names<'a>) -> (record::Contact, Vec<Conflict>) {
    let bodies = || claims.iter().enumerate().map(|(backer, claim)| (claim.body, backer));
    let told: Vec<Told> = bodies().map(|(contact, backer)| Told { backer, status: contact.status, date: contact.date.clone() }).collect();
    let status = history::status(stand, &told);
    let kind = most(stand, bodies().map(|(contact, backer)| (contact.kind, backer))).unwrap_or(ContactKind::Meeting);
    let mut dates = stand.said(bodies().filter_map(|(contact, backer)| Some((contact.date.clone()?, backer))));
    for said in &mut dates {
        let giving = claims.iter().filter(|claim| claim.body.date.as_ref() == Some(&said.value));
        said.inferred = why(giving.map(|claim| claim.body.date_inferred.as_slice()));
    }
    let date = date(stand, &told, status, kind, &mut dates);
    let places = places(stand.said(bodies().filter_map(|(contact, backer)| Some((contact.place.clone()?, backer)))));
    let participants = participants(stand, claims, names);
    let states = stand.listed(bodies().flat_map(|(contact, backer)| contact.states.iter().map(move |state| (state.clone(), backer))));
    let conflicts = [
        conflict::dates(stand, &told, &dates),
        conflict::places(&places, names),
        conflict::statuses(stand, &told),
        conflict::kinds(&stand.said(bodies().map(|(contact, backer)| (contact.kind, backer)))),
        conflict::lists(
            "participants",
            stand,
            bodies().map(|(contact, backer)| (contact.participants.iter().map(|party| names.who(party).name.to_owned()).collect(), backer)),
        ),
        conflict::lists("states", stand, bodies().map(|(contact, backer)| (contact.states.iter().cloned().collect(), backer))),
    ];
    let content = record::Contact {
        kind,
        status,
        date,
        place: places.first().map(|said| said.value.clone()),
        format: most(stand, bodies().filter_map(|(contact, backer)| Some((contact.format.clone()?, backer)))),
        states,
        participants,
        dates,
        places,
        history: history::history(stand, &told),
        part_of: None,
        holds: Vec::new(),
        sides: Vec::new(),
    };
    (content, conflicts.into_iter().flatten().collect())
}

/// Why a value is known of which no words say it whole: none where some words do.
fn why<'r>(reasons: impl Iterator<Item = &'r [String]>) -> Option<String> {
    let mut all = BTreeSet::new();
    for reasons in reasons {
        if reasons.is_empty() {
            return None;
        }
        all.extend(reasons.iter().map(String::as_str));
    }
    (!all.is_empty()).then(|| all.into_iter().collect::<Vec<_>>().join(", "))
}

/// The value of most sources.
fn most<V: Ord>(stand: &Stand<'_>, values: impl Iterator<Item = (V, usize)>) -> Option<V> {
    stand.said(values).into_iter().next().map(|said| said.value)
}

/// The date by most sources and the most exact, of the claims that agree with the status that stands. Parts of a date that no claim
/// gives together are put together; then the whole joins `dates` as inferred.
fn date(stand: &Stand<'_>, told: &[Told], status: ContactStatus, kind: ContactKind, dates: &mut Vec<Said<Edtf>>) -> Option<Edtf> {
    let standing = told.iter().filter(|told| told.status == status && told.date.is_some());
    let latest = standing.clone().filter(|_| status != ContactStatus::Held).map(|told| stand.paper(told.backer).published).max();
    let of_status: BTreeSet<&Edtf> = standing
        .filter(|told| latest.is_none_or(|latest| stand.paper(told.backer).published == latest))
        .filter_map(|told| told.date.as_ref())
        .collect();
    let backing = |date: &Edtf| {
        stand.count(told.iter().filter(|told| told.date.as_ref().is_some_and(|other| other.compatible(date))).map(|told| told.backer))
    };
    // the days of a visit say more than its first one
    let exactness = |date: &Edtf| match date.value {
        EdtfValue::Interval(Some(_), Some(_)) if kind != ContactKind::Meeting && days_long(date) <= LONGEST => 6,
        _ => date.precision(),
    };
    let rank = |said: &&Said<Edtf>| {
        let date = &said.value;
        (backing(date), exactness(date), !date.approximate, said.sources, std::cmp::Reverse(date.clone()))
    };
    let preferred = dates.iter().filter(|said| of_status.contains(&said.value)).max_by_key(rank);
    let best = preferred.or_else(|| dates.iter().max_by_key(rank))?.value.clone();
    // a vague date is filled by a more exact one that agrees with it, whatever its status
    let agreeing = || dates.iter().filter(|said| said.value.compatible(&best));
    let best = agreeing()
        .filter(|said| exactness(&said.value) > exactness(&best))
        .max_by_key(rank)
        .map_or(best.clone(), |said| said.value.clone());
    let day_of_year = agreeing().find_map(|said| match said.value.value {
        EdtfValue::DayOfSomeYear(month, day) => Some((month, day)),
        _ => None,
    });
    let whole = day_of_year.filter(|_| best.precision() < 4).and_then(|(month, day)| {
        let year = agreeing().find_map(|said| year(&said.value))?;
        jiff::civil::Date::new(year, month, day).ok()
    });
    let Some(whole) = whole.map(Edtf::from) else { return Some(best) };
    dates.insert(0, Said { value: whole.clone(), claims: Vec::new(), sources: 0, inferred: Some("other-document".to_owned()) });
    Some(whole)
}

fn year(date: &Edtf) -> Option<i16> {
    let (first, last) = (date.earliest()?, date.latest()?);
    (first.year() == last.year()).then_some(first.year())
}

/// The places, those named before mere countries, those of most sources first.
fn places(mut said: Vec<Said<Place>>) -> Vec<Said<Place>> {
    said.sort_by_key(|said| (said.value.name.is_none(), std::cmp::Reverse(said.sources), said.value.country.is_none()));
    said
}

/// Every person with those who name him, in the office most often named with him.
fn participants<'a>(stand: &Stand<'_>, claims: &[&Claim<'a, Contact>], names: &Names<'a>) -> Vec<Said<Person>> {
    let mut persons: BTreeMap<u32, Vec<(&'a Party, usize)>> = BTreeMap::new();
    for (backer, claim) in claims.iter().enumerate() {
        for party in &claim.body.participants {
            persons.entry(names.person(party)).or_default().push((party, backer));
        }
    }
    let mut participants: Vec<Said<Person>> = persons
        .into_values()
        .map(|named| {
            let whos = || named.iter().map(|(party, backer)| (names.who(party), *backer));
            let name = most(stand, whos().map(|(who, backer)| (who.name, backer))).unwrap_or_default().to_owned();
            let qid = most(stand, whos().filter_map(|(who, backer)| Some((who.item?, backer)))).map(str::to_owned);
            let offices: Vec<(Office, usize)> = named.iter().filter_map(|(party, backer)| Some((party.office.clone()?, *backer))).collect();
            let person = Person { name, qid, office: most(stand, offices.into_iter()) };
            let mut backers: Vec<usize> = named.iter().map(|(_, backer)| *backer).collect();
            backers.dedup();
            let inferred = why(named.iter().map(|(party, _)| party.inferred.as_slice()));
            Said { value: person, claims: stand.ids(&backers), sources: stand.count(backers), inferred }
        })
        .collect();
    participants.sort_by(|one, other| one.value.cmp(&other.value));
    participants
}
