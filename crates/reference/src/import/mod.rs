//! Facts of a user's own, from entities of others and from tables.
//!
//! In: entities, one at a time, and tables that are there. Out: rows of tables, sorted, each once. Never: reads or writes a file,
//! keeps more than the facts.

pub mod ftm;
pub mod wikidata;

use crate::table::{TableError, TableFile, rows};
use chancery_model::{Edtf, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A person as imported.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct PersonFact {
    /// Common English name.
    pub name: String,
    /// The name as used alone, where it is known.
    pub family: String,
    /// `m`, `f` or empty.
    pub gender: String,
    /// Where it is from.
    pub source: String,
}

/// A tenure as imported: person, role, state and start are its key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TenureKey {
    /// Wikidata item, or `x-` and a name.
    pub id: String,
    /// Role.
    pub role: Role,
    /// State or organization.
    pub of: String,
    /// First day, where known.
    pub start: Option<Edtf>,
}

/// The rest of a tenure.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TenureFact {
    /// Last day, where known.
    pub end: Option<Edtf>,
    /// Whether in an acting capacity.
    pub acting: bool,
    /// Where it is from.
    pub source: String,
}

/// What is asked of a position: its role and state.
pub type Position = (Role, String);

/// Facts, each once and in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// By identifier.
    pub people: BTreeMap<String, PersonFact>,
    /// Further names: identifier, language, form; with their source.
    pub names: BTreeMap<(String, String, String), String>,
    /// Offices held.
    pub tenures: BTreeMap<TenureKey, TenureFact>,
    /// Positions of Wikidata by item.
    pub positions: BTreeMap<String, (Position, String)>,
    /// To which day each source is known.
    pub known_until: BTreeMap<String, String>,
    /// Tables of other kinds, row by row below their headers.
    pub others: BTreeMap<String, (String, BTreeSet<String>)>,
}

/// Tables that hold facts of their own kind.
const OTHERS: [&str; 10] = [
    "states.tsv",
    "state_names.tsv",
    "places.tsv",
    "place_names.tsv",
    "site_cities.tsv",
    "given_name_kin.tsv",
    "organizations.tsv",
    "organization_names.tsv",
    "memberships.tsv",
    "agencies.tsv",
];

impl Facts {
    /// Adds the rows of a table named like one of the reference; wrong lines go to `errors`, and a table of another name is one.
    pub fn add_table(&mut self, file: &TableFile, errors: &mut Vec<TableError>) {
        let stem = file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path);
        let source = |told: &str| if told.is_empty() { stem.to_owned() } else { told.to_owned() };
        match stem {
            "people.tsv" => {
                for row in rows(file, &["id", "name", "?family", "?gender", "?source"], errors) {
                    let [name, family, gender] = [1, 2, 3].map(|column| row[column].to_owned());
                    self.people.insert(row[0].to_owned(), PersonFact { name, family, gender, source: source(row[4]) });
                }
            }
            "people_names.tsv" => {
                for row in rows(file, &["id", "?language", "form", "?source"], errors) {
                    let language = if row[1].is_empty() { "mul" } else { row[1] };
                    self.names.insert((row[0].to_owned(), language.to_owned(), row[2].to_owned()), source(row[3]));
                }
            }
            "tenures.tsv" => {
                for row in rows(file, &["id", "role", "of", "?start", "?end", "?status", "?source"], errors) {
                    let read = || -> Result<(TenureKey, TenureFact), String> {
                        let date = |text: &str| -> Result<Option<Edtf>, String> {
                            (!text.is_empty()).then(|| text.parse::<Edtf>().map_err(|error| error.to_string())).transpose()
                        };
                        let role = row[1].parse::<Role>().map_err(|error| error.to_string())?;
                        let key = TenureKey { id: row[0].to_owned(), role, of: row[2].to_owned(), start: date(row[3])? };
                        Ok((key, TenureFact { end: date(row[4])?, acting: row[5] == "acting", source: source(row[6]) }))
                    };
                    match read() {
                        Ok((key, fact)) => {
                            self.tenures.insert(key, fact);
                        }
                        Err(message) => errors.push(TableError { path: file.path.clone(), line: row.line, message }),
                    }
                }
            }
            "positions.tsv" => {
                for row in rows(file, &["qid", "role", "of", "?source"], errors) {
                    match row[1].parse::<Role>() {
                        Ok(role) => {
                            self.positions.insert(row[0].to_owned(), ((role, row[2].to_owned()), source(row[3])));
                        }
                        Err(error) => errors.push(TableError { path: file.path.clone(), line: row.line, message: error.to_string() }),
                    }
                }
            }
            "sources.tsv" => {
                for row in rows(file, &["key", "known_until"], errors) {
                    self.known_until.insert(row[0].to_owned(), row[1].to_owned());
                }
            }
            other if OTHERS.contains(&other) => {
                let mut lines = file.text.lines();
                let header = lines.next().unwrap_or_default().to_owned();
                let (known, kept) = self.others.entry(other.to_owned()).or_insert_with(|| (header.clone(), BTreeSet::new()));
                if *known == header {
                    kept.extend(lines.filter(|line| !line.trim().is_empty()).map(str::to_owned));
                } else {
                    let message = format!("expected the columns of the table that is there already, {known:?}, found {header:?}");
                    errors.push(TableError { path: file.path.clone(), line: 1, message });
                }
            }
            _ => errors.push(TableError {
                path: file.path.clone(),
                line: 1,
                message: "expected a table named like one of the reference, such as people.tsv or tenures.tsv".to_owned(),
            }),
        }
    }

    /// The facts as tables, by name; those without a row are left out.
    pub fn tables(&self) -> Vec<(String, String)> {
        let date = |date: &Option<Edtf>| date.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut tables: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, header: &str, rows: Vec<String>| {
            if !rows.is_empty() {
                let mut text = format!("{header}\n");
                rows.iter().for_each(|row| {
                    let _ = writeln!(text, "{row}");
                });
                tables.push((name.to_owned(), text));
            }
        };
        let row = |cells: &[&str]| cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t");
        let people = self.people.iter().map(|(id, fact)| row(&[id, &fact.name, &fact.family, &fact.gender, &fact.source]));
        put("people.tsv", "id\tname\tfamily\tgender\tsource", people.collect());
        let names = self.names.iter().map(|((id, language, form), source)| row(&[id, language, form, source]));
        put("people_names.tsv", "id\tlanguage\tform\tsource", names.collect());
        let tenures = self.tenures.iter().map(|(key, fact)| {
            let status = if fact.acting { "acting" } else { "" };
            row(&[&key.id, key.role.as_str(), &key.of, &date(&key.start), &date(&fact.end), status, &fact.source])
        });
        put("tenures.tsv", "id\trole\tof\tstart\tend\tstatus\tsource", tenures.collect());
        let positions = self.positions.iter().map(|(qid, ((role, of), source))| row(&[qid, role.as_str(), of, source]));
        put("positions.tsv", "qid\trole\tof\tsource", positions.collect());
        put("sources.tsv", "key\tknown_until", self.known_until.iter().map(|(key, until)| row(&[key, until])).collect());
        for (name, (header, rows)) in &self.others {
            put(name, header, rows.iter().cloned().collect());
        }
        tables
    }
}
