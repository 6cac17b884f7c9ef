//! People, their names and their offices over time.
//!
//! In: three tables. Out: persons with tenures, found by words of their names. Never: guesses an
//! end of a tenure; without one the table says "last known in office".

use crate::name::skeleton;
use crate::spelling::is_latin;
use crate::table::{Row, TableError, TableFile, rows};
use crate::{HashMap, HashSet, tables};
use chancery_frozen::Written;
use chancery_model::{Edtf, Office, Role};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Number of a person in the tables that are loaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct PersonId(pub(crate) u32);

/// A person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Person {
    /// Wikidata item, where known.
    pub qid: Option<Written>,
    /// Common English name.
    pub name: Written,
    /// The name as used alone.
    pub family: Written,
    /// `m`, `f` or empty.
    pub gender: Written,
    /// Skeletons of the words of each spelling; the first is `name`.
    pub spellings: Vec<Vec<Written>>,
    /// Skeletons of the family name in each spelling.
    pub families: Vec<Vec<Written>>,
    /// Offices held, in order of start.
    pub tenures: Vec<Tenure>,
    /// Forms of the name in the tables besides the common one, in all languages and scripts: how widely he is written about.
    pub forms: usize,
    /// Where the person is known from, as the table says.
    pub source: Source,
    /// Whether the family name begins the name.
    family_first: bool,
}

/// Where a fact is from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Source {
    /// The key that the table names (`own`, `wikidata`), or the file that was imported.
    pub name: Written,
    /// Whether a user imported it: it wins over what is built in.
    pub imported: bool,
}

/// An office held for a time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Tenure {
    /// First day.
    pub start: Option<Edtf>,
    /// Last day; `None`: last known in office.
    pub end: Option<Edtf>,
    /// Role.
    pub role: Role,
    /// State or organization.
    pub of: Written,
    /// Whether in an acting capacity.
    pub acting: bool,
    /// Where it is from.
    pub source: Source,
}

impl Tenure {
    /// Whether the office was or may have been held between two days.
    pub fn touches(&self, from: Option<Date>, to: Option<Date>) -> bool {
        let starts = self.start.as_ref().and_then(Edtf::earliest);
        let ends = self.end.as_ref().and_then(Edtf::latest);
        (to.is_none() || starts.is_none() || starts <= to) && (from.is_none() || ends.is_none() || ends >= from)
    }

    /// The office.
    pub fn office(&self) -> Office {
        Office { role: self.role, of: self.of.to_string() }
    }
}

/// People and what finds them, while tables are loaded.
#[derive(Default)]
pub(crate) struct People {
    pub people: Vec<Person>,
    pub by_word: HashMap<Written, Vec<PersonId>>,
    pub by_name: HashMap<Written, PersonId>,
    pub by_id: HashMap<Written, PersonId>,
    pub holders: HashMap<Written, BTreeMap<Role, Vec<PersonId>>>,
    pub given_names: HashSet<Written>,
    pub kin: HashMap<Written, Vec<Written>>,
    pub other_scripts: Vec<(PersonId, Written)>,
}

impl People {
    /// People of the tables that are there; names every line that is wrong and leaves it out.
    pub(crate) fn load(files: &[&TableFile]) -> (People, Vec<TableError>) {
        let mut people = People::default();
        let mut errors = Vec::new();
        for file in tables(files, "given_names.tsv") {
            people.given_names.extend(rows(file, &["form"], &mut errors).into_iter().map(|row| skeleton(row[0]).into()));
        }
        for file in tables(files, "given_name_kin.tsv") {
            people.add_kin(&rows(file, &["name", "form"], &mut errors));
        }
        let of = |name| tables(files, name).collect::<Vec<_>>();
        people.add_tables(&of("people.tsv"), &of("people_names.tsv"), &of("tenures.tsv"), &mut errors);
        (people, errors)
    }

    /// Adds forms of given names, each to all others of its name.
    fn add_kin(&mut self, rows: &[Row]) {
        let mut families: BTreeMap<&str, Vec<Written>> = BTreeMap::new();
        for row in rows {
            let family = families.entry(row[0]).or_insert_with(|| vec![skeleton(row[0]).into()]);
            let form = Written::from(skeleton(row[1]));
            if !family.contains(&form) {
                family.push(form);
            }
        }
        for family in families.values() {
            for form in family {
                let others = self.kin.entry(form.clone()).or_default();
                others.extend(family.iter().filter(|other| *other != form).cloned());
            }
        }
    }

    fn add_tables(&mut self, people: &[&TableFile], names: &[&TableFile], tenures: &[&TableFile], errors: &mut Vec<TableError>) {
        let (tenures, faults) = std::thread::scope(|scope| {
            let tenures = scope.spawn(|| read_tenures(tenures));
            let mut sources = Sources::default();
            for file in people {
                for row in rows(file, &["id", "name", "family", "gender", "?source"], errors) {
                    let person = Person::new(row[0], row[1], row[2], row[3], sources.of(row[4], file.imported));
                    self.add_person(row[0], person);
                }
            }
            for file in names {
                for row in rows(file, &["id", "form"], errors) {
                    self.add_name(row[0], row[1]);
                }
            }
            tenures.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
        });
        errors.extend(faults);
        for (id, tenure) in tenures {
            if let Some(id) = self.by_id.get(id) {
                self.people[id.0 as usize].add_tenure(tenure);
            }
        }
        self.index_people();
    }

    /// Adds a person; one who is there takes the new name and keeps the old as a spelling.
    fn add_person(&mut self, id: &str, person: Person) {
        if let Some(known) = self.by_id.get(id).copied() {
            self.by_name.entry(self.people[known.0 as usize].name.clone()).or_insert(known);
            let old = &mut self.people[known.0 as usize];
            let spellings = std::mem::take(&mut old.spellings);
            let families = std::mem::take(&mut old.families);
            let (tenures, gender) = (std::mem::take(&mut old.tenures), std::mem::take(&mut old.gender));
            let (family, family_first) = (std::mem::take(&mut old.family), old.family_first);
            *old = person;
            if old.family.is_empty() {
                (old.family, old.family_first) = (family, family_first);
            }
            old.tenures = tenures;
            if old.gender.is_empty() {
                old.gender = gender;
            }
            old.spellings.extend(spellings);
            old.families.extend(families);
            return;
        }
        let number = PersonId(self.people.len() as u32);
        self.by_id.insert(id.into(), number);
        self.people.push(person);
    }

    fn add_name(&mut self, id: &str, form: &str) {
        let Some(id) = self.by_id.get(id).copied() else { return };
        self.people[id.0 as usize].forms += 1;
        if !is_latin(form) {
            self.other_scripts.push((id, form.into()));
            return;
        }
        // a given name alone is nobody
        let words = skeletons(form);
        if !matches!(&words[..], [word] if self.given_names.contains(word)) {
            self.people[id.0 as usize].add_spelling(form, words);
        }
    }

    fn index_people(&mut self) {
        for (index, person) in self.people.iter_mut().enumerate() {
            let id = PersonId(index as u32);
            person.tenures.sort();
            for tenure in &person.tenures {
                if !self.holders.contains_key(&tenure.of) {
                    self.holders.insert(tenure.of.clone(), BTreeMap::new());
                }
                let Some(roles) = self.holders.get_mut(&tenure.of) else { continue };
                let holders = roles.entry(tenure.role).or_default();
                if holders.last() != Some(&id) {
                    holders.push(id);
                }
            }
            self.by_name.entry(person.name.clone()).or_insert(id);
            for word in person.spellings.iter().chain(&person.families).flatten() {
                match self.by_word.get_mut(word) {
                    Some(bearers) if bearers.last() == Some(&id) => {}
                    Some(bearers) => bearers.push(id),
                    None => {
                        self.by_word.insert(word.clone(), vec![id]);
                    }
                }
            }
        }
        let people = &self.people;
        for (of, roles) in &mut self.holders {
            for (role, holders) in roles {
                let start = |id: &PersonId| {
                    let tenures = people[id.0 as usize].tenures.iter();
                    tenures.filter(|tenure| tenure.role == *role && tenure.of == *of).find_map(|tenure| tenure.start.as_ref())
                };
                holders.sort_by_cached_key(start);
            }
        }
    }
}

/// The tenures of tables with the identifiers of their holders.
fn read_tenures<'a>(files: &[&'a TableFile]) -> (Vec<(&'a str, Tenure)>, Vec<TableError>) {
    let (mut tenures, mut errors, mut sources) = (Vec::new(), Vec::new(), Sources::default());
    for file in files {
        for row in rows(file, &["id", "role", "of", "start", "end", "status", "?source"], &mut errors) {
            let mut fault = |message| errors.push(TableError { path: file.path.clone(), line: row.line, message });
            let role = match row[1].parse::<Role>() {
                Ok(role) => role,
                Err(error) => {
                    fault(error.to_string());
                    continue;
                }
            };
            let mut date = |text: &str| -> Option<Edtf> {
                let read = (!text.is_empty()).then(|| text.parse::<Edtf>())?;
                read.map_err(|error| fault(error.to_string())).ok()
            };
            let (start, end) = (date(row[3]), date(row[4]));
            let source = sources.of(row[6], file.imported);
            tenures.push((row[0], Tenure { start, end, role, of: row[2].into(), acting: row[5] == "acting", source }));
        }
    }
    (tenures, errors)
}

/// Names of sources, each kept once.
#[derive(Default)]
struct Sources {
    known: Vec<Source>,
}

impl Sources {
    fn of(&mut self, name: &str, imported: bool) -> Source {
        let same = |source: &&Source| source.imported == imported && *source.name == *name;
        if let Some(known) = self.known.iter().rev().find(same) {
            return known.clone();
        }
        let new = Source { name: name.into(), imported };
        self.known.push(new.clone());
        new
    }
}

impl Person {
    fn new(id: &str, name: &str, family: &str, gender: &str, source: Source) -> Person {
        let mut person = Person {
            qid: id.starts_with('Q').then(|| id.into()),
            name: name.into(),
            family: family.into(),
            gender: gender.into(),
            spellings: Vec::new(),
            families: Vec::new(),
            tenures: Vec::new(),
            source,
            family_first: false,
            forms: 0,
        };
        let (words, family) = (skeletons(name), skeletons(family));
        person.family_first = words.len() > family.len() && !family.is_empty() && words.starts_with(&family);
        person.add_spelling(name, words);
        if !person.families.contains(&family) && !family.is_empty() {
            person.families.insert(0, family);
        }
        person
    }

    /// Adds a tenure; one that a user imported takes the place of those built in that it overlaps.
    fn add_tenure(&mut self, tenure: Tenure) {
        if tenure.source.imported {
            let (from, to) = (tenure.start.as_ref().and_then(Edtf::earliest), tenure.end.as_ref().and_then(Edtf::latest));
            let same = |old: &Tenure| old.role == tenure.role && old.of == tenure.of;
            self.tenures.retain(|old| old.source.imported || !same(old) || !old.touches(from, to));
            if self.tenures.contains(&tenure) {
                return;
            }
        }
        self.tenures.push(tenure);
    }

    fn add_spelling(&mut self, name: &str, words: Vec<Written>) {
        if words.is_empty() || self.spellings.contains(&words) {
            return;
        }
        // a numeral is no family name (Abdullah II)
        let numbered = name.rsplit(' ').next().is_some_and(|last| last.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')));
        if numbered && words.len() > 1 {
            self.spellings.push(words);
            return;
        }
        // one more spelling gives one more family name, at the place where the family name stands in the first
        if let Some(last) = words.last() {
            let alone = vec![last.clone()];
            if words.len() == 1 || !self.family_first {
                if !self.families.contains(&alone) {
                    self.families.push(alone);
                }
            } else if let Some(first) = words.first() {
                let first = vec![first.clone()];
                if !self.families.contains(&first) {
                    self.families.push(first);
                }
            }
        }
        self.spellings.push(words);
    }

    /// Whether the person held an office at some time between two days.
    pub fn held(&self, office: &Office, from: Option<Date>, to: Option<Date>) -> bool {
        self.tenures.iter().any(|tenure| tenure.role == office.role && tenure.of == office.of && tenure.touches(from, to))
    }
}

/// Skeletons of the words of a name; hyphens part words.
pub fn skeletons(name: &str) -> Vec<Written> {
    let words = name.split(|character: char| character.is_whitespace() || character == '-').map(skeleton);
    words.filter(|word| !word.is_empty()).map(Written::from).collect()
}
