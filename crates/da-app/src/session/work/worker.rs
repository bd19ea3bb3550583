//! The worker: takes jobs that are due and has them carried out, so many at once.
//!
//! It sleeps until a job is due or comes in; what other servers leave behind it looks for now and then. It takes nothing any
//! more once the server ends, and then gives back what it has.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use da_store::{JobTicket, TakenJob};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{interval, sleep};

use super::carry_out::may_pass;
use super::{LEASE, LOOK, PAUSE, RENEWAL};
use crate::{App, AppError, Fault};

/// What the worker of a server has in hand.
pub(crate) struct Worker {
    places: Arc<Semaphore>,
    in_hand: Mutex<HashSet<JobTicket>>,
    ends: watch::Sender<bool>,
}

impl Worker {
    pub(crate) fn new(at_once: usize) -> Self {
        let places = Arc::new(Semaphore::new(at_once.max(1)));
        Worker { places, in_hand: Mutex::default(), ends: watch::Sender::new(false) }
    }

    fn in_hand(&self) -> MutexGuard<'_, HashSet<JobTicket>> {
        self.in_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Does the work in the background that the database has, until [`App::close`]. One worker is enough for a server.
    pub async fn work_in_background(&self) {
        if let Err(error) = self.0.store.jobs_recover().await {
            tracing::warn!(%error, "work that an earlier server left waits until its lease runs out");
        }
        let mut ends = self.0.worker.ends.subscribe();
        while !*ends.borrow_and_update() {
            tokio::select! {
                _ = ends.changed() => {}
                () = self.next_jobs() => {}
            }
        }
    }

    /// Takes what is due, then waits for more.
    async fn next_jobs(&self) {
        if let Err(error) = self.0.store.jobs_of_the_dead().await {
            tracing::warn!(%error, "work that a killed server left waits until its lease runs out");
        }
        let wait = match self.take_due().await {
            Ok(next) => next.unwrap_or(LOOK).min(LOOK),
            Err(failed) => {
                tracing::warn!("work in the background waits: {}", failed.whole());
                LOOK
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            () = self.0.store.jobs_woken() => {}
        }
    }

    /// Begins the jobs that are due; how long until the next is.
    async fn take_due(&self) -> Result<Option<Duration>, AppError> {
        loop {
            match self.read(|store| Ok(store.job_next()?)).await? {
                Some(Duration::ZERO) => {}
                later => return Ok(later),
            }
            let place = Arc::clone(&self.0.worker.places).acquire_owned().await.map_err(AppError::internal)?;
            let Some(job) = self.0.store.job_take(LEASE).await? else {
                // Another server was faster.
                return Ok(None);
            };
            self.0.worker.in_hand().insert(job.ticket);
            tokio::spawn(self.clone().do_job(job, place));
        }
    }

    async fn do_job(self, job: TakenJob, place: OwnedSemaphorePermit) {
        let renewing = self.renew(job.ticket);
        let done = tokio::select! {
            done = self.carry_out(&job) => done,
            () = renewing => Err(AppError::new(Fault::Conflict, "Another server has this work now.")),
        };
        let (session, task) = (&job.session, &job.task);
        match done {
            Ok(()) => {}
            Err(gone) if gone.fault == Fault::NoSession => {}
            Err(passing) if may_pass(passing.fault) => self.put_off(job.ticket, PAUSE).await,
            Err(failed) => {
                let whole = failed.whole();
                tracing::warn!(target: "interview", %session, "the work {task} in the background is tried again: {whole}");
                // Unlike what is put off, this counts as an attempt.
                if let Err(error) = self.0.store.job_failed(job.ticket, PAUSE).await {
                    tracing::warn!(%error, "work in the background waits until its lease runs out");
                }
            }
        }
        self.0.worker.in_hand().remove(&job.ticket);
        drop(place);
        // The next job of the session may be taken now.
        self.0.store.wake_for_jobs();
    }

    /// Renews the lease of a job; comes back when it is lost.
    async fn renew(&self, ticket: JobTicket) {
        let mut times = interval(RENEWAL);
        times.tick().await;
        loop {
            times.tick().await;
            match self.0.store.job_renew(ticket, LEASE).await {
                Err(da_store::StoreError::LockLost) => return,
                Err(error) => tracing::warn!(%error, "a lease on work in the background was not renewed"),
                Ok(()) => {}
            }
        }
    }

    async fn put_off(&self, ticket: JobTicket, pause: Duration) {
        if let Err(error) = self.0.store.job_put_off(ticket, pause).await {
            tracing::warn!(%error, "work in the background was not put off: it waits until its lease runs out");
        }
    }

    /// Gives back what is under way: another server, or this one after its restart, does it from the beginning.
    pub(crate) async fn stop_working(&self) {
        self.0.worker.ends.send_replace(true);
        let in_hand: Vec<JobTicket> = self.0.worker.in_hand().drain().collect();
        for ticket in in_hand {
            self.put_off(ticket, Duration::ZERO).await;
        }
    }
}
