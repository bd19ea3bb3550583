//! Rows of `file` that belong to no session: the archives that packages came in. Nobody can name their session, so they are
//! open to those alone who are named for them.

use crate::blob::BlobName;
use crate::schema::file;
use crate::table::file::{Grants, StoredContent, replace_access, reserve};
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::FileNumber;
use diesel::prelude::*;

/// The session of those that have none; no session is called so.
const NONE: &str = "";

impl Store {
    /// Gives out the number of a new file without a session, which nobody can read yet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn reserve_lone_file(&self, name: String, now: NaiveDateTime) -> Result<FileNumber, StoreError> {
        self.write(move |connection| reserve(connection, (NONE, NONE), (&name, true), now)).await
    }

    /// Gives such a file its content, and says who may read it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such file without a session.
    pub async fn keep_lone_file(
        &self,
        number: FileNumber,
        content: StoredContent,
        (users, privileges): Grants,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let row = file::table.filter(file::number.eq(number.0)).filter(file::session.eq(NONE));
            let kept = (
                file::content.eq(Some(content.blob.as_str())),
                file::wrapped_key.eq(Some(&content.wrapped_key)),
                file::size.eq(content.size),
            );
            if diesel::update(row).set(kept).execute(connection)? == 0 {
                return Err(StoreError::NotFound("file"));
            }
            replace_access(connection, number.0, &users, &privileges)
        })
        .await
    }

    /// Deletes such a file; where its content is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn delete_lone_file(&self, number: FileNumber) -> Result<Option<BlobName>, StoreError> {
        self.write(move |connection| {
            let row = || file::table.filter(file::number.eq(number.0)).filter(file::session.eq(NONE));
            let content: Option<Option<String>> = row().select(file::content).first(connection).optional()?;
            diesel::delete(row()).execute(connection)?;
            Ok(content.flatten().and_then(|name| BlobName::parse(&name)))
        })
        .await
    }
}
