//! Counts as bars.
//!
//! In: labels and counts. Out: a figure with its numbers as a table behind it. Never: a bar without its number.

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

const WIDTH: usize = 960;
const HEIGHT: usize = 120;

/// Bars side by side, in order.
pub fn bars(title: &str, heads: (&str, &str), bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let step = WIDTH as f64 / bars.len().max(1) as f64;
    html! {
        figure.bars {
            figcaption { (title) }
            svg viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + 20)) role="img" aria-label=(title) {
                @for (index, bar) in bars.iter().enumerate() {
                    @let height = bar.count as f64 / most as f64 * HEIGHT as f64;
                    @let x = index as f64 * step;
                    a href=(bar.address) {
                        title { (bar.label) ": " (bar.count) }
                        rect.room x=(format!("{x:.1}")) y="0" width=(format!("{step:.1}")) height=(HEIGHT) {}
                        rect.bar x=(format!("{:.1}", x + step * 0.1)) y=(format!("{:.1}", HEIGHT as f64 - height))
                            width=(format!("{:.1}", step * 0.8)) height=(format!("{height:.1}")) rx="1" {}
                    }
                    @if !bar.mark.is_empty() {
                        text x=(format!("{x:.1}")) y=(HEIGHT + 15) { (bar.mark) }
                    }
                }
            }
            details {
                summary { (heads.1) }
                table {
                    thead { tr { th { (heads.0) } th.number { (heads.1) } } }
                    tbody { @for bar in bars.iter().filter(|bar| bar.count > 0) { tr { td { a href=(bar.address) { (bar.label) } } td.number { (bar.count) } } } }
                }
            }
        }
    }
}
