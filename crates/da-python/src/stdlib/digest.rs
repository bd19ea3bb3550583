//! MD5 and SHA-1, which authors use for names of things, and the SHA-2 family.
//!
//! The first two protect nothing: da-server itself never uses them.

use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// The digest of this name.
pub(super) fn of(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match name {
        "md5" => md5(bytes).to_vec(),
        "sha1" => sha1(bytes).to_vec(),
        "sha224" => Sha224::digest(bytes).to_vec(),
        "sha256" => Sha256::digest(bytes).to_vec(),
        "sha384" => Sha384::digest(bytes).to_vec(),
        "sha512" => Sha512::digest(bytes).to_vec(),
        _ => return None,
    })
}

/// The bytes in blocks of 64, filled up with a one bit, zeros, and the length in bits.
fn blocks(bytes: &[u8], length: [u8; 8]) -> Vec<[u8; 64]> {
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend_from_slice(&length);
    padded.chunks_exact(64).filter_map(|block| block.try_into().ok()).collect()
}

fn words(block: &[u8; 64], read: fn([u8; 4]) -> u32) -> [u32; 16] {
    std::array::from_fn(|i| read([block[i * 4], block[i * 4 + 1], block[i * 4 + 2], block[i * 4 + 3]]))
}

/// RFC 1321
fn md5(bytes: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let length = (bytes.len() as u64).wrapping_mul(8).to_le_bytes();
    for block in blocks(bytes, length) {
        let words = words(&block, u32::from_le_bytes);
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64_usize {
            let (mixed, word) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            // The whole part of |sin(i + 1)| * 2^32.
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(constant).wrapping_add(words[word]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(TURNS[i / 16][i % 4]));
        }
        for (held, new) in state.iter_mut().zip([a, b, c, d]) {
            *held = held.wrapping_add(new);
        }
    }
    let mut out = [0; 16];
    for (place, word) in out.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    out
}

/// RFC 3174
fn sha1(bytes: &[u8]) -> [u8; 20] {
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let length = (bytes.len() as u64).wrapping_mul(8).to_be_bytes();
    for block in blocks(bytes, length) {
        let mut w = [0_u32; 80];
        w[..16].copy_from_slice(&words(&block, u32::from_be_bytes));
        for i in 16..80 {
            w[i] = (w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (i, word) in w.iter().enumerate() {
            let (mixed, constant) = match i / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc_u32),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let sum = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, sum);
        }
        for (held, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *held = held.wrapping_add(new);
        }
    }
    let mut out = [0; 20];
    for (place, word) in out.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn digests_are_those_of_the_standards() {
        let long = "a".repeat(119);
        for (name, text, expected) in [
            ("md5", "", "d41d8cd98f00b204e9800998ecf8427e"),
            ("md5", "message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("sha1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("md5", &long, "8a7bd0732ed6a28ce75f6dabc90e1613"),
            ("sha1", &long, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56"),
        ] {
            let found: String = of(name, text.as_bytes()).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, expected, "{name} {}", text.len());
        }
        assert!(of("nope", b"").is_none());
    }
}
