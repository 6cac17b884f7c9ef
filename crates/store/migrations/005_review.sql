-- What review and followers of the record ask of entries. All of it is derived: the record is derived again.

ALTER TABLE entries ADD COLUMN near REAL;                           -- weight of the nearest entry that nothing forbids to be one with it
ALTER TABLE entries ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;  -- which round of deriving wrote it last
CREATE INDEX entries_by_change ON entries (changed, id);
CREATE INDEX entries_by_day ON entries (entry, coalesce(earliest, latest) IS NULL, coalesce(earliest, latest) DESC, id);
CREATE INDEX entries_by_doubt ON entries (judged IS NOT NULL, conflicts DESC, confidence, id);
CREATE INDEX entries_by_report ON entries (last_reported);
CREATE INDEX entries_by_sort ON entries (entry, status, earliest, latest);
CREATE INDEX readings_by_language ON readings (document, number, language);
CREATE INDEX entries_by_near ON entries (near DESC, id) WHERE near IS NOT NULL;
CREATE INDEX documents_counted ON documents (number) WHERE current = 1 AND withdrawn IS NULL;

CREATE TABLE gone (
    id      TEXT PRIMARY KEY,           -- of an entry that is no more
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX gone_by_change ON gone (changed, id);

INSERT INTO state VALUES ('rounds', '0');
UPDATE entries SET digest = '';
UPDATE state SET value = '-1' WHERE name = 'derived';
