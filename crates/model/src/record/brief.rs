//! An entry as a list shows it.
//!
//! In: an entry. Out: the same with a few of its claims and reasons. Never: another value, number of sources or status.

use super::{Backing, Content, Entry, Said};

impl Entry {
    /// The entry with at most `few` claims, reasons and copies, and as many claims beside each of its values; the values are all there, and
    /// so is the claim published last. `None` where the entry has no more claims than that.
    pub fn brief(&self, few: usize) -> Option<Entry> {
        if self.claims.len() <= few {
            return None;
        }
        let mut content = self.content.clone();
        shorten_content(&mut content, few);
        let mut support = self.support.clone();
        support.copies.truncate(few);
        let mut conflicts = self.conflicts.clone();
        conflicts.iter_mut().for_each(|conflict| shorten(&mut conflict.values, few));
        Some(Entry {
            schema: self.schema.clone(),
            id: self.id.clone(),
            aliases: self.aliases.iter().take(few).cloned().collect(),
            content,
            support,
            confidence: self.confidence,
            judged: self.judged.clone(),
            conflicts,
            claims: some_claims(&self.claims, few),
            joins: self.joins.iter().take(few).cloned().collect(),
            apart: self.apart.iter().take(few).cloned().collect(),
        })
    }
}

/// The first claims, and the one published last.
fn some_claims(claims: &[Backing], few: usize) -> Vec<Backing> {
    let day = |backing: &Backing| backing.published.as_ref().and_then(|day| day.latest());
    let last = claims.iter().enumerate().rev().max_by_key(|(_, backing)| day(backing)).map_or(0, |(at, _)| at);
    let first = claims.iter().take(if last < few { few } else { few.saturating_sub(1) });
    first.chain(claims.get(last).filter(|_| last >= few)).cloned().collect()
}

fn shorten_content(content: &mut Content, few: usize) {
    match content {
        Content::Contact(contact) => {
            shorten(&mut contact.states, few);
            shorten(&mut contact.participants, few);
            shorten(&mut contact.dates, few);
            shorten(&mut contact.places, few);
            contact.history.iter_mut().for_each(|step| step.claims.truncate(few));
            contact.sides.iter_mut().for_each(|side| side.claims.truncate(few));
        }
        Content::Statement(statement) => shorten(&mut statement.wordings, few),
        Content::Commitment(commitment) => {
            shorten(&mut commitment.parties, few);
            shorten(&mut commitment.wordings, few);
            commitment.history.iter_mut().for_each(|step| step.claims.truncate(few));
        }
        Content::Figure(figure) => shorten(&mut figure.values, few),
        Content::Standing(standing) => shorten(&mut standing.periods, few),
    }
}

fn shorten<T>(values: &mut [Said<T>], few: usize) {
    values.iter_mut().for_each(|value| value.claims.truncate(few));
}
