//! Whether a contact took place, is to come, was called off, or is only supposed.
//!
//! In: the clause of a cue. Out: status, modality, and what tense says of the date.
//! Never: looks at a date.

use super::wish;
use crate::clause::{self, Clause, Opener};
use crate::page::Page;
use crate::quantity::Lean;
use chancery_language::{Class, Entry, Feature, Shape};
use chancery_model::{ContactStatus, Modality};
use std::ops::Range;

/// What the words around a cue say of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    /// `None`: nothing took place or will, and nobody says so of a planned one.
    pub status: Option<ContactStatus>,
    pub modality: Modality,
    pub lean: Lean,
    /// Whether words say so, so that a date does not change it.
    pub firm: bool,
    /// Whether only an infinitive says that it is to come (the first to visit).
    pub loose: bool,
}

/// Words before a verb in which an auxiliary or a negation belongs to it.
const NEAR: usize = 6;

/// Words after a noun within which its verb may stand, behind a list of those who take part.
const FAR: usize = 60;

/// Words before an infinitive within which it may stand that somebody was the first.
const FIRST: usize = 8;

/// Words before a noun within which the verb may stand that says that it is planned (vykoná ve dnech … návštěvu).
const LONG: usize = 24;

/// Reads the words around a cue.
pub(crate) fn told(page: &Page, clause: &Clause, cue: &Range<usize>, cues: &[&Entry], nominal: bool) -> Told {
    if nominal && let Some(session) = session_of(page, clause, cue) {
        let entries: Vec<&Entry> = page.entries(session.start).filter(|entry| entry.class == Class::Contact).collect();
        return told(page, clause, &session, &entries, true);
    }
    if nominal && let Some(verb) = attended_by(page, clause, cue) {
        let entries: Vec<&Entry> = page.entries(verb.start).filter(|entry| entry.class == Class::Contact).collect();
        let attended = told(page, clause, &verb, &entries, false);
        if matches!(attended.status, Some(ContactStatus::Held | ContactStatus::Planned)) {
            return attended;
        }
    }
    // will meet B before travelling to C: as the main verb says
    if !nominal && let Some(verb) = main_verb(page, cue, cues) {
        let entries: Vec<&Entry> = page.entries(verb.start).filter(|entry| entry.class == Class::Contact).collect();
        let main = told(page, &clause::around(page, &verb), &verb, &entries, false);
        if main.status == Some(ContactStatus::Planned) {
            return main;
        }
    }
    let has = |feature: Feature| cues.iter().any(|entry| entry.is(feature));
    let sentence = page.cut.sentences[page.sentence_of(cue.start)].words.clone();
    let left = clause.words.start.max(cue.start.saturating_sub(if nominal { 14 } else { 9 }))..cue.start;
    let right = cue.end..clause.words.end.min(cue.end + if nominal { 14 } else { 5 });
    // the verb of a noun may close its clause
    let far_right = if nominal { cue.end..clause.words.end.min(cue.end + FAR) } else { right.clone() };
    // what another cue stands nearer to is said of that one
    let reaches = |word: usize| {
        let between = if word < cue.start { word + 1..cue.start } else { cue.end..word };
        cue.contains(&word)
            || !between.into_iter().any(|other| {
                page.begins_hit(other)
                    && page.is(other, Class::Contact)
                    && page.hits.at(other) != page.hits.at(word)
                    && !(nominal && shares_verb(page, other, cue))
            })
    };
    let any = |words: Range<usize>, class: Class| words.clone().any(|word| page.is(word, class) && reaches(word));
    let value = |words: Range<usize>, class: Class, wanted: &str| {
        words.clone().any(|word| {
            page.is(word, class) && page.entries(word).any(|entry| entry.class == class && entry.value == wanted) && reaches(word)
        })
    };
    let beside = left.clone().chain(far_right.clone()).chain(cue.clone());
    let said: Vec<usize> = beside.filter(|word| page.is(*word, Class::Status) && reaches(*word)).collect();
    let status_near =
        |wanted: &str| said.iter().any(|word| page.entries(*word).any(|entry| entry.class == Class::Status && entry.value == wanted));
    // the word that opens the clause (if, lest) and what the main clause says of it (denied that)
    let opener = clause.words.start.saturating_sub(1)..clause.words.start;
    let main = clause.words.start.saturating_sub(9).max(sentence.start)..clause.words.start;
    let opened = clause.opener == Opener::Conjunction;
    // an infinitive may stand far behind what governs it (werden sich heute in Brüssel treffen)
    let reach = if has(Feature::Infinitive) { FAR } else { NEAR };
    // (expects that the president, X, will be received: what is inserted does not count)
    let reach = if nominal { NEAR } else { reach + inserted(page, clause, cue) };
    let near_left = cue.start.saturating_sub(reach).max(clause.words.start)..cue.start;
    let closing = (cue.end..clause.words.end).find(|word| page.is(*word, Class::Negation)).is_some_and(|word| {
        !nominal
            && word < cue.end + 8
            && (word + 1 >= clause.words.end || page.shape(word + 1) == Shape::Mark)
            && !(cue.end..word).any(|word| page.is_comma(word))
    });
    // reist nicht: behind the verb that stands second
    let behind = !nominal && page.pack.settings.verb_last && {
        let after = (cue.end..clause.words.end.min(cue.end + NEAR)).take_while(|word| !page.is_comma(*word) && !page.is(*word, Class::And));
        after.into_iter().any(|word| page.is(word, Class::Negation) && reaches(word))
    };
    // the meeting is not in the nearest future planned
    let denied_behind = nominal && {
        let says = |word: usize| {
            page.entries(word)
                .any(|entry| matches!(entry.class, Class::Light | Class::Status) && matches!(entry.value.as_str(), "planned" | "held"))
        };
        let near = |word: usize| (word + 1..clause.words.end.min(word + 8)).any(says);
        right.clone().any(|word| page.is(word, Class::Negation) && reaches(word) && near(word))
    };
    // nu l-am putut primi: small words between the negation and its verb
    let far = !nominal && (has(Feature::Infinitive) || has(Feature::Participle)) && {
        let stops = [Class::Contact, Class::Say, Class::Light, Class::Clause, Class::That];
        let small = |word: &usize| {
            !page.is_comma(*word) && page.shape(*word) != Shape::Capital && !stops.iter().any(|class| page.is(*word, *class))
        };
        let before = cue.start.saturating_sub(NEAR).max(clause.words.start)..cue.start;
        before.rev().take_while(small).any(|word| page.is(word, Class::Negation))
    };
    let negated = denied_behind
        || far
        || any(cue.clone(), Class::Negation)
        || closing
        || behind
        || opened && any(opener.clone(), Class::Negation)
        || any(cue.start.saturating_sub(3).max(clause.words.start)..cue.start, Class::Negation)
        || nominal && any(near_left.clone(), Class::Negation);
    let hypothetical = any(cue.clone(), Class::Hypothetical)
        // (Berichte, wonach X kommt; speculation that X will come)
        || clause.opener != Opener::Start && any(rumour(page, clause, &sentence)..clause.words.start, Class::Hypothetical)
        || any(near_left.clone(), Class::Hypothetical)
        || any(cue.end..right.end.min(cue.end + if nominal { 12 } else { 3 }), Class::Hypothetical)
        || has(Feature::Conditional);
    // the next meeting, the upcoming visit
    let next = nominal
        && (cue.start.saturating_sub(3).max(clause.words.start)..cue.start).rev().take_while(|word| page.mark(*word).is_none()).any(
            |word| {
                page.entries(word)
                    .any(|entry| entry.class == Class::Relation && entry.value.parse::<i32>().is_ok_and(|relation| relation > 0))
            },
        );
    let future = next
        || has(Feature::Future)
        || any(near_left.clone(), Class::Future)
        || nominal
            && (left.clone().any(|word| page.is(word, Class::Future) && reaches(word) && !of_another_verb(page, word, clause))
                || any(right.clone(), Class::Future)
                || value(clause.words.start.max(cue.start.saturating_sub(LONG))..cue.start, Class::Light, "planned")
                || value(cue.end..clause.words.end.min(cue.end + FAR), Class::Light, "planned"));
    let bare = has(Feature::Infinitive) && has(Feature::Present);
    let governed = bare && {
        let before = cue.start.saturating_sub(4).max(clause.words.start)..cue.start;
        [Class::Purpose, Class::Future, Class::Hypothetical, Class::Readiness, Class::Status, Class::Commit]
            .iter()
            .any(|class| any(before.clone(), *class))
            || before.clone().any(|word| page.marks(word, "to"))
    };
    let past =
        has(Feature::Past) || has(Feature::Participle) && !(has(Feature::Present) && is_finite(page, cue)) || has(Feature::Imperfect);
    let mut told = Told { status: Some(ContactStatus::Held), modality: Modality::Asserted, lean: Lean::Past, firm: false, loose: false };

    let to_come = |words: Range<usize>| {
        // (das bevorstehende Treffen mit B: another noun's own)
        let attributive = |word: usize| page.has_feature(page.hit_end(word), Class::Contact, Feature::Noun);
        // (the events planned for autumn)
        let attribute = |word: usize| {
            word > 0 && page.is(word, Class::Light) && page.hits.at(word - 1).is_none() && page.shape(word - 1) == Shape::Lower
        };
        let own = |word: &usize| page.quote_of[*word] == page.quote_of[cue.start] && !attributive(*word) && !attribute(*word);
        words.clone().filter(own).any(|word| {
            page.is(word, Class::Future)
                || page.entries(word).any(|entry| {
                    entry.class == Class::Light && entry.value == "planned" || entry.class == Class::Contact && entry.is(Feature::Future)
                })
        })
    };
    let talking = cues.iter().any(|entry| matches!(entry.value.as_str(), "call.noun" | "meeting.noun" | "conference.noun" | "letter.noun"));
    // (nach dem abgesagten Treffen: what stands between the article and the noun is the noun's own)
    let called_off = |word: usize| {
        page.entries(word).any(|entry| entry.class == Class::Status && matches!(entry.value.as_str(), "cancelled" | "postponed"))
    };
    let off = within_at(page, cue).is_some_and(|after| (after..cue.start).any(called_off));
    if nominal && !negated && !off && (within_it(page, cue) || talking && in_talks(page, cue)) {
        // what is said during the talks may be to come, the talks are not
        let said = (cue.end..clause.words.end).find(|word| page.is(*word, Class::Say)).unwrap_or(clause.words.end);
        // will sign a treaty, they announced after their talks: what they announce is to come
        let reported = (sentence.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Say));
        // will meet him on Tuesday, during the summit: what the verb beside it says
        let meets = || occasion_of(page, clause, cue) == Some(ContactStatus::Planned);
        if to_come(reported.unwrap_or(sentence.start)..cue.start) || to_come(cue.end..said) || meets() {
            told.status = Some(ContactStatus::Planned);
            told.lean = Lean::Future;
        }
        return told;
    }
    if status_near("cancelled") || status_near("postponed") {
        told.status = Some(ContactStatus::Cancelled);
        told.lean = Lean::Future;
        told.firm = status_near("cancelled");
        return told;
    }
    if !nominal && excludes_all(page, clause, cue) {
        told.status = None;
        return told;
    }
    if status_near("denied") || status_near("failed") || negated || opened && value(main, Class::Status, "denied") {
        told.status = Some(ContactStatus::Denied);
        told.lean = Lean::Unknown;
        told.firm = true;
        if negated && !status_near("denied") && clause.opener == Opener::Conjunction {
            told.modality = Modality::Negated;
        }
        return told;
    }
    // ready to meet, hopes to meet: nothing is arranged
    // seeks the signing of a treaty: so does a noun that only they make a deed of
    let signing = cues.iter().any(|entry| entry.value == "signing.noun");
    let only_ready = !past && (!nominal || signing) && any(near_left.clone(), Class::Readiness);
    if nominal && hypothetical && !has(Feature::Conditional) && wish::expects_of(page, clause, cue) {
        told.status = Some(ContactStatus::Planned);
        told.lean = Lean::Future;
        return told;
    }
    if hypothetical || only_ready {
        told.modality = Modality::Hypothetical;
        told.status = Some(ContactStatus::Proposed);
        told.lean = Lean::Future;
        return told;
    }
    // papers that are accepted are handed over
    let papers = cues.iter().any(|entry| entry.value == "meeting.credentials");
    if status_near("accepted") && !papers {
        told.status = Some(ContactStatus::Planned);
        told.lean = Lean::Future;
        told.firm = true;
        return told;
    }
    let offered = if nominal || has(Feature::Infinitive) {
        status_near("proposed")
    } else {
        // míří do Turecka, chce prosadit příměří: what stands behind a finite verb is said of something else
        value(left.clone(), Class::Status, "proposed") || value(cue.clone(), Class::Status, "proposed")
    };
    if offered && !past {
        told.status = Some(ContactStatus::Proposed);
        told.lean = Lean::Future;
        told.firm = true;
        return told;
    }
    if nominal {
        if value(left.clone(), Class::Light, "held") || value(right.clone(), Class::Light, "held") {
            told.firm = !future;
        }
        let to_hold = left.clone().rev().find(|word| page.has_feature(*word, Class::Light, Feature::Infinitive)).filter(|word| {
            let before = word.saturating_sub(3)..*word;
            before.clone().any(|word| {
                page.is(word, Class::Purpose)
                    || page.marks(word, "to")
                    || page.is(word, Class::Future)
                    || page.is(word, Class::Commit)
                    || page.is(word, Class::Status)
            })
        });
        // bot an, in Istanbul Gespräche auszurichten
        let offered = opened_by_offer(page, clause, &sentence)
            && (cue.end..clause.words.end).any(|word| page.has_feature(word, Class::Light, Feature::Infinitive));
        let to_hold = to_hold.or(offered.then_some(cue.start));
        if let Some(word) = to_hold {
            let proposes = value(sentence.start..word, Class::Commit, "proposed") || value(sentence.start..word, Class::Status, "proposed");
            told.status = Some(if proposes { ContactStatus::Proposed } else { ContactStatus::Planned });
            told.lean = Lean::Future;
            told.firm = true;
        } else if !told.firm && (status_near("proposed") || calls_for(page, cue)) {
            // offered talks, suggested a meeting
            told.status = Some(ContactStatus::Proposed);
            told.lean = Lean::Future;
            told.firm = true;
        } else if future || status_near("planned") || travels_to(page, clause, cue) {
            told.status = Some(ContactStatus::Planned);
            told.lean = Lean::Future;
            told.firm = true;
        } else if happens_now(page, &left, &right) {
            told.lean = Lean::Unknown;
            told.firm = false;
        } else if before_it(page, cue) && !told.firm {
            told.status = Some(ContactStatus::Planned);
            told.lean = Lean::Future;
        }
        return told;
    }
    if bare
        && !future
        && let Some(verb) = clause::coordinated(page, clause, cue)
    {
        // will meet B and hold talks with C
        let hit = page.hits.at(verb).map(|hit| page.hits.hits[hit].words.clone()).unwrap_or(verb..verb + 1);
        let entries: Vec<&Entry> = page.entries(verb).filter(|entry| entry.class == Class::Contact).collect();
        if entries.iter().any(|entry| entry.features.any(&[Feature::Infinitive, Feature::Future])) {
            return self::told(page, clause, &hit, &entries, false);
        }
    }
    // (urged that they meet, told him to go there: nobody has said yes yet)
    if !past && !future && wish::is_asked(page, clause, cue, cues) {
        told.status = Some(ContactStatus::Proposed);
        told.lean = Lean::Future;
        told.firm = true;
        return told;
    }
    if future || status_near("planned") && !past {
        told.status = Some(ContactStatus::Planned);
        told.lean = Lean::Future;
        told.firm = has(Feature::Future) || any(near_left, Class::Future);
        return told;
    }
    if has(Feature::Infinitive) && !past && !any(near_left.clone(), Class::Status) && first_to(page, cue, &sentence) {
        return told;
    }
    if has(Feature::Infinitive) && !past && (!bare || governed) {
        // governed by what stands before: plans, agreed, invited; else a purpose
        let governors = sentence.start..cue.start;
        let proposes = value(governors.clone(), Class::Commit, "proposed") || value(governors.clone(), Class::Status, "proposed");
        told.status = Some(if proposes { ContactStatus::Proposed } else { ContactStatus::Planned });
        // travelled to Amman on 5 May to attend: the day is past, where the journey is
        let arrived = has_arrived(page, clause, cue);
        told.lean = if arrived { Lean::Unknown } else { Lean::Future };
        told.loose = !any(governors.clone(), Class::Future) && !value(governors, Class::Status, "planned");
        return told;
    }
    if has(Feature::Present) && !past {
        told.lean = Lean::Unknown;
    }
    told.firm = past;
    told
}

/// How many words stand between two commas directly before a verb, where they are no more than a name or a description.
fn inserted(page: &Page, clause: &Clause, cue: &Range<usize>) -> usize {
    // (an auxiliary may stand between)
    let Some(closes) = (cue.start.saturating_sub(2)..cue.start).rev().find(|word| page.is_comma(*word)) else { return 0 };
    let verbs = [Class::Contact, Class::Say, Class::Light, Class::Future];
    let plain = |word: &usize| !verbs.iter().any(|class| page.is(*word, *class)) && !page.edges.opens(*word);
    let opens = (clause.words.start..closes).rev().take(NEAR + 2).take_while(plain).find(|word| page.is_comma(*word));
    opens.map_or(0, |opens| cue.start - opens)
}

/// The verb of another contact that a gerund depends on: the last one before it, or that of the clause behind its comma.
fn main_verb(page: &Page, cue: &Range<usize>, cues: &[&Entry]) -> Option<Range<usize>> {
    let gerund = |entry: &Entry| entry.is(Feature::Gerund);
    if cues.is_empty() || !cues.iter().all(|entry| gerund(entry)) {
        return None;
    }
    let sentence = page.cut.sentences[page.sentence_of(cue.start)].words.clone();
    let verb = |word: &usize| {
        let contact = |entry: &Entry| entry.class == Class::Contact && !entry.is(Feature::Noun);
        page.begins_hit(*word)
            && page.quote_of[*word] == page.quote_of[cue.start]
            && page.entries(*word).any(contact)
            && !page.entries(*word).any(gerund)
    };
    let before = (sentence.start..cue.start).rev().find(verb);
    let found = before.or_else(|| (cue.end..sentence.end).find(verb))?;
    Some(found..page.hit_end(found))
}

/// Was the first minister to visit the country: what somebody is the first to do he has done, where nothing says that he wants or will.
fn first_to(page: &Page, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let left = cue.start.saturating_sub(FIRST).max(sentence.start)..cue.start;
    let first = |word: &usize| page.entries(*word).any(|entry| entry.class == Class::Ordinal && entry.value == "1");
    let Some(first) = left.rev().take_while(|word| page.mark(*word).is_none_or(|mark| mark == '-')).find(first) else { return false };
    let open = [Class::Future, Class::Readiness, Class::Hypothetical, Class::Commit, Class::Negation, Class::Purpose];
    let before = first.saturating_sub(NEAR).max(sentence.start)..first;
    // (the first meeting to discuss it, the first chance to visit: an occasion and no person)
    let person = (first..cue.start).any(|word| [Class::Office, Class::Leader, Class::Delegate].iter().any(|class| page.is(word, *class)));
    person && !before.into_iter().any(|word| open.iter().any(|class| page.is(word, *class)))
}

/// The word before the one that opens a clause, behind a noun and perhaps a comma.
fn rumour(page: &Page, clause: &Clause, sentence: &Range<usize>) -> usize {
    let last = clause.words.start.saturating_sub(1);
    let opener = page.hits.at(last).map_or(last, |hit| page.hits.hits[hit].words.start);
    // (rumores de que X visitará)
    let linked = opener > 0 && (page.is_comma(opener - 1) || page.marks(opener - 1, "of"));
    let back = if linked { 2 } else { 1 };
    opener.saturating_sub(back).max(sentence.start)
}

/// No sitting president has met him: where a negation with a noun of its own opens the clause, nothing took place with anybody.
fn excludes_all(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    let start = clause.words.start;
    let no = (start..start + 2).find(|word| page.is(*word, Class::Negation));
    no.is_some_and(|no| cue.start > no + 2 && (no + 1..cue.start).any(|word| page.is(word, Class::Office) || page.is(word, Class::Leader)))
}

/// Macron besucht im Juli China: a single word that may be a participle is none where neither its clause ends behind it nor an auxiliary
/// or a word that no pack knows follows.
fn is_finite(page: &Page, cue: &Range<usize>) -> bool {
    let next = cue.end;
    let unknown = page.shape(next) == Shape::Lower && page.hits.at(next).is_none();
    cue.len() == 1 && !unknown && page.shape(next) != Shape::Mark && !page.is(next, Class::Light) && !page.is(next, Class::And)
}

/// The second session of their joint council: what is said of the session is said of the council.
fn session_of(page: &Page, clause: &Clause, cue: &Range<usize>) -> Option<Range<usize>> {
    let noun = (cue.start.saturating_sub(9).max(clause.words.start)..cue.start).rev().find(|word| page.is(*word, Class::Contact))?;
    let session = &page.hits.hits[page.hits.at(noun)?].words;
    let all_nouns = page.entries(noun).any(|entry| entry.class == Class::Contact && entry.is(Feature::Noun));
    let linked = page.marks(session.end, "of")
        && (session.end + 1..cue.start)
            .all(|word| !page.is(word, Class::Marker) && (page.mark(word).is_none() || page.mark(word) == Some('-')));
    (all_nouns && linked && session.end < cue.start).then(|| session.clone())
}

/// The verb of attending directly before a noun: what is said of it is said of what is attended.
fn attended_by(page: &Page, clause: &Clause, cue: &Range<usize>) -> Option<Range<usize>> {
    let before = (cue.start.saturating_sub(12).max(clause.words.start)..cue.start).rev().find(|word| page.is(*word, Class::Contact))?;
    let verb = &page.hits.hits[page.hits.at(before)?].words;
    let attends = |entry: &Entry| entry.class == Class::Contact && entry.value == "conference.attend" && !entry.is(Feature::Noun);
    (page.entries(before).any(attends) && verb.end <= cue.start).then(|| verb.clone())
}

/// Whether the verb before an infinitive, and before others that stand beside it (to attend the summit and to pay a visit), tells a
/// journey as done.
fn has_arrived(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    let finite = |entry: &Entry| entry.class == Class::Contact && !entry.features.any(&[Feature::Noun, Feature::Infinitive]);
    let verb = |word: &usize| page.begins_hit(*word) && page.entries(*word).any(finite);
    let before = (clause.words.start..cue.start).rev().find(verb);
    before.is_some_and(|word| {
        let journey = |entry: &Entry| entry.class == Class::Contact && entry.value == "visit.go" && entry.is(Feature::Past);
        page.entries(word).any(journey) && !(clause.words.start..word).any(|word| page.is(word, Class::Future))
    })
}

/// Whether an offer stands before the comma that opens a clause.
fn opened_by_offer(page: &Page, clause: &Clause, sentence: &Range<usize>) -> bool {
    let proposes =
        |word: usize| page.entries(word).any(|entry| matches!(entry.class, Class::Commit | Class::Status) && entry.value == "proposed");
    (clause.words.start.saturating_sub(6).max(sentence.start)..clause.words.end)
        .any(|word| proposes(word) && (page.hit_end(word)..page.hit_end(word) + 2).any(|after| page.is_comma(after)))
}

/// Will have an audience with A and a meeting with B: a noun before another that stands under the same verb.
fn shares_verb(page: &Page, noun: usize, cue: &Range<usize>) -> bool {
    let between = page.hit_end(noun)..cue.start;
    let verb = |word: usize| {
        let contact = page.entries(word).any(|entry| entry.class == Class::Contact && !entry.is(Feature::Noun));
        contact || [Class::Light, Class::Say, Class::Future, Class::Status].iter().any(|class| page.is(word, *class))
    };
    page.has_feature(noun, Class::Contact, Feature::Noun)
        && between.clone().any(|word| page.is(word, Class::And))
        && !between.clone().any(|word| verb(word) || page.edges.opens(word))
}

/// Offered to host talks, called for a summit: a proposal whose object is the noun.
fn calls_for(page: &Page, cue: &Range<usize>) -> bool {
    let start = page.cut.sentences[page.sentence_of(cue.start)].words.start;
    let plain = |word: &usize| page.mark(*word).is_none() && !page.is(*word, Class::Marker) && !page.is(*word, Class::Contact);
    let proposes = |word: usize| page.entries(word).any(|entry| entry.class == Class::Commit && entry.value == "proposed");
    (cue.start.saturating_sub(4).max(start)..cue.start).rev().take_while(|word| proposes(*word) || plain(word)).any(proposes)
}

/// Will assess the meeting: a future word directly before a verb that no pack knows, in a clause without a light verb.
fn of_another_verb(page: &Page, word: usize, clause: &Clause) -> bool {
    let next = page.hit_end(word);
    let verb = page.shape(next) == Shape::Lower && page.hits.at(next).is_none() && page.quantity_of.get(next).is_some_and(Option::is_none);
    verb && page.written(next).chars().count() >= 4 && !(next..clause.words.end).any(|word| page.is(word, Class::Light))
}

/// A light verb in the present tense only (is paying a visit, face o vizită).
fn happens_now(page: &Page, left: &Range<usize>, right: &Range<usize>) -> bool {
    let light = left
        .clone()
        .rev()
        .chain(right.clone())
        .find(|word| page.begins_hit(*word) && page.entries(*word).any(|entry| entry.class == Class::Light && entry.value == "held"));
    light.is_some_and(|word| {
        let has = |feature| page.has_feature(word, Class::Light, feature);
        has(Feature::Present) && !has(Feature::Past) && !has(Feature::Participle)
    })
}

/// Whether the verb that governs a noun, or another before it, is to come.
fn travels_to(page: &Page, clause: &Clause, cue: &Range<usize>) -> bool {
    let before = (clause.words.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.is(*word, Class::Contact));
    let future = before.is_some_and(|word| page.has_feature(word, Class::Contact, Feature::Future));
    future
        || clause::governing(page, clause, cue).is_some_and(|verb| {
            let entries: Vec<&Entry> = page.entries(verb.words.start).filter(|entry| entry.class == Class::Contact).collect();
            told(page, &clause::around(page, &verb.words), &verb.words, &entries, false).status == Some(ContactStatus::Planned)
        })
}

/// What the verb of contact before a noun says of itself, where the noun only names the occasion during which it happens.
fn occasion_of(page: &Page, clause: &Clause, cue: &Range<usize>) -> Option<ContactStatus> {
    within_at(page, cue).filter(|word| page.marks(*word, "during"))?;
    let verb = |entry: &&Entry| entry.class == Class::Contact && !entry.is(Feature::Noun);
    let before =
        (clause.words.start..cue.start).rev().find(|word| page.begins_hit(*word) && page.entries(*word).any(|entry| verb(&entry)))?;
    let entries: Vec<&Entry> = page.entries(before).filter(verb).collect();
    let words = page.hits.hits[page.hits.at(before)?].words.clone();
    told(page, &clause::around(page, &words), &words, &entries, false).status
}

/// A preposition that puts what is told into or after the occasion (during the talks, after the visit).
fn within_it(page: &Page, cue: &Range<usize>) -> bool {
    within_at(page, cue).is_some()
}

/// Such a preposition before a noun, with no more than an article, a number and a name between.
fn within_at(page: &Page, cue: &Range<usize>) -> Option<usize> {
    let small = |word: &usize| {
        let counted = page.quantity_of[*word].is_some() || page.shape(*word) == Shape::Number || page.mark(*word) == Some('.');
        *word + 3 >= cue.start || counted || [Class::Article, Class::Ordinal, Class::Marker].iter().any(|class| page.is(*word, *class))
    };
    let start = page.cut.sentences[page.sentence_of(cue.start)].words.start;
    let before = (cue.start.saturating_sub(7).max(start)..cue.start).rev().take_while(small);
    before.filter(|word| !page.marks(*word, "in")).find(|word| page.marks(*word, "during") || page.marks(*word, "after"))
}

/// In a telephone call with X, Y proposed: what is said there is said in it.
fn in_talks(page: &Page, cue: &Range<usize>) -> bool {
    // at the SCO summit, in the latest Russian-Turkish talks
    let describes = [Class::Article, Class::Modifier, Class::Organization, Class::State, Class::Ordinal];
    let before = (cue.start.saturating_sub(5)..cue.start)
        .rev()
        .find(|word| page.mark(*word) != Some('-') && !describes.iter().any(|class| page.is(*word, *class)));
    // refused to take part in the talks
    let attended = |word: usize| {
        (word.saturating_sub(2)..word)
            .any(|verb| page.entries(verb).any(|entry| entry.class == Class::Contact && entry.value == "conference.attend"))
    };
    // (při odletu na summit: what a word of planning governs)
    let planned = |word: usize| {
        let entries = || page.entries(word).filter(|entry| entry.class == Class::Status);
        entries().any(|entry| entry.value == "planned")
    };
    let governed = |word: usize| word > 0 && planned(word - 1);
    before.is_some_and(|word| (page.marks(word, "in") || page.marks(word, "at")) && !attended(word) && !governed(word))
}

/// A preposition that puts the occasion after the day of the text (ahead of the summit).
fn before_it(page: &Page, cue: &Range<usize>) -> bool {
    let directly = (cue.start.saturating_sub(4)..cue.start).any(|word| page.marks(word, "before"));
    // before leaving for the summit
    let start = page.cut.sentences[page.sentence_of(cue.start)].words.start;
    let goal = (cue.start.saturating_sub(4).max(start)..cue.start).find(|word| page.marks(*word, "to") || page.marks(*word, "for"));
    let plain = |word: &usize| page.mark(*word).is_none();
    let leaving = |goal: usize| (goal.saturating_sub(4).max(start)..goal).rev().take_while(plain).any(|word| page.marks(word, "before"));
    directly || goal.is_some_and(leaving)
}
