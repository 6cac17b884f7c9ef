-- What came in. Nothing here is ever changed but the marks `current` and `withdrawn`.

CREATE TABLE documents (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL,
    version   INTEGER NOT NULL,
    sha256    TEXT NOT NULL,            -- of the text
    address   TEXT,
    canonical TEXT,
    publisher TEXT,
    title     TEXT,                     -- title, language and published as the source gave them
    language  TEXT,
    published TEXT,
    text      BLOB NOT NULL,            -- zstd
    raw       BLOB,                     -- zstd; absent where the text was read from these very bytes
    current   INTEGER NOT NULL DEFAULT 1,
    withdrawn TEXT,                     -- why; the record rests on it no more
    UNIQUE (id, version)
) STRICT;

CREATE UNIQUE INDEX documents_current ON documents (id) WHERE current = 1;

CREATE TABLE readings (
    number      INTEGER PRIMARY KEY,
    document    INTEGER NOT NULL REFERENCES documents (number),
    reader      TEXT NOT NULL,          -- version of the program with its packs and tables
    title       TEXT,                   -- title, language, published and origins as found
    language    TEXT,
    published   TEXT,
    origins     TEXT NOT NULL,          -- JSON
    reading     BLOB NOT NULL,          -- chancery.reading/1, zstd
    fingerprint BLOB NOT NULL,          -- JSON, zstd
    UNIQUE (document, reader)
) STRICT;

CREATE TABLE ledger (
    source       TEXT PRIMARY KEY,      -- file, or file and line
    document     TEXT,
    outcome      TEXT NOT NULL CHECK (outcome IN ('read', 'empty', 'refused')),
    reason       TEXT,
    reader       TEXT NOT NULL,
    microseconds INTEGER NOT NULL,
    bytes        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_by_document ON ledger (document);

CREATE TABLE judgements (
    number   INTEGER PRIMARY KEY,
    given_at TEXT NOT NULL,
    author   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    decision TEXT NOT NULL,             -- JSON
    previous TEXT NOT NULL,             -- hash of the judgement before
    hash     TEXT NOT NULL
) STRICT;

CREATE TRIGGER readings_stay BEFORE UPDATE ON readings BEGIN SELECT RAISE (ABORT, 'readings are only ever added'); END;
CREATE TRIGGER readings_remain BEFORE DELETE ON readings BEGIN SELECT RAISE (ABORT, 'readings are only ever added'); END;
CREATE TRIGGER documents_remain BEFORE DELETE ON documents BEGIN SELECT RAISE (ABORT, 'documents are only ever added'); END;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN SELECT RAISE (ABORT, 'judgements are only ever added'); END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN SELECT RAISE (ABORT, 'judgements are only ever added'); END;

-- What is derived from it, and can be derived again.

CREATE TABLE entries (
    number         INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    entry          TEXT NOT NULL,
    kind           TEXT,
    status         TEXT,
    earliest       TEXT,
    latest         TEXT,
    first_reported TEXT,
    last_reported  TEXT,
    confidence     REAL NOT NULL,
    sources        INTEGER NOT NULL,
    conflicts      INTEGER NOT NULL,    -- contradictions among its claims
    judged         TEXT,
    digest         TEXT NOT NULL,       -- SHA-256 of the content
    content        BLOB NOT NULL        -- chancery.entry/1, zstd
) STRICT;

CREATE INDEX entries_by_time ON entries (entry, earliest, id);

CREATE TABLE facets (
    facet TEXT NOT NULL,                -- state, person, place, format, language, document
    value TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
    PRIMARY KEY (facet, value, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX facets_of_entry ON facets (entry);

CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,             -- ids of claims, and ids that the entry had before
    entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_of_entry ON aliases (entry);

CREATE TABLE orphans (judgement INTEGER PRIMARY KEY REFERENCES judgements (number)) STRICT;

-- words are cut and folded before they come here
CREATE VIRTUAL TABLE document_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
CREATE VIRTUAL TABLE entry_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);

-- `revision` counts what came in, `derived` is the revision that the entries were derived from
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO state VALUES ('revision', '0'), ('derived', '0');
