//! The queue of work in the background: jobs that outlive the server that was asked for them.
//!
//! Whoever takes a job has it for a while, and may renew that; when a server is killed its jobs fall to another, or to the
//! same one after its restart. A job ends in the transaction that keeps what it ended with, by its token: a server that lost a job
//! ends nothing. The jobs of one session are taken in the order in which they were asked for, one at a time.

mod take;

use crate::connection::AnyConnection;
use crate::schema::job;
use crate::table::job_result::{self, KeptResult};
use crate::{SessionGuard, Store, StoreError};
use chrono::{NaiveDateTime, TimeDelta, Utc};
use da_core::{InterviewName, SessionId};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Timestamp;
use std::time::Duration;

/// Nothing is put off for longer.
const LONGEST: TimeDelta = TimeDelta::days(365);

/// A job that is asked for, with the step that asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// The name by which its session asks for what it ended with.
    pub task: String,
    /// What it is about, sealed.
    pub sealed: Vec<u8>,
    /// The key of the session, wrapped.
    pub wrapped_key: Vec<u8>,
    /// How long it waits before it is begun.
    pub after: Duration,
}

/// Which job a server has, and by which right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobTicket {
    /// The job.
    pub id: i64,
    /// How often it was taken: whoever took it before has no right to it any more.
    pub token: i64,
}

/// A job that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenJob {
    /// The right to it.
    pub ticket: JobTicket,
    /// Its session.
    pub session: SessionId,
    /// The interview of that.
    pub interview: InterviewName,
    /// The name by which its session asks for what it ended with.
    pub task: String,
    /// What it is about, sealed.
    pub sealed: Vec<u8>,
    /// The key of the session, wrapped.
    pub wrapped_key: Vec<u8>,
    /// How often it was taken and neither ended nor put off.
    pub attempts: i64,
    /// How often of these it failed and its server did not end.
    pub failures: i64,
}

/// A job that is over, and what it ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedJob {
    /// The right to it.
    pub ticket: JobTicket,
    /// What it ended with.
    pub result: KeptResult,
}

/// What a new key of a session changes for its jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RekeyedJobs {
    /// The new key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// What was kept of jobs that are over, sealed under it. What is not among these is forgotten.
    pub results: Vec<KeptResult>,
}

impl Store {
    /// Waits until a job may have come, or may have become free. Other servers wake nobody here: look now and then.
    pub async fn jobs_woken(&self) {
        self.jobs_waker().notified().await;
    }

    /// Wakes whoever waits for jobs.
    pub fn wake_for_jobs(&self) {
        self.jobs_waker().notify_one();
    }

    /// The session's key as a job has it wrapped now.
    ///
    /// # Errors
    /// [`StoreError::LockLost`] when the job is over, or somebody else's.
    pub fn job_key(&self, ticket: JobTicket) -> Result<Vec<u8>, StoreError> {
        let row = of(ticket).select(job::wrapped_key).first(&mut *self.read()?).optional()?;
        row.ok_or(StoreError::LockLost)
    }

    /// Keeps a job for so much longer.
    ///
    /// # Errors
    /// [`StoreError::LockLost`] when the job is over, or somebody else's.
    pub async fn job_renew(&self, ticket: JobTicket, lease: Duration) -> Result<(), StoreError> {
        self.write(move |connection| {
            let due = later(now(connection)?, lease);
            let kept = diesel::update(of(ticket)).set(job::due.eq(due)).execute(connection)?;
            if kept == 0 { Err(StoreError::LockLost) } else { Ok(()) }
        })
        .await
    }

    /// Gives a job back, to be taken again after a while, as if it had not been taken. One that is somebody else's by now
    /// stays theirs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn job_put_off(&self, ticket: JobTicket, pause: Duration) -> Result<(), StoreError> {
        self.write(move |connection| {
            let due = later(now(connection)?, pause);
            let given_back = (
                job::due.eq(due),
                job::token.eq(job::token + 1),
                job::attempts.eq(job::attempts - 1),
                job::instance.eq(None::<i64>),
            );
            diesel::update(of(ticket)).set(given_back).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// Gives a job back that failed, to be taken again after a while; it counts as an attempt. One that is somebody else's by
    /// now stays theirs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn job_failed(&self, ticket: JobTicket, pause: Duration) -> Result<(), StoreError> {
        self.write(move |connection| {
            let due = later(now(connection)?, pause);
            let given_back = (
                job::due.eq(due),
                job::token.eq(job::token + 1),
                job::failures.eq(job::failures + 1),
                job::instance.eq(None::<i64>),
            );
            diesel::update(of(ticket)).set(given_back).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// Drops a job of a session, without a result.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn job_drop(&self, guard: &SessionGuard, ticket: JobTicket) -> Result<(), StoreError> {
        self.write_session(guard, move |connection, session| {
            let mine = of(ticket).filter(job::session_id.eq(session.as_str()));
            diesel::delete(mine).execute(connection)?;
            promote(connection, session.as_str())
        })
        .await
    }
}

/// The row of a job, as long as it is ours.
#[diesel::dsl::auto_type]
fn of(ticket: JobTicket) -> _ {
    let (id, token): (i64, i64) = (ticket.id, ticket.token);
    job::table.filter(job::id.eq(id)).filter(job::token.eq(token))
}

/// Adds jobs of a session. Whoever adds or takes away has the session's lock: which job is the first never changes between.
pub(crate) fn add(connection: &mut AnyConnection, session: &str, jobs: &[NewJob]) -> Result<(), StoreError> {
    if jobs.is_empty() {
        return Ok(());
    }
    let earlier: Option<i64> =
        job::table.filter(job::session_id.eq(session)).order(job::id).select(job::id).first(connection).optional()?;
    for (place, new) in jobs.iter().enumerate() {
        let due = later(now(connection)?, new.after);
        let row = (
            job::session_id.eq(session),
            job::task.eq(&new.task),
            job::sealed.eq(&new.sealed),
            job::wrapped_key.eq(&new.wrapped_key),
            job::due.eq(due),
            job::is_first.eq(earlier.is_none() && place == 0),
        );
        diesel::insert_into(job::table).values(row).execute(connection)?;
    }
    Ok(())
}

/// Ends a job of a session: in the transaction that saves what came of it.
pub(crate) fn end(connection: &mut AnyConnection, session: &str, ended: &EndedJob) -> Result<(), StoreError> {
    let mine = of(ended.ticket).filter(job::session_id.eq(session));
    if diesel::delete(mine).execute(connection)? == 0 {
        return Err(StoreError::LockLost);
    }
    promote(connection, session)?;
    job_result::keep(connection, session, &ended.result)
}

/// The oldest job that is left to a session can be taken.
fn promote(connection: &mut AnyConnection, session: &str) -> Result<(), StoreError> {
    let oldest = job::table.filter(job::session_id.eq(session)).order(job::id).select(job::id);
    if let Some(oldest) = oldest.first::<i64>(connection).optional()? {
        diesel::update(job::table.find(oldest)).set(job::is_first.eq(true)).execute(connection)?;
    }
    Ok(())
}

/// Gives the jobs of a session its new key.
pub(crate) fn rekey(connection: &mut AnyConnection, session: &str, new: &RekeyedJobs) -> Result<(), StoreError> {
    let of_session = job::table.filter(job::session_id.eq(session));
    diesel::update(of_session).set(job::wrapped_key.eq(&new.wrapped_key)).execute(connection)?;
    job_result::replace(connection, session, &new.results)
}

/// This moment, by the clock that all servers on the database share.
fn now(connection: &mut AnyConnection) -> Result<NaiveDateTime, StoreError> {
    match connection {
        AnyConnection::Postgres(postgres) => {
            let now = sql::<Timestamp>("clock_timestamp() AT TIME ZONE 'utc'");
            Ok(diesel::select(now).get_result(postgres)?)
        }
        // One process has the file.
        AnyConnection::Sqlite(_) => Ok(Utc::now().naive_utc()),
    }
}

fn later(moment: NaiveDateTime, by: Duration) -> NaiveDateTime {
    let by = TimeDelta::from_std(by).map_or(LONGEST, |by| by.min(LONGEST));
    moment + by
}
