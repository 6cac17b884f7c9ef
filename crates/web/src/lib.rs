//! The record as pages to look at.
//!
//! In: a record, an address to listen on. Out: pages, and the same as JSON, CSV, calendars and feeds. Never: renders what a document
//! holds as anything but text, fetches anything, or asks another host for fonts, scripts or pictures.

mod api;
mod app;
mod asked;
mod files;
mod guard;
mod pages;
mod problem;
mod texts;
mod view;

pub use app::App;

use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] chancery::record::Error),
    /// Another host could reach the pages, which ask for no login.
    #[error(
        "{0} can be reached from other machines, and the pages ask for no login; expected an address of this machine such as 127.0.0.1:7878 (help: reach it from elsewhere through a tunnel, such as ssh -L)"
    )]
    Open(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1} (help: --listen 127.0.0.1:0 takes any free port)")]
    Address(SocketAddr, #[source] std::io::Error),
    /// The machine gives no random numbers.
    #[error("no random numbers for the secret of this run: {0}")]
    Random(#[from] getrandom::Error),
    /// The server ended.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Every page and file of the record.
pub fn router(app: Arc<App>) -> Router {
    pages::router()
        .merge(api::router())
        .merge(files::router())
        .layer(axum::middleware::from_fn(texts::keep_choices))
        .layer(axum::middleware::from_fn(guard::guard))
        .with_state(app)
}

/// Serves the pages until the process is told to end (Ctrl-C); requests in hand are answered. `listening` learns the address.
///
/// # Errors
/// Where the address is not of this machine or is taken.
pub fn serve(app: App, listen: SocketAddr, listening: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    if !listen.ip().is_loopback() {
        return Err(Error::Open(listen));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| Error::Address(listen, error))?;
        listening(listener.local_addr()?);
        let ended = async {
            // without a way to hear of Ctrl-C the process ends by it, which loses nothing
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        Ok(axum::serve(listener, router(Arc::new(app))).with_graceful_shutdown(ended).await?)
    })
}
