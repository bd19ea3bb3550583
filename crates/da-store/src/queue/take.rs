//! Which job is next, and taking it.
//!
//! Two servers never take the same one: the one that comes second passes it over, without waiting.

use super::{JobTicket, TakenJob, later, now};
use crate::connection::AnyConnection;
use crate::schema::{job, session};
use crate::{DatabaseUrl, Store, StoreError};
use chrono::NaiveDateTime;
use da_core::{InterviewName, SessionId};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamp};
use std::time::Duration;

/// Of each session, the oldest job alone can be taken. The index `job_by_due` has these in their order.
const NEXT_DUE: &str = "SELECT due FROM job WHERE is_first ORDER BY due, id LIMIT 1";
const SQLITE: &str = "SELECT id FROM job WHERE is_first AND due <= ? ORDER BY due, id LIMIT 1";
const POSTGRES: &str =
    "SELECT id FROM job WHERE is_first AND due <= $1 ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED";

/// What servers have that are gone.
const OF_THE_DEAD: &str = "\
    UPDATE job SET due = clock_timestamp() AT TIME ZONE 'utc', instance = NULL \
    WHERE instance IS NOT NULL AND pg_try_advisory_xact_lock_shared(instance)";

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Timestamp)]
    due: NaiveDateTime,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// A row, with the interview of its session.
type Row = (String, String, String, Vec<u8>, Vec<u8>, (i64, i64, i64));

impl Store {
    /// How long until a job can be taken; none if no job waits.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn job_next(&self) -> Result<Option<Duration>, StoreError> {
        let mut connection = self.read()?;
        let query = diesel::sql_query(NEXT_DUE);
        let next: Option<Due> = match &mut *connection {
            AnyConnection::Postgres(postgres) => query.get_result(postgres).optional()?,
            AnyConnection::Sqlite(sqlite) => query.get_result(sqlite).optional()?,
        };
        let Some(Due { due }) = next else { return Ok(None) };
        Ok(Some((due - now(&mut connection)?).to_std().unwrap_or_default()))
    }

    /// Takes the job that is due for longest, for so long.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when its row holds what none of ours holds: it is put off for a day.
    pub async fn job_take(&self, lease: Duration) -> Result<Option<TakenJob>, StoreError> {
        let instance = self.instance();
        let taken = self.write(move |connection| take(connection, lease, instance)).await?;
        taken.transpose()
    }

    /// Makes all jobs free that an earlier process on the same file had when it ended. On PostgreSQL others may have them: see
    /// [`Store::jobs_of_the_dead`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn jobs_recover(&self) -> Result<(), StoreError> {
        if matches!(self.database(), DatabaseUrl::Postgres(_)) {
            return Ok(());
        }
        self.write(|connection| {
            let due = now(connection)?;
            let taken = job::table.filter(job::attempts.gt(0));
            diesel::update(taken).set(job::due.eq(due)).execute(connection)?;
            Ok(())
        })
        .await
    }

    /// Makes the jobs free that servers on the same PostgreSQL had that are gone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn jobs_of_the_dead(&self) -> Result<(), StoreError> {
        if matches!(self.database(), DatabaseUrl::Sqlite(_)) {
            return Ok(());
        }
        self.write(|connection| {
            if let AnyConnection::Postgres(postgres) = connection {
                diesel::sql_query(OF_THE_DEAD).execute(postgres)?;
            }
            Ok(())
        })
        .await
    }
}

type Taken = Option<Result<TakenJob, StoreError>>;

fn take(connection: &mut AnyConnection, lease: Duration, instance: Option<i64>) -> Result<Taken, StoreError> {
    let moment = now(connection)?;
    let found: Option<Id> = match connection {
        AnyConnection::Postgres(postgres) => {
            diesel::sql_query(POSTGRES).bind::<Timestamp, _>(moment).get_result(postgres).optional()?
        }
        AnyConnection::Sqlite(sqlite) => {
            diesel::sql_query(SQLITE).bind::<Timestamp, _>(moment).get_result(sqlite).optional()?
        }
    };
    let Some(Id { id }) = found else { return Ok(None) };
    let row = job::table.filter(job::id.eq(id));
    let mine = (
        job::due.eq(later(moment, lease)),
        job::token.eq(job::token + 1),
        job::attempts.eq(job::attempts + 1),
        job::instance.eq(instance),
    );
    diesel::update(row).set(mine).execute(connection)?;
    let counts = (job::token, job::attempts, job::failures);
    let columns = (session::id, session::interview, job::task, job::sealed, job::wrapped_key, counts);
    let (name, interview, task, sealed, wrapped_key, (token, attempts, failures)): Row = job::table
        .inner_join(session::table.on(session::id.eq(job::session_id)))
        .filter(job::id.eq(id))
        .select(columns)
        .first(connection)?;
    let (Some(session), Ok(interview)) = (SessionId::parse(&name), InterviewName::parse(&interview)) else {
        // It must not keep the others from their turn.
        diesel::update(row).set(job::due.eq(later(moment, DAY))).execute(connection)?;
        return Ok(Some(Err(StoreError::Damaged("the name of a session with work in the background".to_owned()))));
    };
    let ticket = JobTicket { id, token };
    Ok(Some(Ok(TakenJob { ticket, session, interview, task, sealed, wrapped_key, attempts, failures })))
}

const DAY: Duration = Duration::from_secs(24 * 3600);
