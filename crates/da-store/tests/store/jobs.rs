//! The queue of work in the background: who has a job, in which order, and what is left when a server is killed.

use crate::place::{PATIENCE, Place, append, new_session, now};
use da_core::{SessionId, StepNumber};
use da_store::{
    AfterUndo, Beside, EndedJob, JobTicket, KeptResult, NewJob, RekeyedJobs, SaveStep, SessionGuard, Store, StoreError,
    Subject, TakenJob,
};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(3600);

async fn guard(store: &Store, session: &SessionId) -> SessionGuard {
    store.lock(session, PATIENCE).await.unwrap()
}

fn job(task: &str) -> NewJob {
    NewJob { task: task.to_owned(), sealed: b"about".to_vec(), wrapped_key: b"key".to_vec(), after: Duration::ZERO }
}

fn jobs(tasks: &[&str]) -> Beside {
    Beside { jobs: tasks.iter().map(|task| job(task)).collect(), ..Beside::default() }
}

async fn ask(store: &Store, session: &SessionId, tasks: &[&str]) {
    store.save_beside(&guard(store, session).await, jobs(tasks), now()).await.unwrap();
}

fn result(task: &str) -> KeptResult {
    KeptResult { task: task.to_owned(), sealed: b"result".to_vec() }
}

fn ended(ticket: JobTicket, task: &str) -> Beside {
    Beside { ended: Some(EndedJob { ticket, result: result(task) }), ..Beside::default() }
}

async fn end(store: &Store, job: &TakenJob) -> Result<(), StoreError> {
    store.save_beside(&guard(store, &job.session).await, ended(job.ticket, &job.task), now()).await
}

async fn take(store: &Store) -> Option<TakenJob> {
    store.job_take(LONG).await.unwrap()
}

async fn tasks(store: &Store) -> Vec<String> {
    let mut tasks = Vec::new();
    while let Some(job) = take(store).await {
        tasks.push(job.task);
    }
    tasks
}

#[tokio::test]
async fn jobs_are_asked_for_with_their_step_or_not_at_all() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        let late = SaveStep { beside: jobs(&["late"]), ..append(2, b"two") };
        assert!(matches!(store.save_step(&guard, late).await, Err(StoreError::Conflict(Subject::Step))));
        assert_eq!(store.job_next().unwrap(), None);
        store.save_step(&guard, SaveStep { beside: jobs(&["one"]), ..append(1, b"two") }).await.unwrap();
        assert_eq!(store.job_next().unwrap(), Some(Duration::ZERO));
        let taken = take(store).await.unwrap();
        let told = (taken.session.as_str(), taken.task.as_str(), taken.attempts);
        assert_eq!(told, ("abc", "one", 1));
        assert_eq!((taken.sealed.as_slice(), taken.wrapped_key.as_slice()), (b"about".as_slice(), b"key".as_slice()));
        assert_eq!(take(store).await, None);
        assert!(store.job_next().unwrap().unwrap() > LONG / 2);
    }
}

#[tokio::test]
async fn the_jobs_of_a_session_are_taken_one_after_the_other_and_those_of_others_beside_them() {
    for place in Place::all() {
        let store = &place.store();
        let (first, second) = (new_session(store, "abc").await, new_session(store, "def").await);
        ask(store, &first, &["one", "two"]).await;
        ask(store, &second, &["three"]).await;
        let one = take(store).await.unwrap();
        assert_eq!(one.task, "one");
        assert_eq!(tasks(store).await, ["three"]);
        end(store, &one).await.unwrap();
        assert_eq!(tasks(store).await, ["two"]);
    }
}

#[tokio::test]
async fn a_job_that_waits_for_its_time_keeps_those_after_it_waiting() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let later = Beside { jobs: vec![NewJob { after: LONG, ..job("later") }, job("soon")], ..Beside::default() };
        store.save_beside(&guard(store, &session).await, later, now()).await.unwrap();
        assert_eq!(take(store).await, None);
        assert!(store.job_next().unwrap().unwrap() > LONG / 2);
    }
}

#[tokio::test]
async fn whoever_lost_a_job_ends_nothing() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one"]).await;
        // A server that is killed renews nothing: its lease runs out, here at once.
        let lost = store.job_take(Duration::ZERO).await.unwrap().unwrap();
        let taken = take(store).await.unwrap();
        assert_eq!((taken.ticket.id, taken.attempts), (lost.ticket.id, 2));
        assert!(matches!(store.job_renew(lost.ticket, LONG).await, Err(StoreError::LockLost)));
        assert!(matches!(store.job_key(lost.ticket), Err(StoreError::LockLost)));
        store.job_put_off(lost.ticket, Duration::ZERO).await.unwrap();
        assert_eq!(take(store).await, None);
        // With its end goes the step that it wanted to save.
        let save = SaveStep { beside: ended(lost.ticket, "one"), ..append(1, b"by the one who lost it") };
        let refused = store.save_step(&guard(store, &session).await, save).await;
        assert!(matches!(refused, Err(StoreError::LockLost)), "{refused:?}");
        assert_eq!(store.job_result(&session, "one").unwrap(), None);
        assert_eq!(store.steps(&session).unwrap().len(), 1);
        end(store, &taken).await.unwrap();
        assert_eq!(store.job_result(&session, "one").unwrap(), Some(b"result".to_vec()));
        assert!(matches!(end(store, &taken).await, Err(StoreError::LockLost)));
    }
}

#[tokio::test]
async fn a_job_that_is_put_off_is_taken_again_as_if_it_had_not_been() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one"]).await;
        let taken = take(store).await.unwrap();
        store.job_renew(taken.ticket, LONG).await.unwrap();
        store.job_put_off(taken.ticket, LONG).await.unwrap();
        assert_eq!(take(store).await, None);
        assert!(matches!(store.job_renew(taken.ticket, LONG).await, Err(StoreError::LockLost)));
        place.tamper("UPDATE job SET due = '2020-01-01 00:00:00'");
        assert_eq!(take(store).await.unwrap().attempts, 1);
    }
}

#[tokio::test]
async fn a_job_that_failed_counts_as_an_attempt_and_as_a_failure() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one"]).await;
        let taken = take(store).await.unwrap();
        assert_eq!((taken.attempts, taken.failures), (1, 0));
        store.job_failed(taken.ticket, Duration::ZERO).await.unwrap();
        // Whoever gave it back cannot do so again.
        store.job_failed(taken.ticket, Duration::ZERO).await.unwrap();
        let again = take(store).await.unwrap();
        assert_eq!((again.attempts, again.failures), (2, 1), "{place:?}");
    }
}

#[tokio::test]
async fn when_the_first_job_of_a_session_is_dropped_the_next_is_taken() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one"]).await;
        ask(store, &session, &["two", "three"]).await;
        let one = take(store).await.unwrap();
        store.job_drop(&guard(store, &session).await, one.ticket).await.unwrap();
        let two = take(store).await.unwrap();
        assert_eq!(two.task, "two");
        end(store, &two).await.unwrap();
        assert_eq!(tasks(store).await, ["three"], "{place:?}");
    }
}

#[tokio::test]
async fn what_an_earlier_process_had_is_free_after_a_restart_on_its_file() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one"]).await;
        assert!(take(store).await.is_some());
        store.jobs_recover().await.unwrap();
        // On PostgreSQL another server may have it.
        let is_sqlite = matches!(place.url, da_store::DatabaseUrl::Sqlite(_));
        assert_eq!(take(store).await.map(|job| job.attempts), is_sqlite.then_some(2));
    }
}

#[tokio::test]
async fn two_servers_never_take_the_same_job() {
    let Some(place) = Place::postgres() else { return };
    let (one, other) = (place.store(), Store::open(place.config()).unwrap());
    for number in 0..20 {
        let session = new_session(&one, &format!("s{number}")).await;
        ask(&one, &session, &["task"]).await;
    }
    let all = |store: Store| async move {
        let mut names = Vec::new();
        while let Some(job) = take(&store).await {
            names.push(job.session.as_str().to_owned());
        }
        names
    };
    let (ours, theirs) = tokio::join!(tokio::spawn(all(one)), tokio::spawn(all(other)));
    let mut names = [ours.unwrap(), theirs.unwrap()].concat();
    assert_eq!(names.len(), 20);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 20);
}

#[tokio::test]
async fn jobs_and_results_go_with_their_session_and_a_new_key_reaches_them() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one", "two"]).await;
        let one = take(store).await.unwrap();
        end(store, &one).await.unwrap();
        let two = take(store).await.unwrap();
        let results = vec![KeptResult { sealed: b"anew".to_vec(), ..result("one") }];
        let new = RekeyedJobs { wrapped_key: b"new".to_vec(), results };
        let beside = Beside { rekeyed: Some(new), ..jobs(&["three"]) };
        store.save_step(&guard(store, &session).await, SaveStep { beside, ..append(1, b"two") }).await.unwrap();
        assert_eq!(store.job_key(two.ticket).unwrap(), b"new");
        assert_eq!(store.job_results(&session).unwrap(), [KeptResult { sealed: b"anew".to_vec(), ..result("one") }]);
        store.job_drop(&guard(store, &session).await, two.ticket).await.unwrap();
        assert_eq!(take(store).await.unwrap().wrapped_key, b"new");
        store.delete_session(&guard(store, &session).await, &crate::place::interview()).await.unwrap();
        assert_eq!(store.job_next().unwrap(), None);
        assert_eq!(store.job_result(&session, "one").unwrap(), None);
    }
}

#[tokio::test]
async fn whoever_waits_is_woken_by_what_asks_for_work_and_by_what_ends_it() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        ask(store, &session, &["one"]).await;
        store.jobs_woken().await;
        let one = take(store).await.unwrap();
        end(store, &one).await.unwrap();
        store.jobs_woken().await;
        let guard = guard(store, &session).await;
        store.save_step(&guard, append(1, b"two")).await.unwrap();
        let then = AfterUndo::Stay(jobs(&["again"]));
        store.delete_step(&guard, StepNumber(2), then, now()).await.unwrap();
        store.jobs_woken().await;
        assert_eq!(tasks(store).await, ["again"]);
    }
}
