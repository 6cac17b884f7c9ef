//! Users with their roles.
//!
//! In: names, roles, passwords. Out: users. Never: leaves a record without an admin that had one.

use crate::{Access, Error, Result, password};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use std::fmt;
use std::str::FromStr;

/// What somebody may do; who may do more may do all that is before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Look.
    Reader,
    /// Judge.
    Reviewer,
    /// See users and the audit.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Reviewer, Role::Admin];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reviewer => "reviewer",
            Role::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> std::result::Result<Role, String> {
        let known = Role::ALL.into_iter().find(|role| role.as_str() == word);
        known.ok_or_else(|| format!("{word:?} is no role; expected reader, reviewer or admin"))
    }
}

/// A user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// By which judgements and the audit name them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Changes with each new password or role.
    pub stamp: i64,
    /// Since when.
    pub added_at: String,
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    let role: String = row.get(1)?;
    Ok(User { name: row.get(0)?, role: role.parse().unwrap_or(Role::Reader), stamp: row.get(2)?, added_at: row.get(3)? })
}

fn find(connection: &Connection, name: &str) -> Result<Option<User>> {
    let mut statement = connection.prepare_cached("SELECT name, role, stamp, added_at FROM users WHERE name = ?1")?;
    Ok(statement.query_row([name], user).optional()?)
}

/// A name without what cannot be told apart in a log.
fn checked(name: &str) -> Result<&str> {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '-' | '_');
    let well = !name.is_empty() && name.chars().count() <= 64 && name.trim() == name && name.chars().all(fits);
    if well { Ok(name) } else { Err(Error::Name(name.to_owned())) }
}

impl Access {
    /// Every user, by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn users(&self) -> Result<Vec<User>> {
        let mut statement = self.connection.prepare_cached("SELECT name, role, stamp, added_at FROM users ORDER BY name")?;
        Ok(statement.query_map([], user)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The user with a name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn user(&self, name: &str) -> Result<Option<User>> {
        find(&self.connection, name)
    }

    /// Adds a user.
    ///
    /// # Errors
    /// Where the name is taken or none, or the password is too short.
    pub fn add(&mut self, name: &str, role: Role, password: &str, at: &str) -> Result<()> {
        let (name, hash) = (checked(name)?, password::hash(password)?);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if find(&transaction, name)?.is_some() {
            return Err(Error::Taken(name.to_owned()));
        }
        transaction.execute(
            "INSERT INTO users (name, role, password, stamp, added_at) VALUES (?1, ?2, ?3, random(), ?4)",
            params![name, role.as_str(), hash, at],
        )?;
        Ok(transaction.commit()?)
    }

    /// Gives a user another password; sessions that began with the old one end.
    ///
    /// # Errors
    /// Where there is no such user, or the password is too short.
    pub fn set_password(&mut self, name: &str, password: &str) -> Result<()> {
        let hash = password::hash(password)?;
        let changed = self.connection.execute("UPDATE users SET password = ?2, stamp = random() WHERE name = ?1", params![name, hash])?;
        if changed == 0 { Err(Error::Unknown(name.to_owned())) } else { Ok(()) }
    }

    /// Gives a user another role.
    ///
    /// # Errors
    /// Where there is no such user, or it is the only admin.
    pub fn set_role(&mut self, name: &str, role: Role) -> Result<()> {
        self.change(name, role == Role::Admin, |transaction| {
            transaction.execute("UPDATE users SET role = ?2, stamp = random() WHERE name = ?1", params![name, role.as_str()])
        })
    }

    /// Removes a user. What they judged and saw stays in the logs.
    ///
    /// # Errors
    /// Where there is no such user, or it is the only admin among several users.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        self.change(name, false, |transaction| transaction.execute("DELETE FROM users WHERE name = ?1", [name]))
    }

    fn change(&mut self, name: &str, stays: bool, change: impl FnOnce(&Connection) -> rusqlite::Result<usize>) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let user = find(&transaction, name)?.ok_or_else(|| Error::Unknown(name.to_owned()))?;
        let count = |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, i64>(0));
        let alone = count("SELECT count(*) FROM users WHERE role = 'admin'")? == 1 && count("SELECT count(*) FROM users")? > 1;
        if user.role == Role::Admin && !stays && alone {
            return Err(Error::LastAdmin(user.name));
        }
        change(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// The user of a name and password. It takes as long where there is no such user as where the password does not fit.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn who(&self, name: &str, password: &str) -> Result<Option<User>> {
        let hash = self.hash_of(name)?;
        if password::fits(password, hash.as_deref()) { self.user(name) } else { Ok(None) }
    }

    fn hash_of(&self, name: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare_cached("SELECT password FROM users WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "twelve letters";

    #[test]
    fn users_come_change_and_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut access = Access::create(&folder.path().join("a.db")).expect("a file");
        access.add("Ada", Role::Admin, PASSWORD, "2024-05-20T10:00:00Z").expect("added");
        access.add("Jan Novák", Role::Reader, PASSWORD, "2024-05-20T10:00:00Z").expect("added");
        assert!(matches!(access.add("ada", Role::Reader, PASSWORD, ""), Err(Error::Taken(_))));
        for name in ["", " Ada", "a\nb", "<b>", "a\u{202e}b"] {
            assert!(matches!(access.add(name, Role::Reader, PASSWORD, ""), Err(Error::Name(_))), "{name:?}");
        }
        let before = access.who("ada", PASSWORD).expect("asked").expect("Ada");
        assert_eq!((before.name.as_str(), before.role), ("Ada", Role::Admin));
        assert!(access.who("Ada", "another word!").expect("asked").is_none());
        access.set_password("Ada", "another word!").expect("changed");
        let after = access.who("Ada", "another word!").expect("asked").expect("Ada");
        assert_ne!(after.stamp, before.stamp);
        assert!(matches!(access.remove("Ada"), Err(Error::LastAdmin(_))));
        access.set_role("Jan Novák", Role::Admin).expect("changed");
        access.remove("Ada").expect("removed");
        assert!(matches!(access.remove("Ada"), Err(Error::Unknown(_))));
        assert_eq!(access.users().expect("asked").len(), 1);
    }
}
