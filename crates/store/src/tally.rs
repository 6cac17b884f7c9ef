//! How many entries there are of each state, place, pair and time.
//!
//! In: a filter. Out: counts, by SQL alone. Never: opens an entry.

use crate::filter::Conditions;
use crate::{Filter, Result, Store};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

/// A conference of more states is a sitting, and brings no two of them together in particular.
pub(crate) const TOGETHER: usize = 6;

/// First and last possible day, as far as known.
pub type Days = (Option<Date>, Option<Date>);

fn count(row: &Row, column: usize) -> rusqlite::Result<usize> {
    Ok(row.get::<_, i64>(column)?.unsigned_abs() as usize)
}

impl Store {
    /// Every value of a facet among the entries that pass, with the number of entries that have it, by value.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn tally(&self, filter: &Filter, facet: &str) -> Result<Vec<(String, usize)>> {
        if let Some(counts) = self.index_for(filter).and_then(|index| index.tally(filter, facet)) {
            return Ok(counts);
        }
        let conditions = Conditions::of(filter);
        let sql = format!(
            "SELECT value, count(*) FROM facets WHERE facet = '{facet}' AND entry IN (SELECT number FROM entries {}) GROUP BY value",
            conditions.sql()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = statement.query_map(params_from_iter(conditions.values), |row| Ok((row.get(0)?, count(row, 1)?)))?;
        Ok(values.collect::<rusqlite::Result<_>>()?)
    }

    /// The days of the entries that pass, with the number of entries of each.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn days(&self, filter: &Filter) -> Result<Vec<(Days, usize)>> {
        if let Some(index) = self.index_for(filter) {
            return Ok(index.days(filter));
        }
        let conditions = Conditions::of(filter);
        let sql = format!(
            "SELECT earliest, latest, count(*) FROM entries {} GROUP BY earliest, latest ORDER BY earliest, latest",
            conditions.sql()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let day = |row: &Row, column: usize| -> rusqlite::Result<Option<Date>> {
            Ok(row.get::<_, Option<String>>(column)?.and_then(|day| day.parse().ok()))
        };
        let days = statement.query_map(params_from_iter(conditions.values), |row| Ok(((day(row, 0)?, day(row, 1)?), count(row, 2)?)))?;
        Ok(days.collect::<rusqlite::Result<_>>()?)
    }

    /// Pairs of states that entries bring together, with how many; the most first. Entries of many states count for none.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn pairs(&self, filter: &Filter, most: Option<usize>) -> Result<Vec<(String, String, usize)>> {
        if let Some(index) = self.index_for(filter) {
            return Ok(index.pairs(filter, most));
        }
        let mut conditions = Conditions::of(filter);
        let sql = format!(
            "WITH states AS MATERIALIZED (
                 SELECT entry, value FROM facets WHERE facet = 'state' AND entry IN (SELECT number FROM entries {})),
             few AS MATERIALIZED (SELECT entry FROM states GROUP BY entry HAVING count(*) BETWEEN 2 AND {TOGETHER})
             SELECT one.value, other.value, count(*) FROM few JOIN states one USING (entry) JOIN states other USING (entry)
             WHERE other.value > one.value GROUP BY one.value, other.value ORDER BY count(*) DESC, one.value, other.value LIMIT ?",
            conditions.sql()
        );
        conditions.values.push(Value::Integer(most.map_or(-1, |most| most as i64)));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let pairs = statement.query_map(params_from_iter(conditions.values), |row| Ok((row.get(0)?, row.get(1)?, count(row, 2)?)))?;
        Ok(pairs.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::generated::arrival;
    use crate::{Filter, Store};

    #[test]
    fn entries_are_counted_by_state_pair_and_day() {
        let mut store = Store::in_memory().expect("a record");
        let arrivals: Vec<_> = (0..8).map(arrival).collect();
        store.keep(&arrivals).expect("kept");
        store.derive(&|code| code.to_owned(), &()).expect("derived");
        let all = Filter::default();
        assert_eq!(store.tally(&all, "state").expect("counts"), [("KZ".to_owned(), 4), ("US".to_owned(), 4)]);
        assert_eq!(store.pairs(&all, None).expect("pairs"), [("KZ".to_owned(), "US".to_owned(), 4)]);
        let days = store.days(&Filter { until: "2023-01-02".parse().ok(), ..all }).expect("days");
        let first = "2023-01-01".parse().ok();
        assert_eq!((days.len(), days.first()), (2, Some(&((first, first), 1))));
    }
}
