//! Which occasions the documents tell of, so that what was said and agreed is led back to them.
//!
//! In: entries of contacts. Out: the contacts of each document. Never: changes an entry.

use crate::paper::Paper;
use chancery_model::ContactKind;
use chancery_model::record::{Contact, Content, Entry, Words};
use std::collections::{BTreeMap, BTreeSet};

/// Characters between words beside each other: a comma and a space.
const BESIDE: usize = 3;

/// The contacts of each document.
pub(crate) struct Occasions<'e> {
    of: BTreeMap<&'e str, Vec<(&'e Entry, &'e Contact)>>,
}

impl<'e> Occasions<'e> {
    pub fn of(entries: &'e [Entry]) -> Occasions<'e> {
        let mut of: BTreeMap<&str, Vec<(&Entry, &Contact)>> = BTreeMap::new();
        for entry in entries {
            let Content::Contact(contact) = &entry.content else { continue };
            for document in entry.claims.iter().map(|claim| claim.document.as_str()).collect::<BTreeSet<_>>() {
                of.entry(document).or_default().push((entry, contact));
            }
        }
        Occasions { of }
    }

    fn told(&self, paper: &Paper<'_>) -> &[(&'e Entry, &'e Contact)] {
        self.of.get(paper.source.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Ids of the contacts of which a document tells.
    pub fn ids(&self, paper: &Paper<'_>) -> BTreeSet<&'e str> {
        self.told(paper).iter().map(|(entry, _)| entry.id.as_str()).collect()
    }

    /// The one contact of a document's news in which all of these take part; none where there are two.
    pub fn with(&self, paper: &Paper<'_>, who: &[&str]) -> Option<&'e str> {
        let takes_part = |contact: &Contact, who: &str| {
            contact.participants.iter().any(|said| said.value.name == who) || contact.states.iter().any(|said| said.value == who)
        };
        let recent = |contact: &Contact| match (contact.date.as_ref().and_then(|date| date.latest()), paper.told) {
            (Some(last), Some((told, _))) => crate::independence::days_between(last, told).abs() <= 7,
            _ => true,
        };
        let mut fitting = self.told(paper).iter().filter(|(_, contact)| {
            contact.kind != ContactKind::Visit && recent(contact) && !who.is_empty() && who.iter().all(|who| takes_part(contact, who))
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first.0.id.as_str())
    }

    /// Contacts of a document that rest on the same words, or on those beside them: "invited him | to visit Berlin".
    pub fn on_words(&self, paper: &Paper<'_>, words: &Words) -> Vec<&'e Entry> {
        let touch = |evidence: &Words| evidence.start < words.end + BESIDE && words.start < evidence.end + BESIDE;
        let of = |entry: &Entry| {
            entry.claims.iter().filter(|claim| claim.document == paper.source.id).flat_map(|claim| &claim.evidence).any(touch)
        };
        self.told(paper).iter().map(|(entry, _)| *entry).filter(|entry| of(entry)).collect()
    }
}
