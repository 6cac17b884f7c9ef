//! A cue and its sides become contacts.
//!
//! In: a cue in its sentence, the cast. Out: a contact for each occasion that it tells; none where its frame is not filled.
//! Never: asks what other cues tell.

use super::Found;
use super::counterparts::{Counterpart, come_one_by_one, counterparts, is_top};
use super::needs::{Occasion, occasions};
use super::occurrence::Occurrence;
use crate::cast::Cast;
use crate::clause::{self, Clause};
use crate::frame::absent::{by_discourse, by_example, invited, listed_after_colon};
use crate::frame::company::gather;
use crate::frame::conference::{attends_conference, frame_of, is_conference, is_sitting, sitting_of, stays_away};
use crate::frame::envoy::envoy_sides;
use crate::frame::journey::{attending, of_whom, travellers};
use crate::frame::plan::{adjust, is_moved, names_a_day, names_part};
use crate::frame::rules::{Counts, Needs};
use crate::frame::sides::{Sides, governs_noun, noun_sides, on_the_sidelines, spoken_occasion, verb_sides};
use crate::frame::status::{self, Told};
use crate::page::Page;
use crate::place::{Destination, Spot};
use crate::publication;
use crate::quantity::{Lean, QuantityKind};
use crate::when::{Cue, Dated};
use chancery_language::{Class, Entry, Feature};
use chancery_model::{Basis, Contact, ContactKind, ContactStatus, Party, Role};
use std::ops::Range;

/// What a cue tells, as far as it is found out.
pub(super) struct Draft<'a> {
    pub occurrence: &'a Occurrence<'a>,
    pub clause: Clause,
    pub told: Told,
    pub sides: Sides,
    /// The noun of the sitting that somebody attends.
    pub attended: Option<Range<usize>>,
    /// Whether who signed is only known from the discourse.
    pub signed_by_both: bool,
    pub spot: Option<Spot>,
    pub date: Option<Dated>,
    /// The organization in whose frame it happens.
    pub format: Option<String>,
    /// The organization whose members meet, and whether they meet somebody who is none of them.
    pub sitting: Option<String>,
    pub hosted: bool,
    /// Characters taking part, what they stand for, and how the claim names them.
    pub people: Vec<usize>,
    pub states: Vec<String>,
    pub parties: Vec<Party>,
}

/// The contacts that a cue tells.
pub(super) fn fill(occurrence: &Occurrence, cast: &mut Cast) -> Option<Vec<Found>> {
    let (page, frame) = (occurrence.known.page, occurrence.frame);
    if frame.kind == ContactKind::Conference && on_the_sidelines(page, occurrence.hit.words.start) {
        return None;
    }
    let clause = whole_clause(occurrence);
    let told = told(occurrence, &clause)?;
    if frame.kind == ContactKind::Conference && is_told_elsewhere(occurrence, &clause, &told) {
        return None;
    }
    let mut draft = of_sides(occurrence, cast, clause, told)?;
    let placed = !matches!(frame.kind, ContactKind::Call | ContactKind::Letter);
    draft.spot = if placed { occurrence.spot(cast, &draft.clause) } else { None };
    draft.format = frame_of(page, &draft.clause, &occurrence.hit.words, frame);
    let destination = if frame.needs == Needs::Destination { Some(draft.destination(cast)?) } else { None };
    draft.sitting = sitting_of(page, cast, frame, &draft.sides, &occurrence.hit.words);
    draft.find_date(cast, destination.as_ref());
    let named: Vec<usize> = draft.sides.agents.iter().chain(&draft.sides.partners).copied().collect();
    cast.hold_at(page, occurrence.known.calendar, &named, draft.date.as_ref().map(|date| &date.value));
    draft.gather(cast, None);
    let occasions = occasions(&mut draft, cast, destination)?;
    draft.finish(cast, occasions)
}

/// The clause of the cue, with the relative clause that belongs to a noun (the meeting that he will have with ...).
fn whole_clause(occurrence: &Occurrence) -> Clause {
    let (page, cue) = (occurrence.known.page, &occurrence.hit.words);
    let mut clause = occurrence.clause();
    let next = clause.words.end;
    // (a visit to A, which celebrated last week: what is told of A)
    let of_place =
        page.is_comma(next.saturating_sub(1)) && (cue.end..next).any(|word| page.is(word, Class::State) || page.is(word, Class::Place));
    let beside = next <= cue.end + 3 && !of_place;
    // the consultative meeting of the heads of state which was held in Astana
    // (which celebrated its independence: a verb with an object tells of the place)
    let takes_place = |word: usize| page.is(word, Class::Light) && !(of_place && page.is(page.hit_end(word), Class::Article));
    let held = || next <= cue.end + 16 && !page.is_comma(next - 1) && (next + 1..next + 5).any(takes_place);
    // told B about his meeting with C in Paris on Friday: place and day are those of the meeting
    if occurrence.frame.needs_place_or_date
        && let Some(topic) = spoken_occasion(page, cue.end..clause.words.end)
    {
        clause.words.end = topic;
        return clause;
    }
    // invited him to visit the country in May: the clause of purpose tells of the visit
    let purpose = (next..next + 2).find(|word| page.is(*word, Class::Purpose) && page.edges.opens(*word));
    if let Some(purpose) = purpose.filter(|_| occurrence.frame.proposes) {
        clause.words.end = clause::around(page, &(purpose + 1..purpose + 2)).words.end.max(next);
    }
    // the call of A and B, which took place on 11 September
    let took_place = || {
        let relative = clause::around(page, &(next + 1..next + 2)).words;
        let held = relative.clone().any(takes_place);
        held && page.edges.cues_within(relative.clone()) == 0 && !page.quantities_in(&relative).is_empty()
    };
    // said at the meeting that the market will open: what is said there, no clause of the meeting's
    let tells = |word: usize| page.begins_hit(word) && page.is(word, Class::Say);
    let within = |word: usize| ["during", "at", "in", "after"].iter().any(|value| page.marks(word, value));
    let said =
        page.is(next, Class::That) && (clause.words.start..cue.start).any(tells) && (cue.start.saturating_sub(4)..cue.start).any(within);
    if occurrence.frame.nominal && page.is(next, Class::Relative) && !said && (beside || held() || took_place()) {
        clause.words.end = clause::around(page, &(next + 1..next + 2)).words.end.max(next);
    }
    clause
}

fn told(occurrence: &Occurrence, clause: &Clause) -> Option<Told> {
    let mut told = occurrence.told(clause);
    told.status?;
    if occurrence.frame.proposes && told.status == Some(ContactStatus::Held) {
        // an invitation is a proposal
        told = Told { status: Some(ContactStatus::Proposed), lean: Lean::Future, firm: true, ..told };
    }
    if told.status == Some(ContactStatus::Cancelled) && !told.firm {
        // planned for Friday, put off indefinitely: the day is that of the old plan
        told.firm = !is_moved(occurrence.known.page, clause);
    }
    Some(told)
}

/// Who stays away says nothing of the conference; of whoever is invited to take part in it, the invitation tells.
fn is_told_elsewhere(occurrence: &Occurrence, clause: &Clause, told: &Told) -> bool {
    let (page, cue) = (occurrence.known.page, occurrence.hit.words.start);
    let away = matches!(told.status, Some(ContactStatus::Denied | ContactStatus::Cancelled));
    let invites = |word: usize| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "visit.invite");
    (if occurrence.frame.nominal { stays_away(page, clause, cue) } else { away }) || (clause.words.start..cue).any(invites)
}

/// The sides of the cue, by its slots and by the discourse.
fn of_sides<'a>(occurrence: &'a Occurrence<'a>, cast: &mut Cast, clause: Clause, told: Told) -> Option<Draft<'a>> {
    let (page, frames, speakers) = (occurrence.known.page, occurrence.known.frames, occurrence.known.speakers);
    let (frame, cue) = (occurrence.frame, &occurrence.hit.words);
    let conference = frame.kind == ContactKind::Conference;
    let mut sides = if frame.envoys {
        envoy_sides(page, cast, frame, cue, occurrence.sentence)?
    } else if frame.nominal {
        noun_sides(page, cast, frame, cue, &clause)
    } else {
        verb_sides(page, cast, frame, cue, &clause, occurrence.cues)
    };
    // who attends, attends what the noun after the verb names: its date is the verb's, and whom it names sits there too
    let attended = (conference && !frame.nominal)
        .then(|| (cue.end..clause.words.end.min(cue.end + 14)).find(|word| is_sitting(page, *word)))
        .flatten()
        .map(|word| word..page.hit_end(word));
    let nobody = sides.agents.iter().all(|party| cast.meanings[*party].people.is_empty());
    if frame.nominal && conference && nobody {
        sides.agents.extend(travellers(page, cast, frames, &clause, cue));
        if sides.agents.is_empty() && !sides.partners.is_empty() {
            attending(page, cast, frames, &clause, cue, &mut sides);
        }
    }
    listed_after_colon(page, cast, &mut sides, &clause, occurrence.sentence);
    let unnamed = sides.agents.is_empty() && sides.partners.is_empty();
    if frame.kind == ContactKind::Meeting && frame.counts == Counts::All {
        by_example(page, cast, &mut sides, cue, occurrence.sentence);
    }
    invited(page, cast, frame, &mut sides, cue, &clause);
    // (who is somewhere is named beside the verb, never found by the discourse)
    if occurrence.cue.is(Feature::Copula) && occurrence.cue.is(Feature::Present) && sides.agents.is_empty() {
        return None;
    }
    by_discourse(page, cast, frame, &mut sides, cue, &clause, speakers);
    if let Some(noun) = attended.as_ref().filter(|noun| is_conference(page, noun.start))
        && let Some(sitting) = frames.of("conference.noun")
    {
        let seated = noun_sides(page, cast, sitting, noun, &clause);
        // the summit with A and B; the session of the Turkish-Saudi council
        sides.agents.extend(seated.partners.into_iter().filter(|party| cast.parties[*party].marked("with")));
        sides.agents.extend(seated.agents.into_iter().filter(|party| cast.parties[*party].states.len() > 1));
    }
    let signed_by_both = unnamed && !sides.agents.is_empty();
    if frame.nominal && frame.needs == Needs::Destination {
        if let Some(traveller) = of_whom(page, cast, cue, speakers) {
            sides = Sides { agents_by_discourse: vec![traveller?], ..Sides::default() };
        }
        only_his(occurrence, cast, &mut sides);
    }
    Some(Draft {
        occurrence,
        clause,
        told,
        sides,
        attended,
        signed_by_both,
        spot: None,
        date: None,
        format: None,
        sitting: None,
        hosted: false,
        people: Vec::new(),
        states: Vec::new(),
        parties: Vec::new(),
    })
}

/// Ahead of his visit to Egypt, A met B: only A travels.
fn only_his(occurrence: &Occurrence, cast: &Cast, sides: &mut Sides) {
    let (page, cue) = (occurrence.known.page, occurrence.hit.words.start);
    let possessive = |word: usize| page.entries(word).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
    if !(cue.saturating_sub(2)..cue).any(possessive) {
        return;
    }
    let first = sides.agents.iter().copied().min_by_key(|party| cast.parties[*party].words.start);
    if let Some(group) = first.map(|party| cast.parties[party].group) {
        sides.agents.retain(|party| cast.parties[*party].group == group);
        sides.partners.retain(|party| cast.parties[*party].group == group || cast.parties[*party].marked("with"));
    }
}

impl Draft<'_> {
    /// Whom the frame counts, of these sides or of those found.
    pub(super) fn gather(&mut self, cast: &mut Cast, sides: Option<&Sides>) {
        let sides = sides.unwrap_or(&self.sides);
        (self.people, self.states, self.parties) = gather(self.occurrence.known.page, cast, self.occurrence.frame, sides);
    }

    fn find_date(&mut self, cast: &Cast, destination: Option<&Destination>) {
        let (occurrence, clause, told) = (self.occurrence, &self.clause, self.told);
        let (page, calendar, cue) = (occurrence.known.page, occurrence.known.calendar, &occurrence.hit.words);
        // the visit in July: a noun without a verb of its own leaves open whether the July before or the one to come
        let weekday = page.quantities.iter().any(|quantity| match &quantity.kind {
            QuantityKind::Date(date) => clause.words.contains(&quantity.words.start) && date.weekday().is_some(),
            _ => false,
        });
        let noun = occurrence.frame.nominal;
        let bare = noun && told.status == Some(ContactStatus::Held) && !told.firm && !weekday && !governs_noun(page, cue);
        let lean = if bare { Lean::Unknown } else { told.lean };
        let parts = Cue { second: occurrence.hit.second.clone().or(self.attended.clone()), ..occurrence.parts() };
        let mut date = calendar.date_for(page, cast, &parts, clause, occurrence.sentence, lean);
        // had to put off his journey at the beginning of February: a plan that lies nearer behind than ahead is the old one
        if told.status == Some(ContactStatus::Cancelled) && !told.firm && names_part(page, clause) {
            let past = calendar.date_for(page, cast, &parts, clause, occurrence.sentence, Lean::Past);
            if let Some(old) = past.filter(|past| calendar.is_nearer(past, date.as_ref())) {
                date = Some(old);
                self.told.firm = true;
            }
        }
        // arrived on Tuesday, the start of a journey that will take him to X, too: the day is none of X's
        let next = occurrence.clause().words.end;
        let beyond = destination.is_some_and(|target| target.word > next && next < clause.words.end);
        if beyond {
            date = date.filter(|_| page.quantities.iter().any(|quantity| (next..clause.words.end).contains(&quantity.words.start)));
        }
        if noun
            && !beyond
            && let Some(verb) = clause::governing(page, clause, cue)
        {
            // comes on Thursday for talks: the day is the verb's
            let entries: Vec<&Entry> = page.entries(verb.words.start).filter(|entry| entry.class == Class::Contact).collect();
            let around = clause::around(page, &verb.words);
            let journey = status::told(page, &around, &verb.words, &entries, false);
            let parts = Cue { words: verb.words.clone(), second: verb.second.clone() };
            date = calendar.date_for(page, cast, &parts, &around, occurrence.sentence, journey.lean).or(date);
            if told.status == Some(ContactStatus::Held) && !told.firm {
                self.told.lean = journey.lean;
            }
        }
        let called_off = noun && told.status == Some(ContactStatus::Cancelled) && is_day_of_calling_off(page, clause, cue);
        self.date = date.filter(|_| !called_off);
    }

    /// The status that the day and the words behind the clause allow.
    fn status(&self) -> Option<ContactStatus> {
        let (occurrence, clause, told) = (self.occurrence, &self.clause, self.told);
        let (page, calendar) = (occurrence.known.page, occurrence.known.calendar);
        let status = adjust(told.status?, self.date.as_ref(), calendar, told);
        if status != ContactStatus::Held || told.lean != Lean::Unknown {
            return Some(status);
        }
        // goes on to X, where he will meet Y: a journey to come
        let onward = occurrence.frame.needs == Needs::Destination && !occurrence.frame.nominal && self.date.is_none();
        let relative = (clause.words.end..clause.words.end + 2).find(|word| page.is(*word, Class::Relative));
        let to_meet = |word: usize| page.is(word, Class::Future) || page.has_feature(word, Class::Contact, Feature::Future);
        let onward = onward && relative.is_some_and(|relative| (relative + 1..relative + 6).any(to_meet));
        // travels on Tuesday: without a day of publication the present tense with a day speaks of what is to come,
        // and so with an hour (receives X at 3 p.m.)
        let to_come = calendar.published_day().is_none() && names_a_day(page, clause) || publication::clock(page, clause.words.clone());
        Some(if onward || to_come { ContactStatus::Planned } else { status })
    }

    fn finish(mut self, cast: &Cast, occasions: Vec<Occasion>) -> Option<Vec<Found>> {
        let (occurrence, frame, told) = (self.occurrence, self.occurrence.frame, self.told);
        let page = occurrence.known.page;
        let crowd = occasions.iter().any(|occasion| occasion.states.len() > 6) && self.people.is_empty();
        if frame.kind != ContactKind::Conference && frame.needs != Needs::Destination && crowd {
            return None;
        }
        let status = self.status()?;
        let evidence = page.span(&evidence_words(cast, occurrence, &self.sides))?;
        self.people.dedup();
        self.parties.dedup_by(|one, other| one.name == other.name);
        let apart = self.separate(cast);
        let counterparts = self.counterparts(cast, apart);
        let gathering = frame.kind == ContactKind::Conference
            && frame.counts == Counts::Agent
            && self.format.is_none()
            && !attends_conference(page, cast, &self.sides, &self.clause, &occurrence.parts().whole());
        let kind = match frame.kind {
            _ if self.sitting.is_some() => ContactKind::Conference,
            _ if gathering && self.people.len() == 2 => ContactKind::Meeting,
            kind => kind,
        };
        let host = self.host(cast);
        let weak = occurrence.cue.is(Feature::Weak);
        let found = |occasion: Occasion| Found {
            contact: Contact {
                kind,
                status,
                participants: self.parties.clone(),
                states: occasion.states,
                date: self.date.as_ref().map(|date| date.value.clone()),
                date_inferred: self.date.as_ref().map(|date| date.inferred.clone()).unwrap_or_default(),
                place: occasion.spot.map(Spot::place),
                format: if kind == ContactKind::Conference && !self.hosted { self.sitting.clone().or(self.format.clone()) } else { None },
                basis: Basis {
                    modality: told.modality,
                    side: None,
                    rule: frame.name.clone(),
                    confidence: confidence(&self.sides, self.people.len(), weak, self.date.is_some()),
                    evidence: vec![evidence],
                },
            },
            people: self.people.clone(),
            counterparts: counterparts.clone(),
            apart,
            sentence: occurrence.sentence,
            last_sentence: occurrence.sentence,
            aside: page.asides.hold(occurrence.hit.words.start),
            vague: self.sides.vague,
            weak,
            plural: occurrence.cue.is(Feature::Plural),
            firm: told.firm || told.lean == Lean::Future && !told.loose,
            loose: told.loose,
            present: told.lean == Lean::Unknown
                && !told.firm
                && (frame.nominal || occurrence.cues.iter().any(|cue| cue.is(Feature::Present))),
            host: host.clone(),
            summit: occurrence.cue.is(Feature::Summit),
        };
        Some(occasions.into_iter().map(found).collect())
    }

    /// Parts those who met separately; whether they came one by one.
    fn separate(&mut self, cast: &Cast) -> bool {
        let page = self.occurrence.known.page;
        let envoys = |side: &[usize]| !side.is_empty() && side.iter().all(|party| cast.parties[*party].role == Some(Role::Ambassador));
        let sides = &mut self.sides;
        if envoys(&sides.agents) && !sides.partners.is_empty() && !envoys(&sides.partners) {
            std::mem::swap(&mut sides.agents, &mut sides.partners);
        }
        let says_apart = |word: usize| page.entries(word).any(|entry| entry.class == Class::Modifier && entry.value == "apart");
        let separately = self.clause.words.clone().any(says_apart);
        let one_by_one = come_one_by_one(page, cast, sides);
        if separately && sides.partners.is_empty() && sides.agents.len() > 2 {
            // separate meetings between A and B, C and D
            sides.partners = sides.agents.split_off(1);
        }
        separately || one_by_one
    }

    /// The other side, state by state.
    fn counterparts(&self, cast: &Cast, apart: bool) -> Vec<Counterpart> {
        let (occurrence, frame) = (self.occurrence, self.occurrence.frame);
        let travels = frame.needs == Needs::Destination && frame.counts != Counts::Partner;
        let senders = self.senders(cast);
        let each = if travels {
            &self.sides.agents
        } else if senders.len() > 1 {
            &senders
        } else {
            &self.sides.partners
        };
        // talks with the president, the speaker and the minister, met the president, the chancellor and the minister: one after the other
        let one_each = |party: &usize| cast.meanings[*party].people.len() == 1;
        let top = |party: &&usize| is_top(cast, &cast.meanings[**party].people);
        let by_turns = occurrence.cue.is(Feature::Plural) || each.iter().filter(top).count() >= 2;
        let visits_many = by_turns && each.len() >= 3 && each.iter().all(one_each);
        // (trifft am Mittwoch A und am Donnerstag B: as the day of all of them)
        let to_come = self.told.lean == Lean::Unknown && self.status() == Some(ContactStatus::Planned);
        let lean = if to_come { Lean::Future } else { self.told.lean };
        counterparts(occurrence, cast, each, &self.people, apart || visits_many || frame.kind == ContactKind::Letter, lean)
    }

    /// The one state of whoever receives at home: by whom somebody is received, or the subject of the verb; of an occasion during a
    /// conference none.
    fn host(&self, cast: &Cast) -> Option<String> {
        let (occurrence, page) = (self.occurrence, self.occurrence.known.page);
        let words = page.cut.sentences[occurrence.sentence].words.clone();
        let gathers = |entry: &Entry| entry.class == Class::Contact && entry.value.starts_with("conference");
        if !occurrence.frame.at_home || words.into_iter().any(|word| page.entries(word).any(gathers)) {
            return None;
        }
        let sides = self.sides.agents.iter().chain(&self.sides.partners).copied();
        let by: Vec<usize> = sides.filter(|party| cast.parties[*party].marked("by")).collect();
        let passive = !occurrence.frame.envoys && (occurrence.cues.iter().any(|cue| cue.is(Feature::Passive)) || !by.is_empty());
        let hosts = match passive {
            true if by.is_empty() => &self.sides.partners,
            true => &by,
            false => &self.sides.agents,
        };
        let named = hosts.iter().flat_map(|party| &cast.meanings[*party].states);
        // (A received him: beside a host who is named, whom a pronoun means is the guest)
        let meant = self.sides.agents_by_discourse.iter().filter(|_| !passive && hosts.is_empty());
        let meant = meant.filter_map(|person| cast.states_of(*person).first());
        let mut states = named.chain(meant);
        let first = states.next()?;
        states.all(|state| state == first).then(|| first.clone())
    }

    /// Received telegrams from A, B and C: each wrote for himself, where the noun has no article that makes it one letter.
    fn senders(&self, cast: &Cast) -> Vec<usize> {
        let (page, cue) = (self.occurrence.known.page, self.occurrence.hit.words.start);
        let sender = |party: &usize| !cast.parties[*party].markers.is_empty() && cast.parties[*party].words.start > cue;
        let one = (cue.saturating_sub(2)..cue).any(|word| page.is(word, Class::Article));
        if self.occurrence.frame.kind != ContactKind::Letter || self.sides.partners.len() > 1 || one {
            return Vec::new();
        }
        self.sides.agents.iter().copied().filter(sender).collect()
    }
}

/// Cancelled on Tuesday a visit to A: the one day of the clause stands beside the verb that calls off, before the noun.
fn is_day_of_calling_off(page: &Page, clause: &Clause, noun: &Range<usize>) -> bool {
    let off = |word: usize| {
        let verb = |entry: &Entry| entry.class == Class::Status && entry.value == "cancelled" && !entry.is(Feature::Noun);
        page.begins_hit(word) && page.entries(word).any(verb)
    };
    let days: Vec<_> = page.quantities_in(&clause.words).iter().filter(|day| matches!(day.kind, QuantityKind::Date(_))).collect();
    let [day] = days[..] else { return false };
    let (start, end) = (day.words.start, day.words.end);
    let beside = (start.saturating_sub(3).max(clause.words.start)..start).chain(end..(end + 2).min(noun.start));
    // (sagte sein für Mittwoch geplantes Treffen ab: the day of the plan)
    let planned = (start.saturating_sub(2)..start).any(|word| page.marks(word, "for"))
        || (end..noun.start).any(|word| page.is(word, Class::Status) || page.is(word, Class::Light));
    end <= noun.start && !planned && beside.into_iter().any(off)
}

fn confidence(sides: &Sides, people: usize, weak: bool, dated: bool) -> f32 {
    let mut odds: f32 = 0.72;
    odds += if people >= 2 {
        0.13
    } else if people == 1 {
        0.05
    } else {
        -0.05
    };
    odds += if dated { 0.06 } else { 0.0 };
    odds -= if sides.vague { 0.15 } else { 0.0 };
    odds -= if weak { 0.1 } else { 0.0 };
    odds.clamp(0.3, 0.95)
}

/// From the first party to the last around the cue.
fn evidence_words(cast: &Cast, occurrence: &Occurrence, sides: &Sides) -> Range<usize> {
    let cue = occurrence.parts().whole();
    let mut words = cue.clone();
    for party in sides.agents.iter().chain(&sides.partners) {
        let found = &cast.parties[*party].words;
        if occurrence.known.page.sentence_of(found.start) == occurrence.known.page.sentence_of(cue.start) {
            words = words.start.min(found.start)..words.end.max(found.end);
        }
    }
    words
}
