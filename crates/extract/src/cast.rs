//! Who is who in a document: names, offices and pronouns led to persons and states.
//!
//! In: names and parties of a page, and the day of publication where known. Out: for each party the
//! characters and states it stands for. Never: guesses; where two persons fit, a doubt says so.

use crate::page::Page;
use crate::party::{self, Head, Party};
use crate::people::{self, NameMention};
use crate::phrase;
use chancery_language::{Class, Shape};
use chancery_model::{Doubt, Edtf, Office, Party as ClaimParty, Role, Span};
use chancery_reference::{PersonId, skeleton};
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// A person of the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Character {
    pub id: Option<PersonId>,
    pub name: String,
    pub qid: Option<String>,
    pub gender: String,
    /// Skeletons of the given and the family name.
    given: String,
    family: Vec<String>,
    /// Offices that the text names, with the words; former ones and those of an elect are not among them.
    pub offices: Vec<(Office, Range<usize>)>,
    /// The states and organizations the person stands for.
    pub states: Vec<String>,
    pub mentions: usize,
    pub former: bool,
}

/// What a party stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    /// Indexes of characters.
    pub people: Vec<usize>,
    pub states: Vec<String>,
    pub office: Option<Office>,
    /// Whether the characters are known by office only.
    pub inferred: bool,
}

/// Everybody in a document.
#[derive(Debug)]
pub(crate) struct Cast {
    pub names: Vec<NameMention>,
    pub parties: Vec<Party>,
    pub meanings: Vec<Meaning>,
    pub characters: Vec<Character>,
    pub doubts: Vec<Doubt>,
    /// For each sentence the range of its parties.
    pub of_sentence: Vec<Range<usize>>,
    /// The state that "our country" means outside quotations: that of the office or agency credited.
    pub home: Option<String>,
    window: (Option<Date>, Option<Date>),
}

/// Roles by which a family name alone is recognised.
const PROMINENT: &[Role] =
    &[Role::President, Role::PrimeMinister, Role::ForeignMinister, Role::Monarch, Role::HeadOfState, Role::SecretaryGeneral];

impl Cast {
    pub(crate) fn new(page: &Page, published: Option<&Edtf>) -> Cast {
        let names = people::find(page);
        let parties = party::find(page, &names);
        let window = window(published);
        let mut of_sentence = Vec::with_capacity(page.cut.sentences.len());
        let mut at = 0;
        for sentence in &page.cut.sentences {
            let start = at;
            while parties.get(at).is_some_and(|party| party.words.start < sentence.words.end) {
                at += 1;
            }
            of_sentence.push(start..at);
        }
        let mut cast = Cast {
            meanings: vec![Meaning::default(); parties.len()],
            names,
            parties,
            characters: Vec::new(),
            doubts: Vec::new(),
            of_sentence,
            home: None,
            window,
        };
        let of_name = cast.identify(page);
        cast.mean(page, &of_name);
        cast.infer_states(page);
        cast.share_states();
        cast.join_offices(page);
        cast.at_home(page);
        cast.hold_offices(page);
        cast.link_counterparts(page);
        cast
    }

    /// "His Turkish counterpart": the office of the person before, of the state that the adjective names.
    fn link_counterparts(&mut self, page: &Page) {
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            let [state] = &party.states[..] else { continue };
            if party.head != Head::Counterpart || party.plural || party.former {
                continue;
            }
            let state = state.clone();
            let sentence = page.sentence_of(party.words.start);
            let named = self.meanings[index].people.first().copied();
            let other = |candidate: &usize| {
                let meaning = &self.meanings[*candidate];
                !self.parties[*candidate].possessive
                    && meaning
                        .people
                        .first()
                        .is_some_and(|character| Some(*character) != named && self.states_of(*character).first() != Some(&state))
            };
            let whose = self
                .in_sentence(sentence)
                .filter(|candidate| *candidate != index)
                .filter(other)
                .min_by_key(|candidate| (!self.parties[*candidate].markers.is_empty(), *candidate > index))
                .or_else(|| self.parties[..index].iter().enumerate().rev().map(|(candidate, _)| candidate).take(12).find(other));
            let Some(whose) = whose.and_then(|party| self.meanings[party].people.first().copied()) else { continue };
            match named {
                Some(character) => {
                    let role = self.characters[whose].offices.first().map(|(office, _)| office.role);
                    let held = role.filter(|role| {
                        self.characters[character].id.is_none_or(|id| {
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

    /// The sentence's parties.
    pub(crate) fn in_sentence(&self, sentence: usize) -> Range<usize> {
        self.of_sentence.get(sentence).cloned().unwrap_or(0..0)
    }

    /// A party of a claim for a character, as named by a party of the text.
    pub(crate) fn claim_party(&self, page: &Page, character: usize, party: Option<usize>) -> ClaimParty {
        let person = &self.characters[character];
        let span = party.and_then(|party| page.span(&self.parties[party].words));
        let office = party
            .and_then(|party| self.meanings[party].office.clone())
            .or_else(|| person.offices.first().map(|(office, _)| office.clone()));
        let inferred = party.map_or(Some("discourse"), |party| self.meanings[party].inferred.then_some("office-holder"));
        ClaimParty { name: person.name.clone(), qid: person.qid.clone(), office, span, inferred }
    }

    /// Leads each name to a character.
    fn identify(&mut self, page: &Page) -> Vec<Option<usize>> {
        let mut of_name = vec![None; self.names.len()];
        let party_of: Vec<Option<usize>> =
            (0..self.names.len()).map(|name| self.parties.iter().position(|party| party.name == Some(name))).collect();
        // names in full first: family names alone lean on them
        for full in [true, false] {
            for index in 0..self.names.len() {
                let name = &self.names[index];
                if name.full != full || of_name[index].is_some() {
                    continue;
                }
                let party = party_of[index].map(|party| &self.parties[party]);
                let (words, family) = (name.words.clone(), name.family.clone());
                let character = if name.candidates.is_empty() {
                    self.unknown(page, index, full)
                } else {
                    let candidates = name.candidates.clone();
                    match self.known(page, &candidates, party, full, &words, &family) {
                        Known::One(id) => Some(self.character_of(page, id)),
                        Known::Named(character) => Some(character),
                        Known::Many(left) => {
                            if let Some(span) = page.span(&words) {
                                let candidates = left.iter().map(|id| page.reference.person(*id).name.clone()).collect();
                                self.doubts.push(Doubt { about: "whom the name means".to_owned(), candidates, span });
                            }
                            None
                        }
                        Known::None => None,
                    }
                };
                if let Some(character) = character {
                    self.characters[character].mentions += 1;
                    of_name[index] = Some(character);
                }
            }
        }
        of_name
    }

    fn character_of(&mut self, page: &Page, id: PersonId) -> usize {
        if let Some(found) = self.characters.iter().position(|character| character.id == Some(id)) {
            return found;
        }
        let person = page.reference.person(id);
        let family: Vec<String> = person.families.iter().filter_map(|family| family.last().cloned()).collect();
        let given = person.spellings.first().and_then(|words| words.first().cloned()).unwrap_or_default();
        self.characters.push(Character {
            id: Some(id),
            name: person.name.clone(),
            qid: person.qid.clone(),
            gender: person.gender.clone(),
            given,
            family,
            offices: Vec::new(),
            states: Vec::new(),
            mentions: 0,
            former: false,
        });
        self.characters.len() - 1
    }

    /// A person that no table knows: the same person where given and family name agree.
    fn unknown(&mut self, page: &Page, index: usize, full: bool) -> Option<usize> {
        let name = &self.names[index];
        let given = skeleton(page.folded(name.words.start));
        let shares = |character: &Character| character.family.iter().any(|family| name.family.contains(family));
        if let Some(found) =
            self.characters.iter().position(|character| shares(character) && (!full || same_given(&character.given, &given)))
        {
            // the shorter spelling is the one without an ending
            let known = &self.characters[found];
            let abbreviated = |name: &str| name.contains(". ");
            let better = if abbreviated(&known.name) != abbreviated(&name.name) {
                abbreviated(&known.name)
            } else {
                name.name.len() < known.name.len()
            };
            if full && known.id.is_none() && better && name.name.contains(' ') {
                self.characters[found].name.clone_from(&name.name);
                self.characters[found].given.clone_from(&given);
            }
            return Some(found);
        }
        // a title with one word (Mr Smith) names a person that the text never names in full
        self.characters.push(Character {
            id: None,
            name: name.name.clone(),
            qid: None,
            gender: String::new(),
            given,
            family: name.family.clone(),
            offices: Vec::new(),
            states: Vec::new(),
            mentions: 0,
            former: false,
        });
        Some(self.characters.len() - 1)
    }

    fn known(
        &self,
        page: &Page,
        candidates: &[PersonId],
        party: Option<&Party>,
        full: bool,
        words: &Range<usize>,
        family: &[String],
    ) -> Known {
        // somebody who is named in full elsewhere in the document
        if let Some(found) = self.characters.iter().position(|character| character.id.is_some_and(|id| candidates.contains(&id))) {
            let rivals = self.characters.iter().filter(|character| character.id.is_some_and(|id| candidates.contains(&id))).count();
            if rivals == 1 {
                return Known::Named(found);
            }
        }
        if !full
            && let Some(found) = self
                .characters
                .iter()
                .position(|character| character.id.is_none() && character.family.iter().any(|one| family.contains(one)))
        {
            return Known::Named(found);
        }
        let mut left: Vec<PersonId> = candidates.to_vec();
        let states: &[String] = party.map_or(&[], |party| &party.states);
        let role = party.and_then(|party| phrase::role_for(page, party, states.first().map(String::as_str)).or(party.role));
        let (from, to) = self.window;
        let narrow = |left: &mut Vec<PersonId>, test: &dyn Fn(PersonId) -> bool| {
            let kept: Vec<PersonId> = left.iter().copied().filter(|id| test(*id)).collect();
            if !kept.is_empty() {
                *left = kept;
            }
        };
        let person = |id: PersonId| page.reference.person(id);
        if !states.is_empty() {
            let fits = |id: PersonId| person(id).tenures.iter().any(|tenure| states.contains(&tenure.of));
            if !full && !left.iter().any(|id| fits(*id)) {
                return Known::None;
            }
            narrow(&mut left, &fits);
        }
        if let Some(role) = role {
            narrow(&mut left, &|id| person(id).tenures.iter().any(|tenure| same_office(tenure.role, role)));
        }
        if left.len() > 1 && from.is_some() {
            narrow(&mut left, &|id| person(id).tenures.iter().any(|tenure| tenure.touches(from, to)));
        }
        if left.len() > 1 {
            narrow(&mut left, &|id| person(id).tenures.iter().any(|tenure| PROMINENT.contains(&tenure.role)));
        }
        if left.len() > 1 && full && from.is_none() {
            // the name in full: the later holder is the likelier reading only where offices agree
            narrow(&mut left, &|id| person(id).qid.is_some());
        }
        if !full {
            let shape = page.shape(words.start);
            let anchored = role.is_some() || !states.is_empty();
            let prominent = |id: PersonId| {
                person(id).tenures.iter().any(|tenure| {
                    PROMINENT.contains(&tenure.role)
                        && (from.is_none() || tenure.touches(from.and_then(|day| day.checked_sub(4.years()).ok()), to))
                })
            };
            if !anchored {
                let begins =
                    page.cut.sentences.get(page.sentence_of(words.start)).is_some_and(|sentence| sentence.words.start == words.start);
                let short = page.written(words.start).chars().count() < 4;
                left.retain(|id| prominent(*id));
                if left.len() == 1 && (begins || short) && !self.surely_a_name(page, left[0], words) && !beside_verb(page, words) {
                    return Known::None;
                }
                if left.len() > 1 || shape == Shape::Lower {
                    return Known::None;
                }
            }
        }
        match left.as_slice() {
            [] => Known::None,
            [one] => Known::One(*one),
            _ => Known::Many(left),
        }
    }

    /// A family name at the head of a sentence, or a very short one, counts where it comes again within a sentence.
    fn surely_a_name(&self, page: &Page, id: PersonId, words: &Range<usize>) -> bool {
        self.names.iter().any(|name| {
            name.words != *words
                && name.candidates.contains(&id)
                && !page.cut.sentences.iter().any(|sentence| sentence.words.start == name.words.start)
                && page.written(name.words.start).chars().count() >= 4
        })
    }

    /// What each party stands for, as far as its own words say.
    fn mean(&mut self, page: &Page, of_name: &[Option<usize>]) {
        for index in 0..self.parties.len() {
            let party = &self.parties[index];
            let mut meaning = Meaning { states: Vec::new(), ..Meaning::default() };
            for state in &party.states {
                let whole = page.reference.whole(state).to_owned();
                if !meaning.states.contains(&whole) {
                    meaning.states.push(whole);
                }
            }
            let character = party.name.and_then(|name| of_name[name]);
            let mut role = match party.head {
                Head::Office | Head::Person => phrase::role_for(page, party, party.states.first().map(String::as_str)).or(party.role),
                Head::Body => party.role,
                _ => None,
            };
            if let Some(character) = character {
                meaning.people.push(character);
                let person = self.characters[character].id.map(|id| page.reference.person(id));
                if meaning.states.is_empty()
                    && !party.former
                    && let (Some(role_named), Some(person)) = (role, person)
                {
                    let (from, to) = self.window;
                    let fit = |exact: bool, dated: bool| {
                        person.tenures.iter().rev().find(|tenure| {
                            (tenure.role == role_named || !exact && same_office(tenure.role, role_named))
                                && (!dated || tenure.touches(from, to))
                        })
                    };
                    if let Some(tenure) =
                        fit(true, true).or_else(|| fit(true, false)).or_else(|| fit(false, true)).or_else(|| fit(false, false))
                    {
                        meaning.states.push(tenure.of.clone());
                        role = phrase::role_for(page, party, Some(&tenure.of)).or(role);
                    }
                }
                // an office that the table knows more exactly (the monarch's "head of state")
                if let (Some(named), Some(person), Some(state)) = (role, person, meaning.states.first())
                    && named == Role::HeadOfState
                    && let Some(tenure) = person.tenures.iter().find(|tenure| same_office(tenure.role, named) && tenure.of == *state)
                {
                    role = Some(tenure.role);
                }
            }
            if let (Some(role), Some(state), Head::Office | Head::Person) = (role, meaning.states.first().cloned(), party.head)
                && party.states.len() <= 1
                && !party.former
            {
                meaning.office = Some(Office { role, of: state });
            }
            if let (Some(character), Some(office)) = (character, &meaning.office) {
                let person = &mut self.characters[character];
                if !person.states.contains(&office.of) {
                    person.states.push(office.of.clone());
                }
                if !party.elect && !party.former && !person.offices.iter().any(|(known, _)| known == office) {
                    person.offices.push((office.clone(), party.words.clone()));
                }
            } else if let (Some(character), true) = (character, party.states.len() == 1 && !party.former) {
                let person = &mut self.characters[character];
                if !person.states.contains(&party.states[0]) {
                    person.states.push(party.states[0].clone());
                }
            }
            if let (Some(character), true) = (character, party.former) {
                self.characters[character].former |= self.characters[character].offices.is_empty();
            }
            self.meanings[index] = meaning;
        }
    }

    /// The states of characters whose office the text does not name with a state.
    fn infer_states(&mut self, page: &Page) {
        let (from, to) = self.window;
        for character in &mut self.characters {
            let Some(id) = character.id.filter(|_| character.states.is_empty() && !character.former) else { continue };
            let tenures = &page.reference.person(id).tenures;
            let best = tenures
                .iter()
                .rev()
                .find(|tenure| tenure.touches(from, to) && PROMINENT.contains(&tenure.role) && tenure.role != Role::HeadOfState)
                .or_else(|| tenures.iter().rev().find(|tenure| tenure.touches(from, to) && PROMINENT.contains(&tenure.role)))
                .or_else(|| tenures.iter().rev().find(|tenure| tenure.touches(from, to)))
                .or_else(|| tenures.last());
            if let Some(tenure) = best {
                character.states.push(tenure.of.clone());
            }
        }
        for (party, meaning) in self.parties.iter().zip(&mut self.meanings) {
            if let (Some(character), true) = (meaning.people.first(), meaning.states.is_empty())
                && !party.former
            {
                meaning.states.clone_from(&self.characters[*character].states);
                meaning.states.truncate(1);
            }
        }
    }

    /// Deputy prime minister and minister of finance X: both offices are of the one person named.
    fn join_offices(&mut self, page: &Page) {
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
    fn share_states(&mut self) {
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
    fn at_home(&mut self, page: &Page) {
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
    fn hold_offices(&mut self, page: &Page) {
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
                if let Some(character) = self.holder(page, role, &state) {
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

    /// Span of a party.
    pub(crate) fn span(&self, page: &Page, party: usize) -> Option<Span> {
        page.span(&self.parties[party].words)
    }

    /// Whether two characters or parties stand for different states.
    pub(crate) fn states_of(&self, character: usize) -> &[String] {
        &self.characters[character].states
    }
}

enum Known {
    One(PersonId),
    Named(usize),
    Many(Vec<PersonId>),
    None,
}

/// Whether a verb that a pack knows, or a preposition of company, stands directly beside a name.
fn beside_verb(page: &Page, words: &Range<usize>) -> bool {
    let verbs = [Class::Contact, Class::Say, Class::Future, Class::Status, Class::Light, Class::Commit];
    let verb = |word: usize| verbs.iter().any(|class| page.is(word, *class)) || page.marks(word, "with") || page.marks(word, "between");
    verb(words.end) || words.start.checked_sub(1).is_some_and(verb)
}

fn same_given(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) || short.len() >= 3 && long.starts_with(&short[..short.len() - 1])
}

/// Offices that texts call by each other's names.
pub(crate) fn same_office(known: Role, named: Role) -> bool {
    known == named
        || matches!(
            (known, named),
            (Role::President | Role::Monarch, Role::HeadOfState) | (Role::HeadOfState, Role::President | Role::Monarch)
        )
}

/// The days in which the document's present lies.
fn window(published: Option<&Edtf>) -> (Option<Date>, Option<Date>) {
    match published {
        Some(date) => (date.earliest().and_then(|day| day.checked_sub(10.days()).ok()), date.latest()),
        None => (None, None),
    }
}
