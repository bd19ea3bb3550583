//! Tasks: what came of work that a client asks about later, under a number that it was given.
//!
//! Most work is done when the number is told. What is still under way is done by this server, which notes the end; a server
//! that goes away in the middle notes none, so that after a while the work counts as not done: no task is under way for ever.

use std::time::Duration;

use da_core::Caller;
use da_crypto::token;
use serde::{Deserialize, Serialize};

use crate::account::may;
use crate::code::Behind;
use crate::{App, AppError};

/// Letters and digits of a number.
const LENGTH: usize = 24;

/// So many seconds a task is known, or until it was asked about and a little longer.
const KNOWN: i64 = 60 * 60;
const KNOWN_AFTER: i64 = 30;

/// What kind of work it is: each has numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// A package is installed, updated or removed.
    Package,
    /// A server restarts.
    Restart,
}

/// What is known of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// It is under way.
    Working,
    /// It has ended.
    Done(Done),
}

/// What came of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whether it was done.
    pub ok: bool,
    /// What was done, or why not.
    pub text: String,
}

/// What is noted of work.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Note {
    Done(Done),
    /// Under way, until this time at most, in seconds since 1970.
    Working {
        until: i64,
    },
}

impl Note {
    fn written(&self) -> Result<Vec<u8>, AppError> {
        serde_json::to_vec(self).map_err(AppError::internal)
    }
}

impl App {
    pub(crate) async fn task_note(&self, kind: TaskKind, done: Done) -> Result<String, AppError> {
        self.code_keep(kind.behind(), LENGTH, &Note::Done(done).written()?, KNOWN).await
    }

    /// Notes work that is under way, for so long at most; its number.
    pub(crate) async fn task_begin(&self, kind: TaskKind, at_most: Duration) -> Result<String, AppError> {
        let until = self.seconds() + i64::try_from(at_most.as_secs()).map_err(AppError::internal)?;
        let number = token::alphanumeric(LENGTH)?;
        self.code_keep_as(kind.behind(), (&number, &number), &Note::Working { until }.written()?, KNOWN).await?;
        Ok(number)
    }

    fn seconds(&self) -> i64 {
        self.now().and_utc().timestamp()
    }

    /// Notes the end of such work.
    pub(crate) async fn task_end(&self, kind: TaskKind, number: &str, done: Done) -> Result<(), AppError> {
        self.code_replace(kind.behind(), (number, number), &Note::Done(done).written()?).await
    }

    /// What is known of a task; none when there is no such task any more.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess) for those who may not begin such a task.
    pub async fn task_look(&self, caller: &Caller, kind: TaskKind, number: &str) -> Result<Option<Task>, AppError> {
        kind.may_ask(caller)?;
        let Some(plain) = self.code_read(kind.behind(), (number, number)).await? else { return Ok(None) };
        let done = match serde_json::from_slice(&plain).map_err(AppError::internal)? {
            Note::Working { until } if self.seconds() < until => return Ok(Some(Task::Working)),
            Note::Working { .. } => Done { ok: false, text: "The server ended before this was done.".to_owned() },
            Note::Done(done) => done,
        };
        self.code_prolong(kind.behind(), number, KNOWN_AFTER).await?;
        Ok(Some(Task::Done(done)))
    }

    /// A restart: nothing here needs one, so it is done at once.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess) for anybody but administrators and developers.
    pub async fn restart(&self, caller: &Caller) -> Result<String, AppError> {
        TaskKind::Restart.may_ask(caller)?;
        self.interview_cache_clear(caller)?;
        self.task_note(TaskKind::Restart, Done { ok: true, text: String::new() }).await
    }
}

impl TaskKind {
    fn behind(self) -> Behind {
        match self {
            TaskKind::Package => Behind::PackageTask,
            TaskKind::Restart => Behind::RestartTask,
        }
    }

    fn may_ask(self, caller: &Caller) -> Result<(), AppError> {
        let permission = match self {
            TaskKind::Package => "manage_packages",
            TaskKind::Restart => "playground_control",
        };
        may(caller, &["admin", "developer"], &[permission])
    }
}
