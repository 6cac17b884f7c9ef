//! Offices that a text gives to persons who, by the tables, did not hold them on the day told; cities that it calls the capital of a
//! state and that are not.
//!
//! In: the cast and its days. Out: doubts that name what the tables say, with those who held the office then. Never: a doubt about
//! a title kept out of courtesy, about history that the text does not date, or where the tables know nobody in the office.

use super::{Cast, same_office};
use crate::page::Page;
use crate::place::capital_at;
use crate::quantity::{Lean, QuantityKind};
use crate::when::Calendar;
use chancery_language::{Class, Feature, Shape};
use chancery_model::{Doubt, Edtf, Office, Role};
use chancery_reference::{Person, PersonId, Tenure};
use jiff::ToSpan;
use jiff::civil::Date;

/// Offices that the tables know well enough to contradict a text.
const CHECKED: [Role; 4] = [Role::President, Role::PrimeMinister, Role::ForeignMinister, Role::SecretaryGeneral];

/// Days around a tenure in which its holder may be called so: handovers, slips of tables.
const EDGE: i64 = 21;

/// Days after a tenure within which its holder is news, and not yet history that a text calls by his office of that time.
const HISTORY: i64 = 1000;

impl Cast {
    /// Doubts the offices that the text gives to persons who did not hold them.
    pub(crate) fn doubt_offices(&mut self, page: &Page, calendar: &Calendar) {
        let Some(news) = calendar.published_day() else { return };
        for index in 0..self.parties.len() {
            let Some((character, office)) = self.claimed_office(page, index) else { continue };
            let Some(id) = self.characters[character].id else { continue };
            let person = page.reference.person(id);
            let mut days = self.days_told(page, calendar, index);
            days.push((news, news));
            let may_hold = |(from, to): &(Date, Date)| {
                let (from, to) = (from.saturating_sub(EDGE.days()), to.saturating_add(EDGE.days()));
                held(person, &office).any(|tenure| tenure.touches(Some(from), Some(to)))
            };
            let (from, to) = days[0];
            let holders = surely_held(page, &office, from, to);
            if days.iter().any(may_hold) || holders.is_empty() {
                continue;
            }
            let left = held(person, &office).filter_map(|tenure| tenure.end.as_ref()?.latest()).filter(|end| *end < from).max();
            if let Some(left) = left {
                // President Obama, of one who left: a title and no office
                let keeps_title = office.role == Role::President || office.of == "US";
                let titled = keeps_title && self.parties[index].states.is_empty();
                if titled {
                    self.meanings[index].office = None;
                    self.retract(index, character, &office);
                }
                if titled || left < from.saturating_sub(HISTORY.days()) {
                    continue;
                }
            }
            let Some(span) = page.span(&self.parties[index].words) else { continue };
            let tables = by_the_tables(person, &office);
            let about = format!("whether {} was {office} on {}: {tables}; not asserted", person.name, Edtf::from(from));
            self.retract(index, character, &office);
            if !self.doubts.iter().any(|known| known.about == about) {
                let candidates = holders.iter().map(|id| page.reference.person(*id).name.to_string()).collect();
                self.doubts.push(Doubt { about, candidates, span });
            }
        }
    }

    /// Almaty, the capital of Kazakhstan: doubts a city that directly stands for the capital of a state and by the tables is none.
    pub(crate) fn doubt_capitals(&mut self, page: &Page) {
        for word in 0..page.cut.words.len() {
            let told = page.begins_hit(word) && page.tells(page.sentence_of(word)) && page.quote_of[word].is_none();
            let Some(capital) = told.then(|| described(page, word)).flatten().and_then(|key| page.reference.place(key)) else { continue };
            let comma = word.saturating_sub(if word > 0 && page.is(word - 1, Class::Article) { 2 } else { 1 });
            let Some(city) = (comma.saturating_sub(3)..comma).find(|city| page.begins_hit(*city) && page.hit_end(*city) == comma) else {
                continue;
            };
            let mut cities = page.entries(city).filter(|entry| entry.class == Class::Place).peekable();
            let capitals = |key: &str| page.reference.place(key).is_none_or(|place| place.capital && place.country == capital.country);
            let named = cities.peek().filter(|_| page.is_comma(comma)).and_then(|entry| page.reference.place(&entry.value));
            let (Some(named), false, Some(span)) = (named, cities.any(|entry| capitals(&entry.value)), page.span(&(city..comma))) else {
                continue;
            };
            let about = format!("which city is the capital of {}; {} is not asserted", capital.country, named.name);
            self.doubts.push(Doubt { about, candidates: vec![capital.name.to_string()], span });
        }
    }

    /// Takes back an office that the words of a party gave to a person.
    fn retract(&mut self, index: usize, character: usize, office: &Office) {
        let words = &self.parties[index].words;
        self.characters[character].offices.retain(|(known, said)| known != office || said != words);
    }

    /// The office that a party's words give to its person as one held on the day told.
    fn claimed_office(&self, page: &Page, index: usize) -> Option<(usize, Office)> {
        let (party, meaning) = (&self.parties[index], &self.meanings[index]);
        let sentence = page.sentence_of(party.words.start);
        let told = page.tells(sentence) && page.quote_of[party.words.start].is_none();
        let unsure = party.former || party.elect || party.then || party.acting || party.plural || party.possessed;
        let [character] = meaning.people[..] else { return None };
        // a family name alone may be a namesake's
        let in_full = |name: &usize| self.names[*name].full;
        let full = party.name.is_some_and(|name| in_full(&name))
            || self
                .parties
                .iter()
                .zip(&self.meanings)
                .any(|(other, meant)| meant.people[..] == [character] && other.name.as_ref().is_some_and(in_full));
        let office = meaning.office.clone().filter(|office| CHECKED.contains(&office.role))?;
        (told && !unsure && party.name.is_some() && party.office_words.is_some() && full).then_some((character, office))
    }

    /// The days before the news that the sentence of a party dates.
    fn days_told(&self, page: &Page, calendar: &Calendar, index: usize) -> Vec<(Date, Date)> {
        let sentence = &page.cut.sentences[page.sentence_of(self.parties[index].words.start)].words;
        let dates = page.quantities_in(sentence).iter().filter_map(|quantity| match &quantity.kind {
            QuantityKind::Date(date) => calendar.resolve(page, self, date, Lean::Past),
            _ => None,
        });
        let days = dates.filter_map(|date| Some((date.value.earliest()?, date.value.latest()?)));
        days.filter(|(_, to)| self.window.0.is_some_and(|news| *to < news)).collect()
    }
}

/// The capital that words describe and do not name (the capital of Kazakhstan, the Kazakh capital).
fn described<'p>(page: &'p Page<'_>, word: usize) -> Option<&'p str> {
    let common = page.shape(word) == Shape::Lower || page.pack.settings.nouns_are_capitalised && page.is_common(word);
    let whole = || page.entry(word, Class::Place).filter(|place| place.is(Feature::Capital) && page.hit_end(word) > word + 1);
    capital_at(page, word).or_else(|| whole().filter(|_| common).map(|place| place.value.as_str()))
}

/// The tenures of an office.
fn held<'a>(person: &'a Person, office: &'a Office) -> impl Iterator<Item = &'a Tenure> {
    person.tenures.iter().filter(|tenure| tenure.of == office.of && same_office(tenure.role, office.role))
}

/// Who, as the tables surely know, held an office at some time between two days.
fn surely_held(page: &Page, office: &Office, from: Date, to: Date) -> Vec<PersonId> {
    let known = |tenure: &Tenure| {
        tenure.start.is_some() && (tenure.end.is_some() || page.reference.last_known(tenure).is_none_or(|last| to <= last))
    };
    let seated = page.reference.seated(office.role, &office.of, Some(from), Some(to));
    let mut people: Vec<PersonId> = seated.into_iter().filter(|(_, tenure)| known(tenure)).map(|(id, _)| id).collect();
    people.dedup();
    people
}

/// What the tables say of a person and an office, with its source.
fn by_the_tables(person: &Person, office: &Office) -> String {
    let told: Vec<String> = held(person, office)
        .map(|tenure| {
            let day = |date: &Option<Edtf>| date.as_ref().map_or("..".to_owned(), ToString::to_string);
            format!("{}/{} ({})", day(&tenure.start), day(&tenure.end), tenure.source.name)
        })
        .collect();
    if told.is_empty() { "the tables know of no such office".to_owned() } else { format!("the tables say {}", told.join(", ")) }
}
