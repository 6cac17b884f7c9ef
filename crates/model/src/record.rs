//! The entries of the record: what many documents say of one occasion, statement, commitment, figure or standing.
//!
//! In: nothing. Out: plain data, in the form `chancery.entry/1` in which it is kept and printed. Never: decides which claims are one.

use crate::claim::{Bound, Change, CommitmentStatus, ContactKind, ContactStatus, Modality, Office, Place, Relation, Topic};
use crate::edtf::Edtf;
use serde::{Deserialize, Serialize};

mod brief;

/// Name of the form, with its version.
pub const SCHEMA: &str = "chancery.entry/1";

/// Words of a document: code points of its text, and the words themselves.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Words {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The words.
    pub exact: String,
}

/// A claim that an entry is made of.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Backing {
    /// Public id of the claim; an alias of its entry.
    pub claim: String,
    /// Id of the document.
    pub document: String,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Date of publication of the document.
    pub published: Option<Edtf>,
    /// Number of the origin group of the document among those of the entry, from 1: documents of one group are copies of each other.
    pub origin: usize,
    /// How it is asserted.
    pub modality: Modality,
    /// The state or organization whose office speaks.
    pub side: Option<String>,
    /// What found it.
    pub rule: String,
    /// Probability of being right, 0 to 1.
    pub confidence: f64,
    /// The words that say it.
    pub evidence: Vec<Words>,
}

/// A value and who says it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Ids of the claims that give it; empty where it is inferred.
    pub claims: Vec<String>,
    /// Independent sources among them.
    pub sources: usize,
    /// Why it is known although no claim gives it whole: `other-document`, `judgement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
}

/// Somebody who took part.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Common English name.
    pub name: String,
    /// Wikidata item.
    pub qid: Option<String>,
    /// The office named, where one is.
    pub office: Option<Office>,
}

/// How far claims of one entry differ in a value.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Conflict {
    /// The value: `date`, `place`, `participants`, `status`, `figure`, `object`, ...
    pub of: String,
    /// What kind: `contradiction` (both cannot be), `precision` (one is vaguer), `revision` (a later report corrects),
    /// `omission` (one names less).
    pub kind: String,
    /// The values as written, each with its claims.
    pub values: Vec<Said<String>>,
}

/// One step of what became of a contact or commitment, by the day of the report.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// The day of publication of the report; none where it has none.
    pub reported: Option<Edtf>,
    /// `planned`, `moved`, `held`, ...; of a commitment its outcome.
    pub status: String,
    /// For when.
    pub date: Option<Edtf>,
    /// Claims that say so.
    pub claims: Vec<String>,
}

/// Why two claims were taken as one, or held apart.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Join {
    /// A claim.
    pub one: String,
    /// Another.
    pub other: String,
    /// Sum of the weights; above 0 it speaks for one entry.
    pub weight: f64,
    /// Each piece of evidence in words with its weight, the strongest first.
    pub reasons: Vec<(String, f64)>,
}

/// What a side's own report mentions and the other's does not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SideView {
    /// State or organization whose office reports.
    pub side: String,
    /// Claims of its documents.
    pub claims: Vec<String>,
    /// What only this side mentions.
    pub only: Vec<Mention>,
}

/// What a report mentions.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "mention", rename_all = "lowercase")]
pub enum Mention {
    /// Somebody who took part.
    Person {
        /// Full name.
        name: String,
    },
    /// What somebody undertook.
    Commitment {
        /// In the words of the earliest document.
        action: String,
    },
    /// A number.
    Figure {
        /// By most sources.
        value: f64,
        /// ISO 4217 code, `percent` or `count:<noun>`.
        unit: String,
        /// What it is about.
        topic: Topic,
    },
}

/// How many stand behind an entry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Support {
    /// Documents.
    pub documents: usize,
    /// BCP 47 tags, in order.
    pub languages: Vec<String>,
    /// Publishers, in order.
    pub outlets: Vec<String>,
    /// Independent sources.
    pub sources: usize,
    /// Documents that are copies, with why, in words: `b.txt is a copy of a.txt: both credit TASS`.
    pub copies: Vec<String>,
}

/// An entry of the record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// `chancery.entry/1`
    pub schema: String,
    /// Public id: never reused.
    pub id: String,
    /// Other ids that lead here.
    pub aliases: Vec<String>,
    /// What it records.
    #[serde(flatten)]
    pub content: Content,
    /// How many stand behind it.
    pub support: Support,
    /// Probability of being right, 0 to 1.
    pub confidence: f64,
    /// Whether a person accepted, rejected or corrected it.
    pub judged: Option<String>,
    /// Where its claims differ.
    pub conflicts: Vec<Conflict>,
    /// The claims.
    pub claims: Vec<Backing>,
    /// Why they are one.
    pub joins: Vec<Join>,
    /// What spoke against joining others that are alike.
    pub apart: Vec<Join>,
}

/// What an entry records.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "lowercase")]
pub enum Content {
    /// An occasion.
    Contact(Box<Contact>),
    /// Words reported.
    Statement(Box<Statement>),
    /// An undertaking.
    Commitment(Box<Commitment>),
    /// A number.
    Figure(Box<Figure>),
    /// What somebody is.
    Standing(Box<Standing>),
}

/// An occasion on which representatives of states or organizations were, are or will be in touch.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// Kind.
    pub kind: ContactKind,
    /// Status by the latest reports.
    pub status: ContactStatus,
    /// When, by most sources and the most exact.
    pub date: Option<Edtf>,
    /// Where.
    pub place: Option<Place>,
    /// In which frame.
    pub format: Option<String>,
    /// States and organizations, in order.
    pub states: Vec<Said<String>>,
    /// Persons, in order of name.
    pub participants: Vec<Said<Person>>,
    /// Every date given.
    pub dates: Vec<Said<Edtf>>,
    /// Every place given.
    pub places: Vec<Said<Place>>,
    /// Planned, moved, held, denied: by day of report.
    pub history: Vec<Step>,
    /// Id of the visit or conference during which it took place.
    pub part_of: Option<String>,
    /// Ids of the contacts during it.
    pub holds: Vec<String>,
    /// What each side's own report mentions alone.
    pub sides: Vec<SideView>,
}

/// Words reported of a speaker.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Who says it.
    pub speaker: Option<Person>,
    /// To whom.
    pub addressee: Option<Person>,
    /// Whether the words stood in quotation marks.
    pub quoted: bool,
    /// The words in the language of the earliest document.
    pub text: String,
    /// The words in each other language and wording.
    pub wordings: Vec<Said<String>>,
    /// The day of the earliest report.
    pub reported: Option<Edtf>,
    /// Id of the contact on which it was said, where that is known.
    pub on: Option<String>,
}

/// An undertaking.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Commitment {
    /// States or persons bound.
    pub parties: Vec<Said<String>>,
    /// How binding.
    pub status: CommitmentStatus,
    /// What is to be done, in the words of the earliest document.
    pub action: String,
    /// Every wording.
    pub wordings: Vec<Said<String>>,
    /// Until when.
    pub due: Option<Edtf>,
    /// The day of the earliest report.
    pub reported: Option<Edtf>,
    /// `open`, `kept`, `overdue`, `dropped`.
    pub outcome: String,
    /// Every change of the outcome with its evidence.
    pub history: Vec<Step>,
    /// Id of the contact on which it was made, where that is known.
    pub on: Option<String>,
    /// Ids of the entries that show it kept.
    pub shown_by: Vec<String>,
}

/// A number claimed of relations between states.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The number by most sources.
    pub value: f64,
    /// ISO 4217 code, `percent` or `count:<noun>`.
    pub unit: String,
    /// How it bounds the truth.
    pub bound: Bound,
    /// Level or change.
    pub change: Change,
    /// What it is about.
    pub topic: Topic,
    /// States concerned.
    pub states: Vec<String>,
    /// The time it is claimed for.
    pub period: Option<Edtf>,
    /// The day of the earliest report.
    pub reported: Option<Edtf>,
    /// Every number given.
    pub values: Vec<Said<f64>>,
}

/// What a state or person is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub subject: Person,
    /// What it is to the object.
    pub relation: Relation,
    /// Office, organization or state.
    pub object: String,
    /// The name of a partnership; `acting` of an office held in that capacity.
    pub name: Option<String>,
    /// When, as far as said.
    pub period: Option<Edtf>,
    /// Every period given.
    pub periods: Vec<Said<Edtf>>,
    /// First and last day of the reports.
    pub reported: Vec<Edtf>,
}
