//! Claims as English sentences.
//!
//! In: claims, and the names of states and organizations. Out: a sentence each. Never: says more than the claim does.

use chancery_model::{
    Bound, Change, Commitment, CommitmentStatus, Contact, ContactKind, ContactStatus, Doubt, Edtf, EdtfValue, Figure, Modality, Office,
    Party, Place, Relation, Role, Standing, Statement, Topic,
};

/// Names of codes: `KZ` is Kazakhstan.
pub type Names<'a> = &'a dyn Fn(&str) -> String;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

pub fn contact(contact: &Contact, names: Names) -> String {
    let people: Vec<String> = contact.participants.iter().map(|party| party_name(party, names)).collect();
    let covered = |state: &str| contact.participants.iter().any(|party| party.office.as_ref().is_some_and(|office| office.of == state));
    // a visit names the host by its place
    let host = contact.place.as_ref().and_then(|place| place.country.as_deref()).filter(|_| contact.kind == ContactKind::Visit);
    let open = contact.states.iter().filter(|state| !covered(state) && Some(state.as_str()) != host);
    let open: Vec<String> = open.map(|state| names(state)).collect();
    // states without a person are parties themselves; beside persons without an office they may be those persons' states
    let in_office =
        contact.participants.iter().all(|party| party.office.is_some()) && (people.is_empty() || contact.kind != ContactKind::Visit);
    let (all, of) = match (in_office, open.is_empty()) {
        (true, _) => ([people, open].concat(), String::new()),
        (false, true) => (people, String::new()),
        (false, false) => (people, format!(" ({})", open.join(", "))),
    };
    let who = if all.is_empty() { "Parties that are not named".to_owned() } else { join(&all) };
    let many = all.len() > 1;
    let when = contact.date.as_ref().map_or(String::new(), |date| format!(" {}", date_phrase(date)));
    let at = contact.place.as_ref().and_then(|place| place_phrase(place, names));
    let place = at.as_ref().map_or(String::new(), |at| format!(" in {at}"));
    let format = contact.format.as_ref().map(|format| names(format));
    let frame = format.as_ref().map_or(String::new(), |format| format!(" in the frame of {format}"));
    let noun = match contact.kind {
        ContactKind::Meeting => "meeting",
        ContactKind::Call => "call",
        ContactKind::Visit => "visit",
        ContactKind::Conference => "conference",
        ContactKind::Letter => "letter",
        ContactKind::Signing => "signing",
    };
    let told = match contact.status {
        ContactStatus::Held | ContactStatus::Planned => {
            let planned = contact.status == ContactStatus::Planned;
            let verb = |past: &str, future: &str| {
                if planned { format!("{} {future}", if many { "are to" } else { "is to" }) } else { past.to_owned() }
            };
            match contact.kind {
                ContactKind::Meeting => format!("{who} {}{place}{when}{frame}", verb("met", "meet")),
                ContactKind::Call => format!("{who} {}{when}{frame}", verb("spoke by telephone or video", "speak by telephone or video")),
                ContactKind::Visit => {
                    format!("{who} {} {}{when}{frame}", verb("visited", "visit"), at.as_deref().unwrap_or("a place that is not named"))
                }
                ContactKind::Conference => {
                    let of = format.map_or("a conference".to_owned(), |format| format!("a conference of {format}"));
                    format!("{who} {} {of}{place}{when}", verb("took part in", "take part in"))
                }
                ContactKind::Letter => match all.split_first() {
                    Some((first, others)) if !others.is_empty() => {
                        format!("{first} {} {}{when}{frame}", if planned { "is to write to" } else { "wrote to" }, join(others))
                    }
                    _ => format!("{who} {} a letter{when}{frame}", verb("sent or received", "send or receive")),
                },
                ContactKind::Signing => format!("{who} {} a document{place}{when}{frame}", verb("signed", "sign")),
            }
        }
        ContactStatus::Proposed => format!("A {noun} of {who}{place}{when}{frame} was proposed"),
        ContactStatus::Cancelled => format!("A {noun} of {who}{place}{when}{frame} was called off"),
        ContactStatus::Denied => format!("A {noun} of {who}{place}{when}{frame} was denied"),
    };
    // a country after its city stands between commas, the last of which a full stop swallows
    let told = told.trim_end_matches(',');
    format!("{told}{of}{}.", modality(contact.basis.modality))
}

pub fn statement(statement: &Statement, names: Names) -> String {
    let speaker = statement.speaker.as_ref().map_or("Somebody who is not named".to_owned(), |party| party_name(party, names));
    let addressee = statement.addressee.as_ref().map_or(String::new(), |party| format!(" to {}", party_name(party, names)));
    let verb = if statement.quoted { "said" } else { "is reported to have said" };
    format!("{speaker} {verb}{addressee}:")
}

pub fn commitment(commitment: &Commitment, names: Names) -> String {
    let parties: Vec<String> = commitment.parties.iter().map(|party| names(party)).collect();
    let who = if parties.is_empty() { "Parties that are not named".to_owned() } else { join(&parties) };
    let verb = match commitment.status {
        CommitmentStatus::Agreed => "agreed",
        CommitmentStatus::Pledged => "pledged",
        CommitmentStatus::Instructed => "gave instructions",
        CommitmentStatus::Proposed => "proposed",
    };
    let due = commitment.due.as_ref().map_or(String::new(), |date| format!(", due {}", date_phrase(date)));
    format!("{who} {verb}{due}{}:", modality(commitment.basis.modality))
}

pub fn figure(figure: &Figure, names: Names) -> String {
    let topic = match figure.topic {
        Topic::Other => "Figure".to_owned(),
        topic => capital(topic.as_str()),
    };
    let states: Vec<String> = figure.states.iter().map(|state| names(state)).collect();
    let of = if states.is_empty() { String::new() } else { format!(" of {}", join(&states)) };
    let change = match figure.change {
        Change::Level => "",
        Change::Increase => "an increase of ",
        Change::Decrease => "a decrease of ",
    };
    let bound = match figure.bound {
        Bound::Exact => "",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
        Bound::About => "about ",
    };
    let unit = figure.unit.strip_prefix("count:").unwrap_or(&figure.unit);
    let period = figure.period.as_ref().map_or(String::new(), |date| format!(" {}", date_phrase(date)));
    format!("{topic}{of}: {change}{bound}{} {unit}{period}{}.", number(figure.value), modality(figure.basis.modality))
}

pub fn standing(standing: &Standing, names: Names) -> String {
    let subject = subject_name(&standing.subject, names);
    let object = match standing.object.rsplit_once(" of ") {
        Some((role, of)) if standing.relation == Relation::HoldsOffice => office_words(role, of, names),
        _ => names(&standing.object),
    };
    let period = standing.period.as_ref().map_or(String::new(), |date| format!(" {}", date_phrase(date)));
    let told = match standing.relation {
        Relation::HoldsOffice => {
            let capacity = standing.name.as_ref().map_or(String::new(), |name| format!("{name} "));
            format!("{subject} is {capacity}{object}")
        }
        Relation::Member => format!("{subject} is a member of {object}"),
        Relation::Observer => format!("{subject} is an observer in {object}"),
        Relation::Chair => format!("{subject} has the chair of {object}"),
        Relation::Founder => format!("{subject} is a founder of {object}"),
        Relation::Partnership => format!("{subject} and {object}: {}", standing.name.as_deref().unwrap_or("partnership")),
    };
    format!("{told}{period}{}.", modality(standing.basis.modality))
}

pub fn doubt(doubt: &Doubt) -> String {
    if doubt.candidates.is_empty() {
        format!("{}?", capital(&doubt.about))
    } else {
        format!("{}: {}?", capital(&doubt.about), doubt.candidates.join(" or "))
    }
}

fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "",
        Modality::Reported => ", it is reported",
        Modality::Hypothetical => " (hypothetical: counts for nothing)",
        Modality::Negated => " (negated)",
    }
}

fn subject_name(party: &Party, names: Names) -> String {
    if party.office.is_none() && party.qid.is_none() { names(&party.name) } else { party.name.clone() }
}

fn party_name(party: &Party, names: Names) -> String {
    match &party.office {
        Some(office) => format!("{} ({})", party.name, office_phrase(office, names)),
        None => subject_name(party, names),
    }
}

fn office_phrase(office: &Office, names: Names) -> String {
    office_words(office.role.as_str(), &office.of, names)
}

/// `president of Kazakhstan`; an office for which there is no word is that of an official.
fn office_words(role: &str, of: &str, names: Names) -> String {
    let role = if role == Role::Other.as_str() { "an official" } else { role };
    format!("{role} of {}", names(of))
}

fn place_phrase(place: &Place, names: Names) -> Option<String> {
    match (&place.name, &place.country) {
        (Some(name), Some(country)) if &names(country) != name => Some(format!("{name}, {},", names(country))),
        (Some(name), _) => Some(name.clone()),
        (None, Some(country)) => Some(names(country)),
        (None, None) => None,
    }
}

/// `on 20 May 2024`, `in September 2019`, `from 20 to 21 May 2024`.
fn date_phrase(date: &Edtf) -> String {
    let told = match &date.value {
        EdtfValue::Interval(Some(from), Some(to)) => {
            let (first, last) = (date_words(from), date_words(to));
            format!("from {} to {last}", without_what_follows(&first, &last))
        }
        EdtfValue::Interval(None, Some(to)) => format!("by {}", date_words(to)),
        EdtfValue::Interval(Some(from), None) => format!("since {}", date_words(from)),
        EdtfValue::Interval(None, None) => "at some time".to_owned(),
        value @ (EdtfValue::Day(_) | EdtfValue::DayOfSomeYear(..)) => format!("on {}", date_words(value)),
        value => format!("in {}", date_words(value)),
    };
    if date.approximate { format!("{told} or shortly before") } else { told }
}

/// The first of two dates without the month and year that the last has too: `20` of 20 and 21 May 2024.
fn without_what_follows<'a>(first: &'a str, last: &str) -> &'a str {
    let shared = first.match_indices(' ').map(|(at, _)| at).find(|at| last.ends_with(&first[*at..]));
    shared.map_or(first, |at| &first[..at])
}

fn date_words(value: &EdtfValue) -> String {
    let month = |month: i8| MONTHS.get((month - 1).clamp(0, 11) as usize).copied().unwrap_or("");
    match value {
        EdtfValue::Day(date) => format!("{} {} {}", date.day(), month(date.month()), date.year()),
        EdtfValue::Month(year, number) => format!("{} {year}", month(*number)),
        EdtfValue::Year(year) => year.to_string(),
        EdtfValue::DayOfSomeYear(number, day) => format!("{day} {} of a year not known", month(*number)),
        EdtfValue::MonthOfSomeYear(number) => format!("{} of a year not known", month(*number)),
        EdtfValue::Interval(..) => value.to_string(),
    }
}

/// `27 billion`, `1,250`, `4.5 million`.
pub(crate) fn number(value: f64) -> String {
    for (scale, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if value.abs() >= scale {
            return format!("{} {word}", trimmed(value / scale));
        }
    }
    if value.abs() >= 10_000.0 && value.fract() == 0.0 {
        let digits = format!("{:.0}", value.abs());
        let grouped: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
        return format!("{}{}", if value < 0.0 { "-" } else { "" }, grouped.join(","));
    }
    trimmed(value)
}

fn trimmed(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

fn join(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_told_as_people_tell_them() {
        for (edtf, words) in [
            ("2024-05-20", "on 20 May 2024"),
            ("2021-06-02~", "on 2 June 2021 or shortly before"),
            ("2019-09", "in September 2019"),
            ("XXXX-03-29", "on 29 March of a year not known"),
            ("2024-05-20/2024-05-21", "from 20 to 21 May 2024"),
            ("2024-04-30/2024-05-21", "from 30 April to 21 May 2024"),
            ("2023-12/2024-01", "from December 2023 to January 2024"),
            ("../2018-05", "by May 2018"),
        ] {
            assert_eq!(edtf.parse::<Edtf>().map(|date| date_phrase(&date)).as_deref(), Ok(words));
        }
        for (value, words) in
            [(62e9, "62 billion"), (4.5e6, "4.5 million"), (12_500.0, "12,500"), (14.0, "14"), (5.25, "5.25"), (-20_000.0, "-20,000")]
        {
            assert_eq!(number(value), words);
        }
    }
}
