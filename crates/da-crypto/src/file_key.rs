//! The key of one file's content.
//!
//! A content has a key of its own that seals nothing else: a file that is written again gets another one. Kept, it is
//! wrapped under the server's key and bound to its file, so that a wrap cannot be moved to another one.

use std::fmt;

use zeroize::Zeroizing;

use crate::derive::Key32;
use crate::{CryptoError, ServerKey, random, seal};

/// The random key under which one content is sealed (see [`FileSealer`](crate::FileSealer)). Wiped when dropped.
pub struct FileKey(Key32);

impl FileKey {
    /// A new random key.
    ///
    /// ```
    /// let key = da_crypto::FileKey::generate()?;
    /// assert_eq!(format!("{key:?}"), "FileKey(..)");
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        let mut key = Key32::default();
        random::fill(key.as_mut())?;
        Ok(FileKey(key))
    }

    /// The key as it may be stored beside its file, bound to what is known about that.
    ///
    /// ```
    /// use da_crypto::{AssociatedData, FileKey, ServerKey};
    /// let server = ServerKey::generate()?;
    /// let file = |number| AssociatedData::new("file").number(number);
    /// let wrapped = FileKey::generate()?.wrap_for_server(&server, file(7))?;
    /// assert!(FileKey::unwrap_with_server(&wrapped, &server, file(7)).is_ok());
    /// assert!(FileKey::unwrap_with_server(&wrapped, &server, file(8)).is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn wrap_for_server(&self, server: &ServerKey, file: impl AsRef<[u8]>) -> Result<Vec<u8>, CryptoError> {
        seal::seal(server.file_wrapping_key(), file.as_ref(), self.0.as_ref())
    }

    /// The key that was wrapped with [`FileKey::wrap_for_server`].
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] or [`CryptoError::UnknownFormat`].
    pub fn unwrap_with_server(wrapped: &[u8], server: &ServerKey, file: impl AsRef<[u8]>) -> Result<Self, CryptoError> {
        let bytes = Zeroizing::new(seal::open(server.file_wrapping_key(), file.as_ref(), wrapped)?);
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| CryptoError::Tampered)?;
        Ok(FileKey(Zeroizing::new(*bytes)))
    }

    pub(crate) fn bytes(&self) -> &Key32 {
        &self.0
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(..)")
    }
}
