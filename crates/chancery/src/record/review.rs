//! Judgements in a user's words: ids become the evidence that judgements rest on.
//!
//! In: ids of entries and claims. Out: decisions. Never: a decision that rests on a row or an id that a new reading may change.

use super::{Backing, Decision, Entry, Result, Store};
use crate::Library;
use crate::export::record::sort_and_date;
use chancery_reconcile::{Judgement, Key, reconcile};
use serde_json::Value;
use std::collections::BTreeSet;

/// Claims of one document that may rest on the same words.
const MOST_ALIKE: usize = 1000;

fn key(record: &Store, entry: &Entry, backing: &Backing) -> Result<Option<Key>> {
    let (Some(kept), Some(words)) = (record.document(&backing.document)?, backing.evidence.first()) else { return Ok(None) };
    let key = |nth| Key {
        sha256: kept.sha256.clone(),
        entry: sort_and_date(entry).0.to_owned(),
        start: words.start,
        end: words.end,
        exact: words.exact.clone(),
        nth,
    };
    Ok((0..MOST_ALIKE).map(key).find(|key| key.claim_id() == backing.claim))
}

/// What the claim with this id rests on, or each claim of the entry where it is the entry's own.
///
/// # Errors
/// Where the record cannot be read.
pub fn keys_of(record: &Store, entry: &Entry, id: &str) -> Result<Vec<Key>> {
    let one = entry.claims.iter().any(|backing| backing.claim == id);
    let wanted = entry.claims.iter().filter(|backing| !one || backing.claim == id);
    let keys: Vec<Option<Key>> = wanted.map(|backing| key(record, entry, backing)).collect::<Result<_>>()?;
    Ok(keys.into_iter().flatten().collect())
}

/// The entry of this claim is right.
pub fn accept(keys: &[Key]) -> Vec<Decision> {
    keys.first().map(|claim| Decision::Judgement(Judgement::Accept { claim: claim.clone() })).into_iter().collect()
}

/// Nobody can tell whether the entry of this claim is right.
pub fn unsure(keys: &[Key]) -> Vec<Decision> {
    keys.first().map(|claim| Decision::Judgement(Judgement::Unsure { claim: claim.clone() })).into_iter().collect()
}

/// These claims are wrong.
pub fn reject(keys: &[Key]) -> Vec<Decision> {
    keys.iter().map(|claim| Decision::Judgement(Judgement::Reject { claim: claim.clone() })).collect()
}

/// A value of the entry of this claim is another. A list or a string may be given as JSON; a bare word stands for itself.
pub fn correct(keys: &[Key], field: &str, value: &str) -> Vec<Decision> {
    let json = match serde_json::from_str::<Value>(value) {
        Ok(json @ (Value::Array(_) | Value::Object(_) | Value::String(_) | Value::Null)) => json,
        Ok(json @ Value::Number(_)) if field == "value" => json,
        _ => Value::String(value.to_owned()),
    };
    let decision = |claim: &Key| Judgement::Correct { claim: claim.clone(), field: field.to_owned(), value: json.to_string() };
    keys.first().map(|claim| Decision::Judgement(decision(claim))).into_iter().collect()
}

/// The claims tell of one; none where they are the same.
pub fn merge(one: &[Key], other: &[Key]) -> Vec<Decision> {
    pair(one, other).map(|(one, other)| Decision::Judgement(Judgement::Merge { one, other })).into_iter().collect()
}

/// All claims of one side and all others of the other side tell of two; none where there are no others.
pub fn split(one: &[Key], other: &[Key]) -> Vec<Decision> {
    let (shorter, longer) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let others: Vec<Key> = longer.iter().filter(|key| !shorter.contains(key)).cloned().collect();
    let decision = || Decision::Judgement(Judgement::Split { one: shorter.to_vec(), other: others.clone() });
    (!shorter.is_empty() && !others.is_empty()).then(decision).into_iter().collect()
}

fn pair(one: &[Key], other: &[Key]) -> Option<(Key, Key)> {
    let (shorter, longer) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let first = shorter.first()?;
    longer.iter().find(|key| *key != first).map(|other| (first.clone(), other.clone()))
}

/// What entries would become by decisions: those of the same documents, derived anew. What other documents say of who copied whom is
/// left out.
///
/// # Errors
/// Where the record cannot be read.
pub fn preview(record: &Store, library: &Library, entries: &[&Entry], decisions: &[Decision]) -> Result<Vec<Entry>> {
    let claims: BTreeSet<&str> = entries.iter().flat_map(|entry| &entry.claims).map(|backing| backing.claim.as_str()).collect();
    let documents: BTreeSet<String> = entries.iter().flat_map(|entry| &entry.claims).map(|backing| backing.document.clone()).collect();
    let new = decisions.iter().filter_map(|decision| match decision {
        Decision::Judgement(judgement) => Some(judgement.clone()),
        Decision::Undo { .. } => None,
    });
    let judgements: Vec<Judgement> = record.judgements()?.into_iter().chain(new).collect();
    let reports = record.reports_of(&documents.into_iter().collect::<Vec<_>>())?;
    let mut then = reconcile(&reports, &judgements, library).entries;
    then.retain(|entry| entry.claims.iter().any(|backing| claims.contains(backing.claim.as_str())));
    Ok(then)
}

/// A decision in words: `reject c-12ab34cd56ef "met"`.
pub fn told(decision: &Decision) -> String {
    let claim = |key: &Key| format!("{} {:?}", key.claim_id(), key.exact);
    let side = |keys: &[Key]| match keys {
        [] => "nothing".to_owned(),
        [only] => claim(only),
        [first, rest @ ..] => format!("{} and {} more", claim(first), rest.len()),
    };
    match decision {
        Decision::Undo { of, .. } => format!("undo {of}"),
        Decision::Judgement(judgement) => match judgement {
            Judgement::Accept { claim: key } => format!("accept {}", claim(key)),
            Judgement::Unsure { claim: key } => format!("unsure {}", claim(key)),
            Judgement::Reject { claim: key } => format!("reject {}", claim(key)),
            Judgement::Correct { claim: key, field, value } => format!("correct {field} to {value} of {}", claim(key)),
            Judgement::Merge { one, other } => format!("merge {} and {}", claim(one), claim(other)),
            Judgement::Split { one, other } => format!("split {} from {}", side(one), side(other)),
        },
    }
}
