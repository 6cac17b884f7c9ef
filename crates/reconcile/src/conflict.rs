//! Where the claims of one entry differ.
//!
//! In: the values that claims give. Out: conflicts with their kind. Never: says who is right.

use crate::contact::fact::Names;
use crate::contact::history::Told;
use crate::stand::Stand;
use chancery_model::record::{Conflict, Said};
use chancery_model::{ContactKind, ContactStatus, Edtf, Place};
use std::collections::BTreeSet;
use std::fmt::Display;

/// Both cannot be.
pub(crate) const CONTRADICTION: &str = "contradiction";
/// One is vaguer.
pub(crate) const PRECISION: &str = "precision";
/// A later report corrects.
pub(crate) const REVISION: &str = "revision";
/// One names less.
pub(crate) const OMISSION: &str = "omission";

/// A conflict of values that are already told apart.
pub(crate) fn conflict<V: Display>(of: &str, kind: &str, values: &[Said<V>]) -> Conflict {
    let written = |said: &Said<V>| Said {
        value: said.value.to_string(),
        claims: said.claims.clone(),
        sources: said.sources,
        inferred: said.inferred.clone(),
    };
    Conflict { of: of.to_owned(), kind: kind.to_owned(), values: values.iter().map(written).collect() }
}

/// Dates that differ. Where a plan was moved, or what was planned was held on another day, the later report corrects.
pub(crate) fn dates(stand: &Stand<'_>, told: &[Told], dates: &[Said<Edtf>]) -> Option<Conflict> {
    let differ = |one: &Edtf, other: &Edtf| one.value != other.value;
    let pairs = || dates.iter().enumerate().flat_map(|(at, one)| dates[at + 1..].iter().map(move |other| (&one.value, &other.value)));
    if !pairs().any(|(one, other)| differ(one, other)) {
        return None;
    }
    let planned = |told: &&Told| matches!(told.status, ContactStatus::Planned | ContactStatus::Proposed);
    let later = |one: &Edtf, other: &Edtf| {
        // whoever gives one of the two as planned did so before the other was reported
        let reported = |date: &Edtf, plans: bool| {
            told.iter()
                .filter(move |told| told.date.as_ref() == Some(date) && (!plans || planned(told)))
                .filter_map(|told| stand.paper(told.backer).published)
                .collect::<Vec<_>>()
        };
        let before = |one: &Edtf, other: &Edtf| match (reported(one, true).iter().max(), reported(other, false).iter().min()) {
            (Some(plan), Some(after)) => plan < after,
            _ => false,
        };
        before(one, other) || before(other, one)
    };
    let apart: Vec<(&Edtf, &Edtf)> = pairs().filter(|(one, other)| !one.compatible(other)).collect();
    let kind = match apart.is_empty() {
        true => PRECISION,
        false if apart.iter().all(|(one, other)| later(one, other)) => REVISION,
        false => CONTRADICTION,
    };
    Some(conflict("date", kind, dates))
}

/// Places that differ: two countries or two names contradict each other; a country alone, or the city of a site, is vaguer.
pub(crate) fn places(places: &[Said<Place>], names: &Names<'_>) -> Option<Conflict> {
    let countries = places.iter().filter_map(|said| said.value.country.as_deref()).collect::<BTreeSet<_>>().len();
    let named: BTreeSet<&str> = places.iter().filter_map(|said| said.value.name.as_deref()).collect();
    let city = |place: &Place| names.city(place).filter(|city| named.contains(city)).map(str::to_owned);
    let in_words = |place: &Place| city(place).or_else(|| place.name.clone());
    let names = places.iter().filter_map(|said| in_words(&said.value)).collect::<BTreeSet<_>>().len();
    let kind = match places.len() {
        0 | 1 => return None,
        _ if countries > 1 || names > 1 => CONTRADICTION,
        _ => PRECISION,
    };
    let written: Vec<Said<String>> = places
        .iter()
        .map(|said| Said {
            value: [said.value.name.as_deref(), said.value.country.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", "),
            claims: said.claims.clone(),
            sources: said.sources,
            inferred: said.inferred.clone(),
        })
        .collect();
    Some(conflict("place", kind, &written))
}

/// Held by some, and denied or called off by others. What was called off before it was reported as held was taken up again.
pub(crate) fn statuses(stand: &Stand<'_>, told: &[Told]) -> Option<Conflict> {
    let of = |status: ContactStatus| told.iter().filter(move |told| told.status == status);
    let against = || of(ContactStatus::Denied).chain(of(ContactStatus::Cancelled));
    if of(ContactStatus::Held).next().is_none() || against().next().is_none() {
        return None;
    }
    let published = |told: &Told| stand.paper(told.backer).published;
    let last_against = against().map(published).max().flatten();
    let first_held = of(ContactStatus::Held).map(published).min().flatten();
    let revised = matches!((last_against, first_held), (Some(against), Some(held)) if against < held);
    let values = stand.said(told.iter().map(|told| (told.status, told.backer)));
    Some(conflict("status", if revised { REVISION } else { CONTRADICTION }, &values))
}

/// Told as different kinds.
pub(crate) fn kinds(kinds: &[Said<ContactKind>]) -> Option<Conflict> {
    (kinds.len() > 1).then(|| conflict("kind", PRECISION, kinds))
}

/// Lists of which one names less than another. Who names nobody leaves nothing out.
pub(crate) fn lists(of: &str, stand: &Stand<'_>, values: impl Iterator<Item = (BTreeSet<String>, usize)>) -> Option<Conflict> {
    let said = stand.said(values.filter(|(list, _)| !list.is_empty()));
    let written: Vec<Said<String>> = said
        .into_iter()
        .map(|said| Said {
            value: said.value.into_iter().collect::<Vec<_>>().join(", "),
            claims: said.claims,
            sources: said.sources,
            inferred: said.inferred,
        })
        .collect();
    (written.len() > 1).then(|| conflict(of, OMISSION, &written))
}
