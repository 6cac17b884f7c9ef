//! Standings: offices held, memberships, chairs, partnerships.
//!
//! In: a page and its cast. Out: what states and persons are. Never: an office that the text does not
//! name with its holder.

use super::chair;
use crate::cast::Cast;
use crate::discourse;
use crate::page::Page;
use crate::party::Head;
use crate::quantity::{Lean, QuantityKind};
use crate::when::Calendar;
use chancery_language::{Class, Shape};
use chancery_model::{Basis, Doubt, Edtf, EdtfValue, Modality, Party as ClaimParty, Relation, Role, Standing};
use std::ops::Range;

/// Words within which a list of members begins behind its word, and goes on.
const LIST_BEGINS: usize = 12;
const LIST_GOES_ON: usize = 6;

/// Finds standings; a membership that the tables deny is a doubt.
pub(crate) fn find(page: &Page, cast: &Cast, calendar: &Calendar, doubts: &mut Vec<Doubt>) -> Vec<Standing> {
    let mut found = offices(page, cast);
    for (index, sentence) in page.cut.sentences.iter().enumerate() {
        if !page.tells(index) {
            continue;
        }
        for word in sentence.words.clone().filter(|word| page.begins_hit(*word)) {
            let Some(entry) = page.entry(word, Class::Standing) else { continue };
            let near = word.saturating_sub(3).max(sentence.words.start)..word;
            if [Class::Negation, Class::Hypothetical, Class::Future].iter().any(|class| near.clone().any(|word| page.is(word, *class))) {
                continue;
            }
            match entry.value.split_once(':') {
                Some(("partnership", name)) => partnership(page, cast, index, word, name, &mut found),
                named => {
                    let (value, of) = named.map_or((entry.value.as_str(), None), |(value, of)| (value, Some(of)));
                    membership(page, cast, calendar, index, word, (value, of), (&mut found, doubts));
                }
            }
        }
    }
    members_in_brackets(page, cast, &mut found);
    // the fuller name of a partnership holds the shorter
    let names: Vec<(String, String, String)> = found
        .iter()
        .filter_map(|standing| Some((standing.subject.name.clone(), standing.object.clone(), standing.name.clone()?)))
        .collect();
    found.retain(|standing| {
        let Some(name) = &standing.name else { return true };
        let pair =
            |a: &str, b: &str| standing.subject.name == a && standing.object == b || standing.subject.name == b && standing.object == a;
        !names.iter().any(|(a, b, other)| other != name && other.contains(name.as_str()) && pair(a, b))
    });
    found
}

/// Whether the tables know the members of an organization, at any time, and the state as none of them.
fn is_denied(page: &Page, state: &str, relation: Relation, organization: &str) -> bool {
    let mut members = page.reference.members(organization).peekable();
    relation == Relation::Member
        && page.reference.state(state).is_some()
        && members.peek().is_some()
        && !members.any(|member| member == state)
}

fn basis(rule: &str, confidence: f32, page: &Page, words: &Range<usize>) -> Option<Basis> {
    let span = page.span(words)?;
    Some(Basis { modality: Modality::Asserted, side: None, rule: rule.to_owned(), confidence, evidence: vec![span] })
}

fn offices(page: &Page, cast: &Cast) -> Vec<Standing> {
    let mut found = Vec::new();
    for (index, character) in cast.characters.iter().enumerate() {
        let special = |of: &str| {
            let ministry = [Role::ForeignMinister, Role::DeputyForeignMinister, Role::Ambassador];
            character.offices.iter().any(|(office, _)| office.of == of && ministry.contains(&office.role))
        };
        for (office, words) in &character.offices {
            // "the minister" of somebody whose ministry the text names elsewhere
            if matches!(office.role, Role::Minister) && special(&office.of) {
                continue;
            }
            // the president, said of one who is only elected
            if !page.tells(page.sentence_of(words.start)) || character.elect.contains(&office.role) {
                continue;
            }
            let (Some(span), Some(basis)) = (page.span(words), basis("standing.office", 0.9, page, words)) else { continue };
            let acting = cast.parties.iter().any(|party| party.words == *words && party.acting);
            found.push(Standing {
                subject: cast.claim_party(page, index, None),
                relation: Relation::HoldsOffice,
                object: office.to_string(),
                name: acting.then(|| "acting".to_owned()),
                period: None,
                span,
                basis,
            });
        }
    }
    found
}

fn state_party(code: &str, page: &Page, words: &Range<usize>) -> ClaimParty {
    ClaimParty { name: code.to_owned(), qid: None, office: None, span: page.span(words), inferred: None }
}

fn push(found: &mut Vec<Standing>, standing: Standing) {
    let known = found.iter_mut().find(|known| {
        known.relation == standing.relation
            && known.name == standing.name
            && (known.subject.name == standing.subject.name && known.object == standing.object
                || standing.relation == Relation::Partnership
                    && known.subject.name == standing.object
                    && known.object == standing.subject.name)
    });
    match known {
        Some(known) => known.period = known.period.clone().or(standing.period),
        None => found.push(standing),
    }
}

/// A named relation of two states: those of the sentence, or the pair the text is about.
fn partnership(page: &Page, cast: &Cast, sentence: usize, word: usize, name: &str, found: &mut Vec<Standing>) {
    let words = word..page.hit_end(word);
    let quote_speaker_pair = || -> Vec<String> {
        discourse::pair(page, cast, word).iter().filter_map(|character| cast.states_of(*character).first().cloned()).collect()
    };
    let mut states: Vec<String> = Vec::new();
    for party in cast.in_sentence(sentence) {
        let named = &cast.parties[party];
        if matches!(named.head, Head::State) {
            for state in &cast.meanings[party].states {
                if page.reference.state(state).is_some() && !states.contains(state) {
                    states.push(state.clone());
                }
            }
        }
    }
    if states.len() != 2 {
        let pair = quote_speaker_pair();
        if states.is_empty() || states.len() == 1 && pair.contains(&states[0]) {
            states = pair;
        } else if states.len() == 1 {
            // our strategic partner Japan: the state of whoever is in focus
            let focus = discourse::focus(page, cast, word, None).and_then(|character| cast.states_of(character).first().cloned());
            states.extend(focus.filter(|state| !states.contains(state)).into_iter().collect::<Vec<_>>());
        }
    }
    if let ([a, b], Some(span), Some(basis)) = (&states[..], page.span(&words), basis("standing.partnership", 0.75, page, &words)) {
        let standing = Standing {
            subject: state_party(a, page, &words),
            relation: Relation::Partnership,
            object: b.clone(),
            name: Some(name.to_owned()),
            period: None,
            span,
            basis,
        };
        push(found, standing);
    }
}

/// States that a word such as "groups" must list, to mean members.
const COMPRISED: usize = 3;

/// Words between a state and what it is in apposition (Poland and Germany, both members of NATO).
const APPOSITION: usize = 4;

/// Members, observers, founders and chairs of an organization: of the one that the word itself names (a NATO member), or of one named
/// in or before the sentence.
fn membership(
    page: &Page,
    cast: &Cast,
    calendar: &Calendar,
    sentence: usize,
    word: usize,
    (value, of): (&str, Option<&str>),
    (found, doubts): (&mut Vec<Standing>, &mut Vec<Doubt>),
) {
    let relation = match value {
        "member" | "join" | "comprise" => Relation::Member,
        "observer" => Relation::Observer,
        "chair" => Relation::Chair,
        "founder" => Relation::Founder,
        _ => return,
    };
    let words = word..page.hit_end(word);
    if relation == Relation::Observer {
        // an organization that observes in another: the SCO, observer at the General Assembly
        let parties: Vec<usize> = cast.in_sentence(sentence).filter(|party| cast.parties[*party].head == Head::Organization).collect();
        let before = parties.iter().copied().rev().find(|party| cast.parties[*party].words.end <= word);
        let after = parties.iter().copied().find(|party| {
            let found = &cast.parties[*party];
            found.words.start >= words.end
                && found.words.start - words.end <= 5
                && ["in", "at", "of", "to"].iter().any(|marker| found.marked(marker))
        });
        if let (Some(before), Some(after)) = (before, after) {
            let (subject, object) =
                (cast.parties[before].states[0].clone(), page.reference.whole(&cast.parties[after].states[0]).to_owned());
            if subject != object {
                let period = standing_since(page, cast, calendar, sentence);
                add(page, found, (&subject, &cast.parties[before].words), &words, What { relation, organization: &object, period });
                return;
            }
        }
    }
    let organizations = of.map_or_else(|| organizations_for(page, sentence, word), |of| vec![of.to_owned()]);
    let Some(mut organization) = organizations.first().cloned() else { return };
    if relation == Relation::Chair {
        // the presidency of the Council of the EU is that of the EU
        organization = page.reference.whole(&organization).to_owned();
    }
    let sentence_words = page.cut.sentences[sentence].words.clone();
    // the stretch that belongs to this word: up to the next word of standing
    let stop = (words.end..sentence_words.end)
        .find(|word| {
            page.begins_hit(*word)
                && page.is(*word, Class::Standing)
                && !(page.is(*word, Class::Standing)
                    && relation == Relation::Member
                    && page.entry(*word, Class::Standing).is_some_and(|entry| entry.value == "founder"))
        })
        .unwrap_or(sentence_words.end);
    let period = page.quantities_in(&sentence_words).iter().find_map(|quantity| match &quantity.kind {
        QuantityKind::Date(date) => calendar.resolve(page, cast, date, Lean::Past).map(|dated| dated.value),
        _ => None,
    });
    let states_in = |range: Range<usize>, organization: &str| -> Vec<(String, Range<usize>)> {
        let mut states = Vec::new();
        for party in cast.in_sentence(sentence) {
            let named = &cast.parties[party];
            if range.contains(&named.words.start)
                && matches!(named.head, Head::State | Head::Group | Head::Organization)
                && !named.adjective
            {
                for state in &cast.meanings[party].states {
                    // what one is a member of is no member
                    let body = page.reference.organization(state).is_some() && relation != Relation::Observer;
                    if state != organization && !body && !states.iter().any(|(known, _): &(String, _)| known == state) {
                        states.push((state.clone(), named.words.clone()));
                    }
                }
            }
        }
        states
    };
    let mut subjects = match relation {
        Relation::Chair => chair::holder(page, cast, sentence, &words).into_iter().collect(),
        _ => {
            let mut after = states_in(words.end..stop, &organization);
            // one list: what stands far behind it is told of somebody else
            let starts = |at: usize| if at == 0 { words.end + LIST_BEGINS } else { after[at - 1].1.end + LIST_GOES_ON };
            let listed = (0..after.len()).take_while(|at| after[*at].1.start <= starts(*at)).count();
            after.truncate(listed);
            if value == "comprise" {
                let subject =
                    (word.saturating_sub(APPOSITION)..word).any(|word| named_organization(page, word).as_ref() == Some(&organization));
                if !subject || after.len() < COMPRISED {
                    return;
                }
            }
            if after.is_empty() {
                // the subject of "is a founding member", not a list that a comma has closed, but where the word is its apposition
                let mut before = states_in(sentence_words.start..word, &organization);
                let closed = before.last().is_some_and(|(_, last)| {
                    let between = last.end..word;
                    // (and the six founding members besides: somebody else)
                    let besides = between.clone().any(|word| page.is(word, Class::And));
                    let apposed = page.is_comma(last.end) && between.len() <= APPOSITION && page.shape(word) != Shape::Mark && !besides;
                    between.clone().any(|word| page.is_comma(word))
                        && !(apposed && between.filter(|word| page.is_comma(*word)).count() == 1)
                });
                if closed {
                    before.clear();
                }
                before
            } else {
                after
            }
        }
    };
    if subjects.is_empty() && relation == Relation::Founder {
        // besides the founding members: they are members too
        let lists_members = found.iter().any(|standing| {
            standing.relation == Relation::Member
                && standing.object == organization
                && page.span(&sentence_words).is_some_and(|span| span.contains(standing.span))
        });
        let founders: Vec<Standing> = found
            .iter()
            .filter(|standing| lists_members && standing.relation == Relation::Founder && standing.object == organization)
            .cloned()
            .collect();
        for founder in founders {
            push(found, Standing { relation: Relation::Member, period: None, ..founder });
        }
        return;
    }
    if relation != Relation::Chair && subjects.len() > 1 && subjects.iter().all(|(_, words)| words.start < word) && !listed(page, &subjects)
    {
        subjects.truncate(1);
    }
    let denied = |organization: &str| subjects.iter().any(|(state, _)| is_denied(page, state, relation, organization));
    if denied(&organization)
        && let Some(other) = organizations.iter().find(|other| page.reference.members(other).next().is_some() && !denied(other))
    {
        organization.clone_from(other);
    }
    for (state, state_words) in subjects {
        if is_denied(page, &state, relation, &organization) {
            // X is a member of Y; elsewhere the words were not understood
            let beside = |word: usize| named_organization(page, word).is_some_and(|named| named == organization);
            let said = state_words.end <= word && word - state_words.end <= 4 && (words.end..words.end + 4).any(beside);
            if let (Some(span), true) = (page.span(&state_words), said) {
                let about = format!("whether {state} is a member of {organization}: the tables know it as none; not asserted");
                doubts.push(Doubt { about, candidates: Vec::new(), span });
            }
            continue;
        }
        add(page, found, (&state, &state_words), &words, What { relation, organization: &organization, period: period.clone() });
    }
}

/// The date of a sentence as the beginning of what has lasted since.
fn standing_since(page: &Page, cast: &Cast, calendar: &Calendar, sentence: usize) -> Option<Edtf> {
    let words = page.cut.sentences[sentence].words.clone();
    let value = page.quantities_in(&words).iter().find_map(|quantity| match &quantity.kind {
        QuantityKind::Date(date) => calendar.resolve(page, cast, date, Lean::Past),
        _ => None,
    })?;
    match value.value.value {
        EdtfValue::Interval(..) => Some(value.value),
        start => Some(EdtfValue::Interval(Some(Box::new(start)), None).into()),
    }
}

fn listed(page: &Page, states: &[(String, Range<usize>)]) -> bool {
    states.windows(2).all(|pair| {
        let gap = pair[0].1.end..pair[1].1.start;
        gap.len() <= 3 && gap.clone().all(|word| page.is_comma(word) || page.is(word, Class::And) || page.is(word, Class::Article))
    })
}

/// Member, observer, chair or founder of which organization, and when.
struct What<'a> {
    relation: Relation,
    organization: &'a str,
    period: Option<Edtf>,
}

/// What a state is to an organization; `words` name the organization and what it is.
fn add(page: &Page, found: &mut Vec<Standing>, (state, state_words): (&str, &Range<usize>), words: &Range<usize>, what: What) {
    let What { relation, organization, period } = what;
    let whole = words.start.min(state_words.start)..words.end.max(state_words.end);
    if let (Some(span), Some(basis)) = (page.span(state_words), basis(&format!("standing.{relation}"), 0.75, page, &whole)) {
        push(
            found,
            Standing {
                subject: state_party(state, page, state_words),
                relation,
                object: organization.to_owned(),
                name: None,
                period,
                span,
                basis,
            },
        );
    }
}

/// The organization that a word names.
fn named_organization(page: &Page, word: usize) -> Option<String> {
    let mut entries = page.entries(word);
    let found = entries.find(|entry| {
        entry.class == Class::Organization || entry.class == Class::State && page.reference.organization(&entry.value).is_some()
    });
    found.filter(|_| page.begins_hit(word)).map(|entry| entry.value.to_string())
}

/// The organizations of a sentence, the nearest to a word first, then those named before, the last first.
fn organizations_for(page: &Page, sentence: usize, word: usize) -> Vec<String> {
    let words = page.cut.sentences[sentence].words.clone();
    let from = page.cut.sentences.get(sentence.saturating_sub(3)).map_or(0, |sentence| sentence.words.start);
    let mut here: Vec<usize> = words.clone().collect();
    here.sort_by_key(|at| at.abs_diff(word));
    here.extend((from..words.start).rev());
    here.into_iter().filter_map(|at| named_organization(page, at)).collect()
}

/// `C5+1 (Kazakhstan, Kyrgyzstan, ... and the United States)`: the states in brackets after a format are its members.
fn members_in_brackets(page: &Page, cast: &Cast, found: &mut Vec<Standing>) {
    for (index, sentence) in page.cut.sentences.iter().enumerate() {
        if !page.tells(index) {
            continue;
        }
        for word in sentence.words.clone().filter(|word| page.begins_hit(*word)) {
            let Some(entry) = page.entry(word, Class::Organization) else { continue };
            let open = page.hit_end(word);
            if page.mark(open) != Some('(') {
                continue;
            }
            let Some(close) = (open..sentence.words.end).find(|word| page.mark(*word) == Some(')')) else { continue };
            let mut states = Vec::new();
            for party in cast.in_sentence(index) {
                let named = &cast.parties[party];
                if named.words.start > open && named.words.end <= close && named.head == Head::State && !named.adjective {
                    states.extend(cast.meanings[party].states.iter().map(|state| (state.clone(), named.words.clone())));
                }
            }
            let lower = (open..close).filter(|word| page.shape(*word) == Shape::Lower && page.hits.at(*word).is_none()).count();
            if states.len() >= 3 && lower <= 2 {
                states.retain(|(state, _)| !is_denied(page, state, Relation::Member, &entry.value));
                for (state, state_words) in states {
                    let what = What { relation: Relation::Member, organization: &entry.value, period: None };
                    add(page, found, (&state, &state_words), &(word..close), what);
                }
            }
        }
    }
}
