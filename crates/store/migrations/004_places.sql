-- Places are among what can be asked for: every entry is put anew when the entries are derived next.

UPDATE entries SET digest = '';
UPDATE state SET value = '-1' WHERE name = 'derived';
