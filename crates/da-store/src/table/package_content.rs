//! `package_content`: what is in the files of packages, sealed, under a hash that only the server's key can make.
//!
//! A content is never changed under its hash, and is kept for a while after the last file named it.

use crate::connection::AnyConnection;
use crate::schema::{package_content, package_file};
use crate::table::package_change::lock;
use crate::{Store, StoreError};
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

/// A content that no file names is kept for so long: nothing runs longer.
pub(crate) const KEPT: TimeDelta = TimeDelta::hours(1);

/// The hash of a content.
pub(crate) type Hash = [u8; 32];

/// A content, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContent {
    /// Its hash.
    pub hash: Hash,
    /// What it is.
    pub sealed: Vec<u8>,
}

impl Store {
    /// A content, as it was sealed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn package_content(&self, hash: &Hash) -> Result<Option<Vec<u8>>, StoreError> {
        let row = package_content::table.find(hash.as_slice()).select(package_content::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// Keeps contents for files that name them within the hour.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when two servers make the first package of a database at the same moment.
    pub async fn keep_package_contents(&self, mut new: Vec<NewContent>, now: NaiveDateTime) -> Result<(), StoreError> {
        new.sort_by_key(|content| content.hash);
        self.write(move |connection| {
            // One after another: two who keep the same contents, or one who changes what names them, wait for each other
            // here and nowhere else.
            lock(connection)?;
            for content in &new {
                let row = package_content::table.find(content.hash.as_slice());
                if diesel::update(row).set(package_content::needed.eq(now)).execute(connection)? > 0 {
                    continue;
                }
                diesel::insert_into(package_content::table)
                    .values((
                        package_content::hash.eq(content.hash.as_slice()),
                        package_content::needed.eq(now),
                        package_content::sealed.eq(&content.sealed),
                    ))
                    .execute(connection)?;
            }
            Ok(())
        })
        .await
    }
}

/// Keeps contents that files named until now for whoever still runs them.
pub(crate) fn need(connection: &mut AnyConnection, hashes: Vec<Vec<u8>>, now: NaiveDateTime) -> Result<(), StoreError> {
    let needed = package_content::table.filter(package_content::hash.eq_any(hashes));
    diesel::update(needed).set(package_content::needed.eq(now)).execute(connection)?;
    Ok(())
}

/// Clears away contents that nothing needs any more.
pub(crate) fn clear(connection: &mut AnyConnection, now: NaiveDateTime) -> Result<(), StoreError> {
    let named = package_file::table.filter(package_file::content.eq(package_content::hash));
    let unneeded = package_content::table
        .filter(package_content::needed.lt(now - KEPT))
        .filter(diesel::dsl::not(diesel::dsl::exists(named)));
    diesel::delete(unneeded).execute(connection)?;
    Ok(())
}
