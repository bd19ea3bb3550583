//! Seal and save: what a turn left becomes one transaction.

use chrono::{NaiveDateTime, SubsecRound};
use da_core::{Answers, Caller, Keeping, StepNumber, Turn};
use da_crypto::SessionKey;
use da_store::{Beside, Holder, NewAnswer, RekeyedJobs, SaveStep, SessionGuard, StoredStep, Wrap};
use tracing::{Instrument, debug_span};

use super::open::Open;
use super::payload::{self, Place};
use super::{SessionAt, Terms, key};
use crate::AppError;
use crate::app::Inner;
use crate::counters::Stop;

/// The key to seal with from now on, and what changes beside it.
#[derive(Default)]
struct Rekeyed {
    /// A new key, if there is one.
    key: Option<SessionKey>,
    /// New wraps, and whether only a secret opens the session.
    wraps: Option<(Vec<Wrap>, bool)>,
    /// What a new key changes for work in the background.
    work: Option<RekeyedJobs>,
}

/// What a request leaves to be saved.
pub(super) struct Leaves {
    /// The step.
    pub(super) save: Option<SaveStep>,
    /// What is told again, where no step is saved.
    pub(super) answer: Option<NewAnswer>,
    /// The step that the session is at then.
    pub(super) step: StepNumber,
    /// Its tag.
    pub(super) tag: String,
}

impl Inner {
    /// Seals a turn's answers for the step that they become: a new one if they are to `append`, unless the interview
    /// wants the newest one overwritten. Blocking.
    pub(super) fn seal_turn(
        &self,
        at: &SessionAt,
        open: &Open,
        turn: &Turn,
        append: bool,
    ) -> Result<SaveStep, AppError> {
        Ok(self.seal_step(at, open, turn, append)?.0)
    }

    /// The same for a request: what is saved, with what its sender is told if it may come twice, and the tag of the step
    /// that it led to. What is not `kept` leaves the newest step as it is.
    pub(super) fn seal_request(
        &self,
        at: &SessionAt,
        open: &Open,
        (caller, terms): (&Caller, &Terms),
        turn: &Turn,
        (kept, append): (bool, bool),
    ) -> Result<Leaves, AppError> {
        let (mut save, key) = match kept {
            true => self.seal_step(at, open, turn, append).map(|(save, key)| (Some(save), key))?,
            false => (None, None),
        };
        let step = if save.as_ref().is_some_and(|save| save.append) { open.step().next() } else { open.step() };
        let tag = self.tag(at, step, save.as_ref().map_or(&open.newest.sealed, |save| &save.sealed));
        let key = key.as_ref().unwrap_or(&open.key);
        let mut answer = self.answer_of(at, (caller, terms), key, Ok(&turn.outcome), &tag)?;
        if let Some(save) = &mut save {
            save.beside.answer = answer.take();
        }
        Ok(Leaves { save, answer, step, tag })
    }

    /// Seals a turn's answers; the step, and the session's new key if it got one.
    fn seal_step(
        &self,
        at: &SessionAt,
        open: &Open,
        turn: &Turn,
        append: bool,
    ) -> Result<(SaveStep, Option<SessionKey>), AppError> {
        let rekeyed = self.rekey(at, open, turn)?;
        let key = rekeyed.key.as_ref().unwrap_or(&open.key);
        let append = append && turn.keeping != Keeping::Overwrite;
        let step = if append { open.step().next() } else { open.step() };
        let now = self.moment();
        let sealed = self.seal(key, at.place(open.created, step, now), &turn.answers)?;
        let resealed = match &rekeyed.key {
            Some(new) => self.reseal_all((&open.key, new), at.place(open.created, step, now))?,
            None => Vec::new(),
        };
        let beside = Beside { rekeyed: rekeyed.work, ..Beside::default() };
        let (wraps, all_of) = (rekeyed.wraps, self.settings.steps_kept);
        Ok((SaveStep { seen: open.step(), append, sealed, resealed, wraps, beside, all_of, now }, rekeyed.key))
    }

    /// Compresses and seals answers.
    pub(super) fn seal(&self, key: &SessionKey, place: Place<'_>, answers: &Answers) -> Result<Vec<u8>, AppError> {
        let _seal = debug_span!("Seal").entered();
        self.counters.time(Stop::Crypto, || payload::seal(key, place, answers))
    }

    /// This moment, as exactly as every database keeps it.
    pub(super) fn moment(&self) -> NaiveDateTime {
        self.clock.now().naive_utc().trunc_subsecs(6)
    }

    /// Takes the right to write to a session.
    pub(crate) async fn lock(&self, at: &SessionAt) -> Result<SessionGuard, AppError> {
        let locked = self.store.lock(&at.id, self.settings.lock_patience).instrument(debug_span!("Lock"));
        Ok(locked.await?)
    }

    /// Saves, and returns when it is on disk.
    pub(super) async fn save(&self, guard: &SessionGuard, save: SaveStep) -> Result<StepNumber, AppError> {
        let started = std::time::Instant::now();
        let saved = self.store.save_step(guard, save).instrument(debug_span!("Save")).await;
        self.counters.spent(Stop::Database, started);
        Ok(saved?)
    }

    /// What `multi_user` changes about the session's key.
    fn rekey(&self, at: &SessionAt, open: &Open, turn: &Turn) -> Result<Rekeyed, AppError> {
        if turn.multi_user != open.encrypted {
            return Ok(Rekeyed::default());
        }
        if turn.multi_user {
            let mut wraps: Vec<Wrap> =
                open.wraps.iter().filter(|wrap| wrap.holder == Holder::Secret).cloned().collect();
            wraps.push(key::for_server(&open.key, &at.id, &self.server_key)?);
            return Ok(Rekeyed { wraps: Some((wraps, false)), ..Rekeyed::default() });
        }
        // Whoever knew the old key must not read what comes now. Without a secret nobody could: the session stays open.
        let Some(secret) = &at.secret else {
            tracing::warn!(session = %at.id, "multi_user was set to False without a secret: the session stays open");
            return Ok(Rekeyed::default());
        };
        let new = SessionKey::generate()?;
        let wraps = vec![key::for_secret(&new, &at.id, secret)?];
        let work = Some(self.rekey_work(at, (&open.key, &new))?);
        Ok(Rekeyed { key: Some(new), wraps: Some((wraps, true)), work })
    }

    /// Every step but the one that is written anyway, under the new key. A step that was damaged stays as it is.
    fn reseal_all(&self, keys: (&SessionKey, &SessionKey), but: Place<'_>) -> Result<Vec<StoredStep>, AppError> {
        let steps = self.counters.time(Stop::Database, || self.store.steps(but.id))?;
        let others = steps.into_iter().filter(|step| step.number != but.step);
        let again = others.filter_map(|step| {
            let place = Place { step: step.number, modified: step.modified, ..but };
            payload::reseal(keys, place, &step.sealed).ok().map(|sealed| StoredStep { sealed, ..step })
        });
        Ok(again.collect())
    }
}
