//! What interviews keep beside their sessions.

use crate::place::{PATIENCE, Place, append, interview, new_session, now};
use chrono::TimeDelta;
use da_core::SessionId;
use da_store::{
    Beside, KeptAmount, KeptChange, KeptChanges, KeptPlace, KeptQuota, NewKept, SaveStep, Store, StoreError, Subject,
};

fn place(scope: u8, name: u8) -> KeptPlace {
    KeptPlace { scope: [scope; 32], name: [name; 32] }
}

fn new(place: KeptPlace, sealed: &[u8]) -> NewKept {
    NewKept {
        place,
        owner: [7; 32],
        session: None,
        user: None,
        sealed_name: vec![place.name[0]],
        sealed: sealed.to_vec(),
        expires: None,
    }
}

fn put(place: KeptPlace, sealed: &[u8]) -> KeptChange {
    KeptChange::Put(new(place, sealed))
}

fn kept(changes: Vec<KeptChange>) -> Beside {
    Beside { kept: KeptChanges { changes, quota: KeptQuota::default() }, ..Beside::default() }
}

async fn keep(store: &Store, session: &SessionId, beside: Beside) -> Result<(), StoreError> {
    let guard = store.lock(session, PATIENCE).await.unwrap();
    store.save_beside(&guard, beside, now()).await
}

fn value(store: &Store, place: KeptPlace) -> Option<Vec<u8>> {
    store.kept_value(&place, now()).unwrap()
}

fn values(store: &Store, scope: u8) -> Vec<Vec<u8>> {
    store.kept_values(&[scope; 32], 0, now()).unwrap().into_iter().map(|row| row.sealed).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_replaced_listed_in_the_order_of_its_coming_and_deleted() {
    for database in Place::all() {
        let store = &database.store();
        let session = new_session(store, "abc").await;
        let changes = vec![
            put(place(1, 2), b"first"),
            put(place(1, 1), b"second"),
            put(place(2, 1), b"elsewhere"),
            put(place(1, 2), b"first again"),
            put(place(1, 3), b"gone"),
            KeptChange::Delete(place(1, 3)),
            KeptChange::Delete(place(9, 9)),
        ];
        keep(store, &session, kept(changes)).await.unwrap();
        assert_eq!(value(store, place(1, 2)).as_deref(), Some(&b"first again"[..]), "{database:?}");
        assert_eq!(value(store, place(1, 3)), None);
        assert_eq!(values(store, 1), [b"first again".to_vec(), b"second".to_vec()]);
        assert_eq!(values(store, 3), Vec::<Vec<u8>>::new());
        let names = store.kept_names(&[1; 32], 0, now()).unwrap();
        assert_eq!(names.iter().map(|row| row.sealed_name.as_slice()).collect::<Vec<_>>(), [[2], [1]]);
        assert_eq!(store.kept_names(&[1; 32], names[0].id, now()).unwrap(), names[1..]);
        assert_eq!(store.kept_in_scope(&[1; 32]).unwrap(), KeptAmount { values: 2, bytes: 12 + 7 });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_are_kept_in_the_transaction_of_their_step_or_not_at_all() {
    for database in Place::all() {
        let store = &database.store();
        let session = new_session(store, "abc").await;
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        let late = SaveStep { beside: kept(vec![put(place(1, 1), b"late")]), ..append(2, b"two") };
        assert!(matches!(store.save_step(&guard, late).await, Err(StoreError::Conflict(Subject::Step))));
        assert_eq!(value(store, place(1, 1)), None, "{database:?}");
        let in_time = SaveStep { beside: kept(vec![put(place(1, 1), b"in time")]), ..append(1, b"two") };
        store.save_step(&guard, in_time).await.unwrap();
        assert_eq!(value(store, place(1, 1)), Some(b"in time".to_vec()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_a_session_goes_with_it_and_comes_to_no_session_that_is_not_there() {
    for database in Place::all() {
        let store = &database.store();
        let (session, other) = (new_session(store, "abc").await, new_session(store, "def").await);
        let of_session =
            |place| KeptChange::Put(NewKept { session: Some(session.clone()), ..new(place, b"of the session") });
        let changes = vec![of_session(place(1, 1)), put(place(1, 2), b"of nobody")];
        keep(store, &session, kept(changes)).await.unwrap();
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        store.delete_session(&guard, &interview()).await.unwrap();
        drop(guard);
        assert_eq!(values(store, 1), [b"of nobody".to_vec()], "{database:?}");
        let nowhere = kept(vec![put(place(1, 3), b"lost"), of_session(place(1, 4))]);
        let refused = keep(store, &other, nowhere).await;
        assert!(matches!(refused, Err(StoreError::Statement(_))), "{refused:?}");
        assert_eq!(value(store, place(1, 3)), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_goes_with_the_session_that_it_was_kept_for_last() {
    for database in Place::all() {
        let store = &database.store();
        let session = new_session(store, "abc").await;
        let of_session = |name| {
            let put = NewKept { session: Some(session.clone()), ..new(place(1, name), b"of the session") };
            KeptChange::Put(put)
        };
        keep(store, &session, kept(vec![of_session(1), put(place(1, 2), b"of nobody")])).await.unwrap();
        keep(store, &session, kept(vec![put(place(1, 1), b"of nobody now"), of_session(2)])).await.unwrap();
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        store.delete_session(&guard, &interview()).await.unwrap();
        assert_eq!(values(store, 1), [b"of nobody now".to_vec()], "{database:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_keeps_more_than_there_is_room_for() {
    for database in Place::all() {
        let store = &database.store();
        let session = &new_session(store, "abc").await;
        let quota =
            KeptQuota { scope: KeptAmount { values: 2, bytes: 100 }, owner: KeptAmount { values: 3, bytes: 150 } };
        let keep = async |changes| {
            keep(store, session, Beside { kept: KeptChanges { changes, quota }, ..Beside::default() }).await
        };
        keep(vec![put(place(1, 1), &[0; 40]), put(place(1, 2), &[0; 40])]).await.unwrap();
        let full = |kept: Result<(), StoreError>| matches!(kept, Err(StoreError::Full(Subject::KeptValue)));
        assert!(full(keep(vec![put(place(1, 3), b"one value too many")]).await), "{database:?}");
        assert!(full(keep(vec![put(place(1, 2), &[0; 60])]).await), "more bytes than a scope may have");
        assert_eq!(store.kept_in_scope(&[1; 32]).unwrap(), KeptAmount { values: 2, bytes: 82 });
        keep(vec![put(place(2, 1), &[0; 40])]).await.unwrap();
        assert!(full(keep(vec![put(place(3, 1), b"one value too many of one owner")]).await));
        keep(vec![KeptChange::Delete(place(1, 1)), put(place(3, 1), &[0; 40])]).await.unwrap();
        let others = KeptChange::Put(NewKept { owner: [8; 32], ..new(place(3, 2), b"of another") });
        keep(vec![others]).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_come_in_portions_that_are_no_larger_than_they_must_be() {
    for database in Place::all() {
        let store = &database.store();
        let session = new_session(store, "abc").await;
        let large = vec![1; 3 << 20];
        let changes = (0..4).map(|name| put(place(1, name), &large)).collect();
        keep(store, &session, kept(changes)).await.unwrap();
        let changes = (10..130).map(|name| put(place(1, name), b"small")).collect();
        keep(store, &session, kept(changes)).await.unwrap();
        let (mut sizes, mut after) = (Vec::new(), 0);
        loop {
            let portion = store.kept_values(&[1; 32], after, now()).unwrap();
            let Some(last) = portion.last() else { break };
            after = last.id;
            sizes.push(portion.len());
        }
        assert_eq!(sizes, [1, 1, 1, 100, 21], "{database:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_expired_is_not_there_and_goes_in_batches() {
    for database in Place::all() {
        let store = &database.store();
        let session = new_session(store, "abc").await;
        let until = |name, seconds| {
            let expires = Some(now() + TimeDelta::seconds(seconds));
            KeptChange::Put(NewKept { expires, ..new(place(1, name), b"for a while") })
        };
        let many = (0..=255).map(|name| until(name, 0)).collect();
        keep(store, &session, kept(many)).await.unwrap();
        let more =
            (0..=255).map(|name| KeptChange::Put(NewKept { expires: Some(now()), ..new(place(2, name), b"old") }));
        keep(store, &session, kept(more.chain([until(1, 1), put(place(1, 2), b"for good")]).collect())).await.unwrap();
        assert_eq!(values(store, 1), [b"for a while".to_vec(), b"for good".to_vec()], "{database:?}");
        assert_eq!(value(store, place(1, 3)), None);
        assert_eq!(store.kept_facts(&place(1, 3), now()).unwrap(), Some((12, false)));
        let mut batches = Vec::new();
        while batches.last() != Some(&0) {
            batches.push(store.expire_kept_values(now()).await.unwrap());
        }
        assert_eq!(batches, [500, 10, 0]);
        assert_eq!(store.kept_in_scope(&[1; 32]).unwrap().values, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sessions_that_keep_the_same_new_names_at_once_lose_nothing() {
    for database in Place::all() {
        let store = std::sync::Arc::new(database.store());
        for round in 0..20 {
            let mut writing = Vec::new();
            for writer in 0..4_u8 {
                let session = new_session(&store, &format!("s{round}of{writer}")).await;
                let store = std::sync::Arc::clone(&store);
                writing.push(tokio::spawn(async move {
                    // Half of them in the other order, each with something that nobody else puts.
                    let mut changes: Vec<_> = (0..20).map(|name| put(place(round, name), &[writer])).collect();
                    if writer % 2 == 0 {
                        changes.reverse();
                    }
                    changes.push(put(place(round, 100 + writer), b"own"));
                    let guard = store.lock(&session, PATIENCE).await.unwrap();
                    store.save_step(&guard, SaveStep { beside: kept(changes), ..append(1, b"two") }).await
                }));
            }
            for writing in writing {
                writing.await.unwrap().unwrap();
            }
            let all = values(&store, round);
            assert_eq!(all.len(), 24, "{database:?}");
            // All common names are of whoever came last.
            let mut common: Vec<_> = all.iter().filter(|value| *value != b"own").collect();
            common.dedup();
            assert_eq!(common.len(), 1, "{all:?}");
            assert_eq!(all.iter().filter(|value| *value == b"own").count(), 4);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sessions_of_one_owner_that_keep_at_once_keep_no_more_than_the_owner_may() {
    const VALUES: u8 = 30;
    for database in Place::all() {
        let store = std::sync::Arc::new(database.store());
        for round in 0..10 {
            let mut writing = Vec::new();
            for writer in 0..4_u8 {
                let session = new_session(&store, &format!("s{round}of{writer}")).await;
                let store = std::sync::Arc::clone(&store);
                writing.push(tokio::spawn(async move {
                    let of_owner =
                        |name| NewKept { owner: [round; 32], ..new(place(round * 4 + writer, name), b"own") };
                    let changes = (0..VALUES).map(|name| KeptChange::Put(of_owner(name))).collect();
                    let owner = KeptAmount { values: i64::from(VALUES), bytes: 1 << 20 };
                    let kept = KeptChanges { changes, quota: KeptQuota { owner, ..KeptQuota::default() } };
                    let guard = store.lock(&session, PATIENCE).await.unwrap();
                    let beside = Beside { kept, ..Beside::default() };
                    store.save_step(&guard, SaveStep { beside, ..append(1, b"two") }).await
                }));
            }
            let mut kept = 0;
            for writing in writing {
                match writing.await.unwrap() {
                    Ok(_) => kept += 1,
                    Err(full) => assert!(matches!(full, StoreError::Full(Subject::KeptValue)), "{full:?}"),
                }
            }
            assert_eq!(kept, 1, "{database:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_portion_is_of_one_moment_whatever_is_changed_meanwhile() {
    for database in Place::all() {
        let store = std::sync::Arc::new(database.store());
        let session = new_session(&store, "abc").await;
        // All rows go and come again in one transaction: at no moment is there none.
        let again = || {
            let anew = |name| [KeptChange::Delete(place(1, name)), put(place(1, name), b"there")];
            kept((0..3).flat_map(anew).collect())
        };
        keep(&store, &session, again()).await.unwrap();
        let (reader, ended) =
            (std::sync::Arc::clone(&store), std::sync::Arc::<std::sync::atomic::AtomicBool>::default());
        let over = std::sync::Arc::clone(&ended);
        let reading = tokio::task::spawn_blocking(move || {
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                assert_eq!(values(&reader, 1).len(), 3, "a portion of no moment");
            }
        });
        for _ in 0..200 {
            keep(&store, &session, again()).await.unwrap();
        }
        ended.store(true, std::sync::atomic::Ordering::Relaxed);
        reading.await.unwrap();
    }
}
