//! What happens at the edges: callers who go away, two servers, two migrations at once, files and pools.

use crate::place::{PATIENCE, Place, append, interview, new_session, now};
use da_core::{Profile, SessionId, StepNumber};
use da_store::{DatabaseUrl, KeyRules, NewApiKey, NewUser, Store, StoreConfig, StoreError, Subject};
use std::future::Future;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// Asks a future once, so that its work is under way, and then lets go of it.
async fn begin<F: Future>(work: F) {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(|context| {
        let _unfinished = work.as_mut().poll(context).is_ready();
        Poll::Ready(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_caller_who_goes_away_does_not_let_the_next_one_in_before_the_write_is_done() {
    for place in Place::all() {
        let store = place.store();
        let session = new_session(&store, "abc").await;
        for round in 1..=50 {
            let guard = store.lock(&session, PATIENCE).await.unwrap();
            begin(store.save_step(&guard, append(round, b"next"))).await;
            drop(guard);
            let _next = store.lock(&session, PATIENCE).await.unwrap();
            assert_eq!(
                store.session(&session, &interview()).unwrap().newest.number,
                StepNumber(round + 1),
                "{place:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_gives_up_waiting_for_a_session_leaves_no_lock_behind() {
    for place in Place::all() {
        let store = place.store();
        let session = new_session(&store, "abc").await;
        for _ in 0..20 {
            begin(store.lock(&session, PATIENCE)).await;
        }
        // Far less than a lease lasts.
        store.lock(&session, Duration::from_secs(10)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_two_writers_of_one_session_lose_nothing() {
    for place in Place::all() {
        let store = Arc::new(place.store());
        let session = new_session(&store, "abc").await;
        let writers: Vec<_> = (0..32_u8)
            .map(|number| {
                let (store, session) = (Arc::clone(&store), session.clone());
                tokio::spawn(async move {
                    let guard = store.lock(&session, PATIENCE).await.unwrap();
                    let mut read = store.session(&session, &interview()).unwrap();
                    read.newest.sealed.push(number);
                    store.save_step(&guard, append(read.newest.number.0, &read.newest.sealed)).await.unwrap();
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let mut numbers = store.session(&session, &interview()).unwrap().newest.sealed[b"one".len()..].to_vec();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..32).collect::<Vec<u8>>(), "{place:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_second_server_waits_for_the_first() {
    let Some(place) = Place::postgres() else { return };
    let (one, two) = (place.store(), Arc::new(place.store()));
    let session = new_session(&one, "abc").await;
    let guard = one.lock(&session, PATIENCE).await.unwrap();
    let early = two.lock(&session, Duration::from_millis(50)).await;
    assert!(matches!(early, Err(StoreError::LockTimeout)), "{early:?}");
    let waiting = tokio::spawn({
        let (two, session) = (Arc::clone(&two), session.clone());
        async move {
            let guard = two.lock(&session, PATIENCE).await.unwrap();
            let step = two.session(&session, &interview()).unwrap().newest.number;
            two.save_step(&guard, append(step.0, b"two")).await.unwrap()
        }
    });
    one.save_step(&guard, append(1, b"one")).await.unwrap();
    drop(guard);
    assert_eq!(waiting.await.unwrap(), StepNumber(3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_whose_lease_was_taken_over_cannot_save() {
    let Some(place) = Place::postgres() else { return };
    let (one, two) = (place.store(), place.store());
    let session = new_session(&one, "abc").await;
    let late = one.lock(&session, PATIENCE).await.unwrap();
    place.tamper("UPDATE session_lease SET expires = expires - interval '1 day'");
    // It ran out, but nobody took it: the work is not lost.
    one.save_step(&late, append(1, b"late")).await.unwrap();
    let guard = two.lock(&session, PATIENCE).await.unwrap();
    let refused = one.save_step(&late, append(2, b"too late")).await;
    assert!(matches!(refused, Err(StoreError::LockLost)), "{refused:?}");
    drop(late);
    two.save_step(&guard, append(2, b"two")).await.unwrap();
    assert_eq!(two.session(&session, &interview()).unwrap().newest.sealed, b"two");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_together_migrate_once() {
    for place in Place::all() {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let store = place.empty_store();
                std::thread::spawn(move || store.migrate())
            })
            .collect();
        let mut ran: Vec<usize> = threads.into_iter().map(|thread| thread.join().unwrap().unwrap().len()).collect();
        ran.sort_unstable();
        assert_eq!(ran, [0, 0, 0, Store::known_migrations().0], "{place:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_command_line_writes_beside_a_running_server() {
    for place in Place::all() {
        let both = [place.store(), place.store()];
        for number in 0..20 {
            let user = new_user(&format!("{number}@example.com"));
            both[number % 2].add_user(user).await.unwrap();
        }
        assert_eq!(both[0].user_count().unwrap(), 20);
    }
}

fn new_user(email: &str) -> NewUser {
    NewUser { email: email.to_owned(), password: None, privileges: Vec::new(), profile: Profile::default(), now: now() }
}

fn rules() -> KeyRules {
    KeyRules { method: "none".to_owned(), allowed: "[]".to_owned(), permissions: "[]".to_owned() }
}

fn new_key(user: da_core::UserId) -> NewApiKey {
    NewApiKey { user, name: "k".to_owned(), hash: [7; 32], last_four: "wxyz".to_owned(), rules: rules(), now: now() }
}

#[test]
fn a_database_that_is_not_there_is_an_error_at_once_and_shows_no_password() {
    let nowhere = DatabaseUrl::Postgres("postgres://da:hidden@127.0.0.1:1/da".to_owned());
    let started = std::time::Instant::now();
    let error = Store::open(StoreConfig::new(nowhere)).unwrap_err();
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("hidden"), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(5));
    let folder = tempfile::tempdir().unwrap();
    let missing = DatabaseUrl::Sqlite(folder.path().join("no such folder").join("da.sqlite"));
    assert!(matches!(Store::open(StoreConfig::new(missing)), Err(StoreError::Unreachable(_))));
}

#[cfg(unix)]
#[test]
fn the_file_of_sqlite_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::sqlite();
    let _store = place.store();
    let DatabaseUrl::Sqlite(path) = &place.url else { return };
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Without these locks another program that closes the file deletes the log of writes under our feet.
#[cfg(target_os = "linux")]
#[test]
fn the_locks_on_the_file_stay_when_connections_come_and_go() {
    use std::os::unix::fs::MetadataExt;
    let place = Place::sqlite();
    let store = place.store();
    store.user_count().unwrap();
    assert_eq!(store.pending_migrations().unwrap(), Vec::<String>::new());
    let DatabaseUrl::Sqlite(path) = &place.url else { return };
    let inode = format!(":{} ", std::fs::metadata(path).unwrap().ino());
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    assert!(locks.lines().any(|line| line.contains("POSIX") && line.contains(&inode)), "{inode} is not in\n{locks}");
}

#[tokio::test]
async fn the_owner_of_a_key_comes_with_all_privileges() {
    for place in Place::all() {
        let store = place.store();
        let privileges = ["developer", "admin"].map(|name| da_core::Privilege(name.to_owned())).to_vec();
        let user = store.add_user(NewUser { privileges, ..new_user("a@example.com") }).await.unwrap();
        store.add_api_key(new_key(user)).await.unwrap();
        let owner = store.key_owner(&[7; 32]).unwrap().unwrap();
        assert_eq!(Some(owner.user), store.user(user).unwrap().map(|stored| stored.user));
    }
}

#[test]
fn a_session_is_named_by_its_guard() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = Place::sqlite();
    let store = place.store();
    let guard = runtime.block_on(store.lock(&SessionId::parse("abc").unwrap(), PATIENCE)).unwrap();
    assert_eq!((guard.session(), format!("{guard:?}").as_str()), ("abc", "SessionGuard(abc)"));
}

#[tokio::test]
async fn the_last_use_of_a_key_costs_no_write_until_the_times_are_flushed() {
    for place in Place::all() {
        let store = place.store();
        let user = store.add_user(new_user("a@example.com")).await.unwrap();
        store.add_api_key(new_key(user)).await.unwrap();
        let key = store.key_owner(&[7; 32]).unwrap().unwrap().key;
        let before = store.counters().commits();
        let later = |seconds| now() + chrono::TimeDelta::seconds(seconds);
        for seconds in [3, 9, 5] {
            store.touch_key(key, later(seconds));
        }
        assert_eq!((store.counters().commits(), store.key_last_used(key).unwrap()), (before, None));
        store.flush().await.unwrap();
        store.flush().await.unwrap();
        assert_eq!((store.counters().commits() - before, store.key_last_used(key).unwrap()), (1, Some(later(9))));
        store.touch_key(key, later(1));
        store.flush().await.unwrap();
        assert_eq!(store.key_last_used(key).unwrap(), Some(later(9)));
        assert!(matches!(store.key_last_used(key + 1), Err(StoreError::NotFound(Subject::ApiKey))));
    }
}

#[tokio::test]
async fn a_store_that_closes_finishes_what_waits() {
    let place = Place::sqlite();
    let store = place.store();
    let session = new_session(&store, "abc").await;
    let user = store.add_user(new_user("a@example.com")).await.unwrap();
    store.add_api_key(new_key(user)).await.unwrap();
    let key = store.key_owner(&[7; 32]).unwrap().unwrap().key;
    store.touch_key(key, now());
    let guard = store.lock(&session, PATIENCE).await.unwrap();
    begin(store.save_step(&guard, append(1, b"two"))).await;
    drop(guard);
    drop(store);
    let again = place.store();
    assert_eq!(again.session(&session, &interview()).unwrap().newest.number, StepNumber(2));
    assert_eq!(again.key_last_used(key).unwrap(), Some(now()));
}

#[tokio::test]
async fn more_writes_than_the_queue_holds_are_refused_as_busy() {
    for place in Place::all() {
        place.store();
        let store = Store::open(StoreConfig { queue: 0, ..place.config() }).unwrap();
        let refused = store.settle_server_value("name", "value".to_owned()).await;
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_lone_session_pays_one_commit_for_each_write_and_waits_for_nobody() {
    let place = Place::sqlite();
    place.store();
    let store = Store::open(StoreConfig { gather: Duration::from_secs(3600), ..place.config() }).unwrap();
    let session = new_session(&store, "abc").await;
    let before = store.counters().commits();
    let guard = store.lock(&session, PATIENCE).await.unwrap();
    for step in 1..=3 {
        store.save_step(&guard, append(step, b"next")).await.unwrap();
    }
    assert_eq!(store.counters().commits() - before, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_sessions_pay_at_most_one_commit_for_eight_writes() {
    let place = Place::sqlite();
    let store = Arc::new(place.store());
    let mut sessions = Vec::new();
    for number in 0..64 {
        sessions.push(new_session(&store, &format!("s{number}")).await);
    }
    let before = (store.counters().commits(), store.counters().writes());
    let walks: Vec<_> = sessions
        .into_iter()
        .map(|session| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for step in 1..=8 {
                    let guard = store.lock(&session, PATIENCE).await.unwrap();
                    store.save_step(&guard, append(step, b"next")).await.unwrap();
                }
            })
        })
        .collect();
    for walk in walks {
        walk.await.unwrap();
    }
    let (commits, writes) = (store.counters().commits() - before.0, store.counters().writes() - before.1);
    assert_eq!(writes, 512);
    assert!(commits * 8 <= writes, "{commits} commits for {writes} writes");
}

#[tokio::test]
async fn the_hash_of_a_password_is_not_shown() {
    let place = Place::sqlite();
    let store = place.store();
    let new = NewUser { password: Some(crate::place::password("the hash")), ..new_user("a@example.com") };
    let shown = format!("{new:?}");
    let id = store.add_user(new).await.unwrap();
    let shown = format!("{shown} {:?}", store.user(id).unwrap().unwrap());
    assert!(shown.contains("a@example.com") && !shown.contains("the hash"), "{shown}");
}
