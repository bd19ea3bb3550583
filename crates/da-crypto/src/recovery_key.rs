//! The recovery key: what opens the secrets of users whose passwords are forgotten, on a server whose operator wants that.
//!
//! It is apart from the server's key, so that whoever has only one of them opens nothing, and never seals anything but
//! the secrets of users.

use std::fmt;

use zeroize::Zeroizing;

use crate::derive::{Key32, hkdf};
use crate::{AssociatedData, CryptoError, seal};

const SALT: &[u8] = b"da recovery key 1";

/// Bytes that a text has at least from which a key is made.
const SHORTEST_TEXT: usize = 16;

/// The key. Wiped when dropped.
pub struct RecoveryKey(Key32);

impl RecoveryKey {
    /// The key that a text of the configuration stands for.
    ///
    /// The text is not stretched: it should be random, 32 characters or so.
    ///
    /// ```
    /// use da_crypto::RecoveryKey;
    /// let key = RecoveryKey::from_text("28ASflwjerop2923kfjs0923")?;
    /// let sealed = key.seal(7, b"the secret of user 7")?;
    /// assert_eq!(&*key.open(7, &sealed)?, b"the secret of user 7");
    /// assert!(key.open(8, &sealed).is_err());
    /// assert!(RecoveryKey::from_text("another text of this length")?.open(7, &sealed).is_err());
    /// assert!(RecoveryKey::from_text("short").is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::ShortKey`] for a text of less than 16 bytes, which could be guessed.
    pub fn from_text(text: &str) -> Result<Self, CryptoError> {
        if text.len() < SHORTEST_TEXT {
            return Err(CryptoError::ShortKey(text.len()));
        }
        Ok(RecoveryKey(hkdf(text.as_bytes(), SALT, b"secrets of users")?))
    }

    /// Seals the secret of a user.
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn seal(&self, user: i64, secret: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal::seal(&self.0, of_user(user).as_ref(), secret)
    }

    /// Opens what [`RecoveryKey::seal`] made for the same user.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] or [`CryptoError::UnknownFormat`].
    pub fn open(&self, user: i64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
        Ok(Zeroizing::new(seal::open(&self.0, of_user(user).as_ref(), sealed)?))
    }
}

fn of_user(user: i64) -> AssociatedData {
    AssociatedData::new("secret of a user for recovery").number(user)
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(..)")
    }
}
