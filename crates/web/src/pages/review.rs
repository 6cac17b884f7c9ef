//! The queue of what needs a person's eye, and the log of judgements.
//!
//! In: why to look, a place in the queue. Out: the queue, the next of it, the log. Never: an entry again that this hand has just judged.

use super::entry::find;
use super::list::{Found, entries, found_entries, further};
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::door::Visitor;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::get;
use chancery::record::{Decision, Entry, Filter, Judged, Judgement, Key, Look, Order, Page, Store, review as decide};
use chancery_access::Role;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Why to look at entries, by the word in the address; the first is what is meant where none is given.
const LOOKS: [(&str, Look); 3] = [("unjudged", Look::Unjudged), ("contradicted", Look::Contradicted), ("near", Look::Near)];
/// What one person judged and another should look at.
const SECOND: &str = "second";

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/review", get(page)).route("/review/next", get(next)).route("/review/log", get(log))
}

/// The filter of a question to the queue.
fn filter(app: &App, store: &Store, asked: &Asked) -> Result<(Filter, Vec<String>), Problem> {
    let look = match asked.one("look") {
        None => Some(LOOKS[0].1),
        Some(word) => LOOKS.iter().find(|(known, _)| *known == word).map(|(_, look)| *look),
    };
    let look = look.ok_or_else(|| Problem::wrong("`look` is unknown; expected unjudged, contradicted, near or second"))?;
    let (filter, notes) = app.filter(&asked.record(&[])?, store)?;
    Ok((Filter { look: Some(look), ..filter }, notes))
}

/// The part of the queue that a question asks for.
fn queue(app: &App, store: &Store, asked: &Asked, visitor: &Visitor, page: Page) -> Result<Found, Problem> {
    if asked.one("look") == Some(SECOND) {
        let seconds = seconds(store, visitor)?;
        let all = seconds.len();
        let shown = seconds.into_values().skip(page.offset).take(page.limit.unwrap_or(SHOWN)).collect();
        return Ok(Found { entries: shown, all, page, notes: Vec::new() });
    }
    let (filter, notes) = filter(app, store, asked)?;
    Ok(Found { entries: entries(store, &filter, page)?, all: store.count(&filter)?, page, notes })
}

/// The claims that a decision is about.
fn keys(decision: &Decision) -> Vec<&Key> {
    match decision {
        Decision::Judgement(judgement) => judgement.keys(),
        Decision::Undo { .. } => Vec::new(),
    }
}

/// Who judged an entry, by the log.
#[derive(Default)]
struct Looked {
    authors: BTreeSet<String>,
    unsure: bool,
}

/// Entries that one person alone judged, or that the last who looked was unsure about; not those that the visitor judged.
fn seconds(store: &Store, visitor: &Visitor) -> Result<BTreeMap<String, Entry>, Problem> {
    let mut looked: BTreeMap<String, Looked> = BTreeMap::new();
    for judged in store.log()?.into_iter().filter(|judged| judged.counts) {
        for key in keys(&judged.decision) {
            let looked = looked.entry(key.claim_id()).or_default();
            looked.authors.insert(judged.verdict.author.clone());
            looked.unsure = matches!(judged.decision, Decision::Judgement(Judgement::Unsure { .. }));
        }
    }
    let mut of_entries: BTreeMap<String, (Entry, Looked)> = BTreeMap::new();
    for (claim, by) in looked {
        if let Some(entry) = store.entry(&claim)? {
            let (_, known) = of_entries.entry(entry.id.clone()).or_insert_with(|| (entry, Looked::default()));
            known.authors.extend(by.authors);
            known.unsure |= by.unsure;
        }
    }
    let me = visitor.name.as_ref().unwrap_or(&visitor.author);
    let wanted = |looked: &Looked| (looked.authors.len() == 1 || looked.unsure) && !looked.authors.contains(me);
    Ok(of_entries.into_iter().filter(|(_, (_, looked))| wanted(looked)).map(|(id, (entry, _))| (id, entry)).collect())
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, visitor: Visitor, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering, asking) = (asked.clone(), Arc::clone(&app), visitor.clone());
    let found = app
        .ask(move |store| {
            let page = question.page(Order::Doubtful, SHOWN)?;
            queue(&answering, store, &question, &asking, Page { order: Order::Doubtful, ..page })
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let here = asked.one("look").unwrap_or(LOOKS[0].0);
    let begin = asked.with("queue", &found.page.offset.to_string()).address("/review/next");
    Ok(Frame { texts, title: texts.get("review"), here: "review", asked: Some(("/review", &asked)), data: &[] }.with(html! {
        p.note { (texts.get("review.about")) }
        nav.looks aria-label=(texts.get("review.looks")) {
            ul {
                @for look in LOOKS.iter().map(|(look, _)| *look).chain([SECOND]) {
                    li { a href=(asked.with("look", look).address("/review")) aria-current=[(look == here).then_some("true")] { (texts.word("look", look)) } }
                }
                li { a href="/review/log" { (texts.get("review.log")) } }
            }
        }
        @if found.entries.is_empty() {
            p { (texts.get("review.empty")) }
        } @else {
            @if visitor.role >= Role::Reviewer { p { a.button href=(begin) { (texts.get("review.begin")) } } }
            (found_entries(teller, "/review", &asked, &found))
        }
    }))
}

/// Leads to the entry at a place of the queue, or back to the queue where it ends.
async fn next(State(app): State<Arc<App>>, visitor: Visitor, asked: Asked) -> Result<Redirect, Problem> {
    let answering = Arc::clone(&app);
    let to = app
        .ask(move |store| {
            let just = just_judged(store)?;
            let mut place = asked.number("queue")?.unwrap_or(0);
            loop {
                let page = Page { order: Order::Doubtful, offset: place, limit: Some(1) };
                let found = queue(&answering, store, &asked, &visitor, page)?;
                let Some(entry) = found.entries.first() else { return Ok(asked.without("queue").without("after").address("/review")) };
                let again = asked.one("after") == Some(&entry.id) || just.contains(&entry.id);
                if !again {
                    return Ok(asked.with("queue", &place.to_string()).without("after").address(&address("entry", &entry.id)));
                }
                place += 1;
            }
        })
        .await?;
    Ok(Redirect::to(&to))
}

/// Entries of judgements that they do not show yet.
fn just_judged(store: &Store) -> Result<BTreeSet<String>, Problem> {
    if !store.is_stale()? {
        return Ok(BTreeSet::new());
    }
    let log = store.log()?;
    let claims = log.iter().rev().take(SHOWN).flat_map(|judged| keys(&judged.decision)).map(Key::claim_id);
    Ok(claims.filter_map(|claim| store.id_of(&claim).transpose()).collect::<Result<_, _>>()?)
}

async fn log(State(app): State<Arc<App>>, texts: &'static Texts, visitor: Visitor, asked: Asked) -> Result<Markup, Problem> {
    let page = asked.page(Order::Newest, SHOWN)?;
    let log = app.ask(|store| Ok(store.log()?)).await?;
    let shown: Vec<&Judged> = log.iter().rev().skip(page.offset).take(page.limit.unwrap_or(SHOWN)).collect();
    let last = page.offset + shown.len();
    Ok(Frame { texts, title: texts.get("review.log"), here: "review", asked: Some(("/review/log", &asked)), data: &[] }.with(html! {
        p.count role="status" { (page.offset + shown.len().min(1)) "–" (last) " / " (log.len()) }
        table.log {
            thead { tr {
                th scope="col" { "№" } th scope="col" { (texts.get("review.given")) } th scope="col" { (texts.get("review.author")) }
                th scope="col" { (texts.get("review.decision")) } th scope="col" { (texts.get("reason")) } th scope="col" { (texts.get("review.state")) }
            } }
            tbody { @for judged in shown { (line(texts, &visitor, judged)) } }
        }
        (further(texts, "/review/log", &asked, page, log.len()))
    }))
}

fn line(texts: &Texts, visitor: &Visitor, judged: &Judged) -> Markup {
    let state = match (judged.counts, judged.orphan) {
        (false, _) => "undone",
        (true, true) => "orphan",
        (true, false) => "counts",
    };
    let about = keys(&judged.decision).first().map(|key| address("entry", &key.claim_id()));
    html! {
        tr class=(state) {
            td.number { (judged.number) }
            td { (judged.verdict.given_at) }
            td { bdi { (judged.verdict.author) } }
            td { @match about { Some(about) => a href=(about) { bdi { (decide::told(&judged.decision)) } }, None => bdi { (decide::told(&judged.decision)) } } }
            td { bdi { (judged.verdict.reason) } }
            td {
                @if judged.counts {
                    @if judged.orphan { span.chip.contradiction { (texts.get("review.orphan")) } " " }
                    @if visitor.role >= Role::Reviewer {
                        form.inline method="post" action="/undo" {
                            input type="hidden" name="token" value=(visitor.token);
                            input type="hidden" name="number" value=(judged.number);
                            input type="hidden" name="author" value=(judged.verdict.author);
                            button aria-label=(format!("{} {}", texts.get("review.undo"), judged.number)) { (texts.get("review.undo")) }
                        }
                    }
                } @else { (texts.get("review.undone")) }
            }
        }
    }
}

/// The entries of a preview or form, which must still be as they were seen.
pub fn unchanged(store: &Store, id: &str, seen: Option<&String>) -> Result<Entry, Problem> {
    let entry = find(store, id)?;
    match seen {
        Some(seen) if *seen != self::seen(&entry) => {
            Err(Problem::conflict("somebody judged this entry meanwhile, or it was read anew; load the page again and look once more"))
        }
        _ => Ok(entry),
    }
}

/// What a form saw of an entry: judged meanwhile by another, it is shown again first.
pub fn seen(entry: &Entry) -> String {
    use sha2::{Digest, Sha256};
    let line = serde_json::to_vec(entry).unwrap_or_default();
    Sha256::digest(&line).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
