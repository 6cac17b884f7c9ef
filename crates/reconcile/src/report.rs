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
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
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

/// A person, state or body as named in a claim.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
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

/// How a claim was come by.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Basis<'a> {
    /// How it is asserted.
    pub modality: Modality,
    /// The state or organization whose office speaks.
    pub side: Option<&'a str>,
    /// What found it.
    pub rule: &'a str,
    /// Probability of being right.
    pub confidence: f64,
    /// The words that say it.
    pub evidence: &'a [Words],
}

/// Claims: what each says, and beside it how it was come by. Their fields stand in one row, so that any form of bytes can hold them.
macro_rules! claims {
    ($($(#[$about:meta])* $claim:ident { $($(#[$what:meta])* $field:ident: $value:ty,)+ })+) => {
        $(
            $(#[$about])*
            #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
            pub struct $claim {
                $($(#[$what])* pub $field: $value,)+
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

            impl $claim {
                /// How it was come by.
                pub fn basis(&self) -> Basis<'_> {
                    let $claim { modality, side, rule, confidence, evidence, .. } = self;
                    Basis { modality: *modality, side: side.as_deref(), rule, confidence: *confidence, evidence }
                }
            }
        )+
    };
}

claims! {
    /// A contact as claimed.
    Contact {
        /// Kind.
        kind: ContactKind,
        /// Status.
        status: ContactStatus,
        /// Persons.
        participants: Vec<Party>,
        /// States and organizations.
        states: Vec<String>,
        /// When.
        date: Option<Edtf>,
        /// What the date was inferred from.
        #[serde(default)]
        date_inferred: Vec<String>,
        /// Where.
        place: Option<Place>,
        /// In which frame.
        format: Option<String>,
    }

    /// A statement as claimed.
    Statement {
        /// Who says it.
        speaker: Option<Party>,
        /// To whom.
        addressee: Option<Party>,
        /// Whether in quotation marks.
        quoted: bool,
        /// The words.
        text: String,
        /// Where they stand.
        span: Words,
    }

    /// A commitment as claimed.
    Commitment {
        /// Who is bound.
        parties: Vec<String>,
        /// How binding.
        status: CommitmentStatus,
        /// What is to be done.
        action: String,
        /// Until when.
        due: Option<Edtf>,
        /// Where it stands.
        span: Words,
    }

    /// A figure as claimed.
    Figure {
        /// Plain number.
        value: f64,
        /// Unit.
        unit: String,
        /// Bound.
        bound: Bound,
        /// Level or change.
        change: Change,
        /// Topic.
        topic: Topic,
        /// States concerned.
        states: Vec<String>,
        /// The time it is claimed for.
        period: Option<Edtf>,
        /// Where it stands.
        span: Words,
    }

    /// A standing as claimed.
    Standing {
        /// Who.
        subject: Party,
        /// What it is to the object.
        relation: Relation,
        /// Office, organization or state.
        object: String,
        /// The name of a partnership.
        name: Option<String>,
        /// When.
        period: Option<Edtf>,
        /// Where it stands.
        span: Words,
    }
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
    /// Nobody can tell whether the entry with this claim is right: another shall look.
    Unsure {
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
