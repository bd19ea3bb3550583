//! `step`: the answers of a session at each step, sealed.

use crate::connection::AnyConnection;
use crate::error::found;
use crate::queue::{self, EndedJob, NewJob, RekeyedJobs};
use crate::schema::{session, step};
use crate::table::answer::{self, NewAnswer};
use crate::table::file::{self, FileChange};
use crate::table::kept_change;
use crate::table::kept_value::KeptChanges;
use crate::table::letter;
use crate::table::wrap::{self, Wrap};
use crate::{SessionGuard, Store, StoreError, Subject};
use chrono::NaiveDateTime;
use da_core::{SessionId, StepNumber};
use diesel::prelude::*;

/// A step as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStep {
    /// Its number.
    pub number: StepNumber,
    /// Its answers, sealed.
    pub sealed: Vec<u8>,
    /// When it was written, in UTC.
    pub modified: NaiveDateTime,
}

/// Of older steps, one of so many stays.
const EVERY: i64 = 16;

/// What is to be saved after an evaluation.
#[derive(Debug, Clone)]
pub struct SaveStep {
    /// The newest step when the session was read; another one by now is a conflict.
    pub seen: StepNumber,
    /// Add a step after it, or overwrite it.
    pub append: bool,
    /// The answers, sealed for the step that they become.
    pub sealed: Vec<u8>,
    /// Earlier steps that were sealed anew.
    pub resealed: Vec<StoredStep>,
    /// New wraps in the place of the old ones, and whether only a secret opens the session now.
    pub wraps: Option<(Vec<Wrap>, bool)>,
    /// What is saved with it.
    pub beside: Beside,
    /// How many of the newest steps are all kept; of those before, fewer the older they are. None keeps all.
    pub all_of: Option<i64>,
    /// When, in UTC.
    pub now: NaiveDateTime,
}

/// What is saved beside a step, in its transaction.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Changes to the session's files.
    pub files: Vec<FileChange>,
    /// What the request was answered with, if it may come twice.
    pub answer: Option<NewAnswer>,
    /// Work in the background that is asked for.
    pub jobs: Vec<NewJob>,
    /// Mail that is to be sent, sealed.
    pub letters: Vec<Vec<u8>>,
    /// What changes of what is kept beside the session.
    pub kept: KeptChanges,
    /// The work that this came of, and that is over with it.
    pub ended: Option<EndedJob>,
    /// What a new key of the session changes for its work in the background.
    pub rekeyed: Option<RekeyedJobs>,
}

impl Beside {
    /// Whether there is nothing to save.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let changes_jobs = !self.jobs.is_empty() || self.ended.is_some() || self.rekeyed.is_some();
        let changes_rows = !self.files.is_empty() || !self.letters.is_empty() || !self.kept.changes.is_empty();
        self.answer.is_none() && !changes_rows && !changes_jobs
    }

    /// Whether a job can be taken afterwards that could not before.
    pub(crate) fn wakes(&self) -> bool {
        !self.jobs.is_empty() || self.ended.is_some()
    }

    pub(crate) fn write(&self, connection: &mut AnyConnection, id: &str, now: NaiveDateTime) -> Result<(), StoreError> {
        if let Some(ended) = &self.ended {
            queue::end(connection, id, ended)?;
        }
        file::apply(connection, id, &self.files, now)?;
        queue::add(connection, id, &self.jobs)?;
        letter::add(connection, &self.letters, now)?;
        if let Some(rekeyed) = &self.rekeyed {
            queue::rekey(connection, id, rekeyed)?;
        }
        if let Some(new) = &self.answer {
            answer::keep(connection, id, new, now)?;
        }
        // Last: others wait for the scopes until this is on disk.
        kept_change::apply(connection, &self.kept, now)
    }
}

/// What happens to the step before one that is taken back.
#[derive(Debug)]
pub enum AfterUndo {
    /// It is saved anew.
    Save(SaveStep),
    /// It stays, and this is saved beside it.
    Stay(Beside),
}

impl Store {
    /// Saves a step in one transaction; its number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another step was added meanwhile, [`StoreError::LockLost`] when
    /// the lease ran out, [`StoreError::NotFound`] when the session is gone.
    pub async fn save_step(&self, guard: &SessionGuard, save: SaveStep) -> Result<StepNumber, StoreError> {
        let brings_jobs = save.beside.wakes();
        let saved = self.write_session(guard, move |connection, id| {
            let written = write_step(connection, id.as_str(), &save);
            written.map_err(|error| error.conflict_on_unique(Subject::Step).missing_on_reference(Subject::Session))
        });
        self.then_wake(brings_jobs, saved.await)
    }

    /// Saves what stands beside a step that stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the session, a file, a user or a privilege is not there.
    pub async fn save_beside(
        &self,
        guard: &SessionGuard,
        beside: Beside,
        now: NaiveDateTime,
    ) -> Result<(), StoreError> {
        let brings_jobs = beside.wakes();
        let saved = self.write_session(guard, move |connection, id| {
            let there: i64 = session::table.filter(session::id.eq(id.as_str())).count().get_result(connection)?;
            if there == 0 {
                return Err(StoreError::NotFound(Subject::Session));
            }
            beside.write(connection, id.as_str(), now)
        });
        self.then_wake(brings_jobs, saved.await)
    }

    /// Deletes the newest step; the number of the one before, which is the newest now. What is to happen `then`
    /// happens in the same transaction, as if the step had been gone before.
    ///
    /// # Errors
    /// [`StoreError::FirstStep`] when it is the only one, [`StoreError::Conflict`] when the newest is
    /// not `seen`, and those of [`Store::save_step`].
    pub async fn delete_step(
        &self,
        guard: &SessionGuard,
        seen: StepNumber,
        then: AfterUndo,
        now: NaiveDateTime,
    ) -> Result<StepNumber, StoreError> {
        let brings_jobs = match &then {
            AfterUndo::Save(save) => save.beside.wakes(),
            AfterUndo::Stay(beside) => beside.wakes(),
        };
        let deleted = self.write_session(guard, move |connection, id| {
            let id = id.as_str();
            check_newest(connection, id, seen)?;
            let of_session = step::table.filter(step::session_id.eq(id));
            diesel::delete(of_session.filter(step::number.eq(seen.0))).execute(connection)?;
            let before: Option<i64> =
                step::table.filter(step::session_id.eq(id)).select(diesel::dsl::max(step::number)).first(connection)?;
            let before = before.map(StepNumber).ok_or(StoreError::FirstStep)?;
            match &then {
                AfterUndo::Save(save) => write_step(connection, id, save),
                AfterUndo::Stay(beside) => {
                    beside.write(connection, id, now)?;
                    let its_time = step::table.filter(step::session_id.eq(id)).filter(step::number.eq(before.0));
                    let its_time = its_time.select(step::modified).first(connection)?;
                    touch(connection, id, (its_time, now)).map(|()| before)
                }
            }
        });
        self.then_wake(brings_jobs, deleted.await)
    }

    fn then_wake<T>(&self, brings_jobs: bool, saved: Result<T, StoreError>) -> Result<T, StoreError> {
        if brings_jobs && saved.is_ok() {
            self.wake_for_jobs();
        }
        saved
    }

    /// One step.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such step.
    pub fn step(&self, id: &SessionId, number: StepNumber) -> Result<StoredStep, StoreError> {
        let row = step::table
            .filter(step::session_id.eq(id.as_str()))
            .filter(step::number.eq(number.0))
            .select(ROW)
            .first(&mut *self.read()?)
            .optional();
        found(row, Subject::Step).map(stored)
    }

    /// The number of the step before one, if there is any.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn step_before(&self, id: &SessionId, number: StepNumber) -> Result<Option<StepNumber>, StoreError> {
        let before: Option<i64> = step::table
            .filter(step::session_id.eq(id.as_str()))
            .filter(step::number.lt(number.0))
            .select(diesel::dsl::max(step::number))
            .first(&mut *self.read()?)?;
        Ok(before.map(StepNumber))
    }

    /// All steps of a session, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn steps(&self, id: &SessionId) -> Result<Vec<StoredStep>, StoreError> {
        let rows = step::table.filter(step::session_id.eq(id.as_str())).order(step::number).select(ROW);
        Ok(rows.load(&mut *self.read()?)?.into_iter().map(stored).collect())
    }
}

/// What makes a [`StoredStep`].
pub(crate) type Row = (i64, Vec<u8>, NaiveDateTime);

/// Where that stands.
pub(crate) const ROW: (step::number, step::sealed, step::modified) = (step::number, step::sealed, step::modified);

pub(crate) fn stored((number, sealed, modified): Row) -> StoredStep {
    StoredStep { number: StepNumber(number), sealed, modified }
}

pub(crate) fn insert(
    connection: &mut AnyConnection,
    id: &str,
    number: StepNumber,
    sealed: &[u8],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(step::table)
        .values((step::session_id.eq(id), step::number.eq(number.0), step::sealed.eq(sealed), step::modified.eq(now)))
        .execute(connection)?;
    Ok(())
}

fn write_step(connection: &mut AnyConnection, id: &str, save: &SaveStep) -> Result<StepNumber, StoreError> {
    check_newest(connection, id, save.seen)?;
    let number = if save.append { save.seen.next() } else { save.seen };
    if save.append {
        insert(connection, id, number, &save.sealed, save.now)?;
        thin(connection, id, number, save.all_of)?;
    } else {
        overwrite(connection, id, number, &save.sealed, save.now)?;
    }
    for earlier in &save.resealed {
        overwrite(connection, id, earlier.number, &earlier.sealed, earlier.modified)?;
    }
    if matches!(save.wraps, Some((_, true))) {
        answer::forget(connection, id)?;
    }
    save.beside.write(connection, id, save.now)?;
    touch(connection, id, (save.now, save.now))?;
    if let Some((wraps, encrypted)) = &save.wraps {
        wrap::replace(connection, id, wraps)?;
        diesel::update(session::table.filter(session::id.eq(id)))
            .set(session::encrypted.eq(*encrypted))
            .execute(connection)?;
    }
    Ok(number)
}

/// Takes away old steps, now and then: of those that are further back than so many, every sixteenth stays; sixteen times
/// as far back, every 256th; and so on. The first one stays, and going back goes to the one before that is there.
fn thin(connection: &mut AnyConnection, id: &str, newest: StepNumber, all_of: Option<i64>) -> Result<(), StoreError> {
    let all_of = all_of.map(|all_of| all_of.max(1));
    let Some(all_of) = all_of.filter(|all_of| newest.0 % EVERY == 0 && newest.0 > *all_of) else { return Ok(()) };
    let of_session = step::table.filter(step::session_id.eq(id));
    let old: Vec<i64> = of_session
        .filter(step::number.le(newest.0 - all_of))
        .filter(step::number.gt(StepNumber::FIRST.0))
        .select(step::number)
        .load(connection)?;
    let goes = |number: &i64| {
        let (mut distance, mut every) = (all_of, EVERY);
        while newest.0 - number >= distance {
            if number % every != 0 {
                return true;
            }
            (distance, every) = (distance.saturating_mul(EVERY), every.saturating_mul(EVERY));
        }
        false
    };
    let gone: Vec<i64> = old.into_iter().filter(goes).collect();
    diesel::delete(of_session.filter(step::number.eq_any(gone))).execute(connection)?;
    Ok(())
}

fn overwrite(
    connection: &mut AnyConnection,
    id: &str,
    number: StepNumber,
    sealed: &[u8],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = step::table.filter(step::session_id.eq(id)).filter(step::number.eq(number.0));
    diesel::update(row).set((step::sealed.eq(sealed), step::modified.eq(now))).execute(connection)?;
    Ok(())
}

fn check_newest(connection: &mut AnyConnection, id: &str, seen: StepNumber) -> Result<(), StoreError> {
    let newest: Option<i64> =
        step::table.filter(step::session_id.eq(id)).select(diesel::dsl::max(step::number)).first(connection)?;
    match newest {
        None => Err(StoreError::NotFound(Subject::Session)),
        Some(newest) if newest == seen.0 => Ok(()),
        Some(_) => Err(StoreError::Conflict(Subject::Step)),
    }
}

/// A session is as old as its newest step: when it is read, the two times have to agree. When it was used is another thing.
fn touch(
    connection: &mut AnyConnection,
    id: &str,
    (modified, used): (NaiveDateTime, NaiveDateTime),
) -> Result<(), StoreError> {
    let times = (session::modified.eq(modified), session::used.eq(used));
    diesel::update(session::table.filter(session::id.eq(id))).set(times).execute(connection)?;
    Ok(())
}
