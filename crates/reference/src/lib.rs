//! Tables of facts: states, places, organizations, people, offices, agencies.
//!
//! In: the texts of the tables. Out: look-ups by code, name and date. Never: reads a file, asks a
//! clock, decides whom a text means.

pub mod name;
pub mod people;
pub mod table;

pub use name::skeleton;
pub use people::{Person, PersonId, Tenure};
pub use table::{TableError, TableFile};

use chancery_model::{Edtf, Role};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use table::rows;

/// A state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-2, `EU` or `XK`.
    pub code: String,
    /// Common English name.
    pub name: String,
    /// Key of the capital.
    pub capital: String,
    /// Wikidata item.
    pub qid: Option<String>,
}

/// A city or site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceFact {
    /// `Astana, KZ`
    pub key: String,
    /// `Astana`
    pub name: String,
    /// `KZ`
    pub country: String,
    /// Whether it is a capital.
    pub capital: bool,
    /// Whether it is a building or a resort rather than a city.
    pub site: bool,
    /// Wikidata item.
    pub qid: Option<String>,
}

/// An organization or a format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organization {
    /// English acronym.
    pub key: String,
    /// English name.
    pub name: String,
    /// Whether it meets others as a party.
    pub party: bool,
    /// The organization of which it is an organ.
    pub part_of: Option<String>,
    /// Wikidata item.
    pub qid: Option<String>,
}

/// A news agency, an outlet, or the press service of an office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agency {
    /// English name.
    pub name: String,
    /// Other spellings and domains.
    pub forms: Vec<String>,
    /// `agency`, `outlet` or `office`.
    pub kind: String,
    /// The state it belongs to.
    pub of: String,
}

/// A membership, chair or founding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// Organization key.
    pub organization: String,
    /// State code.
    pub state: String,
    /// `member`, `observer`, `founder`, `chair`.
    pub relation: String,
    /// First day, where known.
    pub start: Option<Edtf>,
    /// Last day, where known.
    pub end: Option<Edtf>,
}

/// A name form with its language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameForm {
    /// What is named: code, key or id.
    pub key: String,
    /// BCP 47 tag, or `mul`.
    pub language: String,
    /// The form.
    pub form: String,
}

/// Every table, indexed.
#[derive(Debug, Default)]
pub struct Reference {
    states: BTreeMap<String, State>,
    places: BTreeMap<String, PlaceFact>,
    organizations: BTreeMap<String, Organization>,
    state_names: Vec<NameForm>,
    place_names: Vec<NameForm>,
    organization_names: Vec<NameForm>,
    memberships: Vec<Membership>,
    agencies: Vec<Agency>,
    people: Vec<Person>,
    /// Persons by the skeleton of any word of any of their names.
    by_word: HashMap<String, Vec<PersonId>>,
    by_name: HashMap<String, PersonId>,
    holders: HashMap<(Role, String), Vec<PersonId>>,
    given_names: HashSet<String>,
}

impl Reference {
    /// Loads the tables that are there; names every line that is wrong and leaves it out.
    pub fn load(files: &[TableFile]) -> (Reference, Vec<TableError>) {
        let mut reference = Reference::default();
        let mut errors = Vec::new();
        let file = |name: &str| files.iter().find(|file| file.path.rsplit('/').next() == Some(name));
        let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        for row in file("states.tsv").into_iter().flat_map(|file| rows(file, &["code", "name", "capital", "qid"], &mut errors)) {
            let [code, name, capital, qid] = [0, 1, 2, 3].map(|column| row[column].clone());
            reference.states.insert(code.clone(), State { code, name, capital, qid: text(&qid) });
        }
        for row in file("places.tsv").into_iter().flat_map(|file| rows(file, &["key", "kind", "qid"], &mut errors)) {
            let (name, country) = row[0].rsplit_once(", ").unwrap_or((&row[0], ""));
            let place = PlaceFact {
                key: row[0].clone(),
                name: name.to_owned(),
                country: country.to_owned(),
                capital: row[1] == "capital",
                site: row[1] == "site",
                qid: text(&row[2]),
            };
            reference.places.insert(row[0].clone(), place);
        }
        for row in
            file("organizations.tsv").into_iter().flat_map(|file| rows(file, &["key", "name", "party", "?part_of", "qid"], &mut errors))
        {
            let organization = Organization {
                key: row[0].clone(),
                name: row[1].clone(),
                party: row[2] == "yes",
                part_of: text(&row[3]),
                qid: text(&row[4]),
            };
            reference.organizations.insert(row[0].clone(), organization);
        }
        for (name, key, forms) in [
            ("state_names.tsv", "code", &mut reference.state_names),
            ("place_names.tsv", "key", &mut reference.place_names),
            ("organization_names.tsv", "key", &mut reference.organization_names),
        ] {
            for row in file(name).into_iter().flat_map(|file| rows(file, &[key, "language", "form"], &mut errors)) {
                forms.push(NameForm { key: row[0].clone(), language: row[1].clone(), form: row[2].clone() });
            }
        }
        for row in file("memberships.tsv")
            .into_iter()
            .flat_map(|file| rows(file, &["organization", "state", "relation", "start", "end"], &mut errors))
        {
            reference.memberships.push(Membership {
                organization: row[0].clone(),
                state: row[1].clone(),
                relation: row[2].clone(),
                start: row[3].parse().ok(),
                end: row[4].parse().ok(),
            });
        }
        for row in file("agencies.tsv").into_iter().flat_map(|file| rows(file, &["name", "forms", "kind", "of"], &mut errors)) {
            let forms = row[1].split('|').filter(|form| !form.is_empty()).map(str::to_owned).collect();
            reference.agencies.push(Agency { name: row[0].clone(), forms, kind: row[2].clone(), of: row[3].clone() });
        }
        if let Some(file) = file("given_names.tsv") {
            reference.given_names.extend(rows(file, &["form"], &mut errors).into_iter().map(|row| skeleton(&row[0])));
        }
        reference.load_people(file("people.tsv"), file("people_names.tsv"), file("tenures.tsv"), &mut errors);
        (reference, errors)
    }

    /// A state by code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.get(code)
    }

    /// Every state.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// A place by key.
    pub fn place(&self, key: &str) -> Option<&PlaceFact> {
        self.places.get(key)
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = &PlaceFact> {
        self.places.values()
    }

    /// An organization by key.
    pub fn organization(&self, key: &str) -> Option<&Organization> {
        self.organizations.get(key)
    }

    /// The organization that a key is an organ of, or the key itself.
    pub fn whole<'a>(&'a self, key: &'a str) -> &'a str {
        self.organizations.get(key).and_then(|organization| organization.part_of.as_deref()).unwrap_or(key)
    }

    /// Every organization.
    pub fn organizations(&self) -> impl Iterator<Item = &Organization> {
        self.organizations.values()
    }

    /// Names of states in a language.
    pub fn state_forms<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a NameForm> {
        self.state_names.iter().filter(move |form| form.language == language || form.language == "mul")
    }

    /// Names of places in a language, beyond the English ones.
    pub fn place_forms<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a NameForm> {
        self.place_names.iter().filter(move |form| form.language == language || form.language == "mul")
    }

    /// Names of organizations in a language.
    pub fn organization_forms<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a NameForm> {
        self.organization_names.iter().filter(move |form| form.language == language || form.language == "mul")
    }

    /// Every membership.
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }

    /// States that are members of an organization, as far as the tables say.
    pub fn members<'a>(&'a self, organization: &'a str) -> impl Iterator<Item = &'a str> {
        self.memberships
            .iter()
            .filter(move |row| row.organization == organization && row.relation == "member")
            .map(|row| row.state.as_str())
    }

    /// Every agency.
    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    /// Every person.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0 as usize]
    }

    /// Persons with a name that has a word of this skeleton.
    pub fn people_with_word(&self, skeleton: &str) -> &[PersonId] {
        self.by_word.get(skeleton).map_or(&[], Vec::as_slice)
    }

    /// A person by the English name of `people.tsv`.
    pub fn person_named(&self, name: &str) -> Option<PersonId> {
        self.by_name.get(name).copied()
    }

    /// Whether a word is a given name by its skeleton.
    pub fn is_given_name(&self, skeleton: &str) -> bool {
        self.given_names.contains(skeleton)
    }

    /// Who held an office at some time between two days; open bounds mean any time. In order of start.
    pub fn holders(&self, role: Role, of: &str, from: Option<Date>, to: Option<Date>) -> Vec<PersonId> {
        let mut found = Vec::new();
        for id in self.holders.get(&(role, of.to_owned())).map_or(&[][..], Vec::as_slice) {
            let held = self.person(*id).tenures.iter().any(|tenure| tenure.role == role && tenure.of == of && tenure.touches(from, to));
            if held && !found.contains(id) {
                found.push(*id);
            }
        }
        found
    }
}
