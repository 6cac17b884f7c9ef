//! Running commands.
//!
//! In: a command. Out: its end, or its output. Never: goes on after a failure.

use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of shared material beside the project, where there is one.
pub fn shared() -> Option<PathBuf> {
    let folder = root().join("../shared");
    folder.is_dir().then_some(folder)
}

/// cargo, as it runs this.
pub fn cargo_command() -> Command {
    Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
}

/// Runs cargo and shows what it prints.
pub fn cargo(arguments: &[&str]) -> anyhow::Result<()> {
    run(cargo_command().args(arguments))
}

/// Runs a command and shows what it prints.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    eprintln!("\n+ {}", line_of(command));
    let status = command.status().with_context(|| format!("cannot start {}", line_of(command)))?;
    ensure!(status.success(), "{} ended with {status}", line_of(command));
    Ok(())
}

/// Runs a command and returns what it prints to standard output.
pub fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", line_of(command)))?;
    ensure!(output.status.success(), "{} ended with {}", line_of(command), output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| Path::new(word).file_name().unwrap_or(word).to_string_lossy()).collect();
    words.join(" ")
}

/// Whether a program is there.
pub fn has_command(name: &str) -> bool {
    Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Whether `cargo <name>` is there.
pub fn has_cargo_command(name: &str) -> bool {
    let probe = cargo_command().args([name, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok_and(|status| status.success())
}

/// Builds the `chancery` command and returns where it is.
pub fn chancery() -> anyhow::Result<PathBuf> {
    cargo(&["build", "--package", "chancery-cli", "--locked"])?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("debug").join(format!("chancery{}", std::env::consts::EXE_SUFFIX)))
}

/// Writes a file where its content changes; with `check` fails instead.
pub fn write(path: &Path, content: &str, check: bool) -> anyhow::Result<bool> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    ensure!(!check, "{} is out of date; run `cargo xtask docs`", path.display());
    std::fs::write(path, content).with_context(|| path.display().to_string())?;
    eprintln!("written: {}", path.display());
    Ok(true)
}
