//! The command as a user runs it: real processes, their output and exit status.
//!
//! In: files in a folder of their own. Out: what the command prints. Never: another process's state.

mod common;

use common::{run, told};
use std::path::Path;
use std::process::Output;

fn chancery(arguments: &[&str], folder: &Path) -> Output {
    run(arguments, folder, b"")
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    common::lines(&told(output).1)
}

const NEWS: &str = "French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Tuesday, the Elysee said. They spoke about trade, which grew by 14 percent.";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

#[test]
fn a_text_is_read_for_machines_and_for_people() {
    let here = folder(&[("news.txt", NEWS.as_bytes())]);
    let output = chancery(&["read", "--json", "--published", "2024-03-06", "news.txt"], here.path());
    assert_eq!(output.status.code(), Some(0));
    let readings = lines(&output);
    assert_eq!(readings.len(), 1);
    let reading = &readings[0];
    assert_eq!(reading["schema"], "chancery.reading/1");
    assert_eq!((&reading["document"]["id"], &reading["document"]["language"]), (&"news".into(), &"en".into()));
    assert_eq!(reading["document"]["characters"], NEWS.chars().count());
    assert_eq!(reading["contacts"][0]["kind"], "meeting");
    assert_eq!(reading["contacts"][0]["date"], "2024-03-05");
    let (status, out, err) = told(&chancery(&["read", "--published", "2024-03-06", "news.txt"], here.path()));
    assert_eq!((status, err.as_str()), (0, ""));
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("met in Paris, France, on 5 March 2024"), "{out}");
    assert!(out.contains("^^^") && !out.contains('\u{1b}'), "{out}");
    let mentions = lines(&chancery(&["mentions", "--json", "news.txt"], here.path()));
    let percent =
        mentions[0]["mentions"].as_array().and_then(|mentions| mentions.iter().find(|mention| mention["kind"] == "percent").cloned());
    assert_eq!(percent.map(|mention| mention["value"].clone()), Some(14.into()));
}

#[test]
fn the_text_is_printed_as_stored() {
    let here = folder(&[("a.md", "---\ntitle: T\n---\n# Č\r\n".as_bytes()), ("b.txt", b"b")]);
    assert_eq!(told(&chancery(&["text", "a.md"], here.path())).1, "# Č\r\n");
    assert_eq!(told(&chancery(&["text", "a.md", "b.txt"], here.path())).1, "==> a <==\n# Č\r\n==> b <==\nb\n");
    assert_eq!(told(&run(&["text", "-"], here.path(), b"piped")).1, "piped");
}

#[test]
fn every_bad_input_has_a_clear_outcome() {
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(NEWS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut invalid = NEWS.as_bytes().to_vec();
    invalid.extend(b" caf\xE9 \xFF");
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"Short.\"}}\n", "x".repeat(100_000));
    let here = folder(&[
        ("empty.txt", b""),
        ("binary.bin", b"\x00\x01\x02\x03"),
        ("binary.txt", b"%PDF-1.4 \x00"),
        ("invalid.txt", &invalid),
        ("utf16.txt", &utf16),
        ("long.jsonl", long.as_bytes()),
        ("bad.jsonl", b"{\"text\":\"One.\"}\n{\"text\":\n{\"text\":\"Two.\"}\n"),
    ]);
    std::fs::create_dir(here.path().join("nothing")).expect("a folder");
    for (arguments, status, readings, message) in [
        (&["empty.txt"][..], 0, 0, "empty.txt: empty"),
        (&["binary.bin"], 3, 0, "binary.bin: refused: binary"),
        (&["binary.txt"], 3, 0, "a PDF"),
        (&["invalid.txt"], 0, 1, "windows-125"),
        (&["utf16.txt"], 0, 1, ""),
        (&["--max-bytes", "65536", "long.jsonl"], 3, 1, "long.jsonl:1: refused: larger than 64 KiB"),
        (&["--max-bytes", "65536", "--as", "text", "long.jsonl"], 3, 0, "larger than 64 KiB"),
        (&["bad.jsonl"], 3, 2, "bad.jsonl:2: refused: no JSON object"),
        (&["nothing"], 3, 0, "the folder has no file"),
        (&["missing.txt"], 3, 0, "missing.txt: refused: no such file or folder"),
        (&["missing.txt", "utf16.txt"], 3, 1, "no such file"),
    ] {
        let all: Vec<&str> = ["read", "--json"].into_iter().chain(arguments.iter().copied()).collect();
        let output = chancery(&all, here.path());
        let (code, _, err) = told(&output);
        assert_eq!(code, status, "{arguments:?}: {err}");
        assert_eq!(lines(&output).len(), readings, "{arguments:?}");
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
}

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let here = folder(&[("a.txt", b"a")]);
    for (arguments, status, message) in [
        (&["read"][..], 2, "INPUT"),
        (&["read", "--published", "yesterday", "a.txt"], 2, "EDTF"),
        (&["read", "--as", "pdf", "a.txt"], 2, "expected one of"),
        (&["nonsense"], 2, "unrecognized"),
        (&["read", "--languages", "none", "a.txt"], 1, "no such folder"),
        (&["language", "explain", "zz", "Text"], 1, "no language pack \"zz\""),
        (&["evaluate", "none", "a.txt"], 1, "gold files"),
        (&["evaluate", ".", "a.txt"], 1, "no gold file"),
    ] {
        let (code, _, err) = told(&chancery(arguments, here.path()));
        assert_eq!(code, status, "{arguments:?}: {err}");
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
}

#[test]
fn the_number_of_threads_and_the_order_of_documents_change_nothing() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let here = folder(&[]);
    let one = told(&chancery(&["read", "--json", "--jobs", "1", examples], here.path()));
    let four = told(&chancery(&["read", "--json", "--jobs", "4", examples], here.path()));
    assert!(one == four);
    let folders: Vec<String> = ["ro", "de"].iter().map(|tag| format!("{examples}/{tag}")).collect();
    let turned = told(&chancery(&["read", "--json", &folders[0], &folders[1]], here.path())).1;
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let all = sorted(&one.1);
    assert!(sorted(&turned).iter().all(|line| all.binary_search(line).is_ok()));
}

#[test]
fn a_new_pack_passes_its_own_check_and_reads() {
    let here = folder(&[("news.txt", NEWS.as_bytes())]);
    let (status, out, _) = told(&chancery(&["language", "new", "sw", "--languages", "packs"], here.path()));
    assert_eq!(status, 0, "{out}");
    let (status, out, _) = told(&chancery(&["language", "check", "sw", "--languages", "packs"], here.path()));
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("0 faults"), "{out}");
    // there is one already
    assert_eq!(told(&chancery(&["language", "new", "sw", "--languages", "packs"], here.path())).0, 1);
    let (_, out, _) = told(&chancery(&["language", "explain", "sw", NEWS, "--languages", "packs"], here.path()));
    assert!(out.contains("meeting.mutual"), "{out}");
    let (_, out, _) = told(&chancery(&["language", "audit", "sw", "news.txt", "--languages", "packs"], here.path()));
    assert!(out.contains("silent:"), "{out}");
    // a fault is named with its place
    let table = here.path().join("packs/sw/lexicon/figure.tsv");
    let broken = std::fs::read_to_string(&table).expect("a table") + "a*\tnone\t\t\t\n";
    std::fs::write(table, broken).expect("a table");
    let (status, out, _) = told(&chancery(&["language", "check", "sw", "--quiet", "--languages", "packs"], here.path()));
    assert_eq!(status, 1);
    assert!(out.contains("languages/sw/lexicon/figure.tsv:4"), "{out}");
}

#[test]
fn readings_are_scored() {
    let gold = r#"{"language": "en", "published": null, "contacts": [{"kind": "meeting", "status": "held", "participants": ["Emmanuel Macron", "Olaf Scholz"], "states": ["FR", "DE"], "date": "2024-03-05", "place": {"name": "Paris", "country": "FR"}}]}"#;
    let here = folder(&[("gold/news.json", gold.as_bytes()), ("news.txt", NEWS.as_bytes())]);
    let readings = chancery(&["read", "--json", "--published", "2024-03-06", "news.txt"], here.path()).stdout;
    let output = run(&["evaluate", "--json", "gold", "-"], here.path(), &readings);
    let scores = lines(&output);
    assert_eq!((&scores[0]["contacts"]["f1"], &scores[0]["contacts"]["all"]), (&1.0.into(), &1.0.into()));
    assert_eq!(scores[0]["languages"]["en"]["contacts"]["gold"], 1);
    let (_, out, _) = told(&run(&["evaluate", "--errors", "gold", "-"], here.path(), b""));
    assert!(out.contains("news\tMISSED\tcontact meeting") && out.contains("news\tNO READING"), "{out}");
}

#[test]
fn help_completions_and_the_manual_come_from_one_place() {
    let here = folder(&[]);
    assert!(told(&chancery(&["--help"], here.path())).1.contains("Exit status"));
    assert!(told(&chancery(&["read", "--help"], here.path())).1.contains("--max-bytes"));
    assert!(told(&chancery(&["completions", "bash"], here.path())).1.contains("complete -F"));
    assert!(told(&chancery(&["man"], here.path())).1.contains(".TH chancery"));
    assert!(told(&chancery(&["language", "status"], here.path())).1.contains("German"));
    assert!(told(&chancery(&["demo", "--language", "de"], here.path())).1.contains(" de)"));
}
