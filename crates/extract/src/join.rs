//! Claims of one document about one occasion become one contact.
//!
//! In: contacts as found, cue by cue, in order of the text. Out: one for each occasion, with all its
//! evidence. Never: joins what two dates, two places or two statuses hold apart.

use crate::cast::Cast;
use crate::dating::{date_by_visits, date_conferences, date_the_lead, date_visits};
use crate::frame::again::Echo;
use crate::frame::contact::{Found, is_asserted};
use crate::frame::occasion::format_of;
use crate::page::Page;
use crate::when::Calendar;
use chancery_model::{Contact, ContactKind, ContactStatus, Doubt, Edtf, Part};
use jiff::ToSpan;

/// Days after which nobody speaks of a plan as one.
const YEAR: i32 = 366;

/// Joins contacts; what is only supposed becomes a doubt.
pub(crate) fn join(
    page: &Page,
    cast: &Cast,
    calendar: &Calendar,
    found: Vec<Found>,
    echoes: &[Echo],
    doubts: &mut Vec<Doubt>,
) -> Vec<Contact> {
    let (asserted, supposed): (Vec<Found>, Vec<Found>) = found.into_iter().partition(is_asserted);
    for one in &supposed {
        if let Some(span) = one.contact.basis.evidence.first() {
            let candidates = one.contact.participants.iter().map(|party| party.name.clone()).collect();
            doubts.push(Doubt {
                about: format!("{} {}, not asserted", one.contact.basis.modality, one.contact.kind),
                candidates,
                span: *span,
            });
        }
    }
    let mut asserted = drop_parts_of_conferences(asserted);
    for one in &mut asserted {
        bilateral_summits(one);
        multilateral_meetings(page, one);
    }
    // what names its parties goes before what only points back to them
    let mut joined: Vec<Found> = Vec::new();
    for vague in [false, true] {
        for one in asserted.iter().filter(|one| one.vague == vague) {
            let fits: Vec<usize> = (0..joined.len())
                .filter(|index| same_occasion(page, &joined[*index], one) && !history(calendar, &joined[*index], one))
                .collect();
            // the one told last before it, else the first
            let chosen = fits.iter().rev().find(|index| joined[**index].sentence <= one.sentence).or(fits.first());
            match chosen {
                Some(index) => absorb(&mut joined[*index], one),
                None => joined.push(one.clone()),
            }
        }
    }
    keep_to_the_news(calendar, &mut joined);
    // a join may have made two alike
    let mut at = 0;
    while at < joined.len() {
        let (head, tail) = joined.split_at_mut(at + 1);
        match tail.iter().position(|one| same_occasion(page, &head[at], one) && !history(calendar, &head[at], one)) {
            Some(offset) => {
                let one = tail[offset].clone();
                absorb(&mut head[at], &one);
                joined.remove(at + 1 + offset);
            }
            None => at += 1,
        }
    }
    hear_echoes(&mut joined, echoes);
    date_the_lead(page, calendar, &mut joined);
    date_visits(&mut joined);
    date_by_visits(calendar, &mut joined);
    place_by_visits(&mut joined);
    place_at_home(page, &mut joined);
    date_conferences(&mut joined);
    seat_members(page, cast, &mut joined);
    drop_greetings(&mut joined);
    drop_shadows(&mut joined);
    joined.sort_by_key(|one| one.contact.basis.evidence.first().map(|span| span.start()));
    joined.into_iter().map(|one| one.contact).collect()
}

/// A "meeting of the council" found as a meeting and as a conference is the conference.
fn drop_parts_of_conferences(found: Vec<Found>) -> Vec<Found> {
    let conferences: Vec<(usize, Vec<String>, usize, usize)> = found
        .iter()
        .filter(|one| one.contact.kind == ContactKind::Conference)
        .filter_map(|one| {
            one.contact.basis.evidence.first().map(|span| (one.sentence, one.contact.states.clone(), span.start(), span.end()))
        })
        .collect();
    found
        .into_iter()
        .filter(|one| {
            let inside = |(sentence, states, start, end): &(usize, Vec<String>, usize, usize)| {
                // (one cue that is both a meeting and a conference)
                let same = one.contact.basis.evidence.first().is_some_and(|span| (span.start(), span.end()) == (*start, *end));
                one.sentence == *sentence
                    && (one.people.len() < 2 || same)
                    && one.contact.basis.evidence.first().is_some_and(|span| span.start() + 40 >= *start && span.end() <= *end + 40)
                    && one.contact.states.iter().all(|state| states.contains(state))
            };
            !(one.contact.kind == ContactKind::Meeting && conferences.iter().any(inside))
        })
        .collect()
}

/// A summit of two is a meeting.
fn bilateral_summits(one: &mut Found) {
    if one.contact.kind == ContactKind::Conference && one.contact.format.is_none() && one.contact.states.len() == 2 && one.summit {
        one.contact.kind = ContactKind::Meeting;
    }
}

/// A meeting of three and more states is a conference, of the format whose members they are.
fn multilateral_meetings(page: &Page, one: &mut Found) {
    let contact = &mut one.contact;
    let named = contact.participants.iter().filter(|party| party.inferred.is_none()).count();
    if contact.kind == ContactKind::Conference && contact.states.len() > 2 {
        contact.format = contact.format.take().or_else(|| format_of(page, &contact.states));
    }
    // envoys hand their papers over to one host
    let audience = contact.basis.rule.ends_with("credentials");
    if contact.kind != ContactKind::Meeting || contact.states.len() < 4 || named > 1 || audience {
        return;
    }
    contact.kind = ContactKind::Conference;
    contact.format = contact.format.take().or_else(|| format_of(page, &contact.states));
}

/// One is dated long before the news, the other not at all: background is not the day's contact.
fn history(calendar: &Calendar, a: &Found, b: &Found) -> bool {
    let news = calendar.day_of_news().or_else(|| calendar.published.clone());
    let Some(news) = news.as_ref().and_then(Edtf::earliest).and_then(|day| day.checked_sub(45.days()).ok()) else { return false };
    let old = |one: &Found| one.contact.date.as_ref().and_then(Edtf::latest).is_some_and(|day| day < news);
    let undated = |one: &Found| one.contact.date.is_none();
    // was in A on a visit in 2019: two cues of one journey
    let within = |a: &Found, b: &Found| {
        let spans = a.contact.basis.evidence.first().zip(b.contact.basis.evidence.first());
        a.sentence == b.sentence && spans.is_some_and(|(a, b)| a.start() < b.end() && b.start() < a.end())
    };
    let one_journey = a.contact.kind == ContactKind::Visit && b.contact.kind == ContactKind::Visit && within(a, b);
    !one_journey && (old(a) && undated(b) || old(b) && undated(a))
}

/// One is a building in the city of the other (the Kremlin, Moscow), or in its country where the tables know no city.
fn same_spot(page: &Page, a: &chancery_model::Place, b: &chancery_model::Place) -> bool {
    let (Some(one), Some(other)) = (&a.name, &b.name) else { return a.country == b.country };
    let fact = |name: &str| page.reference.place(&format!("{name}, {}", a.country.as_deref().unwrap_or_default()));
    let site = |name: &str| fact(name).filter(|fact| fact.site);
    // a city that was renamed is one item of two names
    let item = |name: &str| fact(name).and_then(|fact| fact.qid.as_deref()).unwrap_or(name).to_owned();
    let city = |name: &str| site(name).map_or(Some(item(name)), |fact| fact.city.as_deref().map(item));
    let in_one_city = || city(one).zip(city(other)).is_none_or(|(one, other)| one == other);
    a.country == b.country && (one == other || (site(one).is_some() || site(other).is_some()) && in_one_city())
}

/// Both in one frame; or on a day of which both tell, one in that of an organ of the other's organization (the European Council, the
/// European Union).
fn one_frame(page: &Page, a: &Contact, b: &Contact) -> bool {
    let (Some(one), Some(other)) = (&a.format, &b.format) else { return false };
    let organ = || page.reference.whole(one) == other || page.reference.whole(other) == one;
    one == other || a.date.is_some() && b.date.is_some() && organ()
}

/// "The meeting will be attended by the ministers of A, B and C", directly behind the sentence that tells of their organization's.
fn lists_guests(page: &Page, known: &Found, one: &Found) -> bool {
    let (sitting, meeting) = (&known.contact, &one.contact);
    let Some(format) = &sitting.format else { return false };
    let member = |state: &String| page.reference.members(format).any(|member| member == state);
    let noun = meeting.kind == ContactKind::Meeting && meeting.basis.rule.ends_with("noun") && one.counterparts.is_empty();
    let near = one.sentence > known.sentence && one.sentence - known.last_sentence.min(one.sentence) <= 1;
    sitting.kind == ContactKind::Conference && noun && near && meeting.states.len() > 2 && meeting.states.iter().all(member)
}

fn same_occasion(page: &Page, known: &Found, one: &Found) -> bool {
    let (a, b) = (&known.contact, &one.contact);
    let kinds = a.kind == b.kind
        // talks told again after a call are the call
        // (they recalled their meeting in New York: a call has no place)
        || matches!((a.kind, b.kind), (ContactKind::Call, ContactKind::Meeting))
            && (one.vague || b.place.is_none())
            && (one.weak || one.vague || b.basis.rule.ends_with("noun") && b.date.is_none())
        || matches!((a.kind, b.kind), (ContactKind::Meeting, ContactKind::Call))
            && (known.weak || page.part(known.sentence) == Part::Headline && a.date.is_none())
            && a.place.is_none()
        || lists_guests(page, known, one);
    let within = |small: &[String], large: &[String]| small.iter().all(|state| large.contains(state));
    let states_equal = within(&a.states, &b.states) && within(&b.states, &a.states);
    let states_fit = within(&a.states, &b.states) || within(&b.states, &a.states);
    let people_fit = {
        let inside = |small: &[usize], large: &[usize]| small.iter().all(|person| large.contains(person));
        inside(&known.people, &one.people) || inside(&one.people, &known.people)
    };
    let named = !known.people.is_empty() && !one.people.is_empty();
    let parties = match a.kind {
        ContactKind::Visit => people_fit && states_equal && (named || known.people.is_empty() && one.people.is_empty() || one.vague),
        ContactKind::Conference => {
            // of which no state is named but the organization's own name
            let unnamed = |contact: &Contact| contact.states.iter().all(|state| page.reference.state(state).is_none());
            one_frame(page, a, b)
                || (a.format.is_none() || b.format.is_none())
                    && (states_fit || unnamed(a) || unnamed(b))
                    && people_fit
                    && (a.place == b.place || a.place.is_none() || b.place.is_none())
        }
        _ => people_fit && (states_equal || named && states_fit),
    };
    let dates = match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.compatible(b),
        _ => true,
    };
    let places = match (&a.place, &b.place) {
        // a journey goes to a country, through several of its cities
        (Some(here), Some(there)) if a.kind == ContactKind::Visit => here.country == there.country,
        (Some(a), Some(b)) => same_spot(page, a, b),
        _ => true,
    };
    let both_dated = a.date.is_some() && b.date.is_some();
    // a visit told as to come and as under way, with one date between them
    let one_visit = a.kind == ContactKind::Visit && b.kind == ContactKind::Visit && !both_dated;
    // a bare noun without a day (the summit, the visit) says nothing of the time
    let open = |one: &Found| one.contact.status == ContactStatus::Held && !one.firm && one.contact.date.is_none();
    let statuses = a.status == b.status
        || a.status == ContactStatus::Planned && known.loose && a.date.is_none() && b.status == ContactStatus::Held
        || b.status == ContactStatus::Planned && one.loose && b.date.is_none() && a.status == ContactStatus::Held
        || a.status == ContactStatus::Planned && open(one)
        || b.status == ContactStatus::Planned && open(known)
        || one_visit
            && matches!(
                (a.status, b.status),
                (ContactStatus::Planned, ContactStatus::Held) | (ContactStatus::Held, ContactStatus::Planned)
            )
        || both_dated
            && matches!(
                (a.status, b.status),
                (ContactStatus::Planned, ContactStatus::Held) | (ContactStatus::Held, ContactStatus::Planned)
            )
        || matches!(
            (a.status, b.status),
            (ContactStatus::Planned, ContactStatus::Proposed) | (ContactStatus::Proposed, ContactStatus::Planned)
        )
        || matches!(
            (a.status, b.status),
            (ContactStatus::Cancelled, ContactStatus::Planned) | (ContactStatus::Planned, ContactStatus::Cancelled)
        );
    kinds && parties && dates && places && statuses
}

fn absorb(known: &mut Found, one: &Found) {
    let bare_known = known.contact.status == ContactStatus::Held && !known.firm;
    let (a, b) = (&mut known.contact, &one.contact);
    if b.kind == ContactKind::Call && a.kind == ContactKind::Meeting {
        a.kind = ContactKind::Call;
        a.place = None;
    }
    for party in &b.participants {
        if !a.participants.iter().any(|known| known.name == party.name) {
            a.participants.push(party.clone());
        }
    }
    for person in &one.people {
        if !known.people.contains(person) {
            known.people.push(*person);
        }
    }
    if a.kind != ContactKind::Visit {
        for state in &b.states {
            if !a.states.contains(state) {
                a.states.push(state.clone());
            }
        }
    }
    // the organization stands in for states only where none is named
    if a.kind == ContactKind::Conference && a.states.len() > 1 {
        let own = a.format.clone().or_else(|| b.format.clone());
        a.states.retain(|state| Some(state) != own.as_ref());
    }
    let finer = match (&a.date, &b.date) {
        (None, Some(_)) => true,
        (Some(a), Some(b)) => b.precision() > a.precision() || is_part_of(b, a),
        _ => false,
    };
    if finer {
        a.date.clone_from(&b.date);
        a.date_inferred.clone_from(&b.date_inferred);
    }
    let located = |place: &Option<chancery_model::Place>| place.as_ref().map_or(0, |place| 1 + usize::from(place.name.is_some()));
    if located(&b.place) > located(&a.place) {
        a.place.clone_from(&b.place);
    }
    a.format = a.format.take().or_else(|| b.format.clone());
    if b.status == ContactStatus::Held && a.status == ContactStatus::Planned && (one.firm || known.loose)
        // will visit; the visit: the bare noun says nothing of the time
        || b.status == ContactStatus::Planned && bare_known && (one.firm || b.date.is_some())
        || b.status == ContactStatus::Cancelled
        || b.status == ContactStatus::Planned && a.status == ContactStatus::Proposed
    {
        a.status = b.status;
    }
    for span in &b.basis.evidence {
        if !a.basis.evidence.contains(span) {
            a.basis.evidence.push(*span);
        }
    }
    // told more than once is surer
    a.basis.confidence = (a.basis.confidence.max(b.basis.confidence) + 0.03).min(0.97);
    known.sentence = known.sentence.min(one.sentence);
    known.last_sentence = known.last_sentence.max(one.last_sentence);
    known.host = known.host.take().or_else(|| one.host.clone());
    known.firm |= one.firm;
    known.loose &= one.loose;
    known.vague &= one.vague;
    known.weak &= one.weak;
}

/// Whether days lie within a longer stretch of days (in Fiji on 11-13 December, of a journey from 10 to 16 December).
fn is_part_of(part: &Edtf, whole: &Edtf) -> bool {
    let days = |date: &Edtf| date.earliest().zip(date.latest());
    match (days(part), days(whole)) {
        (Some((from, to)), Some((first, last))) => {
            part.precision() == whole.precision() && first <= from && to <= last && (first, last) != (from, to)
        }
        _ => false,
    }
}

/// "The visit is planned for 22 April": the date belongs to the visit told last before.
fn hear_echoes(joined: &mut Vec<Found>, echoes: &[Echo]) {
    let mut further: Vec<Found> = Vec::new();
    for echo in echoes {
        let latest = joined
            .iter_mut()
            .filter(|one| one.contact.kind == echo.kind && one.last_sentence < echo.sentence && echo.sentence - one.last_sentence <= 6)
            .max_by_key(|one| one.last_sentence);
        if let Some(one) = latest {
            let fits = one
                .contact
                .date
                .as_ref()
                .is_none_or(|date| date.compatible(&echo.date.value) && date.precision() < echo.date.value.precision());
            // invited to Budapest; the visit will take place on 29 March
            if fits && one.contact.status == ContactStatus::Proposed && echo.status == ContactStatus::Planned {
                one.contact.status = ContactStatus::Planned;
            }
            // met on Monday; the official talks are planned for tomorrow
            let next = one.contact.status == ContactStatus::Held
                && echo.status == ContactStatus::Planned
                && !echo.bound
                && matches!(echo.kind, ContactKind::Meeting | ContactKind::Call)
                && echo.sentence - one.last_sentence <= 2
                && one.contact.date.as_ref().is_some_and(|date| !date.compatible(&echo.date.value));
            if next {
                let mut planned = one.clone();
                planned.contact.status = ContactStatus::Planned;
                planned.contact.date = Some(echo.date.value.clone());
                planned.contact.date_inferred.clone_from(&echo.date.inferred);
                planned.contact.place = None;
                planned.contact.basis.rule = "contact.next".to_owned();
                planned.contact.basis.evidence = vec![echo.evidence];
                further.push(planned);
                continue;
            }
            let agrees = one.contact.status == echo.status || one.contact.date.is_none() && one.contact.status != ContactStatus::Held;
            if fits && agrees {
                one.contact.date = Some(echo.date.value.clone());
                one.contact.date_inferred.clone_from(&echo.date.inferred);
                one.contact.basis.evidence.push(echo.evidence);
            }
        }
    }
    joined.extend(further);
}

/// What took place lies not after the news: without a verb in the past it is to come, and with one the day is another's. What is to
/// come lies not years before it: then another verb of the sentence is to come.
fn keep_to_the_news(calendar: &Calendar, joined: &mut Vec<Found>) {
    let Some(news) = calendar.published_day() else { return };
    let long_ago = news.saturating_sub(YEAR.days());
    let past = |date: &Edtf| date.latest().is_some_and(|day| day < long_ago);
    joined.retain(|one| one.contact.status != ContactStatus::Planned || !one.contact.date.as_ref().is_some_and(past));
    for one in joined.iter_mut().filter(|one| one.contact.status == ContactStatus::Held) {
        let Some(day) = one.contact.date.as_ref().and_then(Edtf::earliest).filter(|day| *day > news) else { continue };
        if !one.firm {
            one.contact.status = ContactStatus::Planned;
        } else if day > news.saturating_add(1.days()) {
            // (the day after is today further east)
            one.contact.date = None;
            one.contact.date_inferred.clear();
        }
    }
}

/// Will travel to Rome for talks with X; arrived in Beijing, where Y received him later: a meeting of guest and host is
/// where the only visit of the one to the other goes, in the sentence that tells of the visit or at its time.
fn place_by_visits(joined: &mut [Found]) {
    let visits: Vec<Found> = joined.iter().filter(|one| one.contact.kind == ContactKind::Visit).cloned().collect();
    for one in joined.iter_mut().filter(|one| one.contact.kind == ContactKind::Meeting && one.contact.place.is_none()) {
        let mut fits = visits.iter().filter(|visit| {
            let (visit_date, date) = (&visit.contact.date, &one.contact.date);
            let together = match (visit_date, date) {
                (Some(a), Some(b)) => a.compatible(b),
                (None, None) => true,
                _ => visit.sentence.abs_diff(one.sentence) <= 3,
            };
            // (after his return from A, X received B: not there)
            visit.contact.status == one.contact.status
                && !(visit.aside && !one.aside && visit.sentence == one.sentence)
                && (visit.sentence == one.sentence || together)
                && visit.people.iter().any(|person| one.people.contains(person))
                && one.contact.states.len() == 2
                && visit.contact.states.iter().all(|state| one.contact.states.contains(state))
        });
        if let (Some(visit), None) = (fits.next(), fits.next()) {
            one.contact.place.clone_from(&visit.contact.place);
        }
    }
    // flew to the summit in Vilnius
    for one in joined.iter_mut().filter(|one| one.contact.kind == ContactKind::Conference && one.contact.place.is_none()) {
        let visit = visits.iter().find(|visit| {
            visit.sentence == one.sentence && !visit.people.is_empty() && visit.people.iter().all(|person| one.people.contains(person))
        });
        if let Some(visit) = visit {
            one.contact.place.clone_from(&visit.contact.place);
        }
    }
}

/// Whether somebody who left on the one day may still be away on the other.
fn within_a_week(one: &Edtf, other: &Edtf) -> bool {
    let span = one.earliest().zip(other.earliest()).and_then(|(one, other)| one.until(other).ok());
    span.is_some_and(|span| span.get_days().abs() <= 7)
}

/// Received the ambassadors, was received by the president: at home, unless the host is told of elsewhere at the time.
fn place_at_home(page: &Page, joined: &mut [Found]) {
    let elsewhere: Vec<Found> =
        joined.iter().filter(|one| matches!(one.contact.kind, ContactKind::Visit | ContactKind::Conference)).cloned().collect();
    for one in joined.iter_mut().filter(|one| one.contact.kind == ContactKind::Meeting && one.contact.place.is_none()) {
        let Some(host) = one.host.clone().filter(|host| page.reference.state(host).is_some()) else { continue };
        let away = |other: &Found| {
            let there = other.contact.place.as_ref().and_then(|place| place.country.as_ref()).is_none_or(|country| *country != host);
            let dates = other.contact.date.as_ref().zip(one.contact.date.as_ref());
            let near = dates.is_none_or(|(a, b)| a.compatible(b) || within_a_week(a, b));
            let together = near && (other.contact.states.contains(&host) || other.sentence == one.sentence);
            let leaves = other.contact.kind != ContactKind::Visit || other.contact.states.first() == Some(&host);
            there && together && leaves
        };
        if !elsewhere.iter().any(away) {
            one.contact.place = Some(chancery_model::Place { name: None, country: Some(host) });
        }
    }
}

/// Most members that a format may have to be told one by one.
const FEW: usize = 20;

/// The one sitting of a format of few of which the text names no state: the members that the text names, where these
/// are most of them.
fn seat_members(page: &Page, cast: &Cast, joined: &mut [Found]) {
    let sittings: Vec<usize> = (0..joined.len()).filter(|at| joined[*at].contact.kind == ContactKind::Conference).collect();
    for at in sittings.iter().copied() {
        let contact = &joined[at].contact;
        let Some(format) = contact.format.clone() else { continue };
        let alone = sittings.iter().filter(|other| joined[**other].contact.format.as_ref() == Some(&format)).count() == 1;
        let members: Vec<&str> = page.reference.members(&format).collect();
        if !alone || contact.states.len() > 1 || members.len() > FEW {
            continue;
        }
        let told = |index: &usize| page.tells(page.sentence_of(cast.parties[*index].words.start));
        let mut named: Vec<String> = Vec::new();
        for state in (0..cast.parties.len()).filter(told).flat_map(|index| &cast.meanings[index].states) {
            if members.contains(&state.as_str()) && !named.contains(state) {
                named.push(state.clone());
            }
        }
        if named.len() >= 3 && named.len() * 2 >= members.len() {
            joined[at].contact.states = named;
        }
    }
}

/// Good wishes spoken at a meeting or on the telephone are no letter.
fn drop_greetings(joined: &mut Vec<Found>) {
    let spoken: Vec<(Vec<String>, usize)> = joined
        .iter()
        .filter(|one| matches!(one.contact.kind, ContactKind::Meeting | ContactKind::Call) && one.contact.status == ContactStatus::Held)
        .map(|one| (one.contact.states.clone(), one.sentence))
        .collect();
    joined.retain(|one| {
        let greeting = one.contact.kind == ContactKind::Letter;
        let sent = one.contact.basis.rule.ends_with("send");
        // (the day of the news is that of the meeting told before)
        let of_news = one.contact.date.as_ref().is_some_and(|date| date.approximate);
        let within = |(states, sentence): &(Vec<String>, usize)| {
            let undated = one.contact.date.is_none() || of_news && *sentence < one.sentence;
            let near = sent && undated && sentence.abs_diff(one.sentence) <= 3 || *sentence == one.sentence;
            one.contact.states.iter().all(|state| states.contains(state)) && near
        };
        !(greeting && spoken.iter().any(within))
    });
}

/// A vague claim whose states another contact of the same kind holds already tells nothing of its own.
fn drop_shadows(joined: &mut Vec<Found>) {
    let firm: Vec<(ContactKind, Vec<String>)> =
        joined.iter().filter(|one| !one.vague).map(|one| (one.contact.kind, one.contact.states.clone())).collect();
    joined.retain(|one| {
        let shadowed = |(kind, states): &(ContactKind, Vec<String>)| {
            *kind == one.contact.kind && one.contact.states.iter().all(|state| states.contains(state))
        };
        !(one.vague && one.contact.date.is_none() && one.contact.status == ContactStatus::Held && firm.iter().any(shadowed))
    });
}
