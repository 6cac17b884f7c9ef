//! The reference as a library of its own: who bears a name, who held an office on a day, whom a row of a table means.
//!
//! In: the tables, and of the packs their names of states, months and persons and their endings. Out: answers. Never: reads a
//! document.

use crate::built_in;
use crate::library::Error;
use crate::sources::{Sources, pack_forms, table_files};
use chancery_model::{Edtf, Role};
use chancery_reference::Written;
use chancery_reference::asked::{AskedOffice, Capacity};
use chancery_reference::calendar::{self, NotADay};
use chancery_reference::coverage::{self, Days};
use chancery_reference::import::Position;
use chancery_reference::inflection::Endings;
use chancery_reference::likely::{Fit, Likely, Names};
use chancery_reference::settle::{Answer, Asked, Settling};
use chancery_reference::{Person, PersonId, Reference, TableError, TableFile, Tenure, soundness};
use chancery_vocabulary::Asking;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The tables, and the words in which rows speak of offices, states and days.
pub struct Registry {
    reference: Reference,
    asking: Asking,
    faults: Vec<String>,
}

/// A row that asks who is meant, as it stands in a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Row<'a> {
    /// A name with or without titles; empty asks for the holder of the office.
    pub name: &'a str,
    /// An office in words.
    pub role: &'a str,
    /// A state or organization: code, name or adjective.
    pub state: &'a str,
    /// A date.
    pub date: &'a str,
}

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WrongRow {
    /// The date.
    #[error(transparent)]
    Date(#[from] NotADay),
    /// The state.
    #[error("no state or organization {0:?} is known; expected an ISO code such as KZ, or a name such as Kazakhstan")]
    State(String),
    /// The office.
    #[error("no office {0:?} is known; expected one such as president, prime minister or foreign minister")]
    Office(String),
}

/// The tables that a registry is loaded from.
///
/// # Errors
/// Where a folder cannot be read.
pub fn tables(sources: &Sources) -> Result<Vec<TableFile>, Error> {
    table_files(sources)
}

/// What is wrong in the tables, see [`soundness::faults`].
///
/// # Errors
/// Where a folder cannot be read.
pub fn faults(sources: &Sources) -> Result<Vec<TableError>, Error> {
    let tables = table_files(sources)?;
    let mut faults = soundness::faults(&tables, unicode_normalization::is_nfc);
    faults.extend(Reference::load(&tables).1);
    Ok(faults)
}

impl Registry {
    /// The tables as built in.
    ///
    /// # Errors
    /// Never where the build is right.
    pub fn built_in() -> Result<Registry, Error> {
        Registry::load(&Sources::default())
    }

    /// Loads what is built in and what `sources` gives.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub fn load(sources: &Sources) -> Result<Registry, Error> {
        if *sources == Sources::default()
            && let (Some((reference, mut faults)), Some((asking, further))) = (built_in::reference(), built_in::asking())
        {
            faults.extend(further);
            return Ok(Registry { reference, asking, faults });
        }
        let tables = table_files(sources)?;
        let packs = pack_forms(sources.languages.as_deref())?;
        let (reference, mut errors) = Reference::load(&tables);
        let asking = Asking::load(&reference, &tables, packs, &mut errors);
        let faults = errors.iter().map(ToString::to_string).collect();
        Ok(Registry { reference, asking, faults })
    }

    /// The tables.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Lines of tables that are wrong and were left out.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        self.reference.person(id)
    }

    /// The names, ready to be searched.
    pub fn names(&self) -> Names<'_> {
        Names::new(&self.reference, self.asking.forms.iter().cloned(), Endings::clone(&self.asking.endings))
    }

    /// Persons who may be meant by a name in any script, spelling or inflection, the likeliest first.
    pub fn find(&self, names: &Names, written: &str) -> Vec<(PersonId, Likely)> {
        let (bare, _) = self.asking.offices.without_titles(written);
        let mut found: Vec<(PersonId, Likely)> = Vec::new();
        for (name, inflected, alike) in [(bare, false, false), (bare, true, false), (written, true, false), (bare, true, true)] {
            // what is only like the name is asked for where nobody bears it
            if alike && found.iter().any(|(_, likely)| likely.fit >= Fit::Family && likely.closeness >= 0.9) {
                continue;
            }
            let name = names.name(name, inflected);
            for (id, likely) in if alike { names.find_alike(&name) } else { names.find(&name) } {
                match found.iter_mut().find(|(known, _): &&mut (PersonId, Likely)| *known == id) {
                    Some((_, old)) if (likely.fit, likely.closeness) > (old.fit, old.closeness) => *old = likely,
                    Some(_) => {}
                    None => found.push((id, likely)),
                }
            }
        }
        names.order(&mut found);
        found
    }

    /// The office that words name.
    ///
    /// # Errors
    /// Where they name none.
    pub fn office(&self, words: &str) -> Result<AskedOffice, WrongRow> {
        let office = self.asking.offices.office(words);
        if office.roles.is_empty() { Err(WrongRow::Office(words.to_owned())) } else { Ok(office) }
    }

    /// The states or organizations that a code or words name.
    ///
    /// # Errors
    /// Where they name none.
    pub fn states(&self, words: &str) -> Result<Vec<Written>, WrongRow> {
        let codes = self.asking.states.codes(words);
        if codes.is_empty() { Err(WrongRow::State(words.to_owned())) } else { Ok(codes) }
    }

    /// Every name of the states and organizations that a word names, and of the month; empty where it names none.
    pub fn names_alike(&self, word: &str) -> Vec<String> {
        let mut names: Vec<String> = self.asking.months.alike(word).into_iter().map(str::to_owned).collect();
        for code in self.asking.states.codes(word) {
            let reference = &self.reference;
            names.extend(reference.state(&code).map(|state| state.name.to_string()));
            names.extend(reference.organization(&code).map(|organization| organization.name.to_string()));
            let forms = reference.all_state_forms().iter().chain(reference.all_organization_forms());
            names.extend(forms.filter(|form| form.key == code).map(|form| form.form.to_string()));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// A date as tables write it.
    ///
    /// # Errors
    /// Where it is none, or can be two.
    pub fn date(&self, words: &str) -> Result<Edtf, WrongRow> {
        Ok(calendar::day(words, &self.asking.months)?)
    }

    /// The tenures of an office on a day, or of all time, with whether each is known to go on to that day.
    pub fn holders(&self, role: &AskedOffice, of: &[Written], date: Option<&Edtf>) -> Vec<(PersonId, &Tenure)> {
        let (from, to) = (date.and_then(Edtf::earliest), date.and_then(Edtf::latest));
        for role in &role.roles {
            let mut found: Vec<(PersonId, &Tenure)> = of.iter().flat_map(|of| self.reference.tenures_of(*role, of, from, to)).collect();
            if !found.is_empty() {
                found.sort_by(|(_, a), (_, b)| a.start.cmp(&b.start));
                return found;
            }
        }
        Vec::new()
    }

    /// When a tenure without an end is last known to have gone on.
    pub fn last_known(&self, tenure: &Tenure) -> Option<Date> {
        self.reference.last_known(tenure)
    }

    /// Whom a row means.
    ///
    /// # Errors
    /// Where its date cannot be read or its state is unknown. An office that no word names is no error: the name may do.
    pub fn look_up(&self, names: &Names, row: Row) -> Result<Answer, WrongRow> {
        let date = if row.date.trim().is_empty() { None } else { Some(self.date(row.date)?) };
        let (bare, titles) = self.asking.offices.without_titles(row.name.trim());
        let mut office = self.asking.offices.office(row.role);
        if office.roles.is_empty() {
            office.roles = titles.roles;
        }
        if office.capacity == Default::default() {
            office.capacity = titles.capacity;
        }
        let mut of = Vec::new();
        if row.state.trim().is_empty() {
            of = self.asking.states.within(row.role);
        } else {
            of.extend(self.states(row.state)?);
        }
        let settling = Settling { reference: &self.reference, names };
        let asked = Asked { name: bare, office, of, date };
        let answer = settling.settle(&asked);
        if answer.person().is_some() || bare == row.name.trim() {
            return Ok(answer);
        }
        // what looks like a title may be a name (He Lifeng, To Lam)
        let whole = settling.settle(&Asked { name: row.name.trim(), ..asked });
        Ok(if whole.person().is_some() { whole } else { answer })
    }
}

impl Registry {
    /// The role and state of a position by its name and its country, such as `Minister of Foreign Affairs of Kazakhstan`; only
    /// where both are certain.
    pub fn position(&self, name: &str, country: &str) -> Option<Position> {
        let office = self.asking.offices.office(name);
        let role = *office.roles.first().filter(|role| **role != Role::Other)?;
        let given = self.asking.states.codes(country);
        let mut codes = if given.is_empty() { self.asking.states.within(name) } else { given };
        let of = codes.pop().filter(|_| codes.is_empty())?;
        (office.capacity == Capacity::Holder).then_some((role, of.into()))
    }

    /// The state that is this item of Wikidata.
    pub fn state_of_item(&self, item: &str) -> Option<&str> {
        self.reference.states().find(|state| state.qid.as_deref() == Some(item)).map(|state| state.code.as_str())
    }

    /// The positions of Wikidata that the tables know, by item.
    pub fn positions(&self) -> &BTreeMap<String, Position> {
        &self.asking.positions
    }
}

impl Registry {
    /// On how many days from the first to the last a holder of one of the roles is known.
    pub fn days_known(&self, roles: &[Role], of: &str, first: Date, last: Date) -> Days {
        coverage::days(&self.reference, roles, of, first, last)
    }

    /// The last day that any source knows.
    pub fn horizon(&self) -> Option<Date> {
        self.reference.known_until().values().max().copied()
    }
}
