//! `cargo xtask api`: whether the running API does what its description says, asked in every way that the description allows, and in
//! some that it does not (schemathesis).
//!
//! In: the command, its demo, Python. Out: what schemathesis finds. Never: a program that becomes part of the project; what is fetched
//! stays in `target/schemathesis`.

use crate::shell::{has_command, output, root, run};
use anyhow::Context;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// Questions to each address; the same in every run.
const QUESTIONS: &str = "20";

/// A process that ends with the chore.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn run_all(command: &Path) -> anyhow::Result<()> {
    if !has_command("python3") {
        eprintln!("\npython3 is missing: the description of the API was not tried (help: install python3 with its venv)");
        return Ok(());
    }
    let folder = root().join("target/schemathesis");
    let program = folder.join("bin/schemathesis");
    if !program.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(folder.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))?;
    }
    let records = tempfile::tempdir()?;
    let record = records.path().join("demo.db");
    output(Command::new(command).arg("demo").arg("--record").arg(&record))?;
    let serve = Command::new(command).args(["serve", "--listen", "127.0.0.1:0", "--record"]).arg(&record).stderr(Stdio::piped()).spawn();
    let mut served = Served(serve.context("the pages do not start")?);
    let told = BufReader::new(served.0.stderr.take().context("no messages")?).lines().next().context("no address")??;
    let home = told.split_whitespace().find(|word| word.starts_with("http")).context("no address")?;
    let mut ask = Command::new(program);
    ask.arg("run").arg(format!("{home}api/v1/openapi.json")).current_dir(records.path());
    run(ask.args(["--checks", "all", "--mode", "all", "--seed", "1", "--max-examples", QUESTIONS]))
}
