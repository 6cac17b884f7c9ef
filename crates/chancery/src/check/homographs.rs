//! Names that the matchers take alone and that are common words too: each needs a test in which it is no name.
//!
//! In: a pack, its tests, the reference. Out: findings. Never: runs a test.

use super::{Finding, Report};
use crate::expected::Kind;
use crate::pack_tests::PackTest;
use chancery_extract::PROMINENT;
use chancery_language::Pack;
use chancery_language::fold::fold_str;
use chancery_model::MentionKind;
use chancery_reference::Reference;
use std::collections::{BTreeMap, BTreeSet};

/// `path` is the file that lists the words.
pub fn check(pack: &Pack, tests: &[PackTest], reference: &Reference, path: &str, report: &mut Report) {
    let trapped = trapped(tests, pack.settings.ignore_marks);
    for ((kind, word), name) in homographs(pack, reference) {
        if !trapped.contains(&(kind, word.clone())) {
            let message = format!(
                "{word:?} is a common word and, with a capital, the {kind} {name:?}; add a test in which it is the word and expect `no {kind}`"
            );
            report.faults.push(Finding { path: path.to_owned(), line: 0, message });
        }
    }
}

/// Common words that are family names of people in prominent offices, or places, states or acronyms by themselves, with the
/// name.
fn homographs(pack: &Pack, reference: &Reference) -> BTreeMap<(MentionKind, String), String> {
    let tag = pack.settings.tag.as_str();
    let mut found = BTreeMap::new();
    let mut add = |kind: MentionKind, form: &str, name: &str| {
        let word = fold_str(form, pack.settings.ignore_marks);
        if pack.common_words.contains(word.as_str()) {
            found.entry((kind, word)).or_insert_with(|| name.to_owned());
        }
    };
    for person in reference.people().filter(|person| person.tenures.iter().any(|tenure| PROMINENT.contains(&tenure.role))) {
        add(MentionKind::Person, &person.family, &person.name);
    }
    for place in reference.places() {
        add(MentionKind::Place, &place.name, &place.key);
    }
    for form in reference.place_forms(tag) {
        add(MentionKind::Place, &form.form, &form.key);
    }
    for form in reference.state_forms(tag) {
        add(MentionKind::State, &form.form, &form.key);
    }
    for form in reference.organization_forms(tag).filter(|form| form.form.chars().all(|letter| !letter.is_lowercase())) {
        add(MentionKind::Organization, &form.form, &form.key);
    }
    found
}

/// Words of news items in which nothing of a kind is named.
fn trapped(tests: &[PackTest], ignore_marks: bool) -> BTreeSet<(MentionKind, String)> {
    let mut words = BTreeSet::new();
    for test in tests {
        let none = test.expected.iter().filter(|line| !line.expects_a_claim()).filter_map(|line| match line.kind() {
            Kind::Mention(kind) => Some(kind),
            _ => None,
        });
        for kind in none {
            let written = test.document.text.split(|letter: char| !letter.is_alphanumeric());
            words.extend(written.filter(|word| word.chars().any(char::is_uppercase)).map(|word| (kind, fold_str(word, ignore_marks))));
        }
    }
    words
}
