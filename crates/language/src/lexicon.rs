//! Lexicon entries: what the forms of a language mean.
//!
//! In: lines of a pack's tables. Out: typed entries, or what is wrong in which line.
//! Never: decides which of two meanings a text intends.

use crate::alternatives::alternatives;
use chancery_frozen::Written;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &[$name] = &[$($name::$variant),+];
            /// As written in a table.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $word),+ } }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(word: &str) -> Result<$name, String> {
                match word { $($word => Ok($name::$variant),)+ _ => Err(format!("unknown {} {word:?}", stringify!($name).to_lowercase())) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(self.as_str()) }
        }
    };
}

words! {
    /// What kind of thing a form is; `docs/packs.md` explains each.
    Class {
        None = "none",
        State = "state", Place = "place", Organization = "organization", Group = "group", Person = "person", Office = "office",
        Leader = "leader", Modifier = "modifier", Title = "title", Counterpart = "counterpart", Delegate = "delegate", Body = "body",
        Pronoun = "pronoun", Nonstate = "nonstate", Agency = "agency", Seat = "seat",
        Contact = "contact", Light = "light", Sideline = "sideline", Document = "document", Future = "future", Status = "status",
        Negation = "negation", Hypothetical = "hypothetical", Background = "background",
        Say = "say", According = "according", That = "that", Credit = "credit", QuoteNoun = "quote-noun", Text = "text",
        Commit = "commit", Readiness = "readiness", Purpose = "purpose",
        Indicator = "indicator", Change = "change", Total = "total", Unit = "unit", Bound = "bound",
        Marker = "marker", And = "and", Article = "article", Relative = "relative", Clause = "clause", Abbreviation = "abbreviation",
        Standing = "standing", Furniture = "furniture",
        Month = "month", Weekday = "weekday", Day = "day", Relation = "relation", Part = "part", Season = "season", Period = "period",
        Number = "number", Scale = "scale", Ordinal = "ordinal", Currency = "currency", Percent = "percent", Time = "time",
    }
}

words! {
    /// A grammatical or other property of a form.
    Feature {
        Noun = "noun", Adjective = "adj", People = "people", Metonym = "metonym", Capital = "capital", Plural = "plural",
        Former = "former", Org = "org", Past = "past", Present = "present", Future = "future", Infinitive = "infinitive",
        Participle = "participle", Passive = "passive", Gerund = "gerund", Weak = "weak", Possessive = "possessive",
        Feminine = "feminine", Masculine = "masculine", Before = "before", After = "after", Elect = "elect", Acting = "acting",
        Conditional = "conditional", Summit = "summit", Oblique = "oblique", Imperfect = "imperfect", Reflexive = "reflexive", Short = "short",
        Stop = "stop", Copula = "copula",
    }
}

/// A set of [`Feature`]s.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Features(u32);

impl Features {
    /// Adds one.
    pub fn with(self, feature: Feature) -> Features {
        Features(self.0 | 1 << feature as u32)
    }

    /// Whether it holds one.
    pub fn has(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u32) != 0
    }

    /// Whether it holds any of them.
    pub fn any(self, features: &[Feature]) -> bool {
        features.iter().any(|feature| self.has(*feature))
    }
}

/// A set of [`Class`]es.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Classes(u64);

const _: () = assert!(Class::ALL.len() <= u64::BITS as usize);

impl Classes {
    /// Every one of `classes`.
    pub const fn of(classes: &[Class]) -> Classes {
        let (mut bits, mut next) = (0, 0);
        while next < classes.len() {
            bits |= 1 << classes[next] as u64;
            next += 1;
        }
        Classes(bits)
    }

    /// Adds those of another set.
    pub fn join(&mut self, other: Classes) {
        self.0 |= other.0;
    }

    /// Whether it holds one.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }

    /// Whether it holds any of them.
    pub fn any(self, classes: Classes) -> bool {
        self.0 & classes.0 != 0
    }

    /// Whether it holds no others.
    pub fn none_but(self, classes: Classes) -> bool {
        self.0 & !classes.0 == 0
    }
}

/// One meaning of one form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Entry {
    /// The form as written in the table.
    pub form: Written,
    /// Kind of thing.
    pub class: Class,
    /// What exactly; its grammar depends on the class.
    pub value: Written,
    /// Properties.
    pub features: Features,
    /// States or organizations to which the meaning is confined (`only:US,VA`).
    pub only: Vec<Written>,
    /// The state or organization that the form itself names (`of:RU`).
    pub of: Option<Written>,
}

impl Entry {
    /// An entry without features.
    pub fn new(form: &str, class: Class, value: &str) -> Entry {
        Entry { form: form.into(), class, value: value.into(), features: Features::default(), only: Vec::new(), of: None }
    }

    /// Whether it has the feature.
    pub fn is(&self, feature: Feature) -> bool {
        self.features.has(feature)
    }
}

impl Default for Entry {
    fn default() -> Entry {
        Entry::new("", Class::None, "")
    }
}

/// The header of every lexicon table.
pub const HEADER: &str = "form\tclass\tvalue\tfeatures\tnote";

/// Reads one table. Returns the entries that are right, in the order of their forms, and a message (with its line number) for each row
/// that is not.
pub fn parse_table(text: &str) -> (Vec<Entry>, Vec<(usize, String)>) {
    let (mut entries, mut errors) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if index == 0 {
            if line.trim_end() != HEADER {
                errors.push((number, format!("expected the header {HEADER:?}, found {line:?}")));
            }
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        match parse_line(line) {
            Ok(row) => entries.extend(row),
            Err(error) => errors.push((number, error)),
        }
    }
    entries.sort_by(|a, b| (&a.form, a.class.as_str(), &a.value).cmp(&(&b.form, b.class.as_str(), &b.value)));
    (entries, errors)
}

/// The entries of a row, one for each form that it stands for.
fn parse_line(line: &str) -> Result<Vec<Entry>, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let (Some(cell), Some(class)) = (fields.first(), fields.get(1)) else {
        return Err(format!("expected five fields separated by tabs, found {line:?}"));
    };
    if fields.len() > 5 {
        return Err(format!("expected five fields separated by tabs, found {}", fields.len()));
    }
    let forms = alternatives(cell)?;
    forms.iter().try_for_each(|form| check_form(form))?;
    let mut entry = Entry::new("", class.parse()?, fields.get(2).unwrap_or(&"").trim());
    for feature in fields.get(3).unwrap_or(&"").split_whitespace() {
        if let Some(states) = feature.strip_prefix("only:") {
            entry.only = states.split(',').map(Written::from).collect();
        } else if let Some(state) = feature.strip_prefix("of:") {
            entry.of = Some(state.into());
        } else {
            entry.features = entry.features.with(feature.parse()?);
        }
    }
    Ok(forms.into_iter().map(|form| Entry { form: form.as_str().into(), ..entry.clone() }).collect())
}

fn check_form(form: &str) -> Result<(), String> {
    if form.is_empty() || form.trim() != form || form.contains("  ") {
        return Err(format!("the form {form:?} is empty or has spaces too many"));
    }
    // the end of compounds: one word of some length
    let ending = form.strip_prefix('*');
    if ending.is_some_and(|word| word.chars().count() < 4 || !word.chars().all(char::is_alphabetic)) {
        return Err(format!("in the form {form:?} a `*` at the head must stand before one word of at least four letters"));
    }
    let form = ending.unwrap_or(form);
    for (index, _) in form.match_indices('*') {
        let word_start =
            form[..index].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + form[at..].chars().next().map_or(1, char::len_utf8));
        let stem = form[word_start..index].chars().count();
        let followed = form[index + 1..].chars().next().is_some_and(char::is_alphanumeric);
        // a stem that begins the form must be long enough to be that word's
        if stem < if word_start == 0 { 3 } else { 1 } || followed {
            return Err(format!("in the form {form:?} a `*` must end a word, the first after at least three letters"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_entries_and_names_bad_lines() {
        let (entries, errors) = parse_table(
            "form\tclass\tvalue\tfeatures\tnote\n{setkal*|met}\tcontact\tmeeting.mutual\tpast\t\nm*\tcontact\tx\t\t\nfoo\tnoclass\t\t\t\nsecretary of state\toffice\tforeign minister\tonly:US,VA\t\n",
        );
        let forms: Vec<&str> = entries.iter().map(|entry| entry.form.as_str()).collect();
        assert_eq!(forms, ["met", "secretary of state", "setkal*"]);
        assert!(entries[2].is(Feature::Past));
        assert_eq!(entries[1].only, ["US", "VA"]);
        assert_eq!(errors.iter().map(|error| error.0).collect::<Vec<_>>(), [3, 4]);
    }
}
