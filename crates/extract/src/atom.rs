//! The words of a sentence as the pieces of noun phrases.
//!
//! In: a page and the names on it. Out: atoms: names, offices, states, prepositions, marks.
//! Never: decides which of them belong together.

use crate::clause;
use crate::page::Page;
use crate::party::Head;
use crate::people::NameMention;
use crate::quantity::QuantityKind;
use chancery_language::{Class, Feature, Shape};
use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind<'p> {
    Name(usize),
    Head(Head),
    StateAdjective(&'p str),
    StateNoun(&'p str),
    People(&'p str),
    Organization(&'p str),
    /// Its members, parted by spaces, and whether it is an adjective.
    Group(&'p str, bool),
    /// Its key, and whether it is a capital.
    Place(&'p str, bool),
    Modifier,
    Title,
    Article,
    Of,
    Marker,
    Pronoun {
        value: &'p str,
        possessive: bool,
    },
    And,
    Comma,
    Hyphen,
    Possessive,
    Bracket,
    Other,
}

#[derive(Clone, Debug)]
pub(crate) struct Atom<'p> {
    pub(crate) words: Range<usize>,
    pub(crate) kind: Kind<'p>,
    /// An article or title that is a marker too.
    pub(crate) marker: bool,
    /// A marker `of` in any of its readings.
    pub(crate) of: bool,
    /// An article in any of its readings.
    pub(crate) article: bool,
    /// A state's name in any of its readings (EU leaders, the EU).
    pub(crate) noun: bool,
}

pub(crate) fn atoms<'p>(page: &'p Page, names: &[NameMention], name_at: &[Option<usize>], words: Range<usize>) -> Vec<Atom<'p>> {
    let mut atoms = Vec::new();
    let mut word = words.start;
    while word < words.end {
        if let Some(name) = name_at[word] {
            atoms.push(Atom {
                words: word..names[name].words.end,
                kind: Kind::Name(name),
                marker: false,
                of: false,
                article: false,
                noun: false,
            });
            word = names[name].words.end;
            continue;
        }
        let end = page.hit_end(word).clamp(word + 1, words.end);
        let second = page.hits.at(word).is_some_and(|hit| page.hits.hits[hit].second.as_ref().is_some_and(|second| second.contains(&word)));
        let kind = match page.mark(word) {
            // the rest of a form whose first part stands before (o ministro chinês das Relações Exteriores)
            _ if second && page.is(word, Class::Office) => Kind::Modifier,
            Some(',' | '،') => Kind::Comma,
            Some('–' | '—' | '-') if clause::names_holder(page, word) => Kind::Comma,
            Some('-' | '‑' | '–') if !page.spaced(word) => Kind::Hyphen,
            Some('(' | '[' | ')' | ']') => Kind::Bracket,
            Some('\'' | '’') if !page.spaced(word) => Kind::Possessive,
            Some('.') if word > words.start && page.is(word - 1, Class::Title) => Kind::Title,
            _ => kind(page, word),
        };
        let end = if kind == Kind::Possessive && page.folded(word + 1) == "s" && !page.spaced(word + 1) { word + 2 } else { end };
        let of = page.marks(word, "of");
        let marker = page.is(word, Class::Marker);
        let article = page.is(word, Class::Article);
        let noun =
            page.entries(word).any(|entry| entry.class == Class::State && !entry.features.any(&[Feature::Adjective, Feature::People]))
                || page.has_feature(word, Class::State, Feature::Noun);
        atoms.push(Atom { words: word..end, kind, marker, of, article, noun });
        word = end;
    }
    atoms
}

fn kind<'p>(page: &'p Page, word: usize) -> Kind<'p> {
    let mut kind = Kind::Other;
    let mut rank = 0;
    if page.quantity_of[word]
        .is_some_and(|quantity| !page.is(word, Class::State) || matches!(page.quantities[quantity].kind, QuantityKind::Amount { .. }))
    {
        return Kind::Other;
    }
    for entry in page.entries(word) {
        let (new_rank, new_kind) = match entry.class {
            Class::Office => (20, Kind::Head(Head::Office)),
            Class::Leader => (19, Kind::Head(Head::Leader)),
            Class::Counterpart => (19, Kind::Head(Head::Counterpart)),
            Class::State if entry.is(Feature::Adjective) => (17, Kind::StateAdjective(&entry.value)),
            Class::State if entry.is(Feature::People) => (16, Kind::People(&entry.value)),
            Class::State => (18, Kind::StateNoun(&entry.value)),
            Class::Group => (15, Kind::Group(&entry.value, entry.is(Feature::Adjective))),
            Class::Organization => (15, Kind::Organization(&entry.value)),
            Class::Place => (14, Kind::Place(&entry.value, entry.is(Feature::Capital))),
            Class::Body => (13, Kind::Head(Head::Body)),
            // the Kremlin's press service speaks for its state
            Class::Agency => match page
                .reference
                .agencies()
                .iter()
                .find(|agency| agency.name == entry.value && agency.kind == "office" && !agency.of.is_empty())
            {
                Some(agency) => (12, Kind::StateNoun(&agency.of)),
                None => (0, Kind::Other),
            },
            Class::Delegate => (12, Kind::Head(Head::Delegates)),
            Class::Pronoun => (11, Kind::Pronoun { value: &entry.value, possessive: entry.is(Feature::Possessive) }),
            // (brought together President A: what is said of several belongs to nobody's name)
            // (HE the minister: in capitals no pronoun)
            Class::Modifier if entry.value != "together" => (if page.shape(word) == Shape::Upper { 12 } else { 10 }, Kind::Modifier),
            Class::Title => (9, Kind::Title),
            Class::And => (8, Kind::And),
            Class::Article => (5, Kind::Article),
            Class::Marker if entry.value == "of" => (7, Kind::Of),
            Class::Marker => (6, Kind::Marker),
            _ => (0, Kind::Other),
        };
        if new_rank > rank {
            rank = new_rank;
            kind = new_kind;
        }
    }
    kind
}
