//! How much one client may ask for, and how often a password may be tried.
//!
//! In: who asks, when. Out: whether it is too much, and for how long. Never: more memory than a fixed number of clients needs.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Clients that are remembered; beyond that those that asked longest ago are forgotten.
const REMEMBERED: usize = 10_000;

/// So much at once, and then so much a second.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub burst: f64,
    pub a_second: f64,
}

/// Counts what each client asks for.
pub struct Throttle<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    /// What is left by now.
    fn refilled(&self, rate: Rate, now: Instant) -> f64 {
        (self.left + now.saturating_duration_since(self.at).as_secs_f64() * rate.a_second).min(rate.burst)
    }
}

impl<K: Hash + Eq + Clone> Throttle<K> {
    pub fn new(rate: Rate) -> Throttle<K> {
        Throttle { rate, buckets: Mutex::default() }
    }

    /// Takes one of what is left; where nothing is, how long to wait.
    pub fn take(&self, client: &K, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(client) {
            // who has everything left need not be remembered
            buckets.retain(|_, bucket| bucket.refilled(self.rate, now) < self.rate.burst);
            if buckets.len() >= REMEMBERED {
                let oldest = buckets.iter().min_by_key(|(_, bucket)| bucket.at).map(|(client, _)| client.clone());
                if let Some(oldest) = oldest {
                    buckets.remove(&oldest);
                }
            }
        }
        let bucket = buckets.entry(client.clone()).or_insert(Bucket { left: self.rate.burst, at: now });
        let left = bucket.refilled(self.rate, now);
        let short = 1.0 - left;
        *bucket = Bucket { left: if short > 0.0 { left } else { left - 1.0 }, at: now };
        if short > 0.0 { Err(Duration::from_secs_f64(short / self.rate.a_second)) } else { Ok(()) }
    }

    /// Forgets what a client asked for.
    pub fn forget(&self, client: &K) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).remove(client);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_waits_and_another_does_not() {
        let throttle = Throttle::new(Rate { burst: 2.0, a_second: 0.5 });
        let now = Instant::now();
        assert!(throttle.take(&"a", now).is_ok() && throttle.take(&"a", now).is_ok());
        assert_eq!(throttle.take(&"a", now), Err(Duration::from_secs(2)));
        assert!(throttle.take(&"b", now).is_ok());
        assert!(throttle.take(&"a", now + Duration::from_secs(2)).is_ok());
    }

    #[test]
    fn strangers_without_number_are_forgotten() {
        let throttle = Throttle::new(Rate { burst: 1.0, a_second: 0.001 });
        let now = Instant::now();
        for client in 0..REMEMBERED + 10 {
            assert!(throttle.take(&client, now).is_ok());
        }
        assert!(throttle.buckets.lock().is_ok_and(|buckets| buckets.len() <= REMEMBERED));
    }
}
