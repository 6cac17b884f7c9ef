//! Judgements: the queue of what needs a person's eye, and decisions with author and reason.
//!
//! In: decisions from forms of this run. Out: the next of the queue. Never: a decision without an author, or from another site.

use super::entry;
use super::list::found_entries;
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::cells::Teller;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::{Form, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use chancery::record::{Content, Decision, Entry, Judged, Order, Store, Verdict, review as decide};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/review", get(page)).route("/judge", post(judge)).route("/undo", post(undo))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let (question, answering) = (asked.clone(), Arc::clone(&app));
    let (found, log) = app
        .ask(move |store| {
            let page = question.page(Order::Doubtful, SHOWN)?;
            Ok((super::list::find(&answering, store, &question, &[], page)?, store.log()?))
        })
        .await?;
    let teller = Teller { app: &app, texts };
    Ok(Frame { texts, title: texts.get("review"), here: "review", asked: Some(("/review", &asked)), data: &[] }.with(html! {
        p.note { (texts.get("review.about")) }
        (found_entries(teller, "/review", &asked, &found))
        @if !log.is_empty() {
            section {
                h2 { (texts.get("review.log")) }
                table.log {
                    thead { tr { th { "№" } th { (texts.get("review.given")) } th { (texts.get("review.author")) } th { (texts.get("review.decision")) } th { (texts.get("reason")) } th {} } }
                    tbody { @for judged in log.iter().rev() { (line(teller, judged)) } }
                }
            }
        }
    }))
}

fn line(teller: Teller, judged: &Judged) -> Markup {
    let texts = teller.texts;
    let state = match (judged.counts, judged.orphan) {
        (false, _) => "undone",
        (true, true) => "orphan",
        (true, false) => "counts",
    };
    html! {
        tr class=(state) {
            td.number { (judged.number) }
            td { (judged.verdict.given_at) }
            td { bdi { (judged.verdict.author) } }
            td { bdi { (decide::told(&judged.decision)) } }
            td { bdi { (judged.verdict.reason) } }
            td {
                @if judged.counts {
                    @if judged.orphan { span.chip.contradiction { (texts.get("review.orphan")) } " " }
                    form.inline method="post" action="/undo" {
                        input type="hidden" name="token" value=(teller.app.token);
                        input type="hidden" name="number" value=(judged.number);
                        input type="hidden" name="author" value=(judged.verdict.author);
                        button { (texts.get("review.undo")) }
                    }
                } @else { (texts.get("review.undone")) }
            }
        }
    }
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

/// The form by which an entry is judged.
pub fn form(teller: Teller, entry: &Entry) -> Markup {
    let texts = teller.texts;
    html! {
        section.review {
            h2 { (texts.get("review.judge")) }
            form method="post" action="/judge" {
                input type="hidden" name="token" value=(teller.app.token);
                input type="hidden" name="id" value=(entry.id);
                input type="hidden" name="seen" value=(seen(entry));
                label { (texts.get("review.author")) input name="author" required autocomplete="name"; }
                label { (texts.get("reason")) input name="reason" required; }
                div.keys {
                    button name="decision" value="accept" data-key="a" { kbd { "A" } " " (texts.get("review.accept")) }
                    button name="decision" value="reject" data-key="r" { kbd { "R" } " " (texts.get("review.reject")) }
                }
                details {
                    summary data-key="e" { kbd { "E" } " " (texts.get("review.correct")) }
                    label { (texts.get("review.field")) select name="field" { @for field in fields(entry) { option value=(field) { (texts.word("field", field)) } } } }
                    label { (texts.get("review.value")) input name="value"; }
                    button name="decision" value="correct" { (texts.get("review.correct")) }
                }
                details {
                    summary data-key="m" { kbd { "M" } " " (texts.get("review.merge")) " / " kbd { "S" } " " (texts.get("review.split")) }
                    label { (texts.get("review.other")) input name="other" pattern="[a-z]+-[0-9a-f]+"; }
                    button name="decision" value="merge" { (texts.get("review.merge")) }
                    button name="decision" value="split" { (texts.get("review.split")) }
                }
            }
        }
    }
}

/// What a form saw of an entry: judged meanwhile by another, it is shown again first.
fn seen(entry: &Entry) -> String {
    use sha2::{Digest, Sha256};
    let line = serde_json::to_vec(entry).unwrap_or_default();
    Sha256::digest(&line).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

type Fields = HashMap<String, String>;

fn field<'f>(form: &'f Fields, name: &str) -> Result<&'f str, Problem> {
    let value = form.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    value.ok_or_else(|| Problem::wrong(format!("{name} is empty; a judgement says who gave it and why")))
}

fn check_token(app: &App, form: &Fields) -> Result<(), Problem> {
    let fits = form.get("token").is_some_and(|token| *token == app.token);
    if fits { Ok(()) } else { Err(Problem::forbidden("the form is not of this run of the server; load the page again")) }
}

/// The time of day, which no stage asks for.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    chancery::record::instant(seconds)
}

/// The decisions that a form asks for.
fn decisions(store: &Store, judged: &Entry, form: &Fields) -> Result<Vec<Decision>, Problem> {
    let keys = decide::keys_of(store, judged, &judged.id)?;
    let other = || -> Result<_, Problem> {
        let id = field(form, "other")?;
        Ok(decide::keys_of(store, &entry::find(store, id)?, id)?)
    };
    Ok(match field(form, "decision")? {
        "accept" => decide::accept(&keys),
        "reject" => decide::reject(&keys),
        "correct" => decide::correct(&keys, field(form, "field")?, field(form, "value")?),
        "merge" => decide::merge(&keys, &other()?),
        "split" => decide::split(&keys, &other()?),
        word => return Err(Problem::wrong(format!("no decision {word:?}; expected accept, reject, correct, merge or split"))),
    })
}

async fn judge(State(app): State<Arc<App>>, Form(form): Form<Fields>) -> Result<Redirect, Problem> {
    check_token(&app, &form)?;
    let verdict = Verdict { author: field(&form, "author")?.to_owned(), reason: field(&form, "reason")?.to_owned(), given_at: now() };
    let deriving = Arc::clone(&app);
    let id = app
        .ask(move |store| {
            let judged = entry::find(store, field(&form, "id")?)?;
            if form.get("seen").is_some_and(|told| *told != seen(&judged)) {
                return Err(Problem::conflict(
                    "somebody judged this entry meanwhile, or it was read anew; load the page again and look once more",
                ));
            }
            let decisions = decisions(store, &judged, &form)?;
            if decisions.is_empty() {
                return Err(Problem::wrong("there is nothing to decide: both ids are those of one claim, or its evidence is gone"));
            }
            let first = store.judge(&decisions, &verdict)?;
            let derived = deriving.derive(store)?;
            if derived.orphans.contains(&first) {
                return Err(Problem::wrong("the judgement is kept and applies to nothing: the entry has no such value"));
            }
            Ok(store.entry(&judged.id)?.map(|entry| entry.id))
        })
        .await?;
    Ok(Redirect::to(&id.map_or("/review".to_owned(), |id| address("entry", &id))))
}

async fn undo(State(app): State<Arc<App>>, Form(form): Form<Fields>) -> Result<Redirect, Problem> {
    check_token(&app, &form)?;
    let number: u64 = field(&form, "number")?.parse().map_err(|_| Problem::wrong("the judgement has a number"))?;
    let verdict = Verdict { author: field(&form, "author")?.to_owned(), reason: "undone on the page".to_owned(), given_at: now() };
    let deriving = Arc::clone(&app);
    app.ask(move |store| {
        if !store.log()?.iter().any(|judged| judged.number == number && judged.counts) {
            return Err(Problem::conflict(format!("no judgement {number} that counts")));
        }
        store.judge(&[Decision::undo(number)], &verdict)?;
        deriving.derive(store)?;
        Ok(())
    })
    .await?;
    Ok(Redirect::to("/review"))
}
