//! The entries, derived from everything that came in.
//!
//! In: reports and judgements of the store. Out: entries in tables that can be asked. Never: anything that cannot be derived again.

mod row;

use crate::packed::{pack, unpack_text};
use crate::{Error, Result, Store, judgements, pass};
use chancery_model::record::Entry;
use chancery_reconcile::{Atlas, each_entry};
use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use row::EntryRow;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Claims of an entry that a list takes in.
const FEW: usize = 20;

/// Entries that are unpacked at a time.
const UNPACKED: usize = 1024;

/// What deriving changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Derived {
    /// Entries now.
    pub entries: usize,
    /// Ids of entries that are new or other than before, in order.
    pub changed: Vec<String>,
    /// Ids of entries that are no more, in order.
    pub gone: Vec<String>,
    /// Numbers of the judgements whose evidence is gone.
    pub orphans: Vec<u64>,
}

/// Names of codes: `KZ` is Kazakhstan.
pub type Names<'a> = &'a (dyn Fn(&str) -> String + Sync);

impl Store {
    /// Whether documents or judgements came in since the entries were derived.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn is_stale(&self) -> Result<bool> {
        let (revision, derived) = self.revisions()?;
        Ok(revision != derived)
    }

    /// Changes whenever anything came in or was derived.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn version(&self) -> Result<String> {
        let mut statement = self.connection.prepare_cached("SELECT group_concat(name || value, ' ') FROM state")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn revisions(&self) -> Result<(i64, i64)> {
        revisions(&self.connection)
    }

    /// Derives the entries from what the store holds, in one step: who reads meanwhile sees the entries as they were.
    ///
    /// # Errors
    /// Where the record cannot be read or written.
    pub fn derive(&mut self, names: Names, atlas: &dyn Atlas) -> Result<Derived> {
        loop {
            self.make_cards()?;
            let revisions = self.revisions()?;
            let (numbers, judgements): (Vec<u64>, Vec<_>) = judgements::counting(self.log()?).into_iter().unzip();
            let mut next = Next::after(digests(&self.connection)?);
            let orphans = each_entry(&self.reports()?, &judgements, atlas, &mut |entry| next.take(entry));
            // no lock is held while claims are compared; what came in meanwhile is taken in by another round
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if self::revisions(&transaction)? != revisions {
                continue;
            }
            pass("deriving");
            let orphans: Vec<u64> = orphans.iter().filter_map(|index| numbers.get(*index).copied()).collect();
            let derived = put(&transaction, next, orphans, names)?;
            transaction.execute("UPDATE state SET value = ?1 WHERE name = 'derived'", [revisions.0.to_string()])?;
            pass("put");
            transaction.commit()?;
            pass("derived");
            return Ok(derived);
        }
    }

    /// A store in memory with the given entries, to be asked like another.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn of_entries(entries: &[Entry], names: Names) -> Result<Store> {
        let mut store = Store::in_memory()?;
        let transaction = store.connection.transaction()?;
        let mut next = Next::after(BTreeMap::new());
        entries.iter().cloned().for_each(|entry| next.take(entry));
        put(&transaction, next, Vec::new(), names)?;
        transaction.commit()?;
        Ok(store)
    }

    /// The entry with an id, be it its own, one that it had, or that of a claim.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn entry(&self, id: &str) -> Result<Option<Entry>> {
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached(
                "SELECT content FROM entries WHERE id = ?1
                 UNION ALL SELECT content FROM aliases JOIN entries ON number = aliases.entry WHERE alias = ?1 LIMIT 1",
            )?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(packed.map(|packed| unpack_text(&packed)).transpose()?.map(|line| serde_json::from_str(&line)).transpose()?)
    }

    /// The id of the entry to which an id leads that it has, had, or that is of a claim.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn id_of(&self, alias: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM entries WHERE id = ?1 UNION ALL SELECT id FROM aliases JOIN entries ON number = aliases.entry WHERE alias = ?1 LIMIT 1",
        )?;
        Ok(statement.query_row([alias], |row| row.get(0)).optional()?)
    }

    /// Ids that begin with these characters, at the most `most`.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn ids_like(&self, beginning: &str, most: usize) -> Result<Vec<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM entries WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2")?;
        let ids = statement.query_map(params![beginning, most as i64], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// How many entries there are of each sort, by its name.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn counts(&self) -> Result<BTreeMap<String, usize>> {
        if let Some(index) = &self.index {
            return Ok(index.counts());
        }
        let mut statement = self.connection.prepare_cached("SELECT entry, count(*) FROM entries GROUP BY entry")?;
        let counts = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs() as usize)))?;
        Ok(counts.collect::<rusqlite::Result<_>>()?)
    }

    /// How many entries of a sort have two independent sources or more.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn supported(&self, sort: &str) -> Result<usize> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM entries WHERE entry = ?1 AND sources > 1")?;
        Ok(statement.query_row([sort], |row| row.get::<_, i64>(0))?.unsigned_abs() as usize)
    }

    /// The day of the latest document that an entry rests on.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn latest(&self) -> Result<Option<Date>> {
        let day: Option<String> = self.connection.query_row("SELECT max(last_reported) FROM entries", [], |row| row.get(0))?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// Every value of a facet with the number of its entries, by value.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn facet(&self, facet: &str) -> Result<Vec<(String, usize)>> {
        if let Some(values) = self.index.as_ref().and_then(|index| index.facet(facet)) {
            return Ok(values);
        }
        let mut statement = self.connection.prepare_cached("SELECT value, count(*) FROM facets WHERE facet = ?1 GROUP BY value")?;
        let values = statement.query_map([facet], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs() as usize)))?;
        Ok(values.collect::<rusqlite::Result<_>>()?)
    }
}

/// How often something came in, and how much of it the entries were derived from.
fn revisions(connection: &Connection) -> Result<(i64, i64)> {
    let value = "SELECT CAST(value AS INTEGER) FROM state WHERE name = ";
    let sql = format!("SELECT ({value} 'revision'), ({value} 'derived')");
    Ok(connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Which round of deriving left the entries as they are.
pub(crate) fn round(connection: &Connection) -> Result<String> {
    Ok(connection.prepare_cached("SELECT value FROM state WHERE name = 'rounds'")?.query_row([], |row| row.get(0))?)
}

/// The row and the digest of every entry, by id.
fn digests(connection: &Connection) -> Result<BTreeMap<String, (i64, String)>> {
    let mut statement = connection.prepare("SELECT id, number, digest FROM entries")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The entries that are to be; of them only those are held that are other than those that are.
struct Next {
    /// Entries of which none came yet.
    before: BTreeMap<String, (i64, String)>,
    /// Entries that came and were not yet compared.
    waiting: Vec<Entry>,
    /// Entries that came.
    count: usize,
    /// New and other entries.
    changed: Vec<Changed>,
    failed: Option<Error>,
}

/// An entry that is new or other than before.
struct Changed {
    id: String,
    digest: String,
    /// The row that it had.
    before: Option<i64>,
    content: Vec<u8>,
    /// What lists show of it, where that is less.
    brief: Option<Vec<u8>>,
}

impl Next {
    fn after(before: BTreeMap<String, (i64, String)>) -> Next {
        Next { before, waiting: Vec::new(), count: 0, changed: Vec::new(), failed: None }
    }

    fn take(&mut self, entry: Entry) {
        self.count += 1;
        self.waiting.push(entry);
        if self.waiting.len() >= UNPACKED {
            self.compare_waiting();
        }
    }

    /// Compares what waits, with all threads.
    fn compare_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let compared: Vec<Result<Option<Changed>>> = waiting.par_iter().map(|entry| self.compare(entry)).collect();
        for (entry, compared) in waiting.iter().zip(compared) {
            self.before.remove(&entry.id);
            match compared {
                Ok(changed) => self.changed.extend(changed),
                Err(error) => drop(self.failed.get_or_insert(error)),
            }
        }
    }

    /// The entry where it is new or other than before.
    fn compare(&self, entry: &Entry) -> Result<Option<Changed>> {
        let line = serde_json::to_string(entry)?;
        let digest: String = Sha256::digest(line.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let before = self.before.get(&entry.id);
        if before.is_some_and(|(_, old)| *old == digest) {
            return Ok(None);
        }
        let brief = entry.brief(FEW).map(|brief| -> Result<Vec<u8>> { pack(&serde_json::to_vec(&brief)?) }).transpose()?;
        let (before, content) = (before.map(|(number, _)| *number), pack(line.as_bytes())?);
        Ok(Some(Changed { id: entry.id.clone(), digest, before, content, brief }))
    }
}

/// Makes the tables hold these entries and no others; what is the same stays untouched.
fn put(transaction: &Transaction, mut next: Next, orphans: Vec<u64>, names: Names) -> Result<Derived> {
    next.compare_waiting();
    let Next { before, count, mut changed, failed, .. } = next;
    if let Some(error) = failed {
        return Err(error);
    }
    let round = next_round(transaction)?;
    changed.sort_by(|one, other| one.id.cmp(&other.id));
    for number in changed.iter().filter_map(|changed| changed.before).chain(before.values().map(|(number, _)| *number)) {
        remove(transaction, number)?;
    }
    for id in before.keys() {
        transaction.prepare_cached("INSERT OR REPLACE INTO gone VALUES (?1, ?2)")?.execute(params![id, round])?;
    }
    pass("removed");
    // an id that now leads elsewhere is free by now
    for changed in changed.chunks(UNPACKED) {
        let entries: Vec<Entry> = changed.par_iter().map(Changed::entry).collect::<Result<_>>()?;
        let rows: Vec<EntryRow> = entries.par_iter().map(|entry| EntryRow::of(entry, names)).collect();
        for ((changed, entry), row) in changed.iter().zip(&entries).zip(&rows) {
            add(transaction, changed, entry, row, round)?;
        }
    }
    transaction.execute("DELETE FROM orphans", [])?;
    for number in &orphans {
        transaction.execute("INSERT OR IGNORE INTO orphans VALUES (?1)", [*number as i64])?;
    }
    let changed = changed.into_iter().map(|changed| changed.id).collect();
    Ok(Derived { entries: count, changed, gone: before.into_keys().collect(), orphans })
}

impl Changed {
    fn entry(&self) -> Result<Entry> {
        Ok(serde_json::from_str(&unpack_text(&self.content)?)?)
    }
}

/// The number of this round of deriving.
fn next_round(transaction: &Transaction) -> Result<i64> {
    let sql = "UPDATE state SET value = CAST(value AS INTEGER) + 1 WHERE name = 'rounds' RETURNING CAST(value AS INTEGER)";
    Ok(transaction.query_row(sql, [], |row| row.get(0))?)
}

fn remove(transaction: &Transaction, number: i64) -> Result<()> {
    for sql in [
        "DELETE FROM facets WHERE entry = ?1",
        "DELETE FROM aliases WHERE entry = ?1",
        "DELETE FROM entry_words WHERE rowid = ?1",
        "DELETE FROM entries WHERE number = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([number])?;
    }
    Ok(())
}

fn add(transaction: &Transaction, changed: &Changed, entry: &Entry, row: &EntryRow, round: i64) -> Result<()> {
    transaction.prepare_cached("DELETE FROM gone WHERE id = ?1")?.execute([&entry.id])?;
    transaction
        .prepare_cached(
            "INSERT INTO entries (id, entry, kind, status, earliest, latest, first_reported, last_reported, confidence, sources, conflicts, judged,
                 digest, content, near, changed, brief)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            entry.id,
            row.entry,
            row.kind,
            row.status,
            row.earliest,
            row.latest,
            row.first_reported,
            row.last_reported,
            entry.confidence,
            entry.support.sources as i64,
            row.contradictions as i64,
            entry.judged,
            changed.digest,
            changed.content,
            row.near,
            round,
            changed.brief
        ])?;
    let number = transaction.last_insert_rowid();
    let mut facet = transaction.prepare_cached("INSERT OR IGNORE INTO facets (facet, value, entry) VALUES (?1, ?2, ?3)")?;
    for (name, value) in &row.facets {
        facet.execute(params![name, value, number])?;
    }
    let mut alias = transaction.prepare_cached("INSERT OR IGNORE INTO aliases (alias, entry) VALUES (?1, ?2)")?;
    for id in entry.aliases.iter().chain(entry.claims.iter().map(|backing| &backing.claim)) {
        alias.execute(params![id, number])?;
    }
    transaction.prepare_cached("INSERT INTO entry_words (rowid, words) VALUES (?1, ?2)")?.execute(params![number, row.words])?;
    Ok(())
}
