//! Entities of FollowTheMoney, as OpenSanctions gives them.
//!
//! In: one entity as JSON, in any order, in as many passes as there are [`Pass`]es. Out: persons with names and offices. Never:
//! keeps an entity that no office needs.

use super::{Facts, PersonFact, Position, TenureFact, TenureKey};
use chancery_model::Edtf;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a pass over the entities collects: occupancies name positions, persons are named by occupancies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// Positions.
    Positions,
    /// Who occupies them.
    Occupancies,
    /// Who these are.
    Persons,
}

impl Pass {
    /// Every pass, in order.
    pub const ALL: [Pass; 3] = [Pass::Positions, Pass::Occupancies, Pass::Persons];
}

/// A position, first and last day.
type Held = (Position, Option<Edtf>, Option<Edtf>);

/// What is known between two passes.
#[derive(Clone, Debug, Default)]
pub struct Known {
    positions: BTreeMap<String, Position>,
    /// By the holder's entity.
    tenures: BTreeMap<String, Vec<Held>>,
}

/// Reads one entity.
///
/// # Errors
/// Where the JSON is no entity.
pub fn read(
    entity: &Value,
    pass: Pass,
    position: &dyn Fn(&str, &str) -> Option<Position>,
    source: &str,
    known: &mut Known,
    facts: &mut Facts,
) -> Result<(), String> {
    let id = entity["id"].as_str().ok_or("expected an entity with an \"id\"")?;
    let schema = entity["schema"].as_str().ok_or("expected an entity with a \"schema\"")?;
    match (schema, pass) {
        ("Position", Pass::Positions) => {
            known.positions.extend(position_of(entity, position).map(|position| (id.to_owned(), position)));
        }
        ("Occupancy", Pass::Occupancies) => {
            for holder in texts(entity, "holder") {
                occupied(entity, holder, position, known);
            }
        }
        ("Person", Pass::Occupancies) => {
            // the nested form: what is occupied stands in the person
            for occupancy in entity["properties"]["positionOccupancies"].as_array().into_iter().flatten().filter(|one| one.is_object()) {
                occupied(occupancy, id, position, known);
            }
        }
        ("Person", Pass::Persons) => person(entity, id, source, known, facts),
        _ => {}
    }
    Ok(())
}

fn occupied(occupancy: &Value, holder: &str, position: &dyn Fn(&str, &str) -> Option<Position>, known: &mut Known) {
    let posts = occupancy["properties"]["post"].as_array().into_iter().flatten();
    for post in posts {
        let held = match post.as_str() {
            Some(id) => known.positions.get(id).cloned(),
            None => position_of(post, position),
        };
        let Some(held) = held else { continue };
        let date = |name: &str| texts(occupancy, name).find_map(|date| date.get(..date.len().min(10))?.parse::<Edtf>().ok());
        known.tenures.entry(holder.to_owned()).or_default().push((held, date("startDate"), date("endDate")));
    }
}

fn position_of(entity: &Value, position: &dyn Fn(&str, &str) -> Option<Position>) -> Option<Position> {
    let country = texts(entity, "country").next().unwrap_or("");
    texts(entity, "name").find_map(|name| position(name, country))
}

fn person(entity: &Value, id: &str, source: &str, known: &Known, facts: &mut Facts) {
    let Some(tenures) = known.tenures.get(id) else { return };
    let name = entity["caption"].as_str().or_else(|| texts(entity, "name").next());
    let Some(name) = name else { return };
    let is_item =
        |id: &&str| id.strip_prefix('Q').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    let item = texts(entity, "wikidataId").chain([id]).find(is_item);
    let key = item.map_or_else(|| format!("x-{id}"), str::to_owned);
    let gender = match texts(entity, "gender").next() {
        Some("male") => "m",
        Some("female") => "f",
        _ => "",
    };
    let family = texts(entity, "lastName").next().unwrap_or("").to_owned();
    let fact = PersonFact { name: name.to_owned(), family, gender: gender.to_owned(), source: source.to_owned() };
    facts.people.insert(key.clone(), fact);
    for form in texts(entity, "name").chain(texts(entity, "alias")).filter(|form| *form != name) {
        facts.names.insert((key.clone(), "mul".to_owned(), form.to_owned()), source.to_owned());
    }
    for ((role, of), start, end) in tenures {
        let tenure = TenureKey { id: key.clone(), role: *role, of: of.clone(), start: start.clone() };
        facts.tenures.insert(tenure, TenureFact { end: end.clone(), acting: false, source: source.to_owned() });
    }
}

/// The texts of a property.
fn texts<'a>(entity: &'a Value, property: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    entity["properties"][property].as_array().into_iter().flatten().filter_map(Value::as_str)
}
