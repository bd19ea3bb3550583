//! How much was done and where the time went, since the process started.
//!
//! Numbers alone: nothing here tells one session or one caller from another.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// A part of the server that time is spent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Finding interviews and evaluating them.
    Engine,
    /// Sealing, opening, compressing.
    Crypto,
    /// Reading rows, and waiting for them to be on disk.
    Database,
}

/// The counters of a process.
#[derive(Debug, Default)]
pub struct Counters {
    requests: AtomicU64,
    evaluations: AtomicU64,
    engine: AtomicU64,
    crypto: AtomicU64,
    database: AtomicU64,
}

/// What the counters say at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Requests that were answered.
    pub requests: u64,
    /// Evaluations of interviews.
    pub evaluations: u64,
    /// Microseconds in the engine.
    pub engine_microseconds: u64,
    /// Microseconds in sealing and opening.
    pub crypto_microseconds: u64,
    /// Microseconds in the database.
    pub database_microseconds: u64,
    /// Transactions that were made durable.
    pub commits: u64,
    /// Writes that they carried.
    pub writes: u64,
}

impl Counters {
    /// One more request.
    pub fn request(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn evaluation(&self) {
        self.evaluations.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds the time since `started` to a stop.
    pub(crate) fn spent(&self, stop: Stop, started: Instant) {
        let counter = match stop {
            Stop::Engine => &self.engine,
            Stop::Crypto => &self.crypto,
            Stop::Database => &self.database,
        };
        let nanoseconds = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        counter.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    /// Runs `work` and adds its time to a stop.
    pub(crate) fn time<T>(&self, stop: Stop, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.spent(stop, started);
        result
    }

    pub(crate) fn read(&self, commits: u64, writes: u64) -> Counted {
        let microseconds = |counter: &AtomicU64| counter.load(Ordering::Relaxed) / 1000;
        Counted {
            requests: self.requests.load(Ordering::Relaxed),
            evaluations: self.evaluations.load(Ordering::Relaxed),
            engine_microseconds: microseconds(&self.engine),
            crypto_microseconds: microseconds(&self.crypto),
            database_microseconds: microseconds(&self.database),
            commits,
            writes,
        }
    }
}
