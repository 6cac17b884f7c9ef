//! The arguments of `chancery watch`.
//!
//! In: nothing. Out: their types. Never: acts.

use super::record::Place;
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  chancery watch --import subscriptions.opml feeds.toml   the feeds of another reader
  chancery watch --dry-run feeds.toml                     what is known of each feed, and when it is asked next
  chancery watch feeds.toml                               polls until Ctrl-C, into chancery.db here
  chancery watch --once --limit 100 feeds.toml            one round, as from cron

FEEDS.toml says who asks, how often, how politely, and which feeds; docs/watch.md has an example. What was fetched is kept as WARC
beside it, with addresses, times and headers, and can be read again by `chancery ingest`. Nothing is fetched twice; robots.txt, ETag,
Retry-After and the pace of each host are heeded; addresses that are not public are not asked. Nothing else in chancery uses the
network. Exit status 3 where something could not be had, 130 where Ctrl-C ended it after what was in hand.")]
pub struct Watch {
    /// What is watched
    #[arg(value_name = "FEEDS.toml")]
    pub feeds: PathBuf,
    #[command(flatten)]
    pub place: Place,
    /// Ask every feed once, but for those that failed and wait, and end
    #[arg(long)]
    pub once: bool,
    /// Ask nothing; say what is known of each feed
    #[arg(long)]
    pub dry_run: bool,
    /// Fetch at the most so many pages, and end
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The folder in which the bytes are kept; beside FEEDS.toml where nothing is said
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
    /// Only add the feeds of these subscriptions (OPML) to FEEDS.toml, which is made where there is none
    #[arg(long, value_name = "OPML", conflicts_with_all = ["once", "dry_run", "limit", "keep"])]
    pub import: Option<PathBuf>,
}
