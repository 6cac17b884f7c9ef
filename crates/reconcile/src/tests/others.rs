//! What was said, agreed and counted, and what somebody is, in many documents.

use super::news::{judged, key, record, reports};
use crate::{Judgement, Record};
use chancery_model::Topic;
use chancery_model::record::{Commitment, Contact, Content, Entry, Figure, Mention, Statement};

/// The entries of one kind with what they record.
macro_rules! of_kind {
    ($($name:ident: $kind:ident),+) => {
        $(fn $name(record: &Record) -> Vec<(&$kind, &Entry)> {
            record.entries.iter().filter_map(|entry| match &entry.content {
                Content::$kind(content) => Some((content.as_ref(), entry)),
                _ => None,
            }).collect()
        })+
    };
}

of_kind!(contacts: Contact, statements: Statement, figures: Figure, commitments: Commitment);

const MEETING: &str = "meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ";

#[test]
fn the_same_words_of_one_speaker_are_one_statement() {
    let record = record(&[
        "a.en 2024-05-06: said Fiala «We want to build the bridge over the river before the end of next year.»",
        "b.en 2024-05-07: said Fiala «We want to build the bridge over the river before the end of next year»",
        "c.en 2024-05-07: said Scholz «We want to build the bridge over the river before the end of next year»",
        "d.en 2024-05-07: said Fiala «We agree.»",
        "e.en 2024-05-07: said Fiala «We agree to nothing.»",
    ]);
    let shown: Vec<usize> = statements(&record).iter().map(|(_, entry)| entry.claims.len()).collect();
    assert_eq!((shown.len(), shown.iter().max()), (4, Some(&2)));
}

#[test]
fn a_translated_quotation_is_one_statement_and_leads_to_its_contact() {
    let record = record(&[
        &format!("a.en 2024-05-06: {MEETING}; said Fiala «In 2027 the trains between Prague and Dresden will need 50 minutes less.»"),
        "b.de 2024-05-07: said Fiala «Die Züge zwischen Prag und Dresden werden 2027 um 50 Minuten schneller sein.»",
        "c.de 2024-05-07: said Fiala «Die Züge zwischen Prag und Wien werden 2026 um 20 Minuten schneller sein.»",
    ]);
    let all = statements(&record);
    assert_eq!(all.len(), 2);
    let (joined, _) = all.iter().find(|(_, entry)| entry.claims.len() == 2).expect("the translated one");
    assert_eq!(joined.wordings.len(), 2);
    assert_eq!(joined.on.as_ref(), record.entries.iter().find(|entry| matches!(entry.content, Content::Contact(_))).map(|entry| &entry.id));
}

#[test]
fn figures_of_one_thing_stand_side_by_side() {
    let record = record(&[
        &format!("a.cs 2024-05-06: {MEETING}; figure 3200000000 EUR trade CZ+DE 2023"),
        &format!("b.de 2024-05-06: {MEETING}; figure 3240000000 EUR trade CZ+DE 2023"),
        &format!("c.en 2024-05-06: {MEETING}; figure 3500000000 USD trade CZ+DE 2023"),
        &format!("d.en 2024-05-06: {MEETING}; figure 4100000000 EUR trade CZ+DE 2022"),
        "e.en 2025-08-06: figure 9000000000 EUR trade CZ+DE",
    ]);
    let all = figures(&record);
    assert_eq!(all.len(), 3);
    let (figure, entry) = all.iter().find(|(_, entry)| entry.claims.len() == 3).expect("the trade of 2023");
    assert_eq!(figure.values.len(), 2);
    assert_eq!(
        entry.conflicts.iter().map(|conflict| (conflict.of.as_str(), conflict.kind.as_str(), conflict.values.len())).collect::<Vec<_>>(),
        [("figure", "precision", 3)]
    );
}

#[test]
fn unlike_figures_conflict_only_where_they_are_of_one_thing() {
    let scale = record(&[
        &format!("a.cs 2024-05-06: {MEETING}; figure 40000 count:tonnes trade CZ+DE"),
        &format!("b.de 2024-05-06: {MEETING}; figure 45000 count:tonnes trade CZ+DE"),
        &format!("c.de 2024-05-06: {MEETING}; figure 7 count:trains trade CZ+DE"),
    ]);
    assert_eq!(figures(&scale).len(), 2);
    let conflict = |record: &Record| {
        record
            .entries
            .iter()
            .flat_map(|entry| entry.conflicts.clone())
            .map(|conflict| format!("{} {}", conflict.of, conflict.kind))
            .collect::<Vec<_>>()
    };
    assert_eq!(conflict(&scale), ["figure contradiction"]);
    let wrong = record(&[
        &format!("a.cs 2024-05-06: {MEETING}; figure 3200000000 EUR investment CZ+DE"),
        &format!("b.de 2024-05-06: {MEETING}; figure 3200000 EUR investment CZ+DE"),
    ]);
    assert_eq!(conflict(&wrong), ["scale contradiction"]);
    let two = record(&[
        &format!("a.cs 2024-05-06: {MEETING}; figure 3200000000 EUR investment CZ+DE; figure 10000000 EUR investment CZ+DE"),
        &format!("b.de 2024-05-06: {MEETING}; figure 4200000000 EUR investment CZ+DE"),
    ]);
    assert_eq!(figures(&two).len(), 3);
}

#[test]
fn an_invitation_is_kept_by_the_visit() {
    let news = [
        "a 2024-05-06: visit proposed - DE+KE [Ruto] /DE; agreed DE+KE - «visit Berlin» on 0",
        "b 2024-11-02: visit held 2024-11-01 DE+KE [Ruto] Berlin/DE",
    ];
    let record = record(&news);
    let (commitment, _) = commitments(&record)[0];
    assert_eq!(commitment.outcome, "kept");
    assert_eq!(commitment.history.iter().map(|step| step.status.as_str()).collect::<Vec<_>>(), ["open", "kept"]);
    assert_eq!(commitment.history[1].claims.len(), 1);
    assert_eq!(commitment.shown_by.len(), 1);
    assert_eq!(contacts(&record).len(), 2, "the invitation names no day, so that it stays an entry of its own");
}

#[test]
fn what_two_languages_tell_of_one_occasion_due_on_one_day_is_one() {
    let record = record(&[
        "a.ro 2024-02-20: meeting held 2024-02-20 EG+RO [Ciolacu, Madbouly]; agreed EG+RO ../2024-06 «semneze acordul»",
        "b.en 2024-02-20: meeting held 2024-02-20 EG+RO [Ciolacu, Madbouly]; agreed EG+RO ../2024-06 «sign the agreement»",
        "c.de 2024-02-20: meeting held 2024-02-20 EG+RO [Ciolacu, Madbouly]; agreed EG+RO 2025 «Getreide liefern»",
        "d.cs 2024-03-20: agreed EG+RO ../2024-06 «otevřít přístav»",
    ]);
    let mut sizes: Vec<usize> = commitments(&record).iter().map(|(_, entry)| entry.claims.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 1, 2]);
}

#[test]
fn statements_of_a_translation_are_those_at_the_same_place() {
    let mut reports = reports(&[
        "a.en -: said Fiala «We agree on it.»; said Scholz «So do we, all of us.»; said Fiala «Then let us begin.»",
        "b.de -: said Fiala «Darin sind wir einig.»; said Scholz «Wir auch, wir alle.»; said Fiala «Dann fangen wir an.»",
        "c.cs -: said Fiala «To je jiná věc.»; said Fiala «Začněme, prosím vás.»; said Scholz «My také, my všichni.»",
    ]);
    for (report, trace) in reports.iter_mut().zip(["a b c d e f g h i j k", "a b c d e f g h i j k", "k a j b i c h d g e f"]) {
        report.source.fingerprint.trace = trace.split(' ').map(crate::fingerprint::hash).collect();
    }
    let record = crate::reconcile(&reports, &[], &());
    let mut wordings: Vec<Vec<&str>> =
        statements(&record).iter().map(|(statement, _)| statement.wordings.iter().map(|said| said.value.as_str()).collect()).collect();
    wordings.sort_unstable();
    assert_eq!(wordings.iter().map(Vec::len).collect::<Vec<_>>().iter().filter(|count| **count == 2).count(), 3);
    assert_eq!(wordings.len(), 6);
}

#[test]
fn a_visit_of_another_or_to_another_keeps_nothing() {
    for other in [
        "visit held 2024-11-01 DE+KE [Mudavadi] Berlin/DE",
        "visit held 2024-11-01 DE+KE [Ruto] Nairobi/KE",
        "visit held 2024-05-01 DE+KE [Ruto] /DE",
    ] {
        let record = record(&[
            "a 2024-05-06: visit proposed - DE+KE [Ruto] /DE; agreed DE+KE - «visit Berlin» on 0",
            &format!("b 2024-11-02: {other}"),
        ]);
        assert_eq!(commitments(&record)[0].0.outcome, "open", "{other}");
    }
}

#[test]
fn what_was_due_before_the_last_report_is_overdue() {
    let record = record(&[
        "a 2024-05-06: agreed EG+RO 2024-06 «sign the contract on grain»; agreed EG+RO 2025-06 «open a port»",
        "b 2024-07-02: said Fiala «Yes.»",
    ]);
    let mut outcomes: Vec<&str> = commitments(&record).iter().map(|(commitment, _)| commitment.outcome.as_str()).collect();
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["open", "overdue"]);
}

#[test]
fn what_was_called_off_is_dropped() {
    let record = record(&[
        "a 2024-05-06: meeting planned 2024-06-10 CZ+DE [Fiala, Scholz] Praha/CZ; agreed CZ+DE 2024-06-10 «meet in Prague» on 0",
        "b 2024-06-08: meeting cancelled 2024-06-10 CZ+DE [Fiala, Scholz] Praha/CZ",
    ]);
    assert_eq!(commitments(&record)[0].0.outcome, "dropped");
}

#[test]
fn both_sides_tell_what_the_other_does_not() {
    let record = record(&[
        "a.cs 2024-05-06: meeting held 2024-05-06 CZ+DE [Fiala, Scholz] Praha/CZ by CZ; figure 14 count:companies trade CZ+DE; agreed CZ+DE - «build the bridge»",
        "b.de 2024-05-06: meeting held 2024-05-06 CZ+DE [Fiala, Scholz, Baerbock] Praha/CZ by DE",
    ]);
    let contact = contacts(&record)[0].0;
    let only: Vec<(&str, Vec<Mention>)> = contact.sides.iter().map(|view| (view.side.as_str(), view.only.clone())).collect();
    let (action, name) = ("build the bridge".to_owned(), "Baerbock".to_owned());
    let figure = Mention::Figure { value: 14.0, unit: "count:companies".to_owned(), topic: Topic::Trade };
    assert_eq!(only, [("CZ", vec![Mention::Commitment { action }, figure]), ("DE", vec![Mention::Person { name }])]);
}

#[test]
fn a_standing_is_one_in_all_documents() {
    let record = record(&[
        "a 2024-05-06: is Pavel, holds office, president of CZ, 2023/..",
        "b 2024-06-06: is Pavel, holds office, president of CZ, 2021/..",
        "c 2024-06-06: is Fiala, holds office, prime minister of CZ",
    ]);
    assert_eq!(record.entries.len(), 2);
    let Content::Standing(standing) = &record.entries.iter().find(|entry| entry.claims.len() == 2).expect("one of two").content else {
        panic!()
    };
    assert_eq!(standing.reported.len(), 2);
    assert_eq!(standing.periods.len(), 2);
}

#[test]
fn two_holders_of_one_office_at_one_time_are_shown_to_each_other() {
    let of = |news: &[&str]| {
        let told =
            |entry: &Entry| entry.conflicts.iter().filter(|conflict| conflict.of == "holder").map(|conflict| conflict.kind.clone()).next();
        record(news).entries.iter().map(told).collect::<Vec<_>>()
    };
    let (both, one) =
        ("a 2024-05-06: is Pavel, holds office, president of CZ, 2023/..", "c 2024-06-06: is Pavel, holds office, president of CZ");
    let other = "b 2024-06-06: is Zeman, holds office, president of CZ, 2018/2024-03-07";
    assert_eq!(of(&[both, other]), [Some("contradiction".to_owned()), Some("contradiction".to_owned())]);
    assert_eq!(of(&[both, "b 2024-06-06: is Zeman, holds office, president of CZ, 2018/2022"]), [None, None]);
    // who is told once between two reports of the other may be a former one; who follows, or shares a post of many, is none
    let between = ["a 2024-05-01: is Pavel, holds office, president of CZ", "b 2024-05-09: is Zeman, holds office, president of CZ", one];
    assert_eq!(of(&between), [None, None]);
    let by_turns = [between[0], between[1], one, "d 2024-06-09: is Zeman, holds office, president of CZ"];
    assert_eq!(of(&by_turns), [Some("precision".to_owned()), Some("precision".to_owned())]);
    // two terms with another's between them
    assert_eq!(of(&[between[0], between[1], one, "d 2026-06-09: is Zeman, holds office, president of CZ"]), [None, None]);
    assert_eq!(of(&["b 2024-05-09: is Zeman, holds office, president of CZ", one]), [None, None]);
    let ministers = between.map(|line| line.replace("president", "minister"));
    assert_eq!(of(&ministers.each_ref().map(String::as_str)), [None, None]);
}

#[test]
fn what_copies_say_counts_once() {
    let five = ["a", "b", "c"].map(|id| format!("{id} 2024-05-02 TASS: figure 3100000000 EUR trade CZ+DE 2023"));
    let six = ["d", "e"].map(|id| format!("{id} 2024-05-03: figure 3900000000 EUR trade CZ+DE 2023"));
    let news: Vec<&str> = five.iter().chain(&six).map(String::as_str).collect();
    let record = record(&news);
    let values: Vec<(f64, usize)> = figures(&record)[0].0.values.iter().map(|said| (said.value, said.sources)).collect();
    assert_eq!((figures(&record)[0].0.value, values), (3.9e9, vec![(3.9e9, 2), (3.1e9, 1)]));
}

#[test]
fn presidents_of_the_bodies_of_a_union_are_no_rivals() {
    let news = [
        "a 2024-05-06: is Michel, holds office, president of EU, 2019/2024",
        "b 2024-06-06: is Leyen, holds office, president of EU, 2019/2024",
    ];
    let conflicts = |atlas: &dyn crate::Atlas| {
        crate::reconcile(&reports(&news), &[], atlas).entries.iter().map(|entry| entry.conflicts.len()).sum::<usize>()
    };
    assert_eq!((conflicts(&super::news::Tables), conflicts(&())), (0, 2));
}

#[test]
fn a_name_with_an_ending_is_the_person_of_that_office() {
    let subjects = |news: &[&str]| {
        let record = record(news);
        let subject = |entry: &Entry| match &entry.content {
            Content::Standing(standing) => standing.subject.name.clone(),
            _ => String::new(),
        };
        record.entries.iter().map(subject).collect::<Vec<_>>()
    };
    let known = "a 2024-05-06: is Donald Tusk#Q1=prime minister PL, holds office, prime minister of PL";
    assert_eq!(
        subjects(&[known, "b.ro 2024-05-06: is Donalda Tuska=prime minister PL, holds office, prime minister of PL"]),
        ["Donald Tusk"]
    );
    // the office that a text says he holds counts as one named beside him
    assert_eq!(subjects(&[known, "b.ro 2024-05-06: is Donalda Tuska, holds office, prime minister of PL"]), ["Donald Tusk"]);
    // another office, or nothing but a family name in common
    assert_eq!(subjects(&[known, "b.ro 2024-05-06: is Donalda Tuska, holds office, prime minister of CZ"]).len(), 2);
    assert_eq!(subjects(&[known, "b.ro 2024-05-06: is Anna Tusk=prime minister PL, holds office, prime minister of PL"]).len(), 2);
}

#[test]
fn trade_of_one_year_is_one_figure_however_it_was_counted() {
    let values = |news: &[&str]| {
        figures(&record(news)).iter().map(|(figure, entry)| (figure.values.len(), entry.conflicts.len())).collect::<Vec<_>>()
    };
    let one = "a 2024-02-01: figure 3200000000 EUR trade CZ+DE 2023";
    assert_eq!(values(&[one, "b 2024-11-01: figure 3900000000 EUR trade CZ+DE 2023"]), [(2, 1)]);
    // other currencies stand side by side; another year, another topic, and one of two numbers are other figures
    assert_eq!(values(&[one, "b 2024-11-01: figure 85000000000 CZK trade CZ+DE 2023"]).len(), 1);
    assert_eq!(values(&[one, "b 2024-11-01: figure 3900000000 EUR trade CZ+DE 2022"]).len(), 2);
    assert_eq!(values(&[one, "b 2024-11-01: figure 3900000000 EUR investment CZ+DE 2023"]).len(), 2);
    assert_eq!(values(&[one, "b 2024-11-01: figure 3900000000 EUR trade CZ+DE 2023; figure 2000000000 EUR trade CZ+DE 2023"]).len(), 3);
}

#[test]
fn a_person_corrects_a_value() {
    let news = ["a 2024-05-07: meeting held 2024-05-06 CZ+DE [Fiala, Scholz]"];
    let correct = |field: &str, value: &str| Judgement::Correct { claim: key("a", 0), field: field.to_owned(), value: value.to_owned() };
    let right = judged(
        &news,
        &[
            correct("date", "2024-05-05"),
            correct("place", "{\"name\": \"Berlin\", \"country\": \"DE\"}"),
            correct("states", "[\"CZ\", \"AT\"]"),
        ],
    );
    let contact = contacts(&right)[0].0;
    assert_eq!(contact.date.as_ref().map(ToString::to_string).as_deref(), Some("2024-05-05"));
    assert_eq!(contact.dates.len(), 2);
    assert_eq!(contact.dates[0].inferred.as_deref(), Some("judgement"));
    assert_eq!(contact.place.as_ref().and_then(|place| place.name.as_deref()), Some("Berlin"));
    assert_eq!(contact.states.iter().map(|said| said.value.as_str()).collect::<Vec<_>>(), ["CZ", "AT"]);
    assert_eq!(right.entries[0].judged.as_deref(), Some("corrected"));
    // in words, with the marks of JSON or without
    for (place, states) in [("Berlin, DE", "CZ, AT"), ("\"Berlin, DE\"", "\"CZ, AT\"")] {
        let in_words = judged(&news, &[correct("date", "2024-05-05"), correct("place", place), correct("states", states)]);
        assert_eq!(contacts(&in_words)[0].0, contact);
    }
    assert_eq!(judged(&news, &[correct("date", "the day after"), correct("colour", "red")]).orphans, [0, 1]);
}
