//! `chancery watch`: feeds, polled, and their pages read into the record.
//!
//! In: FEEDS.toml, the network, a record. Out: the record with what was fetched, messages. Never: asks the network for anything else.

use crate::arguments::Knowledge;
use crate::arguments::watch::Watch as Asked;
use crate::output::{self, Ended};
use crate::read::{library, pool, sources};
use crate::record::ingest::settle;
use crate::run;
use anyhow::Context;
use chancery::record::{self, Became, Keeping, Store};
use chancery::source::{Bytes, Input, Meter, Options, jobs, read_ahead};
use chancery_watch::door::SystemNames;
use chancery_watch::settings::{self, Settings};
use chancery_watch::{Listener, Sum, Watch};
use indicatif::ProgressBar;
use rayon::ThreadPool;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

pub fn watch(knowledge: &Knowledge, asked: &Asked) -> anyhow::Result<Ended> {
    if let Some(subscriptions) = &asked.import {
        return import(subscriptions, &asked.feeds);
    }
    let told = anyhow::Error::msg;
    let mut settings = Settings::load(&asked.feeds).map_err(told)?;
    settings.keep = asked.keep.clone().or(settings.keep);
    anyhow::ensure!(!settings.feeds.is_empty(), "{}: no [[feed]] in it", asked.feeds.display());
    let mut watch = Watch::open(&asked.feeds, settings, Arc::new(SystemNames)).map_err(told)?;
    if asked.dry_run {
        watch.survey().iter().for_each(|line| println!("{line}"));
        return Ok(Ended::Done);
    }
    run::heed_stops();
    let record = &asked.place.record;
    let store = Store::create(record).with_context(|| record.display().to_string())?;
    let mut taker = Taker { knowledge, store, pool: pool(0)?, bar: output::progress_beside_messages(), refused: 0 };
    let (mut left, mut failed) = (asked.limit, 0);
    loop {
        let round = chancery_watch::Asked { limit: left, all: asked.once };
        let sum = watch.round(&round, &run::STOP, &mut taker).map_err(told)?;
        failed += sum.failed;
        left = left.map(|left| left.saturating_sub(sum.pages));
        taker.bar.set_message("");
        let ended = if failed + taker.refused > 0 { Ended::SomeRefused } else { Ended::Done };
        match watch.due() {
            _ if sum.stopped => {
                taker.hear("stopped; the same command goes on");
                return Ok(Ended::Stopped);
            }
            Some(due) if !asked.once && left != Some(0) => {
                if !sleep_until(SystemTime::from(due)) {
                    return Ok(Ended::Stopped);
                }
            }
            _ => return Ok(ended),
        }
    }
}

/// Waits; says whether nobody wanted it to end meanwhile.
fn sleep_until(moment: SystemTime) -> bool {
    // the clock may be set, and a round without anything due costs something
    while !run::STOP.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(500));
        if moment <= SystemTime::now() {
            return true;
        }
    }
    false
}

/// Adds the feeds of another reader's subscriptions to FEEDS.toml, which is made where there is none.
fn import(subscriptions: &Path, feeds: &Path) -> anyhow::Result<Ended> {
    let place = || subscriptions.display().to_string();
    let opml = std::fs::read(subscriptions).with_context(place)?;
    let found = settings::subscriptions(&String::from_utf8_lossy(&opml)).map_err(anyhow::Error::msg).with_context(place)?;
    let start = "# who asks: an address of the web or of mail by which a site finds you\ncontact = \"\"\n";
    let known = std::fs::read_to_string(feeds).unwrap_or_default();
    let is_new = known.is_empty() && !feeds.exists();
    let addresses =
        settings::addresses(if is_new { start } else { &known }).map_err(|error| anyhow::anyhow!("{}: {error}", feeds.display()))?;
    let (text, count) = settings::import(&found, &addresses);
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(feeds).with_context(|| feeds.display().to_string())?;
    file.write_all(if is_new { start } else { "" }.as_bytes())?;
    file.write_all(text.as_bytes())?;
    let more = if is_new { "; write into it who asks (`contact`)" } else { "" };
    eprintln!("chancery: {count} of {} feeds are new in {}{more}", found.len(), feeds.display());
    Ok(Ended::Done)
}

/// Takes what was fetched into the record.
struct Taker<'k> {
    knowledge: &'k Knowledge,
    store: Store,
    pool: Arc<ThreadPool>,
    bar: ProgressBar,
    refused: usize,
}

impl Listener for Taker<'_> {
    fn take_in(&mut self, file: &Path) -> Result<(), String> {
        self.ingest(file).map_err(|error| format!("{error:#}"))
    }

    fn hear(&mut self, message: &str) {
        self.bar.suspend(|| eprintln!("chancery: {message}"));
    }

    fn see(&mut self, sum: &Sum) {
        self.bar.tick();
        self.bar.set_message(format!("{} feeds asked, {} pages fetched, {} failed", sum.feeds, sum.pages, sum.failed));
    }
}

impl Taker<'_> {
    fn ingest(&mut self, file: &Path) -> anyhow::Result<()> {
        let options = Options { bytes: Bytes::Kept, ..Options::default() };
        let mut items = read_ahead(jobs(vec![Input::Path(file.to_owned())], options, &Meter::default()), self.pool.clone());
        let reader = record::reader(&sources(self.knowledge))?;
        let how = record::Ingest { reader, limit: None, keeping: Keeping::Kept, threads: Some(&self.pool) };
        let bar = self.bar.clone();
        let mut tell = |batch: &[record::Told]| {
            for told in batch.iter().filter(|told| told.became == Became::Refused) {
                bar.suspend(|| eprintln!("chancery: {}: refused: {}", told.source, told.notes.join("; ")));
            }
        };
        let sum = record::ingest(&mut self.store, library(self.knowledge)?, &mut items, &how, &mut tell)?;
        self.refused += sum.count(Became::Refused);
        self.bar.suspend(|| settle(&mut self.store, self.knowledge, &crate::record::ingest::told(&sum)))
    }
}
