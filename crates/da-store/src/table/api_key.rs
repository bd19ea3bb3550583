//! `api_key`: keys of the API, of which only a keyed hash is kept.

use crate::schema::{api_key, user};
use crate::table::role;
use crate::table::user::Row;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::{User, UserId};
use diesel::prelude::*;

/// A key to be kept.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// Whose it is.
    pub user: UserId,
    /// What the user calls it.
    pub name: String,
    /// Its keyed hash.
    pub hash: [u8; 32],
    /// Its last four characters, by which the user knows it.
    pub last_four: String,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// The owner of a key.
#[derive(Debug, Clone)]
pub struct KeyOwner {
    /// The number of the key.
    pub key: i64,
    /// The owner.
    pub user: User,
}

impl Store {
    /// Keeps a key.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the user has a key of that name, or the key exists.
    pub async fn add_api_key(&self, new: NewApiKey) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::insert_into(api_key::table)
                .values((
                    api_key::user_id.eq(new.user.0),
                    api_key::name.eq(&new.name),
                    api_key::hash.eq(new.hash.as_slice()),
                    api_key::last_four.eq(&new.last_four),
                    api_key::created.eq(new.now),
                ))
                .execute(connection)
                .map_err(|error| StoreError::from(error).conflict_on_unique("API key"))?;
            Ok(())
        })
        .await
    }

    /// The owner of the key with this hash, found by index.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn key_owner(&self, hash: &[u8; 32]) -> Result<Option<KeyOwner>, StoreError> {
        let mut connection = self.read()?;
        let row: Option<(i64, Row)> = api_key::table
            .inner_join(user::table)
            .filter(api_key::hash.eq(hash.as_slice()))
            .select((api_key::id, user::all_columns))
            .first(&mut *connection)
            .optional()?;
        let Some((key, row)) = row else { return Ok(None) };
        let mut owner = KeyOwner { key, user: row.with(Vec::new()).user };
        owner.user.privileges = role::of_user(&mut connection, owner.user.id.0)?;
        Ok(Some(owner))
    }
}
