//! Who is who in a document: names, offices and pronouns led to persons and states.
//!
//! In: names and parties of a page, and the day of publication where known. Out: for each party the
//! characters and states it stands for. Never: guesses; where two persons fit, a doubt says so.

mod contradict;
mod delegations;
mod holders;
mod identify;
mod offices;

use crate::page::Page;
use crate::party::{self, Head, Party};
use crate::people::{self, NameMention};
use crate::phrase;
use chancery_model::{Doubt, Edtf, Office, Party as ClaimParty, Role, Span};
use chancery_reference::PersonId;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashSet;
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
    /// Whether the name is only led back from inflected forms.
    led_back: bool,
    /// Offices that the text names, with the words; former ones and those of an elect are not among them.
    pub offices: Vec<(Office, Range<usize>)>,
    /// The states and organizations the person stands for.
    pub states: Vec<String>,
    pub mentions: usize,
    pub former: bool,
    /// Offices that the person is only elected to.
    pub elect: Vec<Role>,
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
    /// Who holds the office now, where `people` are those who held it on the day of an event before.
    now: Option<Vec<usize>>,
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
    /// Who tells the text in the first person.
    pub(crate) narrator: Option<usize>,
    window: (Option<Date>, Option<Date>),
    /// The states and organizations that the text speaks of.
    told: HashSet<String>,
}

/// Roles by which a family name alone is recognised.
pub const PROMINENT: &[Role] =
    &[Role::President, Role::PrimeMinister, Role::ForeignMinister, Role::Monarch, Role::HeadOfState, Role::SecretaryGeneral];

/// Sentences in the first person by which a text is its speaker's own.
const FIRST_PERSON: usize = 3;

/// Sentences at the head of a text that may name who tells it.
const HEAD: usize = 6;

impl Cast {
    pub(crate) fn new(page: &Page, published: Option<&Edtf>) -> Cast {
        let names = people::find(page);
        let parties = party::find(page, &names);
        let window = window(published);
        let told = identify::told_of(page, &parties);
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
            narrator: None,
            window,
            told,
        };
        let mut of_name = vec![None; cast.names.len()];
        cast.identify(page, &mut of_name);
        cast.mean(page, &of_name);
        if cast.window.0.is_none() && !cast.doubts.is_empty() {
            // of two namesakes the one in office with the others of the text
            cast.window = cast.days_of_offices(page);
            cast.doubts.clear();
            cast.identify(page, &mut of_name);
            cast.mean(page, &of_name);
            cast.window = (None, None);
        }
        cast.infer_states(page);
        cast.share_state(page);
        cast.share_states();
        cast.share_roles(page);
        cast.hand_on_roles(page);
        cast.second_offices(page);
        cast.join_offices(page);
        cast.serve(page);
        cast.own_officials(page);
        cast.receive_envoys(page);
        cast.at_home(page);
        cast.send_delegations(page);
        cast.lead_delegations(page);
        cast.meet_delegations_again(page);
        cast
    }

    /// Who tells the text: the official whom its head names, where the first person speaks outside quotations.
    fn find_narrator(&self, page: &Page) -> Option<usize> {
        let speaks = |sentence: &usize| {
            page.tells(*sentence)
                && self.in_sentence(*sentence).any(|party| {
                    let found = &self.parties[party];
                    let first = found.pronoun.as_ref().is_some_and(|(value, possessive)| value == "i" && !possessive);
                    first && page.quote_of[found.words.start].is_none()
                })
        };
        let told = (0..page.cut.sentences.len()).filter(speaks).count() >= FIRST_PERSON;
        let first = (0..page.cut.sentences.len()).find(speaks).filter(|_| told)?;
        let head = (0..first.clamp(1, HEAD))
            .flat_map(|sentence| self.in_sentence(sentence))
            .find(|party| self.parties[*party].role.is_some() && self.meanings[*party].people.len() == 1)?;
        Some(self.meanings[head].people[0])
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
                        meaning.states.push(tenure.of.to_string());
                        role = phrase::role_for(page, party, Some(&tenure.of)).or(role);
                    }
                }
                // Minister Petříček, whom the table knows as foreign minister
                if let (Some(Role::Minister), Some(person)) = (role, person)
                    && let Some(office) = self.foreign_minister(person, &meaning.states)
                {
                    role = Some(office.role);
                    if meaning.states.is_empty() {
                        meaning.states.push(office.of);
                    }
                }
                // Ramos-Horta, the head of state of Indonesia and the minister met: the comma parts two people
                if let (Some(role_named), Some(person), Some(state)) = (role, person, meaning.states.first())
                    && self.leads_another(person, role_named, state)
                    && party.office_words.as_ref().is_some_and(|office| parted(page, party, office))
                {
                    if party.words.start < party.office_words.as_ref().map_or(0, |office| office.start) {
                        meaning.states.clear();
                    } else {
                        meaning.people.clear();
                    }
                    self.meanings[index] = meaning;
                    continue;
                }
                // an office that the table knows more exactly (the monarch's "head of state")
                if let (Some(named), Some(person), Some(state)) = (role, person, meaning.states.first())
                    && named == Role::HeadOfState
                    && let Some(tenure) = person.tenures.iter().find(|tenure| same_office(tenure.role, named) && tenure.of == *state)
                {
                    role = Some(tenure.role);
                }
            }
            let known = character.and_then(|character| self.characters[character].id);
            let named = role.zip(meaning.states.first().cloned()).filter(|_| matches!(party.head, Head::Office | Head::Person));
            let named = named.map(|(role, of)| Office { role, of }).filter(|_| party.states.len() <= 1 && !party.former);
            // who is only elected holds no office yet; the newly elected, who has entered it, does
            let (from, to) = self.window;
            let elect = party.elect
                && !named
                    .as_ref()
                    .zip(known)
                    .is_some_and(|(office, id)| from.is_some() && page.reference.person(id).held(office, from, to));
            meaning.office = named.clone().filter(|_| !elect);
            if let (Some(character), Some(office)) = (character, &named) {
                let person = &mut self.characters[character];
                if !person.states.contains(&office.of) {
                    person.states.push(office.of.clone());
                }
                if !elect && !party.then && !person.offices.iter().any(|(known, _)| known == office) {
                    person.offices.push((office.clone(), party.words.clone()));
                }
            } else if let (Some(character), true) = (character, party.states.len() == 1 && !party.former) {
                let person = &mut self.characters[character];
                if !person.states.contains(&party.states[0]) {
                    person.states.push(party.states[0].clone());
                }
            }
            if let (Some(character), Some(role), true) = (character, role, elect) {
                self.characters[character].elect.push(role);
            }
            if let (Some(character), true) = (character, party.former) {
                self.characters[character].former |= self.characters[character].offices.is_empty();
            }
            self.meanings[index] = meaning;
        }
    }

    /// The office of a person whom the table knows as foreign minister, and as no other minister, at the time.
    fn foreign_minister(&self, person: &chancery_reference::Person, states: &[String]) -> Option<Office> {
        let (from, to) = self.window;
        let mut now = person
            .tenures
            .iter()
            .filter(|tenure| tenure.touches(from, to) && (states.is_empty() || states.iter().any(|state| *state == tenure.of)));
        let other = now.clone().any(|tenure| tenure.role == Role::Minister);
        now.find(|tenure| !other && from.is_some() && tenure.role == Role::ForeignMinister).map(|tenure| tenure.office())
    }

    /// Whether the table knows the person, at the time, in such an office of another state and in none of this one.
    fn leads_another(&self, person: &chancery_reference::Person, role: Role, state: &str) -> bool {
        let (from, to) = self.window;
        let first = |role: Role| role.single_seat() && role != Role::SecretaryGeneral;
        first(role)
            && !person.tenures.iter().any(|tenure| tenure.of == state)
            && person.tenures.iter().any(|tenure| first(tenure.role) && tenure.touches(from, to))
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
                character.states.push(tenure.of.to_string());
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

    /// Span of a party.
    pub(crate) fn span(&self, page: &Page, party: usize) -> Option<Span> {
        page.span(&self.parties[party].words)
    }

    /// Whether a character holds an office of a kind: as the text says, or as the tables say of its time.
    pub(crate) fn holds(&self, page: &Page, character: usize, role: Role) -> bool {
        let (from, to) = self.window;
        let person = &self.characters[character];
        let tenures = person.id.map(|id| &page.reference.person(id).tenures);
        person.offices.iter().any(|(office, _)| same_office(office.role, role))
            || tenures.is_some_and(|tenures| tenures.iter().any(|tenure| same_office(tenure.role, role) && tenure.touches(from, to)))
    }

    /// Whether the text calls somebody a spokesman and nothing else.
    pub(crate) fn speaks_for_others(&self, character: usize) -> bool {
        let mut roles = self
            .parties
            .iter()
            .zip(&self.meanings)
            .filter(|(_, meaning)| meaning.people[..] == [character])
            .filter_map(|(party, _)| party.role)
            .peekable();
        roles.peek().is_some() && roles.all(|role| role == Role::Spokesperson)
    }

    pub(crate) fn states_of(&self, character: usize) -> &[String] {
        &self.characters[character].states
    }
}

/// Whether a comma stands between an office and the rest of its party.
fn parted(page: &Page, party: &Party, office: &Range<usize>) -> bool {
    party.words.clone().any(|word| !office.contains(&word) && page.is_comma(word))
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
