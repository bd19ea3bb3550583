//! Passwords: PBKDF2-HMAC-SHA256 with a salt of their own.
//!
//! The stored text says how it was made: `pbkdf2-sha256$ROUNDS$SALT$HASH`, both in base64 without
//! padding. A check takes the same time whether the user exists or not; a password is never kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use pbkdf2::pbkdf2_hmac_array;
use sha2::Sha256;

use crate::derive::same;
use crate::{CryptoError, random};

const NAME: &str = "pbkdf2-sha256";
/// A stored text that asks for more work than this was not written by us.
const MOST_ROUNDS: u32 = 10_000_000;

/// How passwords are hashed here and now.
///
/// ```
/// use da_crypto::PasswordRule;
/// let rule = PasswordRule::with_rounds(1000); // a server takes PasswordRule::default()
/// let stored = rule.hash("correct horse")?;
/// assert!(rule.verify("correct horse", &stored)?);
/// assert!(!rule.verify("battery staple", &stored)?);
/// assert!(!rule.needs_rehash(&stored));
/// assert!(PasswordRule::default().needs_rehash(&stored));
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordRule {
    rounds: u32,
}

impl Default for PasswordRule {
    fn default() -> Self {
        PasswordRule { rounds: PasswordRule::ROUNDS }
    }
}

impl PasswordRule {
    /// The rounds of a server's passwords.
    pub const ROUNDS: u32 = 600_000;

    /// A rule with another number of rounds, at least one; tests take few.
    #[must_use]
    pub fn with_rounds(rounds: u32) -> Self {
        PasswordRule { rounds: rounds.clamp(1, MOST_ROUNDS) }
    }

    /// How many rounds it takes.
    pub(crate) fn rounds(&self) -> u32 {
        self.rounds
    }

    /// Whether somebody of ours may have asked for so many rounds.
    pub(crate) fn is_fair(rounds: u32) -> bool {
        (1..=MOST_ROUNDS).contains(&rounds)
    }

    /// The text to store for `password`.
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn hash(&self, password: &str) -> Result<String, CryptoError> {
        let salt: [u8; 16] = random::random_bytes()?;
        let hash = derive(password, &salt, self.rounds);
        Ok(format!("{NAME}${}${}${}", self.rounds, BASE64.encode(salt), BASE64.encode(hash)))
    }

    /// Whether `password` is the one that `stored` was made from.
    ///
    /// # Errors
    /// [`CryptoError::BadPasswordHash`] when `stored` is not such a text.
    pub fn verify(&self, password: &str, stored: &str) -> Result<bool, CryptoError> {
        let stored = Stored::parse(stored)?;
        Ok(same(&derive(password, &stored.salt, stored.rounds), &stored.hash))
    }

    /// Takes as long as [`PasswordRule::verify`] and is always `false`: for a user who does not exist, so that
    /// the time of the answer does not tell.
    ///
    /// ```
    /// assert!(!da_crypto::PasswordRule::with_rounds(1000).verify_nobody("anything"));
    /// ```
    #[must_use]
    pub fn verify_nobody(&self, password: &str) -> bool {
        // `black_box`, so that the work is done although nobody looks at its result.
        std::hint::black_box(derive(password, &[0; 16], self.rounds));
        false
    }

    /// Whether `stored` was made in another way than this rule's, so that a login should store it anew.
    #[must_use]
    pub fn needs_rehash(&self, stored: &str) -> bool {
        Stored::parse(stored).map_or(true, |stored| stored.rounds != self.rounds)
    }
}

struct Stored {
    rounds: u32,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Stored {
    fn parse(text: &str) -> Result<Self, CryptoError> {
        Self::parts(text).ok_or(CryptoError::BadPasswordHash)
    }

    fn parts(text: &str) -> Option<Self> {
        let mut parts = text.split('$');
        let (name, rounds, salt, hash) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if name != NAME || parts.next().is_some() {
            return None;
        }
        let rounds = rounds.parse().ok().filter(|rounds| (1..=MOST_ROUNDS).contains(rounds))?;
        let hash = BASE64.decode(hash).ok().filter(|hash| hash.len() == 32)?;
        let salt = BASE64.decode(salt).ok().filter(|salt| salt.len() >= 16)?;
        Some(Stored { rounds, salt, hash })
    }
}

fn derive(password: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
    pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, rounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7914, section 11 (the first 32 of its 64 bytes).
    #[test]
    fn the_derivation_agrees_with_the_published_vector() {
        let expected = [
            0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f, 0xec, 0x16, 0x91, 0xc2, 0x25, 0x44, 0xb6, 0x05, 0xf9, 0x41,
            0x85, 0x21, 0x6d, 0xde, 0x04, 0x65, 0xe6, 0x8b, 0x9d, 0x57, 0xc2, 0x0d, 0xac, 0xbc,
        ];
        assert_eq!(derive("passwd", b"salt", 1), expected);
    }

    #[test]
    fn two_hashes_of_one_password_differ() {
        let rule = PasswordRule::with_rounds(1);
        assert_ne!(rule.hash("same").unwrap(), rule.hash("same").unwrap());
    }

    #[test]
    fn a_text_of_another_form_is_refused() {
        let rule = PasswordRule::with_rounds(1);
        let good = rule.hash("password").unwrap();
        let tail = good.strip_prefix("pbkdf2-sha256$1$").unwrap();
        for bad in [
            String::new(),
            "password".to_owned(),
            format!("{good}$"),
            format!("pbkdf2-sha512$1${tail}"),
            format!("pbkdf2-sha256$0${tail}"),
            format!("pbkdf2-sha256$4000000000${tail}"),
            format!("pbkdf2-sha256$-1${tail}"),
            "pbkdf2-sha256$1$$".to_owned(),
            good.replace('$', "."),
        ] {
            assert_eq!(rule.verify("password", &bad), Err(CryptoError::BadPasswordHash), "{bad:?}");
            assert!(rule.needs_rehash(&bad), "{bad:?}");
        }
    }
}
