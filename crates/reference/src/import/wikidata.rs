//! Entities of Wikidata, as dumps and the API give them.
//!
//! In: one entity as JSON. Out: a person with names and offices, or a position. Never: asks the network for another entity.

use super::{Facts, PersonFact, Position, TenureFact, TenureKey};
use chancery_model::{Edtf, EdtfValue};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeSet;

/// Wikidata's properties and items that are read.
mod vocabulary {
    pub const POSITION_HELD: &str = "P39";
    pub const JURISDICTION: &str = "P1001";
    pub const GENDER: &str = "P21";
    pub const START: &str = "P580";
    pub const END: &str = "P582";
    pub const NATURE: &str = "P5102";
    pub const MALE: &str = "Q6581097";
    pub const FEMALE: &str = "Q6581072";
    pub const ACTING: &str = "Q4676846";
}
use vocabulary::*;

/// What became of an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Became {
    /// A person with an office, kept.
    Person,
    /// A position, kept.
    Position,
    /// Nothing that is kept.
    Nothing,
}

/// What is known of positions.
pub struct Positions<'a> {
    /// A position by its item.
    pub by_item: &'a dyn Fn(&str) -> Option<Position>,
    /// A position by its English label and the item of its state.
    pub by_label: &'a dyn Fn(&str, &str) -> Option<Position>,
}

/// Reads one entity.
///
/// # Errors
/// Where the JSON is no entity.
pub fn read(entity: &Value, positions: &Positions, source: &str, facts: &mut Facts) -> Result<Became, String> {
    let id = entity["id"].as_str().ok_or("expected an entity of Wikidata with an \"id\"")?;
    let name = label(entity);
    if let (Some(state), Some(name)) = (claims(entity, JURISDICTION).find_map(item), name)
        && let Some(position) = (positions.by_label)(name, state)
    {
        facts.positions.insert(id.to_owned(), (position, source.to_owned()));
        return Ok(Became::Position);
    }
    let mut held = false;
    for statement in claims(entity, POSITION_HELD) {
        let position = item(statement)
            .and_then(|item| (positions.by_item)(item).or_else(|| facts.positions.get(item).map(|(position, _)| position.clone())));
        let Some((role, of)) = position else { continue };
        let qualifier = |property: &str| statement["qualifiers"][property].get(0);
        let start = qualifier(START).and_then(time);
        let end = qualifier(END).and_then(time);
        let natures = statement["qualifiers"][NATURE].as_array().into_iter().flatten();
        let acting = natures.filter_map(|snak| snak["datavalue"]["value"]["id"].as_str()).any(|nature| nature == ACTING);
        let key = TenureKey { id: id.to_owned(), role, of, start };
        facts.tenures.insert(key, TenureFact { end, acting, source: source.to_owned() });
        held = true;
    }
    if !held {
        return Ok(Became::Nothing);
    }
    let name = name.ok_or_else(|| format!("{id} has no label"))?;
    let gender = match claims(entity, GENDER).find_map(item) {
        Some(MALE) => "m",
        Some(FEMALE) => "f",
        _ => "",
    };
    let person = PersonFact { name: name.to_owned(), family: String::new(), gender: gender.to_owned(), source: source.to_owned() };
    facts.people.insert(id.to_owned(), person);
    let mut seen = BTreeSet::from([name]);
    let labels = entity["labels"].as_object().into_iter().flatten().map(|(_, label)| label);
    let aliases = entity["aliases"].as_object().into_iter().flatten().flat_map(|(_, aliases)| aliases.as_array().into_iter().flatten());
    for value in labels.chain(aliases) {
        if let (Some(language), Some(form)) = (value["language"].as_str(), value["value"].as_str())
            && seen.insert(form)
        {
            facts.names.insert((id.to_owned(), language.to_owned(), form.to_owned()), source.to_owned());
        }
    }
    // when the entity was last looked at
    if let Some(day) = entity["modified"].as_str().and_then(|stamp| stamp.get(..10)).filter(|day| day.parse::<Date>().is_ok()) {
        let known = facts.known_until.entry(source.to_owned()).or_default();
        if day > known.as_str() {
            *known = day.to_owned();
        }
    }
    Ok(Became::Person)
}

/// The English label, the one for all languages, or the first.
fn label(entity: &Value) -> Option<&str> {
    let labels = entity["labels"].as_object()?;
    let first = ["en", "mul"].iter().find_map(|language| labels.get(*language)).or_else(|| labels.values().next())?;
    first["value"].as_str()
}

/// Statements of a property that are not deprecated.
fn claims<'a>(entity: &'a Value, property: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let claims = entity["claims"][property].as_array().into_iter().flatten();
    claims.filter(|statement| statement["rank"].as_str() != Some("deprecated"))
}

/// The item that a statement names.
fn item(statement: &Value) -> Option<&str> {
    statement["mainsnak"]["datavalue"]["value"]["id"].as_str()
}

/// A time of Wikidata as far as its precision goes.
fn time(snak: &Value) -> Option<Edtf> {
    let value = &snak["datavalue"]["value"];
    let written = value["time"].as_str()?.strip_prefix('+')?;
    let (year, rest) = written.split_at_checked(4)?;
    let year: i16 = year.parse().ok()?;
    let month = || rest.get(1..3)?.parse::<i8>().ok();
    let day = || rest.get(4..6)?.parse::<i8>().ok();
    let known = match value["precision"].as_i64()? {
        9 => EdtfValue::Year(year),
        10 => EdtfValue::Month(year, month().filter(|month| (1..=12).contains(month))?),
        11.. => EdtfValue::Day(Date::new(year, month()?, day()?).ok()?),
        _ => return None,
    };
    Some(known.into())
}
