//! What a frame needs to be a contact at all, and for which states it is one.
//!
//! In: a draft with its sides, day and place. Out: the states and the place of each occasion. Never: looks for sides in the clause.

use super::fill::Draft;
use crate::cast::Cast;
use crate::clause::Opener;
use crate::discourse;
use crate::frame::company::{sides_are_personal, states_may_travel};
use crate::frame::conference::{acts_there, attends_conference, host_of_sitting, is_attended, is_conference, is_put_off};
use crate::frame::journey::{host, inviting};
use crate::frame::rules::{Counts, Needs};
use crate::frame::sides::{Sides, spoken_occasion};
use crate::page::Page;
use crate::party::Head;
use crate::place::{self, Destination, Spot};
use crate::quantity::QuantityKind;
use chancery_language::{Class, Feature, Shape};
use chancery_model::{ContactKind, ContactStatus, Office, Role};

/// The states of one occasion, and where it is.
pub(super) struct Occasion {
    pub states: Vec<String>,
    pub spot: Option<Spot>,
}

/// The occasions of a draft; `None` where it lacks what its frame needs.
pub(super) fn occasions(draft: &mut Draft, cast: &mut Cast, destination: Option<Destination>) -> Option<Vec<Occasion>> {
    match draft.occurrence.frame.needs {
        Needs::Destination => return draft.journeys(cast, destination?),
        Needs::States if draft.sitting.is_some() => draft.sits(cast)?,
        Needs::States => draft.meets(cast)?,
        Needs::Frame => draft.confers(cast)?,
        Needs::Document => draft.signs(cast)?,
    }
    Some(vec![Occasion { states: draft.states.clone(), spot: draft.spot.clone() }])
}

impl Draft<'_> {
    /// Where a journey leads.
    pub(super) fn destination(&self, cast: &Cast) -> Option<Destination> {
        let (occurrence, frame, sides, clause) = (self.occurrence, self.occurrence.frame, &self.sides, &self.clause);
        let page = occurrence.known.page;
        // leaves A bound for B: the goal stands behind the second part
        let bound = occurrence.hit.second.as_ref().filter(|second| second.len() >= 3);
        let leads = bound.unwrap_or(&occurrence.hit.words);
        let target = place::destination(page, cast, frame, leads, clause, &sides.agents)
            .or_else(|| place::before_relative(page, clause))
            .or_else(|| place::behind_colon(page, clause))
            .or_else(|| host(page, cast, frame, sides, occurrence.word, occurrence.known.speakers))
            .or_else(|| inviting(cast, frame, sides, occurrence.word))?;
        (!self.at_post(cast, &target.countries) && !self.is_auxiliary(&target)).then_some(target)
    }

    /// Byl v Praze zatčen: to be somewhere is no journey where a word that no pack knows follows the place.
    fn is_auxiliary(&self, target: &Destination) -> bool {
        let (occurrence, page) = (self.occurrence, self.occurrence.known.page);
        let mut next = page.hit_end(target.word);
        while page.quantity_of.get(next).is_some_and(Option::is_some) {
            next += 1;
        }
        let participle = page.has_feature(next, Class::Contact, Feature::Participle);
        occurrence.cue.is(Feature::Copula) && page.shape(next) == Shape::Lower && (participle || page.hits.at(next).is_none())
    }

    /// The ambassador of A to B, who visits a place in B: he lives there.
    fn at_post(&self, cast: &Cast, countries: &[String]) -> bool {
        let page = self.occurrence.known.page;
        let accredited = |party: &usize| {
            let found = &cast.parties[*party];
            let end = page.cut.sentences[page.sentence_of(found.words.start)].words.end.min(found.words.end + 4);
            found.role == Some(Role::Ambassador)
                && (found.words.start..end).any(|word| {
                    let host = page
                        .entries(word)
                        .any(|entry| entry.class == Class::State && countries.iter().any(|country| *country == entry.value));
                    host && (word.saturating_sub(2)..word).any(|before| page.marks(before, "to") || page.marks(before, "in"))
                })
        };
        !self.sides.agents.is_empty() && self.sides.agents.iter().all(accredited)
    }

    /// Visits: one for each country of the journey.
    fn journeys(&mut self, cast: &mut Cast, target: Destination) -> Option<Vec<Occasion>> {
        let occurrence = self.occurrence;
        let page = occurrence.known.page;
        if self.sides.agents.iter().chain(&self.sides.partners).any(|party| cast.parties[*party].words.contains(&target.word)) {
            return None;
        }
        if self.states.iter().all(|state| target.countries.contains(state)) {
            // a host is no traveller: the next person of the sentence whose state is another
            let other = cast.in_sentence(occurrence.sentence).find(|party| {
                let found = &cast.parties[*party];
                let foreign = cast.meanings[*party].states.first().is_some_and(|state| !target.countries.contains(state));
                foreign
                    && !cast.meanings[*party].people.is_empty()
                    && found.markers.is_empty()
                    && !found.possessive
                    && found.words.end <= occurrence.word
                    && page.quote_of[found.words.start] == page.quote_of[occurrence.word]
            })?;
            self.gather(cast, Some(&Sides { agents: vec![other], ..Sides::default() }));
        }
        self.states.retain(|state| target.countries.first() != Some(state) || target.countries.len() > 1);
        // the first visit of a president since 1991: a journey of nobody in particular needs its day
        let dated = self.date.as_ref().is_some_and(|date| date.value.day().is_some());
        let nobodys = self.people.is_empty() && occurrence.frame.nominal && !dated;
        if self.states.is_empty() || nobodys || (self.people.is_empty() && !states_may_travel(page, cast, &self.sides)) {
            return None;
        }
        let journey = |country: &String| Occasion {
            states: self.states.iter().chain([country]).cloned().collect(),
            spot: Some(Spot { name: target.name.clone(), country: Some(country.clone()) }),
        };
        Some(target.countries.iter().filter(|country| !self.states.contains(country)).map(journey).collect())
    }

    /// The members of an organization meet: its sitting.
    fn sits(&mut self, cast: &Cast) -> Option<()> {
        let sitting = self.sitting.clone()?;
        let reference = self.occurrence.known.page.reference;
        let whole = reference.whole(&sitting).to_owned();
        self.states.retain(|state| *state != sitting && *state != whole);
        // the ministers of the EU and Kazakhstan: two sides, of whose organization it is no sitting
        let outside = |state: &String| {
            let inside = *state == sitting || *state == whole || reference.members(&sitting).any(|member| member == state);
            reference.members(&sitting).next().is_some() && reference.state(state).is_some() && !inside
        };
        let both = |party: &usize| cast.parties[*party].states.contains(&sitting) && cast.parties[*party].states.iter().any(outside);
        let guests = self.sides.agents.iter().any(both);
        if self.states.is_empty() || guests {
            self.states.insert(0, whole);
        }
        self.hosted = guests;
        (self.spot.is_some() || self.date.is_some() || !self.people.is_empty()).then_some(())
    }

    /// Two states are in touch.
    fn meets(&mut self, cast: &mut Cast) -> Option<()> {
        self.take_host_for_that_of_the_place(cast);
        self.take_ministry_for_that_of_home(cast);
        let (occurrence, frame, sides, told) = (self.occurrence, self.occurrence.frame, &self.sides, self.told);
        let page = occurrence.known.page;
        // a businessman met A and B: they did not meet each other
        let nobodys = |side: &[usize]| {
            let named = |party: &usize| !cast.meanings[*party].states.is_empty();
            !side.is_empty() && !side.iter().any(named) && sides.agents_by_discourse.is_empty()
        };
        let one_sided = !frame.nominal && nobodys(&sides.agents) && !sides.partners.is_empty();
        // to start talks with A and B: with whom is said, who is not
        let agentless = sides.agents.is_empty() && sides.agents_by_discourse.is_empty();
        let with = |party: &usize| cast.parties[*party].marked("with") && !cast.parties[*party].marked("between");
        // (a businessman held talks with A and B: nor did those meet each other)
        // (setkal se s A, B a ministrem: unless he of whom the text goes on is taken for one of them)
        let start = page.cut.sentences[occurrence.sentence].words.start;
        let himself = || discourse::focus(page, cast, start, None).is_some_and(|focus| self.people.contains(&focus));
        let several = sides.partners.len() > 1 && frame.kind != ContactKind::Conference && !himself();
        let alone = agentless || nobodys(&sides.agents);
        let nobody_with = alone && (self.people.is_empty() || several) && !sides.partners.is_empty() && sides.partners.iter().all(with);
        if self.states.len() < 2 || one_sided || nobody_with {
            return None;
        }
        if frame.persons && self.people.len() < 2 && !sides_are_personal(cast, sides) {
            return None;
        }
        let day_told = page
            .quantities
            .iter()
            .any(|quantity| self.clause.words.contains(&quantity.words.start) && matches!(quantity.kind, QuantityKind::Date(_)));
        let held = told.status == Some(ContactStatus::Held);
        // (the place of what is spoken of is none of the talk's)
        let beyond = page.cut.sentences[occurrence.sentence].words.end;
        let spoken_of = spoken_occasion(page, occurrence.hit.words.end..beyond).is_some();
        let placed = self.spot.is_some() && (!spoken_of || self.clause.words.clone().any(|word| page.is(word, Class::Place)));
        if frame.needs_place_or_date && (self.people.len() < 2 || !placed || !day_told || !held) {
            return None;
        }
        // two states without anybody, a day, a place or a verb that says so are talk of relations
        let sited = self.date.is_some() || self.spot.is_some();
        if self.people.is_empty() && !told.firm && !sited {
            return None;
        }
        // called X his friend: a name, and no call
        let named = |party: &usize| {
            let next = cast.parties[*party].words.end;
            let his = page.entries(next).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
            his || page.is(next, Class::Article) && !page.is(next, Class::Day) || matches!(page.mark(next), Some('"' | '“' | '„' | '\''))
        };
        if frame.kind == ContactKind::Call && !frame.nominal && occurrence.cue.is(Feature::Weak) && sides.partners.iter().any(named) {
            return None;
        }
        // saw an attempt of China: whom a person only sees is a person
        let only_states = |side: &[usize]| !side.is_empty() && side.iter().all(|party| cast.parties[*party].head == Head::State);
        let unseen = if self.people.is_empty() { !(told.firm && sited) } else { !frame.nominal && only_states(&sides.partners) };
        (!(occurrence.cue.is(Feature::Weak) && unseen)).then_some(())
    }

    /// In Sudan he met the deputy minister, his counterpart: an official whose state nothing names is of the place.
    fn take_host_for_that_of_the_place(&mut self, cast: &mut Cast) {
        let (occurrence, page) = (self.occurrence, self.occurrence.known.page);
        let [state] = &self.states[..] else { return };
        let country = self.spot.as_ref().and_then(|spot| spot.country.clone()).filter(|country| country != state);
        let Some(country) = country.filter(|_| occurrence.frame.kind == ContactKind::Meeting) else { return };
        let Some(host) = self.sides.partners.iter().chain(&self.sides.agents).copied().find(|party| is_stateless(page, cast, *party))
        else {
            return;
        };
        if cast.parties[host].head == Head::Counterpart {
            cast.parties[host].states = vec![country.clone()];
            cast.meanings[host].states = vec![country];
            cast.link_counterpart(page, host);
        } else {
            stands_for(cast, host, &country);
            cast.hold_now(page, host);
        }
        cast.hold_at(page, occurrence.known.calendar, &[host], self.date.as_ref().map(|date| &date.value));
        self.gather(cast, None);
    }

    /// The ministry summoned the ambassador of A: a ministry of foreign affairs whose state nothing names is that of the text's home.
    fn take_ministry_for_that_of_home(&mut self, cast: &mut Cast) {
        let (occurrence, page) = (self.occurrence, self.occurrence.known.page);
        let [state] = &self.states[..] else { return };
        if !occurrence.frame.envoys || !occurrence.frame.at_home {
            return;
        }
        let nobodys = |party: &usize| {
            let found = &cast.parties[*party];
            found.head == Head::Body && found.role == Some(Role::ForeignMinister) && cast.meanings[*party].states.is_empty()
        };
        let ministry = cast.in_sentence(occurrence.sentence).find(nobodys);
        let home = cast.home_of_text(page).filter(|home| home != state);
        if let (Some(ministry), Some(home)) = (ministry, home) {
            cast.meanings[ministry].states = vec![home];
            if !self.sides.agents.contains(&ministry) && !self.sides.partners.contains(&ministry) {
                self.sides.agents.push(ministry);
            }
            self.sides.agents_by_discourse.clear();
            self.gather(cast, None);
        }
    }

    /// A conference sits: its format, who was there, and enough of both.
    fn confers(&mut self, cast: &mut Cast) -> Option<()> {
        let (occurrence, frame, told) = (self.occurrence, self.occurrence.frame, self.told);
        let page = occurrence.known.page;
        let named = self.states.iter().filter(|state| page.reference.state(state).is_some()).count();
        if named == 0 {
            self.come_by_discourse(cast);
        }
        let (sides, clause, format) = (&self.sides, &self.clause, &self.format);
        let (date, spot, people) = (&self.date, &self.spot, &self.people);
        self.states.retain(|state| page.reference.state(state).is_some() || format.as_ref() != Some(state));
        // takes part in the summit of GUAM: no state of that name, which is none of its members
        let member = |state: &String| format.as_ref().is_none_or(|format| page.reference.members(format).any(|member| member == state));
        let named_after = frame.counts == Counts::Agent && people.is_empty() && self.states.len() == 1;
        if named_after && format.is_some() && !self.states.iter().all(member) {
            let behind =
                |party: &usize| cast.parties[*party].head == Head::State && cast.parties[*party].words.start >= occurrence.hit.words.end;
            self.states.retain(|_| !sides.agents.iter().all(behind));
        }
        let states = &self.states;
        let sited = spot.is_some() || date.is_some();
        // they gathered in Cairo: no conference needs to be named
        let gathered = frame.counts == Counts::Agent && named >= 2 && sited && people.len() >= 2;
        let other = |party: usize| {
            clause.words.contains(&cast.parties[party].words.start)
                && !sides.agents.contains(&party)
                && cast.meanings[party].states.iter().any(|state| !states.contains(state))
        };
        // attends a conference abroad, or a summit where somebody else is named
        let abroad = spot.as_ref().and_then(|spot| spot.country.as_ref()).is_some_and(|country| !states.contains(country));
        let noun = self.attended.as_ref().filter(|noun| is_conference(page, noun.start));
        let summit = noun.is_some_and(|noun| page.has_feature(noun.start, Class::Contact, Feature::Summit));
        let attended = frame.counts == Counts::Agent
            && !people.is_empty()
            && (noun.is_some() && abroad || summit && (spot.is_some() || cast.in_sentence(occurrence.sentence).any(other)));
        // Switzerland hosts a peace conference in June
        let hosted = || {
            frame.nominal
                && date.is_some()
                && !occurrence.cue.is(Feature::Weak)
                && states.len() == 1
                && host_of_sitting(page, cast, clause, &occurrence.hit.words).as_ref() == states.first()
        };
        let between = |party: &usize| {
            let party = &cast.parties[*party];
            party.marked("between") && party.words.start >= occurrence.hit.words.end
        };
        let enough = gathered
            || attended
            || hosted()
            || format.is_some() && (sited || !people.is_empty() || named >= 2)
            || named >= 3
            || named >= 2 && (sited || frame.nominal && told.firm || sides.agents.iter().any(between));
        let comes = gathered || frame.counts != Counts::Agent;
        if !enough || !comes && !attends_conference(page, cast, sides, clause, &occurrence.parts().whole()) {
            return None;
        }
        // the meeting of the ministers of the EU and Kazakhstan: the form names the one side
        let end = occurrence.hit.words.end;
        let guest = |party: usize| cast.parties[party].words.start == end + 1 && cast.parties[party].head == Head::State;
        let of = occurrence.cue.of.as_ref().filter(|_| page.is(end, Class::And) && cast.in_sentence(occurrence.sentence).any(guest));
        if let Some(of) = of.filter(|of| page.reference.organization(of).is_some() && !self.states.is_empty()) {
            self.states.insert(0, of.to_string());
            self.hosted = true;
        }
        // a sitting of which no state is named is the organization's own
        if self.states.is_empty() {
            self.states.extend(self.format.clone());
        }
        Some(())
    }

    /// A sitting whose clause names no state: whoever acts at it, else the pair of the text where both are members, else its host.
    fn come_by_discourse(&mut self, cast: &mut Cast) {
        let (occurrence, sides, clause) = (self.occurrence, &self.sides, &self.clause);
        let page = occurrence.known.page;
        let held = self.told.status == Some(ContactStatus::Held);
        let acting = discourse::subject(page, cast, occurrence.sentence)
            .filter(|_| sides.agents.iter().all(|party| cast.parties[*party].head == Head::Organization))
            .filter(|party| acts_there(page, clause, occurrence.word) && !cast.meanings[*party].states.is_empty())
            .filter(|_| !is_put_off(page, page.cut.sentences[occurrence.sentence].words.start..occurrence.word));
        let attended = occurrence.frame.nominal && is_attended(page, clause);
        let pair = if attended { Vec::new() } else { discourse::pair(page, cast, occurrence.word) };
        let of_pair: Vec<String> = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
        let is_member =
            |state: &String| self.format.as_ref().is_none_or(|format| page.reference.members(format).any(|member| member == state));
        if of_pair.len() == 2 && of_pair.iter().all(is_member) {
            self.states = of_pair;
            // who met there was there
            let here = |person: &usize| cast.in_sentence(occurrence.sentence).any(|party| cast.meanings[party].people.contains(person));
            let meets = |word: usize| {
                page.begins_hit(word) && page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "meeting.mutual")
            };
            if self.people.is_empty() && held && clause.words.clone().any(meets) && pair.iter().all(here) {
                self.parties = pair.iter().map(|person| cast.claim_party(page, *person, None)).collect();
                self.people = pair;
            }
        } else if let Some(acting) = acting {
            self.states = cast.meanings[acting].states.iter().take(1).cloned().collect();
            if self.people.is_empty() && held {
                self.people.clone_from(&cast.meanings[acting].people);
                self.parties = self.people.iter().map(|person| cast.claim_party(page, *person, Some(acting))).collect();
            }
        }
        if self.states.is_empty() {
            self.states.extend(host_of_sitting(page, cast, clause, &occurrence.hit.words));
        }
    }

    /// A document is signed.
    fn signs(&mut self, cast: &mut Cast) -> Option<()> {
        let (occurrence, clause) = (self.occurrence, &self.clause);
        let page = occurrence.known.page;
        // the agreement which A and B signed
        let named = clause.words.start.saturating_sub(if clause.opener == Opener::Start { 0 } else { 4 });
        let document = (named..clause.words.end).any(|word| page.is(word, Class::Document));
        if self.states.len() < 2 && document && self.people.is_empty() {
            let pair = discourse::pair(page, cast, occurrence.word);
            self.states = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
            self.sides.vague = true;
        }
        if self.states.len() < 2 || !document && !occurrence.frame.nominal {
            return None;
        }
        let sides = &self.sides;
        let by_both = !sides.agents_by_discourse.is_empty() && sides.agents.is_empty() && sides.partners.is_empty();
        if by_both || self.signed_by_both {
            // an agreement was signed: by whom is not told
            self.people.clear();
            self.parties.clear();
        }
        Some(())
    }
}

/// Whether a party is an official whose state nothing names.
fn is_stateless(page: &Page, cast: &Cast, party: usize) -> bool {
    let found = &cast.parties[party];
    // (the ministers of the bloc: whose they are a word says that no pack knows)
    let owner = found.words.end + 1;
    if page.marks(found.words.end, "of") && page.shape(owner) == Shape::Lower && page.hits.at(owner).is_none() {
        return false;
    }
    let role =
        found.role.is_some_and(|role| !matches!(role, Role::Ambassador | Role::SpecialEnvoy | Role::SecretaryGeneral | Role::Spokesperson));
    let unknown =
        cast.meanings[party].people.iter().all(|person| cast.characters[*person].id.is_none() && cast.states_of(*person).is_empty());
    let official = found.head == Head::Office && role && !found.possessed || found.head == Head::Counterpart && !found.plural;
    official && unknown && !found.former && cast.meanings[party].states.is_empty()
}

/// Gives an official to a state.
fn stands_for(cast: &mut Cast, party: usize, country: &str) {
    cast.meanings[party].states = vec![country.to_owned()];
    let Some(role) = cast.parties[party].role else { return };
    let office = Office { role, of: country.to_owned() };
    for person in cast.meanings[party].people.clone() {
        cast.characters[person].states.push(country.to_owned());
        cast.characters[person].offices.push((office.clone(), cast.parties[party].words.clone()));
    }
    cast.meanings[party].office = Some(office);
}
