//! Where data and messages go.
//!
//! In: what the terminal is. Out: styles, exit statuses, progress. Never: colour where nobody asked for it.

use chancery::export::{self, Marks, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Everything was done.
    Done,
    /// What was asked for failed.
    Failed,
    /// Done, but some items were refused.
    SomeRefused,
    /// Stopped after the items in hand.
    Stopped,
}

/// Exit status of a run that was stopped.
pub const STOPPED: u8 = 130;

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> ExitCode {
        match ended {
            Ended::Done => ExitCode::SUCCESS,
            Ended::Failed => ExitCode::from(1),
            Ended::SomeRefused => ExitCode::from(3),
            Ended::Stopped => ExitCode::from(STOPPED),
        }
    }
}

/// Whether the reader of our output has gone, which is no failure of ours.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe))
}

/// The style of standard output.
pub fn style() -> Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let marks = if std::io::stdout().is_terminal() && !plain { Marks::Escapes } else { Marks::Carets };
    let columns = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    Style { width: columns.clamp(40, 120), marks }
}

/// A bar on standard error, only where that is a terminal and nothing else is written to it.
pub fn progress() -> ProgressBar {
    if std::io::stdout().is_terminal() { ProgressBar::hidden() } else { progress_beside_messages() }
}

/// A bar on standard error where that is a terminal.
pub fn progress_beside_messages() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
}

/// What goes on while nothing else can be told, with the time it takes.
pub fn busy(words: &'static str) -> ProgressBar {
    let bar = progress_beside_messages().with_message(words);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    bar
}

/// The same bar, over bytes, with the time that is left where it is known how many there are.
pub fn measured(bar: ProgressBar, total: Option<u64>) -> ProgressBar {
    let template = match total {
        Some(_) => "{spinner} {bytes} of {total_bytes}, {msg}, {eta} left",
        None => "{spinner} {bytes}, {msg}",
    };
    if let Some(total) = total {
        bar.set_length(total);
    }
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// Rows in columns, the first row their heads; the widest column gives way where the terminal is too narrow.
pub fn columns(rows: &[Vec<String>]) -> String {
    let terminal = || terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    export::columns(rows, if std::io::stdout().is_terminal() { terminal().max(40) } else { 400 })
}
