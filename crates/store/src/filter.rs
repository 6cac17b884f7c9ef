//! Asking for entries.
//!
//! In: a filter. Out: the entries that pass, in a fixed order. Never: leaves some out without saying how many there are.

use crate::packed::unpack_text;
use crate::{Error, Result, Store};
use jiff::civil::Date;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// What entries must be like. What is empty asks for nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// `contact`, `statement`, ...: any of these.
    pub entries: Vec<String>,
    /// States and organizations: each is a group of codes, of which one must be there.
    pub states: Vec<Vec<String>>,
    /// Persons: each is a group of names, of which one must be there.
    pub people: Vec<Vec<String>>,
    /// Kinds: any of these.
    pub kinds: Vec<String>,
    /// Statuses, or outcomes of commitments: any of these.
    pub statuses: Vec<String>,
    /// Formats: any of these.
    pub formats: Vec<String>,
    /// Places (`Astana, KZ`): each is a group of keys, of which one must be there.
    pub places: Vec<Vec<String>>,
    /// Languages: any of these.
    pub languages: Vec<String>,
    /// Ids of documents: a claim of any of these is among those of the entry.
    pub documents: Vec<String>,
    /// Not over before this day.
    pub since: Option<Date>,
    /// Not begun after this day.
    pub until: Option<Date>,
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// The latest first; what has no date at the end.
    #[default]
    Newest,
    /// The earliest first; what has no date at the end.
    Oldest,
    /// What most needs a person's eye: contradictions, then the least certain.
    Doubtful,
}

/// Which part of what passes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// In which order.
    pub order: Order,
    /// How many are left out at the beginning.
    pub offset: usize,
    /// How many are given at the most.
    pub limit: Option<usize>,
}

/// Conditions of SQL with their values.
#[derive(Default)]
pub(crate) struct Conditions {
    sql: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    fn list(&mut self, values: &[String]) -> String {
        self.values.extend(values.iter().cloned().map(Value::Text));
        vec!["?"; values.len()].join(", ")
    }

    fn one_of(&mut self, column: &str, values: &[String]) {
        if !values.is_empty() {
            let list = self.list(values);
            self.sql.push(format!("{column} IN ({list})"));
        }
    }

    fn facet(&mut self, facet: &str, values: &[String]) {
        if !values.is_empty() {
            let list = self.list(values);
            self.sql.push(format!("number IN (SELECT entry FROM facets WHERE facet = '{facet}' AND value IN ({list}))"));
        }
    }

    fn none(&mut self) {
        self.sql.push("0".to_owned());
    }

    pub(crate) fn of(filter: &Filter) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.one_of("entry", &filter.entries);
        for (facet, groups) in [("state", &filter.states), ("person", &filter.people), ("place", &filter.places)] {
            for group in groups {
                if group.is_empty() {
                    conditions.none();
                }
                conditions.facet(facet, group);
            }
        }
        conditions.one_of("kind", &filter.kinds);
        conditions.one_of("status", &filter.statuses);
        conditions.facet("format", &filter.formats);
        conditions.facet("language", &filter.languages);
        conditions.facet("document", &filter.documents);
        if let Some(day) = filter.since {
            conditions.sql.push("(latest >= ? OR (latest IS NULL AND earliest IS NOT NULL))".to_owned());
            conditions.values.push(Value::Text(day.to_string()));
        }
        if let Some(day) = filter.until {
            conditions.sql.push("(earliest <= ? OR (earliest IS NULL AND latest IS NOT NULL))".to_owned());
            conditions.values.push(Value::Text(day.to_string()));
        }
        conditions
    }

    /// As a condition on `entries`; empty where all pass.
    pub(crate) fn sql(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) }
    }
}

impl Order {
    fn sql(self) -> &'static str {
        match self {
            Order::Newest => "coalesce(earliest, latest) IS NULL, coalesce(earliest, latest) DESC, id",
            Order::Oldest => "coalesce(earliest, latest) IS NULL, coalesce(earliest, latest), id",
            Order::Doubtful => "judged IS NOT NULL, conflicts DESC, confidence, id",
        }
    }
}

impl Store {
    /// How many entries pass.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn count(&self, filter: &Filter) -> Result<usize> {
        let conditions = Conditions::of(filter);
        let sql = format!("SELECT count(*) FROM entries {}", conditions.sql());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count: i64 = statement.query_row(params_from_iter(conditions.values), |row| row.get(0))?;
        Ok(count.unsigned_abs() as usize)
    }

    /// The entries that pass, each as a line of JSON (`chancery.entry/1`).
    ///
    /// # Errors
    /// Where the record cannot be read, or `take` fails.
    pub fn entries<E: From<Error>>(
        &self,
        filter: &Filter,
        page: Page,
        mut take: impl FnMut(String) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut conditions = Conditions::of(filter);
        let sql = format!("SELECT content FROM entries {} ORDER BY {} LIMIT ? OFFSET ?", conditions.sql(), page.order.sql());
        conditions.values.push(Value::Integer(page.limit.map_or(-1, |limit| limit as i64)));
        conditions.values.push(Value::Integer(page.offset as i64));
        let mut statement = self.connection.prepare_cached(&sql).map_err(Error::from)?;
        let mut rows = statement.query(params_from_iter(conditions.values)).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            let packed: Vec<u8> = row.get(0).map_err(Error::from)?;
            take(unpack_text(&packed)?)?;
        }
        Ok(())
    }
}
