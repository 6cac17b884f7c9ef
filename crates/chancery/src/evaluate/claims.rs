//! Matching the claims of one document with its gold.
//!
//! In: gold and reading as JSON. Out: tallies by kind. Never: takes the shape of either for granted; what is absent is nothing.

use super::tally::Tally;
use super::text::{names_in_common, same_name, text_similarity};
use super::{KINDS, Tallies};
use serde_json::Value;
use std::collections::BTreeSet;

type Errors = Vec<(String, &'static str, String)>;

/// Scores one reading.
pub fn score(gold: &Value, reading: &Value, stem: &str, errors: &mut Errors) -> Tallies {
    let mut tallies: Tallies = KINDS.iter().map(|kind| (*kind, Tally::default())).collect();
    let document = if reading["document"].is_object() { &reading["document"] } else { reading };
    let mut told = |kind: &str, right: bool| {
        if let Some(tally) = tallies.get_mut(kind) {
            tally.attribute("right", right);
        }
    };
    told("language", document["language"] == gold["language"]);
    if gold.get("published").is_some() {
        told("published", document["published"] == gold["published"]);
    }
    let mut run = |kind: &'static str, gold: Vec<&Value>, got: Vec<&Value>, rules: &Rules| {
        if let Some(tally) = tallies.get_mut(kind) {
            collect(tally, &gold, &got, rules, stem, errors);
        }
    };
    let (of_gold, of_reading) = (|key: &str| items(gold, key), |key: &str| items(reading, key));
    run("origins", of_gold("origins"), items(document, "origins"), &ORIGINS);
    run("contacts", of_gold("contacts"), of_reading("contacts"), &CONTACTS);
    run("quotations", quoted(of_gold("statements")), quoted(of_reading("statements")), &QUOTATIONS);
    run("commitments", of_gold("commitments"), of_reading("commitments"), &COMMITMENTS);
    run("figures", of_gold("figures"), of_reading("figures"), &FIGURES);
    let (gold_offices, gold_others) = offices_and_others(of_gold("standings"));
    let (offices, others) = offices_and_others(of_reading("standings"));
    run("offices", gold_offices, offices, &STANDINGS);
    run("standings", gold_others, others, &STANDINGS);
    tallies
}

/// How claims of a kind are matched, compared and shown.
struct Rules {
    similarity: fn(&Value, &Value) -> f64,
    threshold: f64,
    pair: fn(&mut Tally, &Value, &Value),
    show: fn(&Value) -> String,
}

const ORIGINS: Rules = Rules {
    similarity: |a, b| f64::from(u8::from(same_name(&name_of(a), &name_of(b)))),
    threshold: 0.5,
    pair: |_, _, _| {},
    show: |origin| format!("origin {}", name_of(origin)),
};

const CONTACTS: Rules = Rules {
    similarity: contact_similarity,
    threshold: 0.42,
    pair: contact_pair,
    show: |contact| {
        format!(
            "contact {} {} {:?} {:?} {}",
            word(&contact["kind"]),
            word(&contact["status"]),
            people(contact),
            states(contact),
            word(&contact["date"])
        )
    },
};

const QUOTATIONS: Rules = Rules {
    similarity: |a, b| text_similarity(word(&a["text"]), word(&b["text"])),
    threshold: 0.6,
    pair: |tally, gold, got| {
        let right = if truthy(&gold["speaker"]) {
            same_name(&name_of(&gold["speaker"]), &name_of(&got["speaker"]))
        } else {
            !truthy(&got["speaker"])
        };
        tally.attribute("speaker", right);
    },
    show: |statement| format!("quotation [{}] {}", name_of(&statement["speaker"]), beginning(word(&statement["text"]))),
};

const COMMITMENTS: Rules = Rules {
    similarity: |a, b| text_similarity(word(&a["action"]), word(&b["action"])),
    threshold: 0.5,
    pair: |tally, gold, got| {
        tally.attribute("status", gold["status"] == got["status"]);
        let parties = |value: &Value| items(value, "parties").into_iter().map(name_of).collect::<BTreeSet<String>>();
        tally.attribute("parties", parties(gold) == parties(got));
    },
    show: |commitment| format!("commitment {} {}", word(&commitment["status"]), beginning(word(&commitment["action"]))),
};

const FIGURES: Rules = Rules {
    similarity: |gold, got| {
        let unit = |value: &Value| word(&value["unit"]).split(':').next().unwrap_or("").to_owned();
        let (value, found) = (gold["value"].as_f64().unwrap_or(0.0), got["value"].as_f64().unwrap_or(0.0));
        f64::from(u8::from(unit(gold) == unit(got) && (value - found).abs() <= 0.005 * value.abs()))
    },
    threshold: 0.5,
    pair: |tally, gold, got| {
        for key in ["bound", "change", "topic"] {
            if truthy(&gold[key]) {
                tally.attribute(key, gold[key] == got[key]);
            }
        }
    },
    show: |figure| format!("figure {} {} {}", figure["value"], word(&figure["unit"]), word(&figure["topic"])),
};

const STANDINGS: Rules = Rules {
    similarity: |gold, got| {
        let (a, b) = (object_of(gold).to_lowercase(), object_of(got).to_lowercase());
        let same = gold["relation"] == got["relation"] && same_name(&name_of(&gold["subject"]), &name_of(&got["subject"])) && a == b;
        f64::from(u8::from(same))
    },
    threshold: 0.5,
    pair: |_, _, _| {},
    show: |standing| format!("standing {} {} {}", name_of(&standing["subject"]), word(&standing["relation"]), object_of(standing)),
};

/// Best-first one-to-one pairs; required gold goes before optional at equal likeness.
fn collect(tally: &mut Tally, gold: &[&Value], got: &[&Value], rules: &Rules, stem: &str, errors: &mut Errors) {
    let optional = |item: &Value| truthy(&item["optional"]);
    let mut pairs = Vec::with_capacity(gold.len() * got.len());
    for (i, g) in gold.iter().enumerate() {
        for (j, s) in got.iter().enumerate() {
            pairs.push(((rules.similarity)(g, s), !optional(g), i, j));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)).then(b.3.cmp(&a.3)));
    let (mut used_gold, mut used_got) = (vec![false; gold.len()], vec![false; got.len()]);
    for (likeness, _, i, j) in pairs {
        if likeness < rules.threshold {
            break;
        }
        if used_gold[i] || used_got[j] {
            continue;
        }
        (used_gold[i], used_got[j]) = (true, true);
        if !optional(gold[i]) {
            tally.right += 1;
            (rules.pair)(tally, gold[i], got[j]);
        }
    }
    for (item, _) in gold.iter().zip(&used_gold).filter(|(item, used)| !**used && !optional(item)) {
        tally.missed += 1;
        errors.push((stem.to_owned(), "MISSED", (rules.show)(item)));
    }
    for (item, _) in got.iter().zip(&used_got).filter(|(_, used)| !**used) {
        tally.wrong += 1;
        errors.push((stem.to_owned(), "WRONG", (rules.show)(item)));
    }
}

fn items<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    value[key].as_array().map_or_else(Vec::new, |items| items.iter().collect())
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn beginning(text: &str) -> String {
    text.chars().take(70).collect()
}

/// Whether a value counts as given: not null, false, zero or empty.
fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

/// A party is a name, or an object with a name.
fn name_of(value: &Value) -> String {
    word(if value.is_object() { &value["name"] } else { value }).to_owned()
}

fn people(contact: &Value) -> Vec<String> {
    items(contact, "participants").into_iter().map(name_of).collect()
}

fn states(contact: &Value) -> Vec<String> {
    let code = |state: &Value| if truthy(&state["code"]) { word(&state["code"]).to_owned() } else { name_of(state) };
    items(contact, "states").into_iter().map(code).collect()
}

fn same_date(gold: &Value, got: &Value) -> bool {
    let (gold, got) = (word(gold), word(got));
    gold.trim_end_matches('~') == got.trim_end_matches('~') || (gold.ends_with('~') && got.is_empty())
}

/// `date_alt` of a gold entry lists values that are right too.
fn date_right(gold: &Value, got: &Value) -> bool {
    same_date(&gold["date"], &got["date"]) || items(gold, "date_alt").into_iter().any(|date| same_date(date, &got["date"]))
}

/// Kinds that readers may tell apart differently.
const NEAR: [(&str, &str); 4] = [("meeting", "conference"), ("meeting", "visit"), ("visit", "conference"), ("signing", "meeting")];

fn jaccard(hits: usize, a: usize, b: usize) -> f64 {
    let union = a + b - hits;
    if union > 0 { hits as f64 / union as f64 } else { 1.0 }
}

fn country(contact: &Value) -> &Value {
    &contact["place"]["country"]
}

fn contact_similarity(gold: &Value, got: &Value) -> f64 {
    let (gold_people, got_people) = (people(gold), people(got));
    let set = |contact: &Value| states(contact).into_iter().collect::<BTreeSet<String>>();
    let (gold_states, got_states) = (set(gold), set(got));
    let in_common = names_in_common(&gold_people, &got_people);
    let states_in_common = gold_states.intersection(&got_states).count();
    if !gold_people.is_empty() && !got_people.is_empty() {
        if in_common == 0 && !(states_in_common >= 2 && gold_states == got_states) {
            return 0.0;
        }
    } else if states_in_common == 0 {
        return 0.0;
    }
    let (a, b) = (word(&gold["kind"]), word(&got["kind"]));
    let kind = match a == b {
        true => 1.0,
        false if NEAR.iter().any(|(x, y)| (a, b) == (*x, *y) || (a, b) == (*y, *x)) => 0.4,
        false => return 0.0,
    };
    let date = match date_right(gold, got) {
        true => 1.0,
        false if !truthy(&gold["date"]) || !truthy(&got["date"]) => 0.5,
        false => 0.0,
    };
    let as_number = |right: bool| f64::from(u8::from(right));
    0.35 * kind
        + 0.25 * jaccard(in_common, gold_people.len(), got_people.len())
        + 0.2 * jaccard(states_in_common, gold_states.len(), got_states.len())
        + 0.15 * date
        + 0.05 * as_number(country(gold) == country(got))
        + 0.02 * as_number(gold["status"] == got["status"])
}

fn contact_pair(tally: &mut Tally, gold: &Value, got: &Value) {
    let set = |contact: &Value| states(contact).into_iter().collect::<BTreeSet<String>>();
    let (gold_people, got_people) = (people(gold), people(got));
    let in_common = names_in_common(&gold_people, &got_people);
    let (kind, status, date) = (gold["kind"] == got["kind"], gold["status"] == got["status"], date_right(gold, got));
    tally.attribute("kind", kind);
    tally.attribute("status", status);
    tally.attribute("date", date);
    tally.attribute("country", country(gold) == country(got));
    tally.attribute("states", set(gold) == set(got));
    tally.attribute("people", in_common == gold_people.len() && in_common == got_people.len());
    tally.attribute("all", kind && status && date && in_common == gold_people.len());
}

fn quoted(statements: Vec<&Value>) -> Vec<&Value> {
    statements.into_iter().filter(|statement| truthy(&statement["quoted"])).collect()
}

fn offices_and_others(standings: Vec<&Value>) -> (Vec<&Value>, Vec<&Value>) {
    standings.into_iter().partition(|standing| word(&standing["relation"]) == "holds office")
}

/// The object of a standing as words: an office is `role of XX`.
fn object_of(standing: &Value) -> String {
    let object = &standing["object"];
    let words = if object.get("role").is_some() {
        format!("{} of {}", word(&object["role"]), word(&object["of"]))
    } else if truthy(&object["code"]) {
        word(&object["code"]).to_owned()
    } else {
        name_of(object)
    };
    if words.is_empty() { word(&standing["name"]).to_owned() } else { words }
}
