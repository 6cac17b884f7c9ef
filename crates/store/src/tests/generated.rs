//! Documents that say something, without reading a text.
//!
//! In: a number. Out: an arrival, the same each time. Never: a real event.

use crate::{Arrival, LedgerRow, NewReading, Outcome};
use chancery_model::Document;
use chancery_reconcile::{Fingerprint, Key};
use sha2::{Digest, Sha256};

/// A meeting told by document `number`; two documents in a row tell of the same one.
pub fn arrival(number: usize) -> Arrival {
    let id = format!("item-{number:04}");
    let text = format!("{id} tells that leader one met leader two: {}", "words that fill a page ".repeat(40));
    let event = number / 2;
    let (month, day) = (event / 28 % 12 + 1, event % 28 + 1);
    let date = format!("2023-{month:02}-{day:02}");
    let reading = format!(
        r#"{{"contacts": [{{"kind": "meeting", "status": "held", "modality": "asserted", "participants": [], "states": ["KZ", "US"],
            "date": "{date}", "place": null, "format": null, "side": null, "rule": "test", "confidence": 0.9,
            "evidence": [{{"start": 0, "end": 9, "exact": "{id}"}}]}}]}}"#
    );
    let row = LedgerRow {
        source: format!("{id}.txt"),
        document: Some(id.clone()),
        outcome: Outcome::Read,
        reason: None,
        reader: "1".to_owned(),
        microseconds: 0,
        bytes: text.len() as u64,
    };
    let new = NewReading {
        sha256: sha256(&text),
        raw: None,
        publisher: Some(format!("paper-{}.example", number % 7)),
        language: None,
        published: date.parse().ok(),
        title: None,
        origins: Vec::new(),
        reading,
        fingerprint: Fingerprint::of(&text, Vec::new()),
        reader: "1".to_owned(),
        document: Document { id, text, ..Document::default() },
    };
    Arrival { row, reading: Some(new) }
}

/// A contact and a figure of all kinds, states, times and places, told by document `number`; two in a row tell of the same, though not
/// always the same.
pub fn various(number: usize) -> Arrival {
    let of = |values: &[&'static str], number: usize| values[number % values.len()];
    let event = number / 2;
    let date = match event % 5 {
        0 => "null".to_owned(),
        1 => format!("\"2023-{:02}\"", event % 12 + 1),
        _ => format!("\"2023-{:02}-{:02}\"", event % 12 + 1, event % 28 + 1),
    };
    let states = of(&[r#"["KZ", "US"]"#, r#"["KZ", "UZ"]"#, r#"["CN", "US"]"#, r#"["CN", "KZ", "UZ"]"#], event);
    let (kind, status) = (of(&["meeting", "call", "visit"], event), of(&["held", "held", "planned"], event));
    let place = of(&["Astana", "Almaty"], event * 2 + number % 2);
    let format = of(&["null", "null", "\"SCO\""], event);
    let person = of(&["Leader One", "Leader Two", "Leader Three"], event);
    let mut arrival = arrival(number);
    if let Some(new) = &mut arrival.reading {
        let evidence = format!(r#"[{{"start": 0, "end": 9, "exact": "{}"}}]"#, new.document.id);
        new.language = Some(of(&["cs", "de", "en"], number).to_owned());
        new.reading = format!(
            r#"{{"contacts": [{{"kind": "{kind}", "status": "{status}", "modality": "asserted", "participants": [{{"name": "{person}",
                "qid": null, "office": null, "span": {{"start": 0, "end": 4, "exact": "item"}}}}], "states": {states}, "date": {date},
                "date_inferred": [], "place": {{"name": "{place}", "country": "KZ"}}, "format": {format}, "side": null, "rule": "test",
                "confidence": 0.{}, "evidence": {evidence}}}],
              "figures": [{{"value": {}, "unit": "USD", "bound": "exact", "change": "level", "topic": "trade", "states": {states},
                "period": "2023", "span": {{"start": 0, "end": 4, "exact": "item"}}, "modality": "asserted", "side": null, "rule": "test",
                "confidence": 0.5, "evidence": {evidence}}}]}}"#,
            number % 9 + 1,
            number * 100
        );
    }
    arrival
}

/// What the claim of document `number` rests on.
pub fn key(number: usize) -> Key {
    let id = format!("item-{number:04}");
    let sha256 = arrival(number).reading.map_or_else(String::new, |new| new.sha256);
    Key { sha256, entry: "contact".to_owned(), start: 0, end: 9, exact: id, nth: 0 }
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
