//! Load and unseal: a session's rows become its key and its answers. Blocking.

use da_core::{Answers, StepNumber};
use da_crypto::SessionKey;
use da_store::Wrap;
use tracing::debug_span;

use super::{SessionAt, key, payload};
use crate::AppError;
use crate::app::Inner;
use crate::counters::Stop;

/// A session whose key was brought.
pub(super) struct Open {
    pub(super) key: SessionKey,
    pub(super) encrypted: bool,
    pub(super) wraps: Vec<Wrap>,
    pub(super) step: StepNumber,
    sealed: Vec<u8>,
}

impl Inner {
    /// Loads a session with its newest step, and opens its key.
    pub(super) fn open_session(&self, at: &SessionAt) -> Result<Open, AppError> {
        let load = debug_span!("Load").entered();
        let stored = self.counters.time(Stop::Database, || self.store.session(&at.id, &at.interview))?;
        drop(load);
        let _unseal = debug_span!("Unseal").entered();
        let key = self.counters.time(Stop::Crypto, || {
            key::unwrap(&stored.wraps, stored.encrypted, &at.id, at.secret.as_deref(), &self.server_key)
        })?;
        Ok(Open { key, encrypted: stored.encrypted, wraps: stored.wraps, step: stored.step, sealed: stored.sealed })
    }

    /// The answers of the newest step.
    pub(super) fn newest_answers(&self, at: &SessionAt, open: &Open) -> Result<Answers, AppError> {
        self.unseal(at, open, open.step, &open.sealed)
    }

    /// The answers of an earlier step.
    pub(super) fn answers_of(&self, at: &SessionAt, open: &Open, step: StepNumber) -> Result<Answers, AppError> {
        let sealed = self.counters.time(Stop::Database, || self.store.step(&at.id, step))?;
        self.unseal(at, open, step, &sealed)
    }

    fn unseal(&self, at: &SessionAt, open: &Open, step: StepNumber, sealed: &[u8]) -> Result<Answers, AppError> {
        let _unseal = debug_span!("Unseal").entered();
        self.counters.time(Stop::Crypto, || payload::open(&open.key, &at.interview, &at.id, step, sealed))
    }
}
