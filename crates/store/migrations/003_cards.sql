-- What a reading says, in a form that is taken in at once. It can be made again from the reading, and is where its form is not `form`.

CREATE TABLE cards (
    reading INTEGER PRIMARY KEY REFERENCES readings (number),
    form    INTEGER NOT NULL,
    card    BLOB NOT NULL              -- postcard, zstd
) STRICT;
