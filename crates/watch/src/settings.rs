//! FEEDS.toml: what is watched, who asks, how politely.
//!
//! In: the file, or the subscriptions of another reader (OPML). Out: settings. Never: a key that is passed by in silence.

use crate::address::{self, Net};
use jiff::SignedDuration;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Everything that FEEDS.toml says.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who asks: an address of the web or of mail by which a site finds its guest.
    pub contact: String,
    /// How the guest calls itself; its name and version where nothing is said.
    #[serde(default)]
    pub user_agent: Option<String>,
    /// How often a feed is asked.
    #[serde(default = "hour")]
    pub every: SignedDuration,
    /// The pause between two questions to one host.
    #[serde(default = "five_seconds")]
    pub pace: SignedDuration,
    /// How long a page is left alone whose entry in the feed changes.
    #[serde(default = "day")]
    pub again: SignedDuration,
    /// The folder in which the bytes are kept; beside FEEDS.toml where nothing is said.
    #[serde(default)]
    pub keep: Option<PathBuf>,
    /// Bytes of an answer at the most, as they are sent.
    #[serde(default = "sixteen_mib")]
    pub max_bytes: u64,
    /// Redirects that are followed at the most.
    #[serde(default = "five")]
    pub redirects: u8,
    /// Hosts that are asked at the same time.
    #[serde(default = "four")]
    pub hosts: u8,
    /// How long is waited for what.
    #[serde(default)]
    pub timeouts: Timeouts,
    /// Where may be asked besides the public web.
    #[serde(default)]
    pub network: Network,
    /// What is watched.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<Feed>,
}

/// How long is waited for what.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Timeouts {
    /// For a connection, with its TLS.
    pub connect: SignedDuration,
    /// For the head of the answer.
    pub answer: SignedDuration,
    /// For the answer whole.
    pub whole: SignedDuration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts { connect: SignedDuration::from_secs(10), answer: SignedDuration::from_secs(20), whole: SignedDuration::from_secs(60) }
    }
}

/// Where may be asked besides the public web.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// Networks, such as `10.0.0.0/8`.
    pub allow: Vec<Net>,
    /// A file of certificates (PEM) that are trusted in place of those of the public web.
    pub certificates: Option<PathBuf>,
}

/// A feed.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// How often it is asked, where that is not as all others.
    #[serde(default)]
    pub every: Option<SignedDuration>,
    /// What of it is read.
    #[serde(default)]
    pub take: Take,
}

/// What of a feed is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Take {
    /// The pages to which its entries lead.
    #[default]
    Pages,
    /// Its entries themselves; no page is fetched.
    Entries,
}

fn hour() -> SignedDuration {
    SignedDuration::from_hours(1)
}
fn five_seconds() -> SignedDuration {
    SignedDuration::from_secs(5)
}
fn day() -> SignedDuration {
    SignedDuration::from_hours(24)
}
fn sixteen_mib() -> u64 {
    16 << 20
}
fn five() -> u8 {
    5
}
fn four() -> u8 {
    4
}

impl Feed {
    /// What people call it, or its address.
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.url)
    }
}

impl Settings {
    /// Reads the file; paths in it are seen from where it lies.
    pub fn load(path: &Path) -> Result<Settings, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        let mut settings: Settings = toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
        settings.check().map_err(|error| format!("{shown}: {error}"))?;
        let beside = |own: &PathBuf| path.parent().unwrap_or(Path::new("")).join(own);
        settings.keep = Some(settings.keep.as_ref().map_or_else(|| path.with_extension("kept"), beside));
        settings.network.certificates = settings.network.certificates.as_ref().map(beside);
        Ok(settings)
    }

    fn check(&self) -> Result<(), String> {
        if !self.contact.contains(['@', '/']) || self.contact.contains(|character: char| character.is_control() || !character.is_ascii()) {
            return Err("`contact` is to be an address of the web or of mail by which a site finds who asks".to_owned());
        }
        if self.user_agent.as_deref().unwrap_or("").contains(|character: char| character.is_control() || !character.is_ascii()) {
            return Err("`user_agent` is to be of ASCII letters".to_owned());
        }
        let timeouts = [self.timeouts.connect, self.timeouts.answer, self.timeouts.whole];
        let own = self.feeds.iter().filter_map(|feed| feed.every);
        if own.chain([self.every]).chain(timeouts).any(|duration| !duration.is_positive())
            || self.pace.is_negative()
            || self.again.is_negative()
        {
            return Err("times are to be more than nothing, such as \"30m\" or \"2h\"".to_owned());
        }
        let mut seen = BTreeSet::new();
        for feed in &self.feeds {
            address::parse(&feed.url, None)?;
            if !seen.insert(&feed.url) {
                return Err(format!("{} is there twice", feed.url));
            }
        }
        Ok(())
    }

    /// How the guest calls itself, with who asks.
    pub fn agent(&self) -> String {
        let name = self.user_agent.clone().unwrap_or_else(|| format!("{}/{}", crate::ROBOT, env!("CARGO_PKG_VERSION")));
        format!("{name} (+{})", self.contact)
    }
}

/// The feeds of a file of subscriptions, with their names.
pub fn subscriptions(opml: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let mut reader = Reader::from_str(opml);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    let (mut feeds, mut is_opml): (Vec<(String, Option<String>)>, bool) = (Vec::new(), false);
    loop {
        match reader.read_event().map_err(|error| format!("damaged: {error}"))? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                b"opml" => is_opml = true,
                b"outline" => {
                    let url = attribute(&start, "xmlurl").filter(|url| address::parse(url, None).is_ok());
                    if let Some(url) = url.filter(|url| feeds.iter().all(|(other, _)| other != url)) {
                        feeds.push((url, attribute(&start, "title").or_else(|| attribute(&start, "text"))));
                    }
                }
                _ => {}
            },
            Event::Eof if is_opml => return Ok(feeds),
            Event::Eof => return Err("no OPML: expected an element `opml`".to_owned()),
            _ => {}
        }
    }
}

/// An attribute, whatever the case of its name.
fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(name.as_bytes()))?;
    let words = String::from_utf8_lossy(&found.value);
    let plain = quick_xml::escape::unescape(&words).map_or_else(|_| words.to_string(), |plain| plain.into_owned());
    Some(plain.trim().to_owned()).filter(|plain| !plain.is_empty())
}

/// The addresses of the feeds of a FEEDS.toml that need not be whole yet.
pub fn addresses(text: &str) -> Result<BTreeSet<String>, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let feeds = table.get("feed").and_then(toml::Value::as_array).into_iter().flatten();
    Ok(feeds.filter_map(|feed| feed.get("url")?.as_str().map(str::to_owned)).collect())
}

/// What has to be written behind FEEDS.toml so that it has these feeds too, and how many they are.
pub fn import(feeds: &[(String, Option<String>)], known: &BTreeSet<String>) -> (String, usize) {
    let mut out = String::new();
    let new = feeds.iter().filter(|(url, _)| !known.contains(url));
    let count = new.clone().count();
    for (url, name) in new {
        _ = write!(out, "\n[[feed]]\nurl = {}\n", toml::Value::from(url.as_str()));
        if let Some(name) = name {
            _ = writeln!(out, "name = {}", toml::Value::from(name.as_str()));
        }
    }
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map(|()| settings)
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let good = "contact = \"desk@paper.example\"\nevery = \"30m\"\n[network]\nallow = [\"10.0.0.0/8\"]\n[[feed]]\nurl = \"https://a.example/rss\"\ntake = \"entries\"\n";
        let settings = read(good).expect("settings");
        assert_eq!((settings.every, settings.feeds[0].take), (SignedDuration::from_mins(30), Take::Entries));
        assert!(settings.agent().starts_with("chancery/") && settings.agent().ends_with(" (+desk@paper.example)"));
        for (part, other, words) in [
            ("desk@paper.example", "", "finds who asks"),
            ("30m", "-30m", "more than nothing"),
            ("10.0.0.0/8", "10.0.0.0", "expected a network"),
            ("https://a.example/rss", "file:///etc/passwd", "expected http"),
            ("take", "takes", "unknown field"),
            ("contact = \"desk@paper.example\"", "", "missing field"),
        ] {
            let error = read(&good.replace(part, other)).expect_err(part);
            assert!(error.contains(words), "{part}: {error}");
        }
        assert!(read(&format!("{good}[[feed]]\nurl = \"https://a.example/rss\"\n")).expect_err("twice").contains("twice"));
    }

    #[test]
    fn subscriptions_of_other_readers_are_taken_over_once() {
        let opml = r#"<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body><outline text="World">
            <outline type="rss" text="A &amp; b" xmlUrl="https://a.example/rss?x=1&amp;y=2"/><outline text="A" xmlURL="https://a.example/rss?x=1&amp;y=2"/>
            <outline text="bad" xmlUrl="javascript:alert(1)"/></outline><outline title="&quot;B&quot;" xmlUrl="https://b.example/"/></body></opml>"#;
        let feeds = subscriptions(opml).expect("feeds");
        assert_eq!(feeds.len(), 2, "{feeds:?}");
        let start = "contact = \"desk@paper.example\"\n";
        let (text, count) = import(&feeds, &addresses(start).expect("addresses"));
        assert_eq!(count, 2);
        let whole = format!("{start}{text}");
        let settings = read(&whole).expect("settings");
        assert_eq!(settings.feeds[0].url, "https://a.example/rss?x=1&y=2");
        assert_eq!((settings.feeds[0].shown(), settings.feeds[1].shown()), ("A & b", "\"B\""));
        assert_eq!(import(&feeds, &addresses(&whole).expect("addresses")).1, 0);
        assert!(subscriptions("<rss></rss>").is_err());
    }
}
