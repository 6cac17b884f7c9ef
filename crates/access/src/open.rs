//! Opening the file of users beside a record.
//!
//! In: the path of a record. Out: its users and audit. Never: makes the file where nobody asks for it.

use crate::{Access, Error, Result};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks the file as ours: "CHCA".
const APPLICATION: i64 = 0x4348_4341;
/// Every form since the first.
const MIGRATIONS: [&str; 1] = [include_str!("../migrations/001_access.sql")];
/// How long to wait for another process.
const PATIENCE: Duration = Duration::from_secs(5);

impl Access {
    /// The file of a record: `talks.users.db` beside `talks.db`.
    pub fn path_of(record: &Path) -> PathBuf {
        record.with_extension("users.db")
    }

    /// The users of a record; `None` where it never had any.
    ///
    /// # Errors
    /// Where the file is none of ours, or cannot be read.
    pub fn of(record: &Path) -> Result<Option<Access>> {
        let path = Access::path_of(record);
        if path.exists() { Access::connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).map(Some) } else { Ok(None) }
    }

    /// The users of a record, in a file that only its owner may read; it is made where there is none.
    ///
    /// # Errors
    /// As [`Access::of`].
    pub fn create(record: &Path) -> Result<Access> {
        let path = Access::path_of(record);
        only_for_the_owner(&path);
        Access::connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Access> {
        let mut connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        let number = |connection: &Connection, name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (application, form) = (number(&connection, "application_id")?, number(&connection, "user_version")?);
        if (application, form) != (0, 0) && application != APPLICATION || form.unsigned_abs() as usize > MIGRATIONS.len() {
            return Err(Error::Foreign);
        }
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // asked again under the lock: two may have found the file empty
        let form = number(&transaction, "user_version")?;
        for (index, steps) in MIGRATIONS.iter().enumerate().skip(form.unsigned_abs() as usize) {
            transaction.execute_batch(steps)?;
            transaction.pragma_update(None, "user_version", index as i64 + 1)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
        }
        transaction.commit()?;
        Ok(Access { connection })
    }
}

/// Makes an empty file that others can neither read nor write. Where the system knows no such thing, the file is as others are.
fn only_for_the_owner(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_lies_beside_the_record_and_is_the_owners() {
        let folder = tempfile::tempdir().expect("a folder");
        let record = folder.path().join("talks.db");
        assert!(Access::of(&record).expect("asked").is_none());
        drop(Access::create(&record).expect("made"));
        assert!(Access::of(&record).expect("asked").is_some());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("talks.users.db")).expect("a file").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{mode:o}");
        }
    }

    #[test]
    fn a_file_of_others_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let record = folder.path().join("a.db");
        let other = Connection::open(Access::path_of(&record)).expect("a file");
        other.execute_batch("CREATE TABLE theirs (a); PRAGMA user_version = 3").expect("a table");
        assert!(matches!(Access::create(&record), Err(Error::Foreign)));
    }
}
