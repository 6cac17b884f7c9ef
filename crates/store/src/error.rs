//! What can go wrong with a record.
//!
//! In: what SQLite says. Out: what happened and what to do, in words. Never: names a path; who opened the record knows it.

use rusqlite::ErrorCode;

/// Why the record could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no file.
    #[error("no such record; `chancery ingest` makes one, `--record PATH` names another")]
    Missing,
    /// The file is something else.
    #[error("not a record of Chancery; name another file with `--record PATH`")]
    Foreign,
    /// The file was written by a newer version.
    #[error("written by a newer version of Chancery (form {found}; this version knows forms up to {known}); use that version")]
    Newer {
        /// The form of the file.
        found: i64,
        /// The newest form known here.
        known: i64,
    },
    /// Somebody else writes to it.
    #[error("another run is writing to the record; try again when it has ended")]
    Locked,
    /// It may not be written to.
    #[error("the record cannot be written to; check the permissions of the file and its folder")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full; the record is as it was before the last step: make room and run the command again")]
    Full,
    /// The system does not let it be read or written.
    #[error(
        "the system refuses to read or write the record ({0}); what was told as kept is kept: check the disk, its quota and the limit on the size of files, and run the command again"
    )]
    Refused(rusqlite::Error),
    /// The file cannot be opened.
    #[error("the record cannot be opened; check that the folder exists and may be written to")]
    Unopened,
    /// The question takes longer than it may.
    #[error("the question takes too long; ask for less, such as a state or a span of time")]
    TooLong,
    /// Something in it is not as it was written.
    #[error("the record is damaged: {0}; restore the file from a copy, or ingest again into a new record")]
    Damaged(String),
    /// SQLite fails otherwise.
    #[error("the database fails: {0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Error::Foreign,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::ReadOnly,
            Some(ErrorCode::DiskFull) => Error::Full,
            Some(ErrorCode::CannotOpen) => Error::Unopened,
            Some(ErrorCode::SystemIoFailure) => Error::Refused(error),
            Some(ErrorCode::OperationInterrupted) => Error::TooLong,
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged(error.to_string()),
            _ => Error::Database(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Damaged(error.to_string())
    }
}
