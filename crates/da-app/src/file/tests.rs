//! A file whose row says something else than when it was saved.

use da_core::{Caller, FileNumber, Privilege, Profile, UserId};
use da_interview::Files;
use da_store::{Beside, FileChange, FileSave, Grant, Grants};

use super::{FileReader, OpenFile};
use crate::session::tests::Fixture;
use crate::{AppError, Fault, NewAccount};

fn visitor() -> Caller {
    Caller::Anonymous { visitor: "v".to_owned(), address: String::new() }
}

/// A session with a file of its own.
async fn with_file() -> (Fixture, FileNumber) {
    let session = Fixture::new().await;
    let desk = session.app.0.desk(&session.at, &visitor());
    let number = {
        let desk = desk.clone();
        tokio::task::spawn_blocking(move || {
            let number = desk.add("letter.txt").unwrap();
            desk.write(number, b"Dear Ann".to_vec()).unwrap();
            number
        })
    };
    let number = number.await.unwrap();
    session.app.0.save_with_files(&session.lock().await, &desk, None, Beside::default()).await.unwrap();
    (session, number)
}

async fn open(session: &Fixture, number: FileNumber) -> Result<OpenFile, AppError> {
    let sessions = [session.at.id.clone()];
    session.app.file_open(FileReader { caller: &visitor(), sessions: &sessions }, number).await
}

async fn content(mut file: OpenFile) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(piece) = file.next().await.unwrap() {
        whole.extend(piece);
    }
    whole
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_changed_behind_the_servers_back_opens_nothing() {
    let (session, number) = with_file().await;
    let file = open(&session, number).await.unwrap();
    assert_eq!((file.name.clone(), content(file).await), ("letter.txt".to_owned(), b"Dear Ann".to_vec()));
    let stored = session.app.0.store.file(number).unwrap().unwrap();
    let kept = stored.content.clone().unwrap();
    let row = FileSave {
        number,
        name: stored.name,
        private: true,
        persistent: false,
        content: Some(kept.clone()),
        access: None,
    };
    let mut larger = kept;
    larger.size += 1;
    for changed in [
        FileSave { name: "letter.exe".to_owned(), ..row.clone() },
        FileSave { private: false, ..row.clone() },
        FileSave { persistent: true, ..row.clone() },
        FileSave { content: Some(larger), ..row.clone() },
    ] {
        put(&session, changed.clone()).await;
        let refused = open(&session, number).await.err().unwrap();
        assert!(refused.whole().contains("the content of a file cannot be opened"), "{changed:?}: {}", refused.whole());
    }
    put(&session, row).await;
    assert!(open(&session, number).await.is_ok());
}

async fn put(session: &Fixture, row: FileSave) {
    let changes = vec![FileChange::Save(Box::new(row))];
    let beside = Beside { files: changes, ..Beside::default() };
    let now = session.app.0.clock.now().naive_utc();
    session.app.0.store.save_beside(&session.lock().await, beside, now).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_an_interview_renames_and_shares_keeps_its_content() {
    let (session, number) = with_file().await;
    let desk = session.app.0.desk(&session.at, &visitor());
    let renaming = desk.clone();
    let renamed = tokio::task::spawn_blocking(move || {
        let facts = renaming.facts(number).unwrap();
        let users: Vec<(UserId, String)> = Vec::new();
        let privileges = vec!["user".to_owned()];
        let facts = da_interview::FileFacts { name: "b.txt".to_owned(), private: false, users, privileges, ..facts };
        renaming.set(number, facts).unwrap();
        renaming.read(number).unwrap()
    });
    assert_eq!(renamed.await.unwrap(), b"Dear Ann");
    session.app.0.save_with_files(&session.lock().await, &desk, None, Beside::default()).await.unwrap();
    let file = open(&session, number).await.unwrap();
    assert_eq!((file.name.clone(), content(file).await), ("b.txt".to_owned(), b"Dear Ann".to_vec()));
    let stored = session.app.0.store.file(number).unwrap().unwrap();
    assert!(!stored.private);
    assert_eq!(session.app.0.contents.privileges_of(&stored), [Privilege("user".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_was_named_behind_the_servers_back_reads_nothing() {
    let (session, number) = with_file().await;
    let contents = &session.app.0.contents;
    let (email, privileges) = ("ann@example.com".to_owned(), vec!["trainee".to_owned()]);
    contents.store.add_privilege(Privilege("trainee".to_owned())).await.unwrap();
    let new = NewAccount { email, password: None, privileges, profile: Profile::default() };
    let (id, _) = session.app.user_add(new).await.unwrap();
    let caller = Caller::User(Box::new(contents.store.user(id).unwrap().unwrap().user));
    let stored = contents.store.file(number).unwrap().unwrap();
    let row = |access: Grants| FileSave {
        number,
        name: stored.name.clone(),
        private: true,
        persistent: false,
        content: stored.content.clone(),
        access: Some(access),
    };
    let (role, other) = (Privilege("trainee".to_owned()), FileNumber(number.0 + 1));
    let of_other_file = contents.grant(other, role.clone()).tag;
    let of_user = contents.grant(number, id).tag;
    let reads = async || {
        let reader = FileReader { caller: &caller, sessions: &[] };
        session.app.file_open(reader, number).await.map(drop).map_err(|refused| refused.fault)
    };
    for tag in [Vec::new(), vec![7; 32], of_other_file, of_user] {
        put(&session, row((Vec::new(), vec![Grant { to: role.clone(), tag }]))).await;
        assert_eq!(reads().await, Err(Fault::NoFile));
    }
    for tag in [Vec::new(), contents.grant(other, id).tag, contents.grant(number, role.clone()).tag] {
        put(&session, row((vec![Grant { to: id, tag }], Vec::new()))).await;
        assert_eq!(reads().await, Err(Fault::NoFile));
    }
    for access in [(Vec::new(), vec![contents.grant(number, role)]), (vec![contents.grant(number, id)], Vec::new())] {
        put(&session, row(access)).await;
        assert_eq!(reads().await, Ok(()));
    }
}
