//! `cargo xtask screenshots`: what the pages look like, at two widths, light and dark.
//!
//! In: the command, its demo, a Chromium with its driver. Out: docs/pages/*.png, and a report of pages that are wider than their window.
//! Never: a record other than that of the examples.

use crate::browser::Browser;
use crate::pictures::few_colours;
use crate::shell::run;
use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Pages of the demo, by the name of their picture.
const PAGES: [(&str, &str); 14] = [
    ("front", "/"),
    ("contacts", "/contacts"),
    ("calendar", "/calendar?month=2024-05"),
    ("year", "/calendar?year=2024"),
    ("map", "/map?status=held&area=europe"),
    ("network", "/network?status=held"),
    ("commitments", "/commitments"),
    ("contact", "/contacts?order=doubtful"),
    ("pair", "/pair/CZ/KZ"),
    ("state", "/state/RO"),
    ("person", "/person/Petr%20Pavel"),
    ("document", "/documents"),
    ("languages", "/languages"),
    ("review", "/review"),
];
/// Pages that are reached by the first link of this beginning on another.
const FIRST_LINK: [(&str, &str); 2] = [("contact", "/entry/"), ("document", "/document/")];
const WIDTHS: [(u32, u32); 2] = [(1280, 900), (390, 844)];
const THEMES: [&str; 2] = ["light", "dark"];

/// A process that ends with the chore.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn take(command: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let record = folder.path().join("demo.db");
    run(Command::new(command).arg("demo").arg("--record").arg(&record).stdout(Stdio::null()))?;
    let serve = Command::new(command).args(["serve", "--listen", "127.0.0.1:0", "--record"]).arg(&record).stderr(Stdio::piped()).spawn();
    let mut served = Served(serve.context("the pages do not start")?);
    let told = BufReader::new(served.0.stderr.take().context("no messages")?).lines().next().context("no address")??;
    let home = told.split_whitespace().find(|word| word.starts_with("http")).context("no address")?.trim_end_matches('/').to_owned();
    let into = Path::new("docs/pages");
    std::fs::create_dir_all(into)?;
    let browser = Browser::start()?;
    let mut wide = Vec::new();
    for (name, path) in PAGES {
        browser.window(WIDTHS[0], THEMES[0])?;
        browser.open(&format!("{home}{path}"))?;
        if let Some((_, beginning)) = FIRST_LINK.iter().find(|(page, _)| *page == name) {
            let link = browser.ask(&format!("return document.querySelector('main a[href^=\"{beginning}\"]').href"))?;
            browser.open(link.as_str().context("no such link")?)?;
        }
        let address = browser.ask("return location.href")?;
        for size in WIDTHS {
            for theme in THEMES {
                browser.window(size, theme)?;
                browser.open(address.as_str().context("no address")?)?;
                let width = browser.ask("return document.documentElement.scrollWidth")?;
                if width.as_u64().is_some_and(|width| width > u64::from(size.0)) {
                    wide.push(format!("{path} is {width} wide in a window of {}", size.0));
                }
                std::fs::write(into.join(format!("{name}-{}-{theme}.png", size.0)), few_colours(&browser.picture(size)?)?)?;
            }
        }
    }
    ensure!(wide.is_empty(), "pages that are wider than their window:\n{}", wide.join("\n"));
    Ok(())
}
