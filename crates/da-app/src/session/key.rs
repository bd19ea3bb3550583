//! Who holds the key of a session.
//!
//! The key is wrapped under the session's secret, and under that of everybody whom a link let in; while the interview says `multi_user`, also under the
//! server's key. A session that was open to the server gets a new key when it stops being so.

use da_core::SessionId;
use da_crypto::{ServerKey, SessionKey, WrappedKey};
use da_store::{Holder, Wrap};

use crate::{AppError, Fault};

/// Wraps a key for whoever brings `secret`.
pub(super) fn for_secret(key: &SessionKey, id: &SessionId, secret: &str) -> Result<Wrap, AppError> {
    Ok(Wrap { holder: Holder::Secret, key: key.wrap_for_secret(secret, id.as_str())?.to_bytes() })
}

/// Wraps a key for the server.
pub(super) fn for_server(key: &SessionKey, id: &SessionId, server: &ServerKey) -> Result<Wrap, AppError> {
    Ok(Wrap { holder: Holder::Server, key: key.wrap_for_server(server, id.as_str())?.to_bytes() })
}

/// The session's key: by the secret, or by the server's key where the session is open.
pub(crate) fn unwrap(
    wraps: &[Wrap],
    encrypted: bool,
    id: &SessionId,
    secret: Option<&str>,
    server: &ServerKey,
) -> Result<SessionKey, AppError> {
    let closed = || AppError::new(Fault::Sealed, "The session cannot be opened.");
    let holder = if encrypted { Holder::Secret } else { Holder::Server };
    let mut refused = closed();
    // Several people may each have a secret of their own.
    for wrap in wraps.iter().filter(|wrap| wrap.holder == holder) {
        // One that is damaged shuts nobody out but its holder.
        let opened = match (WrappedKey::from_bytes(&wrap.key), holder) {
            (Err(damaged), _) => Err(damaged),
            (Ok(wrapped), Holder::Secret) => {
                SessionKey::unwrap_with_secret(&wrapped, secret.ok_or_else(closed)?, id.as_str())
            }
            (Ok(wrapped), Holder::Server) => SessionKey::unwrap_with_server(&wrapped, server, id.as_str()),
        };
        match opened {
            Ok(key) => return Ok(key),
            Err(error) => refused = error.into(),
        }
    }
    Err(refused)
}
