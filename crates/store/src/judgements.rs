//! Judgements of people, in a log that shows whether anybody changed it.
//!
//! In: decisions with author, reason and time. Out: those that count, and the log. Never: removes one; undoing is a decision too.

use crate::documents::came_in;
use crate::{Error, Result, Store, pass};
use chancery_reconcile::Judgement;
use rusqlite::{Connection, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What was decided.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Decision {
    /// Something about claims and entries.
    Judgement(Judgement),
    /// An earlier decision counts no more.
    Undo {
        /// `undo`
        decision: Undo,
        /// Its number.
        of: u64,
    },
}

/// The word `undo`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Undo {
    /// `undo`
    Undo,
}

impl Decision {
    /// That the decision `of` counts no more.
    pub fn undo(of: u64) -> Decision {
        Decision::Undo { decision: Undo::Undo, of }
    }
}

/// Who decided, why and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Verdict {
    /// Who.
    pub author: String,
    /// Why.
    pub reason: String,
    /// When, as an ISO date and time.
    pub given_at: String,
}

/// A decision of the log.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Judged {
    /// Its number, from 1.
    pub number: u64,
    /// What was decided.
    pub decision: Decision,
    /// By whom, why, when.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Whether it counts: not undone.
    pub counts: bool,
    /// Whether its evidence is gone.
    pub orphan: bool,
    /// Its hash, which rests on the hash of the decision before.
    pub hash: String,
}

/// What is hashed: every value in a fixed order.
#[derive(Serialize)]
struct Sealed<'a> {
    previous: &'a str,
    number: u64,
    given_at: &'a str,
    author: &'a str,
    reason: &'a str,
    decision: &'a str,
}

impl Sealed<'_> {
    fn hash(&self) -> Result<String> {
        let bytes = serde_json::to_vec(self)?;
        Ok(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Store {
    /// Adds decisions to the log, all of them or none. Returns the number of the first.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn judge(&mut self, decisions: &[Decision], verdict: &Verdict) -> Result<u64> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let log = log(&transaction)?;
        let first = log.len() as u64 + 1;
        let mut previous = log.last().map_or(String::new(), |judged| judged.hash.clone());
        for (decision, number) in decisions.iter().zip(first..) {
            let decision = serde_json::to_string(decision)?;
            let Verdict { author, reason, given_at } = verdict;
            let hash = Sealed { previous: &previous, number, given_at, author, reason, decision: &decision }.hash()?;
            transaction.execute(
                "INSERT INTO judgements (number, given_at, author, reason, decision, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![number as i64, given_at, author, reason, decision, previous, hash],
            )?;
            previous = hash;
            pass("judging");
        }
        came_in(&transaction)?;
        transaction.commit()?;
        pass("judged");
        Ok(first)
    }

    /// The judgements that count, in their order.
    ///
    /// # Errors
    /// As [`Store::log`].
    pub fn judgements(&self) -> Result<Vec<Judgement>> {
        Ok(counting(self.log()?).into_iter().map(|(_, judgement)| judgement).collect())
    }

    /// The log, each decision with whether it counts.
    ///
    /// # Errors
    /// Where the log is not as it was written: a hash does not fit.
    pub fn log(&self) -> Result<Vec<Judged>> {
        log(&self.connection)
    }
}

/// The judgements that count, each with its number.
pub(crate) fn counting(log: Vec<Judged>) -> Vec<(u64, Judgement)> {
    let judgement = |judged: Judged| match judged.decision {
        Decision::Judgement(judgement) => Some((judged.number, judgement)),
        Decision::Undo { .. } => None,
    };
    log.into_iter().filter(|judged| judged.counts).filter_map(judgement).collect()
}

fn log(connection: &Connection) -> Result<Vec<Judged>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, given_at, author, reason, decision, previous, hash, EXISTS (SELECT 1 FROM orphans WHERE judgement = number)
         FROM judgements ORDER BY number",
    )?;
    let rows = statement.query_map([], |row| {
        let verdict = Verdict { given_at: row.get(1)?, author: row.get(2)?, reason: row.get(3)? };
        let texts: (String, String, String) = (row.get(4)?, row.get(5)?, row.get(6)?);
        Ok((row.get::<_, i64>(0)?.unsigned_abs(), verdict, texts, row.get::<_, bool>(7)?))
    })?;
    let mut log: Vec<Judged> = Vec::new();
    for row in rows {
        let (number, verdict, (decision, previous, hash), orphan) = row?;
        let changed = || Error::Damaged(format!("the log of judgements was changed at or before number {number}"));
        let before = log.last().map_or("", |judged| judged.hash.as_str());
        let Verdict { author, reason, given_at } = &verdict;
        let sealed = Sealed { previous: &previous, number, given_at, author, reason, decision: &decision };
        if previous != before || number != log.len() as u64 + 1 || sealed.hash()? != hash {
            return Err(changed());
        }
        let decision = serde_json::from_str(&decision).map_err(|_| changed())?;
        log.push(Judged { number, decision, verdict, counts: true, orphan, hash });
    }
    for index in (0..log.len()).rev() {
        if let (true, Decision::Undo { of, .. }) = (log[index].counts, &log[index].decision) {
            let of = *of as usize;
            if let Some(undone) = of.checked_sub(1).and_then(|of| log.get_mut(of)) {
                undone.counts = false;
            }
        }
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_reconcile::Key;

    fn accept(words: &str) -> Decision {
        let key = Key { sha256: "ab".to_owned(), entry: "contact".to_owned(), start: 0, end: 3, exact: words.to_owned(), nth: 0 };
        Decision::Judgement(Judgement::Accept { claim: key })
    }

    fn verdict() -> Verdict {
        Verdict { author: "A".to_owned(), reason: "B".to_owned(), given_at: "2024-05-20T10:00:00Z".to_owned() }
    }

    #[test]
    fn what_is_undone_counts_no_more_and_can_be_done_again() {
        let mut store = Store::in_memory().expect("a record");
        assert_eq!(store.judge(&[accept("met"), accept("saw")], &verdict()).expect("kept"), 1);
        store.judge(&[Decision::undo(1)], &verdict()).expect("kept");
        let counting_now = |store: &Store| counting(store.log().expect("a log")).into_iter().map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(counting_now(&store), [2]);
        store.judge(&[Decision::undo(3)], &verdict()).expect("kept");
        assert_eq!(counting_now(&store), [1, 2]);
    }

    #[test]
    fn a_log_that_was_changed_is_told() {
        let mut store = Store::in_memory().expect("a record");
        store.judge(&[accept("met"), accept("saw")], &verdict()).expect("kept");
        assert!(store.connection.execute("UPDATE judgements SET author = 'C' WHERE number = 1", []).is_err());
        store.connection.execute_batch("DROP TRIGGER judgements_stay").expect("no trigger");
        store.connection.execute("UPDATE judgements SET author = 'C' WHERE number = 1", []).expect("changed");
        assert!(matches!(store.log(), Err(Error::Damaged(_))));
    }
}
