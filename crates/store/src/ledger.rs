//! The ledger: what became of every input item.
//!
//! In: outcomes. Out: a row an item. Never: forgets a refusal before the item is read.

use crate::{Result, Store};
use rusqlite::{Row, Transaction, params};

/// What became of an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is in the record.
    Read,
    /// It holds no text.
    Empty,
    /// It could not be read.
    Refused,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: &[Outcome] = &[Outcome::Read, Outcome::Empty, Outcome::Refused];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Read => "read",
            Outcome::Empty => "empty",
            Outcome::Refused => "refused",
        }
    }
}

/// A row of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerRow {
    /// File, or file and line.
    pub source: String,
    /// Id of the document.
    pub document: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was refused, or what had to be guessed.
    pub reason: Option<String>,
    /// Version of the program with its packs and tables.
    pub reader: String,
    /// Time spent on it.
    pub microseconds: u64,
    /// Bytes of its text.
    pub bytes: u64,
}

/// Keeps a row. A row that says the same but for the time spent stays as it is. Returns whether it says something new.
pub(crate) fn keep(transaction: &Transaction, row: &LedgerRow) -> Result<bool> {
    let changed = transaction
        .prepare_cached(
            "INSERT INTO ledger (source, document, outcome, reason, reader, microseconds, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (source) DO UPDATE SET document = excluded.document, outcome = excluded.outcome, reason = excluded.reason,
                 reader = excluded.reader, microseconds = excluded.microseconds, bytes = excluded.bytes
             WHERE document IS NOT excluded.document OR outcome <> excluded.outcome OR reason IS NOT excluded.reason
                 OR reader <> excluded.reader OR bytes <> excluded.bytes",
        )?
        .execute(params![
            row.source,
            row.document,
            row.outcome.as_str(),
            row.reason,
            row.reader,
            row.microseconds as i64,
            row.bytes as i64
        ])?;
    Ok(changed > 0)
}

fn row(row: &Row) -> rusqlite::Result<LedgerRow> {
    let outcome: String = row.get(2)?;
    Ok(LedgerRow {
        source: row.get(0)?,
        document: row.get(1)?,
        outcome: Outcome::ALL.iter().copied().find(|known| known.as_str() == outcome).unwrap_or(Outcome::Refused),
        reason: row.get(3)?,
        reader: row.get(4)?,
        microseconds: row.get::<_, i64>(5)?.unsigned_abs(),
        bytes: row.get::<_, i64>(6)?.unsigned_abs(),
    })
}

/// The question for the rows with one of the outcomes, by source.
fn rows_of(outcomes: &[Outcome]) -> String {
    let columns = "SELECT source, document, outcome, reason, reader, microseconds, bytes FROM ledger";
    let wanted: Vec<String> = outcomes.iter().map(|outcome| format!("'{}'", outcome.as_str())).collect();
    // all of them are read in the order of the table
    let only = if outcomes == Outcome::ALL { String::new() } else { format!("WHERE outcome IN ({})", wanted.join(", ")) };
    format!("{columns} {only} ORDER BY source")
}

impl Store {
    /// Where a document was read from, by source.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn sources_of(&self, document: &str) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached("SELECT source FROM ledger WHERE document = ?1 ORDER BY source")?;
        let sources = statement.query_map([document], |row| row.get(0))?;
        Ok(sources.collect::<rusqlite::Result<_>>()?)
    }

    /// How many items have each outcome.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn outcomes(&self) -> Result<Vec<(Outcome, usize)>> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM ledger WHERE outcome = ?1")?;
        let count = |outcome: &Outcome| {
            let count: i64 = statement.query_row([outcome.as_str()], |row| row.get(0))?;
            Ok((*outcome, count.unsigned_abs() as usize))
        };
        Outcome::ALL.iter().map(count).collect()
    }

    /// Some of the rows with one of the outcomes, by source.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn ledger_page(&self, outcomes: &[Outcome], offset: usize, limit: usize) -> Result<Vec<LedgerRow>> {
        let sql = format!("{} LIMIT ?1 OFFSET ?2", rows_of(outcomes));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![limit as i64, offset as i64], row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The rows with one of the outcomes, by source; `take` is given each in turn.
    ///
    /// # Errors
    /// Where the record cannot be read, or `take` fails.
    pub fn ledger<E: From<crate::Error>>(
        &self,
        outcomes: &[Outcome],
        mut take: impl FnMut(LedgerRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut statement = self.connection.prepare(&rows_of(outcomes)).map_err(crate::Error::from)?;
        let rows = statement.query_map([], row).map_err(crate::Error::from)?;
        for row in rows {
            take(row.map_err(crate::Error::from)?)?;
        }
        Ok(())
    }
}
