//! A reading against expected lines.
//!
//! In: lines and a reading. Out: which lines it bears out, which not, and the claims beyond them. Never: half a match.

use super::parse::{ExpectedLine, Expects};
use super::{Kind, TheirPlace, Told};
use crate::evaluate::{Tally, fold, text_similarity};
use chancery_model::{Contact, Mention, MentionKind, Modality, Party, Reading, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// How like two actions must be to be one.
const SAME_ACTION: f64 = 0.75;

/// What came of a comparison.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outcome {
    /// Lines whose claim is missed, by their place among the lines.
    pub missed: Vec<usize>,
    /// Lines that are kept as known to be wrong or missing and are right by now.
    pub right_now: Vec<usize>,
    /// Claims found of a kind that the lines name, which no line expects.
    pub beyond: Vec<String>,
}

impl Outcome {
    /// Whether everything is as expected.
    pub fn is_right(&self) -> bool {
        self.missed.is_empty() && self.right_now.is_empty() && self.beyond.is_empty()
    }

    /// What differs, a line each.
    pub fn describe(&self, lines: &[ExpectedLine]) -> Vec<String> {
        let tell = |line: &ExpectedLine| match &line.expects {
            Expects::Claim(told) | Expects::NotYet(told) | Expects::Wrong(told) => told.to_string(),
            Expects::No(kind) => format!("no {}", kind.as_str()),
        };
        let mut told = Vec::new();
        told.extend(self.missed.iter().map(|index| format!("line {}: missed  {}", lines[*index].line, tell(&lines[*index]))));
        told.extend(self.beyond.iter().map(|claim| format!("found beyond: {claim}")));
        for index in &self.right_now {
            let line = &lines[*index];
            told.push(match line.expects {
                Expects::Wrong(_) => format!("line {}: no longer found; take the line away: {}", line.line, tell(line)),
                _ => format!("line {}: found by now; take \"not yet\" away: {}", line.line, tell(line)),
            });
        }
        told
    }
}

/// Compares a reading with lines. With `kinds` exactly these kinds must be complete, else those that the lines name.
pub fn compare(lines: &[ExpectedLine], reading: &Reading, kinds: Option<&[Kind]>) -> Outcome {
    let mut complete: BTreeSet<Kind> = lines.iter().map(ExpectedLine::kind).collect();
    if let Some(kinds) = kinds {
        complete.extend(kinds);
    }
    let mut found: Vec<Option<Told>> = told(reading).into_iter().filter(|told| complete.contains(&told.kind())).map(Some).collect();
    let mut take = |expected: &Told| match found.iter_mut().find(|found| found.as_ref().is_some_and(|found| agrees(expected, found))) {
        Some(slot) => slot.take().is_some(),
        None => false,
    };
    let mut outcome = Outcome::default();
    // what is right goes first, so that a known fault never takes a right claim away
    for (index, line) in lines.iter().enumerate() {
        if let Expects::Claim(expected) = &line.expects
            && !take(expected)
        {
            outcome.missed.push(index);
        }
    }
    for (index, line) in lines.iter().enumerate() {
        match &line.expects {
            Expects::NotYet(expected) if take(expected) => outcome.right_now.push(index),
            Expects::Wrong(expected) if !take(expected) => outcome.right_now.push(index),
            _ => {}
        }
    }
    // a mention is asked for, but not every mention
    let beyond = found.into_iter().flatten().filter(|told| match told.kind() {
        Kind::Mention(kind) => lines.iter().any(|line| line.expects == Expects::No(Kind::Mention(kind))),
        _ => true,
    });
    outcome.beyond = beyond.map(|told| told.to_string()).collect();
    outcome
}

/// Counts what is right, wrong and missed of every kind of claim, whatever is known to be wrong.
pub fn tally(lines: &[ExpectedLine], reading: &Reading) -> BTreeMap<Kind, Tally> {
    let truth: Vec<&Told> = lines
        .iter()
        .filter_map(|line| match &line.expects {
            Expects::Claim(told) | Expects::NotYet(told) => Some(told),
            Expects::Wrong(_) | Expects::No(_) => None,
        })
        .collect();
    let mut tallies: BTreeMap<Kind, Tally> = Kind::OF_EXAMPLES.iter().map(|kind| (*kind, Tally::default())).collect();
    let mut found: Vec<Option<Told>> = told(reading).into_iter().map(Some).collect();
    for expected in truth {
        let Some(tally) = tallies.get_mut(&expected.kind()) else { continue };
        match found.iter_mut().find(|found| found.as_ref().is_some_and(|found| agrees(expected, found))) {
            Some(slot) => {
                *slot = None;
                tally.right += 1;
            }
            None => tally.missed += 1,
        }
    }
    for told in found.iter().flatten() {
        if let Some(tally) = tallies.get_mut(&told.kind()) {
            tally.wrong += 1;
        }
    }
    tallies
}

/// The lines of a test as the program bears them out: what is missed is kept as "not yet", what is found beyond as "wrong".
/// `texts` are the lines as written, in the same order.
pub fn bless(lines: &[ExpectedLine], texts: &[String], outcome: &Outcome) -> Vec<String> {
    let mut blessed = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let body = text.trim().trim_start_matches('-').trim();
        match &lines[index].expects {
            Expects::Claim(_) if outcome.missed.contains(&index) => blessed.push(format!("- not yet {body}")),
            Expects::NotYet(_) if outcome.right_now.contains(&index) => blessed.push(format!("- {}", body.trim_start_matches("not yet "))),
            Expects::Wrong(_) if outcome.right_now.contains(&index) => {}
            _ => blessed.push(text.clone()),
        }
    }
    blessed.extend(outcome.beyond.iter().map(|claim| format!("- wrong {claim}")));
    blessed
}

/// Everything a reading says, as lines tell it.
pub(crate) fn told(reading: &Reading) -> Vec<Told> {
    let text = &reading.document.text;
    let claims = &reading.claims;
    let name = |party: &Option<Party>| party.as_ref().map(|party| party.name.clone());
    let mut told = Vec::new();
    // hypothetical claims are kept apart and count as nothing
    let counted = claims.contacts.iter().filter(|contact| contact.basis.modality != Modality::Hypothetical);
    told.extend(counted.map(contact));
    told.extend(
        claims
            .statements
            .iter()
            .filter(|statement| statement.quoted)
            .map(|statement| Told::Quote { speaker: name(&statement.speaker), words: spaced(statement.span.of(text)) }),
    );
    told.extend(claims.commitments.iter().map(|commitment| Told::Commitment {
        status: commitment.status,
        parties: commitment.parties.iter().cloned().collect(),
        action: spaced(commitment.action.of(text)),
    }));
    told.extend(claims.figures.iter().map(|figure| Told::Figure {
        value: figure.value,
        unit: figure.unit.clone(),
        bound: figure.bound,
        change: figure.change,
        topic: figure.topic,
        states: figure.states.iter().cloned().collect(),
    }));
    told.extend(claims.standings.iter().map(|standing| match standing.relation {
        Relation::HoldsOffice => Told::Office { person: standing.subject.name.clone(), office: standing.object.clone() },
        relation => {
            let object = match &standing.name {
                Some(name) => format!("{}: {name}", standing.object),
                None => standing.object.clone(),
            };
            Told::Standing { subject: standing.subject.name.clone(), relation, object }
        }
    }));
    told.extend(reading.origins.iter().map(|origin| Told::Origin { name: origin.name.clone() }));
    told.extend(claims.doubts.iter().map(|doubt| {
        let candidates = doubt.candidates.iter().cloned().collect();
        Told::Doubt { words: spaced(doubt.span.of(text)), candidates }
    }));
    told.extend(reading.mentions.iter().map(|mention| Told::Mention { kind: mention.kind, value: mention_value(mention, text) }));
    told
}

fn contact(contact: &Contact) -> Told {
    let place = contact.place.as_ref().map(|place| TheirPlace { name: place.name.clone(), country: place.country.clone() });
    Told::Contact {
        kind: contact.kind,
        status: contact.status,
        date: contact.date.as_ref().map(ToString::to_string),
        people: contact.participants.iter().map(|party| party.name.clone()).collect(),
        states: contact.states.iter().cloned().collect(),
        place,
        format: Some(contact.format.clone()),
    }
}

fn mention_value(mention: &Mention, text: &str) -> String {
    let number = mention.number.map(|number| number.to_string());
    match mention.kind {
        MentionKind::Amount => [number, mention.unit.clone()].into_iter().flatten().collect::<Vec<_>>().join(" "),
        MentionKind::Percent | MentionKind::Number => number.unwrap_or_default(),
        _ => mention.value.clone().or_else(|| mention.name.clone()).unwrap_or_else(|| spaced(mention.span.of(text))),
    }
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_date(a: &Option<String>, b: &Option<String>) -> bool {
    let plain = |date: &Option<String>| date.as_deref().unwrap_or("").trim_end_matches('~').to_owned();
    plain(a) == plain(b)
}

fn same_names(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let folded = |names: &BTreeSet<String>| names.iter().map(|name| fold(name)).collect::<BTreeSet<String>>();
    a == b || folded(a) == folded(b)
}

fn same_name(a: &str, b: &str) -> bool {
    a == b || fold(a) == fold(b)
}

/// Whether what was found is what was expected, in every field that the line gives.
fn agrees(expected: &Told, found: &Told) -> bool {
    match (expected, found) {
        (
            Told::Contact { kind, status, date, people, states, place, format },
            Told::Contact { kind: kind2, status: status2, date: date2, people: people2, states: states2, place: place2, format: format2 },
        ) => {
            kind == kind2
                && status == status2
                && same_date(date, date2)
                && same_names(people, people2)
                && states == states2
                && place.as_ref().is_none_or(|place| same_place(place, place2.as_ref()))
                && (format.is_none() || format == format2)
        }
        (Told::Quote { speaker, words }, Told::Quote { speaker: speaker2, words: words2 }) => {
            let same_speaker = match (speaker, speaker2) {
                (Some(a), Some(b)) => same_name(a, b),
                (a, b) => a == b,
            };
            same_speaker && bare(words) == bare(words2)
        }
        (Told::Commitment { status, parties, action }, Told::Commitment { status: status2, parties: parties2, action: action2 }) => {
            status == status2 && same_names(parties, parties2) && (action == action2 || text_similarity(action, action2) >= SAME_ACTION)
        }
        (
            Told::Figure { value, unit, bound, change, topic, states },
            Told::Figure { value: value2, unit: unit2, bound: bound2, change: change2, topic: topic2, states: states2 },
        ) => {
            (value - value2).abs() <= 1e-9 * value.abs().max(1.0)
                && unit == unit2
                && bound == bound2
                && change == change2
                && topic == topic2
                && (states == states2 || states.is_empty())
        }
        (Told::Office { person, office }, Told::Office { person: person2, office: office2 }) => {
            same_name(person, person2) && office == office2
        }
        (Told::Standing { subject, relation, object }, Told::Standing { subject: subject2, relation: relation2, object: object2 }) => {
            let plain = |words: &str| words.replace([':', ','], " ").split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
            let (a, b) = (plain(object), plain(object2));
            // a line may leave the name of a partnership out
            let same_object = a == b || (*relation == Relation::Partnership && a.len() == 1 && b.first() == a.first());
            relation == relation2 && same_name(subject, subject2) && same_object
        }
        (Told::Origin { name }, Told::Origin { name: name2 }) => same_name(name, name2),
        (Told::Doubt { words, candidates }, Told::Doubt { words: words2, candidates: candidates2 }) => {
            words == words2 && candidates == candidates2
        }
        (Told::Mention { kind, value }, Told::Mention { kind: kind2, value: value2 }) => kind == kind2 && same_name(value, value2),
        _ => false,
    }
}

fn same_place(expected: &TheirPlace, found: Option<&TheirPlace>) -> bool {
    let country = found.and_then(|place| place.country.as_ref());
    let name = found.and_then(|place| place.name.as_ref());
    match expected {
        // `@-`: no place at all
        TheirPlace { name: None, country: None } => country.is_none() && name.is_none(),
        _ => {
            expected.country.as_ref() == country
                && expected.name.as_ref().is_none_or(|expected| name.is_some_and(|name| same_name(expected, name)))
        }
    }
}

/// Quoted words without the marks around them and the comma or full stop at their end.
fn bare(words: &str) -> String {
    let quotes = ['"', '„', '“', '”', '«', '»', '‚', '‘', '’', '‹', '›'];
    let words = spaced(words);
    words.trim_matches(quotes).trim_end_matches([',', '.']).trim_matches(quotes).to_owned()
}
