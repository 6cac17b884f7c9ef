//! `cargo xtask fuzz`: libFuzzer over the targets of crates/fuzz, from their seeds.
//!
//! In: targets, how long. Out: a corpus and what failed, in fuzz/. Never: part of the tests, which run the same targets on stable.

use crate::shell::{cargo_command, has_cargo_command, run as run_command};
use anyhow::{Context, ensure};
use chancery_fuzz::{TARGETS, seeds, target};
use std::path::Path;

/// Runs the targets named, or all, for so many seconds each.
pub fn run(names: &[String], seconds: u64) -> anyhow::Result<()> {
    ensure!(has_cargo_command("fuzz"), "cargo fuzz is not there; `cargo install cargo-fuzz` brings it");
    for name in names {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        ensure!(target(name).is_some(), "no target {name:?}; expected one of {}", known.join(", "));
    }
    for target in TARGETS.iter().filter(|target| names.is_empty() || names.iter().any(|name| name == target.name)) {
        let (corpus, artifacts) = (format!("fuzz/corpus/{}", target.name), format!("fuzz/artifacts/{}/", target.name));
        std::fs::create_dir_all(&corpus).context("fuzz/corpus")?;
        std::fs::create_dir_all(&artifacts).context("fuzz/artifacts")?;
        for (number, seed) in seeds(target).iter().enumerate() {
            std::fs::write(Path::new(&corpus).join(format!("seed-{number:03}")), seed)?;
        }
        let limits = [format!("-max_total_time={seconds}"), "-timeout=10".to_owned(), "-rss_limit_mb=2048".to_owned()];
        let artifacts = format!("-artifact_prefix={artifacts}");
        let mut arguments = vec!["fuzz", "run", "--sanitizer", "none", "any_target", &corpus, "--", &artifacts, "-max_len=65536"];
        arguments.extend(limits.iter().map(String::as_str));
        // the coverage that libFuzzer is led by is not stable yet
        run_command(cargo_command().args(&arguments).env("RUSTC_BOOTSTRAP", "1").env("CHANCERY_FUZZ_TARGET", target.name))
            .with_context(|| format!("{} does not hold; the bytes are in fuzz/artifacts", target.name))?;
    }
    Ok(())
}
