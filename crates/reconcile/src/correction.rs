//! Values that a person corrected.
//!
//! In: entries, corrections. Out: the entries with the values put in, and the former ones kept beside them. Never: changes what a
//! claim says.

use crate::judgement::Verdicts;
use chancery_model::record::{Content, Entry};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Puts every corrected value in; gives the numbers of the judgements that name no value an entry has.
pub(crate) fn apply(entries: &mut [Entry], verdicts: &Verdicts) -> Vec<usize> {
    if verdicts.corrected.is_empty() {
        return Vec::new();
    }
    let holder: BTreeMap<String, usize> =
        entries.iter().enumerate().flat_map(|(at, entry)| entry.claims.iter().map(move |claim| (claim.claim.clone(), at))).collect();
    let mut orphans = Vec::new();
    for correction in &verdicts.corrected {
        let corrected = holder.get(&correction.claim).and_then(|&at| {
            let content = corrected(&entries[at].content, &correction.field, &correction.value)?;
            Some((at, content))
        });
        match corrected {
            Some((at, content)) => {
                entries[at].content = content;
                entries[at].judged = Some("corrected".to_owned());
            }
            None => orphans.push(correction.judgement),
        }
    }
    orphans
}

fn corrected(content: &Content, field: &str, value: &str) -> Option<Content> {
    let Value::Object(mut fields) = serde_json::to_value(content).ok()? else { return None };
    // a date or a name may be written without the quotation marks of JSON
    let parsed: Option<Value> = serde_json::from_str(value).ok();
    let written = Value::String(value.to_owned());
    [parsed, Some(written)].into_iter().flatten().find_map(|value| put(&mut fields, field, value))
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
