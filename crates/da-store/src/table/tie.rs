//! `session_tie`: who is tied to a session and may see it in a list.
//!
//! A list is read in the order of its index, a page at a time: what it costs does not grow with the number of sessions.

use crate::blob::BlobName;
use crate::connection::AnyConnection;
use crate::schema::{session, session_tie, user};
use crate::table::file as files;
use crate::table::wrap::{self, Wrap};
use crate::{SessionGuard, Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::{SessionId, UserId};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Which ties are wanted; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct TieFilter {
    /// Those of this user.
    pub user: Option<UserId>,
    /// Those to sessions of this interview.
    pub interview: Option<String>,
    /// Those to this session.
    pub session: Option<SessionId>,
}

/// A tie, with what is known about its session without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The number of the tie; later ties have greater numbers.
    pub number: i64,
    /// The session.
    pub session: SessionId,
    /// The interview.
    pub interview: String,
    /// Whether only a secret opens the session.
    pub encrypted: bool,
    /// When the session was begun, in UTC.
    pub created: NaiveDateTime,
    /// When it was last written to, in UTC.
    pub modified: NaiveDateTime,
    /// The user, unless it is a visitor.
    pub user: Option<UserId>,
    /// The user's address.
    pub email: Option<String>,
    /// The visitor, unless it is a user.
    pub visitor: Option<String>,
}

/// A row of the table alone.
type Row = (i64, String, String, Option<i64>, Option<String>);

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

    /// Whether a visitor is tied to a session.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_visitors(&self, session: &SessionId, visitor: &str) -> Result<bool, StoreError> {
        let rows: i64 = session_tie::table
            .filter(session_tie::session_id.eq(session.as_str()))
            .filter(session_tie::visitor.eq(visitor))
            .count()
            .get_result(&mut *self.read()?)?;
        Ok(rows > 0)
    }

    /// Ties a user or a visitor to a session, once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such session.
    pub async fn tie(&self, session: &SessionId, who: Tied) -> Result<(), StoreError> {
        let session = session.clone();
        self.write(move |connection| once(connection, session.as_str(), &who)).await
    }

    /// Makes the session of a visitor that of a user, with one more wrapped key if there is one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the session is gone, and those of the session's lock.
    pub async fn hand_over(
        &self,
        guard: &SessionGuard,
        wrap: Option<Wrap>,
        visitor: String,
        user: UserId,
    ) -> Result<(), StoreError> {
        self.write_session(guard, move |connection, id| {
            let id = id.as_str();
            if let Some(wrap) = wrap {
                wrap::add(connection, id, wrap)?;
            }
            let of_visitor = session_tie::table
                .filter(session_tie::session_id.eq(id))
                .filter(session_tie::visitor.eq(Some(visitor)));
            diesel::delete(of_visitor).execute(connection)?;
            once(connection, id, &Tied::User(user))
        })
        .await
    }

    /// The ties that fit a filter and have greater numbers than `after`, in the order of their numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ties(&self, filter: &TieFilter, after: i64, most: usize) -> Result<Vec<Tie>, StoreError> {
        self.read()?.reading(|connection| {
            let rows = wanted(connection, filter, after, most)?;
            with_sessions(connection, rows)
        })
    }

    /// The interviews that anybody, or this user, is tied to a session of; each is found by one look at an index.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn tied_interviews(&self, user: Option<UserId>) -> Result<Vec<String>, StoreError> {
        let mut connection = self.read()?;
        let mut found: Vec<String> = Vec::new();
        loop {
            let last = found.last().cloned().unwrap_or_default();
            let mut next = session_tie::table
                .select(session_tie::interview)
                .filter(session_tie::interview.gt(last))
                .order(session_tie::interview)
                .limit(1)
                .into_boxed();
            if let Some(user) = user {
                next = next.filter(session_tie::user_id.eq(user.0));
            }
            match next.first(&mut *connection).optional()? {
                Some(interview) => found.push(interview),
                None => return Ok(found),
            }
        }
    }

    /// Takes ties away, and with the last tie of a session the session and its files.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn untie(&self, numbers: Vec<i64>) -> Result<Untied, StoreError> {
        self.write(move |connection| untie(connection, &numbers)).await
    }
}

/// What went with ties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Untied {
    /// The sessions that are gone.
    pub sessions: Vec<SessionId>,
    /// The contents of their files, which are left to the caller.
    pub blobs: Vec<BlobName>,
}

/// Who is tied to a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tied {
    /// A user.
    User(UserId),
    /// A visitor, by the identifier of their cookie.
    Visitor(String),
}

impl Tied {
    fn columns(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Tied::User(user) => (Some(user.0), None),
            Tied::Visitor(visitor) => (None, Some(visitor)),
        }
    }
}

pub(crate) fn add(
    connection: &mut AnyConnection,
    session: &str,
    interview: &str,
    who: Option<&Tied>,
) -> Result<(), StoreError> {
    let (user, visitor) = who.map_or((None, None), Tied::columns);
    diesel::insert_into(session_tie::table)
        .values((
            session_tie::session_id.eq(session),
            session_tie::interview.eq(interview),
            session_tie::user_id.eq(user),
            session_tie::visitor.eq(visitor),
        ))
        .execute(connection)?;
    Ok(())
}

/// Adds a tie, unless it is there.
pub(crate) fn once(connection: &mut AnyConnection, session: &str, who: &Tied) -> Result<(), StoreError> {
    let interview: Option<String> =
        session::table.find(session).select(session::interview).first(connection).optional()?;
    let interview = interview.ok_or(StoreError::NotFound(Subject::Session))?;
    let (user, visitor) = who.columns();
    let of_session = session_tie::table.filter(session_tie::session_id.eq(session)).into_boxed();
    let known: i64 = match (user, visitor) {
        (Some(user), _) => of_session.filter(session_tie::user_id.eq(user)).count().get_result(connection)?,
        (None, visitor) => of_session.filter(session_tie::visitor.eq(visitor)).count().get_result(connection)?,
    };
    if known > 0 { Ok(()) } else { add(connection, session, &interview, Some(who)) }
}

fn wanted(connection: &mut AnyConnection, filter: &TieFilter, after: i64, most: usize) -> Result<Vec<Row>, StoreError> {
    let mut query = session_tie::table
        .select((
            session_tie::id,
            session_tie::session_id,
            session_tie::interview,
            session_tie::user_id,
            session_tie::visitor,
        ))
        .filter(session_tie::id.gt(after))
        .order(session_tie::id)
        .into_boxed();
    if let Some(session) = &filter.session {
        // A session has few ties, and a user many: whatever else has to fit is looked at row by row.
        query = query.filter(session_tie::session_id.eq(session.as_str().to_owned()));
    } else {
        query = query.limit(i64::try_from(most).unwrap_or(i64::MAX));
        if let Some(user) = filter.user {
            query = query.filter(session_tie::user_id.eq(user.0));
        }
        if let Some(interview) = &filter.interview {
            query = query.filter(session_tie::interview.eq(interview.clone()));
        }
    }
    let mut rows: Vec<Row> = query.load(connection)?;
    rows.retain(|(_, _, interview, user, _)| {
        filter.user.is_none_or(|wanted| *user == Some(wanted.0))
            && filter.interview.as_ref().is_none_or(|wanted| wanted == interview)
    });
    rows.truncate(most);
    Ok(rows)
}

fn with_sessions(connection: &mut AnyConnection, rows: Vec<Row>) -> Result<Vec<Tie>, StoreError> {
    let names: HashSet<&str> = rows.iter().map(|(_, session, ..)| session.as_str()).collect();
    let sessions: Vec<(String, bool, NaiveDateTime, NaiveDateTime)> = session::table
        .filter(session::id.eq_any(names))
        .select((session::id, session::encrypted, session::created, session::modified))
        .load(connection)?;
    let sessions: HashMap<String, _> =
        sessions.into_iter().map(|(id, encrypted, created, modified)| (id, (encrypted, created, modified))).collect();
    let users: HashSet<i64> = rows.iter().filter_map(|(_, _, _, user, _)| *user).collect();
    let emails: Vec<(i64, String)> = match users.is_empty() {
        true => Vec::new(),
        false => user::table.filter(user::id.eq_any(users)).select((user::id, user::email)).load(connection)?,
    };
    let emails: HashMap<i64, String> = emails.into_iter().collect();
    let tie = |(number, name, interview, user, visitor): Row| {
        let (encrypted, created, modified) = *sessions.get(&name)?;
        let session = SessionId::parse(&name)?;
        let email = user.and_then(|user| emails.get(&user).cloned());
        let user = user.map(UserId);
        Some(Tie { number, session, interview, encrypted, created, modified, user, email, visitor })
    };
    Ok(rows.into_iter().filter_map(tie).collect())
}

fn untie(connection: &mut AnyConnection, numbers: &[i64]) -> Result<Untied, StoreError> {
    let concerned: HashSet<String> = session_tie::table
        .filter(session_tie::id.eq_any(numbers))
        .select(session_tie::session_id)
        .load(connection)?
        .into_iter()
        .collect();
    diesel::delete(session_tie::table.filter(session_tie::id.eq_any(numbers))).execute(connection)?;
    let still: HashSet<String> = session_tie::table
        .filter(session_tie::session_id.eq_any(&concerned))
        .select(session_tie::session_id)
        .load(connection)?
        .into_iter()
        .collect();
    let gone: Vec<&String> = concerned.difference(&still).collect();
    diesel::delete(session::table.filter(session::id.eq_any(&gone))).execute(connection)?;
    let mut untied = Untied::default();
    for session in gone {
        untied.blobs.extend(files::delete_of_session(connection, session)?);
        untied.sessions.extend(SessionId::parse(session));
    }
    Ok(untied)
}
