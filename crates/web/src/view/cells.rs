//! Values of an entry as a reader sees them, each leading to where more of it stands.
//!
//! In: entries, the reader's texts, names of states. Out: HTML. Never: a sentence in a language that the reader did not ask for.

use super::direction::direction;
use super::romanised::romanised;
use super::{address, dates};
use crate::app::App;
use crate::texts::Texts;
use chancery::Edtf;
use chancery::export::record::{sort_and_date, words};
use chancery::model::Place;
use chancery::record::{Content, Entry, Figure, Mention, Person};
use maud::{Markup, html};

/// In whose words values are shown.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub app: &'a App,
    pub texts: &'static Texts,
}

impl Teller<'_> {
    /// The name of a state or organization.
    pub fn name(&self, code: &str) -> String {
        self.app.state_name(self.texts.language, code)
    }

    /// A state or organization, which leads to its page.
    pub fn state(&self, code: &str) -> Markup {
        html! { a.state href=(address("state", code)) { (self.name(code)) } }
    }

    pub fn states<'s>(&self, codes: impl Iterator<Item = &'s str>) -> Markup {
        html! { @for (index, code) in codes.enumerate() { @if index > 0 { ", " } (self.state(code)) } }
    }

    /// A person, or the state that stands for one.
    pub fn party(&self, name: &str) -> Markup {
        let is_code = !name.is_empty() && !name.chars().any(char::is_lowercase);
        if is_code {
            self.state(name)
        } else {
            html! { a.person href=(address("person", name)) { bdi { (name) } } }
        }
    }

    pub fn parties<'s>(&self, names: impl Iterator<Item = &'s str>) -> Markup {
        html! { @for (index, name) in names.enumerate() { @if index > 0 { ", " } (self.party(name)) } }
    }

    /// A person with the office held.
    pub fn person(&self, person: &Person) -> Markup {
        html! {
            (self.party(&person.name))
            @if let Some(office) = &person.office {
                span.office { " (" (self.texts.word("role", office.role.as_str())) ", " (self.state(&office.of)) ")" }
            }
        }
    }

    pub fn place(&self, place: &Place) -> Markup {
        html! {
            @if let Some(name) = &place.name { bdi { (name) } @if place.country.is_some() { ", " } }
            @if let Some(country) = &place.country { (self.state(country)) }
        }
    }

    pub fn date(&self, date: Option<&Edtf>) -> Markup {
        dates::date(self.texts, date)
    }

    /// A word of a sort of value as a small mark.
    pub fn chip(&self, sort: &str, word: &str) -> Markup {
        html! { span class=(format!("chip {word}")) { (self.texts.word(sort, word)) } }
    }

    /// How many stand behind an entry, and whether they differ.
    pub fn support(&self, entry: &Entry) -> Markup {
        let contradicted = entry.conflicts.iter().any(|conflict| conflict.kind == "contradiction");
        html! {
            span.sources title=(self.texts.count(entry.support.documents, "document")) { (self.texts.count(entry.support.sources, "source")) }
            @if contradicted { " " span.chip.contradiction { (self.texts.get("differ")) } }
            @if let Some(judged) = &entry.judged { " " (self.chip("judged", judged)) }
        }
    }

    /// What a side's report mentions.
    pub fn mention(&self, mention: &Mention) -> Markup {
        match mention {
            Mention::Person { name } => html! { bdi { (name) } },
            Mention::Commitment { action } => html! { q { bdi { (action) } } },
            Mention::Figure { value, unit, topic } => html! { (self.texts.word("topic", topic.as_str())) ": " (amount(*value, unit)) },
        }
    }

    pub fn figure(&self, figure: &Figure) -> Markup {
        html! {
            @if figure.bound.as_str() != "exact" { (self.texts.word("bound", figure.bound.as_str())) " " }
            (amount(figure.value, &figure.unit))
            @if figure.change.as_str() != "level" { " " (self.chip("change", figure.change.as_str())) }
        }
    }

    /// The words of a statement or commitment in the language of its earliest document.
    pub fn words(&self, entry: &Entry) -> Markup {
        let language = entry.claims.first().and_then(|backing| backing.language.as_deref());
        self.foreign(words(entry).unwrap_or(""), language)
    }

    /// What the pages call a language; its tag where they have no name for it.
    pub fn language<'t>(&self, tag: &'t str) -> &'t str {
        self.texts.word("language", tag)
    }

    /// Words in a language that may not be the reader's, isolated; where the reader wants it, also in Latin letters.
    pub fn foreign(&self, words: &str, language: Option<&str>) -> Markup {
        let latin = self.texts.romanised.then(|| romanised(words)).filter(|latin| latin != words);
        html! {
            bdi lang=[language] dir=(direction(words)) { (words) }
            @if let Some(latin) = latin { " " span.latin lang=[language.map(|tag| format!("{tag}-Latn"))] dir="ltr" { "[" (latin) "]" } }
        }
    }

    /// What an entry says, without its date.
    pub fn told(&self, entry: &Entry) -> Markup {
        match &entry.content {
            Content::Contact(contact) => html! {
                (self.chip("kind", contact.kind.as_str())) " " (self.chip("status", contact.status.as_str())) " "
                span.who { (self.parties(contact.participants.iter().map(|said| said.value.name.as_str()))) }
                @if !contact.participants.is_empty() { " · " }
                (self.states(contact.states.iter().map(|said| said.value.as_str())))
                @if let Some(place) = &contact.place { span.where { " · " (self.place(place)) } }
                @if let Some(format) = &contact.format { " · " a.format href=(address("format", format)) { (format) } }
            },
            Content::Statement(statement) => html! {
                @if let Some(speaker) = &statement.speaker { (self.person(speaker)) } @else { span.unknown { (self.texts.get("nobody")) } }
                ": " @if statement.quoted { q { (self.words(entry)) } } @else { (self.words(entry)) }
            },
            Content::Commitment(commitment) => html! {
                (self.chip("commitment", commitment.status.as_str())) " " (self.chip("outcome", &commitment.outcome)) " "
                (self.parties(commitment.parties.iter().map(|said| said.value.as_str()))) ": " (self.words(entry))
                @if let Some(due) = &commitment.due { span.where { " · " (self.texts.get("due")) " " (self.date(Some(due))) } }
            },
            Content::Figure(figure) => html! {
                (self.chip("topic", figure.topic.as_str())) " " (self.figure(figure)) " · "
                (self.states(figure.states.iter().map(String::as_str)))
                @if let Some(period) = &figure.period { " · " (self.date(Some(period))) }
            },
            Content::Standing(standing) => html! {
                (self.person(&standing.subject)) " " (self.chip("relation", standing.relation.as_str())) " "
                (self.object(&standing.object)) @if let Some(name) = &standing.name { " · " (name) }
            },
        }
    }

    /// The object of a standing: an organization, a state, or an office `president of KZ`.
    pub fn object(&self, object: &str) -> Markup {
        match object.rsplit_once(" of ") {
            Some((role, of)) => html! { (self.texts.word("role", role)) ", " (self.state(of)) },
            None => self.party(object),
        }
    }

    /// Entries, one a line.
    pub fn list<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> Markup {
        html! {
            ol.entries {
                @for entry in entries {
                    @let (sort, date) = sort_and_date(entry);
                    li class=(sort) {
                        a.when href=(address("entry", &entry.id)) { @if sort == "contact" { (dates::occasion(self.texts, date)) } @else { (self.date(date)) } }
                        div.told { (self.told(entry)) }
                        div.support { (self.support(entry)) }
                    }
                }
            }
        }
    }
}

/// A number with its unit.
fn amount(value: f64, unit: &str) -> Markup {
    let unit = unit.strip_prefix("count:").unwrap_or(unit);
    html! { span.value { (number(value)) } " " @if unit == "percent" { "%" } @else { (unit) } }
}

/// A number with its thousands apart.
pub fn number(value: f64) -> String {
    let plain = format!("{value}");
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.trim_start_matches('-');
    let grouped: Vec<&str> = {
        let first = digits.len() % 3;
        let head = (first > 0).then(|| &digits[..first]);
        head.into_iter().chain((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3])).collect()
    };
    let sign = if whole.starts_with('-') { "−" } else { "" };
    format!("{sign}{}{}", grouped.join("\u{202f}"), rest.map_or(String::new(), |rest| format!(".{rest}")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_stand_apart() {
        for (value, told) in [(62e9, "62\u{202f}000\u{202f}000\u{202f}000"), (14.5, "14.5"), (-1200.0, "−1\u{202f}200"), (7.0, "7")] {
            assert_eq!(super::number(value), told);
        }
    }
}
