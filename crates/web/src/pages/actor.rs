//! A state, a person, a format: everything that the record has of it.
//!
//! In: a code or name. Out: its page. Never: another of that name.

use super::list::entries;
use super::network::pair_address;
use crate::app::App;
use crate::asked::Asked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use chancery::record::{Content, Entry, Filter, Order, Page};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Entries of each sort.
const SHOWN: usize = 15;
const SORTS: [&str; 5] = ["contact", "commitment", "statement", "figure", "standing"];

pub fn router() -> Router<Arc<App>> {
    let page =
        |what: Actor| move |State(app): State<Arc<App>>, texts: &'static Texts, Path(name): Path<String>| page(app, texts, what, name);
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

async fn page(app: Arc<App>, texts: &'static Texts, actor: Actor, name: String) -> Result<Markup, Problem> {
    let asked = name.clone();
    let (groups, contacts) = app
        .ask(move |store| {
            let mut groups = Vec::new();
            for sort in SORTS {
                let filter = Filter { entries: vec![sort.to_owned()], ..actor.filter(&asked) };
                let found = entries(store, &filter, Page { order: Order::Newest, offset: 0, limit: Some(SHOWN) })?;
                groups.push((sort, store.count(&filter)?, found));
            }
            let filter = Filter { entries: vec!["contact".to_owned()], ..actor.filter(&asked) };
            Ok((groups, entries(store, &filter, Page { order: Order::Newest, offset: 0, limit: Some(1000) })?))
        })
        .await?;
    let known = app.library().reference().state(&name).is_some() || groups.iter().any(|(_, all, _)| *all > 0);
    if !known {
        return Err(Problem::not_found(format!("the record has nothing of {name:?}")));
    }
    let teller = Teller { app: &app, texts };
    let title = if actor == Actor::Person { name.clone() } else { teller.name(&name) };
    Ok(Frame { texts, title: &title, here: "", asked: None, data: &[] }.with(html! {
        (in_touch(teller, actor, &name, &contacts))
        @for (sort, all, found) in &groups {
            @if *all > 0 {
                @let plural = format!("{sort}s");
                @let address = Asked::default().with(actor.key(), &name).address(&format!("/{plural}"));
                section {
                    h2 { a href=(address) { (texts.get(&plural)) " (" (all) ")" } }
                    (teller.list(found))
                    @if *all > found.len() { p { a href=(address) { (texts.get("all")) " " (all) } } }
                }
            }
        }
    }))
}

/// With whom there were contacts, the most first.
fn in_touch(teller: Teller, actor: Actor, name: &str, contacts: &[Entry]) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in contacts {
        if let Content::Contact(contact) = &entry.content {
            for state in contact.states.iter().filter(|said| said.value != name) {
                *counts.entry(&state.value).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(state, count)| (std::cmp::Reverse(*count), *state));
    html! {
        @if !counts.is_empty() {
            section {
                h2 { (teller.texts.get("in-touch-with")) }
                ul.tags {
                    @for (state, count) in counts.iter().take(24) {
                        @let address = match actor {
                            Actor::State => pair_address(name, state),
                            _ => Asked::default().with(actor.key(), name).and("state", state).address("/contacts"),
                        };
                        li { a href=(address) { (teller.name(state)) " " span.number { (count) } } }
                    }
                }
            }
        }
    }
}
