//! Offices without a name led to those who hold them: in the days of the text, or on the day of an event that it tells.
//!
//! In: the cast, and the time asked for. Out: characters; a doubt where the tables know several, or only somebody last known in
//! office years before. Never: a guess.

use super::{Cast, same_office, window};
use crate::clause;
use crate::page::Page;
use crate::party::{Head, Party};
use crate::phrase;
use crate::quantity::{Lean, QuantityKind};
use crate::when::Calendar;
use chancery_language::Class;
use chancery_model::{Doubt, Edtf, Office, Role};
use chancery_reference::{PersonId, Tenure};
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// Roles of the first in a state.
const TOPS: [Role; 4] = [Role::President, Role::HeadOfState, Role::Monarch, Role::PrimeMinister];

/// Days that the time of a text may span, so that of two holders the one of its last day is meant.
const NARROW: i64 = 45;

/// Days before the news within which an office that the tables lack is still held by whom the text names with it.
const RECENT: i64 = 300;

/// Days beyond the last one that a source knows, from which somebody last known in office is no longer taken for its holder.
const STALE: i64 = 730;

/// A stretch of days, open where it has no bounds.
type Time = (Option<Date>, Option<Date>);

impl Cast {
    /// Gives offices without a name to those who hold them, once the days of the text are known.
    pub(crate) fn take_office(&mut self, page: &Page, calendar: &Calendar) {
        if self.window.0.is_none() {
            self.window = window(calendar.day_of_news().as_ref());
        }
        if self.window.0.is_none() {
            self.window = self.days_of_offices(page);
        }
        (0..self.parties.len()).for_each(|index| self.hold_now(page, index));
        let everybody: Vec<usize> = (0..self.parties.len()).collect();
        self.hold_at(page, calendar, &everybody, None);
        self.link_counterparts(page);
        self.narrator = self.find_narrator(page);
    }

    /// The days on which everybody held the office that the text gives him; open where these are no one stretch.
    pub(super) fn days_of_offices(&self, page: &Page) -> Time {
        let mut stretches = vec![(Date::MIN, Date::MAX)];
        for character in &self.characters {
            let Some(id) = character.id else { continue };
            for (office, _) in &character.offices {
                let known = |tenure: &&Tenure| tenure.of == office.of && same_office(tenure.role, office.role);
                let held: Vec<(Date, Date)> = page.reference.person(id).tenures.iter().filter(known).map(days).collect();
                if held.is_empty() {
                    continue;
                }
                let common = |(from, to): &(Date, Date)| {
                    let both = held.iter().map(|(start, end)| (*from.max(start), *to.min(end)));
                    both.filter(|(from, to)| from <= to).collect::<Vec<_>>()
                };
                stretches = stretches.iter().flat_map(common).collect();
            }
        }
        match stretches[..] {
            [(from, to)] if from > Date::MIN => (Some(from), (to < Date::MAX).then_some(to)),
            _ => (None, None),
        }
    }

    /// An office without a name: whoever the document, or else the reference at the day of publication, says holds it.
    pub(crate) fn hold_now(&mut self, page: &Page, index: usize) {
        let party = &self.parties[index];
        if !matches!(party.head, Head::Office | Head::Leader) || party.name.is_some() || party.former || party.possessed || party.then {
            return;
        }
        let states = self.meanings[index].states.clone();
        let role = match party.head {
            Head::Leader => None,
            _ => phrase::role_for(page, party, states.first().map(String::as_str)).or(party.role),
        };
        if states.is_empty() && party.head == Head::Leader && !party.plural {
            if let Some(character) = self.leading(page, index) {
                self.meanings[index].people.push(character);
                self.meanings[index].states.clone_from(&self.characters[character].states);
                self.meanings[index].states.truncate(1);
                self.meanings[index].inferred = true;
            }
            return;
        }
        if states.is_empty() {
            // the president: one named before
            if let (Some(role), false) = (role, party.plural) {
                let named =
                    self.parties[..index].iter().zip(&self.meanings[..index]).enumerate().filter_map(|(place, (other, meaning))| {
                        let character = *meaning.people.first()?;
                        let person = &self.characters[character];
                        let (from, to) = self.window;
                        // an office that the text leaves out, the table may know
                        let known = || {
                            role.single_seat()
                                && person.offices.is_empty()
                                && person.id.is_some_and(|id| {
                                    let tenures = &page.reference.person(id).tenures;
                                    tenures.iter().any(|tenure| same_office(tenure.role, role) && tenure.touches(from, to))
                                })
                        };
                        // "the minister" of a text that names one as foreign minister
                        let minister = |office: &Office| role == Role::Minister && office.role == Role::ForeignMinister;
                        let holds = person.offices.iter().any(|(office, _)| same_office(office.role, role) || minister(office)) || known();
                        // the vice president: whoever was named with the same words
                        let holds = holds && (role != Role::Other || called_alike(page, other, party));
                        (holds && other.name.is_some() && !acts_upon(page, other, party)).then_some((character, place))
                    });
                // whose title is the same word, who holds such an office and is spoken of most, else the one named last
                let before = named
                    .max_by_key(|(character, place)| (self.same_title(page, index, *place), self.characters[*character].mentions, *place))
                    .map(|(character, _)| character);
                if let Some(character) = before
                    .filter(|_| role.single_seat() || matches!(role, Role::Spokesperson | Role::Minister | Role::Ambassador | Role::Other))
                {
                    self.meanings[index].people.push(character);
                    self.meanings[index].states.clone_from(&self.characters[character].states);
                    self.meanings[index].states.truncate(1);
                }
            }
            return;
        }
        for state in states {
            let elect = self.parties[index].elect;
            let holder = if elect {
                self.elected(page, role, &state)
            } else {
                self.named_last(page, index, role, &state).or_else(|| self.holder(page, role, &state, index))
            };
            if let Some(character) = holder {
                if !self.meanings[index].people.contains(&character) {
                    self.meanings[index].people.push(character);
                }
                if self.characters[character].states.is_empty() {
                    self.characters[character].states.push(state.clone());
                }
                self.meanings[index].inferred = true;
            }
        }
    }

    /// Leads the offices without a name of a claim to those who held them on its day, or on the day that their clause tells,
    /// where that is before the news; else back to those who hold them now.
    pub(crate) fn hold_at(&mut self, page: &Page, calendar: &Calendar, parties: &[usize], date: Option<&Edtf>) {
        for index in parties.iter().copied() {
            let (party, meaning) = (&self.parties[index], &self.meanings[index]);
            let office = matches!(party.head, Head::Office | Head::Leader | Head::Counterpart) && party.name.is_none();
            let open = meaning.inferred || meaning.people.is_empty() && !party.possessed;
            if !office || party.former || party.elect || !open {
                continue;
            }
            let date = date.cloned().or_else(|| self.told_day(page, calendar, index));
            let then = date.and_then(|date| Some((date.earliest()?, date.latest()?)));
            if let Some((from, to)) = then.filter(|(_, to)| self.window.0.is_none_or(|news| *to < news)) {
                let people = self.holders_then(page, index, from, to);
                let meaning = &mut self.meanings[index];
                let now = std::mem::replace(&mut meaning.people, people);
                meaning.now.get_or_insert(now);
                meaning.inferred = true;
            } else if let Some(now) = self.meanings[index].now.take() {
                self.meanings[index].people = now;
            }
        }
    }

    /// In 2015, the president said; the president said in 2015: the date at the head of a party's clause, or beside its verb
    /// of saying.
    fn told_day(&self, page: &Page, calendar: &Calendar, index: usize) -> Option<Edtf> {
        let words = &self.parties[index].words;
        let clause = clause::around(page, words).words;
        let says = |word: &usize| page.begins_hit(*word) && page.is(*word, Class::Say);
        let heads = clause.clone().filter(says).map(|verb| page.hit_end(verb)).chain([clause.start]);
        let beside = |date: &Range<usize>| {
            let leads = |from: usize| {
                let between = from..date.start;
                // criticised the 2015 agreement: no adverb
                let adverb = between.is_empty() || between.clone().any(|word| page.is(word, Class::Marker));
                let plain = |word: usize| page.is(word, Class::Marker) || page.is(word, Class::Article);
                from <= date.start && between.len() <= 3 && adverb && between.clone().all(plain)
            };
            heads.clone().any(leads) && page.quote_of[date.start] == page.quote_of[words.start]
        };
        let mut dates = page.quantities_in(&clause).iter().filter(|quantity| beside(&quantity.words));
        dates.find_map(|quantity| match &quantity.kind {
            QuantityKind::Date(date) => calendar.resolve(page, self, date, Lean::Past).map(|dated| dated.value),
            _ => None,
        })
    }

    /// Who held the office of a party at some time between two days before the news.
    fn holders_then(&mut self, page: &Page, index: usize, from: Date, to: Date) -> Vec<usize> {
        let (party, meaning) = (&self.parties[index], &self.meanings[index]);
        let (states, acting) = (meaning.states.clone(), party.acting);
        let now = meaning.now.clone().unwrap_or_else(|| meaning.people.clone());
        let role = match party.head {
            Head::Leader => None,
            Head::Counterpart => meaning.office.as_ref().map(|office| office.role),
            _ => phrase::role_for(page, party, states.first().map(String::as_str)).or(party.role),
        };
        let recent = self.window.0.is_some_and(|news| news <= to.saturating_add(RECENT.days()));
        let mut people = Vec::new();
        for state in &states {
            let mut held = match role {
                Some(role) if role.single_seat() => holders(page, &[role], state, (Some(from), Some(to)), acting),
                Some(_) => Vec::new(),
                None => holders(page, &TOPS, state, (Some(from), Some(to)), acting),
            };
            if role.is_none() && held.len() > 1 {
                // the Chinese leader: of those who led the state then, the one of whom the text speaks
                held.retain(|id| self.characters.iter().any(|character| character.id == Some(*id)));
            }
            match held[..] {
                [one] => people.push(self.character_of(page, one)),
                // an office that the tables lack, or that several hold at a time
                [] => people.extend(now.iter().copied().filter(|character| {
                    let known = self.characters[*character].id;
                    let wanted = |tenure: &Tenure| tenure.of == *state && role.is_some_and(|role| same_office(tenure.role, role));
                    self.states_of(*character).first() == Some(state)
                        && known.map_or(recent, |id| {
                            let mut tenures = page.reference.person(id).tenures.iter().filter(|tenure| wanted(tenure)).peekable();
                            tenures.peek().is_none() && recent || tenures.any(|tenure| tenure.touches(Some(from), Some(to)))
                        })
                })),
                _ if role.is_some() => self.doubt(page, index, "who held the office then", &held),
                _ => {}
            }
        }
        for character in &people {
            let person = &mut self.characters[*character];
            if person.states.is_empty() {
                person.states.extend(states.first().cloned());
            }
        }
        people
    }

    /// Whether two offices are named by one word, but for its ending (Bundespräsident is not Präsident).
    fn same_title(&self, page: &Page, one: usize, other: usize) -> bool {
        let title = |party: usize| {
            let words = self.parties[party].office_words.clone()?;
            Some(page.folded(words.end.checked_sub(1)?))
        };
        let (Some(one), Some(other)) = (title(one), title(other)) else { return false };
        let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        one.chars().count().max(other.chars().count()) <= shared + 3
    }

    /// "The head of state": the one of the first of their states who is spoken of so far, or clearly more than the others.
    fn leading(&self, page: &Page, party: usize) -> Option<usize> {
        let mut named: Vec<(usize, usize)> = Vec::new();
        for meaning in &self.meanings[..party] {
            for character in meaning.people.iter().filter(|character| TOPS.iter().any(|role| self.holds(page, **character, *role))) {
                match named.iter_mut().find(|(known, _)| known == character) {
                    Some((_, count)) => *count += 1,
                    None => named.push((*character, 1)),
                }
            }
        }
        named.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        match named[..] {
            [(one, _)] => Some(one),
            [(one, most), (_, next), ..] if most >= 2 * next => Some(one),
            _ => None,
        }
    }

    /// Of several who hold an office of one name at a time (the presidents of the Commission and of the Council), the one
    /// named last.
    fn named_last(&self, page: &Page, index: usize, role: Option<Role>, state: &str) -> Option<usize> {
        let (role, (Some(from), to)) = (role?, self.window) else { return None };
        let holds = |character: usize| {
            let person = &self.characters[character];
            let told = person.offices.iter().any(|(office, _)| office.of == state && office.role == role);
            told || person.offices.is_empty()
                && person.id.is_some_and(|id| {
                    page.reference
                        .person(id)
                        .tenures
                        .iter()
                        .any(|held| held.of == state && held.role == role && held.touches(Some(from), to))
                })
        };
        let named = (0..index).rev().filter(|party| self.parties[*party].name.is_some());
        let mut holders: Vec<usize> =
            named.filter_map(|party| self.meanings[party].people.first().copied()).filter(|one| holds(*one)).collect();
        let last = holders.first().copied();
        holders.sort_unstable();
        holders.dedup();
        last.filter(|_| holders.len() > 1)
    }

    /// Who holds an office (a state's first person where no role is given) in this document.
    fn holder(&mut self, page: &Page, role: Option<Role>, state: &str, party: usize) -> Option<usize> {
        let wanted =
            |office: &Office| office.of == state && role.map_or(TOPS.contains(&office.role), |role| same_office(office.role, role));
        let mut named: Vec<usize> =
            (0..self.characters.len()).filter(|index| self.characters[*index].offices.iter().any(|(office, _)| wanted(office))).collect();
        if role.is_none() && named.len() > 1 {
            named.sort_by_key(|index| std::cmp::Reverse(self.characters[*index].mentions));
            if self.characters[named[0]].mentions > self.characters[named[1]].mentions {
                named.truncate(1);
            }
        }
        if let [one] = named[..] {
            return Some(one);
        }
        if !named.is_empty() {
            return None;
        }
        // somebody of the document whom the table knows in that office
        let (from, to) = self.window;
        let mut known: Vec<usize> = (0..self.characters.len())
            .filter(|index| {
                self.characters[*index].id.is_some_and(|id| {
                    page.reference.person(id).tenures.iter().any(|tenure| wanted(&tenure.office()) && tenure.touches(from, to))
                })
            })
            .collect();
        known.dedup();
        if let [one] = known[..] {
            return Some(one);
        }
        let role = role?;
        if !known.is_empty() || from.is_none() || !role.single_seat() {
            return None;
        }
        let (acting, plural) = (self.parties[party].acting, self.parties[party].plural);
        let narrow = from.zip(to).is_some_and(|(from, to)| to <= from.saturating_add(NARROW.days()));
        if plural && !narrow {
            return None;
        }
        let mut held = holders(page, &[role], state, (from, to), acting);
        // handed over in the days of the text: to whoever holds the office on the last of them
        if held.len() > 1 && narrow {
            held = holders(page, &[role], state, (to, to), acting);
        }
        let [one] = held[..] else { return None };
        let stale = |tenure: &Tenure| {
            let known = page.reference.last_known(tenure).map(|day| day.saturating_add(STALE.days()));
            wanted(&tenure.office()) && tenure.end.is_none() && known.is_some_and(|known| from.is_some_and(|from| from > known))
        };
        let last =
            page.reference.person(one).tenures.iter().find(|tenure| stale(tenure)).and_then(|tenure| page.reference.last_known(tenure));
        if let Some(last) = last {
            self.doubt(page, party, &format!("who holds the office, last known on {last}"), &held);
            return None;
        }
        Some(self.character_of(page, one))
    }

    /// Who comes into an office after the days of the text.
    fn elected(&mut self, page: &Page, role: Option<Role>, state: &str) -> Option<usize> {
        let found = page.reference.elected(role?, state, self.window.1?);
        let [one] = found[..] else { return None };
        Some(self.character_of(page, one))
    }

    /// The characters a counterpart's adjective leads to: the same office as `of_whom`, of that state.
    pub(super) fn counterpart(&mut self, page: &Page, party: usize, of_whom: usize, state: &str) -> Option<usize> {
        let office = self.characters[of_whom].offices.first().map(|(office, _)| office.role).or_else(|| {
            let id = self.characters[of_whom].id?;
            let (from, to) = self.window;
            page.reference.person(id).tenures.iter().rev().find(|tenure| tenure.touches(from, to)).map(|tenure| tenure.role)
        })?;
        let before = self.characters.len();
        let found = self.holder(page, Some(office), state, party);
        if let Some(found) = found.filter(|found| *found >= before) {
            let of = state.to_owned();
            self.characters[found].states.push(of);
        }
        found
    }

    fn doubt(&mut self, page: &Page, party: usize, about: &str, people: &[PersonId]) {
        let Some(span) = page.span(&self.parties[party].words) else { return };
        let candidates = people.iter().map(|id| page.reference.person(*id).name.to_string()).collect();
        self.doubts.push(Doubt { about: about.to_owned(), candidates, span });
    }
}

/// First and last day of a tenure, as far as they are known.
fn days(tenure: &Tenure) -> (Date, Date) {
    let bound = |date: &Option<Edtf>, day: fn(&Edtf) -> Option<Date>, open: Date| date.as_ref().and_then(day).unwrap_or(open);
    (bound(&tenure.start, Edtf::earliest, Date::MIN), bound(&tenure.end, Edtf::latest, Date::MAX))
}

/// Who held one of the offices at some time between two days; an acting holder where one is meant, or nobody else is known.
fn holders(page: &Page, roles: &[Role], state: &str, (from, to): Time, acting: bool) -> Vec<PersonId> {
    let roles = if roles == [Role::HeadOfState] { &TOPS[..3] } else { roles };
    let mut found: Vec<(PersonId, &Tenure)> = roles.iter().flat_map(|role| page.reference.seated(*role, state, from, to)).collect();
    if found.iter().any(|(_, tenure)| tenure.acting == acting) {
        found.retain(|(_, tenure)| tenure.acting == acting);
    }
    let mut people: Vec<PersonId> = found.into_iter().map(|(id, _)| id).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Whether two parties have their offices by the same words, up to what stands before the shorter one.
fn called_alike(page: &Page, one: &Party, other: &Party) -> bool {
    match (&one.office_words, &other.office_words) {
        (Some(one), Some(other)) => one.clone().rev().zip(other.clone().rev()).all(|(one, other)| page.folded(one) == page.folded(other)),
        _ => false,
    }
}

/// Minister A met the minister: nobody meets himself. Whether a cue of a meeting stands directly before a party, behind another.
fn acts_upon(page: &Page, actor: &Party, object: &Party) -> bool {
    let start = object.words.start;
    let meets = |word: usize| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value.starts_with("meeting"));
    let cue = |word: &usize| meets(*word) && page.hit_end(*word) + 2 > start;
    page.sentence_of(actor.words.start) == page.sentence_of(start) && (actor.words.end..start).rev().take(3).any(|word| cue(&word))
}
