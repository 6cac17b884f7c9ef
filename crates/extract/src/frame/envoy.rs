//! Envoys: whoever hands over his papers or is called in, and his host.
//!
//! In: a cue and the parties of its sentence. Out: the two sides, wherever each stands. Never: makes a contact.

use super::sides::{Sides, list_of};
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
    let hosts: Vec<usize> = parties.iter().copied().find(host).map(|host| list_of(cast, host, &parties)).unwrap_or_default();
    (!envoys.is_empty()).then_some(Sides { agents: hosts, partners: envoys, ..Sides::default() })
}
