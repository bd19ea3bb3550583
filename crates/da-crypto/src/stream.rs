//! Sealing of contents that are too large for one piece: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over
//! XChaCha20-Poly1305.
//!
//! Layout: format (1 byte, always 1), prefix (19 random bytes), then chunks of 64 KiB, each with its tag (16 bytes).
//! The nonce of a chunk is the prefix, the chunk's number (4 bytes) and one byte that says whether it is the last one: a
//! chunk that was changed, moved, repeated or left out is refused, and so is an end that is missing or that something
//! follows. Every opened chunk is genuine, but only [`FileOpener::finish`] says that the content is whole.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};

use crate::{CryptoError, FileKey, random};

const FORMAT: u8 = 1;
const PREFIX: usize = 19;
const TAG: usize = 16;
const HEAD: usize = 1 + PREFIX;

/// Bytes of content in a chunk; the last one may have fewer.
const CHUNK: usize = 64 * 1024;
const SEALED_CHUNK: usize = CHUNK + TAG;

/// How many bytes a content of `length` bytes has when it is sealed.
///
/// ```
/// assert_eq!(da_crypto::sealed_length(0), 36);
/// assert_eq!(da_crypto::sealed_length(65_536), 20 + 65_536 + 16);
/// assert_eq!(da_crypto::sealed_length(65_537), 20 + 65_537 + 32);
/// ```
#[must_use]
pub fn sealed_length(length: u64) -> u64 {
    let chunks = length.div_ceil(CHUNK as u64).max(1);
    HEAD as u64 + length + chunks * TAG as u64
}

/// What sealing and opening have in common: the cipher and the place in the stream.
struct Place {
    cipher: XChaCha20Poly1305,
    prefix: [u8; PREFIX],
    next: u32,
}

impl Place {
    fn new(cipher: XChaCha20Poly1305, prefix: [u8; PREFIX]) -> Self {
        Place { cipher, prefix, next: 0 }
    }

    /// The nonce of the next chunk. It is given out once.
    fn nonce(&mut self, is_last: bool) -> Result<XNonce, CryptoError> {
        let mut nonce = [0; 24];
        nonce[..PREFIX].copy_from_slice(&self.prefix);
        nonce[PREFIX..23].copy_from_slice(&self.next.to_be_bytes());
        nonce[23] = u8::from(is_last);
        self.next = self.next.checked_add(1).ok_or(CryptoError::TooLong)?;
        Ok(XNonce::from(nonce))
    }
}

fn cipher(key: &FileKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key.bytes()).into())
}

/// Seals a content piece by piece.
///
/// ```
/// use da_crypto::{FileKey, FileOpener, FileSealer};
/// let key = FileKey::generate()?;
/// let mut sealed = Vec::new();
/// let mut sealer = FileSealer::begin(&key, &mut sealed)?;
/// sealer.push(b"a long ", &mut sealed)?;
/// sealer.push(b"content", &mut sealed)?;
/// sealer.finish(&mut sealed)?;
///
/// let mut plain = Vec::new();
/// let mut opener = FileOpener::new(&key);
/// opener.push(&sealed[..30], &mut plain)?;
/// opener.push(&sealed[30..], &mut plain)?;
/// opener.finish(&mut plain)?;
/// assert_eq!(plain, b"a long content");
/// # Ok::<(), da_crypto::CryptoError>(())
/// ```
pub struct FileSealer {
    place: Place,
    waiting: Vec<u8>,
}

impl FileSealer {
    /// Begins: writes the head. A key seals one content alone.
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn begin(key: &FileKey, out: &mut Vec<u8>) -> Result<Self, CryptoError> {
        let prefix: [u8; PREFIX] = random::random_bytes()?;
        out.push(FORMAT);
        out.extend_from_slice(&prefix);
        Ok(FileSealer { place: Place::new(cipher(key), prefix), waiting: Vec::new() })
    }

    /// Takes a piece of the content; what can be sealed by now is written to `out`.
    ///
    /// # Errors
    /// [`CryptoError::TooLong`] beyond 256 TiB.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), CryptoError> {
        let mut piece = piece;
        // A full chunk waits until it is known whether it is the last one.
        while self.waiting.len() + piece.len() > CHUNK {
            let (fills, rest) = piece.split_at(CHUNK - self.waiting.len());
            self.waiting.extend_from_slice(fills);
            self.seal(false, out)?;
            piece = rest;
        }
        self.waiting.extend_from_slice(piece);
        Ok(())
    }

    /// Ends the content.
    ///
    /// # Errors
    /// [`CryptoError::TooLong`] beyond 256 TiB.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), CryptoError> {
        self.seal(true, out)
    }

    fn seal(&mut self, is_last: bool, out: &mut Vec<u8>) -> Result<(), CryptoError> {
        let nonce = self.place.nonce(is_last)?;
        let tag = self
            .place
            .cipher
            .encrypt_inout_detached(&nonce, &[FORMAT], self.waiting.as_mut_slice().into())
            .map_err(|_| CryptoError::TooLong)?;
        out.extend_from_slice(&self.waiting);
        out.extend_from_slice(&tag);
        self.waiting.clear();
        Ok(())
    }
}

/// Opens piece by piece what a [`FileSealer`] made.
pub struct FileOpener {
    cipher: XChaCha20Poly1305,
    place: Option<Place>,
    waiting: Vec<u8>,
}

impl FileOpener {
    /// Begins.
    pub fn new(key: &FileKey) -> Self {
        FileOpener { cipher: cipher(key), place: None, waiting: Vec::new() }
    }

    /// Takes a piece of the sealed content; what can be opened by now is written to `out`.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`] or [`CryptoError::UnknownFormat`].
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), CryptoError> {
        self.waiting.extend_from_slice(piece);
        let mut at = 0;
        if self.place.is_none() {
            let Some(head) = self.waiting.first_chunk::<HEAD>() else { return Ok(()) };
            let [format, prefix @ ..] = *head;
            if format != FORMAT {
                return Err(CryptoError::UnknownFormat(format));
            }
            self.place = Some(Place::new(self.cipher.clone(), prefix));
            at = HEAD;
        }
        // What may be the last chunk waits for the end.
        while self.waiting.len() - at > SEALED_CHUNK {
            self.open(at..at + SEALED_CHUNK, false, out)?;
            at += SEALED_CHUNK;
        }
        self.waiting.drain(..at);
        Ok(())
    }

    /// Opens what is left, and makes sure that nothing is missing.
    ///
    /// # Errors
    /// [`CryptoError::Tampered`].
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), CryptoError> {
        let all = 0..self.waiting.len();
        self.open(all, true, out)
    }

    fn open(&mut self, range: std::ops::Range<usize>, is_last: bool, out: &mut Vec<u8>) -> Result<(), CryptoError> {
        let place = self.place.as_mut().ok_or(CryptoError::Tampered)?;
        let nonce = place.nonce(is_last)?;
        let (ciphertext, tag) = self.waiting[range].split_last_chunk::<TAG>().ok_or(CryptoError::Tampered)?;
        let start = out.len();
        out.extend_from_slice(ciphertext);
        let opened =
            place.cipher.decrypt_inout_detached(&nonce, &[FORMAT], (&mut out[start..]).into(), &Tag::from(*tag));
        opened.map_err(|_| {
            out.truncate(start);
            CryptoError::Tampered
        })
    }
}
