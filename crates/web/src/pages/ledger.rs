//! What became of every input.
//!
//! In: the ledger. Out: its page. Never: leaves out what was refused.

use super::list::further;
use crate::app::App;
use crate::asked::{Asked, SHOWN};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::view::address;
use crate::view::drawing::Table;
use crate::view::layout::Frame;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chancery::record::{Order, Outcome};
use maud::{Markup, html};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/ledger", get(page))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let page = asked.page(Order::Newest, SHOWN * 2)?;
    let wanted: Vec<Outcome> =
        Outcome::ALL.iter().copied().filter(|outcome| asked.one("status").is_none_or(|status| status == outcome.as_str())).collect();
    let (shown, all, outcomes) = app
        .ask(move |store| {
            let outcomes = store.outcomes()?;
            let all: usize = outcomes.iter().filter(|(outcome, _)| wanted.contains(outcome)).map(|(_, count)| count).sum();
            Ok((store.ledger_page(&wanted, page.offset, page.limit.unwrap_or(SHOWN))?, all, outcomes))
        })
        .await?;
    let heads = [(texts.get("source-of"), false), (texts.get("became"), false), (texts.get("reason"), false), (texts.get("bytes"), true)];
    let lines = html! {
        @for row in &shown {
            tr {
                td { @match &row.document { Some(id) => a href=(address("document", id)) { bdi { (row.source) } }, None => bdi { (row.source) } } }
                td { span class=(format!("chip {}", row.outcome.as_str())) { (texts.word("became", row.outcome.as_str())) } }
                td { bdi { (row.reason.as_deref().unwrap_or("")) } }
                td.number { (row.bytes) }
            }
        }
    };
    Ok(Frame { texts, title: texts.get("ledger"), here: "ledger", asked: Some(("/ledger", &asked)), data: &[] }.with(html! {
        ul.numbers {
            @for (outcome, count) in &outcomes {
                li { a href=(Asked::default().with("status", outcome.as_str()).address("/ledger")) { strong { (count) } " " (texts.word("became", outcome.as_str())) } }
            }
        }
        (Table { caption: texts.get("ledger"), heads: &heads, rows: lines }.show())
        (further(texts, "/ledger", &asked, page, all))
    }))
}
