//! Sealed bytes that somebody else wrote: refused, by every key and for every use.

use std::sync::LazyLock;

use da_crypto::{ServerKey, SessionKey, WrappedKey};

static KEYS: LazyLock<(SessionKey, ServerKey)> =
    LazyLock::new(|| (SessionKey::generate().unwrap(), ServerKey::from_text("the key of every run").unwrap()));

pub(super) fn run(bytes: &[u8]) {
    let (session, server) = &*KEYS;
    assert!(session.open(b"", bytes).is_err(), "the session's key opened what it did not seal");
    assert!(server.open("cookie", bytes).is_err(), "the server's key opened what it did not seal");
    assert!(server.verify_mac("form", b"text", bytes).is_err(), "the server's key vouched for what it did not sign");
    if let Ok(wrapped) = WrappedKey::from_bytes(bytes) {
        assert_eq!(wrapped.to_bytes(), bytes, "a wrap is not written as it was read");
        assert!(SessionKey::unwrap_with_secret(&wrapped, "secret", "session").is_err());
        assert!(SessionKey::unwrap_with_server(&wrapped, server, "session").is_err());
    }
    // What was sealed and then changed is refused too.
    let mut changed = session.seal(b"", b"answers").unwrap();
    let length = changed.len();
    let mut differs = false;
    for (at, byte) in bytes.iter().enumerate().take(length) {
        differs |= *byte != 0;
        changed[at] ^= byte;
    }
    assert!(!differs || session.open(b"", &changed).is_err(), "changed bytes were opened");
}
