//! Fields of records, whatever they are called.
//!
//! In: a record, the ready maps, what the user says of its fields. Out: what is known of its document. Never: takes the time of a
//! fetch for a date of publication.

use crate::dates::published;
use chancery_model::Document;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::LazyLock;

/// What a field can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Field {
    Id,
    Text,
    Html,
    Summary,
    Title,
    Published,
    Language,
    Url,
    Site,
    Author,
}

const FIELDS: [(&str, Field); 10] = [
    ("id", Field::Id),
    ("text", Field::Text),
    ("html", Field::Html),
    ("summary", Field::Summary),
    ("title", Field::Title),
    ("published", Field::Published),
    ("language", Field::Language),
    ("url", Field::Url),
    ("site", Field::Site),
    ("author", Field::Author),
];

/// A map that comes with the program.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct ReadyMap {
    /// As written on the command line.
    pub name: String,
    /// Whose records it fits.
    pub about: String,
    has: Vec<String>,
    #[serde(default)]
    id: Vec<String>,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    html: Vec<String>,
    #[serde(default)]
    summary: Vec<String>,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    published: Vec<String>,
    #[serde(default)]
    language: Vec<String>,
    #[serde(default)]
    url: Vec<String>,
    #[serde(default)]
    site: Vec<String>,
    #[serde(default)]
    author: Vec<String>,
}

impl ReadyMap {
    /// Every map that comes with the program.
    pub fn all() -> &'static [ReadyMap] {
        #[derive(Deserialize)]
        struct Maps {
            map: Vec<ReadyMap>,
        }
        static MAPS: LazyLock<Vec<ReadyMap>> =
            LazyLock::new(|| toml::from_str(include_str!("maps.toml")).map(|maps: Maps| maps.map).unwrap_or_default());
        &MAPS
    }

    /// Whether some map finds a text in a field of this name.
    pub fn names_a_text(name: &str) -> bool {
        ReadyMap::all().iter().any(|map| map.text.iter().chain(&map.html).any(|path| path.to_lowercase() == name))
    }

    fn paths(&self, field: Field) -> &[String] {
        match field {
            Field::Id => &self.id,
            Field::Text => &self.text,
            Field::Html => &self.html,
            Field::Summary => &self.summary,
            Field::Title => &self.title,
            Field::Published => &self.published,
            Field::Language => &self.language,
            Field::Url => &self.url,
            Field::Site => &self.site,
            Field::Author => &self.author,
        }
    }
}

/// What the user says of the fields of records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldMap {
    ready: Option<String>,
    own: Vec<(Field, String)>,
}

impl FieldMap {
    /// What both say; the other wins.
    #[must_use]
    pub fn and(mut self, other: FieldMap) -> FieldMap {
        self.own.splice(..0, other.own);
        FieldMap { ready: other.ready.or(self.ready), own: self.own }
    }

    /// Every field that may be asked for: the columns that have to be read.
    pub fn columns(&self) -> BTreeSet<&str> {
        let own = self.own.iter().map(|(_, path)| path);
        let ready = ReadyMap::all().iter().flat_map(|map| map.has.iter().chain(FIELDS.iter().flat_map(|(_, field)| map.paths(*field))));
        own.chain(ready).flat_map(|path| [path.as_str(), path.split('.').next().unwrap_or(path)]).collect()
    }

    /// Whether records with these fields, and no fields in them, may have a text.
    pub fn finds_text(&self, names: &[String]) -> bool {
        let of_text = [Field::Text, Field::Html, Field::Summary];
        let own = self.own.iter().filter(|(field, _)| of_text.contains(field)).map(|(_, path)| path);
        let ready = ReadyMap::all().iter().flat_map(|map| of_text.iter().flat_map(|field| map.paths(*field)));
        own.chain(ready).any(|path| names.iter().any(|name| path.eq_ignore_ascii_case(name)))
    }

    fn ready(&self, record: &Value) -> Option<&'static ReadyMap> {
        ReadyMap::all().iter().find(|map| match &self.ready {
            Some(name) => map.name == *name,
            None => map.has.iter().all(|key| record.get(key).is_some()),
        })
    }

    /// The values of a field, the likeliest first.
    fn values<'r>(&'r self, record: &'r Value, field: Field) -> impl Iterator<Item = &'r Value> {
        let own: Vec<&str> = self.own.iter().filter(|(own, _)| *own == field).map(|(_, path)| path.as_str()).collect();
        // what the user says is not overruled by what a map would find elsewhere
        let ready = if own.is_empty() { self.ready(record).map_or(&[][..], |map| map.paths(field)) } else { &[] };
        own.into_iter().chain(ready.iter().map(String::as_str)).filter_map(|path| value(record, path))
    }
}

impl FromStr for FieldMap {
    type Err = String;
    /// `field=path`, or the name of a ready map.
    fn from_str(word: &str) -> Result<FieldMap, String> {
        if let Some((field, path)) = word.split_once('=') {
            let field = FIELDS.iter().find(|(name, _)| *name == field).map(|(_, field)| *field);
            let field = field.ok_or_else(|| format!("unknown field; expected one of {}", FIELDS.map(|(name, _)| name).join(", ")))?;
            return Ok(FieldMap { ready: None, own: vec![(field, path.to_owned())] });
        }
        if ReadyMap::all().iter().any(|map| map.name == word) {
            return Ok(FieldMap { ready: Some(word.to_owned()), own: Vec::new() });
        }
        let names: Vec<&str> = ReadyMap::all().iter().map(|map| map.name.as_str()).collect();
        Err(format!("neither FIELD=PATH nor a ready map ({})", names.join(", ")))
    }
}

/// What a path leads to: over objects, and in a list to the first member that has it.
fn value<'r>(record: &'r Value, path: &str) -> Option<&'r Value> {
    match record {
        Value::Object(object) => object.get(path).or_else(|| {
            let (key, rest) = path.split_once('.')?;
            value(object.get(key)?, rest)
        }),
        Value::Array(members) => members.iter().find_map(|member| value(member, path)),
        _ => None,
    }
}

/// What a record holds.
pub enum Content {
    /// A text.
    Text(String),
    /// A page, or a part of one.
    Html(String),
    /// Nothing.
    Empty,
}

/// Fills in what a record says of its document, and gives what it holds; or why it cannot be read.
pub fn take(record: &Value, map: &FieldMap, document: &mut Document, notes: &mut Vec<String>) -> Result<Content, String> {
    let word = |field| map.values(record, field).find_map(string);
    document.title = word(Field::Title).or(document.title.take());
    document.language = word(Field::Language).or(document.language.take());
    document.url = word(Field::Url).or(document.url.take());
    document.site = word(Field::Site).or(document.site.take());
    document.authors.extend(word(Field::Author));
    if let Some(id) = word(Field::Id).or_else(|| document.url.clone()) {
        document.id = id;
    }
    if let Some(date) = word(Field::Published) {
        match published(&date) {
            Some(date) => document.published = Some(date),
            None => notes.push(format!("`published` {date:?} is no ISO date and was passed over")),
        }
    }
    let mut seen = None;
    for (field, content) in [(Field::Text, Content::Text as fn(String) -> Content), (Field::Html, Content::Html)] {
        for value in map.values(record, field) {
            if let Some(text) = text(value) {
                return Ok(content(text));
            }
            seen = seen.or(Some(value));
        }
    }
    if let Some(summary) = map.values(record, Field::Summary).find_map(text) {
        notes.push("there is no more than this summary".to_owned());
        return Ok(if summary.contains('<') { Content::Html(summary) } else { Content::Text(summary) });
    }
    match seen {
        None => Err("the record has no `text`; --map text=FIELD says which field it is".to_owned()),
        Some(Value::Null | Value::String(_) | Value::Array(_)) => Ok(Content::Empty),
        Some(_) => Err("`text` is no string".to_owned()),
    }
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(members) => members.first().and_then(string),
        _ => None,
    }
}

/// A text, or paragraphs one below the other.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(members) if !members.is_empty() => {
            let paragraphs: Option<Vec<&str>> = members.iter().map(Value::as_str).collect();
            Some(paragraphs?.join("\n"))
        }
        _ => None,
    }
}
