//! Counts of right, wrong and missed, and how sure they are.
//!
//! In: matches. Out: precision, recall, F1 with 95 % intervals, shares of right attributes. Never: rounds before the end.

use std::collections::BTreeMap;

/// What was counted of one kind of claim.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tally {
    /// Found and in the gold.
    pub right: usize,
    /// Found and not in the gold.
    pub wrong: usize,
    /// In the gold and not found.
    pub missed: usize,
    /// Of each attribute of the matches: how many are right, of how many.
    pub attributes: BTreeMap<&'static str, (usize, usize)>,
}

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A share with Wilson's interval; nothing out of nothing is 1, and says nothing.
fn share(right: usize, all: usize) -> Estimate {
    if all == 0 {
        return Estimate { value: 1.0, low: 0.0, high: 1.0 };
    }
    let (n, p) = (all as f64, right as f64 / all as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Estimate { value: p, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

impl Tally {
    /// Counts an attribute of a match.
    pub fn attribute(&mut self, name: &'static str, right: bool) {
        let count = self.attributes.entry(name).or_default();
        count.0 += usize::from(right);
        count.1 += 1;
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        for (name, (right, of)) in &other.attributes {
            let count = self.attributes.entry(name).or_default();
            count.0 += right;
            count.1 += of;
        }
    }

    /// Share of what was found that is right.
    pub fn precision(&self) -> Estimate {
        share(self.right, self.right + self.wrong)
    }

    /// Share of the gold that was found.
    pub fn recall(&self) -> Estimate {
        share(self.right, self.right + self.missed)
    }

    /// Harmonic mean of precision and recall. F1 is 2J / (1 + J) of J, the share of right among right, wrong and missed; its
    /// interval is Wilson's interval of J, carried over.
    pub fn f1(&self) -> Estimate {
        let (p, r) = (self.precision().value, self.recall().value);
        let value = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        let interval = share(self.right, self.right + self.wrong + self.missed);
        let of_share = |share: f64| 2.0 * share / (1.0 + share);
        Estimate { value, low: of_share(interval.low), high: of_share(interval.high) }
    }
}
