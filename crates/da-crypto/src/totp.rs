//! Codes of an authenticator: time-based one-time passwords (RFC 6238), with HMAC-SHA1, six digits and thirty seconds,
//! which is what every authenticator knows.
//!
//! A code is compared in constant time, and a seed is wiped when it is dropped.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::derive::same;
use crate::{CryptoError, random};

/// Bytes of a seed: as many as the hash has.
const BYTES: usize = 20;

/// Seconds of a step.
const STEP: i64 = 30;

/// So many steps before and after the present one count: clocks differ.
const TOLERANCE: i64 = 1;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The seed that a server shares with an authenticator.
pub struct TotpSeed(Zeroizing<[u8; BYTES]>);

impl TotpSeed {
    /// A new random seed.
    ///
    /// ```
    /// let seed = da_crypto::TotpSeed::generate()?;
    /// assert_eq!(seed.to_base32().len(), 32);
    /// assert_eq!(format!("{seed:?}"), "TotpSeed(..)");
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        let mut seed = Zeroizing::new([0; BYTES]);
        random::fill(seed.as_mut())?;
        Ok(TotpSeed(seed))
    }

    /// The seed of bytes that were kept.
    ///
    /// # Errors
    /// [`CryptoError::ShortKey`] for anything but 20 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CryptoError> {
        let seed: &[u8; BYTES] = bytes.try_into().map_err(|_| CryptoError::ShortKey(bytes.len()))?;
        Ok(TotpSeed(Zeroizing::new(*seed)))
    }

    /// The bytes, to be sealed and kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_ref()
    }

    /// The seed as a person types it into an authenticator: 32 letters and digits.
    #[must_use]
    pub fn to_base32(&self) -> String {
        let mut text = String::new();
        for five in self.0.chunks(5) {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            text.extend((0..8).rev().map(|place| char::from(BASE32[(bits >> (place * 5) & 31) as usize])));
        }
        text
    }

    /// The step whose code this is, at so many seconds since 1970: the present one or one beside it. Whoever checks
    /// remembers it, and takes no code of that step or an earlier one again.
    ///
    /// ```
    /// let seed = da_crypto::TotpSeed::from_bytes(b"12345678901234567890")?;
    /// assert_eq!(seed.step_of("287082", 59), Some(1));
    /// assert_eq!(seed.step_of("287082", 59 + 60), None);
    /// # Ok::<(), da_crypto::CryptoError>(())
    /// ```
    #[must_use]
    pub fn step_of(&self, code: &str, seconds: i64) -> Option<i64> {
        let present = seconds.div_euclid(STEP);
        let mut found = None;
        // Every step is looked at, whichever fits.
        for step in present - TOLERANCE..=present + TOLERANCE {
            if same(self.code(step).as_bytes(), code.as_bytes()) {
                found = Some(step);
            }
        }
        found
    }

    /// The code of a step: six digits.
    #[must_use]
    pub fn code(&self, step: i64) -> String {
        // A key of one block, padded with zeros as the standard pads a shorter one.
        let mut block = Zeroizing::new([0_u8; 64]);
        block[..BYTES].copy_from_slice(self.0.as_ref());
        let mut hmac = Hmac::<Sha1>::new((&*block).into());
        hmac.update(&step.to_be_bytes());
        let hash: [u8; 20] = hmac.finalize().into_bytes().into();
        let at = usize::from(hash[19] & 15);
        let four = hash[at..at + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
    }
}

impl fmt::Debug for TotpSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSeed(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890").unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(seed.code(seconds / 30), code);
            assert_eq!(seed.step_of(code, seconds), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_counts_one_step_early_and_late_and_nothing_else_counts() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890").unwrap();
        let code = seed.code(1000);
        for (step, fits) in [(998, false), (999, true), (1000, true), (1001, true), (1002, false)] {
            assert_eq!(seed.step_of(&code, step * 30).is_some(), fits, "{step}");
        }
        for other in ["", "00000", "0000000", "abcdef"] {
            assert_eq!(seed.step_of(other, 30_000), None, "{other}");
        }
    }

    #[test]
    fn a_seed_is_written_as_rfc_4648_says() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890").unwrap();
        assert_eq!(seed.to_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(TotpSeed::from_bytes(b"short").is_err());
    }
}
