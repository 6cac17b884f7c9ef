//! Whether two facts tell of one occasion: evidence with its weight.
//!
//! In: two facts. Out: the sum of the weights, each with its reason in words; what forbids that they are one. Never: decides by
//! more than the two.
//!
//! The weights are natural logarithms of odds: how much likelier the evidence is where two facts tell of one occasion than where
//! they do not. All of them stand in [`weight`].

use super::fact::{Fact, Name, Names};
use crate::independence::days_between;
use chancery_model::{ContactKind, ContactStatus, Edtf, EdtfValue};
use jiff::civil::Date;

/// The weights.
mod weight {
    /// Two facts about the same states in neighbouring months, before anything else is known.
    pub const BEFORE: f64 = -3.0;
    pub const SAME_KIND: f64 = 0.5;
    /// A meeting and a conference.
    pub const NEAR_KIND: f64 = -1.0;
    pub const SAME_PERSONS: f64 = 3.0;
    /// Two or more, of whom one fact names still others.
    pub const MOST_PERSONS: f64 = 2.5;
    /// The one traveller of a visit.
    pub const SAME_TRAVELLER: f64 = 2.0;
    pub const SAME_PERSON: f64 = 1.5;
    /// One of them, while the other fact names more.
    pub const SHARED_PERSON: f64 = 1.0;
    /// Some, while each names others.
    pub const SOME_PERSONS: f64 = 0.5;
    pub const NOBODY_NAMED: f64 = -1.0;
    pub const OTHER_PERSONS: f64 = -2.5;
    pub const SAME_STATES: f64 = 1.0;
    pub const SAME_MANY_STATES: f64 = 1.5;
    pub const SOME_STATES: f64 = -0.5;
    /// A meeting of four, and one of two of them.
    pub const MANY_MORE_STATES: f64 = -2.5;
    /// A meeting of two, each named, and one of these and a third who is named too.
    pub const THIRD: f64 = -7.0;
    /// A conference of which each text names some members.
    pub const SOME_MEMBERS: f64 = 0.2;
    pub const OTHER_STATES: f64 = -2.0;
    pub const SAME_DAY: f64 = 3.5;
    pub const SAME_REPORTED_DAY: f64 = 2.5;
    pub const NEXT_DAY: f64 = 1.0;
    pub const DAY_OF_YEARLESS: f64 = 2.5;
    pub const DAY_IN_SPAN: f64 = 2.0;
    pub const DAY_IN_MONTH: f64 = 1.0;
    pub const DAY_IN_YEAR: f64 = -2.5;
    /// Of one visit.
    pub const OTHER_DAYS: f64 = -0.5;
    pub const TOLD_AT_THE_TIME: f64 = 0.5;
    pub const TOLD_THAT_WEEK: f64 = -0.5;
    pub const TOLD_THAT_MONTH: f64 = -2.0;
    pub const TOLD_AT_ANOTHER_TIME: f64 = -4.0;
    pub const NO_TIME: f64 = -2.5;
    pub const SAME_PLACE: f64 = 1.5;
    pub const SAME_COUNTRY: f64 = 0.7;
    /// A site and the city in which it lies.
    pub const SITE_IN_CITY: f64 = 1.0;
    /// Two names in one country.
    pub const OTHER_PLACE: f64 = -2.0;
    pub const SAME_FORMAT: f64 = 2.0;
    /// An organization and an organ of it.
    pub const ORGAN: f64 = 1.0;
    pub const FORMAT_UNNAMED: f64 = -0.5;
    pub const SAME_STATUS: f64 = 0.5;
    pub const DENIED: f64 = -1.0;
    /// Each further occasion of which both documents tell, up to two.
    pub const SHARED_OCCASION: f64 = 1.5;
    pub const ONE_TEXT: f64 = 3.0;
    /// During two visits of which nothing says when.
    pub const ONE_MEETING: f64 = 4.0;
    /// What forbids that two are one outweighs everything.
    pub const FORBIDDEN: f64 = -20.0;
}

/// What the documents of two facts have in common beside them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Shared {
    /// Further occasions that both tell of.
    pub occasions: usize,
    /// Whether one is a copy or translation of the other.
    pub text: bool,
    /// Whether both tell of one meeting during the two.
    pub meeting: bool,
}

/// Evidence as it is added up.
struct Scale {
    sum: f64,
    reasons: Option<Vec<(String, f64)>>,
}

impl Scale {
    fn add(&mut self, weight: f64, reason: impl FnOnce() -> String) {
        self.sum += weight;
        if let Some(reasons) = &mut self.reasons {
            reasons.push((reason(), weight));
        }
    }

    fn note(&mut self, weight: f64, reason: &str) {
        self.add(weight, || reason.to_owned());
    }
}

/// The sum of the weights of the evidence that two facts are one; what forbids it is not in it.
pub(crate) fn weigh(one: &Fact, other: &Fact, shared: Shared) -> f64 {
    let mut scale = Scale { sum: 0.0, reasons: None };
    put(&mut scale, one, other, shared, None);
    scale.sum
}

/// The sum and each piece of evidence in words, the strongest first.
pub(crate) fn explain(one: &Fact, other: &Fact, shared: Shared, names: &Names<'_>) -> (f64, Vec<(String, f64)>) {
    let mut scale = Scale { sum: 0.0, reasons: Some(Vec::new()) };
    put(&mut scale, one, other, shared, Some(names));
    if let Some(reason) = forbids(one, other, Some(names)) {
        scale.add(weight::FORBIDDEN, || reason);
    }
    let mut reasons = scale.reasons.unwrap_or_default();
    reasons.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()).then_with(|| one.0.cmp(&other.0)));
    (scale.sum, reasons)
}

/// What it weighs that something forbids it.
pub(crate) const FORBIDDEN: f64 = weight::FORBIDDEN;

fn put(scale: &mut Scale, one: &Fact, other: &Fact, shared: Shared, names: Option<&Names<'_>>) {
    scale.note(weight::BEFORE, "two reports about the same states at about the same time");
    if one.kind == other.kind {
        scale.add(weight::SAME_KIND, || format!("both are told as {}", one.kind));
    } else {
        scale.add(weight::NEAR_KIND, || format!("told as {} and as {}", one.kind, other.kind));
    }
    persons(scale, one, other, names);
    states(scale, one, other);
    time(scale, one, other);
    place(scale, one, other, names);
    status(scale, one, other);
    if shared.occasions > 0 {
        let weight = weight::SHARED_OCCASION * shared.occasions.min(2) as f64;
        scale.add(weight, || format!("both documents tell of {} further occasions that are alike", shared.occasions));
    }
    if shared.meeting {
        scale.note(weight::ONE_MEETING, "one meeting was during both");
    }
    if shared.text {
        scale.note(weight::ONE_TEXT, "one document is a copy or translation of the other");
    }
}

fn persons(scale: &mut Scale, one: &Fact, other: &Fact, names: Option<&Names<'_>>) {
    let shared = shared(&one.persons, &other.persons);
    let (fewest, most) = (one.persons.len().min(other.persons.len()), one.persons.len().max(other.persons.len()));
    let conference = one.kind == ContactKind::Conference && other.kind == ContactKind::Conference;
    let told = |word: &str| {
        let of =
            |fact: &Fact| fact.persons.iter().filter_map(|person| names.map(|names| names.name(*person))).collect::<Vec<_>>().join(", ");
        format!("{word}: {}; {}", of(one), of(other))
    };
    match (fewest, shared) {
        (0, _) if conference => {}
        (0, _) => scale.note(weight::NOBODY_NAMED, "one names nobody"),
        (_, 0) if conference => {}
        (_, 0) => scale.add(weight::OTHER_PERSONS, || told("other persons")),
        (1, 1) if most == 1 && one.kind == ContactKind::Visit => scale.add(weight::SAME_TRAVELLER, || told("the same traveller")),
        (1, 1) if most == 1 => scale.add(weight::SAME_PERSON, || told("the same person")),
        (1, 1) => scale.add(weight::SHARED_PERSON, || told("a person in common")),
        _ if shared == most => scale.add(weight::SAME_PERSONS, || told("the same persons")),
        _ if shared >= 2 => scale.add(weight::MOST_PERSONS, || told("persons in common")),
        _ => scale.add(weight::SOME_PERSONS, || told("a person in common, and others")),
    }
}

fn states(scale: &mut Scale, one: &Fact, other: &Fact) {
    let shared = shared(&one.states, &other.states);
    let (fewest, most) = (one.states.len().min(other.states.len()), one.states.len().max(other.states.len()));
    let conference = one.kind == ContactKind::Conference || other.kind == ContactKind::Conference;
    let each_named = |fact: &Fact| fact.states.iter().all(|state| fact.sides.iter().any(|(side, _)| side == state));
    if fewest == 0 {
        return;
    }
    match shared {
        0 => scale.note(weight::OTHER_STATES, "other states"),
        _ if shared == most && most > 2 => scale.note(weight::SAME_MANY_STATES, "the same states"),
        _ if shared == most => scale.note(weight::SAME_STATES, "the same states"),
        _ if conference => scale.note(weight::SOME_MEMBERS, "states in common"),
        2 if fewest == 2 && each_named(one) && each_named(other) => {
            scale.note(weight::THIRD, "one is told of two, the other of a third too")
        }
        _ if shared == fewest && most >= fewest + 2 => scale.note(weight::MANY_MORE_STATES, "one names many further states"),
        _ if shared == fewest => scale.note(weight::SOME_STATES, "one names further states"),
        _ => scale.note(weight::OTHER_STATES, "each names another state"),
    }
}

fn time(scale: &mut Scale, one: &Fact, other: &Fact) {
    let (Some(date), Some(other_date)) = (&one.date, &other.date) else {
        return untimed(scale, one, other);
    };
    let told = |word: &str| format!("{word}: {date}, {other_date}");
    let (precise, vague) = if date.precision() >= other_date.precision() { (date, other_date) } else { (other_date, date) };
    let exact = |date: &Edtf| date.precision() >= 4;
    let weight = match (&precise.value, &vague.value) {
        (EdtfValue::Day(first), EdtfValue::Day(second)) if first == second => {
            if one.loose || other.loose {
                weight::SAME_REPORTED_DAY
            } else {
                weight::SAME_DAY
            }
        }
        (EdtfValue::Day(_), EdtfValue::Day(_)) if within_days(one, other, 1) && (one.loose || other.loose) => weight::NEXT_DAY,
        _ if !date.compatible(other_date) => weight::OTHER_DAYS,
        (_, EdtfValue::DayOfSomeYear(..)) => weight::DAY_OF_YEARLESS,
        (_, EdtfValue::Interval(Some(_), Some(_))) if exact(precise) && days_long(vague) <= 14 => weight::DAY_IN_SPAN,
        (_, EdtfValue::Month(..)) => weight::DAY_IN_MONTH,
        (_, EdtfValue::Interval(Some(_), Some(_))) if days_long(vague) <= 100 => 0.0,
        (_, EdtfValue::Interval(None, Some(_))) => until(if vague == date { one } else { other }, precise),
        (_, EdtfValue::MonthOfSomeYear(_)) => 0.0,
        _ => weight::DAY_IN_YEAR,
    };
    scale.add(weight, || told(if weight > 0.0 { "dates that agree" } else { "dates that say little or differ" }));
}

/// How a day agrees with one until which something was to be done: the more, the nearer that was when it was told.
fn until(plan: &Fact, day: &Edtf) -> f64 {
    let last = plan.date.as_ref().and_then(Edtf::latest);
    let told = plan.told.map(|(first, _)| first).filter(|told| plan.ahead() && day.earliest().is_some_and(|day| *told <= day));
    match told.zip(last).map(|(told, last)| days_between(told, last)) {
        Some(0..=31) => weight::DAY_IN_MONTH,
        Some(32..=100) => 0.0,
        _ => weight::DAY_IN_YEAR,
    }
}

/// Where one or both name no date, the days of the reports must do.
fn untimed(scale: &mut Scale, one: &Fact, other: &Fact) {
    let (weight, reason) = match gap(one, other) {
        None => (weight::NO_TIME, "nothing says when"),
        Some(0..=2) => (weight::TOLD_AT_THE_TIME, "told within two days"),
        Some(3..=8) => (weight::TOLD_THAT_WEEK, "told within a week"),
        Some(9..=31) => (weight::TOLD_THAT_MONTH, "told within a month"),
        Some(_) => (weight::TOLD_AT_ANOTHER_TIME, "told at another time"),
    };
    scale.note(weight, reason);
}

/// Days between what is told of, as far as the days of the reports tell; none where nothing says when.
fn gap(one: &Fact, other: &Fact) -> Option<i32> {
    let time = |fact: &Fact| fact.date.as_ref().and_then(|date| Some((date.earliest()?, date.latest()?)));
    match (&one.date, &other.date, one.told, other.told) {
        (None, None, Some(told), Some(other_told)) => Some(days_between(told.0, other_told.1).max(days_between(other_told.0, told.1))),
        (Some(_), None, _, Some(told)) => time(one).map(|span| away(span, told, other)),
        (None, Some(_), Some(told), _) => time(other).map(|span| away(span, told, one)),
        _ => None,
    }
}

/// Whether nothing says when one of the two was.
pub(crate) fn timeless(one: &Fact, other: &Fact) -> bool {
    (one.date.is_none() || other.date.is_none()) && gap(one, other).is_none()
}

/// Days between an occasion and a report that names no day of it. What is ahead is told up to some weeks before, what was held
/// not before it was.
fn away((first, last): (Date, Date), told: (Date, Date), undated: &Fact) -> i32 {
    let (until_first, since_last) = (days_between(told.0, first), days_between(last, told.0));
    match undated.status {
        ContactStatus::Held if days_between(told.1, first) > 1 => i32::MAX,
        ContactStatus::Held => days_between(last, told.1).max(0),
        _ if until_first > 31 => (until_first / 3).max(9),
        _ => (until_first / 3).max(since_last).max(0),
    }
}

fn place(scale: &mut Scale, one: &Fact, other: &Fact, names: Option<&Names<'_>>) {
    let told = |word: &str| {
        let of = |fact: &Fact| fact.place.and_then(|place| names.map(|names| names.name(place))).unwrap_or("");
        format!("{word}: {}; {}", of(one), of(other))
    };
    match (one.place, other.place) {
        (Some(first), Some(second)) if first == second => scale.add(weight::SAME_PLACE, || told("the same place")),
        (Some(_), Some(_)) if one.in_one_city(other) => scale.add(weight::SITE_IN_CITY, || told("a site and its city")),
        (Some(_), Some(_)) if one.kind != ContactKind::Visit => scale.add(weight::OTHER_PLACE, || told("other names of places")),
        _ if one.country.is_some() && one.country == other.country => scale.note(weight::SAME_COUNTRY, "the same country"),
        _ => {}
    }
    match (one.format, other.format) {
        (Some(first), Some(second)) if first == second => scale.note(weight::SAME_FORMAT, "the same frame"),
        (None, None) => {}
        (Some(_), Some(_)) if !one.in_two_frames(other) => scale.note(weight::ORGAN, "an organization and an organ of it"),
        _ => scale.note(weight::FORMAT_UNNAMED, "one names a frame"),
    }
}

fn status(scale: &mut Scale, one: &Fact, other: &Fact) {
    use ContactStatus::{Denied, Held};
    match (one.status, other.status) {
        (first, second) if first == second => scale.add(weight::SAME_STATUS, || format!("both {first}")),
        (Held, Denied) | (Denied, Held) => scale.note(weight::DENIED, "held by one, denied by the other"),
        _ => {}
    }
}

/// What forbids that two facts are one occasion, whatever else agrees. The words are left out where there are no names.
pub(crate) fn forbids(one: &Fact, other: &Fact, names: Option<&Names<'_>>) -> Option<String> {
    if let (Some(first), Some(second)) = (&one.date, &other.date)
        && !dates_agree(one, other)
    {
        return Some(if names.is_some() { format!("two dates: {first}, {second}") } else { String::new() });
    }
    if still_ahead(one, other) || still_ahead(other, one) {
        return Some("one is still ahead when the other has begun".to_owned());
    }
    forbids_on_any_day(one, other, names)
}

/// Whether a plan without a day is told after the other was held, or an invitation on that day: both are of another occasion.
fn still_ahead(plan: &Fact, held: &Fact) -> bool {
    if !plan.ahead() || plan.date.is_some() || held.status != ContactStatus::Held {
        return false;
    }
    let begun = held.date.as_ref().and_then(Edtf::earliest).or(held.told.map(|told| told.1));
    match (begun, plan.told) {
        (Some(begun), Some((told, _))) => told > begun || (told == begun && plan.status == ContactStatus::Proposed),
        _ => false,
    }
}

/// What forbids it beside the dates. Kinds that are never one another, a call and a meeting, are not compared at all: see `block`.
pub(crate) fn forbids_on_any_day(one: &Fact, other: &Fact, names: Option<&Names<'_>>) -> Option<String> {
    let name = |number: Name| names.map_or("", |names| names.name(number));
    let told = |text: &dyn Fn() -> String| Some(if names.is_some() { text() } else { String::new() });
    if let Some((office, first, second)) = other_holder(one, other) {
        return told(&|| format!("two persons as {} of {}: {}, {}", office.0, name(office.1), name(first), name(second)));
    }
    if bilateral(one.kind) {
        if one.states.len() == 2 && other.states.len() == 2 && one.states != other.states {
            return told(&|| "two pairs of states".to_owned());
        }
        if let Some(side) = other_persons_of_a_side(one, other) {
            return told(&|| format!("other persons for {}", name(side)));
        }
    }
    let in_person = !matches!(one.kind, ContactKind::Call | ContactKind::Letter);
    if let (true, Some(first), Some(second)) = (in_person, one.country, other.country)
        && first != second
    {
        return told(&|| format!("two countries: {}, {}", name(first), name(second)));
    }
    if let (Some(first), Some(second)) = (one.format, other.format)
        && one.in_two_frames(other)
    {
        return told(&|| format!("two frames: {}, {}", name(first), name(second)));
    }
    None
}

fn bilateral(kind: ContactKind) -> bool {
    matches!(kind, ContactKind::Meeting | ContactKind::Call | ContactKind::Letter | ContactKind::Visit)
}

type Seat = (chancery_model::Role, Name);

fn other_holder(one: &Fact, other: &Fact) -> Option<(Seat, Name, Name)> {
    let holders = |fact: &Fact, seat: Seat| fact.seats.iter().filter(|held| held.0 == seat).map(|held| held.1).collect::<Vec<_>>();
    one.seats.iter().find_map(|(seat, holder)| {
        let others = holders(other, *seat);
        let own = holders(one, *seat);
        (!others.is_empty() && own.iter().all(|own| !others.contains(own))).then(|| (*seat, *holder, others[0]))
    })
}

/// A side for which both name persons, none of them in common.
fn other_persons_of_a_side(one: &Fact, other: &Fact) -> Option<Name> {
    one.sides.chunk_by(|first, second| first.0 == second.0).find_map(|own| {
        let side = own[0].0;
        let mut others = other.sides.iter().filter(|named| named.0 == side).peekable();
        others.peek()?;
        others.all(|named| !own.contains(named)).then_some(side)
    })
}

/// Whether two dates can be of one occasion: they agree, or lie a day apart where one is that of a report, or belong to the days
/// of a visit.
pub(crate) fn dates_agree(one: &Fact, other: &Fact) -> bool {
    let (Some(first), Some(second)) = (&one.date, &other.date) else { return true };
    let visit = one.kind == ContactKind::Visit && other.kind == ContactKind::Visit;
    first.compatible(second) || (visit && within_days(one, other, 2)) || ((one.loose || other.loose) && within_days(one, other, 1))
}

fn within_days(one: &Fact, other: &Fact, days: i32) -> bool {
    let exact =
        |fact: &Fact| fact.date.clone().filter(|date| date.precision() >= 4).and_then(|date| Some((date.earliest()?, date.latest()?)));
    match (exact(one), exact(other)) {
        (Some(first), Some(second)) => days_between(first.1, second.0).max(days_between(second.1, first.0)) <= days,
        _ => false,
    }
}

/// Days from the first that a date may mean to the last.
pub(crate) fn days_long(date: &Edtf) -> i32 {
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => days_between(first, last),
        _ => i32::MAX,
    }
}

/// Whether a name that few occasions share, of a place or frame, is the same.
pub(crate) fn anchored(one: &Fact, other: &Fact) -> bool {
    (one.place.is_some() && one.place == other.place) || (one.format.is_some() && one.format == other.format)
}

/// How many two lists in order have in common.
pub(crate) fn shared(one: &[Name], other: &[Name]) -> usize {
    one.iter().filter(|name| other.binary_search(name).is_ok()).count()
}
