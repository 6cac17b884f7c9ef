//! Whose a date is: which occasion, noun or clause of a sentence it belongs to.
//!
//! In: a page, a cue, the words of a date. Out: yes or no, or the further day of the same occasion. Never: what a date means.

use super::{Cue, Dated, date_of};
use crate::cast::Cast;
use crate::clause::{Clause, Opener};
use crate::page::Page;
use crate::quantity::{DateExpression, Lean, Quantity};
use chancery_language::{Class, Entry, Feature, Shape};
use chancery_model::EdtfValue;
use jiff::civil::Date;
use std::ops::Range;

/// On Wednesday and Thursday: the further day of an occasion that one day names, where no verb of its own follows.
pub(super) fn day_beside<'p>(
    page: &'p Page<'_>,
    cue: &Cue,
    one: &Quantity,
    date: &DateExpression,
    sentence: &Range<usize>,
) -> Option<&'p DateExpression> {
    let linked = |words: Range<usize>| {
        let links = [Class::And, Class::Marker, Class::Article];
        (1..=3).contains(&words.len())
            && words.clone().any(|word| page.is(word, Class::And))
            && words.clone().all(|word| links.iter().any(|class| page.is(word, *class)))
    };
    let weekday = |date: &DateExpression| date.is_bare_weekday() && !date.is_range();
    let verbs = [Class::Contact, Class::Say, Class::Light, Class::Future, Class::Commit, Class::Pronoun];
    let acts = |word: usize| page.begins_hit(word) && verbs.iter().any(|class| page.is(word, *class));
    let own = |word: usize| cue.whole().contains(&word);
    let ends = |day: &Quantity| {
        let person = page.shape(day.words.end) == Shape::Capital && !page.is(day.words.end, Class::Place);
        !person && !(day.words.end..sentence.end).take_while(|word| !page.is_comma(*word)).any(|word| !own(word) && acts(word))
    };
    let mut others = page.quantities_in(sentence).iter().filter_map(date_of).filter(|(_, other)| weekday(other));
    let (_, other) = others.find(|(other, _)| {
        let after = other.words.start > one.words.end && linked(one.words.end..other.words.start) && ends(other);
        // (on Wednesday and on Thursday a visit to A)
        let told = |word: usize| page.begins_hit(word) && (page.is(word, Class::Contact) || page.is(word, Class::Say));
        let before = other.words.end < one.words.start
            && linked(other.words.end..one.words.start)
            && cue.words.start >= one.words.end
            && !(sentence.start..other.words.start).any(told);
        after || before
    })?;
    weekday(date).then_some(other)
}

/// Whether a date is the stretch of two days.
pub(super) fn two_days(dated: &Dated) -> bool {
    dated.value.earliest().and_then(|first| first.tomorrow().ok()).is_some_and(|next| dated.value.latest() == Some(next))
}

/// Two days that follow one another as one stretch; the first alone where they do not.
pub(super) fn stretch(one: Dated, other: &Dated) -> Dated {
    let (Some(first), Some(second)) = (one.value.day(), other.value.day()) else { return one };
    let (from, to) = (first.min(second), first.max(second));
    if from.tomorrow().ok() != Some(to) {
        return one;
    }
    let day = |day: Date| Some(Box::new(EdtfValue::Day(day)));
    Dated { value: EdtfValue::Interval(day(from), day(to)).into(), ..one }
}

/// Auf den 15. April, na pátek, to Friday: whether a day is one to which something is put.
pub(crate) fn is_goal(page: &Page, date: &Range<usize>) -> bool {
    let before = (date.start.saturating_sub(3)..date.start).rev().find(|word| !page.is(*word, Class::Article));
    before.is_some_and(|word| {
        let to = ["to", "for", "before"].iter().any(|value| page.marks(word, value));
        to || page.marks(word, "at") && !page.is(word, Class::Time)
    })
}

/// On Tuesday a visit, not Tuesday's visit: whether a day is none of the noun behind it.
pub(super) fn is_adverbial(page: &Page, date: &Range<usize>) -> bool {
    let placed = date.start.checked_sub(1).is_some_and(|word| page.is(word, Class::Marker) || page.is(word, Class::Time));
    let noun = (date.end..date.end + 2).any(|word| page.has_feature(word, Class::Contact, Feature::Noun));
    placed || page.is(date.end, Class::Article) || !noun
}

/// Arrived on Monday in A, where B received him: whether the journey told before a relative clause, and nothing else, is of its time.
pub(super) fn arrives_before(page: &Page, clause: &Clause, start: usize, lean: Lean) -> Option<bool> {
    let before = start..clause.words.start;
    let mut cues = before.clone().filter(|word| page.begins_hit(*word) && page.is(*word, Class::Contact));
    let journey = |word: &usize| page.entries(*word).any(|entry| entry.class == Class::Contact && entry.value == "visit.go");
    cues.next().filter(journey).filter(|_| clause.opener == Opener::Relative && cues.next().is_none())?;
    let to_come = before.clone().any(|word| page.is(word, Class::Future) || page.has_feature(word, Class::Contact, Feature::Future));
    Some((lean == Lean::Future) == to_come)
}

/// A received B, as his office said on Monday: behind a comma, the day of the saying.
pub(super) fn of_report(page: &Page, cue: &Range<usize>, date: &Range<usize>, end: usize) -> bool {
    let Some(comma) = (cue.end..date.start).rev().find(|word| page.is_comma(*word)) else { return false };
    let next = (date.end..end).find(|word| page.is_comma(*word)).unwrap_or(end);
    let has = |class| (comma..next).any(|word| page.begins_hit(word) && page.is(word, class));
    (has(Class::Say) || has(Class::Credit)) && !has(Class::Contact)
}

/// Since the war began, on 24 February: the day from which something goes on is none of the occasion's.
pub(super) fn since_then(page: &Page, date: &Range<usize>) -> bool {
    let since =
        |word: usize| page.entries(word).any(|entry| entry.class == Class::Time && entry.value == "since") && !page.marks(word, "of");
    let before = date.start.saturating_sub(10).max(page.cut.sentences[page.sentence_of(date.start)].words.start)..date.start;
    // the first talks in a year
    let first = |word: usize| page.entries(word).any(|entry| entry.class == Class::Ordinal && entry.value == "1");
    let span = page.entries(date.start).any(|entry| entry.class == Class::Time && entry.value == "later-before");
    span && before.clone().any(first) || before.rev().take_while(|word| !page.is(*word, Class::Contact)).any(since)
}

/// Congratulated him on the January 20 poll: a date between an article and a noun that is no cue dates that noun.
pub(super) fn of_another_noun(page: &Page, cue: &Range<usize>, date: &Range<usize>) -> bool {
    let article = date.start.checked_sub(1).is_some_and(|word| page.is(word, Class::Article) && !page.is(word, Class::Marker));
    let others = [Class::Marker, Class::And, Class::Clause, Class::That, Class::Light, Class::Say, Class::Future, Class::Contact];
    let noun = page.shape(date.end) == Shape::Lower && !others.iter().any(|class| page.is(date.end, *class));
    let near = date.end..date.end + 4;
    article && noun && !near.contains(&cue.start) && !page.pack.settings.nouns_are_capitalised
}

/// After the visit of X to A, talks are planned on Thursday: a day that a verb parts from a noun under `after` is none of the noun's.
pub(super) fn behind_a_verb(page: &Page, cue: &Range<usize>, date: &Range<usize>) -> bool {
    let Some(after) = (cue.start.saturating_sub(3)..cue.start).find(|word| page.marks(*word, "after")) else { return false };
    let verbs = [Class::Light, Class::Say, Class::Future, Class::Status];
    let verb = (cue.end..date.start).find(|word| page.begins_hit(*word) && verbs.iter().any(|class| page.is(*word, *class)));
    // (after talks were held on Monday: the verb may be the noun's where the word opens clauses too)
    verb.is_some_and(|verb| !page.is(after, Class::Clause) || (cue.end..verb).any(|word| page.is_comma(word)))
}

/// Whether a journey that is over stands before a day, and the cue behind both.
pub(super) fn has_left(page: &Page, clause: &Clause, cue: usize, date: &Range<usize>) -> bool {
    let journey = |entry: &Entry| entry.class == Class::Contact && entry.value == "visit.go" && entry.is(Feature::Past);
    let before = (clause.words.start..date.start).filter(|word| page.begins_hit(*word));
    date.end <= cue && before.into_iter().any(|word| page.entries(word).any(journey))
}

/// Received on Friday A, who is on a visit: the day of another clause, whose verb tells what is over.
pub(super) fn of_what_is_over(page: &Page, clause: &Clause, date: &Range<usize>, sentence: &Range<usize>) -> bool {
    let told = |entry: &Entry| matches!(entry.class, Class::Contact | Class::Light | Class::Say) && entry.is(Feature::Past);
    let mut outside = sentence.clone().filter(|word| !clause.words.contains(word) && page.begins_hit(*word));
    !clause.words.contains(&date.start) && outside.any(|word| page.entries(word).any(told))
}

/// Before the end of the year: a stretch of days that a preposition makes a limit.
pub(super) fn until(page: &Page, date: &Range<usize>, dated: Dated) -> Dated {
    let directly =
        (date.start.saturating_sub(2)..date.start).rev().find(|word| !page.is(*word, Class::Article) || page.marks(*word, "before"));
    let before = directly.is_some_and(|word| page.marks(word, "before"));
    let open = dated.value.day().is_some() || dated.value.earliest().is_none() || dated.value.latest().is_none();
    if !before || open {
        return dated;
    }
    let value = EdtfValue::Interval(None, Some(Box::new(dated.value.value))).into();
    Dated { value, ..dated }
}

/// On Monday he spoke with X, on Tuesday Y received him: a date directly before another verb, behind a comma.
pub(super) fn opens_clause(page: &Page, date: &Range<usize>) -> bool {
    let fronted = (date.start.saturating_sub(2)..date.start).any(|word| page.is_comma(word));
    let end = page.cut.sentences[page.sentence_of(date.start)].words.end;
    fronted
        && (date.end..end.min(date.end + 4)).take_while(|word| !page.is_comma(*word) && !page.is(*word, Class::Purpose)).any(|word| {
            page.begins_hit(word) && page.entries(word).any(|entry| entry.class == Class::Contact && !entry.value.ends_with(".noun"))
        })
}

/// Arrived in A on an unannounced visit on Tuesday: a noun of a journey under a preposition directly behind the verb that tells of it.
pub(super) fn same_journey(page: &Page, verb: &Range<usize>, noun: usize) -> bool {
    let cue = |word: usize, value: &str| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == value);
    let marked = |word: &usize| page.is(*word, Class::Marker);
    let near = (noun.saturating_sub(5).max(verb.end)..noun).rev().take_while(|word| page.mark(*word).is_none_or(|mark| mark == '-'));
    let marker = near.into_iter().find(marked);
    cue(verb.start, "visit.go")
        && cue(noun, "visit.noun")
        && marker.is_some_and(|marker| ["on", "in", "for"].iter().any(|value| page.marks(marker, value)))
}

/// Prime Minister Godwin Friday: a day within a person's name is none.
pub(super) fn in_a_name(cast: &Cast, date: &Range<usize>) -> bool {
    cast.names.iter().any(|name| name.words.len() > date.len() && name.words.contains(&date.start) && name.words.contains(&(date.end - 1)))
}

/// Whether a word is a cue of its own that takes the dates after it: a noun (the summit in May) or an infinitive.
pub(super) fn claims_date(page: &Page, word: usize) -> bool {
    page.begins_hit(word)
        && page.entries(word).any(|entry| {
            entry.class == Class::Contact
                && (entry.value.ends_with(".noun") || entry.is(Feature::Infinitive) && !entry.is(Feature::Present))
        })
}

/// Other contact cues between a cue and a date.
pub(super) fn rivals(page: &Page, cue: &Range<usize>, date: &Range<usize>) -> usize {
    let between = if date.start >= cue.end { cue.end..date.start } else { date.end..cue.start.max(date.end) };
    page.edges.cues_within(between)
}
