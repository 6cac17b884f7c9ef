//! A state, a person, a format: everything that the record has of it.
//!
//! In: a code or name. Out: its page. Never: another of that name.

use super::list::entries;
use super::network::pair_address;
use super::{known, times};
use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::calendar::{by_day, months_of_year};
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use chancery::record::{Days, Entry, Filter, Order, Page};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Entries of each sort.
const SHOWN: usize = 15;
/// States in touch that are named.
const NAMED: usize = 24;
/// Years that are named to choose from.
const YEARS: usize = 15;
const SORTS: [&str; 5] = ["contact", "commitment", "statement", "figure", "standing"];

pub fn router() -> Router<Arc<App>> {
    let page = |what: Actor| {
        move |State(app): State<Arc<App>>, texts: &'static Texts, Path(name): Path<String>, asked: Asked| {
            page(app, texts, what, name, asked)
        }
    };
    Router::new()
        .route("/state/{code}", get(page(Actor::State)))
        .route("/person/{name}", get(page(Actor::Person)))
        .route("/format/{code}", get(page(Actor::Format)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Actor {
    State,
    Person,
    Format,
}

impl Actor {
    fn key(self) -> &'static str {
        match self {
            Actor::State => "state",
            Actor::Person => "person",
            Actor::Format => "format",
        }
    }

    fn filter(self, name: &str) -> Filter {
        let name = name.to_owned();
        match self {
            Actor::State => Filter { states: vec![vec![name]], ..Filter::default() },
            Actor::Person => Filter { people: vec![vec![name]], ..Filter::default() },
            Actor::Format => Filter { formats: vec![name], ..Filter::default() },
        }
    }
}

/// Entries of one sort: the latest, and how many there are.
struct Group {
    sort: &'static str,
    all: usize,
    shown: Vec<Entry>,
}

async fn page(app: Arc<App>, texts: &'static Texts, actor: Actor, name: String, asked: Asked) -> Result<Markup, Problem> {
    let wanted = name.clone();
    let (groups, days, mut others) = app
        .ask(move |store| {
            let of_sort = |sort: &str| Filter { entries: vec![sort.to_owned()], ..actor.filter(&wanted) };
            let group = |sort: &'static str| -> Result<Group, Problem> {
                let filter = of_sort(sort);
                let shown = entries(store, &filter, Page { order: Order::Newest, offset: 0, limit: Some(SHOWN) })?;
                Ok(Group { sort, all: store.count(&filter)?, shown })
            };
            let groups: Vec<Group> = SORTS.into_iter().map(group).collect::<Result<_, _>>()?;
            let contacts = of_sort("contact");
            let days: Vec<(Days, usize)> = store.days(&contacts)?;
            let mut others = store.tally(&contacts, "state")?;
            others.retain(|(state, _)| *state != wanted);
            others.sort_by_key(|(state, count)| (std::cmp::Reverse(*count), state.clone()));
            Ok((groups, days, others))
        })
        .await?;
    let reference = app.library().reference();
    let in_tables = match actor {
        Actor::State | Actor::Format => reference.state(&name).is_some() || reference.organization(&name).is_some(),
        Actor::Person => reference.person_named(&name).is_some(),
    };
    if !in_tables && groups.iter().all(|group| group.all == 0) {
        return Err(Problem::not_found(format!("the record has nothing of {name:?}")));
    }
    let teller = Teller { app: &app, texts };
    if let Some(id) = reference.person_named(&name).filter(|_| actor == Actor::Person) {
        // those for whom somebody speaks are not in touch with him
        let own = |state: &str| reference.person(id).tenures.iter().any(|tenure| tenure.of.as_str() == state);
        others.retain(|(state, _)| !own(state));
    }
    let title = if actor == Actor::Person { name.clone() } else { teller.name(&name) };
    let question = Asked::default().and(actor.key(), &name);
    let path = crate::view::address(actor.key(), &name);
    Ok(Frame { texts, title: &title, here: "", asked: Some((&path, &Asked::default())), data: &[] }.with(html! {
        p.steps {
            @for (key, path) in [("calendar", "/calendar"), ("map", "/map"), ("network", "/network")] { a href=(question.address(path)) { (texts.get(key)) } " " }
            a href=(question.address("/contacts.ics")) { "ICS" }
        }
        @match actor {
            Actor::Person => (known::offices(teller, &name)),
            Actor::Format => (known::members(teller, &name, asked.one("on"))),
            Actor::State => (known::leaders(teller, &name)),
        }
        (in_touch(teller, actor, &name, &question, &others))
        (times::by_time(texts, &question, &days, None))
        @if actor == Actor::Person { (year(texts, &path, &question, &asked, &days)) }
        @for Group { sort, all, shown } in &groups {
            @if *all > 0 {
                @let plural = format!("{sort}s");
                @let address = question.address(&format!("/{plural}"));
                section {
                    h2 { a href=(address) { (texts.get(&plural)) } " (" (all) ")" }
                    (teller.list(shown))
                    @if *all > shown.len() { p { a href=(address) { (texts.get("all")) " " (all) } } }
                }
            }
        }
    }))
}

/// A year of the contacts of a person, day by day: the one asked for, else the latest that has some, with ways to the others.
fn year(texts: &Texts, path: &str, question: &Asked, asked: &Asked, days: &[(Days, usize)]) -> Markup {
    let years: BTreeSet<i16> = by_day(days).0.keys().map(|day| day.year()).collect();
    let wanted = asked.one("year").and_then(|year| year.parse().ok()).or(years.last().copied());
    let Some(first) = wanted.and_then(|year| Date::new(year, 1, 1).ok()) else { return html! {} };
    let (from, to) = (Some(first), Some(first.last_of_year()));
    let of_year: Vec<(Days, usize)> =
        days.iter().filter(|((begun, over), _)| *begun >= from && *over <= to && over.is_some()).copied().collect();
    let month = |month: Date| question.with("month", &month.strftime("%Y-%m").to_string()).address("/calendar");
    html! {
        section {
            h2 { (texts.get("calendar")) " " (first.year()) }
            nav.steps aria-label=(texts.get("year")) {
                @for year in years.iter().rev().take(YEARS).rev() {
                    a href=(Asked::default().and("year", &year.to_string()).address(path)) aria-current=[(*year == first.year()).then_some("true")] { (year) } " "
                }
            }
            (months_of_year(texts, first, &of_year, &month))
        }
    }
}

/// With whom there were contacts, the most first.
fn in_touch(teller: Teller, actor: Actor, name: &str, question: &Asked, others: &[(String, usize)]) -> Markup {
    html! {
        @if !others.is_empty() {
            section {
                h2 { (teller.texts.get("in-touch-with")) }
                ul.tags {
                    @for (state, count) in others.iter().take(NAMED) {
                        @let address = match actor {
                            Actor::State => pair_address(name, state),
                            _ => question.clone().and("state", state).address("/contacts"),
                        };
                        li { a href=(address) { (teller.name(state)) " " span.number { (count) } } }
                    }
                }
            }
        }
    }
}
