//! Offices led to those who hold them.
//!
//! In: the cast as its names tell it. Out: holders of offices without a name, counterparts, officials of the
//! text's own state. Never: invents a person.

use super::{Cast, Meaning, same_office};
use crate::page::Page;
use crate::party::{Head, Party};
use crate::phrase;
use chancery_language::Class;
use chancery_model::{Edtf, Office, Role};
use chancery_reference::PersonId;

impl Cast {
    /// "His Turkish counterpart": the office of the person before, of the state that the adjective names.
    pub(super) fn link_counterparts(&mut self, page: &Page) {
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            if party.head != Head::Counterpart || party.plural || party.former {
                continue;
            }
            let sentence = page.sentence_of(party.words.start);
            let named = self.meanings[index].people.first().copied();
            // his counterpart X, whose state the table knows
            let known = named.and_then(|character| self.characters[character].states.first()).filter(|_| party.states.is_empty());
            let Some(state) = (if let [state] = &party.states[..] { Some(state) } else { known }).cloned() else { continue };
            let other = |candidate: &usize| {
                let meaning = &self.meanings[*candidate];
                !self.parties[*candidate].possessive
                    && meaning
                        .people
                        .first()
                        .is_some_and(|character| Some(*character) != named && self.states_of(*character).first() != Some(&state))
            };
            // Germany's minister X, his Austrian counterpart Y and ...: the one before him in the list
            let listed = index.checked_sub(1).filter(|before| self.parties[*before].group == self.parties[index].group && other(before));
            let whose = listed
                .or_else(|| {
                    self.in_sentence(sentence)
                        .filter(|candidate| *candidate != index)
                        .filter(other)
                        .min_by_key(|candidate| (!self.parties[*candidate].markers.is_empty(), *candidate > index))
                })
                .or_else(|| self.parties[..index].iter().enumerate().rev().map(|(candidate, _)| candidate).take(12).find(other));
            let Some(whose) = whose.and_then(|party| self.meanings[party].people.first().copied()) else { continue };
            match named {
                Some(character) => {
                    let role = self.characters[whose].offices.first().map(|(office, _)| office.role);
                    let untold = self.parties[index].states.is_empty();
                    let held = role.filter(|role| {
                        self.characters[character].id.map_or(!untold, |id| {
                            page.reference.person(id).tenures.iter().any(|tenure| same_office(tenure.role, *role) && tenure.of == state)
                        })
                    });
                    if let Some(role) = held {
                        let office = Office { role, of: state.clone() };
                        let words = self.parties[index].words.clone();
                        let person = &mut self.characters[character];
                        if !person.offices.iter().any(|(known, _)| *known == office) {
                            person.offices.push((office.clone(), words));
                        }
                        self.meanings[index].office = Some(office);
                    }
                }
                None => {
                    if let Some(character) = self.counterpart(page, whose, &state) {
                        self.meanings[index].people.push(character);
                        self.meanings[index].inferred = true;
                    }
                }
            }
        }
    }

    /// Presidents A, B and C, where the form may be singular as well: a list of people whom the table knows in the office.
    pub(super) fn share_roles(&mut self, page: &Page) {
        let (from, to) = self.window;
        let mut at = 0;
        while at < self.parties.len() {
            let group = self.parties[at].group;
            let end = (at..self.parties.len()).find(|next| self.parties[*next].group != group).unwrap_or(self.parties.len());
            let first = &self.parties[at];
            let role = first.role.filter(|role| role.single_seat() && first.head == Head::Office && first.name.is_some());
            let list = at + 1..end;
            let bare = |party: &usize| {
                let named = &self.parties[*party];
                named.role.is_none() && named.head == Head::Person && self.meanings[*party].people.len() == 1
            };
            at = end;
            let Some(role) = role.filter(|_| first.oblique && list.len() >= 2 && list.clone().all(|party| bare(&party))) else { continue };
            let office = |party: usize| {
                let id = self.characters[self.meanings[party].people[0]].id?;
                page.reference
                    .person(id)
                    .tenures
                    .iter()
                    .find(|tenure| tenure.role == role && tenure.touches(from, to))
                    .map(|held| held.office())
            };
            let offices: Vec<_> = list.clone().map(office).collect();
            if from.is_none() || offices.iter().any(Option::is_none) {
                continue;
            }
            for (party, office) in list.zip(offices.into_iter().flatten()) {
                self.give(party, office);
            }
        }
    }

    /// The foreign and defence ministers of Japan, A and B: the one state that stands with their office is both's.
    pub(super) fn share_state(&mut self, page: &Page) {
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            let (Some(office), Some(role), true) = (party.office_words.clone(), party.role, self.meanings[index].states.is_empty()) else {
                continue;
            };
            let head = |other: &&Party| other.office_words.as_ref() == Some(&office) && other.words.start <= office.start;
            let Some(first) = self.parties[..=index].iter().rev().find(head) else { continue };
            if party.head != Head::Office || party.former || party.name.is_none() {
                continue;
            }
            let mut states: Vec<&str> = first
                .words
                .clone()
                .filter(|word| page.begins_hit(*word))
                .flat_map(|word| page.entries(word))
                .filter(|entry| entry.class == Class::State)
                .map(|entry| page.reference.whole(&entry.value))
                .collect();
            states.dedup();
            let ([state], [character]) = (&states[..], &self.meanings[index].people[..]) else { continue };
            let state = (*state).to_owned();
            if role != Role::Other && self.characters[*character].states.iter().all(|known| *known == state) {
                let role = phrase::role_for(page, party, Some(&state)).unwrap_or(role);
                self.give(index, Office { role, of: state });
            }
        }
    }

    /// Gives a party's only person an office that the text names.
    fn give(&mut self, party: usize, office: Office) {
        let Some(character) = self.meanings[party].people.first().copied() else { return };
        let words = self.parties[party].words.clone();
        let person = &mut self.characters[character];
        if !person.states.contains(&office.of) {
            person.states.push(office.of.clone());
        }
        if !person.offices.iter().any(|(known, _)| *known == office) {
            person.offices.push((office.clone(), words));
        }
        if self.meanings[party].states.is_empty() {
            self.meanings[party].states.push(office.of.clone());
        }
        self.meanings[party].office = Some(office);
    }

    /// X, an adviser to President Y: who serves somebody serves his state.
    pub(super) fn serve(&mut self, page: &Page) {
        for index in 0..self.parties.len().saturating_sub(1) {
            let party = &self.parties[index];
            let serves = matches!(party.role, Some(Role::Other | Role::Spokesperson | Role::SpecialEnvoy));
            if !serves || party.former || party.plural || self.meanings[index].office.is_some() || self.meanings[index].people.len() != 1 {
                continue;
            }
            let (master, words) = (index + 1, party.words.clone());
            let gap = words.end..self.parties[master].words.start;
            let link = |word: usize| ["of", "to", "for"].iter().any(|value| page.marks(word, value));
            let linked = gap.clone().any(link) || self.parties[master].name.is_none();
            let plain = gap.clone().all(|word| link(word) || page.is(word, Class::Article) || page.is(word, Class::Title));
            let heads = matches!(self.parties[master].head, Head::Office | Head::Body | Head::Person | Head::Leader);
            let [state] = &self.meanings[master].states[..] else { continue };
            let own = self.meanings[master].people.contains(&self.meanings[index].people[0])
                || self.meanings[index].states.first().is_some_and(|known| known != state);
            if linked && plain && gap.len() <= 3 && heads && !own && self.characters[self.meanings[index].people[0]].offices.is_empty() {
                let office = Office { role: self.parties[index].role.unwrap_or(Role::Other), of: state.clone() };
                self.give(index, office);
            }
        }
    }

    /// Indonesia recalled its ambassador X: the official is of the state, or of the person's state, before him.
    pub(super) fn own_officials(&mut self, page: &Page) {
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            let (Some(role), true, false) = (party.role, party.head == Head::Office && party.possessed, party.former || party.plural)
            else {
                continue;
            };
            let [character] = self.meanings[index].people[..] else { continue };
            if !self.meanings[index].states.is_empty() || !self.characters[character].states.is_empty() {
                continue;
            }
            let sentence = self.in_sentence(page.sentence_of(party.words.start));
            let owners: Vec<usize> = (sentence.start..index)
                .filter(|owner| {
                    let named = &self.parties[*owner];
                    let meant = &self.meanings[*owner];
                    named.markers.is_empty()
                        && !named.adjective
                        && !named.possessive
                        && meant.states.len() == 1
                        && !meant.people.contains(&character)
                })
                .collect();
            let [owner] = owners[..] else { continue };
            let state = self.meanings[owner].states[0].clone();
            let role = phrase::role_for(page, party, Some(&state)).unwrap_or(role);
            if page.reference.state(&state).is_some() {
                self.give(index, Office { role, of: state });
            }
        }
    }

    /// Deputy prime minister and minister of finance X: both offices are of the one person named.
    pub(super) fn join_offices(&mut self, page: &Page) {
        for index in 1..self.parties.len() {
            let (before, party) = (&self.parties[index - 1], &self.parties[index]);
            let gap = before.words.end..party.words.start;
            let joined = gap.len() == 1 && page.is(gap.start, Class::And);
            let offices = before.head == Head::Office && party.head == Head::Office && !before.plural && before.name.is_none();
            let (Some(role), Some(character), true) =
                (before.role, self.meanings[index].people.first().copied(), joined && offices && party.name.is_some())
            else {
                continue;
            };
            let own = self.meanings[index - 1].states.first();
            let Some(state) = own.or(self.meanings[index].states.first()).cloned() else { continue };
            let role = phrase::role_for(page, before, Some(&state)).unwrap_or(role);
            let office = Office { role, of: state.clone() };
            let words = before.words.clone();
            let person = &mut self.characters[character];
            if !before.former && !person.offices.iter().any(|(known, _)| *known == office) {
                person.offices.push((office.clone(), words));
            }
            self.meanings[index - 1] = Meaning { people: vec![character], states: vec![state], office: Some(office), inferred: false };
        }
    }

    /// President X and foreign minister Y: an official whom no table knows has the state of the office before him in
    /// his list.
    pub(super) fn share_states(&mut self) {
        for index in 1..self.parties.len() {
            let (before, party) = (&self.parties[index - 1], &self.parties[index]);
            let listed = before.group == party.group && before.head == Head::Office && party.head == Head::Office;
            let [state] = &self.meanings[index - 1].states[..] else { continue };
            if !listed || !self.meanings[index].states.is_empty() || party.former || party.plural {
                continue;
            }
            let Some(character) = self.meanings[index].people.first().copied() else { continue };
            let person = &mut self.characters[character];
            if person.id.is_some() || !person.states.is_empty() {
                continue;
            }
            let state = state.clone();
            person.states.push(state.clone());
            if let Some(role) = party.role {
                let office = Office { role, of: state.clone() };
                person.offices.push((office.clone(), party.words.clone()));
                self.meanings[index].office = Some(office);
            }
            self.meanings[index].states.push(state);
        }
    }

    /// An official whom no table knows and whose state the text does not name serves the state whose news this is,
    /// where the text names that one, and no other that shares the language.
    pub(super) fn at_home(&mut self, page: &Page) {
        let mentioned = |state: &&String| {
            self.parties.iter().any(|party| party.states.contains(state))
                || (0..page.cut.words.len())
                    .any(|word| page.entry(word, Class::Place).is_some_and(|entry| entry.value.rsplit(", ").next() == Some(state.as_str())))
        };
        let mut homes = page.pack.settings.home.iter().filter(mentioned);
        let (Some(home), None) = (homes.next().cloned(), homes.next()) else { return };
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            let role = phrase::role_for(page, party, Some(&home)).or(party.role);
            let (Some(role), Head::Office, false) = (role, party.head, party.former || party.possessed) else { continue };
            let Some(character) = self.meanings[index].people.first().copied().filter(|_| party.markers.is_empty()) else { continue };
            let person = &mut self.characters[character];
            if role == Role::Other || person.id.is_some() || !person.states.is_empty() || !self.meanings[index].states.is_empty() {
                continue;
            }
            let office = Office { role, of: home.clone() };
            person.states.push(home.clone());
            person.offices.push((office.clone(), party.words.clone()));
            self.meanings[index].states.push(home.clone());
            self.meanings[index].office = Some(office);
        }
    }

    /// Offices without a name: whoever the document, or else the reference at the day of publication, says holds them.
    pub(super) fn hold_offices(&mut self, page: &Page) {
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            if !matches!(party.head, Head::Office | Head::Leader) || party.name.is_some() || party.former || party.possessed {
                continue;
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
                continue;
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
                            let holds =
                                person.offices.iter().any(|(office, _)| same_office(office.role, role) || minister(office)) || known();
                            (holds && other.name.is_some()).then_some((character, place))
                        });
                    // who holds such an office and is spoken of most, else the one named last
                    let before = named
                        .max_by_key(|(character, place)| (self.characters[*character].mentions, *place))
                        .map(|(character, _)| character);
                    if let Some(character) = before
                        .filter(|_| role.single_seat() || role == Role::Spokesperson || role == Role::Minister || role == Role::Ambassador)
                    {
                        self.meanings[index].people.push(character);
                        self.meanings[index].states.clone_from(&self.characters[character].states);
                        self.meanings[index].states.truncate(1);
                    }
                }
                continue;
            }
            for state in states {
                let holder = self.named_last(page, index, role, &state).or_else(|| self.holder(page, role, &state));
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
    }

    /// "The head of state": the one of the first of their states who is spoken of so far, or clearly more than the others.
    fn leading(&self, page: &Page, party: usize) -> Option<usize> {
        let tops = [Role::President, Role::HeadOfState, Role::Monarch, Role::PrimeMinister];
        let mut named: Vec<(usize, usize)> = Vec::new();
        for meaning in &self.meanings[..party] {
            for character in meaning.people.iter().filter(|character| tops.iter().any(|role| self.holds(page, **character, *role))) {
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
    pub(crate) fn holder(&mut self, page: &Page, role: Option<Role>, state: &str) -> Option<usize> {
        let tops = [Role::President, Role::HeadOfState, Role::Monarch, Role::PrimeMinister];
        let wanted =
            |office: &Office| office.of == state && role.map_or(tops.contains(&office.role), |role| same_office(office.role, role));
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
        let roles: &[Role] = if role == Role::HeadOfState { &[Role::HeadOfState, Role::President, Role::Monarch] } else { &[role] };
        let mut holders: Vec<PersonId> = roles.iter().flat_map(|role| page.reference.holders(*role, state, from, to)).collect();
        holders.dedup();
        // a holder without an end may have left long ago
        if holders.len() > 1 {
            let starts = |id: &PersonId| {
                page.reference
                    .person(*id)
                    .tenures
                    .iter()
                    .filter(|tenure| roles.contains(&tenure.role) && tenure.of == state)
                    .filter_map(|tenure| tenure.start.as_ref().and_then(Edtf::earliest))
                    .max()
            };
            holders.retain(|id| {
                page.reference
                    .person(*id)
                    .tenures
                    .iter()
                    .any(|tenure| roles.contains(&tenure.role) && tenure.of == state && tenure.end.is_none())
            });
            holders.sort_by_key(starts);
            if holders.len() > 1 {
                holders = holders.split_off(holders.len() - 1);
            }
        }
        match holders[..] {
            [one] => Some(self.character_of(page, one)),
            _ => None,
        }
    }

    /// The characters a counterpart's adjective leads to: the same office as `of_whom`, of that state.
    pub(crate) fn counterpart(&mut self, page: &Page, of_whom: usize, state: &str) -> Option<usize> {
        let office = self.characters[of_whom].offices.first().map(|(office, _)| office.role).or_else(|| {
            let id = self.characters[of_whom].id?;
            let (from, to) = self.window;
            page.reference.person(id).tenures.iter().rev().find(|tenure| tenure.touches(from, to)).map(|tenure| tenure.role)
        })?;
        let before = self.characters.len();
        let found = self.holder(page, Some(office), state);
        if let Some(found) = found.filter(|found| *found >= before) {
            let of = state.to_owned();
            self.characters[found].states.push(of);
        }
        found
    }
}
