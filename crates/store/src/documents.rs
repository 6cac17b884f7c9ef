//! Documents and readings as they came.
//!
//! In: documents with their readings. Out: what the record takes in. Never: alters or forgets one; a new text of a document is a new
//! version, a withdrawn document is marked.

use crate::ledger::LedgerRow;
use crate::packed::{pack, unpack, unpack_text};
use crate::{Error, Result, Store, cards, ledger, pages, pass, words};
use chancery_model::{Document, Edtf};
use chancery_reconcile::{Fingerprint, Report, Source};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior, params, params_from_iter};

/// A document as it came, and its reading.
#[derive(Clone, PartialEq, Debug)]
pub struct NewReading {
    /// The document.
    pub document: Document,
    /// SHA-256 of its text.
    pub sha256: String,
    /// The bytes it was read from, where they are others than its text.
    pub raw: Option<Vec<u8>>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Language found.
    pub language: Option<String>,
    /// Date of publication found.
    pub published: Option<Edtf>,
    /// Title found.
    pub title: Option<String>,
    /// Agencies and offices credited.
    pub origins: Vec<String>,
    /// The reading as a line of JSON (`chancery.reading/1`).
    pub reading: String,
    /// What shows copies and translations.
    pub fingerprint: Fingerprint,
    /// Version of the program with its packs and tables.
    pub reader: String,
}

/// An item that arrives, ready to be kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrival {
    /// What became of it.
    pub row: LedgerRow,
    /// The document with its reading, where it was read anew.
    pub reading: Option<NewReading>,
}

/// What the record knows of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// Nothing.
    New,
    /// An older text, or other data about it.
    Changed,
    /// The same text, not yet read by this reader.
    Unread,
    /// The same text, read by this reader.
    Same,
    /// It was withdrawn.
    Withdrawn,
}

/// What was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    /// Documents that the record did not have.
    pub new: usize,
    /// New versions of documents.
    pub versions: usize,
    /// New readings of texts that the record had.
    pub readings: usize,
}

impl Kept {
    /// Adds up.
    pub fn add(&mut self, other: Kept) {
        self.new += other.new;
        self.versions += other.versions;
        self.readings += other.readings;
    }
}

/// A document of the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptDocument {
    /// The document as it came.
    pub document: Document,
    /// Which version, from 1.
    pub version: u64,
    /// SHA-256 of the text.
    pub sha256: String,
    /// Language found.
    pub language: Option<String>,
    /// Date of publication found.
    pub published: Option<Edtf>,
    /// Title found.
    pub title: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
}

/// The latest reading of the current version of each document that was not withdrawn.
pub(crate) const CURRENT: &str = "FROM documents d JOIN readings r ON r.document = d.number
    WHERE d.current = 1 AND d.withdrawn IS NULL AND r.number = (SELECT max(number) FROM readings WHERE document = d.number)";

/// Reports that are unpacked at a time.
const UNPACKED: usize = 1024;

fn edtf(text: Option<String>) -> Option<Edtf> {
    text.and_then(|text| text.parse().ok())
}

struct Current {
    number: i64,
    version: i64,
    same: bool,
    withdrawn: bool,
}

/// The current version of a document, compared with the one that arrives.
fn current(transaction: &Transaction, document: &Document, sha256: &str) -> Result<Option<Current>> {
    let published = document.published.as_ref().map(Edtf::to_string);
    Ok(transaction
        .prepare_cached(
            "SELECT number, version, withdrawn IS NOT NULL, sha256 = ?2 AND address IS ?3 AND title IS ?4 AND language IS ?5
                 AND published IS ?6 AND page IS ?7 FROM documents WHERE id = ?1 AND current = 1",
        )?
        .query_row(
            params![document.id, sha256, document.url, document.title, document.language, published, pages::said(document)?],
            |row| Ok(Current { number: row.get(0)?, version: row.get(1)?, withdrawn: row.get(2)?, same: row.get(3)? }),
        )
        .optional()?)
}

fn was_read(transaction: &Transaction, document: i64, reader: &str) -> Result<bool> {
    let mut statement = transaction.prepare_cached("SELECT 1 FROM readings WHERE document = ?1 AND reader = ?2")?;
    Ok(statement.exists(params![document, reader])?)
}

impl Store {
    /// What the record knows of documents, each with the SHA-256 of its text.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn known(&mut self, documents: &[(&Document, &str)], reader: &str) -> Result<Vec<Known>> {
        let transaction = self.connection.transaction()?;
        let known = documents.iter().map(|(document, sha256)| {
            Ok(match current(&transaction, document, sha256)? {
                None => Known::New,
                Some(current) if current.withdrawn => Known::Withdrawn,
                Some(current) if !current.same => Known::Changed,
                Some(current) if was_read(&transaction, current.number, reader)? => Known::Same,
                Some(_) => Known::Unread,
            })
        });
        known.collect()
    }

    /// Keeps what arrives, all of it or nothing.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(&mut self, arrivals: &[Arrival]) -> Result<Kept> {
        // packing is most of the work and needs no lock
        let packed: Vec<Option<Packed>> =
            arrivals.into_par_iter().map(|arrival| arrival.reading.as_ref().map(Packed::of).transpose()).collect::<Result<_>>()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        pass("begun");
        let (mut kept, mut told) = (Kept::default(), false);
        for (arrival, packed) in arrivals.iter().zip(packed) {
            if let (Some(new), Some(packed)) = (&arrival.reading, packed) {
                kept.add(keep_reading(&transaction, new, &packed)?);
            }
            told |= ledger::keep(&transaction, &arrival.row)?;
        }
        if told {
            transaction.execute("UPDATE state SET value = value + 1 WHERE name = 'ledger'", [])?;
        }
        if kept != Kept::default() {
            came_in(&transaction)?;
        }
        pass("written");
        transaction.commit()?;
        pass("kept");
        Ok(kept)
    }

    /// Keeps readings of documents that the record has, all of them or none.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn keep_readings(&mut self, readings: &[NewReading]) -> Result<Kept> {
        let packed: Vec<Packed> = readings.into_par_iter().map(Packed::of).collect::<Result<_>>()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut kept = Kept::default();
        for (new, packed) in readings.iter().zip(&packed) {
            kept.add(keep_reading(&transaction, new, packed)?);
        }
        if kept != Kept::default() {
            came_in(&transaction)?;
        }
        pass("written");
        transaction.commit()?;
        pass("kept");
        Ok(kept)
    }

    /// Documents that this reader has not read, each with the SHA-256 of its text: those whose id comes after `after`, at the most
    /// `most`.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn unread(&self, reader: &str, after: &str, most: usize) -> Result<Vec<(Document, String)>> {
        let sql = format!(
            "SELECT {KEPT} FROM documents d WHERE d.current = 1 AND d.withdrawn IS NULL AND d.id > ?2
                 AND NOT EXISTS (SELECT 1 FROM readings WHERE document = d.number AND reader = ?1) ORDER BY d.id LIMIT ?3"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![reader, after, most as i64], kept_document)?;
        rows.map(|row| {
            let (kept, text) = row?;
            let kept = kept.with(&text)?;
            Ok((kept.document, kept.sha256))
        })
        .collect()
    }

    /// Marks a document as withdrawn: the record rests on it no more, its text and readings stay. Returns whether there was one.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn withdraw(&mut self, id: &str, reason: &str) -> Result<bool> {
        self.mark(id, Some(reason))
    }

    /// Takes a withdrawal back. Returns whether there was one.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn restore(&mut self, id: &str) -> Result<bool> {
        self.mark(id, None)
    }

    fn mark(&mut self, id: &str, withdrawn: Option<&str>) -> Result<bool> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = "UPDATE documents SET withdrawn = ?2 WHERE id = ?1 AND current = 1 AND (withdrawn IS NULL) = (?2 IS NOT NULL)
                   RETURNING number, text, (SELECT title FROM readings WHERE document = documents.number ORDER BY number DESC LIMIT 1)";
        let columns = |row: &Row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Option<String>>(2)?));
        let marked = transaction.query_row(sql, params![id, withdrawn], columns).optional()?;
        if let Some((number, text, title)) = &marked {
            match withdrawn {
                Some(_) => _ = transaction.execute("DELETE FROM document_words WHERE rowid = ?1", [number])?,
                None => index_words(&transaction, *number, &words_of(&unpack_text(text)?, title.as_deref()))?,
            }
            came_in(&transaction)?;
        }
        transaction.commit()?;
        Ok(marked.is_some())
    }

    /// The current version of a document.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<KeptDocument>> {
        let sql = format!("SELECT {KEPT} FROM documents d WHERE d.id = ?1 AND d.current = 1");
        let found = self.connection.prepare_cached(&sql)?.query_row([id], kept_document).optional()?;
        found.map(|(document, text)| document.with(&text)).transpose()
    }

    /// The bytes that the current version of a document was read from; its text where it was read from that.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn raw(&self, id: &str) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT coalesce(raw, text) FROM documents WHERE id = ?1 AND current = 1";
        let packed: Option<Vec<u8>> = self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
        packed.map(|packed| unpack(&packed)).transpose()
    }

    /// Every document that was not withdrawn, by id, as long as `take` asks for more.
    ///
    /// # Errors
    /// Where the record cannot be read, or `take` fails.
    pub fn documents<E: From<Error>>(
        &self,
        mut take: impl FnMut(KeptDocument) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = format!("SELECT {KEPT} FROM documents d WHERE d.current = 1 AND d.withdrawn IS NULL ORDER BY d.id");
        let mut statement = self.connection.prepare(&sql).map_err(Error::from)?;
        let rows = statement.query_map([], kept_document).map_err(Error::from)?;
        for row in rows {
            let (document, text) = row.map_err(Error::from)?;
            take(document.with(&text)?)?;
        }
        Ok(())
    }

    /// Documents that were not withdrawn, the latest first, of a language where one is given; as many as asked for, and how many there
    /// are.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn latest_documents(&self, language: Option<&str>, offset: usize, limit: usize) -> Result<(Vec<KeptDocument>, usize)> {
        let own = "d.current = 1 AND d.withdrawn IS NULL";
        let (of, values) = match language {
            Some(language) => (format!("{own} AND d.found_language = ?1"), vec![language]),
            None => (own.to_owned(), Vec::new()),
        };
        let sql = format!("SELECT count(*) FROM documents d WHERE {of}");
        let all: i64 = self.connection.prepare_cached(&sql)?.query_row(params_from_iter(&values), |row| row.get(0))?;
        let sql = format!(
            "SELECT {KEPT} FROM documents d WHERE d.number IN (SELECT d.number FROM documents d WHERE {of}
                 ORDER BY d.found_published IS NULL, d.found_published DESC, d.id LIMIT {limit} OFFSET {offset})
             ORDER BY d.found_published IS NULL, d.found_published DESC, d.id"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), kept_document)?;
        let documents = rows.map(|row| row.map_err(Error::from).and_then(|(document, text)| document.with(&text)));
        Ok((documents.collect::<Result<_>>()?, all.unsigned_abs() as usize))
    }

    /// Languages of the documents that the record rests on, with how many there are.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn languages(&self) -> Result<Vec<(String, usize)>> {
        let sql = "SELECT coalesce(found_language, 'unknown'), count(*) FROM documents WHERE current = 1 AND withdrawn IS NULL
                   GROUP BY found_language ORDER BY 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let languages = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs() as usize)))?;
        Ok(languages.collect::<rusqlite::Result<_>>()?)
    }

    /// What the record rests on, in the order in which the documents came.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn reports(&self) -> Result<Vec<Report>> {
        self.reports_where("", &[])
    }

    /// What the record rests on of these documents, by id of the document.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn reports_of(&self, documents: &[String]) -> Result<Vec<Report>> {
        let marks = vec!["?"; documents.len()].join(", ");
        self.reports_where(&format!("AND d.id IN ({marks})"), documents)
    }

    fn reports_where(&self, condition: &str, values: &[String]) -> Result<Vec<Report>> {
        let sql = format!(
            "SELECT d.id, d.sha256, d.address, d.canonical, d.publisher, r.language, r.published, r.origins, r.fingerprint, {}
             {CURRENT} {condition} ORDER BY d.number",
            cards::columns()
        );
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            let source = Source {
                id: row.get(0)?,
                sha256: row.get(1)?,
                address: row.get(2)?,
                canonical: row.get(3)?,
                publisher: row.get(4)?,
                language: row.get(5)?,
                published: edtf(row.get(6)?),
                ..Source::default()
            };
            Ok((source, row.get::<_, String>(7)?, row.get::<_, Vec<u8>>(8)?, cards::Kept::of(row, 9)?))
        })?;
        let unpacked = |(mut source, origins, fingerprint, card): (Source, String, Vec<u8>, cards::Kept)| -> Result<Report> {
            source.origins = serde_json::from_str(&origins)?;
            source.fingerprint = cards::fingerprint(&fingerprint)?;
            Ok(Report { source, reading: card.reading()? })
        };
        let (mut reports, mut rows) = (Vec::new(), rows);
        loop {
            // by and by, so that what is packed and what is unpacked never lie in memory both
            let packed: Vec<_> = rows.by_ref().take(UNPACKED).collect::<rusqlite::Result<_>>()?;
            if packed.is_empty() {
                return Ok(reports);
            }
            reports.extend(packed.into_par_iter().map(unpacked).collect::<Result<Vec<Report>>>()?);
        }
    }

    /// The latest reading of a document as a line of JSON.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn reading(&self, id: &str) -> Result<Option<String>> {
        let sql = format!("SELECT r.reading {CURRENT} AND d.id = ?1");
        let packed: Option<Vec<u8>> = self.connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?;
        packed.map(|packed| unpack_text(&packed)).transpose()
    }
}

/// The columns of a kept document.
const KEPT: &str = "d.id, d.version, d.sha256, d.address, d.title, d.language, d.published, d.text, d.withdrawn,
    (SELECT language FROM readings r WHERE r.document = d.number ORDER BY r.number DESC LIMIT 1),
    (SELECT published FROM readings r WHERE r.document = d.number ORDER BY r.number DESC LIMIT 1),
    (SELECT title FROM readings r WHERE r.document = d.number ORDER BY r.number DESC LIMIT 1), d.canonical, d.page";

/// What is unpacked of a kept document after its row was read.
struct KeptText {
    text: Vec<u8>,
    page: Option<String>,
}

fn kept_document(row: &Row) -> rusqlite::Result<(KeptDocument, KeptText)> {
    let document = Document {
        id: row.get(0)?,
        text: String::new(),
        title: row.get(4)?,
        published: edtf(row.get(6)?),
        language: row.get(5)?,
        url: row.get(3)?,
        canonical: row.get(12)?,
        ..Document::default()
    };
    let kept = KeptDocument {
        document,
        version: row.get::<_, i64>(1)?.unsigned_abs(),
        sha256: row.get(2)?,
        withdrawn: row.get(8)?,
        language: row.get(9)?,
        published: edtf(row.get(10)?),
        title: row.get(11)?,
    };
    Ok((kept, KeptText { text: row.get(7)?, page: row.get(13)? }))
}

impl KeptDocument {
    fn with(mut self, kept: &KeptText) -> Result<KeptDocument> {
        self.document.text = unpack_text(&kept.text)?;
        if let Some(page) = &kept.page {
            pages::fill(&mut self.document, page)?;
        }
        Ok(self)
    }
}

/// A document ready to be written.
struct Packed {
    text: Vec<u8>,
    raw: Option<Vec<u8>>,
    reading: Vec<u8>,
    card: Vec<u8>,
    fingerprint: Vec<u8>,
    origins: String,
    words: String,
}

impl Packed {
    fn of(new: &NewReading) -> Result<Packed> {
        Ok(Packed {
            text: pack(new.document.text.as_bytes())?,
            raw: new.raw.as_deref().map(pack).transpose()?,
            reading: pack(new.reading.as_bytes())?,
            card: cards::card(&new.reading)?,
            fingerprint: cards::of_fingerprint(&new.fingerprint),
            origins: serde_json::to_string(&new.origins)?,
            words: words_of(&new.document.text, new.title.as_deref()),
        })
    }
}

/// The words by which a document is found.
fn words_of(text: &str, title: Option<&str>) -> String {
    let title = title.filter(|title| !text.contains(title)).unwrap_or("");
    words::indexed(text) + &words::indexed(title)
}

fn index_words(transaction: &Transaction, number: i64, words: &str) -> Result<()> {
    transaction.prepare_cached("INSERT INTO document_words (rowid, words) VALUES (?1, ?2)")?.execute(params![number, words])?;
    Ok(())
}

fn keep_reading(transaction: &Transaction, new: &NewReading, packed: &Packed) -> Result<Kept> {
    let document = &new.document;
    let before = current(transaction, document, &new.sha256)?;
    let mut kept = Kept::default();
    let number = match before {
        Some(current) if current.same => {
            if was_read(transaction, current.number, &new.reader)? {
                return Ok(kept);
            }
            kept.readings += 1;
            current.number
        }
        before => {
            if let Some(current) = &before {
                transaction.prepare_cached("UPDATE documents SET current = 0 WHERE number = ?1")?.execute([current.number])?;
                transaction.prepare_cached("DELETE FROM document_words WHERE rowid = ?1")?.execute([current.number])?;
                kept.versions += 1;
            } else {
                kept.new += 1;
            }
            transaction
                .prepare_cached(
                    "INSERT INTO documents (id, version, sha256, address, canonical, publisher, title, language, published, text, raw, page)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                )?
                .execute(params![
                    document.id,
                    before.map_or(1, |current| current.version + 1),
                    new.sha256,
                    document.url,
                    document.canonical,
                    new.publisher,
                    document.title,
                    document.language,
                    document.published.as_ref().map(Edtf::to_string),
                    packed.text,
                    packed.raw,
                    pages::said(document)?
                ])?;
            let number = transaction.last_insert_rowid();
            index_words(transaction, number, &packed.words)?;
            number
        }
    };
    pass("document");
    transaction
        .prepare_cached(
            "INSERT INTO readings (document, reader, title, language, published, origins, reading, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            number,
            new.reader,
            new.title,
            new.language,
            new.published.as_ref().map(Edtf::to_string),
            packed.origins,
            packed.reading,
            packed.fingerprint
        ])?;
    cards::keep(transaction, transaction.last_insert_rowid(), &packed.card)?;
    pass("reading");
    Ok(kept)
}

/// Notes that the entries are older than what the record holds.
pub(crate) fn came_in(transaction: &Transaction) -> Result<()> {
    transaction.prepare_cached("UPDATE state SET value = value + 1 WHERE name = 'revision'")?.execute([])?;
    Ok(())
}
