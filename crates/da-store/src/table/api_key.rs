//! `api_key`: keys of the API, of which only a keyed hash is kept.

use crate::connection::AnyConnection;
use crate::error::found;
use crate::schema::{api_key, role, user, user_role};
use crate::table::user::Row;
use crate::{Store, StoreError, Subject};
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
    /// What it is restricted to.
    pub rules: KeyRules,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// What a key is restricted to, as whoever makes keys writes it down; the store does not read it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct KeyRules {
    /// How it is checked where a call comes from.
    pub method: String,
    /// From where it may be used.
    pub allowed: String,
    /// What alone it may do.
    pub permissions: String,
}

/// A key that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// What the user calls it.
    pub name: String,
    /// Its keyed hash.
    pub hash: [u8; 32],
    /// Its last four characters.
    pub last_four: String,
    /// What it is restricted to.
    pub rules: KeyRules,
}

/// What is to be different about a key.
#[derive(Debug, Clone)]
pub struct KeyChange {
    /// Whose it is.
    pub user: UserId,
    /// Its keyed hash.
    pub hash: [u8; 32],
    /// Another name.
    pub name: Option<String>,
    /// What it is restricted to from now on.
    pub rules: KeyRules,
}

/// The owner of a key.
#[derive(Debug, Clone)]
pub struct KeyOwner {
    /// The number of the key.
    pub key: i64,
    /// The owner.
    pub user: User,
    /// What the key is restricted to.
    pub rules: KeyRules,
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
        let rows: Vec<(i64, KeyRules, Row, Option<String>)> = api_key::table
            .inner_join(user::table.left_join(user_role::table.inner_join(role::table)))
            .filter(api_key::hash.eq(hash.as_slice()))
            .order(role::name)
            .select((
                api_key::id,
                (api_key::method, api_key::allowed, api_key::permissions),
                user::all_columns,
                role::name.nullable(),
            ))
            .load(&mut *self.read()?)?;
        let mut owner = None;
        let mut privileges = Vec::new();
        for (key, rules, user, privilege) in rows {
            owner.get_or_insert((key, rules, user));
            privileges.extend(privilege.map(Privilege));
        }
        Ok(owner.map(|(key, rules, user)| KeyOwner { key, user: user.with(privileges).user, rules }))
    }

    /// The keys of a user, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn keys_of(&self, user: UserId) -> Result<Vec<StoredKey>, StoreError> {
        let rows: Vec<(String, Vec<u8>, String, KeyRules)> = api_key::table
            .filter(api_key::user_id.eq(user.0))
            .order(api_key::name)
            .select((
                api_key::name,
                api_key::hash,
                api_key::last_four,
                (api_key::method, api_key::allowed, api_key::permissions),
            ))
            .load(&mut *self.read()?)?;
        let stored = |(name, hash, last_four, rules): (String, Vec<u8>, String, KeyRules)| {
            let hash = hash.try_into().map_err(|_| StoreError::Damaged("the hash of an API key".to_owned()))?;
            Ok(StoredKey { name, hash, last_four, rules })
        };
        rows.into_iter().map(stored).collect()
    }

    /// Changes a key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such key of the user, [`StoreError::Conflict`] when another one has the
    /// name.
    pub async fn change_key(&self, change: KeyChange) -> Result<(), StoreError> {
        self.write(move |connection| {
            let KeyRules { method, allowed, permissions } = &change.rules;
            let row = api_key::table
                .filter(api_key::user_id.eq(change.user.0))
                .filter(api_key::hash.eq(change.hash.as_slice()));
            let changes = (
                change.name.as_ref().map(|name| api_key::name.eq(name)),
                api_key::method.eq(method),
                api_key::allowed.eq(allowed),
                api_key::permissions.eq(permissions),
            );
            let changed = diesel::update(row).set(changes).execute(connection);
            match changed.map_err(|error| StoreError::from(error).conflict_on_unique(Subject::ApiKey))? {
                0 => Err(StoreError::NotFound(Subject::ApiKey)),
                _ => Ok(()),
            }
        })
        .await
    }

    /// Deletes a key of a user, if there is one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn delete_key(&self, user: UserId, hash: [u8; 32]) -> Result<(), StoreError> {
        self.write(move |connection| {
            let row = api_key::table.filter(api_key::user_id.eq(user.0)).filter(api_key::hash.eq(hash.as_slice()));
            diesel::delete(row).execute(connection)?;
            Ok(())
        })
        .await
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
        found(row, Subject::ApiKey)
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
            api_key::method.eq(&new.rules.method),
            api_key::allowed.eq(&new.rules.allowed),
            api_key::permissions.eq(&new.rules.permissions),
        ))
        .execute(connection)
        .map_err(|error| StoreError::from(error).conflict_on_unique(Subject::ApiKey))?;
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
