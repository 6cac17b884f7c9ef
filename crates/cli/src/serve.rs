//! `chancery serve`: the record as pages.
//!
//! In: a record, an address of this machine. Out: pages until Ctrl-C. Never: pages that another machine can reach.

use crate::arguments::{Knowledge, Serve};
use crate::output::Ended;
use crate::read::{library, sources};
use crate::record::open;
use anyhow::Context;
use chancery_web::App;
use std::net::SocketAddr;
use std::path::Path;

pub fn serve(knowledge: &Knowledge, asked: &Serve) -> anyhow::Result<Ended> {
    drop(open(&asked.place)?);
    pages(knowledge, &asked.place.record, asked.listen)
}

/// Serves the pages of a record until the process is told to end.
pub fn pages(knowledge: &Knowledge, record: &Path, listen: SocketAddr) -> anyhow::Result<Ended> {
    let app = App::new(record.to_owned(), sources(knowledge), library(knowledge)?).with_context(|| record.display().to_string())?;
    chancery_web::serve(app, listen, |address| eprintln!("chancery: the record is at http://{address}/ (Ctrl-C ends)"))?;
    Ok(Ended::Done)
}
