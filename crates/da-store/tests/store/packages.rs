//! Packages in the database: what they are changes at once, and contents stay as long as somebody may still run them.

use chrono::{NaiveDateTime, TimeDelta};
use da_core::{Profile, UserId};
use da_store::{FileRow, FilesChange, NewContent, NewPackage, NewUser, Store, StoreError};

use crate::place::{Place, now, password};

const fn hash(number: u8) -> [u8; 32] {
    [number; 32]
}

fn file(path: &str, number: u8) -> FileRow {
    FileRow { path: path.to_owned(), hash: hash(number), size: 3 }
}

fn package(name: &str, playground: Option<(UserId, &str)>) -> NewPackage {
    NewPackage {
        name: name.to_owned(),
        playground: playground.map(|(user, project)| (user, project.to_owned())),
        kind: "zip".to_owned(),
        version: "1.0".to_owned(),
        origin: None,
        branch: None,
        file: None,
        installed_by: None,
    }
}

async fn keep(store: &Store, numbers: &[u8], now: NaiveDateTime) {
    let new = numbers.iter().map(|number| NewContent { hash: hash(*number), sealed: vec![*number] }).collect();
    store.keep_package_contents(new, now).await.unwrap();
}

fn stamp(word: &str) -> (String, NaiveDateTime) {
    (word.to_owned(), now())
}

fn paths(store: &Store, name: &str) -> Vec<String> {
    let files = store.package_index().unwrap().files;
    let mut paths: Vec<String> =
        files.into_iter().filter(|(package, _)| package == name).map(|(_, file)| file.path).collect();
    paths.sort();
    paths
}

async fn user(store: &Store, email: &str) -> UserId {
    let new = NewUser {
        email: email.to_owned(),
        password: Some(password("hash")),
        privileges: Vec::new(),
        profile: Profile::default(),
        now: now(),
    };
    store.add_user(new).await.unwrap()
}

#[tokio::test]
async fn a_package_is_replaced_amended_and_deleted_and_every_change_shows() {
    for place in Place::all() {
        let store = &place.store();
        assert_eq!(store.package_state().unwrap(), "");
        keep(store, &[1, 2, 3], now()).await;
        let whole = FilesChange::Whole(vec![file("a.py", 1), file("b.py", 2)]);
        store.change_package(package("docassemble.a", None), whole, stamp("first")).await.unwrap();
        assert_eq!((store.package_state().unwrap().as_str(), paths(store, "docassemble.a").len()), ("first", 2));
        let amended = FilesChange::Some(vec![file("b.py", 3), file("c.py", 1)], vec!["a.py".to_owned()]);
        store.change_package(package("docassemble.a", None), amended, stamp("second")).await.unwrap();
        assert_eq!(paths(store, "docassemble.a"), ["b.py", "c.py"]);
        let index = store.package_index().unwrap();
        assert_eq!(index.state, "second");
        assert!(index.files.contains(&("docassemble.a".to_owned(), file("b.py", 3))));
        let newer = NewPackage { version: "2.0".to_owned(), ..package("docassemble.a", None) };
        store.change_package(newer.clone(), FilesChange::Whole(Vec::new()), stamp("third")).await.unwrap();
        let [stored] = store.installed_packages().unwrap().try_into().unwrap();
        assert_eq!((stored.package, stored.modified), (newer, now()));
        assert!(store.delete_package("docassemble.a".to_owned(), None, stamp("fourth")).await.unwrap());
        assert!(!store.delete_package("docassemble.a".to_owned(), None, stamp("fifth")).await.unwrap());
        assert_eq!(store.installed_packages().unwrap(), []);
    }
}

#[tokio::test]
async fn a_content_outlives_its_last_file_by_an_hour() {
    for place in Place::all() {
        let store = &place.store();
        keep(store, &[1, 2], now()).await;
        let change = |files, hours| {
            let at = now() + TimeDelta::hours(hours);
            store.change_package(package("docassemble.a", None), files, (format!("at {hours}"), at))
        };
        change(FilesChange::Whole(vec![file("a.py", 1)]), 0).await.unwrap();
        // What was kept and never named goes first, what is named stays however old it is.
        change(FilesChange::Whole(vec![file("a.py", 1)]), 9).await.unwrap();
        assert_eq!(store.package_content(&hash(2)).unwrap(), None);
        assert_eq!(store.package_content(&hash(1)).unwrap(), Some(vec![1]));
        change(FilesChange::Whole(Vec::new()), 20).await.unwrap();
        change(FilesChange::Whole(Vec::new()), 21).await.unwrap();
        assert_eq!(store.package_content(&hash(1)).unwrap(), Some(vec![1]));
        change(FilesChange::Whole(Vec::new()), 22).await.unwrap();
        assert_eq!(store.package_content(&hash(1)).unwrap(), None);
    }
}

#[tokio::test]
async fn a_file_without_a_content_is_refused_and_nothing_changes() {
    for place in Place::all() {
        let store = &place.store();
        let refused = store
            .change_package(package("docassemble.a", None), FilesChange::Whole(vec![file("a.py", 1)]), stamp("first"))
            .await;
        assert!(matches!(refused, Err(StoreError::NotFound("content of a package"))), "{refused:?}");
        assert_eq!((store.package_state().unwrap().as_str(), store.installed_packages().unwrap().len()), ("", 0));
    }
}

#[tokio::test]
async fn a_project_belongs_to_its_playground_alone() {
    for place in Place::all() {
        let store = &place.store();
        let (ann, bob) = (user(store, "ann@example.com").await, user(store, "bob@example.com").await);
        let nothing = || FilesChange::Whole(Vec::new());
        let of = |user| package("docassemble.playground1x", Some((user, "x")));
        store.change_package(of(ann), nothing(), stamp("first")).await.unwrap();
        for other in [of(bob), package("docassemble.playground1x", None)] {
            let refused = store.change_package(other, nothing(), stamp("second")).await;
            assert!(matches!(refused, Err(StoreError::Conflict("package"))), "{refused:?}");
        }
        assert!(!store.delete_package("docassemble.playground1x".to_owned(), Some(bob), stamp("third")).await.unwrap());
        assert!(!store.delete_package("docassemble.playground1x".to_owned(), None, stamp("fourth")).await.unwrap());
        assert_eq!(store.playground_projects(ann).unwrap().len(), 1);
        assert_eq!((store.playground_projects(bob).unwrap().len(), store.installed_packages().unwrap().len()), (0, 0));
        let nobody =
            store.change_package(package("docassemble.p", Some((UserId(99), "x"))), nothing(), stamp("5")).await;
        assert!(matches!(nobody, Err(StoreError::NotFound("user"))), "{nobody:?}");
    }
}
