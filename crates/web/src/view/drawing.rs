//! What all drawings have: a title above, the numbers as a table behind.
//!
//! In: a drawing, a table. Out: a figure. Never: a drawing that alone says something; who cannot see or point reads the table.

use maud::{Markup, html};

/// A drawing of a size in its own units.
pub struct Drawing<'a> {
    pub class: &'a str,
    pub title: &'a str,
    pub size: (f64, f64),
    pub content: Markup,
    /// What stands below the drawing and says what its signs mean.
    pub legend: Markup,
}

/// A table: its caption, its heads with whether numbers stand below them, its rows.
pub struct Table<'a> {
    pub caption: &'a str,
    pub heads: &'a [(&'a str, bool)],
    pub rows: Markup,
}

impl Table<'_> {
    /// A table that scrolls in a box of its own where it is wider than the page.
    pub fn show(&self) -> Markup {
        html! {
            div.scroll tabindex="0" role="group" aria-label=(self.caption) {
                table {
                    caption { (self.caption) }
                    thead { tr { @for (head, number) in self.heads { th scope="col" class=[number.then_some("number")] { (head) } } } }
                    tbody { (self.rows) }
                }
            }
        }
    }
}

impl Drawing<'_> {
    /// The figure; links within the drawing are for who points, those of the table for everybody.
    pub fn show(&self, as_table: &str, table: &Table) -> Markup {
        let (width, height) = self.size;
        html! {
            figure class=(self.class) {
                figcaption { (self.title) }
                svg viewBox=(format!("0 0 {width:.0} {height:.0}")) aria-hidden="true" { (self.content) }
                (self.legend)
                details { summary { (as_table) } (table.show()) }
            }
        }
    }
}
