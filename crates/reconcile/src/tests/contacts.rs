//! One occasion in many documents, and occasions that are like one another.

use super::check;
use super::news::{Tables, judged, key, record, reports, shown};
use crate::Judgement;
use chancery_model::record::{Content, Entry};

#[test]
fn one_meeting_in_two_languages_is_one() {
    check(
        &[
            "a.cs 2024-05-02: meeting held 2024-05-02~ CZ+DE [Fiala=prime minister CZ, Scholz=prime minister DE] Praha/CZ",
            "b.de 2024-05-02: meeting held 2024-05-02 CZ+DE [Scholz, Fiala] /CZ",
            "c.en 2024-05-03: meeting held 2024-05-02 CZ+DE [Scholz]",
        ],
        &["meeting held 2024-05-02 CZ+DE Fiala, Scholz Praha/CZ: a b c"],
    );
}

#[test]
fn the_same_two_meet_twice_in_a_week() {
    check(
        &[
            "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ",
            "b 2024-05-10: meeting held 2024-05-10 CZ+DE [Fiala, Scholz]",
            "c 2024-05-11: meeting held 2024-05-10~ CZ+DE [Fiala, Scholz]; meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
            // told afterwards without a day: it could be either
            "d 2024-05-11: meeting held - CZ+DE [Fiala, Scholz]",
        ],
        &[
            "meeting held - CZ+DE Fiala, Scholz: d",
            "meeting held 2024-05-06 CZ+DE Fiala, Scholz Praha/CZ: a c",
            "meeting held 2024-05-10 CZ+DE Fiala, Scholz: b c",
        ],
    );
}

#[test]
fn a_call_and_a_meeting_on_one_day_are_two() {
    check(
        &[
            "a 2024-05-07: call held 2024-05-06 CZ+DE [Fiala, Scholz]",
            "b 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
            "c 2024-05-07: call held 2024-05-06~ CZ+DE [Fiala, Scholz]",
        ],
        &["call held 2024-05-06 CZ+DE Fiala, Scholz: a c", "meeting held 2024-05-06 CZ+DE Fiala, Scholz: b"],
    );
}

#[test]
fn what_was_planned_and_took_place_is_one_with_its_history() {
    let news = [
        "a 2024-04-20: meeting planned 2024-04-29 CZ+DE [Fiala, Scholz] Praha/CZ",
        "b 2024-04-24: meeting planned 2024-04-27 CZ+DE [Fiala, Scholz] Praha/CZ",
        "c 2024-04-28: meeting held 2024-04-27 CZ+DE [Fiala, Scholz] Praha/CZ",
    ];
    check(&news, &["meeting held 2024-04-27 CZ+DE Fiala, Scholz Praha/CZ: a b c"]);
    let record = record(&news);
    assert_eq!(history(&record.entries[0]), ["planned 2024-04-29", "moved 2024-04-27", "held 2024-04-27"]);
    assert_eq!(conflicts(&record.entries[0]), ["date revision"]);
}

#[test]
fn a_planned_summit_and_another_that_was_held_are_two() {
    check(
        &[
            "a 2024-04-10: meeting held 2024-04-09 CZ+DE [Fiala, Scholz] Praha/CZ; meeting planned 2024-04-25 CZ+DE [Fiala, Scholz] Berlin/DE",
            "b 2024-04-09: meeting held 2024-04-09 CZ+DE [Fiala, Scholz] Praha/CZ",
            "c 2024-04-02: meeting planned 2024-04-25 CZ+DE [Fiala, Scholz]",
        ],
        &["meeting held 2024-04-09 CZ+DE Fiala, Scholz Praha/CZ: a b", "meeting planned 2024-04-25 CZ+DE Fiala, Scholz Berlin/DE: a c"],
    );
}

#[test]
fn a_plan_told_after_a_meeting_is_another_meeting() {
    check(
        &["a 2024-04-09: meeting held 2024-04-09 CZ+DE [Fiala, Scholz]", "b 2024-04-12: meeting planned - CZ+DE [Fiala, Scholz]"],
        &["meeting held 2024-04-09 CZ+DE Fiala, Scholz: a", "meeting planned - CZ+DE Fiala, Scholz: b"],
    );
}

#[test]
fn two_presidents_of_one_state_are_two_persons() {
    check(
        &[
            "a 2024-05-07: meeting held 2024-05-06 CZ+GE [Pavel=president CZ, Zurabishvili=president GE]",
            "b 2024-05-07: meeting held 2024-05-06 CZ+GE [Pavel=president CZ, Papuashvili=speaker of parliament GE]",
            "c 2024-05-07: meeting held 2024-05-06~ CZ+GE [Pavel, Papuashvili]",
        ],
        &["meeting held 2024-05-06 CZ+GE Papuashvili, Pavel: b c", "meeting held 2024-05-06 CZ+GE Pavel, Zurabishvili: a"],
    );
}

#[test]
fn two_holders_of_one_office_never_meet_in_one_entry() {
    check(
        &[
            "a 2021-12-01: meeting held 2021-12 CZ+DE [Babiš=prime minister CZ, Scholz]",
            "b 2021-12-20: meeting held 2021-12-18 CZ+DE [Fiala=prime minister CZ, Scholz]",
        ],
        &["meeting held 2021-12 CZ+DE Babiš, Scholz: a", "meeting held 2021-12-18 CZ+DE Fiala, Scholz: b"],
    );
}

#[test]
fn a_visit_of_three_days_holds_its_meetings() {
    let news = [
        "a 2024-05-23: visit held 2024-05-20/2024-05-22 RU+KZ [Lavrov] /KZ; meeting held 2024-05-20 RU+KZ [Lavrov, Tokayev] Astana/KZ",
        "b 2024-05-21: visit held 2024-05-20 RU+KZ [Lavrov] Astana/KZ; meeting held 2024-05-21 RU+KZ [Lavrov, Nurtleu] Astana/KZ",
        "c 2024-05-22: meeting held 2024-05-22 RU+KZ [Lavrov, Koshanov] Almaty/KZ; call held 2024-05-21 RU+KZ [Lavrov, Tokayev]",
    ];
    check(
        &news,
        &[
            "call held 2024-05-21 KZ+RU Lavrov, Tokayev: c",
            "meeting held 2024-05-20 KZ+RU Lavrov, Tokayev Astana/KZ: a",
            "meeting held 2024-05-21 KZ+RU Lavrov, Nurtleu Astana/KZ: b",
            "meeting held 2024-05-22 KZ+RU Koshanov, Lavrov Almaty/KZ: c",
            "visit held 2024-05-20/2024-05-22 KZ+RU Lavrov Astana/KZ: a b",
        ],
    );
    let record = record(&news);
    let visit = record.entries.iter().find(|entry| entry.claims.len() == 2).expect("the visit");
    assert_eq!(contact(visit).holds.len(), 3);
    let parts = record.entries.iter().filter(|entry| contact(entry).part_of.as_ref() == Some(&visit.id)).count();
    assert_eq!(parts, 3);
}

#[test]
fn a_visit_without_a_day_gets_that_of_its_meeting() {
    let news = [
        "a.ro -: visit held - US+KZ [Blinken] /KZ; meeting planned - US+KZ [Blinken, Tokayev]; conference planned - US+KZ+UZ [Blinken] Astana/KZ in C5+1",
        "b.cs -: meeting held 2023-02-28~ US+KZ [Blinken, Tokayev] Astana/KZ; conference held 2023-02-28~ US+KZ+UZ [] Astana/KZ in C5+1",
    ];
    check(
        &news,
        &[
            "conference held 2023-02-28~ KZ+US+UZ Blinken Astana/KZ C5+1: a b",
            "meeting held 2023-02-28~ KZ+US Blinken, Tokayev Astana/KZ: a b",
            "visit held 2023-02-28~ KZ+US Blinken /KZ: a",
        ],
    );
}

#[test]
fn without_any_time_one_meeting_alone_is_not_taken_for_another() {
    check(
        &["a -: meeting planned - US+KZ [Blinken, Tokayev]", "b -: meeting held 2023-02-28 US+KZ [Blinken, Tokayev] Astana/KZ"],
        &["meeting held 2023-02-28 KZ+US Blinken, Tokayev Astana/KZ: b", "meeting planned - KZ+US Blinken, Tokayev: a"],
    );
}

#[test]
fn stops_of_a_tour_stay_apart() {
    check(
        &[
            "a 2023-02-28: visit held 2023-02-28 US+KZ [Blinken] /KZ; visit planned 2023-03-01 US+UZ [Blinken] Tashkent/UZ",
            "b 2023-03-01: visit held 2023-03-01 US+UZ [Blinken] Tashkent/UZ",
        ],
        &["visit held 2023-02-28 KZ+US Blinken /KZ: a", "visit held 2023-03-01 US+UZ Blinken Tashkent/UZ: a b"],
    );
}

#[test]
fn two_visits_in_one_month_are_two() {
    check(
        &[
            "a 2024-05-08: visit held 2024-05-07 RU+KZ [Lavrov] Astana/KZ",
            "b 2024-05-28: visit held 2024-05-27 RU+KZ [Lavrov] Astana/KZ",
            "c 2024-06-30: visit held 2024-05 RU+KZ [Lavrov] Astana/KZ",
        ],
        &[
            "visit held 2024-05 KZ+RU Lavrov Astana/KZ: c",
            "visit held 2024-05-07 KZ+RU Lavrov Astana/KZ: a",
            "visit held 2024-05-27 KZ+RU Lavrov Astana/KZ: b",
        ],
    );
}

#[test]
fn annual_summits_are_told_apart() {
    check(
        &[
            "a 2023-07-05: conference held 2023-07-04 IN+KZ+RU [Modi] New-Delhi/IN in SCO; conference held 2022 IN+KZ+RU in SCO",
            "b 2022-09-17: conference held 2022-09-15/2022-09-16 KZ+RU+UZ [Mirziyoyev] Samarkand/UZ in SCO",
            "c 2023-07-04: conference held 2023-07-04~ KZ+RU [Putin] in SCO; conference held ../2023 KZ+RU in SCO",
        ],
        &[
            "conference held ../2023 KZ+RU SCO: c",
            // the organization has more than one conference a year
            "conference held 2022 IN+KZ+RU SCO: a",
            "conference held 2022-09-15/2022-09-16 KZ+RU+UZ Mirziyoyev Samarkand/UZ SCO: b",
            "conference held 2023-07-04 IN+KZ+RU Modi, Putin New-Delhi/IN SCO: a c",
        ],
    );
}

#[test]
fn a_yearless_day_is_filled_from_others() {
    check(
        &[
            "a.de -: meeting held XXXX-03-29 UZ+KZ [Mirziyoyev, Tokayev] Almaty/KZ",
            "b.en 2024-03-30: meeting held 2024-03-29 UZ+KZ [Mirziyoyev, Tokayev]",
        ],
        &["meeting held 2024-03-29 KZ+UZ Mirziyoyev, Tokayev Almaty/KZ: a b"],
    );
    check(
        &[
            "a.de -: meeting held XXXX-03-29 UZ+KZ [Mirziyoyev, Tokayev] Almaty/KZ",
            "b.en 2024-03-30: meeting held 2024-03 UZ+KZ [Mirziyoyev, Tokayev] Almaty/KZ",
        ],
        &["meeting held 2024-03-29 KZ+UZ Mirziyoyev, Tokayev Almaty/KZ: a b"],
    );
}

#[test]
fn a_yearless_day_that_fits_two_years_stays_open() {
    check(
        &[
            "a.de -: meeting held XXXX-03-29 UZ+KZ [Mirziyoyev, Tokayev]",
            "b.en 2024-03-30: meeting held 2024-03-29 UZ+KZ [Mirziyoyev, Tokayev]",
            "c.en 2023-03-30: meeting held 2023-03-29 UZ+KZ [Mirziyoyev, Tokayev]",
        ],
        &[
            "meeting held 2023-03-29 KZ+UZ Mirziyoyev, Tokayev: c",
            "meeting held 2024-03-29 KZ+UZ Mirziyoyev, Tokayev: b",
            "meeting held XXXX-03-29 KZ+UZ Mirziyoyev, Tokayev: a",
        ],
    );
}

#[test]
fn a_visit_told_years_later_joins_its_entry() {
    check(
        &[
            "a 2019-09-12: visit held 2019-09-11/2019-09-12 KZ+CN [Tokayev] Beijing/CN",
            "b 2021-06-02: visit held 2019-09 KZ+CN [Tokayev] /CN; call held 2021-06-02~ KZ+CN [Tokayev, Xi]",
            "c 2022-06-02: visit held 2022-02 KZ+CN [Tokayev] /CN",
        ],
        &[
            "call held 2021-06-02~ CN+KZ Tokayev, Xi: b",
            "visit held 2019-09-11/2019-09-12 CN+KZ Tokayev Beijing/CN: a b",
            "visit held 2022-02 CN+KZ Tokayev /CN: c",
        ],
    );
}

#[test]
fn other_countries_and_other_days_hold_apart() {
    check(
        &[
            "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ",
            "b 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Berlin/DE",
            "c 2024-05-09: meeting held 2024-05-08 CZ+DE [Fiala, Scholz]",
        ],
        &[
            "meeting held 2024-05-06 CZ+DE Fiala, Scholz Berlin/DE: b",
            "meeting held 2024-05-06 CZ+DE Fiala, Scholz Praha/CZ: a",
            "meeting held 2024-05-08 CZ+DE Fiala, Scholz: c",
        ],
    );
}

#[test]
fn what_might_be_is_not_in_the_record() {
    check(&["a 2024-05-07: meeting planned 2024-06-06 CZ+DE [Fiala, Scholz] maybe"], &[]);
}

#[test]
fn a_denial_and_a_report_conflict() {
    let record = record(&[
        "a 2024-05-07: meeting held 2024-05-06 CZ+RU [Fiala, Lavrov] Vienna/AT",
        "b 2024-05-08: meeting denied 2024-05-06 CZ+RU [Fiala, Lavrov] Vienna/AT",
    ]);
    assert_eq!(record.entries.len(), 1);
    assert_eq!(history(&record.entries[0]), ["held 2024-05-06", "denied 2024-05-06"]);
    assert_eq!(conflicts(&record.entries[0]), ["status contradiction"]);
}

#[test]
fn why_tells_what_made_one_and_what_held_apart() {
    let record = record(&[
        "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ",
        "b 2024-05-07: meeting held 2024-05-06~ CZ+DE [Fiala, Scholz]",
        "c 2024-05-11: meeting held 2024-05-10 CZ+DE [Fiala, Scholz]",
    ]);
    let joined = record.entries.iter().find(|entry| entry.claims.len() == 2).expect("the first meeting");
    assert_eq!(joined.joins.len(), 1);
    let join = &joined.joins[0];
    assert!(join.weight > 0.0 && join.reasons.iter().any(|(reason, _)| reason == "the same persons: Fiala, Scholz; Fiala, Scholz"));
    let sum: f64 = join.reasons.iter().map(|(_, weight)| weight).sum();
    assert!((sum - join.weight).abs() < 0.01);
    let apart = &joined.apart[0];
    assert!(apart.weight < 0.0 && apart.reasons[0].0.starts_with("two dates: "), "{apart:?}");
}

fn merge(one: &str, other: &str) -> Judgement {
    Judgement::Merge { one: key(one, 0), other: key(other, 0) }
}

/// Parts the claims of the documents on one side from those of the others: `split("a b", "c")`.
fn split(one: &str, other: &str) -> Judgement {
    let side = |documents: &str| documents.split(' ').map(|document| key(document, 0)).collect();
    Judgement::Split { one: side(one), other: side(other) }
}

#[test]
fn what_a_person_parted_no_further_document_joins() {
    let news = [
        "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
        "b 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala] Praha/CZ",
        "c 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ",
        "d 2024-05-08: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ",
        "e 2024-05-09: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
    ];
    for count in 3..=news.len() {
        let record = judged(&news[..count], &[split("a b", "c")]);
        for entry in &record.entries {
            let told = |document: &str| entry.claims.iter().any(|claim| claim.document == document);
            assert!(!(told("c") && (told("a") || told("b"))), "{:?}", shown(&record));
        }
    }
    // a single pair parts only these two
    assert!(shown(&judged(&news[..3], &[split("a", "c")])).iter().any(|line| line.ends_with(": b c")));
}

#[test]
fn persons_join_part_and_reject() {
    let news = [
        "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
        "b 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]",
        "c 2024-05-11: meeting held 2024-05-10 CZ+DE [Fiala, Scholz]",
    ];
    let entries = |judgements: &[Judgement]| {
        let record = judged(&news, judgements);
        assert_eq!(record.orphans, Vec::<usize>::new());
        shown(&record).into_iter().filter_map(|line| line.split(": ").nth(1).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(entries(&[]), ["a b", "c"]);
    assert_eq!(entries(&[split("a", "b")]), ["a", "b", "c"]);
    assert_eq!(entries(&[merge("a", "c")]), ["a b c"]);
    let both = [merge("a", "b"), split("b", "a")];
    assert_eq!(entries(&both), ["a", "b", "c"]);
    assert_eq!(entries(&[merge("a", "c"), merge("c", "b"), split("a", "b")]), ["a c", "b"]);
    assert_eq!(entries(&[split("a", "b"), merge("a", "c"), merge("c", "b")]), ["a b c"]);
    assert_eq!(entries(&[Judgement::Reject { claim: key("b", 0) }]), ["a", "c"]);
    let mut moved = key("c", 0);
    (moved.start, moved.end) = (4, 30);
    assert_eq!(entries(&[Judgement::Reject { claim: moved }]), ["a b"]);
    assert_eq!(judged(&news, &[Judgement::Accept { claim: key("gone", 0) }]).orphans, [0]);
}

fn contact(entry: &Entry) -> &chancery_model::record::Contact {
    match &entry.content {
        Content::Contact(contact) => contact,
        other => panic!("expected a contact, found {other:?}"),
    }
}

fn history(entry: &Entry) -> Vec<String> {
    let date = |date: &Option<chancery_model::Edtf>| date.as_ref().map_or("-".to_owned(), ToString::to_string);
    contact(entry).history.iter().map(|step| format!("{} {}", step.status, date(&step.date))).collect()
}

fn conflicts(entry: &Entry) -> Vec<String> {
    entry.conflicts.iter().map(|conflict| format!("{} {}", conflict.of, conflict.kind)).collect()
}

#[test]
fn reports_of_other_months_without_a_day_are_apart() {
    check(
        &[
            "a 2025-03: call held - RU+US [Putin, Trump]",
            "b 2025-06: call held - RU+US [Putin, Trump]",
            "c -: call held - RU+US [Putin, Trump]",
            "d 2025-06: call held 2025-06-02 RU+US [Putin, Trump]",
        ],
        &[
            "call held - RU+US Putin, Trump: a",
            "call held - RU+US Putin, Trump: b",
            "call held - RU+US Putin, Trump: c",
            "call held 2025-06-02 RU+US Putin, Trump: d",
        ],
    );
}

#[test]
fn months_of_two_visits_are_two_visits() {
    check(
        &["a 2024-06-30: visit held 2024-05 RU+KZ [Lavrov] /KZ", "b 2024-07-30: visit held 2024-06 RU+KZ [Lavrov] /KZ"],
        &["visit held 2024-05 KZ+RU Lavrov /KZ: a", "visit held 2024-06 KZ+RU Lavrov /KZ: b"],
    );
}

#[test]
fn an_invitation_on_a_visit_is_to_another() {
    check(
        &[
            "a 2024-05-14: visit held 2024-05-13/2024-05-15 CZ+KZ [Pavel] Astana/KZ",
            "b 2024-05-14: visit proposed - CZ+KZ [Pavel] /KZ",
            "c 2024-05-12: visit planned - CZ+KZ [Pavel] /KZ",
        ],
        &["visit held 2024-05-13/2024-05-15 CZ+KZ Pavel Astana/KZ: a c", "visit proposed - CZ+KZ Pavel /KZ: b"],
    );
}

#[test]
fn an_invitation_and_its_visit_in_one_document_are_one() {
    check(
        &[
            "a 2025-10-09: visit held 2025-10-09 AO+PT [António] Lisbon/PT; visit proposed 2025-10-09 AO+PT [António] Lisbon/PT",
            "b 2025-06-03: visit planned 2025-10 AO+PT [António] Lisbon/PT",
        ],
        &["visit held 2025-10-09 AO+PT António Lisbon/PT: a a b"],
    );
}

#[test]
fn a_call_on_the_next_day_is_another() {
    check(
        &["a 2025-10-14: call held 2025-10-14 CA+DE [Carney, Merz]", "b 2025-10-15: call held 2025-10-15 CA+DE [Carney, Merz]"],
        &["call held 2025-10-14 CA+DE Carney, Merz: a", "call held 2025-10-15 CA+DE Carney, Merz: b"],
    );
}

#[test]
fn two_guests_of_one_host_are_two_meetings_whoever_holds_no_office() {
    check(
        &[
            "a 2024-05-07: meeting held 2024-05-06 BR+CL [Lula=president BR, Boric]",
            "b 2024-05-07: meeting held 2024-05-06 BR+CL [Lula=president BR, Bachelet]",
        ],
        &["meeting held 2024-05-06 BR+CL Bachelet, Lula: b", "meeting held 2024-05-06 BR+CL Boric, Lula: a"],
    );
}

#[test]
fn an_invitation_at_a_meeting_has_not_its_day() {
    check(
        &["a 2024-05-14: meeting held 2024-05-14 CZ+KZ [Pavel, Tokayev] Astana/KZ; visit proposed - CZ+KZ [Pavel] /KZ"],
        &["meeting held 2024-05-14 CZ+KZ Pavel, Tokayev Astana/KZ: a", "visit proposed - CZ+KZ Pavel /KZ: a"],
    );
    check(
        &[
            "a 2025-10-14: visit planned - CA+DE [Carney] Berlin/DE; meeting planned 2025-10-14 CA+DE [Carney, Merz] Berlin/DE",
            "b 2025-10-15: meeting held 2025-10-14 CA+DE [Carney, Merz] Berlin/DE",
        ],
        &["meeting held 2025-10-14 CA+DE Carney, Merz Berlin/DE: a b", "visit planned 2025-10-14 CA+DE Carney Berlin/DE: a"],
    );
}

#[test]
fn a_translation_tells_of_the_same_meeting_though_nothing_says_when() {
    let mut reports = reports(&[
        "a.en -: meeting held - US+KZ [Blinken, Tokayev]",
        "b.cs -: meeting held - US+KZ [Blinken, Tokayev]",
        "c.de -: meeting held - US+KZ [Blinken, Tokayev]",
    ]);
    for (report, trace) in reports.iter_mut().zip(["a b c d e f g h i j k", "a b c d e f g h i j k", "k a j b i c h d g e f"]) {
        report.source.fingerprint.trace = trace.split(' ').map(crate::fingerprint::hash).collect();
    }
    let record = crate::reconcile(&reports, &[], &());
    assert_eq!(shown(&record), ["meeting held - KZ+US Blinken, Tokayev: a b", "meeting held - KZ+US Blinken, Tokayev: c"]);
}

#[test]
fn a_hall_lies_in_its_city_and_an_organ_in_its_organization() {
    let news = [
        "a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala] Hrad/CZ",
        "b 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ",
        "c 2024-09-25: conference held 2024-09-24 CZ [Fiala] New/US in UN",
        "d 2024-09-25: conference held 2024-09-24 CZ [Fiala] New/US in UNGA",
        "e 2024-09-25: conference held 2024-09-24 CZ [Fiala] New/US in UNSC",
    ];
    let record = crate::reconcile(&reports(&news), &[], &Tables);
    let meeting = record.entries.iter().find(|entry| entry.claims.len() == 2 && contact(entry).places.len() == 2).expect("a meeting");
    assert!(conflicts(meeting).contains(&"place precision".to_owned()), "{:?}", conflicts(meeting));
    assert_eq!(shown(&record).iter().filter(|line| line.starts_with("conference")).count(), 2, "{:?}", shown(&record));
    // who has no tables takes them for two names
    let without = crate::reconcile(&reports(&news), &[], &());
    assert!(without.entries.iter().all(|entry| !conflicts(entry).contains(&"place precision".to_owned())));
    assert_eq!(shown(&without).iter().filter(|line| line.starts_with("conference")).count(), 3);
}

#[test]
fn a_signing_by_june_is_the_one_in_june() {
    let news = |due: &str| {
        [
            format!("a 2024-05-20: signing planned {due} CZ+DE [Fiala, Scholz]"),
            "b 2024-06-13: signing held 2024-06-12 CZ+DE [Fiala, Scholz]".to_owned(),
        ]
    };
    let entries = |due: &str| shown(&record(&news(due).each_ref().map(String::as_str))).len();
    assert_eq!((entries("../2024-06"), entries("../2024-05"), entries("../2029")), (1, 2, 2));
}

#[test]
fn a_visit_shows_its_days_and_not_the_months_within_which_it_was() {
    let date = |days: &str| {
        let news = [
            format!("a 2024-05-07: visit held {days} CZ+DE [Scholz] Praha/CZ"),
            "b 2024-05-07: visit held 2024-05-06 CZ+DE [Scholz] Praha/CZ".to_owned(),
        ];
        let record = record(&news.each_ref().map(String::as_str));
        assert_eq!(record.entries.len(), 1, "{:?}", shown(&record));
        contact(&record.entries[0]).date.as_ref().map(ToString::to_string)
    };
    assert_eq!(date("2024-05-06/2024-05-08").as_deref(), Some("2024-05-06/2024-05-08"));
    assert_eq!(date("2024-04/2024-06").as_deref(), Some("2024-05-06"));
}

#[test]
fn meetings_on_two_days_running_are_two_and_a_day_reported_late_is_one() {
    let two =
        ["a 2024-05-06: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]", "b 2024-05-07: meeting held 2024-05-07 CZ+DE [Fiala, Scholz]"];
    assert_eq!(shown(&record(&two)).len(), 2);
    let late =
        ["a 2024-05-06: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]", "b 2024-05-07: meeting held 2024-05-07~ CZ+DE [Fiala, Scholz]"];
    let record = record(&late);
    assert_eq!(shown(&record), ["meeting held 2024-05-06 CZ+DE Fiala, Scholz: a b"]);
    assert!(conflicts(&record.entries[0]).iter().any(|conflict| conflict.starts_with("date")), "{:?}", conflicts(&record.entries[0]));
}

#[test]
fn visits_without_a_day_are_one_by_the_meeting_during_them() {
    let news = |second: &str| {
        [
            "a 2018-01-16: visit planned - JP+RO [Abe] Cotroceni/RO; meeting planned 2018-01-16 JP+RO [Abe, Iohannis]".to_owned(),
            format!("b 2018-02-20: visit held - JP+RO [Abe] Bucharest/RO; meeting held {second} JP+RO [Abe, Iohannis]"),
        ]
    };
    let visits = |second: &str| {
        let record = record(&news(second).each_ref().map(String::as_str));
        shown(&record).into_iter().filter(|line| line.starts_with("visit")).collect::<Vec<_>>()
    };
    assert_eq!(visits("2018-01-16"), ["visit held 2018-01-16 JP+RO Abe Bucharest/RO: a b"]);
    assert_eq!(visits("2018-02-19").len(), 2);
    // further meetings of the guest do not hide the common one; a second journey without a day does
    assert_eq!(visits("2018-01-16 JP+RO [Abe, Iohannis]; meeting held 2018-01-17 JP+RO [Abe, Dancila]; call held 2018-01-16").len(), 1);
    assert_eq!(visits("2018-01-16 JP+RO [Abe, Iohannis]; visit held - JP+RO [Abe] Cluj/RO; call held 2018-01-16").len(), 3);
}

#[test]
fn what_else_agrees_makes_no_one_occasion_of_two() {
    for (one, other) in [
        // two presidents of one state at conferences of one frame in one month
        ("conference held 2024-05 CZ+DE [Zeman=president CZ] in V4", "conference held 2024-05 CZ+DE [Pavel=president CZ] in V4"),
        // two pairs of states in one frame, city and day
        ("meeting held 2024-05-15 CZ+DE [Fiala] Praha/CZ in V4", "meeting held 2024-05-15 CZ+SK [Fiala] Praha/CZ in V4"),
        // two cities on one day, where one report names nobody
        ("meeting held 2024-05-15 CZ+DE Praha/CZ", "meeting held 2024-05-15 CZ+DE [Fiala, Scholz] Brno/CZ"),
        // two families of kinds
        ("call held 2024-05-15 CZ+DE [Fiala, Scholz]", "meeting held 2024-05-15 CZ+DE [Fiala, Scholz]"),
    ] {
        let news = [format!("a 2024-05-16: {one}"), format!("b 2024-05-16: {other}")];
        assert_eq!(record(&news.each_ref().map(String::as_str)).entries.len(), 2, "{one}; {other}");
    }
}

#[test]
fn a_month_is_filled_by_the_day_that_the_plan_had() {
    check(
        &["a 2024-05-02: visit planned 2024-05-14 CZ+DE [Fiala] /DE", "b 2024-05-20: visit held 2024-05 CZ+DE [Fiala] /DE"],
        &["visit held 2024-05-14 CZ+DE Fiala /DE: a b"],
    );
}

#[test]
fn two_of_four_who_met_may_have_met_alone_too() {
    check(
        &[
            "a 2024-05-16: meeting held 2024-05-16~ CZ+DE+FR+PL [Fiala, Scholz, Macron, Tusk]",
            "b 2024-05-16: meeting held 2024-05-15 CZ+DE [Fiala, Scholz]",
        ],
        &["meeting held 2024-05-15 CZ+DE Fiala, Scholz: b", "meeting held 2024-05-16~ CZ+DE+FR+PL Fiala, Macron, Scholz, Tusk: a"],
    );
    // a report that leaves out one of three
    check(
        &[
            "a 2024-05-16: meeting held 2024-05-15 CZ+DE+PL [Fiala, Scholz, Tusk] Praha/CZ",
            "b 2024-05-16: meeting held 2024-05-15 CZ+DE [Fiala, Scholz] Praha/CZ",
        ],
        &["meeting held 2024-05-15 CZ+DE+PL Fiala, Scholz, Tusk Praha/CZ: a b"],
    );
    // where each is told with his state, a meeting of two stands beside that of three
    check(
        &[
            "a 2024-05-16: meeting held 2024-05-15 CZ+DE+PL [Fiala=prime minister CZ, Scholz=prime minister DE, Tusk=prime minister PL] Praha/CZ",
            "b 2024-05-16: meeting held 2024-05-15 CZ+DE [Fiala=prime minister CZ, Scholz=prime minister DE] Praha/CZ",
        ],
        &["meeting held 2024-05-15 CZ+DE Fiala, Scholz Praha/CZ: b", "meeting held 2024-05-15 CZ+DE+PL Fiala, Scholz, Tusk Praha/CZ: a"],
    );
}
