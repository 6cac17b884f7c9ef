//! `cargo xtask screenshots`: what the pages look like, at two widths, light and dark.
//!
//! In: the command, a Chromium with its driver. Out: docs/pages/*.png. Never: takes the pictures itself; the package of the browser's
//! tests does.

use crate::pictures::few_colours;
use crate::shell::{cargo_command, run};
use anyhow::Context;
use std::path::Path;

pub fn take(command: &Path) -> anyhow::Result<()> {
    let taken = tempfile::tempdir()?;
    let mut take = cargo_command();
    take.args(["run", "--package", "chancery-browser", "--features", "browser", "--locked", "--bin", "pictures", "--"]).arg(taken.path());
    run(take.env("CHANCERY", command.canonicalize().with_context(|| command.display().to_string())?))?;
    let into = Path::new("docs/pages");
    std::fs::create_dir_all(into)?;
    for file in std::fs::read_dir(taken.path())? {
        let file = file?;
        std::fs::write(into.join(file.file_name()), few_colours(&std::fs::read(file.path())?)?)?;
    }
    Ok(())
}
