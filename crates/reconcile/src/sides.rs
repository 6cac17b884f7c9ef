//! What each side's own report of a contact mentions, and the other's does not.
//!
//! In: all entries. Out: the contacts with the views of their sides. Never: says which of them is right.

use chancery_model::record::{Content, Entry, SideView};
use std::collections::{BTreeMap, BTreeSet};

/// Fills in the views of contacts that offices of two or more sides report.
pub(crate) fn compare(entries: &mut [Entry]) {
    let mut views: Vec<(usize, Vec<SideView>)> = Vec::new();
    let mut told: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for document in entry.claims.iter().map(|claim| claim.document.as_str()).collect::<BTreeSet<_>>() {
            told.entry(document).or_default().push(at);
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        let Content::Contact(contact) = &entry.content else { continue };
        let mut sides: BTreeMap<&str, (Vec<String>, BTreeSet<&str>)> = BTreeMap::new();
        for claim in &entry.claims {
            if let Some(side) = &claim.side {
                let (claims, documents) = sides.entry(side).or_default();
                claims.push(claim.claim.clone());
                documents.insert(&claim.document);
            }
        }
        if sides.len() < 2 {
            continue;
        }
        let mentions: BTreeMap<&str, BTreeSet<String>> = sides
            .iter()
            .map(|(side, (claims, documents))| {
                let present = contact.participants.iter().filter(|said| said.claims.iter().any(|claim| claims.contains(claim)));
                let mut mentioned: BTreeSet<String> = present.map(|said| format!("person: {}", said.value.name)).collect();
                let others = documents.iter().filter_map(|document| told.get(document)).flatten();
                mentioned.extend(others.filter_map(|&other| in_words(&entries[other])));
                (*side, mentioned)
            })
            .collect();
        let only = |side: &str| {
            let others: BTreeSet<&String> =
                mentions.iter().filter(|(other, _)| **other != side).flat_map(|(_, mentioned)| mentioned).collect();
            mentions[side].iter().filter(|mentioned| !others.contains(mentioned)).cloned().collect()
        };
        let seen = sides.iter().map(|(side, (claims, _))| SideView { side: (*side).to_owned(), claims: claims.clone(), only: only(side) });
        views.push((at, seen.collect()));
    }
    for (at, sides) in views {
        if let Content::Contact(contact) = &mut entries[at].content {
            contact.sides = sides;
        }
    }
}

/// An entry as it is mentioned; the same words for every document that backs it.
fn in_words(entry: &Entry) -> Option<String> {
    match &entry.content {
        Content::Commitment(commitment) => Some(format!("commitment: {}", commitment.action)),
        Content::Figure(figure) => Some(format!("figure: {} {} ({})", figure.value, figure.unit, figure.topic)),
        Content::Standing(_) | Content::Statement(_) | Content::Contact(_) => None,
    }
}
