//! What interviews keep beside their sessions.

use crate::place::{PATIENCE, Place, interview, new_session, now};
use da_core::SessionId;
use da_store::{KeptChange, KeptPlace, NewKept, StoreError};

fn place(scope: u8, name: u8) -> KeptPlace {
    KeptPlace { scope: [scope; 32], name: [name; 32] }
}

fn put(place: KeptPlace, session: Option<&SessionId>, sealed: &[u8]) -> KeptChange {
    KeptChange::Put(NewKept { place, session: session.cloned(), user: None, sealed: sealed.to_vec() })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_replaced_listed_in_the_order_of_its_coming_and_deleted() {
    for database in Place::all() {
        let store = database.store();
        let changes = vec![
            put(place(1, 2), None, b"first"),
            put(place(1, 1), None, b"second"),
            put(place(2, 1), None, b"elsewhere"),
            put(place(1, 2), None, b"first again"),
            put(place(1, 3), None, b"gone"),
            KeptChange::Delete(place(1, 3)),
            KeptChange::Delete(place(9, 9)),
        ];
        store.change_kept_values(changes, now()).await.unwrap();
        assert_eq!(store.kept_value(&place(1, 2)).unwrap().as_deref(), Some(&b"first again"[..]), "{database:?}");
        assert_eq!(store.kept_value(&place(1, 3)).unwrap(), None);
        assert_eq!(store.kept_values(&[1; 32]).unwrap(), [b"first again".to_vec(), b"second".to_vec()]);
        assert_eq!(store.kept_values(&[3; 32]).unwrap(), Vec::<Vec<u8>>::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_a_session_goes_with_it_and_comes_to_no_session_that_is_not_there() {
    for database in Place::all() {
        let store = database.store();
        let session = new_session(&store, "abc").await;
        let changes = vec![put(place(1, 1), Some(&session), b"of the session"), put(place(1, 2), None, b"of nobody")];
        store.change_kept_values(changes, now()).await.unwrap();
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        store.delete_session(&guard, &interview()).await.unwrap();
        assert_eq!(store.kept_values(&[1; 32]).unwrap(), [b"of nobody".to_vec()], "{database:?}");
        let nowhere = vec![put(place(1, 3), None, b"lost"), put(place(1, 4), Some(&session), b"lost")];
        let refused = store.change_kept_values(nowhere, now()).await;
        assert!(matches!(refused, Err(StoreError::Statement(_))), "{refused:?}");
        assert_eq!(store.kept_value(&place(1, 3)).unwrap(), None);
    }
}
