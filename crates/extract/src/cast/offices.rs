//! Offices that a text gives to persons in other ways than directly beside the name.
//!
//! In: the cast as its names tell it. Out: counterparts, members of lists, officials of the text's own state. Never: invents a
//! person.

use super::{Cast, Meaning, same_office};
use crate::page::Page;
use crate::party::{Head, Party};
use crate::phrase;
use chancery_language::{Class, Feature};
use chancery_model::{Office, Role};

impl Cast {
    /// "His Turkish counterpart": the office of the person before, of the state that the adjective names.
    pub(super) fn link_counterparts(&mut self, page: &Page) {
        (0..self.parties.len()).for_each(|index| self.link_counterpart(page, index));
    }

    /// The same for one party, where it is a counterpart.
    pub(crate) fn link_counterpart(&mut self, page: &Page, index: usize) {
        let party = &self.parties[index];
        if party.head != Head::Counterpart || party.plural || party.former {
            return;
        }
        let sentence = page.sentence_of(party.words.start);
        let named = self.meanings[index].people.first().copied();
        // his counterpart X, whose state the table knows
        let known = named.and_then(|character| self.characters[character].states.first()).filter(|_| party.states.is_empty());
        let Some(state) = (if let [state] = &party.states[..] { Some(state) } else { known }).cloned() else { return };
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
        let Some(whose) = whose.and_then(|party| self.meanings[party].people.first().copied()) else { return };
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
                if let Some(character) = self.counterpart(page, index, whose, &state) {
                    let office = self.characters[whose].offices.first().map(|(office, _)| Office { role: office.role, of: state });
                    let meaning = &mut self.meanings[index];
                    meaning.people.push(character);
                    meaning.inferred = true;
                    meaning.office = office;
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

    /// The ambassadors: A (Serbia), B (Slovakia); the Argentine president X, the Paraguayan Y: people told with their states
    /// after an office that is theirs as well.
    pub(super) fn hand_on_roles(&mut self, page: &Page) {
        for index in 1..self.parties.len() {
            let party = &self.parties[index];
            let ([_], [state]) = (&self.meanings[index].people[..], &party.states[..]) else { continue };
            if party.head != Head::Person || party.role.is_some() || party.former {
                continue;
            }
            let sentence = self.in_sentence(page.sentence_of(party.words.start));
            let owner = (sentence.start..index).rev().find(|before| self.parties[*before].head == Head::Office);
            let Some((owner, role)) = owner.and_then(|owner| Some((owner, self.parties[owner].role?))) else { continue };
            let before = &self.parties[owner];
            let between = owner + 1..index;
            let only_people = between.clone().all(|other| self.parties[other].head == Head::Person && self.parties[other].role.is_none());
            let list_of_many = before.plural && before.name.is_none() && page.mark(before.words.end) == Some(':');
            let one_by_one = role.single_seat()
                && before.name.is_some()
                && before.group == party.group
                && party.name.is_some_and(|name| self.names[name].words.start > party.words.start)
                && before.states.iter().all(|known| known != state);
            if only_people && !before.former && (list_of_many || one_by_one) && page.reference.state(state).is_some() {
                let office = Office { role, of: state.clone() };
                self.give(index, office);
            }
        }
    }

    /// Deputy Prime Minister X, minister of foreign affairs, said; X, deputy prime minister and minister of foreign affairs: a
    /// second office of the same person.
    pub(super) fn second_offices(&mut self, page: &Page) {
        for index in 1..self.parties.len() {
            let (before, party) = (&self.parties[index - 1], &self.parties[index]);
            let (Some(role), Some(first), [character]) = (party.role, before.role, &self.meanings[index - 1].people[..]) else { continue };
            let bare =
                party.head == Head::Office && party.name.is_none() && !party.plural && !party.former && party.markers == before.markers;
            let link = before.words.end;
            let apposed = before.head == Head::Person && page.is(link, Class::And) || before.head == Head::Office && page.is_comma(link);
            let indefinite = page.entries(party.words.start).all(|entry| entry.class != Class::Article);
            let closes = page.mark(party.words.end).is_some();
            let Some(home) = party.states.first().or(self.meanings[index - 1].states.first()).cloned() else { continue };
            let own = before.name.is_some() && first != role && self.meanings[index - 1].states.iter().all(|state| *state == home);
            if bare && apposed && link + 1 == party.words.start && indefinite && closes && own {
                let character = *character;
                let called = |party: &Party, role: Role| phrase::role_for(page, party, Some(&home)).unwrap_or(role);
                let offices = [(index - 1, called(before, first)), (index, called(party, role))];
                self.meanings[index].people = vec![character];
                for (at, role) in offices {
                    self.give(at, Office { role, of: home.clone() });
                }
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
            // the ambassador to Kenya, velvyslanec v Německu: where he is sent is not whose he is
            let host = |word: &usize| {
                sent_to(party) && word.checked_sub(1).is_some_and(|before| ["in", "at", "to"].iter().any(|at| page.marks(before, at)))
            };
            let mut states: Vec<&str> = first
                .words
                .clone()
                .filter(|word| page.begins_hit(*word) && !host(word))
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

    /// The ambassador of A to B met the minister of health, X: an official whose state nothing names serves the state that the envoy is
    /// sent to.
    pub(super) fn receive_envoys(&mut self, page: &Page) {
        for envoy in 0..self.parties.len() {
            let sender = &self.parties[envoy];
            let sentence = self.in_sentence(page.sentence_of(sender.words.start));
            let Some(post) = post_of(page, sender).filter(|post| sent_to(sender) && !sender.states.contains(post)) else { continue };
            for index in sentence {
                let party = &self.parties[index];
                let Some(role) = party.role.filter(|_| party.head == Head::Office && party.group != self.parties[envoy].group) else {
                    continue;
                };
                let [character] = self.meanings[index].people[..] else { continue };
                let known = &self.characters[character];
                let taken = !known.states.is_empty() || !self.meanings[index].states.is_empty();
                if taken || known.id.is_some() || party.former || party.possessed || sent_to(party) || role == Role::SecretaryGeneral {
                    continue;
                }
                let role = phrase::role_for(page, party, Some(&post)).unwrap_or(role);
                self.give(index, Office { role, of: post.clone() });
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
            // the president of A and the minister of B, X: two people
            let own = self.meanings[index - 1].states.first();
            let state = |key: &&String| page.reference.state(key).is_some();
            let other = self.meanings[index].states.first().filter(state);
            let foreign = own.filter(state).zip(other).is_some_and(|(own, other)| own != other);
            if foreign || page.is(party.words.start, Class::Article) && page.is(before.words.start, Class::Article) {
                continue;
            }
            let Some(state) = own.or(self.meanings[index].states.first()).cloned() else { continue };
            let role = phrase::role_for(page, before, Some(&state)).unwrap_or(role);
            let office = Office { role, of: state.clone() };
            let words = before.words.clone();
            let person = &mut self.characters[character];
            if !before.former && !person.offices.iter().any(|(known, _)| *known == office) {
                person.offices.push((office.clone(), words));
            }
            self.meanings[index - 1] = Meaning { people: vec![character], states: vec![state], office: Some(office), ..Meaning::default() };
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

    /// The state whose news this is: the one that the text names among those of its language.
    pub(crate) fn home_of_text(&self, page: &Page) -> Option<String> {
        let mentioned = |state: &&String| {
            self.parties.iter().any(|party| party.states.contains(state))
                || (0..page.cut.words.len())
                    .any(|word| page.entry(word, Class::Place).is_some_and(|entry| entry.value.rsplit(", ").next() == Some(state.as_str())))
        };
        let mut homes = page.pack.settings.home.iter().filter(mentioned);
        let home = homes.next().cloned()?;
        homes.next().is_none().then_some(home)
    }

    /// An official whom no table knows and whose state the text does not name serves the state whose news this is.
    pub(super) fn at_home(&mut self, page: &Page) {
        let Some(home) = self.home_of_text(page) else { return };
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            let role = phrase::role_for(page, party, Some(&home)).or(party.role);
            let (Some(role), Head::Office, false) = (role, party.head, party.former || party.possessed) else { continue };
            let Some(character) = self.meanings[index].people.first().copied().filter(|_| party.markers.is_empty()) else { continue };
            let person = &mut self.characters[character];
            // (velvyslanec v Německu: sent there from home)
            let hosts = || party.words.clone().filter_map(|word| page.entry(word, Class::State));
            let abroad = hosts().next().is_some() && hosts().all(|entry| entry.value != home);
            if role == Role::Other
                || role == Role::Ambassador && !abroad
                || person.id.is_some()
                || !person.states.is_empty()
                || !self.meanings[index].states.is_empty()
            {
                continue;
            }
            let office = Office { role, of: home.clone() };
            person.states.push(home.clone());
            person.offices.push((office.clone(), party.words.clone()));
            self.meanings[index].states.push(home.clone());
            self.meanings[index].office = Some(office);
        }
    }
}

/// The state, or the capital's state, that an envoy is sent to: under a preposition in his own words or directly behind them.
fn post_of(page: &Page, envoy: &Party) -> Option<String> {
    let end = page.cut.sentences[page.sentence_of(envoy.words.start)].words.end.min(envoy.words.end + 4);
    let office = envoy.office_words.as_ref().map_or(envoy.words.start, |office| office.end);
    let to = |word: usize| ["to", "in", "at", "for"].iter().any(|value| page.marks(word, value));
    let posted = |word: &usize| {
        let linked = |before: &usize| page.is(*before, Class::Article) || to(*before);
        page.begins_hit(*word) && (word.saturating_sub(2)..*word).rev().take_while(linked).any(to)
    };
    let behind = (office..end).take_while(|word| *word < envoy.words.end || page.mark(*word).is_none());
    behind.filter(posted).find_map(|word| {
        page.entries(word).find_map(|entry| match entry.class {
            Class::State if !entry.features.any(&[Feature::Adjective, Feature::People]) => Some(entry.value.to_string()),
            Class::Place if entry.is(Feature::Capital) => entry.value.rsplit(", ").next().map(str::to_owned),
            _ => None,
        })
    })
}

/// Whether an office is that of somebody who is sent to another state.
fn sent_to(party: &Party) -> bool {
    matches!(party.role, Some(Role::Ambassador | Role::SpecialEnvoy))
}
