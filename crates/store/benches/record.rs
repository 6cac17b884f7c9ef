//! How fast generated readings are kept and become entries, without reading a text.
//!
//! In: nothing; events are generated, each told by one to four documents in several languages. Out: documents a second, the peak of
//! memory, and the growth from the smaller to the larger record. Never: a verdict; budgets stand in the design.
//!
//! `cargo bench -p chancery-store -- 10000 100000`; `-- 150000 --leave FILE` leaves the record there, to be looked at.

use chancery_model::Document;
use chancery_reconcile::Fingerprint;
use chancery_store::{Arrival, Filter, LedgerRow, NewReading, Order, Outcome, Page, Store};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Instant;

const STATES: [&str; 40] = [
    "AO", "AR", "AT", "BR", "CA", "CL", "CN", "CO", "CZ", "DE", "EG", "ES", "FR", "GB", "GR", "HU", "IN", "IT", "JP", "KE", "KG", "KZ",
    "MD", "MX", "NG", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SK", "TJ", "TM", "TR", "UA", "US", "UZ", "ZA",
];
/// A place of each state, which the map knows.
const PLACES: [&str; 40] = [
    "Luanda",
    "Buenos Aires",
    "Vienna",
    "Brasília",
    "Ottawa",
    "Santiago",
    "Beijing",
    "Bogotá",
    "Prague",
    "Berlin",
    "Cairo",
    "Madrid",
    "Paris",
    "London",
    "Athens",
    "Budapest",
    "New Delhi",
    "Rome",
    "Tokyo",
    "Nairobi",
    "Bishkek",
    "Astana",
    "Chișinău",
    "Mexico City",
    "Abuja",
    "Oslo",
    "Warsaw",
    "Lisbon",
    "Bucharest",
    "Belgrade",
    "Moscow",
    "Stockholm",
    "Bratislava",
    "Dushanbe",
    "Ashgabat",
    "Ankara",
    "Kyiv",
    "Washington",
    "Tashkent",
    "Pretoria",
];
const FORMATS: [&str; 4] = ["G20", "NATO", "OSCE", "SCO"];
const LANGUAGES: [&str; 5] = ["cs", "de", "en", "pt", "ro"];
const KINDS: [&str; 4] = ["meeting", "call", "visit", "letter"];
/// Items kept at a time.
const BATCH: usize = 256;
/// Documents that come when the record stands.
const MORE: usize = 100;

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

/// An event: who, where, what and when.
struct Event {
    one: usize,
    other: usize,
    kind: usize,
    day: String,
    number: usize,
}

fn event(chance: &mut Chance, number: usize, days: usize) -> Event {
    let one = chance.below(STATES.len());
    let other = (one + 1 + chance.below(STATES.len() - 1)) % STATES.len();
    let day = chance.below(days);
    let day = format!("{}-{:02}-{:02}", 2000 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
    Event { one, other, kind: chance.below(KINDS.len()), day, number }
}

fn document(event: &Event, nth: usize, chance: &mut Chance) -> Arrival {
    let language = LANGUAGES[(event.number + nth) % LANGUAGES.len()];
    let words: Vec<String> = (0..180).map(|_| format!("w{}", chance.below(20_000))).collect();
    let text = format!("event {} document {nth}: {}", event.number, words.join(" "));
    let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let year = event.day.get(..4).unwrap_or("2000");
    let person = |state: usize, start: usize| {
        let name = format!("Leader {} {}", STATES[state], year.get(..3).unwrap_or("200"));
        json!({"name": name, "qid": null, "office": {"role": "president", "of": STATES[state]}, "span": {"start": start, "end": start + 5, "exact": "event"}})
    };
    let date = match chance.below(10) {
        0 | 1 => json!(null),
        2 => json!(event.day.get(..7)),
        _ => json!(event.day),
    };
    let status = if event.number.is_multiple_of(9) { "planned" } else { "held" };
    let format = (event.number.is_multiple_of(23)).then(|| FORMATS[event.number / 23 % FORMATS.len()]);
    let basis = |start: usize| json!([{"start": start, "end": start + 20, "exact": text.get(start..start + 20).unwrap_or("")}]);
    let states = [STATES[event.one.min(event.other)], STATES[event.one.max(event.other)]];
    let reading = json!({
        "contacts": [{"kind": KINDS[event.kind], "status": status, "modality": "asserted", "participants": [person(event.one, 0), person(event.other, 6)],
            "states": states, "date": date, "date_inferred": [], "place": {"name": PLACES[event.other], "country": STATES[event.other]}, "format": format,
            "side": null, "rule": "contact.meeting.mutual", "confidence": 0.9, "evidence": basis(0)}],
        "statements": [{"speaker": person(event.one, 0), "addressee": null, "quoted": true, "text": words[..8].join(" "),
            "span": {"start": 30, "end": 60, "exact": ""}, "modality": "reported", "side": null, "rule": "statement", "confidence": 0.8, "evidence": basis(30)}],
        "figures": [{"value": (event.number % 97) as f64 * 1e8, "unit": "USD", "bound": "exact", "change": "level", "topic": "trade", "states": states,
            "period": year, "span": {"start": 60, "end": 80, "exact": ""}, "modality": "asserted", "side": null, "rule": "figure",
            "confidence": 0.8, "evidence": basis(60)}],
        "commitments": if event.number.is_multiple_of(4) { vec![json!({"parties": states, "status": "agreed", "action": words[8..16].join(" "), "due": null,
            "span": {"start": 80, "end": 100, "exact": ""}, "modality": "asserted", "side": null, "rule": "commitment", "confidence": 0.8, "evidence": basis(80)})] } else { Vec::new() },
    });
    let trace = (0..24).map(|step| (event.number as u64 * 31 + step) % 5000).collect();
    let id = format!("{}-{nth}", event.number);
    let published = event.day.parse().ok();
    let row = LedgerRow {
        source: format!("news.jsonl:{id}"),
        document: Some(id.clone()),
        outcome: Outcome::Read,
        reason: None,
        reader: "bench".to_owned(),
        microseconds: 200,
        bytes: text.len() as u64,
    };
    let reading = NewReading {
        sha256,
        raw: None,
        publisher: Some(format!("paper-{}.example", chance.below(300))),
        language: Some(language.to_owned()),
        published,
        title: None,
        origins: if chance.below(3) == 0 { vec![format!("Agency {}", chance.below(12))] } else { Vec::new() },
        reading: reading.to_string(),
        fingerprint: Fingerprint::of(&text, trace),
        reader: "bench".to_owned(),
        document: Document { id, text, ..Document::default() },
    };
    Arrival { row, reading: Some(reading) }
}

/// As many documents, made as they are asked for.
fn arrivals(count: usize) -> impl Iterator<Item = Arrival> {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    // as many events a day however long the record: a larger record spans more years
    let days = (count / 12).max(336);
    let told = (0..).flat_map(move |number| {
        let event = event(&mut chance, number, days);
        (0..1 + chance.below(2) * chance.below(4)).map(|nth| document(&event, nth, &mut chance)).collect::<Vec<_>>()
    });
    told.take(count)
}

/// Peak memory of this process in MB, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// Seconds that this process has computed, where the system tells them: on a machine with other work they say more than a clock.
fn computed() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = |at: usize| stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(at)?.parse::<f64>().ok());
    (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) / 100.0
}

fn main() -> chancery_store::Result<()> {
    let counts: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let left = std::env::args().skip_while(|argument| argument != "--leave").nth(1);
    let counts = if counts.is_empty() { vec![2_000, 10_000] } else { counts };
    let mut before: Option<(usize, f64)> = None;
    for count in counts {
        let mut arrivals = arrivals(count + MORE);
        let passing = || std::env::temp_dir().join(format!("chancery-bench-{}-{count}.db", std::process::id()));
        let path = left.as_ref().map_or_else(passing, PathBuf::from);
        let mut store = Store::create(&path)?;
        let start = Instant::now();
        for begin in (0..count).step_by(BATCH) {
            let batch: Vec<Arrival> = arrivals.by_ref().take(BATCH.min(count - begin)).collect();
            store.keep(&batch)?;
        }
        let kept = start.elapsed().as_secs_f64();
        let (start, computing) = (Instant::now(), computed());
        let derived = store.derive(&str::to_owned, &())?;
        let deriving = start.elapsed().as_secs_f64();
        let derive_computed = computed() - computing;
        let start = Instant::now();
        let filter = Filter { states: vec![vec!["KZ".to_owned()], vec!["US".to_owned()]], ..Filter::default() };
        let mut shown = 0;
        store.entries(&filter, Page { order: Order::Newest, offset: 0, limit: Some(50) }, |_| -> chancery_store::Result<()> {
            shown += 1;
            Ok(())
        })?;
        let asked = start.elapsed().as_secs_f64();
        let arrived = arrivals.collect::<Vec<_>>();
        let (start, computing) = (Instant::now(), computed());
        store.keep(&arrived)?;
        let more = store.derive(&str::to_owned, &())?;
        let added = start.elapsed().as_secs_f64();
        let added_computed = computed() - computing;
        drop(store);
        let size = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
        println!(
            "{count:>7} documents: kept {:>6.0} a second, derived {:>6.0} a second ({} entries); together {:>6.0} a second; {} of a filter in {:.1} ms; file {:.0} MB; peak memory {} MB",
            count as f64 / kept,
            count as f64 / deriving,
            derived.entries,
            count as f64 / (kept + deriving),
            shown,
            asked * 1e3,
            size as f64 / 1e6,
            peak().map_or("?".to_owned(), |peak| peak.to_string())
        );
        println!(
            "        {MORE} documents more: {added:.1} s, {} entries new or other; computed: derived {derive_computed:.1} s, {MORE} more {added_computed:.1} s",
            more.changed.len()
        );
        if let Some((smaller, time)) = before {
            println!("        {:.1} times the documents took {:.1} times as long", count as f64 / smaller as f64, (kept + deriving) / time);
        }
        before = Some((count, kept + deriving));
        if left.is_none() {
            std::fs::remove_file(&path).ok();
        }
    }
    Ok(())
}
