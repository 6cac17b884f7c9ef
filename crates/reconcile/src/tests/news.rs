//! News items in a small written form, so that a test is what was reported and what the record says.
//!
//! `a.cs 2024-05-02 TASS,dpa: meeting held 2024-05-01 CZ+DE [Fiala=prime minister CZ, Scholz] Praha/CZ in V4 by CZ; call ...`
//!
//! Beside contacts there are
//!
//! `said Fiala «words»`, `figure 3200000000 EUR trade CZ+DE 2023`, `agreed CZ+DE 2024-12 «what» on 0` (on the words of claim 0) and
//! `is Pavel, holds office, president of CZ, 2023/..`.
//!
//! A document and its language, its day of publication or `-`, whom it credits; then its claims. Of a claim only kind and status
//! must stand; a day may be `-`. `maybe` makes it hypothetical.

use crate::{Fingerprint, Judgement, Key, Record, Report, Source, reconcile};
use chancery_model::record::Content;
use serde_json::{Value, json};

/// The record of news items.
pub fn record(news: &[&str]) -> Record {
    judged(news, &[])
}

/// The record of news items under judgements.
pub fn judged(news: &[&str], judgements: &[Judgement]) -> Record {
    reconcile(&reports(news), judgements, &())
}

pub fn reports(news: &[&str]) -> Vec<Report> {
    news.iter().map(|line| report(line)).collect()
}

/// One news item.
pub fn report(line: &str) -> Report {
    let (head, claims) = line.split_once(": ").unwrap_or((line, ""));
    let head: Vec<&str> = head.split_whitespace().collect();
    let (id, language) = head[0].split_once('.').unwrap_or((head[0], "en"));
    let source = Source {
        id: id.to_owned(),
        sha256: format!("{id:0>64}"),
        language: Some(language.to_owned()),
        published: head.get(1).filter(|date| **date != "-").map(|date| date.parse().expect("a date")),
        origins: head.get(2).into_iter().flat_map(|origins| origins.split(',')).map(str::to_owned).collect(),
        fingerprint: Fingerprint::default(),
        ..Source::default()
    };
    let mut reading = json!({"contacts": [], "statements": [], "commitments": [], "figures": [], "standings": []});
    for (number, told) in claims.split("; ").filter(|told| !told.is_empty()).enumerate() {
        let (list, claim) = claim(told, number);
        reading[list].as_array_mut().expect("a list").push(claim);
    }
    Report::new(source, &reading.to_string()).expect("a reading")
}

fn claim(told: &str, number: usize) -> (&'static str, Value) {
    let (list, mut claim) = match told.split_whitespace().next() {
        Some("said") => ("statements", said(told)),
        Some("figure") => ("figures", figure(told)),
        Some("agreed" | "proposed" | "pledged") => ("commitments", agreed(told)),
        Some("is") => ("standings", standing(told)),
        _ => ("contacts", contact(told)),
    };
    let on = told.split_once(" on ").and_then(|(_, on)| on.split_whitespace().next()?.parse().ok()).unwrap_or(number);
    let words = json!({"start": on * 100, "end": on * 100 + 10, "exact": format!("words {number}")});
    let side = told.split_once(" by ").and_then(|(_, side)| side.split_whitespace().next());
    let modality = if told.ends_with(" maybe") { "hypothetical" } else { "asserted" };
    for (key, value) in [
        ("span", words.clone()),
        ("evidence", json!([words])),
        ("modality", json!(modality)),
        ("side", json!(side)),
        ("rule", json!("test")),
        ("confidence", json!(0.8)),
    ] {
        claim[key] = value;
    }
    (list, claim)
}

fn quoted(told: &str) -> &str {
    told.split_once('«').and_then(|(_, rest)| rest.split_once('»')).map_or("", |(words, _)| words)
}

fn words(told: &str) -> Vec<&str> {
    told.split_whitespace().collect()
}

fn said(told: &str) -> Value {
    json!({"speaker": person(words(told)[1]), "addressee": null, "quoted": true, "text": quoted(told)})
}

fn figure(told: &str) -> Value {
    let words = words(told);
    json!({
        "value": words[1].parse::<f64>().expect("a number"), "unit": words[2], "bound": "exact", "change": "level", "topic": words[3],
        "states": words[4].split('+').collect::<Vec<_>>(), "period": words.get(5).filter(|period| **period != "-"),
    })
}

fn agreed(told: &str) -> Value {
    let words = words(told);
    let due = Some(words[2]).filter(|due| *due != "-");
    json!({"parties": words[1].split('+').collect::<Vec<_>>(), "status": words[0], "action": quoted(told), "due": due})
}

fn standing(told: &str) -> Value {
    let parts: Vec<&str> = told.trim_start_matches("is ").split(", ").collect();
    json!({"subject": person(parts[0]), "relation": parts[1], "object": parts[2], "name": null, "period": parts.get(3)})
}

fn contact(told: &str) -> Value {
    let (told, persons) = match told.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?))) {
        Some((before, (persons, after))) => (format!("{before}{after}"), persons),
        None => (told.to_owned(), ""),
    };
    let words: Vec<&str> = told.split_whitespace().collect();
    let after = |word: &str| words.iter().position(|given| *given == word).and_then(|at| words.get(at + 1)).copied();
    let date = words.get(2).filter(|date| date.parse::<chancery_model::Edtf>().is_ok());
    let place = words.iter().skip(2).find(|word| word.contains('/') && word.parse::<chancery_model::Edtf>().is_err());
    let place = place.and_then(|place| place.split_once('/'));
    let states: Vec<&str> = words.get(3).map(|states| states.split('+').filter(|state| *state != "-").collect()).unwrap_or_default();
    json!({
        "kind": words[0], "status": words[1], "date": date, "states": states,
        "participants": persons.split(", ").filter(|person| !person.is_empty()).map(person).collect::<Vec<_>>(),
        "place": place.map(|(name, country)| json!({"name": Some(name).filter(|name| !name.is_empty()), "country": country})),
        "format": after("in"),
    })
}

/// `Fiala`, or with an office `Fiala=prime minister CZ`, or with an item `Fiala#Q1`.
fn person(told: &str) -> Value {
    let (name, office) = told.split_once('=').unwrap_or((told, ""));
    let (name, item) = name.split_once('#').map_or((name, None), |(name, item)| (name, Some(item)));
    let office = office.rsplit_once(' ').map(|(role, of)| json!({"role": role, "of": of}));
    json!({"name": name, "qid": item, "office": office, "span": null})
}

/// The key of the claim with that number in a document.
pub fn key(document: &str, number: usize) -> Key {
    Key {
        sha256: format!("{document:0>64}"),
        entry: "contact".to_owned(),
        start: number * 100,
        end: number * 100 + 10,
        exact: format!("words {number}"),
        nth: 0,
    }
}

/// Each contact in a line, in order: `meeting held 2024-05-01 CZ+DE Fiala, Scholz Praha/CZ: a b`.
pub fn shown(record: &Record) -> Vec<String> {
    let mut shown: Vec<String> = record
        .entries
        .iter()
        .filter_map(|entry| {
            let Content::Contact(contact) = &entry.content else { return None };
            let mut words = vec![contact.kind.to_string(), contact.status.to_string()];
            words.push(contact.date.as_ref().map_or("-".to_owned(), ToString::to_string));
            words.push(contact.states.iter().map(|said| said.value.as_str()).collect::<Vec<_>>().join("+"));
            words.push(contact.participants.iter().map(|said| said.value.name.as_str()).collect::<Vec<_>>().join(", "));
            words.extend(
                contact
                    .place
                    .as_ref()
                    .map(|place| format!("{}/{}", place.name.as_deref().unwrap_or(""), place.country.as_deref().unwrap_or(""))),
            );
            words.extend(contact.format.clone());
            words.retain(|word| !word.is_empty());
            let mut documents: Vec<&str> = entry.claims.iter().map(|claim| claim.document.as_str()).collect();
            documents.sort_unstable();
            Some(format!("{}: {}", words.join(" "), documents.join(" ")))
        })
        .collect();
    shown.sort_unstable();
    shown
}

/// An atlas in which the Hrad lies in Praha and the UNGA is an organ of the UN.
pub struct Tables;

impl crate::Atlas for Tables {
    fn city_of(&self, place: &chancery_model::Place) -> Option<String> {
        place.name.as_deref().filter(|name| *name == "Hrad").map(|_| "Praha".to_owned())
    }

    fn whole_of(&self, body: &str) -> Option<String> {
        (body == "UNGA").then(|| "UN".to_owned())
    }

    fn shared(&self, _: chancery_model::Role, of: &str) -> bool {
        of == "EU"
    }
}
