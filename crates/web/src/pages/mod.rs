//! Every page.
//!
//! In: addresses. Out: pages. Never: a list that is cut without saying so.

mod about;
mod actor;
mod calendar;
mod data;
mod documents;
mod entry;
mod figures;
mod front;
mod judge;
mod known;
mod languages;
mod ledger;
pub mod list;
mod map;
mod network;
mod review;
mod search;
mod times;
mod tracker;

use crate::app::App;
use axum::Router;
use std::sync::Arc;

pub fn router() -> Router<Arc<App>> {
    Router::new()
        .merge(front::router())
        .merge(list::router())
        .merge(entry::router())
        .merge(actor::router())
        .merge(calendar::router())
        .merge(map::router())
        .merge(network::router())
        .merge(documents::router())
        .merge(search::router())
        .merge(ledger::router())
        .merge(review::router())
        .merge(languages::router())
        .merge(judge::router())
        .merge(about::router())
        .fallback(|| async { crate::problem::Problem::not_found("there is no such page") })
}
