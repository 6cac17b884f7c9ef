//! The dates of a document: its present, and what its expressions mean from there.
//!
//! In: a page, its cast, the day of publication where known. Out: dates of cues with what they were
//! inferred from. Never: asks a clock; a date that fits two years stays without one.

mod whose;

pub(crate) use whose::is_goal;

use crate::cast::{Cast, same_office};
use crate::clause::{self, Clause, Opener};
use crate::page::Page;
use crate::quantity::{DateExpression, Lean, Quantity, QuantityKind, Resolved};
use chancery_language::{Class, Feature, Shape};
use chancery_model::{Edtf, EdtfValue};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::ops::Range;
use whose::{
    arrives_before, behind_a_verb, claims_date, day_beside, has_left, in_a_name, is_adverbial, of_another_noun, of_report, of_what_is_over,
    opens_clause, rivals, same_journey, since_then, stretch, two_days, until,
};

/// A date and what it was inferred from.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Dated {
    pub value: Edtf,
    pub inferred: Vec<&'static str>,
}

/// The document's present.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Calendar {
    /// As the document or its source says.
    pub published: Option<Edtf>,
    /// The day that relative words are counted from, where known: publication, or a dateline.
    anchor: Option<Date>,
    /// The year that the document was written in, where only that is known.
    year: Option<i16>,
    /// Month and day of a dateline whose year is not to be had.
    dateline: Option<(i8, i8)>,
    /// Where a header that names the day ends: its date is no contact's.
    head: usize,
    /// What `anchor` or `year` follow from, beyond the words.
    because: Vec<&'static str>,
}

/// Years that a yearless date is tried in.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2040;

/// Sentences at the head of a text in which a dateline may stand.
const HEAD: usize = 8;

/// Words, or what counts like them, from which a date is none of a cue's.
const TOO_FAR: usize = 70;

/// Days from which a day and a month without a year lie far ahead.
const FAR: i32 = 300;

/// Days within which they lie just behind or ahead.
const RECENT: i32 = 14;

/// Days of the longest stretch that dates an occasion.
const YEAR: i32 = 366;

fn earliest(resolved: &Resolved) -> Option<Date> {
    resolved.value.as_ref().and_then(Edtf::earliest)
}

impl Calendar {
    /// `head` is where a header that names the day of publication ends, in code points.
    pub(crate) fn new(page: &Page, cast: &Cast, published: Option<&Edtf>, head: usize) -> Calendar {
        let mut calendar = Calendar { published: published.cloned(), ..Calendar::default() };
        if let Some(day) = published.and_then(Edtf::day) {
            calendar.anchor = Some(day);
            calendar.head = head;
            return calendar;
        }
        let years: Vec<i16> = match published.and_then(|date| Some((date.earliest()?.year(), date.latest()?.year()))) {
            Some((from, to)) => (from..=to).collect(),
            None => YEARS.filter(|year| offices_allow(page, cast, *year)).collect(),
        };
        let by_offices = years.len() < YEARS.count();
        calendar.find_dateline(page, cast, &years, by_offices);
        if calendar.anchor.is_none() {
            calendar.find_year(page, &years);
        }
        if calendar.anchor.is_none()
            && calendar.year.is_none()
            && let [year] = years[..]
        {
            calendar.year = Some(year);
            calendar.because = vec![if published.is_some() { "published" } else { "tenure" }];
        }
        calendar
    }

    /// The day of publication, where the document says it to the day.
    pub(crate) fn published_day(&self) -> Option<Date> {
        self.published.as_ref().and_then(Edtf::day).or(self.anchor)
    }

    /// The day of the news, as far as it is known: publication, or the dateline.
    pub(crate) fn day_of_news(&self) -> Option<Edtf> {
        let published = self.published.clone().filter(|date| date.day().is_some());
        published
            .or_else(|| self.anchor.map(Edtf::from))
            .or_else(|| self.dateline.map(|(month, day)| EdtfValue::DayOfSomeYear(month, day).into()))
    }

    /// A day and month at the head of the text (ASTANA, 28 February), with its year from a weekday and the offices named.
    fn find_dateline(&mut self, page: &Page, cast: &Cast, years: &[i16], by_offices: bool) {
        let head = page.cut.sentences.get(HEAD.min(page.cut.sentences.len().saturating_sub(1))).map_or(0, |sentence| sentence.words.start);
        let mut dates = page.quantities.iter().filter(|quantity| quantity.words.start <= head.max(60)).filter_map(date_of);
        let placed = |quantity: &Quantity| {
            // a place in capitals, or at the head of its sentence, before the date
            let sentence = &page.cut.sentences[page.sentence_of(quantity.words.start)];
            page.is(sentence.words.start, Class::Place) && quantity.words.start <= sentence.words.start + 6
        };
        let Some((quantity, date)) = dates.find(|(quantity, date)| date.month_day().is_some() && placed(quantity)) else { return };
        if let Some(day) = date.resolve(None, Lean::Unknown).value.and_then(|value| value.day()) {
            self.anchor = Some(day);
            self.because = vec!["dateline"];
            return;
        }
        let Some((month, day)) = date.month_day() else { return };
        self.dateline = Some((month, day));
        let mut fits: Vec<Date> =
            years.iter().filter_map(|year| Date::new(*year, month, day).ok()).filter(|day| holders_allow(page, cast, *day)).collect();
        let mut because = Vec::new();
        if fits.len() > 1 {
            // a weekday told with the news of that day
            let weekday = date.weekday().or_else(|| {
                let from = quantity.words.start;
                page.quantities
                    .iter()
                    .filter(|other| other.words.start > from && other.words.start < from + 90)
                    .filter_map(date_of)
                    .find_map(|(_, date)| date.is_bare_weekday().then(|| date.weekday()).flatten())
            });
            if let Some(weekday) = weekday {
                let kept: Vec<Date> = fits.iter().copied().filter(|day| day.weekday() == weekday).collect();
                if !kept.is_empty() {
                    fits = kept;
                    because.push("weekday");
                }
            }
        }
        if by_offices {
            because.push("tenure");
        }
        if let [day] = fits[..] {
            self.anchor = Some(day);
            self.because = because;
        }
    }

    /// The year of writing, from a relative month ("November last year") that the text also dates in full.
    fn find_year(&mut self, page: &Page, years: &[i16]) {
        let dates: Vec<&DateExpression> = page.quantities.iter().filter_map(date_of).map(|(_, date)| date).collect();
        let full: Vec<Date> =
            dates.iter().filter_map(|date| date.resolve(None, Lean::Unknown).value.and_then(|value| value.day())).collect();
        let mut fits: Vec<i16> = Vec::new();
        for date in &dates {
            if date.resolve(None, Lean::Unknown).value.is_some_and(|value| value.earliest().is_some()) {
                continue;
            }
            for year in years {
                let at = |month| Date::new(*year, month, 15).ok().and_then(|day| date.resolve(Some(day), Lean::Past).value);
                // only what does not depend on the month of writing
                let (Some(early), Some(late)) = (at(1), at(12)) else { continue };
                let month = matches!(early.value, EdtfValue::Month(..) | EdtfValue::Day(_));
                if early == late
                    && month
                    && date.month_day().is_none()
                    && full.iter().any(|day| early.compatible(&(*day).into()))
                    && !fits.contains(year)
                {
                    fits.push(*year);
                }
            }
        }
        if let [year] = fits[..] {
            self.year = Some(year);
            self.because = vec!["other-date"];
        }
    }

    /// What an expression means here.
    pub(crate) fn resolve(&self, page: &Page, cast: &Cast, date: &DateExpression, lean: Lean) -> Option<Dated> {
        let from_anchor = |resolved: Resolved, extra: &[&'static str]| {
            let mut inferred = resolved.inferred.clone();
            if self.published.is_none() {
                inferred.retain(|reason| *reason != "published");
            }
            for reason in extra {
                if !inferred.contains(reason) {
                    inferred.push(reason);
                }
            }
            resolved.value.map(|value| Dated { value, inferred })
        };
        let alone = date.resolve(None, lean);
        let complete = alone.value.as_ref().is_some_and(|value| value.earliest().is_some() || value.latest().is_some());
        if complete {
            return from_anchor(alone, &[]);
        }
        if let Some(anchor) = self.anchor {
            let ahead = date.resolve(Some(anchor), lean);
            // a day of the last fortnight is not next year's, nor one of the next fortnight last year's
            let near =
                |resolved: &Resolved| earliest(resolved).is_some_and(|day| day >= anchor && day <= anchor.saturating_add(RECENT.days()));
            let back = anchor.saturating_sub(FAR.days());
            if lean == Lean::Past && earliest(&ahead).is_some_and(|day| day < back) {
                let soon = date.resolve(Some(anchor), Lean::Future);
                return from_anchor(if near(&soon) { soon } else { ahead }, &self.because);
            }
            let far = anchor.checked_add(FAR.days()).ok().is_some_and(|far| earliest(&ahead).is_some_and(|day| day > far));
            let past = (lean == Lean::Future && far).then(|| date.resolve(Some(anchor), Lean::Past));
            let recent = past.filter(|past| earliest(past).is_some_and(|day| day.saturating_add(RECENT.days()) >= anchor));
            return from_anchor(recent.unwrap_or(ahead), &self.because);
        }
        if let Some(resolved) = self.within_month(date, lean) {
            return from_anchor(resolved, &[]);
        }
        if let Some(year) = self.year {
            if let Some(EdtfValue::DayOfSomeYear(month, day)) = alone.value.as_ref().map(|value| &value.value) {
                return Date::new(year, *month, *day).ok().map(|day| Dated { value: day.into(), inferred: self.because.clone() });
            }
            let at = |month| Date::new(year, month, 15).ok().map(|day| date.resolve(Some(day), lean));
            if let (Some(early), Some(late)) = (at(1), at(12))
                && early.value == late.value
            {
                return from_anchor(early, &self.because);
            }
        }
        if let Some(EdtfValue::DayOfSomeYear(month, day)) = alone.value.as_ref().map(|value| &value.value) {
            // weekday and tenures may leave one year
            let weekday: Option<Weekday> = date.weekday();
            let fits: Vec<Date> = YEARS
                .filter_map(|year| Date::new(year, *month, *day).ok())
                .filter(|day| weekday.is_none_or(|weekday| day.weekday() == weekday) && holders_allow(page, cast, *day))
                .collect();
            if let [day] = fits[..] {
                let mut inferred = vec!["tenure"];
                if weekday.is_some() {
                    inferred.insert(0, "weekday");
                }
                return Some(Dated { value: day.into(), inferred });
            }
        }
        from_anchor(alone, &[])
    }

    /// What an expression means for most days of the month of publication, where only the month is known.
    fn within_month(&self, date: &DateExpression, lean: Lean) -> Option<Resolved> {
        let published = self.published.as_ref()?;
        let (first, last) = (published.earliest()?, published.latest()?);
        if first == last || (first.year(), first.month()) != (last.year(), last.month()) {
            return None;
        }
        let mut counts: Vec<(Resolved, usize)> = Vec::new();
        let mut day = first;
        while day <= last {
            let resolved = date.resolve(Some(day), lean);
            let named = resolved
                .value
                .as_ref()
                .and_then(Edtf::day)
                .is_none_or(|value| date.weekday().is_none_or(|weekday| value.weekday() == weekday));
            if resolved.value.is_some() && named {
                match counts.iter_mut().find(|(known, _)| known.value == resolved.value) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((resolved, 1)),
                }
            }
            day = day.tomorrow().ok()?;
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let (resolved, count) = counts.into_iter().next()?;
        (count * 10 >= last.day() as usize * 6).then_some(resolved)
    }

    /// Whether a date before the news is nearer to it than one that lies ahead.
    pub(crate) fn is_nearer(&self, past: &Dated, ahead: Option<&Dated>) -> bool {
        let Some(news) = self.published_day() else { return false };
        let (Some(past), Some(ahead)) = (past.value.latest(), ahead.and_then(|date| date.value.earliest())) else { return false };
        past < news && ahead > news && (news - past).get_days() < (ahead - news).get_days()
    }

    /// The date of a cue: the nearest in its clause, else in its sentence.
    pub(crate) fn date_for(&self, page: &Page, cast: &Cast, cue: &Cue, clause: &Clause, sentence: usize, lean: Lean) -> Option<Dated> {
        let sentence_words = page.cut.sentences[sentence].words.clone();
        let quote = page.quote_of[cue.words.start];
        // the news is that somebody said on Monday that they will meet: Monday is not the day of the meeting
        let told_before = |words: &Range<usize>| clause.opener == Opener::Conjunction && words.end <= clause.words.start;
        // said Wednesday he will speak: the day of the saying
        let of_saying = |words: &Range<usize>| {
            let beside = words.start.saturating_sub(2)..words.start;
            // (said Minister X on Saturday)
            let named = |word: &usize| {
                matches!(page.shape(*word), Shape::Capital | Shape::Upper) || page.is(*word, Class::Office) || page.is(*word, Class::Marker)
            };
            let verb = (sentence_words.start..words.start).rev().find(|word| !named(word));
            let said = verb.is_some_and(|word| page.is(word, Class::Say) && !page.is(word, Class::Contact));
            // (na letišti v sobotu řekl)
            let next = page.begins_hit(words.end) && page.has_feature(words.end, Class::Say, Feature::Past);
            lean == Lean::Future && (said || next || beside.into_iter().any(|word| page.is(word, Class::Say)))
        };
        // received an invitation on Tuesday to visit X: the day of the invitation
        let of_offer = |words: &Range<usize>| {
            let offers = |word: usize| page.entries(word).any(|entry| entry.class == Class::Status && entry.value == "proposed");
            lean == Lean::Future && words.end <= cue.words.start && (words.end..cue.words.start).any(offers)
        };
        // who was re-elected in November: a date of another clause, or of another occasion
        let elsewhere = |words: &Range<usize>| {
            words.start >= cue.whole().end
                && ((cue.whole().end..words.start).any(|word| {
                    let governed = || {
                        clause::governing(page, clause, &(word..page.hit_end(word))).is_some_and(|verb| verb.words.start == cue.words.start)
                    };
                    // (a relative clause that the clause takes in is no other)
                    page.edges.opens(word) && !clause.words.contains(&words.start)
                        || claims_date(page, word) && !governed() && !same_journey(page, &cue.words, word)
                }) || (cue.whole().end..words.start).any(|word| page.is_comma(word)) && opens_clause(page, words)
                    // X, who is travelling to A, met B on Saturday
                    || clause.opener == Opener::Relative && words.start >= clause.words.end)
        };
        // X, who met B in February, will travel to A: the day of a relative clause between them (X, who arrived on Monday, met B: of both)
        let between = |words: &Range<usize>| {
            let journey = |word| page.entries(word).any(|entry| entry.class == Class::Contact && entry.value == "visit.go");
            words.end <= cue.words.start
                && clause::in_brief_relative(page, sentence_words.start, words, cue.words.start)
                && (lean == Lean::Future || !(sentence_words.start..cue.words.start).any(journey))
        };
        // cancelled on Tuesday a visit to A: the day of the cancelling
        let names_day = |date: &DateExpression| date.weekday().is_some() || date.month_day().is_some();
        let of_cancelling = |words: &Range<usize>| {
            let beside = words.start >= cue.whole().end && words.start <= cue.whole().end + 2;
            let off = |word: usize| {
                let entries = || page.entries(word).filter(|entry| entry.class == Class::Status);
                page.begins_hit(word) && entries().any(|entry| matches!(entry.value.as_str(), "cancelled" | "postponed"))
            };
            let small = |word: &usize| page.is(*word, Class::Marker) || page.is(*word, Class::Article);
            let before = (words.end..words.end + 2).find(|word| off(*word));
            let after = (words.start.saturating_sub(4)..words.start).rev().find(|word| !small(word)).filter(|word| off(*word));
            let planned = |word: usize| {
                page.entries(word).any(|entry| matches!(entry.class, Class::Status | Class::Light) && entry.value == "planned")
            };
            let of_plan = is_goal(page, words) || (words.start.saturating_sub(3)..words.start).any(planned);
            !beside && !of_plan && (before.is_some() || after.is_some()) && is_adverbial(page, words)
        };
        let arrival = arrives_before(page, clause, sentence_words.start, lean);
        // arrived on Monday in A, where he will meet B: the day of the arrival
        let of_arrival = |words: &Range<usize>| arrival == Some(false) && words.end <= clause.words.start;
        let mut found: Vec<(usize, &Quantity, &DateExpression)> = page
            .quantities_in(&sentence_words)
            .iter()
            .filter(|quantity| page.cut.words[quantity.words.start].span.start() >= self.head)
            .filter(|quantity| page.quote_of[quantity.words.start] == quote && cue.distance(&quantity.words) < TOO_FAR)
            .filter_map(date_of)
            .filter(|(quantity, date)| {
                !in_a_name(cast, &quantity.words)
                    && !told_before(&quantity.words)
                    && !of_arrival(&quantity.words)
                    && !of_saying(&quantity.words)
                    && !of_offer(&quantity.words)
                    && !between(&quantity.words)
                    && !(names_day(date) && of_cancelling(&quantity.words))
                    && !elsewhere(&quantity.words)
                    && !since_then(page, &quantity.words)
                    && !of_another_noun(page, &cue.whole(), &quantity.words)
                    && !behind_a_verb(page, &cue.whole(), &quantity.words)
                    && !of_report(page, &cue.whole(), &quantity.words, sentence_words.end)
                    && !page.asides.part(cue.words.start, quantity.words.start)
            })
            .map(|(quantity, date)| {
                let inside = clause.words.contains(&quantity.words.start) || cue.whole().contains(&quantity.words.start);
                if arrival == Some(true) && quantity.words.end <= clause.words.start {
                    return (TOO_FAR / 2 + clause.words.start - quantity.words.end.min(clause.words.start), quantity, date);
                }
                // inside the clause rather than outside, with no other cue between
                let cost = cue.distance(&quantity.words) + if inside { 0 } else { 40 } + rivals(page, &cue.whole(), &quantity.words) * 20
                    // arrived on 20 May to attend: a date before the cue that follows another cue is rather that one's
                    + if quantity.words.end <= cue.words.start && page.edges.cues_within(sentence_words.start..quantity.words.start) > 0 { 15 } else { 0 };
                (cost, quantity, date)
            })
            .filter(|(cost, ..)| *cost < TOO_FAR)
            .collect();
        found.sort_by_key(|(cost, quantity, _)| (*cost, quantity.words.start));
        let mut best: Option<Dated> = None;
        let mut unsettled: Option<Range<usize>> = None;
        for (_, quantity, date) in found {
            // a date that cannot be settled (on Wednesday) leaves room only for one beside it (5 March)
            if unsettled
                .as_ref()
                .is_some_and(|words| words.start.abs_diff(quantity.words.end).min(quantity.words.start.abs_diff(words.end)) > 3)
            {
                continue;
            }
            // a present tense with another day's name than today's speaks of the day to come
            // (flew there on Monday to attend: the day of a journey that is over)
            let other_day = lean == Lean::Unknown
                && date.is_bare_weekday()
                && !has_left(page, clause, cue.words.start, &quantity.words)
                && !of_what_is_over(page, clause, &quantity.words, &sentence_words)
                && self.anchor.is_some_and(|anchor| date.is_range() || date.weekday().is_some_and(|weekday| weekday != anchor.weekday()));
            let Some(dated) = self.resolve(page, cast, date, if other_day { Lean::Future } else { lean }) else {
                unsettled.get_or_insert(quantity.words.clone());
                continue;
            };
            // the first visit since 1995, in the last ten years: an occasion has no open end and does not last for years
            if let Some(from) = dated.value.earliest()
                && dated.value.latest().is_none_or(|to| to > from.saturating_add(YEAR.days()))
            {
                continue;
            }
            // reviewed what is planned until the end of the year: nothing that is over lasts until then
            let ahead = |day: Date| self.anchor.is_some_and(|anchor| day > anchor);
            let within = || (cue.words.start.saturating_sub(3)..cue.words.start).any(|word| page.marks(word, "during"));
            let over = lean == Lean::Past || lean == Lean::Unknown && within();
            if over && dated.value.earliest().is_none() && dated.value.latest().is_some_and(ahead) {
                continue;
            }
            let dated = if lean == Lean::Past { dated } else { until(page, &quantity.words, dated) };
            // two days, of which the second is none of another occasion
            let lean_of_day = if other_day { Lean::Future } else { lean };
            let dated = match day_beside(page, cue, quantity, date, &sentence_words) {
                Some(next) => self.resolve(page, cast, next, lean_of_day).map_or(dated.clone(), |next| stretch(dated, &next)),
                None => dated,
            };
            match &best {
                None => best = Some(dated),
                // a weekday and the day it names; a day within the month told first
                Some(known)
                    if dated.value.compatible(&known.value) && dated.value.precision() > known.value.precision() && !two_days(known) =>
                {
                    best = Some(dated)
                }
                Some(_) => {}
            }
        }
        best
    }
}

/// The words of a cue: one stretch, or two around a gap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cue {
    pub words: Range<usize>,
    pub second: Option<Range<usize>>,
}

impl Cue {
    /// From the first word to the last.
    pub(crate) fn whole(&self) -> Range<usize> {
        self.words.start..self.second.as_ref().map_or(self.words.end, |second| second.end.max(self.words.end))
    }

    fn distance(&self, words: &Range<usize>) -> usize {
        let from = |cue: &Range<usize>| if words.start >= cue.end { words.start - cue.end } else { cue.start.saturating_sub(words.end) };
        self.second.as_ref().map_or(usize::MAX, from).min(from(&self.words))
    }
}

fn date_of(quantity: &Quantity) -> Option<(&Quantity, &DateExpression)> {
    match &quantity.kind {
        QuantityKind::Date(date) => Some((quantity, date)),
        _ => None,
    }
}

/// Whether everybody named in office held it at some time in a year.
fn offices_allow(page: &Page, cast: &Cast, year: i16) -> bool {
    let (Ok(from), Ok(to)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else { return false };
    all_in_office(page, cast, from, to)
}

fn holders_allow(page: &Page, cast: &Cast, day: Date) -> bool {
    all_in_office(page, cast, day, day)
}

fn all_in_office(page: &Page, cast: &Cast, from: Date, to: Date) -> bool {
    cast.characters.iter().all(|character| {
        let Some(id) = character.id else { return true };
        let tenures = &page.reference.person(id).tenures;
        character.offices.iter().all(|(office, _)| {
            let mut known = tenures.iter().filter(|tenure| same_office(tenure.role, office.role) && tenure.of == office.of).peekable();
            known.peek().is_none() || known.any(|tenure| tenure.touches(Some(from), Some(to)))
        })
    })
}
