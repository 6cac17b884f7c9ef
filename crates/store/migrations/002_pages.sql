-- What a page says of itself beside its text, and what its structure marks.

ALTER TABLE documents ADD COLUMN page TEXT;      -- JSON; absent where it says nothing
