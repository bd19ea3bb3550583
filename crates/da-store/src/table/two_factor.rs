//! `two_factor` and `recovery_code`: the second factors of users.
//!
//! It holds neither a seed nor a code as it is.

use crate::schema::{recovery_code, two_factor};
use crate::{Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::UserId;
use diesel::prelude::*;

/// A second factor that a user takes.
#[derive(Debug, Clone)]
pub struct NewTwoFactor {
    /// The user.
    pub user: UserId,
    /// The seed, sealed.
    pub sealed: Vec<u8>,
    /// The step of the code that was brought.
    pub step: i64,
    /// The keyed hashes of the recovery codes.
    pub recovery: Vec<[u8; 32]>,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

impl Store {
    /// The sealed seed of a user who has a second factor.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn two_factor(&self, user: UserId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = two_factor::table.find(user.0).select(two_factor::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// Gives a user a second factor.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the user has one, [`StoreError::NotFound`] when there is no such user.
    pub async fn add_two_factor(&self, new: NewTwoFactor) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::insert_into(two_factor::table)
                .values((
                    two_factor::user_id.eq(new.user.0),
                    two_factor::sealed.eq(&new.sealed),
                    two_factor::last_step.eq(new.step),
                    two_factor::created.eq(new.now),
                ))
                .execute(connection)
                .map_err(|error| {
                    StoreError::from(error)
                        .conflict_on_unique(Subject::SecondFactor)
                        .missing_on_reference(Subject::User)
                })?;
            for hash in &new.recovery {
                diesel::insert_into(recovery_code::table)
                    .values((recovery_code::user_id.eq(new.user.0), recovery_code::hash.eq(hash.as_slice())))
                    .execute(connection)?;
            }
            Ok(())
        })
        .await
    }

    /// Uses the code of a step, and with it all earlier ones; false if that was done before. Of several at once, one
    /// uses it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn use_step(&self, user: UserId, step: i64) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let row = two_factor::table.filter(two_factor::user_id.eq(user.0)).filter(two_factor::last_step.lt(step));
            Ok(diesel::update(row).set(two_factor::last_step.eq(step)).execute(connection)? > 0)
        })
        .await
    }

    /// Uses a recovery code; false if there is none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn use_recovery_code(&self, user: UserId, hash: [u8; 32]) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let row = recovery_code::table.find((user.0, hash.as_slice()));
            Ok(diesel::delete(row).execute(connection)? > 0)
        })
        .await
    }

    /// How many recovery codes a user has left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recovery_codes(&self, user: UserId) -> Result<i64, StoreError> {
        let rows = recovery_code::table.filter(recovery_code::user_id.eq(user.0));
        Ok(rows.count().get_result(&mut *self.read()?)?)
    }

    /// Takes a user's second factor away, if there is one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn delete_two_factor(&self, user: UserId) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::delete(two_factor::table.find(user.0)).execute(connection)?;
            Ok(())
        })
        .await
    }
}
