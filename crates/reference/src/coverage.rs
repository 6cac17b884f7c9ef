//! How much of the time the holders of offices are known.
//!
//! In: the tables, and to which day each source is known. Out: days. Never: counts a tenure without an end beyond what its source
//! knows.

use crate::{Reference, Tenure};
use chancery_model::{Edtf, Role};
use jiff::civil::Date;

/// Days known and days there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Days {
    /// Days on which a holder is known.
    pub known: i32,
    /// All days.
    pub of: i32,
}

impl Days {
    /// Both together.
    pub fn and(self, other: Days) -> Days {
        Days { known: self.known + other.known, of: self.of + other.of }
    }

    /// Known of a hundred; `None` where there are no days.
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.known) * 100.0 / f64::from(self.of))
    }
}

/// On how many days from the first to the last a holder of one of the roles is known.
pub fn days(reference: &Reference, roles: &[Role], of: &str, first: Date, last: Date) -> Days {
    let end = |tenure: &Tenure| match &tenure.end {
        Some(end) => end.latest(),
        None => reference.last_known(tenure),
    };
    let mut held: Vec<(Date, Date)> = roles
        .iter()
        .flat_map(|role| reference.tenures_of(*role, of, Some(first), Some(last)))
        .filter_map(|(_, tenure)| {
            let start = tenure.start.as_ref().and_then(Edtf::earliest).unwrap_or(Date::MIN);
            Some((start.max(first), end(tenure)?.min(last)))
        })
        .filter(|(start, end)| start <= end)
        .collect();
    held.sort_unstable();
    let count = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days()) + 1;
    let (mut known, mut reached) = (0, None);
    for (start, end) in held {
        let from = match reached {
            Some(reached) if start <= reached => reached.tomorrow().unwrap_or(reached),
            _ => start,
        };
        if from <= end {
            known += count(from, end);
            reached = Some(end);
        }
    }
    Days { known, of: count(first, last) }
}
