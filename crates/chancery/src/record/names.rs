//! Filters in a user's words: names of persons in any script, names of states.
//!
//! In: what was asked for. Out: a filter over what the record has. Never: guesses whom a name means; whoever may be meant passes.

use super::{Filter, Result, Store};
use crate::Sources;
use crate::registry::Registry;
use chancery_model::Edtf;
use chancery_reference::people::skeletons;

/// What a user asks for, in the user's words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// `contact`, `statement`, ...
    pub entries: Vec<String>,
    /// States and organizations, all of which must be there: codes or names.
    pub states: Vec<String>,
    /// Persons, all of whom must be there.
    pub people: Vec<String>,
    /// Kinds.
    pub kinds: Vec<String>,
    /// Statuses.
    pub statuses: Vec<String>,
    /// Formats.
    pub formats: Vec<String>,
    /// Places, all of which must be there: `Astana`, or `Astana, KZ`.
    pub places: Vec<String>,
    /// Languages.
    pub languages: Vec<String>,
    /// Not over before this date.
    pub since: Option<Edtf>,
    /// Not begun after this date.
    pub until: Option<Edtf>,
}

/// The filter, and what of the question means nothing to the record, in plain words.
///
/// # Errors
/// Where the record or the tables cannot be read.
pub fn filter(asked: &Asked, record: &Store, sources: &Sources) -> std::result::Result<(Filter, Vec<String>), crate::Error> {
    let mut notes = Vec::new();
    let mut words = Words { record, sources, registry: None };
    let mut filter = Filter {
        entries: asked.entries.clone(),
        kinds: asked.kinds.clone(),
        statuses: asked.statuses.clone(),
        languages: asked.languages.clone(),
        since: asked.since.as_ref().and_then(Edtf::earliest),
        until: asked.until.as_ref().and_then(Edtf::latest),
        ..Filter::default()
    };
    for state in &asked.states {
        let codes = words.codes("state", state)?;
        if codes.is_empty() {
            notes.push(format!("no state or organization {state:?} is known; expected a code such as KZ or a name such as Kazakhstan"));
        }
        filter.states.push(codes);
    }
    for format in &asked.formats {
        let codes = words.codes("format", format)?;
        filter.formats.extend(if codes.is_empty() { vec![format.clone()] } else { codes });
    }
    for place in &asked.places {
        let keys = words.places(place)?;
        if keys.is_empty() {
            notes.push(format!("the record has no place {place:?}; expected a name such as Astana, or Astana, KZ"));
        }
        filter.places.push(keys);
    }
    for person in &asked.people {
        let names = words.names(person)?;
        if names.is_empty() {
            notes.push(format!("nobody in the record bears the name {person:?}"));
        }
        filter.people.push(names);
    }
    Ok((filter, notes))
}

/// What gives words a meaning; the tables are loaded only where the record itself does not know them.
struct Words<'a> {
    record: &'a Store,
    sources: &'a Sources,
    registry: Option<Registry>,
}

impl Words<'_> {
    fn registry(&mut self) -> std::result::Result<&Registry, crate::Error> {
        match &mut self.registry {
            Some(registry) => Ok(registry),
            empty => Ok(empty.insert(Registry::load(self.sources)?)),
        }
    }

    fn in_record(&self, facet: &str) -> Result<Vec<String>> {
        Ok(self.record.facet(facet)?.into_iter().map(|(value, _)| value).collect())
    }

    fn codes(&mut self, facet: &str, words: &str) -> std::result::Result<Vec<String>, crate::Error> {
        if let Some(code) = self.in_record(facet)?.into_iter().find(|code| code.eq_ignore_ascii_case(words)) {
            return Ok(vec![code]);
        }
        let codes = self.registry()?.states(words).unwrap_or_default();
        Ok(codes.iter().map(ToString::to_string).collect())
    }

    /// Keys of places of this name, or the key itself.
    fn places(&self, words: &str) -> Result<Vec<String>> {
        let named =
            |key: &str| key.eq_ignore_ascii_case(words) || key.rsplit_once(", ").is_some_and(|(name, _)| name.eq_ignore_ascii_case(words));
        Ok(self.in_record("place")?.into_iter().filter(|key| named(key)).collect())
    }

    fn names(&mut self, written: &str) -> std::result::Result<Vec<String>, crate::Error> {
        let known = self.in_record("person")?;
        let asked = skeletons(written);
        let borne = |name: &&String| {
            let words = skeletons(name);
            !asked.is_empty() && asked.iter().all(|word| words.contains(word))
        };
        let found: Vec<String> = known.iter().filter(borne).cloned().collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let registry = self.registry()?;
        let names = registry.names();
        let meant: Vec<&str> = registry.find(&names, written).iter().map(|(id, _)| registry.person(*id).name.as_ref()).collect();
        Ok(known.into_iter().filter(|name| meant.contains(&name.as_str())).collect())
    }
}
