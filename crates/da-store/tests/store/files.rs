//! Files: numbers that come before their step, contents that come with it, and what goes with a session.

use crate::place::{PATIENCE, Place, append, interview, new_session, now, password};
use da_core::{FileNumber, Privilege, Profile, SessionId, StepNumber, UserId};
use da_store::{
    AfterUndo, Beside, BlobName, Blobs, FileChange, FileSave, Grant, NewFile, NewUser, SaveStep, Store, StoreError,
    StoredContent, Subject,
};
use std::time::Duration;

async fn reserve(store: &Store, session: &SessionId, name: &str) -> FileNumber {
    let new = NewFile { session: session.clone(), interview: interview(), name: name.to_owned(), now: now() };
    store.reserve_file(new).await.unwrap()
}

async fn blob(blobs: &Blobs, bytes: &[u8]) -> BlobName {
    let mut writer = blobs.create().unwrap();
    writer.write(bytes).await.unwrap();
    writer.finish().await.unwrap()
}

async fn bytes(blobs: &Blobs, name: &BlobName) -> Result<Vec<u8>, StoreError> {
    let mut reader = blobs.read(name).await?;
    let mut all = Vec::new();
    while let Some(bytes) = reader.next().await? {
        all.extend(bytes);
    }
    Ok(all)
}

fn content(blob: &BlobName) -> StoredContent {
    StoredContent { blob: blob.clone(), wrapped_key: vec![1, 2, 3], size: 5 }
}

fn save(number: FileNumber, name: &str) -> FileSave {
    FileSave { number, name: name.to_owned(), private: true, persistent: false, content: None, access: None }
}

fn files(files: Vec<FileChange>) -> Beside {
    Beside { files, ..Beside::default() }
}

fn changed(save: FileSave) -> FileChange {
    FileChange::Save(Box::new(save))
}

/// Somebody who is named as a reader, with what shows it.
fn grant<T>(to: T) -> Grant<T> {
    Grant { to, tag: b"tag".to_vec() }
}

#[tokio::test]
async fn a_number_is_given_out_before_the_step_and_the_content_comes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::in_folder(folder.path()).unwrap();
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        let (first, second) = (reserve(store, &session, "a.txt").await, reserve(store, &session, "b.txt").await);
        assert!(first < second);
        assert_eq!(store.file(first).unwrap().unwrap().content, None);
        let name = blob(&blobs, b"sealed").await;
        let written = FileSave { content: Some(content(&name)), private: false, ..save(first, "c.txt") };
        let step = SaveStep { beside: files(vec![changed(written)]), ..append(1, b"two") };
        store.save_step(&guard, step).await.unwrap();
        let file = store.file(first).unwrap().unwrap();
        assert_eq!((file.name.as_str(), file.private, file.persistent), ("c.txt", false, false));
        assert_eq!((file.session.as_str(), file.content), ("abc", Some(content(&name))));
        assert!(store.is_used(&name).unwrap());
        store.release_files(vec![first, second]).await.unwrap();
        assert!(store.file(first).unwrap().is_some() && store.file(second).unwrap().is_none());
    }
}

#[tokio::test]
async fn a_file_is_written_through_its_own_session_alone_and_a_refused_change_saves_nothing() {
    for place in Place::all() {
        let store = &place.store();
        let (mine, other) = (new_session(store, "abc").await, new_session(store, "def").await);
        let number = reserve(store, &mine, "a.txt").await;
        let guard = store.lock(&other, PATIENCE).await.unwrap();
        let step = SaveStep { beside: files(vec![changed(save(number, "b.txt"))]), ..append(1, b"two") };
        let refused = store.save_step(&guard, step).await;
        assert!(matches!(refused, Err(StoreError::NotFound(Subject::File))), "{refused:?}");
        assert_eq!(store.session(&other, &interview()).unwrap().newest.sealed, b"one");
        store.save_beside(&guard, files(vec![FileChange::Delete(number)]), now()).await.unwrap();
        assert_eq!(store.file(number).unwrap().unwrap().name, "a.txt");
    }
}

#[tokio::test]
async fn users_and_privileges_may_be_named_and_are_replaced_together() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        let number = reserve(store, &session, "a.txt").await;
        let new = NewUser {
            email: "reader@example.com".to_owned(),
            password: Some(password("a hash")),
            privileges: Vec::new(),
            profile: Profile::default(),
            now: now(),
        };
        let user = store.add_user(new).await.unwrap();
        let access = |users: &[UserId], privileges: &[&str]| {
            let privileges = privileges.iter().map(|name| grant(Privilege((*name).to_owned()))).collect();
            let users = users.iter().copied().map(grant).collect();
            vec![changed(FileSave { access: Some((users, privileges)), ..save(number, "a.txt") })]
        };
        store.save_beside(&guard, files(access(&[user], &["trainer", "cron"])), now()).await.unwrap();
        let file = store.file(number).unwrap().unwrap();
        assert_eq!(file.users, [grant(user)]);
        let named = ["cron", "trainer"].map(|name| grant(Privilege(name.to_owned())));
        assert_eq!(file.privileges, named);
        let refused = store.save_beside(&guard, files(access(&[user], &["emperor"])), now()).await;
        assert!(matches!(refused, Err(StoreError::NotFound(Subject::Privilege))), "{refused:?}");
        store.save_beside(&guard, files(access(&[], &["cron"])), now()).await.unwrap();
        let file = store.file(number).unwrap().unwrap();
        assert_eq!((file.users.len(), file.privileges.len()), (0, 1));
    }
}

#[tokio::test]
async fn a_step_back_and_what_happens_to_files_are_one_transaction() {
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        store.save_step(&guard, append(1, b"two")).await.unwrap();
        let number = reserve(store, &session, "a.txt").await;
        let access = |privilege: &str| {
            let privileges = vec![grant(Privilege(privilege.to_owned()))];
            AfterUndo::Stay(files(vec![changed(FileSave {
                access: Some((vec![], privileges)),
                ..save(number, "b.txt")
            })]))
        };
        let refused = store.delete_step(&guard, StepNumber(2), access("emperor"), now()).await;
        assert!(matches!(refused, Err(StoreError::NotFound(Subject::Privilege))), "{refused:?}");
        assert_eq!(store.session(&session, &interview()).unwrap().newest.number, StepNumber(2));
        let before = store.counters().commits();
        store.delete_step(&guard, StepNumber(2), access("cron"), now()).await.unwrap();
        assert_eq!(store.counters().commits() - before, 1);
        assert_eq!(store.session(&session, &interview()).unwrap().newest.number, StepNumber(1));
        assert_eq!(store.file(number).unwrap().unwrap().name, "b.txt");
    }
}

#[tokio::test]
async fn files_go_with_their_session_unless_they_are_persistent() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::in_folder(folder.path()).unwrap();
    for place in Place::all() {
        let store = &place.store();
        let session = new_session(store, "abc").await;
        let guard = store.lock(&session, PATIENCE).await.unwrap();
        let (goes, stays) = (reserve(store, &session, "a.txt").await, reserve(store, &session, "b.txt").await);
        let (one, two) = (blob(&blobs, b"one").await, blob(&blobs, b"two").await);
        let changes = vec![
            changed(FileSave { content: Some(content(&one)), ..save(goes, "a.txt") }),
            changed(FileSave { content: Some(content(&two)), persistent: true, ..save(stays, "b.txt") }),
        ];
        store.save_beside(&guard, files(changes), now()).await.unwrap();
        let gone = store.delete_session(&guard, &interview()).await.unwrap();
        assert_eq!(gone.blobs, std::slice::from_ref(&one));
        assert!(store.file(goes).unwrap().is_none() && store.file(stays).unwrap().is_some());
        assert!(!store.is_used(&one).unwrap() && store.is_used(&two).unwrap());
    }
}

#[tokio::test]
async fn a_content_appears_whole_or_not_at_all_and_goes_when_it_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::in_folder(folder.path()).unwrap();
    let large = vec![7; 600_000];
    let name = blob(&blobs, &large).await;
    assert!(bytes(&blobs, &name).await.unwrap() == large);
    let mut broken = blobs.create().unwrap();
    broken.write(&large).await.unwrap();
    drop(broken);
    let empty = blob(&blobs, b"").await;
    assert_eq!(bytes(&blobs, &empty).await.unwrap(), b"");
    let mut all = blobs.older_than(Duration::ZERO).await.unwrap();
    all.sort_by_key(|found| *found != name);
    assert_eq!(all, [name.clone(), empty]);
    assert_eq!(blobs.older_than(Duration::from_secs(60)).await.unwrap(), []);
    blobs.delete(&name).await.unwrap();
    blobs.delete(&name).await.unwrap();
    assert!(matches!(bytes(&blobs, &name).await, Err(StoreError::NotFound(Subject::FileContent))));
}

#[tokio::test]
async fn what_a_crash_left_of_a_content_that_was_being_written_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::in_folder(folder.path()).unwrap();
    let mut writer = blobs.create().unwrap();
    writer.write(b"whole").await.unwrap();
    let name = writer.finish().await.unwrap();
    let below = folder.path().join(&name.as_str()[..2]);
    // As `object_store` calls what is not finished.
    let left = below.join(format!("{}#1", "0".repeat(32)));
    let others = [below.join("notes#1"), folder.path().join(format!("{}#1", "0".repeat(32)))];
    for file in others.iter().chain([&left]) {
        std::fs::write(file, b"part").unwrap();
    }
    assert_eq!(blobs.sweep_unfinished(Duration::from_secs(3600)).await.unwrap(), 0);
    assert_eq!(blobs.sweep_unfinished(Duration::ZERO).await.unwrap(), 1);
    assert!(!left.exists() && others.iter().all(|file| file.exists()));
    assert!(blobs.read(&name).await.is_ok());
}
