//! Claimed numbers over time, each as a sign of its own where claims differ.
//!
//! In: numbers with the time that they are claimed for. Out: a drawing with a table behind it. Never: a mean, or a line between what
//! different texts claim.

use super::axis::Axis;
use super::bars::ticks;
use super::cells::{Teller, number};
use super::drawing::{Drawing, Table};
use jiff::civil::Date;
use maud::{Markup, html};

/// A number that some claims give.
pub struct Dot {
    pub at: Date,
    pub value: f64,
    /// `exact`, `at least`, `at most`, `about`
    pub bound: &'static str,
    /// Whether it was claimed before its time: a target or a forecast.
    pub ahead: bool,
    /// Whether other claims of the same figure give another number.
    pub contradicted: bool,
    pub told: String,
    pub when: Markup,
    pub sources: usize,
    pub address: String,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 64.0;

/// A sign by what a number bounds: a disc, a ring for "about", a triangle that points where the truth may lie.
fn sign(dot: &Dot, x: f64, y: f64) -> Markup {
    let class = format!("dot{}{}", if dot.ahead { " ahead" } else { "" }, if dot.contradicted { " contradicted" } else { "" });
    match dot.bound {
        "at least" => html! { path class=(class) d=(format!("M{:.1} {:.1}l6 -10l6 10z", x - 6.0, y + 5.0)) {} },
        "at most" => html! { path class=(class) d=(format!("M{:.1} {:.1}l6 10l6 -10z", x - 6.0, y - 5.0)) {} },
        "about" => html! { circle class=(format!("{class} about")) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="5" {} },
        _ => html! { circle class=(class) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="5" {} },
    }
}

/// A short number for the axis, in every language the same: 62·10⁹.
fn short(value: f64) -> String {
    let scale = [(1e12, "¹²"), (1e9, "⁹"), (1e6, "⁶")].into_iter().find(|(scale, _)| value.abs() >= *scale);
    scale.map_or_else(|| number(value), |(scale, power)| format!("{}·10{power}", number((value / scale * 100.0).round() / 100.0)))
}

/// The numbers of one topic and unit.
pub fn dots(teller: Teller, title: &str, dots: &[Dot]) -> Markup {
    let texts = teller.texts;
    let Some(axis) = Axis::of(dots.iter().map(|dot| dot.at), (LEFT, WIDTH - 8.0)) else { return html! {} };
    let ticks = ticks(dots.iter().map(|dot| dot.value).fold(0.0, f64::max));
    let top = ticks.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let height = |value: f64| 14.0 + (HEIGHT - 14.0) * (1.0 - value.max(0.0) / top);
    let content = html! {
        @for tick in &ticks {
            @let y = height(*tick);
            line.axis x1=(LEFT) x2=(WIDTH) y1=(format!("{y:.1}")) y2=(format!("{y:.1}")) {}
            text x=(LEFT - 6.0) y=(format!("{:.1}", y + 4.0)) text-anchor="end" { (short(*tick)) }
        }
        (axis.years(HEIGHT))
        @for dot in dots {
            a href=(dot.address) tabindex="-1" { title { (dot.told) } (sign(dot, axis.at(dot.at), height(dot.value))) }
        }
    };
    let sample =
        |dot: Dot, text: &str| html! { li { svg.sample viewBox="0 0 14 14" aria-hidden="true" { (sign(&dot, 7.0, 7.0)) } (text) } };
    let plain = |bound, ahead, contradicted| Dot {
        at: Date::MIN,
        value: 0.0,
        bound,
        ahead,
        contradicted,
        told: String::new(),
        when: html! {},
        sources: 0,
        address: String::new(),
    };
    let legend = html! {
        ul.legend {
            @for bound in ["at least", "at most", "about"] {
                @if dots.iter().any(|dot| dot.bound == bound) { (sample(plain(bound, false, false), texts.word("bound", bound))) }
            }
            @if dots.iter().any(|dot| dot.ahead) { (sample(plain("exact", true, false), texts.get("ahead"))) }
            @if dots.iter().any(|dot| dot.contradicted) { (sample(plain("exact", false, true), texts.get("differ"))) }
        }
    };
    let rows = html! {
        @for dot in dots {
            tr {
                td { a href=(dot.address) { (dot.when) } }
                td.number { (dot.told) @if dot.contradicted { " " span.chip.contradiction { (texts.get("differ")) } } @if dot.ahead { " " span.chip.proposed { (texts.get("ahead")) } } }
                td.number { (dot.sources) }
            }
        }
    };
    let heads = [(texts.get("date"), false), (texts.get("figures"), true), (texts.get("sources"), true)];
    let table = Table { caption: title, heads: &heads, rows };
    Drawing { class: "dots", title, size: (WIDTH, HEIGHT + 22.0), content, legend }.show(texts.get("as-table"), &table)
}

#[cfg(test)]
mod tests {
    #[test]
    fn large_numbers_are_short_on_the_axis() {
        assert_eq!((super::short(62e9), super::short(14.5)), ("62·10⁹".to_owned(), "14.5".to_owned()));
    }
}
