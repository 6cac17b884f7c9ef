//! Passwords and their hashes (argon2id).
//!
//! In: passwords. Out: hashes in PHC form; whether a password fits one. Never: a faster answer for a name that nobody has.

use crate::{Error, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;

/// Characters that a password needs: length is what makes guessing hard (NIST SP 800-63B).
pub const LEAST: usize = 12;
/// Bytes at the most, so that nobody is kept busy with hashing.
const MOST: usize = 1024;

/// A hash that no password fits, for names that nobody has.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let mut random = [0; 32];
    // where there are no random numbers, none are needed: the answer is no whatever fits
    _ = getrandom::fill(&mut random);
    Argon2::default().hash_password(&random).map_or_else(|_| String::new(), |hash| hash.to_string())
});

/// The hash of a new password.
pub fn hash(password: &str) -> Result<String> {
    let found = password.chars().count();
    if found < LEAST || password.len() > MOST {
        return Err(Error::Password { found, least: LEAST });
    }
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|error| Error::Hash(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password fits the hash of a user; where there is no such user the work is the same and the answer no.
pub fn fits(password: &str, hash: Option<&str>) -> bool {
    let password = if password.len() > MOST { "" } else { password };
    let verified =
        |hash: &str| PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    match hash {
        Some(hash) => verified(hash),
        None => {
            verified(&NOBODY);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_hash_alone() {
        let kept = hash("correct horse battery").expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(fits("correct horse battery", Some(&kept)));
        assert!(!fits("correct horse battery ", Some(&kept)) && !fits("", Some(&kept)) && !fits("correct horse battery", None));
        assert_ne!(hash("correct horse battery").expect("a hash"), kept, "each has a salt of its own");
        assert!(matches!(hash("short"), Err(Error::Password { found: 5, .. })));
        assert!(hash(&"ž".repeat(600)).is_err());
    }
}
