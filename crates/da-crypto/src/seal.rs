//! Authenticated encryption: XChaCha20-Poly1305 with a random nonce.
//!
//! Layout of sealed bytes: format (1 byte, always 1), nonce (24 bytes), ciphertext, tag (16 bytes).
//! The format is part of what is authenticated. A nonce is never chosen by a caller.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};

use crate::derive::Key32;
use crate::{CryptoError, random};

const FORMAT: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;
const HEAD: usize = 1 + NONCE;

/// How many bytes sealing adds.
#[cfg(test)]
pub(crate) const OVERHEAD: usize = HEAD + TAG;

/// Seals `plain` under `key`, bound to `associated`.
pub(crate) fn seal(key: &Key32, associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let nonce: [u8; NONCE] = random::random_bytes()?;
    seal_with(key, nonce, associated, plain)
}

fn seal_with(key: &Key32, nonce: [u8; NONCE], associated: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let mut sealed = Vec::with_capacity(HEAD + plain.len() + TAG);
    sealed.push(FORMAT);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    let tag = XChaCha20Poly1305::new((&**key).into())
        .encrypt_inout_detached(&XNonce::from(nonce), &bound(associated), (&mut sealed[HEAD..]).into())
        .map_err(|_| CryptoError::TooLong)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// Opens what [`seal`] made, in the same place and under the same key alone.
pub(crate) fn open(key: &Key32, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let (format, rest) = sealed.split_first().ok_or(CryptoError::Tampered)?;
    if *format != FORMAT {
        return Err(CryptoError::UnknownFormat(*format));
    }
    let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(CryptoError::Tampered)?;
    let (ciphertext, tag) = rest.split_last_chunk::<TAG>().ok_or(CryptoError::Tampered)?;
    let mut plain = ciphertext.to_vec();
    XChaCha20Poly1305::new((&**key).into())
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            &bound(associated),
            plain.as_mut_slice().into(),
            &Tag::from(*tag),
        )
        .map_err(|_| CryptoError::Tampered)?;
    Ok(plain)
}

/// The associated data with the format in front of it.
fn bound(associated: &[u8]) -> Vec<u8> {
    let mut bound = Vec::with_capacity(1 + associated.len());
    bound.push(FORMAT);
    bound.extend_from_slice(associated);
    bound
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cipher itself gives what draft-irtf-cfrg-xchacha-03, A.3.1 prints.
    #[test]
    fn the_cipher_agrees_with_the_published_vector() {
        let key: [u8; 32] = std::array::from_fn(|at| 0x80 + u8::try_from(at).unwrap());
        let nonce: [u8; 24] = std::array::from_fn(|at| 0x40 + u8::try_from(at).unwrap());
        let associated = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let mut text = *b"Ladies and Gentlemen of the class of '99: If I could offer you \
            only one tip for the future, sunscreen would be it.";
        let tag = XChaCha20Poly1305::new(&key.into())
            .encrypt_inout_detached(&XNonce::from(nonce), &associated, text.as_mut_slice().into())
            .unwrap();
        assert_eq!(text[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        assert_eq!(
            tag[..],
            [0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a, 0xcf, 0x49]
        );
    }

    #[test]
    fn sealing_adds_a_format_a_nonce_and_a_tag() {
        let sealed = seal_with(&Key32::default(), [7; 24], b"", b"plain").unwrap();
        assert_eq!(sealed.len(), OVERHEAD + 5);
        assert_eq!(sealed[0], 1);
        assert_eq!(sealed[1..25], [7; 24]);
    }

    #[test]
    fn a_newer_format_is_refused_by_its_number() {
        let mut sealed = seal(&Key32::default(), b"", b"plain").unwrap();
        sealed[0] = 2;
        assert_eq!(open(&Key32::default(), b"", &sealed), Err(CryptoError::UnknownFormat(2)));
    }

    #[test]
    fn every_shorter_piece_is_refused() {
        let sealed = seal(&Key32::default(), b"", b"plain").unwrap();
        for length in 0..sealed.len() {
            assert_eq!(open(&Key32::default(), b"", &sealed[..length]), Err(CryptoError::Tampered), "{length}");
        }
    }
}
