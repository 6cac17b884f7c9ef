//! What a document says, as the codebook codes it.
//!
//! In: nothing. Out: plain data. Never: decides anything.

use crate::{Edtf, Span};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A closed list of words of the codebook: an enum with its written forms.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $(#[doc = concat!("`", $word, "`")] $(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every value, in the codebook's order.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The codebook's word.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(self.as_str()) }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> { serializer.serialize_str(self.as_str()) }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let word = Cow::<str>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<$name, UnknownWord> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err(UnknownWord { word: word.to_owned(), expected: &[$($word),+] }),
                }
            }
        }
    };
}

/// A word that the codebook does not have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownWord {
    word: String,
    expected: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "unknown word {:?}; expected one of {}", self.word, self.expected.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

vocabulary! {
    /// What somebody is in an office as.
    Role {
        HeadOfState = "head of state", President = "president", Monarch = "monarch", PrimeMinister = "prime minister",
        DeputyPrimeMinister = "deputy prime minister", ForeignMinister = "foreign minister",
        DeputyForeignMinister = "deputy foreign minister", Minister = "minister", Ambassador = "ambassador",
        SpecialEnvoy = "special envoy", Speaker = "speaker of parliament", SecretaryGeneral = "secretary-general",
        Spokesperson = "spokesperson", Other = "other",
    }
}

impl Role {
    /// Whether one person at a time holds this office in a state.
    pub fn single_seat(self) -> bool {
        matches!(
            self,
            Role::HeadOfState | Role::President | Role::Monarch | Role::PrimeMinister | Role::ForeignMinister | Role::SecretaryGeneral
        )
    }
}

vocabulary! {
    /// The kind of a contact.
    ContactKind { Meeting = "meeting", Call = "call", Visit = "visit", Conference = "conference", Letter = "letter", Signing = "signing" }
}

vocabulary! {
    /// Whether a contact took place.
    ContactStatus { Held = "held", Planned = "planned", Proposed = "proposed", Cancelled = "cancelled", Denied = "denied" }
}

vocabulary! {
    /// How a claim is asserted.
    Modality { Asserted = "asserted", Reported = "reported", Hypothetical = "hypothetical", Negated = "negated" }
}

vocabulary! {
    /// How binding an undertaking is.
    CommitmentStatus { Agreed = "agreed", Pledged = "pledged", Instructed = "instructed", Proposed = "proposed" }
}

vocabulary! {
    /// How a figure bounds the truth.
    Bound { Exact = "exact", AtLeast = "at least", AtMost = "at most", About = "about" }
}

vocabulary! {
    /// Whether a figure is a level or a change of one.
    Change { Level = "level", Increase = "increase", Decrease = "decrease" }
}

vocabulary! {
    /// What a figure is about.
    Topic { Trade = "trade", Investment = "investment", Aid = "aid", Energy = "energy", Transit = "transit", People = "people", Other = "other" }
}

vocabulary! {
    /// What a subject is to an object.
    Relation { Member = "member", Observer = "observer", Chair = "chair", HoldsOffice = "holds office", Partnership = "partnership", Founder = "founder" }
}

/// An office: `foreign minister` of `RU`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Office {
    /// The role.
    pub role: Role,
    /// ISO 3166-1 code of a state, or key of an organization.
    pub of: String,
}

impl fmt::Display for Office {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of {}", self.role, self.of)
    }
}

/// A person, state or body that a claim names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Party {
    /// Common English name of a person, or the code of a state or organization.
    pub name: String,
    /// Wikidata item, where known.
    pub qid: Option<String>,
    /// The office in which the person is named here.
    pub office: Option<Office>,
    /// The words that name the party; absent where it is inferred.
    pub span: Option<Span>,
    /// Why the party is known although the words do not name it (`office-holder`, `discourse`).
    pub inferred: Option<&'static str>,
}

/// Where something happens; either part may be unknown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// City or site, common English name.
    pub name: Option<String>,
    /// ISO 3166-1 code.
    pub country: Option<String>,
}

/// How a claim was come by.
#[derive(Clone, PartialEq, Debug)]
pub struct Basis {
    /// How it is asserted.
    pub modality: Modality,
    /// The state or organization whose office speaks here, where it is a party itself.
    pub side: Option<String>,
    /// The name of what found it.
    pub rule: String,
    /// Probability of being right, 0 to 1.
    pub confidence: f32,
    /// The words that say it; never empty.
    pub evidence: Vec<Span>,
}

/// An occasion on which representatives of two or more states or organizations are in touch.
#[derive(Clone, PartialEq, Debug)]
pub struct Contact {
    /// Kind.
    pub kind: ContactKind,
    /// Status.
    pub status: ContactStatus,
    /// The persons named as taking part.
    pub participants: Vec<Party>,
    /// The states and organizations they stand for.
    pub states: Vec<String>,
    /// When.
    pub date: Option<Edtf>,
    /// What the date was inferred from, beyond the words that give it.
    pub date_inferred: Vec<&'static str>,
    /// Where.
    pub place: Option<Place>,
    /// The organization or format in whose frame it happens.
    pub format: Option<String>,
    /// How it was come by.
    pub basis: Basis,
}

/// Words reported of a speaker.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// Who says it.
    pub speaker: Option<Party>,
    /// To whom.
    pub addressee: Option<Party>,
    /// Whether the words stand in quotation marks.
    pub quoted: bool,
    /// The words said.
    pub span: Span,
    /// How it was come by.
    pub basis: Basis,
}

/// An undertaking that something will be done.
#[derive(Clone, PartialEq, Debug)]
pub struct Commitment {
    /// States or persons bound.
    pub parties: Vec<String>,
    /// Status.
    pub status: CommitmentStatus,
    /// The clause that says what is to be done.
    pub action: Span,
    /// Until when.
    pub due: Option<Edtf>,
    /// How it was come by.
    pub basis: Basis,
}

/// A number claimed of relations between states.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Plain number.
    pub value: f64,
    /// ISO 4217 code, `percent` or `count:<noun>`.
    pub unit: String,
    /// How the number bounds the truth.
    pub bound: Bound,
    /// Level or change.
    pub change: Change,
    /// What it is about.
    pub topic: Topic,
    /// The states concerned.
    pub states: Vec<String>,
    /// The time it is claimed for.
    pub period: Option<Edtf>,
    /// The words of the number.
    pub span: Span,
    /// How it was come by.
    pub basis: Basis,
}

/// What a state or person is at a date.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// Who.
    pub subject: Party,
    /// What it is to the object.
    pub relation: Relation,
    /// The office (`president of KZ`), organization or state.
    pub object: String,
    /// The name of a partnership; `acting` of an office held in that capacity.
    pub name: Option<String>,
    /// When.
    pub period: Option<Edtf>,
    /// The words that say it.
    pub span: Span,
    /// How it was come by.
    pub basis: Basis,
}

/// What could not be settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// What is in doubt, in plain words.
    pub about: String,
    /// The readings that remain.
    pub candidates: Vec<String>,
    /// The words in doubt.
    pub span: Span,
}

/// An agency or office that the text credits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    /// Name.
    pub name: String,
    /// The words that credit it.
    pub span: Span,
}

vocabulary! {
    /// What kind of thing a mention names.
    MentionKind {
        Person = "person", State = "state", Organization = "organization", Place = "place", Office = "office", Date = "date",
        Amount = "amount", Percent = "percent", Number = "number", Quotation = "quotation", Source = "source",
    }
}

/// Something that the text names, in or out of a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct Mention {
    /// Kind.
    pub kind: MentionKind,
    /// Code, EDTF date, office, or quoted words.
    pub value: Option<String>,
    /// Plain number of amounts, percentages and numbers.
    pub number: Option<f64>,
    /// ISO 4217 code of an amount.
    pub unit: Option<String>,
    /// Common English name of a person or place.
    pub name: Option<String>,
    /// Wikidata item.
    pub qid: Option<String>,
    /// The words.
    pub span: Span,
}

/// Everything that one document says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Claims {
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Commitments.
    pub commitments: Vec<Commitment>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Standings.
    pub standings: Vec<Standing>,
    /// Doubts.
    pub doubts: Vec<Doubt>,
}
