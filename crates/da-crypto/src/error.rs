//! What can go wrong with keys and sealed bytes.
//!
//! An error never carries a key, a secret, a password or a piece of plaintext.

/// Why bytes could not be sealed, opened, derived or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// The bytes were changed, belong to another place, or were sealed under another key. The three
    /// cannot be told apart.
    #[error("the sealed bytes were changed, or this is not the key that opens them")]
    Tampered,
    /// The bytes say that they have a format which this version does not know.
    #[error("the sealed bytes have format {0}, which this version does not know")]
    UnknownFormat(u8),
    /// A wrapped key of one kind was brought where one of another kind belongs.
    #[error("the wrapped key is of another kind than the key that should open it")]
    WrongWrap,
    /// The text beside a password's hash is not one that this crate writes.
    #[error("the stored password hash is not in a known form")]
    BadPasswordHash,
    /// A key has the wrong length, or is empty.
    #[error("a key of {0} bytes is too short")]
    ShortKey(usize),
    /// More bytes than the cipher, or the derivation, allows.
    #[error("too many bytes to seal or to derive at once")]
    TooLong,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    NoRandomness,
}
