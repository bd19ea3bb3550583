//! What is kept behind codes: so many of an owner, and none for longer than it was to be kept.

use chrono::TimeDelta;
use da_store::{NewCode, Store};

use crate::place::{Place, now};

async fn add(store: &Store, number: u8, owner: Option<([u8; 32], i64)>, minutes: i64) {
    let at = now() + TimeDelta::minutes(minutes);
    let new = NewCode { hash: [number; 32], sealed: vec![number], expires: at + TimeDelta::hours(1), owner, now: at };
    store.add_code(new).await.unwrap();
}

fn there(store: &Store, minutes: i64) -> Vec<u8> {
    let at = now() + TimeDelta::minutes(minutes);
    (0..20).filter(|number| store.code(&[*number; 32], at).unwrap().is_some()).collect()
}

#[tokio::test]
async fn of_those_who_may_have_so_many_codes_the_newest_are_kept() {
    for place in Place::all() {
        let store = &place.store();
        add(store, 0, None, 0).await;
        add(store, 1, Some(([7; 32], 3)), 0).await;
        for number in 2..8 {
            add(store, number, Some(([8; 32], 3)), i64::from(number)).await;
        }
        assert_eq!(there(store, 8), [0, 1, 5, 6, 7]);
        assert_eq!(there(store, 60), [5, 6, 7]);
        // What is too old makes no room dear.
        add(store, 9, Some(([8; 32], 3)), 120).await;
        assert_eq!(there(store, 121), [9]);
    }
}
