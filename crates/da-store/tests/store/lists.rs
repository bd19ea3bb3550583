//! Who is tied to which sessions: lists, pages, and the end of a session with its last tie.

use crate::place::{Place, append, interview, new_session, now};
use da_core::{InterviewName, Profile, SessionId, UserId};
use da_store::{Beside, NewSession, NewUser, Store, StoreError, Subject, Tie, TieFilter, Tied};

pub(crate) async fn user(store: &Store, email: &str) -> UserId {
    let new = NewUser {
        email: email.to_owned(),
        password: Some(crate::place::password("hash")),
        privileges: Vec::new(),
        profile: Profile::default(),
        now: now(),
    };
    store.add_user(new).await.unwrap()
}

async fn session(store: &Store, name: &str, file: &str, by: Tied) -> SessionId {
    let id = SessionId::parse(name).unwrap();
    let new = NewSession {
        id: id.clone(),
        interview: InterviewName::parse(&format!("docassemble.demo:{file}")).unwrap(),
        encrypted: false,
        wraps: Vec::new(),
        sealed: Vec::new(),
        by: Some(by),
        beside: Beside::default(),
        now: now(),
    };
    store.create_session(new).await.unwrap();
    id
}

fn names(ties: &[Tie]) -> Vec<&str> {
    ties.iter().map(|tie| tie.session.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ties_are_listed_by_user_interview_and_session_a_page_at_a_time() {
    for place in Place::all() {
        let store = &place.store();
        let (ann, bob) = (user(store, "ann@example.com").await, user(store, "bob@example.com").await);
        for (name, file, by) in [
            ("s1", "a.yml", Tied::User(ann)),
            ("s2", "b.yml", Tied::User(bob)),
            ("s3", "b.yml", Tied::User(ann)),
            ("s4", "c.yml", Tied::Visitor("v".to_owned())),
        ] {
            session(store, name, file, by).await;
        }
        store.tie(&SessionId::parse("s2").unwrap(), Tied::User(ann)).await.unwrap();
        let all = TieFilter::default();
        let listed = store.ties(&all, 0, 10).unwrap();
        assert_eq!(names(&listed), ["s1", "s2", "s3", "s4", "s2"]);
        let last = &listed[3];
        let told = (last.interview.as_str(), last.user, last.visitor.as_deref(), last.created);
        assert_eq!(told, ("docassemble.demo:data/questions/c.yml", None, Some("v"), now()));
        assert_eq!((listed[1].user, listed[1].email.as_deref()), (Some(bob), Some("bob@example.com")));
        let first = store.ties(&all, 0, 2).unwrap();
        assert_eq!(names(&store.ties(&all, first[1].number, 2).unwrap()), ["s3", "s4"]);
        let of_ann = TieFilter { user: Some(ann), ..TieFilter::default() };
        assert_eq!(names(&store.ties(&of_ann, 0, 10).unwrap()), ["s1", "s3", "s2"]);
        let b = Some("docassemble.demo:data/questions/b.yml".to_owned());
        let of_b = TieFilter { interview: b.clone(), ..TieFilter::default() };
        assert_eq!(names(&store.ties(&of_b, 0, 10).unwrap()), ["s2", "s3", "s2"]);
        let both = TieFilter { user: Some(bob), interview: b, session: SessionId::parse("s3") };
        assert_eq!(names(&store.ties(&both, 0, 10).unwrap()), Vec::<&str>::new());
        let files = |user| -> Vec<String> {
            let names = store.tied_interviews(user).unwrap();
            names.iter().map(|name| name.rsplit('/').next().unwrap().to_owned()).collect()
        };
        assert_eq!(
            (files(None), files(Some(bob))),
            (vec!["a.yml".into(), "b.yml".into(), "c.yml".into()], vec!["b.yml".into()])
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_goes_with_its_last_tie() {
    for place in Place::all() {
        let store = &place.store();
        let (ann, bob) = (user(store, "ann@example.com").await, user(store, "bob@example.com").await);
        let id = session(store, "s1", "a.yml", Tied::User(ann)).await;
        for _ in 0..2 {
            store.tie(&id, Tied::User(bob)).await.unwrap();
            store.tie(&id, Tied::Visitor("v".to_owned())).await.unwrap();
        }
        let numbers: Vec<i64> =
            store.ties(&TieFilter::default(), 0, 10).unwrap().iter().map(|tie| tie.number).collect();
        assert_eq!(numbers.len(), 3);
        assert_eq!(store.untie(vec![numbers[0], numbers[2]]).await.unwrap().sessions, []);
        assert!(store.is_tied(&id, bob).unwrap() && !store.is_tied(&id, ann).unwrap());
        assert_eq!(store.untie(numbers).await.unwrap().sessions, std::slice::from_ref(&id));
        let name = InterviewName::parse("docassemble.demo:a.yml").unwrap();
        assert!(matches!(store.session(&id, &name), Err(StoreError::NotFound(Subject::Session))));
        let nobody = store.tie(&id, Tied::User(bob)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound(Subject::Session))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_to_a_session_that_was_untied_meanwhile_finds_none() {
    for place in Place::all() {
        let store = &place.store();
        let id = new_session(store, "s1").await;
        let guard = store.lock(&id, crate::place::PATIENCE).await.unwrap();
        let ties = store.ties(&TieFilter::default(), 0, 10).unwrap();
        store.untie(ties.iter().map(|tie| tie.number).collect()).await.unwrap();
        assert!(matches!(
            store.save_step(&guard, append(1, b"two")).await,
            Err(StoreError::NotFound(Subject::Session))
        ));
        assert!(matches!(store.session(&id, &interview()), Err(StoreError::NotFound(Subject::Session))));
    }
}
