//! Who is meant by a name, an office, a state and a date together; who held an office on a day.
//!
//! In: what is asked, some of it perhaps missing. Out: a person, a doubt with candidates, or nobody. Never: a guess between
//! two, and never a person whom the office on that day contradicts.

use crate::asked::{AskedOffice, Capacity};
use crate::likely::{Fit, Likely, Name, Names};
use crate::seat::ELECT;
use crate::{PersonId, Reference, Tenure};
use chancery_frozen::Written;
use chancery_model::Edtf;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days before and after a tenure in which its holder is still recognised: handovers, inaugurations, slips of tables.
const EDGE: i64 = 14;
/// Closeness from which two persons who both fit are told apart by it.
const CLOSER: f64 = 0.06;
/// From this on every word is the person's own but for its ending, and what is only alike is another's.
const SAME: f64 = 0.965;

/// What is asked; anything may be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked<'a> {
    /// A name without titles; empty where the holder of the office is asked for.
    pub name: &'a str,
    /// The office.
    pub office: AskedOffice,
    /// States or organizations, any of them.
    pub of: Vec<Written>,
    /// When.
    pub date: Option<Edtf>,
}

/// How a question ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// One person.
    Settled,
    /// Several may be meant, or the tables contradict what is asked.
    Doubt,
    /// The tables know nobody.
    Unknown,
}

impl Verdict {
    /// As written in a table.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Settled => "settled",
            Verdict::Doubt => "doubt",
            Verdict::Unknown => "unknown",
        }
    }
}

/// An answer with its reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// How it ends.
    pub verdict: Verdict,
    /// The person where settled; all candidates where in doubt, the likeliest first.
    pub people: Vec<PersonId>,
    /// Why, in a few words.
    pub reason: &'static str,
    /// Whether a candidate bears the name that is asked for.
    bears_name: bool,
}

impl Answer {
    fn settled(id: PersonId, reason: &'static str) -> Answer {
        Answer { verdict: Verdict::Settled, people: vec![id], reason, bears_name: true }
    }

    /// Nobody, and why.
    pub fn unknown(reason: &'static str) -> Answer {
        Answer { verdict: Verdict::Unknown, people: Vec::new(), reason, bears_name: false }
    }

    fn doubt(mut people: Vec<PersonId>, reason: &'static str, bears_name: bool) -> Answer {
        let mut seen = Vec::new();
        people.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        if people.is_empty() {
            return Answer::unknown("nobody of that name is known");
        }
        Answer { verdict: Verdict::Doubt, people, reason, bears_name }
    }

    /// The person, where settled.
    pub fn person(&self) -> Option<PersonId> {
        self.people.first().copied().filter(|_| self.verdict == Verdict::Settled)
    }
}

/// Everything that a question is settled with.
pub struct Settling<'a> {
    /// The tables.
    pub reference: &'a Reference,
    /// The names.
    pub names: &'a Names<'a>,
}

/// How a name is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reading {
    /// As it is written.
    Written,
    /// As a form that inflection made.
    Inflected,
    /// As a form that is only like a known one.
    Alike,
}

/// A bearer of the name, and how near to the date in office.
#[derive(Clone, Copy, Debug)]
struct Bearer {
    id: PersonId,
    likely: Likely,
    /// Holds the office asked for at the date.
    in_office: bool,
    /// Held it within a few days of the date.
    at_edge: bool,
    /// Holds some office of the state at the date, or within a few days.
    in_some_office: bool,
    /// Held some office of the state at some time.
    of_state: bool,
}

impl Settling<'_> {
    /// Settles a question.
    pub fn settle(&self, asked: &Asked) -> Answer {
        if asked.name.trim().is_empty() {
            return self.holder(asked);
        }
        // as written; as an inflected form; as a form that is only like a known one
        let mut best: Option<Answer> = None;
        for reading in [Reading::Written, Reading::Inflected, Reading::Alike] {
            let answer = self.by_name(asked, reading);
            let settled = answer.verdict == Verdict::Settled;
            if settled && answer.bears_name {
                return answer;
            }
            if best.as_ref().is_none_or(|best| !best.bears_name && (settled || best.verdict != Verdict::Settled)) {
                best = Some(answer);
            }
        }
        best.unwrap_or_else(|| Answer::doubt(Vec::new(), "", false))
    }

    fn holder(&self, asked: &Asked) -> Answer {
        let (from, to) = bounds(asked.date.as_ref());
        if asked.office.roles.is_empty() || asked.of.is_empty() {
            return Answer::unknown("an office and a state are needed to ask for its holder");
        }
        if asked.office.capacity == Capacity::Former {
            return Answer::unknown("a former holder is no holder");
        }
        if asked.office.capacity == Capacity::Elect {
            return self.elect(asked, to);
        }
        for role in &asked.office.roles {
            // of a state that is no more and its successors the first that has a holder
            let mut found: Vec<(PersonId, &Tenure)> = Vec::new();
            for of in &asked.of {
                found = self.reference.seated(*role, of, from, to);
                if !found.is_empty() {
                    break;
                }
            }
            if !role.single_seat() && !found.is_empty() {
                let people = found.iter().map(|(id, _)| *id).take(8).collect();
                return Answer::doubt(people, "the office may have several holders", true);
            }
            let mut people: Vec<PersonId> = found.iter().map(|(id, _)| *id).collect();
            people.dedup();
            people.sort_unstable();
            people.dedup();
            match &people[..] {
                [] => continue,
                [one] => {
                    let beyond =
                        |tenure: &Tenure| self.reference.last_known(tenure).is_some_and(|known| from.is_some_and(|from| from > known));
                    return if found.iter().all(|(_, tenure)| beyond(tenure)) {
                        Answer::doubt(people, "last known in office before that day", true)
                    } else {
                        Answer::settled(*one, "held the office")
                    };
                }
                _ => return Answer::doubt(found.iter().map(|(id, _)| *id).collect(), "several held the office then", true),
            }
        }
        Answer::unknown("no holder is known")
    }

    /// Who comes into office after a day.
    fn elect(&self, asked: &Asked, day: Option<Date>) -> Answer {
        for role in asked.office.roles.iter().filter(|role| role.single_seat()) {
            for of in &asked.of {
                let people = day.map(|day| self.reference.elected(*role, of, day)).unwrap_or_default();
                if let [one] = &people[..] {
                    return Answer::settled(*one, "came into office later");
                }
                if !people.is_empty() {
                    return Answer::doubt(people, "several came into office later", true);
                }
            }
        }
        Answer::unknown("nobody is known to have come into office later")
    }

    fn by_name(&self, asked: &Asked, reading: Reading) -> Answer {
        let name = self.names.name(asked.name, reading != Reading::Written);
        let bearers = self.bearers(asked, &name, reading);
        let bears_name = bearers.iter().any(|one| one.likely.fit >= Fit::Family && one.likely.closeness >= 0.95);
        let holders = self.holders_at(asked);
        let contradicted = !holders.is_empty() && asked.office.capacity == Capacity::Holder;
        let pick =
            |which: &dyn Fn(&Bearer) -> bool| -> Vec<Bearer> { self.closest(bearers.iter().copied().filter(|one| which(one)).collect()) };
        let ids = |some: &[Bearer]| -> Vec<PersonId> { some.iter().map(|one| one.id).collect() };

        // who bears the very name, in office or not: a holder of a name that is only like it is somebody else
        let namesake = |one: &Bearer| {
            let bears_it = |other: &&Bearer| other.id != one.id && other.of_state && other.likely.whole();
            !one.likely.whole() && one.likely.score() < 0.99 && bearers.iter().any(|other| bears_it(&other))
        };

        // in the office asked for, by the whole name or the family name or a monarch's given name
        for fit in [Fit::Full, Fit::Family, Fit::Given] {
            for edge in [false, true] {
                let found = pick(&|one| one.likely.fit == fit && if edge { one.at_edge } else { one.in_office });
                // somebody else of the state bears the whole name
                let fuller = pick(&|one| fit != Fit::Full && one.likely.fit == Fit::Full && one.in_some_office);
                match (&found[..], &fuller[..]) {
                    ([], _) => {}
                    ([one], _) if namesake(one) => break,
                    ([one], []) => return Answer::settled(one.id, "name and office"),
                    (_, [one]) => return Answer::settled(one.id, "name, in another office"),
                    _ => return Answer::doubt(ids(&found), "several of that name held the office then", bears_name),
                }
            }
            if fit == Fit::Full {
                let found = pick(&|one| one.likely.fit == Fit::Full && one.in_some_office);
                match &found[..] {
                    [one] if !namesake(one) => return Answer::settled(one.id, "name, in another office"),
                    [] | [_] => {}
                    _ => return Answer::doubt(ids(&found), "several of that name held offices then", bears_name),
                }
            }
        }
        let full = pick(&|one| one.likely.fit == Fit::Full && one.of_state);
        // the family name with another given name: a short form, unless somebody bears the whole name
        let short = pick(&|one| one.likely.fit == Fit::OtherGiven && one.in_office && one.likely.closeness >= 0.93);
        if let ([one], true) = (&short[..], full.is_empty()) {
            let elsewhere =
                self.names.find(&name).iter().any(|(id, other)| *id != one.id && other.fit == Fit::Full && other.closeness >= 0.97);
            if !elsewhere && self.sole_family(asked, one.id) {
                return Answer::settled(one.id, "family name and office");
            }
        }
        if !full.is_empty() {
            if let [one] = &full[..]
                && !contradicted
                && self.capacity_fits(asked, one.id)
            {
                return Answer::settled(one.id, "name and state");
            }
            let candidates = ids(&full).into_iter().chain(holders).collect();
            return Answer::doubt(candidates, "another held the office then", bears_name);
        }
        if !asked.of.is_empty() {
            let family = pick(&|one| one.likely.fit == Fit::Family && one.in_some_office && one.likely.closeness >= 0.9);
            if let [one] = &family[..]
                && !contradicted
                && asked.date.is_some()
            {
                return Answer::settled(one.id, "family name, in office then");
            }
            let some = pick(&|one| one.of_state || one.in_office || one.likely.fit == Fit::Full);
            let candidates = ids(&some).into_iter().chain(holders).collect();
            return Answer::doubt(candidates, "the name is not that of the holder", bears_name);
        }
        // no state to go by
        for fit in [Fit::Full, Fit::Family] {
            let told = asked.date.is_some() || !asked.office.roles.is_empty();
            let there = |one: &Bearer| told && (one.in_office || asked.office.roles.is_empty() && one.in_some_office);
            let in_role = |one: &Bearer| one.likely.fit == fit && one.likely.closeness >= 0.85 && there(one);
            let mut found = pick(&in_role);
            if found.is_empty() && fit == Fit::Full {
                found = pick(&|one| one.likely.fit == fit && one.likely.closeness >= 0.93 && one.likely.explained >= 0.7);
            }
            if found.is_empty() && asked.office.roles.is_empty() && asked.date.is_none() {
                found = pick(&|one| one.likely.fit == fit && one.likely.closeness >= 0.93);
            }
            match &found[..] {
                [] => {}
                // a word that is left over may be inflected
                [one] => return Answer { bears_name: one.likely.explained >= 0.99, ..Answer::settled(one.id, "name") },
                _ => return Answer::doubt(ids(&found), "several bear that name", bears_name),
            }
        }
        let some = pick(&|one| {
            one.likely.closeness >= 0.85
                && one.likely.explained > 0.5
                && (one.likely.fit != Fit::OtherGiven || one.likely.closeness >= 0.93)
        });
        Answer::doubt(ids(&some), "only part of the name fits", bears_name)
    }

    /// Of bearers of the same fit those that are closest, the best known first; a clearly closer one, and one whose whole name it
    /// is, stands alone.
    fn closest(&self, mut found: Vec<Bearer>) -> Vec<Bearer> {
        let rounded = |one: &Bearer| (one.likely.score() * 50.0).round();
        found.sort_by(|a, b| {
            b.likely
                .fit
                .cmp(&a.likely.fit)
                .then(rounded(b).total_cmp(&rounded(a)))
                .then(self.names.prominence(b.id).cmp(&self.names.prominence(a.id)))
                .then(b.likely.covered.total_cmp(&a.likely.covered))
                .then(a.id.cmp(&b.id))
        });
        let Some(best) = found.iter().map(|one| one.likely.score()).max_by(f64::total_cmp) else { return found };
        if found.iter().any(|one| one.likely.whole()) {
            found.retain(|one| one.likely.whole());
        }
        let margin = if best >= SAME { CLOSER / 5.0 } else { CLOSER };
        found.retain(|one| one.likely.score() > best - margin);
        found
    }

    fn bearers(&self, asked: &Asked, name: &Name, reading: Reading) -> Vec<Bearer> {
        let (from, to) = bounds(asked.date.as_ref());
        let (early, late) = (shift(from, -EDGE), shift(to, EDGE));
        let elect = if asked.office.capacity == Capacity::Elect { shift(to, ELECT) } else { late };
        let mut ids = if reading == Reading::Alike { self.names.with_a_word_alike(name) } else { self.names.with_a_word(name) };
        // where persons of the state bear a word of the name, only these
        let of_state = |id: &PersonId| self.reference.person(*id).tenures.iter().any(|tenure| asked.of.contains(&tenure.of));
        if !asked.of.is_empty() && ids.iter().any(of_state) {
            ids.retain(of_state);
        }
        let mut found: BTreeMap<PersonId, Likely> = ids.into_iter().filter_map(|id| Some((id, self.names.fit(name, id)?))).collect();
        for of in &asked.of {
            for role in &asked.office.roles {
                for id in self.reference.holders(*role, of, early, elect) {
                    if let Some(likely) = self.names.fit(name, id) {
                        found.insert(id, likely);
                    }
                }
            }
        }
        let bearer = |(id, likely): (PersonId, Likely)| {
            let person = self.reference.person(id);
            let mut one = Bearer { id, likely, in_office: false, at_edge: false, in_some_office: false, of_state: false };
            for tenure in person.tenures.iter().filter(|tenure| asked.of.is_empty() || asked.of.contains(&tenure.of)) {
                let role = asked.office.roles.contains(&tenure.role);
                one.of_state |= !asked.of.is_empty();
                one.in_office |= role && tenure.touches(from, to);
                one.at_edge |= role && tenure.touches(early, elect);
                one.in_some_office |= (asked.date.is_some() || !asked.of.is_empty()) && tenure.touches(early, late);
            }
            one
        };
        found.into_iter().map(bearer).collect()
    }

    /// Who held the office asked for, where it is the seat of one, at the date.
    fn holders_at(&self, asked: &Asked) -> Vec<PersonId> {
        let (from, to) = bounds(asked.date.as_ref());
        if asked.date.is_none() || !asked.office.roles.first().is_some_and(|role| role.single_seat()) {
            return Vec::new();
        }
        for role in asked.office.roles.iter().filter(|role| role.single_seat()) {
            for of in &asked.of {
                let found = self.reference.holders(*role, of, from, to);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// Whether nobody else of the state bears the family name of a person.
    fn sole_family(&self, asked: &Asked, id: PersonId) -> bool {
        let families = &self.reference.person(id).families;
        asked.of.iter().flat_map(|of| self.reference.office_holders(of)).filter(|(_, other)| *other != id).all(|(role, other)| {
            !role.single_seat() || !self.reference.person(other).families.iter().any(|family| families.contains(family))
        })
    }

    /// Whether somebody called elect comes into office later, and somebody called former held one before.
    fn capacity_fits(&self, asked: &Asked, id: PersonId) -> bool {
        let (from, to) = bounds(asked.date.as_ref());
        let mut tenures = self.reference.person(id).tenures.iter().filter(|tenure| asked.of.contains(&tenure.of));
        match asked.office.capacity {
            Capacity::Holder | Capacity::Acting => true,
            Capacity::Elect => tenures.any(|tenure| tenure.touches(from, shift(to, ELECT))),
            Capacity::Former => tenures.any(|tenure| tenure.touches(None, from)),
        }
    }
}

fn bounds(date: Option<&Edtf>) -> (Option<Date>, Option<Date>) {
    (date.and_then(Edtf::earliest), date.and_then(Edtf::latest))
}

fn shift(date: Option<Date>, days: i64) -> Option<Date> {
    date.map(|date| date.saturating_add(days.days()))
}
