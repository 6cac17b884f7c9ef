//! What each side's own report of a contact mentions, and the other's does not.
//!
//! In: all entries. Out: the contacts with the views of their sides. Never: says which of them is right.

use chancery_model::record::{Content, Entry, Mention, SideView};
use std::collections::{BTreeMap, BTreeSet};

/// What the documents mention that tell of contacts which offices of two or more sides report.
pub(crate) struct Sides {
    mentioned: BTreeMap<String, Vec<Mention>>,
}

impl Sides {
    pub fn of(contacts: &[Entry]) -> Sides {
        let two_sided = contacts.iter().filter(|entry| sides(entry).len() > 1);
        let documents = two_sided.flat_map(|entry| &entry.claims).map(|claim| (claim.document.clone(), Vec::new()));
        Sides { mentioned: documents.collect() }
    }

    /// Takes note of an entry that such a document mentions.
    pub fn hear(&mut self, entry: &Entry) {
        for document in entry.claims.iter().map(|claim| &claim.document).collect::<BTreeSet<_>>() {
            if let Some(mentioned) = self.mentioned.get_mut(document) {
                mentioned.extend(mention(entry));
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
        let mentions: BTreeMap<&str, BTreeMap<String, Mention>> = sides
            .iter()
            .map(|(side, (claims, documents))| {
                let present = contact.participants.iter().filter(|said| said.claims.iter().any(|claim| claims.contains(claim)));
                let persons = present.map(|said| Mention::Person { name: said.value.name.clone() });
                let others = documents.iter().filter_map(|document| self.mentioned.get(document)).flatten().cloned();
                (side.as_str(), persons.chain(others).map(|mention| (key(&mention), mention)).collect())
            })
            .collect();
        let only = |side: &str| {
            let elsewhere = |key: &String| mentions.iter().any(|(other, mentioned)| *other != side && mentioned.contains_key(key));
            mentions[side].iter().filter(|(key, _)| !elsewhere(key)).map(|(_, mention)| mention.clone()).collect()
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

/// What is the same mention in two reports.
fn key(mention: &Mention) -> String {
    match mention {
        Mention::Commitment { action } => format!("commitment: {action}"),
        Mention::Figure { value, unit, topic } => format!("figure: {topic} {unit} {value:030}"),
        Mention::Person { name } => format!("person: {name}"),
    }
}

/// An entry as it is mentioned; the same for every document that backs it.
fn mention(entry: &Entry) -> Option<Mention> {
    match &entry.content {
        Content::Commitment(commitment) => Some(Mention::Commitment { action: commitment.action.clone() }),
        Content::Figure(figure) => Some(Mention::Figure { value: figure.value, unit: figure.unit.clone(), topic: figure.topic }),
        Content::Standing(_) | Content::Statement(_) | Content::Contact(_) => None,
    }
}
