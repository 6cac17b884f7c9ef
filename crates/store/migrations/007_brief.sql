-- What lists show of an entry of many claims, so that no list reads them all: every entry is put anew when the entries are derived next.

ALTER TABLE entries ADD COLUMN brief BLOB;       -- chancery.entry/1 with few claims, zstd; absent where the content has no more
UPDATE entries SET digest = '';
UPDATE state SET value = '-1' WHERE name = 'derived';
