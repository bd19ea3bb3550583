//! `session_answer`: what requests that may come twice were answered with, sealed.
//!
//! It holds neither the names of those requests nor what opens their answers, and only so many of each session.

use crate::connection::AnyConnection;
use crate::schema::session_answer;
use crate::{Store, StoreError};
use chrono::{NaiveDateTime, TimeDelta};
use da_core::SessionId;
use diesel::prelude::*;

/// So many answers of a session are kept, the newest.
const MOST: i64 = 32;

/// None is kept for longer, in hours.
const HOURS: i64 = 24;

/// An answer that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The keyed hash of the request's name.
    pub hash: [u8; 32],
    /// The answer, sealed under the session's key.
    pub sealed: Vec<u8>,
}

impl Store {
    /// What the request of a hash was answered with, unless that is too long ago.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answer(
        &self,
        session: &SessionId,
        hash: &[u8; 32],
        now: NaiveDateTime,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row = session_answer::table
            .filter(session_answer::session_id.eq(session.as_str()))
            .filter(session_answer::hash.eq(hash.as_slice()))
            .filter(session_answer::created.gt(now - TimeDelta::hours(HOURS)))
            .select(session_answer::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }
}

/// Keeps an answer, and clears away those of the session that are too old or too many.
pub(crate) fn keep(
    connection: &mut AnyConnection,
    session: &str,
    new: &NewAnswer,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let of_session = session_answer::table.filter(session_answer::session_id.eq(session));
    let old = session_answer::created.le(now - TimeDelta::hours(HOURS));
    diesel::delete(of_session.filter(old.or(session_answer::hash.eq(new.hash.as_slice())))).execute(connection)?;
    let surplus: Option<i64> = of_session
        .order(session_answer::id.desc())
        .offset(MOST - 1)
        .limit(1)
        .select(session_answer::id)
        .first(connection)
        .optional()?;
    if let Some(newest) = surplus {
        diesel::delete(of_session.filter(session_answer::id.le(newest))).execute(connection)?;
    }
    diesel::insert_into(session_answer::table)
        .values((
            session_answer::session_id.eq(session),
            session_answer::hash.eq(new.hash.as_slice()),
            session_answer::sealed.eq(&new.sealed),
            session_answer::created.eq(now),
        ))
        .execute(connection)?;
    Ok(())
}

/// Forgets the answers of a session: those who kept its old key must not read them.
pub(crate) fn forget(connection: &mut AnyConnection, session: &str) -> Result<(), StoreError> {
    diesel::delete(session_answer::table.filter(session_answer::session_id.eq(session))).execute(connection)?;
    Ok(())
}
