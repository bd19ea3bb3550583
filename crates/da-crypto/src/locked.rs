//! What is locked away under a password: it opens with that password alone, and moves to another one when the old one
//! is brought.
//!
//! Layout: format (1 byte, always 1), rounds (4 bytes), salt (16 bytes), sealed bytes. The salt is its own, so that the
//! hash by which the password is checked says nothing about the key.

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;

use crate::derive::{Key32, hkdf};
use crate::{CryptoError, PasswordRule, random, seal};

const FORMAT: u8 = 1;
const SALT: usize = 16;
const LABEL: &[u8] = b"da locked under a password 1";

impl PasswordRule {
    /// Locks `plain` away under a password, for one purpose.
    ///
    /// ```
    /// use da_crypto::PasswordRule;
    /// let rule = PasswordRule::with_rounds(1000); // a server takes PasswordRule::default()
    /// let locked = rule.lock("correct horse", "a secret", b"what nobody else reads")?;
    /// assert_eq!(rule.unlock("correct horse", "a secret", &locked)?, b"what nobody else reads");
    /// assert!(rule.unlock("battery staple", "a secret", &locked).is_err());
    /// assert!(rule.unlock("correct horse", "another secret", &locked).is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn lock(&self, password: &str, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let salt: [u8; SALT] = random::random_bytes()?;
        let rounds = self.rounds();
        let sealed = seal::seal(&key(password, purpose, &salt, rounds)?, purpose.as_bytes(), plain)?;
        let mut locked = vec![FORMAT];
        locked.extend_from_slice(&rounds.to_be_bytes());
        locked.extend_from_slice(&salt);
        locked.extend_from_slice(&sealed);
        Ok(locked)
    }

    /// Opens what [`PasswordRule::lock`] made, under whichever rule.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] when the password or the purpose is another one, or the bytes were changed;
    /// [`CryptoError::UnknownFormat`].
    pub fn unlock(&self, password: &str, purpose: &str, locked: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let (format, rest) = locked.split_first().ok_or(CryptoError::Tampered)?;
        if *format != FORMAT {
            return Err(CryptoError::UnknownFormat(*format));
        }
        let (rounds, rest) = rest.split_first_chunk::<4>().ok_or(CryptoError::Tampered)?;
        let (salt, sealed) = rest.split_first_chunk::<SALT>().ok_or(CryptoError::Tampered)?;
        let rounds = u32::from_be_bytes(*rounds);
        if !PasswordRule::is_fair(rounds) {
            return Err(CryptoError::Tampered);
        }
        seal::open(&key(password, purpose, salt, rounds)?, purpose.as_bytes(), sealed)
    }
}

fn key(password: &str, purpose: &str, salt: &[u8; SALT], rounds: u32) -> Result<Key32, CryptoError> {
    let mut stretched = Key32::default();
    pbkdf2_hmac::<Sha256>(password.as_bytes(), salt, rounds, stretched.as_mut());
    hkdf(stretched.as_ref(), purpose.as_bytes(), LABEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_rule_opens_it_and_no_changed_byte_does() {
        let locked = PasswordRule::with_rounds(3).lock("password", "secret", b"plain").unwrap();
        let rule = PasswordRule::with_rounds(1);
        assert_eq!(rule.unlock("password", "secret", &locked).unwrap(), b"plain");
        assert_eq!(rule.unlock("password", "secret", &[]), Err(CryptoError::Tampered));
        assert_eq!(rule.unlock("password", "secret", &[2]), Err(CryptoError::UnknownFormat(2)));
        for length in 1..locked.len() {
            assert!(rule.unlock("password", "secret", &locked[..length]).is_err(), "{length}");
        }
        let mut endless = locked.clone();
        endless[1..5].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(rule.unlock("password", "secret", &endless), Err(CryptoError::Tampered));
    }
}
