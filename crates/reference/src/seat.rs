//! Who held the seat of one, and to which day the tables know it.
//!
//! In: an office and a time. Out: tenures. Never: takes an open end for "still in office".

use crate::{PersonId, Reference, Tenure};
use chancery_model::{Edtf, Role};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days to which each source knows who is in office.
pub type KnownUntil = BTreeMap<String, Date>;

/// Days before a tenure in which its holder may be called elect.
pub const ELECT: i64 = 300;

impl Reference {
    /// Days to which each source knows who is in office.
    pub fn known_until(&self) -> &KnownUntil {
        &self.known_until
    }

    /// When a tenure without an end is last known to have gone on.
    pub fn last_known(&self, tenure: &Tenure) -> Option<Date> {
        tenure.end.is_none().then(|| self.known_until.get(&*tenure.source.name).copied()).flatten()
    }

    /// The tenures of an office that touch the time between two days; of the seat of one, a tenure known only to the year gives
    /// way to one that surely lasts all that time.
    pub fn seated(&self, role: Role, of: &str, from: Option<Date>, to: Option<Date>) -> Vec<(PersonId, &Tenure)> {
        let mut found = self.tenures_of(role, of, from, to);
        let surely = |tenure: &Tenure| {
            let starts = tenure.start.as_ref().and_then(Edtf::latest);
            let ends = tenure.end.as_ref().and_then(Edtf::earliest);
            starts.is_some() && starts <= from && (tenure.end.is_none() || ends > to)
        };
        if role.single_seat() && found.iter().any(|(_, tenure)| surely(tenure)) {
            found.retain(|(_, tenure)| surely(tenure) || tenure.start.as_ref().and_then(Edtf::day).is_some());
        }
        found
    }

    /// Who comes into an office in the months after a day.
    pub fn elected(&self, role: Role, of: &str, day: Date) -> Vec<PersonId> {
        let later = self.tenures_of(role, of, Some(day), Some(day.saturating_add(ELECT.days())));
        later.into_iter().filter(|(_, tenure)| tenure.start.as_ref().and_then(Edtf::earliest) > Some(day)).map(|(id, _)| id).collect()
    }
}
