//! Claims written as lines, as pack tests and examples expect them (`docs/packs.md`, Tests).
//!
//! In: lines `- contact meeting held 2024-03-05 [Petr Fiala; Emmanuel Macron] CZ FR @Paris, FR`, and a reading.
//! Out: which lines it bears out, and what it says beyond them. Never: judges how near a wrong claim comes.

mod compare;
mod parse;

pub use compare::{Outcome, bless, compare, tally};
pub use parse::{ExpectedLine, parse_line};

use chancery_model::{Bound, Change, CommitmentStatus, ContactKind, ContactStatus, MentionKind, Relation, Topic};
use std::collections::BTreeSet;
use std::fmt;

/// What a line is about. Lines of a kind that a test names must be complete.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Kind {
    Contact,
    Quote,
    Commitment,
    Figure,
    Office,
    Standing,
    Origin,
    Doubt,
    Mention(MentionKind),
}

impl Kind {
    /// Every kind of which an example lists all.
    pub const OF_EXAMPLES: &[Kind] =
        &[Kind::Contact, Kind::Quote, Kind::Commitment, Kind::Figure, Kind::Office, Kind::Standing, Kind::Origin];

    /// The word that begins a line.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Contact => "contact",
            Kind::Quote => "quote",
            Kind::Commitment => "commitment",
            Kind::Figure => "figure",
            Kind::Office => "office",
            Kind::Standing => "standing",
            Kind::Origin => "origin",
            Kind::Doubt => "doubt",
            Kind::Mention(kind) => kind.as_str(),
        }
    }

    fn of(word: &str) -> Option<Kind> {
        let kind = Kind::OF_EXAMPLES.iter().chain(&[Kind::Doubt]).find(|kind| kind.as_str() == word);
        kind.copied().or_else(|| word.parse().ok().map(Kind::Mention))
    }
}

/// A claim as a line tells it. `None` in a field that a line may leave out means: not compared.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Told {
    Contact {
        kind: ContactKind,
        status: ContactStatus,
        date: Option<String>,
        people: BTreeSet<String>,
        states: BTreeSet<String>,
        place: Option<TheirPlace>,
        format: Option<Option<String>>,
    },
    Quote {
        speaker: Option<String>,
        words: String,
    },
    Commitment {
        status: CommitmentStatus,
        parties: BTreeSet<String>,
        action: String,
    },
    Figure {
        value: f64,
        unit: String,
        bound: Bound,
        change: Change,
        topic: Topic,
        states: BTreeSet<String>,
    },
    Office {
        person: String,
        office: String,
    },
    Standing {
        subject: String,
        relation: Relation,
        object: String,
    },
    Origin {
        name: String,
    },
    Doubt {
        words: String,
        candidates: BTreeSet<String>,
    },
    Mention {
        kind: MentionKind,
        value: String,
    },
}

/// A place as a line tells it; an absent name is not compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TheirPlace {
    pub name: Option<String>,
    pub country: Option<String>,
}

impl Told {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Told::Contact { .. } => Kind::Contact,
            Told::Quote { .. } => Kind::Quote,
            Told::Commitment { .. } => Kind::Commitment,
            Told::Figure { .. } => Kind::Figure,
            Told::Office { .. } => Kind::Office,
            Told::Standing { .. } => Kind::Standing,
            Told::Origin { .. } => Kind::Origin,
            Told::Doubt { .. } => Kind::Doubt,
            Told::Mention { kind, .. } => Kind::Mention(*kind),
        }
    }
}

fn list(items: &BTreeSet<String>, separator: &str) -> String {
    items.iter().map(String::as_str).collect::<Vec<_>>().join(separator)
}

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Told::Contact { kind, status, date, people, states, place, format } => {
                write!(out, "contact {kind} {status} {} [{}]", date.as_deref().unwrap_or("-"), list(people, "; "))?;
                if !states.is_empty() {
                    write!(out, " {}", list(states, " "))?;
                }
                match place {
                    Some(TheirPlace { name: Some(name), country }) => write!(out, " @{name}, {}", country.as_deref().unwrap_or("-"))?,
                    Some(TheirPlace { name: None, country: Some(country) }) => write!(out, " @{country}")?,
                    _ => {}
                }
                match format {
                    Some(Some(format)) => write!(out, " #{format}"),
                    _ => Ok(()),
                }
            }
            Told::Quote { speaker, words } => write!(out, "quote {}: {words}", speaker.as_deref().unwrap_or("-")),
            Told::Commitment { status, parties, action } => write!(out, "commitment {status} {}: {action}", list(parties, "; ")),
            Told::Figure { value, unit, bound, change, topic, states } => {
                write!(out, "figure {value} {unit} {bound} {change} {topic} {}", list(states, " "))
            }
            Told::Office { person, office } => write!(out, "office {person}: {office}"),
            Told::Standing { subject, relation, object } => write!(out, "standing {subject} {relation} {object}"),
            Told::Origin { name } => write!(out, "origin {name}"),
            Told::Doubt { words, candidates } => write!(out, "doubt {words}: {}", list(candidates, "; ")),
            Told::Mention { kind, value } => write!(out, "{kind} {value}"),
        }
    }
}

#[cfg(test)]
mod tests;
