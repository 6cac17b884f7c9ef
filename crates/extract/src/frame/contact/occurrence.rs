//! A cue in its sentence: what may be read there, and what the words around it say.
//!
//! In: a page and one word of it. Out: the cues that count there, their clause, status, day and place. Never: names a party.

use crate::cast::Cast;
use crate::clause::{self, Clause};
use crate::frame::rules::{Frame, Frames};
use crate::frame::status::{self, Told};
use crate::page::Page;
use crate::place::{self, Spot};
use crate::quantity::Lean;
use crate::when::{Calendar, Cue, Dated};
use chancery_language::{Class, Entry, Feature, Hit, Shape};
use chancery_model::Span;

/// What does not change from one cue of a page to the next.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub page: &'a Page<'a>,
    pub frames: &'a Frames,
    pub calendar: &'a Calendar,
    pub speakers: &'a [Option<usize>],
}

/// A cue where it stands.
pub(crate) struct Occurrence<'a> {
    pub known: Known<'a>,
    pub frame: &'a Frame,
    /// Every meaning of the word as a cue of contacts.
    pub cues: &'a [&'a Entry],
    /// The meaning that is read.
    pub cue: &'a Entry,
    pub hit: &'a Hit,
    pub word: usize,
    pub sentence: usize,
}

impl Occurrence<'_> {
    /// The clause around the cue.
    pub(crate) fn clause(&self) -> Clause {
        clause::around(self.known.page, &self.hit.words)
    }

    /// What the words of a clause say of the cue: held, to come, denied.
    pub(crate) fn told(&self, clause: &Clause) -> Told {
        status::told(self.known.page, clause, &self.hit.words, self.cues, self.frame.nominal)
    }

    /// The cue for dates: both its parts.
    pub(crate) fn parts(&self) -> Cue {
        Cue { words: self.hit.words.clone(), second: self.hit.second.clone() }
    }

    /// The day that the clause gives the cue.
    pub(crate) fn date(&self, cast: &Cast, clause: &Clause, lean: Lean) -> Option<Dated> {
        self.known.calendar.date_for(self.known.page, cast, &self.parts(), clause, self.sentence, lean)
    }

    /// The place that the clause gives the cue.
    pub(crate) fn spot(&self, cast: &Cast, clause: &Clause) -> Option<Spot> {
        place::find(self.known.page, cast, clause, &self.hit.words, self.sentence)
    }

    /// The words of the cue.
    pub(crate) fn evidence(&self) -> Option<Span> {
        self.known.page.span(&self.hit.words)
    }
}

/// Called on the president to withdraw: a demand and no call on him.
pub(super) fn urges(page: &Page, word: usize) -> bool {
    if !page.is(word, Class::Commit) || !page.is(word, Class::Contact) {
        return false;
    }
    let clause = clause::around(page, &(word..page.hit_end(word)));
    (page.hit_end(word)..clause.words.end).any(|next| {
        page.is(next, Class::Purpose)
            && page.shape(next + 1) == Shape::Lower
            && page.entries(next + 1).all(|entry| entry.class != Class::Article)
    })
}

/// A form that is noun and verb alike is the noun after an article, a preposition, a possessive or a number, else the verb.
pub(super) fn readings<'e>(page: &Page, frames: &Frames, word: usize, cues: Vec<&'e Entry>) -> Vec<&'e Entry> {
    let nominal = |cue: &&Entry| frames.of(&cue.value).is_some_and(|frame| frame.nominal);
    // the chair of the union: no verb stands between an article and a genitive
    let determined = word.checked_sub(1).is_some_and(|before| {
        page.is(before, Class::Article)
            && !page.is(before, Class::Marker)
            && page.entries(before).all(|entry| entry.class != Class::Pronoun)
    });
    let finite = |cue: &&Entry| cue.is(Feature::Present) && !cue.features.any(&[Feature::Participle, Feature::Noun, Feature::Gerund]);
    if determined && page.hit_end(word) == word + 1 && page.marks(word + 1, "of") && cues.iter().all(finite) {
        return Vec::new();
    }
    if !(cues.iter().any(nominal) && cues.iter().any(|cue| !nominal(cue))) {
        return cues;
    }
    // on a tour, meeting President A and Prime Minister B: behind a mark, with a person as its object
    let end = page.hit_end(word);
    let person = [Class::Title, Class::Office, Class::Leader, Class::Person].iter().any(|class| page.is(end, *class))
        || page.has_feature(end, Class::State, Feature::Adjective)
        || page.shape(end) == Shape::Capital && page.hits.at(end).is_none();
    let behind_mark = word.checked_sub(1).is_some_and(|before| page.mark(before).is_some());
    // the ministers of A, meeting in Capri, said
    let within = page.marks(end, "in") || page.marks(end, "at");
    let inserted = within && (end + 1..end + 5).any(|word| page.is_comma(word));
    if cues.iter().all(|cue| nominal(cue) || cue.is(Feature::Gerund)) {
        let as_verb = (person || inserted) && behind_mark;
        return cues.into_iter().filter(|cue| nominal(cue) != as_verb).collect();
    }
    let as_noun = word.checked_sub(1).is_some_and(|before| {
        let determines =
            [Class::Article, Class::Marker, Class::Modifier, Class::Number, Class::Light].iter().any(|class| page.is(before, *class));
        let possessive = page.entries(before).any(|entry| entry.class == Class::Pronoun && entry.is(Feature::Possessive));
        let begins = page.cut.sentences[page.sentence_of(word)].words.start == word;
        let possessive = possessive || page.folded(before) == "s" && before > 0 && matches!(page.mark(before - 1), Some('\'' | '’'));
        let described = page.is(before, Class::State) && page.has_feature(before, Class::State, Feature::Adjective);
        determines || possessive || begins || described || page.mark(before).is_some()
    });
    cues.into_iter().filter(|cue| nominal(cue) == (as_noun || word == 0)).collect()
}

/// One entry for each value.
pub(super) fn distinct<'e>(cues: &[&'e Entry]) -> Vec<&'e Entry> {
    let mut kept: Vec<&Entry> = Vec::new();
    for cue in cues {
        if !kept.iter().any(|known| known.value == cue.value) {
            kept.push(cue);
        }
    }
    kept
}
