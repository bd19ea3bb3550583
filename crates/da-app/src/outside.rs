//! [`Outside`]: the door through which an evaluation reaches the world.
//!
//! Nothing here outlives the evaluation, and nothing has an effect before the answers are saved. All requests of an evaluation
//! together take no longer than one may: others wait for the session.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use da_core::{Device, Plain, WorkResult};
use da_interview::{Files, HttpFailure, HttpFailureKind, HttpRequest, HttpResponse, World};

use crate::MailServers;
use crate::door::{Door, KeptDesk};
use crate::evaluations::waiting;
use crate::file::FileDesk;
use crate::mail::Letter;
use crate::outbound::Client;
use crate::session::Results;

/// Lines of the interview's log beyond this number are dropped.
const MOST_LINES: usize = 1000;

/// The world of one evaluation.
pub(crate) struct Outside {
    until: Instant,
    desk: Arc<FileDesk>,
    results: Results,
    outbound: Arc<Client>,
    mail: MailServers,
    door: Door,
    /// How long it may still wait for other servers.
    patience: Mutex<Duration>,
    lines: Mutex<Vec<String>>,
    no_randomness: AtomicBool,
}

impl Outside {
    pub(crate) fn new(
        until: Instant,
        (desk, results): (&Arc<FileDesk>, Results),
        (outbound, mail): (&Arc<Client>, &MailServers),
        door: Door,
    ) -> Self {
        Outside {
            until,
            desk: Arc::clone(desk),
            results,
            outbound: Arc::clone(outbound),
            mail: mail.clone(),
            door,
            patience: Mutex::new(outbound.time()),
            lines: Mutex::default(),
            no_randomness: AtomicBool::new(false),
        }
    }

    /// Whether the evaluation was given bytes that are not random, so that its result must not be used.
    pub(crate) fn lacked_randomness(&self) -> bool {
        self.no_randomness.load(Ordering::Relaxed)
    }

    /// Whether what all sessions share could not be reached, so that the result must not be used.
    pub(crate) fn was_cut_off(&self) -> bool {
        self.door.was_cut_off()
    }

    /// What the interview keeps beside the session.
    pub(crate) fn take_kept(&self) -> KeptDesk {
        self.door.take_kept()
    }

    /// What the interview logged.
    pub(crate) fn take_lines(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl World for Outside {
    fn random(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            match da_crypto::random_bytes::<32>() {
                Ok(random) => chunk.copy_from_slice(&random[..chunk.len()]),
                Err(_) => self.no_randomness.store(true, Ordering::Relaxed),
            }
        }
    }

    fn log(&self, line: &str) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() < MOST_LINES {
            lines.push(line.to_owned());
        }
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(&*self.desk)
    }

    fn device(&self) -> Option<&Device> {
        Some(self.door.device())
    }

    fn http(&self, request: &HttpRequest) -> Result<HttpResponse, HttpFailure> {
        let mut patience = self.patience.lock().unwrap_or_else(PoisonError::into_inner);
        if patience.is_zero() {
            let why = "the requests of one evaluation took too long together";
            return Err(HttpFailure::new(HttpFailureKind::ReadTimeout, why));
        }
        let _place = self.outbound.place()?;
        let begun = Instant::now();
        let until = self.until.min(begun + *patience);
        let answer = waiting(self.until, || self.outbound.ask(request, until));
        *patience = patience.saturating_sub(begun.elapsed());
        answer
    }

    fn work_result(&self, task: &str) -> Option<WorkResult> {
        self.results.of(task)
    }

    fn mail_refused(&self, letter: &Plain) -> Option<String> {
        self.mail.refusal(&Letter::of_interview(letter))
    }

    fn ask(&self, name: &str, given: &Plain) -> Result<Plain, String> {
        self.door.ask(name, given)
    }

    fn time_is_up(&self) -> bool {
        Instant::now() >= self.until
    }
}
