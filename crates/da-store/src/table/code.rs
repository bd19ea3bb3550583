//! `code`: what is kept behind codes that were given out, until they are used or too old.
//!
//! It holds neither a code nor anything that opens without one.

use crate::connection::AnyConnection;
use crate::schema::code;
use crate::{Store, StoreError, Subject};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// So many that are too old are cleared away with each new one.
const CLEARED: i64 = 100;

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct NewCode {
    /// The keyed hash of the code.
    pub hash: [u8; 32],
    /// What is kept, sealed under the code.
    pub sealed: Vec<u8>,
    /// Until when, in UTC.
    pub expires: NaiveDateTime,
    /// Whose it is, as a keyed hash, and how many codes they may have: the oldest go.
    pub owner: Option<([u8; 32], i64)>,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

impl Store {
    /// Keeps something behind a code.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is such a code.
    pub async fn add_code(&self, new: NewCode) -> Result<(), StoreError> {
        self.write(move |connection| {
            clear(connection, new.now)?;
            let old = code::table.filter(code::hash.eq(new.hash.as_slice())).filter(code::expires.le(new.now));
            diesel::delete(old).execute(connection)?;
            diesel::insert_into(code::table)
                .values((
                    code::hash.eq(new.hash.as_slice()),
                    code::sealed.eq(&new.sealed),
                    code::expires.eq(new.expires),
                    code::owner.eq(new.owner.as_ref().map(|(owner, _)| owner.as_slice())),
                ))
                .execute(connection)
                .map_err(|error| StoreError::from(error).conflict_on_unique(Subject::Code))?;
            new.owner.map_or(Ok(()), |(owner, most)| keep_newest(connection, &owner, most))
        })
        .await
    }

    /// What is kept behind a code, unless it is too old.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn code(&self, hash: &[u8; 32], now: NaiveDateTime) -> Result<Option<Vec<u8>>, StoreError> {
        find(&mut *self.read()?, hash, now)
    }

    /// Takes what is kept behind a code, once: of several who ask for it at once, one gets it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn take_code(&self, hash: [u8; 32], now: NaiveDateTime) -> Result<Option<Vec<u8>>, StoreError> {
        self.write(move |connection| {
            let sealed = find(connection, &hash, now)?;
            let mine = diesel::delete(code::table.find(hash.as_slice())).execute(connection)? > 0;
            Ok(sealed.filter(|_| mine))
        })
        .await
    }

    /// Puts something in the place of what is behind a code. One that is gone stays gone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn replace_code(&self, hash: [u8; 32], sealed: Vec<u8>) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::update(code::table.find(hash.as_slice())).set(code::sealed.eq(&sealed)).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// Keeps what is behind a code until another time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn keep_code(&self, hash: [u8; 32], expires: NaiveDateTime) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::update(code::table.find(hash.as_slice())).set(code::expires.eq(expires)).execute(connection)?;
            Ok(())
        })
        .await
    }
}

fn find(connection: &mut AnyConnection, hash: &[u8; 32], now: NaiveDateTime) -> Result<Option<Vec<u8>>, StoreError> {
    let row = code::table.filter(code::hash.eq(hash.as_slice())).filter(code::expires.gt(now)).select(code::sealed);
    Ok(row.first(connection).optional()?)
}

/// Clears away what an owner has beyond so many codes: those that end first.
fn keep_newest(connection: &mut AnyConnection, owner: &[u8; 32], most: i64) -> Result<(), StoreError> {
    let surplus: Vec<Vec<u8>> = code::table
        .filter(code::owner.eq(owner.as_slice()))
        .order((code::expires.desc(), code::hash))
        .offset(most)
        // Without a limit, SQLite has no offset.
        .limit(CLEARED)
        .select(code::hash)
        .load(connection)?;
    for hash in surplus {
        diesel::delete(code::table.find(hash)).execute(connection)?;
    }
    Ok(())
}

/// Clears away what is too old.
fn clear(connection: &mut AnyConnection, now: NaiveDateTime) -> Result<(), StoreError> {
    let old: Vec<Vec<u8>> = code::table
        .filter(code::expires.le(now))
        .order(code::expires)
        .limit(CLEARED)
        .select(code::hash)
        .load(connection)?;
    diesel::delete(code::table.filter(code::hash.eq_any(old))).execute(connection)?;
    Ok(())
}
