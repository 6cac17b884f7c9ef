//! Values that a person corrected.
//!
//! In: entries, corrections. Out: the entries with the values put in, and the former ones kept beside them. Never: changes what a
//! claim says.

use crate::judgement::Correction;
use chancery_model::record::{Content, Entry};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The corrected values that wait for their entries.
pub(crate) struct Corrections<'v> {
    /// By claim, in their order.
    waiting: BTreeMap<&'v str, Vec<&'v Correction>>,
}

impl<'v> Corrections<'v> {
    pub fn of(corrections: &'v [Correction]) -> Corrections<'v> {
        let mut waiting: BTreeMap<&str, Vec<&Correction>> = BTreeMap::new();
        for correction in corrections {
            waiting.entry(&correction.claim).or_default().push(correction);
        }
        Corrections { waiting }
    }

    /// Puts every corrected value of an entry in. Those that name no value it has go on waiting.
    pub fn apply(&mut self, entry: &mut Entry) {
        if self.waiting.is_empty() {
            return;
        }
        let own: BTreeSet<&str> = entry.claims.iter().map(|claim| claim.claim.as_str()).collect();
        let mut corrections: Vec<&Correction> = own.iter().filter_map(|claim| self.waiting.remove(*claim)).flatten().collect();
        corrections.sort_by_key(|correction| correction.judgement);
        for correction in corrections {
            match corrected(&entry.content, &correction.field, &correction.value) {
                Some(content) => {
                    entry.content = content;
                    entry.judged = Some("corrected".to_owned());
                }
                None => self.waiting.entry(&correction.claim).or_default().push(correction),
            }
        }
    }

    /// Numbers of the judgements that apply to nothing.
    pub fn left(self) -> impl Iterator<Item = usize> {
        self.waiting.into_values().flatten().map(|correction| correction.judgement)
    }
}

fn corrected(content: &Content, field: &str, value: &str) -> Option<Content> {
    let Value::Object(mut fields) = serde_json::to_value(content).ok()? else { return None };
    let parsed: Option<Value> = serde_json::from_str(value).ok();
    let plain = match &parsed {
        Some(Value::String(text)) => text.clone(),
        _ => value.to_owned(),
    };
    parsed.into_iter().chain(in_words(&plain)).find_map(|value| put(&mut fields, field, value))
}

/// What a person may mean who writes no JSON: a date or a name, a list (`KZ, US`), names of persons, a place (`Paris, FR`, `Paris`, `FR`).
fn in_words(value: &str) -> [Value; 4] {
    let parts: Vec<&str> = value.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let persons: Vec<Value> = parts.iter().map(|name| json!({"name": name, "qid": null, "office": null})).collect();
    let (name, country) = match value.trim().rsplit_once(',') {
        Some((name, country)) if is_country(country.trim()) => (Some(name.trim()), Some(country.trim())),
        _ if is_country(value.trim()) => (None, Some(value.trim())),
        _ => (Some(value.trim()), None),
    };
    [Value::String(value.to_owned()), json!(parts), Value::Array(persons), json!({"name": name, "country": country})]
}

/// Two capital letters: a code of ISO 3166-1.
fn is_country(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn put(fields: &mut Map<String, Value>, field: &str, value: Value) -> Option<Content> {
    let said = |value: Value| json!({"value": value, "claims": [], "sources": 0, "inferred": "judgement"});
    let former = fields.clone();
    let known = fields.get_mut(field)?;
    match (known.is_array(), value) {
        (true, Value::Array(values)) => *known = values.into_iter().map(said).collect(),
        (true, _) => return None,
        (false, value) => {
            *known = value.clone();
            if let Some(Value::Array(given)) = fields.get_mut(&format!("{field}s")) {
                given.insert(0, said(value));
            }
        }
    }
    let content = serde_json::from_value(Value::Object(fields.clone())).ok();
    if content.is_none() {
        *fields = former;
    }
    content
}
