//! Letters that wait, attempts that are counted, and secrets that are recovered, each case on every database.
use crate::place::{PATIENCE, Place, append, new_session, now, password};
use chrono::TimeDelta;
use da_core::Profile;
use da_store::{Beside, NewUser, SaveStep, StoreError};

#[tokio::test]
async fn a_letter_is_kept_with_its_step_or_not_at_all() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        let step = |seen, letter: &[u8]| {
            let beside = Beside { letters: vec![letter.to_vec()], ..Beside::default() };
            SaveStep { beside, ..append(seen, b"two") }
        };
        store.save_step(&guard, step(1, b"kept")).await.unwrap();
        let late = store.save_step(&guard, step(1, b"lost")).await;
        assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
        let waits = store.letters_due(now(), 10).unwrap();
        assert_eq!(waits.iter().map(|letter| letter.sealed.as_slice()).collect::<Vec<_>>(), [b"kept"]);
        assert_eq!(store.letters_of(&[b"kept".to_vec(), b"lost".to_vec()]).unwrap(), waits);
    }
}

#[tokio::test]
async fn a_letter_is_tried_by_one_at_a_time_and_forgotten_when_it_is_sent() {
    for place in Place::all() {
        let store = &place.store();
        let letter = store.add_letters(vec![b"one".to_vec()], now()).await.unwrap().remove(0);
        let later = now() + TimeDelta::minutes(10);
        assert!(store.claim_letter(letter.id, 0, later).await.unwrap());
        assert!(!store.claim_letter(letter.id, 0, later).await.unwrap(), "somebody has it");
        assert_eq!(store.letters_due(now(), 10).unwrap(), []);
        // Whoever had it was killed: after a while it is somebody else's.
        assert_eq!(store.letters_due(later, 10).unwrap().len(), 1);
        assert!(store.claim_letter(letter.id, 1, later).await.unwrap());
        store.put_off_letter(letter.id, now()).await.unwrap();
        assert_eq!((store.letters_due(now(), 10).unwrap()[0].attempts, store.next_letter().unwrap()), (2, Some(now())));
        store.delete_letter(letter.id).await.unwrap();
        assert_eq!(store.next_letter().unwrap(), None);
    }
}

#[tokio::test]
async fn an_attempt_that_was_right_is_taken_back() {
    for place in Place::all() {
        let store = &place.store();
        let (hash, expires) = ([7; 32], now() + TimeDelta::minutes(15));
        for expected in [1, 2] {
            assert_eq!(store.add_attempt(hash, expires, now()).await.unwrap(), expected);
        }
        for _ in 0..3 {
            store.take_back_attempt(hash).await.unwrap();
        }
        assert_eq!(store.add_attempt(hash, expires, now()).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_secret_is_recovered_as_before_under_another_password_and_another_secret_is_not() {
    for place in Place::all() {
        let store = &place.store();
        let new = NewUser {
            email: "ann@example.com".to_owned(),
            password: Some(password("one")),
            privileges: Vec::new(),
            profile: Profile::default(),
            now: now(),
        };
        let user = store.add_user(new).await.unwrap();
        let set = async |locked: &[u8], same| {
            let kept = da_store::NewPassword {
                hash: "two".to_owned(),
                secret: Some((locked.to_vec(), same)),
                instead_of: None,
            };
            store.set_user(user, Profile::default(), Some(kept), now()).await.unwrap();
        };
        let copy = || {
            let secrets = store.user_secrets(user).unwrap();
            secrets.into_iter().find(|secret| secret.is_present).unwrap().recovery
        };
        store.set_secret_recovery(user, b"another".to_vec(), Some(b"copy".to_vec())).await.unwrap();
        assert_eq!(copy(), None, "another secret is there by now");
        store.set_secret_recovery(user, b"locked".to_vec(), Some(b"copy".to_vec())).await.unwrap();
        set(b"locked anew", true).await;
        assert_eq!(copy(), Some(b"copy".to_vec()));
        set(b"another", false).await;
        assert_eq!(copy(), None);
    }
}
