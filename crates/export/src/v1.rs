//! The wire form `chancery.reading/1`: one JSON object a reading.
//!
//! In: a reading. Out: JSON whose keys and words are the contract. Never: serialises the model itself, so that a new
//! field there changes nothing here.

use chancery_model as model;
use model::{CodePoints, Edtf};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Name of the form, with its version.
pub const SCHEMA: &str = "chancery.reading/1";

/// What one document says.
#[derive(Serialize)]
pub struct Reading<'a> {
    schema: &'static str,
    document: Document<'a>,
    contacts: Vec<Contact<'a>>,
    statements: Vec<Statement<'a>>,
    commitments: Vec<Commitment<'a>>,
    figures: Vec<Figure<'a>>,
    standings: Vec<Standing<'a>>,
    doubts: Vec<Doubt<'a>>,
}

/// What one document names.
#[derive(Serialize)]
pub struct Mentions<'a> {
    document: Document<'a>,
    mentions: Vec<Mention<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    sha256: String,
    language: Option<&'a str>,
    published: Option<String>,
    title: Option<&'a str>,
    origins: Vec<Origin<'a>>,
    characters: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authors: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Stretch<'a>>,
}

/// A stretch of the text that the structure of the source marks.
#[derive(Serialize)]
struct Stretch<'a> {
    part: &'static str,
    span: Span<'a>,
}

#[derive(Serialize)]
struct Origin<'a> {
    name: &'a str,
    span: Span<'a>,
}

#[derive(Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    exact: &'a str,
}

#[derive(Serialize)]
struct Office<'a> {
    role: &'static str,
    of: &'a str,
}

#[derive(Serialize)]
struct Party<'a> {
    name: &'a str,
    qid: Option<&'a str>,
    office: Option<Office<'a>>,
    span: Option<Span<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inferred: Option<&'static str>,
}

#[derive(Serialize)]
struct Place<'a> {
    name: Option<&'a str>,
    country: Option<&'a str>,
}

/// How a claim was come by: the same keys at the end of each.
#[derive(Serialize)]
struct Basis<'a> {
    modality: &'static str,
    side: Option<&'a str>,
    rule: &'a str,
    confidence: f64,
    evidence: Vec<Span<'a>>,
}

#[derive(Serialize)]
struct Contact<'a> {
    kind: &'static str,
    status: &'static str,
    modality: &'static str,
    participants: Vec<Party<'a>>,
    states: &'a [String],
    date: Option<String>,
    date_inferred: &'a [&'static str],
    place: Option<Place<'a>>,
    format: Option<&'a str>,
    side: Option<&'a str>,
    rule: &'a str,
    confidence: f64,
    evidence: Vec<Span<'a>>,
}

#[derive(Serialize)]
struct Statement<'a> {
    speaker: Option<Party<'a>>,
    addressee: Option<Party<'a>>,
    quoted: bool,
    text: &'a str,
    span: Span<'a>,
    #[serde(flatten)]
    basis: Basis<'a>,
}

#[derive(Serialize)]
struct Commitment<'a> {
    parties: &'a [String],
    status: &'static str,
    action: &'a str,
    due: Option<String>,
    span: Span<'a>,
    #[serde(flatten)]
    basis: Basis<'a>,
}

#[derive(Serialize)]
struct Figure<'a> {
    #[serde(serialize_with = "plain")]
    value: f64,
    unit: &'a str,
    bound: &'static str,
    change: &'static str,
    topic: &'static str,
    states: &'a [String],
    period: Option<String>,
    text: &'a str,
    span: Span<'a>,
    #[serde(flatten)]
    basis: Basis<'a>,
}

#[derive(Serialize)]
struct Standing<'a> {
    subject: Party<'a>,
    relation: &'static str,
    object: &'a str,
    name: Option<&'a str>,
    period: Option<String>,
    span: Span<'a>,
    #[serde(flatten)]
    basis: Basis<'a>,
}

#[derive(Serialize)]
struct Doubt<'a> {
    about: &'a str,
    candidates: &'a [String],
    span: Span<'a>,
}

#[derive(Serialize)]
struct Mention<'a> {
    kind: &'static str,
    value: Value<'a>,
    unit: Option<&'a str>,
    name: Option<&'a str>,
    qid: Option<&'a str>,
    span: Span<'a>,
}

/// A number, words, or nothing.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Number(#[serde(serialize_with = "plain")] f64),
    Words(Option<&'a str>),
}

/// Whole numbers without a fraction, as people and JSON write them.
fn plain<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT { serializer.serialize_i64(*value as i64) } else { serializer.serialize_f64(*value) }
}

/// SHA-256 of a text, in hexadecimal digits.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One text and the count of its code points: turns model types into wire types.
struct Source<'a> {
    text: &'a str,
    points: CodePoints,
}

fn date(date: &Option<Edtf>) -> Option<String> {
    date.as_ref().map(Edtf::to_string)
}

fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

impl<'a> Source<'a> {
    fn of(reading: &'a model::Reading) -> Source<'a> {
        Source { text: &reading.document.text, points: CodePoints::new(&reading.document.text) }
    }

    fn span(&self, span: model::Span) -> Span<'a> {
        let at = |offset| self.points.at(self.text, offset);
        Span { start: at(span.start()), end: at(span.end()), exact: span.of(self.text) }
    }

    fn party(&self, party: &'a model::Party) -> Party<'a> {
        Party {
            name: &party.name,
            qid: party.qid.as_deref(),
            office: party.office.as_ref().map(|office| Office { role: office.role.as_str(), of: &office.of }),
            span: party.span.map(|span| self.span(span)),
            inferred: party.inferred,
        }
    }

    fn evidence(&self, basis: &'a model::Basis) -> Vec<Span<'a>> {
        basis.evidence.iter().map(|span| self.span(*span)).collect()
    }

    fn basis(&self, basis: &'a model::Basis) -> Basis<'a> {
        Basis {
            modality: basis.modality.as_str(),
            side: basis.side.as_deref(),
            rule: &basis.rule,
            confidence: rounded(basis.confidence),
            evidence: self.evidence(basis),
        }
    }

    fn document(&self, reading: &'a model::Reading) -> Document<'a> {
        Document {
            id: &reading.document.id,
            sha256: sha256(self.text),
            language: reading.language.as_deref(),
            published: date(&reading.published),
            title: reading.title.as_deref(),
            origins: reading.origins.iter().map(|origin| Origin { name: &origin.name, span: self.span(origin.span) }).collect(),
            characters: self.points.at(self.text, self.text.len()),
            url: reading.document.url.as_deref(),
            canonical: reading.document.canonical.as_deref(),
            site: reading.document.site.as_deref(),
            authors: &reading.document.authors,
            parts: reading
                .document
                .stretches
                .iter()
                .map(|stretch| Stretch { part: stretch.part.as_str(), span: self.span(stretch.span) })
                .collect(),
        }
    }

    fn contact(&self, contact: &'a model::Contact) -> Contact<'a> {
        Contact {
            kind: contact.kind.as_str(),
            status: contact.status.as_str(),
            modality: contact.basis.modality.as_str(),
            participants: contact.participants.iter().map(|party| self.party(party)).collect(),
            states: &contact.states,
            date: date(&contact.date),
            date_inferred: &contact.date_inferred,
            place: contact.place.as_ref().map(|place| Place { name: place.name.as_deref(), country: place.country.as_deref() }),
            format: contact.format.as_deref(),
            side: contact.basis.side.as_deref(),
            rule: &contact.basis.rule,
            confidence: rounded(contact.basis.confidence),
            evidence: self.evidence(&contact.basis),
        }
    }

    fn statement(&self, statement: &'a model::Statement) -> Statement<'a> {
        Statement {
            speaker: statement.speaker.as_ref().map(|party| self.party(party)),
            addressee: statement.addressee.as_ref().map(|party| self.party(party)),
            quoted: statement.quoted,
            text: statement.span.of(self.text),
            span: self.span(statement.span),
            basis: self.basis(&statement.basis),
        }
    }

    fn commitment(&self, commitment: &'a model::Commitment) -> Commitment<'a> {
        Commitment {
            parties: &commitment.parties,
            status: commitment.status.as_str(),
            action: commitment.action.of(self.text),
            due: date(&commitment.due),
            span: self.span(commitment.action),
            basis: self.basis(&commitment.basis),
        }
    }

    fn figure(&self, figure: &'a model::Figure) -> Figure<'a> {
        Figure {
            value: figure.value,
            unit: &figure.unit,
            bound: figure.bound.as_str(),
            change: figure.change.as_str(),
            topic: figure.topic.as_str(),
            states: &figure.states,
            period: date(&figure.period),
            text: figure.span.of(self.text),
            span: self.span(figure.span),
            basis: self.basis(&figure.basis),
        }
    }

    fn standing(&self, standing: &'a model::Standing) -> Standing<'a> {
        Standing {
            subject: self.party(&standing.subject),
            relation: standing.relation.as_str(),
            object: &standing.object,
            name: standing.name.as_deref(),
            period: date(&standing.period),
            span: self.span(standing.span),
            basis: self.basis(&standing.basis),
        }
    }

    fn mention(&self, mention: &'a model::Mention) -> Mention<'a> {
        Mention {
            kind: mention.kind.as_str(),
            value: mention.number.map_or(Value::Words(mention.value.as_deref()), Value::Number),
            unit: mention.unit.as_deref(),
            name: mention.name.as_deref(),
            qid: mention.qid.as_deref(),
            span: self.span(mention.span),
        }
    }
}

/// The wire form of a reading.
pub fn reading(reading: &model::Reading) -> Reading<'_> {
    let source = Source::of(reading);
    let claims = &reading.claims;
    Reading {
        schema: SCHEMA,
        document: source.document(reading),
        contacts: claims.contacts.iter().map(|contact| source.contact(contact)).collect(),
        statements: claims.statements.iter().map(|statement| source.statement(statement)).collect(),
        commitments: claims.commitments.iter().map(|commitment| source.commitment(commitment)).collect(),
        figures: claims.figures.iter().map(|figure| source.figure(figure)).collect(),
        standings: claims.standings.iter().map(|standing| source.standing(standing)).collect(),
        doubts: claims
            .doubts
            .iter()
            .map(|doubt| Doubt { about: &doubt.about, candidates: &doubt.candidates, span: source.span(doubt.span) })
            .collect(),
    }
}

/// The wire form of what a reading names.
pub fn mentions(reading: &model::Reading) -> Mentions<'_> {
    let source = Source::of(reading);
    Mentions { document: source.document(reading), mentions: reading.mentions.iter().map(|mention| source.mention(mention)).collect() }
}

/// One line of JSON, without its line feed.
///
/// # Errors
/// Never for the types of this module; kept for the signature of the serialiser.
pub fn line(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(value)
}
