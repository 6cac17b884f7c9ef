//! Readings in a form that is taken in at once, so that deriving parses no JSON.
//!
//! In: readings as lines of JSON, fingerprints. Out: cards, and the same again. Never: says anything that the reading does not.

use crate::documents::CURRENT;
use crate::packed::{pack, unpack, unpack_text};
use crate::{Error, Result, Store};
use chancery_reconcile::Fingerprint;
use chancery_reconcile::report::Reading;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rusqlite::{Connection, Row, TransactionBehavior, params};

/// Number of the form; another one where [`Reading`] has other parts.
const FORM: i64 = 1;
/// Cards that are made at a time.
const MADE: usize = 1024;
/// Begins a fingerprint as bytes; those of the first forms of the record are packed JSON.
const FINGERPRINT: &[u8] = b"CHF1";

/// The card of a reading `r`, and the reading itself where there is none: two columns.
pub(crate) fn columns() -> String {
    let card = format!("SELECT card FROM cards WHERE cards.reading = r.number AND form = {FORM}");
    format!("({card}), CASE WHEN EXISTS ({card}) THEN NULL ELSE r.reading END")
}

/// A reading as it lies in the file.
pub(crate) enum Kept {
    Card(Vec<u8>),
    Line(Vec<u8>),
}

impl Kept {
    /// From [`columns`], the first of which is `column`.
    pub fn of(row: &Row, column: usize) -> rusqlite::Result<Kept> {
        Ok(match row.get(column)? {
            Some(card) => Kept::Card(card),
            None => Kept::Line(row.get(column + 1)?),
        })
    }

    pub fn reading(&self) -> Result<Reading> {
        match self {
            Kept::Card(card) => {
                let damaged = |error: postcard::Error| Error::Damaged(format!("a card cannot be read: {error}"));
                postcard::from_bytes(&unpack(card)?).map_err(damaged)
            }
            Kept::Line(line) => Ok(serde_json::from_str(&unpack_text(line)?)?),
        }
    }
}

/// The card of a reading that is given as a line of JSON.
pub(crate) fn card(line: &str) -> Result<Vec<u8>> {
    let reading: Reading = serde_json::from_str(line)?;
    pack(&postcard::to_allocvec(&reading).map_err(|error| Error::Damaged(error.to_string()))?)
}

pub(crate) fn keep(connection: &Connection, reading: i64, card: &[u8]) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO cards (reading, form, card) VALUES (?1, ?2, ?3)")?
        .execute(params![reading, FORM, card])?;
    Ok(())
}

/// A fingerprint as bytes.
pub(crate) fn of_fingerprint(fingerprint: &Fingerprint) -> Vec<u8> {
    let count = (fingerprint.minima.len() as u32).to_le_bytes();
    let hashes = fingerprint.minima.iter().chain(&fingerprint.trace).flat_map(|hash| hash.to_le_bytes());
    FINGERPRINT.iter().copied().chain(count).chain(hashes).collect()
}

/// A fingerprint as it lies in the file.
pub(crate) fn fingerprint(bytes: &[u8]) -> Result<Fingerprint> {
    let Some(rest) = bytes.strip_prefix(FINGERPRINT) else { return Ok(serde_json::from_slice(&unpack(bytes)?)?) };
    let (count, hashes) = rest.split_first_chunk().ok_or_else(|| Error::Damaged("a fingerprint is cut".to_owned()))?;
    let mut minima: Vec<u64> = hashes.chunks_exact(8).filter_map(|hash| Some(u64::from_le_bytes(hash.try_into().ok()?))).collect();
    let trace = minima.split_off((u32::from_le_bytes(*count) as usize).min(minima.len()));
    Ok(Fingerprint { minima, trace })
}

impl Store {
    /// Makes the cards that are not there: of a record of an earlier form, or where cards had another form.
    pub(crate) fn make_cards(&mut self) -> Result<()> {
        loop {
            let sql = format!(
                "SELECT r.number, r.reading {CURRENT} AND NOT EXISTS (SELECT 1 FROM cards WHERE cards.reading = r.number AND form = ?1)
                 LIMIT ?2"
            );
            let missing: Vec<(i64, Vec<u8>)> = {
                let mut statement = self.connection.prepare_cached(&sql)?;
                let rows = statement.query_map(params![FORM, MADE as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect::<rusqlite::Result<_>>()?
            };
            if missing.is_empty() {
                return Ok(());
            }
            let cards: Vec<Vec<u8>> = missing.par_iter().map(|(_, reading)| card(&unpack_text(reading)?)).collect::<Result<_>>()?;
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for ((reading, _), card) in missing.iter().zip(&cards) {
                keep(&transaction, *reading, card)?;
            }
            transaction.commit()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::generated::arrival;
    use sha2::{Digest, Sha256};

    /// Every part of a reading.
    const READING: &str = r#"{
        "contacts": [{"kind": "meeting", "status": "held", "participants": [{"name": "A", "qid": "Q1", "office": {"role": "president", "of": "KZ"},
            "inferred": null}], "states": ["KZ", "US"], "date": "2023-02-28", "date_inferred": ["weekday"], "place": {"name": "Astana",
            "country": "KZ"}, "format": "C5+1", "modality": "asserted", "side": "KZ", "rule": "r", "confidence": 0.5, "evidence": [{"start": 0,
            "end": 3, "exact": "met"}]}],
        "statements": [{"speaker": null, "addressee": null, "quoted": true, "text": "t", "span": {"start": 4, "end": 5, "exact": "t"},
            "modality": "reported", "side": null, "rule": "r", "confidence": 0.5, "evidence": []}],
        "commitments": [{"parties": ["KZ"], "status": "agreed", "action": "a", "due": "2024", "span": {"start": 4, "end": 5, "exact": "a"},
            "modality": "asserted", "side": null, "rule": "r", "confidence": 0.5, "evidence": []}],
        "figures": [{"value": 1.5, "unit": "USD", "bound": "exact", "change": "level", "topic": "trade", "states": ["KZ"], "period": null,
            "span": {"start": 4, "end": 5, "exact": "f"}, "modality": "asserted", "side": null, "rule": "r", "confidence": 0.5, "evidence": []}],
        "standings": [{"subject": {"name": "B", "qid": null, "office": null, "inferred": null}, "relation": "member", "object": "UN",
            "name": null, "period": null, "span": {"start": 4, "end": 5, "exact": "s"}, "modality": "asserted", "side": null, "rule": "r",
            "confidence": 0.5, "evidence": []}]}"#;

    #[test]
    fn a_card_says_what_the_reading_says_in_the_form_of_that_number() {
        let reading: Reading = serde_json::from_str(READING).expect("a reading");
        assert_eq!(Kept::Card(card(READING).expect("a card")).reading().expect("a reading"), reading);
        let bytes = postcard::to_allocvec(&reading).expect("bytes");
        let digest: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((FORM, digest.as_str()), (1, "82d2e527"), "readings have other parts: FORM must be another, too");
    }

    #[test]
    fn a_fingerprint_is_the_same_again_and_the_first_form_is_read() {
        let print = Fingerprint { minima: vec![1, u64::MAX], trace: vec![7] };
        assert_eq!(fingerprint(&of_fingerprint(&print)).expect("a fingerprint"), print);
        let first = pack(br#"{"minima": [1, 18446744073709551615], "trace": [7]}"#).expect("packed");
        assert_eq!(fingerprint(&first).expect("a fingerprint"), print);
    }

    #[test]
    fn cards_that_are_not_there_are_made_again() {
        let mut store = Store::in_memory().expect("a record");
        store.keep(&(0..8).map(arrival).collect::<Vec<_>>()).expect("kept");
        let reports = store.reports().expect("reports");
        store.connection.execute("DELETE FROM cards WHERE reading < 4", []).expect("removed");
        store.connection.execute("UPDATE cards SET form = 0 WHERE reading = 5", []).expect("changed");
        assert_eq!(store.reports().expect("reports"), reports);
        store.derive(&str::to_owned, &()).expect("derived");
        let cards: i64 =
            store.connection.query_row("SELECT count(*) FROM cards WHERE form = ?1", [FORM], |row| row.get(0)).expect("a number");
        assert_eq!(cards, 8);
        assert_eq!(store.reports().expect("reports"), reports);
    }
}
