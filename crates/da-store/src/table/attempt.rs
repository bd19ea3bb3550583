//! `attempt`: how often something that can be guessed was tried of late, on all servers together.

use crate::connection::AnyConnection;
use crate::schema::attempt;
use crate::{Store, StoreError, Subject};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// So many that are too old are cleared away with each new one.
const CLEARED: i64 = 100;

/// How often it is tried to count one.
const TRIES: usize = 3;

impl Store {
    /// Counts an attempt, and says how many there are now. The first of them is forgotten at `expires`, and all others
    /// with it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn add_attempt(
        &self,
        hash: [u8; 32],
        expires: NaiveDateTime,
        now: NaiveDateTime,
    ) -> Result<i64, StoreError> {
        for _ in 0..TRIES {
            let written = self.write(move |connection| add(connection, &hash, expires, now)).await;
            match written {
                // The first attempt of two who came at once: the other one's row is there now.
                Err(StoreError::Conflict(_)) => {}
                other => return other,
            }
        }
        Err(StoreError::Busy)
    }

    /// Takes one attempt back: it was the right one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn take_back_attempt(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.write(move |connection| {
            let row = attempt::table.filter(attempt::hash.eq(hash.as_slice())).filter(attempt::count.gt(0));
            diesel::update(row).set(attempt::count.eq(attempt::count - 1)).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// Forgets all attempts: the right one was made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn forget_attempts(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.write(move |connection| {
            diesel::delete(attempt::table.find(hash.as_slice())).execute(connection)?;
            Ok(())
        })
        .await
    }
}

fn add(
    connection: &mut AnyConnection,
    hash: &[u8; 32],
    expires: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<i64, StoreError> {
    clear(connection, hash, now)?;
    let row = attempt::table.find(hash.as_slice());
    if diesel::update(row).set(attempt::count.eq(attempt::count + 1)).execute(connection)? == 0 {
        diesel::insert_into(attempt::table)
            .values((attempt::hash.eq(hash.as_slice()), attempt::count.eq(1), attempt::expires.eq(expires)))
            .execute(connection)
            .map_err(|error| StoreError::from(error).conflict_on_unique(Subject::Attempt))?;
    }
    count(connection, hash, now)
}

fn count(connection: &mut AnyConnection, hash: &[u8; 32], now: NaiveDateTime) -> Result<i64, StoreError> {
    let row = attempt::table.filter(attempt::hash.eq(hash.as_slice())).filter(attempt::expires.gt(now));
    Ok(row.select(attempt::count).first(connection).optional()?.unwrap_or(0))
}

fn clear(connection: &mut AnyConnection, hash: &[u8; 32], now: NaiveDateTime) -> Result<(), StoreError> {
    let mut old: Vec<Vec<u8>> = attempt::table
        .filter(attempt::expires.le(now))
        .order(attempt::expires)
        .limit(CLEARED)
        .select(attempt::hash)
        .load(connection)?;
    old.push(hash.to_vec());
    let gone = attempt::table.filter(attempt::hash.eq_any(old)).filter(attempt::expires.le(now));
    diesel::delete(gone).execute(connection)?;
    Ok(())
}
