//! `job_result`: what work in the background ended with, sealed under the key of its session.
//!
//! It goes with its session, and never before it: a screen that is shown again asks for it again.

use crate::connection::AnyConnection;
use crate::schema::job_result;
use crate::{Store, StoreError};
use da_core::SessionId;
use diesel::prelude::*;

/// What a job ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptResult {
    /// The name by which its session asks for it.
    pub task: String,
    /// What it ended with, sealed.
    pub sealed: Vec<u8>,
}

impl Store {
    /// What the work of a task ended with; none as long as it is not over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn job_result(&self, session: &SessionId, task: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let row = job_result::table
            .filter(job_result::session_id.eq(session.as_str()))
            .filter(job_result::task.eq(task))
            .select(job_result::sealed);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// What all work of a session ended with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn job_results(&self, session: &SessionId) -> Result<Vec<KeptResult>, StoreError> {
        let rows: Vec<(String, Vec<u8>)> = job_result::table
            .filter(job_result::session_id.eq(session.as_str()))
            .order(job_result::task)
            .select((job_result::task, job_result::sealed))
            .load(&mut *self.read()?)?;
        Ok(rows.into_iter().map(|(task, sealed)| KeptResult { task, sealed }).collect())
    }
}

/// Keeps what a job ended with. A task ends once.
pub(crate) fn keep(connection: &mut AnyConnection, session: &str, result: &KeptResult) -> Result<(), StoreError> {
    let row = job_result::table.filter(job_result::session_id.eq(session)).filter(job_result::task.eq(&result.task));
    diesel::delete(row).execute(connection)?;
    let row =
        (job_result::session_id.eq(session), job_result::task.eq(&result.task), job_result::sealed.eq(&result.sealed));
    diesel::insert_into(job_result::table).values(row).execute(connection)?;
    Ok(())
}

/// Puts `results` in the place of those that are there.
pub(crate) fn replace(connection: &mut AnyConnection, session: &str, results: &[KeptResult]) -> Result<(), StoreError> {
    diesel::delete(job_result::table.filter(job_result::session_id.eq(session))).execute(connection)?;
    results.iter().try_for_each(|result| keep(connection, session, result))
}
