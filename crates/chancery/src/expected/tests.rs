use super::*;
use chancery_model::{Basis, Claims, Contact, Document, Modality, Office, Party, Place, Reading, Role, Span};

fn reading(contacts: Vec<Contact>) -> Reading {
    Reading {
        document: Document { text: "words".to_owned(), ..Document::default() },
        language: None,
        published: None,
        title: None,
        origins: vec![],
        mentions: vec![],
        claims: Claims { contacts, ..Claims::default() },
    }
}

fn meeting(people: &[&str], date: &str) -> Contact {
    let party = |name: &&str| Party {
        name: (*name).to_owned(),
        qid: None,
        office: Some(Office { role: Role::President, of: "FR".to_owned() }),
        span: None,
        inferred: None,
    };
    Contact {
        kind: ContactKind::Meeting,
        status: ContactStatus::Held,
        participants: people.iter().map(party).collect(),
        states: vec!["FR".to_owned(), "CZ".to_owned()],
        date: date.parse().ok(),
        date_inferred: vec![],
        place: Some(Place { name: Some("Paris".to_owned()), country: Some("FR".to_owned()) }),
        format: None,
        basis: Basis {
            modality: Modality::Asserted,
            side: None,
            rule: String::new(),
            confidence: 1.0,
            evidence: vec![Span::new("words", 0, 5).expect("in bounds")],
        },
    }
}

fn lines(texts: &[&str]) -> Vec<ExpectedLine> {
    texts.iter().enumerate().map(|(index, text)| parse_line(text, index + 1).unwrap_or_else(|error| panic!("{text}: {error}"))).collect()
}

#[test]
fn lines_survive_a_round_trip() {
    for text in [
        "contact meeting held 2024-03-05 [Emmanuel Macron; Petr Fiala] CZ FR @Paris, FR",
        "contact conference planned - [] CZ @FR #C5+1",
        "quote Petr Fiala: Bylo to: dobré.",
        "quote -: Words",
        "commitment agreed CN; KZ: to build a railway",
        "figure 62000000000 USD at least level investment KZ US",
        "figure 3.5 count:natural gas metres about increase energy KZ",
        "office Petr Fiala: prime minister of CZ",
        "standing KZ chair SCO",
        "origin TASS",
        "date 2024-03-05",
    ] {
        let line = parse_line(&format!("- {text}"), 1).unwrap_or_else(|error| panic!("{text}: {error}"));
        let parse::Expects::Claim(told) = line.expects else { panic!("{text}") };
        assert_eq!(told.to_string(), text);
    }
}

#[test]
fn wrong_lines_say_what_was_expected() {
    for (text, words) in [
        ("- contract meeting held -", "unknown kind of claim"),
        ("- contact lunch held -", "expected one of meeting"),
        ("- contact meeting held someday", "EDTF"),
        ("- contact meeting held - Petr Fiala CZ", "people stand in"),
        ("- figure five USD exact level trade", "no plain number"),
        ("- figure 5 USD level trade", "no bound"),
        ("contact meeting", "begins with"),
    ] {
        let error = parse_line(text, 1).expect_err(text);
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn kinds_that_are_named_must_be_complete() {
    let both = reading(vec![meeting(&["Petr Fiala", "Emmanuel Macron"], "2024-03-05~"), meeting(&["Petr Fiala"], "2024-03-06")]);
    let expected = lines(&["- contact meeting held 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR @Paris, FR"]);
    let outcome = compare(&expected, &both, None);
    assert_eq!(outcome.beyond, ["contact meeting held 2024-03-06 [Petr Fiala] CZ FR @Paris, FR"]);
    assert!(compare(&lines(&["- quote Petr Fiala: Words"]), &both, None).beyond.is_empty());
    assert_eq!(compare(&lines(&["- no contact"]), &both, None).beyond.len(), 2);
    assert!(compare(&lines(&["- no quote"]), &both, None).is_right());
    for text in [
        "- contact meeting held 2024-03-05 [Petr Fiala] CZ FR",
        "- contact meeting held 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR @Nice, FR",
        "- contact meeting held 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR @-",
        "- contact meeting held 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR #EU",
        "- contact meeting planned 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR",
    ] {
        assert_eq!(compare(&lines(&[text]), &both, None).missed, [0], "{text}");
    }
}

#[test]
fn what_is_known_to_be_wrong_is_asserted_and_blessed() {
    let found = reading(vec![meeting(&["Petr Fiala"], "2024-03-06")]);
    let texts: Vec<String> =
        ["- contact call held - [] CZ FR", "- not yet contact meeting held 2024-03-06 [Petr Fiala] CZ FR"].map(str::to_owned).to_vec();
    let expected = lines(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let outcome = compare(&expected, &found, None);
    assert_eq!((&outcome.missed[..], &outcome.right_now[..]), (&[0][..], &[1][..]));
    let blessed = bless(&expected, &texts, &outcome);
    assert_eq!(blessed, ["- not yet contact call held - [] CZ FR", "- contact meeting held 2024-03-06 [Petr Fiala] CZ FR"]);
    let blessed = lines(&blessed.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(compare(&blessed, &found, None).is_right());
}
