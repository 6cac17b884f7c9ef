//! Asking for entries.
//!
//! In: a filter. Out: the entries that pass, in a fixed order. Never: leaves some out without saying how many there are.

use crate::packed::unpack_text;
use crate::{Error, Result, Store};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

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
    /// What a person has yet to look at.
    pub look: Option<Look>,
    /// Only what comes after this place in the order asked for; a count is of all that pass.
    pub after: Option<Cursor>,
}

/// A place in an order, which stays right whatever is added before or behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor(Vec<Place>);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Place {
    Nothing(()),
    Number(i64),
    /// A number as SQLite writes it.
    Real {
        real: String,
    },
    Text(String),
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string(&self.0).unwrap_or_default())
    }
}

impl Cursor {
    pub(crate) fn places(&self) -> &[Place] {
        &self.0
    }
}

impl FromStr for Cursor {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Cursor, String> {
        serde_json::from_str(text).map(Cursor).map_err(|_| "this is no cursor of an answer".to_owned())
    }
}

impl Place {
    fn value(&self) -> Value {
        match self {
            Place::Nothing(()) => Value::Null,
            Place::Number(number) => Value::Integer(*number),
            Place::Real { real } => real.parse().map_or(Value::Null, Value::Real),
            Place::Text(text) => Value::Text(text.clone()),
        }
    }

    pub(crate) fn real(number: f64) -> Place {
        Place::Real { real: number.to_string() }
    }

    /// Which of two values of a column stands first.
    pub(crate) fn compare(&self, other: &Place) -> Option<Ordering> {
        match (self, other) {
            (Place::Nothing(()), Place::Nothing(())) => Some(Ordering::Equal),
            (Place::Number(own), Place::Number(other)) => Some(own.cmp(other)),
            (Place::Real { real: own }, Place::Real { real: other }) => own.parse::<f64>().ok()?.partial_cmp(&other.parse().ok()?),
            (Place::Text(own), Place::Text(other)) => Some(own.cmp(other)),
            _ => None,
        }
    }

    fn of(value: Value) -> Place {
        match value {
            Value::Integer(number) => Place::Number(number),
            Value::Real(real) => Place::real(real),
            Value::Text(text) => Place::Text(text),
            Value::Null | Value::Blob(_) => Place::Nothing(()),
        }
    }
}

/// Why a person should look at entries that nobody judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// Nobody judged them.
    Unjudged,
    /// Their claims contradict each other.
    Contradicted,
    /// Another entry may be one with them; the nearest stand first.
    Near,
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// The latest first; what has no date at the end.
    #[default]
    Newest,
    /// The earliest first; what has no date at the end.
    Oldest,
    /// Those last reported first; what no dated document tells of at the end.
    Reported,
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
        conditions.sql.extend(filter.look.map(|look| look.sql().to_owned()));
        conditions
    }

    /// What comes after a place: equal in the first columns, and then further.
    fn after(&mut self, columns: &[(&str, bool)], Cursor(places): &Cursor) {
        let further = |until: usize| {
            let equal = columns[..until].iter().map(|(column, _)| format!("({column}) IS ?"));
            let (column, greatest) = columns[until];
            let further = format!("({column}) {} ?", if greatest { '<' } else { '>' });
            equal.chain([further]).collect::<Vec<_>>().join(" AND ")
        };
        let ways: Vec<String> = (0..columns.len()).map(further).collect();
        self.sql.push(format!("({})", ways.join(" OR ")));
        for until in 0..columns.len() {
            self.values.extend((0..=until).map(|column| places.get(column).map_or(Value::Null, Place::value)));
        }
    }

    /// As a condition on `entries`; empty where all pass.
    pub(crate) fn sql(&self) -> String {
        if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) }
    }
}

impl Look {
    /// As the index of doubtful entries has it.
    fn sql(self) -> &'static str {
        match self {
            Look::Unjudged => "(judged IS NOT NULL) = 0",
            Look::Contradicted => "(judged IS NOT NULL) = 0 AND conflicts > 0",
            Look::Near => "judged IS NULL AND near IS NOT NULL",
        }
    }
}

impl Order {
    /// The columns by which entries are ordered, each with whether the greatest stands first; the last is the id.
    pub(crate) fn columns(self, look: Option<Look>) -> &'static [(&'static str, bool)] {
        match (self, look) {
            (Order::Newest, _) => &[("coalesce(earliest, latest) IS NULL", false), ("coalesce(earliest, latest)", true), ("id", false)],
            (Order::Oldest, _) => &[("coalesce(earliest, latest) IS NULL", false), ("coalesce(earliest, latest)", false), ("id", false)],
            (Order::Reported, _) => &[("last_reported IS NULL", false), ("last_reported", true), ("id", false)],
            (Order::Doubtful, Some(Look::Near)) => &[("near", true), ("id", false)],
            (Order::Doubtful, _) => &[("judged IS NOT NULL", false), ("conflicts", true), ("confidence", false), ("id", false)],
        }
    }

    fn sql(self, look: Option<Look>) -> String {
        let column = |(column, greatest): &(&str, bool)| format!("{column}{}", if *greatest { " DESC" } else { "" });
        self.columns(look).iter().map(column).collect::<Vec<_>>().join(", ")
    }
}

impl Store {
    /// How many entries pass.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn count(&self, filter: &Filter) -> Result<usize> {
        if let Some(index) = self.index_for(filter) {
            return Ok(index.count(filter));
        }
        let conditions = Conditions::of(filter);
        let sql = format!("SELECT count(*) FROM entries {}", conditions.sql());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count: i64 = statement.query_row(params_from_iter(conditions.values), |row| row.get(0))?;
        Ok(count.unsigned_abs() as usize)
    }

    /// The place of an entry in the order of a question.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn cursor(&self, filter: &Filter, order: Order, id: &str) -> Result<Option<Cursor>> {
        let columns = order.columns(filter.look);
        let names: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
        let sql = format!("SELECT {} FROM entries WHERE id = ?1", names.join(", "));
        let place = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|column| row.get(column).map(Place::of)).collect();
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], place).optional()?.map(Cursor))
    }

    /// The entries that pass, each as a line of JSON (`chancery.entry/1`).
    ///
    /// # Errors
    /// Where the record cannot be read, or `take` fails.
    pub fn entries<E: From<Error>>(
        &self,
        filter: &Filter,
        page: Page,
        take: impl FnMut(String) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each("content", filter, page, take)
    }

    /// The entries that pass as lists show them: like [`Store::entries`], but of an entry of many claims only a few
    /// ([`brief`](chancery_model::record::Entry::brief)).
    ///
    /// # Errors
    /// Where the record cannot be read, or `take` fails.
    pub fn briefs<E: From<Error>>(
        &self,
        filter: &Filter,
        page: Page,
        take: impl FnMut(String) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.each("coalesce(brief, content)", filter, page, take)
    }

    fn each<E: From<Error>>(
        &self,
        content: &str,
        filter: &Filter,
        page: Page,
        mut take: impl FnMut(String) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        if let Some(index) = self.index_for(filter) {
            let sql = format!("SELECT {content} FROM entries WHERE number = ?1");
            let mut statement = self.connection.prepare_cached(&sql).map_err(Error::from)?;
            for number in index.numbers(filter, page) {
                let packed: Vec<u8> = statement.query_row([number], |row| row.get(0)).map_err(Error::from)?;
                take(unpack_text(&packed)?)?;
            }
            return Ok(());
        }
        let mut conditions = Conditions::of(filter);
        if let Some(cursor) = &filter.after {
            conditions.after(page.order.columns(filter.look), cursor);
        }
        let sql = format!("SELECT {content} FROM entries {} ORDER BY {} LIMIT ? OFFSET ?", conditions.sql(), page.order.sql(filter.look));
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
