//! `chancery serve`: the record as pages.
//!
//! In: a record, its users where it has some, an address. Out: pages until Ctrl-C. Never: pages that another machine can reach without a
//! login.

use crate::arguments::{Knowledge, Serve};
use crate::output::Ended;
use crate::read::{library, sources};
use crate::record::open;
use anyhow::Context;
use chancery_web::App;
use chancery_web::access::Access;
use std::net::SocketAddr;
use std::path::Path;

pub fn serve(knowledge: &Knowledge, asked: &Serve) -> anyhow::Result<Ended> {
    drop(open(&asked.place)?);
    pages(knowledge, &asked.place.record, asked.listen, asked.behind_proxy.clone())
}

/// Serves the pages of a record until the process is told to end.
pub fn pages(knowledge: &Knowledge, record: &Path, listen: SocketAddr, proxy: Option<String>) -> anyhow::Result<Ended> {
    let mut app = App::new(record.to_owned(), sources(knowledge), library(knowledge)?).with_context(|| record.display().to_string())?;
    let access = match Access::of(record)? {
        Some(access) if !access.users()?.is_empty() => Some(access),
        _ => None,
    };
    let plain = !listen.ip().is_loopback() && !proxy.as_ref().is_some_and(|origin| origin.starts_with("https:"));
    match access {
        Some(access) => app = app.with_login(access, proxy),
        None => anyhow::ensure!(
            proxy.is_none(),
            "the record has no users who could log in through the proxy (help: `chancery user add NAME --role reviewer` adds one)"
        ),
    }
    chancery_web::serve(app, listen, |address| {
        eprintln!("chancery: the record is at http://{address}/ (Ctrl-C ends)");
        if plain {
            eprintln!(
                "chancery: passwords and pages go over the network unencrypted; a proxy with TLS and --behind-proxy https://... mend that"
            );
        }
    })?;
    Ok(Ended::Done)
}
