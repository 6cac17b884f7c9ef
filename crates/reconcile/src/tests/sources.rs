//! Copies never corroborate each other, and the order of documents changes nothing.

use super::news::{key, record, report, reports, shown};
use crate::{Fingerprint, Judgement, Key, Report, as_known_on, reconcile};
use proptest::prelude::*;
use std::collections::BTreeSet;

const MEETING: &str = "meeting held 2024-05-06 CZ+DE [Fiala, Scholz]";

fn sources(reports: &[Report]) -> (usize, Vec<String>) {
    let record = reconcile(reports, &[], &());
    assert_eq!(record.entries.len(), 1);
    (record.entries[0].support.sources, record.entries[0].support.copies.clone())
}

fn told(heads: &[&str]) -> Vec<Report> {
    heads.iter().map(|head| report(&format!("{head}: {MEETING}"))).collect()
}

#[test]
fn two_papers_that_credit_one_agency_are_one_source() {
    let (count, copies) = sources(&told(&["a.en 2024-05-07 TASS", "b.pt 2024-05-07 TASS", "c.cs 2024-05-07 ČTK"]));
    assert_eq!((count, copies), (2, vec!["b is a copy of a: both credit TASS".to_owned()]));
}

#[test]
fn one_publisher_is_one_source() {
    let mut reports = told(&["a 2024-05-07", "b 2024-05-07", "c 2024-05-07"]);
    reports[0].source.publisher = Some("daily.example".to_owned());
    reports[1].source.publisher = Some("daily.example".to_owned());
    reports[2].source.publisher = Some("weekly.example".to_owned());
    assert_eq!(sources(&reports).0, 2);
}

#[test]
fn who_credits_a_publisher_is_no_further_source() {
    let mut reports = told(&["a 2024-05-07", "b 2024-05-07 TASS"]);
    reports[0].source.publisher = Some("tass.com".to_owned());
    assert_eq!(sources(&reports).0, 1);
}

#[test]
fn one_address_is_one_source() {
    let mut reports = told(&["a 2024-05-07", "b 2024-05-07"]);
    reports[0].source.address = Some("https://www.daily.example/1/".to_owned());
    reports[1].source.canonical = Some("http://daily.example/1#top".to_owned());
    assert_eq!(sources(&reports).0, 1);
}

#[test]
fn near_copies_and_translations_are_one_source() {
    let text = "The prime ministers of both countries met in the capital on Monday morning and spoke about the new bridge over the \
        river, the price of gas and the trains that both railways want to run from next spring on, as their offices said afterwards.";
    let trace = |elements: &str| elements.split(' ').map(crate::fingerprint::hash).collect::<Vec<_>>();
    let mut reports = told(&["a.en 2024-05-07", "b.en 2024-05-07", "c.de 2024-05-08", "d.de 2024-05-07"]);
    reports[0].source.fingerprint = Fingerprint::of(text, trace("Fiala CZ Scholz DE 5 quotation 12 Praha EUR 2024 quotation Brno 7 8 9"));
    reports[1].source.fingerprint = Fingerprint::of(&text.replace("on Monday morning ", "on Monday "), Vec::new());
    reports[2].source.fingerprint = Fingerprint::of("", trace("Fiala CZ Scholz DE 5 quotation 12 Praha EUR 2024 Brno 7 8 9"));
    reports[3].source.fingerprint = Fingerprint::of("", trace("Scholz DE Fiala 8 CZ Praha 7 quotation EUR Berlin 2025 12 5 1 2 3 4"));
    let (count, copies) = sources(&reports);
    assert_eq!(count, 2, "{copies:?}");
    assert!(copies[0].contains("runs of five words") && copies[1].contains("the same order"), "{copies:?}");
}

#[test]
fn the_same_text_twice_is_one_source() {
    let mut reports = told(&["a 2024-05-07", "b 2024-05-07"]);
    reports[1].source.sha256 = reports[0].source.sha256.clone();
    let record = reconcile(&reports, &[], &());
    assert_eq!(shown(&record), ["meeting held 2024-05-06 CZ+DE Fiala, Scholz: a"]);
    assert_eq!(record.entries[0].support.copies, ["b is a copy of a: the same text"]);
    assert_eq!((record.entries[0].support.documents, record.entries[0].support.sources), (2, 1));
}

#[test]
fn as_known_on_a_day_leaves_out_what_came_later() {
    let reports = told(&["a 2024-05-07", "b 2024-05-08", "c -"]);
    let known = as_known_on(&reports, jiff::civil::date(2024, 5, 7));
    assert_eq!(known.iter().map(|report| report.source.id.as_str()).collect::<Vec<_>>(), ["a"]);
}

#[test]
fn ids_are_of_claims_and_lead_on_when_an_earlier_report_comes() {
    let later = record(&["b 2024-05-08: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]"]);
    let both = record(&[
        "b 2024-05-08: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
        "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
    ]);
    assert!(later.entries[0].id.starts_with("e-") && later.entries[0].id.len() == 14);
    assert_ne!(later.entries[0].id, both.entries[0].id);
    assert_eq!(both.entries[0].aliases, [later.entries[0].id.clone()]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn order_and_repetition_change_nothing(days in prop::collection::vec((1_u8..20, 0_usize..6, 0_usize..4, 0_u8..6), 1..24), seed in 0_usize..1000) {
        let statuses = ["held", "planned", "cancelled", "denied"];
        let news: Vec<String> = days
            .iter()
            .enumerate()
            .map(|(number, (day, who, status, late))| {
                let date = match who { 0 => "-".to_owned(), 1 => "2024-05".to_owned(), 2 => format!("XXXX-05-{day:02}"), _ => format!("2024-05-{day:02}") };
                let persons = ["[Fiala, Scholz]", "[Fiala]", "[Fiala, Baerbock]", ""][who % 4];
                let published = if *late == 5 { "-".to_owned() } else { format!("2024-05-{:02}", day + late) };
                let kind = if who % 3 == 0 { "visit" } else { "meeting" };
                let language = ["cs", "de"][number % 2];
                format!(
                    "d{number}.{language} {published}: {kind} {} {date} CZ+DE {persons} Praha/CZ; meeting held 2024-05-{day:02} CZ+DE {persons}; \
                     said Fiala «We shall build {who} bridges in Prague and Dresden»; figure {}000 EUR trade CZ+DE; \
                     agreed CZ+DE 2024-05-{day:02} «to meet again» on 0; is Pavel, holds office, president of CZ",
                    statuses[*status], who + 1
                )
            })
            .collect();
        let lines: Vec<&str> = news.iter().map(String::as_str).collect();
        let ordered = reports(&lines);
        let mut shuffled = ordered.clone();
        let length = shuffled.len();
        for at in 0..length {
            shuffled.swap(at, (at * 7 + seed) % length);
        }
        shuffled.push(ordered[seed % length].clone());
        let judgements: Vec<Judgement> = (0..seed % 7)
            .map(|number| {
                let (one, other) = (key(&format!("d{}", (seed + number) % length), number % 2), key(&format!("d{}", (seed * 3 + number) % length), 0));
                match (seed + number) % 4 {
                    0 => Judgement::Merge { one, other },
                    1 => Judgement::Split { one: vec![one], other: vec![other] },
                    2 => Judgement::Reject { claim: one },
                    _ => Judgement::Accept { claim: one },
                }
            })
            .collect();
        let record = reconcile(&ordered, &judgements, &());
        prop_assert_eq!(&record, &reconcile(&shuffled, &judgements, &()));
        // every id leads to one entry, and every claim stands in one
        let ids: Vec<&String> = record.entries.iter().flat_map(|entry| std::iter::once(&entry.id).chain(&entry.aliases)).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let entry = |key: &Key| record.entries.iter().position(|entry| entry.claims.iter().any(|claim| claim.claim == key.claim_id()));
        for (number, judgement) in judgements.iter().enumerate() {
            let merged_later = judgements[number + 1..].iter().any(|judgement| matches!(judgement, Judgement::Merge { .. }));
            if let Judgement::Split { one, other } = judgement
                && let (Some(first), Some(second)) = (entry(&one[0]), entry(&other[0]))
                && !merged_later
                && one != other
            {
                prop_assert_ne!(first, second);
            }
        }
    }
}
