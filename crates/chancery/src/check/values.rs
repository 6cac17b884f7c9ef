//! The values of entries: words of the codebook, and references to the tables of facts.
//!
//! In: entries and the reference. Out: findings. Never: knows a form.

use super::shape::Line;
use super::{Finding, Report};
use chancery_language::{Class, Entry, Feature};
use chancery_model::{CommitmentStatus, Role, Topic};
use chancery_reference::{Reference, skeleton};
use std::collections::{BTreeMap, BTreeSet};

const MARKERS: &[&str] = &[
    "with",
    "between",
    "of",
    "to",
    "from",
    "by",
    "in",
    "at",
    "on",
    "about",
    "against",
    "for",
    "after",
    "before",
    "during",
    "under",
    "without",
    "as",
    "through",
    "than",
    "including",
];

/// The values that a class may have, where they are a short list.
fn listed(class: Class) -> Option<&'static [&'static str]> {
    Some(match class {
        Class::Leader => &["top"],
        Class::Modifier => &["former", "elect", "acting", "then", "neutral", "apart", "together"],
        Class::Delegate => &["person", "people"],
        Class::Pronoun => &["he", "she", "they", "both", "i", "you", "we"],
        Class::Light => &["held", "planned", "host"],
        Class::Status => &["planned", "proposed", "accepted", "cancelled", "postponed", "denied", "failed"],
        Class::Say => &["say", "tell", "ask", "write", "belief"],
        Class::Change => &["increase", "decrease"],
        Class::Marker => MARKERS,
        Class::Furniture => &["line", "rest", "photo"],
        _ => return None,
    })
}

/// What is wrong with the value of an entry.
fn wrong_value(entry: &Entry, reference: &Reference, cues: &[&str]) -> Option<String> {
    let value = entry.value.as_str();
    let party = |code: &str| reference.state(code).is_some() || reference.organization(code).is_some();
    if let Some(words) = listed(entry.class) {
        return (!words.contains(&value))
            .then(|| format!("unknown value {value:?} of the class {}; expected one of {}", entry.class, words.join(", ")));
    }
    match entry.class {
        Class::Contact if !cues.contains(&value) => {
            Some(format!("no frame has the cue {value:?}; languages/_common/frames.toml has {}", cues.join(", ")))
        }
        Class::State if reference.state(value).is_none() => Some(format!("no state {value:?} in reference/states.tsv")),
        Class::Place if reference.place(value).is_none() => {
            Some(format!("no place {value:?} in reference/places.tsv; expected `Name, CC`"))
        }
        Class::Organization if !party(value) => Some(format!("no organization {value:?} in reference/organizations.tsv")),
        Class::Group => {
            let unknown = value.split_whitespace().find(|code| reference.state(code).is_none());
            unknown
                .map(|code| format!("no state {code:?} in reference/states.tsv"))
                .or_else(|| value.is_empty().then(|| "a group without states".to_owned()))
        }
        Class::Person if reference.person_named(value).is_none() => Some(format!("no person {value:?} in reference/people.tsv")),
        Class::Office | Class::Body => value.parse::<Role>().err().map(|error| error.to_string()),
        Class::Indicator if value != "none" => value.parse::<Topic>().err().map(|error| error.to_string()),
        Class::Commit => value.parse::<CommitmentStatus>().err().map(|error| error.to_string()),
        Class::Unit if !value.starts_with("count:") => Some(format!("the unit {value:?} is no `count:<English plural noun>`")),
        Class::Standing
            if !(["member", "observer", "chair", "founder", "join", "comprise"].contains(&value)
                || ["partnership:", "member:", "chair:"].iter().any(|named| value.starts_with(named))) =>
        {
            Some(format!(
                "unknown standing {value:?}; expected member, observer, chair, founder, join, comprise, `member:<code>`, `chair:<code>` or `partnership:<English name>`"
            ))
        }
        _ => None,
    }
}

/// Classes whose forms must not swallow a family name.
fn can_swallow(class: Class) -> bool {
    !matches!(
        class,
        Class::None
            | Class::Person
            | Class::State
            | Class::Place
            | Class::Organization
            | Class::Group
            | Class::Title
            | Class::Agency
            | Class::Marker
            | Class::Article
            | Class::And
    )
}

/// `cues` are the values that frames have for the class `contact`.
pub fn check(lines: &[Line], reference: &Reference, cues: &[&str], report: &mut Report) {
    let parties: BTreeSet<&str> = reference
        .states()
        .map(|state| state.code.as_str())
        .chain(reference.organizations().map(|organization| organization.key.as_str()))
        .collect();
    for Line { path, line, entry } in lines {
        let mut fault = |message: String| report.faults.push(Finding { path: path.clone(), line: *line, message });
        if let Some(message) = wrong_value(entry, reference, cues) {
            fault(message);
        }
        for code in entry.only.iter().chain(&entry.of).filter(|code| !parties.contains(code.as_str())) {
            fault(format!("no state or organization {code:?} in the reference"));
        }
        if entry.class == Class::State && !entry.features.any(&[Feature::Noun, Feature::Adjective, Feature::People, Feature::Metonym]) {
            fault("a state needs one of the features noun, adj, people, metonym".to_owned());
        }
    }
    collisions(lines, reference, report);
}

/// Forms of one word that are also family names: "May" is a month and a prime minister.
fn collisions(lines: &[Line], reference: &Reference, report: &mut Report) {
    let mut families: BTreeMap<String, &str> = BTreeMap::new();
    for person in reference.people() {
        if !person.family.contains([' ', '-']) {
            families.entry(skeleton(&person.family)).or_insert(&person.name);
        }
    }
    // a longer form that holds the word and is a trap or a person settles it
    let settled: BTreeSet<String> = lines
        .iter()
        .filter(|line| matches!(line.entry.class, Class::None | Class::Person))
        .flat_map(|line| line.entry.form.split_whitespace().map(|word| skeleton(word.trim_end_matches('*'))))
        .collect();
    for Line { path, line, entry } in lines {
        let form = entry.form.trim_end_matches('*');
        if !can_swallow(entry.class) || form.contains([' ', '-', '*']) {
            continue;
        }
        let word = skeleton(form);
        if let Some(name) = families.get(&word).filter(|_| !settled.contains(&word)) {
            let message = format!(
                "{:?} is also the family name of {name}; if it is taken for the word, add a trap such as `{name}` with the class none or person",
                entry.form
            );
            report.warnings.push(Finding { path: path.clone(), line: *line, message });
        }
    }
}
