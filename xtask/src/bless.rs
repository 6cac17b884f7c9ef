//! `cargo xtask bless`: what the program does now becomes what is expected.
//!
//! In: snapshots, pack tests, examples. Out: the same, in which a claim that is missed is kept as "not yet" and one found beyond as
//! "wrong". Never: takes away what a person wrote is right.

use crate::shell::{self, write};
use chancery::{Library, Sources, examples, pack_tests};
use std::path::{Path, PathBuf};
use std::process::Command;

fn snapshots() -> anyhow::Result<()> {
    shell::run(Command::new("cargo").args(["test", "--package", "chancery-export", "--quiet"]).env("INSTA_UPDATE", "always"))
}

pub fn run() -> anyhow::Result<()> {
    snapshots()?;
    let sources =
        Sources { languages: Some(PathBuf::from("languages")), reference: Some(PathBuf::from("reference")), ..Sources::default() };
    let library = Library::load(&sources)?;
    for pack in library.packs() {
        let tag = &pack.settings.tag;
        for file in library.pack_files(tag).iter().filter(|file| file.path.contains("/tests/") && file.path.ends_with(".md")) {
            let path = Path::new("languages").join(&file.path);
            write(&path, &pack_tests::blessed(&file.path, &file.text, &library, tag), false)?;
        }
    }
    for example in examples::from_folder(Path::new("examples"))? {
        if !examples::run(&example, &library).is_right() {
            write(&Path::new("examples").join(format!("{}.expected", example.name)), &examples::blessed(&example, &library), false)?;
        }
    }
    eprintln!("Read the difference before you commit it: every new \"not yet\" and \"wrong\" is a fault that was taken on.");
    Ok(())
}
