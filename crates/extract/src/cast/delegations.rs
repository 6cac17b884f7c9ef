//! Delegations: who sends them, who leads them, which one is meant.
//!
//! In: the cast with what its parties stand for. Out: delegations that stand for the state of their body or for their leader. Never: a
//! delegation of businessmen.

use super::Cast;
use crate::page::Page;
use crate::party::Head;
use chancery_language::{Class, Shape};
use std::ops::Range;

/// Words between a delegation and the body that sends it, or between the names of such bodies.
const BODY: usize = 7;

/// Words between a delegation and whoever leads it.
const LED: usize = 6;

impl Cast {
    /// A delegation of the parliament of A: it stands for the state of the body that sends it, and the body is no party of its own.
    pub(super) fn send_delegations(&mut self, page: &Page) {
        let verbs = [Class::Contact, Class::Say, Class::Light, Class::Commit];
        for index in 0..self.parties.len().saturating_sub(1) {
            let sent = self.parties[index].head == Head::Delegates && self.meanings[index].states.is_empty();
            let sentence = page.sentence_of(self.parties[index].words.start);
            let near = (index + 1..self.in_sentence(sentence).end.min(index + 3)).take_while(|body| {
                let gap = self.parties[body - 1].words.end..self.parties[*body].words.start;
                let plain = |word: usize| page.mark(word).is_none() && !verbs.iter().any(|class| page.is(word, *class));
                let owned = gap.len() <= 1 || gap.clone().any(|word| page.marks(word, "of")) || self.parties[*body].marked("of");
                self.parties[*body].head == Head::Body && gap.len() <= BODY && gap.clone().all(plain) && owned
            });
            let bodies: Vec<usize> = near.collect();
            let sender = bodies.iter().copied().find(|body| self.meanings[*body].states.len() == 1).filter(|_| sent);
            if let Some(sender) = sender {
                self.meanings[index].states = self.meanings[sender].states.clone();
                bodies.iter().for_each(|body| self.parties[*body].apposed = true);
            }
        }
    }

    /// A delegation led by A, unter Leitung des Ministers A, eine von A geleitete Delegation: it is whoever leads it.
    pub(super) fn lead_delegations(&mut self, page: &Page) {
        let verbs = [Class::Contact, Class::Say, Class::Light, Class::Commit, Class::And, Class::That, Class::Clause];
        let nouns = page.pack.settings.nouns_are_capitalised;
        let unknown =
            |word: usize| page.hits.at(word).is_none() && (page.shape(word) == Shape::Lower || nouns && page.shape(word) == Shape::Capital);
        // a delegation of businessmen
        let nobodys = |words: &Range<usize>| (words.start.saturating_sub(2)..words.end + 2).any(|word| page.is(word, Class::Nonstate));
        for index in 0..self.parties.len() {
            let (found, states) = (&self.parties[index], &self.meanings[index].states);
            if found.head != Head::Delegates || nobodys(&found.words) {
                continue;
            }
            let leads = |leader: &usize| {
                let party = &self.parties[*leader];
                let meaning = &self.meanings[*leader];
                let home = states.is_empty() || meaning.states.iter().any(|state| states.contains(state));
                meaning.people.len() == 1
                    && !party.possessive
                    && home
                    && page.sentence_of(party.words.start) == page.sentence_of(found.words.start)
            };
            let plain = |words: Range<usize>| {
                let mut commas = words.clone().filter(|word| page.mark(*word).is_some());
                let enclosed = commas.next().is_none_or(|mark| page.is_comma(mark) && mark == words.start) && commas.next().is_none();
                enclosed && !words.into_iter().any(|word| verbs.iter().any(|class| page.is(word, *class)))
            };
            let behind = |leader: &usize| {
                let party = &self.parties[*leader];
                let gap = found.words.end..party.words.start;
                // (a delegation of the minister: he may have stayed at home)
                let by = |word: usize| ["by", "under"].iter().any(|value| page.marks(word, value)) && !page.marks(word, "of");
                let shown = party.oblique && party.markers.is_empty() && gap.clone().any(unknown);
                let led = gap.clone().any(by) || shown;
                (1..=LED).contains(&gap.len()) && plain(gap) && led
            };
            let before = |leader: &usize| {
                let party = &self.parties[*leader];
                party.marked("by") && party.words.end + 1 == found.words.start && unknown(party.words.end)
            };
            let next = Some(index + 1).filter(|next| *next < self.parties.len()).filter(leads).filter(behind);
            let leader = next.or_else(|| index.checked_sub(1).filter(leads).filter(before));
            // (led by A, B and C)
            let Some(group) = leader.map(|leader| self.parties[leader].group) else { continue };
            let of_list = |party: &usize| self.parties[*party].group == group && *party != index;
            let all: Vec<usize> = self.in_sentence(page.sentence_of(self.parties[index].words.start)).filter(of_list).collect();
            let mut led = super::Meaning { office: leader.and_then(|leader| self.meanings[leader].office.clone()), ..Default::default() };
            for leader in all.iter().filter(|leader| !self.meanings[**leader].people.is_empty()) {
                led.people.extend(&self.meanings[*leader].people);
                let states = self.meanings[*leader].states.iter().filter(|state| !led.states.contains(state)).cloned().collect::<Vec<_>>();
                led.states.extend(states);
            }
            // (two delegations led by A of one state and B of another: each of them a side of its own)
            if led.states.len() == 1 {
                self.meanings[index] = led;
                all.iter().for_each(|leader| self.parties[*leader].apposed = true);
            }
        }
    }

    /// The delegation, without a state of its own, is the one that was named last with its state, by the same word.
    pub(super) fn meet_delegations_again(&mut self, page: &Page) {
        let mut last: Option<(usize, Vec<String>)> = None;
        for (party, meaning) in self.parties.iter().zip(&mut self.meanings) {
            if party.head != Head::Delegates {
                continue;
            }
            let again = |noun: usize| party.words.clone().any(|word| page.folded(word) == page.folded(noun));
            match &last {
                Some((noun, states)) if meaning.states.is_empty() && page.is(party.words.start, Class::Article) && again(*noun) => {
                    meaning.states.clone_from(states);
                }
                _ if meaning.states.len() == 1 => last = Some((party.words.end - 1, meaning.states.clone())),
                _ => {}
            }
        }
    }
}
