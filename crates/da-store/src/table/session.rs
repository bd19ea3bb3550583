//! `session`: the sessions, and the reading of one with its newest steps.

use crate::connection::AnyConnection;
use crate::schema::{server_value, session, step};
use crate::table::file as files;
use crate::table::package::STATE;
use crate::table::step::{self as steps, Beside, StoredStep};
use crate::table::tie::{self, Tied, Untied};
use crate::table::wrap::{self, Wrap};
use crate::{SessionGuard, Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::{InterviewName, SessionId, StepNumber};
use diesel::dsl::max;
use diesel::prelude::*;

/// A session to be made, with its first step.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its identifier.
    pub id: SessionId,
    /// The interview.
    pub interview: InterviewName,
    /// Whether only a secret opens it.
    pub encrypted: bool,
    /// Its key, wrapped.
    pub wraps: Vec<Wrap>,
    /// The answers of the first step, sealed.
    pub sealed: Vec<u8>,
    /// What is saved with it.
    pub beside: Beside,
    /// Who started it.
    pub by: Option<Tied>,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// A session with its newest step.
#[derive(Debug, Clone)]
pub struct StoredSession {
    /// Whether only a secret opens it.
    pub encrypted: bool,
    /// When it was begun, in UTC.
    pub created: NaiveDateTime,
    /// When it was last written to, in UTC. It is for expiry alone: unlike the other times nothing is sealed under it.
    pub used: NaiveDateTime,
    /// Its key, wrapped.
    pub wraps: Vec<Wrap>,
    /// The newest step.
    pub newest: StoredStep,
    /// The state of the packages at the moment of all this: see [`Store::package_state`]. It costs nothing here, and a question
    /// of its own elsewhere.
    pub packages: String,
}

/// Some of the sessions that nobody has written to for long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldSessions {
    /// Those whose names can be read.
    pub sessions: Vec<(SessionId, InterviewName)>,
    /// How many have names that none of ours has.
    pub damaged: usize,
    /// The last of them all, after which others may come.
    pub last: Option<LastOld>,
}

/// Where a list of old sessions goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastOld(NaiveDateTime, String);

impl Store {
    /// Makes a session: the row, the first step, the wraps and the tie, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the identifier is taken.
    pub async fn create_session(&self, new: NewSession) -> Result<(), StoreError> {
        let brings_jobs = new.beside.wakes();
        self.write(move |connection| {
            insert(connection, &new).map_err(|error| error.conflict_on_unique(Subject::Session))
        })
        .await?;
        if brings_jobs {
            self.wake_for_jobs();
        }
        Ok(())
    }

    /// Makes sessions with the steps after their first one, all in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of the identifiers is taken; then none is made.
    pub async fn create_sessions(&self, new: Vec<(NewSession, Vec<Vec<u8>>)>) -> Result<(), StoreError> {
        self.write(move |connection| {
            for (new, later) in &new {
                insert(connection, new).map_err(|error| error.conflict_on_unique(Subject::Session))?;
                let mut number = StepNumber::FIRST;
                for sealed in later {
                    number = number.next();
                    steps::insert(connection, new.id.as_str(), number, sealed, new.now)?;
                }
            }
            Ok(())
        })
        .await
    }

    /// Reads a session and its newest step.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such session of this interview, [`StoreError::Damaged`] when its time is
    /// not that of its newest step.
    pub fn session(&self, id: &SessionId, interview: &InterviewName) -> Result<StoredSession, StoreError> {
        // The step and the wraps that open it, as they were at one moment.
        self.read()?.reading(|connection| find(connection, id, interview))
    }

    /// Sessions that nobody has written to since a moment, those that nobody has written to for longest first, `after` those
    /// that were told before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sessions_before(
        &self,
        moment: NaiveDateTime,
        after: Option<LastOld>,
        most: i64,
    ) -> Result<OldSessions, StoreError> {
        let mut old = session::table.filter(session::used.lt(moment)).into_boxed();
        if let Some(LastOld(used, id)) = after {
            old = old.filter(session::used.gt(used).or(session::used.eq(used).and(session::id.gt(id))));
        }
        let rows: Vec<(String, String, NaiveDateTime)> = old
            .order((session::used, session::id))
            .limit(most)
            .select((session::id, session::interview, session::used))
            .load(&mut *self.read()?)?;
        let last = rows.last().map(|(id, _, used)| LastOld(*used, id.clone()));
        let mut old = OldSessions { sessions: Vec::with_capacity(rows.len()), damaged: 0, last };
        for (id, interview, _) in rows {
            match (SessionId::parse(&id), InterviewName::parse(&interview)) {
                (Some(id), Ok(interview)) => old.sessions.push((id, interview)),
                _ => old.damaged += 1,
            }
        }
        Ok(old)
    }

    /// Deletes a session with everything that hangs on it, if there is one; its files' contents are left to the caller.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn delete_session(&self, guard: &SessionGuard, interview: &InterviewName) -> Result<Untied, StoreError> {
        let interview = interview.clone();
        self.write_session(guard, move |connection, id| {
            let of_interview =
                session::table.filter(session::id.eq(id.as_str())).filter(session::interview.eq(interview.as_str()));
            if diesel::delete(of_interview).execute(connection)? == 0 {
                return Ok(Untied::default());
            }
            let blobs = files::delete_of_session(connection, id.as_str())?;
            Ok(Untied { sessions: vec![id.clone()], blobs })
        })
        .await
    }
}

fn insert(connection: &mut AnyConnection, new: &NewSession) -> Result<(), StoreError> {
    let id = new.id.as_str();
    diesel::insert_into(session::table)
        .values((
            session::id.eq(id),
            session::interview.eq(new.interview.as_str()),
            session::encrypted.eq(new.encrypted),
            session::created.eq(new.now),
            session::modified.eq(new.now),
            session::used.eq(new.now),
        ))
        .execute(connection)?;
    wrap::replace(connection, id, &new.wraps)?;
    steps::insert(connection, id, StepNumber::FIRST, &new.sealed, new.now)?;
    tie::add(connection, id, new.interview.as_str(), new.by.as_ref())?;
    new.beside.write(connection, id, new.now)
}

/// What is found of a session: its columns, its newest step, the state of the packages.
type Found = (bool, NaiveDateTime, NaiveDateTime, NaiveDateTime, steps::Row, Option<String>);

fn find(
    connection: &mut AnyConnection,
    id: &SessionId,
    interview: &InterviewName,
) -> Result<StoredSession, StoreError> {
    // Without any limit: SQLite prepares a statement anew whenever the number of one is bound again.
    let all = diesel::alias!(step as all_steps);
    let last = all.filter(all.field(step::session_id).eq(id.as_str())).select(max(all.field(step::number)));
    let row: Option<Found> = session::table
        .inner_join(step::table.on(step::session_id.eq(session::id)))
        .left_join(server_value::table.on(server_value::name.eq(STATE)))
        .filter(session::id.eq(id.as_str()))
        .filter(session::interview.eq(interview.as_str()))
        .filter(step::number.nullable().eq_any(last))
        .select((
            session::encrypted,
            session::created,
            session::modified,
            session::used,
            steps::ROW,
            server_value::value.nullable(),
        ))
        .get_result(connection)
        .optional()?;
    let (encrypted, created, modified, used, newest, packages) = row.ok_or(StoreError::NotFound(Subject::Session))?;
    let newest = steps::stored(newest);
    if newest.modified != modified {
        return Err(StoreError::Damaged("the time of a session".to_owned()));
    }
    let wraps = wrap::of_session(connection, id.as_str())?;
    Ok(StoredSession { encrypted, created, used, wraps, newest, packages: packages.unwrap_or_default() })
}
