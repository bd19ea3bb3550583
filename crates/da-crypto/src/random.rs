//! Random bytes from the operating system.
//!
//! The only source of randomness of this crate; nothing here is seeded or repeatable.

use crate::CryptoError;

/// `N` random bytes, fit for keys.
///
/// ```
/// let nonce: [u8; 24] = da_crypto::random_bytes()?;
/// assert_ne!(nonce, da_crypto::random_bytes()?);
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`] when the operating system has none to give.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], CryptoError> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// Fills `bytes` from the operating system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), CryptoError> {
    getrandom::fill(bytes).map_err(|_| CryptoError::NoRandomness)
}
