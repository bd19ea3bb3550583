//! [`Digest`]: SHA-256, for what others say about their files and for telling one content from another.
//!
//! It has no key: it never stands for something that only we may know.

use sha2::{Digest as _, Sha256};

/// A digest that grows with what it is given.
///
/// ```
/// use da_crypto::Digest;
/// let mut digest = Digest::default();
/// digest.push(b"a");
/// digest.push(b"bc");
/// assert_eq!(digest.to_hex(), Digest::of(b"abc").to_hex());
/// assert_eq!(digest.to_hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Digest(Sha256);

impl Digest {
    /// That of a whole content.
    pub fn of(bytes: &[u8]) -> Self {
        let mut digest = Digest::default();
        digest.push(bytes);
        digest
    }

    /// Adds a piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// What it is so far, in hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.clone().finalize().iter().fold(String::new(), |mut hex, byte| {
            for digit in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(u32::from(digit), 16).unwrap_or_default());
            }
            hex
        })
    }
}
