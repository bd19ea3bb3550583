//! Identifiers, keys and secrets as text of letters and digits, every character equally likely.
//!
//! What is made here cannot be guessed; nothing here is ever derived from a time or a counter.

use zeroize::Zeroize;

use crate::{CryptoError, random};

const LETTERS_AND_DIGITS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The greatest multiple of 62 that a byte can hold: bytes from here on would favour the first letters.
const FAIR: u8 = 248;

/// A session's identifier: 32 characters, 190 random bits.
///
/// ```
/// assert_eq!(da_crypto::token::session_id()?.len(), 32);
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`].
pub fn session_id() -> Result<String, CryptoError> {
    alphanumeric(32)
}

/// An API key: 32 characters, 190 random bits.
///
/// ```
/// assert_eq!(da_crypto::token::api_key()?.len(), 32);
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`].
pub fn api_key() -> Result<String, CryptoError> {
    alphanumeric(32)
}

/// The secret of a session: 24 characters, 142 random bits.
///
/// ```
/// assert_eq!(da_crypto::token::secret()?.len(), 24);
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`].
pub fn secret() -> Result<String, CryptoError> {
    alphanumeric(24)
}

/// A password for a first account: 20 characters, 119 random bits.
///
/// ```
/// assert_eq!(da_crypto::token::password()?.len(), 20);
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`].
pub fn password() -> Result<String, CryptoError> {
    alphanumeric(20)
}

/// `length` random letters and digits.
///
/// ```
/// let text = da_crypto::token::alphanumeric(32)?;
/// assert_eq!(text.len(), 32);
/// assert!(text.chars().all(|c| c.is_ascii_alphanumeric()));
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// [`CryptoError::NoRandomness`].
pub fn alphanumeric(length: usize) -> Result<String, CryptoError> {
    alphanumeric_from(length, random::fill)
}

/// `length` letters and digits from a source of random bytes that the caller brings.
///
/// ```
/// let mut next = 0;
/// let text = da_crypto::token::alphanumeric_from(3, |bytes| {
///     bytes.fill_with(|| { next += 1; next });
///     Ok(())
/// })?;
/// assert_eq!(text, "BCD");
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
///
/// # Errors
/// Those of `fill`.
pub fn alphanumeric_from(
    length: usize,
    mut fill: impl FnMut(&mut [u8]) -> Result<(), CryptoError>,
) -> Result<String, CryptoError> {
    let mut text = String::with_capacity(length);
    let mut bytes = [0_u8; 64];
    while text.len() < length {
        fill(&mut bytes)?;
        let fair = bytes.iter().filter(|&&byte| byte < FAIR);
        text.extend(fair.map(|byte| char::from(LETTERS_AND_DIGITS[usize::from(byte % 62)])).take(length - text.len()));
    }
    bytes.zeroize();
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_equally_likely_over_all_bytes() {
        let mut bytes = (0..=u8::MAX).cycle();
        let text = alphanumeric_from(248, |to| {
            to.fill_with(|| bytes.next().unwrap());
            Ok(())
        })
        .unwrap();
        for character in LETTERS_AND_DIGITS.iter().map(|&byte| char::from(byte)) {
            assert_eq!(text.chars().filter(|&c| c == character).count(), 4, "{character}");
        }
    }

    #[test]
    fn the_kinds_of_token_have_their_lengths() {
        let lengths = [session_id(), api_key(), secret(), password()].map(|token| token.unwrap().len());
        assert_eq!(lengths, [32, 32, 24, 20]);
        assert_eq!(alphanumeric(0).unwrap(), "");
    }

    #[test]
    fn a_source_that_fails_gives_no_token() {
        assert_eq!(alphanumeric_from(8, |_| Err(CryptoError::NoRandomness)), Err(CryptoError::NoRandomness));
    }
}
