//! An address as a question, and a question as an address.
//!
//! In: the part of an address behind `?`. Out: what is asked for. Never: a filter that the address does not show.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chancery::Edtf;
use chancery::record::{self, Order, Page};
use jiff::civil::Date;

/// Entries on a page where nothing is said.
pub const SHOWN: usize = 50;
/// Entries on a page at the most.
const MOST: usize = 1000;

/// Names of the parts of a question, in the order in which an address has them.
pub const KEYS: [&str; 24] = [
    "q", "state", "person", "kind", "status", "format", "place", "language", "since", "until", "known-on", "area", "year", "month", "on",
    "order", "offset", "limit", "look", "queue", "after", "id", "decision", "other",
];

/// A value as a cookie or an address holds it.
pub fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// The value that a cookie holds.
pub fn decoded(value: &str) -> Option<String> {
    form_urlencoded::parse(value.as_bytes()).next().map(|(value, _)| value.into_owned())
}

/// What an address asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// The question behind `?`; parts without a value are none.
    pub fn parse(query: &str) -> Asked {
        let known = |(key, value): &(String, String)| KEYS.contains(&key.as_str()) && !value.trim().is_empty();
        let pairs = form_urlencoded::parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.trim().to_owned()));
        let mut pairs: Vec<(String, String)> = pairs.filter(known).collect();
        pairs.sort_by_key(|(key, _)| KEYS.iter().position(|known| known == key));
        pairs.dedup();
        Asked { pairs }
    }

    /// The question of an address.
    pub fn of_address(address: &str) -> Asked {
        Asked::parse(address.split_once('?').map_or("", |(_, query)| query))
    }

    /// Every part with its value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The number of a part.
    pub fn number(&self, key: &str) -> Result<Option<usize>, Problem> {
        let parse = |text: &str| text.parse::<usize>().map_err(|_| Problem::wrong(format!("`{key}` is {text:?}; expected a number")));
        self.one(key).map(parse).transpose()
    }

    /// The value of a part that is asked for once.
    pub fn one(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Every value of a part.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// The same question with another value of a part; an empty one takes the part away. The pages are counted anew.
    pub fn with(&self, key: &str, value: &str) -> Asked {
        let mut asked = self.without(key);
        if !value.is_empty() {
            asked.pairs.push((key.to_owned(), value.to_owned()));
        }
        if key != "offset" { asked.without("offset") } else { asked }
    }

    /// The same question with one more value of a part.
    pub fn and(mut self, key: &str, value: &str) -> Asked {
        self.pairs.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The same question without a part.
    pub fn without(&self, key: &str) -> Asked {
        Asked { pairs: self.pairs.iter().filter(|(known, _)| known != key).cloned().collect() }
    }

    /// This question and another at once.
    pub fn joined(&self, other: &Asked) -> Asked {
        Asked { pairs: self.pairs.iter().chain(&other.pairs).cloned().collect() }
    }

    /// The same question without one value of a part.
    pub fn less(&self, key: &str, value: &str) -> Asked {
        let kept = self.pairs.iter().filter(|(known, said)| known != key || said != value);
        Asked { pairs: kept.cloned().collect() }.without("offset")
    }

    /// What is asked for that leaves entries out: names of parts, and values.
    pub fn filters(&self) -> impl Iterator<Item = (&str, &str)> {
        let shown = ["q", "area", "year", "month", "on", "order", "offset", "limit", "look", "queue", "after", "id", "decision", "other"];
        self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).filter(move |(key, _)| !shown.contains(key))
    }

    /// The address of a path with this question.
    pub fn address(&self, path: &str) -> String {
        if self.pairs.is_empty() {
            return path.to_owned();
        }
        let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.pairs).finish();
        format!("{path}?{query}")
    }

    /// The question to the record about entries of these sorts.
    pub fn record(&self, sorts: &[&str]) -> Result<record::Asked, Problem> {
        let words = |key: &str| self.all(key).map(str::to_owned).collect();
        Ok(record::Asked {
            entries: sorts.iter().map(|sort| (*sort).to_owned()).collect(),
            states: words("state"),
            people: words("person"),
            kinds: words("kind"),
            statuses: words("status"),
            formats: words("format"),
            places: words("place"),
            languages: words("language"),
            since: self.date("since")?,
            until: self.date("until")?,
        })
    }

    fn date(&self, key: &str) -> Result<Option<Edtf>, Problem> {
        let parse = |text: &str| {
            let date = text.parse::<Edtf>().ok().filter(|date| date.earliest().or(date.latest()).is_some());
            date.ok_or_else(|| Problem::wrong(format!("`{key}` is {text:?}; expected a date such as 2024-05-20, 2024-05 or 2024")))
        };
        self.one(key).map(parse).transpose()
    }

    /// The day of which the record is asked as it was known.
    pub fn known_on(&self) -> Result<Option<Date>, Problem> {
        Ok(self.date("known-on")?.and_then(|date| date.latest()))
    }

    /// The part of the list; `order` is used where none is asked for.
    pub fn page(&self, order: Order, shown: usize) -> Result<Page, Problem> {
        let order = match self.one("order") {
            None => order,
            Some("newest") => Order::Newest,
            Some("oldest") => Order::Oldest,
            Some("reported") => Order::Reported,
            Some("doubtful") => Order::Doubtful,
            Some(other) => return Err(Problem::wrong(format!("`order` is {other:?}; expected newest, oldest, reported or doubtful"))),
        };
        let limit = self.number("limit")?.unwrap_or(shown);
        if limit == 0 {
            return Err(Problem::wrong("`limit` is 0; expected a number from 1 on"));
        }
        Ok(Page { order, offset: self.number("offset")?.unwrap_or(0), limit: Some(limit.min(MOST)) })
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Self::Rejection> {
        Ok(Asked::parse(parts.uri.query().unwrap_or("")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_question_and_back() {
        let asked = Asked::parse("person=Xi+Jinping&state=KZ&state=CN&kind=&utm=1&offset=50");
        assert_eq!(asked.address("/contacts"), "/contacts?state=KZ&state=CN&person=Xi+Jinping&offset=50");
        assert_eq!(asked.with("status", "held").address("/c"), "/c?state=KZ&state=CN&person=Xi+Jinping&status=held");
        assert_eq!(Asked::parse("").address("/c"), "/c");
        assert!(Asked::parse("since=yesterday").record(&[]).is_err());
        assert!(Asked::parse("limit=100000").page(Order::Newest, SHOWN).is_ok_and(|page| page.limit == Some(MOST)));
    }
}
