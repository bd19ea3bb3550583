//! Names in code, hashed once.

use std::fmt;
use std::sync::Arc;

/// An identifier or a constant text, together with the hash that a `str` of the same text has.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    text: Arc<str>,
    hash: u64,
}

impl Name {
    /// Makes a name; the only place where its hash is computed.
    pub fn new(text: &str) -> Self {
        Name { text: Arc::from(text), hash: hash_text(text) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, shared.
    pub fn shared(&self) -> &Arc<str> {
        &self.text
    }

    /// The hash, equal to [`hash_text`] of the text.
    pub fn hash(&self) -> u64 {
        self.hash
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Name::new(text)
    }
}

/// The hash of a text. It is the same in every process, because the order of a set must be the same
/// when a session is read back elsewhere; what a script can do with colliding keys is bounded by
/// fuel.
pub fn hash_text(text: &str) -> u64 {
    const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(SEED);
    }
    let mut tail = [0; 8];
    tail[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    hash = (hash.rotate_left(5) ^ u64::from_le_bytes(tail)).wrapping_mul(SEED);
    hash = (hash.rotate_left(5) ^ text.len() as u64).wrapping_mul(SEED);
    // All bits depend on all: tables look at the lowest ones, in which short texts would differ little.
    hash = (hash ^ (hash >> 32)).wrapping_mul(SEED);
    hash ^ (hash >> 29)
}
