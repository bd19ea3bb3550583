//! What is asked for: an effect of an evaluation becomes a row, and a row that was taken becomes work again.

use da_core::{Caller, Effect, KeptValue, SessionId, UserId, Work};
use da_crypto::{SessionKey, WrappedKey};
use da_store::{NewJob, TakenJob};
use serde::{Deserialize, Serialize};

use super::super::SessionAt;
use crate::app::Inner;
use crate::{AppError, Fault};

/// What stands in a row, before the arguments.
#[derive(Serialize, Deserialize)]
struct Head {
    action: String,
    who: Who,
}

/// Who asked. What a user may do is read again when the work is done.
#[derive(Serialize, Deserialize)]
enum Who {
    /// As earlier servers wrote it.
    Visitor(String),
    Stranger {
        visitor: String,
        address: String,
    },
    User(i64),
    Limited(i64, Vec<String>),
}

impl Inner {
    /// The work that an evaluation asks for.
    pub(in crate::session) fn jobs_of(
        &self,
        (caller, at, key): (&Caller, &SessionAt, &SessionKey),
        effects: &[Effect],
    ) -> Result<Vec<NewJob>, AppError> {
        let mut jobs = Vec::new();
        for effect in effects {
            let Effect::Background { task, action, arguments, .. } = effect else { continue };
            let who = match caller {
                Caller::Anonymous { visitor, address } => {
                    Who::Stranger { visitor: visitor.clone(), address: address.clone() }
                }
                Caller::User(user) => Who::User(user.id.0),
                Caller::Limited { user, permissions } => Who::Limited(user.id.0, permissions.clone()),
            };
            let mut plain = serde_json::to_vec(&Head { action: action.clone(), who }).map_err(AppError::internal)?;
            // JSON on one line has none of these.
            plain.push(b'\n');
            plain.extend_from_slice(&arguments.0);
            jobs.push(NewJob {
                task: task.clone(),
                sealed: self.server_key.seal(&purpose(&at.id, task), &plain)?,
                wrapped_key: self.wrap_for_work(key, &at.id)?,
                after: self.settings.work_begins_after,
            });
        }
        Ok(jobs)
    }

    /// Who asked for a job, and for what. Blocking.
    pub(super) fn asked_for(&self, job: &TakenJob) -> Result<(Caller, Work), AppError> {
        let plain = self.server_key.open(&purpose(&job.session, &job.task), &job.sealed)?;
        let end =
            plain.iter().position(|byte| *byte == b'\n').ok_or_else(|| AppError::internal("a job without a head"))?;
        let head: Head = serde_json::from_slice(&plain[..end]).map_err(AppError::internal)?;
        let arguments = KeptValue(plain[end + 1..].to_vec());
        let work = Work { action: head.action, arguments, changes: false, failed: None };
        let user = |id| {
            let found = self.store.user(UserId(id))?.map(|found| found.user).filter(|user| user.active);
            let gone = || AppError::new(Fault::NoUser, "Whoever asked for this has no account any more.");
            found.map(Box::new).ok_or_else(gone)
        };
        let caller = match head.who {
            Who::Visitor(visitor) => Caller::Anonymous { visitor, address: String::new() },
            Who::Stranger { visitor, address } => Caller::Anonymous { visitor, address },
            Who::User(id) => Caller::User(user(id)?),
            Who::Limited(id, permissions) => Caller::Limited { user: user(id)?, permissions },
        };
        Ok((caller, work))
    }

    /// A session's key, wrapped for as long as work in the background is not over.
    pub(in crate::session) fn wrap_for_work(&self, key: &SessionKey, id: &SessionId) -> Result<Vec<u8>, AppError> {
        Ok(key.wrap_for_server(&self.server_key, &name_of_wrap(id))?.to_bytes())
    }

    /// The key of a job's session.
    pub(super) fn unwrap_for_work(&self, wrapped: &[u8], id: &SessionId) -> Result<SessionKey, AppError> {
        let wrapped = WrappedKey::from_bytes(wrapped)?;
        Ok(SessionKey::unwrap_with_server(&wrapped, &self.server_key, &name_of_wrap(id))?)
    }
}

/// No session is called so: the wrap opens nothing where a session's own wraps stand.
fn name_of_wrap(id: &SessionId) -> String {
    format!("work of {id}")
}

fn purpose(id: &SessionId, task: &str) -> String {
    format!("work in the background: {id} {task}")
}
