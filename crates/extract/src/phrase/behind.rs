//! What stands behind the head of a noun phrase: states, seats, portfolios, names.
//!
//! In: the atoms of a sentence and a place among them. Out: what is found there, and the atom after it.
//! Never: builds a party.

use super::{leads_to_head, push};
use crate::atom::{Atom, Kind};
use crate::page::Page;
use crate::party::{Head, Party};
use chancery_language::{Class, Feature, Shape};
use chancery_model::Role;

/// A capital under a preposition of place.
pub(super) fn seat(page: &Page, atoms: &[Atom], at: usize) -> Option<(String, usize)> {
    let marked = page.marks(atoms.get(at)?.words.start, "in");
    match &atoms.get(at + 1)?.kind {
        Kind::Place(key, true) if marked => Some((key.rsplit(", ").next().unwrap_or(key).to_owned(), at + 2)),
        _ => None,
    }
}

/// A ministry or government that an office belongs to, with the states told before it.
pub(super) fn body_behind(page: &Page, atoms: &[Atom], at: usize) -> Option<(Vec<String>, usize)> {
    let mut next = at;
    let first = atoms.get(next)?;
    if first.of || page.marks(first.words.start, "for") || page.marks(first.words.start, "in") || page.marks(first.words.start, "at") {
        next += 1;
    }
    let mut states = Vec::new();
    loop {
        match &atoms.get(next)?.kind {
            Kind::Article | Kind::Modifier => next += 1,
            Kind::StateAdjective(state) => {
                push(&mut states, state);
                next += 1;
            }
            Kind::StateNoun(state) if leads_to_head(atoms, next) => {
                push(&mut states, state);
                next += 1;
                if matches!(atoms.get(next)?.kind, Kind::Possessive | Kind::Hyphen) {
                    next += 1;
                }
            }
            Kind::Head(Head::Body) => return Some((states, next + 1)),
            // the Russian Foreign Ministry, the name of a source
            Kind::StateNoun(state) if page.is(atoms[next].words.start, Class::Agency) => {
                push(&mut states, state);
                return Some((states, next + 1));
            }
            _ => return None,
        }
        if next > at + 6 {
            return None;
        }
    }
}

/// Hakan Fidan of Turkey; A from Bangladesh, B from Bhutan: the state behind a name, before a mark or a conjunction.
pub(super) fn home_of(page: &Page, atoms: &[Atom], at: usize) -> Option<(String, usize)> {
    // A, of Brazil, and B, of Portugal
    let apposed = matches!(atoms.get(at)?.kind, Kind::Comma) && atoms.get(at + 1).is_some_and(|atom| atom.of);
    if apposed && names_come_first(atoms, at) {
        let closes = |atom: &Atom| matches!(atom.kind, Kind::Comma | Kind::And) || page.mark(atom.words.start).is_some();
        return home_of(page, atoms, at + 1).filter(|(_, next)| atoms.get(*next).is_none_or(closes));
    }
    let first = atoms.get(at)?;
    // A (Serbia), B (Slovakia)
    if let (Kind::Bracket, Some(Kind::StateNoun(state)), Some(Kind::Bracket)) =
        (&first.kind, atoms.get(at + 1).map(|atom| &atom.kind), atoms.get(at + 2).map(|atom| &atom.kind))
    {
        return Some(((*state).to_owned(), at + 3));
    }
    let from = page.marks(first.words.start, "from") || first.of && matches!(first.kind, Kind::Of | Kind::Marker);
    let mut next = at + 1;
    while matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Article)) {
        next += 1;
    }
    let Kind::StateNoun(state) = &atoms.get(next).filter(|_| from)?.kind else { return None };
    let closes = |atom: &Atom| matches!(atom.kind, Kind::Comma | Kind::And) || page.mark(atom.words.start).is_some_and(|mark| mark != '-');
    atoms.get(next + 1).is_none_or(closes).then(|| ((*state).to_owned(), next + 1))
}

/// A, of Brazil, B, of Portugal: whether in a list of names and states that ends at a comma each name stands before its state, and not
/// behind it (of Brazil, A, of Portugal, B).
fn names_come_first(atoms: &[Atom], comma: usize) -> bool {
    let kind = |at: Option<usize>| at.and_then(|at| atoms.get(at)).map(|atom| &atom.kind);
    let is_name = |at: Option<usize>| matches!(kind(at), Some(Kind::Name(_)));
    let is_state = |at: Option<usize>| matches!(kind(at), Some(Kind::StateNoun(_)));
    let is_joint = |at: Option<usize>| matches!(kind(at), Some(Kind::Comma | Kind::And));
    let Some(mut name) = comma.checked_sub(1).filter(|name| is_name(Some(*name))) else { return false };
    // , NAME of , STATE before it
    while is_joint(name.checked_sub(1)) && is_state(name.checked_sub(2)) {
        let mut before = name - 2;
        while before > 0 && (atoms[before - 1].of || matches!(atoms[before - 1].kind, Kind::Article)) {
            before -= 1;
        }
        match before.checked_sub(2).filter(|earlier| is_joint(before.checked_sub(1)) && is_name(Some(*earlier))) {
            Some(earlier) => name = earlier,
            None => return false,
        }
    }
    !is_state(name.checked_sub(1))
}

/// A name behind a comma, a seat or unknown words.
pub(super) fn name_behind(page: &Page, atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    name_after_comma(atoms, at, party)
        .filter(|name| !begins_clause(page, atoms, *name, party))
        .or_else(|| name_after_owner(atoms, at, party))
        .or_else(|| name_after_seat(page, atoms, at, party))
        .or_else(|| names_after_description(page, atoms, at, party))
}

/// In a call with the Turkish minister, X thanked him: behind the comma of a phrase that opens the sentence a name that no mark closes is
/// the subject.
fn begins_clause(page: &Page, atoms: &[Atom], name: usize, party: &Party) -> bool {
    let opens = atoms.first().is_some_and(|atom| page.is(atom.words.start, Class::Marker) && atom.words.start < party.words.start);
    let verb = |atom: &Atom| {
        let word = atom.words.start;
        let noun = page.has_feature(word, Class::Contact, Feature::Noun);
        [Class::Say, Class::Contact, Class::Light, Class::Commit].iter().any(|class| page.is(word, *class)) && !noun
    };
    let fronted =
        atoms.iter().take_while(|atom| atom.words.start < party.words.start).all(|atom| !verb(atom) && !matches!(atom.kind, Kind::Comma));
    let closed = atoms.get(name + 1).is_none_or(|atom| {
        matches!(atom.kind, Kind::Comma | Kind::And | Kind::Bracket | Kind::Possessive) || page.mark(atom.words.start).is_some() || atom.of
    });
    opens && fronted && !closed && !party.plural
}

/// The spokesman of Zelensky, Sergei N.: the name behind that of whom he serves.
fn name_after_owner(atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    let serves = matches!(party.role, Some(Role::Spokesperson | Role::Other | Role::SpecialEnvoy)) && !party.plural;
    let owned = atoms.get(at)?.of && matches!(atoms.get(at + 1)?.kind, Kind::Name(_));
    let comma = matches!(atoms.get(at + 2)?.kind, Kind::Comma);
    let closed = atoms.get(at + 4).is_none_or(|atom| matches!(atom.kind, Kind::Comma) || !matches!(atom.kind, Kind::And));
    (serves && owned && comma && closed && matches!(atoms.get(at + 3)?.kind, Kind::Name(_))).then_some(at + 3)
}

/// The ambassador of Azerbaijan in Romania, Farid A.; the Chinese ambassador to Kenya Zhou P.
fn name_after_seat(page: &Page, atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    let sent = matches!(party.role, Some(Role::Ambassador | Role::SpecialEnvoy));
    let word = atoms.get(at)?.words.start;
    if !sent || !["in", "to", "at", "for"].iter().any(|value| page.marks(word, value)) {
        return None;
    }
    let mut next = at + 1;
    while matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Article | Kind::Modifier)) {
        next += 1;
    }
    if !matches!(atoms.get(next)?.kind, Kind::StateNoun(_) | Kind::Organization(_) | Kind::Place(..)) && !atoms.get(next)?.noun {
        return None;
    }
    next += 1;
    // the ambassador of Pakistan to Senegal Dr Ali R.
    while matches!(atoms.get(next)?.kind, Kind::Title) {
        next += 1;
    }
    match atoms.get(next)?.kind {
        Kind::Name(_) => Some(next),
        _ => name_after_comma(atoms, next, party),
    }
}

/// , from Germany, X: the state between commas before a name.
pub(super) fn home_behind_comma(page: &Page, atoms: &[Atom], at: usize) -> Option<(String, usize)> {
    let from = page.marks(atoms.get(at + 1)?.words.start, "from");
    let Kind::StateNoun(state) = &atoms.get(at + 2)?.kind else { return None };
    let named = matches!(atoms.get(at + 3)?.kind, Kind::Comma) && matches!(atoms.get(at + 4)?.kind, Kind::Name(_));
    (from && named).then(|| ((*state).to_owned(), at + 3))
}

/// The presidents of the neighbouring countries, X and Y.
fn names_after_description(page: &Page, atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    // the minister for regional development, X; the minister of something the pack does not know, X,
    let portfolio = party.head == Head::Office
        && (is_portfolio(page, atoms, at)
            || atoms.get(at).is_some_and(|atom| page.marks(atom.words.start, "for"))
            || atoms.get(at).is_some_and(|atom| atom.of) && is_portfolio(page, atoms, at + 1));
    if !(portfolio || party.plural && matches!(party.head, Head::Office | Head::Counterpart)) {
        return None;
    }
    let plain = |atom: &Atom| {
        let word = atom.words.start;
        page.mark(word).is_none()
            && (matches!(atom.kind, Kind::Other | Kind::Modifier | Kind::Article | Kind::Of)
                || portfolio && matches!(atom.kind, Kind::Marker | Kind::And))
            && page.entries(word).all(|entry| entry.class != Class::Contact && entry.class != Class::Say)
    };
    let comma = at + atoms.get(at..)?.iter().take(if portfolio { 8 } else { 5 }).take_while(|atom| plain(atom)).count();
    // the envoy for the Middle East Steve Witkoff
    if portfolio && !party.plural && comma > at + 1 && matches!(atoms.get(comma)?.kind, Kind::Name(_)) {
        return Some(comma);
    }
    let name = name_after_comma(atoms, comma, party)?;
    let listed = matches!(atoms.get(name + 1).map(|atom| &atom.kind), Some(Kind::And | Kind::Comma))
        && matches!(atoms.get(name + 2).map(|atom| &atom.kind), Some(Kind::Name(_)));
    let closed = atoms.get(name + 1).is_none_or(|atom| page.mark(atom.words.start).is_some());
    (comma > at && (listed || portfolio && !party.plural && closed)).then_some(name)
}

/// Whether a capitalised word that no pack knows stands there.
fn is_portfolio(page: &Page, atoms: &[Atom], at: usize) -> bool {
    atoms.get(at).is_some_and(|atom| atom.kind == Kind::Other && page.shape(atom.words.start) == Shape::Capital)
}

/// The ministers of Transport, X; of Trade, Y: the name behind a further portfolio of a list.
pub(super) fn next_portfolio(page: &Page, atoms: &[Atom], at: usize) -> Option<usize> {
    let link = |atom: &Atom| matches!(atom.kind, Kind::Comma | Kind::And) || page.mark(atom.words.start) == Some(';');
    let of = at + atoms.get(at..)?.iter().take(2).take_while(|atom| link(atom)).count();
    if of == at || !atoms.get(of)?.of || !is_portfolio(page, atoms, of + 1) {
        return None;
    }
    let plain = |atom: &&Atom| {
        let small = matches!(atom.kind, Kind::Other | Kind::And | Kind::Article | Kind::Of | Kind::Marker | Kind::Modifier);
        let verbs = [Class::Contact, Class::Say, Class::Light];
        small && page.mark(atom.words.start).is_none() && !verbs.iter().any(|class| page.is(atom.words.start, *class))
    };
    let comma = of + 1 + atoms.get(of + 1..)?.iter().take(8).take_while(plain).count();
    let named = matches!(atoms.get(comma)?.kind, Kind::Comma) && matches!(atoms.get(comma + 1)?.kind, Kind::Name(_));
    named.then_some(comma + 1)
}

/// `, Name` or, after a plural office, `and Name`.
pub(super) fn name_after_comma(atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    let mut next = at;
    match &atoms.get(at)?.kind {
        Kind::Comma if party.head != Head::Body && party.head != Head::Delegates => next += 1,
        Kind::And if party.plural => next += 1,
        _ => return None,
    }
    if party.plural && matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::And)) {
        next += 1;
    }
    // the Honourable
    let style = |atom: usize| matches!(atoms.get(atom).map(|atom| &atom.kind), Some(Kind::Title | Kind::Modifier));
    if matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Article)) && style(next + 1) {
        next += 1;
    }
    while style(next) {
        next += 1;
    }
    matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Name(_))).then_some(next)
}

/// A further state of a list with its holder's name after a comma.
pub(super) fn next_of_list(page: &Page, atoms: &[Atom], at: usize) -> Option<(String, usize)> {
    let mut next = at;
    let link = |atom: &Atom| matches!(atom.kind, Kind::Comma | Kind::And) || page.mark(atom.words.start) == Some(';');
    while atoms.get(next).is_some_and(link) {
        next += 1;
    }
    if next == at {
        return None;
    }
    let (states, after) = states_after(page, atoms, next, false)?;
    let named = matches!(atoms.get(after).map(|atom| &atom.kind), Some(Kind::Comma))
        && matches!(atoms.get(after + 1).map(|atom| &atom.kind), Some(Kind::Name(_)));
    let direct = matches!(atoms.get(after).map(|atom| &atom.kind), Some(Kind::Name(_)));
    let name = if named { after + 1 } else { after };
    (named || direct).then(|| states.first().cloned().map(|state| (state, name))).flatten()
}

/// States after a head: with `of`, as a bare genitive, or joined by a hyphen; a list after a plural head.
pub(super) fn states_after(page: &Page, atoms: &[Atom], at: usize, plural: bool) -> Option<(Vec<String>, usize)> {
    let mut states = Vec::new();
    let mut next =
        skip_to_state(page, atoms, at, plural).or_else(|| skip_to_state(page, atoms, behind_portfolio(page, atoms, at)?, plural))?;
    loop {
        match &atoms[next].kind {
            Kind::StateNoun(state) | Kind::Organization(state) => push(&mut states, state),
            Kind::Group(group, _) => group.split_whitespace().for_each(|state| push(&mut states, state)),
            // an office of a capital's government
            Kind::Place(key, true) => push(&mut states, key.rsplit(", ").next().unwrap_or(key)),
            _ => break,
        }
        let mut end = next + 1;
        if !plural {
            return Some((states, end));
        }
        // the ministers of A (X), B (Y) and C: the holders of the offices, beside their states
        let kind = |at: usize| atoms.get(at).map(|atom| &atom.kind);
        if let (Some(Kind::Bracket), Some(Kind::Name(_)), Some(Kind::Bracket)) = (kind(end), kind(end + 1), kind(end + 2)) {
            end += 3;
        }
        let mut after = end;
        let mut joined = false;
        while matches!(atoms.get(after).map(|atom| &atom.kind), Some(Kind::Comma | Kind::And)) {
            joined = true;
            after += 1;
        }
        match joined.then(|| skip_to_state(page, atoms, after, false)).flatten() {
            Some(further) if matches!(atoms[further].kind, Kind::StateNoun(_) | Kind::Organization(_) | Kind::Group(..)) => next = further,
            None if joined
                && matches!(atoms[next].kind, Kind::Place(_, true))
                && matches!(atoms.get(after)?.kind, Kind::Place(_, true)) =>
            {
                next = after;
            }
            _ => return Some((states, end)),
        }
    }
    None
}

/// The governments of A and of B: a preposition before each.
pub(super) fn two_owners(atoms: &[Atom], at: usize) -> bool {
    let links = |at: usize| atoms[at.min(atoms.len())..].iter().take_while(|atom| atom.of || matches!(atom.kind, Kind::Article)).count();
    let state = |at: usize| matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::StateNoun(_)));
    let first = at + links(at);
    let second = first + 2 + links(first + 2);
    let again = atoms.get(first + 2).is_some_and(|atom| atom.of);
    state(first) && matches!(atoms.get(first + 1).map(|atom| &atom.kind), Some(Kind::And)) && again && state(second)
}

/// Mit den Präsidenten Ecuadors und Senegals, X und Y: two states and two names behind an office that may be one or many.
pub(super) fn two_holders(atoms: &[Atom], at: usize) -> bool {
    let start = at + atoms[at..].iter().take_while(|atom| atom.of || matches!(atom.kind, Kind::Article)).count();
    let mut kinds = atoms[start..].iter().map(|atom| &atom.kind);
    matches!(
        (kinds.next(), kinds.next(), kinds.next(), kinds.next(), kinds.next(), kinds.next(), kinds.next()),
        (
            Some(Kind::StateNoun(_)),
            Some(Kind::And),
            Some(Kind::StateNoun(_)),
            Some(Kind::Comma),
            Some(Kind::Name(_)),
            Some(Kind::And),
            Some(Kind::Name(_))
        )
    )
}

/// Minister of foreign affairs and international cooperation of Cambodia: the `of` behind a second portfolio.
fn behind_portfolio(page: &Page, atoms: &[Atom], at: usize) -> Option<usize> {
    if !matches!(atoms.get(at)?.kind, Kind::And) {
        return None;
    }
    let of = (at + 2..at + 7).find(|next| atoms.get(*next).is_some_and(|atom| atom.of))?;
    let plain = |atom: &Atom| {
        let word = atom.words.start;
        let verbs = [Class::Say, Class::Contact, Class::Light, Class::Status, Class::Future];
        matches!(atom.kind, Kind::Other | Kind::Modifier | Kind::Article)
            && page.mark(word).is_none()
            && !verbs.iter().any(|class| page.is(word, *class))
    };
    atoms[at + 1..of].iter().all(plain).then_some(of)
}

/// A verb, a noun of contact or a preposition of company: what follows belongs to it.
fn is_verbal(page: &Page, word: usize) -> bool {
    [Class::Contact, Class::Light, Class::Say].iter().any(|class| page.is(word, *class)) || page.marks(word, "with")
}

/// The negotiators of Moscow and Kyiv, as bare genitives: a city alone may have delegates of its own.
fn capitals_listed(atoms: &[Atom], at: usize) -> bool {
    let capital = |at: usize| matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::Place(_, true)));
    capital(at) && matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::And | Kind::Comma)) && capital(at + 2)
}

fn skip_to_state(page: &Page, atoms: &[Atom], at: usize, plural: bool) -> Option<usize> {
    let mut next = at;
    let mut marked = false;
    while let Some(atom) = atoms.get(next) {
        match &atom.kind {
            _ if atom.of && !marked => {
                marked = true;
                next += 1;
            }
            Kind::Article | Kind::Modifier if marked || atom.article => next += 1,
            Kind::Marker if plural && atom.article => next += 1,
            Kind::Hyphen if next == at => next += 1,
            // and of the five republics; prezidenti pěti středoasijských států
            Kind::Other if (marked || plural) && page.quantity_of[atom.words.start].is_some() => {
                marked = true;
                next += 1;
            }
            Kind::StateNoun(_) | Kind::Organization(_) | Kind::Group(_, false) => return Some(next),
            Kind::Group(_, true) if plural && marked => return Some(next),
            Kind::Place(_, true) if marked || plural && next == at && capitals_listed(atoms, at) => return Some(next),
            // the ministers of the bloc in Brussels
            Kind::Marker if marked && !atom.of && (page.marks(atom.words.start, "in") || page.marks(atom.words.start, "at")) => {
                return None;
            }
            // of all the five states of Central Asia
            Kind::Other | Kind::Marker | Kind::Of
                if plural
                    && !is_verbal(page, atom.words.start)
                    && (marked || page.marks(atom.words.start, "from") || page.marks(atom.words.start, "in") && next == at)
                    && page.shape(atom.words.start) != Shape::Mark =>
            {
                marked = true;
                next += 1;
            }
            _ => return None,
        }
        if next > at + if plural { 8 } else { 4 } {
            return None;
        }
    }
    None
}
