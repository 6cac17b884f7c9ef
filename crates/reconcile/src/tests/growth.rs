//! The cost grows with the number of reports, not with its square.

use super::generated;
use crate::contact;
use crate::judgement::Verdicts;
use crate::paper;

#[test]
fn pairs_to_compare_grow_with_the_reports() {
    let pairs = |count: u64| {
        let reports = generated::reports(count);
        let papers = paper::papers(&reports);
        contact::compared(&papers, &Verdicts::default())
    };
    let (some, twice) = (pairs(2_000), pairs(4_000));
    assert!(some > 500 && (twice as f64) < 2.6 * some as f64, "{some} pairs of 2,000 reports, {twice} of 4,000");
}
