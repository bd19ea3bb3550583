//! SQLite: one thread writes, and commits together what waits.
//!
//! Each write is a SAVEPOINT inside the common transaction, so one that fails takes nothing with it. All
//! answers leave after COMMIT, which with `synchronous = FULL` returns when the rows are on disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Instant;

use super::item::{Item, Write};
use super::{Counters, Touched, touched};
use crate::StoreError;
use crate::config::StoreConfig;
use crate::connection::{AnyConnection, Opener, Purpose};
use crate::lock::SessionLocks;

/// No commit carries more: the first of them waits for the last.
const MOST: usize = 256;
/// With so many writes together, one more commit is not what costs.
const ENOUGH: usize = 16;
/// With fewer sessions at work, waiting for one another costs more than it saves.
const SEVERAL: usize = 4;

/// The writing side of SQLite. Dropped, it finishes what waits.
#[derive(Debug)]
pub(crate) struct Grouped {
    queue: Option<Sender<Box<dyn Item>>>,
    waiting: Arc<AtomicUsize>,
    most: usize,
    thread: Option<JoinHandle<()>>,
}

impl Grouped {
    /// Starts the thread.
    pub(crate) fn start(
        db: AnyConnection,
        config: &StoreConfig,
        locks: Arc<SessionLocks>,
        touched: Arc<Touched>,
        counters: Arc<Counters>,
    ) -> Result<Self, StoreError> {
        let (queue, items) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let writing = Writing {
            db: Some(db),
            config: config.clone(),
            items,
            waiting: Arc::clone(&waiting),
            locks,
            touched,
            flush_at: Instant::now() + config.touch_interval,
            counters,
        };
        let thread = std::thread::Builder::new()
            .name("store writer".into())
            .spawn(move || writing.run())
            .map_err(StoreError::unreachable)?;
        Ok(Grouped { queue: Some(queue), waiting, most: config.queue, thread: Some(thread) })
    }

    pub(super) fn send(&self, item: Box<dyn Item>) -> Result<(), StoreError> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(StoreError::Busy);
        }
        let queue = self.queue.as_ref().ok_or(StoreError::Closed)?;
        queue.send(item).map_err(|_| StoreError::Closed)
    }
}

impl Drop for Grouped {
    fn drop(&mut self) {
        drop(self.queue.take());
        // A thread that panicked has said so already.
        let _panicked = self.thread.take().map(JoinHandle::join);
    }
}

struct Writing {
    db: Option<AnyConnection>,
    config: StoreConfig,
    items: Receiver<Box<dyn Item>>,
    waiting: Arc<AtomicUsize>,
    locks: Arc<SessionLocks>,
    touched: Arc<Touched>,
    flush_at: Instant,
    counters: Arc<Counters>,
}

impl Writing {
    fn run(mut self) {
        loop {
            match self.items.recv_timeout(self.flush_at.saturating_duration_since(Instant::now())) {
                Ok(first) => {
                    let mut batch = self.gather(first);
                    self.waiting.fetch_sub(batch.len(), Ordering::Relaxed);
                    batch.extend(self.due());
                    self.commit_together(batch);
                }
                Err(RecvTimeoutError::Timeout) => {
                    let batch = self.due().into_iter().collect();
                    self.commit_together(batch);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.flush_at = Instant::now();
                    let batch = self.due().into_iter().collect();
                    return self.commit_together(batch);
                }
            }
        }
    }

    /// Takes what waits. When several sessions are at work, their writes are about to come: it is worth
    /// a moment to let them share the commit.
    fn gather(&self, first: Box<dyn Item>) -> Vec<Box<dyn Item>> {
        let mut batch = vec![first];
        let deadline = Instant::now() + self.config.gather;
        while batch.len() < MOST {
            if let Ok(item) = self.items.try_recv() {
                batch.push(item);
                continue;
            }
            let at_work = self.locks.held();
            if at_work < SEVERAL || batch.len() >= at_work.min(ENOUGH) {
                break;
            }
            match self.items.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(item) => batch.push(item),
                Err(_) => break,
            }
        }
        batch
    }

    /// The times of API keys, when it is time to write them.
    fn due(&mut self) -> Option<Box<dyn Item>> {
        if Instant::now() < self.flush_at {
            return None;
        }
        self.flush_at = Instant::now() + self.config.touch_interval;
        let times = self.touched.take();
        if times.is_empty() {
            return None;
        }
        let (reply, _nobody_waits) = tokio::sync::oneshot::channel();
        Some(Box::new(Write::new(move |db| touched::write(db, times), None, reply)))
    }

    fn commit_together(&mut self, mut batch: Vec<Box<dyn Item>>) {
        if batch.is_empty() {
            return;
        }
        let commit = self.transaction(&mut batch);
        if let Err(error) = &commit {
            tracing::error!(%error, writes = batch.len(), "a commit failed");
            // Whatever state the connection is in, the next one starts clean.
            self.db = None;
        }
        for item in batch {
            item.answer(commit.clone());
        }
    }

    fn transaction(&mut self, batch: &mut [Box<dyn Item>]) -> Result<(), StoreError> {
        let db = match &mut self.db {
            Some(db) => db,
            none => none.insert(Opener::new(&self.config, Purpose::Write).open()?),
        };
        db.begin_writing()?;
        let mut done = 0;
        for item in batch {
            // A panic leaves the connection in no known state: nothing of this transaction may stay.
            let succeeded = catch_unwind(AssertUnwindSafe(|| item.run(db))).map_err(|_| StoreError::Closed)?;
            done += usize::from(succeeded);
        }
        if done == 0 {
            db.roll_back();
            return Ok(());
        }
        db.commit()?;
        self.counters.committed(done);
        Ok(())
    }
}
