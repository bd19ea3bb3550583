//! Keys, sealing, derivation, passwords and tokens: bytes in, bytes out.
//!
//! This crate knows no database, no request and no interview. It never logs, never keeps a key
//! longer than its owner does, and never answers damaged input with a panic: what was changed is
//! refused with [`CryptoError::Tampered`].
//!
//! * [`SessionKey`] seals the steps of one session; a [`WrappedKey`] is that key, locked away for
//!   whoever brings the session's secret or holds the server's key.
//! * [`FileKey`] is the key of one file's content, which [`FileSealer`] and [`FileOpener`] seal and open piece by piece.
//! * [`ServerKey`] is the server's own: it hashes API keys, signs cookies and forms, and seals what
//!   only a server of this installation may read.
//! * [`PasswordRule`] hashes and checks passwords, and locks away what opens with a password alone.
//! * [`RecoveryKey`] opens the secrets of users whose passwords are forgotten, where an operator wants that.
//! * [`code`] seals what only whoever brings a code may read.
//! * [`Digest`] tells one content from another.
//! * [`TotpSeed`] makes and checks the codes of an authenticator.
//! * [`token`] makes identifiers, keys and secrets.
#![warn(missing_docs)]

mod associated;
pub mod code;
mod derive;
mod digest;
mod error;
mod file_key;
mod locked;
mod password;
mod random;
mod recovery_key;
mod seal;
mod server_key;
mod session_key;
mod stream;
pub mod token;
mod totp;
mod wrap;

pub use associated::AssociatedData;
pub use digest::Digest;
pub use error::CryptoError;
pub use file_key::FileKey;
pub use password::PasswordRule;
pub use random::random_bytes;
pub use recovery_key::RecoveryKey;
pub use server_key::ServerKey;
pub use session_key::SessionKey;
pub use stream::{FileOpener, FileSealer, sealed_length};
pub use totp::TotpSeed;
pub use wrap::{WrapKind, WrappedKey};
pub use zeroize::Zeroizing;
