//! `chancery language`: make, check and understand packs.
//!
//! In: tags and texts. Out: reports. Never: changes a pack that is there.

use crate::arguments::{Knowledge, Language, Source};
use crate::output::Ended;
use crate::read::{documents, library};
use anyhow::Context;
use chancery::{Document, Edtf, Library, audit, check, examples, status};
use std::io::{Read, Write};
use std::path::PathBuf;

pub fn run(knowledge: &Knowledge, command: &Language) -> anyhow::Result<Ended> {
    match command {
        Language::New { tag } => new(knowledge, tag),
        Language::Check { tags, quiet } => check_packs(knowledge, tags, *quiet),
        Language::Explain { tag, text, published } => explain(knowledge, tag, text, published.clone()),
        Language::Audit { tag, source, top } => audit_pack(knowledge, tag, source, *top),
        Language::Status => {
            let library = library(knowledge)?;
            print(&status::table(&status::rows(library, &examples::built_in())))
        }
    }
}

fn print(text: &str) -> anyhow::Result<Ended> {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// Folder of the template among the packs, and the tag that stands in it.
const TEMPLATE: &str = "_template";
const TEMPLATE_TAG: &str = "xx";

fn new(knowledge: &Knowledge, tag: &str) -> anyhow::Result<Ended> {
    let is_tag = (2..=12).contains(&tag.len()) && tag.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    anyhow::ensure!(is_tag, "{tag:?} is no BCP 47 tag; expected two or three letters such as sw, or uz-Cyrl");
    let parent = knowledge.languages.clone().unwrap_or_else(|| PathBuf::from("languages"));
    let folder = parent.join(tag);
    anyhow::ensure!(!folder.exists(), "{}: there is one already", folder.display());
    let library = Library::built_in()?;
    for file in library.pack_files(TEMPLATE) {
        let path = folder.join(file.path.trim_start_matches(&format!("{TEMPLATE}/")));
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let text = file.text.replace(&format!("tag = \"{TEMPLATE_TAG}\""), &format!("tag = \"{tag}\""));
        made.and_then(|()| std::fs::write(&path, text)).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    print(&format!(
        "{}: made. Edit it by docs/packs.md, then run: chancery language check {tag} --languages {}\n",
        folder.display(),
        parent.display()
    ))
}

fn check_packs(knowledge: &Knowledge, tags: &[String], quiet: bool) -> anyhow::Result<Ended> {
    let library = library(knowledge)?;
    let all: Vec<String> = library.packs().iter().map(|pack| pack.settings.tag.clone()).collect();
    let mut out = std::io::stdout().lock();
    let mut right = true;
    for tag in if tags.is_empty() { &all } else { tags } {
        let report = check::check(library, tag)?;
        right &= report.is_right();
        for finding in &report.faults {
            writeln!(out, "{finding}")?;
        }
        for failed in &report.failed {
            writeln!(out, "{}:{}: test fails: {}", failed.test.path, failed.test.line, failed.test.title)?;
            for difference in &failed.differences {
                writeln!(out, "    {difference}")?;
            }
        }
        if quiet {
            continue;
        }
        for finding in &report.warnings {
            writeln!(out, "warning: {finding}")?;
        }
        writeln!(
            out,
            "{tag}: {} entries, {} faults, {} warnings; {} of {} tests pass",
            report.entries,
            report.faults.len(),
            report.warnings.len(),
            report.tests - report.failed.len(),
            report.tests
        )?;
    }
    Ok(if right { Ended::Done } else { Ended::Failed })
}

fn explain(knowledge: &Knowledge, tag: &str, text: &str, published: Option<Edtf>) -> anyhow::Result<Ended> {
    let library = library(knowledge)?;
    library.pack(tag)?;
    let mut words = text.to_owned();
    if text == "-" {
        words.clear();
        std::io::stdin().read_to_string(&mut words).context("standard input")?;
    }
    let document = Document { id: "explained".to_owned(), text: words, published, language: Some(tag.to_owned()), ..Document::default() };
    let mut out = String::new();
    for report in library.explain(document) {
        out.push_str(&format!("{}\n", report.stage));
        report.lines.iter().for_each(|line| out.push_str(&format!("    {line}\n")));
    }
    print(&out)
}

fn audit_pack(knowledge: &Knowledge, tag: &str, source: &Source, top: usize) -> anyhow::Result<Ended> {
    let library = library(knowledge)?;
    let pack = library.pack(tag)?;
    let mut texts: Vec<String> = Vec::new();
    let refused = documents(source, |document| {
        texts.push(document.text);
        Ok(())
    })?;
    let counts = audit::audit(pack, &library.entries(tag), texts.iter().map(String::as_str));
    let mut out = String::new();
    out.push_str(&format!("{} texts, {} entries\n\n{:>6} {:>6}  loudest\n", texts.len(), counts.len(), "times", "texts"));
    let tell = |count: &audit::Count| {
        let entry = &count.entry;
        format!("{:>6} {:>6}  {}  {} {}\n", count.times, count.texts, entry.form, entry.class, entry.value)
    };
    counts.iter().filter(|count| count.times > 0).take(top).for_each(|count| out.push_str(&tell(count)));
    let silent: Vec<&audit::Count> = counts.iter().filter(|count| count.times == 0).collect();
    out.push_str(&format!("\nsilent: {} entries\n", silent.len()));
    silent
        .iter()
        .take(top)
        .for_each(|count| out.push_str(&format!("               {}  {} {}\n", count.entry.form, count.entry.class, count.entry.value)));
    print(&out)?;
    Ok(if refused > 0 { Ended::SomeRefused } else { Ended::Done })
}
