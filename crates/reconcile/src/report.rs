//! What one document says, as the record takes it in.
//!
//! In: a reading in the form `chancery.reading/1`, and what is known of the document. Out: a [`Report`]. Never: needs the text.

use crate::fingerprint::Fingerprint;
use chancery_model::record::Words;
use chancery_model::{Bound, Change, CommitmentStatus, ContactKind, ContactStatus, Edtf, Modality, Office, Place, Relation, Topic};
use serde::{Deserialize, Serialize};

/// A document and its claims.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// What is known of the document.
    pub source: Source,
    /// What it says.
    pub reading: Reading,
}

/// What is known of a document beside its claims.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Source {
    /// Public id of the document.
    pub id: String,
    /// SHA-256 of the text, in hexadecimal digits.
    pub sha256: String,
    /// Where it was found.
    pub address: Option<String>,
    /// The address that the page itself calls its own.
    pub canonical: Option<String>,
    /// Who published it: a name or the host of the address.
    pub publisher: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Date of publication.
    pub published: Option<Edtf>,
    /// Agencies and offices that it credits, by name.
    pub origins: Vec<String>,
    /// What shows copies and translations of it.
    pub fingerprint: Fingerprint,
}

/// A reading as printed by `chancery read --json`; keys that are not named here are passed over.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
pub struct Reading {
    /// Contacts.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Statements.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// Commitments.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// Figures.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Standings.
    #[serde(default)]
    pub standings: Vec<Standing>,
}

/// How a claim was come by.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Basis {
    /// How it is asserted.
    pub modality: Modality,
    /// The state or organization whose office speaks.
    pub side: Option<String>,
    /// What found it.
    pub rule: String,
    /// Probability of being right.
    pub confidence: f64,
    /// The words that say it.
    pub evidence: Vec<Words>,
}

/// A person, state or body as named in a claim.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Party {
    /// Common English name, or code.
    pub name: String,
    /// Wikidata item.
    pub qid: Option<String>,
    /// The office named.
    pub office: Option<Office>,
    /// Why the party is known although the words do not name it.
    pub inferred: Option<String>,
}

/// A contact as claimed.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Contact {
    /// Kind.
    pub kind: ContactKind,
    /// Status.
    pub status: ContactStatus,
    /// Persons.
    pub participants: Vec<Party>,
    /// States and organizations.
    pub states: Vec<String>,
    /// When.
    pub date: Option<Edtf>,
    /// What the date was inferred from.
    #[serde(default)]
    pub date_inferred: Vec<String>,
    /// Where.
    pub place: Option<Place>,
    /// In which frame.
    pub format: Option<String>,
    /// How it was come by.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A statement as claimed.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Statement {
    /// Who says it.
    pub speaker: Option<Party>,
    /// To whom.
    pub addressee: Option<Party>,
    /// Whether in quotation marks.
    pub quoted: bool,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Words,
    /// How it was come by.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A commitment as claimed.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Commitment {
    /// Who is bound.
    pub parties: Vec<String>,
    /// How binding.
    pub status: CommitmentStatus,
    /// What is to be done.
    pub action: String,
    /// Until when.
    pub due: Option<Edtf>,
    /// Where it stands.
    pub span: Words,
    /// How it was come by.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A figure as claimed.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Figure {
    /// Plain number.
    pub value: f64,
    /// Unit.
    pub unit: String,
    /// Bound.
    pub bound: Bound,
    /// Level or change.
    pub change: Change,
    /// Topic.
    pub topic: Topic,
    /// States concerned.
    pub states: Vec<String>,
    /// The time it is claimed for.
    pub period: Option<Edtf>,
    /// Where it stands.
    pub span: Words,
    /// How it was come by.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A standing as claimed.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Standing {
    /// Who.
    pub subject: Party,
    /// What it is to the object.
    pub relation: Relation,
    /// Office, organization or state.
    pub object: String,
    /// The name of a partnership.
    pub name: Option<String>,
    /// When.
    pub period: Option<Edtf>,
    /// Where it stands.
    pub span: Words,
    /// How it was come by.
    #[serde(flatten)]
    pub basis: Basis,
}

/// What a person decided about claims and entries; keyed to evidence, so that it outlives a new reading.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum Judgement {
    /// The entry with this claim is right as it stands.
    Accept {
        /// The claim.
        claim: Key,
    },
    /// The claim is wrong: it counts no more.
    Reject {
        /// The claim.
        claim: Key,
    },
    /// A value of the entry with this claim is another.
    Correct {
        /// The claim.
        claim: Key,
        /// `date`, `place`, `status`, `kind`, `format`, `participants`, `states`, ...
        field: String,
        /// The value as it would be written in JSON.
        value: String,
    },
    /// The two claims tell of one.
    Merge {
        /// A claim.
        one: Key,
        /// Another.
        other: Key,
    },
    /// The claims of one side and those of the other tell of two: no id of one leads to the other, whatever a later document says.
    Split {
        /// The claims of one side.
        #[serde(deserialize_with = "side")]
        one: Vec<Key>,
        /// Those of the other.
        #[serde(deserialize_with = "side")]
        other: Vec<Key>,
    },
}

/// A side as it is kept; in the first form of the record it was a single claim.
#[derive(Deserialize)]
#[serde(untagged)]
enum Side {
    One(Key),
    Many(Vec<Key>),
}

fn side<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Key>, D::Error> {
    Ok(match Side::deserialize(from)? {
        Side::One(key) => vec![key],
        Side::Many(keys) => keys,
    })
}

/// A claim by what it rests on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Key {
    /// SHA-256 of the text of its document.
    pub sha256: String,
    /// `contact`, `statement`, `commitment`, `figure`, `standing`.
    pub entry: String,
    /// First code point of its first evidence.
    pub start: usize,
    /// Code point after the last of its first evidence.
    pub end: usize,
    /// The words of its first evidence.
    pub exact: String,
    /// Which of several claims that rest on these words, from 0, in the order of the reading.
    pub nth: usize,
}

impl Report {
    /// A report of a reading's JSON line.
    ///
    /// # Errors
    /// Where the line is no `chancery.reading/1`.
    pub fn new(source: Source, reading: &str) -> Result<Report, serde_json::Error> {
        Ok(Report { source, reading: serde_json::from_str(reading)? })
    }
}
