//! The packs and examples built in: shape, references and every test of theirs.
//!
//! In: what is built in. Out: what must be mended, with its place. Never: passes over a fault.

use chancery::{Library, check, examples, pack_tests};

fn library() -> Library {
    Library::built_in().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_pack_is_right() {
    let library = library();
    let mut wrong = Vec::new();
    for pack in library.packs() {
        let report = check::check(&library, &pack.settings.tag).unwrap_or_else(|error| panic!("{error}"));
        wrong.extend(report.faults.iter().map(ToString::to_string));
        for failed in report.failed {
            wrong.push(format!(
                "{}:{}: {}\n    {}",
                failed.test.path,
                failed.test.line,
                failed.test.title,
                failed.differences.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} to mend:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_example_is_read_as_expected() {
    let library = library();
    let mut wrong = Vec::new();
    for example in examples::built_in() {
        wrong.extend(example.faults.iter().map(|fault| format!("examples/{}: {fault}", example.name)));
        let outcome = examples::run(&example, &library);
        if !outcome.is_right() {
            wrong.push(format!("examples/{}.expected:\n    {}", example.name, outcome.describe(&example.expected).join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} to mend:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_blessed_is_right_afterwards() {
    let library = library();
    let tag = library.packs()[0].settings.tag.clone();
    let text = "## A test\n\n> 1234.\n\n- contact meeting held - [] CZ FR\n  a note\n- no quote\n\n## Another\n> 1.\n\n- no contact\n";
    let blessed = pack_tests::blessed("a.md", text, &library, &tag);
    assert_eq!(blessed, text.replace("- contact", "- not yet contact").replace("\n  a note\n- no quote", "\n- no quote\n  a note"));
    let (tests, faults) = pack_tests::parse("a.md", &blessed, &tag);
    assert!(faults.is_empty());
    assert!(tests.iter().all(|test| pack_tests::run(test, &library).is_right()));
}
