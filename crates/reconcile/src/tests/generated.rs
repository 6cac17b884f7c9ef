//! Any number of reports about occasions that are made up by counting.
//!
//! In: a number. Out: as many reports, always the same. Never: like real news in more than their shape.

use super::{Fingerprint, Report, Source};
use serde_json::{Value, json};

/// States, with three persons each.
const STATES: u64 = 40;
/// Reports of an occasion, on average.
const REPORTS: u64 = 4;

/// A number that looks like chance: the same for the same seed.
fn chance(seed: u64, below: u64) -> u64 {
    let mixed = (seed.wrapping_add(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 32)) % below.max(1)
}

fn day(number: u64) -> String {
    let (year, month, day) = (2018 + number / 336 % 9, number / 28 % 12 + 1, number % 28 + 1);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The occasion of that number; `vague` tells how much of its date and persons a report leaves out.
fn contact(occasion: u64, vague: u64, place: usize) -> Value {
    let seed = occasion * 7919;
    let kind = ["meeting", "meeting", "visit", "call", "conference", "letter"][chance(seed, 6) as usize];
    let one = chance(seed + 1, STATES);
    let other = (one + 1 + chance(seed + 2, STATES - 1)) % STATES;
    let person = |state: u64, rank: u64| {
        let role = ["president", "prime minister", "foreign minister"][rank as usize];
        json!({"name": format!("Person {state} {rank}"), "qid": null, "office": {"role": role, "of": format!("S{state:02}")}, "span": null})
    };
    let mut persons = vec![person(one, chance(seed + 3, 3)), person(other, chance(seed + 4, 3))];
    let date = day(chance(seed + 5, 3000));
    let date = match vague {
        0..=5 => json!(date),
        6 => json!(format!("{date}~")),
        7 => json!(&date[..7]),
        8 => Value::Null,
        _ => {
            persons.pop();
            json!(date)
        }
    };
    json!({
        "kind": kind, "status": "held", "date": date, "states": [format!("S{one:02}"), format!("S{other:02}")], "participants": persons,
        "place": {"name": format!("City {other}"), "country": format!("S{other:02}")}, "format": null, "modality": "asserted", "side": null,
        "rule": "generated", "confidence": 0.8,
        "evidence": [{"start": place * 100, "end": place * 100 + 10, "exact": "they met"}],
    })
}

/// As many reports.
pub fn reports(count: u64) -> Vec<Report> {
    (0..count).map(|number| report(number, (count / REPORTS).max(1))).collect()
}

fn report(number: u64, occasions: u64) -> Report {
    let occasion = chance(number, occasions);
    let published = day(chance(occasion * 7919 + 5, 3000) + chance(number * 3, 2));
    let background = 1 + chance(number * 5, 3);
    let contacts: Vec<Value> = (0..=background)
        .map(|place| match place {
            0 => contact(occasion, chance(number * 11, 10), 0),
            place => contact(chance(number * 13 + place, occasions), 7 * chance(number + place, 2), place as usize),
        })
        .collect();
    let basis = |start: u64| {
        let words = json!({"start": start, "end": start + 40, "exact": "words"});
        json!({"span": words, "evidence": [words], "modality": "asserted", "side": null, "rule": "generated", "confidence": 0.8})
    };
    let with = |mut claim: Value, start: u64| {
        for (key, value) in basis(start).as_object().into_iter().flatten() {
            claim[key] = value.clone();
        }
        claim
    };
    let state = |number: u64| format!("S{number:02}");
    let (one, other) = (chance(occasion * 7919 + 1, STATES), chance(occasion, STATES));
    let speaker = json!({"name": format!("Person {one} {}", chance(occasion * 7919 + 3, 3)), "qid": null, "office": null, "span": null});
    let text = format!("We want to build {} bridges and {} roads before the end of the year", occasion % 97, number % 3);
    let reading = json!({
        "contacts": contacts,
        "statements": [with(json!({"speaker": speaker, "addressee": null, "quoted": true, "text": text}), 500)],
        "commitments": [with(json!({"parties": [state(one), state(other)], "status": "agreed", "action": text, "due": null}), 600)],
        "figures": [with(json!({"value": (occasion % 900 + 1) as f64 * 1e6, "unit": "EUR", "bound": "exact", "change": "level",
            "topic": "trade", "states": [state(one), state(other)], "period": null}), 700)],
        "standings": [],
    });
    // one report in four copies another of its occasion
    let original = if chance(number * 17, 4) == 0 { occasion } else { occasions + number };
    let trace = (0..40).map(|element| chance(original * 41 + element, 500)).collect();
    let source = Source {
        id: format!("d{number}"),
        sha256: format!("{number:064x}"),
        language: Some(["cs", "de", "en"][chance(number * 19, 3) as usize].to_owned()),
        published: published.parse().ok(),
        publisher: Some(format!("paper{}.example", chance(number * 23, 300))),
        fingerprint: Fingerprint { minima: (0..64).map(|minimum| chance(original * 67 + minimum, u64::MAX)).collect(), trace },
        ..Source::default()
    };
    Report::new(source, &reading.to_string()).expect("a reading")
}
