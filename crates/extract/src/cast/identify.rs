//! Names led to characters.
//!
//! In: the names of a page, each with the persons that it may be. Out: for each name a character of the document. Never: a guess
//! between two who fit; a doubt names them.

use super::{Cast, Character, PROMINENT, same_office};
use crate::clause;
use crate::page::Page;
use crate::party::Party;
use crate::phrase;
use crate::quantity::{Lean, QuantityKind};
use chancery_language::fold::fold_str;
use chancery_language::{Class, Feature, Shape};
use chancery_model::{Doubt, Role};
use chancery_reference::{PersonId, Tenure, Written, skeleton};
use jiff::ToSpan;
use jiff::civil::Date;
use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

/// Forms of a name in the tables from which somebody is written about in so many languages that no text needs to introduce him.
const RENOWNED: usize = 8;

impl Cast {
    /// Leads each name to a character.
    pub(super) fn identify(&mut self, page: &Page, of_name: &mut [Option<usize>]) {
        let mut party_of = vec![None; self.names.len()];
        for (index, party) in self.parties.iter().enumerate().rev() {
            party.name.into_iter().for_each(|name| party_of[name] = Some(index));
        }
        // names in full first: family names alone lean on them
        for full in [true, false] {
            for index in 0..self.names.len() {
                let name = &self.names[index];
                if name.full != full || of_name[index].is_some() {
                    continue;
                }
                let party = party_of[index].map(|party| &self.parties[party]);
                let (words, family) = (name.words.clone(), name.family.clone());
                let stranger = name.resembling && self.is_stranger(page, index, party);
                if stranger {
                    self.names[index].candidates.clear();
                }
                let name = &self.names[index];
                let character = if name.candidates.is_empty() {
                    self.unknown(page, index, full)
                } else {
                    let candidates = name.candidates.clone();
                    match self.known(page, &candidates, party, full, &words, &family) {
                        Known::One(id) => Some(self.character_of(page, id)),
                        Known::Named(character) => Some(character),
                        Known::Many(left) => {
                            if let Some(span) = page.span(&words) {
                                let candidates = left.iter().map(|id| page.reference.person(*id).name.to_string()).collect();
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
    }

    /// Mark Brown, Prime Minister of the Cook Islands: a name that only resembles those whom the tables know, of a state or in an office
    /// that was never theirs, or in a text that never speaks of their states.
    fn is_stranger(&self, page: &Page, index: usize, party: Option<&Party>) -> bool {
        let tenures = |id: &PersonId| page.reference.person(*id).tenures.iter();
        let states: &[String] = party.map_or(&[], |party| &party.states);
        let role = party.and_then(|party| party.role).filter(|role| !matches!(role, Role::Minister | Role::Other));
        let fits = |id: &PersonId| {
            let of_state = states.is_empty() || tenures(id).any(|tenure| states.iter().any(|state| *state == tenure.of));
            let in_office = role.is_none_or(|role| tenures(id).any(|tenure| same_office(tenure.role, role)));
            of_state && in_office && (!states.is_empty() || self.tells_of_state(page, *id, None))
        };
        !self.names[index].candidates.iter().any(fits)
    }

    pub(super) fn character_of(&mut self, page: &Page, id: PersonId) -> usize {
        if let Some(found) = self.characters.iter().position(|character| character.id == Some(id)) {
            return found;
        }
        let person = page.reference.person(id);
        let family: Vec<String> = person.families.iter().filter_map(|family| family.last().map(Written::to_string)).collect();
        let given = person.spellings.first().and_then(|words| words.first().map(Written::to_string)).unwrap_or_default();
        self.characters.push(Character {
            id: Some(id),
            name: person.name.to_string(),
            qid: person.qid.as_deref().map(str::to_owned),
            gender: person.gender.to_string(),
            given,
            family,
            led_back: false,
            offices: Vec::new(),
            states: Vec::new(),
            mentions: 0,
            former: false,
            elect: Vec::new(),
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
            } else if known.led_back != name.oblique {
                known.led_back
            } else {
                name.name.len() < known.name.len()
            };
            if full && known.id.is_none() && better && name.name.contains(' ') {
                self.characters[found].name.clone_from(&name.name);
                self.characters[found].led_back = name.oblique;
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
            led_back: name.oblique,
            offices: Vec::new(),
            states: Vec::new(),
            mentions: 0,
            former: false,
            elect: Vec::new(),
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
        let event = LazyCell::new(|| self.days_told_with(page, words));
        let held_then = |id: PersonId| event.is_some_and(|days| held_prominently(page, id, days));
        // somebody who is named in full elsewhere in the document
        if let Some(found) = self.characters.iter().position(|character| character.id.is_some_and(|id| candidates.contains(&id))) {
            // In 1990, President Bush: who held an office then
            let mut then = candidates.iter().filter(|id| held_then(**id));
            if let (false, Some(one), None) = (full, then.next(), then.next())
                && !self.characters[found].id.is_some_and(held_then)
            {
                return Known::One(*one);
            }
            let rivals = self.characters.iter().filter(|character| character.id.is_some_and(|id| candidates.contains(&id))).count();
            if rivals == 1 {
                return Known::Named(found);
            }
            // Kim Il-sung's square and Kim: the one still in office
            let here: Vec<usize> = (0..self.characters.len())
                .filter(|index| self.characters[*index].id.is_some_and(|id| candidates.contains(&id)))
                .filter(|index| self.characters[*index].id.is_some_and(|id| self.in_office(page, id)))
                .collect();
            if let ([one], false) = (&here[..], full) {
                return Known::Named(*one);
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
            let fits = |id: PersonId| person(id).tenures.iter().any(|tenure| states.iter().any(|state| *state == tenure.of));
            if !full && !left.iter().any(|id| fits(*id)) {
                return Known::None;
            }
            narrow(&mut left, &fits);
        }
        if let Some(role) = role {
            let held = |id: PersonId| person(id).tenures.iter().any(|tenure| same_office(tenure.role, role));
            // Ambassador Smith, and no Smith that the tables know was one
            if !full && states.is_empty() && !matches!(role, Role::Minister | Role::Other) && !left.iter().any(|id| held(*id)) {
                return Known::None;
            }
            narrow(&mut left, &held);
        }
        if left.len() > 1 {
            narrow(&mut left, &held_then);
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
        if !full && role.is_none() && states.is_empty() {
            self.recognise_alone(page, &mut left, words, &held_then);
        }
        match left.as_slice() {
            [] => Known::None,
            [one] => Known::One(*one),
            _ => Known::Many(left),
        }
    }

    /// Leaves of the bearers of a family name alone, without an office or a state beside it and never in full, the one who is known by
    /// it: Peskov said, Macron met.
    fn recognise_alone(&self, page: &Page, left: &mut Vec<PersonId>, words: &Range<usize>, held_then: &dyn Fn(PersonId) -> bool) {
        let (from, to) = self.window;
        let person = |id: PersonId| page.reference.person(id);
        let in_news = |tenure: &Tenure| from.is_none() || tenure.touches(from.and_then(|day| day.checked_sub(4.years()).ok()), to);
        let prominent = |id: PersonId| {
            let now = person(id).tenures.iter().any(|tenure| PROMINENT.contains(&tenure.role) && in_news(tenure));
            now || held_then(id)
        };
        let sentence = &page.cut.sentences[page.sentence_of(words.start)];
        let begins = sentence.words.start == words.start;
        let length = page.written(words.start).chars().count();
        let spelled = |id: PersonId| length >= 6 || is_written_as(page, words, &person(id).family);
        let speaks = |id: PersonId| {
            let unsure = begins && !is_written_as(page, words, &person(id).family) && !self.surely_a_name(page, id, words);
            spelled(id) && !unsure && beside_saying(page, words) && self.tells_of_state(page, id, from)
        };
        let speaks = left.len() == 1 && speaks(left[0]);
        left.retain(|id| speaks || prominent(*id));
        let [one] = left[..] else { return left.clear() };
        let common = page.is_capital_by_rule(words.start) && page.is_common(words.start);
        let determined = common && words.start.checked_sub(1).is_some_and(|before| page.is(before, Class::Article));
        // Meloniová: an ending that only names have
        let folded = page.folded(words.end - 1);
        let feminine = page.pack.name_endings.iter().any(|rule| rule.nominative && folded.ends_with(rule.ending.as_str()));
        let joined = self.joined_to_name(page, one, words);
        let acts = beside_verb(page, words) || joined;
        // the storm Rosa, the Ryder Cup, said Coulibaly: a text that never speaks of somebody's state means somebody else, unless the
        // name is nobody's given name and he is renowned or acts as leaders do
        let given = page.reference.is_given_name(&skeleton(page.folded(words.start)));
        let known = person(one).forms >= RENOWNED || acts && !beside_saying(page, words);
        let stranger = !self.tells_of_state(page, one, None) && (given || common || !spelled(one) || !known);
        let unsure = (begins && !feminine || length < 4 || common) && !self.surely_a_name(page, one, words) && !acts;
        if determined || unsure || stranger || page.shape(words.start) == Shape::Lower {
            left.clear();
        }
    }

    /// Whether the text speaks of the state or organization of an office that somebody held since a day.
    fn tells_of_state(&self, page: &Page, id: PersonId, since: Option<Date>) -> bool {
        let of_text = |tenure: &Tenure| (since.is_none() || tenure.touches(since, self.window.1)) && self.told.contains(&*tenure.of);
        page.reference.person(id).tenures.iter().any(of_text)
    }

    /// The days of an event before the news, as the clause of a name dates it.
    fn days_told_with(&self, page: &Page, words: &Range<usize>) -> Option<(Date, Date)> {
        let clause = clause::around(page, words).words;
        let dates = page.quantities_in(&clause).iter().filter_map(|quantity| match &quantity.kind {
            QuantityKind::Date(date) => Some(date),
            _ => None,
        });
        let mut told: Option<(Date, Date)> = None;
        for date in dates {
            let days = |day| date.resolve(day, Lean::Past).value.and_then(|value| Some((value.earliest()?, value.latest()?)));
            let (from, to) = days(None).or_else(|| days(Some(self.window.1?)))?;
            told = Some(told.map_or((from, to), |(start, end)| (start.min(from), end.max(to))));
        }
        told.filter(|(_, to)| self.window.0.is_none_or(|news| *to < news))
    }

    /// Whether somebody holds an office in the days of the text or, where these are not known, has not left his last one.
    pub(super) fn in_office(&self, page: &Page, id: PersonId) -> bool {
        let (from, to) = self.window;
        page.reference.person(id).tenures.iter().any(|tenure| if from.is_some() { tenure.touches(from, to) } else { tenure.end.is_none() })
    }

    /// Biden and Macron spoke: a conjunction joins the family name to the name of somebody else whom the table knows, also behind the
    /// office of that one (Biden and the French president, Macron).
    fn joined_to_name(&self, page: &Page, id: PersonId, words: &Range<usize>) -> bool {
        let next = words.end + 1;
        let describes = [Class::Article, Class::Office, Class::State, Class::Modifier, Class::Title, Class::Counterpart, Class::Pronoun];
        let plain = |word: &usize| page.is_comma(*word) || describes.iter().any(|class| page.is(*word, *class));
        let described = (next..page.cut.words.len().min(next + 10)).take_while(plain).last();
        let posted =
            described.is_some_and(|last| (next..=last).any(|word| page.is(word, Class::Office) || page.is(word, Class::Counterpart)));
        let common = page.is_capital_by_rule(words.start) && page.is_common(words.start);
        let end = described.filter(|_| posted && !common).map_or(next + 4, |last| (next + 4).max(last + 2));
        let other = |name: &&crate::people::NameMention| (next..end).contains(&name.words.start);
        page.is(words.end, Class::And)
            && self.names.iter().find(other).is_some_and(|name| !name.candidates.is_empty() && !name.candidates.contains(&id))
    }

    /// A family name at the head of a sentence, or a very short one, counts where it comes again within a sentence.
    fn surely_a_name(&self, page: &Page, id: PersonId, words: &Range<usize>) -> bool {
        self.names.iter().any(|name| {
            name.words != *words
                && name.candidates.contains(&id)
                && page.cut.sentences[page.sentence_of(name.words.start)].words.start != name.words.start
                && page.written(name.words.start).chars().count() >= 4
        })
    }
}

enum Known {
    One(PersonId),
    Named(usize),
    Many(Vec<PersonId>),
    None,
}

/// Whether somebody held one of the offices by which a family name alone is recognised, between two days.
fn held_prominently(page: &Page, id: PersonId, (from, to): (Date, Date)) -> bool {
    page.reference.person(id).tenures.iter().any(|tenure| PROMINENT.contains(&tenure.role) && tenure.touches(Some(from), Some(to)))
}

/// Whether a word is a family name letter by letter but for its ending, and not merely one that sounds like it (Ženy, Hun Sen).
fn is_written_as(page: &Page, words: &Range<usize>, family: &str) -> bool {
    let family = fold_str(family, true);
    let stem = family.strip_suffix(|letter: char| "aeiouy".contains(letter)).unwrap_or(&family);
    fold_str(page.folded(words.start), true).starts_with(stem)
}

/// The states and organizations that a page speaks of.
pub(super) fn told_of(page: &Page, parties: &[Party]) -> HashSet<String> {
    let mut told: HashSet<String> = parties.iter().flat_map(|party| &party.states).cloned().collect();
    for word in (0..page.cut.words.len()).filter(|word| page.begins_hit(*word)) {
        told.extend(page.entries(word).filter_map(|entry| match entry.class {
            Class::State | Class::Organization | Class::Group => Some(entry.value.to_string()),
            Class::Place => entry.value.rsplit_once(", ").map(|(_, country)| country.to_owned()),
            _ => None,
        }));
    }
    told
}

/// Whether a verb that a pack knows, or a preposition of company, stands directly beside a name.
fn beside_verb(page: &Page, words: &Range<usize>) -> bool {
    let verbs = [Class::Contact, Class::Say, Class::Future, Class::Status, Class::Light, Class::Commit];
    let plain = |word: usize| verbs.iter().any(|class| page.is(word, *class)) && !page.has_feature(word, Class::Contact, Feature::Copula);
    let verb = |word: usize| plain(word) || page.marks(word, "with") || page.marks(word, "between");
    verb(words.end) || words.start.checked_sub(1).is_some_and(verb) || behind_day(page, words.end).is_some_and(plain)
}

/// Putin on Friday met: the word behind a date that stands directly behind a name.
fn behind_day(page: &Page, start: usize) -> Option<usize> {
    let dated =
        |word: usize| page.quantity_of[word].is_some_and(|quantity| matches!(page.quantities[quantity].kind, QuantityKind::Date(_)));
    let link = |word: usize| [Class::Marker, Class::Time, Class::Article, Class::Pronoun].iter().any(|class| page.is(word, *class));
    let behind = (start..page.cut.words.len().min(start + 6)).find(|word| !dated(*word) && !link(*word))?;
    (start..behind).any(dated).then_some(behind)
}

/// Whether a saying verb stands directly beside a name.
fn beside_saying(page: &Page, words: &Range<usize>) -> bool {
    let says = |word: usize| page.is(word, Class::Say) || page.is(word, Class::According) && word < words.start;
    says(words.end) || words.start.checked_sub(1).is_some_and(says)
}

fn same_given(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) || short.len() >= 3 && long.starts_with(&short[..short.len() - 1])
}
