//! What work in the background ended with: sealed under the key of its session, where its task looks for it.

use std::sync::Arc;

use da_core::{InterviewName, KeptValue, SessionId, WorkError, WorkResult};
use da_crypto::{AssociatedData, SessionKey};
use da_store::{KeptResult, RekeyedJobs, Store};
use serde::{Deserialize, Serialize};

use super::super::SessionAt;
use crate::AppError;
use crate::app::Inner;

/// What stands before the value.
#[derive(Serialize, Deserialize)]
struct Head {
    error: Option<Failure>,
}

#[derive(Serialize, Deserialize)]
struct Failure {
    class: String,
    message: String,
    trace: Option<String>,
}

/// What the work of one session ended with, for an evaluation that asks.
pub(crate) struct Results {
    store: Arc<Store>,
    interview: InterviewName,
    session: SessionId,
    key: Arc<SessionKey>,
}

impl Results {
    pub(in crate::session) fn new(store: &Arc<Store>, at: &SessionAt, key: &Arc<SessionKey>) -> Self {
        let (interview, session) = (at.interview.clone(), at.id.clone());
        Results { store: Arc::clone(store), interview, session, key: Arc::clone(key) }
    }

    /// What a task ended with. What cannot be read now counts as not over: it is asked for again. Blocking.
    pub(crate) fn of(&self, task: &str) -> Option<WorkResult> {
        let sealed = self.store.job_result(&self.session, task).map_err(AppError::from);
        let opened = sealed.and_then(|sealed| {
            sealed.map(|sealed| open(&self.key, place(&self.interview, &self.session, task), &sealed)).transpose()
        });
        opened.unwrap_or_else(|error| {
            tracing::warn!(session = %self.session, "the result of work in the background: {}", error.whole());
            None
        })
    }
}

impl Inner {
    /// Seals what a task ended with.
    pub(super) fn seal_result(
        &self,
        (at, key): (&SessionAt, &SessionKey),
        task: &str,
        result: &WorkResult,
    ) -> Result<KeptResult, AppError> {
        let failure = |error: &WorkError| Failure {
            class: error.class.clone(),
            message: error.message.clone(),
            trace: error.trace.clone(),
        };
        let head = Head { error: result.error.as_ref().map(failure) };
        let mut plain = serde_json::to_vec(&head).map_err(AppError::internal)?;
        plain.push(b'\n');
        plain.extend_from_slice(&result.value.0);
        let sealed = key.seal(place(&at.interview, &at.id, task), &plain)?;
        Ok(KeptResult { task: task.to_owned(), sealed })
    }

    /// What a new key of a session changes for its work. What was damaged is forgotten.
    pub(in crate::session) fn rekey_work(
        &self,
        at: &SessionAt,
        (old, new): (&SessionKey, &SessionKey),
    ) -> Result<RekeyedJobs, AppError> {
        let again = |kept: KeptResult| {
            let place = || place(&at.interview, &at.id, &kept.task);
            let sealed = old.open(place(), &kept.sealed).and_then(|plain| new.seal(place(), &plain)).ok()?;
            Some(KeptResult { sealed, ..kept })
        };
        let results = self.store.job_results(&at.id)?.into_iter().filter_map(again).collect();
        Ok(RekeyedJobs { wrapped_key: self.wrap_for_work(new, &at.id)?, results })
    }
}

fn open(key: &SessionKey, place: AssociatedData, sealed: &[u8]) -> Result<WorkResult, AppError> {
    let plain = key.open(place, sealed)?;
    let end =
        plain.iter().position(|byte| *byte == b'\n').ok_or_else(|| AppError::internal("a result without a head"))?;
    let head: Head = serde_json::from_slice(&plain[..end]).map_err(AppError::internal)?;
    let error = head.error.map(|Failure { class, message, trace }| WorkError { class, message, trace });
    Ok(WorkResult { value: KeptValue(plain[end + 1..].to_vec()), error })
}

fn place(interview: &InterviewName, session: &SessionId, task: &str) -> AssociatedData {
    AssociatedData::new("result of work").text(interview.as_str()).text(session.as_str()).text(task)
}
