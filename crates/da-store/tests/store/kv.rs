//! What is kept for a while: the same on the database and on a Redis, which `DA_TEST_REDIS` names.

use crate::place::{Place, note_the_use, now};
use chrono::{DateTime, Utc};
use da_core::Clock;
use da_store::{
    DatabaseKv, KeptAmount, KeptPlace, Kv, KvLife, KvSeen, NewKv, RedisKv, RedisServer, StoreError, Subject,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

#[derive(Debug)]
struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        now().and_utc()
    }
}

/// One of each kind, with what must outlive it.
fn all() -> Vec<(Arc<dyn Kv>, Option<Place>)> {
    let clock: Arc<dyn Clock> = Arc::new(Still);
    let mut all: Vec<(Arc<dyn Kv>, Option<Place>)> = Vec::new();
    for place in Place::all() {
        let most = KeptAmount { values: 2000, bytes: 1 << 20 };
        all.push((Arc::new(DatabaseKv::new(&Arc::new(place.store()), &clock, most)), Some(place)));
    }
    if let Ok(url) = std::env::var("DA_TEST_REDIS") {
        note_the_use("redis");
        let prefix = format!("da-test-{}:", da_crypto::token::alphanumeric(20).unwrap());
        all.push((Arc::new(RedisKv::new(RedisServer::new(&url, &prefix).unwrap(), &clock)), None));
    }
    all
}

fn place(scope: u8, name: u8) -> KeptPlace {
    KeptPlace { scope: [scope; 32], name: [name; 32] }
}

fn new(stamp: u8, sealed: &[u8], life: KvLife) -> Option<NewKv> {
    Some(NewKv { stamp: [stamp; 16], sealed_name: vec![stamp], sealed: sealed.to_vec(), life })
}

async fn value(kv: &dyn Kv, place: KeptPlace) -> Option<Vec<u8>> {
    kv.get(place).await.unwrap().map(|value| value.sealed)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_changed_by_whoever_saw_it_last_and_by_nobody_else() {
    for (kv, _place) in all() {
        let here = place(1, 1);
        let swap = async |seen, new| kv.swap(here, seen, new).await.unwrap();
        assert!(!swap(KvSeen::Whatever, None).await, "{kv:?}");
        assert!(swap(KvSeen::Nothing, None).await);
        assert!(!swap(KvSeen::Stamp([9; 16]), new(1, b"a", KvLife::Forever)).await);
        assert!(swap(KvSeen::Nothing, new(1, b"one", KvLife::Forever)).await);
        assert!(!swap(KvSeen::Nothing, new(2, b"two", KvLife::Forever)).await);
        let seen = kv.get(here).await.unwrap().unwrap();
        assert_eq!((seen.stamp, seen.sealed.as_slice(), seen.left), ([1; 16], b"one".as_slice(), None));
        assert!(swap(KvSeen::Stamp([1; 16]), new(2, b"two", KvLife::Forever)).await);
        assert!(!swap(KvSeen::Stamp([1; 16]), new(3, b"three", KvLife::Forever)).await);
        assert!(!swap(KvSeen::Stamp([1; 16]), None).await);
        assert_eq!(value(&*kv, here).await, Some(b"two".to_vec()));
        assert!(swap(KvSeen::Whatever, new(4, b"four", KvLife::Forever)).await);
        assert!(swap(KvSeen::Stamp([4; 16]), None).await);
        assert_eq!(value(&*kv, here).await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_has_its_time_which_a_change_keeps_or_not() {
    for (kv, _place) in all() {
        let here = place(1, 1);
        let left = async |new| {
            assert!(kv.swap(here, KvSeen::Whatever, new).await.unwrap());
            kv.get(here).await.unwrap().and_then(|value| value.left)
        };
        let about = |left: Option<Duration>| left.is_some_and(|left| left > HOUR / 2 && left <= HOUR);
        assert!(about(left(new(1, b"one", KvLife::For(HOUR))).await), "{kv:?}");
        assert!(about(left(new(2, b"two", KvLife::AsBefore)).await));
        assert_eq!(left(new(3, b"three", KvLife::Forever)).await, None);
        assert_eq!(left(new(4, b"four", KvLife::AsBefore)).await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_told_without_values_and_of_their_scope_alone() {
    for (kv, _place) in all() {
        for name in 0..=255 {
            kv.swap(place(1, name), KvSeen::Whatever, new(name, b"value", KvLife::Forever)).await.unwrap();
        }
        kv.swap(place(2, 1), KvSeen::Whatever, new(1, b"value", KvLife::Forever)).await.unwrap();
        let (mut names, mut from) = (BTreeSet::new(), Some(0));
        while let Some(start) = from {
            let (some, next) = kv.names([1; 32], start).await.unwrap();
            names.extend(some.into_iter().map(|name| (name.name, name.sealed)));
            from = next;
        }
        assert_eq!(names, (0..=255).map(|name| ([name; 32], vec![name])).collect(), "{kv:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_counts_for_everybody_and_forgets() {
    for (kv, _place) in all() {
        let mut counting = Vec::new();
        for _ in 0..20 {
            let kv = Arc::clone(&kv);
            counting.push(tokio::spawn(async move { kv.count([1; 32], HOUR).await.unwrap() }));
        }
        let mut counted = BTreeSet::new();
        for counting in counting {
            counted.insert(counting.await.unwrap());
        }
        assert_eq!(counted, (1..=20).collect(), "{kv:?}");
        kv.count_back([1; 32]).await.unwrap();
        assert_eq!(kv.count([1; 32], HOUR).await.unwrap(), 20);
        assert_eq!(kv.count([2; 32], HOUR).await.unwrap(), 1);
        kv.forget([1; 32]).await.unwrap();
        kv.count_back([1; 32]).await.unwrap();
        assert_eq!(kv.count([1; 32], HOUR).await.unwrap(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_change_a_value_at_once_none_is_lost() {
    for (kv, _place) in all() {
        let mut adding = Vec::new();
        for writer in 0..8_u8 {
            let kv = Arc::clone(&kv);
            adding.push(tokio::spawn(async move {
                for turn in 0..10_u8 {
                    loop {
                        let seen = kv.get(place(1, 1)).await.unwrap();
                        let before = seen.as_ref().map_or(0, |value| u32::from(value.sealed[0]));
                        let stamp = [turn, writer, u8::try_from(before).unwrap(), 7].repeat(4).try_into().unwrap();
                        let sealed = vec![u8::try_from(before + 1).unwrap()];
                        let added = NewKv { stamp, sealed_name: vec![1], sealed, life: KvLife::Forever };
                        let seen = seen.map_or(KvSeen::Nothing, |value| KvSeen::Stamp(value.stamp));
                        if kv.swap(place(1, 1), seen, Some(added)).await.unwrap() {
                            break;
                        }
                    }
                }
            }));
        }
        for adding in adding {
            adding.await.unwrap();
        }
        assert_eq!(value(&*kv, place(1, 1)).await, Some(vec![80]), "{kv:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_has_room_for_so_much_and_lets_go_what_has_expired() {
    for (kv, held) in all() {
        // A Redis has its own `maxmemory`, and forgets by itself.
        if held.is_none() {
            continue;
        }
        let large = vec![1; 600 << 10];
        assert!(kv.swap(place(1, 1), KvSeen::Whatever, new(1, &large, KvLife::For(Duration::ZERO))).await.unwrap());
        assert_eq!(kv.get(place(1, 1)).await.unwrap(), None);
        let full = kv.swap(place(1, 2), KvSeen::Whatever, new(2, &large, KvLife::Forever)).await;
        assert!(matches!(full, Err(StoreError::Full(Subject::KeptValue))), "{full:?}");
        assert_eq!((kv.expire().await.unwrap(), kv.expire().await.unwrap()), (1, 0));
        assert!(kv.swap(place(1, 2), KvSeen::Whatever, new(2, &large, KvLife::Forever)).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_away_is_a_plain_error_that_shows_no_password() {
    let clock: Arc<dyn Clock> = Arc::new(Still);
    let kv = RedisKv::new(RedisServer::new("redis://:secret@127.0.0.1:1/0", "da-test:").unwrap(), &clock);
    let error = kv.get(place(1, 1)).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, StoreError::Away(_)), "{text}");
    assert!(text.starts_with("the Redis cannot be reached: ") && !text.contains("secret"), "{text}");
    assert!(RedisServer::new("http://127.0.0.1", "").is_err());
}
