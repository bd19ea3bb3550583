//! `kept_value`: what interviews keep beside their sessions.
//!
//! It knows keyed hashes and sealed bytes, never a key or a value.

use crate::connection::AnyConnection;
use crate::schema::kept_value;
use crate::{Store, StoreError};
use chrono::NaiveDateTime;
use da_core::{SessionId, UserId};
use diesel::prelude::*;

/// So many values of a scope are read at once.
const MOST: i64 = 10_000;

/// Where a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeptPlace {
    /// The keyed hash of what it is kept among.
    pub scope: [u8; 32],
    /// The keyed hash of its name in there.
    pub name: [u8; 32],
}

/// A value that is to be kept.
#[derive(Debug, Clone)]
pub struct NewKept {
    /// Where; what is kept there already goes.
    pub place: KeptPlace,
    /// The session that it goes with.
    pub session: Option<SessionId>,
    /// The user that it goes with.
    pub user: Option<UserId>,
    /// The value, sealed.
    pub sealed: Vec<u8>,
}

/// A change.
#[derive(Debug, Clone)]
pub enum KeptChange {
    /// A value is kept.
    Put(NewKept),
    /// A value goes.
    Delete(KeptPlace),
}

impl Store {
    /// Makes changes, all of them or none.
    ///
    /// # Errors
    /// When they cannot be written; a session or a user that is not there is a [`StoreError::Statement`].
    pub async fn change_kept_values(&self, changes: Vec<KeptChange>, now: NaiveDateTime) -> Result<(), StoreError> {
        self.write(move |connection| {
            for change in &changes {
                match change {
                    KeptChange::Put(new) => put(connection, new, now)?,
                    KeptChange::Delete(place) => delete(connection, place)?,
                }
            }
            Ok(())
        })
        .await
    }

    /// What is kept at a place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kept_value(&self, place: &KeptPlace) -> Result<Option<Vec<u8>>, StoreError> {
        let row = kept_value::table
            .filter(kept_value::scope.eq(place.scope.as_slice()))
            .filter(kept_value::name.eq(place.name.as_slice()))
            .select(kept_value::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// What is kept in a scope, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kept_values(&self, scope: &[u8; 32]) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = kept_value::table
            .filter(kept_value::scope.eq(scope.as_slice()))
            .order(kept_value::id)
            .limit(MOST)
            .select(kept_value::sealed);
        Ok(rows.load(&mut *self.read()?)?)
    }
}

fn put(connection: &mut AnyConnection, new: &NewKept, now: NaiveDateTime) -> Result<(), StoreError> {
    let there = kept_value::table
        .filter(kept_value::scope.eq(new.place.scope.as_slice()))
        .filter(kept_value::name.eq(new.place.name.as_slice()));
    let changed = diesel::update(there)
        .set((kept_value::sealed.eq(&new.sealed), kept_value::modified.eq(now)))
        .execute(connection)?;
    if changed > 0 {
        return Ok(());
    }
    diesel::insert_into(kept_value::table)
        .values((
            kept_value::scope.eq(new.place.scope.as_slice()),
            kept_value::name.eq(new.place.name.as_slice()),
            kept_value::session_id.eq(new.session.as_ref().map(SessionId::as_str)),
            kept_value::user_id.eq(new.user.map(|user| user.0)),
            kept_value::sealed.eq(&new.sealed),
            kept_value::modified.eq(now),
        ))
        .execute(connection)?;
    Ok(())
}

fn delete(connection: &mut AnyConnection, place: &KeptPlace) -> Result<(), StoreError> {
    let there = kept_value::table
        .filter(kept_value::scope.eq(place.scope.as_slice()))
        .filter(kept_value::name.eq(place.name.as_slice()));
    diesel::delete(there).execute(connection)?;
    Ok(())
}
