//! What claims say of an occasion, ready to be compared: claims that say the very same are one fact.
//!
//! In: claims of contacts. Out: facts with numbers for names. Never: compares two.

use crate::atlas::Atlas;
use crate::paper::{Claim, Paper};
use crate::people::{People, Who};
use crate::report::{Contact, Party};
use chancery_model::{ContactKind, ContactStatus, Edtf, Place, Role};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A name as its number in the order of all names.
pub(crate) type Name = u32;

/// What one or more claims say of an occasion.
pub(crate) struct Fact {
    pub kind: ContactKind,
    pub status: ContactStatus,
    /// In order.
    pub persons: Vec<Name>,
    /// The state or organization for which each person stands, where it is known; in order.
    pub sides: Vec<(Name, Name)>,
    /// Persons in offices that one person at a time holds; in order.
    pub seats: Vec<((Role, Name), Name)>,
    /// In order.
    pub states: Vec<Name>,
    pub date: Option<Edtf>,
    /// Whether the day is that of the report rather than one that the text names.
    pub loose: bool,
    pub place: Option<Name>,
    /// The city in which the place lies.
    pub city: Option<Name>,
    pub country: Option<Name>,
    pub format: Option<Name>,
    /// The organization of which the format is an organ.
    pub whole: Option<Name>,
    /// The days within which the report was written.
    pub told: Option<(Date, Date)>,
    /// Papers that say so, in order.
    pub papers: Vec<usize>,
    /// Claims that say so, in order.
    pub claims: Vec<usize>,
}

impl Fact {
    /// Whether it is about an occasion to come.
    pub fn ahead(&self) -> bool {
        matches!(self.status, ContactStatus::Planned | ContactStatus::Proposed)
    }

    /// Whether two facts of one document are one nevertheless: an invitation and the visit that it led to, on one day.
    pub fn twin(&self, other: &Fact) -> bool {
        let exact = self.date.as_ref().is_some_and(|date| date.day().is_some());
        let who = |fact: &Fact| (fact.kind, fact.date.clone(), fact.persons.clone(), fact.states.clone());
        exact && !self.persons.is_empty() && who(self) == who(other)
    }

    /// Whether the place of one is the other's, or a site in that city.
    pub fn in_one_city(&self, other: &Fact) -> bool {
        (self.city.is_some() && self.city == other.place) || (other.city.is_some() && other.city == self.place)
    }

    /// Whether both name a frame and neither is the other's, nor an organ of it.
    pub fn in_two_frames(&self, other: &Fact) -> bool {
        let (Some(own), Some(others)) = (self.format, other.format) else { return false };
        own != others && self.whole != Some(others) && other.whole != Some(own)
    }

    /// Whether it is settled which occasion is meant: by its day and by who took part or in which frame.
    pub fn settled(&self) -> bool {
        let dated = self.date.as_ref().is_some_and(|date| date.precision() >= 4);
        dated && (self.persons.len() > 1 || self.format.is_some() || (self.kind == ContactKind::Visit && !self.persons.is_empty()))
    }
}

/// All names in their order, so that numbers compare as the names do.
pub(crate) struct Names<'a> {
    names: Vec<String>,
    /// Names of the items.
    items: BTreeMap<&'a str, &'a str>,
    people: &'a People<'a>,
    /// The city of each site.
    cities: BTreeMap<&'a Place, String>,
    /// The organization of each organ.
    wholes: BTreeMap<&'a str, String>,
}

impl<'a> Names<'a> {
    pub fn of(claims: &[Claim<'a, Contact>], people: &'a People<'a>, atlas: &dyn Atlas) -> Names<'a> {
        let mut items: BTreeMap<&str, &str> = BTreeMap::new();
        let mut names = BTreeSet::new();
        let (mut places, mut formats) = (BTreeSet::new(), BTreeSet::new());
        for contact in claims.iter().map(|claim| claim.body) {
            names.extend(contact.states.iter().map(String::as_str));
            formats.extend(contact.format.as_deref());
            if let Some(place) = &contact.place {
                places.insert(place);
                names.extend([place.name.as_deref(), place.country.as_deref()].into_iter().flatten());
            }
            for party in &contact.participants {
                let who = people.who(party);
                names.insert(who.key());
                items.extend(who.item.map(|item| (item, who.name)));
                names.extend(party.office.as_ref().map(|office| office.of.as_str()));
            }
        }
        let cities: BTreeMap<&Place, String> = places.into_iter().filter_map(|place| Some((place, atlas.city_of(place)?))).collect();
        let wholes: BTreeMap<&str, String> = formats.iter().filter_map(|format| Some((*format, atlas.whole_of(format)?))).collect();
        names.extend(formats);
        names.extend(cities.values().chain(wholes.values()).map(String::as_str));
        let names = names.into_iter().map(str::to_owned).collect();
        Names { names, items, people, cities, wholes }
    }

    /// The city in which a place lies.
    pub fn city(&self, place: &Place) -> Option<&str> {
        self.cities.get(place).map(String::as_str)
    }

    fn whole(&self, format: &str) -> Option<&str> {
        self.wholes.get(format).map(String::as_str)
    }

    pub fn number(&self, name: &str) -> Name {
        self.names.partition_point(|known| known.as_str() < name) as Name
    }

    pub fn person(&self, party: &'a Party) -> Name {
        self.number(self.who(party).key())
    }

    pub fn who(&self, party: &'a Party) -> Who<'a> {
        self.people.who(party)
    }

    /// A name as people know it: of a person the name rather than the item.
    pub fn name(&self, number: Name) -> &str {
        let name = self.names.get(number as usize).map_or("", String::as_str);
        self.items.get(name).copied().unwrap_or(name)
    }
}

/// The facts, in the order of their first claims. Claims in `single` are facts of their own: a person decided about them.
pub(crate) fn facts<'a>(papers: &[Paper<'_>], claims: &[Claim<'a, Contact>], names: &Names<'a>, single: &BTreeSet<usize>) -> Vec<Fact> {
    let homes = homes(claims, names);
    let mut same: BTreeMap<_, usize> = BTreeMap::new();
    let mut facts: Vec<Fact> = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        let fact = fact(papers, claim, names, &homes);
        // without a day, what is told on different days need not be the same; without any time, nothing need be
        let exact = fact.date.as_ref().is_some_and(|date| date.day().is_some());
        let told = if exact { None } else { fact.told };
        let alone = if single.contains(&index) || !(exact || told.is_some()) { Some(index) } else { None };
        let key = (
            (fact.kind, fact.status, fact.persons.clone(), fact.states.clone(), fact.seats.clone()),
            (fact.date.clone(), fact.loose, fact.place, fact.country, fact.format),
            (told, alone),
        );
        let at = *same.entry(key).or_insert(facts.len());
        if at == facts.len() {
            facts.push(fact);
        }
        let known = &mut facts[at];
        known.claims.push(index);
        if known.papers.last() != Some(&claim.paper) {
            known.papers.push(claim.paper);
        }
    }
    facts
}

/// The state for which each person is most often named; of two who meet for two states, the other stands for the other.
fn homes<'a>(claims: &[Claim<'a, Contact>], names: &Names<'a>) -> BTreeMap<Name, Name> {
    let mut count: BTreeMap<(Name, Name), usize> = BTreeMap::new();
    for party in claims.iter().flat_map(|claim| &claim.body.participants) {
        if let Some(office) = &party.office {
            *count.entry((names.person(party), names.number(&office.of))).or_default() += 1;
        }
    }
    let named = most(count);
    let mut count: BTreeMap<(Name, Name), usize> = BTreeMap::new();
    for contact in claims.iter().map(|claim| claim.body) {
        let ([one, other], [first, second]) = (contact.participants.as_slice(), contact.states.as_slice()) else { continue };
        let states = [names.number(first), names.number(second)];
        for (known, open) in [(one, other), (other, one)].map(|(known, open)| (names.person(known), names.person(open))) {
            if let (Some(home), None) = (named.get(&known), named.get(&open))
                && let Some(at) = states.iter().position(|state| state == home)
            {
                *count.entry((open, states[1 - at])).or_default() += 1;
            }
        }
    }
    let mut homes = most(count);
    homes.extend(named);
    homes
}

/// Of each person the state that was counted most; the first of equals.
fn most(count: BTreeMap<(Name, Name), usize>) -> BTreeMap<Name, Name> {
    let mut homes: BTreeMap<Name, (usize, Name)> = BTreeMap::new();
    for ((person, state), times) in count {
        let home = homes.entry(person).or_insert((times, state));
        if times > home.0 {
            *home = (times, state);
        }
    }
    homes.into_iter().map(|(person, (_, state))| (person, state)).collect()
}

fn fact<'a>(papers: &[Paper<'_>], claim: &Claim<'a, Contact>, names: &Names<'a>, homes: &BTreeMap<Name, Name>) -> Fact {
    let contact = claim.body;
    let sorted = |mut list: Vec<Name>| {
        list.sort_unstable();
        list.dedup();
        list
    };
    let mut sides = Vec::new();
    let mut seats = Vec::new();
    for party in &contact.participants {
        let person = names.person(party);
        let side = party.office.as_ref().map(|office| names.number(&office.of)).or_else(|| homes.get(&person).copied());
        sides.extend(side.map(|side| (side, person)));
        if let Some(office) = party.office.as_ref().filter(|office| office.role.single_seat()) {
            seats.push(((office.role, names.number(&office.of)), person));
        }
    }
    sides.sort_unstable();
    seats.sort_unstable();
    Fact {
        kind: contact.kind,
        status: contact.status,
        persons: sorted(contact.participants.iter().map(|party| names.person(party)).collect()),
        sides,
        seats,
        states: sorted(contact.states.iter().map(|state| names.number(state)).collect()),
        date: contact.date.clone(),
        loose: contact.date.as_ref().is_some_and(|date| date.approximate),
        place: contact.place.as_ref().and_then(|place| place.name.as_deref()).map(|name| names.number(name)),
        city: contact.place.as_ref().and_then(|place| names.city(place)).map(|name| names.number(name)),
        country: contact.place.as_ref().and_then(|place| place.country.as_deref()).map(|code| names.number(code)),
        format: contact.format.as_deref().map(|format| names.number(format)),
        whole: contact.format.as_deref().and_then(|format| names.whole(format)).map(|name| names.number(name)),
        told: papers[claim.paper].told,
        papers: Vec::new(),
        claims: Vec::new(),
    }
}
