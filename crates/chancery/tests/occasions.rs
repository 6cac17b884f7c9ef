//! One event in many documents: `examples/record`, read and reconciled.
//!
//! In: the news items built in, and what is true of them. Out: how well claims of one event come together. Never: lets two events
//! become one.

use chancery::export::v1;
use chancery::{Library, examples};
use chancery_model::record::{Content, Entry};
use chancery_reconcile::{Fingerprint, Report, Source, fingerprint, reconcile};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;

const TRUTH: &str = include_str!("../../../examples/record/truth.tsv");
const EXPECTED: &str = include_str!("../../../examples/record/expected.tsv");

/// Share of the contacts of `truth.tsv` that are read well enough to be compared.
const READ: f64 = 0.85;
/// B-cubed F1 of the contacts that are read.
const F1: f64 = 0.95;

/// A contact that a document tells, as it should be read.
struct Truth<'a> {
    document: &'a str,
    kind: &'a str,
    date: &'a str,
    states: Vec<&'a str>,
    event: &'a str,
    persons: Vec<&'a str>,
}

/// A contact that a document tells, with the event it belongs to and the entry it came to.
struct Placed<'a> {
    truth: &'a Truth<'a>,
    entry: &'a str,
}

fn truths() -> Vec<Truth<'static>> {
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let (document, contact, event) = (fields.next()?, fields.next()?, fields.next()?);
        let mut parts = contact.split(' ');
        let (kind, date, states) = (parts.next()?, parts.next()?, parts.next()?.split(',').collect());
        let persons = fields.next().unwrap_or("").split("; ").filter(|name| !name.is_empty()).collect();
        Some(Truth { document, kind, date, states, event, persons })
    };
    TRUTH.lines().skip(1).filter_map(row).collect()
}

fn reports(library: &Library) -> Result<Vec<Report>, Box<dyn Error>> {
    let mut reports = Vec::new();
    for document in examples::record() {
        let host = document.url.as_deref().and_then(|url| url.split('/').nth(2)).map(str::to_owned);
        let address = document.url.clone();
        let reading = library.read_document(document);
        let source = Source {
            id: reading.document.id.clone(),
            sha256: v1::sha256(&reading.document.text),
            address,
            canonical: None,
            publisher: host,
            language: reading.language.clone(),
            published: reading.published.clone(),
            origins: reading.origins.iter().map(|origin| origin.name.clone()).collect(),
            fingerprint: Fingerprint::of(&reading.document.text, fingerprint::trace(&reading.mentions)),
        };
        reports.push(Report::new(source, &v1::line(&v1::reading(&reading))?)?);
    }
    Ok(reports)
}

/// How well a contact as read fits one as it should be; none where it is another.
fn fit(truth: &Truth, read: &chancery_reconcile::report::Contact) -> Option<i32> {
    let persons: BTreeSet<&str> = read.participants.iter().map(|party| party.name.as_str()).collect();
    let shared = truth.persons.iter().filter(|name| persons.contains(*name)).count();
    let strangers = persons.len() - shared;
    let states = truth.states.iter().filter(|state| read.states.iter().any(|other| other == *state)).count();
    let named = truth.persons.is_empty() || persons.is_empty() || shared == truth.persons.len() || strangers == 0;
    if read.kind.as_str() != truth.kind || states == 0 || !named {
        return None;
    }
    let date = read.date.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    Some(4 * i32::from(date == truth.date) + 2 * i32::from(states == truth.states.len()) + 2 * shared as i32 - 4 * strangers as i32)
}

/// Which contact of its report each truth is, the best fits first.
fn matched<'a>(truths: &'a [Truth<'a>], report: &Report) -> Vec<(&'a Truth<'a>, usize)> {
    let own = truths.iter().enumerate().filter(|(_, truth)| truth.document == report.source.id);
    let mut pairs: Vec<(i32, usize, usize)> = own
        .flat_map(|(at, truth)| {
            let fits = |(index, read)| Some((-fit(truth, read)?, at, index));
            report.reading.contacts.iter().enumerate().filter_map(fits).collect::<Vec<_>>()
        })
        .collect();
    pairs.sort_unstable();
    let (mut taken, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (_, at, index) in pairs {
        if !taken.contains(&at) && !used.contains(&index) {
            taken.insert(at);
            used.insert(index);
            found.push((&truths[at], index));
        }
    }
    found
}

/// The entry that holds a contact of a report.
fn entry_of<'a>(entries: &'a [Entry], report: &Report, index: usize) -> Option<&'a Entry> {
    let read = &report.reading.contacts[index];
    let holds = |entry: &&Entry| {
        entry.claims.iter().any(|claim| claim.document == report.source.id && claim.evidence == read.evidence)
            && matches!(&entry.content, Content::Contact(contact) if contact.kind == read.kind
                && read.participants.iter().all(|party| contact.participants.iter().any(|said| said.value.name == party.name)))
    };
    entries.iter().find(holds)
}

/// B-cubed precision and recall: how much of each contact's entry is its event, and how much of its event is in its entry.
fn b_cubed(placed: &[Placed]) -> (f64, f64) {
    let share = |of: &dyn Fn(&Placed, &Placed) -> bool, among: &dyn Fn(&Placed, &Placed) -> bool| {
        let each = placed.iter().map(|one| {
            let group: Vec<&Placed> = placed.iter().filter(|other| among(one, other)).collect();
            group.iter().filter(|other| of(one, other)).count() as f64 / group.len() as f64
        });
        each.sum::<f64>() / placed.len() as f64
    };
    let one_entry = |one: &Placed, other: &Placed| one.entry == other.entry;
    let one_event = |one: &Placed, other: &Placed| one.truth.event == other.truth.event;
    (share(&one_event, &one_entry), share(&one_entry, &one_event))
}

/// What stands in the record otherwise than `expected.tsv` has it: events that are whole in one entry are compared.
fn differences(placed: &[Placed], entries: &[Entry]) -> String {
    let mut told = String::new();
    for line in EXPECTED.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [event, _, status, date, _, documents, _, sources] = fields[..] else { continue };
        let ids: BTreeSet<&str> = placed.iter().filter(|one| one.truth.event == event).map(|one| one.entry).collect();
        if ids.len() > 1 {
            let _ = writeln!(told, "  {event} is in {} entries", ids.len());
        }
        for entry in entries.iter().filter(|entry| ids.contains(entry.id.as_str()) && ids.len() == 1) {
            let Content::Contact(contact) = &entry.content else { continue };
            let shown = contact.date.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
            let found = format!("{} {shown} {} {}", contact.status.as_str(), entry.support.documents, entry.support.sources);
            let wanted = format!("{status} {date} {documents} {sources}");
            if found != wanted {
                let _ = writeln!(told, "  {event}: status, date, documents, sources: {found}, expected {wanted}");
            }
        }
    }
    told
}

#[test]
fn claims_of_one_event_come_together_and_no_others() -> Result<(), Box<dyn Error>> {
    let library = Library::built_in()?;
    let reports = reports(&library)?;
    let entries = reconcile(&reports, &[], &library).entries;
    let truths = truths();
    let mut placed = Vec::new();
    for report in &reports {
        for (truth, index) in matched(&truths, report) {
            if let Some(entry) = entry_of(&entries, report, index) {
                placed.push(Placed { truth, entry: &entry.id });
            }
        }
    }
    let mut events: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in &placed {
        events.entry(one.entry).or_default().insert(one.truth.event);
    }
    let merged: Vec<_> = events.values().filter(|events| events.len() > 1).collect();
    let (precision, recall) = b_cubed(&placed);
    let f1 = 2.0 * precision * recall / (precision + recall);
    let read = placed.len() as f64 / truths.len() as f64;
    let told = differences(&placed, &entries);
    println!(
        "{} of {} contacts read; B-cubed precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}\n{told}",
        placed.len(),
        truths.len()
    );
    assert!(merged.is_empty(), "two events in one entry: {merged:?}");
    assert!(read >= READ, "{read:.3} of the contacts are read, expected {READ}");
    assert!(f1 >= F1, "B-cubed F1 {f1:.3}, expected {F1}\n{told}");
    Ok(())
}
