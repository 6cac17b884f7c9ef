//! Where contacts were: states shaded by their number, circles at places.
//!
//! In: counts by state and place. Out: a map in an equal-area projection (Equal Earth), with its numbers as a table behind it. Never:
//! a state without its shade because it is too small: such a state is a dot.

use super::cells::Teller;
use super::drawing::{Drawing, Table};
use maud::{Markup, html};
use std::fmt::Write;
use std::sync::LazyLock;

/// A line a state: its code and its rings in tenths of a degree (`cargo xtask map`).
const WORLD: &str = include_str!("../../assets/world.tsv");

/// Units that a map is wide.
const WIDTH: f64 = 1200.0;
/// Units within which an outline is too small to be seen.
const SMALL: f64 = 7.0;
/// Radius of the largest circle.
const LARGEST: f64 = 26.0;
/// Shades of states with contacts.
const SHADES: usize = 5;

type Point = (f64, f64);

/// A part of the world: west, south, east, north in degrees.
struct Area {
    name: &'static str,
    bounds: (f64, f64, f64, f64),
}

const AREAS: [Area; 6] = [
    Area { name: "world", bounds: (-180.0, -56.0, 180.0, 80.0) },
    Area { name: "europe", bounds: (-24.0, 34.0, 46.0, 71.0) },
    Area { name: "middle-east", bounds: (24.0, 8.0, 96.0, 56.0) },
    Area { name: "asia", bounds: (60.0, -12.0, 150.0, 56.0) },
    Area { name: "africa", bounds: (-26.0, -36.0, 62.0, 38.0) },
    Area { name: "americas", bounds: (-168.0, -56.0, -28.0, 72.0) },
];

/// A state's outline as a path, and how far it reaches.
struct Land {
    code: &'static str,
    path: String,
    reach: f64,
}

/// An area with everything that lies in it, drawn once.
struct Drawn {
    area: &'static Area,
    height: f64,
    lands: Vec<Land>,
}

static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| AREAS.iter().map(Drawn::of).collect());

/// Equal Earth (Šavrič, Patterson, Jenny 2018) around a meridian, on a sphere of radius 1; north is up.
fn projected((longitude, latitude): Point, meridian: f64) -> Point {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3_f64.sqrt() / 2.0;
    let angle = (root * latitude.to_radians().sin()).asin();
    let (square, sixth) = (angle * angle, angle.powi(6));
    let x = (longitude - meridian).to_radians() * angle.cos()
        / (root * (A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square)));
    (x, -angle * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square)))
}

/// The rings of a line of the table, in degrees.
fn rings(outline: &str) -> impl Iterator<Item = Vec<Point>> {
    outline.split(';').map(|ring| {
        let steps: Vec<f64> = ring.split(' ').filter_map(|step| step.parse().ok()).collect();
        let walked = steps.chunks_exact(2).scan((0.0, 0.0), |at, step| {
            *at = (at.0 + step[0], at.1 + step[1]);
            Some((at.0 / 10.0, at.1 / 10.0))
        });
        walked.collect()
    })
}

impl Area {
    fn holds(&self, (longitude, latitude): Point) -> bool {
        let (west, south, east, north) = self.bounds;
        (west..=east).contains(&longitude) && (south..=north).contains(&latitude)
    }

    fn meridian(&self) -> f64 {
        (self.bounds.0 + self.bounds.2) / 2.0
    }

    /// Left, top, right, bottom of the projected area.
    fn edges(&self) -> (f64, f64, f64, f64) {
        let (west, south, east, north) = self.bounds;
        // an area is widest where it is nearest the equator
        let widest = if south < 0.0 && north > 0.0 { 0.0 } else { south.abs().min(north.abs()) * south.signum() };
        let x = |longitude| projected((longitude, widest), self.meridian()).0;
        let y = |latitude| projected((0.0, latitude), 0.0).1;
        (x(west), y(north), x(east), y(south))
    }

    /// Where a point lies on the map.
    fn place(&self, point: Point) -> Point {
        let (left, top, right, _) = self.edges();
        let scale = WIDTH / (right - left);
        let (x, y) = projected(point, self.meridian());
        ((x - left) * scale, (y - top) * scale)
    }

    fn height(&self) -> f64 {
        let (left, top, right, bottom) = self.edges();
        WIDTH / (right - left) * (bottom - top)
    }
}

impl Drawn {
    fn of(area: &'static Area) -> Drawn {
        let land = |(code, outline): (&'static str, &str)| {
            let (mut path, mut reach) = (String::new(), 0.0_f64);
            for ring in rings(outline).filter(|ring| ring.iter().any(|point| area.holds(*point))) {
                reach = reach.max(draw(&ring.iter().map(|point| area.place(*point)).collect::<Vec<_>>(), &mut path));
            }
            (!path.is_empty()).then_some(Land { code, path, reach })
        };
        Drawn {
            area,
            height: area.height(),
            lands: WORLD.lines().skip(1).filter_map(|line| line.split_once('\t')).filter_map(land).collect(),
        }
    }
}

/// Adds a ring to a path in whole units, and returns how far it reaches.
fn draw(ring: &[Point], path: &mut String) -> f64 {
    let mut points: Vec<(i64, i64)> = ring.iter().map(|(x, y)| (x.round() as i64, y.round() as i64)).collect();
    points.dedup();
    let [first, rest @ ..] = points.as_slice() else { return 0.0 };
    let reach = |of: fn(&(i64, i64)) -> i64| points.iter().map(of).max().unwrap_or(0) - points.iter().map(of).min().unwrap_or(0);
    let reach = reach(|point| point.0).max(reach(|point| point.1)) as f64;
    if rest.len() > 1 {
        let _ = write!(path, "M{} {}l", first.0, first.1);
        let mut before = first;
        for (index, point) in rest.iter().enumerate() {
            let (x, y) = (point.0 - before.0, point.1 - before.1);
            let gap = if index == 0 || x < 0 { "" } else { " " };
            let _ = write!(path, "{gap}{x}{}{y}", if y < 0 { "" } else { " " });
            before = point;
        }
        path.push('z');
    }
    reach
}

/// Something that is counted: its name, how often, and where the counted stand.
pub struct Counted {
    /// Code of a state, or key of a place.
    pub key: String,
    pub name: String,
    pub count: usize,
    pub address: String,
}

/// A place with its position: latitude and longitude.
pub struct Spot {
    pub counted: Counted,
    pub position: (f64, f64),
}

/// Names of the parts of the world that maps show.
pub fn areas() -> impl Iterator<Item = &'static str> {
    AREAS.iter().map(|area| area.name)
}

/// The number of the lowest count of each shade; counts are many times apart, so shades are steps of a ratio.
fn steps(most: usize) -> Vec<usize> {
    let step = |shade: usize| ((most as f64).powf(shade as f64 / SHADES as f64)).ceil() as usize;
    let mut steps: Vec<usize> = (0..SHADES).map(step).collect();
    steps.dedup();
    steps
}

/// A map of an area, the whole world where it has no such name.
pub fn map(teller: Teller, area: &str, states: &[Counted], spots: &[Spot]) -> Markup {
    let texts = teller.texts;
    let Some(drawn) = DRAWN.iter().find(|drawn| drawn.area.name == area).or(DRAWN.first()) else { return html! {} };
    let steps = steps(states.iter().map(|state| state.count).max().unwrap_or(1));
    let shade = |count: usize| steps.iter().filter(|step| **step <= count).count();
    let counted = |code: &str| states.iter().find(|state| state.key == code);
    let told = |counted: &Counted| format!("{}: {}", counted.name, texts.count(counted.count, "contact"));
    let reach = |code: &str| drawn.lands.iter().find(|land| land.code == code).map_or(0.0, |land| land.reach);
    let capital = |code: &str| {
        let reference = teller.app.library().reference();
        reference.place(&reference.state(code)?.capital)?.position
    };
    let on_map =
        |(latitude, longitude): (f64, f64)| drawn.area.holds((longitude, latitude)).then(|| drawn.area.place((longitude, latitude)));
    let small = states.iter().filter(|state| reach(&state.key) < SMALL);
    let dots: Vec<(&Counted, Point)> = small.filter_map(|state| Some((state, on_map(capital(&state.key)?)?))).collect();
    let most = spots.iter().map(|spot| spot.counted.count).max().unwrap_or(1) as f64;
    // a circle is as large as its count
    let radius = |count: usize| (4.0_f64.min(LARGEST / most.sqrt()) * (count as f64).sqrt()).max(2.5);
    let content = html! {
        @for land in &drawn.lands {
            @match counted(land.code) {
                Some(state) => a href=(state.address) tabindex="-1" { path class=(format!("land shade-{}", shade(state.count))) d=(land.path) { title { (told(state)) } } },
                None => path.land d=(land.path) {},
            }
        }
        @for (state, (x, y)) in &dots {
            a href=(state.address) tabindex="-1" { circle class=(format!("land shade-{}", shade(state.count))) cx=(format!("{x:.0}")) cy=(format!("{y:.0}")) r="5" { title { (told(state)) } } }
        }
        @for spot in spots {
            @if let Some((x, y)) = on_map(spot.position) {
                a href=(spot.counted.address) tabindex="-1" {
                    circle.spot cx=(format!("{x:.0}")) cy=(format!("{y:.0}")) r=(format!("{:.1}", radius(spot.counted.count))) {
                        title { (told(&spot.counted)) }
                    }
                }
            }
        }
    };
    let legend = html! {
        ul.legend {
            @for (index, from) in steps.iter().enumerate() {
                @let to = steps.get(index + 1).map(|next| next - 1);
                li { svg.sample viewBox="0 0 12 12" aria-hidden="true" { rect class=(format!("land shade-{}", index + 1)) width="12" height="12" {} }
                    (from) @if to.is_none_or(|to| to > *from) { "–" (to.map_or(String::new(), |to| to.to_string())) } }
            }
            @if !spots.is_empty() { li { svg.sample viewBox="0 0 12 12" aria-hidden="true" { circle.spot cx="6" cy="6" r="5" {} } (texts.get("at-place")) } }
        }
    };
    let row = |counted: &Counted| html! { tr { td { a href=(counted.address) { (counted.name) } } td.number { (counted.count) } } };
    let rows = html! { @for state in states { (row(state)) } @for spot in spots { (row(&spot.counted)) } };
    let heads = [(texts.get("where"), false), (texts.get("contacts"), true)];
    let drawing = Drawing { class: "map", title: texts.get("map.title"), size: (WIDTH, drawn.height), content, legend };
    drawing.show(texts.get("as-table"), &Table { caption: texts.get("map.title"), heads: &heads, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_is_drawn_and_small_enough_to_send() {
        for drawn in DRAWN.iter() {
            let size: usize = drawn.lands.iter().map(|land| land.path.len()).sum();
            assert!((1_000..90_000).contains(&size), "{}: {size} bytes", drawn.area.name);
            assert!((400.0..1600.0).contains(&drawn.height), "{}: {} high", drawn.area.name, drawn.height);
        }
        let world = DRAWN.first().expect("the world");
        let land = |code: &str| world.lands.iter().find(|land| land.code == code);
        assert!(["KZ", "US", "CZ", "XK"].iter().all(|code| land(code).is_some_and(|land| land.path.starts_with('M'))));
    }

    #[test]
    fn the_projection_keeps_to_its_published_bounds() {
        let (x, y) = projected((180.0, 0.0), 0.0);
        assert!((x - 2.706_629_8).abs() < 1e-4 && y.abs() < 1e-9, "{x} {y}");
        assert!((projected((0.0, 90.0), 0.0).1 + 1.317_362_7).abs() < 1e-4);
    }

    #[test]
    fn shades_are_steps_of_a_ratio() {
        assert_eq!(steps(1), [1]);
        assert_eq!(steps(3), [1, 2, 3]);
        assert_eq!(steps(1000), [1, 4, 16, 64, 252]);
    }
}
