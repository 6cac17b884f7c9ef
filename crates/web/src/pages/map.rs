//! Where states were in touch.
//!
//! In: a question about contacts, a part of the world. Out: the map. Never: a place whose position no table knows; it stands in the
//! lists.

use super::list::{ask, filters};
use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use crate::view::map::{Counted, Spot, areas, map};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::record::{Filter, Store};
use maud::{Markup, html};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/map", get(page))
}

/// How often each state and each place occurs.
pub struct Counts {
    states: Vec<(String, usize)>,
    places: Vec<(String, usize)>,
}

impl Counts {
    pub fn of(store: &Store, filter: &Filter) -> Result<Counts, Problem> {
        let most_first = |mut counts: Vec<(String, usize)>| {
            counts.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), key.clone()));
            counts
        };
        Ok(Counts { states: most_first(store.tally(filter, "state")?), places: most_first(store.tally(filter, "place")?) })
    }

    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}

/// The map of an area; what is counted leads to the contacts of the question.
pub fn drawn(teller: Teller, area: &str, asked: &Asked, counts: &Counts) -> Markup {
    let reference = teller.app.library().reference();
    let leads_to = |key: &str, value: &str| asked.without("area").and(key, value).address("/contacts");
    let state = |(code, count): &(String, usize)| Counted {
        key: code.clone(),
        name: teller.name(code),
        count: *count,
        address: leads_to("state", code),
    };
    let spot = |(key, count): &(String, usize)| {
        let position = reference.place(key)?.position?;
        let (name, country) = key.rsplit_once(", ")?;
        let name = format!("{name}, {}", teller.name(country));
        Some(Spot { counted: Counted { key: key.clone(), name, count: *count, address: leads_to("place", key) }, position })
    };
    let states: Vec<Counted> = counts.states.iter().map(state).collect();
    map(teller, area, &states, &counts.places.iter().filter_map(spot).collect::<Vec<_>>())
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let ((counts, all), notes) = app
        .ask(move |store| {
            ask(&answering, store, &question, &["contact"], |store, filter| Ok((Counts::of(store, filter)?, store.count(filter)?)))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let area = asked.one("area").unwrap_or("world");
    Ok(Frame { texts, title: texts.get("map"), here: "map", asked: Some(("/map", &asked)), data: &[] }.with(html! {
        (filters(texts, "/map", &asked))
        nav.steps aria-label=(texts.get("area")) {
            @for name in areas() { a href=(asked.with("area", name).address("/map")) aria-current=[(name == area).then_some("true")] { (texts.word("area", name)) } " " }
        }
        @for note in &notes { p.note { (note) } }
        p.count role="status" { (texts.count(all, "contact")) }
        @if counts.is_empty() { p { (texts.get("none")) } } @else { (drawn(teller, area, &asked, &counts)) }
        p.note { (texts.get("map.note")) }
    }))
}
