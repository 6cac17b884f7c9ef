//! A run over the items of a source: how far it is, what is left out, where it was stopped.
//!
//! In: a source. Out: its items, a bar on a terminal, and how to go on. Never: ends in the middle of an item, but where it is told so
//! twice.

use crate::arguments::{Portion, Source};
use crate::output;
use chancery::source::{Input, Item, Items, Meter, Options, jobs, read_ahead};
use indicatif::ProgressBar;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody wants the run to end.
pub static STOP: AtomicBool = AtomicBool::new(false);

/// Items on their way.
pub struct Run {
    items: Items,
    meter: Meter,
    bar: ProgressBar,
    skipped: usize,
    left: usize,
    taken: usize,
    refused: usize,
    passed_over: BTreeMap<String, usize>,
    stopped: bool,
}

impl Run {
    /// The items of a source, read ahead of who takes them.
    pub fn over(source: &Source, options: Options, portion: &Portion, bar: ProgressBar, pool: &Arc<ThreadPool>) -> Run {
        let (inputs, meter) = (inputs(source), Meter::default());
        let total = if bar.is_hidden() { None } else { inputs.iter().map(size).sum() };
        let items = read_ahead(jobs(inputs, options, &meter), pool.clone());
        let mut run = Run::of(Box::new(items.skip(portion.skip)), output::measured(bar, total));
        (run.meter, run.skipped, run.left) = (meter, portion.skip, portion.limit.unwrap_or(usize::MAX));
        run
    }

    /// Items that come from elsewhere.
    pub fn of(items: Items, bar: ProgressBar) -> Run {
        heed_stops();
        let (meter, passed_over) = (Meter::default(), BTreeMap::new());
        Run { items, meter, bar, skipped: 0, left: usize::MAX, taken: 0, refused: 0, passed_over, stopped: false }
    }

    /// Where messages have to be told so that they do not disturb the bar.
    pub fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Tells what was passed over, and where the run was stopped; says whether it was.
    pub fn end(self) -> bool {
        self.bar.finish_and_clear();
        if !self.passed_over.is_empty() {
            let mut reasons: Vec<(&String, &usize)> = self.passed_over.iter().collect();
            reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let told: Vec<String> = reasons.iter().take(3).map(|(reason, count)| format!("{count} {reason}")).collect();
            let more = if reasons.len() > 3 { ", ..." } else { "" };
            let all: usize = self.passed_over.values().sum();
            eprintln!("chancery: {all} items were passed over ({}{more}); --as text reads files whatever their names", told.join(", "));
        }
        self.stopped
    }

    /// How many items there were up to here, from the beginning of the inputs.
    pub fn position(&self) -> usize {
        self.skipped + self.taken
    }

    /// How many of them were refused.
    pub fn refused(&self) -> usize {
        self.refused
    }

    fn show(&self) {
        if !self.bar.is_hidden() {
            self.bar.set_position(self.meter.bytes());
            let rate = self.taken as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
            let share = 100.0 * self.refused as f64 / self.taken.max(1) as f64;
            self.bar.set_message(format!("{} items, {rate:.0} a second, {share:.1} % refused", self.taken));
        }
    }
}

impl Iterator for Run {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.stopped |= STOP.load(Ordering::Relaxed);
        if self.stopped || self.left == 0 {
            return None;
        }
        let item = self.items.next()?;
        self.taken += 1;
        self.left -= 1;
        match &item {
            Item::Refused { .. } => self.refused += 1,
            Item::PassedOver { reason, .. } => *self.passed_over.entry(reason.clone()).or_default() += 1,
            Item::Read { .. } | Item::Empty { .. } => {}
        }
        self.show();
        Some(item)
    }
}

/// From here on Ctrl-C ends the run after what is in hand, and a second one at once.
pub fn heed_stops() {
    // where no handler can be set, the run ends as others do
    _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(output::STOPPED.into());
        }
    });
}

/// What a source names.
pub fn inputs(source: &Source) -> Vec<Input> {
    source.inputs.iter().map(|path| if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path.clone()) }).collect()
}

/// How many bytes an input has; `None` where nobody knows before it is read.
fn size(input: &Input) -> Option<u64> {
    fn below(path: &Path, depth: usize) -> Option<u64> {
        let metadata = std::fs::metadata(path).ok()?;
        if !metadata.is_dir() || depth == 0 {
            return Some(metadata.len());
        }
        Some(std::fs::read_dir(path).ok()?.flatten().filter_map(|entry| below(&entry.path(), depth - 1)).sum())
    }
    match input {
        Input::Stdin => None,
        Input::Path(path) => below(path, 64),
    }
}
