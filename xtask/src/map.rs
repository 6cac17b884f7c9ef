//! `cargo xtask map`: the outlines of states, small enough to stand in a page.
//!
//! In: a TopoJSON of the world's states, the codes of ISO numbers. Out: crates/web/assets/world.tsv, a line a state: its code and its
//! rings in tenths of a degree, each ring its first point and the steps from there. Never: a projection, which is the page's.

use crate::shell::write;
use anyhow::{Context, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

type Point = (f64, f64);

/// Degrees by which a simplified line may be off.
const OFF: f64 = 0.12;
/// Degrees that a ring is wide or high at the least.
const LEAST: f64 = 0.4;
/// States that have no ISO number in the outlines.
const UNNUMBERED: [(&str, &str); 1] = [("Kosovo", "XK")];
/// A part of one state's outline, by a point within it, that belongs to another: the outlines show who controls. Crimea is Ukraine's
/// by resolution 68/262 of the General Assembly of the United Nations.
const BELONGS: [(Point, &str); 1] = [((34.1, 45.2), "UA")];
/// Land that no map of states needs.
const LEFT_OUT: [&str; 1] = ["AQ"];

pub fn run(outlines: &Path, codes: &Path) -> anyhow::Result<()> {
    let read = |path: &Path| -> anyhow::Result<Value> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Ok(serde_json::from_str(&text)?)
    };
    let (world, codes) = (read(outlines)?, codes_by_number(&read(codes)?)?);
    let arcs = arcs(&world)?;
    let mut states: BTreeMap<String, Vec<Vec<Point>>> = BTreeMap::new();
    for state in world["objects"]["countries"]["geometries"].as_array().context("no countries")? {
        let name = state["properties"]["name"].as_str().unwrap_or("");
        let unnumbered = || UNNUMBERED.iter().find(|(known, _)| *known == name).map(|(_, code)| (*code).to_owned());
        // land of nobody who has a code is drawn all the same
        let code = state["id"].as_str().and_then(|number| codes.get(number).cloned()).or_else(unnumbered).unwrap_or("-".to_owned());
        for ring in rings(state, &arcs)? {
            let belongs = BELONGS.iter().find(|(point, _)| within(*point, &ring));
            states.entry(belongs.map_or(&*code, |(_, to)| to).to_owned()).or_default().push(ring);
        }
    }
    let line = |(code, rings): (&String, &Vec<Vec<Point>>)| {
        let rings: Vec<String> = rings.iter().filter_map(|ring| written(ring)).collect();
        (!rings.is_empty() && !LEFT_OUT.contains(&code.as_str())).then(|| format!("{code}\t{}\n", rings.join(";")))
    };
    let table: String = states.iter().filter_map(line).collect();
    ensure!(table.len() < 120_000, "the outlines take {} bytes; expected fewer than 120000", table.len());
    write(Path::new("crates/web/assets/world.tsv"), &format!("code\toutline\n{table}"), false).map(|_| ())
}

/// ISO 3166-1 alpha-2 by number.
fn codes_by_number(codes: &Value) -> anyhow::Result<BTreeMap<String, String>> {
    let mappings = codes["supplemental"]["codeMappings"].as_object().context("no codeMappings")?;
    let code = |(code, of): (&String, &Value)| (code.len() == 2).then_some((of["_numeric"].as_str()?.to_owned(), code.clone()));
    Ok(mappings.iter().filter_map(code).collect())
}

/// Every line of the world, in degrees and simplified: neighbours share theirs, so that they still meet.
fn arcs(world: &Value) -> anyhow::Result<Vec<Vec<Point>>> {
    let pair = |value: &Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let scale = pair(&world["transform"]["scale"]).context("no scale")?;
    let translate = pair(&world["transform"]["translate"]).context("no translate")?;
    let arc = |arc: &Value| {
        let (mut x, mut y) = (0.0, 0.0);
        let step = |step: &Value| {
            let (by_x, by_y) = pair(step)?;
            (x, y) = (x + by_x, y + by_y);
            Some((x * scale.0 + translate.0, y * scale.1 + translate.1))
        };
        let points: Vec<Point> = arc.as_array()?.iter().map(step).collect::<Option<_>>()?;
        Some(simplified(&points))
    };
    world["arcs"].as_array().context("no arcs")?.iter().map(arc).collect::<Option<_>>().context("an arc without points")
}

/// The rings of a state; holes are rings, too.
fn rings(state: &Value, arcs: &[Vec<Point>]) -> anyhow::Result<Vec<Vec<Point>>> {
    let of_polygon = |polygon: &Value| polygon.as_array().cloned().unwrap_or_default();
    let parts = match state["type"].as_str() {
        Some("Polygon") => of_polygon(&state["arcs"]),
        _ => of_polygon(&state["arcs"]).iter().flat_map(of_polygon).collect(),
    };
    let ring = |part: &Value| {
        let mut ring: Vec<Point> = Vec::new();
        for number in part.as_array()? {
            let number = number.as_i64()?;
            let index = usize::try_from(if number < 0 { !number } else { number }).ok()?;
            let arc = arcs.get(index)?;
            let points: Vec<Point> = if number < 0 { arc.iter().rev().copied().collect() } else { arc.clone() };
            ring.extend(points.into_iter().skip(usize::from(!ring.is_empty())));
        }
        Some(ring)
    };
    parts.iter().map(ring).collect::<Option<_>>().context("a ring of arcs that are not there")
}

/// The line without points that are hardly off it (Ramer, Douglas and Peucker). A closed line is cut where it is farthest from its start.
fn simplified(line: &[Point]) -> Vec<Point> {
    let [first, .., last] = line else { return line.to_vec() };
    let away = |point: &Point| distance(*point, (*first, *last));
    let farthest = (1..line.len() - 1).max_by(|one, other| away(&line[*one]).total_cmp(&away(&line[*other])));
    match farthest {
        Some(at) if away(&line[at]) > OFF => {
            let mut out = simplified(&line[..=at]);
            out.extend(simplified(&line[at..]).into_iter().skip(1));
            out
        }
        _ => vec![*first, *last],
    }
}

/// How far a point is from a stretch, in degrees of latitude.
fn distance(point: Point, (from, to): (Point, Point)) -> f64 {
    let narrow = point.1.to_radians().cos();
    let flat = |(x, y): Point| (x * narrow, y);
    let ((x, y), (from_x, from_y), (to_x, to_y)) = (flat(point), flat(from), flat(to));
    let (by_x, by_y) = (to_x - from_x, to_y - from_y);
    let length = by_x * by_x + by_y * by_y;
    let along = if length == 0.0 { 0.0 } else { (((x - from_x) * by_x + (y - from_y) * by_y) / length).clamp(0.0, 1.0) };
    (x - from_x - along * by_x).hypot(y - from_y - along * by_y)
}

/// Whether a point lies within a ring.
fn within((x, y): Point, ring: &[Point]) -> bool {
    let crosses = |pair: &[Point]| {
        let ((from_x, from_y), (to_x, to_y)) = (pair[0], pair[1]);
        (from_y > y) != (to_y > y) && x < (to_x - from_x) * (y - from_y) / (to_y - from_y) + from_x
    };
    ring.windows(2).filter(|pair| crosses(pair)).count() % 2 == 1
}

/// A ring that goes on beyond 180 degrees rather than back around the world.
fn unwrapped(ring: &[Point]) -> Vec<Point> {
    let mut turned = 0.0;
    let mut before = ring.first().map_or(0.0, |point| point.0);
    let straight = |(x, y): &Point| {
        if (x - before).abs() > 180.0 {
            turned += if *x < before { 360.0 } else { -360.0 };
        }
        before = *x;
        (x + turned, *y)
    };
    ring.iter().map(straight).collect()
}

/// A ring as text; `None` where it is too small to be seen.
fn written(ring: &[Point]) -> Option<String> {
    let ring = unwrapped(ring);
    let range = |of: fn(&Point) -> f64| {
        let values = || ring.iter().map(of);
        values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)
    };
    if range(|point| point.0).max(range(|point| point.1)) < LEAST {
        return None;
    }
    let mut points: Vec<(i64, i64)> = ring.iter().map(|(x, y)| ((x * 10.0).round() as i64, (y * 10.0).round() as i64)).collect();
    points.dedup();
    points.pop();
    let mut before = (0, 0);
    let mut steps = Vec::new();
    for (x, y) in &points {
        steps.push(format!("{} {}", x - before.0, y - before.1));
        before = (*x, *y);
    }
    (points.len() > 2).then(|| steps.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_corners_alone() {
        let line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 2.0)];
        assert_eq!(simplified(&line), [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]);
        let island = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        assert_eq!(simplified(&island), island);
        assert_eq!(written(&island).as_deref(), Some("0 0 10 0 0 10 -10 0"));
        assert_eq!(unwrapped(&[(179.0, 1.0), (-179.0, 1.0), (-178.0, 2.0), (179.0, 2.0)])[1..], [(181.0, 1.0), (182.0, 2.0), (179.0, 2.0)]);
        assert!(within((0.5, 0.5), &island) && !within((1.5, 0.5), &island));
    }
}
