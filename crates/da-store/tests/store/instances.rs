//! Servers that share a PostgreSQL: what one of them had is free at once when it is gone, and not before.

use crate::place::{PATIENCE, Place, append, new_session, now};
use da_core::SessionId;
use da_store::{Beside, DatabaseUrl, NewJob, Store, StoreConfig, StoreError};
use diesel::sql_types::BigInt;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// A server whose leases do not run out within a test.
fn server(place: &Place, pulse: Duration) -> Store {
    Store::open(StoreConfig { lease: HOUR, pulse, ..place.config() }).unwrap()
}

/// The locks by which servers are known that have leases.
const PRESENCE: &str = "\
    FROM pg_locks JOIN session_lease ON classid::bigint = (instance >> 32) & 4294967295 \
    AND objid::bigint = instance & 4294967295 WHERE locktype = 'advisory' AND objsubid = 1 AND mode = 'ExclusiveLock'";

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number(place: &Place, sql: &str) -> i64 {
    let DatabaseUrl::Postgres(url) = &place.url else { return 0 };
    let mut connection = PgConnection::establish(url).unwrap();
    sql_query(sql).get_result::<Number>(&mut connection).unwrap().number
}

/// Ends the connection by which a server with a lease is known.
fn cut_off(place: &Place) {
    let ended = number(place, &format!("SELECT count(pg_terminate_backend(pid, 10000)) AS number {PRESENCE}"));
    assert_eq!(ended, 1);
}

async fn is_refused(server: &Store, session: &SessionId) -> bool {
    matches!(server.lock(session, Duration::from_millis(200)).await, Err(StoreError::LockTimeout))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lease_of_a_server_that_is_gone_is_free_at_once() {
    let Some(place) = Place::postgres() else { return };
    place.store();
    let (gone, other) = (server(&place, HOUR), server(&place, HOUR));
    let session = new_session(&gone, "abc").await;
    // Nobody gives it back.
    std::mem::forget(gone.lock(&session, PATIENCE).await.unwrap());
    assert!(is_refused(&other, &session).await);
    drop(gone);
    let guard = other.lock(&session, PATIENCE).await.unwrap();
    other.save_step(&guard, append(1, b"by the next one")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_taken_for_gone_saves_nothing_over_the_work_of_the_next_one() {
    let Some(place) = Place::postgres() else { return };
    place.store();
    let (cut, other) = (server(&place, HOUR), server(&place, HOUR));
    let session = new_session(&cut, "abc").await;
    let lost = cut.lock(&session, PATIENCE).await.unwrap();
    cut_off(&place);
    let guard = other.lock(&session, PATIENCE).await.unwrap();
    let late = cut.save_step(&lost, append(1, b"late")).await;
    assert!(matches!(late, Err(StoreError::LockLost)), "{late:?}");
    other.save_step(&guard, append(1, b"in time")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_connection_was_cut_is_known_again_by_the_same_number() {
    let Some(place) = Place::postgres() else { return };
    place.store();
    let (cut, other) = (server(&place, Duration::from_millis(20)), server(&place, HOUR));
    let session = new_session(&cut, "abc").await;
    let guard = cut.lock(&session, PATIENCE).await.unwrap();
    cut_off(&place);
    while number(&place, &format!("SELECT count(*) AS number {PRESENCE}")) == 0 {
        tokio::task::yield_now().await;
    }
    assert!(is_refused(&other, &session).await);
    cut.save_step(&guard, append(1, b"all the same")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_jobs_of_a_server_that_is_gone_are_free_at_once_and_those_of_others_are_not() {
    let Some(place) = Place::postgres() else { return };
    place.store();
    let (gone, other) = (server(&place, HOUR), server(&place, HOUR));
    for name in ["abc", "def"] {
        let session = new_session(&gone, name).await;
        let (sealed, wrapped_key) = (Vec::new(), Vec::new());
        let jobs = vec![NewJob { task: name.to_owned(), sealed, wrapped_key, after: Duration::ZERO }];
        let guard = gone.lock(&session, PATIENCE).await.unwrap();
        gone.save_beside(&guard, Beside { jobs, ..Beside::default() }, now()).await.unwrap();
    }
    let (of_gone, of_other) =
        (gone.job_take(HOUR).await.unwrap().unwrap(), other.job_take(HOUR).await.unwrap().unwrap());
    other.jobs_of_the_dead().await.unwrap();
    assert_eq!(other.job_take(HOUR).await.unwrap(), None);
    drop(gone);
    other.jobs_of_the_dead().await.unwrap();
    let taken = other.job_take(HOUR).await.unwrap().unwrap();
    assert_eq!((taken.task, taken.attempts), (of_gone.task, 2));
    assert_eq!(other.job_take(HOUR).await.unwrap(), None);
    other.job_renew(of_other.ticket, HOUR).await.unwrap();
}
