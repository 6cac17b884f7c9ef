//! Moments at which a test ends the process, as a cut of the power would.
//!
//! In: the name of a moment. Out: nothing, or in a test that asks for it the end of the process. Never: part of what is shipped.

/// Every moment: between `begun` and `written` a document has no reading yet, between `removed` and `put` entries are missing.
#[cfg(test)]
pub(crate) const MARKS: &[&str] = &[
    "migrating",
    "migrated",
    "begun",
    "document",
    "reading",
    "written",
    "kept",
    "deriving",
    "removed",
    "put",
    "derived",
    "judging",
    "judged",
];

/// The process comes by a moment.
#[cfg(not(test))]
#[inline]
pub(crate) fn pass(_: &'static str) {}

/// The process comes by a moment. Where `CHANCERY_ENDS_AT` is `kept:3`, it ends when it comes by `kept` for the third time.
#[cfg(test)]
pub(crate) fn pass(mark: &'static str) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static PASSED: AtomicUsize = AtomicUsize::new(0);
    debug_assert!(MARKS.contains(&mark));
    let Ok(end) = std::env::var(ENDS_AT) else { return };
    if let Some((wanted, nth)) = end.split_once(':')
        && wanted == mark
        && nth.parse() == Ok(PASSED.fetch_add(1, Ordering::SeqCst) + 1)
    {
        std::process::abort();
    }
}

/// Says at which moment the process ends.
#[cfg(test)]
pub(crate) const ENDS_AT: &str = "CHANCERY_ENDS_AT";
