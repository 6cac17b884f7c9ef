//! The chores of the project: `cargo xtask test|browser|api|bless|docs|fold|score|recognizers|kill|fuzz|map|screenshots`.
//!
//! In: the working tree. Out: test results, regenerated files, scores. Never: part of what is shipped.

mod api;
mod bless;
mod coverage;
mod docs;
#[cfg(test)]
mod floors;
mod fold;
mod fuzz;
mod kill;
mod map;
mod pictures;
mod recognizers;
mod score;
mod screenshots;
mod shell;
mod walk;

use clap::{Parser, Subcommand};
use shell::{cargo, has_cargo_command};
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of the project")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that must hold: form, lints, tests, documentation up to date
    Test {
        /// Leave out what needs a browser
        #[arg(long)]
        no_browser: bool,
    },
    /// Look at the pages with a real browser, which is installed where it is missing
    Browser,
    /// Ask the API everything that its description allows, with schemathesis, which is installed into target/ where it is missing
    Api,
    /// Accept what the program does now: snapshots, and what packs and examples expect
    Bless,
    /// Regenerate docs/commands.md, docs/languages.md, docs/reference.md, languages/*/score.toml and the output in README.md
    Docs {
        /// Change nothing; fail where something is out of date
        #[arg(long)]
        check: bool,
    },
    /// Sort the tables of the packs and fold rows that differ in one word into one with alternatives
    Fold,
    /// Score readings of the seeds and of the translations in ../shared
    Score,
    /// Kill an ingest at random moments and see that nothing is lost
    Kill {
        /// How often
        #[arg(long, default_value_t = 1000)]
        times: usize,
    },
    /// Let libFuzzer look for bytes that break a reader or a stage
    Fuzz {
        /// Targets; all where none is named
        targets: Vec<String>,
        /// Seconds for each
        #[arg(long, default_value_t = 120)]
        seconds: u64,
    },
    /// Make the outlines of states that the pages' map is drawn of (crates/web/assets/world.tsv) from public files
    Map {
        /// `countries-50m.json` of the npm package world-atlas (Natural Earth, public domain)
        outlines: PathBuf,
        /// `supplemental/codeMappings.json` of the npm package cldr-core: which ISO number is which code
        codes: PathBuf,
    },
    /// Take pictures of the pages of the demo (docs/pages), at two widths, light and dark; needs chromium and chromedriver
    Screenshots {
        /// The command to show; built where none is given
        #[arg(long, value_name = "PATH")]
        command: Option<PathBuf>,
    },
    /// Score dates, amounts and numbers on the public cases in ../shared
    Recognizers,
}

fn main() -> anyhow::Result<()> {
    std::env::set_current_dir(shell::root())?;
    match Arguments::parse().command {
        Command::Test { no_browser } => test(no_browser),
        Command::Browser => walk::run_all(),
        Command::Api => api::run_all(&shell::chancery()?),
        Command::Bless => bless::run(),
        Command::Docs { check } => docs::run(check),
        Command::Fold => fold::run(),
        Command::Score => score::run(),
        Command::Kill { times } => kill::run(times),
        Command::Fuzz { targets, seconds } => fuzz::run(&targets, seconds),
        Command::Map { outlines, codes } => map::run(&outlines, &codes),
        Command::Screenshots { command } => screenshots::take(&command.map_or_else(shell::chancery, Ok)?),
        Command::Recognizers => recognizers::run(),
    }
}

/// What continuous integration runs, and what a contributor runs before a commit.
fn test(no_browser: bool) -> anyhow::Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    if has_cargo_command("nextest") {
        cargo(&["nextest", "run", "--workspace", "--locked"])?;
        cargo(&["test", "--doc", "--workspace", "--locked"])?;
    } else {
        cargo(&["test", "--workspace", "--locked"])?;
    }
    docs::run(true)?;
    if !no_browser {
        cargo(&[
            "clippy",
            "--package",
            "chancery-browser",
            "--features",
            "browser",
            "--all-targets",
            "--locked",
            "--",
            "--deny",
            "warnings",
        ])?;
        walk::run_all()?;
        api::run_all(&shell::chancery()?)?;
    }
    eprintln!("\nAll is well.");
    Ok(())
}
