//! What of an entry can be asked for.
//!
//! In: an entry. Out: its columns, facets and words. Never: decides anything.

use super::Names;
use crate::words;
use chancery_model::Edtf;
use chancery_model::record::{Contact, Content, Entry, Person};
use std::collections::BTreeSet;

/// The columns, facets and words of an entry.
pub struct EntryRow<'a> {
    pub entry: &'static str,
    pub kind: Option<&'a str>,
    pub status: Option<&'a str>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub first_reported: Option<String>,
    pub last_reported: Option<String>,
    pub contradictions: usize,
    pub near: Option<f64>,
    pub facets: BTreeSet<(&'static str, String)>,
    pub words: String,
}

/// What is gathered of the content of an entry.
#[derive(Default)]
struct Gathered<'a> {
    facets: BTreeSet<(&'static str, String)>,
    told: Vec<&'a str>,
}

/// Whether this is the code of a state or organization and no name of a person.
fn is_code(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(char::is_lowercase)
}

impl<'a> Gathered<'a> {
    fn party(&mut self, name: &'a str) {
        self.facets.insert((if is_code(name) { "state" } else { "person" }, name.to_owned()));
    }

    fn person(&mut self, person: &'a Person) {
        self.party(&person.name);
        if let Some(office) = &person.office {
            self.facets.insert(("state", office.of.clone()));
        }
    }

    fn state(&mut self, code: &str) {
        self.facets.insert(("state", code.to_owned()));
    }

    fn contact(&mut self, contact: &'a Contact) {
        contact.states.iter().for_each(|said| self.state(&said.value));
        contact.participants.iter().for_each(|said| self.party(&said.value.name));
        if let Some(format) = &contact.format {
            self.facets.insert(("format", format.clone()));
        }
        for place in contact.place.iter().chain(contact.places.iter().map(|said| &said.value)) {
            if let (Some(name), Some(country)) = (&place.name, &place.country) {
                self.facets.insert(("place", format!("{name}, {country}")));
            }
            self.told.extend(place.name.as_deref());
            self.told.extend(place.country.as_deref());
        }
    }
}

/// By which a list is ordered and asked for: the day of a contact, the period of a figure, else the day of the first report.
fn when(content: &Content) -> Option<&Edtf> {
    match content {
        Content::Contact(contact) => contact.date.as_ref(),
        Content::Statement(statement) => statement.reported.as_ref(),
        Content::Commitment(commitment) => commitment.reported.as_ref(),
        Content::Figure(figure) => figure.period.as_ref().or(figure.reported.as_ref()),
        Content::Standing(standing) => standing.period.as_ref().or(standing.reported.first()),
    }
}

/// Weight below which something forbids that two are one.
const FORBIDDEN: f64 = -5.0;

/// How near the nearest entry is that was held apart from this one though nothing forbids that they are one.
fn near(entry: &Entry) -> Option<f64> {
    entry.apart.iter().map(|join| join.weight).filter(|weight| *weight > FORBIDDEN).max_by(f64::total_cmp)
}

impl<'a> EntryRow<'a> {
    pub fn of(entry: &'a Entry, names: Names) -> EntryRow<'a> {
        let mut gathered = Gathered::default();
        let (sort, kind, status) = match &entry.content {
            Content::Contact(contact) => {
                gathered.contact(contact);
                ("contact", Some(contact.kind.as_str()), Some(contact.status.as_str()))
            }
            Content::Statement(statement) => {
                statement.speaker.iter().chain(&statement.addressee).for_each(|person| gathered.person(person));
                gathered.told.push(&statement.text);
                gathered.told.extend(statement.wordings.iter().map(|said| said.value.as_str()));
                ("statement", Some(if statement.quoted { "quoted" } else { "reported" }), None)
            }
            Content::Commitment(commitment) => {
                commitment.parties.iter().for_each(|said| gathered.party(&said.value));
                gathered.told.push(&commitment.action);
                gathered.told.extend(commitment.wordings.iter().map(|said| said.value.as_str()));
                ("commitment", Some(commitment.status.as_str()), Some(commitment.outcome.as_str()))
            }
            Content::Figure(figure) => {
                figure.states.iter().for_each(|state| gathered.state(state));
                ("figure", Some(figure.topic.as_str()), None)
            }
            Content::Standing(standing) => {
                gathered.person(&standing.subject);
                gathered.told.push(&standing.object);
                gathered.told.extend(standing.name.as_deref());
                let of = standing.object.rsplit_once(" of ").map_or(standing.object.as_str(), |(_, of)| of);
                if is_code(of) {
                    gathered.state(of);
                    gathered.facets.insert(("format", of.to_owned()));
                }
                ("standing", Some(standing.relation.as_str()), None)
            }
        };
        let Gathered { mut facets, told } = gathered;
        let named: Vec<String> = facets
            .iter()
            .filter(|(facet, _)| *facet != "place")
            .map(|(facet, value)| if *facet == "person" { value.clone() } else { format!("{value} {}", names(value)) })
            .collect();
        facets.extend(entry.support.languages.iter().map(|tag| ("language", tag.clone())));
        facets.extend(entry.claims.iter().map(|backing| ("document", backing.document.clone())));
        let words: Vec<&str> = named.iter().map(String::as_str).chain(told).chain(kind).chain(status).collect();
        let when = when(&entry.content);
        let reported = || entry.claims.iter().filter_map(|backing| backing.published.as_ref());
        EntryRow {
            entry: sort,
            kind,
            status,
            earliest: when.and_then(Edtf::earliest).map(|day| day.to_string()),
            latest: when.and_then(Edtf::latest).map(|day| day.to_string()),
            first_reported: reported().filter_map(Edtf::earliest).min().map(|day| day.to_string()),
            last_reported: reported().filter_map(Edtf::latest).max().map(|day| day.to_string()),
            contradictions: entry.conflicts.iter().filter(|conflict| conflict.kind == "contradiction").count(),
            near: near(entry),
            facets,
            words: words::indexed(&words.join(" ")),
        }
    }
}
