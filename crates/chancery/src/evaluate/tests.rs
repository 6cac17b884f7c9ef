use super::*;
use serde_json::json;

#[test]
fn names_are_the_same_across_spellings() {
    for (a, b, same) in [
        ("Kassym-Jomart Tokayev", "Tokayev", true),
        ("Kassym-Jomart Tokayev", "Kasym-Žomart Tokajev", true),
        ("Sergey Lavrov", "Sergei Lavrov", true),
        ("Xi Jinping", "Si Jinping", false),
        ("Antony Blinken", "Anthony Blinkenn", true),
        ("", "Xi", false),
        ("Łukasz Ørsted", "lukasz orsted", true),
    ] {
        assert_eq!(same_name(a, b), same, "{a} / {b}");
        assert_eq!(same_name(b, a), same, "{b} / {a}");
    }
}

fn contact(kind: &str, people: &[&str], states: &[&str], date: &str) -> Value {
    json!({"kind": kind, "status": "held", "participants": people, "states": states, "date": date, "place": {"name": null, "country": "KZ"}})
}

#[test]
fn claims_are_matched_best_first_and_optional_ones_are_not_punished() {
    let mut optional = contact("visit", &["Xi Jinping"], &["CN", "KZ"], "2024-07-02");
    optional["optional"] = json!(true);
    let gold = Gold {
        stem: "a".to_owned(),
        content: json!({"language": "en", "published": null, "contacts": [contact("meeting", &["Xi Jinping", "Kassym-Jomart Tokayev"], &["CN", "KZ"], "2024-07-03~"), optional]}),
    };
    let reading = json!({
        "document": {"id": "folder/a.txt", "language": "en", "published": null},
        "contacts": [
            contact("visit", &["Xi Jinping"], &["CN", "KZ"], "2024-07-02"),
            contact("meeting", &["Xi Jinping", "Tokayev"], &["CN", "KZ"], "2024-07-03"),
            contact("call", &["Xi Jinping"], &["CN", "RU"], "2024-07-03"),
        ],
    });
    let scores = evaluate(&[gold], &reading.to_string()).expect("JSON");
    let contacts = &scores.all["contacts"];
    assert_eq!((contacts.right, contacts.wrong, contacts.missed), (1, 1, 0));
    assert_eq!(contacts.attributes["all"], (1, 1));
    assert_eq!(scores.all["language"].attributes["right"], (1, 1));
    assert_eq!(scores.json()["contacts"]["precision"], json!(0.5));
    assert!(scores.table().contains("contacts"));
}

#[test]
fn a_document_without_a_reading_is_missed_whole() {
    let gold = Gold { stem: "a".to_owned(), content: json!({"language": "en", "figures": [{"value": 5, "unit": "USD"}]}) };
    let scores = evaluate(&[gold], "").expect("no line");
    assert_eq!(scores.missing, ["a"]);
    assert_eq!(scores.all["figures"].missed, 1);
    assert!(evaluate(&[], "{").is_err());
}

#[test]
fn intervals_hold_their_value() {
    let tally = Tally { right: 8, wrong: 2, missed: 2, ..Tally::default() };
    for estimate in [tally.precision(), tally.recall(), tally.f1()] {
        assert!((estimate.value - 0.8).abs() < 1e-12);
        assert!(estimate.low < 0.8 && 0.8 < estimate.high, "{estimate:?}");
    }
    // Wilson, 8 of 10: a figure of the literature
    assert!((tally.precision().low - 0.4902).abs() < 1e-3 && (tally.precision().high - 0.9433).abs() < 1e-3);
    assert_eq!(Tally::default().f1().value, 1.0);
}
