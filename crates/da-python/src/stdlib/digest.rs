//! The digests of `hashlib`.
//!
//! MD5 and SHA-1, which authors use for names of things, protect nothing: da-server itself never uses them here.

use blake2::digest::array::Array;
use blake2::digest::block_api::{Buffer, UpdateCore, VariableOutputCore};
use blake2::{Blake2bVarCore, Blake2sVarCore};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use sha3::digest::{ExtendableOutput, Update, XofReader};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};

/// The digest of this name.
pub(super) fn of(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match name {
        "md5" => Md5::digest(bytes).to_vec(),
        "sha1" => Sha1::digest(bytes).to_vec(),
        "sha224" => Sha224::digest(bytes).to_vec(),
        "sha256" => Sha256::digest(bytes).to_vec(),
        "sha384" => Sha384::digest(bytes).to_vec(),
        "sha512" => Sha512::digest(bytes).to_vec(),
        "sha3_224" => Sha3_224::digest(bytes).to_vec(),
        "sha3_256" => Sha3_256::digest(bytes).to_vec(),
        "sha3_384" => Sha3_384::digest(bytes).to_vec(),
        "sha3_512" => Sha3_512::digest(bytes).to_vec(),
        _ => return None,
    })
}

/// The digest of this name that is as long as one likes.
pub(super) fn of_size(name: &str, bytes: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut out = vec![0; size];
    match name {
        "shake_128" => Shake128::default().chain(bytes).finalize_xof().read(&mut out),
        "shake_256" => Shake256::default().chain(bytes).finalize_xof().read(&mut out),
        _ => return None,
    }
    Some(out)
}

/// What tells digests of BLAKE2 apart.
pub(super) struct Told<'a> {
    pub(super) size: usize,
    pub(super) key: &'a [u8],
    pub(super) salt: &'a [u8],
    pub(super) person: &'a [u8],
}

/// The digest of BLAKE2 of this name; nothing where one of its parts is too long for it.
pub(super) fn blake2(name: &str, bytes: &[u8], told: &Told<'_>) -> Option<Vec<u8>> {
    let fits = |most: usize, beside: usize| {
        let key = told.key.len() <= most;
        (1..=most).contains(&told.size) && key && told.salt.len() <= beside && told.person.len() <= beside
    };
    match name {
        "blake2b" if fits(64, 16) => Some(in_blocks(
            Blake2bVarCore::new_with_params(told.salt, told.person, told.key.len(), told.size),
            bytes,
            told,
        )),
        "blake2s" if fits(32, 8) => Some(in_blocks(
            Blake2sVarCore::new_with_params(told.salt, told.person, told.key.len(), told.size),
            bytes,
            told,
        )),
        _ => None,
    }
}

/// A key is a block of its own, before everything else.
fn in_blocks<C: UpdateCore + VariableOutputCore>(mut core: C, bytes: &[u8], told: &Told<'_>) -> Vec<u8> {
    let mut buffer = Buffer::<C>::default();
    if !told.key.is_empty() {
        let mut block = told.key.to_vec();
        block.resize(C::block_size(), 0);
        buffer.digest_blocks(&block, |blocks| core.update_blocks(blocks));
    }
    buffer.digest_blocks(bytes, |blocks| core.update_blocks(blocks));
    let mut out = Array::default();
    core.finalize_variable_core(&mut buffer, &mut out);
    out.iter().copied().take(told.size).collect()
}

#[cfg(test)]
mod tests {
    use super::{Told, blake2, of, of_size};

    fn hexadecimal(bytes: Vec<u8>) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

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
            ("sha3_256", "", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"),
        ] {
            assert_eq!(hexadecimal(of(name, text.as_bytes()).unwrap()), expected, "{name} {}", text.len());
        }
        assert!(of("nope", b"").is_none());
    }

    #[test]
    fn some_are_as_long_as_one_likes() {
        let long = of_size("shake_128", b"", 40).unwrap();
        assert_eq!(hexadecimal(long[..4].to_vec()), "7f9c2ba4");
        assert_eq!(long.len(), 40);
        let told = |size| Told { size, key: b"k", salt: b"", person: b"" };
        assert_eq!(blake2("blake2s", b"", &told(32)).unwrap().len(), 32);
        assert!(blake2("blake2s", b"", &told(33)).is_none());
    }
}
