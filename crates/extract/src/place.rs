//! Where something happens or where somebody goes.
//!
//! In: a clause. Out: the nearest place with a preposition of place. Never: takes a capital that
//! stands for a government as a place.

use crate::cast::Cast;
use crate::clause::{Clause, Opener, in_brief_relative};
use crate::frame::rules::Frame;
use crate::page::Page;
use crate::party::Head;
use crate::quantity::{Quantity, QuantityKind};
use chancery_language::{Class, Classes, Entry, Feature, Shape};
use chancery_model::Place;
use std::ops::Range;

/// A place as told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Spot {
    pub name: Option<String>,
    pub country: Option<String>,
}

impl Spot {
    pub(crate) fn place(self) -> Place {
        Place { name: self.name, country: self.country }
    }
}

/// Where a journey goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Destination {
    pub name: Option<String>,
    pub countries: Vec<String>,
    pub word: usize,
}

const WITHIN: &[&str] = &["in", "at", "on"];

/// What a place can be told by.
const PLACED: Classes = Classes::of(&[Class::Place, Class::Seat, Class::State]);

/// The place of a clause, else of its sentence.
pub(crate) fn find(page: &Page, cast: &Cast, clause: &Clause, cue: &Range<usize>, sentence: usize) -> Option<Spot> {
    let aside = |word: usize| page.asides.part(cue.start, word);
    let in_clause = nearest(page, cast, clause.words.clone(), cue, sentence, aside);
    let whole = page.cut.sentences[sentence].words.clone();
    let journey = |word| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "visit.go");
    // X, who met A in Munich in May, met B; X, who had met A, met B in Munich (X, who has arrived in Munich, met B: there)
    let inside = |words: &Range<usize>| words.end <= cue.start && in_brief_relative(page, whole.start, words, cue.start);
    let date = |quantity: &Quantity| matches!(quantity.kind, QuantityKind::Date(_)) && inside(&quantity.words);
    let dated = page.quantities_in(&whole).iter().any(date);
    let elsewhere = |word: usize| {
        word > cue.end && (page.edges.open_within(cue.end..word) || clause.opener == Opener::Relative && word >= clause.words.end)
            || dated && inside(&(word..word + 1)) && !(whole.start..word).any(journey)
            || aside(word)
    };
    in_clause.or_else(|| where_clause(page, clause)).or_else(|| nearest(page, cast, whole.clone(), cue, sentence, elsewhere))
}

/// Flew to Zimbabwe, where he met B: the place or the state, under a preposition of place or as a journey's goal, that a relative clause
/// stands behind.
pub(crate) fn where_clause(page: &Page, clause: &Clause) -> Option<Spot> {
    let relative = clause.words.start.checked_sub(1).filter(|_| clause.opener == Opener::Relative)?;
    let comma = relative.checked_sub(1).filter(|comma| page.is_comma(*comma))?;
    // (was in Zimbabwe on Monday, where)
    let dated = |word: &usize| {
        page.quantity_of[*word].is_some()
            || (page.is(*word, Class::Time) || page.is(*word, Class::Marker)) && page.quantity_of[*word + 1].is_some()
    };
    let last = (comma.saturating_sub(6)..comma).rev().find(|word| !dated(word))?;
    let hit = &page.hits.hits[page.hits.at(last)?];
    let word = hit.words.start;
    let goal = word
        .checked_sub(1)
        .is_some_and(|before| page.entries(before).any(|entry| entry.class == Class::Contact && entry.value == "visit.go"));
    if hit.words.end != last + 1
        || page.quote_of[word] != page.quote_of[clause.words.start]
        || !(goal || marked_before(page, word, &["in", "at", "to"]))
    {
        return None;
    }
    if let Some(entry) = page.entry(word, Class::Place) {
        let (name, country) = entry.value.rsplit_once(", ")?;
        return Some(Spot { name: Some(name.to_owned()), country: Some(country.to_owned()) });
    }
    let state =
        |entry: &&Entry| entry.class == Class::State && !entry.features.any(&[Feature::Adjective, Feature::People, Feature::Metonym]);
    page.entries(word).find(state).map(|entry| Spot { name: None, country: Some(entry.value.to_string()) })
}

fn nearest(
    page: &Page,
    cast: &Cast,
    words: Range<usize>,
    cue: &Range<usize>,
    sentence: usize,
    elsewhere: impl Fn(usize) -> bool,
) -> Option<Spot> {
    let mut found: Vec<(usize, Spot)> = Vec::new();
    for word in words {
        if !page.hits.classes(word).any(PLACED) || !page.begins_hit(word) || page.quote_of[word] != page.quote_of[cue.start] {
            continue;
        }
        let distance = word.abs_diff(cue.start);
        // (09:30 in Lisbon)
        let bracketed = (word.saturating_sub(6)..word)
            .rev()
            .take_while(|before| page.mark(*before) != Some(')'))
            .any(|before| page.mark(before) == Some('('));
        if bracketed || elsewhere(word) {
            continue;
        }
        let in_party = cast.in_sentence(sentence).any(|party| {
            let party = &cast.parties[party];
            party.words.contains(&word) && !matches!(party.head, Head::State | Head::Group)
        });
        if in_party {
            continue;
        }
        if let Some(entry) = page.entry(word, Class::Place) {
            let marked = marked_before(page, word, WITHIN) && !belongs_to_noun(page, word) && !is_topic(page, cast, word);
            if marked || dateline(page, word) {
                let (name, country) = entry.value.rsplit_once(", ").unwrap_or((&entry.value, ""));
                found.push((
                    distance,
                    Spot { name: Some(name.to_owned()), country: Some(country.to_owned()).filter(|country| !country.is_empty()) },
                ));
            }
        } else if let Some(key) = capital_at(page, word) {
            if marked_before(page, word, WITHIN) && !belongs_to_noun(page, word) {
                let (name, country) = key.rsplit_once(", ").unwrap_or((key, ""));
                found.push((distance, Spot { name: Some(name.to_owned()), country: Some(country.to_owned()) }));
            }
        } else if let Some(entry) =
            page.entry(word, Class::State).filter(|entry| !entry.features.any(&[Feature::Adjective, Feature::People, Feature::Metonym]))
            // (the envoy on Afghanistan: a country that something is on is what is spoken of)
            && marked_before(page, word, &["in", "at"])
            && !belongs_to_noun(page, word)
        {
            found.push((distance + 3, Spot { name: None, country: Some(entry.value.to_string()) }));
        }
    }
    found.sort_by_key(|(distance, _)| *distance);
    let mut found = found.into_iter().map(|(_, spot)| spot);
    let best = found.next()?;
    if best.name.is_none() {
        // the country of a city that is told too
        if let Some(city) = found.find(|spot| spot.name.is_some() && spot.country == best.country) {
            return Some(city);
        }
    }
    Some(best)
}

/// The capital of a state that a word for capitals names by an adjective or a genitive beside it (the Kazakh
/// capital, capitala Germaniei).
pub(crate) fn capital_at<'p>(page: &'p Page<'_>, word: usize) -> Option<&'p str> {
    if !page.entries(word).any(|entry| entry.class == Class::Seat && entry.value.is_empty()) {
        return None;
    }
    let end = page.hit_end(word);
    let adjective = |at: usize| page.entries(at).find(|entry| entry.class == Class::State && entry.is(Feature::Adjective));
    let before = (word.saturating_sub(2)..word).rev().take_while(|at| page.mark(*at).is_none()).find_map(adjective);
    let linked = |at: &usize| page.is(*at, Class::Article) || page.marks(*at, "of");
    let next = (end..end + 3).find(|at| !linked(at)).unwrap_or(end);
    let whose = |entry: &&Entry| entry.class == Class::State && !entry.features.any(&[Feature::People, Feature::Metonym]);
    let state = before.or_else(|| page.entries(next).find(whose))?;
    page.reference.state(&state.value).map(|state| state.capital.as_str()).filter(|key| !key.is_empty())
}

/// The war in Ukraine: a place whose preposition follows a noun that no pack knows is that noun's where it is spoken of, and a
/// whole country is nearly always.
fn belongs_to_noun(page: &Page, word: usize) -> bool {
    let within = |before: &usize| WITHIN.iter().any(|value| page.marks(*before, value));
    let Some(marker) = (word.saturating_sub(3)..word).rev().find(within) else { return false };
    marker > 0 && {
        let noun = marker - 1;
        let said_of = page.is(noun, Class::Nonstate) || page.is(noun, Class::Background) || page.is(noun, Class::Indicator);
        let unknown = page.hits.at(noun).is_none()
            && page.mark(noun).is_none()
            && page.quantity_of[noun].is_none()
            && page.shape(noun) != chancery_language::Shape::Number;
        let about = (noun.saturating_sub(4)..noun).any(|before| page.marks(before, "about"));
        let country = || page.is(word, Class::State) && is_common_noun(page, noun);
        said_of || unknown && (about || country()) || about && page.is(noun, Class::Light)
    }
}

/// A meeting on Gaza: what a preposition that is none of being somewhere puts behind an occasion is what is spoken of, but for an island
/// of somebody of whom the text tells (a meeting on Crete).
fn is_topic(page: &Page, cast: &Cast, word: usize) -> bool {
    let country = page.entry(word, Class::Place).and_then(|entry| entry.value.rsplit(", ").next());
    let at_home = cast.characters.iter().any(|person| country.is_some_and(|country| person.states.iter().any(|state| state == country)));
    let marker = (word.saturating_sub(3)..word).rev().find(|before| page.is(*before, Class::Marker));
    let on = |marker: &usize| page.marks(*marker, "on") && !page.marks(*marker, "in") && !page.marks(*marker, "at");
    !at_home
        && marker
            .filter(on)
            .and_then(|marker| marker.checked_sub(1))
            .is_some_and(|noun| page.has_feature(noun, Class::Contact, Feature::Noun))
}

/// Whether a word that no pack knows is a noun rather than a name: by its small letter, or where nouns have a capital by its article.
fn is_common_noun(page: &Page, word: usize) -> bool {
    if !page.pack.settings.nouns_are_capitalised {
        return page.shape(word) == Shape::Lower;
    }
    word.checked_sub(1).is_some_and(|before| page.is(before, Class::Article))
}

/// `BERLIN, 5 March (dpa) -` at the head of a text.
fn dateline(page: &Page, word: usize) -> bool {
    let sentence = page.sentence_of(word);
    let starts = page.cut.sentences[sentence].words.start == word;
    starts
        && (page.is_comma(page.hit_end(word))
            || matches!(page.mark(page.hit_end(word)), Some('(' | '/' | '–' | '—' | '-'))
                && page.quantity_of.get(page.hit_end(word) + 1).copied().flatten().is_some())
}

/// Whether a preposition of the wanted kind stands before a word, perhaps with an article or an adjective between.
pub(crate) fn marked_before(page: &Page, word: usize, wanted: &[&str]) -> bool {
    // byl v Paříži přijat: the preposition may be part of a cue
    let copula = word.checked_sub(1).is_some_and(|before| page.has_feature(before, Class::Contact, Feature::Copula));
    if copula && wanted.contains(&"in") {
        return true;
    }
    for back in 1..=5 {
        let Some(before) = word.checked_sub(back) else { return false };
        if wanted.iter().any(|value| page.marks(before, value)) {
            // jednali o Rusku: what is spoken of is no place
            return !page.marks(before, "about") || page.marks(before, "in") || page.marks(before, "at") || page.marks(before, "to");
        }
        let capital_of = page.entries(before).next().is_some();
        // in the Kenyan capital Nairobi
        let described = page.has_feature(before, Class::State, Feature::Adjective);
        let skips = described
            || page.is(before, Class::Article)
            || page.is(before, Class::Modifier)
            || page.mark(before).is_none()
                && !page.is(before, Class::Marker)
                && back <= 3
                && !capital_of
                && page.quantity_of[before].is_none();
        if !skips {
            // in lists: in Paris and Berlin
            if page.is(before, Class::And) && before > 0 && page.is(before - 1, Class::Place) {
                return marked_before(page, page_hit_start(page, before - 1), wanted);
            }
            return false;
        }
    }
    false
}

/// Whether the word before a place is a verb behind a word that is preposition and mark of an infinitive alike (to prevent Russia).
fn behind_infinitive(page: &Page, word: usize) -> bool {
    word.checked_sub(2).is_some_and(|before| page.is(before, Class::Purpose) && page.hits.at(word - 1).is_none())
}

fn page_hit_start(page: &Page, word: usize) -> usize {
    page.hits.at(word).map_or(word, |hit| page.hits.hits[hit].words.start)
}

/// The place or state that a journey goes to.
pub(crate) fn destination(
    page: &Page,
    cast: &Cast,
    frame: &Frame,
    cue: &Range<usize>,
    clause: &Clause,
    agents: &[usize],
) -> Option<Destination> {
    let markers: Vec<&str> = frame.destination.iter().map(String::as_str).filter(|marker| !marker.is_empty()).collect();
    // his China-Reise
    if frame.nominal && cue.start >= 2 && page.mark(cue.start - 1) == Some('-') && !page.spaced(cue.start - 1) {
        let before = cue.start - 2;
        if let Some(entry) = page.entries(before).find(|entry| entry.class == Class::State && entry.is(Feature::Noun)) {
            return Some(Destination { name: None, countries: vec![entry.value.to_string()], word: before });
        }
    }
    let bare = frame.destination.iter().any(String::is_empty);
    let candidates = |words: Range<usize>, abroad: bool| -> Option<Destination> {
        for word in words {
            if !page.begins_hit(word) || page.quote_of[word] != page.quote_of[cue.start] {
                continue;
            }
            let party = cast.in_sentence(page.sentence_of(word)).find(|party| cast.parties[*party].words.contains(&word));
            if let Some(party) = party
                && (agents.contains(&party)
                    || !matches!(cast.parties[party].head, Head::State | Head::Group)
                    || cast.parties[party].adjective)
            {
                continue;
            }
            let named = page.entries(word).find(|entry| {
                entry.class == Class::Place
                    || entry.class == Class::Group && !entry.is(Feature::Adjective)
                    || entry.class == Class::State && !entry.features.any(&[Feature::Adjective, Feature::People, Feature::Metonym])
            });
            let seat = capital_at(page, word);
            if begins_a_name(page, word) {
                continue;
            }
            let Some(key) = seat.or(named.map(|entry| entry.value.as_str())) else { continue };
            let country = key.rsplit(", ").next().unwrap_or_default();
            let own = |agent: &usize| cast.meanings[*agent].states.first().is_some_and(|state| state == country);
            if abroad && !agents.is_empty() && agents.iter().all(own) {
                continue;
            }
            let of_agent = |word: usize| agents.iter().any(|agent| cast.parties[*agent].words.contains(&word));
            let between = cue.end..word.max(cue.end);
            // a visit of the guest, or a trip to Slovakia: the next noun's goal
            let joins = |word: usize| page.is(word, Class::And) || page.is_comma(word);
            let noun = |word: usize| page.begins_hit(word) && page.has_feature(word, Class::Contact, Feature::Noun);
            let others = between.clone().find(|word| noun(*word)).is_some_and(|noun| (cue.end..noun).any(joins));
            // to visit A following a meeting in B
            let after = between.clone().find(|word| page.marks(*word, "after") && !page.marks(*word, "to"));
            let later = after.is_some_and(|after| (after..between.end).any(noun));
            // during his visit he will meet A to discuss aid in B: what is spoken of is no goal
            let verb = between.clone().find(|word| {
                let meets = |entry: &Entry| entry.class == Class::Contact && !entry.is(Feature::Noun);
                page.begins_hit(*word) && page.entries(*word).any(meets)
            });
            let purpose = |at: &usize| page.is(*at, Class::Purpose) && page.hit_end(*at) + 2 < word;
            let spoken_of = verb.is_some_and(|verb| (page.hit_end(verb)..word).any(|at| purpose(&at) || page.is_comma(at)));
            if frame.nominal && (others || spoken_of) || later {
                continue;
            }
            let counted = (cue.end..word.max(cue.end)).filter(|word| page.quantity_of[*word].is_none() && !of_agent(*word)).count();
            // Benin besuchen, Prahu navštívil: the bare object before its verb
            let object_first = !frame.nominal && word < cue.start && !agents.is_empty();
            // visits as the first country after his election, or together with X, Slovakia
            let set_in = !frame.nominal && (cue.end..word.max(cue.end)).any(|word| page.marks(word, "as") || page.marks(word, "with"));
            let near = counted <= if set_in { 10 } else { 5 };
            // Nigeria was the third stop of his journey
            let stop =
                frame.nominal && word < cue.start && cue.start - word <= 8 && page.has_feature(cue.start, Class::Contact, Feature::Stop);
            let direct = bare
                && (word >= cue.start && near && !(frame.nominal && between.clone().any(|word| page.is(word, Class::And)))
                    || object_first
                    || stop)
                && !marked_before(page, word, &["from", "of", "with", "by", "for"]);
            // to the capital of Kazakhstan, Astana
            let capital_of = word > cue.end && word - cue.end <= 7 && marked_before(page, word, &["of"]) && page.marks(cue.end, "to");
            // urged to prevent Russia ..., during a visit to the city
            let purpose = word < cue.start && behind_infinitive(page, word);
            if !(direct || capital_of || marked_before(page, word, &markers) && !purpose) {
                continue;
            }
            let mut target = match (seat.is_some(), named.map(|entry| entry.class)) {
                (true, _) | (_, Some(Class::Place)) => {
                    let (name, country) = key.rsplit_once(", ").unwrap_or((key, ""));
                    Destination { name: Some(name.to_owned()), countries: vec![country.to_owned()], word }
                }
                (_, Some(Class::Group)) => continue,
                _ => Destination { name: None, countries: vec![key.to_owned()], word },
            };
            // further countries of the same list: visits to China, Vietnam and Laos
            extend_list(page, word, &mut target);
            return Some(target);
        }
        None
    };
    let search = |abroad: bool| {
        candidates(cue.end..clause.words.end, abroad).or_else(|| {
            let nearest = |word: usize| {
                let first = first_of_list(page, word, clause.words.start);
                candidates(word..word + 1, abroad).map(|found| candidates(first..first + 1, abroad).unwrap_or(found))
            };
            (clause.words.start..cue.start).rev().find_map(nearest)
        })
    };
    // a host's own country is where his guest goes
    let again = || told_of_before(page, cue, agents.iter().flat_map(|agent| &cast.meanings[*agent].states).collect());
    search(true).or_else(again).or_else(|| search(false))
}

/// Georgia, Armenia and Azerbaijan: the first state of a list, from the last on.
fn first_of_list(page: &Page, last: usize, start: usize) -> usize {
    let state = |word: usize| page.begins_hit(word) && page.has_feature(word, Class::State, Feature::Noun);
    let mut first = last;
    let joint = |word: usize| page.is_comma(word) || page.is(word, Class::And);
    while state(last) && first >= start + 2 && joint(first - 1) {
        match page.hits.at(first - 2).map(|hit| page.hits.hits[hit].words.start).filter(|word| *word >= start && state(*word)) {
            Some(before) => first = before,
            None => break,
        }
    }
    first
}

/// The Bonn Conference, the Munich Security Forum: a place behind an article and directly before further words of a name.
fn begins_a_name(page: &Page, word: usize) -> bool {
    let end = page.hit_end(word);
    let article = word.checked_sub(1).is_some_and(|before| page.is(before, Class::Article) && !page.is(before, Class::Marker));
    let named = page.shape(end) == Shape::Capital && page.quantity_of[end].is_none();
    let nobody = [Class::Office, Class::Leader, Class::Person, Class::Title, Class::State].iter().all(|class| !page.is(end, *class));
    article && named && nobody && page.entries(word).any(|entry| entry.class == Class::Place)
}

/// A visit to the city, arrived in the country: the one city or country that this sentence and the two before it name
/// under a preposition of place or without one, other than the traveller's own.
fn told_of_before(page: &Page, cue: &Range<usize>, own: Vec<&String>) -> Option<Destination> {
    let word = (cue.end..cue.end + 4).find(|word| page.is(*word, Class::Seat))?;
    let seat = page.entries(word).find(|entry| entry.class == Class::Seat && !entry.value.is_empty())?;
    let sentence = page.sentence_of(word);
    let start = page.cut.sentences[sentence.saturating_sub(2)].words.start;
    let mut told: Vec<(Option<String>, String, usize)> = Vec::new();
    for at in (start..word).filter(|at| page.begins_hit(*at) && page.quote_of[*at] == page.quote_of[cue.start]) {
        let entry = page.entries(at).find(|entry| {
            entry.class == Class::Place || entry.class == Class::State && entry.is(Feature::Noun) && !entry.features.any(&[Feature::People])
        });
        let Some(entry) = entry else { continue };
        let spot = match (entry.class, seat.value.as_str()) {
            (Class::Place, "city") => entry.value.rsplit_once(", ").map(|(name, country)| (Some(name.to_owned()), country.to_owned())),
            (Class::Place, _) => entry.value.rsplit_once(", ").map(|(_, country)| (None, country.to_owned())),
            // Singapore: a state that is a city
            (_, "city") => page
                .reference
                .state(&entry.value)
                .filter(|state| state.capital.starts_with(&*state.name))
                .map(|state| (Some(state.name.to_string()), entry.value.to_string())),
            _ => Some((None, entry.value.to_string())),
        };
        if let Some((name, country)) = spot.filter(|(_, country)| !own.contains(&country))
            && !told.iter().any(|(known, of, _)| (known, of) == (&name, &country))
        {
            told.push((name, country, at));
        }
    }
    match &told[..] {
        [(name, country, at)] => Some(Destination { name: name.clone(), countries: vec![country.clone()], word: *at }),
        _ => None,
    }
}

/// Travels to four countries: A, B, C and D: the list behind the colon that ends a clause.
pub(crate) fn behind_colon(page: &Page, clause: &Clause) -> Option<Destination> {
    let colon = clause.words.end;
    let first = (page.mark(colon) == Some(':')).then_some(colon + 1).filter(|word| page.begins_hit(*word))?;
    let entry = page.entries(first).find(|entry| entry.class == Class::State && entry.is(Feature::Noun))?;
    let mut target = Destination { name: None, countries: vec![entry.value.to_string()], word: first };
    extend_list(page, first, &mut target);
    (target.countries.len() > 1).then_some(target)
}

/// From London, where he paid a visit: the place that a relative clause stands behind.
pub(crate) fn before_relative(page: &Page, clause: &Clause) -> Option<Destination> {
    let relative = clause.words.start.checked_sub(1).filter(|_| clause.opener == Opener::Relative)?;
    let last = (relative.saturating_sub(2)..relative).rev().find(|word| !page.is_comma(*word))?;
    let hit = &page.hits.hits[page.hits.at(last)?];
    let key = &page.entry(hit.words.start, Class::Place).filter(|_| hit.words.end == last + 1)?.value;
    let (name, country) = key.rsplit_once(", ")?;
    Some(Destination { name: Some(name.to_owned()), countries: vec![country.to_owned()], word: last })
}

fn extend_list(page: &Page, first: usize, target: &mut Destination) {
    let mut at = page.hit_end(first);
    let mut closed = false;
    // Astana, Kazakhstan: the same place
    loop {
        // the Federated States of Micronesia (FSM), Palau
        if page.mark(at) == Some('(') && page.mark(at + 2) == Some(')') {
            at += 3;
        }
        let mut next = at;
        let mut joined = false;
        // nach Tokio und weiter nach Seoul
        let onward = |word: usize| {
            page.shape(word) == Shape::Lower && page.hits.at(word).is_none() && page.marks(word + 1, "to") && page.begins_hit(word + 1)
        };
        while page.is_comma(next)
            || page.mark(next) == Some(';') && !closed
            || page.is(next, Class::And)
            || page.is(next, Class::Article) && joined
            || page.is(next, Class::Marker) && joined
            || onward(next) && joined
        {
            joined = true;
            // (Kenya and Ghana; Botswana is not on the list)
            closed |= page.is(next, Class::And);
            next += 1;
            if next > at + 3 {
                return;
            }
        }
        if !joined || !page.begins_hit(next) {
            return;
        }
        let Some(entry) =
            page.entries(next).find(|entry| entry.class == Class::State && entry.is(Feature::Noun) || entry.class == Class::Place)
        else {
            return;
        };
        let country =
            if entry.class == Class::Place { entry.value.rsplit(", ").next().unwrap_or("").to_owned() } else { entry.value.to_string() };
        if !target.countries.contains(&country) {
            target.countries.push(country);
            target.name = None;
        } else if entry.class == Class::Place && target.name.is_none() && target.countries.len() == 1 {
            target.name = entry.value.rsplit_once(", ").map(|(name, _)| name.to_owned());
        }
        at = page.hit_end(next);
    }
}
