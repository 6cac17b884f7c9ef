//! `cargo xtask kill`: the long form of the kill test.
//!
//! In: how often. Out: whether anything that was told as kept was lost. Never: another test than continuous integration runs.

use crate::shell;
use std::process::Command;

pub fn run(times: usize) -> anyhow::Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut test = Command::new(cargo);
    test.args(["test", "--package", "chancery-cli", "--test", "kill", "--profile", "quick", "--", "--nocapture"]);
    shell::run(test.env("CHANCERY_KILLS", times.to_string()))
}
