//! Who is one person, however documents write the name.
//!
//! In: the parties of all readings. Out: each party's name and item. Never: takes two for one whom the tables tell apart.

use crate::paper::Paper;
use crate::report::{Party, Reading};
use chancery_model::{Office, Relation, Role};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Letters with which a word must begin to be another word with an ending.
const STEM: usize = 4;
/// Letters of an ending.
const ENDING: usize = 3;

/// A person as the record tells of him.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Who<'a> {
    pub name: &'a str,
    pub item: Option<&'a str>,
}

impl<'a> Who<'a> {
    /// What tells a person apart: the item, or else the name.
    pub fn key(self) -> &'a str {
        self.item.unwrap_or(self.name)
    }
}

/// Of each office the persons known to hold it, and the names of whoever is told to and is not known.
type Holders<'a> = BTreeMap<(Role, &'a str), (BTreeSet<Who<'a>>, BTreeSet<&'a str>)>;

/// The items of names, and the names that are others with an ending.
#[derive(Default)]
pub(crate) struct People<'a> {
    /// None where two bear the name.
    items: HashMap<&'a str, Option<&'a str>>,
    inflected: HashMap<&'a str, Who<'a>>,
}

impl<'a> People<'a> {
    pub fn of(papers: &[Paper<'a>]) -> People<'a> {
        let parties = || papers.iter().flat_map(|paper| parties(paper.reading));
        let mut items: HashMap<&str, Option<&str>> = HashMap::new();
        for party in parties() {
            if let Some(item) = party.qid.as_deref() {
                items.entry(&party.name).and_modify(|known| *known = known.filter(|known| *known == item)).or_insert(Some(item));
            }
        }
        // whoever no table knows may be one whom the tables know in the same office, in a form that the language of a text has not
        let mut holders = Holders::new();
        let named = parties().filter_map(|party| party.office.as_ref().map(|Office { role, of }| (party, *role, of.as_str())));
        for (party, role, of) in named.chain(papers.iter().flat_map(|paper| held(paper.reading))) {
            if !role.single_seat() {
                continue;
            }
            match (party.qid.as_deref(), items.contains_key(party.name.as_str())) {
                (Some(item), _) => drop(holders.entry((role, of)).or_default().0.insert(Who { name: &party.name, item: Some(item) })),
                (None, false) => drop(holders.entry((role, of)).or_default().1.insert(&party.name)),
                (None, true) => {}
            }
        }
        let mut inflected = HashMap::new();
        for (known, unknown) in holders.into_values() {
            for name in unknown {
                let mut alike = known.iter().filter(|who| inflects(name, who.name));
                if let (Some(who), None) = (alike.next(), alike.next()) {
                    inflected.insert(name, *who);
                }
            }
        }
        People { items, inflected }
    }

    pub fn who(&self, party: &'a Party) -> Who<'a> {
        let name = party.name.as_str();
        let known = || self.items.get(name).copied().flatten();
        match party.qid.as_deref().or_else(known) {
            None => self.inflected.get(name).copied().unwrap_or(Who { name, item: None }),
            item => Who { name, item },
        }
    }
}

fn parties(reading: &Reading) -> impl Iterator<Item = &Party> {
    let contacts = reading.contacts.iter().flat_map(|contact| &contact.participants);
    let statements = reading.statements.iter().flat_map(|statement| statement.speaker.iter().chain(&statement.addressee));
    contacts.chain(statements).chain(reading.standings.iter().map(|standing| &standing.subject))
}

/// The offices that a reading says somebody holds.
fn held(reading: &Reading) -> impl Iterator<Item = (&Party, Role, &str)> {
    reading.standings.iter().filter(|standing| standing.relation == Relation::HoldsOffice).filter_map(|standing| {
        let (role, of) = standing.object.split_once(" of ")?;
        Some((&standing.subject, role.parse().ok()?, of))
    })
}

/// Whether a name is another with an ending at one or more of its words: `Donalda Trump`.
fn inflects(name: &str, other: &str) -> bool {
    let (words, others): (Vec<&str>, Vec<&str>) = (name.split(' ').collect(), other.split(' ').collect());
    words.len() == others.len() && words.iter().zip(&others).all(|(word, other)| word == other || has_ending(word, other))
}

/// Whether a word is the other, of which the last letter may be gone, with an ending.
fn has_ending(word: &str, other: &str) -> bool {
    let stem = word.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    stem >= STEM && other.chars().count() <= stem + 1 && word.chars().count() <= stem + ENDING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_makes_no_other_person() {
        for (name, other) in [("Donalda Trump", "Donald Trump"), ("Petrem Fialou", "Petr Fiala"), ("Donalda Tuska", "Donald Tusk")] {
            assert!(inflects(name, other), "{name}");
        }
        for (name, other) in [("Kim Jong-ill", "Kim Jong-un"), ("Paul Biya", "Paul Kagame"), ("Ana Brnabić", "Anna Brnabić")] {
            assert!(!inflects(name, other), "{name}");
        }
    }
}
