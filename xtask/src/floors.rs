//! The order of the floors, as tests: nouns know no verbs, a verb uses only verbs before it, only readers and doors touch files.
//!
//! In: `cargo metadata` and the sources. Out: nothing. Never: an exception without a reason.

use crate::shell::{output, root};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each crate with those that it may use, from the ground up.
const FLOORS: [(&str, &[&str]); 18] = [
    ("chancery-frozen", &[]),
    ("chancery-model", &[]),
    ("chancery-language", &["chancery-frozen", "chancery-model"]),
    ("chancery-reference", &["chancery-frozen", "chancery-model"]),
    ("chancery-vocabulary", &["chancery-frozen", "chancery-language", "chancery-reference"]),
    ("chancery-read", &["chancery-model"]),
    ("chancery-extract", &["chancery-model", "chancery-language", "chancery-reference", "chancery-vocabulary"]),
    ("chancery-reconcile", &["chancery-model"]),
    ("chancery-store", &["chancery-model", "chancery-reconcile"]),
    ("chancery-export", &["chancery-model"]),
    (
        "chancery",
        &[
            "chancery-frozen",
            "chancery-model",
            "chancery-language",
            "chancery-reference",
            "chancery-vocabulary",
            "chancery-read",
            "chancery-extract",
            "chancery-reconcile",
            "chancery-store",
            "chancery-export",
        ],
    ),
    ("chancery-watch", &["chancery-read"]),
    ("chancery-access", &[]),
    ("chancery-web", &["chancery", "chancery-access"]),
    ("chancery-cli", &["chancery", "chancery-watch", "chancery-web"]),
    ("chancery-fuzz", &["chancery", "chancery-watch"]),
    ("chancery-browser", &[]),
    ("xtask", &["chancery", "chancery-fuzz"]),
];

#[test]
fn dependencies_flow_one_way() {
    let metadata = output(Command::new("cargo").args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root()))
        .expect("cargo metadata");
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let name = |value: &Value| value["name"].as_str().unwrap_or("").to_owned();
    for package in packages {
        let package_name = name(package);
        let (_, allowed) = FLOORS
            .iter()
            .find(|(floor, _)| *floor == package_name)
            .unwrap_or_else(|| panic!("{package_name} has no floor; add it to FLOORS"));
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = name(dependency);
            let own = used.starts_with("chancery") || used == "xtask";
            assert!(!own || allowed.contains(&used.as_str()), "{package_name} must not use {used}");
        }
    }
}

/// Rust files of the crates, without tests.
fn sources(crates: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = crates.iter().map(|name| root().join("crates").join(name).join("src")).collect();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name() != Some("tests".as_ref()) {
                    waiting.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") && path.file_stem() != Some("tests".as_ref()) {
                let text = std::fs::read_to_string(&path).expect("a source");
                let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned();
                found.push((path, shipped));
            }
        }
    }
    found
}

fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn stages_touch_neither_files_nor_clock_nor_environment() {
    for (path, text) in sources(&["model", "language", "reference", "vocabulary", "extract", "reconcile", "export"]) {
        for (number, line) in code_lines(&text) {
            for word in ["std::fs", "std::env::", "std::net", "SystemTime", "Instant::now", "Zoned::now", "println!", "process::exit"] {
                assert!(!line.contains(word), "{}:{number}: {word}", path.display());
            }
        }
    }
}

#[test]
fn no_language_is_named_in_rust() {
    let tags: Vec<String> = std::fs::read_dir(root().join("languages"))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('_'))
        .collect();
    assert!(!tags.is_empty());
    for (path, text) in sources(&["language", "reference", "extract", "reconcile", "export", "read", "chancery"]) {
        for (number, line) in code_lines(&text) {
            for tag in &tags {
                // a tag may also be a word, as in a list of particles of names; what is forbidden is to decide by it
                for decision in [format!("== \"{tag}\""), format!("!= \"{tag}\""), format!("\"{tag}\" =>"), format!("(\"{tag}\")")] {
                    assert!(!line.contains(&decision), "{}:{number} decides by the language {tag}", path.display());
                }
            }
        }
    }
}

#[test]
fn files_say_what_they_take_and_give_and_never_do() {
    let all = [
        "frozen",
        "model",
        "language",
        "reference",
        "vocabulary",
        "read",
        "extract",
        "reconcile",
        "store",
        "export",
        "chancery",
        "cli",
        "watch",
        "web",
        "fuzz",
        "access",
    ];
    for (path, text) in sources(&all) {
        let head: String = text.lines().take_while(|line| line.starts_with("//!")).collect::<Vec<_>>().join(" ");
        for word in ["In:", "Out:", "Never:"] {
            assert!(head.contains(word), "{}: the first lines say no {word}", Path::new(&path).display());
        }
    }
}
