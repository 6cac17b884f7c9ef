//! Whether what a pack uses is exampled: every value of contact, commit and standing has a test that expects such a claim, and one
//! in which it must stay silent.
//!
//! In: a pack and its tests. Out: findings. Never: runs a test.

use super::{Finding, Report};
use crate::audit::Finder;
use crate::expected::Kind;
use crate::pack_tests::PackTest;
use chancery_language::{Class, Entry, Pack};
use std::collections::BTreeSet;

/// Classes whose every value needs an example, and the kind of claim that it makes.
const EXAMPLED: [(Class, Kind); 3] =
    [(Class::Contact, Kind::Contact), (Class::Commit, Kind::Commitment), (Class::Standing, Kind::Standing)];

pub fn check(pack: &Pack, entries: &[Entry], tests: &[PackTest], tag: &str, report: &mut Report) {
    let finder = Finder::new(pack, entries);
    let mut exampled: BTreeSet<(Class, &str)> = BTreeSet::new();
    let mut trapped: BTreeSet<Class> = BTreeSet::new();
    for test in tests {
        let fired = finder.fired(&test.document.text);
        for (class, kind) in EXAMPLED {
            let of_kind = || test.expected.iter().filter(|line| line.kind() == kind);
            if of_kind().any(|line| line.expects_a_claim()) {
                exampled.extend(
                    fired
                        .keys()
                        .map(|entry| &entries[*entry])
                        .filter(|entry| entry.class == class)
                        .map(|entry| (class, group(&entry.value))),
                );
            } else if of_kind().next().is_some() {
                trapped.insert(class);
            }
        }
    }
    let path = || format!("languages/{tag}/tests");
    for (class, kind) in EXAMPLED {
        let used: BTreeSet<&str> = entries.iter().filter(|entry| entry.class == class).map(|entry| group(&entry.value)).collect();
        for value in used.iter().filter(|value| !exampled.contains(&(class, value))) {
            let message = format!("no test expects a {} from a form of `{class} {value}`; add one", kind.as_str());
            report.faults.push(Finding { path: path(), line: 0, message });
        }
        if !used.is_empty() && !trapped.contains(&class) {
            report.faults.push(Finding {
                path: path(),
                line: 0,
                message: format!("no test is a trap for the class {class} (`- no {}`); add one", kind.as_str()),
            });
        }
    }
}

/// Names of partnerships are one value: what stands before the colon.
fn group(value: &str) -> &str {
    value.split(':').next().unwrap_or(value)
}
