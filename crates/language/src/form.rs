//! Forms as they are looked for: their words, their gap, the key by which they are found.
//!
//! In: a form as a table writes it. Out: its parts and its key, and the forms of one key in groups. Never: looks at a text.

use crate::fold::fold_str;
use crate::lexicon::{Class, Classes};
use crate::matcher::EntryId;
use crate::words::Text;
use chancery_frozen::{Frozen, Written};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Words between the two parts of a form with a gap, at the most: ` ... ` in the form, and ` .. `.
const GAPS: [(&str, usize); 2] = [(" ... ", 12), (" .. ", 2)];

/// Words before a word that ends its clause.
pub(crate) const CLAUSE: usize = 30;

/// One word of a form.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Part {
    pub folded: Written,
    /// Whether further letters may follow, or stand before.
    pub open: bool,
    pub tail: bool,
    /// The word as written, where it has a capital.
    pub cased: Option<Written>,
}

/// A form as it is looked for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Form {
    /// Its place among all forms in their order.
    pub number: u32,
    pub parts: Vec<Part>,
    /// The part before which a gap stands, and how wide it is.
    pub gap: Option<(usize, usize)>,
    /// How many of the parts are words of its key.
    pub keyed: usize,
    /// Letters in all.
    pub letters: usize,
    pub entries: Vec<EntryId>,
    /// The kinds of what they mean.
    pub classes: Classes,
}

/// The forms of a key.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Forms {
    pub whole: Vec<Form>,
    pub parted: Vec<Parted>,
}

/// Forms with a gap whose second part begins with the same word: looked at only where that word follows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Parted {
    pub second: Part,
    /// Words from the first within which the second part must begin.
    pub reach: usize,
    pub forms: Frozen<Vec<Form>>,
}

impl Forms {
    /// Puts the forms of a key in groups.
    pub fn new(forms: Vec<Form>, closing_words: &BTreeSet<Written>) -> Forms {
        let mut whole = Vec::new();
        let mut parted: BTreeMap<(Written, bool, bool), (usize, Vec<Form>)> = BTreeMap::new();
        for form in forms {
            let Some((part, width, second)) = form.gap.and_then(|(part, width)| Some((part, width, form.parts.get(part)?))) else {
                whole.push(form);
                continue;
            };
            let (reach, forms) = parted.entry((second.folded.clone(), second.open, second.tail)).or_default();
            *reach = (*reach).max(part + 1 + form.width(part, width, closing_words));
            forms.push(form);
        }
        let of_word = |((folded, open, tail), (reach, forms)): ((Written, bool, bool), (usize, Vec<Form>))| Parted {
            second: Part { folded, open, tail, cased: None },
            reach,
            forms: forms.into(),
        };
        Forms { whole, parted: parted.into_iter().map(of_word).collect() }
    }
}

impl Part {
    /// Whether a folded word is the part, whatever its capitals.
    pub fn reads(&self, folded: &str) -> bool {
        match (self.open, self.tail) {
            (true, _) => folded.starts_with(&*self.folded),
            (false, true) => folded.ends_with(&*self.folded),
            (false, false) => folded == self.folded,
        }
    }
}

/// Names of states, places, persons and organizations.
const NAMES: Classes = Classes::of(&[Class::State, Class::Place, Class::Person, Class::Organization]);

/// Verbs, and what is said like one.
const VERBS: Classes =
    Classes::of(&[Class::Future, Class::Light, Class::Contact, Class::Say, Class::Status, Class::Commit, Class::Hypothetical]);

impl Form {
    /// How wide its gap is: a separable prefix closes its clause, however long that is.
    pub fn width(&self, second: usize, width: usize, closing_words: &BTreeSet<Written>) -> usize {
        let closes = matches!(&self.parts[second..], [only] if closing_words.contains(&only.folded));
        if closes { CLAUSE } else { width }
    }

    /// Whether a form with a capital names a state, a place, a person or an organization.
    pub fn is_proper(&self) -> bool {
        self.parts[0].cased.is_some() && self.classes.any(NAMES)
    }

    /// Whether a form without a capital is only a verb: o Irão is not irão.
    pub fn is_verb(&self) -> bool {
        self.parts[0].cased.is_none() && self.classes.none_but(VERBS)
    }
}

/// The number of a key, doubled, and one more where letters may follow it.
pub(crate) fn number_of_key(number: u32, forms: &[Form]) -> u32 {
    number << 1 | u32::from(forms.iter().any(|form| form.parts[form.keyed - 1].open))
}

/// A form in its parts, with its key; none where it holds no word.
pub(crate) fn compile(form: &str, number: u32, entries: Vec<EntryId>, classes: Classes, ignore_marks: bool) -> Option<(String, Form)> {
    let mut parts = Vec::new();
    let (mut gap, mut key, mut keyed) = (None, String::new(), 0);
    let (mark, width) = GAPS.into_iter().find(|(mark, _)| form.contains(mark)).unwrap_or(GAPS[0]);
    for (chunk_index, chunk) in form.split(mark).enumerate() {
        if chunk_index > 0 {
            gap = Some((parts.len(), width));
        }
        let plain = chunk.replace('*', "");
        let cut = Text::new(&plain, ignore_marks, |_| true);
        // positions of the stars, in characters of the plain chunk
        let mut stars = Vec::new();
        let mut seen = 0;
        for character in chunk.chars() {
            if character == '*' { stars.push(seen) } else { seen += 1 }
        }
        for (index, word) in cut.words.iter().enumerate() {
            let written = word.span.of(&plain);
            let end = plain[..word.span.end()].chars().count();
            let open = stars.contains(&end);
            let start = plain[..word.span.start()].chars().count();
            let tail = stars.contains(&start) && !plain[..word.span.start()].ends_with(|before: char| before.is_alphanumeric());
            let keying = chunk_index == 0 && parts.iter().all(|part: &Part| !part.open);
            if keying {
                if index > 0 && word.spaced {
                    key.push(' ');
                }
                key.push_str(&fold_str(written, ignore_marks));
                keyed += 1;
            }
            parts.push(Part {
                folded: fold_str(written, ignore_marks).into(),
                open,
                tail,
                cased: written.chars().any(char::is_uppercase).then(|| written.into()),
            });
        }
    }
    let letters = parts.iter().map(|part| part.folded.len()).sum();
    (!parts.is_empty() && keyed > 0).then_some((key, Form { number, parts, gap, keyed, letters, entries, classes }))
}
