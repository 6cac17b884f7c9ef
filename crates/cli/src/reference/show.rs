//! Persons and tenures for people and for machines.
//!
//! In: persons and tenures. Out: tables that fit the terminal, JSON. Never: looks anybody up.

use chancery::reference::likely::{Fit, Likely};
use chancery::reference::{PersonId, Tenure};
use chancery::registry::Registry;
use serde_json::{Value, json};

fn fit(likely: &Likely) -> &'static str {
    match likely.fit {
        Fit::Full => "full name",
        Fit::Family => "family name",
        Fit::Given => "given name",
        Fit::OtherGiven => "family name, other given name",
    }
}

fn tenure(registry: &Registry, tenure: &Tenure) -> Value {
    json!({
        "role": tenure.role.as_str(),
        "of": tenure.of,
        "start": tenure.start.as_ref().map(ToString::to_string),
        "end": tenure.end.as_ref().map(ToString::to_string),
        "last_known": registry.last_known(tenure).map(|day| day.to_string()),
        "acting": tenure.acting,
        "source": &*tenure.source.name,
        "imported": tenure.source.imported,
    })
}

/// A person who may be meant.
pub fn found(registry: &Registry, id: PersonId, likely: &Likely) -> Value {
    let person = registry.person(id);
    let tenures: Vec<Value> = person.tenures.iter().map(|one| tenure(registry, one)).collect();
    json!({
        "name": person.name,
        "qid": person.qid,
        "fit": fit(likely),
        "closeness": (likely.closeness * 100.0).round() / 100.0,
        "source": &*person.source.name,
        "imported": person.source.imported,
        "tenures": tenures,
    })
}

/// A holder of an office.
pub fn holder(registry: &Registry, id: PersonId, held: &Tenure) -> Value {
    let person = registry.person(id);
    let mut value = json!({"name": person.name, "qid": person.qid});
    if let (Value::Object(value), Value::Object(held)) = (&mut value, tenure(registry, held)) {
        value.extend(held);
    }
    value
}

fn period(registry: &Registry, tenure: &Tenure) -> String {
    let start = tenure.start.as_ref().map_or("?".to_owned(), ToString::to_string);
    match (&tenure.end, registry.last_known(tenure)) {
        (Some(end), _) => format!("{start} to {end}"),
        (None, Some(known)) => format!("{start}, last known {known}"),
        (None, None) => format!("{start}, no end known"),
    }
}

fn source(tenure: &Tenure) -> String {
    format!("{}{}", tenure.source.name, if tenure.source.imported { " (imported)" } else { "" })
}

fn office(tenure: &Tenure) -> String {
    format!("{}{} of {}", if tenure.acting { "acting " } else { "" }, tenure.role, tenure.of)
}

/// Persons with their offices.
pub fn found_table(registry: &Registry, found: &[(PersonId, Likely)]) -> String {
    let mut rows = vec![["name", "qid", "office", "period", "source"].map(str::to_owned).to_vec()];
    for (id, likely) in found {
        let person = registry.person(*id);
        let uncertain = if likely.fit == Fit::Full { String::new() } else { format!(" ({})", fit(likely)) };
        let name = format!("{}{uncertain}", person.name);
        let mut head = vec![name, person.qid.as_deref().unwrap_or_default().to_owned()];
        for tenure in &person.tenures {
            let mut row = std::mem::replace(&mut head, vec![String::new(); 2]);
            row.extend([office(tenure), period(registry, tenure), source(tenure)]);
            rows.push(row);
        }
        if person.tenures.is_empty() {
            head.extend([String::new(), String::new(), person.source.name.to_string()]);
            rows.push(head);
        }
    }
    crate::output::columns(&rows)
}

/// Tenures with their holders.
pub fn holder_table(registry: &Registry, found: &[(PersonId, &Tenure)]) -> String {
    let mut rows = vec![["name", "qid", "office", "period", "source"].map(str::to_owned).to_vec()];
    for (id, tenure) in found {
        let person = registry.person(*id);
        rows.push(vec![
            person.name.to_string(),
            person.qid.as_deref().unwrap_or_default().to_owned(),
            office(tenure),
            period(registry, tenure),
            source(tenure),
        ]);
    }
    crate::output::columns(&rows)
}
