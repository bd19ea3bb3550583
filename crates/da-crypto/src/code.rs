//! What is kept behind a code: whoever brings the code opens it, and nobody else, the server included.
//!
//! A code is as good as a key: it is made at random (see [`token`](crate::token)), given out once, and never stored.

use crate::derive::{Key32, hkdf};
use crate::{CryptoError, seal};

const LABEL: &[u8] = b"da behind a code 1";

/// Seals `plain` for whoever brings `code`, for one purpose.
///
/// ```
/// let code = da_crypto::token::alphanumeric(32)?;
/// let sealed = da_crypto::code::seal(&code, "a link", b"where it leads")?;
/// assert_eq!(da_crypto::code::open(&code, "a link", &sealed)?, b"where it leads");
/// assert!(da_crypto::code::open(&code, "another purpose", &sealed).is_err());
/// assert!(da_crypto::code::open("another code", "a link", &sealed).is_err());
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`].
pub fn seal(code: &str, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    seal::seal(&key(code, purpose)?, purpose.as_bytes(), plain)
}

/// Opens what [`seal`](fn@seal) made.
///
/// # Errors
/// [`CryptoError::Tampered`] when the code or the purpose is another one, or the bytes were changed;
/// [`CryptoError::UnknownFormat`].
pub fn open(code: &str, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    seal::open(&key(code, purpose)?, purpose.as_bytes(), sealed)
}

fn key(code: &str, purpose: &str) -> Result<Key32, CryptoError> {
    hkdf(code.as_bytes(), purpose.as_bytes(), LABEL)
}
