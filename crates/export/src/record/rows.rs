//! Entries as rows of a table.
//!
//! In: entries. Out: cells, for a terminal or a spreadsheet. Never: a cell that a spreadsheet would calculate.

use crate::layout::safe;
use crate::sentences::number;
use chancery_model::record::{Commitment, Content, Entry, Person, Said, Step};
use chancery_model::{Edtf, Place};

/// Heads of the table of entries of one sort.
pub fn head(sort: &str) -> &'static [&'static str] {
    match sort {
        "contact" => &["date", "kind", "status", "states", "who", "where", "sources", "id"],
        "statement" => &["reported", "speaker", "words", "sources", "id"],
        "commitment" => &["reported", "parties", "status", "due", "outcome", "action", "sources", "id"],
        "figure" => &["period", "topic", "states", "figure", "sources", "id"],
        _ => &["period", "subject", "relation", "object", "sources", "id"],
    }
}

fn date(date: Option<&Edtf>) -> String {
    date.map_or("-".to_owned(), Edtf::to_string)
}

fn joined<T>(said: &[Said<T>], with: &str, word: impl Fn(&T) -> String) -> String {
    said.iter().map(|said| word(&said.value)).collect::<Vec<_>>().join(with)
}

fn place(place: &Place) -> String {
    [&place.name, &place.country].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}

fn name(person: Option<&Person>) -> String {
    person.map_or("-".to_owned(), |person| person.name.clone())
}

/// The sort of an entry, and the date by which it stands in a list.
pub fn sort_and_date(entry: &Entry) -> (&'static str, Option<&Edtf>) {
    match &entry.content {
        Content::Contact(contact) => ("contact", contact.date.as_ref()),
        Content::Statement(statement) => ("statement", statement.reported.as_ref()),
        Content::Commitment(commitment) => ("commitment", commitment.reported.as_ref()),
        Content::Figure(figure) => ("figure", figure.period.as_ref().or(figure.reported.as_ref())),
        Content::Standing(standing) => ("standing", standing.period.as_ref().or(standing.reported.first())),
    }
}

/// The words of a statement or commitment.
pub fn words(entry: &Entry) -> Option<&str> {
    match &entry.content {
        Content::Statement(statement) => Some(&statement.text),
        Content::Commitment(commitment) => Some(&commitment.action),
        _ => None,
    }
}

/// The number of a figure in words: `at least 27 billion USD`.
pub(super) fn amount(value: f64, unit: &str, bound: &str, change: &str) -> String {
    let unit = unit.strip_prefix("count:").unwrap_or(unit);
    let bound = if bound == "exact" { String::new() } else { format!("{bound} ") };
    let change = if change == "level" { String::new() } else { format!(" ({change})") };
    format!("{bound}{} {unit}{change}", number(value))
}

/// One line of a list, as its heads name it.
pub fn row(entry: &Entry) -> Vec<String> {
    let contradicted = entry.conflicts.iter().any(|conflict| conflict.kind == "contradiction");
    let sources = format!("{}{}", entry.support.sources, if contradicted { " !" } else { "" });
    let cells = match &entry.content {
        Content::Contact(contact) => {
            let place = contact.place.as_ref().map(place);
            let format = contact.format.as_ref().map(|format| format!("({format})"));
            vec![
                date(contact.date.as_ref()),
                contact.kind.to_string(),
                contact.status.to_string(),
                joined(&contact.states, if contact.states.len() > 2 { ", " } else { "–" }, String::clone),
                joined(&contact.participants, ", ", |person| person.name.clone()),
                place.into_iter().chain(format).collect::<Vec<_>>().join(" "),
            ]
        }
        Content::Statement(statement) => {
            let marks = if statement.quoted { ("“", "”") } else { ("", "") };
            vec![date(statement.reported.as_ref()), name(statement.speaker.as_ref()), format!("{}{}{}", marks.0, statement.text, marks.1)]
        }
        Content::Commitment(commitment) => vec![
            date(commitment.reported.as_ref()),
            joined(&commitment.parties, ", ", String::clone),
            commitment.status.to_string(),
            date(commitment.due.as_ref()),
            commitment.outcome.clone(),
            commitment.action.clone(),
        ],
        Content::Figure(figure) => vec![
            date(figure.period.as_ref()),
            figure.topic.to_string(),
            figure.states.join("–"),
            amount(figure.value, &figure.unit, figure.bound.as_str(), figure.change.as_str()),
        ],
        Content::Standing(standing) => vec![
            date(standing.period.as_ref()),
            standing.subject.name.clone(),
            standing.relation.to_string(),
            standing.name.as_ref().map_or(standing.object.clone(), |name| format!("{} ({name})", standing.object)),
        ],
    };
    cells.into_iter().chain([sources, entry.id.clone()]).map(|cell| safe(&cell)).collect()
}

/// Which values of an entry no claim gives whole, and why they are known: `date 2024-05-20: counted from the day of publication`.
pub fn inferred(entry: &Entry) -> Vec<String> {
    fn of<T>(found: &mut Vec<String>, field: &str, said: &[Said<T>], word: impl Fn(&T) -> String) {
        found.extend(said.iter().filter_map(|said| Some(format!("{field} {}: {}", word(&said.value), reasons(said.inferred.as_ref()?)))));
    }
    let mut found = Vec::new();
    match &entry.content {
        Content::Contact(contact) => {
            of(&mut found, "date", &contact.dates, Edtf::to_string);
            of(&mut found, "place", &contact.places, place);
            of(&mut found, "state", &contact.states, String::clone);
            of(&mut found, "participant", &contact.participants, |person| person.name.clone());
            if contact.history.len() > 1 {
                found.push(format!("status {}: {}", contact.status, steps(&contact.history)));
            }
        }
        Content::Statement(statement) => of(&mut found, "words", &statement.wordings, String::clone),
        Content::Commitment(commitment) => {
            of(&mut found, "party", &commitment.parties, String::clone);
            found.extend(outcome(commitment).map(|why| format!("outcome {}: {why}", commitment.outcome)));
        }
        Content::Figure(figure) => of(&mut found, "value", &figure.values, |value| number(*value)),
        Content::Standing(standing) => of(&mut found, "period", &standing.periods, Edtf::to_string),
    }
    found
}

/// Reasons in words; one that has none here is told as it is.
fn reasons(codes: &str) -> String {
    let words = |code: &str| match code {
        "published" => "counted from the day of publication".to_owned(),
        "weekday" => "the day of the week that is named".to_owned(),
        "tenure" => "the years in which those named held their offices".to_owned(),
        "office-holder" => "who held the office on that day".to_owned(),
        "plan" => "the plan told before it".to_owned(),
        "dateline" => "the place and day at the head of the text".to_owned(),
        "other-date" => "another date of the text".to_owned(),
        "discourse" => "whom the text speaks of there".to_owned(),
        "other-document" => "put together from several documents".to_owned(),
        "judgement" => "a person's word".to_owned(),
        other => other.replace('-', " "),
    };
    codes.split(", ").map(words).collect::<Vec<_>>().join("; ")
}

/// What was reported when: `planned for 2024-05-29 (reported 2024-05-01), held (reported 2024-05-30)`.
fn steps(history: &[Step]) -> String {
    let step = |step: &Step| {
        let date = step.date.as_ref().map_or(String::new(), |date| format!(" for {date}"));
        let reported = step.reported.as_ref().map_or("no day of report".to_owned(), |day| format!("reported {day}"));
        format!("{}{date} ({reported})", step.status)
    };
    history.iter().map(step).collect::<Vec<_>>().join(", then ")
}

/// Why an undertaking is kept, dropped or overdue.
fn outcome(commitment: &Commitment) -> Option<String> {
    let last = commitment.history.last().and_then(|step| step.reported.as_ref()).map_or("without a day".to_owned(), Edtf::to_string);
    let due = commitment.due.as_ref().map_or("without a day".to_owned(), Edtf::to_string);
    let shown_by = commitment.shown_by.join(", ");
    match commitment.outcome.as_str() {
        "kept" => Some(format!("{shown_by} took place, as was reported {last}")),
        "dropped" => Some(format!("{shown_by} was called off or denied, as was reported {last}")),
        "overdue" => Some(format!("it was due {due}, the latest document of the record is of {last}, and none shows it done")),
        _ => None,
    }
}

/// Heads of the spreadsheet of entries of one sort.
pub fn csv_head(sort: &str) -> Vec<&'static str> {
    let own: &[&str] = match sort {
        "contact" => &["date", "kind", "status", "states", "participants", "place", "country", "format", "part_of"],
        "statement" => &["reported", "speaker", "addressee", "quoted", "text", "on"],
        "commitment" => &["reported", "parties", "status", "due", "outcome", "action", "on"],
        "figure" => &["period", "topic", "states", "value", "unit", "bound", "change", "reported"],
        _ => &["period", "subject", "relation", "object", "name"],
    };
    let shared = ["confidence", "documents", "languages", "sources", "conflicts", "judged"];
    ["id"].iter().chain(own).chain(&shared).copied().collect()
}

/// The cells of an entry under [`csv_head`].
pub fn csv_row(entry: &Entry) -> Vec<String> {
    let plain = |date: &Option<Edtf>| date.as_ref().map_or(String::new(), Edtf::to_string);
    let maybe = |word: &Option<String>| word.clone().unwrap_or_default();
    let person = |person: &Option<Person>| person.as_ref().map_or(String::new(), |person| person.name.clone());
    let own = match &entry.content {
        Content::Contact(contact) => vec![
            plain(&contact.date),
            contact.kind.to_string(),
            contact.status.to_string(),
            joined(&contact.states, "; ", String::clone),
            joined(&contact.participants, "; ", |person| person.name.clone()),
            contact.place.as_ref().map_or(String::new(), |place| maybe(&place.name)),
            contact.place.as_ref().map_or(String::new(), |place| maybe(&place.country)),
            maybe(&contact.format),
            maybe(&contact.part_of),
        ],
        Content::Statement(statement) => vec![
            plain(&statement.reported),
            person(&statement.speaker),
            person(&statement.addressee),
            statement.quoted.to_string(),
            statement.text.clone(),
            maybe(&statement.on),
        ],
        Content::Commitment(commitment) => vec![
            plain(&commitment.reported),
            joined(&commitment.parties, "; ", String::clone),
            commitment.status.to_string(),
            plain(&commitment.due),
            commitment.outcome.clone(),
            commitment.action.clone(),
            maybe(&commitment.on),
        ],
        Content::Figure(figure) => vec![
            plain(&figure.period),
            figure.topic.to_string(),
            figure.states.join("; "),
            figure.value.to_string(),
            figure.unit.clone(),
            figure.bound.to_string(),
            figure.change.to_string(),
            plain(&figure.reported),
        ],
        Content::Standing(standing) => vec![
            plain(&standing.period),
            standing.subject.name.clone(),
            standing.relation.to_string(),
            standing.object.clone(),
            maybe(&standing.name),
        ],
    };
    let conflicts: Vec<String> = entry.conflicts.iter().map(|conflict| format!("{}: {}", conflict.of, conflict.kind)).collect();
    let shared = [
        entry.confidence.to_string(),
        entry.support.documents.to_string(),
        entry.support.languages.join("; "),
        entry.support.sources.to_string(),
        conflicts.join("; "),
        maybe(&entry.judged),
    ];
    [entry.id.clone()].into_iter().chain(own).chain(shared).map(|cell| neutral(&cell)).collect()
}

/// A cell that a spreadsheet takes as text: what would begin a formula gets an apostrophe before it, numbers stay.
pub fn neutral(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_calculates_nothing() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5", "-5"),
            ("-5 percent", "'-5 percent"),
            ("+1", "+1"),
            ("a=b", "a=b"),
            ("\t=1", "'\t=1"),
        ] {
            assert_eq!(neutral(cell), written);
        }
    }
}
