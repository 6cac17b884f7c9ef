use super::*;
use chancery_model::*;

const TEXT: &str = "Title of the day\nThe President of Kazakhstan, Kassym-Jomart Tokayev, received Xi Jinping in Astana.\n\"We agreed to build a railway\x1b[31m and to pay 27 billion dollars\", he said.";

fn span(words: &str) -> Span {
    let at = TEXT.find(words).unwrap_or_else(|| panic!("{words}"));
    Span::new(TEXT, at, at + words.len()).unwrap_or_else(|| panic!("{words}"))
}

fn example() -> Reading {
    let party = |name: &str, of: &str, words: &str| Party {
        name: name.to_owned(),
        qid: None,
        office: Some(Office { role: Role::President, of: of.to_owned() }),
        span: Some(span(words)),
        inferred: None,
    };
    let basis = |words: &str| Basis {
        modality: Modality::Asserted,
        side: None,
        rule: "contact.meeting.receive".to_owned(),
        confidence: 0.93,
        evidence: vec![span(words)],
    };
    let date = "2024-07-03".parse::<Edtf>().ok();
    let tokayev = || party("Kassym-Jomart Tokayev", "KZ", "Kassym-Jomart Tokayev");
    let claims = Claims {
        contacts: vec![Contact {
            kind: ContactKind::Meeting,
            status: ContactStatus::Held,
            participants: vec![tokayev(), party("Xi Jinping", "CN", "Xi Jinping")],
            states: vec!["KZ".to_owned(), "CN".to_owned()],
            date: date.clone(),
            date_inferred: vec!["published"],
            place: Some(Place { name: Some("Astana".to_owned()), country: Some("KZ".to_owned()) }),
            format: None,
            basis: basis("received"),
        }],
        statements: vec![Statement {
            speaker: Some(tokayev()),
            addressee: None,
            quoted: true,
            span: span("We agreed to build a railway\x1b[31m and to pay 27 billion dollars"),
            basis: basis("said"),
        }],
        commitments: vec![Commitment {
            parties: vec!["KZ".to_owned(), "CN".to_owned()],
            status: CommitmentStatus::Agreed,
            action: span("build a railway"),
            due: None,
            basis: basis("agreed"),
        }],
        figures: vec![Figure {
            value: 27e9,
            unit: "USD".to_owned(),
            bound: Bound::Exact,
            change: Change::Level,
            topic: Topic::Investment,
            states: vec!["KZ".to_owned(), "CN".to_owned()],
            period: None,
            span: span("27 billion dollars"),
            basis: basis("27 billion dollars"),
        }],
        standings: vec![Standing {
            subject: tokayev(),
            relation: Relation::HoldsOffice,
            object: "president of KZ".to_owned(),
            name: None,
            period: None,
            span: span("President of Kazakhstan, Kassym-Jomart Tokayev"),
            basis: basis("President of Kazakhstan"),
        }],
        doubts: vec![Doubt {
            about: "who is meant".to_owned(),
            candidates: vec!["Kassym-Jomart Tokayev".to_owned(), "Xi Jinping".to_owned()],
            span: span("he"),
        }],
    };
    Reading {
        document: Document { id: "a".to_owned(), text: TEXT.to_owned(), ..Document::default() },
        language: Some("en".to_owned()),
        published: date,
        title: Some("Title of the day".to_owned()),
        origins: vec![],
        mentions: vec![],
        claims,
    }
}

fn names(code: &str) -> String {
    match code {
        "KZ" => "Kazakhstan",
        "CN" => "China",
        other => other,
    }
    .to_owned()
}

#[test]
fn a_reading_for_people() {
    let style = Style { width: 72, marks: Marks::Carets };
    insta::assert_snapshot!(reading(&example(), &names, &style));
}

#[test]
fn a_reading_on_a_terminal_lets_no_escape_of_the_text_through() {
    let style = Style { width: 72, marks: Marks::Escapes };
    let told = reading(&example(), &names, &style);
    assert!(!told.contains("\x1b[31m"), "{told}");
    assert!(told.contains("\x1b[1;4mreceived\x1b[0m"), "{told}");
}

#[test]
fn the_wire_form() {
    let line = crate::v1::line(&crate::v1::reading(&example())).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).unwrap_or_default());
}
