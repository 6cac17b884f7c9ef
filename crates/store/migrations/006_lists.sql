-- What lists and counts ask of a large record without opening a document or a reading.

ALTER TABLE documents ADD COLUMN found_language TEXT;   -- by the latest reading
ALTER TABLE documents ADD COLUMN found_published TEXT;
UPDATE documents SET (found_language, found_published) =
    (SELECT language, published FROM readings WHERE document = documents.number ORDER BY readings.number DESC LIMIT 1);
CREATE TRIGGER documents_found AFTER INSERT ON readings BEGIN
    UPDATE documents SET found_language = NEW.language, found_published = NEW.published WHERE number = NEW.document;
END;
DROP INDEX readings_by_language;
DROP INDEX documents_counted;
CREATE INDEX documents_by_day ON documents (found_published IS NULL, found_published DESC, id)
    WHERE current = 1 AND withdrawn IS NULL;
CREATE INDEX documents_by_language ON documents (found_language, found_published IS NULL, found_published DESC, id)
    WHERE current = 1 AND withdrawn IS NULL;

-- what was withdrawn is found no more
DELETE FROM document_words WHERE rowid IN (SELECT number FROM documents WHERE withdrawn IS NOT NULL);

CREATE INDEX ledger_by_outcome ON ledger (outcome, source);
INSERT INTO state VALUES ('ledger', '0');               -- counts how often the ledger changed
