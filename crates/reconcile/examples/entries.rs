//! Prints the entries of readings, to try the record without a store:
//!
//!     chancery read --json NEWS > readings; chancery mentions --json NEWS > mentions
//!     cargo run --release -p chancery-reconcile --example entries -- readings mentions NEWS
//!
//! In: lines of `chancery read --json`, and, where copies should show, of `chancery mentions --json`, and the folder of the texts.
//! Out: one line an entry, or with `--json` the entry. Never: keeps anything.

use chancery_model::Edtf;
use chancery_model::record::{Content, Entry};
use chancery_reconcile::{Fingerprint, Report, Source, fingerprint, reconcile};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let lines = |file: usize| files.get(file).map(std::fs::read_to_string).transpose();
    let readings = lines(0)?.ok_or("expected a file of readings")?;
    let mut traces: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for line in lines(1)?.unwrap_or_default().lines() {
        let value: Value = serde_json::from_str(line)?;
        traces.insert(text(&value["document"]["sha256"]), trace(&value["mentions"]));
    }
    let mut reports = Vec::new();
    for line in readings.lines() {
        let value: Value = serde_json::from_str(line)?;
        let document = &value["document"];
        let id = text(&document["id"]);
        let sha256 = text(&document["sha256"]);
        let words = files.get(2).and_then(|folder| std::fs::read_to_string(Path::new(folder).join(format!("{id}.txt"))).ok());
        let source = Source {
            fingerprint: Fingerprint::of(&words.unwrap_or_default(), traces.remove(&sha256).unwrap_or_default()),
            language: document["language"].as_str().map(str::to_owned),
            published: document["published"].as_str().and_then(|date| date.parse::<Edtf>().ok()),
            origins: document["origins"].as_array().into_iter().flatten().map(|origin| text(&origin["name"])).collect(),
            id,
            sha256,
            ..Source::default()
        };
        reports.push(Report::new(source, line)?);
    }
    let record = reconcile(&reports, &[], &());
    for entry in &record.entries {
        if flags.iter().any(|flag| flag == "--json") {
            println!("{}", serde_json::to_string(entry)?);
        } else if flags.iter().all(|flag| flag != "--shared") || entry.support.documents > 1 {
            println!("{}", line(entry));
        }
    }
    Ok(())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn trace(mentions: &Value) -> Vec<u64> {
    let element = |mention: &Value| match mention["kind"].as_str()? {
        "person" | "place" => mention["name"].as_str().map(str::to_owned),
        "state" | "organization" | "date" => mention["value"].as_str().map(str::to_owned),
        "amount" | "number" | "percent" => Some(format!("{} {}", mention["value"], mention["unit"])),
        "quotation" => Some("quotation".to_owned()),
        _ => None,
    };
    mentions.as_array().into_iter().flatten().filter_map(element).map(|element| fingerprint::hash(&element)).collect()
}

fn line(entry: &Entry) -> String {
    let support = &entry.support;
    let shown = |date: &Option<Edtf>| date.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let what = match &entry.content {
        Content::Contact(contact) => {
            let states: Vec<&str> = contact.states.iter().map(|said| said.value.as_str()).collect();
            let persons: Vec<&str> = contact.participants.iter().map(|said| said.value.name.as_str()).collect();
            let history: Vec<String> =
                contact.history.iter().map(|step| format!("{} {} ({})", step.status, shown(&step.date), shown(&step.reported))).collect();
            let place = contact.place.as_ref().map(|place| format!("{:?}/{:?}", place.name, place.country));
            format!(
                "{} {} {} {} [{}] {} {} <{}>",
                contact.kind,
                contact.status,
                shown(&contact.date),
                states.join("+"),
                persons.join(", "),
                place.unwrap_or_default(),
                contact.format.as_deref().unwrap_or(""),
                history.join(", ")
            )
        }
        Content::Statement(statement) => {
            format!("statement {:?}: {}", statement.speaker.as_ref().map(|person| &person.name), statement.text)
        }
        Content::Commitment(commitment) => format!("commitment {} {}: {}", commitment.outcome, shown(&commitment.due), commitment.action),
        Content::Figure(figure) => {
            format!("figure {} {} {} {} {}", figure.value, figure.unit, figure.topic, figure.states.join("+"), shown(&figure.period))
        }
        Content::Standing(standing) => format!("standing {} {} {}", standing.subject.name, standing.relation, standing.object),
    };
    let conflicts: Vec<String> = entry.conflicts.iter().map(|conflict| format!("{} {}", conflict.of, conflict.kind)).collect();
    let documents: Vec<&str> = entry.claims.iter().map(|claim| claim.document.as_str()).collect();
    format!(
        "{} {what} | {} documents, {} sources, {} | {} | {:.2} | {}",
        entry.id,
        support.documents,
        support.sources,
        support.languages.join("+"),
        conflicts.join(", "),
        entry.confidence,
        documents.join(" ")
    )
}
