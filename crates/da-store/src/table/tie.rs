//! `session_tie`: who is tied to a session and may see it in a list.

use crate::connection::AnyConnection;
use crate::schema::session_tie;
use crate::{Store, StoreError};
use da_core::{SessionId, UserId};
use diesel::prelude::*;

pub(crate) fn add(
    connection: &mut AnyConnection,
    session: &str,
    user: Option<i64>,
    visitor: Option<&str>,
) -> Result<(), StoreError> {
    diesel::insert_into(session_tie::table)
        .values((session_tie::session_id.eq(session), session_tie::user_id.eq(user), session_tie::visitor.eq(visitor)))
        .execute(connection)?;
    Ok(())
}

impl Store {
    /// Whether a user is tied to a session.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_tied(&self, session: &SessionId, user: UserId) -> Result<bool, StoreError> {
        let rows: i64 = session_tie::table
            .filter(session_tie::session_id.eq(session.as_str()))
            .filter(session_tie::user_id.eq(user.0))
            .count()
            .get_result(&mut *self.read()?)?;
        Ok(rows > 0)
    }

    /// Ties a user to a session, once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn tie(&self, session: &SessionId, user: UserId) -> Result<(), StoreError> {
        let session = session.clone();
        self.write(move |connection| {
            let known: i64 = session_tie::table
                .filter(session_tie::session_id.eq(session.as_str()))
                .filter(session_tie::user_id.eq(user.0))
                .count()
                .get_result(connection)?;
            if known > 0 { Ok(()) } else { add(connection, session.as_str(), Some(user.0), None) }
        })
        .await
    }
}
