//! `api_key`: keys of the API, of which only a keyed hash is kept.

use crate::connection::AnyConnection;
use crate::error::found;
use crate::schema::{api_key, role, user, user_role};
use crate::table::user::Row;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::{Privilege, User, UserId};
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
        self.write(move |connection| insert(connection, &new)).await
    }

    /// The owner of the key with this hash and the owner's privileges, found by index, in one query.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn key_owner(&self, hash: &[u8; 32]) -> Result<Option<KeyOwner>, StoreError> {
        let rows: Vec<(i64, Row, Option<String>)> = api_key::table
            .inner_join(user::table.left_join(user_role::table.inner_join(role::table)))
            .filter(api_key::hash.eq(hash.as_slice()))
            .order(role::name)
            .select((api_key::id, user::all_columns, role::name.nullable()))
            .load(&mut *self.read()?)?;
        let mut owner = None;
        let mut privileges = Vec::new();
        for (key, user, privilege) in rows {
            owner.get_or_insert((key, user));
            privileges.extend(privilege.map(Privilege));
        }
        Ok(owner.map(|(key, user)| KeyOwner { key, user: user.with(privileges).user }))
    }

    /// Notes that a key was used. Nothing is written now: the times of all keys are written together, now and
    /// then (see [`Store::flush`]).
    pub fn touch_key(&self, key: i64, now: NaiveDateTime) {
        self.touched().note(key, now);
    }

    /// When a key was last used, as far as that is written down.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such key.
    pub fn key_last_used(&self, key: i64) -> Result<Option<NaiveDateTime>, StoreError> {
        let row = api_key::table.find(key).select(api_key::last_used).first(&mut *self.read()?).optional();
        found(row, "API key")
    }
}

pub(crate) fn insert(connection: &mut AnyConnection, new: &NewApiKey) -> Result<(), StoreError> {
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
}

/// Notes the time, unless a later one is there. A key that is gone needs none.
pub(crate) fn touch(connection: &mut AnyConnection, key: i64, at: NaiveDateTime) -> Result<(), StoreError> {
    let earlier = api_key::last_used.is_null().or(api_key::last_used.lt(at));
    diesel::update(api_key::table.filter(api_key::id.eq(key)).filter(earlier))
        .set(api_key::last_used.eq(at))
        .execute(connection)?;
    Ok(())
}
