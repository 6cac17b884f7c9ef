//! Envoys: whoever hands over his papers or is called in, and his host.
//!
//! In: a cue and the parties of its sentence. Out: the two sides, wherever each stands. Never: makes a contact.

use super::sides::{Sides, is_verb_cue, list_of};
use crate::cast::Cast;
use crate::frame::rules::Frame;
use crate::page::Page;
use crate::party::Head;
use chancery_model::Role;
use std::ops::Range;

/// Credentials, a summons: an envoy, or several, and whoever of another state receives them, wherever each stands.
pub(super) fn envoy_sides(page: &Page, cast: &Cast, frame: &Frame, cue: &Range<usize>, sentence: usize) -> Option<Sides> {
    let same = |party: &usize| page.quote_of[cast.parties[*party].words.start] == page.quote_of[cue.start];
    let envoy = |party: &usize| cast.parties[*party].role == Some(Role::Ambassador);
    let stated = |party: &usize| !cast.meanings[*party].states.is_empty();
    let parties: Vec<usize> = cast.in_sentence(sentence).filter(same).collect();
    let mut envoys: Vec<usize> = parties.iter().copied().filter(envoy).filter(stated).collect();
    let listed = |party: &usize| {
        let found = &cast.parties[*party];
        found.head == Head::Person && !found.states.is_empty() && found.words.start >= cue.end
    };
    // ambassadors, among them new diplomats from A and B
    let several = |party: &usize| cast.parties[*party].head == Head::Delegates && cast.meanings[*party].states.len() > 1;
    if envoys.is_empty() && frame.nominal && parties.iter().any(envoy) {
        envoys = parties.iter().copied().filter(several).collect();
    }
    if envoys.is_empty() && frame.nominal && parties.iter().filter(|party| listed(party)).count() >= 2 {
        // received the credentials of: A (Serbia), B (Slovakia)
        envoys = parties.iter().copied().filter(listed).collect();
    }
    let many = || parties.iter().any(|party| envoy(party) && cast.parties[*party].plural);
    let next = if envoys.is_empty() && frame.nominal && many() { listed_next(page, cast, cue, sentence) } else { Vec::new() };
    let listed = !next.is_empty();
    envoys.extend(next);
    let foreign = |party: &usize| {
        let states = &cast.meanings[*party].states;
        states.iter().all(|state| envoys.iter().all(|envoy| !cast.meanings[*envoy].states.contains(state)))
    };
    let host = |party: &usize| {
        let found = &cast.parties[*party];
        // a state or a ministry calls an envoy in; a person takes his papers
        let body = !frame.nominal && !found.adjective && !found.possessive && matches!(found.head, Head::Body | Head::State | Head::Office);
        let able = !cast.meanings[*party].people.is_empty() || body && (found.markers.is_empty() || found.head == Head::Body);
        able && !envoys.contains(party) && !envoy(party) && !found.former && stated(party) && foreign(party)
    };
    let mut hosts: Vec<usize> = parties.iter().copied().find(host).map(|host| list_of(cast, host, &parties)).unwrap_or_default();
    if hosts.is_empty() && frame.nominal {
        hosts.extend(host_before(page, cast, sentence).filter(&foreign));
    }
    // envoys do not hand their papers to each other
    let first = envoys.first().map(|envoy| &cast.meanings[*envoy].states)?;
    let alone = hosts.is_empty() && envoys.iter().any(|envoy| cast.meanings[*envoy].states != *first);
    (!alone).then_some(Sides { agents: hosts, partners: envoys, listed, ..Sides::default() })
}

/// Sentences back within which whoever takes the papers is told.
const BACK: usize = 3;

/// Sentences ahead over which a list of envoys may run, one in a line.
const LIST: usize = 12;

/// Who takes papers, where an earlier sentence says so: the holder of an office of one seat named last.
fn host_before(page: &Page, cast: &Cast, sentence: usize) -> Option<usize> {
    let from = sentence.saturating_sub(BACK);
    let before = (from..sentence).filter(|at| page.tells(*at)).flat_map(|at| cast.in_sentence(at)).collect::<Vec<_>>();
    // (a minister may have attended; the papers are taken by whoever stands at the head of the state)
    let head = |party: &&usize| {
        let top = [Role::Monarch, Role::President, Role::HeadOfState];
        let people = &cast.meanings[**party].people;
        let holds = |person: usize| top.iter().any(|role| cast.holds(page, person, *role));
        people.len() == 1 && holds(people[0]) && !cast.parties[**party].former && !cast.meanings[**party].states.is_empty()
    };
    if let Some(head) = before.iter().rev().find(head) {
        return Some(*head);
    }
    before.into_iter().rev().find(|party| {
        let (found, meaning) = (&cast.parties[*party], &cast.meanings[*party]);
        found.role.is_some_and(Role::single_seat) && !found.former && meaning.people.len() == 1 && !meaning.states.is_empty()
    })
}

/// Took the papers of four new ambassadors. They were A of B and C of D: the envoys whom the next sentences list.
fn listed_next(page: &Page, cast: &Cast, cue: &Range<usize>, sentence: usize) -> Vec<usize> {
    let envoy = |party: &usize| {
        let (found, meaning) = (&cast.parties[*party], &cast.meanings[*party]);
        found.role == Some(Role::Ambassador) && meaning.people.len() == 1 && !meaning.states.is_empty()
    };
    let continues = |at: &usize| {
        let words = page.cut.sentences[*at].words.clone();
        let told = page.tells(*at) && page.quote_of[words.start] == page.quote_of[cue.start];
        told && !words.clone().any(|word| is_verb_cue(page, word)) && cast.in_sentence(*at).any(|party| envoy(&party))
    };
    let next = sentence + 1..page.cut.sentences.len().min(sentence + 1 + LIST);
    let list: Vec<usize> = next.take_while(continues).flat_map(|at| cast.in_sentence(at)).filter(envoy).collect();
    if list.len() >= 2 { list } else { Vec::new() }
}
