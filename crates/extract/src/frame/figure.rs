//! Figures: numbers claimed of relations between states.
//!
//! In: a page, its cast and quantities. Out: figures with topic, bound, change and states.
//! Never: takes a number that no indicator stands beside, or one of a single state's own affairs.

use crate::cast::Cast;
use crate::discourse;
use crate::page::Page;
use crate::quantity::{Lean, Quantity, QuantityKind};
use crate::when::Calendar;
use chancery_language::{Class, Feature};
use chancery_model::{Basis, Bound, Change, Edtf, Figure, Modality, Topic};
use std::ops::Range;

/// The unit of people who are nothing else.
const PEOPLE: &str = "count:people";
/// Fewer nationals are a group that something happened to.
const A_COMMUNITY: f64 = 1000.0;

/// Finds figures.
pub(crate) fn find(page: &Page, cast: &Cast, calendar: &Calendar) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut last: Option<(usize, Topic, Option<Vec<String>>)> = None;
    for quantity in &page.quantities {
        let (value, unit) = match &quantity.kind {
            QuantityKind::Amount { value, currency } => (*value, currency.clone()),
            QuantityKind::Percent { value } => (*value, "percent".to_owned()),
            QuantityKind::Number { value, unit: Some(unit), .. } => (*value, unit.clone()),
            QuantityKind::Number { value, .. } if are_nationals(page, quantity, *value) => (*value, PEOPLE.to_owned()),
            QuantityKind::Number { .. } | QuantityKind::Date(_) => continue,
        };
        let sentence = page.sentence_of(quantity.words.start);
        if !page.tells(sentence) {
            continue;
        }
        // of these, 3 billion go to transport: a figure goes on with what the sentence before told
        let counted = matches!(quantity.kind, QuantityKind::Number { .. });
        let told = last.as_ref().filter(|(before, ..)| !counted && goes_on(page, *before, sentence));
        let own = match topic(page, quantity, sentence) {
            // the price of oil, the profit of a company
            Some(None) => continue,
            found => found.flatten(),
        };
        // of the package, 6 billion go to energy: the money stays what it was
        let purpose = |own: Topic| matches!(own, Topic::Energy | Topic::Transit | Topic::Other);
        let stays =
            told.map(|(_, topic, _)| *topic).filter(|told| matches!(told, Topic::Investment | Topic::Aid) && own.is_none_or(purpose));
        let stays = stays.filter(|_| cast.in_sentence(sentence).all(|party| cast.meanings[party].states.is_empty()));
        let Some(topic) = stays.or(own).or_else(|| told.map(|(_, topic, _)| *topic)) else { continue };
        // 1,200 people were killed: what no two states of its sentence share is none of theirs
        let crowd = topic == Topic::People && unit == PEOPLE;
        let states = states(page, cast, quantity, sentence, !crowd).or_else(|| told.and_then(|(.., states)| states.clone()));
        last = Some((sentence, topic, states.clone()));
        let Some(states) = states else { continue };
        let Some(span) = page.span(&quantity.words) else { continue };
        let (change, bound) = (change(page, quantity, unit == "percent"), bound(page, quantity));
        let period = period(page, cast, calendar, quantity);
        let same = found.iter().any(|figure| figure.value == value && figure.unit == unit && figure.topic == topic);
        if same {
            continue;
        }
        found.push(Figure {
            value,
            unit,
            bound,
            change,
            topic,
            states,
            period,
            span,
            basis: Basis {
                modality: Modality::Asserted,
                side: None,
                rule: format!("figure.{topic}"),
                confidence: 0.85,
                evidence: vec![span],
            },
        });
    }
    found
}

/// Whether a sentence continues one of its paragraph, at most two before, or the one directly before it.
fn goes_on(page: &Page, before: usize, sentence: usize) -> bool {
    let paragraph = |sentence: usize| page.cut.sentences[sentence].paragraph;
    before <= sentence && sentence - before <= if paragraph(before) == paragraph(sentence) { 2 } else { 1 }
}

/// The amount that an amount in brackets gives in another currency (38 billion crowns (1.6 billion dollars)).
fn converted<'p>(page: &'p Page<'_>, quantity: &Quantity) -> Option<&'p Quantity> {
    let currency = |quantity: &Quantity| match &quantity.kind {
        QuantityKind::Amount { currency, .. } => Some(currency.clone()),
        _ => None,
    };
    let open = (quantity.words.start.saturating_sub(3)..quantity.words.start).rev().find(|word| page.mark(*word) == Some('('))?;
    let before = (open.saturating_sub(2)..open).rev().find_map(|word| page.quantity_of[word]).map(|before| &page.quantities[before])?;
    let (own, other) = (currency(quantity)?, currency(before)?);
    (own != other).then_some(before)
}

/// Whether a number counts the nationals of a state: 250,000 Poles.
fn are_nationals(page: &Page, quantity: &Quantity, value: f64) -> bool {
    let behind = quantity.words.end;
    let noun = if page.marks(behind, "of") { behind + 1 } else { behind };
    value >= A_COMMUNITY && page.entries(noun).any(|entry| entry.class == Class::State && entry.is(Feature::People))
}

/// The topic of the indicator nearest to the number in its sentence; `Some(None)` where that says that the number is none between states.
fn topic(page: &Page, quantity: &Quantity, sentence: usize) -> Option<Option<Topic>> {
    let sentence = &page.cut.sentences[sentence].words;
    let count = matches!(quantity.kind, QuantityKind::Number { .. });
    if matches!(quantity.kind, QuantityKind::Number { unit: None, .. }) {
        return Some(Some(Topic::People));
    }
    let reach = if count { 12 } else { 24 };
    let words = quantity.words.start.saturating_sub(reach).max(sentence.start)..sentence.end.min(quantity.words.end + reach + 1);
    let near = |word: usize| {
        let distance = if word < quantity.words.start { quantity.words.start - word } else { word.saturating_sub(quantity.words.end) };
        let broken = if word < quantity.words.start { word..quantity.words.start } else { quantity.words.end..word };
        // an indicator behind a full clause belongs to another number
        let cost = distance
            + broken.clone().filter(|word| page.is_comma(*word)).count() * 3
            + broken.filter(|word| page.mark(*word) == Some(';')).count() * 20;
        (cost <= reach).then_some(cost)
    };
    let found: Vec<(usize, Option<Topic>)> = words
        .filter(|word| page.begins_hit(*word))
        .filter_map(|word| Some((near(word)?, page.entry(word, Class::Indicator)?.value.parse::<Topic>().ok())))
        // money is no people
        .filter(|(_, topic)| *topic != Some(Topic::People) || !matches!(quantity.kind, QuantityKind::Amount { .. }))
        .collect();
    let (cost, topic) = found.iter().copied().min_by_key(|(cost, _)| *cost)?;
    // the price of oil: what is no matter between states has a noun of one beside it
    let priced = found.iter().any(|(other, topic)| topic.is_none() && *other <= cost + 2);
    Some(topic.filter(|_| !priced))
}

/// The states that a number is about: the two of its sentence that stand nearest to it, or the pair that the text is about.
fn states(page: &Page, cast: &Cast, quantity: &Quantity, sentence: usize, by_discourse: bool) -> Option<Vec<String>> {
    let mut near: Vec<(usize, usize, String)> = Vec::new();
    let mut add = |words: &Range<usize>, state: &str| {
        let cost = distance(page, quantity, words);
        match near.iter_mut().find(|(_, _, known)| known == state) {
            Some(known) => {
                known.1 = known.1.min(words.start);
                known.0 = known.0.min(cost);
            }
            None => near.push((cost, words.start, state.to_owned())),
        }
    };
    for party in cast.in_sentence(sentence) {
        for state in cast.meanings[party].states.iter().filter(|state| page.reference.state(state).is_some()) {
            add(&cast.parties[party].words, state);
        }
    }
    let in_amount = |word: usize| page.quantity_of[word].is_some();
    for word in page.cut.sentences[sentence].words.clone().filter(|word| page.begins_hit(*word) && !in_amount(*word)) {
        for entry in page.entries(word).filter(|entry| matches!(entry.class, Class::State)) {
            add(&(word..page.hit_end(word)), &entry.value);
        }
    }
    near.sort();
    near.truncate(2);
    near.sort_by_key(|(_, start, _)| *start);
    let states: Vec<String> = near.into_iter().map(|(_, _, state)| state).collect();
    if states.len() >= 2 {
        return Some(states);
    }
    if !by_discourse {
        return None;
    }
    let pair = discourse::state_pair(page, cast, quantity.words.start);
    match (states.first(), pair.len()) {
        (Some(state), 2) if !pair.contains(state) => None,
        (_, 2) => Some(pair),
        _ => None,
    }
}

/// The month, year or stretch of a number: directly behind it (US$ 15 billion in 2022), else the nearest in its sentence that it is not
/// only compared with.
fn period(page: &Page, cast: &Cast, calendar: &Calendar, quantity: &Quantity) -> Option<Edtf> {
    let words = &quantity.words;
    // compared with 2020, than in 2019
    let compared = |date: &Range<usize>| {
        let before = date.start.saturating_sub(3)..date.start;
        let from =
            || date.start >= 1 && date.start < words.start && page.marks(date.start - 1, "from") && !page.marks(date.start - 1, "in");
        before.rev().take_while(|word| page.mark(*word).is_none()).any(|word| page.marks(word, "than")) || from()
    };
    let dates = page.quantities_in(&page.cut.sentences[page.sentence_of(words.start)].words).iter().filter_map(|other| match &other.kind {
        QuantityKind::Date(date) if !compared(&other.words) => Some((&other.words, date)),
        _ => None,
    });
    let distance = |date: &Range<usize>| {
        let behind = date.start >= words.end && date.start <= words.end + 2 && (words.end..date.start).all(|word| page.marks(word, "in"));
        if behind { 0 } else { date.start.abs_diff(words.start) }
    };
    let (date, expression) = dates.min_by_key(|(date, _)| distance(date))?;
    let period = calendar.resolve(page, cast, expression, Lean::Past).filter(|_| distance(date) <= 12)?.value;
    Some(period).filter(|period| period.day().is_none())
}

/// How far words stand from a number: a comma between counts as three words.
fn distance(page: &Page, quantity: &Quantity, words: &Range<usize>) -> usize {
    let between = if words.start < quantity.words.start { words.end..quantity.words.start } else { quantity.words.end..words.start };
    between.clone().count() + between.filter(|word| page.is_comma(*word)).count() * 3
}

fn bound(page: &Page, quantity: &Quantity) -> Bound {
    let sentence = page.cut.sentences[page.sentence_of(quantity.words.start)].words.clone();
    if let Some(bound) = range(page, quantity, &sentence) {
        return bound;
    }
    let from = quantity.words.start.saturating_sub(4).max(sentence.start);
    // what stands before a bracket bounds another number
    let from = (from..quantity.words.start).rev().find(|word| page.mark(*word) == Some('(')).unwrap_or(from);
    let before = from..quantity.words.end;
    let after = quantity.words.end..(quantity.words.end + 2).min(sentence.end);
    let mut best: Option<(usize, Bound)> = None;
    for word in before.chain(after.take_while(|word| page.mark(*word) != Some('('))) {
        for entry in page.entries(word).filter(|entry| entry.class == Class::Bound) {
            if let Ok(bound) = entry.value.parse::<Bound>() {
                let distance = word.abs_diff(quantity.words.start);
                if best.is_none_or(|(known, _)| distance < known) {
                    best = Some((distance, bound));
                }
            }
        }
    }
    match (best, converted(page, quantity)) {
        (None, Some(other)) => bound(page, other),
        (best, _) => best.map_or(Bound::Exact, |(_, bound)| bound),
    }
}

/// Between 5 and 7 billion: the first is the least, the second the most.
fn range(page: &Page, quantity: &Quantity, sentence: &Range<usize>) -> Option<Bound> {
    let opens = |word: usize| word >= sentence.start && page.marks(word, "between");
    let joins = |word: usize| page.is(word, Class::And);
    let amount = |word: usize| {
        page.quantity_of.get(word).copied().flatten().filter(|other| !matches!(page.quantities[*other].kind, QuantityKind::Date(_)))
    };
    let start = quantity.words.start;
    if start > sentence.start && opens(start - 1) && joins(quantity.words.end) && amount(quantity.words.end + 1).is_some() {
        return Some(Bound::AtLeast);
    }
    let other = start.checked_sub(2).filter(|_| joins(start - 1)).and_then(amount).map(|other| &page.quantities[other])?;
    (other.words.start > sentence.start && opens(other.words.start - 1)).then_some(Bound::AtMost)
}

/// A number is a change where a word of change stands near and no word makes it the level reached.
fn change(page: &Page, quantity: &Quantity, percent: bool) -> Change {
    let sentence = page.cut.sentences[page.sentence_of(quantity.words.start)].words.clone();
    let start = quantity.words.start;
    let before = start.saturating_sub(if percent { 12 } else { 6 }).max(sentence.start)..start;
    // a decline of 18 per cent behind a comma is another number's
    let parts = |word: &usize| page.is_comma(*word) || page.is(*word, Class::Purpose) && !percent;
    let end = quantity.words.end;
    let after = end..(end..(end + 5).min(sentence.end)).find(parts).unwrap_or((end + 5).min(sentence.end));
    // a word of the level reached counts behind the verb of change only (rose to 12 per cent)
    let total = (start.saturating_sub(3).max(sentence.start)..start)
        .rev()
        .take_while(|word| !page.is(*word, Class::Change))
        .any(|word| page.is(word, Class::Total));
    // rose from 39 to 43 per cent
    let left = start > sentence.start
        && page.marks(start - 1, "from")
        && (end..(end + 8).min(sentence.end))
            .any(|word| page.is(word, Class::Total) && page.quantity_of.get(word + 1).is_some_and(Option::is_some));
    if total || left {
        return Change::Level;
    }
    let read = |word: usize| {
        let weak = |entry: &chancery_language::Entry| entry.is(Feature::Weak) && word + 1 != start;
        page.entries(word).find(|entry| entry.class == Class::Change && !weak(entry)).and_then(|entry| entry.value.parse::<Change>().ok())
    };
    before.rev().find_map(read).or_else(|| after.rev().find_map(read)).unwrap_or(Change::Level)
}
