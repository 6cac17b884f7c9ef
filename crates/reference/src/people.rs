//! People, their names and their offices over time.
//!
//! In: three tables. Out: persons with tenures, found by words of their names. Never: guesses an
//! end of a tenure; without one the table says "last known in office".

use crate::Reference;
use crate::name::skeleton;
use crate::table::{TableError, TableFile, rows};
use chancery_model::{Edtf, Office, Role};
use jiff::civil::Date;
use std::collections::HashMap;

/// Number of a person in the tables that are loaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub(crate) u32);

/// A person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Wikidata item, where known.
    pub qid: Option<String>,
    /// Common English name.
    pub name: String,
    /// The name as used alone.
    pub family: String,
    /// `m`, `f` or empty.
    pub gender: String,
    /// Skeletons of the words of each spelling; the first is `name`.
    pub spellings: Vec<Vec<String>>,
    /// Skeletons of the family name in each spelling.
    pub families: Vec<Vec<String>>,
    /// Offices held, in order of start.
    pub tenures: Vec<Tenure>,
}

/// An office held for a time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Tenure {
    /// First day.
    pub start: Option<Edtf>,
    /// Last day; `None`: last known in office.
    pub end: Option<Edtf>,
    /// Role.
    pub role: Role,
    /// State or organization.
    pub of: String,
    /// Whether in an acting capacity.
    pub acting: bool,
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
        Office { role: self.role, of: self.of.clone() }
    }
}

impl Reference {
    pub(crate) fn load_people(
        &mut self,
        people: Option<&TableFile>,
        names: Option<&TableFile>,
        tenures: Option<&TableFile>,
        errors: &mut Vec<TableError>,
    ) {
        let mut by_id: HashMap<String, usize> = HashMap::new();
        for row in people.into_iter().flat_map(|file| rows(file, &["id", "name", "family", "gender"], errors)) {
            let [id, name, family, gender] = [0, 1, 2, 3].map(|column| row[column].clone());
            by_id.insert(id.clone(), self.people.len());
            let qid = id.starts_with('Q').then_some(id);
            let mut person = Person {
                qid,
                name: name.clone(),
                family: family.clone(),
                gender,
                spellings: Vec::new(),
                families: Vec::new(),
                tenures: Vec::new(),
            };
            person.add_spelling(&name);
            let family = skeletons(&family);
            if !person.families.contains(&family) && !family.is_empty() {
                person.families.insert(0, family);
            }
            self.people.push(person);
        }
        for row in names.into_iter().flat_map(|file| rows(file, &["id", "form"], errors)) {
            // a given name alone is nobody
            let alone = skeletons(&row[1]);
            let given = matches!(&alone[..], [word] if self.given_names.contains(word));
            if let Some(person) = by_id.get(&row[0]).and_then(|index| self.people.get_mut(*index)).filter(|_| !given) {
                person.add_spelling(&row[1]);
            }
        }
        if let Some(file) = tenures {
            for row in rows(file, &["id", "role", "of", "start", "end", "status"], errors) {
                let Some(index) = by_id.get(&row[0]).copied() else { continue };
                let Ok(role) = row[1].parse::<Role>() else {
                    errors.push(TableError {
                        path: file.path.clone(),
                        line: 0,
                        message: format!("unknown role {:?} of {}", row[1], row[0]),
                    });
                    continue;
                };
                let tenure =
                    Tenure { start: row[3].parse().ok(), end: row[4].parse().ok(), role, of: row[2].clone(), acting: row[5] == "acting" };
                self.people[index].tenures.push(tenure);
            }
        }
        for (index, person) in self.people.iter_mut().enumerate() {
            let id = PersonId(index as u32);
            person.tenures.sort();
            for tenure in &person.tenures {
                let holders = self.holders.entry((tenure.role, tenure.of.clone())).or_default();
                if !holders.contains(&id) {
                    holders.push(id);
                }
            }
            self.by_name.entry(person.name.clone()).or_insert(id);
            let mut words: Vec<&String> = person.spellings.iter().chain(&person.families).flatten().collect();
            words.sort();
            words.dedup();
            for word in words {
                self.by_word.entry(word.clone()).or_default().push(id);
            }
        }
        let people = &self.people;
        for ((role, of), holders) in &mut self.holders {
            let start = |id: &PersonId| {
                people[id.0 as usize]
                    .tenures
                    .iter()
                    .filter(|tenure| tenure.role == *role && tenure.of == *of)
                    .find_map(|tenure| tenure.start.clone())
            };
            holders.sort_by_key(start);
        }
    }
}

impl Person {
    fn add_spelling(&mut self, name: &str) {
        let words = skeletons(name);
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
            if words.len() == 1 || !self.family_stands_first() {
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

    fn family_stands_first(&self) -> bool {
        let family = skeletons(&self.family);
        skeletons(&self.name).len() > family.len() && !family.is_empty() && skeletons(&self.name).starts_with(&family)
    }

    /// Whether the person held an office at some time between two days.
    pub fn held(&self, office: &Office, from: Option<Date>, to: Option<Date>) -> bool {
        self.tenures.iter().any(|tenure| tenure.role == office.role && tenure.of == office.of && tenure.touches(from, to))
    }
}

/// Skeletons of the words of a name; hyphens part words.
pub fn skeletons(name: &str) -> Vec<String> {
    name.split(|character: char| character.is_whitespace() || character == '-').map(skeleton).filter(|word| !word.is_empty()).collect()
}
