//! Where the clause of a word begins and ends.
//!
//! In: a page and a word. Out: the stretch of words around it that one verb governs, roughly.
//! Never: crosses a quotation mark.

use crate::page::Page;
use chancery_language::{Class, Entry, Feature, Hit, Shape};
use chancery_reference::skeleton;
use std::ops::Range;

/// What stands at the left edge of a clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Opener {
    /// The sentence, a quotation or a semicolon.
    Start,
    /// A relative pronoun: the subject may be the word before it.
    Relative,
    /// A conjunction (that, when, because): the subject may be that of the main clause.
    Conjunction,
}

/// The clause around a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Clause {
    pub words: Range<usize>,
    pub opener: Opener,
}

/// What each word of a page does to the clauses around it, with one more at the end.
#[derive(Debug, Default)]
pub(crate) struct Edges(Vec<Edge>);

#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    /// Whether the word parts what stands on its sides.
    breaks: bool,
    /// Whether it is a relative pronoun, or a conjunction.
    relative: bool,
    conjunction: bool,
    /// Whether it is a comma with a verb behind it and no insertion that ends with it.
    resumes: bool,
    /// Verbs, cues of contacts, and words that open a clause, up to the word.
    verbs: u32,
    cues: u32,
    openings: u32,
}

impl Edges {
    pub(crate) fn new(page: &Page) -> Edges {
        let mut edges = Edges(vec![Edge::default(); page.cut.words.len() + 1]);
        let (mut verbs, mut cues, mut openings) = (0, 0, 0);
        for word in 0..page.cut.words.len() {
            let sentence = &page.cut.sentences[page.sentence_of(word)].words;
            let edge = Edge {
                breaks: hard_break(page, word) && !lists_on(page, word, sentence.end),
                relative: page.is(word, Class::Relative) && relative_here(page, word, sentence.start),
                conjunction: (page.is(word, Class::Clause) || page.is(word, Class::That))
                    && !inserted(page, word, sentence)
                    && (!page.is(word, Class::Marker) || governs_verb(page, word, sentence.end)),
                resumes: false,
                verbs,
                cues,
                openings,
            };
            verbs += u32::from(is_verb(page, word));
            cues += u32::from(page.begins_hit(word) && page.is(word, Class::Contact));
            openings += u32::from(edge.relative || edge.conjunction);
            edges.0[word] = edge;
        }
        edges.0[page.cut.words.len()] = Edge { verbs, cues, openings, ..Edge::default() };
        for sentence in &page.cut.sentences {
            let mut next = None;
            for comma in sentence.words.clone().rev().filter(|word| page.is_comma(*word)) {
                let end = sentence.words.end;
                edges.0[comma].resumes =
                    edges.has_verb(comma + 1..next.unwrap_or(end)) && next.is_none_or(|next| edges.has_verb(next..end));
                next = Some(comma);
            }
        }
        edges
    }

    fn at(&self, word: usize) -> Edge {
        self.0.get(word).or(self.0.last()).copied().unwrap_or_default()
    }

    /// Whether a verb that a pack knows stands among words.
    pub(crate) fn has_verb(&self, words: Range<usize>) -> bool {
        self.at(words.end).verbs > self.at(words.start).verbs
    }

    /// How many cues of contacts begin among words.
    pub(crate) fn cues_within(&self, words: Range<usize>) -> usize {
        self.at(words.end).cues.saturating_sub(self.at(words.start).cues) as usize
    }

    /// Whether a relative pronoun stands at a word.
    pub(crate) fn relative(&self, word: usize) -> bool {
        self.at(word).relative
    }

    /// Whether a word opens a clause of its own.
    pub(crate) fn opens(&self, word: usize) -> bool {
        self.at(word).relative || self.at(word).conjunction
    }

    /// Whether any of them does.
    pub(crate) fn open_within(&self, words: Range<usize>) -> bool {
        self.at(words.end).openings > self.at(words.start).openings
    }
}

/// The clause around `words` within its sentence.
pub(crate) fn around(page: &Page, words: &Range<usize>) -> Clause {
    let sentence = page.cut.sentences[page.sentence_of(words.start)].words.clone();
    let quote = page.quote_of[words.start];
    let edges = &page.edges;
    let mut opener = Opener::Start;
    let mut left = words.start;
    let mut commas = 0;
    while left > sentence.start {
        let before = left - 1;
        if let Some(opens) = fragment(page, before, quote, Side::Left) {
            left = opens.max(sentence.start);
            continue;
        }
        let edge = edges.at(before);
        if page.quote_of[before] != quote || edge.breaks && !parenthesis(page, before, words.start) {
            break;
        }
        if page.is_comma(before) {
            // received X, flew to Y: a verb on either side of the comma
            if edges.has_verb(sentence.start..before) && edges.has_verb(before..words.end) {
                break;
            }
            commas += 1;
        }
        // a relative clause that a comma has closed already lies between subject and verb
        if edge.relative && (commas == 0 || page.is_comma(left)) {
            opener = Opener::Relative;
            break;
        }
        if edge.conjunction && !edge.relative && commas == 0 {
            opener = Opener::Conjunction;
            break;
        }
        left = before;
    }
    let mut right = words.end.min(sentence.end);
    while right < sentence.end {
        if let Some(closes) = fragment(page, right, quote, Side::Right) {
            right = closes.min(sentence.end);
            continue;
        }
        let edge = edges.at(right);
        let further = edge.resumes && edges.has_verb(left..right);
        if page.quote_of[right] != quote || edge.breaks || further || edge.relative || edge.conjunction {
            break;
        }
        right += 1;
    }
    Clause { words: left..right.max(words.end.min(sentence.end)), opener }
}

/// Which way a clause is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Words in quotation marks that a sentence takes up as its own.
const FRAGMENT: usize = 6;

/// A "long and meaningful" call: where a few quoted words end that are part of the sentence around them, from the mark at a word on.
fn fragment(page: &Page, mark: usize, quote: Option<usize>, side: Side) -> Option<usize> {
    let step = |word: usize| if side == Side::Left { word.checked_sub(1) } else { Some(word + 1) };
    let within = page.mark(mark).and(step(mark)).filter(|word| page.quote_of.get(*word).is_some_and(|of| of.is_some() && *of != quote))?;
    let own = page.quote_of[within];
    let mut at = within;
    while at.abs_diff(within) < FRAGMENT {
        let next = step(at)?;
        if page.quote_of.get(next) != Some(&own) {
            let first = at.min(within);
            let plain = page.shape(first) == Shape::Lower && !page.is_comma(at.max(within)) && page.mark(next).is_some();
            return plain.then_some(if side == Side::Left { next } else { next + 1 });
        }
        at = next;
    }
    None
}

/// The verb before a noun whose purpose or occasion the noun names: "will travel to Rome on Tuesday for talks",
/// "kommt am Donnerstag zu einem Besuch".
pub(crate) fn governing<'p>(page: &'p Page<'_>, clause: &Clause, cue: &Range<usize>) -> Option<&'p Hit> {
    // (for the 2nd Australia-Philippines Defence Ministers' Meeting: a name may stand between)
    let near = cue.start.saturating_sub(4);
    let named = |word: usize| matches!(page.shape(word), Shape::Capital | Shape::Upper | Shape::Number) || page.mark(word).is_some();
    let purpose = (cue.start.saturating_sub(10).max(clause.words.start)..cue.start)
        .rev()
        .take_while(|word| matches!(page.mark(*word), None | Some('-' | '’' | '\'')))
        .take_while(|word| {
            *word >= near || named(*word) || [Class::Marker, Class::Article, Class::Ordinal].iter().any(|class| page.is(*word, *class))
        })
        .any(|word| page.marks(word, "for") || word >= near && page.marks(word, "to"));
    // a plecat la: the preposition may be part of the verb
    let ends_in_it = cue
        .start
        .checked_sub(1)
        .is_some_and(|before| page.entries(before).any(|entry| entry.class == Class::Contact && entry.value == "visit.go"));
    let purpose = purpose || ends_in_it;
    let before = (clause.words.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Contact))?;
    let verb = &page.hits.hits[page.hits.at(before)?];
    let noun = page.entries(verb.words.start).any(|entry| entry.class == Class::Contact && entry.is(Feature::Noun));
    (purpose && !noun).then_some(verb)
}

/// The verb before a verb that a conjunction directly before the latter joins to it (will meet B and later receive C).
pub(crate) fn coordinated(page: &Page, clause: &Clause, cue: &Range<usize>) -> Option<usize> {
    let before = (cue.start.saturating_sub(6).max(clause.words.start)..cue.start).rev();
    // (met B on Wednesday and on Thursday flew to C)
    let dated = |word: usize| page.quantity_of.get(word).copied().flatten().is_some();
    let plain = |word: &usize| {
        let small = *word + 3 >= cue.start && page.shape(*word) == Shape::Lower && !page.is(*word, Class::Marker);
        page.mark(*word).is_none() && (small || dated(*word) || page.is(*word, Class::Marker) && dated(*word + 1))
    };
    let and = before.take_while(|word| page.is(*word, Class::And) || plain(word)).find(|word| page.is(*word, Class::And))?;
    let verb = |word: &usize| {
        page.begins_hit(*word)
            && page.entries(*word).any(|entry| entry.class == Class::Contact && !entry.features.any(&[Feature::Noun, Feature::Gerund]))
    };
    (clause.words.start..and).rev().find(verb)
}

/// X, who is attending the forum of ORG, met Y: whether words behind `from` stand in a relative clause that a comma closes directly before
/// the cue, or in one with a verb that the pack knows (where the verb stands last, the cue may be the clause's own).
pub(crate) fn in_closed_relative(page: &Page, from: usize, words: &Range<usize>, cue: usize) -> bool {
    let opens = |word: &usize| page.edges.relative(*word) && *word > 0 && page.is_comma(*word - 1);
    let verb = |words: Range<usize>| page.edges.has_verb(words.clone()) || page.edges.cues_within(words) > 0;
    let verb_last = page.pack.settings.verb_last;
    let closed = |from: usize, comma: usize| verb(from..comma) || !verb_last && comma + 2 >= cue;
    let closes = |from: usize| (words.end..cue).find(|word| page.is_comma(*word)).filter(|comma| closed(from, *comma));
    (from..words.start).rev().find(opens).is_some_and(|relative| closes(relative).is_some())
}

/// As [`in_closed_relative`], where nothing parts the words from the pronoun: not A, where he stays, he goes on to B, to see C.
pub(crate) fn in_brief_relative(page: &Page, from: usize, words: &Range<usize>, cue: usize) -> bool {
    let relative = (from..words.start).rev().find(|word| page.edges.relative(*word));
    in_closed_relative(page, from, words, cue) && relative.is_some_and(|relative| !(relative..words.start).any(|word| page.is_comma(word)))
}

/// Whether a verb that a pack knows begins at a word.
fn is_verb(page: &Page, word: usize) -> bool {
    let contact = |entry: &Entry| entry.class == Class::Contact && !entry.is(Feature::Noun) && !entry.is(Feature::Gerund);
    page.begins_hit(word) && (page.is(word, Class::Say) || page.is(word, Class::Contact) && page.entries(word).any(contact))
}

/// Words in which the verb of a clause follows its conjunction.
const TO_VERB: usize = 12;

/// After A met B: a word that is preposition and conjunction alike opens a clause where a verb follows before any noun of an occasion.
fn governs_verb(page: &Page, word: usize, end: usize) -> bool {
    let finite = |entry: &Entry| {
        let verb = entry.class == Class::Say || entry.class == Class::Contact && !entry.is(Feature::Noun);
        verb && entry.features.any(&[Feature::Past, Feature::Present])
    };
    let noun = |word: usize| page.has_feature(word, Class::Contact, Feature::Noun);
    let stops = |word: usize| {
        let mark = page.mark(word).is_some_and(|mark| !matches!(mark, '-' | '’' | '\'' | '.'));
        mark || [Class::Clause, Class::That, Class::Relative].iter().any(|class| page.is(word, *class))
            || page.begins_hit(word) && noun(word)
    };
    let mut behind = (word + 1..end.min(word + TO_VERB)).take_while(|word| !stops(*word));
    behind.any(|word| page.begins_hit(word) && page.entries(word).any(finite))
}

/// A relative pronoun stands after a comma, a preposition or a noun, not at the head of a question.
fn relative_here(page: &Page, word: usize, sentence_start: usize) -> bool {
    // der is an article unless something other than a noun phrase follows it behind a comma
    let pronoun = !page.is(word, Class::Article)
        || word > sentence_start
            && page.is_comma(word - 1)
            && (no_noun_follows(page, word + 1) || name_and_verb_follow(page, word) || year_follows(page, word))
        || word > sentence_start + 2 && within_preposition(page, word);
    let prepositional = page.is(word, Class::Article);
    word > sentence_start && pronoun && (page.is_comma(word - 1) || !page.is(word, Class::That) || prepositional)
}

/// Whether a preposition, a pronoun, a date or an auxiliary follows instead of a noun.
fn no_noun_follows(page: &Page, word: usize) -> bool {
    let classes = [Class::Marker, Class::Pronoun, Class::Light, Class::Future, Class::Negation, Class::Weekday, Class::Day];
    page.shape(word) == Shape::Lower && !page.is(word, Class::Article) && classes.iter().any(|class| page.is(word, *class))
}

/// A, der 2017 die Wahl gewann: a year and, behind it, another noun's article or preposition (not: die 2017 geschlossene Vereinbarung).
fn year_follows(page: &Page, word: usize) -> bool {
    let year = page.written(word + 1);
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let noun = [Class::Article, Class::Marker, Class::Pronoun].iter().any(|class| page.is(word + 2, *class));
    digits && noun && page.pack.settings.verb_last
}

/// Received, however, the president: a word between two commas opens no clause.
fn inserted(page: &Page, word: usize, sentence: &Range<usize>) -> bool {
    let start = page.hits.at(word).map_or(word, |hit| page.hits.hits[hit].words.start);
    let end = page.hit_end(start);
    start > sentence.start && end < sentence.end && page.is_comma(start - 1) && page.is_comma(end)
}

/// Ein Gespräch, in dem A lobte: behind a comma and a preposition an article before a family name that the tables know.
fn within_preposition(page: &Page, word: usize) -> bool {
    page.is(word - 1, Class::Marker) && page.is_comma(word - 2) && page.pack.settings.verb_last && is_family_name(page, word + 1)
}

/// A word with a capital that nothing else is known of and the tables as a name.
fn is_family_name(page: &Page, word: usize) -> bool {
    page.shape(word) == Shape::Capital
        && page.hits.at(word).is_none()
        && !page.is_common(word)
        && !page.reference.people_with_word(&skeleton(page.folded(word))).is_empty()
}

/// A, den B im Februar traf, reist: behind a comma a family name that the tables know, and at the next comma the verb.
fn name_and_verb_follow(page: &Page, word: usize) -> bool {
    let end = page.cut.sentences[page.sentence_of(word)].words.end;
    let name = is_family_name(page, word + 1);
    let described = word >= 2 && matches!(page.shape(word - 2), Shape::Capital | Shape::Upper) && !page.is(word - 2, Class::Say);
    let closes = (word + 2..end).find(|word| page.is_comma(*word) || page.mark(*word) == Some('.')).unwrap_or(end);
    name && described && page.pack.settings.verb_last && (word + 2..closes).any(|verb| is_verb(page, verb) && page.hit_end(verb) == closes)
}

/// One of two dashes around an insertion, with the cue outside: no break.
fn parenthesis(page: &Page, dash: usize, cue: usize) -> bool {
    let is_dash = |word: &usize| matches!(page.mark(*word), Some('–' | '—' | '-')) && page.spaced(*word);
    if !is_dash(&dash) {
        return false;
    }
    let mut dashes = page.cut.sentences[page.sentence_of(dash)].words.clone().filter(is_dash);
    matches!((dashes.next(), dashes.next(), dashes.next()), (Some(first), Some(second), None) if !(first..second).contains(&cue))
}

/// A semicolon between members of a list (the president of A; B, the president of C; and D): no verb follows before the next.
fn lists_on(page: &Page, mark: usize, end: usize) -> bool {
    let semicolon = |word: usize| page.mark(word) == Some(';');
    if !semicolon(mark) {
        return false;
    }
    let next = (mark + 1..end).find(|word| semicolon(*word)).unwrap_or(end);
    let verbs = [Class::Say, Class::Contact, Class::Light, Class::Commit, Class::Future, Class::Status, Class::Negation];
    next > mark + 2 && !(mark + 1..next).any(|word| verbs.iter().any(|class| page.is(word, *class)))
}

/// The ambassador of A – B C, the ambassador of D – E F: a dash between an office with its state and the name of who holds it.
pub(crate) fn names_holder(page: &Page, dash: usize) -> bool {
    let sentence = page.cut.sentences[page.sentence_of(dash)].words.clone();
    let dashed = matches!(page.mark(dash), Some('–' | '—' | '-')) && page.spaced(dash) && dash > sentence.start;
    let state = dashed && page.entries(dash - 1).any(|entry| entry.class == Class::State && !entry.is(Feature::People));
    let office = |word: usize| page.is(word, Class::Office);
    let name = |word: &usize| matches!(page.shape(*word), Shape::Capital | Shape::Upper) && !page.is(*word, Class::State) && !office(*word);
    let length = (dash + 1..sentence.end).take_while(name).count();
    let end = dash + 1 + length;
    let closed = end >= sentence.end || page.is_comma(end) || page.is(end, Class::And) || matches!(page.mark(end), Some('.' | ';'));
    state && (2..=5).contains(&length) && closed && (dash.saturating_sub(5).max(sentence.start)..dash).any(office)
}

fn hard_break(page: &Page, word: usize) -> bool {
    // a dash within a name (the EU - Central Asia summit) breaks nothing
    if page.hits.at(word).is_some() && !page.begins_hit(word) {
        return false;
    }
    match page.mark(word) {
        // 16:30
        Some(':') if page.shape(word + 1) == Shape::Number && !page.spaced(word + 1) => false,
        Some('„' | '“' | '”' | '"' | '«' | '»') => !page.marks_term(word),
        Some(';' | ':' | '•' | '|') => true,
        Some('–' | '—') => page.spaced(word) && !names_holder(page, word),
        Some('-') => page.spaced(word) && page.spaced(word + 1) && !names_holder(page, word),
        _ => false,
    }
}
