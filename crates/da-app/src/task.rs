//! Tasks: what came of work that a client asks about later, under a number that it was given.
//!
//! The work is done when the number is told: no server is restarted, and none has to remember anything.

use da_core::Caller;
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

/// What came of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whether it was done.
    pub ok: bool,
    /// What was done, or why not.
    pub text: String,
}

impl App {
    pub(crate) async fn task_note(&self, kind: TaskKind, done: Done) -> Result<String, AppError> {
        let plain = serde_json::to_vec(&done).map_err(AppError::internal)?;
        self.code_keep(kind.behind(), LENGTH, &plain, KNOWN).await
    }

    /// What came of a task; none when there is no such task any more.
    ///
    /// # Errors
    /// [`Fault::NoAccess`](crate::Fault::NoAccess) for those who may not begin such a task.
    pub async fn task_look(&self, caller: &Caller, kind: TaskKind, number: &str) -> Result<Option<Done>, AppError> {
        kind.may_ask(caller)?;
        let Some(plain) = self.code_read(kind.behind(), (number, number)).await? else { return Ok(None) };
        self.code_prolong(kind.behind(), number, KNOWN_AFTER).await?;
        serde_json::from_slice(&plain).map(Some).map_err(AppError::internal)
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
