//! What each side's own report of a contact mentions, and the other's does not.
//!
//! In: all entries. Out: the contacts with the views of their sides. Never: says which of them is right.

use chancery_model::record::{Content, Entry, SideView};
use std::collections::{BTreeMap, BTreeSet};

/// What the documents mention that tell of contacts which offices of two or more sides report.
pub(crate) struct Sides {
    mentioned: BTreeMap<String, Vec<String>>,
}

impl Sides {
    pub fn of(contacts: &[Entry]) -> Sides {
        let two_sided = contacts.iter().filter(|entry| sides(entry).len() > 1);
        let documents = two_sided.flat_map(|entry| &entry.claims).map(|claim| (claim.document.clone(), Vec::new()));
        Sides { mentioned: documents.collect() }
    }

    /// Takes note of an entry that such a document mentions.
    pub fn hear(&mut self, entry: &Entry) {
        let mut words = None;
        for document in entry.claims.iter().map(|claim| &claim.document).collect::<BTreeSet<_>>() {
            if let Some(mentioned) = self.mentioned.get_mut(document) {
                mentioned.extend(words.get_or_insert_with(|| in_words(entry)).clone());
            }
        }
    }

    /// Fills in the views of a contact that offices of two or more sides report.
    pub fn compare(&self, entry: &mut Entry) {
        let sides = sides(entry);
        let Content::Contact(contact) = &mut entry.content else { return };
        if sides.len() < 2 {
            return;
        }
        let mentions: BTreeMap<&str, BTreeSet<String>> = sides
            .iter()
            .map(|(side, (claims, documents))| {
                let present = contact.participants.iter().filter(|said| said.claims.iter().any(|claim| claims.contains(claim)));
                let mut mentioned: BTreeSet<String> = present.map(|said| format!("person: {}", said.value.name)).collect();
                mentioned.extend(documents.iter().filter_map(|document| self.mentioned.get(document)).flatten().cloned());
                (side.as_str(), mentioned)
            })
            .collect();
        let only = |side: &str| {
            let others: BTreeSet<&String> =
                mentions.iter().filter(|(other, _)| **other != side).flat_map(|(_, mentioned)| mentioned).collect();
            mentions[side].iter().filter(|mentioned| !others.contains(mentioned)).cloned().collect()
        };
        let seen = |(side, (claims, _)): (&String, &(Vec<String>, BTreeSet<String>))| SideView {
            side: side.clone(),
            claims: claims.clone(),
            only: only(side),
        };
        contact.sides = sides.iter().map(seen).collect();
    }
}

/// Claims and documents of each side whose office reports a contact.
fn sides(entry: &Entry) -> BTreeMap<String, (Vec<String>, BTreeSet<String>)> {
    let mut sides: BTreeMap<String, (Vec<String>, BTreeSet<String>)> = BTreeMap::new();
    for claim in &entry.claims {
        if let Some(side) = &claim.side {
            let (claims, documents) = sides.entry(side.clone()).or_default();
            claims.push(claim.claim.clone());
            documents.insert(claim.document.clone());
        }
    }
    sides
}

/// An entry as it is mentioned; the same words for every document that backs it.
fn in_words(entry: &Entry) -> Option<String> {
    match &entry.content {
        Content::Commitment(commitment) => Some(format!("commitment: {}", commitment.action)),
        Content::Figure(figure) => Some(format!("figure: {} {} ({})", figure.value, figure.unit, figure.topic)),
        Content::Standing(_) | Content::Statement(_) | Content::Contact(_) => None,
    }
}
