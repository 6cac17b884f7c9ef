//! The record as pages to look at.
//!
//! In: a record, an address to listen on. Out: pages, and the same as JSON, CSV, calendars and feeds. Never: renders what a document
//! holds as anything but text, fetches anything, or asks another host for fonts, scripts or pictures.

mod api;
mod app;
mod asked;
mod door;
mod files;
mod guard;
mod kept;
mod login;
mod pages;
mod problem;
mod sessions;
mod texts;
mod throttle;
mod view;

pub use app::App;
pub use chancery_access as access;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::Notify;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] chancery::record::Error),
    /// Another host could reach the pages, which ask for no login.
    #[error(
        "{0} can be reached from other machines, and the record has no users who could log in (help: `chancery user add NAME --role reviewer` adds one; --listen 127.0.0.1:7878 answers this machine alone)"
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

/// Bytes of a form at the most.
const MOST_SENT: usize = 64 << 10;

/// Every page and file of the record.
pub fn router(app: Arc<App>) -> Router {
    let guarded = axum::middleware::from_fn_with_state(Arc::clone(&app), guard::guard);
    let pages = pages::router().merge(api::router()).merge(login::router()).merge(files::router());
    let choices = axum::middleware::from_fn(texts::keep_choices);
    pages.layer(DefaultBodyLimit::max(MOST_SENT)).layer(guarded).layer(choices).with_state(app)
}

/// Serves the pages until the process is told to end (Ctrl-C, SIGTERM); requests in hand are answered. `listening` learns the address.
///
/// # Errors
/// Where the address is taken, or is not of this machine and the record has no users.
pub fn serve(app: App, listen: SocketAddr, listening: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    if !listen.ip().is_loopback() && app.door.is_none() {
        return Err(Error::Open(listen));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| Error::Address(listen, error))?;
        listening(listener.local_addr()?);
        let app = Arc::new(app);
        app.take_in();
        let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
        Ok(axum::serve(listener, service).with_graceful_shutdown(ended()).await?)
    })
}

/// Until the process is told to end. Without a way to hear of it the process ends by it, which loses nothing.
async fn ended() {
    let told = Arc::new(Notify::new());
    let interrupted = Arc::clone(&told);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            interrupted.notify_one();
        }
    });
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        let terminated = Arc::clone(&told);
        tokio::spawn(async move {
            if terminate.recv().await.is_some() {
                terminated.notify_one();
            }
        });
    }
    told.notified().await;
}
