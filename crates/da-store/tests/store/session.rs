//! Sessions, steps, accounts and keys, each case on every database.
use crate::place::{PATIENCE, Place, append, interview, new_session, now, password};
use chrono::TimeDelta;
use da_core::{InterviewName, Privilege, Profile, SessionId, StepNumber, UserId};
use da_store::{
    AfterUndo, Beside, DatabaseUrl, Holder, KeyRules, NewAnswer, NewApiKey, NewSession, NewUser, SaveStep,
    SessionGuard, Store, StoreConfig, StoreError, StoredStep, Subject, Wrap,
};
use std::sync::Arc;
use std::time::Duration;

fn id(text: &str) -> SessionId {
    SessionId::parse(text).unwrap()
}

fn rules() -> KeyRules {
    KeyRules { method: "none".to_owned(), allowed: "[]".to_owned(), permissions: "[]".to_owned() }
}

async fn guard(store: &Store, session: &SessionId) -> SessionGuard {
    store.lock(session, PATIENCE).await.unwrap()
}

#[tokio::test]
async fn a_session_keeps_a_row_for_each_step_and_goes_back() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        assert_eq!(store.save_step(&guard, append(1, b"two")).await.unwrap(), StepNumber(2));
        let overwrite = SaveStep { append: false, ..append(2, b"two again") };
        assert_eq!(store.save_step(&guard, overwrite).await.unwrap(), StepNumber(2));
        let read = store.session(&session, &interview()).unwrap();
        assert_eq!(
            (read.newest.number, read.newest.sealed.as_slice(), read.encrypted),
            (StepNumber(2), b"two again".as_slice(), true)
        );
        assert_eq!(read.wraps, [Wrap { holder: Holder::Secret, key: vec![1, 2] }]);
        assert_eq!(store.step(&session, StepNumber(1)).unwrap().sealed, b"one");
        assert_eq!(store.step_before(&session, StepNumber(2)).unwrap(), Some(StepNumber(1)));
        assert_eq!(
            store.delete_step(&guard, StepNumber(2), AfterUndo::Stay(Beside::default()), now()).await.unwrap(),
            StepNumber(1)
        );
        let refused = store.delete_step(&guard, StepNumber(1), AfterUndo::Stay(Beside::default()), now()).await;
        assert!(matches!(refused, Err(StoreError::FirstStep)), "{refused:?}");
        assert_eq!(store.session(&session, &interview()).unwrap().newest.sealed, b"one");
    }
}

#[tokio::test]
async fn a_session_is_as_old_as_its_newest_step_and_damaged_otherwise() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        let later = now() + TimeDelta::microseconds(7);
        store.save_step(&guard, SaveStep { now: later, ..append(1, b"two") }).await.unwrap();
        assert_eq!(store.session(&session, &interview()).unwrap().newest.modified, later);
        store.delete_step(&guard, StepNumber(2), AfterUndo::Stay(Beside::default()), later).await.unwrap();
        let read = store.session(&session, &interview()).unwrap();
        assert_eq!((read.created, read.newest.modified), (now(), now()));
        for what in ["session SET modified", "step SET modified"] {
            place.tamper(&format!("UPDATE {what} = '2027-01-15 08:00:01'"));
            let refused = store.session(&session, &interview());
            assert!(matches!(refused, Err(StoreError::Damaged(_))), "{place:?}: {what}: {refused:?}");
            place.tamper(
                "UPDATE session SET modified = created; UPDATE step SET modified = (SELECT created FROM session)",
            );
            assert!(store.session(&session, &interview()).is_ok());
        }
    }
}

#[tokio::test]
async fn old_steps_become_fewer_and_the_newest_are_all_there() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        for number in 1..1024 {
            let save = SaveStep { all_of: Some(20), ..append(number, b"step") };
            store.save_step(&guard, save).await.unwrap();
        }
        let numbers: Vec<i64> = store.steps(&session).unwrap().iter().map(|step| step.number.0).collect();
        let far = [1, 256, 512];
        let middle = (720..=1004).filter(|number| number % 16 == 0);
        let expected: Vec<i64> = far.into_iter().chain(middle).chain(1005..=1024).collect();
        assert_eq!(numbers, expected);
        assert_eq!(store.step_before(&session, StepNumber(720)).unwrap(), Some(StepNumber(512)));
        let at_end = store.delete_step(&guard, StepNumber(1024), AfterUndo::Stay(Beside::default()), now()).await;
        assert_eq!(at_end.unwrap(), StepNumber(1023));
    }
}

#[tokio::test]
async fn an_answer_is_saved_with_its_step_or_not_at_all_and_goes_with_its_session() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        let beside = |sealed: &[u8]| Beside {
            answer: Some(NewAnswer { hash: [7; 32], sealed: sealed.to_vec() }),
            ..Beside::default()
        };
        let late = SaveStep { beside: beside(b"late"), ..append(2, b"two") };
        assert!(matches!(store.save_step(&guard, late).await, Err(StoreError::Conflict(Subject::Step))));
        assert_eq!(store.answer(&session, &[7; 32], now()).unwrap(), None);
        let save = SaveStep { beside: beside(b"told"), ..append(1, b"two") };
        store.save_step(&guard, save).await.unwrap();
        assert_eq!(store.answer(&session, &[7; 32], now()).unwrap(), Some(b"told".to_vec()));
        assert_eq!(store.answer(&session, &[8; 32], now()).unwrap(), None);
        assert_eq!(store.answer(&session, &[7; 32], now() + TimeDelta::hours(24)).unwrap(), None);
        store.save_beside(&guard, beside(b"again"), now()).await.unwrap();
        assert_eq!(store.answer(&session, &[7; 32], now()).unwrap(), Some(b"again".to_vec()));
        store.delete_session(&guard, &interview()).await.unwrap();
        assert_eq!(store.answer(&session, &[7; 32], now()).unwrap(), None);
    }
}

#[tokio::test]
async fn a_step_back_and_what_is_saved_of_the_step_before_are_one_transaction() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        store.save_step(&guard, append(1, b"two")).await.unwrap();
        let late = SaveStep { append: false, ..append(2, b"of another step") };
        let refused = store.delete_step(&guard, StepNumber(2), AfterUndo::Save(late), now()).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Subject::Step))), "{refused:?}");
        assert_eq!(store.session(&session, &interview()).unwrap().newest.number, StepNumber(2));
        let before = store.counters().commits();
        let save = SaveStep { append: false, ..append(1, b"one again") };
        assert_eq!(
            store.delete_step(&guard, StepNumber(2), AfterUndo::Save(save), now()).await.unwrap(),
            StepNumber(1)
        );
        assert_eq!(store.counters().commits() - before, 1);
        let read = store.session(&session, &interview()).unwrap();
        assert_eq!((read.newest.number, read.newest.sealed.as_slice()), (StepNumber(1), b"one again".as_slice()));
    }
}

#[tokio::test]
async fn the_first_account_and_its_key_are_made_once_and_together() {
    for place in Place::all() {
        let store = &place.store();
        let new = || NewUser {
            email: "first@example.com".to_owned(),
            password: None,
            privileges: Vec::new(),
            profile: Profile::default(),
            now: now(),
        };
        let key = |user| NewApiKey {
            user,
            name: "k".to_owned(),
            hash: [9; 32],
            last_four: "wxyz".to_owned(),
            rules: rules(),
            now: now(),
        };
        let bad = NewUser { privileges: vec![Privilege("emperor".to_owned())], ..new() };
        assert!(matches!(store.add_first_user(bad, key).await, Err(StoreError::NotFound(Subject::Privilege))));
        assert_eq!(store.user_count().unwrap(), 0);
        let made = store.add_first_user(new(), key).await.unwrap().unwrap();
        assert_eq!(store.key_owner(&[9; 32]).unwrap().unwrap().user.id, made);
        assert_eq!(store.add_first_user(new(), key).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_step_that_somebody_else_added_is_a_conflict() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        store.save_step(&guard, append(1, b"two")).await.unwrap();
        let late = store.save_step(&guard, append(1, b"other")).await;
        assert!(matches!(late, Err(StoreError::Conflict(Subject::Step))), "{late:?}");
        assert_eq!(store.session(&session, &interview()).unwrap().newest.sealed, b"two");
    }
}

#[tokio::test]
async fn a_session_is_found_only_under_its_own_interview() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let other = InterviewName::parse("docassemble.demo:data/questions/other.yml").unwrap();
        assert!(matches!(store.session(&session, &other), Err(StoreError::NotFound(Subject::Session))));
        let guard = guard(store, &session).await;
        assert_eq!(store.delete_session(&guard, &other).await.unwrap().sessions, []);
        assert_eq!(store.delete_session(&guard, &interview()).await.unwrap().sessions, std::slice::from_ref(&session));
        assert_eq!(store.delete_session(&guard, &interview()).await.unwrap().sessions, []);
        let gone = store.save_step(&guard, append(1, b"two")).await;
        assert!(matches!(gone, Err(StoreError::NotFound(Subject::Session))), "{gone:?}");
    }
}

#[tokio::test]
async fn an_identifier_is_taken_once() {
    for place in Place::all() {
        let store = &place.store();
        new_session(store, "abc").await;
        let again = NewSession {
            id: id("abc"),
            interview: interview(),
            encrypted: false,
            wraps: Vec::new(),
            sealed: Vec::new(),
            beside: Beside::default(),
            by: None,
            now: now(),
        };
        assert!(matches!(store.create_session(again).await, Err(StoreError::Conflict(Subject::Session))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_sessions_that_write_at_once_lose_nothing_and_share_commits() {
    for place in Place::all() {
        let grouped = matches!(place.url, DatabaseUrl::Sqlite(_));
        let store = Arc::new(place.store());
        let mut sessions = Vec::new();
        for number in 0..64 {
            sessions.push(new_session(&store, &format!("s{number}")).await);
        }
        let before = (store.counters().commits(), store.counters().writes());
        let tasks: Vec<_> = sessions
            .iter()
            .cloned()
            .map(|session| {
                let store = Arc::clone(&store);
                tokio::spawn(async move {
                    for step in 1..=8 {
                        let guard = guard(&store, &session).await;
                        store.save_step(&guard, append(step, b"next")).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let (commits, writes) = (store.counters().commits() - before.0, store.counters().writes() - before.1);
        assert_eq!(writes, 64 * 8);
        for session in &sessions {
            assert_eq!(store.session(session, &interview()).unwrap().newest.number, StepNumber(9));
        }
        if grouped {
            assert!(commits * 4 <= writes, "{commits} commits for {writes} writes");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_write_that_fails_does_not_fail_its_neighbours() {
    for place in Place::all() {
        let store = Arc::new(place.store());
        let (good, bad) = (new_session(&store, "good").await, new_session(&store, "bad").await);
        let (good_guard, bad_guard) = (guard(&store, &good).await, guard(&store, &bad).await);
        for step in 1..=20 {
            let writes = tokio::join!(
                store.save_step(&good_guard, append(step, b"next")),
                store.save_step(&bad_guard, append(7, b"lost"))
            );
            assert_eq!(writes.0.unwrap(), StepNumber(step + 1));
            assert!(matches!(writes.1, Err(StoreError::Conflict(Subject::Step))));
        }
        assert_eq!(store.session(&bad, &interview()).unwrap().newest.number, StepNumber(1));
    }
}

#[tokio::test]
async fn a_second_writer_of_a_session_waits_until_the_first_is_done() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let first = guard(store, &session).await;
        let refused = store.lock(&session, Duration::from_millis(20)).await;
        assert!(matches!(refused, Err(StoreError::LockTimeout)), "{refused:?}");
        drop(first);
        guard(store, &session).await;
    }
}

#[tokio::test]
async fn a_new_key_takes_the_place_of_the_old_one_with_all_steps() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        store.save_step(&guard, append(1, b"two")).await.unwrap();
        let wraps = vec![Wrap { holder: Holder::Server, key: vec![9] }];
        let save = SaveStep {
            resealed: vec![StoredStep { number: StepNumber(1), sealed: b"ONE".to_vec(), modified: now() }],
            wraps: Some((wraps.clone(), false)),
            append: false,
            ..append(2, b"TWO")
        };
        store.save_step(&guard, save).await.unwrap();
        let read = store.session(&session, &interview()).unwrap();
        assert_eq!((read.encrypted, read.wraps), (false, wraps));
        let steps = store.steps(&session).unwrap();
        let steps: Vec<_> = steps.iter().map(|step| (step.number.0, step.sealed.as_slice())).collect();
        assert_eq!(steps, [(1, b"ONE".as_slice()), (2, b"TWO".as_slice())]);
    }
}

#[tokio::test]
async fn an_address_is_one_account_whatever_the_case_of_its_letters() {
    for place in Place::all() {
        let store = &place.store();
        let new = |email: &str, privilege: &str| NewUser {
            email: email.to_owned(),
            password: Some(password("hash")),
            privileges: vec![Privilege(privilege.to_owned())],
            profile: Profile::default(),
            now: now(),
        };
        assert_eq!(store.user_count().unwrap(), 0);
        let admin = store.add_user(new("Admin@Example.com", "admin")).await.unwrap();
        assert!(matches!(
            store.add_user(new("admin@example.COM", "user")).await,
            Err(StoreError::Conflict(Subject::User))
        ));
        assert!(matches!(
            store.add_user(new("b@example.com", "king")).await,
            Err(StoreError::NotFound(Subject::Privilege))
        ));
        assert_eq!(store.user_count().unwrap(), 1);
        let found = store.user_by_email(" ADMIN@example.com").unwrap().unwrap();
        assert_eq!((found.user.id, found.user.email.as_str()), (admin, "Admin@Example.com"));
        assert_eq!(found.user.privileges, [Privilege("admin".to_owned())]);
        store.set_user(admin, Profile::default(), Some(password("new")), now()).await.unwrap();
        assert_eq!(store.user(admin).unwrap().unwrap().password.as_deref(), Some("new"));
        assert!(matches!(
            store.set_user(UserId(99), Profile::default(), None, now()).await,
            Err(StoreError::NotFound(Subject::User))
        ));
        let names: Vec<String> = store.privileges().unwrap().into_iter().map(|privilege| privilege.0).collect();
        assert_eq!(names, Privilege::BUILT_IN);
    }
}

#[tokio::test]
async fn a_key_is_found_by_its_hash_alone() {
    for place in Place::all() {
        let store = &place.store();
        let user = NewUser {
            email: "a@b.c".to_owned(),
            password: None,
            privileges: Vec::new(),
            profile: Profile::default(),
            now: now(),
        };
        let user = store.add_user(user).await.unwrap();
        let key = NewApiKey {
            user,
            name: "k".to_owned(),
            hash: [7; 32],
            last_four: "wxyz".to_owned(),
            rules: rules(),
            now: now(),
        };
        store.add_api_key(key.clone()).await.unwrap();
        assert!(matches!(store.add_api_key(key).await, Err(StoreError::Conflict(Subject::ApiKey))));
        assert_eq!(store.key_owner(&[7; 32]).unwrap().unwrap().user.id, user);
        assert!(store.key_owner(&[8; 32]).unwrap().is_none());
    }
}

#[tokio::test]
async fn a_value_of_the_server_is_settled_once() {
    for place in Place::all() {
        let store = &place.store();
        assert_eq!(store.server_value("check").unwrap(), None);
        assert_eq!(store.settle_server_value("check", "a".to_owned()).await.unwrap(), "a");
        assert_eq!(store.settle_server_value("check", "b".to_owned()).await.unwrap(), "a");
        assert_eq!(store.server_value("check").unwrap().as_deref(), Some("a"));
    }
}

#[test]
fn a_folder_belongs_to_one_server() {
    let folder = tempfile::tempdir().unwrap();
    let config = || StoreConfig::new(DatabaseUrl::Sqlite(folder.path().join("da.sqlite")));
    let mut first = Store::open(config()).unwrap();
    first.own_folder(folder.path()).unwrap();
    let mut second = Store::open(config()).unwrap();
    let refused = second.own_folder(folder.path()).unwrap_err();
    let told = format!("another server is running on the data folder {}", folder.path().display());
    assert_eq!(refused.to_string(), told);
    // Nor does the database, from another folder.
    let elsewhere = tempfile::tempdir().unwrap();
    let refused = second.own_folder(elsewhere.path()).unwrap_err();
    let told = format!("another server is running on the database {}", folder.path().join("da.sqlite").display());
    assert_eq!(refused.to_string(), told);
    drop(first);
    second.own_folder(folder.path()).unwrap();
}

#[test]
fn both_databases_know_the_same_migrations() {
    let (sqlite, postgres) = Store::known_migrations();
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn accounts_are_listed_changed_and_ended_and_privileges_given_and_taken() {
    for place in Place::all() {
        let store = &place.store();
        let new = |email: &str, first: &str| NewUser {
            email: email.to_owned(),
            password: None,
            privileges: vec![Privilege("trainer".to_owned()), Privilege("admin".to_owned())],
            profile: Profile { first_name: Some(first.to_owned()), ..Profile::default() },
            now: now(),
        };
        let ann = store.add_user(new("ann@example.com", "Ann")).await.unwrap();
        let bob = store.add_user(new("bob@example.com", "Bob")).await.unwrap();
        let change = Profile { country: Some("US".to_owned()), language: Some(String::new()), ..Profile::default() };
        store.set_user(ann, change, None, now()).await.unwrap();
        store.set_active(bob, false).await.unwrap();
        let all = store.users(true, UserId(0), None).unwrap();
        let told: Vec<_> = all.iter().map(|user| (user.id, user.first_name.as_str(), user.country.as_str())).collect();
        assert_eq!(told, [(ann, "Ann", "US"), (bob, "Bob", "")]);
        assert_eq!(all[0].privileges, ["admin", "trainer"].map(|name| Privilege(name.to_owned())));
        assert_eq!(store.users(false, UserId(0), None).unwrap(), all[..1]);
        assert_eq!(store.users(true, UserId(0), Some(1)).unwrap(), all[..1]);
        assert_eq!(store.users(true, all[0].id, Some(1)).unwrap(), all[1..2]);
        let clerk = || Privilege("clerk".to_owned());
        assert!(matches!(store.give_privilege(ann, clerk()).await, Err(StoreError::NotFound(Subject::Privilege))));
        store.add_privilege(clerk()).await.unwrap();
        assert!(matches!(store.add_privilege(clerk()).await, Err(StoreError::Conflict(Subject::Privilege))));
        store.give_privilege(ann, clerk()).await.unwrap();
        let again = store.give_privilege(ann, clerk()).await;
        assert!(matches!(again, Err(StoreError::Conflict(Subject::UserPrivilege))), "{again:?}");
        assert!(store.take_privilege(ann, clerk()).await.unwrap());
        assert!(!store.take_privilege(ann, clerk()).await.unwrap());
        let nobody = store.take_privilege(UserId(99), clerk()).await;
        assert!(matches!(nobody, Err(StoreError::NotFound(Subject::User))), "{nobody:?}");
    }
}

#[tokio::test]
async fn a_step_back_is_a_use_of_its_session() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = guard(store, &session).await;
        let (later, last) = (now() + TimeDelta::days(1), now() + TimeDelta::days(2));
        store.save_step(&guard, SaveStep { now: later, ..append(1, b"two") }).await.unwrap();
        store.delete_step(&guard, StepNumber(2), AfterUndo::Stay(Beside::default()), last).await.unwrap();
        let read = store.session(&session, &interview()).unwrap();
        assert_eq!((read.newest.modified, read.used), (now(), last));
        let old = |moment| store.sessions_before(moment, None, 10).unwrap().sessions.len();
        assert_eq!((old(last), old(last + TimeDelta::microseconds(1))), (0, 1));
    }
}

#[tokio::test]
async fn a_list_of_old_sessions_goes_on_past_those_that_stay_and_those_that_cannot_be_read() {
    for place in Place::all() {
        let store = &place.store();
        for name in ["a", "b", "c", "d", "e"] {
            new_session(store, name).await;
        }
        place.tamper("UPDATE session SET interview = 'no name' WHERE id = 'b'");
        place.tamper("UPDATE session SET used = '2020-01-01 00:00:00' WHERE id = 'e'");
        let (mut seen, mut damaged, mut after) = (Vec::new(), 0, None);
        loop {
            let old = store.sessions_before(now() + TimeDelta::days(1), after, 2).unwrap();
            seen.extend(old.sessions.iter().map(|(id, _)| id.as_str().to_owned()));
            damaged += old.damaged;
            after = old.last;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((seen, damaged), (["e", "a", "c", "d"].map(str::to_owned).to_vec(), 1), "{place:?}");
    }
}
