//! A content that was sealed piece by piece opens as it was, however it was cut; what was changed, moved, cut off or
//! added to does not.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use da_crypto::{CryptoError, FileKey, FileOpener, FileSealer, sealed_length};
use proptest::prelude::*;

const HEAD: usize = 20;
const CHUNK: usize = 64 * 1024 + 16;

fn seal(key: &FileKey, content: &[u8], piece: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut sealer = FileSealer::begin(key, &mut out).unwrap();
    for piece in content.chunks(piece.max(1)) {
        sealer.push(piece, &mut out).unwrap();
    }
    sealer.finish(&mut out).unwrap();
    out
}

fn open(key: &FileKey, sealed: &[u8], piece: usize) -> Result<Vec<u8>, CryptoError> {
    let mut out = Vec::new();
    let mut opener = FileOpener::new(key);
    for piece in sealed.chunks(piece.max(1)) {
        opener.push(piece, &mut out)?;
    }
    opener.finish(&mut out).map(|()| out)
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_content_opens_as_it_was_however_it_is_cut(length in 0_usize..200_000, one in 1_usize..90_000, other in 1_usize..90_000) {
        let key = FileKey::generate().unwrap();
        let content = content(length);
        let sealed = seal(&key, &content, one);
        prop_assert_eq!(sealed.len() as u64, sealed_length(length as u64));
        prop_assert_eq!(open(&key, &sealed, other), Ok(content));
        prop_assert_eq!(open(&FileKey::generate().unwrap(), &sealed, other), Err(CryptoError::Tampered));
    }

    #[test]
    fn a_flipped_bit_is_refused(length in 0_usize..140_000, bit: prop::sample::Index) {
        let key = FileKey::generate().unwrap();
        let mut sealed = seal(&key, &content(length), 50_000);
        let bit = bit.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        let expected = if bit < 8 { CryptoError::UnknownFormat(sealed[0]) } else { CryptoError::Tampered };
        prop_assert_eq!(open(&key, &sealed, 9_000), Err(expected));
    }

    #[test]
    fn arbitrary_bytes_are_refused_quietly(bytes: Vec<u8>) {
        prop_assert!(open(&FileKey::generate().unwrap(), &bytes, 7).is_err());
    }
}

#[test]
fn lengths_around_a_chunk_are_whole() {
    let key = FileKey::generate().unwrap();
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073] {
        let sealed = seal(&key, &content(length), 65_536);
        assert_eq!(open(&key, &sealed, 65_552).unwrap(), content(length), "{length}");
    }
}

#[test]
fn chunks_cannot_be_moved_repeated_left_out_or_added() {
    let key = FileKey::generate().unwrap();
    let sealed = seal(&key, &content(64 * 1024 * 3 + 5), 65_536);
    let chunk = |number: usize| &sealed[HEAD + number * CHUNK..HEAD + (number + 1) * CHUNK];
    let (head, last) = (&sealed[..HEAD], &sealed[HEAD + 3 * CHUNK..]);
    let cases: [(&str, Vec<&[u8]>); 6] = [
        ("swapped", vec![head, chunk(1), chunk(0), chunk(2), last]),
        ("repeated", vec![head, chunk(0), chunk(0), chunk(1), chunk(2), last]),
        ("one less", vec![head, chunk(0), chunk(2), last]),
        ("no end", vec![head, chunk(0), chunk(1), chunk(2)]),
        ("ended early", vec![head, chunk(0), last]),
        ("something behind the end", vec![head, chunk(0), chunk(1), chunk(2), last, last]),
    ];
    for (name, parts) in cases {
        assert_eq!(open(&key, &parts.concat(), 4_096), Err(CryptoError::Tampered), "{name}");
    }
    for length in (0..sealed.len()).step_by(9_973) {
        assert_eq!(open(&key, &sealed[..length], 4_096), Err(CryptoError::Tampered), "{length}");
    }
}
