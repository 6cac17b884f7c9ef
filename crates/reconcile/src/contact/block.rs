//! Which facts are worth comparing, so that the cost grows with the number of facts and not with its square.
//!
//! In: facts. Out: pairs that share states or a frame, and a month or one next to it. Never: says that two are one.

use super::fact::{Fact, Name};
use chancery_model::{ContactKind, Edtf, EdtfValue};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// States of which every pair is a frame.
const STATES: usize = 8;
/// Facts after a fact in its month, and in the one that follows, that it is compared with.
const COMPARED: usize = 160;
/// Months that a vague date stands in, at most.
const MONTHS: i32 = 13;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Frame {
    States(Name, Name),
    State(Name),
    Format(Name),
    Persons(Name, Name),
}

/// Kinds that are never one another do not meet.
fn family(kind: ContactKind) -> u8 {
    match kind {
        ContactKind::Meeting | ContactKind::Conference => 0,
        ContactKind::Visit => 1,
        ContactKind::Signing => 2,
        ContactKind::Call => 3,
        ContactKind::Letter => 4,
    }
}

/// Pairs of facts to compare, the lesser first, in order.
pub(crate) fn pairs(facts: &[Fact]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<(u8, Frame), Block> = BTreeMap::new();
    for (index, fact) in facts.iter().enumerate() {
        let months = months(fact);
        for frame in frames(fact) {
            let block = blocks.entry((family(fact.kind), frame)).or_default();
            if months.is_empty() {
                block.whenever.push(index);
            }
            for &month in &months {
                block.months.entry(month).or_default().push((day(fact), index));
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = blocks.into_values().flat_map(Block::pairs).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Facts about the same states or in the same frame.
#[derive(Default)]
struct Block {
    months: BTreeMap<i32, Vec<(Option<Date>, usize)>>,
    /// Those of which nothing says when.
    whenever: Vec<usize>,
}

impl Block {
    fn pairs(mut self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let mut add = |one: usize, other: usize| {
            if one != other {
                pairs.push((one.min(other), one.max(other)));
            }
        };
        self.months.values_mut().for_each(|facts| facts.sort_unstable());
        for (month, facts) in &self.months {
            let following = self.months.get(&(month + 1)).map_or(&[][..], Vec::as_slice);
            for (at, &(_, one)) in facts.iter().enumerate() {
                facts[at + 1..].iter().take(COMPARED).chain(following.iter().take(COMPARED)).for_each(|&(_, other)| add(one, other));
            }
        }
        for (at, &one) in self.whenever.iter().enumerate() {
            self.whenever[at + 1..].iter().take(COMPARED).for_each(|&other| add(one, other));
            self.months.values().flatten().take(COMPARED).for_each(|&(_, other)| add(one, other));
        }
        pairs
    }
}

fn frames(fact: &Fact) -> Vec<Frame> {
    let states = &fact.states[..fact.states.len().min(STATES)];
    let mut frames: Vec<Frame> =
        states.iter().enumerate().flat_map(|(at, &one)| states[at + 1..].iter().map(move |&other| Frame::States(one, other))).collect();
    frames.extend(fact.format.into_iter().chain(fact.whole).map(Frame::Format));
    if states.len() < 2 {
        frames.extend(states.iter().map(|&state| Frame::State(state)));
        let persons = &fact.persons[..fact.persons.len().min(STATES)];
        frames.extend(
            persons.iter().enumerate().flat_map(|(at, &one)| persons[at + 1..].iter().map(move |&other| Frame::Persons(one, other))),
        );
    }
    frames
}

/// The months in which it may have been, counted from year 0; none where nothing says when.
fn months(fact: &Fact) -> Vec<i32> {
    let month = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let told = fact.told.map(|(first, last)| month(first)..=month(last));
    match fact.date.as_ref().map(|date| (date, &date.value)) {
        None => told.into_iter().flatten().collect(),
        Some((_, EdtfValue::DayOfSomeYear(of_year, _) | EdtfValue::MonthOfSomeYear(of_year))) => {
            let years = fact.told.map(|(_, last)| i32::from(last.year())).into_iter().flat_map(|year| year - 1..=year + 1);
            years.map(|year| year * 12 + i32::from(*of_year)).collect()
        }
        Some((date, _)) => match (date.earliest().map(month), date.latest().map(month)) {
            (Some(first), Some(last)) => (first..=last).take(MONTHS as usize).collect(),
            (Some(first), None) => (first..first + MONTHS).collect(),
            (None, Some(last)) => (last - MONTHS + 1..=last).collect(),
            (None, None) => told.into_iter().flatten().collect(),
        },
    }
}

fn day(fact: &Fact) -> Option<Date> {
    fact.date.as_ref().and_then(Edtf::earliest).or(fact.told.map(|(first, _)| first))
}
