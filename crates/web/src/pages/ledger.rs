//! What became of every input.
//!
//! In: the ledger. Out: its page. Never: leaves out what was refused.

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
use chancery::record::{LedgerRow, Order, Outcome};
use maud::{Markup, html};
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new().route("/ledger", get(page))
}

async fn page(State(app): State<Arc<App>>, texts: &'static Texts, asked: Asked) -> Result<Markup, Problem> {
    let page = asked.page(Order::Newest, SHOWN * 2)?;
    let wanted: Vec<Outcome> =
        Outcome::ALL.iter().copied().filter(|outcome| asked.one("status").is_none_or(|status| status == outcome.as_str())).collect();
    let (rows, outcomes) = app
        .ask(move |store| {
            let mut rows: Vec<LedgerRow> = Vec::new();
            store.ledger(&wanted, |row| -> Result<(), Problem> {
                rows.push(row);
                Ok(())
            })?;
            Ok((rows, store.outcomes()?))
        })
        .await?;
    let shown: Vec<&LedgerRow> = rows.iter().skip(page.offset).take(page.limit.unwrap_or(SHOWN)).collect();
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
        @if page.offset + shown.len() < rows.len() {
            nav.pages aria-label=(texts.get("pages")) { a rel="next" href=(asked.with("offset", &(page.offset + shown.len()).to_string()).address("/ledger")) { (texts.get("after")) " →" } }
        }
    }))
}
