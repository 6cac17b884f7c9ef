//! Tables of facts: states, places, organizations, people, offices, agencies.
//!
//! In: the texts of the tables. Out: look-ups by code, name and date. Never: reads a file, asks a
//! clock, decides whom a text means.

pub mod asked;
pub mod calendar;
mod cities;
pub mod coverage;
pub mod import;
pub mod inflection;
pub mod likely;
pub mod name;
pub mod people;
pub mod phrases;
pub mod seat;
pub mod settle;
pub mod soundness;
pub mod spelling;
pub mod table;

pub use chancery_frozen::Written;
pub use name::skeleton;
pub use people::{Person, PersonId, Source, Tenure};
pub use table::{TableError, TableFile};

use chancery_frozen::Frozen;
use chancery_model::{Edtf, Role};
use foldhash::fast::FixedState;
use jiff::civil::Date;
use people::People;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use table::{Row, rows};

/// A map that is the same in every run.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;
/// A set that is the same in every run.
pub(crate) type HashSet<K> = std::collections::HashSet<K, FixedState>;

/// A state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct State {
    /// ISO 3166-1 alpha-2, `EU` or `XK`.
    pub code: Written,
    /// Common English name.
    pub name: Written,
    /// Key of the capital.
    pub capital: Written,
    /// Wikidata item.
    pub qid: Option<Written>,
}

/// A city or site.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PlaceFact {
    /// `Astana, KZ`
    pub key: Written,
    /// `Astana`
    pub name: Written,
    /// `KZ`
    pub country: Written,
    /// Whether it is a capital.
    pub capital: bool,
    /// Whether it is a building or a resort rather than a city.
    pub site: bool,
    /// The city in which a site lies.
    pub city: Option<Written>,
    /// Latitude and longitude in degrees, to a tenth.
    pub position: Option<(f64, f64)>,
    /// Wikidata item.
    pub qid: Option<Written>,
}

/// An organization or a format.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Organization {
    /// English acronym.
    pub key: Written,
    /// English name.
    pub name: Written,
    /// Whether it meets others as a party.
    pub party: bool,
    /// The organization of which it is an organ.
    pub part_of: Option<Written>,
    /// Wikidata item.
    pub qid: Option<Written>,
    /// Whether it is no more than the frame in which its members meet.
    pub format: bool,
}

/// A news agency, an outlet, or the press service of an office.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Agency {
    /// English name.
    pub name: Written,
    /// Other spellings and domains.
    pub forms: Vec<Written>,
    /// `agency`, `outlet` or `office`.
    pub kind: Written,
    /// The state it belongs to.
    pub of: Written,
}

/// A membership, chair or founding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Membership {
    /// Organization key.
    pub organization: Written,
    /// State code.
    pub state: Written,
    /// `member`, `observer`, `founder`, `chair`.
    pub relation: Written,
    /// First day, where known.
    pub start: Option<Edtf>,
    /// Last day, where known.
    pub end: Option<Edtf>,
}

/// A name form with its language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct NameForm {
    /// What is named: code, key or id.
    pub key: Written,
    /// BCP 47 tag, or `mul`.
    pub language: Written,
    /// The form.
    pub form: Written,
}

/// Every table, indexed; what is built in is thawed where it is asked for.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Reference {
    states: Frozen<BTreeMap<Written, State>>,
    places: Frozen<BTreeMap<Written, PlaceFact>>,
    organizations: Frozen<BTreeMap<Written, Organization>>,
    state_names: Frozen<Vec<NameForm>>,
    place_names: Frozen<Vec<NameForm>>,
    organization_names: Frozen<Vec<NameForm>>,
    memberships: Frozen<Vec<Membership>>,
    /// Members of each organization, each once, in order.
    members: Frozen<HashMap<Written, Vec<Written>>>,
    agencies: Frozen<Vec<Agency>>,
    people: Vec<Frozen<Person>>,
    /// Persons by the skeleton of any word of any of their names.
    by_word: Frozen<HashMap<Written, Vec<PersonId>>>,
    by_name: Frozen<HashMap<Written, PersonId>>,
    holders: Frozen<HashMap<Written, BTreeMap<Role, Vec<PersonId>>>>,
    given_names: Frozen<HashSet<Written>>,
    /// Other forms of a given name, by skeleton.
    kin: Frozen<HashMap<Written, Vec<Written>>>,
    /// Names in scripts other than Latin, which the packs of Latin languages must not meet.
    other_scripts: Frozen<Vec<(PersonId, Written)>>,
    /// Persons by the identifier that the tables give them.
    by_id: Frozen<HashMap<Written, PersonId>>,
    known_until: Frozen<seat::KnownUntil>,
}

/// The tables of a name.
fn tables<'a>(files: &'a [&'a TableFile], name: &'static str) -> impl Iterator<Item = &'a TableFile> {
    files.iter().copied().filter(move |file| file.path.rsplit(['/', '\\']).next() == Some(name))
}

impl Reference {
    /// Loads the tables that are there; names every line that is wrong and leaves it out.
    pub fn load(files: &[TableFile]) -> (Reference, Vec<TableError>) {
        // imported tables come last, so that their rows win
        let mut ordered: Vec<&TableFile> = files.iter().collect();
        ordered.sort_by_key(|file| file.imported);
        // people are most of it
        let ((named, mut errors), (things, other_errors)) = std::thread::scope(|scope| {
            let named = scope.spawn(|| People::load(&ordered));
            let things = Reference::with_things(&ordered);
            (named.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)), things)
        });
        errors.extend(other_errors);
        let reference = Reference {
            people: named.people.into_iter().map(Frozen::from).collect(),
            by_word: named.by_word.into(),
            by_name: named.by_name.into(),
            by_id: named.by_id.into(),
            holders: named.holders.into(),
            given_names: named.given_names.into(),
            kin: named.kin.into(),
            other_scripts: named.other_scripts.into(),
            ..things
        };
        (reference, errors)
    }

    fn with_things(files: &[&TableFile]) -> (Reference, Vec<TableError>) {
        let mut errors = Vec::new();
        let file = |name: &'static str| tables(files, name);
        let text = |value: &str| (!value.is_empty()).then(|| Written::from(value));
        let mut states = BTreeMap::new();
        for row in file("states.tsv").flat_map(|file| rows(file, &["code", "name", "capital", "qid"], &mut errors)) {
            let [code, name, capital] = [0, 1, 2].map(|column| Written::from(row[column]));
            states.insert(code.clone(), State { code, name, capital, qid: text(row[3]) });
        }
        let mut places: BTreeMap<Written, PlaceFact> = BTreeMap::new();
        for row in file("places.tsv").flat_map(|file| rows(file, &["key", "kind", "qid", "?latitude", "?longitude"], &mut errors)) {
            let (name, country) = row[0].rsplit_once(", ").unwrap_or((row[0], ""));
            let place = PlaceFact {
                key: row[0].into(),
                name: name.into(),
                country: country.into(),
                capital: row[1] == "capital",
                site: row[1] == "site",
                city: None,
                position: row[3].parse().ok().zip(row[4].parse().ok()),
                qid: text(row[2]),
            };
            places.insert(row[0].into(), place);
        }
        cities::settle(&mut places);
        // what positions do not show
        for row in file("site_cities.tsv").flat_map(|file| rows(file, &["site", "city"], &mut errors)) {
            if let Some(site) = places.get_mut(row[0]) {
                site.city = row[1].rsplit_once(", ").map(|(name, _)| name.into());
            }
        }
        let mut organizations = BTreeMap::new();
        for row in file("organizations.tsv").flat_map(|file| rows(file, &["key", "name", "party", "?part_of", "qid", "?kind"], &mut errors))
        {
            let organization = Organization {
                key: row[0].into(),
                name: row[1].into(),
                party: row[2] == "yes",
                part_of: text(row[3]),
                qid: text(row[4]),
                format: row[5] == "format",
            };
            organizations.insert(row[0].into(), organization);
        }
        let mut names = |name: &'static str, key: &str| -> Vec<NameForm> {
            let rows = file(name).flat_map(|file| rows(file, &[key, "language", "form"], &mut errors));
            rows.map(|row| NameForm { key: row[0].into(), language: row[1].into(), form: row[2].into() }).collect()
        };
        let state_names = names("state_names.tsv", "code");
        let place_names = names("place_names.tsv", "key");
        let organization_names = names("organization_names.tsv", "key");
        let membership = |row: Row| Membership {
            organization: row[0].into(),
            state: row[1].into(),
            relation: row[2].into(),
            start: row[3].parse().ok(),
            end: row[4].parse().ok(),
        };
        let columns = ["organization", "state", "relation", "start", "end"];
        let memberships: Vec<Membership> =
            file("memberships.tsv").flat_map(|file| rows(file, &columns, &mut errors)).map(membership).collect();
        let mut members: HashMap<Written, Vec<Written>> = HashMap::default();
        for row in memberships.iter().filter(|row| row.relation == "member") {
            members.entry(row.organization.clone()).or_default().push(row.state.clone());
        }
        for members in members.values_mut() {
            members.sort_unstable();
            members.dedup();
        }
        let source = |row: Row| Some((row[0].to_owned(), row[1].parse().ok()?));
        let known_until: seat::KnownUntil =
            file("sources.tsv").flat_map(|file| rows(file, &["key", "known_until"], &mut errors)).filter_map(source).collect();
        let agency = |row: Row| {
            let forms = row[1].split('|').filter(|form| !form.is_empty()).map(Written::from).collect();
            Agency { name: row[0].into(), forms, kind: row[2].into(), of: row[3].into() }
        };
        let agencies: Vec<Agency> =
            file("agencies.tsv").flat_map(|file| rows(file, &["name", "forms", "kind", "of"], &mut errors)).map(agency).collect();
        let reference = Reference {
            states: states.into(),
            places: places.into(),
            organizations: organizations.into(),
            state_names: state_names.into(),
            place_names: place_names.into(),
            organization_names: organization_names.into(),
            memberships: memberships.into(),
            members: members.into(),
            agencies: agencies.into(),
            known_until: known_until.into(),
            ..Reference::default()
        };
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

    /// Names of states in every language.
    pub fn all_state_forms(&self) -> &[NameForm] {
        &self.state_names
    }

    /// Names of organizations in every language.
    pub fn all_organization_forms(&self) -> &[NameForm] {
        &self.organization_names
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
    pub fn members<'a>(&'a self, organization: &str) -> impl Iterator<Item = &'a str> {
        self.members.get(organization).into_iter().flatten().map(Written::as_str)
    }

    /// Every agency.
    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    /// Every person.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().map(|person| &**person)
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0 as usize]
    }

    /// Persons with a name that has a word of this skeleton.
    pub fn people_with_word(&self, skeleton: &str) -> &[PersonId] {
        self.by_word.get(skeleton).map_or(&[], Vec::as_slice)
    }

    /// Skeletons of all words of names of persons, in no order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.by_word.keys().map(Written::as_str)
    }

    /// A person by the English name of `people.tsv`.
    pub fn person_named(&self, name: &str) -> Option<PersonId> {
        self.by_name.get(name).copied()
    }

    /// Whether a word is a given name by its skeleton.
    pub fn is_given_name(&self, skeleton: &str) -> bool {
        self.given_names.contains(skeleton)
    }

    /// Skeletons of the forms that a given name has in other languages (Sergey, Serhiy).
    pub fn kin(&self, skeleton: &str) -> &[Written] {
        self.kin.get(skeleton).map_or(&[], Vec::as_slice)
    }

    /// A person by the identifier of the tables: a Wikidata item or `x-` and a name.
    pub fn person_with_id(&self, id: &str) -> Option<PersonId> {
        self.by_id.get(id).copied()
    }

    /// Names of persons in scripts other than Latin.
    pub fn other_scripts(&self) -> &[(PersonId, Written)] {
        &self.other_scripts
    }

    /// Who held an office at some time between two days; open bounds mean any time. In order of start.
    pub fn holders(&self, role: Role, of: &str, from: Option<Date>, to: Option<Date>) -> Vec<PersonId> {
        let mut found = Vec::new();
        for (id, _) in self.tenures_of(role, of, from, to) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        found
    }

    /// The tenures of an office that touch the time between two days, in order of the holders' first start. Where a user
    /// imported holders of a single seat, only these.
    pub fn tenures_of(&self, role: Role, of: &str, from: Option<Date>, to: Option<Date>) -> Vec<(PersonId, &Tenure)> {
        let holders = self.holders.get(of).and_then(|roles| roles.get(&role));
        let mut found: Vec<(PersonId, &Tenure)> = holders
            .into_iter()
            .flatten()
            .flat_map(|id| self.person(*id).tenures.iter().map(|tenure| (*id, tenure)))
            .filter(|(_, tenure)| tenure.role == role && tenure.of == of && tenure.touches(from, to))
            .collect();
        if role.single_seat() && found.iter().any(|(_, tenure)| tenure.source.imported) {
            found.retain(|(_, tenure)| tenure.source.imported);
        }
        found
    }

    /// Everybody who held an office of a state or organization at any time.
    pub fn office_holders<'a>(&'a self, of: &str) -> impl Iterator<Item = (Role, PersonId)> + 'a {
        self.holders.get(of).into_iter().flatten().flat_map(|(role, ids)| ids.iter().map(move |id| (*role, *id)))
    }
}
