//! What lasted, as bars over the years: offices, relations.
//!
//! In: stretches of time with names. Out: a drawing with a table behind it. Never: an end that nobody gives; such a bar fades out.

use super::axis::Axis;
use super::drawing::{Drawing, Table};
use jiff::civil::Date;
use maud::{Markup, html};

/// Something that lasted.
pub struct Stretch {
    /// What.
    pub name: String,
    /// When, in words.
    pub told: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Whether it goes on beyond what is known: then `to` is the day to which it is known.
    pub open: bool,
    /// Where it is told, or the source that knows it.
    pub address: Option<String>,
    pub source: String,
}

const WIDTH: f64 = 640.0;
const LINE: f64 = 34.0;

/// Bars below each other, in order. `heads` name what lasted, when, and who says so.
pub fn stretches(title: &str, as_table: &str, heads: (&str, &str, &str), all: &[Stretch]) -> Markup {
    let ends = all.iter().flat_map(|stretch| [stretch.from, stretch.to]).flatten();
    let axis = Axis::of(ends, (0.0, WIDTH));
    let height = all.len() as f64 * LINE + 4.0;
    let link = |stretch: &Stretch, inner: Markup| {
        html! { @match &stretch.address { Some(address) => a href=(address) tabindex="-1" { (inner) }, None => (inner) } }
    };
    let content = html! {
        @if let Some(axis) = axis {
            (axis.years(height))
            @for (index, stretch) in all.iter().enumerate() {
                @let (from, to) = (stretch.from.map_or(0.0, |day| axis.at(day)), stretch.to.map_or(WIDTH, |day| axis.at(day)));
                @let y = index as f64 * LINE + 18.0;
                @let wide = (to - from).max(4.0);
                (link(stretch, html! {
                    title { (stretch.name) ": " (stretch.told) }
                    rect class=(if stretch.open { "bar open" } else { "bar" }) x=(format!("{from:.1}")) y=(y) width=(format!("{wide:.1}")) height="12" rx="2" {}
                    // a name that begins in the right half ends where its bar does
                    text.name x=(format!("{:.1}", if from < WIDTH / 2.0 { from + 2.0 } else { from + wide })) y=(y - 4.0)
                        text-anchor=(if from < WIDTH / 2.0 { "start" } else { "end" }) { (stretch.name) }
                }))
            }
        }
    };
    let rows = html! {
        @for stretch in all {
            tr {
                td { @match &stretch.address { Some(address) => a href=(address) { (stretch.name) }, None => (stretch.name) } }
                td { (stretch.told) }
                td { (stretch.source) }
            }
        }
    };
    let table = Table { caption: title, heads: &[(heads.0, false), (heads.1, false), (heads.2, false)], rows };
    Drawing { class: "stretches", title, size: (WIDTH, height + 22.0), content, legend: html! {} }.show(as_table, &table)
}
