//! What becomes of an input.
//!
//! In: the work that is left to do for an item once its bytes are there. Out: items. Never: a fault of a reader that ends a run.

use crate::clock;
use chancery_model::Document;
use std::panic::AssertUnwindSafe;

/// What became of one item of the input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// It was read.
    Read {
        /// Where a person finds it: the file, and what in it.
        source: String,
        /// The document.
        document: Box<Document>,
        /// What had to be guessed, in plain words.
        notes: Vec<String>,
        /// The bytes it was read from, where they were asked for and are others than its text.
        raw: Option<Vec<u8>>,
    },
    /// It holds no text.
    Empty {
        /// Where a person finds it.
        source: String,
    },
    /// It could not be read.
    Refused {
        /// Where a person finds it.
        source: String,
        /// Why, and what to do.
        reason: String,
    },
    /// Something in a folder, an archive or a crawl that is not meant to be read.
    PassedOver {
        /// Where a person finds it.
        source: String,
        /// What it is.
        reason: String,
    },
}

impl Item {
    /// Where a person finds it.
    pub fn source(&self) -> &str {
        match self {
            Item::Read { source, .. } | Item::Empty { source } | Item::Refused { source, .. } | Item::PassedOver { source, .. } => source,
        }
    }
}

/// A stream of items.
pub type Items = Box<dyn Iterator<Item = Item> + Send>;

/// A stream of what is left to do.
pub type Jobs = Box<dyn Iterator<Item = Job> + Send>;

/// What is left to do for an item whose bytes are there; any thread can do it.
pub struct Job {
    source: String,
    bytes: usize,
    work: Box<dyn FnOnce() -> Vec<Item> + Send>,
}

impl Job {
    /// Work on so many bytes.
    pub(crate) fn new(source: String, bytes: usize, work: impl FnOnce() -> Vec<Item> + Send + 'static) -> Job {
        Job { source, bytes, work: Box::new(work) }
    }

    /// How many bytes it holds.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Does it. A fault of the program is the refusal of the item.
    pub fn run(self) -> Vec<Item> {
        clock::begin();
        std::panic::catch_unwind(AssertUnwindSafe(self.work)).unwrap_or_else(|_| vec![fault(self.source)])
    }
}

/// What a fault of the program in an item is told as.
pub(crate) fn fault(source: String) -> Item {
    Item::Refused { source, reason: "a fault of the program in reading it; please report it with the file".to_owned() }
}

/// A stream of one item that is there.
pub(crate) fn one(item: Item) -> Jobs {
    Box::new(std::iter::once(item.into()))
}

/// A stream of one piece of work.
pub(crate) fn later(source: String, bytes: usize, work: impl FnOnce() -> Vec<Item> + Send + 'static) -> Jobs {
    Box::new(std::iter::once(Job::new(source, bytes, work)))
}

/// A stream of one refusal.
pub(crate) fn refused(source: String, reason: impl Into<String>) -> Jobs {
    one(Item::Refused { source, reason: reason.into() })
}

impl From<Item> for Job {
    fn from(item: Item) -> Job {
        let bytes = if let Item::Read { document, .. } = &item { document.text.len() } else { 0 };
        Job::new(item.source().to_owned(), bytes, move || vec![item])
    }
}

/// The same stream, which a fault of the program in it ends with a refusal.
pub(crate) fn guarded(source: String, jobs: impl FnOnce() -> Jobs) -> Jobs {
    let opened = std::panic::catch_unwind(AssertUnwindSafe(jobs));
    let mut jobs = match opened {
        Ok(jobs) => Some(jobs),
        Err(_) => return one(fault(source)),
    };
    Box::new(std::iter::from_fn(move || match std::panic::catch_unwind(AssertUnwindSafe(|| jobs.as_mut()?.next())) {
        Ok(job) => job,
        Err(_) => {
            jobs = None;
            Some(fault(source.clone()).into())
        }
    }))
}
