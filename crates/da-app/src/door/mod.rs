//! The door through which an interview reaches what lies beside its session: values that are kept, other sessions, accounts, links.
//!
//! Everything is asked for as the person who uses the session, with the permissions of that person. What is kept is changed when
//! the answers are saved; what other sessions and accounts are asked for is done at once, because its outcome is needed.

mod accounts;
mod given;
mod kept;
mod kept_desk;
mod links;
mod redis;
mod sealing;
mod sessions;

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError, Weak};
use std::time::Instant;

use da_core::{Caller, Device, Plain};
use tokio::runtime::Handle;

use crate::app::Inner;
use crate::evaluations;
use crate::session::SessionAt;
use crate::{App, AppError};

use given::Given;
pub(crate) use kept_desk::KeptDesk;

/// The door of one evaluation.
pub(crate) struct Door {
    inner: Weak<Inner>,
    caller: Caller,
    at: SessionAt,
    until: Instant,
    runtime: Option<Handle>,
    desk: Mutex<KeptDesk>,
    /// Whether what all sessions share could not be reached.
    cut_off: AtomicBool,
}

/// Why something was not done: words for the interview.
type Refusal = String;

impl Door {
    /// `before` is what an evaluation changed that is saved together with this one.
    pub(crate) fn new(
        inner: &Weak<Inner>,
        (caller, at): (&Caller, &SessionAt),
        before: KeptDesk,
        until: Instant,
    ) -> Self {
        Door {
            inner: inner.clone(),
            caller: caller.clone(),
            at: at.clone(),
            until,
            runtime: Handle::try_current().ok(),
            desk: Mutex::new(before),
            cut_off: AtomicBool::new(false),
        }
    }

    /// Where the request comes from.
    pub(crate) fn device(&self) -> &Device {
        &self.at.device
    }

    /// What is to be kept beside the session.
    pub(crate) fn take_kept(&self) -> KeptDesk {
        std::mem::take(&mut *self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does what an interview asks for.
    pub(crate) fn ask(&self, name: &str, given: &Plain) -> Result<Plain, Refusal> {
        let given = Given(given);
        match name.split_once('_') {
            Some(("kept", what)) => self.kept(what, &given),
            Some(("redis", what)) => self.redis(what, &given),
            Some(("session", what)) => self.sessions(what, &given),
            Some(("user", what)) => self.accounts(what, &given),
            Some(("link", what)) => self.links(what, &given),
            _ => Err(unknown(name)),
        }
    }

    fn app(&self) -> Result<App, Refusal> {
        self.inner.upgrade().map(App).ok_or_else(|| "the server is ending".to_owned())
    }

    /// Waits for something, for no longer than the evaluation may take.
    fn wait<T>(&self, work: impl Future<Output = Result<T, AppError>>) -> Result<T, Refusal> {
        let runtime = self.runtime.as_ref().ok_or("there is no way out of here")?;
        let until = tokio::time::Instant::from_std(self.until);
        // Whoever waits for another session holds up nobody who may have to end first.
        let wait = || runtime.block_on(async { tokio::time::timeout_at(until, work).await });
        let done = evaluations::waiting(self.until, wait);
        match done {
            Ok(done) => done.map_err(refused),
            Err(_) => Err("it took longer than an evaluation may take".to_owned()),
        }
    }
}

fn unknown(name: &str) -> Refusal {
    format!("this server has no {name}")
}

/// What an interview is told of a refusal; the cause is for the log.
fn refused(error: AppError) -> Refusal {
    tracing::debug!(target: "interview", "refused: {}", error.whole());
    error.public().to_owned()
}
