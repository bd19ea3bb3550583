//! `user_secret`: the secrets of users, locked under their passwords.

use crate::connection::AnyConnection;
use crate::schema::user_secret;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::UserId;
use diesel::prelude::*;

/// A secret of a user, opaque to the store.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredSecret {
    /// Locked under the password.
    pub locked: Vec<u8>,
    /// Whether it is the present one, and not one under an earlier password.
    pub is_present: bool,
    /// The same under the operator's recovery key, if there was one.
    pub recovery: Option<Vec<u8>>,
}

impl Store {
    /// The secrets of a user: the present one first, then those under earlier passwords, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn user_secrets(&self, user: UserId) -> Result<Vec<StoredSecret>, StoreError> {
        let rows = user_secret::table
            .filter(user_secret::user_id.eq(user.0))
            .order((user_secret::is_present.desc(), user_secret::id.desc()))
            .select((user_secret::locked, user_secret::is_present, user_secret::recovery));
        Ok(rows.load(&mut *self.read()?)?)
    }

    /// Says how the present secret is recovered, if at all. Another secret that came meanwhile stays as it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn set_secret_recovery(
        &self,
        user: UserId,
        locked: Vec<u8>,
        recovery: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let row = user_secret::table
                .filter(user_secret::user_id.eq(user.0))
                .filter(user_secret::is_present.eq(true))
                .filter(user_secret::locked.eq(&locked));
            diesel::update(row).set(user_secret::recovery.eq(recovery.as_ref())).execute(connection)?;
            Ok(())
        })
        .await
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
            if present > 0 { Ok(()) } else { add(connection, user.0, (&locked, None), now) }
        })
        .await
    }
}

pub(crate) fn add(
    connection: &mut AnyConnection,
    user: i64,
    (locked, recovery): (&[u8], Option<&Vec<u8>>),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(user_secret::table)
        .values((
            user_secret::user_id.eq(user),
            user_secret::locked.eq(locked),
            user_secret::is_present.eq(true),
            user_secret::created.eq(now),
            user_secret::recovery.eq(recovery),
        ))
        .execute(connection)?;
    Ok(())
}

/// Puts a secret in the place of the present one. `same` says that it is the same secret under another password, which is
/// recovered as before; another one leaves the old one for whoever brings the old password.
pub(crate) fn replace(
    connection: &mut AnyConnection,
    user: i64,
    (locked, same): (&[u8], bool),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let present = || user_secret::table.filter(user_secret::user_id.eq(user)).filter(user_secret::is_present.eq(true));
    if same {
        let recovery: Option<Option<Vec<u8>>> = present().select(user_secret::recovery).first(connection).optional()?;
        diesel::delete(present()).execute(connection)?;
        return add(connection, user, (locked, recovery.flatten().as_ref()), now);
    }
    diesel::update(present()).set(user_secret::is_present.eq(false)).execute(connection)?;
    add(connection, user, (locked, None), now)
}
