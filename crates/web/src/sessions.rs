//! Who is logged in.
//!
//! In: users who came in. Out: the session of a secret. Never: a secret that can be guessed, a session without an end. Sessions live
//! as long as the process: a restart asks everybody again.

use chancery_access::User;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Without a request for so long, a session ends.
const IDLE: Duration = Duration::from_secs(60 * 60);
/// After so long it ends in any case.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    pub name: String,
    /// Of the user when the session began; with another password or role it ends.
    pub stamp: i64,
    /// Goes with every form of the session.
    pub token: String,
    begun: Instant,
    asked: Instant,
}

impl Session {
    fn ended(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.asked) > IDLE || now.saturating_duration_since(self.begun) > LONGEST
    }
}

/// All sessions, by their secrets.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<String, Session>>);

/// 256 bits that nobody can guess, as hexadecimal digits.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Sessions {
    /// Begins a session, and returns its secret.
    pub fn begin(&self, user: &User, now: Instant) -> Result<String, getrandom::Error> {
        let (secret, token) = (secret()?, secret()?);
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| !session.ended(now));
        sessions.insert(secret.clone(), Session { name: user.name.clone(), stamp: user.stamp, token, begun: now, asked: now });
        Ok(secret)
    }

    /// The session of a secret, which goes on by this.
    pub fn of(&self, secret: &str, now: Instant) -> Option<Session> {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get_mut(secret)?;
        if session.ended(now) {
            sessions.remove(secret);
            return None;
        }
        session.asked = now;
        Some(session.clone())
    }

    /// Ends a session.
    pub fn end(&self, secret: &str) -> Option<Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_access::Role;

    #[test]
    fn a_session_ends_when_nobody_asks_and_after_a_day_of_work() {
        let user = User { name: "Ada".to_owned(), role: Role::Reader, stamp: 1, added_at: String::new() };
        let (sessions, now) = (Sessions::default(), Instant::now());
        let idle = sessions.begin(&user, now).expect("a secret");
        assert_eq!(idle.len(), 64);
        assert!(sessions.of(&idle, now + IDLE).is_some());
        assert!(sessions.of(&idle, now + IDLE * 3).is_none());
        let busy = sessions.begin(&user, now).expect("a secret");
        let minutes = |minutes: u64| now + Duration::from_secs(minutes * 60);
        let lived = (0..24 * 2).take_while(|half_hours| sessions.of(&busy, minutes(half_hours * 30)).is_some()).count();
        assert_eq!(lived, 25, "half hours");
        let left = sessions.begin(&user, now).expect("a secret");
        assert!(sessions.end(&left).is_some() && sessions.of(&left, now).is_none());
    }
}
