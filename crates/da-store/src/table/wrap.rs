//! `session_wrap`: a session's key, locked away for those who may open it.

use crate::connection::AnyConnection;
use crate::schema::session_wrap;
use crate::{Store, StoreError};
use da_core::SessionId;
use diesel::prelude::*;
use std::collections::HashMap;

/// For whom a session's key is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// Whoever brings the session's secret.
    Secret,
    /// The server itself (`multi_user`).
    Server,
}

impl Holder {
    fn as_str(self) -> &'static str {
        match self {
            Holder::Secret => "secret",
            Holder::Server => "server",
        }
    }

    fn parse(text: &str) -> Option<Holder> {
        [Holder::Secret, Holder::Server].into_iter().find(|holder| holder.as_str() == text)
    }
}

/// A wrapped key, opaque to the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrap {
    /// For whom.
    pub holder: Holder,
    /// The bytes.
    pub key: Vec<u8>,
}

impl Store {
    /// The wrapped keys of several sessions.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn wraps(&self, sessions: &[SessionId]) -> Result<HashMap<SessionId, Vec<Wrap>>, StoreError> {
        let names: Vec<&str> = sessions.iter().map(SessionId::as_str).collect();
        let rows: Vec<(String, String, Vec<u8>)> = session_wrap::table
            .filter(session_wrap::session_id.eq_any(names))
            .order((session_wrap::session_id, session_wrap::holder))
            .select((session_wrap::session_id, session_wrap::holder, session_wrap::wrapped))
            .load(&mut *self.read()?)?;
        let mut wraps: HashMap<SessionId, Vec<Wrap>> = HashMap::new();
        for (session, holder, key) in rows {
            if let (Some(session), Some(holder)) = (SessionId::parse(&session), Holder::parse(&holder)) {
                wraps.entry(session).or_default().push(Wrap { holder, key });
            }
        }
        Ok(wraps)
    }
}

pub(crate) fn of_session(connection: &mut AnyConnection, session: &str) -> Result<Vec<Wrap>, StoreError> {
    let rows: Vec<(String, Vec<u8>)> = session_wrap::table
        .filter(session_wrap::session_id.eq(session))
        .order(session_wrap::holder)
        .select((session_wrap::holder, session_wrap::wrapped))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(holder, key)| Some(Wrap { holder: Holder::parse(&holder)?, key })).collect())
}

/// Puts `wraps` in the place of those that are there.
pub(crate) fn replace(connection: &mut AnyConnection, session: &str, wraps: &[Wrap]) -> Result<(), StoreError> {
    diesel::delete(session_wrap::table.filter(session_wrap::session_id.eq(session))).execute(connection)?;
    for wrap in wraps {
        diesel::insert_into(session_wrap::table)
            .values((
                session_wrap::session_id.eq(session),
                session_wrap::holder.eq(wrap.holder.as_str()),
                session_wrap::wrapped.eq(&wrap.key),
            ))
            .execute(connection)?;
    }
    Ok(())
}
