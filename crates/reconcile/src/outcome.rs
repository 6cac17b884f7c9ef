//! What became of an undertaking, as later contacts show.
//!
//! In: the contacts that rest on its words, all contacts, its day. Out: open, kept, dropped or overdue, each with the claims that show
//! it. Never: asks a clock: overdue is what was due before the last report of the record.

use crate::independence::days_between;
use crate::stand::Stand;
use chancery_model::record::{Contact, Content, Entry, Step};
use chancery_model::{ContactKind, ContactStatus, Edtf};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days within which what was agreed without a day counts as done by what follows.
const LATEST: i32 = 550;

/// What became of it.
pub(crate) struct Outcome {
    pub word: String,
    pub history: Vec<Step>,
    pub shown_by: Vec<String>,
}

/// A contact that took place, with its day.
type Held<'e> = (Date, &'e Entry, &'e Contact);

/// Contacts that took place, by kind and states, in the order of their days.
pub(crate) struct Fulfilments<'e> {
    held: BTreeMap<(ContactKind, Vec<&'e str>), Vec<Held<'e>>>,
}

impl<'e> Fulfilments<'e> {
    pub fn of(contacts: &'e [Entry]) -> Fulfilments<'e> {
        let mut held: BTreeMap<(ContactKind, Vec<&str>), Vec<Held<'_>>> = BTreeMap::new();
        for entry in contacts {
            let Content::Contact(contact) = &entry.content else { continue };
            let day = contact.date.as_ref().and_then(Edtf::earliest);
            if let (ContactStatus::Held, Some(day)) = (contact.status, day) {
                held.entry((contact.kind, states(contact))).or_default().push((day, entry, contact));
            }
        }
        held.values_mut().for_each(|held| held.sort_by(|one, other| (one.0, &one.1.id).cmp(&(other.0, &other.1.id))));
        Fulfilments { held }
    }

    /// The outcome of what was undertaken in words on which `about` rest too, reported first on `reported`.
    pub fn outcome(
        &self,
        stand: &Stand<'_>,
        about: &[&'e Entry],
        reported: Option<Date>,
        due: Option<&Edtf>,
        latest: Option<Date>,
    ) -> Outcome {
        let all: Vec<usize> = (0..stand.backers.len()).collect();
        let mut steps =
            vec![Step { reported: reported.map(Edtf::from), status: "open".to_owned(), date: due.cloned(), claims: stand.ids(&all) }];
        let mut word = "open";
        let mut shown_by = BTreeSet::new();
        for entry in about {
            let Content::Contact(planned) = &entry.content else { continue };
            let ended = planned.history.iter().find(|step| step.status == planned.status.as_str());
            match (planned.status, ended) {
                (ContactStatus::Cancelled | ContactStatus::Denied, Some(step)) if word != "kept" => {
                    word = "dropped";
                    steps.push(Step { status: word.to_owned(), ..step.clone() });
                    shown_by.insert(entry.id.clone());
                }
                (ContactStatus::Held, Some(step)) if came_later(planned, step, reported) => {
                    word = "kept";
                    steps.push(Step { status: word.to_owned(), ..step.clone() });
                    shown_by.insert(entry.id.clone());
                }
                (ContactStatus::Planned | ContactStatus::Proposed, _) => {
                    if let Some((kept, step)) = self.follows(planned, reported, due) {
                        word = "kept";
                        steps.push(Step { status: word.to_owned(), ..step });
                        shown_by.insert(kept);
                    }
                }
                _ => {}
            }
        }
        steps.dedup();
        let overdue = matches!((due.and_then(Edtf::latest), latest), (Some(due), Some(latest)) if due < latest);
        if word == "open" && overdue {
            word = "overdue";
            steps.push(Step { reported: latest.map(Edtf::from), status: word.to_owned(), date: due.cloned(), claims: stand.ids(&all) });
        }
        Outcome { word: word.to_owned(), history: steps, shown_by: shown_by.into_iter().collect() }
    }

    /// The first contact of the same kind, states and persons that took place afterwards and in time.
    fn follows(&self, planned: &Contact, reported: Option<Date>, due: Option<&Edtf>) -> Option<(String, Step)> {
        let reported = reported?;
        let persons = |contact: &Contact| contact.participants.iter().map(|said| said.value.name.clone()).collect::<BTreeSet<_>>();
        let wanted = persons(planned);
        let host = |contact: &Contact| contact.place.as_ref().and_then(|place| place.country.clone());
        let in_time = |day: Date| match planned.date.as_ref().or(due).and_then(Edtf::latest) {
            Some(until) => day <= until,
            None => days_between(reported, day) <= LATEST,
        };
        let held = self.held.get(&(planned.kind, states(planned)))?;
        let from = held.partition_point(|(day, ..)| *day <= reported);
        let fits = |contact: &Contact| {
            let same_persons = wanted.is_subset(&persons(contact)) && (!wanted.is_empty() || planned.kind == ContactKind::Signing);
            same_persons && (host(planned).is_none() || host(contact).is_none() || host(planned) == host(contact))
        };
        let (_, entry, contact) = held[from..].iter().take_while(|(day, ..)| in_time(*day)).find(|(.., contact)| fits(contact))?;
        let step = contact.history.iter().find(|step| step.status == ContactStatus::Held.as_str())?;
        Some((entry.id.clone(), step.clone()))
    }
}

/// Whether the contact was held after it was undertaken: it is not the one on which that was done.
fn came_later(contact: &Contact, step: &Step, reported: Option<Date>) -> bool {
    let planned = contact.history.iter().any(|step| matches!(step.status.as_str(), "planned" | "proposed" | "moved"));
    let after = |held: Option<Date>| matches!((held, reported), (Some(held), Some(reported)) if held > reported);
    planned && (after(step.reported.as_ref().and_then(Edtf::latest)) || after(contact.date.as_ref().and_then(Edtf::earliest)))
}

fn states(contact: &Contact) -> Vec<&str> {
    contact.states.iter().map(|said| said.value.as_str()).collect()
}
