//! Who may look at a record and judge it, and who did.
//!
//! In: names, roles, passwords; what was seen and changed. Out: who somebody is, lines of the audit. Never: keeps a password, takes a
//! line of the audit back, asks a clock.
//!
//! It is a file of its own beside the record: a record is copied and handed on, and should carry neither the hashes of passwords nor
//! who looked at what.

mod audit;
mod open;
mod password;
mod users;

pub use audit::{Action, Line};
pub use users::{Role, User};

use rusqlite::Connection;

/// Users and audit of a record, open.
pub struct Access {
    connection: Connection,
}

/// Why something about users could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The name cannot be one of a user.
    #[error("{0:?} is no name for a user; expected 1 to 64 letters, digits, spaces, dots, hyphens or underscores")]
    Name(String),
    /// The password is too easy to guess, or too long to be hashed.
    #[error("the password has {found} characters; expected {least} or more, and 1024 bytes at the most")]
    Password {
        /// How many it has.
        found: usize,
        /// How many it needs.
        least: usize,
    },
    /// Somebody has the name already.
    #[error("there is a user {0:?} already (help: `chancery user password` gives another password, `user remove` removes one)")]
    Taken(String),
    /// Nobody has the name.
    #[error("there is no user {0:?} (help: `chancery user list`)")]
    Unknown(String),
    /// Nobody could give roles any more.
    #[error("{0:?} is the only admin; make another one first")]
    LastAdmin(String),
    /// The file is something else.
    #[error("the file of users is none of Chancery's, or of a newer version")]
    Foreign,
    /// A password cannot be hashed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
    /// The file fails.
    #[error("the file of users cannot be read or written: {0}")]
    Database(#[from] rusqlite::Error),
}

/// What a method returns.
pub type Result<T> = std::result::Result<T, Error>;
