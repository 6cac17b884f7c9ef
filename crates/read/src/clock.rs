//! How long a thread has worked without a result.
//!
//! In: the moments at which work on an item begins. Out: an error where it takes longer than its cap. Never: counts the time in which
//! others work or a pipe is waited for, or has a say in what a text says.

use crate::{Cap, Caps};
use std::cell::Cell;
use std::io;
use std::time::Duration;

thread_local! {
    static BEGUN: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Work on the next item begins.
pub fn begin() {
    BEGUN.set(worked());
}

/// Whether it takes too long.
pub fn check(caps: &Caps) -> io::Result<()> {
    let limit = Duration::from_secs(caps.of(Cap::Time));
    if worked().saturating_sub(BEGUN.get()) <= limit {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, caps.refusal(Cap::Time)))
}

/// A stream each of whose items may take its time.
pub fn timed<I: Iterator>(mut items: I) -> impl Iterator<Item = I::Item> {
    std::iter::from_fn(move || {
        begin();
        items.next()
    })
}

/// How long this thread has worked.
#[cfg(unix)]
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// How long it has been there, where nobody says how long it has worked.
#[cfg(not(unix))]
fn worked() -> Duration {
    static SINCE: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    SINCE.get_or_init(std::time::Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_timed_item_by_item() {
        let none = Caps::default().with(Cap::Time, 0);
        begin();
        let refused = (0..).find_map(|_| check(&none).err()).expect("an end");
        assert_eq!(refused.to_string(), "reading it takes more than 0 seconds without a result; raise the cap with --cap time=N");
        assert!(timed(0..1000).all(|_| check(&Caps::default()).is_ok()));
    }
}
