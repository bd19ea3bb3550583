//! The data of a `str`.

use crate::code::{Name, hash_text};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The text of a `str`, with its hash and its length in code points.
///
/// Lone surrogates cannot be held: what would make one is a `UnicodeError`.
#[derive(Debug)]
pub struct Str {
    text: Arc<str>,
    /// 0 until somebody asked: most texts are never looked up.
    hash: AtomicU64,
    chars: u32,
}

impl Str {
    /// Takes a text. The caller has made sure that it is shorter than 4 GiB (the heap's limit does).
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Str { hash: AtomicU64::new(0), chars: bytecount_chars(&text), text }
    }

    /// The text.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, shared.
    pub fn shared(&self) -> &Arc<str> {
        &self.text
    }

    /// Its hash, equal to [`hash_text`].
    #[inline]
    pub fn hash(&self) -> u64 {
        match self.hash.load(Ordering::Relaxed) {
            0 => {
                let hash = hash_text(&self.text);
                self.hash.store(hash, Ordering::Relaxed);
                hash
            }
            hash => hash,
        }
    }

    /// Whether somebody asked for its hash already.
    pub fn is_hashed(&self) -> bool {
        self.hash.load(Ordering::Relaxed) != 0
    }

    /// Its length in code points.
    pub fn len(&self) -> usize {
        self.chars as usize
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether an index in code points is an index in bytes.
    pub fn is_ascii(&self) -> bool {
        self.chars as usize == self.text.len()
    }
}

impl Clone for Str {
    fn clone(&self) -> Self {
        let hash = AtomicU64::new(self.hash.load(Ordering::Relaxed));
        Str { text: Arc::clone(&self.text), hash, chars: self.chars }
    }
}

impl From<&Name> for Str {
    fn from(name: &Name) -> Self {
        let (text, hash) = (Arc::clone(name.shared()), AtomicU64::new(name.hash()));
        Str { chars: bytecount_chars(&text), hash, text }
    }
}

fn bytecount_chars(text: &str) -> u32 {
    let count = if text.is_ascii() { text.len() } else { text.chars().count() };
    u32::try_from(count).unwrap_or(u32::MAX)
}
