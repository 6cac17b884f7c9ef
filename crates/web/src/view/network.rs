//! Who is in touch with whom, drawn.
//!
//! In: pairs of states with the number of their contacts. Out: a drawing with a table behind it. Never: a place that depends on
//! anything but the pairs.

use super::cells::Teller;
use super::drawing::{Drawing, Table};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::f64::consts::TAU;

/// A pair of states, how many contacts they have, and where these stand.
pub struct Pair {
    pub one: String,
    pub other: String,
    pub count: usize,
    pub address: String,
}

const SIZE: f64 = 720.0;
const RADIUS: f64 = 290.0;

/// States on a circle, neighbours beside each other, joined by lines as wide as their contacts are many.
pub fn network(teller: Teller, pairs: &[Pair]) -> Markup {
    let order = around(pairs);
    let place: BTreeMap<&str, (f64, f64, f64)> = order
        .iter()
        .enumerate()
        .map(|(index, state)| {
            let angle = index as f64 / order.len().max(1) as f64 * TAU - TAU / 4.0;
            (*state, (SIZE / 2.0 + RADIUS * angle.cos(), SIZE / 2.0 + RADIUS * angle.sin(), angle))
        })
        .collect();
    let most = pairs.iter().map(|pair| pair.count).max().unwrap_or(1) as f64;
    let told =
        |pair: &Pair| format!("{} – {}: {}", teller.name(&pair.one), teller.name(&pair.other), teller.texts.count(pair.count, "contact"));
    let content = html! {
        // the busiest lie above
        @for pair in pairs.iter().rev() {
            @if let (Some((x, y, _)), Some((to_x, to_y, _))) = (place.get(pair.one.as_str()), place.get(pair.other.as_str())) {
                a href=(pair.address) tabindex="-1" {
                    title { (told(pair)) }
                    path.tie d=(bow((*x, *y), (*to_x, *to_y)))
                        stroke-width=(format!("{:.1}", 1.0 + 11.0 * pair.count as f64 / most)) {}
                }
            }
        }
        @for state in &order {
            @if let Some((x, y, angle)) = place.get(state) {
                @let (across, down) = (angle.cos(), angle.sin());
                a href=(super::address("state", state)) tabindex="-1" {
                    title { (teller.name(state)) }
                    circle.state cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="8" {}
                    text x=(format!("{:.1}", x + 16.0 * across)) y=(format!("{:.1}", y + 18.0 * down + 5.0))
                        text-anchor=(if across < -0.3 { "end" } else if across > 0.3 { "start" } else { "middle" }) { (state) }
                }
            }
        }
    };
    let rows = html! {
        @for pair in pairs {
            tr { td { a href=(pair.address) { (teller.name(&pair.one)) " – " (teller.name(&pair.other)) } } td.number { (pair.count) } }
        }
    };
    let title = teller.texts.get("network.title");
    let heads = [(teller.texts.get("states"), false), (teller.texts.get("contacts"), true)];
    let table = Table { caption: title, heads: &heads, rows };
    Drawing { class: "network", title, size: (SIZE, SIZE), content, legend: html! {} }.show(teller.texts.get("as-table"), &table)
}

/// A line from one to the other, bent towards the middle, the less the nearer they are.
fn bow((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> String {
    let half = SIZE / 2.0;
    let (away_x, away_y) = ((x + to_x) / 2.0 - half, (y + to_y) / 2.0 - half);
    let kept = 0.65 * away_x.hypot(away_y) / RADIUS;
    format!("M{x:.1} {y:.1} Q{:.1} {:.1} {to_x:.1} {to_y:.1}", half + away_x * kept, half + away_y * kept)
}

/// States in an order in which those with many contacts stand near each other: from the busiest on, always the one most in touch
/// with those placed last.
fn around(pairs: &[Pair]) -> Vec<&str> {
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in pairs {
        *sums.entry(&pair.one).or_default() += pair.count;
        *sums.entry(&pair.other).or_default() += pair.count;
    }
    let mut order: Vec<&str> = Vec::new();
    while order.len() < sums.len() {
        let near = |state: &str| -> usize {
            let recent = order.iter().rev().take(3);
            recent
                .map(|placed| {
                    pairs
                        .iter()
                        .filter(|pair| [&*pair.one, &*pair.other] == [state, *placed] || [&*pair.other, &*pair.one] == [state, *placed])
                        .map(|pair| pair.count)
                        .sum::<usize>()
                })
                .sum()
        };
        let free = sums.iter().filter(|(state, _)| !order.contains(state));
        let Some((next, _)) = free.max_by_key(|(state, sum)| (near(state), **sum, std::cmp::Reverse(**state))) else { break };
        order.push(next);
    }
    order
}
