//! Noun phrases that name parties: a person, an office, a state, a body.
//!
//! In: a page and the names on it. Out: parties with office, states and the preposition before them.
//! Never: looks beyond its sentence; who an office's holder is, is settled later.

use crate::page::Page;
use crate::people::NameMention;
use crate::quantity::QuantityKind;
use chancery_language::{Class, Feature, Shape};
use chancery_model::Role;
use std::ops::Range;

/// What a party's head is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Head {
    Person,
    Office,
    Leader,
    Counterpart,
    State,
    Organization,
    Group,
    Delegates,
    Body,
    Pronoun,
}

/// A party as its words name it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Party {
    pub words: Range<usize>,
    pub head: Head,
    /// Index of the name.
    pub name: Option<usize>,
    /// Role as named; the states of it are `states`.
    pub role: Option<Role>,
    /// States and organizations that the words name with the office, or that are the party.
    pub states: Vec<String>,
    pub plural: bool,
    pub former: bool,
    pub elect: bool,
    pub acting: bool,
    /// Value and possessiveness of a pronoun.
    pub pronoun: Option<(String, bool)>,
    /// Whether a possessive pronoun stands before the head (his counterpart).
    pub possessed: bool,
    /// Markers directly before it (with, to, of...), its own or of the list it stands in.
    pub markers: Vec<String>,
    /// Parties in one list share a group.
    pub group: usize,
    /// Whether the words stand in the possessive (Putin's).
    pub possessive: bool,
    /// Where the office stands, apart from the name.
    pub office_words: Option<Range<usize>>,
    /// Whether only an adjective of a state stands for the party (the Russian-Turkish talks).
    pub adjective: bool,
    /// Whether the markers are those of the list before it.
    pub inherited: bool,
    /// Whether its form shows that it is no nominative, and so no subject.
    pub oblique: bool,
}

impl Party {
    pub(crate) fn marked(&self, value: &str) -> bool {
        self.markers.iter().any(|marker| marker == value)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Name(usize),
    Head(Head),
    StateAdjective(String),
    StateNoun(String),
    People(String),
    Organization(String),
    Group(Vec<String>, bool),
    Place(String, bool),
    Modifier,
    Title,
    Article,
    Of,
    Marker,
    Pronoun { value: String, possessive: bool },
    And,
    Comma,
    Hyphen,
    Possessive,
    Bracket,
    Other,
}

#[derive(Clone, Debug)]
struct Atom {
    words: Range<usize>,
    kind: Kind,
    /// An article or title that is a marker too.
    marker: bool,
    /// A marker `of` in any of its readings.
    of: bool,
    /// An article in any of its readings.
    article: bool,
}

/// Parties of every sentence, in order of their words.
pub(crate) fn find(page: &Page, names: &[NameMention]) -> Vec<Party> {
    let mut name_at = vec![None; page.cut.words.len()];
    for (index, name) in names.iter().enumerate() {
        name_at[name.words.start] = Some(index);
    }
    let mut parties = Vec::new();
    let mut groups = 0;
    for sentence in &page.cut.sentences {
        let atoms = atoms(page, names, &name_at, sentence.words.clone());
        chunk(page, names, &atoms, &mut parties, &mut groups);
    }
    parties
}

fn atoms(page: &Page, names: &[NameMention], name_at: &[Option<usize>], words: Range<usize>) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut word = words.start;
    while word < words.end {
        if let Some(name) = name_at[word] {
            atoms.push(Atom { words: word..names[name].words.end, kind: Kind::Name(name), marker: false, of: false, article: false });
            word = names[name].words.end;
            continue;
        }
        let end = page.hit_end(word).clamp(word + 1, words.end);
        let second = page.hits.at(word).is_some_and(|hit| page.hits.hits[hit].second.as_ref().is_some_and(|second| second.contains(&word)));
        let kind = match page.mark(word) {
            // the rest of a form whose first part stands before (o ministro chinês das Relações Exteriores)
            _ if second && page.is(word, Class::Office) => Kind::Modifier,
            Some(',' | '،') => Kind::Comma,
            Some('-' | '‑') if !page.spaced(word) => Kind::Hyphen,
            Some('(' | '[' | ')' | ']') => Kind::Bracket,
            Some('\'' | '’') if !page.spaced(word) => Kind::Possessive,
            Some('.') if word > words.start && page.is(word - 1, Class::Title) => Kind::Title,
            _ => kind(page, word, end),
        };
        let end = if kind == Kind::Possessive && page.folded(word + 1) == "s" && !page.spaced(word + 1) { word + 2 } else { end };
        let of = page.marks(word, "of");
        let marker = page.is(word, Class::Marker);
        let article = page.is(word, Class::Article);
        atoms.push(Atom { words: word..end, kind, marker, of, article });
        word = end;
    }
    atoms
}

fn kind(page: &Page, word: usize, _end: usize) -> Kind {
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
            Class::State if entry.is(Feature::Adjective) => (17, Kind::StateAdjective(entry.value.clone())),
            Class::State if entry.is(Feature::People) => (16, Kind::People(entry.value.clone())),
            Class::State => (18, Kind::StateNoun(entry.value.clone())),
            Class::Group => (15, Kind::Group(entry.value.split_whitespace().map(str::to_owned).collect(), entry.is(Feature::Adjective))),
            Class::Organization => (15, Kind::Organization(entry.value.clone())),
            Class::Place => (14, Kind::Place(entry.value.clone(), entry.is(Feature::Capital))),
            Class::Body => (13, Kind::Head(Head::Body)),
            // the Kremlin's press service speaks for its state
            Class::Agency => match page
                .reference
                .agencies()
                .iter()
                .find(|agency| agency.name == entry.value && agency.kind == "office" && !agency.of.is_empty())
            {
                Some(agency) => (12, Kind::StateNoun(agency.of.clone())),
                None => (0, Kind::Other),
            },
            Class::Delegate => (12, Kind::Head(Head::Delegates)),
            Class::Pronoun => (11, Kind::Pronoun { value: entry.value.clone(), possessive: entry.is(Feature::Possessive) }),
            Class::Modifier => (10, Kind::Modifier),
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

fn chunk(page: &Page, names: &[NameMention], atoms: &[Atom], parties: &mut Vec<Party>, groups: &mut usize) {
    let first_party = parties.len();
    let mut lists = Lists::default();
    let mut at = 0;
    while at < atoms.len() {
        match phrase(page, names, atoms, at) {
            Some((found, next)) => {
                let start = at;
                for mut party in found {
                    pass_name_on(page, parties, first_party, &mut party);
                    if let Some(merged) = apposition(page, atoms, parties, first_party, start, &party) {
                        merge(&mut parties[merged], party);
                        continue;
                    }
                    party.markers = markers_before(page, atoms, start);
                    join_group(page, &mut party, parties, first_party, groups, &mut lists);
                    parties.push(party);
                }
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    // commas alone make no list: according to the government, Putin
    for index in first_party + 1..parties.len() {
        let group = parties[index].group;
        // (an oblique form is no new subject: the list goes on)
        if parties[index - 1].group == group
            && !lists.joined.contains(&group)
            && !parties[index].oblique
            && !headline_pair(page, atoms, &parties[index - 1], &parties[index])
        {
            *groups += 1;
            let (old, new) = (group, *groups);
            for party in parties[index..].iter_mut().filter(|party| party.group == old) {
                party.group = new;
                if party.inherited {
                    party.markers.clear();
                }
            }
        }
    }
}

/// "Xi, Macron hold talks": two names at the head of a sentence and a verb.
fn headline_pair(page: &Page, atoms: &[Atom], first: &Party, second: &Party) -> bool {
    let begins = atoms.first().is_some_and(|atom| atom.words.start == first.words.start);
    let plain = |party: &Party| matches!(party.head, Head::Person | Head::State) && party.role.is_none() && !party.adjective;
    let verb = [Class::Contact, Class::Light, Class::Commit].iter().any(|class| page.is(second.words.end, *class));
    begins && plain(first) && plain(second) && verb && second.words.start == first.words.end + 1
}

/// What is known of the lists of a sentence.
#[derive(Default)]
struct Lists {
    /// Groups that a conjunction joins; it comes before their last member.
    joined: Vec<usize>,
}

/// "The spokesman of the Russian president, Dmitry Peskov": the name is of the first office.
fn pass_name_on(page: &Page, parties: &mut [Party], first_party: usize, party: &mut Party) {
    let Some(previous) = parties.get_mut(first_party..).and_then(<[Party]>::last_mut) else { return };
    let serves = previous.head == Head::Office
        && previous.name.is_none()
        && matches!(previous.role, Some(Role::Spokesperson | Role::Other | Role::SpecialEnvoy));
    let gap = previous.words.end..party.words.start;
    let genitive = gap.clone().all(|word| page.marks(word, "of") || page.is(word, Class::Article)) && gap.len() <= 2;
    let after_comma = party.office_words.as_ref().is_some_and(|office| (office.end..party.words.end).any(|word| page.is_comma(word)));
    if serves && genitive && after_comma && party.name.is_some() && matches!(party.head, Head::Office | Head::Leader) {
        previous.name = party.name.take();
        previous.states.clone_from(&party.states);
        if let Some(office) = &party.office_words {
            party.words.end = office.end.max(party.words.start + 1);
        }
    }
}

/// `Sergey Lavrov, Russia's foreign minister`: an office without a name directly after a name and a comma.
fn apposition(page: &Page, atoms: &[Atom], parties: &[Party], first_party: usize, start: usize, party: &Party) -> Option<usize> {
    let index = parties.len().checked_sub(1).filter(|index| *index >= first_party)?;
    let previous = &parties[index];
    let office_alone = matches!(party.head, Head::Office | Head::Leader) && party.name.is_none() && !party.plural;
    let gap = previous.words.end..party.words.start;
    let comma = gap.len() == 1 && (page.is_comma(gap.start) || page.mark(gap.start) == Some('('))
        || gap.len() == 2 && page.is_comma(gap.start) && page.is(gap.start + 1, Class::Article);
    let unmarked = start == 0 || !matches!(atoms[start].kind, Kind::Marker | Kind::Of);
    (office_alone && previous.name.is_some() && previous.role.is_none() && comma && unmarked && previous.head == Head::Person)
        .then_some(index)
}

fn merge(into: &mut Party, office: Party) {
    into.words.end = office.words.end;
    into.role = office.role;
    into.office_words = Some(office.words);
    for state in office.states {
        if !into.states.contains(&state) {
            into.states.push(state);
        }
    }
    into.former |= office.former;
    into.elect |= office.elect;
    into.acting |= office.acting;
}

/// Markers of the words directly before a phrase.
fn markers_before(page: &Page, atoms: &[Atom], start: usize) -> Vec<String> {
    let mut markers = Vec::new();
    // a word that is article and preposition alike (a China) is the article where a subject or a list's member may stand
    let only_article = |atom: usize| {
        let word = atoms[atom].words.start;
        atoms[atom].marker
            && atoms[atom].article
            && match atom.checked_sub(1).map(|before| &atoms[before]) {
                None => true,
                Some(before) => {
                    matches!(before.kind, Kind::And | Kind::Comma | Kind::Marker | Kind::Of)
                        || page.mark(before.words.start).is_some()
                        || page.is(before.words.start, Class::Clause)
                        || page.is(before.words.start, Class::That)
                        || word == 0
                }
            }
    };
    let values = |word: usize, markers: &mut Vec<String>| {
        for entry in page.entries(word).filter(|entry| entry.class == Class::Marker) {
            if !markers.contains(&entry.value) {
                markers.push(entry.value.clone());
            }
        }
    };
    // the phrase may begin with an article that is a marker as well
    if atoms[start].marker && !matches!(atoms[start].kind, Kind::Name(_) | Kind::Head(_)) && !only_article(start) {
        values(atoms[start].words.start, &mut markers);
    }
    if let Some(before) = start.checked_sub(1) {
        let article_here = atoms[start].article && atoms[start].marker && only_article(start);
        if (matches!(atoms[before].kind, Kind::Marker | Kind::Of) || atoms[before].marker) && (article_here || !only_article(before)) {
            values(atoms[before].words.start, &mut markers);
        } else if matches!(atoms[before].kind, Kind::Article) && before > 0 && atoms[before - 1].marker {
            values(atoms[before - 1].words.start, &mut markers);
        }
    }
    markers
}

/// A party that follows another with only commas and conjunctions between stands in its list and shares its marker.
fn join_group(page: &Page, party: &mut Party, parties: &[Party], first_party: usize, groups: &mut usize, lists: &mut Lists) {
    if let Some(previous) = parties.get(first_party..).and_then(<[Party]>::last) {
        let gap = previous.words.end..party.words.start.max(previous.words.end);
        let mut joined = !gap.is_empty();
        let mut conjunction = false;
        for word in gap.clone() {
            let and = page.is(word, Class::And);
            conjunction |= and;
            let filler = page.is_comma(word)
                || page.is(word, Class::Article)
                || page.is(word, Class::Marker)
                || page.is(word, Class::Modifier)
                || page.mark(word) == Some(')')
                // a 1. místopředsedou vlády
                || page.quantity_of[word].is_some()
                || page.mark(word) == Some('.') && word > gap.start;
            joined &= and || filler;
        }
        let has_comma = gap.clone().any(|word| page.is_comma(word));
        let same_marker = party.markers.is_empty() || party.markers.iter().any(|marker| previous.markers.contains(marker));
        let closed = lists.joined.contains(&previous.group);
        if joined && (conjunction || has_comma && !closed) && same_marker && gap.len() <= 5 {
            party.group = previous.group;
            if conjunction && !closed {
                lists.joined.push(previous.group);
            }
            if party.markers.is_empty() {
                party.markers.clone_from(&previous.markers);
                party.inherited = true;
            }
            return;
        }
    }
    *groups += 1;
    party.group = *groups;
}

/// The noun phrase that begins at an atom: one party, or several where a plural office names several holders.
fn phrase(page: &Page, names: &[NameMention], atoms: &[Atom], start: usize) -> Option<(Vec<Party>, usize)> {
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
        pronoun: None,
        possessed: false,
        markers: Vec::new(),
        group: 0,
        possessive: false,
        office_words: None,
        adjective: false,
        inherited: false,
        oblique: false,
    };
    let mut at = start;
    let mut adjectives = 0;
    let mut last_state: Option<usize> = None;
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
                states.iter().for_each(|state| push(&mut party.states, state));
                adjectives += 1;
                last_state = Some(at);
                at += 1;
            }
            Kind::Pronoun { possessive: true, value } if at == start => {
                party.possessed = true;
                party.pronoun = Some((value.clone(), true));
                at += 1;
            }
            Kind::StateNoun(state) | Kind::Organization(state) if leads_to_head(atoms, at) && !placed(page, atoms, at) => {
                push(&mut party.states, state);
                last_state = Some(at);
                at += if matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Possessive | Kind::Hyphen)) { 2 } else { 1 };
            }
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
        Kind::Head(head) => Some(headed(page, atoms, at, party, *head)),
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
            party.words.end = atoms[end - 1].words.end;
            party.states.retain(|_| adjectives > 0 || last_state.is_some());
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
            states.iter().for_each(|state| push(&mut party.states, state));
            party.plural = true;
            bare(party, at + 1, Head::Group)
        }
        Kind::Pronoun { value, possessive } if at == start => {
            party.pronoun = Some((value.clone(), *possessive));
            party.plural = matches!(value.as_str(), "they" | "both" | "we");
            bare(party, at + 1, Head::Pronoun)
        }
        // o brasileiro, der Russe: an article and a single adjective without a noun mean a state's leader
        _ if adjectives == 1 && at == start + 2 && matches!(atoms[start].kind, Kind::Article) && stands_alone(page, atom) => {
            bare(party, at, Head::Leader)
        }
        _ if adjectives > 0 => bare_adjective(party, atoms, at),
        _ => party.possessed.then(|| bare(party, at, Head::Pronoun)).flatten(),
    }
}

/// Whether a capital stands for its government: no preposition, and a verb of saying or doing directly beside it or its list.
fn speaks(page: &Page, atoms: &[Atom], at: usize) -> bool {
    let verbs = [Class::Say, Class::Commit, Class::Status, Class::Future, Class::Readiness];
    let verb = |atom: Option<&Atom>| atom.is_some_and(|atom| verbs.iter().any(|class| page.is(atom.words.start, *class)));
    let capital = |atom: Option<&Atom>| matches!(atom.map(|atom| &atom.kind), Some(Kind::Place(_, true)));
    let and = |atom: Option<&Atom>| matches!(atom.map(|atom| &atom.kind), Some(Kind::And));
    let before = at.checked_sub(1).map(|before| &atoms[before]);
    let marked = before.is_some_and(|atom| atom.marker && !atom.article || matches!(atom.kind, Kind::Comma | Kind::Place(..)));
    let listed = and(atoms.get(at + 1)) && capital(atoms.get(at + 2)) || and(before) && at >= 2 && capital(atoms.get(at - 2));
    !marked && (verb(atoms.get(at + 1)) || verb(before) || listed && (verb(atoms.get(at + 3)) || verb(atoms.get(at + 1))))
}

/// Whether what follows an adjective shows that no noun does: a mark, a preposition, a conjunction or a verb that a pack knows.
fn stands_alone(page: &Page, next: &Atom) -> bool {
    let word = next.words.start;
    let verbs = [Class::Say, Class::Contact, Class::Future, Class::Status, Class::Commit, Class::Light, Class::Negation];
    matches!(next.kind, Kind::Comma | Kind::And | Kind::Marker | Kind::Bracket)
        || verbs.iter().any(|class| page.is(word, *class))
        || matches!(page.mark(word), Some('.' | ':' | ';'))
}

fn bare_adjective(mut party: Party, atoms: &[Atom], end: usize) -> Option<(Vec<Party>, usize)> {
    party.words.end = atoms[end - 1].words.end;
    party.head = Head::State;
    party.adjective = true;
    party.plural = party.states.len() > 1;
    Some((vec![party], end))
}

/// In Japan: a state under a preposition of place owns no office that follows.
fn placed(page: &Page, atoms: &[Atom], at: usize) -> bool {
    let genitive = matches!(atoms.get(at + 1).map(|atom| &atom.kind), Some(Kind::Possessive | Kind::Hyphen));
    at.checked_sub(1).is_some_and(|before| {
        let word = atoms[before].words.start;
        (page.marks(word, "in") || page.marks(word, "at")) && !page.marks(word, "of") && !genitive
    })
}

/// Whether a state name stands before a head that it belongs to (Russia's foreign minister, US-Präsident, Kazakhstan President).
fn leads_to_head(atoms: &[Atom], at: usize) -> bool {
    let mut next = at + 1;
    if matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Possessive | Kind::Hyphen)) {
        next += 1;
    }
    while matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Modifier | Kind::StateAdjective(_))) {
        next += 1;
    }
    matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Head(_)))
}

fn next_is_adjective(atoms: &[Atom], mut at: usize) -> bool {
    while matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::And | Kind::Article)) {
        at += 1;
    }
    matches!(atoms.get(at).map(|atom| &atom.kind), Some(Kind::StateAdjective(_)))
}

/// What follows a head: the state it is of, and names.
fn headed(page: &Page, atoms: &[Atom], head_at: usize, mut party: Party, head: Head) -> (Vec<Party>, usize) {
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
            Some(Kind::Possessive) if names.is_empty() => {
                party.possessive = true;
                at += 1;
                end = at;
                break;
            }
            Some(Kind::Bracket) if page.mark(atoms[at].words.start) == Some('(') => {
                // a party or an acronym in brackets after the name
                break;
            }
            Some(Kind::Name(name)) => {
                names.push(*name);
                at += 1;
                end = at;
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
                // the presidents of the United States, Joe Biden, and of China, Xi Jinping
                if let Some((state, next)) = next_of_list(page, atoms, at) {
                    push(&mut party.states, &state);
                    at = next;
                }
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
            Some(_) if !has_of || party.plural && names.is_empty() => match states_after(page, atoms, at, party.plural) {
                Some((states, next)) if !has_of || party.states.is_empty() => {
                    states.iter().for_each(|state| push(&mut party.states, state));
                    has_of = true;
                    at = next;
                    end = at;
                }
                _ => match name_after_comma(atoms, at, &party) {
                    Some(next) => at = next,
                    None => break,
                },
            },
            Some(_) => match name_after_comma(atoms, at, &party) {
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

fn name_words(atoms: &[Atom], name: usize) -> Range<usize> {
    atoms.iter().find(|atom| atom.kind == Kind::Name(name)).map_or(0..0, |atom| atom.words.clone())
}

fn name_end(atoms: &[Atom], name: usize) -> usize {
    name_words(atoms, name).end
}

/// A further state of a list with its holder's name after a comma.
fn next_of_list(page: &Page, atoms: &[Atom], at: usize) -> Option<(String, usize)> {
    let mut next = at;
    while matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Comma | Kind::And)) {
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

/// `, Name` or, after a plural office, `and Name`.
fn name_after_comma(atoms: &[Atom], at: usize, party: &Party) -> Option<usize> {
    let mut next = at;
    match &atoms.get(at)?.kind {
        Kind::Comma if party.head != Head::Body && party.head != Head::Delegates => next += 1,
        Kind::And if party.plural => next += 1,
        _ => return None,
    }
    if party.plural && matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::And)) {
        next += 1;
    }
    while matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Title)) {
        next += 1;
    }
    matches!(atoms.get(next).map(|atom| &atom.kind), Some(Kind::Name(_))).then_some(next)
}

/// States after a head: with `of`, as a bare genitive, or joined by a hyphen; a list after a plural head.
fn states_after(page: &Page, atoms: &[Atom], at: usize, plural: bool) -> Option<(Vec<String>, usize)> {
    let mut states = Vec::new();
    let mut next = skip_to_state(page, atoms, at, plural)?;
    loop {
        match &atoms[next].kind {
            Kind::StateNoun(state) | Kind::Organization(state) => push(&mut states, state),
            Kind::Group(group, false) => group.iter().for_each(|state| push(&mut states, state)),
            // an office of a capital's government
            Kind::Place(key, true) => push(&mut states, key.rsplit(", ").next().unwrap_or(key)),
            _ => break,
        }
        let end = next + 1;
        if !plural {
            return Some((states, end));
        }
        let mut after = end;
        let mut joined = false;
        while matches!(atoms.get(after).map(|atom| &atom.kind), Some(Kind::Comma | Kind::And)) {
            joined = true;
            after += 1;
        }
        match joined.then(|| skip_to_state(page, atoms, after, false)).flatten() {
            Some(further) if matches!(atoms[further].kind, Kind::StateNoun(_) | Kind::Organization(_)) => next = further,
            _ => return Some((states, end)),
        }
    }
    None
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
            Kind::Hyphen if next == at => next += 1,
            Kind::StateNoun(_) | Kind::Organization(_) | Kind::Group(_, false) => return Some(next),
            Kind::Place(_, true) if marked => return Some(next),
            // of all the five states of Central Asia
            Kind::Other | Kind::Marker | Kind::Of
                if plural
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
            _ => {}
        }
    }
}

fn push(states: &mut Vec<String>, state: &str) {
    if !states.iter().any(|known| known == state) {
        states.push(state.to_owned());
    }
}
