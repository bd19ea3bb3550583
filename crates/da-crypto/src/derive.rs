//! Keys from keys: HKDF-SHA256 (RFC 5869) and HMAC-SHA256 (RFC 2104).
//!
//! Every derivation carries a label of its own; two uses never share a derived key.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::CryptoError;

/// A key of 32 bytes that is wiped when it is dropped.
pub(crate) type Key32 = Zeroizing<[u8; 32]>;

/// HKDF: extract with `salt`, expand with `label`.
pub(crate) fn hkdf(material: &[u8], salt: &[u8], label: &[u8]) -> Result<Key32, CryptoError> {
    let mut key = Key32::default();
    Hkdf::<Sha256>::new(Some(salt), material).expand(label, key.as_mut()).map_err(|_| CryptoError::TooLong)?;
    Ok(key)
}

/// HMAC under a derived key.
pub(crate) fn mac(key: &Key32, message: &[u8]) -> [u8; 32] {
    // A key of one block, padded with zeros as the standard pads a shorter one.
    let mut block = Zeroizing::new([0_u8; 64]);
    block[..32].copy_from_slice(key.as_ref());
    let mut hmac = Hmac::<Sha256>::new((&*block).into());
    hmac.update(message);
    hmac.finalize().into_bytes().into()
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn hkdf_gives_the_first_32_bytes_of_rfc_5869_test_case_1() {
        let key = hkdf(&[0x0b; 22], &bytes("000102030405060708090a0b0c"), &bytes("f0f1f2f3f4f5f6f7f8f9")).unwrap();
        assert_eq!(key.to_vec(), bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    #[test]
    fn mac_of_a_padded_key_is_that_of_rfc_4231_test_case_1() {
        let mut key = Key32::default();
        key[..20].copy_from_slice(&[0x0b; 20]);
        assert_eq!(
            mac(&key, b"Hi There").to_vec(),
            bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        );
    }
}
