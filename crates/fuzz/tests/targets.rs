//! Every target over its seeds and what mutations make of them; always the same.
//!
//! In: `CHANCERY_FUZZ_RUNS`, how many a target. Out: nothing. Never: chance.

use chancery_fuzz::{Dice, TARGETS, mutated, seeds};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs of a target whose cases are quick; others have a tenth.
const RUNS: usize = 300;

#[test]
fn every_target_holds_for_its_seeds_and_their_mutations() {
    let runs = std::env::var("CHANCERY_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS);
    for target in TARGETS.iter() {
        let (seeds, mut dice) = (seeds(target), Dice(20_261_122));
        assert!(!seeds.is_empty(), "{}: no seeds", target.name);
        let runs = if matches!(target.name, "stages" | "record" | "judgement") { runs / 10 } else { runs };
        for run in 0..runs {
            let seed = &seeds[run % seeds.len()];
            let bytes = if run < seeds.len() { seed.clone() } else { mutated(seed, &seeds[dice.below(seeds.len())], &mut dice) };
            let held = catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes)));
            assert!(held.is_ok(), "{}, run {run}: {:?}", target.name, String::from_utf8_lossy(&bytes));
        }
    }
}
