//! The key of one session.
//!
//! It never leaves this crate as bytes: others hold it, seal with it, or keep it wrapped.

use std::fmt;

use crate::derive::Key32;
use crate::{CryptoError, random, seal};

/// The random key under which the steps of one session are sealed. Wiped when dropped.
pub struct SessionKey(Key32);

impl SessionKey {
    /// A new random key.
    ///
    /// ```
    /// let key = da_crypto::SessionKey::generate()?;
    /// assert_eq!(format!("{key:?}"), "SessionKey(..)");
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        let mut key = Key32::default();
        random::fill(key.as_mut())?;
        Ok(SessionKey(key))
    }

    /// Seals `plain`, bound to `associated` (see [`AssociatedData::of_step`](crate::AssociatedData::of_step)):
    /// it opens with the same associated data alone.
    ///
    /// ```
    /// let key = da_crypto::SessionKey::generate()?;
    /// let sealed = key.seal(b"where it belongs", b"answers")?;
    /// assert_eq!(key.open(b"where it belongs", &sealed)?, b"answers");
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`], or [`CryptoError::TooLong`] beyond 256 GB.
    pub fn seal(&self, associated: impl AsRef<[u8]>, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal::seal(&self.0, associated.as_ref(), plain)
    }

    /// Opens what [`SessionKey::seal`] made.
    ///
    /// ```
    /// use da_crypto::{CryptoError, SessionKey};
    /// let key = SessionKey::generate()?;
    /// let mut sealed = key.seal(b"here", b"answers")?;
    /// sealed[30] ^= 1;
    /// assert_eq!(key.open(b"here", &sealed), Err(CryptoError::Tampered));
    /// # Ok::<(), CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] or [`CryptoError::UnknownFormat`].
    pub fn open(&self, associated: impl AsRef<[u8]>, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        seal::open(&self.0, associated.as_ref(), sealed)
    }

    /// The key itself, for wrapping.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key that a wrap held.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, CryptoError> {
        let mut key = Key32::default();
        key.as_mut_slice().copy_from_slice(bytes.first_chunk::<32>().ok_or(CryptoError::Tampered)?);
        if bytes.len() == 32 { Ok(SessionKey(key)) } else { Err(CryptoError::Tampered) }
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(..)")
    }
}
