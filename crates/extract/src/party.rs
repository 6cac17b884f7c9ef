//! Noun phrases that name parties: a person, an office, a state, a body.
//!
//! In: a page and the names on it. Out: parties with office, states and the preposition before them.
//! Never: looks beyond its sentence; who an office's holder is, is settled later.

use crate::adjunct;
use crate::atom::{Atom, Kind, atoms};
use crate::page::Page;
use crate::people::NameMention;
use crate::phrase::phrase;
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
    /// Whether the office is that of the day told, not of now (the then president).
    pub then: bool,
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
    /// Whether the office is that of a parliament's president.
    pub presides: bool,
    /// Whether it is a further office of somebody named beside it, and nobody else (X, chairman of Y,).
    pub apposed: bool,
    /// Group and markers of the possessive state that a body took over (South Sudan's Transitional Government).
    pub owner: Option<(usize, Vec<String>)>,
}

impl Party {
    pub(crate) fn marked(&self, value: &str) -> bool {
        self.markers.iter().any(|marker| marker == value)
    }
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

fn chunk(page: &Page, names: &[NameMention], atoms: &[Atom], parties: &mut Vec<Party>, groups: &mut usize) {
    let first_party = parties.len();
    let mut lists = Lists::default();
    let mut at = 0;
    while at < atoms.len() {
        match phrase(page, names, atoms, at) {
            Some((mut found, next)) => {
                let start = at;
                // dem Minister: the article shows the case
                let article = atoms[start].words.start;
                if matches!(atoms[start].kind, Kind::Article)
                    && page.entries(article).filter(|entry| entry.class == Class::Article).all(|entry| entry.is(Feature::Oblique))
                {
                    found[0].oblique = true;
                }
                let mut of_phrase: Option<usize> = None;
                for mut party in found {
                    if let Some(group) = of_phrase {
                        // several names of one plural office
                        party.markers = parties.last().map(|party| party.markers.clone()).unwrap_or_default();
                        party.group = group;
                        lists.joined.push(group);
                        parties.push(party);
                        continue;
                    }
                    own_body(page, parties, first_party, &mut party);
                    pass_name_on(page, names, parties, first_party, &mut party);
                    if let Some(merged) = apposition(page, atoms, parties, first_party, start, &party) {
                        merge(&mut parties[merged], party);
                        continue;
                    }
                    party.markers = markers_before(page, atoms, start, &party);
                    if let Some(owner) = party.owner.take() {
                        (party.group, party.markers) = owner;
                    } else {
                        join_group(page, &mut party, parties, first_party, groups, &mut lists);
                    }
                    of_phrase = Some(party.group);
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
            && !listed_on(page, &parties[index])
            && !row_of_officials(page, &parties[first_party..], index - first_party)
            && !in_another_place(page, &parties[index - 1], &parties[index])
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
    lists_that_go_on(page, parties, first_party, &lists.joined);
    further_offices(page, &mut parties[first_party..]);
}

/// President X, chairman of the union, said; chairman of the union and president of A, X: the office in a union of somebody who
/// leads one of its states.
fn further_offices(page: &Page, parties: &mut [Party]) {
    let of_union = |party: &Party| {
        let united = |key: &String| page.reference.organization(key).is_some() && page.reference.state(key).is_none();
        let office = party.head == Head::Office && !party.plural && party.role != Some(Role::SecretaryGeneral);
        office && !party.states.is_empty() && party.states.iter().all(united)
    };
    let of_state = |party: &Party| {
        let leads = matches!(party.head, Head::Office | Head::Leader) && !party.plural && !party.states.is_empty();
        leads && party.states.iter().all(|key| page.reference.state(key).is_some())
    };
    let article = |party: &Party| page.is(party.words.start, Class::Article);
    for index in 1..parties.len() {
        let begins = |word: usize| parties.iter().any(|party| party.words.start == word);
        let (before, party) = (&parties[index - 1], &parties[index]);
        let gap = before.words.end..party.words.start;
        let joined = gap.len() == 1 && page.is(gap.start, Class::And);
        let behind_name = before.name.is_some() && !before.plural && gap.len() == 1 && page.is_comma(gap.start);
        // (president of the OSCE Ministerial Council: a name may go on)
        let name = |word: &usize| page.shape(*word) == Shape::Capital;
        let end = party.words.end + (party.words.end..party.words.end + 3).take_while(name).count();
        let closes = page.mark(end).is_some_and(|mark| mark != '-') && !page.is(end + 1, Class::And) && !begins(end + 1);
        if behind_name && closes && party.name.is_none() && of_union(party) {
            parties[index].apposed = true;
        } else if joined && before.name.is_none() && party.name.is_some() && !article(before) && of_union(before) && of_state(party) {
            parties[index - 1].apposed = true;
        } else if joined && before.name.is_none() && party.name.is_some() && !article(party) && of_state(before) && of_union(party) {
            parties[index - 1].name = parties[index].name.take();
            parties[index].apposed = true;
        }
    }
}

/// Met with President A, Prime Minister B, Minister C, and ...: three officials and more, with nothing but commas
/// between them, behind a cue.
fn row_of_officials(page: &Page, parties: &[Party], index: usize) -> bool {
    let official = |party: &Party| party.head == Head::Office && party.name.is_some();
    let joined = |at: usize| {
        let (one, next) = (&parties[at], &parties[at + 1]);
        let comma = behind_affiliation(page, one.words.end);
        official(one) && official(next) && next.words.start == comma + 1 && page.is_comma(comma)
    };
    let mut first = index;
    while first > 0 && joined(first - 1) {
        first -= 1;
    }
    let mut last = index;
    while last + 1 < parties.len() && joined(last) {
        last += 1;
    }
    let sentence = page.cut.sentences[page.sentence_of(parties[first].words.start)].words.start;
    let behind = (sentence..parties[first].words.start).any(|word| page.is(word, Class::Contact));
    let verb = [Class::Say, Class::Contact, Class::Light, Class::Future].iter().any(|class| page.is(parties[last].words.end, *class));
    last - first >= 2 && behind && !verb
}

/// On Russia, China and energy: a state whose list goes on with something that is no party.
fn listed_on(page: &Page, party: &Party) -> bool {
    let next = party.words.end;
    let unknown = page.shape(next + 1) == Shape::Lower && page.hits.at(next + 1).is_none();
    matches!(party.head, Head::State | Head::Organization) && party.inherited && page.is(next, Class::And) && unknown
}

/// With A and B, C and D: a list that goes on behind its conjunction, up to the end of the sentence.
fn lists_that_go_on(page: &Page, parties: &mut [Party], first_party: usize, joined: &[usize]) {
    for index in first_party + 1..parties.len() {
        let (before, party) = (&parties[index - 1], &parties[index]);
        let (group, next) = (before.group, party.group);
        let link = behind_affiliation(page, before.words.end);
        let comma = link + 1 == party.words.start && page.is_comma(link);
        let last = parties[index..].iter().rev().find(|party| party.group == next).map_or(0, |party| party.words.end);
        let closes = page.mark(last).is_none_or(|mark| mark == '.') && page.shape(last) == Shape::Mark || last >= page.cut.words.len();
        let sentence = page.cut.sentences[page.sentence_of(before.words.start)].words.start;
        let behind_cue = (sentence..before.words.start).any(|word| page.is(word, Class::Contact));
        let open = behind_cue && party.markers.is_empty() && party.head != Head::Pronoun;
        if group != next && comma && open && closes && joined.contains(&group) && joined.contains(&next) {
            let markers = before.markers.clone();
            for party in parties[index..].iter_mut().filter(|party| party.group == next) {
                party.group = group;
                party.markers.clone_from(&markers);
                party.inherited = true;
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

/// South Sudan's Revitalized Transitional Government: a body behind a possessive state and names of its own.
fn own_body(page: &Page, parties: &mut Vec<Party>, first_party: usize, party: &mut Party) {
    if party.head != Head::Body || !party.states.is_empty() || parties.len() <= first_party {
        return;
    }
    let Some(owner) = parties.last().filter(|owner| owner.head == Head::State && owner.possessive) else { return };
    let gap = owner.words.end..party.words.start;
    if gap.len() <= 4 && gap.clone().all(|word| page.shape(word) == Shape::Capital) {
        party.states.clone_from(&owner.states);
        party.words.start = owner.words.start;
        party.owner = Some((owner.group, owner.markers.clone()));
        parties.pop();
    }
}

/// "The spokesman of the Russian president, Dmitry Peskov", "the head of the office of the president, Andriy Yermak": the
/// name is of the first office.
fn pass_name_on(page: &Page, names: &[NameMention], parties: &mut [Party], first_party: usize, party: &mut Party) {
    let Some(previous) = parties.get_mut(first_party..).and_then(<[Party]>::last_mut) else { return };
    let serves = previous.head == Head::Office
        && previous.name.is_none()
        && !previous.plural
        && matches!(previous.role, Some(Role::Spokesperson | Role::Other | Role::SpecialEnvoy | Role::DeputyForeignMinister));
    let gap = previous.words.end..party.words.start;
    let link = |word: usize| ["of", "for", "to", "at", "in", "from"].iter().any(|value| page.marks(word, value));
    let genitive = gap.clone().all(|word| link(word) || page.is(word, Class::Article) || page.is(word, Class::Body)) && gap.len() <= 4;
    let after_comma = party.office_words.as_ref().is_some_and(|office| (office.end..party.words.end).any(|word| page.is_comma(word)));
    // náměstek v kanceláři prezidenta Jan Nowak: the office stands in another case than the name
    let other_case = party.oblique && party.name.is_some_and(|name| !names[name].oblique && names[name].full) && !previous.oblique;
    if serves && genitive && (after_comma || other_case) && party.name.is_some() && matches!(party.head, Head::Office | Head::Leader) {
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
    // their host X, the prime minister of Malaysia
    let bare = previous.head == Head::Person || previous.head == Head::Counterpart && !previous.plural && previous.states.is_empty();
    (office_alone && previous.name.is_some() && previous.role.is_none() && comma && unmarked && bare).then_some(index)
}

fn merge(into: &mut Party, office: Party) {
    into.words.end = office.words.end;
    into.head = Head::Person;
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
    into.then |= office.then;
}

/// Markers of the words directly before a phrase.
fn markers_before(page: &Page, atoms: &[Atom], start: usize, party: &Party) -> Vec<String> {
    let mut markers = Vec::new();
    // a word that is article and preposition alike (a China) is the article where a subject or a list's member may stand
    // (and before a singular office: a ministra; "to the minister" is à ministra)
    let office = !party.plural && party.office_words.is_some() && party.words.start == atoms[start].words.start;
    let only_article = |atom: usize| {
        let word = atoms[atom].words.start;
        // disse a ASEAN: the ASEAN said
        let said = atom.checked_sub(1).is_some_and(|before| page.is(atoms[before].words.start, Class::Say));
        let body = said && matches!(party.head, Head::Organization | Head::State | Head::Body | Head::Group);
        if atoms[atom].marker && atoms[atom].article && atom + 1 >= start && (office || body) {
            return true;
        }
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
    // a nominative stands under no preposition (setká se ministr, where `se` is a pronoun)
    let delegates = || page.entries(party.words.start).filter(|entry| entry.class == Class::Delegate);
    let people = party.head == Head::Delegates && delegates().next().is_some() && delegates().all(|entry| !entry.is(Feature::Oblique));
    let nominative = people || !party.oblique && !party.plural && (party.name.is_some() || party.head == Head::Office);
    let values = |word: usize, markers: &mut Vec<String>| {
        // after A met B: the conjunction of a clause
        if page.is(word, Class::Clause) && page.edges.opens(word) {
            return;
        }
        for entry in page.entries(word).filter(|entry| entry.class == Class::Marker) {
            if entry.is(Feature::Oblique) && nominative {
                continue;
            }
            if !markers.iter().any(|marker| *marker == entry.value) {
                markers.push(entry.value.to_string());
            }
        }
    };
    // the phrase may begin with an article that is a marker as well
    if atoms[start].marker && !matches!(atoms[start].kind, Kind::Name(_) | Kind::Head(_)) && !only_article(start) {
        values(atoms[start].words.start, &mut markers);
    }
    // arrived in: the preposition may be part of the cue
    let word = atoms[start].words.start;
    let journey = |before: usize| page.entries(before).any(|entry| entry.class == Class::Contact && entry.value.starts_with("visit"));
    if matches!(party.head, Head::State | Head::Group) && word.checked_sub(1).is_some_and(journey) {
        markers.push("to".to_owned());
    }
    if let Some(before) = start.checked_sub(1) {
        let article_here = atoms[start].article && atoms[start].marker && only_article(start);
        if (matches!(atoms[before].kind, Kind::Marker | Kind::Of) || atoms[before].marker) && (article_here || !only_article(before)) {
            values(atoms[before].words.start, &mut markers);
        } else if (matches!(atoms[before].kind, Kind::Article) || only_article(before))
            && before > 0
            && atoms[before - 1].marker
            // bei dem er: the article opens a relative clause
            && party.head != Head::Pronoun
        {
            values(atoms[before - 1].words.start, &mut markers);
        }
    }
    // após o presidente se ter reunido: the subject of an infinitive
    if markers.iter().all(|marker| marker == "after" || marker == "before") && acts_in_infinitive(page, party) {
        markers.clear();
    }
    markers
}

/// Whether a verb in the infinitive, or a participle behind its auxiliary, stands right behind a party.
fn acts_in_infinitive(page: &Page, party: &Party) -> bool {
    let near = (party.words.end..party.words.end + 4).take_while(|word| page.mark(*word).is_none_or(|mark| mark == '-'));
    let verb = |word: usize| {
        let auxiliary = page.has_feature(word - 1, Class::Light, Feature::Infinitive);
        page.entries(word).any(|entry| {
            let infinitive = entry.is(Feature::Infinitive) && !entry.is(Feature::Present);
            entry.class == Class::Contact && !entry.is(Feature::Noun) && (infinitive || auxiliary && entry.is(Feature::Participle))
        })
    };
    !party.oblique && near.into_iter().any(|word| page.begins_hit(word) && verb(word))
}

/// A party that follows another with only commas and conjunctions between stands in its list and shares its marker.
fn join_group(page: &Page, party: &mut Party, parties: &[Party], first_party: usize, groups: &mut usize, lists: &mut Lists) {
    if let Some(previous) = parties.get(first_party..).and_then(<[Party]>::last) {
        let placed = in_another_place(page, previous, party);
        let affiliated = behind_affiliation(page, previous.words.end);
        let start = if placed { adjunct::behind(page, affiliated).end } else { affiliated };
        let gap = start..titles_start(page, party).max(start);
        let mut joined = !gap.is_empty();
        let mut conjunction = false;
        // i-a sunat pe A, pe B: a word that is repeated before each
        let before_first = previous.words.start.checked_sub(1).filter(|word| page.shape(*word) == chancery_language::Shape::Lower);
        let repeated = |word: usize| before_first.is_some_and(|first| page.folded(first) == page.folded(word));
        for word in gap.clone() {
            let and = page.is(word, Class::And) || gap.len() == 1 && matches!(page.mark(word), Some('-' | '‑' | '–')) && !page.spaced(word);
            conjunction |= and;
            let filler = page.is_comma(word)
                || page.mark(word) == Some(';')
                || page.is(word, Class::Article)
                || page.is(word, Class::Marker)
                || page.is(word, Class::Modifier)
                || repeated(word)
                || page.mark(word) == Some(')')
                // a 1. místopředsedou vlády
                || page.quantity_of[word].is_some()
                || page.mark(word) == Some('.') && word > gap.start;
            joined &= and || filler;
        }
        let has_comma = gap.clone().any(|word| page.is_comma(word) || page.mark(word) == Some(';'));
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

/// Chancellor X (CDU), President Y and Z: the word behind the party or age that stands in brackets behind a name.
fn behind_affiliation(page: &Page, end: usize) -> usize {
    let inside = |word: &usize| page.mark(*word).is_none() && !page.is(*word, Class::State) && !page.is(*word, Class::Contact);
    let close = end + 1 + (end + 1..end + 4).take_while(inside).count();
    let brackets = page.mark(end) == Some('(') && page.mark(close) == Some(')') && close > end + 1;
    if brackets { close + 1 } else { end }
}

/// And Principal Secretary X, and Deputy Commander General Y: where the capitalised words begin that no pack knows, in
/// front of an official of a list.
fn titles_start(page: &Page, party: &Party) -> usize {
    let mut start = party.words.start;
    let title = |word: usize| matches!(page.shape(word), Shape::Capital | Shape::Upper) && page.hits.at(word).is_none();
    if matches!(party.head, Head::Person | Head::Office) && party.name.is_some() && party.markers.is_empty() {
        while start > 0 && party.words.start - start < 4 && title(start - 1) {
            start -= 1;
        }
    }
    let listed = start > 0 && (page.is_comma(start - 1) || page.is(start - 1, Class::And));
    if listed { start } else { party.words.start }
}

/// Met A in Moscow on Friday, B in Beijing on Monday: members of a list, each with a place or a day of his own.
fn in_another_place(page: &Page, previous: &Party, party: &Party) -> bool {
    let personal = |party: &Party| matches!(party.head, Head::Person | Head::Office | Head::Leader) && party.name.is_some();
    let (first, second) = (adjunct::behind(page, previous.words.end), adjunct::behind(page, party.words.end));
    let closes = |word: usize| page.is_comma(word) || page.is(word, Class::And) || page.mark(word) == Some('.');
    let both = first.spot.is_some() && (second.spot.is_some() || closes(party.words.end)) || first.date.is_some() && second.date.is_some();
    personal(previous) && personal(party) && both
}
