//! `session_wrap`: a session's key, locked away for those who may open it.

use crate::connection::AnyConnection;
use crate::schema::session_wrap;
use crate::{SessionGuard, Store, StoreError, Subject};
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

    /// The holder of a row. Several people may have secrets of their own: their rows are numbered.
    fn parse(text: &str) -> Option<Holder> {
        let name = text.split_once(':').map_or(text, |(name, _)| name);
        [Holder::Secret, Holder::Server].into_iter().find(|holder| holder.as_str() == name)
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
    /// Adds a wrapped key to those that a session has, for one more who may open it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the session is gone, and those of the session's lock.
    pub async fn add_wrap(&self, guard: &SessionGuard, wrap: Wrap) -> Result<(), StoreError> {
        self.write_session(guard, move |connection, id| add(connection, id.as_str(), wrap)).await
    }

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

/// Adds one to those that are there.
pub(crate) fn add(connection: &mut AnyConnection, session: &str, wrap: Wrap) -> Result<(), StoreError> {
    let mut wraps = of_session(connection, session)?;
    if wraps.is_empty() {
        return Err(StoreError::NotFound(Subject::Session));
    }
    wraps.push(wrap);
    replace(connection, session, &wraps)
}

/// Puts `wraps` in the place of those that are there.
pub(crate) fn replace(connection: &mut AnyConnection, session: &str, wraps: &[Wrap]) -> Result<(), StoreError> {
    diesel::delete(session_wrap::table.filter(session_wrap::session_id.eq(session))).execute(connection)?;
    for (number, wrap) in wraps.iter().enumerate() {
        let is_first = wraps[..number].iter().all(|other| other.holder != wrap.holder);
        let name = wrap.holder.as_str();
        let holder = if is_first { name.to_owned() } else { format!("{name}:{number}") };
        diesel::insert_into(session_wrap::table)
            .values((
                session_wrap::session_id.eq(session),
                session_wrap::holder.eq(holder),
                session_wrap::wrapped.eq(&wrap.key),
            ))
            .execute(connection)?;
    }
    Ok(())
}
