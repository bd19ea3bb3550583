//! Load and unseal: a session's rows become its key and its answers. Blocking.

use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDateTime;
use da_core::{Answers, Caller, StepNumber};
use da_crypto::SessionKey;
use da_interview::Interview;
use da_store::{StoreError, StoredSession, StoredStep, Wrap};
use tracing::debug_span;

use super::pages::Origin;
use super::{SessionAt, key, payload};
use crate::app::Inner;
use crate::counters::Stop;
use crate::{AppError, Fault};

/// A session whose key was brought.
pub(crate) struct Open {
    pub(super) key: Arc<SessionKey>,
    pub(super) encrypted: bool,
    pub(super) wraps: Vec<Wrap>,
    pub(super) created: NaiveDateTime,
    /// The newest step that counts.
    pub(super) newest: StoredStep,
    /// The state of the packages when it was loaded.
    pub(super) packages: String,
}

impl Open {
    /// What a screen of the step is made from.
    pub(super) fn origin(&self, interview: &Arc<Interview>, caller: &Caller) -> Origin {
        Origin::new(self.newest.number, &self.newest.sealed, interview, caller)
    }

    /// The number of the newest step that counts.
    pub(super) fn step(&self) -> StepNumber {
        self.newest.number
    }
}

impl Inner {
    /// Loads a session with its newest step, and opens its key.
    pub(crate) fn open_session(&self, at: &SessionAt) -> Result<Open, AppError> {
        self.open_session_by(at, |stored| {
            key::unwrap(&stored.wraps, stored.encrypted, &at.id, at.secret.as_deref(), &self.server_key)
        })
    }

    /// The same by a key that comes from elsewhere than the session's own wraps.
    pub(super) fn open_session_by(
        &self,
        at: &SessionAt,
        unwrap: impl FnOnce(&StoredSession) -> Result<SessionKey, AppError>,
    ) -> Result<Open, AppError> {
        let load = debug_span!("Load").entered();
        let stored = self.counters.time(Stop::Database, || self.store.session(&at.id, &at.interview));
        let stored = stored.map_err(|error| match error {
            StoreError::Damaged(_) => AppError::new(Fault::Sealed, "The session's rows are damaged.").because(error),
            other => other.into(),
        })?;
        drop(load);
        let _unseal = debug_span!("Unseal").entered();
        let key = Arc::new(self.counters.time(Stop::Crypto, || unwrap(&stored))?);
        let StoredSession { encrypted, created, wraps, newest, packages, .. } = stored;
        Ok(Open { key, encrypted, wraps, created, newest, packages })
    }

    /// The key of a session, wrapped for another secret. A session that is open to everybody needs none.
    pub(crate) fn wrap_for(&self, at: &SessionAt, secret: &str) -> Result<Option<Wrap>, AppError> {
        let open = self.open_session(at)?;
        open.encrypted.then(|| key::for_secret(&open.key, &at.id, secret)).transpose()
    }

    /// The answers of the newest step.
    pub(super) fn newest_answers(&self, at: &SessionAt, open: &Open) -> Result<Answers, AppError> {
        let _unseal = debug_span!("Unseal").entered();
        let place = at.place(open.created, open.step(), open.newest.modified);
        let opened = || payload::open(&open.key, place, &open.newest.sealed);
        self.counters.time(Stop::Crypto, opened)
    }

    /// Takes the step before the newest one as the newest.
    pub(super) fn turn_back(&self, at: &SessionAt, open: &mut Open) -> Result<(), AppError> {
        let started = Instant::now();
        let before = self.store.step_before(&at.id, open.step())?.ok_or_else(AppError::first_step)?;
        open.newest = self.store.step(&at.id, before)?;
        self.counters.spent(Stop::Database, started);
        Ok(())
    }
}
