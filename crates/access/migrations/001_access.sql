CREATE TABLE users (
    name     TEXT PRIMARY KEY COLLATE NOCASE,
    role     TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'admin')),
    password TEXT NOT NULL,             -- argon2id in PHC form
    stamp    INTEGER NOT NULL,          -- another one with each new password or role: older sessions end
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    user    TEXT NOT NULL,
    address TEXT NOT NULL,              -- from where; empty for the command line
    action  TEXT NOT NULL,
    what    TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'the audit is only ever added to'); END;
