//! `letter`: mail that waits to be sent, on whichever server comes to it first.
//!
//! It never sees what is in a letter, and gives one to two servers at once never: whoever claims it has it until the time
//! that the claim names.

use crate::connection::AnyConnection;
use crate::schema::letter;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A letter that waits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredLetter {
    /// Its number.
    pub id: i64,
    /// What it is, sealed.
    pub sealed: Vec<u8>,
    /// How often it was tried to send it.
    pub attempts: i64,
    /// When that is tried next, in UTC.
    pub due: NaiveDateTime,
}

impl Store {
    /// Keeps letters until they are sent; the letters as they are kept.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn add_letters(&self, sealed: Vec<Vec<u8>>, due: NaiveDateTime) -> Result<Vec<StoredLetter>, StoreError> {
        self.write(move |connection| {
            add(connection, &sealed, due)?;
            of(connection, &sealed)
        })
        .await
    }

    /// The letters, of these, that wait.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn letters_of(&self, sealed: &[Vec<u8>]) -> Result<Vec<StoredLetter>, StoreError> {
        of(&mut *self.read()?, sealed)
    }

    /// Letters whose time has come, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn letters_due(&self, now: NaiveDateTime, most: i64) -> Result<Vec<StoredLetter>, StoreError> {
        let rows = letter::table.filter(letter::due.le(now)).order((letter::due, letter::id)).limit(most);
        Ok(rows.load(&mut *self.read()?)?)
    }

    /// When the next letter is due; none if none waits.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn next_letter(&self) -> Result<Option<NaiveDateTime>, StoreError> {
        let first = letter::table.order(letter::due).select(letter::due);
        Ok(first.first(&mut *self.read()?).optional()?)
    }

    /// Takes a letter until a time, to try to send it; false if somebody else took it first.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn claim_letter(&self, id: i64, attempts: i64, until: NaiveDateTime) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let row = letter::table.filter(letter::id.eq(id)).filter(letter::attempts.eq(attempts));
            let taken = (letter::attempts.eq(attempts + 1), letter::due.eq(until));
            Ok(diesel::update(row).set(taken).execute(connection)? > 0)
        })
        .await
    }

    /// Puts a letter off that could not be sent.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn put_off_letter(&self, id: i64, due: NaiveDateTime) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::update(letter::table.filter(letter::id.eq(id))).set(letter::due.eq(due)).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// Forgets a letter: it was sent, or is given up.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn delete_letter(&self, id: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::delete(letter::table.filter(letter::id.eq(id))).execute(connection)?;
            Ok(())
        })
        .await
    }
}

/// Adds letters, sealed, in the transaction of what they are about.
pub(crate) fn add(connection: &mut AnyConnection, letters: &[Vec<u8>], due: NaiveDateTime) -> Result<(), StoreError> {
    for sealed in letters {
        diesel::insert_into(letter::table)
            .values((letter::sealed.eq(sealed), letter::due.eq(due)))
            .execute(connection)?;
    }
    Ok(())
}

/// No two letters are sealed to the same bytes.
fn of(connection: &mut AnyConnection, sealed: &[Vec<u8>]) -> Result<Vec<StoredLetter>, StoreError> {
    Ok(letter::table.filter(letter::sealed.eq_any(sealed)).order(letter::id).load(connection)?)
}
