//! `chancery reference import`.
use crate::output::Ended;
use chancery::registry::Registry;
use std::path::{Path, PathBuf};

pub fn run(_registry: &Registry, _files: &[PathBuf], _folder: &Path) -> anyhow::Result<Ended> {
    anyhow::bail!("not yet")
}
