//! `chancery timeline`: what is between states, by date.
//!
//! In: states. Out: their contacts, commitments, figures and standings in one list. Never: an order of its own.

use super::{ask, lists};
use crate::arguments::Knowledge;
use crate::arguments::record::Timeline;
use crate::output::Ended;
use crate::read::library;
use chancery::export::{record as rows, safe};
use chancery::record::{Entry, Order};

pub fn timeline(knowledge: &Knowledge, asked: &Timeline) -> anyhow::Result<Ended> {
    let mut list = asked.list.clone();
    list.asked.state.splice(0..0, asked.states.iter().cloned());
    let (store, filter) = ask(knowledge, &list.place, &list.asked, &["contact", "commitment", "figure", "standing"])?;
    let library = library(knowledge)?;
    let names = |code: &str| library.name_of(code);
    let row = |entry: &Entry| {
        let (sort, date) = rows::sort_and_date(entry);
        let date = date.map_or("-".to_owned(), ToString::to_string);
        vec![date, sort.to_owned(), safe(&rows::told(entry, &names)), entry.support.sources.to_string(), entry.id.clone()]
    };
    let table = lists::Table { heads: &["date", "what", "told", "sources", "id"], row: &row, csv: "timeline" };
    lists::print(&store, &filter, Order::Oldest, &list.shape, &table)
}
