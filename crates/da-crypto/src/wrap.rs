//! A session's key, locked away for those who may open the session.
//!
//! Layout of a wrapped key: format (1 byte, always 1), kind (1 byte), sealed key. Kind and session are
//! authenticated, so a wrap can be moved neither to another session nor to another kind. The
//! secret itself is never stored.

use zeroize::Zeroizing;

use crate::derive::{Key32, hkdf};
use crate::{AssociatedData, CryptoError, ServerKey, SessionKey, seal};

const FORMAT: u8 = 1;
const SECRET_LABEL: &[u8] = b"da session key for secret 1";

/// Who opens a wrapped key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WrapKind {
    /// Whoever brings the session's secret.
    Secret,
    /// A server of this installation (`multi_user`, queued jobs).
    Server,
}

impl WrapKind {
    fn byte(self) -> u8 {
        match self {
            WrapKind::Secret => 1,
            WrapKind::Server => 2,
        }
    }

    fn from_byte(byte: u8) -> Result<Self, CryptoError> {
        match byte {
            1 => Ok(WrapKind::Secret),
            2 => Ok(WrapKind::Server),
            _ => Err(CryptoError::WrongWrap),
        }
    }

    fn place(self, session: &str) -> AssociatedData {
        AssociatedData::new("session key").number(i64::from(self.byte())).text(session)
    }
}

/// A session's key as it may be stored. See [`SessionKey::wrap_for_secret`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    kind: WrapKind,
    sealed: Vec<u8>,
}

impl WrappedKey {
    /// Who opens it.
    #[must_use]
    pub fn kind(&self) -> WrapKind {
        self.kind
    }

    /// The bytes to store.
    ///
    /// ```
    /// use da_crypto::{SessionKey, WrappedKey};
    /// let wrapped = SessionKey::generate()?.wrap_for_secret("a secret", "session1")?;
    /// assert_eq!(WrappedKey::from_bytes(&wrapped.to_bytes())?, wrapped);
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT, self.kind.byte()];
        bytes.extend_from_slice(&self.sealed);
        bytes
    }

    /// Takes stored bytes. Whether they are genuine shows when the key is unwrapped.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] for bytes that are too short, [`CryptoError::UnknownFormat`],
    /// [`CryptoError::WrongWrap`] for a kind that this version does not know.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CryptoError> {
        let [format, kind, sealed @ ..] = bytes else { return Err(CryptoError::Tampered) };
        if *format != FORMAT {
            return Err(CryptoError::UnknownFormat(*format));
        }
        Ok(WrappedKey { kind: WrapKind::from_byte(*kind)?, sealed: sealed.to_vec() })
    }
}

impl SessionKey {
    /// Wraps the key for whoever brings `secret`: under HKDF-SHA256 of the secret, salted with the
    /// session's identifier.
    ///
    /// The secret is not stretched: ours hold 128 random bits or more.
    ///
    /// ```
    /// use da_crypto::SessionKey;
    /// let key = SessionKey::generate()?;
    /// let wrapped = key.wrap_for_secret("a secret", "session1")?;
    /// let again = SessionKey::unwrap_with_secret(&wrapped, "a secret", "session1")?;
    /// assert_eq!(again.open(b"", &key.seal(b"", b"answers")?)?, b"answers");
    /// assert!(SessionKey::unwrap_with_secret(&wrapped, "another", "session1").is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn wrap_for_secret(&self, secret: &str, session: &str) -> Result<WrappedKey, CryptoError> {
        self.wrap(WrapKind::Secret, &secret_key(secret, session)?, session)
    }

    /// The key that was wrapped with [`SessionKey::wrap_for_secret`].
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] when the secret is not the right one or the bytes were changed,
    /// [`CryptoError::WrongWrap`] when the wrap is not one for a secret.
    pub fn unwrap_with_secret(wrapped: &WrappedKey, secret: &str, session: &str) -> Result<Self, CryptoError> {
        Self::unwrap(WrapKind::Secret, &secret_key(secret, session)?, wrapped, session)
    }

    /// Wraps the key under the server's key.
    ///
    /// ```
    /// use da_crypto::{ServerKey, SessionKey};
    /// let server = ServerKey::generate()?;
    /// let wrapped = SessionKey::generate()?.wrap_for_server(&server, "session1")?;
    /// assert!(SessionKey::unwrap_with_server(&wrapped, &server, "session1").is_ok());
    /// assert!(SessionKey::unwrap_with_server(&wrapped, &server, "session2").is_err());
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn wrap_for_server(&self, server: &ServerKey, session: &str) -> Result<WrappedKey, CryptoError> {
        self.wrap(WrapKind::Server, server.wrapping_key(), session)
    }

    /// The key that was wrapped with [`SessionKey::wrap_for_server`].
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] or [`CryptoError::WrongWrap`].
    pub fn unwrap_with_server(wrapped: &WrappedKey, server: &ServerKey, session: &str) -> Result<Self, CryptoError> {
        Self::unwrap(WrapKind::Server, server.wrapping_key(), wrapped, session)
    }

    fn wrap(&self, kind: WrapKind, under: &Key32, session: &str) -> Result<WrappedKey, CryptoError> {
        let sealed = seal::seal(under, kind.place(session).as_ref(), self.bytes())?;
        Ok(WrappedKey { kind, sealed })
    }

    fn unwrap(kind: WrapKind, under: &Key32, wrapped: &WrappedKey, session: &str) -> Result<Self, CryptoError> {
        if wrapped.kind != kind {
            return Err(CryptoError::WrongWrap);
        }
        let key = Zeroizing::new(seal::open(under, kind.place(session).as_ref(), &wrapped.sealed)?);
        SessionKey::from_bytes(&key)
    }
}

fn secret_key(secret: &str, session: &str) -> Result<Key32, CryptoError> {
    hkdf(secret.as_bytes(), session.as_bytes(), SECRET_LABEL)
}
