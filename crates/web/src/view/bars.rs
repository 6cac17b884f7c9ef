//! Counts as bars.
//!
//! In: labels and counts. Out: a figure with an axis, and its numbers as a table behind it. Never: a bar without its number.

use super::drawing::{Drawing, Table};
use maud::{Markup, html};

/// One bar.
pub struct Bar {
    /// What is counted, in words.
    pub label: String,
    /// What stands below the bar, where there is room for it.
    pub mark: String,
    pub count: usize,
    /// Where the counted stand.
    pub address: String,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 150.0;
/// A bar with the room around it, at the most.
const WIDEST: f64 = 60.0;
/// Room for the numbers of the axis, and for the marks below.
const MARGIN: (f64, f64) = (40.0, 24.0);

/// Round numbers from nothing to at least the highest, at the most five.
pub fn ticks(most: f64) -> Vec<f64> {
    let rough = (most / 4.0).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|factor| factor * power).find(|step| *step >= rough).unwrap_or(rough);
    (0..=(most / step).ceil() as usize).map(|index| index as f64 * step).collect()
}

/// Bars side by side, in order. `heads` name what the bars are and what is counted.
pub fn bars(title: &str, as_table: &str, heads: (&str, &str), bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let ticks: Vec<f64> = ticks(most as f64).into_iter().filter(|tick| tick.fract() == 0.0).collect();
    let top = ticks.last().copied().unwrap_or(0.0).max(most as f64);
    let step = ((WIDTH - MARGIN.0) / bars.len().max(1) as f64).min(WIDEST);
    let height = |count: f64| count / top * (HEIGHT - 8.0);
    let content = html! {
        @for tick in &ticks {
            @let y = HEIGHT - height(*tick);
            line.axis x1=(MARGIN.0) x2=(WIDTH) y1=(format!("{y:.1}")) y2=(format!("{y:.1}")) {}
            text x=(MARGIN.0 - 6.0) y=(format!("{:.1}", y + 4.0)) text-anchor="end" { (tick) }
        }
        @for (index, bar) in bars.iter().enumerate() {
            @let x = MARGIN.0 + index as f64 * step;
            @let high = height(bar.count as f64);
            a href=(bar.address) tabindex="-1" {
                title { (bar.label) ": " (bar.count) }
                rect.room x=(format!("{x:.1}")) y="0" width=(format!("{step:.1}")) height=(HEIGHT) {}
                rect.bar x=(format!("{:.1}", x + step * 0.1)) y=(format!("{:.1}", HEIGHT - high)) width=(format!("{:.1}", step * 0.8)) height=(format!("{high:.1}")) rx="1" {}
            }
            @if !bar.mark.is_empty() { text x=(format!("{x:.1}")) y=(HEIGHT + 16.0) { (bar.mark) } }
        }
    };
    let rows = html! { @for bar in bars.iter().filter(|bar| bar.count > 0) { tr { td { a href=(bar.address) { (bar.label) } } td.number { (bar.count) } } } };
    let drawing = Drawing { class: "bars", title, size: (WIDTH, HEIGHT + MARGIN.1), content, legend: html! {} };
    drawing.show(as_table, &Table { caption: title, heads: &[(heads.0, false), (heads.1, true)], rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_numbers() {
        assert_eq!(ticks(7.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(1000.0), [0.0, 250.0, 500.0, 750.0, 1000.0]);
        assert_eq!(ticks(0.3).len(), 4);
    }
}
