//! `user_secret`: the secrets of users, locked under their passwords.

use crate::connection::AnyConnection;
use crate::schema::user_secret;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::UserId;
use diesel::prelude::*;

impl Store {
    /// The secrets of a user, locked: the present one first, then those under earlier passwords, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn user_secrets(&self, user: UserId) -> Result<Vec<(Vec<u8>, bool)>, StoreError> {
        let rows = user_secret::table
            .filter(user_secret::user_id.eq(user.0))
            .order((user_secret::is_present.desc(), user_secret::id.desc()))
            .select((user_secret::locked, user_secret::is_present));
        Ok(rows.load(&mut *self.read()?)?)
    }

    /// Gives a user a secret, unless there is a present one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn settle_user_secret(
        &self,
        user: UserId,
        locked: Vec<u8>,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let of_user = user_secret::table.filter(user_secret::user_id.eq(user.0));
            let present: i64 = of_user.filter(user_secret::is_present.eq(true)).count().get_result(connection)?;
            if present > 0 { Ok(()) } else { add(connection, user.0, &locked, now) }
        })
        .await
    }
}

pub(crate) fn add(
    connection: &mut AnyConnection,
    user: i64,
    locked: &[u8],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(user_secret::table)
        .values((
            user_secret::user_id.eq(user),
            user_secret::locked.eq(locked),
            user_secret::is_present.eq(true),
            user_secret::created.eq(now),
        ))
        .execute(connection)?;
    Ok(())
}

/// Puts a secret in the place of the present one. `same` says that it is the same secret under another password; another
/// one leaves the old one for whoever brings the old password.
pub(crate) fn replace(
    connection: &mut AnyConnection,
    user: i64,
    (locked, same): (&[u8], bool),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let present = user_secret::table.filter(user_secret::user_id.eq(user)).filter(user_secret::is_present.eq(true));
    if same {
        diesel::delete(present).execute(connection)?;
    } else {
        diesel::update(present).set(user_secret::is_present.eq(false)).execute(connection)?;
    }
    add(connection, user, locked, now)
}
