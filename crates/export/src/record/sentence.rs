//! An entry as an English sentence.
//!
//! In: an entry. Out: the sentence that a claim of that content would be told by. Never: says more than the entry does.

use super::rows::words;
use crate::sentences::{self, Names};
use chancery_model::record::{Content, Entry, Person, Said};
use chancery_model::{Basis, Commitment, Contact, Figure, Modality, Party, Span, Standing, Statement};

fn party(person: &Person) -> Party {
    Party { name: person.name.clone(), qid: person.qid.clone(), office: person.office.clone(), span: None, inferred: None }
}

fn values<T: Clone>(said: &[Said<T>]) -> Vec<T> {
    said.iter().map(|said| said.value.clone()).collect()
}

/// The entry in a sentence, with the words of a statement or commitment.
pub fn told(entry: &Entry, names: Names) -> String {
    let sentence = sentence(entry, names);
    words(entry).map_or(sentence.clone(), |words| format!("{sentence} {words}"))
}

/// The entry in a sentence; a statement's or commitment's own words are not part of it.
pub fn sentence(entry: &Entry, names: Names) -> String {
    let basis =
        Basis { modality: Modality::Asserted, side: None, rule: String::new(), confidence: entry.confidence as f32, evidence: Vec::new() };
    match &entry.content {
        Content::Contact(contact) => sentences::contact(
            &Contact {
                kind: contact.kind,
                status: contact.status,
                participants: contact.participants.iter().map(|said| party(&said.value)).collect(),
                states: values(&contact.states),
                date: contact.date.clone(),
                date_inferred: Vec::new(),
                place: contact.place.clone(),
                format: contact.format.clone(),
                basis,
            },
            names,
        ),
        Content::Statement(statement) => sentences::statement(
            &Statement {
                speaker: statement.speaker.as_ref().map(party),
                addressee: statement.addressee.as_ref().map(party),
                quoted: statement.quoted,
                span: Span::default(),
                basis,
            },
            names,
        ),
        Content::Commitment(commitment) => sentences::commitment(
            &Commitment {
                parties: values(&commitment.parties),
                status: commitment.status,
                action: Span::default(),
                due: commitment.due.clone(),
                basis,
            },
            names,
        ),
        Content::Figure(figure) => sentences::figure(
            &Figure {
                value: figure.value,
                unit: figure.unit.clone(),
                bound: figure.bound,
                change: figure.change,
                topic: figure.topic,
                states: figure.states.clone(),
                period: figure.period.clone(),
                span: Span::default(),
                basis,
            },
            names,
        ),
        Content::Standing(standing) => sentences::standing(
            &Standing {
                subject: party(&standing.subject),
                relation: standing.relation,
                object: standing.object.clone(),
                name: standing.name.clone(),
                period: standing.period.clone(),
                span: Span::default(),
                basis,
            },
            names,
        ),
    }
}
