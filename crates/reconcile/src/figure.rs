//! Numbers that documents give for one thing.
//!
//! In: claims of figures. Out: their entries. Never: converts a currency, averages, or takes two numbers for one thing because they
//! are near.

use crate::conflict::{self, CONTRADICTION, PRECISION};
use crate::group::{Link, grouped, made_of};
use crate::independence::{Copies, days_between};
use crate::judgement::Verdicts;
use crate::occasion::Occasions;
use crate::paper::{Claim, Paper, claims};
use crate::report::Figure;
use crate::stand::Stand;
use chancery_model::record::{self, Conflict, Content, Entry, Said};
use chancery_model::{Bound, Change, Topic};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers nearer than this share are one number, rounded.
const ROUNDED: f64 = 0.02;
/// Days between reports of one number of which no period is told.
const REPORTED_WITHIN: i32 = 60;
/// Days between reports of one occasion.
const NEWS_WITHIN: i32 = 14;
/// Figures about one thing that a figure is compared with.
const COMPARED: usize = 100;
/// How many times one number may be the other, where both are told of one thing.
const LIKELY: f64 = 2.5;

/// What a number is about.
type Subject<'a> = (Topic, Change, Vec<&'a str>, &'a str);

pub(crate) fn entries(papers: &[Paper<'_>], copies: &Copies, occasions: &Occasions<'_>, verdicts: &Verdicts, take: &mut dyn FnMut(Entry)) {
    let claims: Vec<Claim<'_, Figure>> = claims(papers, &verdicts.rejected);
    let mut subjects: BTreeMap<Subject<'_>, Vec<usize>> = BTreeMap::new();
    let mut of_paper: BTreeMap<(usize, Subject<'_>), BTreeSet<u64>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        subjects.entry(subject(claim.body)).or_default().push(index);
        of_paper.entry((claim.paper, subject(claim.body))).or_default().insert(claim.body.value.to_bits());
    }
    let alone = |index: usize| of_paper[&(claims[index].paper, subject(claims[index].body))].len() == 1;
    let mut links = Vec::new();
    for about in subjects.values() {
        for (at, &one) in about.iter().enumerate() {
            for &other in about[at + 1..].iter().take(COMPARED) {
                let same_text = copies.are_one(claims[one].paper, claims[other].paper);
                let one_thing = || {
                    let (first, second) = (&claims[one], &claims[other]);
                    alone(one) && alone(other) && (one_indicator(first.body, second.body) || one_occasion(papers, occasions, first, second))
                };
                let same_news = || same_text || one_thing();
                links.extend(link(papers, &claims[one], &claims[other], &same_news).map(|(weight, reason)| Link {
                    one,
                    other,
                    weight,
                    reason,
                }));
            }
        }
    }
    let entry = |(members, links): (Vec<usize>, Vec<Link>)| entry(papers, copies, &claims, &members, &links, verdicts);
    made_of(grouped(&claims, links, verdicts).groups, entry, take);
}

/// Topic, direction, states, and the kind of unit: every currency is one kind.
fn subject(figure: &Figure) -> Subject<'_> {
    let mut states: Vec<&str> = figure.states.iter().map(String::as_str).collect();
    states.sort_unstable();
    (figure.topic, figure.change, states, if currency(&figure.unit) { "money" } else { &figure.unit })
}

fn currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether both are the trade of the same states in the same period: there is one such number, however it was counted.
fn one_indicator(one: &Figure, other: &Figure) -> bool {
    let period = |figure: &Figure| figure.period.as_ref().map(|period| period.value.clone());
    one.topic == Topic::Trade && one.change == Change::Level && period(one).is_some() && period(one) == period(other)
}

fn one_occasion(papers: &[Paper<'_>], occasions: &Occasions<'_>, one: &Claim<'_, Figure>, other: &Claim<'_, Figure>) -> bool {
    let near = match (papers[one.paper].told, papers[other.paper].told) {
        (Some((told, _)), Some((other, _))) => days_between(told, other).abs() <= NEWS_WITHIN,
        _ => true,
    };
    near && one.paper != other.paper && !occasions.ids(&papers[one.paper]).is_disjoint(&occasions.ids(&papers[other.paper]))
}

/// Why two figures about one subject are one, and how sure that is.
fn link(papers: &[Paper<'_>], one: &Claim<'_, Figure>, other: &Claim<'_, Figure>, same_news: &dyn Fn() -> bool) -> Option<(f64, String)> {
    let (first, second) = (one.body, other.body);
    let told = |claim: &Claim<'_, Figure>| papers[claim.paper].told.map(|(told, _)| told);
    let periods = match (&first.period, &second.period) {
        (Some(period), Some(other)) if period.value == other.value => Some("the same period"),
        (Some(period), Some(other)) if !period.compatible(other) => return None,
        _ => None,
    };
    let near = match (told(one), told(other)) {
        (Some(told), Some(other)) => days_between(told, other).abs() <= REPORTED_WITHIN,
        _ => false,
    };
    let equal = first.unit == second.unit && (first.value - second.value).abs() <= ROUNDED * first.value.abs().max(second.value.abs());
    let exactly = first.unit == second.unit && first.value == second.value;
    if exactly && one.paper == other.paper {
        return Some((4.0, "the same number twice in one document".to_owned()));
    }
    if one.paper == other.paper {
        return None;
    }
    match periods {
        _ if equal && (periods.is_some() || near || same_news()) => {
            Some((3.0, format!("the same number for the same states: {}, {}", first.value, second.value)))
        }
        Some(period) if likely(first, second) && same_news() => Some((
            1.5,
            format!("other numbers for the same states and {period}: {} {}, {} {}", first.value, first.unit, second.value, second.unit),
        )),
        None if likely(first, second) && same_news() => Some((
            1.0,
            format!("the only such numbers in reports of one occasion: {} {}, {} {}", first.value, first.unit, second.value, second.unit),
        )),
        _ => None,
    }
}

/// Whether two unlike numbers can be meant for one thing: near, a mistaken scale, or another currency.
fn likely(one: &Figure, other: &Figure) -> bool {
    if one.unit != other.unit {
        return currency(&one.unit) && currency(&other.unit);
    }
    let times = (one.value.abs() / other.value.abs()).max(other.value.abs() / one.value.abs());
    times <= LIKELY || scale(times).is_some()
}

/// The scale word that was mistaken, where one number is a thousand or a million times the other.
fn scale(times: f64) -> Option<f64> {
    [1e3, 1e6].into_iter().find(|scale| (times / scale - 1.0).abs() <= ROUNDED)
}

fn entry(
    papers: &[Paper<'_>],
    copies: &Copies,
    claims: &[Claim<'_, Figure>],
    members: &[usize],
    links: &[Link],
    verdicts: &Verdicts,
) -> Entry {
    let own: Vec<&Claim<'_, Figure>> = members.iter().map(|&claim| &claims[claim]).collect();
    let stand = Stand::of(papers, copies, own.iter().copied());
    let said = values(&stand, &own);
    let chosen = said.first().map(|said| said.value.clone()).unwrap_or_else(|| Number::of(own[0].body));
    let bodies = || own.iter().map(|claim| claim.body);
    let bound = bodies().filter(|figure| chosen.is(figure)).map(|figure| figure.bound).min().unwrap_or(Bound::Exact);
    let period =
        bodies().filter_map(|figure| figure.period.clone()).max_by_key(|period| (period.precision(), std::cmp::Reverse(period.clone())));
    let content = Content::Figure(Box::new(record::Figure {
        value: chosen.value(),
        unit: chosen.unit.clone(),
        bound,
        change: own[0].body.change,
        topic: own[0].body.topic,
        states: subject(own[0].body).2.into_iter().map(str::to_owned).collect(),
        period,
        reported: stand.paper(stand.first()).source.published.clone(),
        values: said
            .iter()
            .filter(|said| said.value.unit == chosen.unit)
            .map(|said| Said { value: said.value.value(), claims: said.claims.clone(), sources: said.sources, inferred: None })
            .collect(),
    }));
    let joins = stand.joins(links, &|claim| claims[claim].id.clone());
    stand.entry(content, conflict(&stand, &own, &said).into_iter().collect(), joins, Vec::new(), verdicts)
}

/// A number with its unit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    bits: u64,
    unit: String,
}

impl Number {
    fn of(figure: &Figure) -> Number {
        Number { bits: figure.value.to_bits(), unit: figure.unit.clone() }
    }

    fn value(&self) -> f64 {
        f64::from_bits(self.bits)
    }

    fn is(&self, figure: &Figure) -> bool {
        *self == Number::of(figure)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.value(), self.unit)
    }
}

/// The numbers, those of most sources first, then those that are not rounded.
fn values(stand: &Stand<'_>, own: &[&Claim<'_, Figure>]) -> Vec<Said<Number>> {
    let mut said = stand.said(own.iter().enumerate().map(|(backer, claim)| (Number::of(claim.body), backer)));
    let digits = |number: &Number| format!("{:e}", number.value()).split('e').next().map_or(0, str::len);
    said.sort_by_key(|said| (std::cmp::Reverse(said.sources), std::cmp::Reverse(digits(&said.value))));
    said
}

/// Numbers that differ: by rounding, or so that not all can be right. Numbers in two currencies stand side by side.
fn conflict(stand: &Stand<'_>, own: &[&Claim<'_, Figure>], said: &[Said<Number>]) -> Option<Conflict> {
    let pairs = || said.iter().enumerate().flat_map(|(at, one)| said[at + 1..].iter().map(move |other| (&one.value, &other.value)));
    let differ = |(one, other): (&Number, &Number)| {
        one.unit == other.unit && (one.value() - other.value()).abs() > ROUNDED * one.value().abs().max(other.value().abs())
    };
    if said.len() < 2 {
        let bounds = stand.said(own.iter().enumerate().map(|(backer, claim)| (claim.body.bound, backer)));
        return (bounds.len() > 1).then(|| conflict::conflict("bound", PRECISION, &bounds));
    }
    let wrong = pairs().any(differ);
    let scales = pairs()
        .any(|(one, other)| one.unit == other.unit && scale((one.value() / other.value()).max(other.value() / one.value())).is_some());
    let of = if scales { "scale" } else { "figure" };
    Some(conflict::conflict(of, if wrong { CONTRADICTION } else { PRECISION }, said))
}
