//! `chancery reference` as a user runs it.
//!
//! In: files in a folder of their own. Out: what the command prints. Never: the user's own data folder.

mod common;

use common::{lines, told};
use std::io::Write;
use std::path::Path;

fn run(arguments: &[&str], folder: &Path, input: &[u8]) -> (i32, String, String) {
    told(&common::run(&[&["reference"], arguments].concat(), folder, input))
}

fn here() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A person who holds an office, as Wikidata has it.
fn entity(id: &str, name: &str, position: &str, start: &str) -> String {
    format!(
        r#"{{"id":"{id}","type":"item","modified":"2026-05-01T00:00:00Z","labels":{{"en":{{"language":"en","value":"{name}"}}}},"aliases":{{"de":[{{"language":"de","value":"{name} der Große"}}]}},"claims":{{"P39":[{{"rank":"normal","mainsnak":{{"datavalue":{{"value":{{"id":"{position}"}}}}}},"qualifiers":{{"P580":[{{"datavalue":{{"value":{{"time":"+{start}T00:00:00Z","precision":11}}}}}}]}}}}]}}}}"#
    )
}

#[test]
fn a_holder_is_told_with_its_period_and_source() {
    let here = here();
    let (status, out, err) = run(&["holder", "--state", "RU", "--role", "foreign minister", "--on", "2013-02-02"], here.path(), b"");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("Sergey Lavrov") && out.contains("last known"), "{out}");
    let (status, out, _) =
        run(&["holder", "--json", "--state", "Ireland", "--role", "taoiseach", "--on", "20 March 2012"], here.path(), b"");
    let told = &lines(&out)[0];
    assert_eq!((status, &told["name"], &told["imported"]), (0, &"Enda Kenny".into(), &false.into()));
    for (arguments, word) in [
        (["holder", "--state", "Atlantis", "--role", "president"], "Atlantis"),
        (["holder", "--state", "RU", "--role", "juggler"], "juggler"),
    ] {
        let (status, _, err) = run(&arguments, here.path(), b"");
        assert_eq!(status, 1);
        assert!(err.contains(word), "{err}");
    }
}

#[test]
fn names_are_found_in_any_script() {
    let here = here();
    for name in ["Tokajevovi", "Токаевым", "托卡耶夫", "President Tokayev"] {
        let (status, out, _) = run(&["find", "--json", name], here.path(), b"");
        let first = &lines(&out)[0];
        assert_eq!((status, &first["qid"]), (0, &"Q200881".into()), "{name}");
    }
    let (status, out, err) = run(&["find", "Qwxyz Plmnb"], here.path(), b"");
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("Qwxyz"), "{err}");
}

#[test]
fn a_table_is_printed_again_with_three_more_columns() {
    let here = here();
    let table = "note\tdate\tState\trole\tname\na\t2007-07-16\tPoland\tPresident\tLech Kaczynski\nb\t2013-02-02\tRU\tForeign Minister\t\nc\tsoon\tRU\tPresident\tPutin\nd\t2013\n";
    let (status, out, err) = run(&["lookup", "-"], here.path(), table.as_bytes());
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "note\tdate\tState\trole\tname\tresult\tperson\tqid");
    assert_eq!(lines[1], "a\t2007-07-16\tPoland\tPresident\tLech Kaczynski\tsettled\tLech Kaczyński\tQ2757");
    assert_eq!(lines[2], "b\t2013-02-02\tRU\tForeign Minister\t\tsettled\tSergey Lavrov\tQ58217");
    assert_eq!(lines[3], "c\tsoon\tRU\tPresident\tPutin\tunknown\t\t");
    assert_eq!(lines[4], "d\t2013\t\t\t\tunknown\t\t");
    assert_eq!(status, 3);
    assert!(err.contains("standard input:4: expected a date"), "{err}");
    let (status, _, err) = run(&["lookup", "-"], here.path(), b"who\twhen\n");
    assert_eq!(status, 1);
    assert!(err.contains("expected a header"), "{err}");
}

#[test]
fn imported_facts_win_and_importing_again_changes_nothing() {
    let here = here();
    // a dump, as the API answers, and one wrong line
    let dump = format!(
        "[\n{},\n{{\"broken\n{}\n]\n",
        entity("Q990000001", "Ada Novel", "Q11696", "2027-01-20"),
        entity("Q990000002", "Bo Plain", "Q1", "2020-01-01")
    );
    std::fs::write(here.path().join("dump.json"), dump).expect("a file");
    let (status, _, err) = run(&["import", "dump.json"], here.path(), b"");
    assert_eq!(status, 3);
    assert!(err.contains("dump.json:3: expected one JSON object") && err.contains("1 persons (1 new)"), "{err}");
    // the same, packed
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&std::fs::read(here.path().join("dump.json")).expect("the dump")).expect("packed");
    std::fs::write(here.path().join("dump.json.gz"), packed.finish().expect("packed")).expect("a file");
    let (status, _, err) = run(&["import", "--into", "unpacked", "dump.json.gz"], here.path(), b"");
    assert_eq!(status, 3);
    assert!(err.contains("dump.json.gz:3: expected one JSON object") && err.contains("1 persons (1 new)"), "{err}");
    let api = format!("{{\n\"entities\": {{\"Q990000001\":\n{}}}}}", entity("Q990000001", "Ada Novel", "Q11696", "2027-01-20"));
    let (status, _, err) = run(&["import", "-"], here.path(), api.as_bytes());
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("(0 new)"), "{err}");
    let (_, out, _) = run(&["holder", "--state", "US", "--role", "president", "--on", "2027-02-01"], here.path(), b"");
    assert!(out.contains("Ada Novel") && out.contains("(imported)") && !out.contains("Trump"), "{out}");
    let (_, out, _) = run(&["find", "Ada Novel der Große"], here.path(), b"");
    assert!(out.contains("Q990000001") && out.contains("2027-01-20, last known 2026-05-01"), "{out}");
    // the tables of one folder, imported into another, are the same
    let tables: Vec<String> = ["people.tsv", "people_names.tsv", "tenures.tsv", "sources.tsv"].map(|name| format!("facts/{name}")).into();
    let mut arguments = vec!["import", "--into", "copy"];
    arguments.extend(tables.iter().map(String::as_str));
    for _ in 0..2 {
        assert_eq!(run(&arguments, here.path(), b"").0, 0);
        for name in ["people.tsv", "people_names.tsv", "tenures.tsv", "sources.tsv"] {
            let read = |folder: &str| std::fs::read(here.path().join(folder).join(name)).expect("a table");
            assert_eq!(read("facts"), read("copy"), "{name}");
        }
    }
}

#[test]
fn entities_of_followthemoney_are_joined_in_any_order() {
    let here = here();
    let lines = r#"{"id":"p1","schema":"Person","caption":"Cy Fresh","properties":{"name":["Cy Fresh","Fresh Cy"],"wikidataId":["Q990000003"],"gender":["male"]}}
{"id":"o1","schema":"Occupancy","properties":{"holder":["p1"],"post":["post1"],"startDate":["2031-03-01"]}}
{"id":"c1","schema":"Company","properties":{"name":["Nobody"]}}
{"id":"post1","schema":"Position","properties":{"name":["Minister of Foreign Affairs"],"country":["kz"]}}
{"id":"p2","schema":"Person","caption":"Di Nested","properties":{"name":["Di Nested"],"positionOccupancies":[{"id":"o2","schema":"Occupancy","properties":{"post":[{"id":"post2","schema":"Position","properties":{"name":["Prime Minister of Kyrgyzstan"],"country":["kg"]}}],"startDate":["2032"],"endDate":["2033-05"]}}]}}
"#;
    let (status, _, err) = run(&["import", "-"], here.path(), lines.as_bytes());
    assert_eq!(status, 0, "{err}");
    for (state, role, on, name) in [("KZ", "foreign minister", "2031-04-01", "Cy Fresh"), ("KG", "premier", "2033-01", "Di Nested")] {
        let (_, out, _) = run(&["holder", "--state", state, "--role", role, "--on", on], here.path(), b"");
        assert!(out.contains(name), "{out}");
    }
}
