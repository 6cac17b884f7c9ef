//! Who saw and changed what.
//!
//! In: what somebody did. Out: lines, the newest first. Never: takes one back; the file's triggers see to it.

use crate::{Access, Result};
use rusqlite::params;

/// What somebody did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// Came in.
    LoggedIn,
    /// Was not let in.
    Refused,
    /// Went.
    LoggedOut,
    /// Looked at a document.
    Saw,
    /// Took entries or texts away as data.
    Exported,
    /// Judged, or undid a judgement.
    Judged,
    /// Added, changed or removed a user.
    Managed,
}

impl Action {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::LoggedIn => "logged in",
            Action::Refused => "refused",
            Action::LoggedOut => "logged out",
            Action::Saw => "saw",
            Action::Exported => "exported",
            Action::Judged => "judged",
            Action::Managed => "managed",
        }
    }
}

/// A line of the audit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// From 1.
    pub number: u64,
    /// When.
    pub at: String,
    /// Who, by name.
    pub user: String,
    /// From where; empty for the command line.
    pub address: String,
    /// What was done, in a word.
    pub action: String,
    /// To what.
    pub what: String,
}

/// Characters that are kept of what a stranger gives.
const MOST: usize = 500;

impl Access {
    /// Adds a line.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn note(&self, at: &str, user: &str, address: &str, action: Action, what: &str) -> Result<()> {
        let short = |text: &str| text.chars().take(MOST).collect::<String>();
        let mut statement =
            self.connection.prepare_cached("INSERT INTO audit (at, user, address, action, what) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        statement.execute(params![at, short(user), address, action.as_str(), short(what)])?;
        Ok(())
    }

    /// Lines, the newest first, and how many there are; only those of a user where one is given.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn audit(&self, user: Option<&str>, offset: usize, limit: usize) -> Result<(Vec<Line>, usize)> {
        let of = "FROM audit WHERE ?1 IS NULL OR user = ?1";
        let all: i64 = self.connection.query_row(&format!("SELECT count(*) {of}"), [user], |row| row.get(0))?;
        let sql = format!("SELECT number, at, user, address, action, what {of} ORDER BY number DESC LIMIT ?2 OFFSET ?3");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let lines = statement.query_map(params![user, limit as i64, offset as i64], |row| {
            Ok(Line {
                number: row.get::<_, i64>(0)?.unsigned_abs(),
                at: row.get(1)?,
                user: row.get(2)?,
                address: row.get(3)?,
                action: row.get(4)?,
                what: row.get(5)?,
            })
        })?;
        Ok((lines.collect::<rusqlite::Result<_>>()?, all.unsigned_abs() as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let access = Access::create(&folder.path().join("a.db")).expect("a file");
        access.note("2024-05-20T10:00:00Z", "Ada", "10.0.0.1", Action::Saw, "document a").expect("kept");
        access.note("2024-05-20T10:00:01Z", "Bob", "", Action::Managed, &"x".repeat(9000)).expect("kept");
        assert!(access.connection.execute("DELETE FROM audit", []).is_err());
        assert!(access.connection.execute("UPDATE audit SET user = 'Bob'", []).is_err());
        let (lines, all) = access.audit(None, 0, 1).expect("asked");
        assert_eq!((lines.len(), all, lines[0].what.len()), (1, 2, MOST));
        assert_eq!(access.audit(Some("Ada"), 0, 9).expect("asked").1, 1);
    }
}
