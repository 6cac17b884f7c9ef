//! Contacts: who met, called, visited or wrote to whom.
//!
//! In: a page, its cast, the frames. Out: one contact for each cue whose slots are filled.
//! Never: joins two cues that tell one occasion; that comes after.

mod counterparts;
mod fill;
mod needs;
mod occurrence;

pub(crate) use counterparts::Counterpart;
pub(crate) use occurrence::{Known, Occurrence};

use super::again::{Echo, echo, told_again};
use super::attendance::{attended_again, discussed_there, took_part};
use super::conference::summit_of_two;
use super::journey::calls_on;
use super::occasion::{caption, one_for_each};
use crate::cast::Cast;
use crate::page::Page;
use chancery_language::{Class, Entry};
use chancery_model::{Contact, ContactKind, ContactStatus, Edtf, Modality, Part};
use fill::fill;
use occurrence::{distinct, readings, urges};
use std::ops::Range;

/// A contact with what joining needs to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub contact: Contact,
    /// Characters taking part.
    pub people: Vec<usize>,
    /// The other side of the verb, state by state.
    pub counterparts: Vec<Counterpart>,
    /// Whether the noun is one of several occasions (meetings, calls).
    pub plural: bool,
    /// Whether each of these has a preposition of his own, or is called a counterpart.
    pub apart: bool,
    pub sentence: usize,
    /// The last sentence that tells of it.
    pub last_sentence: usize,
    /// Whether its phrase sets it before or after what the sentence tells (after talks with A).
    pub aside: bool,
    /// Whether the parties are only guessed from the discourse.
    pub vague: bool,
    /// Whether the cue alone says little (talks, conversation).
    pub weak: bool,
    /// Whether only an infinitive says that it is to come.
    pub loose: bool,
    /// Whether words say that it took place or will, rather than a bare noun.
    pub firm: bool,
    /// Whether a verb in the present tense tells of it, which is of today as well as to come.
    pub present: bool,
    /// The state of whoever receives at home.
    pub host: Option<String>,
    /// Whether the cue is a word for a meeting of leaders, of two or of many.
    pub summit: bool,
}

/// Every contact of a page, and the cues that point back to one.
pub(crate) fn find(known: Known, cast: &mut Cast) -> (Vec<Found>, Vec<Echo>) {
    let page = known.page;
    let (mut found, mut echoes) = (Vec::new(), Vec::new());
    for sentence in 0..page.cut.sentences.len() {
        if !page.tells(sentence) {
            continue;
        }
        if page.part(sentence) == Part::Caption {
            found.extend(caption(page, cast, known.calendar, sentence));
        }
        let words = page.cut.sentences[sentence].words.clone();
        for word in words.clone() {
            if page.begins_hit(word) && page.is(word, Class::Contact) && !urges(page, word) {
                at_word(known, cast, sentence, word, &mut found, &mut echoes);
            }
        }
        accept(page, &words, sentence, &mut found);
    }
    by_telephone(&mut found, &echoes);
    follow_plans(&mut found);
    (found, echoes)
}

/// What the cues at a word tell.
fn at_word(known: Known, cast: &mut Cast, sentence: usize, word: usize, found: &mut Vec<Found>, echoes: &mut Vec<Echo>) {
    let page = known.page;
    let Some(hit) = page.hits.at(word).map(|hit| &page.hits.hits[hit]) else { return };
    let cues: Vec<&Entry> = page.entries(word).filter(|entry| entry.class == Class::Contact).collect();
    for cue in readings(page, known.frames, word, distinct(&cues)) {
        let value = match cue {
            _ if summit_of_two(page, cast, cue, word) => "meeting.noun",
            _ if calls_on(page, cast, cue, word) => "meeting.mutual",
            _ => cue.value.as_str(),
        };
        let Some(frame) = known.frames.of(value) else { continue };
        let occurrence = Occurrence { known, frame, cues: &cues, cue, hit, word, sentence };
        match fill(&occurrence, cast) {
            Some(contacts) if attended_again(&occurrence, cast, &contacts, found) => {}
            Some(contacts) if discussed_there(&occurrence, &contacts, found) => {}
            Some(contacts) => found.extend(contacts.into_iter().flat_map(|one| one_for_each(page, frame, one))),
            None if took_part(&occurrence, cast, found) => {}
            None => match told_again(&occurrence, cast, found) {
                Some(again) => found.push(again),
                None => echoes.extend(echo(&occurrence, cast)),
            },
        }
    }
}

/// Spoke with X; the call took place on Tuesday: whoever spoke, spoke by telephone. So did he who spoke with Y, too.
fn by_telephone(found: &mut [Found], echoes: &[Echo]) {
    let near = |one: usize, other: usize| one.abs_diff(other) <= 1;
    let calls: Vec<(usize, Vec<usize>)> = found
        .iter()
        .filter(|one| one.contact.kind == ContactKind::Call && one.contact.status == ContactStatus::Held)
        .map(|one| (one.sentence, one.people.clone()))
        .collect();
    for one in found.iter_mut().filter(|one| one.weak && one.contact.basis.rule.ends_with("meeting.mutual") && one.contact.place.is_none())
    {
        let echoed =
            echoes.iter().any(|echo| echo.kind == ContactKind::Call && echo.sentence >= one.sentence && near(echo.sentence, one.sentence));
        let beside =
            calls.iter().any(|(sentence, people)| near(*sentence, one.sentence) && people.iter().any(|person| one.people.contains(person)));
        if echoed || beside {
            one.contact.kind = ContactKind::Call;
        }
    }
}

/// Travels to A on 9 November. There he meets B, in the evening he goes on to C: in the present tense what follows what is to come is to
/// come as well.
fn follow_plans(found: &mut [Found]) {
    for at in 1..found.len() {
        let (before, rest) = found.split_at_mut(at);
        let one = &mut rest[0];
        let contact = &mut one.contact;
        let plan = before
            .iter()
            .rev()
            .find(|plan| one.sentence.saturating_sub(plan.sentence) <= 2 && plan.people.iter().any(|person| one.people.contains(person)));
        let follows = one.present && contact.status == ContactStatus::Held && contact.date.is_none();
        if let Some(plan) = plan.filter(|plan| follows && plan.contact.status == ContactStatus::Planned) {
            contact.status = ContactStatus::Planned;
            contact.date = plan.contact.date.clone().map(Edtf::approximately);
            contact.date_inferred = vec!["plan"];
        }
    }
}

/// Invited him, and he accepted: what was proposed in this sentence or the one before is planned.
fn accept(page: &Page, words: &Range<usize>, sentence: usize, found: &mut [Found]) {
    let accepted = words.clone().find(|word| {
        page.begins_hit(*word)
            && page.quote_of[*word].is_none()
            && page.entries(*word).any(|entry| entry.class == Class::Status && entry.value == "accepted")
            && !page.is(*word, Class::Contact)
            && !(word.saturating_sub(3)..*word).any(|before| page.is(before, Class::Negation))
    });
    let Some(accepted) = accepted.and_then(|word| page.cut.words.get(word)).map(|word| word.span.start()) else { return };
    let last = found.iter_mut().rev().find(|one| {
        one.contact.kind == ContactKind::Visit
            && one.contact.status == ContactStatus::Proposed
            && one.sentence + 1 >= sentence
            && one.contact.basis.evidence.first().is_some_and(|span| span.start() < accepted)
    });
    if let Some(one) = last {
        one.contact.status = ContactStatus::Planned;
    }
}

/// Whether a claim is asserted rather than only supposed.
pub(crate) fn is_asserted(found: &Found) -> bool {
    !matches!(found.contact.basis.modality, Modality::Hypothetical | Modality::Negated)
}
