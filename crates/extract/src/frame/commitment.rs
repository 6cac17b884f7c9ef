//! Commitments: what was agreed, pledged, instructed or proposed.
//!
//! In: a page and its cast. Out: undertakings with the clause that says what is to be done.
//! Never: takes readiness, hope or interest for an undertaking.

use super::conference::names_sitting;
use crate::cast::Cast;
use crate::discourse;
use crate::page::Page;
use crate::party::Head;
use crate::quantity::{Lean, QuantityKind};
use crate::when::Calendar;
use chancery_language::{Class, Entry, Feature, Shape};
use chancery_model::{Basis, Commitment, CommitmentStatus, Modality, Part};
use std::ops::Range;

/// Fewest words of an action.
const SHORTEST: usize = 4;

/// Finds commitments.
pub(crate) fn find(page: &Page, cast: &Cast, calendar: &Calendar) -> Vec<Commitment> {
    let mut found: Vec<Commitment> = Vec::new();
    for (index, sentence) in page.cut.sentences.iter().enumerate() {
        // a headline says what the text says again
        if !page.tells(index) || page.part(index) == Part::Headline {
            continue;
        }
        for verb in sentence.words.clone() {
            if !page.begins_hit(verb) {
                continue;
            }
            let Some(entry) = page.entry(verb, Class::Commit) else { continue };
            let Ok(status) = entry.value.parse::<CommitmentStatus>() else { continue };
            let hit = page.hits.at(verb).map(|hit| &page.hits.hits[hit]);
            let end = hit.map_or(verb + 1, |hit| hit.second.as_ref().map_or(hit.words.end, |second| second.end));
            // between the parts of a verb (sagte ... zu), where there is any
            let within = hit.and_then(|hit| Some(hit.words.end..hit.second.as_ref()?.start)).filter(|within| within.len() >= SHORTEST);
            let before = verb.saturating_sub(4).max(sentence.words.start)..verb;
            let unsure = [Class::Negation, Class::Hypothetical, Class::Readiness]
                .iter()
                .any(|class| before.clone().any(|word| page.is(word, *class)));
            // (will der Ukraine keine Panzer liefern)
            let denied = within.clone().is_some_and(|mut within| within.any(|word| page.is(word, Class::Negation)));
            if unsure
                || denied
                || status != CommitmentStatus::Pledged && is_to_come(page, verb, entry)
                || attributive(page, verb, sentence.words.start)
                || described(page, verb, status, sentence.words.start)
            {
                continue;
            }
            // within a quotation the action ends with it
            let quoted = page.quote_of[verb].map_or(usize::MAX, |quote| page.quotes[quote].words.end);
            let stop = sentence.words.end.min(quoted);
            let asked = status == CommitmentStatus::Proposed && whom(cast, index, end);
            let mut actions = match within {
                // a verb at the end of its clause: what it tells of stands before it
                Some(within) if entry.is(Feature::Future) => vec![within],
                within => {
                    let behind = actions(page, end, stop, status, asked);
                    let object = within
                        .filter(|within| behind.is_empty() && status == CommitmentStatus::Pledged && !names_person(cast, index, within));
                    behind.into_iter().chain(object).collect()
                }
            };
            // will visit: a contact that is planned
            let is_contact = |action: &Range<usize>| action.clone().take(SHORTEST).any(|word| page.is(word, Class::Contact));
            actions.retain(|action| !only_with_whom(cast, index, action) && !is_name(page, action));
            if entry.is(Feature::Future) {
                actions.retain(|action| !is_contact(action));
            }
            let called = actions.first().map(|action| end..action.start).filter(|_| status == CommitmentStatus::Proposed);
            // rief die EU dazu auf, ...: between the parts of a verb, too
            let inner = hit.and_then(|hit| Some(hit.words.end..hit.second.as_ref()?.start));
            let called = called.map(|between| {
                let behind = called_on(cast, index, &between);
                inner.filter(|_| behind.is_empty()).map_or(behind, |inner| called_on(cast, index, &inner))
            });
            let called = called.filter(|states| !states.is_empty());
            let parties = match called {
                Some(called) => called,
                None if entry.is(Feature::Future) && !has_subject(page, cast, index, verb) => continue,
                None => parties(page, cast, index, verb, status),
            };
            // two who pledge, or both sides, agree
            let status = match status {
                CommitmentStatus::Pledged if parties.len() >= 2 => CommitmentStatus::Agreed,
                other => other,
            };
            // (the states of the EU decided: they agree with each other)
            let united = |party: &String| page.reference.members(party).nth(1).is_some();
            let alone = parties.len() < 2 && !parties.iter().any(united);
            if parties.is_empty() || status == CommitmentStatus::Agreed && alone {
                continue;
            }
            for action in actions {
                let Some(span) = page.span(&action) else { continue };
                let due = page.quantities_in(&action).iter().find_map(|quantity| match &quantity.kind {
                    QuantityKind::Date(date) => calendar.resolve(page, cast, date, Lean::Future).map(|dated| dated.value),
                    _ => None,
                });
                let weak = entry.is(Feature::Weak);
                let evidence = page.span(&(verb..action.end)).into_iter().collect();
                found.push(Commitment {
                    parties: parties.clone(),
                    status,
                    action: span,
                    due,
                    basis: Basis {
                        modality: Modality::Asserted,
                        side: None,
                        rule: format!("commitment.{status}"),
                        confidence: if weak { 0.6 } else { 0.8 },
                        evidence,
                    },
                });
            }
        }
    }
    // one clause is one undertaking
    found.sort_by_key(|commitment| (commitment.action.start(), std::cmp::Reverse(commitment.action.end())));
    let mut kept: Vec<Commitment> = Vec::new();
    for commitment in found {
        if !kept.iter().any(|known| known.action.overlaps(commitment.action)) {
            kept.push(commitment);
        }
    }
    kept
}

/// They will agree, will call for: nobody has yet.
fn is_to_come(page: &Page, verb: usize, entry: &Entry) -> bool {
    let ahead = (verb.saturating_sub(2)..verb).any(|word| page.is(word, Class::Future));
    entry.is(Feature::Future) || entry.is(Feature::Infinitive) && ahead
}

/// Whether somebody stands right behind the verb: called on Turkey, invited him.
fn whom(cast: &Cast, sentence: usize, end: usize) -> bool {
    let mut parties = cast.in_sentence(sentence).map(|party| &cast.parties[party]);
    parties.any(|party| {
        (end..end + 2).contains(&party.words.start) && party.head != Head::Organization && !party.possessive && !party.adjective
    })
}

/// Agreed with the prime minister of B: whether a stretch only says with whom.
fn only_with_whom(cast: &Cast, sentence: usize, words: &Range<usize>) -> bool {
    let mut parties = cast.in_sentence(sentence).map(|party| &cast.parties[party]);
    parties.any(|party| {
        party.marked("with") && (words.start..words.start + 2).contains(&party.words.start) && party.words.end + 1 >= words.end
    })
}

/// Committed to the North American Trade Agreement: a name is nothing that is to be done.
fn is_name(page: &Page, words: &Range<usize>) -> bool {
    let named = |word: usize| matches!(page.shape(word), Shape::Capital | Shape::Upper) || page.mark(word) == Some('-');
    !page.pack.settings.nouns_are_capitalised && words.clone().all(|word| named(word) || page.is(word, Class::Article))
}

/// Whether a stretch names a person: then it holds the subject.
fn names_person(cast: &Cast, sentence: usize, words: &Range<usize>) -> bool {
    cast.in_sentence(sentence).any(|party| words.contains(&cast.parties[party].words.start) && !cast.meanings[party].people.is_empty())
}

/// Whether somebody stands before the verb who can be its subject: Germany will provide, which a pipeline does as well.
fn has_subject(page: &Page, cast: &Cast, sentence: usize, verb: usize) -> bool {
    let nearest = cast.in_sentence(sentence).rev().map(|party| &cast.parties[party]).find(|party| party.words.end <= verb);
    let near = verb.saturating_sub(2).max(page.cut.sentences[sentence].words.start)..verb;
    nearest.is_some_and(|party| party.words.end + 2 >= verb && party.markers.is_empty() && !party.possessive && !party.adjective)
        || near.into_iter().any(|word| page.has_feature(word, Class::Place, Feature::Capital))
}

/// Several invited states, the agreed measures: a participle before its noun tells of no undertaking.
fn attributive(page: &Page, verb: usize, start: usize) -> bool {
    let entries = || page.entries(verb).filter(|entry| entry.class == Class::Commit);
    let participle = entries().any(|entry| entry.is(Feature::Participle))
        && !entries().any(|entry| entry.features.any(&[Feature::Noun, Feature::Infinitive]));
    verb > start
        && participle
        && page.hit_end(verb) == verb + 1
        && page.shape(verb + 1) == Shape::Lower
        && !page.begins_hit(verb + 1)
        && [Class::Article, Class::Number, Class::Modifier].iter().any(|class| page.is(verb - 1, *class))
}

/// Those who advocate it, the guests who were invited; the Pacific Command: neither proposes nor tasks anybody here.
fn described(page: &Page, verb: usize, status: CommitmentStatus, start: usize) -> bool {
    let relative = (verb.saturating_sub(2).max(start)..verb).any(|word| page.is(word, Class::Relative) && !page.is(word, Class::Article));
    let name = page.shape(verb) == Shape::Capital && verb > start && !page.pack.settings.nouns_are_capitalised;
    relative && status == CommitmentStatus::Proposed || name
}

/// Called on Turkey to ...: whoever stands between the verb and what is to be done would be bound.
fn called_on(cast: &Cast, sentence: usize, between: &Range<usize>) -> Vec<String> {
    let mut states: Vec<String> = Vec::new();
    for party in cast.in_sentence(sentence) {
        let found = &cast.parties[party];
        // (rief die EU dazu auf: what looks like an adjective ends the stretch)
        let noun = !found.adjective || found.words.end + 1 >= between.end;
        let object = between.contains(&found.words.start) && found.words.end <= between.end && !found.possessive && noun;
        if object
            && ["", "on", "to", "of", "from", "at"]
                .iter()
                .any(|marker| if marker.is_empty() { found.markers.is_empty() } else { found.marked(marker) })
        {
            for state in &cast.meanings[party].states {
                if !states.contains(state) {
                    states.push(state.clone());
                }
            }
        }
    }
    states
}

/// Zavázalo se Německo; not: Škoda pledged to supply Egypt, Siemens sagte Ägypten Züge zu. Whether what stands behind a verb may be its
/// subject: nothing but small words between, and no name before the verb.
fn is_inverted(page: &Page, verb: usize, words: &Range<usize>) -> bool {
    let small = |word: usize| [Class::Pronoun, Class::Article, Class::Modifier].iter().any(|class| page.is(word, *class));
    let between = page.hit_end(verb)..words.start.max(page.hit_end(verb));
    let mut between = between.filter(|word| !small(*word) && page.written(*word).chars().count() > 2);
    let named = verb.checked_sub(1).is_some_and(|before| {
        matches!(page.shape(before), Shape::Capital | Shape::Upper)
            && page.hits.at(before).is_none()
            && page.sentence_of(before) == page.sentence_of(verb)
    });
    between.next().is_none() && !named
}

/// States bound: those of the subject; both sides where a plural is the subject or the undertaking is mutual.
fn parties(page: &Page, cast: &Cast, sentence: usize, verb: usize, status: CommitmentStatus) -> Vec<String> {
    let mut states: Vec<String> = Vec::new();
    let mut plural = false;
    // one side pledges: who stands nearest before the verb, with the list around
    let nearest = cast.in_sentence(sentence).rev().map(|party| &cast.parties[party]).find(|party| {
        let theirs = party.head == Head::Pronoun && party.pronoun.as_ref().is_some_and(|(_, possessive)| *possessive);
        let free = party.markers.is_empty() && !party.possessive && !party.adjective && !party.oblique && !theirs;
        party.words.end <= verb && free && page.quote_of[party.words.start] == page.quote_of[verb]
    });
    // A met B and pledged: whose verb it is
    let nearest = subject_of_both(page, cast, sentence, verb).map(|party| &cast.parties[party]).or(nearest);
    // he received him, and both pledged
    let nearest = nearest.filter(|party| {
        !(party.words.end..verb).any(|word| page.is(word, Class::Pronoun) && !page.has_feature(word, Class::Pronoun, Feature::Possessive))
    });
    // A and B agreed: nobody else
    let several = nearest.is_some_and(|nearest| {
        let group = cast.in_sentence(sentence).filter(|party| cast.parties[*party].group == nearest.group);
        group.filter(|party| cast.parties[*party].words.end <= verb && !cast.meanings[*party].states.is_empty()).count() >= 2
    });
    for party in cast.in_sentence(sentence) {
        let found = &cast.parties[party];
        if found.words.start >= verb + 12 || page.quote_of[found.words.start] != page.quote_of[verb] {
            continue;
        }
        let with = status == CommitmentStatus::Agreed && (!several || found.marked("with"));
        if !with && nearest.is_some_and(|nearest| nearest.group != found.group) {
            continue;
        }
        let subject = found.words.end <= verb || found.words.start <= verb + 4 && is_inverted(page, verb, &found.words);
        // obě strany se zavazují: a reflexive that is a preposition too
        let both = found.head == Head::Pronoun && found.plural && found.words.end <= verb && found.words.end + 2 >= verb;
        let acts = found.markers.is_empty() || both || status == CommitmentStatus::Agreed && found.marked("with");
        // pledged to the Ukrainian president: the addressee is not bound
        let object = found.words.start > verb && status != CommitmentStatus::Agreed && !states.is_empty();
        if subject && acts && !object && !found.possessive && !found.adjective && !names_sitting(page, cast, party) {
            let of_people: Vec<String> =
                cast.meanings[party].people.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
            let found = if of_people.is_empty() { &cast.meanings[party].states } else { &of_people };
            for state in found {
                if !states.contains(state) {
                    states.push(state.clone());
                }
            }
            let found = &cast.parties[party];
            plural |= found.plural
                && cast.meanings[party].states.is_empty()
                && matches!(found.head, Head::Pronoun | Head::Office | Head::Delegates | Head::Leader);
        }
    }
    // Yerevan undertook: the capital stands for its government
    let near = verb.saturating_sub(3).max(page.cut.sentences[sentence].words.start)..verb;
    if states.is_empty() && !plural {
        let capital = near.rev().find(|word| page.begins_hit(*word) && page.has_feature(*word, Class::Place, Feature::Capital));
        let free = |word: &usize| word.checked_sub(1).is_none_or(|before| !page.is(before, Class::Marker) && !page.is_comma(before));
        let of = |word: usize| page.entry(word, Class::Place).and_then(|entry| entry.value.rsplit(", ").next().map(str::to_owned));
        states.extend(capital.filter(free).and_then(of));
    }
    if plural || states.is_empty() || status == CommitmentStatus::Agreed && states.len() == 1 {
        let pair = discourse::pair(page, cast, verb);
        let mut of_pair: Vec<String> = pair.iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect();
        if plural && states.is_empty() && of_pair.len() < 2 {
            of_pair = discourse::state_pair(page, cast, verb);
        }
        let told = told_before(page, cast, sentence);
        if plural && states.is_empty() && told.len() > 2 {
            of_pair = told;
        } else if let (Some(near), true) = (named_last(page, cast, sentence, verb), plural && states.is_empty())
            && !of_pair.contains(&near)
            && of_pair.len() == 2
        {
            of_pair[1] = near;
        }
        // France has agreed to deliver: only one of the two of whom the text speaks agrees with the other
        let other = status == CommitmentStatus::Agreed && !plural && states.iter().any(|state| !of_pair.contains(state));
        if !other && (plural || status == CommitmentStatus::Agreed || of_pair.is_empty()) {
            for state in of_pair {
                if !states.contains(&state) {
                    states.push(state);
                }
            }
        } else if !other && let Some(character) = discourse::focus(page, cast, verb, None) {
            states.extend(cast.states_of(character).first().cloned());
        }
    }
    if status != CommitmentStatus::Agreed && !plural {
        states.truncate(2);
    }
    states
}

/// A met B and pledged, A congratulated B and promised: whoever stands before the first of two verbs that a conjunction joins.
fn subject_of_both(page: &Page, cast: &Cast, sentence: usize, verb: usize) -> Option<usize> {
    let start = page.cut.sentences[sentence].words.start;
    let joined = (verb.saturating_sub(2).max(start)..verb).any(|word| page.is(word, Class::And));
    let noun = |word: usize| [Class::Contact, Class::Say].iter().any(|class| page.has_feature(word, *class, Feature::Noun));
    let acts = |word: &usize| page.begins_hit(*word) && (page.is(*word, Class::Contact) || page.is(*word, Class::Say)) && !noun(*word);
    let first = (start..verb.saturating_sub(1)).rev().find(acts).filter(|_| joined)?;
    // (a clause of its own between them has its own subject)
    let apart = (first..verb).any(|word| page.edges.opens(word) || page.mark(word) == Some(';'));
    let subject = |party: &usize| {
        let found = &cast.parties[*party];
        let free = found.markers.is_empty() && !found.possessive && !found.adjective && !found.oblique;
        free && found.words.end <= first && page.quote_of[found.words.start] == page.quote_of[verb]
    };
    let object = |party: usize| (first..verb).contains(&cast.parties[party].words.start);
    let between = cast.in_sentence(sentence).any(object);
    cast.in_sentence(sentence).rev().find(subject).filter(|party| between && !apart && !cast.meanings[*party].states.is_empty())
}

/// The statesmen agreed: the states of everybody whom the sentence before in the paragraph names.
fn told_before(page: &Page, cast: &Cast, sentence: usize) -> Vec<String> {
    let paragraph = page.cut.sentences[sentence].paragraph;
    let Some(before) = sentence.checked_sub(1).filter(|before| page.cut.sentences[*before].paragraph == paragraph) else {
        return Vec::new();
    };
    let mut states: Vec<String> = Vec::new();
    for party in cast.in_sentence(before).filter(|party| !cast.parties[*party].possessive) {
        for character in &cast.meanings[party].people {
            states.extend(
                cast.states_of(*character).first().filter(|state| !states.contains(*state)).cloned().into_iter().collect::<Vec<_>>(),
            );
        }
    }
    states
}

/// The state named last before a word in its paragraph, at most three sentences back.
fn named_last(page: &Page, cast: &Cast, sentence: usize, word: usize) -> Option<String> {
    let paragraph = page.cut.sentences[sentence].paragraph;
    let from = (sentence.saturating_sub(3)..=sentence).find(|near| page.cut.sentences[*near].paragraph == paragraph)?;
    let parties = cast.in_sentence(from).start..cast.in_sentence(sentence).end;
    parties.rev().filter(|party| cast.parties[*party].words.end <= word).find_map(|party| {
        let character = cast.meanings[party].people.first()?;
        cast.states_of(*character).first().cloned()
    })
}

/// The clauses after the verb: what is to be done. Parallel purposes are actions of their own. Where somebody is `asked`, only
/// what a clause says is to be done.
fn actions(page: &Page, from: usize, end: usize, status: CommitmentStatus, asked: bool) -> Vec<Range<usize>> {
    // ..., the ministry said
    let said = (from..end).find(|word| page.is(*word, Class::Say) && page.begins_hit(*word));
    let aside = said.and_then(|said| (said.saturating_sub(8).max(from)..said).rev().find(|word| page.is_comma(*word)));
    let mut stop = aside.filter(|aside| !(*aside..end).any(|word| page.is(word, Class::That))).unwrap_or(end);
    while stop > from && page.shape(stop - 1) == Shape::Mark {
        stop -= 1;
    }
    // to Washington; a step that will ..., behind a comma
    // (an article may stand between)
    let somewhere = |word: usize| {
        let place = if page.is(word + 1, Class::Article) { word + 2 } else { word + 1 };
        page.is(word, Class::Marker) && [Class::Place, Class::State].iter().any(|class| page.is(place, *class))
    };
    let relative = |word: usize| {
        page.is(word, Class::That) && word > from && !page.is_comma(word - 1) && (from..word).any(|before| page.is_comma(before))
    };
    // raise trade to 10 billion: how far, and not what for
    let how_far = |word: usize| page.is(word, Class::Marker) && page.quantity_of.get(word + 1).is_some_and(Option::is_some);
    let opens = |word: usize| {
        (page.is(word, Class::Purpose) || page.is(word, Class::That)) && !somewhere(word) && !how_far(word) && !relative(word)
    };
    // another clause: pledged support as it tries to ...; agreed upon and ...
    let ends = |word: usize| !opens(word) && (page.is(word, Class::Clause) || word == from && page.is(word, Class::And));
    if ends(from) || matches!(page.mark(from), Some('–' | '—' | '-' | ';')) {
        return Vec::new();
    }
    let near = from..stop.min(from + 14);
    let Some(first) = near.take_while(|word| !ends(*word)).find(|word| opens(*word)) else {
        if asked {
            return Vec::new();
        }
        // announced it will host the meeting, a step that ...
        let comma =
            (from..stop).find(|word| page.is_comma(*word) && *word >= from + SHORTEST && (*word..stop).any(relative) || ends(*word));
        let stop = comma.unwrap_or(stop);
        // (na otevření ambasád)
        let marked = page.is(from, Class::Marker) && status == CommitmentStatus::Agreed;
        let shortest = if marked { SHORTEST - 1 } else { SHORTEST };
        let whole = (stop.saturating_sub(from) >= shortest && !page.is_comma(from)).then_some(from..stop);
        return whole.into_iter().collect();
    };
    let keeps = page.is(first, Class::Purpose);
    // an infinitive group after a comma (Anweisung, ein Programm zu erstellen) begins at the comma
    let comma = (from..first).find(|word| page.is_comma(*word)).filter(|comma| keeps && first - comma > 1);
    // agreed to continue contacts, to hold ...: the purpose word of the first action is part of the cue
    let named = || (from..first).any(|word| page.is(word, Class::State) || page.is(word, Class::Office) || page.is(word, Class::Body));
    // (called on Turkey, that ...: whom it is asked of is no action)
    // agreed on Tuesday, 16 December, to ...
    let dated = page.quantities_in(&(from..first)).iter().any(|quantity| matches!(quantity.kind, QuantityKind::Date(_)));
    // called for an end to arms sales: the noun is what is called for (on the administration to act: whom it is asked of)
    let indefinite = page.is(from, Class::Article) && page.is(from, Class::Number);
    let noun = status == CommitmentStatus::Proposed && keeps && comma.is_none() && first > from + 1 && indefinite;
    let swallowed = noun || first > from + 1 && page.is_comma(first - 1) && !dated && !(status == CommitmentStatus::Proposed && named())
        // called for closer ties to ...: the preposition of the cue opens the action
        || keeps && comma.is_none() && first > from + 3 && !(from..first).any(|word| page.is(word, Class::State) || page.is(word, Class::Office) || page.shape(word) == Shape::Capital);
    let start = if swallowed { from } else { comma.map_or(if keeps { first } else { page.hit_end(first) }, |comma| comma + 1) };
    let mut starts = vec![start];
    if swallowed && page.is_comma(first - 1) {
        starts.push(first);
    }
    for word in first.max(start) + 1..stop {
        let parallel = opens(word) && word > start + SHORTEST && (page.is_comma(word - 1) || page.is(word - 1, Class::And));
        // ... zu erstellen und ... zu beschleunigen
        let closed =
            comma.is_some() && page.is(word - 1, Class::And) && word >= 3 && page.is(word - 3, Class::Purpose) && (word..stop).any(opens);
        if parallel || closed {
            starts.push(word);
        }
    }
    let mut actions = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        if page.is(*start, Class::And) {
            continue;
        }
        let mut end = starts.get(index + 1).copied().unwrap_or(stop);
        while end > *start && (page.is_comma(end - 1) || page.is(end - 1, Class::And)) {
            end -= 1;
        }
        // (die Zusammenarbeit auszubauen: a clause behind a comma)
        // (to open embassies)
        let shortest = if comma.is_some() || *start == first { SHORTEST - 1 } else { SHORTEST };
        if end.saturating_sub(*start) >= shortest {
            actions.push(*start..end);
        }
    }
    actions
}
