//! `cargo xtask score`: readings of shared material against its gold.
//!
//! In: ../shared. Out: the public scorer's figures, and whether `chancery evaluate` agrees with them. Never: reads what it scores into
//! the project.

use crate::shell::{self, chancery, output, shared};
use anyhow::{Context, ensure};
use serde_json::Value;
use std::process::Command;

/// Languages of the translations that are read.
const TRANSLATIONS: [&str; 5] = ["en", "cs", "de", "pt", "ro"];

pub fn run() -> anyhow::Result<()> {
    let shared = shared().context("there is no folder ../shared with seeds, gold and tools; nothing to score")?;
    let command = chancery()?;
    let readings = output(Command::new(&command).args(["read", "--json"]).arg(shared.join("seeds")))?;
    let path = std::env::temp_dir().join(format!("chancery-readings-{}.jsonl", std::process::id()));
    std::fs::write(&path, readings)?;
    let gold = shared.join("gold/seeds");
    let scorer = || {
        let mut command = Command::new("python3");
        command.arg(shared.join("tools/score.py")).arg(&gold).arg(&path);
        command
    };
    shell::run(scorer().arg("--errors"))?;
    let public: Value = serde_json::from_str(&output(scorer().arg("--json"))?)?;
    let own: Value = serde_json::from_str(&output(Command::new(&command).args(["evaluate", "--json"]).arg(&gold).arg(&path))?)?;
    std::fs::remove_file(&path)?;
    let mut compared = 0;
    for (kind, row) in public.as_object().into_iter().flatten() {
        for (name, value) in row.as_object().into_iter().flatten() {
            ensure!(own[kind][name] == *value, "{kind} {name}: the public scorer says {value}, `chancery evaluate` {}", own[kind][name]);
            compared += 1;
        }
    }
    eprintln!("\n`chancery evaluate` agrees with the public scorer in all of {compared} figures.");
    let texts = shared.join("data/ntrex");
    if texts.is_dir() {
        let mut command_line = Command::new("python3");
        command_line
            .arg(shared.join("tools/score_translations.py"))
            .arg(&command)
            .arg(shared.join("gold/ntrex"))
            .arg(texts)
            .args(TRANSLATIONS);
        shell::run(&mut command_line)?;
    }
    Ok(())
}
