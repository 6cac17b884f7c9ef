//! A cue without sides of its own that tells of an earlier contact again, or of the one that follows it.
//!
//! In: a cue whose frame is not filled, what was found so far. Out: the next sitting, the next round, the visit of a guest; echoes.
//! Never: tells of anybody who was not named before.

use super::absent::by_discourse;
use super::company::gather;
use super::contact::{Found, Occurrence};
use super::plan::adjust;
use super::rules::Needs;
use super::sides::noun_sides;
use super::status::Told;
use crate::cast::Cast;
use crate::clause::Clause;
use crate::place::Spot;
use crate::when::Dated;
use chancery_language::{Class, Feature};
use chancery_model::{ContactKind, ContactStatus, Modality, Place, Span};

/// Sentences between a reception and the word that calls it a visit.
const REACH: usize = 8;

/// A cue that points back to a contact without naming anybody, with a date.
#[derive(Clone, Debug)]
pub(crate) struct Echo {
    pub kind: ContactKind,
    pub status: ContactStatus,
    pub date: Dated,
    pub sentence: usize,
    /// Whether the noun names somebody whom the text has not met yet (the talks with the unions).
    pub bound: bool,
    pub evidence: Span,
}

/// What a noun says of a contact whose sides were named before.
struct Noun {
    clause: Clause,
    told: Told,
}

/// The contact that a noun without sides tells of.
pub(super) fn told_again(occurrence: &Occurrence, cast: &mut Cast, found: &[Found]) -> Option<Found> {
    if !occurrence.frame.nominal {
        return None;
    }
    let clause = occurrence.clause();
    let noun = Noun { told: occurrence.told(&clause), clause };
    noun.next_sitting(occurrence, cast, found)
        .or_else(|| noun.next_round(occurrence, cast, found))
        .or_else(|| noun.hosted(occurrence, cast, found))
}

impl Noun {
    /// "The next meeting" in a sentence that tells of a conference of a format is that format's.
    fn next_sitting(&self, occurrence: &Occurrence, cast: &Cast, found: &[Found]) -> Option<Found> {
        let of_format = |one: &&Found| {
            one.sentence == occurrence.sentence && one.contact.kind == ContactKind::Conference && one.contact.format.is_some()
        };
        let earlier = found.iter().rev().find(of_format)?;
        let to_come = matches!(self.told.status, Some(ContactStatus::Planned | ContactStatus::Proposed));
        if occurrence.frame.kind != ContactKind::Meeting || !to_come {
            return None;
        }
        let next = self.follows(occurrence, cast, earlier, "contact.conference.next")?;
        let mut next = Found { vague: earlier.vague, ..next };
        next.contact.participants.clear();
        next.people.clear();
        Some(next)
    }

    /// "Another round is to be held in Rome": those who met, in this sentence or the two before, are to meet again.
    fn next_round(&self, occurrence: &Occurrence, cast: &Cast, found: &[Found]) -> Option<Found> {
        let (page, end) = (occurrence.known.page, occurrence.hit.words.end);
        let another = |party: usize| {
            let party = &cast.parties[party];
            party.markers.is_empty() && !party.adjective && self.clause.words.contains(&party.words.start)
        };
        // talks with the unions
        let with_others = || page.marks(end, "with") || page.marks(end, "between") || cast.in_sentence(occurrence.sentence).any(another);
        let planned = self.told.status == Some(ContactStatus::Planned) && self.told.firm;
        if occurrence.frame.kind != ContactKind::Meeting || !planned || page.quote_of[occurrence.word].is_some() || with_others() {
            return None;
        }
        let near = |one: &&Found| one.sentence + 2 >= occurrence.sentence && one.contact.kind == ContactKind::Meeting;
        let earlier = found.iter().rev().find(near)?;
        let held = earlier.contact.status == ContactStatus::Held && earlier.contact.basis.modality == Modality::Asserted;
        if held { self.follows(occurrence, cast, earlier, "contact.meeting.next") } else { None }
    }

    /// The contact that follows an earlier one, with the day or the place that the noun gives it.
    fn follows(&self, occurrence: &Occurrence, cast: &Cast, earlier: &Found, rule: &str) -> Option<Found> {
        let date = occurrence.date(cast, &self.clause, self.told.lean);
        let place = occurrence.spot(cast, &self.clause).map(Spot::place);
        if date.is_none() && place.is_none() {
            return None;
        }
        self.retold(occurrence, earlier, date, place, rule)
    }

    /// "The state visit of the guest lasts two days": who was received there has come on a visit to his host.
    fn hosted(&self, occurrence: &Occurrence, cast: &mut Cast, found: &[Found]) -> Option<Found> {
        let (page, frame, cue) = (occurrence.known.page, occurrence.frame, &occurrence.hit.words);
        if frame.needs != Needs::Destination || self.told.modality != Modality::Asserted || page.quote_of[occurrence.word].is_some() {
            return None;
        }
        let mut sides = noun_sides(page, cast, frame, cue, &self.clause);
        by_discourse(page, cast, frame, &mut sides, cue, &self.clause, &[]);
        let (people, states, parties) = gather(page, cast, frame, &sides);
        let ([guest], [own]) = (&people[..], &states[..]) else { return None };
        let received = |one: &&Found| {
            let country = one.contact.place.as_ref().and_then(|place| place.country.as_ref());
            one.contact.kind == ContactKind::Meeting
                && one.people.contains(guest)
                && Some(one.contact.status) == self.told.status
                && country.is_some_and(|country| country != own && one.contact.states.contains(country))
        };
        let meeting = found.iter().rev().find(received).filter(|one| occurrence.sentence - one.sentence <= REACH)?;
        let country = meeting.contact.place.as_ref()?.country.clone()?;
        let date = occurrence.date(cast, &self.clause, self.told.lean);
        let place = Place { name: None, country: Some(country.clone()) };
        let mut visit = self.retold(occurrence, meeting, date, Some(place), "contact.visit.hosted")?;
        visit.contact.kind = ContactKind::Visit;
        visit.contact.participants = parties;
        visit.contact.states = vec![own.clone(), country];
        (visit.people, visit.counterparts) = (people, Vec::new());
        Some(visit)
    }

    /// An earlier contact with what the noun says of when and where.
    fn retold(&self, occurrence: &Occurrence, earlier: &Found, date: Option<Dated>, place: Option<Place>, rule: &str) -> Option<Found> {
        let mut again = Found { sentence: occurrence.sentence, last_sentence: occurrence.sentence, vague: true, ..earlier.clone() };
        again.contact.status = self.told.status?;
        again.contact.date_inferred = date.as_ref().map(|date| date.inferred.clone()).unwrap_or_default();
        again.contact.date = date.map(|date| date.value);
        again.contact.place = place;
        again.contact.basis.rule = rule.to_owned();
        again.contact.basis.evidence = vec![occurrence.evidence()?];
        Some(again)
    }
}

/// The visit, the meeting: a noun with an article and a date, but no party of its own.
pub(super) fn echo(occurrence: &Occurrence, cast: &Cast) -> Option<Echo> {
    let (page, frame, word, end) = (occurrence.known.page, occurrence.frame, occurrence.word, occurrence.hit.words.end);
    let before = word.checked_sub(1)?;
    let begins = page.cut.sentences[occurrence.sentence].words.start == word;
    let definite = begins
        || page.is(before, Class::Article) && !page.is(before, Class::Number)
        || page.entries(before).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
    if !frame.nominal || !definite || page.quote_of[word].is_some() {
        return None;
    }
    let clause = occurrence.clause();
    let told = occurrence.told(&clause);
    let date = occurrence.date(cast, &clause, told.lean)?;
    let status = adjust(told.status?, Some(&date), occurrence.known.calendar, told);
    let bound = ["with", "between", "of", "to"].iter().any(|value| page.marks(end, value));
    Some(Echo { kind: frame.kind, status, date, sentence: occurrence.sentence, bound, evidence: occurrence.evidence()? })
}
