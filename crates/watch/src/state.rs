//! What is known of the feeds: what they listed, what of it was fetched, when to ask next.
//!
//! In: what became of each question. Out: what is left to ask. Never: asks a clock, or forgets what a feed still lists.
//!
//! What changes because of bytes that were kept is an [`Event`], which is kept with them: where the process ends before the state is
//! written, the same events bring it to where it was.

use crate::address;
use crate::pace::{back_off, later};
use crate::robots::{self, Robots};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::path::Path;
use url::Url;

/// How often a page is tried.
const TRIES: u32 = 5;
/// How long what no feed lists any more is known.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Everything that is known.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The last lot that the record has taken in.
    pub lot: Option<String>,
    /// The feeds, by their address in FEEDS.toml.
    pub feeds: BTreeMap<String, FeedState>,
    /// The pages that were fetched, by address.
    pub pages: BTreeMap<String, PageState>,
    /// The hosts, by scheme, name and port.
    pub hosts: BTreeMap<String, HostState>,
}

/// What is known of a feed.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedState {
    /// Where it has moved to for good.
    pub moved: Option<String>,
    /// What it said of its last answer, to be said back.
    pub etag: Option<String>,
    /// The same.
    pub modified: Option<String>,
    /// When it is asked next.
    pub next: Timestamp,
    /// Failures in a row.
    pub failures: u32,
    /// Whether it is gone for good.
    pub gone: bool,
    /// Entries that are done with, by their key.
    pub seen: BTreeMap<String, Seen>,
    /// Entries whose page is to be fetched.
    pub waiting: Vec<Waiting>,
}

/// An entry that is done with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// What it said.
    pub hash: String,
    /// When the feed last listed it.
    pub listed: Timestamp,
}

/// An entry whose page is to be fetched.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// The entry.
    pub entry: Entry,
    /// How often it was tried in vain.
    pub tries: u32,
    /// Not before.
    pub after: Timestamp,
}

/// A page that was fetched.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PageState {
    /// When.
    pub at: Timestamp,
    /// What it said of its answer, to be said back.
    pub etag: Option<String>,
    /// The same.
    pub modified: Option<String>,
}

/// What is known of a host.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HostState {
    /// Its robots.txt; none where there is none.
    pub robots: Option<String>,
    /// Why nobody knows what may be asked, so that nothing is.
    pub closed: Option<String>,
    /// Until when that holds.
    pub until: Timestamp,
    /// Not before, because it said so.
    pub after: Timestamp,
}

impl HostState {
    /// The rules for us, where they still hold.
    pub fn rules(&self, now: Timestamp) -> Option<Robots> {
        (self.until > now).then(|| self.robots.as_deref().map(|text| robots::read(text, crate::ROBOT)).unwrap_or_default())
    }
}

/// An entry as a feed lists it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// By which it is known again.
    pub key: String,
    /// What it says, in short.
    pub hash: String,
    /// The address of its page; none where it leads nowhere that may be asked.
    pub link: Option<String>,
    /// Its day of publication (EDTF).
    pub published: Option<String>,
}

/// What an answer says of itself, to be said back.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What changes because of bytes that were kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// A feed was fetched.
    Feed {
        /// Its address in FEEDS.toml.
        feed: String,
        /// When.
        at: Timestamp,
        /// What it says of itself.
        validators: Validators,
        /// Its entries.
        entries: Vec<Entry>,
        /// Whether their pages are fetched.
        pages: bool,
    },
    /// A page was fetched.
    Page {
        /// The address of its feed in FEEDS.toml.
        feed: String,
        /// The entry that leads to it.
        entry: Entry,
        /// When.
        at: Timestamp,
        /// What it says of itself.
        validators: Validators,
    },
}

/// How entries fared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// Those whose page is to be fetched.
    pub new: usize,
    /// Those whose page is to be fetched again.
    pub changed: usize,
    /// Those that lead nowhere that may be asked.
    pub nowhere: usize,
}

impl State {
    /// The state that was left; an empty one where there is none.
    pub fn load(path: &Path) -> io::Result<State> {
        match std::fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(State::default()),
            Err(error) => Err(error),
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
        }
    }

    /// Writes it whole or not at all.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(io::BufWriter::new(&mut file), self)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }

    /// Takes in what bytes that were kept say.
    pub fn take(&mut self, event: &Event, again: SignedDuration, every: SignedDuration) -> Listed {
        match event {
            Event::Feed { feed, at, validators, entries, pages } => {
                let own = self.feeds.entry(feed.clone()).or_default();
                (own.etag, own.modified) = (validators.etag.clone(), validators.modified.clone());
                (own.next, own.failures) = (later(*at, every), 0);
                let known = &self.pages;
                let mut listed = Listed::default();
                let mut waiting: HashSet<String> = own.waiting.iter().map(|waiting| waiting.entry.key.clone()).collect();
                for entry in entries {
                    own.list(entry, *at, *pages, &mut waiting, &mut listed, |link| known.get(link).map(|page| later(page.at, again)));
                }
                let forgotten = later(*at, -REMEMBERED);
                own.seen.retain(|_, seen| seen.listed >= forgotten);
                self.pages.retain(|_, page| page.at >= forgotten);
                listed
            }
            Event::Page { feed, entry, at, validators } => {
                self.done(feed, entry, *at);
                if let Some(link) = &entry.link {
                    let Validators { etag, modified } = validators.clone();
                    self.pages.insert(link.clone(), PageState { at: *at, etag, modified });
                }
                Listed::default()
            }
        }
    }

    /// An entry needs nothing more.
    pub fn done(&mut self, feed: &str, entry: &Entry, at: Timestamp) {
        let own = self.feeds.entry(feed.to_owned()).or_default();
        own.waiting.retain(|waiting| waiting.entry.key != entry.key);
        own.seen.insert(entry.key.clone(), Seen { hash: entry.hash.clone(), listed: at });
    }

    /// A page could not be fetched. Says whether it is tried again.
    pub fn failed(&mut self, feed: &str, entry: &Entry, at: Timestamp) -> bool {
        let own = self.feeds.entry(feed.to_owned()).or_default();
        let Some(waiting) = own.waiting.iter_mut().find(|waiting| waiting.entry.key == entry.key) else { return false };
        waiting.tries += 1;
        waiting.after = back_off(at, SignedDuration::from_mins(10), waiting.tries);
        let again = waiting.tries < TRIES;
        if !again {
            self.done(feed, entry, at);
        }
        again
    }

    /// A feed, or the page of an entry, is not asked before then; that is held against nobody.
    pub fn postpone(&mut self, feed: &str, entry: Option<&Entry>, until: Timestamp) {
        let own = self.feeds.entry(feed.to_owned()).or_default();
        match entry {
            None => own.next = until,
            Some(entry) => {
                own.waiting.iter_mut().filter(|waiting| waiting.entry.key == entry.key).for_each(|waiting| waiting.after = until)
            }
        }
    }

    /// A feed answered without anything new, or could not be asked.
    pub fn asked(&mut self, feed: &str, at: Timestamp, every: SignedDuration, failed: bool) {
        let own = self.feeds.entry(feed.to_owned()).or_default();
        own.failures = if failed { own.failures + 1 } else { 0 };
        own.next = if failed { back_off(at, every, own.failures) } else { later(at, every) };
    }
}

impl FeedState {
    fn list(
        &mut self,
        entry: &Entry,
        at: Timestamp,
        pages: bool,
        waiting: &mut HashSet<String>,
        listed: &mut Listed,
        not_before: impl Fn(&str) -> Option<Timestamp>,
    ) {
        let link = entry.link.as_deref().filter(|_| pages);
        let fetched = link.and_then(not_before);
        let changed = match self.seen.get_mut(&entry.key) {
            Some(seen) if seen.hash == entry.hash => {
                seen.listed = at;
                return;
            }
            Some(seen) => {
                seen.listed = at;
                // one that changes all the time is fetched again once in a while
                if fetched.is_some_and(|not_before| not_before > at) {
                    return;
                }
                true
            }
            None => false,
        };
        listed.nowhere += usize::from(pages && link.is_none());
        // what another feed has led to is there
        if link.is_none() || (!changed && fetched.is_some()) {
            self.seen.insert(entry.key.clone(), Seen { hash: entry.hash.clone(), listed: at });
            listed.new += usize::from(!pages);
        } else if waiting.insert(entry.key.clone()) {
            self.waiting.push(Waiting { entry: entry.clone(), tries: 0, after: Timestamp::UNIX_EPOCH });
            if changed {
                listed.changed += 1;
            } else {
                listed.new += 1;
            }
        }
    }
}

/// The part of an address that has one robots.txt and one pace.
pub fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// The address of an entry's page.
pub fn page(entry: &Entry) -> Option<Url> {
    address::parse(entry.link.as_deref()?, None).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "https://a.example/rss";

    fn at(hour: u32) -> Timestamp {
        later("2024-05-20T00:00:00Z".parse().expect("a moment"), SignedDuration::from_hours(i64::from(hour)))
    }

    fn entry(key: &str, hash: &str) -> Entry {
        Entry { key: key.to_owned(), hash: hash.to_owned(), link: Some(format!("https://a.example/{key}")), published: None }
    }

    fn listing(feed: &str, hour: u32, entries: &[Entry]) -> Event {
        let validators = Validators { etag: Some(format!("\"{hour}\"")), modified: None };
        Event::Feed { feed: feed.to_owned(), at: at(hour), validators, entries: entries.to_vec(), pages: true }
    }

    fn take(state: &mut State, event: &Event) -> Listed {
        state.take(event, SignedDuration::from_hours(24), SignedDuration::from_hours(1))
    }

    fn fetch(state: &mut State, feed: &str, entry: &Entry, hour: u32) {
        let event = Event::Page { feed: feed.to_owned(), entry: entry.clone(), at: at(hour), validators: Validators::default() };
        take(state, &event);
    }

    #[test]
    fn an_entry_is_fetched_once_and_again_when_it_changed() {
        let mut state = State::default();
        let (one, two) = (entry("1", "x"), entry("2", "x"));
        assert_eq!(take(&mut state, &listing(FEED, 0, &[one.clone(), two.clone()])).new, 2);
        // what was listed stays to be fetched, also where the feed is read again before
        assert_eq!(take(&mut state, &listing(FEED, 1, &[one.clone(), two.clone()])), Listed::default());
        assert_eq!(state.feeds[FEED].waiting.len(), 2);
        fetch(&mut state, FEED, &one, 2);
        fetch(&mut state, FEED, &two, 2);
        assert_eq!(take(&mut state, &listing(FEED, 3, &[one.clone(), two.clone()])), Listed::default());
        let other = entry("1", "y");
        assert_eq!(take(&mut state, &listing(FEED, 4, std::slice::from_ref(&other))), Listed::default(), "too soon");
        assert_eq!(take(&mut state, &listing(FEED, 40, std::slice::from_ref(&other))).changed, 1);
        fetch(&mut state, FEED, &other, 41);
        assert_eq!(take(&mut state, &listing(FEED, 80, &[other])), Listed::default());
        // what leads nowhere is told once
        let nowhere = Entry { link: None, ..entry("3", "x") };
        assert_eq!(take(&mut state, &listing(FEED, 81, std::slice::from_ref(&nowhere))).nowhere, 1);
        assert_eq!(take(&mut state, &listing(FEED, 82, &[nowhere])).nowhere, 0);
        // what two feeds lead to is fetched for one
        assert_eq!(take(&mut state, &listing("https://a.example/2", 83, &[two])), Listed::default());
    }

    #[test]
    fn what_is_not_listed_any_more_is_known_for_a_while() {
        let mut state = State::default();
        let one = entry("1", "x");
        take(&mut state, &listing(FEED, 0, std::slice::from_ref(&one)));
        fetch(&mut state, FEED, &one, 0);
        take(&mut state, &listing(FEED, 80 * 24, &[]));
        assert_eq!(take(&mut state, &listing(FEED, 81 * 24, std::slice::from_ref(&one))), Listed::default());
        take(&mut state, &listing(FEED, 180 * 24, &[]));
        assert!(state.pages.is_empty() && state.feeds[FEED].seen.is_empty());
    }

    #[test]
    fn failures_are_tried_again_and_given_up() {
        let mut state = State::default();
        let one = entry("1", "x");
        take(&mut state, &listing(FEED, 0, std::slice::from_ref(&one)));
        assert_eq!((0..TRIES).map(|hour| state.failed(FEED, &one, at(hour))).collect::<Vec<_>>(), [true, true, true, true, false]);
        assert!(state.feeds[FEED].waiting.is_empty());
        state.asked(FEED, at(0), SignedDuration::from_hours(1), true);
        state.asked(FEED, at(0), SignedDuration::from_hours(1), true);
        assert_eq!(state.feeds[FEED].next, at(4));
        state.asked(FEED, at(5), SignedDuration::from_hours(1), false);
        assert_eq!((state.feeds[FEED].next, state.feeds[FEED].failures), (at(6), 0));
    }

    #[test]
    fn it_is_written_whole_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("feeds.state.json");
        let mut state = State::default();
        assert_eq!(State::load(&path).expect("none"), state);
        take(&mut state, &listing(FEED, 0, &[entry("1", "x")]));
        state.save(&path).expect("a file");
        assert_eq!(State::load(&path).expect("a state"), state);
        std::fs::write(&path, "{").expect("a file");
        assert!(State::load(&path).is_err());
    }
}
