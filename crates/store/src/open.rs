//! Opening a record, and bringing it to the form of this version.
//!
//! In: a path. Out: a [`Store`]. Never: touches a file that is no record.

use crate::{Error, Result, Store, pass};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::Path;
use std::time::{Duration, Instant};

/// Marks the file as ours: "CHCY".
const APPLICATION: i64 = 0x4348_4359;

/// Every form since the first, each as the steps from the one before.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/001_record.sql"),
    include_str!("../migrations/002_pages.sql"),
    include_str!("../migrations/003_cards.sql"),
    include_str!("../migrations/004_places.sql"),
    include_str!("../migrations/005_review.sql"),
    include_str!("../migrations/006_lists.sql"),
    include_str!("../migrations/007_brief.sql"),
];

/// Steps of SQLite's machine between two looks at the clock: well under a millisecond.
const STEPS: i32 = 10_000;
/// How long to wait for another run.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens a record that exists.
    ///
    /// # Errors
    /// Where there is none, it is no record, or it was written by a newer version.
    pub fn open(path: &Path) -> Result<Store> {
        if !path.exists() {
            return Err(Error::Missing);
        }
        let store = Store::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
        match store {
            // a file that nobody may write to can still be read
            Err(Error::ReadOnly | Error::Unopened) => Store::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).or_else(|error| match error {
                Error::ReadOnly | Error::Unopened => Store::as_it_lies(path),
                other => Err(other),
            }),
            other => other,
        }
    }

    /// Opens a record beside which no file may be made, as on a disk that can only be read: nobody writes to it meanwhile.
    fn as_it_lies(path: &Path) -> Result<Store> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
            return Err(Error::ReadOnly);
        }
        let name = std::path::absolute(path).map_err(|_| Error::Unopened)?;
        let escaped: String = name.to_str().ok_or(Error::Unopened)?.chars().fold(String::new(), |mut escaped, character| {
            match character {
                '%' => escaped.push_str("%25"),
                '?' => escaped.push_str("%3f"),
                '#' => escaped.push_str("%23"),
                other => escaped.push(other),
            }
            escaped
        });
        let address = format!("file:{escaped}?immutable=1");
        Store::connect(Path::new(&address), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
    }

    /// Opens a record, which is made where there is none.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn create(path: &Path) -> Result<Store> {
        Store::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// A record that lives as long as the value.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn in_memory() -> Result<Store> {
        let mut store = Store { connection: Connection::open_in_memory()?, index: None, latest: None };
        store.connection.execute_batch("PRAGMA foreign_keys = ON")?;
        store.migrate()?;
        Ok(store)
    }

    pub(crate) fn connect(path: &Path, flags: OpenFlags) -> Result<Store> {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(64);
        let mut store = Store { connection, index: None, latest: None };
        let writable = !store.connection.is_readonly("main")?;
        let found = store.form()?;
        if writable {
            store.connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")?;
            store.migrate()?;
        } else if found != MIGRATIONS.len() as i64 {
            return Err(Error::ReadOnly);
        }
        store.connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")?;
        Ok(store)
    }

    /// The form of the file: 0 for an empty one.
    fn form(&self) -> Result<i64> {
        let number = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let tables: i64 = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let (application, found) = (number("application_id")?, number("user_version")?);
        if application != APPLICATION && (application != 0 || found != 0 || tables > 0) {
            return Err(Error::Foreign);
        }
        let known = MIGRATIONS.len() as i64;
        if found > known { Err(Error::Newer { found, known }) } else { Ok(found) }
    }

    fn migrate(&mut self) -> Result<()> {
        if self.form()? == MIGRATIONS.len() as i64 {
            return Ok(());
        }
        // asked again under the lock: two runs may have found the file empty
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for (index, steps) in MIGRATIONS.iter().enumerate().skip(found.unsigned_abs() as usize) {
            transaction.execute_batch(steps)?;
            transaction.pragma_update(None, "user_version", index as i64 + 1)?;
            pass("migrating");
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.commit()?;
        pass("migrated");
        Ok(())
    }

    /// Lets questions take so long and no longer, from now on; they fail with [`Error::TooLong`].
    ///
    /// # Errors
    /// Where the record is closed.
    pub fn limit(&mut self, most: Option<Duration>) -> Result<()> {
        let end = most.map(|most| Instant::now() + most);
        match end {
            Some(end) => self.connection.progress_handler(STEPS, Some(move || Instant::now() > end))?,
            None => self.connection.progress_handler(0, None::<fn() -> bool>)?,
        }
        Ok(())
    }

    /// Whether the file is whole, by SQLite's own check.
    ///
    /// # Errors
    /// Where it is not; the message says what is wrong.
    pub fn check(&self) -> Result<()> {
        let mut wrong = Vec::new();
        self.connection.pragma_query(None, "integrity_check", |row| {
            wrong.push(row.get::<_, String>(0)?);
            Ok(())
        })?;
        let found: Option<String> = wrong.into_iter().find(|line| line != "ok");
        found.map_or(Ok(()), |line| Err(Error::Damaged(line)))?;
        let broken: i64 = self.connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if broken > 0 { Err(Error::Damaged(format!("{broken} rows refer to what is not there"))) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_record_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        assert!(matches!(Store::open(&path), Err(Error::Missing)));
        std::fs::write(&path, "a text that is longer than the head of a database".repeat(40)).expect("a file");
        assert!(matches!(Store::create(&path), Err(Error::Foreign)));
        std::fs::remove_file(&path).expect("a file");
        Connection::open(&path).and_then(|other| other.execute_batch("CREATE TABLE theirs (a)")).expect("a database");
        assert!(matches!(Store::create(&path), Err(Error::Foreign)));
    }

    #[test]
    fn a_newer_form_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        drop(Store::create(&path).expect("a record"));
        let store = Store::open(&path).expect("a record");
        store.check().expect("whole");
        store.connection.pragma_update(None, "user_version", 99).expect("a number");
        drop(store);
        assert!(matches!(Store::open(&path), Err(Error::Newer { found: 99, .. })));
    }

    #[test]
    fn a_record_beside_which_nothing_can_be_written_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("50% of a#b?.db");
        drop(Store::create(&path).expect("a record"));
        let mut store = Store::as_it_lies(&path).expect("a record");
        assert_eq!(store.reports().expect("reports"), []);
        assert!(matches!(store.withdraw("a", "b"), Err(Error::ReadOnly)));
        // what another run has not yet put into the file would be missed
        std::fs::write(folder.path().join("50% of a#b?.db-wal"), "more").expect("a file");
        assert!(matches!(Store::as_it_lies(&path), Err(Error::ReadOnly)));
    }

    #[test]
    fn a_question_that_takes_too_long_is_told() {
        let mut store = Store::in_memory().expect("a record");
        let long = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n LIMIT 1";
        store.limit(Some(Duration::from_millis(20))).expect("a limit");
        let told = store.connection.query_row(long, [], |row| row.get::<_, i64>(0)).map_err(Error::from);
        assert!(matches!(told, Err(Error::TooLong)), "{told:?}");
        store.limit(None).expect("no limit");
        assert!(store.counts().is_ok());
    }

    #[test]
    fn two_who_write_at_once_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let first = Store::create(&path).expect("a record");
        first.connection.execute_batch("BEGIN IMMEDIATE").expect("a lock");
        let mut second = Store::open(&path).expect("a record");
        second.connection.busy_timeout(Duration::ZERO).expect("a number");
        assert!(matches!(second.withdraw("a", "b"), Err(Error::Locked)));
    }
}
