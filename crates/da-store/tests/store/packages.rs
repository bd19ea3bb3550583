//! Packages in the database: what they are changes at once, and contents stay as long as somebody may still run them.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use da_core::{Profile, UserId};
use da_store::{
    FileRow, FilesChange, NewContent, NewPackage, NewUser, PackageChange, PackageOwner, PackageRule, Store, StoreError,
    Subject,
};

use tokio::task::JoinSet;

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

fn change(package: NewPackage, files: FilesChange) -> PackageChange {
    PackageChange { package, files, rule: PackageRule::default(), archive: None }
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
        store.change_package(change(package("docassemble.a", None), whole), stamp("first")).await.unwrap();
        assert_eq!((store.package_state().unwrap().as_str(), paths(store, "docassemble.a").len()), ("first", 2));
        let amended = FilesChange::Some(vec![file("b.py", 3), file("c.py", 1)], vec!["a.py".to_owned()]);
        store.change_package(change(package("docassemble.a", None), amended), stamp("second")).await.unwrap();
        assert_eq!(paths(store, "docassemble.a"), ["b.py", "c.py"]);
        let index = store.package_index().unwrap();
        assert_eq!(index.state, "second");
        assert!(index.files.contains(&("docassemble.a".to_owned(), file("b.py", 3))));
        let newer = NewPackage { version: "2.0".to_owned(), ..package("docassemble.a", None) };
        store.change_package(change(newer.clone(), FilesChange::Whole(Vec::new())), stamp("third")).await.unwrap();
        let [stored] = store.installed_packages().unwrap().try_into().unwrap();
        assert_eq!((stored.package, stored.modified), (newer, now()));
        let delete = |word| store.delete_package("docassemble.a".to_owned(), PackageOwner::Anybody, stamp(word));
        assert!(delete("fourth").await.unwrap().is_some());
        assert!(delete("fifth").await.unwrap().is_none());
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
            store.change_package(change(package("docassemble.a", None), files), (format!("at {hours}"), at))
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
        let files = FilesChange::Whole(vec![file("a.py", 1)]);
        let refused = store.change_package(change(package("docassemble.a", None), files), stamp("first")).await;
        assert!(matches!(refused, Err(StoreError::NotFound(Subject::PackageContent))), "{refused:?}");
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
        store.change_package(change(of(ann), nothing()), stamp("first")).await.unwrap();
        for other in [of(bob), package("docassemble.playground1x", None)] {
            let refused = store.change_package(change(other, nothing()), stamp("second")).await;
            assert!(matches!(refused, Err(StoreError::Conflict(Subject::Package))), "{refused:?}");
        }
        for owner in [PackageOwner::Playground(bob), PackageOwner::Anybody, PackageOwner::Installer(ann)] {
            let gone = store.delete_package("docassemble.playground1x".to_owned(), owner, stamp("third")).await;
            assert!(gone.unwrap().is_none(), "{owner:?}");
        }
        assert_eq!(store.playground_projects(ann).unwrap().len(), 1);
        assert_eq!((store.playground_projects(bob).unwrap().len(), store.installed_packages().unwrap().len()), (0, 0));
        let of_nobody = package("docassemble.p", Some((UserId(99), "x")));
        let nobody = store.change_package(change(of_nobody, nothing()), stamp("5")).await;
        assert!(matches!(nobody, Err(StoreError::NotFound(Subject::User))), "{nobody:?}");
    }
}

#[tokio::test]
async fn what_must_hold_is_looked_at_in_the_transaction_of_the_change() {
    for place in Place::all() {
        let store = &place.store();
        let (ann, bob) = (user(store, "ann@example.com").await, user(store, "bob@example.com").await);
        keep(store, &[1], now()).await;
        let of_ann = NewPackage { installed_by: Some(ann), ..package("docassemble.a", None) };
        let with = |package: &NewPackage, rule, word: &'static str| {
            let files = FilesChange::Some(vec![file("a.py", 1), file("b.py", 1)], Vec::new());
            let change = PackageChange { rule, ..change(package.clone(), files) };
            store.change_package(change, stamp(word))
        };
        let there = |there| PackageRule { there: Some(there), ..PackageRule::default() };
        assert!(matches!(with(&of_ann, there(true), "0").await, Err(StoreError::NotFound(Subject::Package))));
        with(&of_ann, there(false), "1").await.unwrap();
        assert!(matches!(with(&of_ann, there(false), "2").await, Err(StoreError::Conflict(Subject::Package))));
        let by = |user| PackageRule { installed_by: Some(user), ..PackageRule::default() };
        assert!(matches!(with(&of_ann, by(bob), "3").await, Err(StoreError::Denied(Subject::Package))));
        with(&of_ann, by(ann), "4").await.unwrap();
        for (most, fits) in [((2, 6), true), ((1, 6), false), ((2, 5), false)] {
            let measured = with(&of_ann, PackageRule { most: Some(most), ..PackageRule::default() }, "5").await;
            assert_eq!(measured.is_ok(), fits, "{most:?}");
            assert!(fits || matches!(measured, Err(StoreError::Full(Subject::File))));
        }
        let project = |name: &'static str| package(name, Some((ann, name)));
        let few = PackageRule { most_projects: Some(1), ..PackageRule::default() };
        with(&project("docassemble.playground1x"), few, "6").await.unwrap();
        with(&project("docassemble.playground1x"), few, "7").await.unwrap();
        let second = with(&project("docassemble.playground1y"), few, "8").await;
        assert!(matches!(second, Err(StoreError::Full(Subject::Project))), "{second:?}");
        assert_eq!(store.package_state().unwrap(), "7");
        let theirs = store.delete_package("docassemble.a".to_owned(), PackageOwner::Installer(bob), stamp("9")).await;
        assert!(matches!(theirs, Err(StoreError::Denied(Subject::Package))), "{theirs:?}");
        let own = store.delete_package("docassemble.a".to_owned(), PackageOwner::Installer(ann), stamp("10")).await;
        assert!(own.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_who_keep_the_same_contents_in_another_order_do_not_stop_each_other() {
    for place in Place::all() {
        let stores = [Arc::new(place.store()), Arc::new(place.store())];
        let all: Vec<u8> = (1..=60).collect();
        keep(&stores[0], &all, now()).await;
        let mut tasks = JoinSet::new();
        for round in 0..24_usize {
            let store = Arc::clone(&stores[round % 2]);
            let mut numbers = all.clone();
            if round % 3 == 0 {
                numbers.reverse();
            }
            tasks.spawn(async move {
                keep(&store, &numbers, now()).await;
                let rows = numbers.iter().map(|number| file(&format!("{number}.py"), *number)).collect();
                let package = package(&format!("docassemble.p{}", round % 4), None);
                store.change_package(change(package, FilesChange::Whole(rows)), stamp(&format!("{round}"))).await
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap().unwrap();
        }
        assert_eq!(stores[1].package_index().unwrap().files.len(), 240);
    }
}
