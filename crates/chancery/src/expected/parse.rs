//! Lines of expected claims.
//!
//! In: one line. Out: what it expects, or what is wrong with it. Never: looks at a reading.

use super::{Kind, TheirPlace, Told};
use chancery_model::{Bound, Change, Relation, Topic};
use std::collections::BTreeSet;
use std::str::FromStr;

/// One line `- ...` of a test.
#[derive(Clone, PartialEq, Debug)]
pub struct ExpectedLine {
    /// Number of the line in its file, from 1.
    pub line: usize,
    pub(crate) expects: Expects,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Expects {
    /// The reading has this claim.
    Claim(Told),
    /// The reading should have this claim and is known to miss it.
    NotYet(Told),
    /// The reading is known to have this claim and should not.
    Wrong(Told),
    /// The reading has no claim of this kind.
    No(Kind),
}

impl ExpectedLine {
    /// The kind that the line names.
    pub fn kind(&self) -> Kind {
        match &self.expects {
            Expects::Claim(told) | Expects::NotYet(told) | Expects::Wrong(told) => told.kind(),
            Expects::No(kind) => *kind,
        }
    }

    /// Whether the line expects a claim to be found.
    pub fn expects_a_claim(&self) -> bool {
        matches!(self.expects, Expects::Claim(_))
    }
}

/// Reads one line that begins with `- `.
///
/// # Errors
/// What was expected and found.
pub fn parse_line(text: &str, line: usize) -> Result<ExpectedLine, String> {
    let body = text.trim().strip_prefix('-').ok_or_else(|| format!("expected a line that begins with `- `, found {text:?}"))?.trim();
    let expects = if let Some(rest) = body.strip_prefix("not yet ") {
        Expects::NotYet(told(rest)?)
    } else if let Some(rest) = body.strip_prefix("wrong ") {
        Expects::Wrong(told(rest)?)
    } else if let Some(rest) = body.strip_prefix("no ") {
        let word = rest.split_whitespace().next().unwrap_or("");
        Expects::No(Kind::of(word.trim_end_matches(['s', '.', ','])).or_else(|| Kind::of(word)).ok_or_else(|| unknown_kind(word))?)
    } else {
        Expects::Claim(told(body)?)
    };
    Ok(ExpectedLine { line, expects })
}

fn unknown_kind(word: &str) -> String {
    format!(
        "unknown kind of claim {word:?}; expected contact, quote, figure, commitment, office, standing, origin, doubt, date or another kind of mention"
    )
}

fn word<T: FromStr>(word: &str) -> Result<T, String>
where
    T::Err: ToString,
{
    word.parse().map_err(|error: T::Err| error.to_string())
}

/// A code of a state or an organization: without small letters, or with two capitals (`AfU`).
fn is_code(word: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "+-,&".contains(character);
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    word.chars().all(plain) && (capitals >= 2 || !word.chars().any(char::is_lowercase))
}

fn codes(text: &str) -> BTreeSet<String> {
    text.split([' ', ',', ';']).filter(|code| !code.is_empty() && *code != "-").map(str::to_owned).collect()
}

fn none_if_dash(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text != "-").then(|| text.to_owned())
}

fn told(body: &str) -> Result<Told, String> {
    let (first, rest) = body.split_once(' ').unwrap_or((body, ""));
    let rest = rest.trim();
    match Kind::of(first).ok_or_else(|| unknown_kind(first))? {
        Kind::Contact => contact(rest),
        Kind::Quote => {
            let (speaker, words) = rest.split_once(": ").ok_or("expected `quote SPEAKER: words`")?;
            Ok(Told::Quote { speaker: none_if_dash(speaker), words: words.trim().to_owned() })
        }
        Kind::Commitment => {
            let (head, action) = rest.split_once(": ").ok_or("expected `commitment STATUS PARTIES: action`")?;
            let (status, parties) = head.split_once(' ').unwrap_or((head, ""));
            Ok(Told::Commitment { status: word(status)?, parties: parties_of(parties), action: action.trim().to_owned() })
        }
        Kind::Figure => figure(rest),
        Kind::Office => {
            let (person, office) = rest.split_once(": ").ok_or("expected `office PERSON: role of XX`")?;
            Ok(Told::Office { person: person.trim().to_owned(), office: office.trim().to_owned() })
        }
        Kind::Standing => standing(rest),
        Kind::Origin => Ok(Told::Origin { name: rest.to_owned() }),
        Kind::Doubt => {
            let (words, candidates) = rest.rsplit_once(':').ok_or("expected `doubt words: A; B`")?;
            Ok(Told::Doubt { words: words.trim().to_owned(), candidates: candidates.split(';').filter_map(none_if_dash).collect() })
        }
        Kind::Mention(kind) => Ok(Told::Mention { kind, value: rest.to_owned() }),
    }
}

/// Codes with spaces between them, or names with `;` between them.
fn parties_of(text: &str) -> BTreeSet<String> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    if text.contains(';') || !text.split_whitespace().all(is_code) {
        // names and codes may stand together: "CZ; Petr Fiala"
        return text.split(';').filter_map(none_if_dash).collect();
    }
    codes(text)
}

fn contact(rest: &str) -> Result<Told, String> {
    let mut head = rest.splitn(4, ' ');
    let kind = word(head.next().unwrap_or(""))?;
    let status = word(head.next().unwrap_or(""))?;
    let date = head.next().unwrap_or("-");
    let date = match date {
        "-" => None,
        date => Some(word::<chancery_model::Edtf>(date)?.to_string()),
    };
    let mut tail = head.next().unwrap_or("").trim();
    let mut people = BTreeSet::new();
    if let Some(list) = tail.strip_prefix('[') {
        let (names, after) = list.split_once(']').ok_or("the list of people that begins with `[` has no `]`")?;
        people = names.split(';').filter_map(none_if_dash).collect();
        tail = after.trim();
    }
    let padded = format!(" {tail}");
    let (tail, format) = match padded.rsplit_once(" #") {
        Some((before, format)) => (before.trim(), Some(none_if_dash(format))),
        None => (padded.trim(), None),
    };
    let (states, place) = match tail.split_once('@') {
        Some((states, place)) => (states, Some(place_of(place)?)),
        None => (tail, None),
    };
    let states = codes(states);
    if let Some(odd) = states.iter().find(|state| !is_code(state)) {
        return Err(format!("expected codes of states or organizations, found {odd:?}; people stand in `[...; ...]`"));
    }
    Ok(Told::Contact { kind, status, date, people, states, place, format })
}

/// `Paris, FR`, `FR`, or `-` for none at all.
fn place_of(text: &str) -> Result<TheirPlace, String> {
    let text = text.trim();
    match text.rsplit_once(',') {
        Some((name, country)) => Ok(TheirPlace { name: none_if_dash(name), country: none_if_dash(country) }),
        None if text == "-" => Ok(TheirPlace { name: None, country: None }),
        None if text.len() == 2 => Ok(TheirPlace { name: None, country: Some(text.to_owned()) }),
        None => Err(format!("expected `@Place, CC` or `@CC`, found {text:?}")),
    }
}

fn figure(rest: &str) -> Result<Told, String> {
    let form = "expected `figure VALUE UNIT BOUND CHANGE TOPIC STATES`";
    let (value, rest) = rest.split_once(' ').ok_or(form)?;
    let value = value.replace(['_', ','], "").parse().map_err(|_| format!("{form}; {value:?} is no plain number"))?;
    // a unit may have several words, so the bound is looked for
    let (at, bound) = Bound::ALL
        .iter()
        .filter_map(|bound| Some((format!(" {rest} ").find(&format!(" {bound} "))?, *bound)))
        .min_by_key(|(at, _)| *at)
        .ok_or_else(|| format!("{form}; found no bound (exact, at least, at most, about)"))?;
    let unit = rest[..at].trim().to_owned();
    let mut words = rest[at + bound.as_str().len()..].split_whitespace();
    let change: Change = word(words.next().unwrap_or(""))?;
    let topic: Topic = word(words.next().unwrap_or(""))?;
    let states = words.filter(|state| *state != "-").map(|state| state.trim_matches(',').to_owned()).collect();
    Ok(Told::Figure { value, unit, bound, change, topic, states })
}

fn standing(rest: &str) -> Result<Told, String> {
    let found =
        Relation::ALL.iter().filter_map(|relation| Some((rest.find(&format!(" {relation} "))?, *relation))).min_by_key(|(at, _)| *at);
    let (at, relation) =
        found.ok_or("expected `standing SUBJECT RELATION OBJECT` with the relation member, observer, chair, partnership or founder")?;
    let object = rest[at + 1 + relation.as_str().len()..].trim().to_owned();
    let subject = rest[..at].trim().to_owned();
    Ok(match relation {
        Relation::HoldsOffice => Told::Office { person: subject, office: object },
        relation => Told::Standing { subject, relation, object },
    })
}
