//! Time from left to right.
//!
//! In: the first and last day to be shown. Out: where a day lies, and the years as lines. Never: a day outside.

use jiff::civil::Date;
use maud::{Markup, html};

/// A stretch of time across a drawing.
#[derive(Clone, Copy)]
pub struct Axis {
    first: Date,
    last: Date,
    left: f64,
    right: f64,
}

/// Years that are named at the most.
const NAMED: i16 = 10;
/// How wide the number of a year is.
const ROOM: f64 = 40.0;

impl Axis {
    /// Whole years that hold all days; `None` where there is none.
    pub fn of(days: impl Iterator<Item = Date>, (left, right): (f64, f64)) -> Option<Axis> {
        let (first, last) = days.fold(None, |range: Option<(Date, Date)>, day| {
            Some(range.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        })?;
        Some(Axis { first: first.first_of_year(), last: last.last_of_year(), left, right })
    }

    pub fn at(&self, day: Date) -> f64 {
        let days = |from: Date, to: Date| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        let all = days(self.first, self.last).max(1.0);
        self.left + days(self.first, day.clamp(self.first, self.last)) / all * (self.right - self.left)
    }

    /// A line where each year begins, as high as the drawing, and its number below.
    pub fn years(&self, height: f64) -> Markup {
        let (from, to) = (self.first.year(), self.last.year());
        let every = ((to - from) / NAMED + 1).max(1);
        html! {
            @for year in (from..=to).filter(|year| (year - from) % every == 0) {
                @let x = self.at(jiff::civil::date(year, 1, 1));
                line.axis x1=(format!("{x:.1}")) x2=(format!("{x:.1}")) y1="0" y2=(height) {}
                // the number of a year that begins at the end stands before its line
                @let (beside, anchor) = if x + ROOM > self.right { (x - 3.0, "end") } else { (x + 3.0, "start") };
                text x=(format!("{beside:.1}")) y=(format!("{:.0}", height + 16.0)) text-anchor=(anchor) { (year) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_lie_in_order_within_whole_years() {
        let axis = Axis::of([date(2022, 5, 1), date(2023, 7, 1)].into_iter(), (0.0, 730.0)).expect("days");
        assert_eq!((axis.at(date(2022, 1, 1)), axis.at(date(2030, 1, 1))), (0.0, 730.0));
        assert!((axis.at(date(2023, 1, 1)) - 366.0).abs() < 1.0);
        assert!(Axis::of(std::iter::empty(), (0.0, 1.0)).is_none());
    }
}
