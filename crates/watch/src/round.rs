//! A round over the feeds.
//!
//! In: settings, the state, who takes in what was fetched. Out: the state after it, messages. Never: loses what was fetched, or asks
//! twice for what is kept.

use crate::address;
use crate::door::{Answer, Door, Failure, Names, Question};
use crate::entries;
use crate::keep::{self, Lot, Shelf};
use crate::pace::{later, retry_after};
use crate::plan::{Next, Plan, Task, What};
use crate::robots::MOST_BYTES;
use crate::settings::{Feed, Settings, Take};
use crate::state::{Entry, Event, HostState, Listed, State, Validators, origin, page};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Answers that are taken in at a time.
const LOT: usize = 50;
/// How soon a stop is seen.
const TICK: Duration = Duration::from_millis(200);
/// How long a robots.txt holds, and how long is waited for one that cannot be had.
const ROBOTS_HOLD: SignedDuration = SignedDuration::from_hours(24);
const ROBOTS_MISSING: SignedDuration = SignedDuration::from_hours(1);

const OF_FEEDS: &[&str] = &["rss", "atom", "xml", "json", "html", "text/plain", "octet-stream"];
const OF_PAGES: &[&str] = &["html", "text/plain", "xml"];
const OF_ROBOTS: &[&str] = &["text", "octet-stream"];

/// What a round does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// Pages that are fetched at the most.
    pub limit: Option<usize>,
    /// Whether feeds are asked that are not due, but for those that failed.
    pub all: bool,
}

/// How a round ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// Feeds that were asked.
    pub feeds: usize,
    /// Pages that were fetched.
    pub pages: usize,
    /// Feeds and pages that could not be had.
    pub failed: usize,
    /// Pages that wait for a later round.
    pub waiting: usize,
    /// Whether somebody wanted it to end.
    pub stopped: bool,
}

/// Who hears of a round.
pub trait Listener {
    /// Takes in a file of what was fetched.
    ///
    /// # Errors
    /// Where it could not; the round ends, and the file is given again in the next.
    fn take_in(&mut self, file: &Path) -> Result<(), String>;
    /// Hears something.
    fn hear(&mut self, message: &str);
    /// Sees how far it is.
    fn see(&mut self, _: &Sum) {}
}

/// Feeds that are watched.
pub struct Watch {
    settings: Settings,
    path: PathBuf,
    keep: PathBuf,
    state: State,
    door: Arc<Door>,
    /// Held as long as this lives: nobody else watches them meanwhile.
    _lock: File,
}

/// What one feed came to.
#[derive(Default)]
struct Tally {
    listed: Listed,
    unchanged: bool,
    fetched: usize,
    failed: usize,
}

impl Watch {
    /// Opens the feeds of a file.
    ///
    /// # Errors
    /// Where something of it cannot be read, or another process watches them.
    pub fn open(path: &Path, settings: Settings, names: Arc<dyn Names>) -> Result<Watch, String> {
        let keep = settings.keep.clone().unwrap_or_else(|| path.with_extension("kept"));
        let told = |path: &Path| {
            let shown = path.display().to_string();
            move |error: io::Error| format!("{shown}: {error}")
        };
        std::fs::create_dir_all(&keep).map_err(told(&keep))?;
        let lock = keep.join(".lock");
        let file = File::create(&lock).map_err(told(&lock))?;
        file.try_lock().map_err(|_| format!("{}: another process watches these feeds", path.display()))?;
        let path = path.with_extension("state.json");
        let state = State::load(&path).map_err(told(&path))?;
        let door = Arc::new(Door::new(&settings, names)?);
        Ok(Watch { settings, path, keep, state, door, _lock: file })
    }

    /// When the next feed is due, or the next page; none where nothing is watched.
    pub fn due(&self) -> Option<Timestamp> {
        let feeds = self.settings.feeds.iter().filter_map(|feed| match self.state.feeds.get(&feed.url) {
            None => Some(Timestamp::UNIX_EPOCH),
            Some(known) if known.gone => None,
            Some(known) => Some(known.waiting.iter().map(|waiting| waiting.after).chain([known.next]).min().unwrap_or(known.next)),
        });
        feeds.min()
    }

    /// What a round would do.
    pub fn survey(&self) -> Vec<String> {
        let line = |feed: &Feed| match self.state.feeds.get(&feed.url) {
            None => format!("{}: was never asked", feed.shown()),
            Some(known) if known.gone => format!("{}: is gone for good", feed.shown()),
            Some(known) => {
                let failures = if known.failures > 0 { format!(", {} failures in a row", known.failures) } else { String::new() };
                let (seen, waiting) = (known.seen.len(), known.waiting.len());
                format!("{}: {seen} entries known, {waiting} pages to be fetched, asked next at {:.0}{failures}", feed.shown(), known.next)
            }
        };
        self.settings.feeds.iter().map(line).collect()
    }

    /// Gives what was kept and maybe not taken in, and takes over what it changes.
    fn recover(&mut self, listener: &mut dyn Listener) -> Result<(), String> {
        for left in keep::left(&self.keep, self.state.lot.as_deref()).map_err(|error| format!("{}: {error}", self.keep.display()))? {
            for event in &left.events {
                self.take(event);
            }
            if !left.events.is_empty() {
                listener.hear(&format!("{} answers were kept and are taken in now", left.events.len()));
            }
            if let Some(pages) = &left.pages {
                listener.take_in(pages)?;
            }
            self.state.lot = Some(left.name);
            self.save()?;
        }
        Ok(())
    }

    fn take(&mut self, event: &Event) -> Listed {
        let (Event::Feed { feed, .. } | Event::Page { feed, .. }) = event;
        let every = self.settings.feeds.iter().find(|own| own.url == *feed).and_then(|own| own.every);
        self.state.take(event, self.settings.again, every.unwrap_or(self.settings.every))
    }

    fn save(&self) -> Result<(), String> {
        self.state.save(&self.path).map_err(|error| format!("{}: {error}", self.path.display()))
    }

    /// Asks what is due, until nothing is left or somebody wants it to end.
    ///
    /// # Errors
    /// Where what was fetched can neither be kept nor taken in.
    pub fn round(&mut self, asked: &Asked, stop: &AtomicBool, listener: &mut dyn Listener) -> Result<Sum, String> {
        self.recover(listener)?;
        let (give, take) = channel::<(Task, Question)>();
        let (tell, hear) = channel::<(Task, Result<Answer, Failure>)>();
        let take = Arc::new(Mutex::new(take));
        // they end when nobody gives them anything any more
        for _ in 0..self.settings.hosts.max(1) {
            let (door, take, tell) = (self.door.clone(), take.clone(), tell.clone());
            std::thread::spawn(move || work(&door, &take, &tell));
        }
        let lot = Lot::begin(&self.keep, Timestamp::now(), self.state.lot.as_deref());
        let mut round = Round {
            watch: self,
            plan: Plan::default(),
            lot,
            left: asked.limit.unwrap_or(usize::MAX),
            sum: Sum::default(),
            tallies: BTreeMap::new(),
        };
        round.begin(asked, Timestamp::now());
        round.run(stop, listener, &give, &hear)?;
        Ok(round.sum)
    }
}

/// Asks what it is given.
fn work(door: &Door, take: &Mutex<Receiver<(Task, Question)>>, tell: &Sender<(Task, Result<Answer, Failure>)>) {
    loop {
        let given = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((task, question)) = given else { return };
        let answer = door.ask(&question, Timestamp::now());
        if tell.send((task, answer)).is_err() {
            return;
        }
    }
}

/// A round on its way.
struct Round<'w> {
    watch: &'w mut Watch,
    plan: Plan,
    lot: Lot,
    /// Pages that may still be fetched.
    left: usize,
    sum: Sum,
    tallies: BTreeMap<String, Tally>,
}

impl Round<'_> {
    fn begin(&mut self, asked: &Asked, now: Timestamp) {
        for feed in &self.watch.settings.feeds {
            let known = self.watch.state.feeds.get(&feed.url).cloned().unwrap_or_default();
            if known.gone {
                continue;
            }
            if known.next <= now || (asked.all && known.failures == 0) {
                let url = known.moved.as_deref().unwrap_or(&feed.url);
                if let Ok(url) = address::parse(url, None) {
                    self.plan.add(Task { what: What::Feed, feed: feed.url.clone(), url, hops: 0, for_good: true });
                    self.tallies.entry(feed.url.clone()).or_default();
                }
            }
            for waiting in known.waiting.iter().filter(|waiting| waiting.after <= now) {
                self.plan.add_page(&feed.url, &waiting.entry);
            }
        }
    }

    fn run(
        &mut self,
        stop: &AtomicBool,
        listener: &mut dyn Listener,
        give: &Sender<(Task, Question)>,
        hear: &Receiver<(Task, Result<Answer, Failure>)>,
    ) -> Result<(), String> {
        let mut in_hand = 0;
        loop {
            self.sum.stopped |= stop.load(Ordering::Relaxed);
            let now = Timestamp::now();
            let full = in_hand >= usize::from(self.watch.settings.hosts.max(1));
            let next = if self.sum.stopped || full { Next::Nothing } else { self.plan.next(now) };
            let wait = match next {
                Next::Ask(task) => {
                    if let Some((task, question)) = self.ready(*task, now, listener) {
                        in_hand += 1;
                        give.send((task, question)).map_err(|_| "nobody asks any more".to_owned())?;
                    }
                    continue;
                }
                Next::Nothing if in_hand == 0 => break,
                Next::Nothing => TICK,
                Next::Wait(until) => Duration::try_from(now.duration_until(until)).unwrap_or(TICK).min(TICK),
            };
            match hear.recv_timeout(wait) {
                Ok((task, answer)) => {
                    in_hand -= 1;
                    self.answered(task, answer, Timestamp::now(), listener)?;
                    listener.see(&self.sum);
                    if self.lot.taken >= LOT {
                        self.hand_over(listener)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err("nobody asks any more".to_owned()),
            }
        }
        self.hand_over(listener)?;
        self.tell(listener);
        Ok(())
    }

    /// What was fetched is taken in; only then is it done with.
    fn hand_over(&mut self, listener: &mut dyn Listener) -> Result<(), String> {
        if let Some(pages) = self.lot.pages() {
            listener.take_in(&pages)?;
        }
        if !self.lot.is_empty() {
            self.watch.state.lot = Some(self.lot.name.clone());
            self.lot = Lot::begin(&self.watch.keep, Timestamp::now(), self.watch.state.lot.as_deref());
        }
        self.watch.save()
    }

    /// What is asked for a task; nothing where something else has to be asked first, or it may not be asked.
    fn ready(&mut self, task: Task, now: Timestamp, listener: &mut dyn Listener) -> Option<(Task, Question)> {
        let own = origin(&task.url);
        let host = self.watch.state.hosts.get(&own).cloned().unwrap_or_default();
        if host.after > now {
            // it asked to be left alone; what waits for it waits for another round
            self.plan.free(&own, now);
            for task in self.plan.give_up(&own).into_iter().chain([task]) {
                match &task.what {
                    What::Robots { .. } => {}
                    What::Feed => self.watch.state.postpone(&task.feed, None, host.after),
                    What::Page(entry) => self.watch.state.postpone(&task.feed, Some(entry), host.after),
                }
            }
            return None;
        }
        if !matches!(task.what, What::Robots { .. }) {
            let Some(rules) = host.rules(now) else {
                let url = address::parse("/robots.txt", Some(&task.url)).ok()?;
                let robots = Task { what: What::Robots { origin: own.clone() }, feed: task.feed.clone(), url, hops: 0, for_good: true };
                self.plan.add_first(task);
                return Some((robots.clone(), Question { url: robots.url, media: OF_ROBOTS, etag: None, modified: None }));
            };
            let path = &task.url[url::Position::BeforePath..];
            let forbidden = match host.closed {
                Some(why) => Some((format!("its robots.txt cannot be had: {why}"), false)),
                None => (!rules.allow(path)).then(|| ("its robots.txt forbids it".to_owned(), true)),
            };
            if let Some((why, for_good)) = forbidden {
                self.plan.free(&own, now);
                self.failed(&task, &why, for_good, None, now, listener);
                return None;
            }
        }
        let (media, etag, modified) = match &task.what {
            What::Robots { .. } => (OF_ROBOTS, None, None),
            What::Feed => {
                let known = self.watch.state.feeds.get(&task.feed);
                (OF_FEEDS, known.and_then(|known| known.etag.clone()), known.and_then(|known| known.modified.clone()))
            }
            What::Page(entry) => {
                if task.hops == 0 {
                    if self.left == 0 {
                        self.plan.free(&own, now);
                        return None;
                    }
                    self.left -= 1;
                }
                let known = entry.link.as_ref().and_then(|link| self.watch.state.pages.get(link));
                (OF_PAGES, known.and_then(|known| known.etag.clone()), known.and_then(|known| known.modified.clone()))
            }
        };
        let question = Question { url: task.url.clone(), media, etag, modified };
        Some((task, question))
    }

    fn answered(&mut self, task: Task, answer: Result<Answer, Failure>, now: Timestamp, listener: &mut dyn Listener) -> Result<(), String> {
        let own = origin(&task.url);
        let delay = self.watch.state.hosts.get(&own).and_then(|host| host.rules(now)).and_then(|rules| rules.delay);
        let delay = delay.and_then(|delay| SignedDuration::try_from(delay).ok()).unwrap_or_default().max(self.watch.settings.pace);
        self.plan.free(&own, later(now, delay));
        let answer = match answer {
            Ok(answer) => answer,
            Err(failure) => {
                let (why, for_good) = (failure.to_string(), failure.is_final());
                match (&task.what, failure) {
                    (What::Robots { .. }, Failure::Forbidden(_)) => {
                        for task in self.plan.give_up(&own) {
                            self.failed(&task, &why, for_good, None, now, listener);
                        }
                    }
                    (What::Robots { origin }, _) => self.robots(origin, Err(why), now),
                    _ => self.failed(&task, &why, for_good, None, now, listener),
                }
                return Ok(());
            }
        };
        let target = answer.field("location").filter(|_| matches!(answer.status, 301 | 302 | 303 | 307 | 308));
        if let Some(target) = target {
            let for_good = task.for_good && matches!(answer.status, 301 | 308);
            match address::parse(target, Some(&task.url)) {
                _ if task.hops >= self.watch.settings.redirects => {
                    let why = format!("more than {} redirects", self.watch.settings.redirects);
                    self.lost(&task, &why, now, listener);
                }
                Err(why) => self.lost(&task, &format!("redirected to what is not asked: {why}"), now, listener),
                Ok(url) => self.plan.add_first(Task { url, hops: task.hops + 1, for_good, ..task }),
            }
            return Ok(());
        }
        let retry = answer.field("retry-after").filter(|_| matches!(answer.status, 429 | 503)).and_then(|value| retry_after(value, now));
        if let Some(retry) = retry {
            self.watch.state.hosts.entry(own).or_default().after = retry;
        }
        match (&task.what, answer.status) {
            (What::Robots { origin }, status) if status >= 500 || status == 429 => {
                self.robots(origin, Err(format!("answered with status {status}")), now);
            }
            (What::Robots { origin }, _) => self.robots(origin, Ok(Some(&answer)), now),
            (What::Feed, 200) => return self.feed(&task, &answer, now, listener),
            (What::Feed, 304) => {
                self.moved(&task, listener);
                let every = self.every(&task.feed);
                self.watch.state.asked(&task.feed, now, every, false);
                self.sum.feeds += 1;
                self.tallies.entry(task.feed.clone()).or_default().unchanged = true;
            }
            (What::Feed, 410) => {
                self.watch.state.feeds.entry(task.feed.clone()).or_default().gone = true;
                self.failed(&task, "it is gone for good (410) and is not asked any more", true, None, now, listener);
            }
            (What::Page(entry), 200) => return self.page(&task, entry, &answer, now),
            (What::Page(entry), 304) => {
                let event = Event::Page { feed: task.feed.clone(), entry: entry.clone(), at: now, validators: validators(&answer) };
                self.watch.take(&event);
            }
            (_, status) => {
                let for_now = status >= 500 || matches!(status, 408 | 425 | 429);
                self.failed(&task, &format!("answered with status {status}"), !for_now, retry, now, listener);
            }
        }
        Ok(())
    }

    fn feed(&mut self, task: &Task, answer: &Answer, now: Timestamp, listener: &mut dyn Listener) -> Result<(), String> {
        let (entries, refused) = match entries::entries(answer, &entries::caps(self.watch.settings.max_bytes)) {
            Ok(found) => found,
            Err(why) => {
                self.failed(task, &why, false, None, now, listener);
                return Ok(());
            }
        };
        if refused > 0 {
            listener.hear(&format!("{}: {refused} entries cannot be read", task.url));
        }
        self.moved(task, listener);
        let pages = self.watch.settings.feeds.iter().any(|feed| feed.url == task.feed && feed.take == Take::Pages);
        let event = Event::Feed { feed: task.feed.clone(), at: now, validators: validators(answer), entries, pages };
        let shelf = if pages { Shelf::Feeds } else { Shelf::Pages };
        self.keep(shelf, answer, &event, None)?;
        let before = self.watch.state.feeds.get(&task.feed).map_or(0, |known| known.waiting.len());
        let listed = self.watch.take(&event);
        self.sum.feeds += 1;
        self.tallies.entry(task.feed.clone()).or_default().listed = listed;
        let waiting = self.watch.state.feeds.get(&task.feed).map(|known| known.waiting[before.min(known.waiting.len())..].to_vec());
        for waiting in waiting.into_iter().flatten() {
            self.plan.add_page(&task.feed, &waiting.entry);
        }
        Ok(())
    }

    fn page(&mut self, task: &Task, entry: &Entry, answer: &Answer, now: Timestamp) -> Result<(), String> {
        let event = Event::Page { feed: task.feed.clone(), entry: entry.clone(), at: now, validators: validators(answer) };
        self.keep(Shelf::Pages, answer, &event, entry.published.as_deref())?;
        self.watch.take(&event);
        self.sum.pages += 1;
        self.tallies.entry(task.feed.clone()).or_default().fetched += 1;
        Ok(())
    }

    fn keep(&mut self, shelf: Shelf, answer: &Answer, event: &Event, published: Option<&str>) -> Result<(), String> {
        self.lot.add(shelf, answer, event, published).map_err(|error| format!("{}: {error}", self.watch.keep.display()))
    }

    fn every(&self, feed: &str) -> SignedDuration {
        let own = self.watch.settings.feeds.iter().find(|own| own.url == feed).and_then(|own| own.every);
        own.unwrap_or(self.watch.settings.every)
    }

    /// A feed that has moved for good is asked at its new address from now on.
    fn moved(&mut self, task: &Task, listener: &mut dyn Listener) {
        if task.hops > 0 && task.for_good {
            let to = task.url.to_string();
            listener.hear(&format!("{}: it has moved for good to {to}; write that into FEEDS.toml", task.feed));
            self.watch.state.feeds.entry(task.feed.clone()).or_default().moved = Some(to);
        }
    }

    /// What a host says to robots: where it has no such file, everything may be asked; where it fails, nothing for now.
    fn robots(&mut self, origin: &str, answer: Result<Option<&Answer>, String>, now: Timestamp) {
        let host: &mut HostState = self.watch.state.hosts.entry(origin.to_owned()).or_default();
        host.until = later(now, if answer.is_err() { ROBOTS_MISSING } else { ROBOTS_HOLD });
        let (answer, closed) = answer.map_or_else(|why| (None, Some(why)), |answer| (answer, None));
        host.closed = closed;
        host.robots = answer.filter(|answer| answer.status == 200).map(|answer| entries::start(&answer.body, MOST_BYTES));
    }

    /// A redirect that leads nowhere.
    fn lost(&mut self, task: &Task, why: &str, now: Timestamp, listener: &mut dyn Listener) {
        match &task.what {
            // RFC 9309: as if there were none
            What::Robots { origin } => self.robots(origin, Ok(None), now),
            _ => self.failed(task, why, true, None, now, listener),
        }
    }

    /// What could not be had; where that is `for_good`, a page is not tried again.
    fn failed(&mut self, task: &Task, why: &str, for_good: bool, retry: Option<Timestamp>, now: Timestamp, listener: &mut dyn Listener) {
        self.sum.failed += 1;
        let state = &mut self.watch.state;
        let then = match &task.what {
            What::Robots { .. } => return,
            What::Feed => {
                let every = self.watch.settings.feeds.iter().find(|own| own.url == task.feed).and_then(|own| own.every);
                state.asked(&task.feed, now, every.unwrap_or(self.watch.settings.every), true);
                let own = state.feeds.entry(task.feed.clone()).or_default();
                own.next = retry.unwrap_or(own.next);
                self.sum.feeds += 1;
                if own.gone { String::new() } else { format!("; asked again at {:.0}", own.next) }
            }
            What::Page(entry) if for_good => {
                state.done(&task.feed, entry, now);
                String::new()
            }
            // a host that says when is believed, and not held against the page
            What::Page(entry) => match retry {
                Some(until) => {
                    state.postpone(&task.feed, Some(entry), until);
                    format!("; tried again at {until:.0}")
                }
                None if state.failed(&task.feed, entry, now) => "; tried again later".to_owned(),
                None => "; given up".to_owned(),
            },
        };
        self.tallies.entry(task.feed.clone()).or_default().failed += 1;
        let begun = match &task.what {
            What::Page(entry) => entry.link.as_deref(),
            _ => self.watch.state.feeds.get(&task.feed).and_then(|known| known.moved.as_deref()).or(Some(&task.feed)),
        };
        match begun.filter(|_| task.hops > 0) {
            Some(begun) => listener.hear(&format!("{begun}: led to {}: {why}{then}", task.url)),
            None => listener.hear(&format!("{}: {why}{then}", task.url)),
        }
    }

    /// A line a feed.
    fn tell(&mut self, listener: &mut dyn Listener) {
        let state = &self.watch.state;
        for feed in &self.watch.settings.feeds {
            let Some(tally) = self.tallies.get(&feed.url) else { continue };
            let Some(known) = state.feeds.get(&feed.url) else { continue };
            let counts = [
                (tally.listed.new, "new"),
                (tally.listed.changed, "changed"),
                (tally.listed.nowhere, "without an address that is asked"),
                (tally.fetched, "fetched"),
                (tally.failed, "failed"),
                (known.waiting.len(), "waiting"),
            ];
            let told: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
            let told = match (told.is_empty(), tally.unchanged) {
                (true, true) => "unchanged".to_owned(),
                (true, false) => "nothing new".to_owned(),
                (false, _) => told.join(", "),
            };
            listener.hear(&format!("{}: {told}", feed.shown()));
        }
        self.sum.waiting = state.feeds.values().map(|known| known.waiting.len()).sum();
    }
}

impl Plan {
    fn add_page(&mut self, feed: &str, entry: &Entry) {
        if let Some(url) = page(entry) {
            self.add(Task { what: What::Page(entry.clone()), feed: feed.to_owned(), url, hops: 0, for_good: true });
        }
    }
}

fn validators(answer: &Answer) -> Validators {
    let short = |name| answer.field(name).filter(|value| value.len() <= 1024).map(str::to_owned);
    Validators { etag: short("etag"), modified: short("last-modified") }
}
