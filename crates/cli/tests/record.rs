//! The commands of the record as a user runs them: real processes, their output and exit status.
//!
//! In: news items written here, in a folder of their own. Out: what the commands print. Never: another process's state.

mod common;

use common::{lines, told};
use std::path::Path;

fn chancery(arguments: &[&str], folder: &Path) -> (i32, String, String) {
    run(arguments, folder, b"")
}

fn run(arguments: &[&str], folder: &Path, input: &[u8]) -> (i32, String, String) {
    told(&common::run(arguments, folder, input))
}

const ENGLISH: &str = "---\npublished: 2024-03-06\nurl: https://daily.example/a\n---\nFrench President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Tuesday, the Elysee said.\n\n\"Our friendship is strong,\" Macron said.\n";
const GERMAN: &str = "---\npublished: 2024-03-06\nurl: https://zeitung.example/b\n---\nBundeskanzler Olaf Scholz ist am Dienstag in Paris mit dem französischen Präsidenten Emmanuel Macron zusammengetroffen.\n";
const CZECH: &str = "---\npublished: 2024-04-02\nurl: https://noviny.example/c\n---\nČeský premiér Petr Fiala telefonoval v pondělí s ukrajinským prezidentem Volodymyrem Zelenským.\n";

/// A folder with three news items of two events, in three languages.
fn news() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().join("news");
    std::fs::create_dir(&at).expect("a folder");
    for (name, text) in [("paris.md", ENGLISH), ("paris-de.md", GERMAN), ("telefon.md", CZECH)] {
        std::fs::write(at.join(name), text).expect("a file");
    }
    folder
}

/// Every list of the record as JSON.
fn dump(folder: &Path, record: &str) -> String {
    let list = |list: &str| chancery(&[list, "--json", "--record", record], folder).1;
    ["contacts", "statements", "commitments", "figures", "standings"].map(list).concat()
}

#[test]
fn what_many_documents_say_becomes_one_record() {
    let here = news();
    let (status, out, err) = chancery(&["ingest", "news"], here.path());
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("3 items: 3 new, 0 refused"), "{err}");
    let contacts = lines(&chancery(&["contacts", "--json"], here.path()).1);
    assert_eq!(contacts.len(), 2, "{contacts:#?}");
    let meeting = contacts.iter().find(|contact| contact["kind"] == "meeting").expect("a meeting");
    assert_eq!(meeting["schema"], "chancery.entry/1");
    assert_eq!((&meeting["date"], &meeting["support"]["sources"]), (&"2024-03-05".into(), &2.into()));
    let id = meeting["id"].as_str().expect("an id");
    let claim = meeting["claims"][0]["claim"].as_str().expect("an id");
    for asked in [id, claim, &id[..8]] {
        let (status, page, err) = chancery(&["show", asked], here.path());
        assert_eq!(status, 0, "{asked}: {err}");
        let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("met in Paris, France, on 5 March 2024"), "{page}");
        assert!(page.contains("Bundeskanzler Olaf Scholz") && page.contains("^^^^"), "{page}");
        assert!(page.contains("2 independent sources"), "{page}");
    }
    assert!(chancery(&["show", id, "--why"], here.path()).1.contains("Why they are one"));
    assert_eq!(chancery(&["show", "e-nobody"], here.path()).0, 1);
}

#[test]
fn filters_are_the_same_everywhere() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    for (arguments, found) in [
        (&["contacts"][..], 2),
        (&["contacts", "--state", "FR"], 1),
        (&["contacts", "--state", "Germany", "--state", "fr"], 1),
        (&["contacts", "--state", "FR", "--state", "UA"], 0),
        (&["contacts", "--person", "Fialou"], 1),
        (&["contacts", "--person", "Зеленський"], 1),
        (&["contacts", "--person", "Nobody Whatever"], 0),
        (&["contacts", "--kind", "call", "--kind", "letter"], 1),
        (&["contacts", "--status", "planned"], 0),
        (&["contacts", "--since", "2024-04"], 1),
        (&["contacts", "--until", "2024-03"], 1),
        (&["contacts", "--language", "de"], 1),
        (&["contacts", "--known-on", "2024-03-31"], 1),
        (&["contacts", "--limit", "1"], 1),
        (&["contacts", "--offset", "1"], 1),
        (&["timeline", "FR", "DE", "--kind", "meeting"], 1),
    ] {
        let all: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let (status, out, err) = chancery(&all, here.path());
        assert_eq!((status, lines(&out).len()), (0, found), "{arguments:?}: {out}{err}");
    }
    let (_, table, err) = chancery(&["contacts", "--limit", "1"], here.path());
    assert!(table.starts_with("date") && table.lines().count() == 2 && err.contains("1 more"), "{table}{err}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let (_, csv, _) = chancery(&["contacts", "--csv"], here.path());
    assert!(csv.starts_with("id,date,kind,status,states,participants") && csv.lines().count() == 3, "{csv}");
    assert_eq!(chancery(&["contacts", "--since", "XXXX-03-01"], here.path()).0, 1);
    assert_eq!(chancery(&["contacts", "--since", "soon"], here.path()).0, 2);
}

#[test]
fn words_are_found_in_any_script() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    let (_, out, _) = chancery(&["search", "PREZIDENTEM", "zelenskym"], here.path());
    assert!(out.contains("telefon  cs · 2024-04-02") && out.contains("^^^^^^^^^^^"), "{out}");
    // names of states in another language, names of persons in another script and spelling
    for (asked, found) in [("Ukrajina", "entry"), ("Зеленський", "entry"), ("Selenskyj", "entry"), ("Francie", "entry")] {
        assert!(chancery(&["search", "--json", asked], here.path()).1.contains(&format!("\"found\":\"{found}\"")), "{asked}");
    }
    assert_eq!(chancery(&["search", "--json", "Zelený"], here.path()).1, "");
    let found = lines(&chancery(&["search", "--json", "Macron"], here.path()).1);
    assert!(found.iter().any(|found| found["found"] == "entry") && found.iter().any(|found| found["found"] == "document"));
    let (status, out, err) = chancery(&["search", "nowhere"], here.path());
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(err.contains("no entry and no document"), "{err}");
}

#[test]
fn ingesting_again_changes_nothing_and_a_new_text_is_a_new_version() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    let (dump_before, file_before) = (dump(here.path(), "chancery.db"), std::fs::read(here.path().join("chancery.db")).expect("a record"));
    let (status, _, err) = chancery(&["ingest", "news", "news/paris.md"], here.path());
    assert!(status == 0 && err.contains("4 items: 4 unchanged"), "{err}");
    assert_eq!(dump(here.path(), "chancery.db"), dump_before);
    assert_eq!(std::fs::read(here.path().join("chancery.db")).expect("a record"), file_before);
    std::fs::write(here.path().join("news/telefon.md"), CZECH.replace("telefonoval v pondělí s", "jednal v pondělí v Praze s"))
        .expect("a file");
    let (_, _, err) = chancery(&["ingest", "news"], here.path());
    assert!(err.contains("1 changed, 2 unchanged"), "{err}");
    let contacts = lines(&chancery(&["contacts", "--json", "--state", "UA"], here.path()).1);
    assert_eq!((contacts.len(), &contacts[0]["kind"]), (1, &"meeting".into()));
    let (status, out, _) = chancery(&["rebuild"], here.path());
    assert!(status == 0 && out.contains("the same to the byte"), "{out}");
}

#[test]
fn a_withdrawn_document_counts_no_more_and_stays() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    let before = dump(here.path(), "chancery.db");
    let (status, _, err) = chancery(&["ingest", "--withdraw", "telefon", "--reason", "retracted"], here.path());
    assert_eq!(status, 0, "{err}");
    assert_eq!(lines(&chancery(&["contacts", "--json"], here.path()).1).len(), 1);
    assert_eq!(chancery(&["search", "Fiala"], here.path()).1, "");
    let (status, _, err) = chancery(&["ingest", "news"], here.path());
    assert!(status == 3 && err.contains("was withdrawn") && err.contains("--restore telefon"), "{err}");
    assert_eq!(chancery(&["ingest", "--restore", "telefon"], here.path()).0, 0);
    assert_eq!(dump(here.path(), "chancery.db"), before);
    assert_eq!(chancery(&["ingest", "--withdraw", "nothing"], here.path()).0, 1);
    assert_eq!(chancery(&["ingest"], here.path()).0, 2);
}

#[test]
fn the_ledger_tells_what_became_of_every_input() {
    let here = news();
    let write = |text: &str| std::fs::write(here.path().join("news/bad.jsonl"), text).expect("a file");
    write("{\"text\":\"Nothing of note.\",\"id\":\"one\"}\n{\"text\":\n");
    std::fs::write(here.path().join("news/empty.txt"), " ").expect("a file");
    let (status, _, err) = chancery(&["ingest", "news"], here.path());
    assert!(status == 3 && err.contains("bad.jsonl:2: refused: no JSON object"), "{err}");
    assert_eq!(chancery(&["ledger"], here.path()).1, "6 items: 4 read, 1 empty, 1 refused\n");
    let (_, failed, _) = chancery(&["ledger", "--failed"], here.path());
    assert!(failed.contains("news/bad.jsonl:2") && failed.contains("no JSON object") && failed.lines().count() == 2, "{failed}");
    assert_eq!(lines(&chancery(&["ledger", "--json"], here.path()).1).len(), 6);
    let (status, _, err) = chancery(&["ledger", "--retry"], here.path());
    assert!(status == 3 && err.contains("1 item read once more, 1 refused again"), "{err}");
    write("{\"text\":\"Nothing of note.\",\"id\":\"one\"}\n{\"text\":\"Nothing else.\",\"id\":\"two\"}\n");
    let (status, _, err) = chancery(&["ledger", "--retry"], here.path());
    assert!(status == 0 && err.contains("1 item read once more, 0 refused again"), "{err}");
    assert_eq!(chancery(&["ledger"], here.path()).1, "6 items: 5 read, 1 empty, 0 refused\n");
}

#[test]
fn files_of_one_name_are_two_documents() {
    let here = tempfile::tempdir().expect("a folder");
    for (name, text) in [("a/01.md", ENGLISH), ("b/01.md", CZECH)] {
        let path = here.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text.replace("url: https://", "title: ")).expect("a file");
    }
    let (_, out, _) = chancery(&["ingest", "--json", "a", "b"], here.path());
    let ids: Vec<_> = lines(&out).iter().map(|line| line["document"].clone()).collect();
    assert_eq!(ids, ["01", "b/01"]);
    let parts = tempfile::tempdir().expect("a folder");
    let record = parts.path().join("parts.db").display().to_string();
    for part in ["a", "b"] {
        chancery(&["ingest", "--record", &record, part], here.path());
    }
    assert_eq!(dump(here.path(), &record), dump(here.path(), "chancery.db"));
    let piped = |text: &[u8]| lines(&run(&["ingest", "--json", "-"], here.path(), text).1)[0]["document"].clone();
    assert_ne!(piped(b"One text."), piped(b"Another text."));
}

#[test]
fn judgements_outlive_a_rebuild_and_can_be_undone() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    let before = dump(here.path(), "chancery.db");
    let contacts = lines(&before);
    let meeting = contacts.iter().find(|contact| contact["kind"] == "meeting").expect("a meeting");
    let claims: Vec<&str> = meeting["claims"].as_array().expect("claims").iter().filter_map(|claim| claim["claim"].as_str()).collect();
    let by = ["--author", "Someone", "--reason", "read both"];
    let judge = |arguments: &[&str]| {
        let all: Vec<&str> = ["review"].iter().chain(arguments).chain(&by).copied().collect();
        chancery(&all, here.path())
    };
    let count = || lines(&chancery(&["contacts", "--json"], here.path()).1).len();
    assert_eq!(judge(&["split", claims[0], claims[1]]).0, 0);
    assert_eq!(count(), 3);
    assert_eq!(judge(&["undo", "1"]).0, 0);
    assert_eq!(dump(here.path(), "chancery.db"), before);
    assert_eq!(judge(&["reject", claims[0]]).0, 0);
    let support =
        |dump: &str| lines(dump).iter().find(|entry| entry["kind"] == "meeting").map(|entry| entry["support"]["documents"].clone());
    assert_eq!(support(&dump(here.path(), "chancery.db")), Some(1.into()));
    let after = dump(here.path(), "chancery.db");
    assert!(chancery(&["rebuild", "--read"], here.path()).1.contains("the same to the byte"));
    assert_eq!(dump(here.path(), "chancery.db"), after);
    let (status, log, err) = chancery(&["review", "log"], here.path());
    assert!(
        status == 0 && log.contains("undone") && log.contains("Someone") && err.contains("3 judgements; the chain of hashes is whole"),
        "{log}{err}"
    );
    assert_eq!(lines(&chancery(&["review", "log", "--json"], here.path()).1).len(), 3);
    chancery(&["ingest", "--withdraw", "paris", "paris-de"], here.path());
    assert_eq!(judge(&["undo", "7"]).0, 1);
    assert_eq!(chancery(&["review", "accept", "e-1"], here.path()).0, 2);
}

#[test]
fn what_is_no_record_is_told() {
    let here = news();
    std::fs::write(here.path().join("other.db"), "no record at all, but a text").expect("a file");
    for (arguments, message) in [
        (&["contacts"][..], "no such record"),
        (&["contacts", "--record", "other.db"], "not a record of Chancery"),
        (&["ingest", "--record", "other.db", "news"], "not a record of Chancery"),
        (&["ingest", "--record", "nowhere/a.db", "news"], "cannot be opened"),
    ] {
        let (status, out, err) = chancery(arguments, here.path());
        assert_eq!((status, out.as_str()), (1, ""), "{arguments:?}");
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
    assert_eq!(std::fs::read(here.path().join("other.db")).expect("a file"), b"no record at all, but a text");
    let (status, _, err) = chancery(&["ingest", "--dry-run", "news"], here.path());
    assert!(status == 0 && err.contains("3 new, 0 refused; nothing was kept"), "{err}");
    assert!(!here.path().join("chancery.db").exists());
}

#[cfg(unix)]
#[test]
fn where_the_system_lets_nothing_be_written_what_was_kept_stays() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    let before = dump(here.path(), "chancery.db");
    let line = |number: usize| serde_json::json!({"id": number.to_string(), "text": format!("{ENGLISH} {number}")}).to_string() + "\n";
    std::fs::write(here.path().join("more.jsonl"), (0..300).map(line).collect::<String>()).expect("a file");
    let limited = format!("trap '' XFSZ; ulimit -f 600; exec {} ingest more.jsonl", env!("CARGO_BIN_EXE_chancery"));
    let (status, _, err) =
        told(&std::process::Command::new("sh").args(["-c", &limited]).current_dir(here.path()).output().expect("a shell"));
    assert!(status == 1 && err.contains("refuses to read or write the record") && err.contains("limit on the size of files"), "{err}");
    assert_eq!(chancery(&["ledger"], here.path()).1, "3 items: 3 read, 0 empty, 0 refused\n");
    assert!(chancery(&["rebuild"], here.path()).1.contains("the same to the byte"));
    assert_eq!(dump(here.path(), "chancery.db"), before);
}

/// What people see, with confidences and times of day left open.
fn shown(arguments: &[&str], folder: &Path) -> String {
    let (_, out, err) = chancery(arguments, folder);
    let open = |word: &str| match word.parse::<f64>() {
        Ok(_) if word.starts_with("0.") => word.chars().map(|character| if character.is_ascii_digit() { 'n' } else { character }).collect(),
        _ if word.len() == 20 && word.ends_with('Z') && word.contains('T') => "<time>".to_owned(),
        _ => word.to_owned(),
    };
    let line = |line: &str| line.split(' ').map(open).collect::<Vec<_>>().join(" ") + "\n";
    format!(
        "$ chancery {}\n{}{}",
        arguments.join(" "),
        out.lines().map(line).collect::<String>(),
        err.lines().map(line).collect::<String>()
    )
}

#[test]
fn what_people_see() {
    let here = news();
    chancery(&["ingest", "news"], here.path());
    let contacts = lines(&chancery(&["contacts", "--json", "--kind", "meeting"], here.path()).1);
    let id = contacts[0]["id"].as_str().expect("an id");
    let pages: Vec<String> = [
        &["contacts"][..],
        &["contacts", "--state", "XX"],
        &["timeline", "FR", "DE", "--limit", "2"],
        &["show", id],
        &["search", "paris"],
        &["review", "accept", id, "--author", "Someone", "--reason", "read both"],
        &["review", "list"],
        &["review", "log"],
        &["rebuild"],
    ]
    .iter()
    .map(|arguments| shown(arguments, here.path()))
    .collect();
    insta::assert_snapshot!(pages.join("\n"));
}
