//! Days that contacts have from each other and from the news.
//!
//! In: the contacts of a document, joined. Out: a day for some of those that have none. Never: changes a day that the text gives.

use crate::frame::contact::Found;
use crate::page::Page;
use crate::when::Calendar;
use chancery_model::{ContactKind, ContactStatus, Edtf, Part};
use jiff::ToSpan;

/// Sentences at the head of a text that tell the day's news.
const LEAD: usize = 3;

/// Days that a stay has at the most, so that a meeting told behind it was during it.
const STAY: i32 = 10;

/// The held contact that the headline or lead tells without a day is the day's news.
pub(crate) fn date_the_lead(page: &Page, calendar: &Calendar, joined: &mut [Found]) {
    let Some(published) = calendar.day_of_news() else { return };
    // headlines and datelines come before the lead
    let tells = |sentence: &usize| page.part(*sentence) == Part::Text && page.cut.sentences[*sentence].words.len() > 8;
    let lead = (0..page.cut.sentences.len()).filter(tells).nth(LEAD).unwrap_or(page.cut.sentences.len());
    // paid a visit from 2 to 3 February. There he met X: no news of today
    let stays: Vec<Found> = joined.iter().filter(|one| is_stay(one, calendar)).cloned().collect();
    // (after talks with A, X met B: the news is of B)
    let others: Vec<usize> =
        joined.iter().filter(|one| !one.aside && one.contact.status == ContactStatus::Held).map(|one| one.sentence).collect();
    let told = joined
        .iter_mut()
        .filter(|one| !one.aside || !others.contains(&one.sentence))
        .filter(|one| !stays.iter().any(|stay| is_during(one, stay)))
        .filter(|one| one.sentence < lead && one.contact.date.is_none() && one.contact.status == ContactStatus::Held)
        .filter(|one| matches!(one.contact.kind, ContactKind::Meeting | ContactKind::Call | ContactKind::Letter | ContactKind::Signing))
        .collect::<Vec<_>>();
    let first = told.iter().map(|one| (one.sentence, one.contact.basis.evidence.first().copied())).min();
    // the same words may tell of several
    for one in told.into_iter().filter(|one| Some((one.sentence, one.contact.basis.evidence.first().copied())) == first) {
        one.contact.date = Some(published.clone().approximately());
        one.contact.date_inferred = vec![if calendar.published.is_some() { "published" } else { "dateline" }];
    }
}

/// A visit of some days that were over before the news.
fn is_stay(one: &Found, calendar: &Calendar) -> bool {
    let contact = &one.contact;
    let held = contact.kind == ContactKind::Visit && contact.status == ContactStatus::Held;
    let days = contact.date.as_ref().and_then(|date| Some((date.earliest()?, date.latest()?)));
    let over = |day| calendar.published_day().is_some_and(|news| day < news);
    held && days.is_some_and(|(from, to)| to > from && to <= from.saturating_add(STAY.days()) && over(to))
}

/// A meeting of guest and host in the sentence of a stay or the next.
fn is_during(one: &Found, stay: &Found) -> bool {
    one.contact.kind == ContactKind::Meeting
        && one.contact.status == ContactStatus::Held
        && one.contact.date.is_none()
        && one.sentence >= stay.sentence
        && one.sentence - stay.sentence <= 1
        && stay.people.iter().any(|person| one.people.contains(person))
        && stay.contact.states.len() == one.contact.states.len()
        && stay.contact.states.iter().all(|state| one.contact.states.contains(state))
}

/// A visit of a month has the day of a meeting that the traveller had there in that month.
pub(crate) fn date_visits(joined: &mut [Found]) {
    let meetings: Vec<(Vec<usize>, Option<String>, chancery_model::Edtf)> = joined
        .iter()
        .filter(|one| one.contact.kind == ContactKind::Meeting && one.contact.status == ContactStatus::Held)
        .filter_map(|one| {
            let country = one.contact.place.as_ref().and_then(|place| place.country.clone());
            Some((one.people.clone(), country, one.contact.date.clone().filter(|date| date.day().is_some() && !date.approximate)?))
        })
        .collect();
    for one in joined.iter_mut().filter(|one| one.contact.kind == ContactKind::Visit && one.contact.status == ContactStatus::Held) {
        let Some(date) = one.contact.date.clone().filter(|date| date.day().is_none()) else { continue };
        let country = one.contact.place.as_ref().and_then(|place| place.country.clone());
        let fits: Vec<_> = meetings
            .iter()
            .filter(|(people, place, day)| {
                *place == country && one.people.iter().all(|person| people.contains(person)) && date.compatible(day)
            })
            .collect();
        if let [(.., day)] = fits[..] {
            one.contact.date = Some(day.clone());
            one.contact.date_inferred.push("meeting");
        }
    }
}

/// A meeting without a date in the country to which one side is told to have travelled has the date of the visit.
pub(crate) fn date_by_visits(calendar: &Calendar, joined: &mut [Found]) {
    let stays: Vec<Found> = joined.iter().filter(|one| is_stay(one, calendar)).cloned().collect();
    for one in joined.iter_mut() {
        let mut during = stays.iter().filter(|stay| is_during(one, stay));
        if let (Some(stay), None) = (during.next(), during.next()) {
            one.contact.date.clone_from(&stay.contact.date);
            one.contact.date_inferred = vec!["visit"];
            if one.contact.place.is_none() {
                one.contact.place.clone_from(&stay.contact.place);
            }
        }
    }
    type Told = (Vec<usize>, Vec<String>, Edtf, usize, Option<chancery_model::Place>);
    let visits: Vec<Told> = joined
        .iter()
        .filter(|one| one.contact.kind == ContactKind::Visit && one.contact.status == ContactStatus::Held)
        .filter_map(|one| {
            Some((
                one.people.clone(),
                one.contact.states.clone(),
                one.contact.date.clone().filter(|date| date.day().is_some())?,
                one.sentence,
                one.contact.place.clone(),
            ))
        })
        .collect();
    for one in joined
        .iter_mut()
        .filter(|one| one.contact.kind == ContactKind::Meeting && one.contact.status == ContactStatus::Held && one.contact.date.is_none())
    {
        let fits: Vec<_> = visits
            .iter()
            .filter(|(people, states, _, sentence, _)| {
                people.iter().any(|person| one.people.contains(person))
                    && states.iter().all(|state| one.contact.states.contains(state))
                    && sentence.abs_diff(one.sentence) <= 3
            })
            .collect();
        if let [(_, _, date, _, place)] = fits[..] {
            one.contact.date = Some(date.clone().approximately());
            one.contact.date_inferred = vec!["visit"];
            if one.contact.place.is_none() {
                one.contact.place.clone_from(place);
            }
        }
    }
}

/// A conference without a date has the day of the meetings that two of its states held at its place.
pub(crate) fn date_conferences(joined: &mut [Found]) {
    let meetings: Vec<Found> = joined
        .iter()
        .filter(|one| one.contact.kind == ContactKind::Meeting && one.contact.status == ContactStatus::Held)
        .filter(|one| one.contact.date.as_ref().is_some_and(|date| date.day().is_some()))
        .cloned()
        .collect();
    for one in joined.iter_mut().filter(|one| {
        one.contact.kind == ContactKind::Conference && one.contact.status == ContactStatus::Held && one.contact.date.is_none()
    }) {
        let Some(place) = one.contact.place.clone().filter(|place| place.name.is_some()) else { continue };
        let mut days: Vec<Edtf> = meetings
            .iter()
            .filter(|meeting| {
                meeting.contact.place.as_ref() == Some(&place)
                    && meeting.contact.states.iter().all(|state| one.contact.states.contains(state))
            })
            .filter_map(|meeting| meeting.contact.date.clone())
            .collect();
        days.dedup();
        if let [day] = &days[..] {
            one.contact.date = Some(day.clone().approximately());
            one.contact.date_inferred = vec!["meeting"];
        }
    }
}
