//! Figures: numbers claimed of relations between states.
//!
//! In: a page, its cast and quantities. Out: figures with topic, bound, change and states.
//! Never: takes a number that no indicator stands beside, or one of a single state's own affairs.

use crate::cast::Cast;
use crate::discourse;
use crate::page::Page;
use crate::quantity::{Lean, Quantity, QuantityKind};
use crate::when::Calendar;
use chancery_language::Class;
use chancery_model::{Basis, Bound, Change, Figure, Modality, Topic};

/// Finds figures.
pub(crate) fn find(page: &Page, cast: &Cast, calendar: &Calendar) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut last: Option<(usize, Topic, Option<Vec<String>>)> = None;
    for quantity in &page.quantities {
        let (value, unit) = match &quantity.kind {
            QuantityKind::Amount { value, currency } => (*value, currency.clone()),
            QuantityKind::Percent { value } => (*value, "percent".to_owned()),
            QuantityKind::Number { value, unit: Some(unit), .. } => (*value, unit.clone()),
            QuantityKind::Number { .. } | QuantityKind::Date(_) => continue,
        };
        let sentence = page.sentence_of(quantity.words.start);
        if !page.tells(sentence) {
            continue;
        }
        if conversion(page, quantity) {
            continue;
        }
        // of these, 3 billion go to transport: a figure goes on with what the sentence before told
        let counted = matches!(quantity.kind, QuantityKind::Number { .. });
        let told = last.as_ref().filter(|(before, ..)| !counted && goes_on(page, *before, sentence));
        let Some(topic) = topic(page, quantity, sentence).or_else(|| told.map(|(_, topic, _)| *topic)) else { continue };
        let states = states(page, cast, quantity, sentence).or_else(|| told.and_then(|(.., states)| states.clone()));
        last = Some((sentence, topic, states.clone()));
        let Some(states) = states else { continue };
        let Some(span) = page.span(&quantity.words) else { continue };
        let (change, bound) = (change(page, quantity, unit == "percent"), bound(page, quantity));
        let period = page
            .quantities
            .iter()
            .filter(|other| page.sentence_of(other.words.start) == sentence)
            .filter_map(|other| match &other.kind {
                QuantityKind::Date(date) => Some((other.words.start.abs_diff(quantity.words.start), date)),
                _ => None,
            })
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| *distance <= 12)
            .and_then(|(_, date)| calendar.resolve(page, cast, date, Lean::Past))
            .map(|dated| dated.value)
            .filter(|value| value.day().is_none());
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

/// An amount in brackets directly after another amount is the same in another currency.
fn conversion(page: &Page, quantity: &Quantity) -> bool {
    let currency = |quantity: &Quantity| match &quantity.kind {
        QuantityKind::Amount { currency, .. } => Some(currency.clone()),
        _ => None,
    };
    let open = (quantity.words.start.saturating_sub(3)..quantity.words.start).rev().find(|word| page.mark(*word) == Some('('));
    let before = open.filter(|open| *open > 0).and_then(|open| page.quantity_of[open - 1]).map(|before| &page.quantities[before]);
    let (own, other) = (currency(quantity), before.and_then(currency));
    own.is_some() && other.is_some() && own != other
}

/// The topic of the indicator nearest to the number in its sentence.
fn topic(page: &Page, quantity: &Quantity, sentence: usize) -> Option<Topic> {
    let words = page.cut.sentences[sentence].words.clone();
    let count = matches!(quantity.kind, QuantityKind::Number { .. });
    let reach = if count { 12 } else { 24 };
    let near = |word: usize| {
        let distance = if word < quantity.words.start { quantity.words.start - word } else { word.saturating_sub(quantity.words.end) };
        let broken = if word < quantity.words.start { word..quantity.words.start } else { quantity.words.end..word };
        // an indicator behind a full clause belongs to another number
        let cost = distance
            + broken.clone().filter(|word| page.is_comma(*word)).count() * 3
            + broken.filter(|word| page.mark(*word) == Some(';')).count() * 20;
        (cost <= reach).then_some(cost)
    };
    words
        .filter(|word| page.begins_hit(*word))
        .filter_map(|word| Some((near(word)?, page.entry(word, Class::Indicator)?.value.parse::<Topic>().ok()?)))
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, topic)| topic)
}

/// The states that a number is about: two of its sentence, or the pair that the text is about.
fn states(page: &Page, cast: &Cast, quantity: &Quantity, sentence: usize) -> Option<Vec<String>> {
    let mut states: Vec<String> = Vec::new();
    for party in cast.in_sentence(sentence) {
        for state in &cast.meanings[party].states {
            if page.reference.state(state).is_some() && !states.contains(state) {
                states.push(state.clone());
            }
        }
    }
    let in_amount = |word: usize| page.quantity_of[word].is_some();
    for word in page.cut.sentences[sentence].words.clone().filter(|word| page.begins_hit(*word) && !in_amount(*word)) {
        for entry in page.entries(word).filter(|entry| matches!(entry.class, Class::State)) {
            if !states.contains(&entry.value) {
                states.push(entry.value.clone());
            }
        }
    }
    if states.len() >= 2 {
        states.truncate(2);
        return Some(states);
    }
    let pair = discourse::state_pair(page, cast, quantity.words.start);
    match (states.first(), pair.len()) {
        (Some(state), 2) if !pair.contains(state) => None,
        (_, 2) => Some(pair),
        _ => None,
    }
}

fn bound(page: &Page, quantity: &Quantity) -> Bound {
    let sentence = page.cut.sentences[page.sentence_of(quantity.words.start)].words.clone();
    let before = quantity.words.start.saturating_sub(4).max(sentence.start)..quantity.words.end;
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
    best.map_or(Bound::Exact, |(_, bound)| bound)
}

/// A number is a change where a word of change stands near and no word makes it the level reached.
fn change(page: &Page, quantity: &Quantity, percent: bool) -> Change {
    let sentence = page.cut.sentences[page.sentence_of(quantity.words.start)].words.clone();
    let before = quantity.words.start.saturating_sub(if percent { 12 } else { 6 }).max(sentence.start)..quantity.words.start;
    let after = quantity.words.end..(quantity.words.end + 5).min(sentence.end);
    // a word of the level reached counts behind the verb of change only (rose to 12 per cent)
    let total = (quantity.words.start.saturating_sub(3).max(sentence.start)..quantity.words.start)
        .rev()
        .take_while(|word| !page.is(*word, Class::Change))
        .any(|word| page.is(word, Class::Total));
    if total && !percent {
        return Change::Level;
    }
    let find = |words: std::ops::Range<usize>| {
        words.rev().find_map(|word| page.entry(word, Class::Change)).and_then(|entry| entry.value.parse::<Change>().ok())
    };
    if total {
        return Change::Level;
    }
    find(before).or_else(|| find(after)).unwrap_or(Change::Level)
}
