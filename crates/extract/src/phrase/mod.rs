//! The noun phrase that begins at an atom.
//!
//! In: the atoms of a sentence. Out: one party, or several where a plural office names several holders.
//! Never: looks before the phrase, or at another sentence.

mod before;
mod behind;

use crate::atom::{Atom, Kind};
use crate::page::Page;
use crate::party::{Head, Party};
use crate::people::NameMention;
use before::{follows_name, leads_to_head, leads_to_heads, names_joined, next_is_adjective, placed, speaks, stands_alone, states_joined};
use behind::{
    body_behind, home_behind_comma, home_of, name_behind, next_of_list, next_portfolio, seat, states_after, two_holders, two_owners,
};
use chancery_language::{Class, Feature, Shape};
use chancery_model::Role;
use std::ops::Range;

/// The noun phrase that begins at an atom: one party, or several where a plural office names several holders.
pub(crate) fn phrase(page: &Page, names: &[NameMention], atoms: &[Atom], start: usize) -> Option<(Vec<Party>, usize)> {
    if matches!(
        atoms[start].kind,
        Kind::Other | Kind::Of | Kind::Marker | Kind::And | Kind::Comma | Kind::Hyphen | Kind::Possessive | Kind::Bracket
    ) {
        return None;
    }
    let mut party = Party {
        words: atoms[start].words.clone(),
        head: Head::State,
        name: None,
        role: None,
        states: Vec::new(),
        plural: false,
        former: false,
        elect: false,
        acting: false,
        then: false,
        pronoun: None,
        possessed: false,
        markers: Vec::new(),
        group: 0,
        possessive: false,
        office_words: None,
        adjective: false,
        inherited: false,
        oblique: false,
        apposed: false,
        owner: None,
        presides: false,
    };
    let mut at = start;
    let mut adjectives = 0;
    let mut last_state: Option<usize> = None;
    let joined_from = atoms[start..].iter().take_while(|atom| matches!(atom.kind, Kind::Article | Kind::Modifier)).count() + start;
    let joined = states_joined(atoms, joined_from);
    let joined_end = joined_from + (2 * joined.len()).saturating_sub(1);
    if joined.len() > 1 && !matches!(atoms.get(joined_end).map(|atom| &atom.kind), Some(Kind::Head(_))) {
        joined.iter().for_each(|state| push(&mut party.states, state));
        return bare_adjective(party, atoms, joined_end);
    }
    // words before the head
    while at < atoms.len() {
        match &atoms[at].kind {
            Kind::Article | Kind::Title => at += 1,
            Kind::Modifier => {
                modify(page, atoms[at].words.start, &mut party);
                at += 1;
            }
            Kind::StateAdjective(state) => {
                push(&mut party.states, state);
                adjectives += 1;
                last_state = Some(at);
                at += 1;
            }
            Kind::Group(states, true) => {
                states.split_whitespace().for_each(|state| push(&mut party.states, state));
                adjectives += 1;
                last_state = Some(at);
                at += 1;
            }
            Kind::Pronoun { possessive: true, value } if at == start => {
                party.possessed = true;
                party.pronoun = Some(((*value).to_owned(), true));
                at += 1;
            }
            Kind::StateNoun(state) | Kind::Organization(state) if leads_to_head(atoms, at) && !placed(page, atoms, at) => {
                push(&mut party.states, state);
                last_state = Some(at);
                at += if matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Possessive | Kind::Hyphen)) { 2 } else { 1 };
            }
            // the US and Russian presidents
            Kind::StateNoun(state) if leads_to_heads(page, atoms, at) && !placed(page, atoms, at) => {
                push(&mut party.states, state);
                adjectives += 1;
                last_state = Some(at);
                at += 1;
            }
            // then-president
            Kind::Hyphen if at > start && matches!(atoms[at - 1].kind, Kind::Modifier) => at += 1,
            // Russian and Chinese presidents; Russian-Turkish talks
            Kind::And | Kind::Hyphen | Kind::Comma
                if adjectives > 0 && last_state == at.checked_sub(1) && next_is_adjective(atoms, at + 1) =>
            {
                at += 1
            }
            _ => break,
        }
    }
    let bare = |mut party: Party, end: usize, head: Head| {
        party.words.end = atoms[end - 1].words.end;
        party.head = head;
        party.plural |= party.states.len() > 1;
        Some((vec![party], end))
    };
    let Some(atom) = atoms.get(at) else {
        return (adjectives > 1).then(|| bare_adjective(party, atoms, at)).flatten();
    };
    match &atom.kind {
        Kind::Head(head) => Some(headed(page, names, atoms, at, party, *head, follows_name(page, atoms, start))),
        Kind::Name(_) if at == start && names_joined(atoms, at).len() > 1 => {
            let joined = names_joined(atoms, at);
            let one = |(name, words): &(usize, Range<usize>)| Party {
                name: Some(*name),
                words: words.clone(),
                head: Head::Person,
                adjective: true,
                ..party.clone()
            };
            Some((joined.iter().map(one).collect(), at + 2 * joined.len() - 1))
        }
        Kind::Name(name) => {
            party.name = Some(*name);
            party.head = Head::Person;
            party.possessive = names[*name].possessive;
            party.oblique = names[*name].oblique;
            let mut end = at + 1;
            if matches!(atoms.get(end).map(|atom| &atom.kind), Some(Kind::Possessive)) {
                party.possessive = true;
                end += 1;
            }
            party.states.retain(|_| adjectives > 0 || last_state.is_some());
            if let Some((state, next)) = home_of(page, atoms, end).filter(|_| party.states.is_empty()) {
                push(&mut party.states, &state);
                end = next;
            }
            party.words.end = atoms[end - 1].words.end;
            Some((vec![party], end))
        }
        Kind::StateNoun(state) | Kind::Organization(state) if at == start || party.states.is_empty() || adjectives == 0 => {
            let organization = matches!(atom.kind, Kind::Organization(_));
            push(&mut party.states, state);
            let mut end = at + 1;
            if matches!(atoms.get(end).map(|atom| &atom.kind), Some(Kind::Possessive)) {
                party.possessive = true;
                end += 1;
            }
            bare(party, end, if organization { Head::Organization } else { Head::State })
        }
        // der Franzose Emmanuel Macron
        Kind::People(state) if matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Name(_))) => {
            push(&mut party.states, state);
            if let Some(Kind::Name(name)) = atoms.get(at + 1).map(|atom| &atom.kind) {
                party.name = Some(*name);
            }
            party.head = Head::Person;
            party.words.end = atoms[at + 1].words.end;
            Some((vec![party], at + 2))
        }
        Kind::People(state) => {
            push(&mut party.states, state);
            let mut found = bare(party, at + 1, Head::Delegates)?;
            found.0[0].plural = true;
            Some(found)
        }
        // Moscow said; Kyiv and Moscow agreed
        Kind::Place(key, true) if at == start && speaks(page, atoms, at) => {
            push(&mut party.states, key.rsplit(", ").next().unwrap_or(key));
            bare(party, at + 1, Head::State)
        }
        Kind::Group(states, false) => {
            states.split_whitespace().for_each(|state| push(&mut party.states, state));
            party.plural = true;
            bare(party, at + 1, Head::Group)
        }
        Kind::Pronoun { value, possessive } if at == start => {
            let word = atoms[at].words.start;
            party.oblique = page.entries(word).filter(|entry| entry.class == Class::Pronoun).all(|entry| entry.is(Feature::Oblique));
            party.pronoun = Some(((*value).to_owned(), *possessive));
            party.plural = matches!(*value, "they" | "both" | "we");
            bare(party, at + 1, Head::Pronoun)
        }
        // the EU, whose name is an adjective as well
        _ if adjectives == 1 && last_state.is_some_and(|state| atoms[state].noun) && at == last_state.map_or(0, |state| state + 1) => {
            let mut end = at;
            if atom.kind == Kind::Possessive {
                party.possessive = true;
                end += 1;
            }
            bare(party, end, Head::State)
        }
        // o brasileiro, der Russe: an article and a single adjective without a noun mean a state's leader
        _ if adjectives == 1 && at == start + 2 && matches!(atoms[start].kind, Kind::Article) && stands_alone(page, atom) => {
            bare(party, at, Head::Leader)
        }
        _ if adjectives > 0 => bare_adjective(party, atoms, at),
        _ if party.possessed => {
            // met her in Prague: no possessive, where nothing is hers
            let word = atoms[start].words.start;
            party.oblique = page.has_feature(word, Class::Pronoun, Feature::Oblique) && !owns(page, word + 1);
            party.pronoun = party.pronoun.map(|(value, possessive)| (value, possessive && !party.oblique));
            bare(party, at, Head::Pronoun)
        }
        _ => None,
    }
}

/// Whether a possessive has something that it owns behind it: a word that says nothing of its own, or one with a capital.
fn owns(page: &Page, next: usize) -> bool {
    let ends = page.mark(next).is_some() || page.sentence_of(next) != page.sentence_of(next - 1);
    let joins = [Class::Marker, Class::And, Class::Clause, Class::That, Class::Time, Class::Day, Class::Relation, Class::Part];
    !ends && page.quantity_of.get(next).is_none_or(Option::is_none) && !joins.iter().any(|class| page.is(next, *class))
}

fn bare_adjective(mut party: Party, atoms: &[Atom], end: usize) -> Option<(Vec<Party>, usize)> {
    party.words.end = atoms[end - 1].words.end;
    party.head = Head::State;
    party.adjective = true;
    party.plural = party.states.len() > 1;
    Some((vec![party], end))
}

/// What follows a head: the state it is of, and names.
fn headed(
    page: &Page,
    mentions: &[NameMention],
    atoms: &[Atom],
    head_at: usize,
    mut party: Party,
    head: Head,
    apposed: bool,
) -> (Vec<Party>, usize) {
    let word = atoms[head_at].words.start;
    party.head = head;
    party.office_words = Some(party.words.start..atoms[head_at].words.end);
    let before = party.states.clone();
    describe(page, word, head, &mut party);
    let mut at = head_at + 1;
    let mut end = at;
    let mut has_of = !party.states.is_empty();
    let mut names = Vec::new();
    loop {
        match atoms.get(at).map(|atom| &atom.kind) {
            Some(Kind::Modifier) => {
                modify(page, atoms[at].words.start, &mut party);
                at += 1;
                end = at;
            }
            Some(Kind::Title) => at += 1,
            // his Azerbaijani counterpart President Ilham Aliyev
            Some(Kind::Head(Head::Office))
                if head == Head::Counterpart
                    && !party.plural
                    && matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Name(_))) =>
            {
                at += 1;
            }
            Some(Kind::Possessive) if names.is_empty() => {
                party.possessive = true;
                at += 1;
                end = at;
                break;
            }
            // the chair of the Commission (AUC), X: the acronym in brackets is passed over
            Some(Kind::Bracket)
                if names.is_empty()
                    && matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Organization(_) | Kind::Name(_) | Kind::Other))
                    && matches!(atoms.get(at + 2).map(|atom| &atom.kind), Some(Kind::Bracket))
                    && matches!(atoms.get(at + 3).map(|atom| &atom.kind), Some(Kind::Comma | Kind::Name(_))) =>
            {
                at += 3;
            }
            Some(Kind::Bracket) if page.mark(atoms[at].words.start) == Some('(') => {
                // a party or an acronym in brackets after the name
                break;
            }
            // the Druk Gyalpo of Bhutan: the office names its state itself
            _ if has_of
                && names.is_empty()
                && atoms.get(at).is_some_and(|atom| atom.of)
                && own_state_again(atoms, at, &party).is_some() =>
            {
                at = own_state_again(atoms, at, &party).unwrap_or(at + 1);
                end = at;
            }
            // řekl šéf Kremlu Erdoganovi: a name in another case is another's
            Some(Kind::Name(name))
                if before.is_empty() && has_of && names.is_empty() && is_of_another(page, &party, head, word, &mentions[*name]) =>
            {
                break;
            }
            Some(Kind::Name(name)) => {
                names.push(*name);
                at += 1;
                end = at;
                // Prime Minister Benazir Bhutto of Pakistan
                if !party.plural
                    && party.states.is_empty()
                    && atoms.get(at).is_some_and(|atom| atom.of)
                    && let Some((states, next)) = states_after(page, atoms, at, false)
                {
                    party.states = states;
                    end = next;
                }
                // s ministrem X z Nigérie: the home of somebody whom the tables know there, and not where he comes from
                let home = home_of(page, atoms, at).filter(|_| !party.plural && party.states.is_empty() && names.len() == 1);
                let lives = |state: &str| {
                    let known = mentions[names[0]].candidates.iter().map(|id| page.reference.person(*id));
                    known.flat_map(|person| &person.tenures).any(|tenure| *tenure.of == *state)
                };
                if let Some((state, next)) = home.filter(|(state, _)| lives(state)) {
                    party.states.push(state);
                    has_of = true;
                    at = next;
                    end = at;
                }
                // seine Amtskollegen aus A, X, und B, Y: the list shows that there are several
                party.plural |= head == Head::Counterpart && !party.states.is_empty() && next_of_list(page, atoms, at).is_some();
                if !party.plural || names.len() >= 8 {
                    break;
                }
                // presidents Gustavo Petro (Colombia) and Guillermo Lasso (Ecuador)
                if let (Some(Kind::Bracket), Some(Kind::StateNoun(state)), Some(Kind::Bracket)) = (
                    atoms.get(at).map(|atom| &atom.kind),
                    atoms.get(at + 1).map(|atom| &atom.kind),
                    atoms.get(at + 2).map(|atom| &atom.kind),
                ) {
                    push(&mut party.states, state);
                    at += 3;
                    end = at;
                }
                // the ministers Mauro Vieira (Foreign Affairs), Ricardo Lewandowski (Justice)
                if let Some(next) = portfolio_in_brackets(page, atoms, at) {
                    at = next;
                    end = at;
                }
                // foreign ministers Hakan Fidan of Turkey and Ararat Mirzoyan of Armenia
                if let Some((state, next)) = home_of(page, atoms, at).filter(|_| party.states.len() < names.len()) {
                    push(&mut party.states, &state);
                    at = next;
                    end = at;
                }
                // the ministers of Transport, X; of Trade, Y
                if let Some(next) = next_portfolio(page, atoms, at) {
                    at = next;
                    continue;
                }
                // the presidents of the United States, Joe Biden, and of China, Xi Jinping
                if let Some((state, next)) = next_of_list(page, atoms, at) {
                    push(&mut party.states, &state);
                    at = next;
                }
            }
            // the foreign minister, from Germany, X
            Some(Kind::Comma) if head == Head::Office && !has_of && !party.plural && home_behind_comma(page, atoms, at).is_some() => {
                let (state, next) = home_behind_comma(page, atoms, at).unwrap_or_default();
                push(&mut party.states, &state);
                has_of = true;
                at = next;
            }
            // political representatives of A and B
            Some(Kind::Other)
                if head == Head::Delegates
                    && at == head_at + 1
                    && page.shape(atoms[at].words.start) == Shape::Lower
                    && page.hits.at(atoms[at].words.start).is_none()
                    && atoms.get(at + 1).is_some_and(|atom| atom.of) =>
            {
                at += 1;
            }
            // the Foreign Ministry in Bogotá
            Some(Kind::Marker)
                if head == Head::Body && party.role != Some(Role::Ambassador) && !has_of && seat(page, atoms, at).is_some() =>
            {
                let (state, next) = seat(page, atoms, at).unwrap_or_default();
                push(&mut party.states, &state);
                has_of = true;
                at = next;
                end = at;
            }
            // the deputy head of the Foreign Ministry of A, X; náměstek ministerstva zahraničí X
            _ if head == Head::Office && !party.plural && names.is_empty() && body_behind(page, atoms, at).is_some() => {
                let (states, next) = body_behind(page, atoms, at).unwrap_or_default();
                // the president of the Senate presides over a parliament
                if page
                    .entries(atoms[next - 1].words.start)
                    .any(|entry| entry.class == Class::Body && entry.value == Role::Speaker.as_str())
                {
                    party.presides = true;
                }
                states.iter().for_each(|state| push(&mut party.states, state));
                has_of |= !states.is_empty();
                at = next;
                end = at;
            }
            Some(Kind::StateAdjective(state)) if !has_of => {
                push(&mut party.states, state);
                has_of = true;
                at += 1;
                end = at;
                while party.plural
                    && matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::And | Kind::Comma))
                    && next_is_adjective(atoms, at)
                {
                    at += 1;
                    if let Some(Kind::StateAdjective(state)) = atoms.get(at).map(|atom| &atom.kind) {
                        push(&mut party.states, state);
                        at += 1;
                        end = at;
                    }
                }
            }
            Some(_) if !has_of || party.plural && names.is_empty() => {
                // ihren Amtskollegen aus A und B, Botschafter aus A und B: the list shows that there are several
                let from = head == Head::Office && page.marks(atoms[at].words.start, "from");
                let listed = head == Head::Counterpart
                    || from && party.role == Some(Role::Ambassador)
                    || head == Head::Office && party.oblique && two_holders(atoms, at)
                    || head == Head::Body && two_owners(atoms, at);
                match states_after(page, atoms, at, party.plural || listed) {
                    Some((states, next)) if !has_of || party.states.is_empty() => {
                        party.plural |= listed && states.len() > 1;
                        states.iter().for_each(|state| push(&mut party.states, state));
                        has_of = true;
                        at = next;
                        end = at;
                    }
                    _ => match name_behind(page, atoms, at, &party) {
                        Some(next) if names.is_empty() || next > at => at = next,
                        _ => break,
                    },
                }
            }
            Some(_) => match name_behind(page, atoms, at, &party).filter(|_| !apposed || party.states.is_empty()) {
                Some(next) => at = next,
                None => break,
            },
            None => break,
        }
    }
    // a state named before and another after: the nearer, before the head, is whose office it is
    if !before.is_empty() && head == Head::Office && !party.plural && party.states.len() > 1 && party.states[0] != before[0] {
        party.states = before;
    }
    // at the G20 foreign minister Lavrov spoke: a format has no minister of its own, unless its members' are meant
    if !party.plural && party.role.is_some_and(of_states_only) && party.states.len() == 1 {
        let format = page.reference.organization(&party.states[0]).is_some();
        party.plural = format && names.is_empty();
    }
    if !party.plural && party.role.is_some_and(of_states_only) && party.states.len() == 1 {
        party.states.retain(|state| page.reference.state(page.reference.whole(state)).is_some());
    }
    party.words.end = atoms[end.max(head_at + 1) - 1].words.end;
    if names.len() <= 1 {
        party.name = names.first().copied();
        if party.name.is_some() && head != Head::Body {
            party.plural = false;
        }
        if matches!(atoms.get(end).map(|atom| &atom.kind), Some(Kind::Possessive)) && party.name.is_some() {
            party.possessive = true;
            end += 1;
            party.words.end = atoms[end - 1].words.end;
        }
        return (vec![party], end);
    }
    // several names share a plural office
    let share = names.len() == party.states.len();
    let mut parties = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mut one = party.clone();
        one.name = Some(*name);
        one.plural = false;
        one.words = if index == 0 { party.words.start..name_end(atoms, *name) } else { name_words(atoms, *name) };
        if share {
            one.states = vec![party.states[index].clone()];
        } else if names.len() > 1 {
            one.states.clear();
        }
        if index > 0 {
            one.office_words = party.office_words.clone();
        }
        parties.push(one);
    }
    (parties, end)
}

/// Whether an office in the nominative, with its state, stands before a known name that is surely in another case.
fn is_of_another(page: &Page, party: &Party, head: Head, office: usize, name: &NameMention) -> bool {
    let declined = page.entries(office).any(|entry| entry.is(Feature::Oblique));
    // (an office in the feminine may look alike in all cases)
    let man = name.candidates.first().is_some_and(|id| page.reference.person(*id).gender == "m");
    head == Head::Office && !party.plural && !party.oblique && !declined && name.oblique && man
}

/// What a minister of a list is for, in brackets behind his name: where the brackets end.
fn portfolio_in_brackets(page: &Page, atoms: &[Atom], at: usize) -> Option<usize> {
    let opens = matches!(atoms.get(at)?.kind, Kind::Bracket) && page.mark(atoms[at].words.start) == Some('(');
    let close = (at + 2..at + 8).find(|next| atoms.get(*next).is_some_and(|atom| matches!(atom.kind, Kind::Bracket)))?;
    let listed = atoms.get(close + 1).is_some_and(|atom| matches!(atom.kind, Kind::Comma | Kind::And));
    (opens && listed).then_some(close + 1)
}

/// `of` and the state that the office has already: where it ends.
fn own_state_again(atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    let next = (at + 1..at + 3).find(|next| !matches!(atoms.get(*next).map(|atom| &atom.kind), Some(Kind::Article)))?;
    match &atoms.get(next)?.kind {
        Kind::StateNoun(state) if party.states.len() == 1 && party.states[0] == *state => Some(next + 1),
        _ => None,
    }
}

/// Offices that no organization has.
fn of_states_only(role: Role) -> bool {
    matches!(
        role,
        Role::ForeignMinister
            | Role::DeputyForeignMinister
            | Role::PrimeMinister
            | Role::DeputyPrimeMinister
            | Role::Minister
            | Role::Monarch
    )
}

fn name_words(atoms: &[Atom], name: usize) -> Range<usize> {
    atoms.iter().find(|atom| atom.kind == Kind::Name(name)).map_or(0..0, |atom| atom.words.clone())
}

fn name_end(atoms: &[Atom], name: usize) -> usize {
    name_words(atoms, name).end
}

/// Role and flags of the head's entries, as far as they fit the states found.
fn describe(page: &Page, word: usize, head: Head, party: &mut Party) {
    let wanted = match head {
        Head::Office => Class::Office,
        Head::Leader => Class::Leader,
        Head::Counterpart => Class::Counterpart,
        Head::Delegates => Class::Delegate,
        _ => Class::Body,
    };
    let mut forms = page.entries(word).filter(|entry| entry.class == wanted).peekable();
    party.oblique = forms.peek().is_some() && forms.all(|entry| entry.is(Feature::Oblique));
    for entry in page.entries(word).filter(|entry| entry.class == wanted) {
        party.plural |= entry.is(Feature::Plural) || entry.value == "people" && wanted == Class::Delegate;
        party.former |= entry.is(Feature::Former);
        party.elect |= entry.is(Feature::Elect);
        party.acting |= entry.is(Feature::Acting);
        if let Some(state) = &entry.of {
            push(&mut party.states, state);
        }
        if matches!(head, Head::Office | Head::Body) && party.role.is_none() {
            party.role = entry.value.parse().ok();
        }
    }
}

/// Chooses among the roles of an ambiguous office by the state it is of (`only:`), once states are known.
pub(crate) fn role_for(page: &Page, party: &Party, state: Option<&str>) -> Option<Role> {
    if party.presides {
        return Some(Role::Speaker);
    }
    let words = party.office_words.clone()?;
    let head = words.clone().rev().find(|word| page.is(*word, Class::Office))?;
    let offices: Vec<_> = page.entries(head).filter(|entry| entry.class == Class::Office).collect();
    let fits = |entry: &&&chancery_language::Entry| state.is_some_and(|state| entry.only.iter().any(|only| only == state));
    let chosen = offices.iter().find(fits).or_else(|| offices.iter().find(|entry| entry.only.is_empty())).or_else(|| {
        // confined to other states: the word is no such office here
        if state.is_none() { offices.first() } else { None }
    });
    match chosen {
        Some(entry) => entry.value.parse().ok(),
        None => Some(Role::Other),
    }
}

fn modify(page: &Page, word: usize, party: &mut Party) {
    for entry in page.entries(word).filter(|entry| entry.class == Class::Modifier) {
        match entry.value.as_str() {
            "former" => party.former = true,
            "elect" => party.elect = true,
            "acting" => party.acting = true,
            "then" => party.then = true,
            _ => {}
        }
    }
}

fn push(states: &mut Vec<String>, state: &str) {
    if !states.iter().any(|known| known == state) {
        states.push(state.to_owned());
    }
}
