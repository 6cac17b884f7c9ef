//! What took place during a visit or a conference.
//!
//! In: entries of contacts. Out: the same, with what holds what; a visit without a day gets that of the meetings it holds. Never:
//! makes one entry of two.

use crate::independence::days_between;
use chancery_model::record::{Contact, Content, Entry, Said};
use chancery_model::{ContactKind, ContactStatus, Edtf, EdtfValue};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days of a visit of which only the first is told.
const STAY: i32 = 1;
/// Days of the longest visit that meetings give a date to.
const LONGEST: i32 = 10;

pub(crate) fn link(entries: &mut [Entry]) {
    let index = Index::of(entries);
    let mut held: Vec<(usize, usize)> = Vec::new();
    for (outer, entry) in entries.iter().enumerate() {
        let Some(contact) = occasion(entry) else { continue };
        let inner: BTreeSet<usize> = match contact.kind {
            ContactKind::Visit => index.near_visit(outer, entry, contact),
            ContactKind::Conference => index.of_documents(entry),
            _ => continue,
        };
        let holds = |&inner: &usize| {
            inner != outer && occasion(&entries[inner]).is_some_and(|other| during(entry, contact, &entries[inner], other))
        };
        held.extend(inner.into_iter().filter(holds).map(|inner| (outer, inner)));
    }
    // a visit says more of a meeting than the conference on whose margins it is
    held.sort_by_key(|&(outer, inner)| {
        (occasion(&entries[outer]).map(|contact| contact.kind != ContactKind::Visit), entries[outer].id.clone(), inner)
    });
    for (outer, inner) in held {
        let (outer_id, inner_id) = (entries[outer].id.clone(), entries[inner].id.clone());
        let date = occasion(&entries[inner]).and_then(|contact| contact.date.clone());
        if let Content::Contact(contact) = &mut entries[inner].content {
            contact.part_of.get_or_insert(outer_id);
        }
        if let Content::Contact(contact) = &mut entries[outer].content {
            contact.holds.push(inner_id);
            if contact.kind == ContactKind::Visit {
                fill(contact, date);
            }
        }
    }
    for entry in entries {
        if let Content::Contact(contact) = &mut entry.content {
            contact.holds.sort_unstable();
        }
    }
}

fn occasion(entry: &Entry) -> Option<&Contact> {
    match &entry.content {
        Content::Contact(contact) => Some(contact),
        _ => None,
    }
}

fn span(contact: &Contact) -> Option<(Date, Date)> {
    let date = contact.date.as_ref()?;
    Some((date.earliest()?, date.latest()?))
}

/// Entries by who takes part and by document.
struct Index {
    persons: BTreeMap<String, Vec<(Date, usize)>>,
    documents: BTreeMap<String, Vec<usize>>,
}

impl Index {
    fn of(entries: &[Entry]) -> Index {
        let mut index = Index { persons: BTreeMap::new(), documents: BTreeMap::new() };
        for (at, entry) in entries.iter().enumerate() {
            let Some(contact) = occasion(entry).filter(|contact| !matches!(contact.kind, ContactKind::Call | ContactKind::Letter)) else {
                continue;
            };
            if let Some((first, _)) = span(contact) {
                for person in &contact.participants {
                    index.persons.entry(person.value.name.clone()).or_default().push((first, at));
                }
            }
            for document in entry.claims.iter().map(|claim| &claim.document).collect::<BTreeSet<_>>() {
                index.documents.entry(document.clone()).or_default().push(at);
            }
        }
        index.persons.values_mut().for_each(|meetings| meetings.sort_unstable());
        index
    }

    fn of_documents(&self, entry: &Entry) -> BTreeSet<usize> {
        entry.claims.iter().filter_map(|claim| self.documents.get(&claim.document)).flatten().copied().collect()
    }

    /// What the travellers did in its days; where it has none, what its documents tell of.
    fn near_visit(&self, at: usize, entry: &Entry, visit: &Contact) -> BTreeSet<usize> {
        let Some((first, last)) = span(visit).filter(|(first, last)| days_between(*first, *last) <= 31) else {
            return self.of_documents(entry);
        };
        let mut near = BTreeSet::new();
        for person in &visit.participants {
            let meetings = self.persons.get(&person.value.name).map_or(&[][..], Vec::as_slice);
            let from = meetings.partition_point(|(date, _)| *date < first);
            near.extend(meetings[from..].iter().take_while(|(date, _)| days_between(last, *date) <= STAY).map(|(_, meeting)| *meeting));
        }
        near.remove(&at);
        near
    }
}

fn during(outer: &Entry, contact: &Contact, inner: &Entry, other: &Contact) -> bool {
    if matches!(other.kind, ContactKind::Visit | ContactKind::Call | ContactKind::Letter) || (contact.kind == other.kind) {
        return false;
    }
    let country = |contact: &Contact| contact.place.as_ref().and_then(|place| place.country.clone());
    let name = |contact: &Contact| contact.place.as_ref().and_then(|place| place.name.clone());
    let persons = |contact: &Contact| contact.participants.iter().map(|said| said.value.name.clone()).collect::<BTreeSet<_>>();
    let states = |contact: &Contact| contact.states.iter().map(|said| said.value.clone()).collect::<BTreeSet<_>>();
    let documents = |entry: &Entry| entry.claims.iter().map(|claim| claim.document.clone()).collect::<BTreeSet<_>>();
    let told_together = || documents(outer).intersection(&documents(inner)).next().is_some();
    let (host, there) = (country(contact), country(other));
    let (days, inner_days) = (span(contact), span(other));
    match contact.kind {
        ContactKind::Visit => {
            let days_fit = match (days, inner_days) {
                (Some((first, last)), Some((from, to))) => {
                    let stay = if first == last && there.is_some() { STAY } else { 0 };
                    days_between(first, from) >= 0 && days_between(last, to) <= stay
                }
                // received in Astana, invited to Astana next year: what is to come holds nothing that has been
                _ if contact.status != ContactStatus::Held
                    && other.history.iter().all(|step| step.status == ContactStatus::Held.as_str()) =>
                {
                    false
                }
                _ => contact.date.as_ref().zip(other.date.as_ref()).is_none_or(|(one, other)| one.compatible(other)) && told_together(),
            };
            host.is_some()
                && there.as_ref().is_none_or(|there| Some(there) == host.as_ref())
                && (other.kind != ContactKind::Conference || there.is_some())
                && days_fit
                && states(contact).is_subset(&states(other))
                && persons(contact).intersection(&persons(other)).next().is_some()
        }
        ContactKind::Conference => {
            let same_place = name(contact).is_some() && name(contact) == name(other) && host == there;
            let days_fit = matches!((days, inner_days), (Some((first, last)), Some((from, to))) if first <= from && to <= last);
            other.kind == ContactKind::Meeting && same_place && days_fit && told_together()
        }
        _ => false,
    }
}

/// A visit of which no claim gives the day was in the days of the meetings that it holds.
fn fill(visit: &mut Contact, meeting: Option<Edtf>) {
    let vague = visit.date.as_ref().is_none_or(|date| date.precision() < 4);
    let filled = visit.dates.iter().position(|said| said.inferred.is_some());
    let Some((from, to)) = meeting.as_ref().filter(|date| date.precision() >= 4).and_then(|date| Some((date.earliest()?, date.latest()?)))
    else {
        return;
    };
    let (first, last) = match (filled, span(visit)) {
        (Some(_), Some((first, last))) => (first.min(from), last.max(to)),
        _ if vague => (from, to),
        _ => return,
    };
    if days_between(first, last) > LONGEST {
        return;
    }
    let value = if first == last {
        EdtfValue::Day(first)
    } else {
        EdtfValue::Interval(Some(Box::new(EdtfValue::Day(first))), Some(Box::new(EdtfValue::Day(last))))
    };
    let date = Edtf { value, approximate: meeting.is_some_and(|date| date.approximate) };
    if let Some(known) = filled {
        visit.dates.remove(known);
    }
    visit.dates.insert(0, Said { value: date.clone(), claims: Vec::new(), sources: 0, inferred: Some("other-document".to_owned()) });
    visit.date = Some(date);
}
