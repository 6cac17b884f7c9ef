//! Which question comes next.
//!
//! In: questions, moments. Out: one question at a time and host, no sooner after the last than the host's pace. Never: asks anything.

use crate::state::{Entry, origin};
use jiff::Timestamp;
use std::collections::{BTreeMap, VecDeque};
use url::Url;

/// What a question is for.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// The robots.txt of a host.
    Robots {
        /// Whose.
        origin: String,
    },
    /// A feed.
    Feed,
    /// The page of an entry.
    Page(Entry),
}

/// A question to be asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    /// What it is for.
    pub what: What,
    /// The address in FEEDS.toml of the feed for which it is asked.
    pub feed: String,
    /// Where it is asked.
    pub url: Url,
    /// Redirects that led there.
    pub hops: u8,
    /// Whether all of them are for good.
    pub for_good: bool,
}

/// What to do now.
#[derive(Clone, PartialEq, Debug)]
pub enum Next {
    /// Ask this.
    Ask(Box<Task>),
    /// Wait until then.
    Wait(Timestamp),
    /// Nothing is left but what is being asked.
    Nothing,
}

#[derive(Debug, Default)]
struct Host {
    waiting: VecDeque<Task>,
    free: Timestamp,
    busy: bool,
}

/// The questions that wait.
#[derive(Debug, Default)]
pub struct Plan {
    hosts: BTreeMap<String, Host>,
}

impl Plan {
    /// To be asked after the others of its host.
    pub fn add(&mut self, task: Task) {
        self.hosts.entry(origin(&task.url)).or_default().waiting.push_back(task);
    }

    /// To be asked before the others of its host.
    pub fn add_first(&mut self, task: Task) {
        self.hosts.entry(origin(&task.url)).or_default().waiting.push_front(task);
    }

    /// The next question; its host is busy from now on.
    pub fn next(&mut self, now: Timestamp) -> Next {
        let waiting = self.hosts.values_mut().filter(|host| !host.busy && !host.waiting.is_empty());
        match waiting.min_by_key(|host| host.free) {
            None => Next::Nothing,
            Some(host) if host.free > now => Next::Wait(host.free),
            Some(host) => match host.waiting.pop_front() {
                Some(task) => {
                    host.busy = true;
                    Next::Ask(Box::new(task))
                }
                None => Next::Nothing,
            },
        }
    }

    /// A question to a host was answered, or was not asked; the next is not asked before then.
    pub fn free(&mut self, origin: &str, after: Timestamp) {
        let host = self.hosts.entry(origin.to_owned()).or_default();
        (host.busy, host.free) = (false, host.free.max(after));
    }

    /// Gives up what waits for a host, such as where it asks to be left alone.
    pub fn give_up(&mut self, origin: &str) -> Vec<Task> {
        self.hosts.get_mut(origin).map(|host| host.waiting.drain(..).collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(url: &str) -> Task {
        Task { what: What::Feed, feed: url.to_owned(), url: Url::parse(url).expect("an address"), hops: 0, for_good: true }
    }

    #[test]
    fn hosts_are_asked_one_question_at_a_time_and_at_their_pace() {
        let at = |second| Timestamp::from_second(second).expect("a moment");
        let mut plan = Plan::default();
        ["https://a.example/1", "https://a.example/2", "https://b.example/1"].into_iter().for_each(|url| plan.add(task(url)));
        assert_eq!(plan.next(at(0)), Next::Ask(Box::new(task("https://a.example/1"))));
        assert_eq!(plan.next(at(0)), Next::Ask(Box::new(task("https://b.example/1"))));
        assert_eq!(plan.next(at(0)), Next::Nothing, "the first host is busy");
        plan.free("https://a.example", at(5));
        plan.add_first(task("https://a.example/0"));
        assert_eq!(plan.next(at(4)), Next::Wait(at(5)));
        assert_eq!(plan.next(at(5)), Next::Ask(Box::new(task("https://a.example/0"))));
        assert_eq!(plan.give_up("https://a.example"), [task("https://a.example/2")]);
        assert_eq!(plan.next(at(9)), Next::Nothing);
    }
}
