//! Decisions: the form under an entry, the preview of a merge or a split, and the undoing of either.
//!
//! In: decisions from forms of this session. Out: the next of the queue. Never: a decision without an author, or from another site.

use super::entry::find;
use super::entry::{FEW, beyond};
use super::review::{seen, unchanged};
use crate::app::App;
use crate::asked::Asked;
use crate::door::{Door, Visitor, now};
use crate::login::{author_cookie, keys};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chancery::record::{Backing, Content, Decision, Entry, Store, Verdict, review as decide};
use chancery_access::{Action, Role};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/review/preview", get(preview)).route("/judge", post(judge)).route("/undo", post(undo))
}

/// Fields of an entry that a person may correct.
fn fields(entry: &Entry) -> &'static [&'static str] {
    match &entry.content {
        Content::Contact(_) => &["date", "place", "kind", "status", "states", "format"],
        Content::Statement(_) => &["speaker"],
        Content::Commitment(_) => &["parties", "status", "due", "outcome"],
        Content::Figure(_) => &["value", "unit", "topic", "period"],
        Content::Standing(_) => &["object", "period"],
    }
}

/// What every form about an entry carries: who sends it, what it is about, where in the queue it stands.
fn carried(visitor: &Visitor, asked: &Asked, entry: &Entry) -> Markup {
    html! {
        input type="hidden" name="token" value=(visitor.token);
        input type="hidden" name="id" value=(entry.id);
        input type="hidden" name="seen" value=(seen(entry));
        @if asked.one("queue").is_some() { input type="hidden" name="on" value=(asked.address("/review/next")); }
    }
}

/// Who judges: asked for where nobody logs in.
fn author(texts: &Texts, visitor: &Visitor) -> Markup {
    html! {
        @if visitor.name.is_none() {
            label { (texts.get("review.author")) input name="author" required autocomplete="name" value=(visitor.author); }
        }
    }
}

/// The other side of what was held apart: ids that are not of this entry.
fn nearby(entry: &Entry) -> Vec<(&str, f64)> {
    let own = |id: &str| entry.claims.iter().any(|backing| backing.claim == id);
    let other = |one, other| if own(one) { other } else { one };
    entry.apart.iter().map(|join| (other(join.one.as_str(), join.other.as_str()), join.weight)).collect()
}

/// The forms by which an entry is judged.
pub fn form(teller: Teller, visitor: &Visitor, asked: &Asked, entry: &Entry, shown: &[Backing]) -> Markup {
    let texts = teller.texts;
    if visitor.role < Role::Reviewer {
        return html! {};
    }
    let key = |key: &'static str| visitor.keys.then_some(key);
    let cap = |letter: &str| html! { @if visitor.keys { kbd { (letter) } " " } };
    let here = asked.address(&address("entry", &entry.id));
    html! {
        section.review #judge {
            h2 { (texts.get("review.judge")) }
            @if let Some(place) = asked.one("queue") {
                @let later = place.parse::<usize>().unwrap_or(0) + 1;
                p.note { (texts.get("review.in-queue")) " " a href=(asked.with("queue", &later.to_string()).address("/review/next")) { (texts.get("review.later")) } " · " a href=(asked.without("queue").address("/review")) { (texts.get("review.leave")) } }
            }
            form method="post" action="/judge" {
                (carried(visitor, asked, entry))
                (author(texts, visitor))
                label { (texts.get("reason")) " (" (texts.get("review.may-be-empty")) ")" input name="reason"; }
                div.keys {
                    button name="decision" value="accept" data-key=[key("a")] { (cap("A")) (texts.get("review.accept")) }
                    button name="decision" value="reject" data-key=[key("r")] { (cap("R")) (texts.get("review.reject")) }
                    button name="decision" value="unsure" data-key=[key("u")] { (cap("U")) (texts.get("review.unsure")) }
                    button formaction="/undo" name="last" value="1" data-key=[key("z")] { (cap("Z")) (texts.get("review.undo-last")) }
                }
            }
            details {
                summary data-key=[key("e")] { (cap("E")) (texts.get("review.correct")) }
                form method="post" action="/judge" {
                    (carried(visitor, asked, entry))
                    label { (texts.get("review.field")) select name="field" { @for field in fields(entry) { option value=(field) { (texts.word("field", field)) } } } }
                    label { (texts.get("review.value")) input name="value" required; }
                    (author(texts, visitor))
                    label { (texts.get("reason")) input name="reason" required; }
                    button name="decision" value="correct" { (texts.get("review.correct")) }
                }
            }
            details {
                summary data-key=[key("m")] { (cap("M")) (texts.get("review.merge")) }
                @for (other, weight) in nearby(entry).into_iter().take(FEW) {
                    p {
                        a href=(address("entry", other)) { code { (other) } } " (" (format!("{weight:+.1}")) ") "
                        a href=(asked.with("id", &entry.id).with("decision", "merge").with("other", other).address("/review/preview")) { (texts.get("review.preview")) }
                    }
                }
                (two(texts, asked, entry, "merge", html! { input name="other" required pattern="[a-z]+-[0-9a-f]+"; }))
            }
            @if entry.claims.len() > 1 {
                details {
                    summary data-key=[key("s")] { (cap("S")) (texts.get("review.split")) }
                    (two(texts, asked, entry, "split", html! {
                        select name="other" { @for backing in shown { option value=(backing.claim) { (backing.document) " · " (backing.claim) } } }
                    }))
                }
            }
            div.note { (keys(texts, visitor, &here)) }
        }
    }
}

/// Asks for the preview of a merge or a split.
fn two(texts: &Texts, asked: &Asked, entry: &Entry, decision: &str, other: Markup) -> Markup {
    html! {
        form action="/review/preview" {
            @for (key, value) in asked.pairs() { input type="hidden" name=(key) value=(value); }
            input type="hidden" name="id" value=(entry.id);
            input type="hidden" name="decision" value=(decision);
            label { (texts.get(if decision == "merge" { "review.other" } else { "review.part" })) (other) }
            button { (texts.get("review.preview")) }
        }
    }
}

/// What entries are, and what they would become.
async fn preview(State(app): State<Arc<App>>, texts: &'static Texts, visitor: Visitor, asked: Asked) -> Result<Markup, Problem> {
    let part = |key: &str| asked.one(key).map(str::to_owned).ok_or_else(|| Problem::wrong(format!("`{key}` is missing")));
    let (id, decision, other) = (part("id")?, part("decision")?, part("other")?);
    let (answering, what, with) = (Arc::clone(&app), decision.clone(), other.clone());
    let (now, then) = app
        .ask(move |store| {
            let entry = find(store, &id)?;
            let decisions = of_two(store, &entry, &what, &with)?;
            let further = Some(find(store, &with)?).filter(|further| further.id != entry.id);
            let now: Vec<Entry> = [Some(entry), further].into_iter().flatten().collect();
            let then = decide::preview(store, answering.library(), &now.iter().collect::<Vec<_>>(), &decisions)?;
            Ok((now, then))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    let entry = &now[0];
    let title = texts.get(if decision == "merge" { "review.merge" } else { "review.split" });
    Ok(Frame { texts, title, here: "review", asked: None, data: &[] }.with(html! {
        div.sides {
            div { h2 { (texts.get("review.now")) } (teller.list(&now)) (claims(&now)) }
            div { h2 { (texts.get("review.then")) } (teller.list(&then)) (claims(&then)) }
        }
        form.review method="post" action="/judge" {
            (carried(&visitor, &asked, entry))
            @if let Some(further) = now.get(1) { input type="hidden" name="seen_other" value=(seen(further)); }
            input type="hidden" name="other" value=(other);
            (author(texts, &visitor))
            label { (texts.get("reason")) input name="reason" required; }
            button name="decision" value=(decision) { (title) }
            " " a href=(asked.without("id").without("decision").without("other").address(&address("entry", &entry.id))) { (texts.get("review.leave")) }
        }
    }))
}

/// Which documents tell of which entry.
fn claims(entries: &[Entry]) -> Markup {
    html! {
        @for entry in entries {
            p.note { code { (entry.id) } ": " @for (index, backing) in entry.claims.iter().take(FEW).enumerate() { @if index > 0 { ", " } bdi { (backing.document) } } (beyond(entry.claims.len())) }
        }
    }
}

type Fields = HashMap<String, String>;

fn field<'f>(form: &'f Fields, name: &str) -> Result<&'f str, Problem> {
    let value = form.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    value.ok_or_else(|| Problem::wrong(format!("{name} is empty; a judgement says who gave it and why")))
}

/// A merge or a split.
fn of_two(store: &Store, entry: &Entry, decision: &str, other: &str) -> Result<Vec<Decision>, Problem> {
    let keys = decide::keys_of(store, entry, &entry.id)?;
    let others = decide::keys_of(store, &find(store, other)?, other)?;
    let decisions = match decision {
        "merge" => decide::merge(&keys, &others),
        "split" => decide::split(&keys, &others),
        word => return Err(Problem::wrong(format!("no decision {word:?} about two; expected merge or split"))),
    };
    if decisions.is_empty() {
        return Err(Problem::wrong("there is nothing to decide: both ids are those of one claim, or its evidence is gone"));
    }
    Ok(decisions)
}

/// The decisions that a form asks for.
fn decisions(store: &Store, judged: &Entry, form: &Fields) -> Result<Vec<Decision>, Problem> {
    let keys = || decide::keys_of(store, judged, &judged.id);
    let decisions = match field(form, "decision")? {
        "accept" => decide::accept(&keys()?),
        "reject" => decide::reject(&keys()?),
        "unsure" => decide::unsure(&keys()?),
        "correct" => decide::correct(&keys()?, field(form, "field")?, field(form, "value")?),
        two @ ("merge" | "split") => of_two(store, judged, two, field(form, "other")?)?,
        word => return Err(Problem::wrong(format!("no decision {word:?}; expected accept, reject, unsure, correct, merge or split"))),
    };
    if decisions.is_empty() { Err(Problem::wrong("there is nothing to decide: the evidence is gone")) } else { Ok(decisions) }
}

/// Who judges, why and when. What is plain from the evidence needs no reason of its own.
fn verdict(visitor: &Visitor, form: &Fields) -> Result<Verdict, Problem> {
    let author = match &visitor.name {
        Some(name) => name.clone(),
        None => field(form, "author")?.to_owned(),
    };
    let plain = match form.get("decision").map(String::as_str) {
        Some("accept") => "the evidence says so",
        Some("reject") => "the evidence does not say so",
        Some("unsure") => "the evidence does not settle it",
        _ => "",
    };
    let reason =
        field(form, "reason").map(str::to_owned).or_else(|problem| if plain.is_empty() { Err(problem) } else { Ok(plain.to_owned()) });
    Ok(Verdict { author, reason: reason?, given_at: now() })
}

/// On to where a form leads, with who judged.
fn on(visitor: &Visitor, author: &str, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let (None, Ok(cookie)) = (&visitor.name, author_cookie(author).parse()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn judge(State(app): State<Arc<App>>, visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Problem> {
    visitor.check(form.get("token"))?;
    let verdict = verdict(&visitor, &form)?;
    let next = form.get("on").filter(|next| next.starts_with("/review/next")).cloned();
    let (id, author) = (field(&form, "id")?.to_owned(), verdict.author.clone());
    let told = format!("{} {id}", field(&form, "decision")?);
    let judged = id.clone();
    let (first, last) = app
        .change(move |store| {
            let entry = unchanged(store, &judged, form.get("seen"))?;
            if let Some(other) = form.get("other").filter(|_| form.contains_key("seen_other")) {
                unchanged(store, other, form.get("seen_other"))?;
            }
            let decisions = decisions(store, &entry, &form)?;
            let first = store.judge(&decisions, &verdict)?;
            Ok((first, first + decisions.len() as u64))
        })
        .await?;
    Door::note(&app, &visitor, Action::Judged, told).await?;
    let taken_in = app.settle().await?;
    let (entry, orphan) = app
        .ask(move |store| {
            let orphan = taken_in && store.log()?.iter().any(|judged| (first..last).contains(&judged.number) && judged.orphan);
            Ok((store.entry(&id)?.map(|entry| entry.id), orphan))
        })
        .await?;
    if orphan {
        return Err(Problem::wrong("the judgement is kept and applies to nothing: the entry has no such value"));
    }
    let to = match (next, entry) {
        (Some(next), entry) => Asked::of_address(&next).with("after", &entry.unwrap_or_default()).address("/review/next"),
        (None, Some(entry)) => address("entry", &entry),
        (None, None) => "/review".to_owned(),
    };
    Ok(on(&visitor, &author, &to))
}

/// Numbers of a judgement and of those that were given with it.
fn given_with(store: &Store, form: &Fields, author: &str) -> Result<Vec<u64>, Problem> {
    let log = store.log()?;
    let judgements = || log.iter().filter(|judged| judged.counts && matches!(judged.decision, Decision::Judgement(_)));
    let found = match form.get("last") {
        Some(_) => judgements().rfind(|judged| judged.verdict.author == author),
        None => {
            let number: u64 = field(form, "number")?.parse().map_err(|_| Problem::wrong("the judgement has a number"))?;
            log.iter().find(|judged| judged.number == number && judged.counts)
        }
    };
    let found = found.ok_or_else(|| Problem::conflict("there is no such judgement that counts"))?;
    let together = judgements().filter(|judged| judged.verdict == found.verdict).map(|judged| judged.number);
    let mut numbers: Vec<u64> = together.chain([found.number]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

async fn undo(State(app): State<Arc<App>>, visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Problem> {
    visitor.check(form.get("token"))?;
    let author = match &visitor.name {
        Some(name) => name.clone(),
        None => field(&form, "author")?.to_owned(),
    };
    let verdict = Verdict { author: author.clone(), reason: "undone on the page".to_owned(), given_at: now() };
    let (undoing, back) = (author.clone(), form.contains_key("last"));
    let (numbers, entry) = app
        .change(move |store| {
            let numbers = given_with(store, &form, &undoing)?;
            let about = store.log()?.into_iter().find(|judged| numbers.contains(&judged.number));
            let undo: Vec<Decision> = numbers.iter().map(|number| Decision::undo(*number)).collect();
            store.judge(&undo, &verdict)?;
            let claim = about.and_then(|judged| match judged.decision {
                Decision::Judgement(judgement) => judgement.keys().first().map(|key| key.claim_id()),
                Decision::Undo { .. } => None,
            });
            Ok((numbers, claim))
        })
        .await?;
    Door::note(&app, &visitor, Action::Judged, format!("undo {numbers:?}")).await?;
    app.settle().await?;
    // who takes the last one back wants to look at it again
    let to = entry.filter(|_| back).map_or("/review/log".to_owned(), |claim| address("entry", &claim));
    Ok(on(&visitor, &author, &to))
}
