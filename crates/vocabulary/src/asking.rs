//! The words in which questions speak of offices, states, days and persons.
//!
//! In: tables, and of packs their names of states, months and persons and their endings. Out: what finds them in a question.
//! Never: an answer.

use chancery_frozen::{Frozen, Written};
use chancery_language::{Class, lexicon};
use chancery_reference::asked::{OfficeWords, StateWords};
use chancery_reference::calendar::Months;
use chancery_reference::import::{Facts, Position};
use chancery_reference::inflection::{Ending, Endings};
use chancery_reference::table::{KeyValues, key_values};
use chancery_reference::{PersonId, Reference, TableError, TableFile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that a question is understood by.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Asking {
    /// Offices and titles.
    pub offices: Frozen<OfficeWords>,
    /// States and organizations.
    pub states: Frozen<StateWords>,
    /// Months.
    pub months: Frozen<Months>,
    /// Positions of Wikidata by item.
    pub positions: Frozen<BTreeMap<String, Position>>,
    /// Endings of inflected names.
    pub endings: Frozen<Endings>,
    /// Names of persons in packs.
    pub forms: Frozen<Vec<(PersonId, Written)>>,
}

/// Forms of packs with their values, and the endings of names in their settings, without compiling anything.
#[derive(Debug, Default)]
pub struct PackForms {
    states: KeyValues,
    months: KeyValues,
    people: KeyValues,
    endings: KeyValues,
}

impl PackForms {
    /// Adds what a file of a pack holds; its path begins with the folder of the language.
    pub fn add(&mut self, path: &str, text: &str) {
        if path.starts_with('_') {
            return;
        }
        if path.ends_with("/pack.toml") {
            self.endings.extend(chancery_language::name_endings(text));
        }
        if !path.contains("/lexicon/") {
            return;
        }
        for entry in lexicon::parse_table(text).0 {
            let forms = match entry.class {
                Class::State => &mut self.states,
                Class::Month => &mut self.months,
                Class::Person => &mut self.people,
                _ => continue,
            };
            forms.push((entry.form.into(), entry.value.into()));
        }
    }
}

impl Asking {
    /// Puts the words of tables and packs together; wrong lines go to `errors`.
    pub fn load(reference: &Reference, tables: &[TableFile], packs: PackForms, errors: &mut Vec<TableError>) -> Asking {
        let file = |name: &str| tables.iter().find(|file| file.path.rsplit('/').next() == Some(name));
        let mut pairs = |name: &str, columns: [&str; 2]| -> KeyValues {
            let of_name = tables.iter().filter(|file| file.path.rsplit(['/', '\\']).next() == Some(name));
            of_name.flat_map(|file| key_values(file, columns, errors)).collect()
        };
        let further = pairs("endings.tsv", ["ending", "replacement"]);
        let endings = packs.endings.into_iter().chain(further);
        let endings = Endings::new(endings.map(|(ending, replacement)| Ending { ending, replacement }));
        let people = packs.people.iter();
        let forms = people.filter_map(|(form, name)| Some((reference.person_named(name)?, form.replace('*', "").into()))).collect();
        let months = Months::new(packs.months.into_iter().filter_map(|(form, number)| Some((form, number.parse().ok()?))));
        let offices = file("role_names.tsv").map(|file| OfficeWords::load(file, errors)).unwrap_or_default();
        let named = packs.states.into_iter().filter(|(form, _)| !form.contains('*'));
        let states = StateWords::load(reference, file("state_aliases.tsv"), named, errors);
        let mut facts = Facts::default();
        for table in tables.iter().filter(|file| file.path.rsplit(['/', '\\']).next() == Some("positions.tsv")) {
            facts.add_table(table, errors);
        }
        let positions = facts.positions.into_iter().map(|(item, (position, _))| (item, position)).collect();
        Asking {
            offices: offices.into(),
            states: states.into(),
            months: months.into(),
            positions: BTreeMap::into(positions),
            endings: endings.into(),
            forms: Vec::into(forms),
        }
    }
}
