//! `file`, `file_user` and `file_role`: what is known about files, and who may read them besides those who are tied to
//! their session. The contents are elsewhere: see [`Blobs`](crate::Blobs).
//!
//! A number is given out before the step that mentions it is saved; the content comes with the step, in the same
//! transaction. A file is written through its own session alone.

use crate::blob::BlobName;
use crate::connection::AnyConnection;
use crate::schema::{file, file_role, file_user, role};
use crate::table::role as roles;
use crate::{Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::{FileNumber, InterviewName, Privilege, SessionId, UserId};
use diesel::prelude::*;

/// A file that is to have a number.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// The session that it belongs to.
    pub session: SessionId,
    /// The session's interview.
    pub interview: InterviewName,
    /// Its name, with the extension.
    pub name: String,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its number.
    pub number: FileNumber,
    /// The session that it belongs to, which may be gone by now.
    pub session: String,
    /// The session's interview.
    pub interview: String,
    /// Its name, with the extension.
    pub name: String,
    /// Whether only those may read it who are named or tied to the session.
    pub private: bool,
    /// Whether it outlives its session.
    pub persistent: bool,
    /// Its content; none before the first step that mentions it was saved.
    pub content: Option<StoredContent>,
    /// Users who may read it besides.
    pub users: Vec<Grant<UserId>>,
    /// Privileges whose holders may read it besides.
    pub privileges: Vec<Grant<Privilege>>,
}

/// Somebody who is named as a reader of a file, as the rows say it: whether that is so, its tag shows to whoever can
/// check it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant<T> {
    /// Who.
    pub to: T,
    /// What shows that the row was written here; opaque to the store. Empty where there is nothing.
    pub tag: Vec<u8>,
}

/// The readers of a file.
pub type Grants = (Vec<Grant<UserId>>, Vec<Grant<Privilege>>);

/// The content of a file, as the rows know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredContent {
    /// Where it is.
    pub blob: BlobName,
    /// Its key, wrapped; opaque to the store.
    pub wrapped_key: Vec<u8>,
    /// Its length in bytes, before it was sealed.
    pub size: i64,
}

/// A change to a file of the session that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// What the file is from now on.
    Save(Box<FileSave>),
    /// The file goes.
    Delete(FileNumber),
}

/// What a file is from now on; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSave {
    /// Which.
    pub number: FileNumber,
    /// Its name, with the extension.
    pub name: String,
    /// See [`StoredFile::private`].
    pub private: bool,
    /// See [`StoredFile::persistent`].
    pub persistent: bool,
    /// A new content.
    pub content: Option<StoredContent>,
    /// Who may read it besides.
    pub access: Option<Grants>,
}

type Row = (i64, String, String, String, bool, bool, i64, Option<String>, Option<Vec<u8>>);

impl Store {
    /// Gives out the number of a new file, which nobody can read yet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn reserve_file(&self, new: NewFile) -> Result<FileNumber, StoreError> {
        self.write(move |connection| {
            reserve(connection, (new.session.as_str(), new.interview.as_str()), (&new.name, false), new.now)
        })
        .await
    }

    /// Takes back numbers that no step mentions; a file that has a content by now stays.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn release_files(&self, numbers: Vec<FileNumber>) -> Result<(), StoreError> {
        let numbers: Vec<i64> = numbers.into_iter().map(|number| number.0).collect();
        self.write(move |connection| {
            let unused = file::table.filter(file::number.eq_any(&numbers)).filter(file::content.is_null());
            diesel::delete(unused).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// A file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn file(&self, number: FileNumber) -> Result<Option<StoredFile>, StoreError> {
        self.read()?.reading(|connection| find(connection, number))
    }

    /// Whether any file has a content.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_files(&self) -> Result<bool, StoreError> {
        let rows: i64 = file::table.filter(file::content.is_not_null()).count().get_result(&mut *self.read()?)?;
        Ok(rows > 0)
    }

    /// Whether a content belongs to a file.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_used(&self, blob: &BlobName) -> Result<bool, StoreError> {
        let rows: i64 = file::table.filter(file::content.eq(blob.as_str())).count().get_result(&mut *self.read()?)?;
        Ok(rows > 0)
    }
}

/// Makes the row of a file of a session and an interview, with a name and whether it is persistent; its number.
pub(crate) fn reserve(
    connection: &mut AnyConnection,
    (session, interview): (&str, &str),
    (name, persistent): (&str, bool),
    now: NaiveDateTime,
) -> Result<FileNumber, StoreError> {
    let row = (
        file::session.eq(session),
        file::interview.eq(interview),
        file::name.eq(name),
        file::persistent.eq(persistent),
        file::created.eq(now),
        file::modified.eq(now),
    );
    let insert = diesel::insert_into(file::table).values(row).returning(file::number);
    let number = match connection {
        AnyConnection::Postgres(postgres) => insert.get_result(postgres)?,
        AnyConnection::Sqlite(sqlite) => insert.get_result(sqlite)?,
    };
    Ok(FileNumber(number))
}

/// Carries out changes to the files of a session.
pub(crate) fn apply(
    connection: &mut AnyConnection,
    session: &str,
    changes: &[FileChange],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    for change in changes {
        match change {
            FileChange::Save(save) => write(connection, session, save, now)?,
            FileChange::Delete(number) => {
                let own = file::table.filter(file::number.eq(number.0)).filter(file::session.eq(session));
                diesel::delete(own).execute(connection)?;
            }
        }
    }
    Ok(())
}

/// The files that go with a session.
#[diesel::dsl::auto_type]
fn of_session<'a>(session: &'a str) -> _ {
    file::table.filter(file::session.eq(session)).filter(file::persistent.eq(false))
}

/// Deletes the files that go with a session; where their contents are.
pub(crate) fn delete_of_session(connection: &mut AnyConnection, session: &str) -> Result<Vec<BlobName>, StoreError> {
    let names: Vec<Option<String>> = of_session(session).select(file::content).load(connection)?;
    diesel::delete(of_session(session)).execute(connection)?;
    Ok(names.into_iter().flatten().filter_map(|name| BlobName::parse(&name)).collect())
}

fn write(connection: &mut AnyConnection, session: &str, save: &FileSave, now: NaiveDateTime) -> Result<(), StoreError> {
    let number = save.number.0;
    let row = || file::table.filter(file::number.eq(number)).filter(file::session.eq(session));
    let about = (
        file::name.eq(&save.name),
        file::private.eq(save.private),
        file::persistent.eq(save.persistent),
        file::modified.eq(now),
    );
    if diesel::update(row()).set(about).execute(connection)? == 0 {
        return Err(StoreError::NotFound(Subject::File));
    }
    if let Some(content) = &save.content {
        let content = (
            file::content.eq(Some(content.blob.as_str())),
            file::wrapped_key.eq(Some(&content.wrapped_key)),
            file::size.eq(content.size),
        );
        diesel::update(row()).set(content).execute(connection)?;
    }
    if let Some((users, privileges)) = &save.access {
        replace_access(connection, number, users, privileges)?;
    }
    Ok(())
}

pub(crate) fn replace_access(
    connection: &mut AnyConnection,
    number: i64,
    users: &[Grant<UserId>],
    privileges: &[Grant<Privilege>],
) -> Result<(), StoreError> {
    diesel::delete(file_user::table.filter(file_user::file_number.eq(number))).execute(connection)?;
    diesel::delete(file_role::table.filter(file_role::file_number.eq(number))).execute(connection)?;
    for user in users {
        diesel::insert_into(file_user::table)
            .values((
                file_user::file_number.eq(number),
                file_user::user_id.eq(user.to.0),
                file_user::tag.eq(Some(&user.tag)),
            ))
            .execute(connection)?;
    }
    for privilege in privileges {
        let role = roles::number(connection, &privilege.to)?;
        diesel::insert_into(file_role::table)
            .values((
                file_role::file_number.eq(number),
                file_role::role_id.eq(role),
                file_role::tag.eq(Some(&privilege.tag)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn find(connection: &mut AnyConnection, number: FileNumber) -> Result<Option<StoredFile>, StoreError> {
    let row: Option<Row> = file::table
        .filter(file::number.eq(number.0))
        .select((
            file::number,
            file::session,
            file::interview,
            file::name,
            file::private,
            file::persistent,
            file::size,
            file::content,
            file::wrapped_key,
        ))
        .first(connection)
        .optional()?;
    let Some((_, session, interview, name, private, persistent, size, blob, wrapped_key)) = row else {
        return Ok(None);
    };
    let content = match (blob, wrapped_key) {
        (Some(blob), Some(wrapped_key)) => {
            let blob = BlobName::parse(&blob).ok_or_else(|| StoreError::Damaged("the name of a content".to_owned()))?;
            Some(StoredContent { blob, wrapped_key, size })
        }
        _ => None,
    };
    let users: Vec<(i64, Option<Vec<u8>>)> = file_user::table
        .filter(file_user::file_number.eq(number.0))
        .order(file_user::user_id)
        .select((file_user::user_id, file_user::tag))
        .load(connection)?;
    let privileges: Vec<(String, Option<Vec<u8>>)> = file_role::table
        .inner_join(role::table)
        .filter(file_role::file_number.eq(number.0))
        .order(role::name)
        .select((role::name, file_role::tag))
        .load(connection)?;
    Ok(Some(StoredFile {
        number,
        session,
        interview,
        name,
        private,
        persistent,
        content,
        users: users.into_iter().map(|(user, tag)| grant(UserId(user), tag)).collect(),
        privileges: privileges.into_iter().map(|(name, tag)| grant(Privilege(name), tag)).collect(),
    }))
}

fn grant<T>(to: T, tag: Option<Vec<u8>>) -> Grant<T> {
    Grant { to, tag: tag.unwrap_or_default() }
}
