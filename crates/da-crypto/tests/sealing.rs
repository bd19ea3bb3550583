//! What is sealed opens as it was, and what was changed does not open: for any bytes, any bit.

use da_crypto::{AssociatedData, CryptoError, PasswordRule, ServerKey, SessionKey, WrapKind, WrappedKey};
use proptest::prelude::*;

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

/// A changed format byte names itself; any other change cannot be told from a wrong key.
fn refusal(sealed: &[u8], bit: usize) -> CryptoError {
    if bit < 8 { CryptoError::UnknownFormat(flipped(sealed, bit)[0]) } else { CryptoError::Tampered }
}

proptest! {
    #[test]
    fn a_step_opens_as_it_was_sealed(plain: Vec<u8>, place: Vec<u8>) {
        let key = SessionKey::generate().unwrap();
        let sealed = key.seal(&place, &plain).unwrap();
        prop_assert_eq!(key.open(&place, &sealed), Ok(plain));
        prop_assert_eq!(SessionKey::generate().unwrap().open(&place, &sealed), Err(CryptoError::Tampered));
    }

    #[test]
    fn a_flipped_bit_is_refused(plain: Vec<u8>, bit: prop::sample::Index) {
        let key = SessionKey::generate().unwrap();
        let sealed = key.seal(b"here", &plain).unwrap();
        let bit = bit.index(sealed.len() * 8);
        prop_assert_eq!(key.open(b"here", &flipped(&sealed, bit)), Err(refusal(&sealed, bit)));
    }

    #[test]
    fn arbitrary_bytes_are_refused_quietly(bytes: Vec<u8>) {
        prop_assert!(SessionKey::generate().unwrap().open(b"", &bytes).is_err());
        prop_assert!(ServerKey::generate().unwrap().open("cookie", &bytes).is_err());
        if let Ok(wrapped) = WrappedKey::from_bytes(&bytes) {
            prop_assert!(SessionKey::unwrap_with_secret(&wrapped, "secret", "session").is_err());
        }
    }

    #[test]
    fn what_the_server_seals_opens_for_its_purpose_alone(plain: Vec<u8>, bit: prop::sample::Index) {
        let server = ServerKey::generate().unwrap();
        let sealed = server.seal("cookie", &plain).unwrap();
        prop_assert_eq!(server.open("flash", &sealed), Err(CryptoError::Tampered));
        let bit = bit.index(sealed.len() * 8);
        prop_assert_eq!(server.open("cookie", &flipped(&sealed, bit)), Err(refusal(&sealed, bit)));
        prop_assert_eq!(server.open("cookie", &sealed), Ok(plain));
    }

    #[test]
    fn a_signature_holds_for_its_own_bytes_alone(bytes: Vec<u8>, bit in 0_usize..256) {
        let server = ServerKey::generate().unwrap();
        let tag = server.mac("csrf", &bytes);
        prop_assert_eq!(server.verify_mac("csrf", &bytes, &tag), Ok(()));
        prop_assert_eq!(server.verify_mac("csrf", &bytes, &flipped(&tag, bit)), Err(CryptoError::Tampered));
        prop_assert_eq!(server.verify_mac("csrf", &bytes, &tag[..31]), Err(CryptoError::Tampered));
        prop_assert_eq!(server.verify_mac("csr", &[b"f", &bytes[..]].concat(), &tag), Err(CryptoError::Tampered));
    }

    #[test]
    fn two_places_never_share_associated_data(one: (String, String, i64), other: (String, String, i64)) {
        let place = |(interview, session, step): &(String, String, i64)| {
            AssociatedData::of_step(interview, session, *step).into_bytes()
        };
        prop_assert_eq!(place(&one) == place(&other), one == other);
    }

    #[test]
    fn any_text_may_be_a_secret(secret: String, other: String) {
        let wrapped = SessionKey::generate().unwrap().wrap_for_secret(&secret, "session1").unwrap();
        prop_assert!(SessionKey::unwrap_with_secret(&wrapped, &secret, "session1").is_ok());
        prop_assert_eq!(SessionKey::unwrap_with_secret(&wrapped, &other, "session1").is_ok(), secret == other);
    }
}

#[test]
fn a_wrap_with_any_flipped_bit_is_refused() {
    let server = ServerKey::generate().unwrap();
    let key = SessionKey::generate().unwrap();
    for wrapped in
        [key.wrap_for_secret("secret", "session1").unwrap(), key.wrap_for_server(&server, "session1").unwrap()]
    {
        let bytes = wrapped.to_bytes();
        for bit in 0..bytes.len() * 8 {
            let opened = WrappedKey::from_bytes(&flipped(&bytes, bit)).and_then(|changed| match wrapped.kind() {
                WrapKind::Secret => SessionKey::unwrap_with_secret(&changed, "secret", "session1"),
                WrapKind::Server => SessionKey::unwrap_with_server(&changed, &server, "session1"),
            });
            assert!(opened.is_err(), "bit {bit}");
        }
    }
}

#[test]
fn a_wrap_opens_for_its_own_kind_and_session_alone() {
    let server = ServerKey::generate().unwrap();
    let key = SessionKey::generate().unwrap();
    let for_secret = key.wrap_for_secret("secret", "session1").unwrap();
    let for_server = key.wrap_for_server(&server, "session1").unwrap();
    let refused = |result: Result<SessionKey, CryptoError>| result.unwrap_err();
    assert_eq!(refused(SessionKey::unwrap_with_secret(&for_secret, "secret", "session2")), CryptoError::Tampered);
    assert_eq!(refused(SessionKey::unwrap_with_secret(&for_server, "secret", "session1")), CryptoError::WrongWrap);
    assert_eq!(refused(SessionKey::unwrap_with_server(&for_secret, &server, "session1")), CryptoError::WrongWrap);
    let other = ServerKey::generate().unwrap();
    assert_eq!(refused(SessionKey::unwrap_with_server(&for_server, &other, "session1")), CryptoError::Tampered);
    let mut bytes = for_secret.to_bytes();
    bytes[1] = 2;
    let posing = WrappedKey::from_bytes(&bytes).unwrap();
    assert_eq!(refused(SessionKey::unwrap_with_server(&posing, &server, "session1")), CryptoError::Tampered);
}

#[test]
fn the_servers_key_hides_itself_and_depends_on_its_text() {
    let one = ServerKey::from_text("the text of one key").unwrap();
    let two = ServerKey::from_text("the text of another").unwrap();
    assert_eq!(format!("{one:?}"), "ServerKey(..)");
    assert_eq!(one.check_value().len(), 32);
    assert_ne!(one.check_value(), two.check_value());
    assert_ne!(one.api_key_hash("key"), two.api_key_hash("key"));
    assert_eq!(one.api_key_hash("key"), ServerKey::from_text("the text of one key").unwrap().api_key_hash("key"));
    for text in ["", "fifteen bytes.."] {
        assert_eq!(ServerKey::from_text(text).unwrap_err(), CryptoError::ShortKey(text.len()));
    }
    assert_eq!(ServerKey::from_bytes(&[1; 31]).unwrap_err(), CryptoError::ShortKey(31));
}

#[test]
fn a_password_is_checked_with_the_rounds_it_was_stored_with() {
    let stored = PasswordRule::with_rounds(3).hash("password").unwrap();
    let rule = PasswordRule::with_rounds(7);
    assert!(stored.starts_with("pbkdf2-sha256$3$"), "{stored}");
    assert_eq!(rule.verify("password", &stored), Ok(true));
    assert_eq!(rule.verify("Password", &stored), Ok(false));
    assert!(rule.needs_rehash(&stored));
}

#[test]
fn messages_say_what_happened_and_nothing_else() {
    let texts = [CryptoError::Tampered, CryptoError::UnknownFormat(9), CryptoError::ShortKey(0)].map(|e| e.to_string());
    assert_eq!(
        texts,
        [
            "the sealed bytes were changed, or this is not the key that opens them",
            "the sealed bytes have format 9, which this version does not know",
            "a key of 0 bytes is too short",
        ]
    );
}
