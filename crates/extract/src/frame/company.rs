//! Who takes part: people, states and claim parties of the sides that were found.
//!
//! In: sides. Out: those whom the frame counts, and whether they are enough. Never: looks for a side.

use super::sides::Sides;
use crate::cast::Cast;
use crate::frame::rules::{Counts, Frame};
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Feature};
use chancery_model::Party as ClaimParty;

/// People, states and claim parties of the sides.
pub(super) fn gather(page: &Page, cast: &mut Cast, frame: &Frame, sides: &Sides) -> (Vec<usize>, Vec<String>, Vec<ClaimParty>) {
    let (mut people, mut states, mut parties) = (Vec::new(), Vec::new(), Vec::new());
    let all: Vec<usize> = match frame.counts {
        Counts::Agent => sides.agents.clone(),
        Counts::Partner => sides.partners.clone(),
        Counts::All => sides.agents.iter().chain(&sides.partners).copied().collect(),
    };
    let mut add_state = |state: &String| {
        if !states.contains(state) {
            states.push(state.clone());
        }
    };
    let agents = sides.agents_by_discourse.iter().filter(|_| frame.counts != Counts::Partner);
    let partners = sides.partners_by_discourse.iter().filter(|_| frame.counts != Counts::Agent);
    for character in agents.chain(partners) {
        if let Some(state) = cast.states_of(*character).first() {
            add_state(state);
            people.push(*character);
            parties.push(cast.claim_party(page, *character, None));
        }
    }
    for party in all {
        let meaning = cast.meanings[party].clone();
        if cast.parties[party].former {
            // a former leader stands for no state
            continue;
        }
        meaning.states.iter().for_each(&mut add_state);
        let mut meaning = meaning;
        let found = &cast.parties[party];
        let delegates = found.head == Head::Delegates && meaning.people.is_empty() && meaning.states.len() == 1;
        if delegates && sides.agents.contains(&party) {
            meaning.people.extend(led_by(page, cast, party));
        }
        if delegates && sides.agents.contains(&party) && !found.plural && meaning.people.is_empty() {
            // the American official: whoever of that state was named last
            let last = (0..party).rev().find_map(|earlier| {
                cast.meanings[earlier]
                    .people
                    .first()
                    .copied()
                    .filter(|character| cast.states_of(*character).first() == meaning.states.first())
            });
            meaning.people.extend(last);
        }
        for character in meaning.people {
            if !people.contains(&character) {
                people.push(character);
                parties.push(cast.claim_party(page, character, Some(party)));
                if meaning.states.is_empty()
                    && let Some(state) = cast.states_of(character).first()
                {
                    add_state(state);
                }
            }
        }
    }
    (people, states, parties)
}

/// The delegation led by A, B and C: they, where it is told of again.
fn led_by(page: &Page, cast: &Cast, delegation: usize) -> Vec<usize> {
    let same = |other: &usize| {
        let found = &cast.parties[*other];
        found.head == Head::Delegates && cast.meanings[*other].states == cast.meanings[delegation].states
    };
    let leader = |other: usize| {
        let next = cast.parties.get(other + 1)?;
        let behind = next.marked("by") && next.words.start <= cast.parties[other].words.end + 8;
        (behind && page.sentence_of(next.words.start) == page.sentence_of(cast.parties[other].words.start)).then_some(next.group)
    };
    let group = (0..=delegation).rev().filter(same).find_map(leader);
    let led = cast.parties.iter().zip(&cast.meanings).filter(|(party, _)| Some(party.group) == group);
    led.flat_map(|(_, meaning)| meaning.people.iter().copied()).collect()
}

pub(super) fn sides_are_personal(cast: &Cast, sides: &Sides) -> bool {
    let personal = |party: &usize| {
        matches!(cast.parties[*party].head, Head::Person | Head::Office | Head::Leader | Head::Counterpart | Head::Delegates)
    };
    let partners = sides.partners.iter().any(personal);
    let agents = sides.agents.iter().any(|party| personal(party) || matches!(cast.parties[*party].head, Head::Body | Head::State))
        || !sides.agents_by_discourse.is_empty();
    partners && agents
}

pub(super) fn states_may_travel(page: &Page, cast: &Cast, sides: &Sides) -> bool {
    sides.agents.iter().any(|party| {
        let found = &cast.parties[*party];
        // the Romanians who go to Turkey are no delegation
        let people = found.head == Head::Delegates && page.has_feature(found.words.end - 1, Class::State, Feature::People);
        matches!(found.head, Head::Office | Head::Leader | Head::Delegates) && !people
    })
}

pub(super) fn page_has_subject(cast: &Cast, sides: &Sides) -> bool {
    sides.agents.iter().any(|party| !cast.meanings[*party].states.is_empty())
}
