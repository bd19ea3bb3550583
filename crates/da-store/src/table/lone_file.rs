//! Rows of `file` that belong to no session: the archives that packages came in. Nobody can name their session, so they are
//! open to those alone who are named for them.
//!
//! Such a file gets its content, and goes, with the change to its package alone.

use crate::blob::BlobName;
use crate::connection::AnyConnection;
use crate::schema::file;
use crate::table::file::{Grants, StoredContent, replace_access, reserve};
use crate::table::package_content::KEPT;
use crate::{Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::FileNumber;
use diesel::prelude::*;

/// The session of those that have none; no session is called so.
const NONE: &str = "";

/// What such a file is to hold.
#[derive(Debug, Clone)]
pub struct LoneContent {
    /// Which file.
    pub number: FileNumber,
    /// Its content.
    pub content: StoredContent,
    /// Who may read it.
    pub grants: Grants,
}

impl Store {
    /// Gives out the number of a new file without a session, which nobody can read yet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn reserve_lone_file(&self, name: String, now: NaiveDateTime) -> Result<FileNumber, StoreError> {
        self.write(move |connection| reserve(connection, (NONE, NONE), (&name, true), now)).await
    }
}

/// Gives such a file its content, and says who may read it.
pub(crate) fn keep(connection: &mut AnyConnection, new: &LoneContent) -> Result<(), StoreError> {
    let row = file::table.filter(file::number.eq(new.number.0)).filter(file::session.eq(NONE));
    let kept = (
        file::content.eq(Some(new.content.blob.as_str())),
        file::wrapped_key.eq(Some(&new.content.wrapped_key)),
        file::size.eq(new.content.size),
    );
    if diesel::update(row).set(kept).execute(connection)? == 0 {
        return Err(StoreError::NotFound(Subject::File));
    }
    replace_access(connection, new.number.0, &new.grants.0, &new.grants.1)
}

/// Deletes such a file; where its content is.
pub(crate) fn delete(connection: &mut AnyConnection, number: FileNumber) -> Result<Option<BlobName>, StoreError> {
    let row = || file::table.filter(file::number.eq(number.0)).filter(file::session.eq(NONE));
    let content: Option<Option<String>> = row().select(file::content).first(connection).optional()?;
    diesel::delete(row()).execute(connection)?;
    Ok(content.flatten().and_then(|name| BlobName::parse(&name)))
}

/// Takes back numbers that were given out long ago and got no content: whoever asked for them did not live to use them.
pub(crate) fn clear(connection: &mut AnyConnection, now: NaiveDateTime) -> Result<(), StoreError> {
    let unused = file::table.filter(file::session.eq(NONE)).filter(file::content.is_null());
    diesel::delete(unused.filter(file::created.lt(now - KEPT))).execute(connection)?;
    Ok(())
}
