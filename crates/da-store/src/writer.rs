//! Writes: on SQLite one thread that commits what waits together, on PostgreSQL a transaction each.
//!
//! Whoever writes hands over a closure and gets its result when the commit is on disk. On SQLite a
//! hundred sessions that write at once pay one `fsync`: each item has a savepoint of its own, so that
//! one failure does not touch its neighbours. Nothing here retries: a conflict is the caller's.

use crate::StoreError;
use crate::connection::{AnyConnection, Opener};
use diesel::connection::SimpleConnection;
use diesel::r2d2::Pool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{Semaphore, oneshot};

/// The most items that share a commit.
const LARGEST_BATCH: usize = 256;

/// How much was written since the store was opened.
#[derive(Debug, Default)]
pub struct Counters {
    commits: AtomicU64,
    writes: AtomicU64,
}

impl Counters {
    /// Transactions committed.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Writes that were asked for and succeeded.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }
}

/// Tells the one who waits how it went, once the commit has.
type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Does the work; says whether it may stay, and who is to be told.
type Item = Box<dyn FnOnce(&mut AnyConnection) -> (bool, Reply) + Send>;

/// Where writes go.
pub(crate) enum Writer {
    /// To the one writer thread.
    Grouped(Sender<Item>),
    /// To a connection of the pool, so many at a time.
    Direct {
        /// The pool.
        pool: Pool<Opener>,
        /// How many write at once.
        slots: Arc<Semaphore>,
    },
}

impl Writer {
    /// Starts the writer thread on a connection of its own. It ends when the store is dropped.
    pub(crate) fn grouped(connection: AnyConnection, counters: Arc<Counters>) -> Result<Writer, StoreError> {
        let (sender, receiver) = channel();
        std::thread::Builder::new()
            .name("da-store-writer".to_owned())
            .spawn(move || write_until_closed(connection, &receiver, &counters))
            .map_err(|error| StoreError::Unreachable(error.to_string()))?;
        Ok(Writer::Grouped(sender))
    }

    /// Runs `work` in a transaction; the result comes when it is committed.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        counters: &Arc<Counters>,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self {
            Writer::Grouped(sender) => {
                let (answer, wait) = oneshot::channel();
                sender.send(item(work, answer)).map_err(|_| StoreError::Closed)?;
                wait.await.map_err(|_| StoreError::Closed)?
            }
            Writer::Direct { pool, slots } => {
                let _slot = slots.acquire().await.map_err(|_| StoreError::Closed)?;
                let (pool, counters) = (pool.clone(), Arc::clone(counters));
                tokio::task::spawn_blocking(move || write_directly(&pool, &counters, work))
                    .await
                    .map_err(|_| StoreError::Closed)?
            }
        }
    }
}

fn item<T: Send + 'static>(
    work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    answer: oneshot::Sender<Result<T, StoreError>>,
) -> Item {
    Box::new(move |connection| {
        let result = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or(Err(StoreError::Closed));
        let stays = result.is_ok();
        let reply: Reply = Box::new(move |committed| {
            // A caller who went away needs no answer; what was written stays written.
            let _ = answer.send(committed.and(result));
        });
        (stays, reply)
    })
}

fn write_directly<T>(
    pool: &Pool<Opener>,
    counters: &Counters,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut connection = pool.get().map_err(|error| StoreError::Unreachable(error.to_string()))?;
    let result = diesel::Connection::transaction(&mut *connection, |open| work(open))?;
    counters.commits.fetch_add(1, Ordering::Relaxed);
    counters.writes.fetch_add(1, Ordering::Relaxed);
    Ok(result)
}

fn write_until_closed(mut connection: AnyConnection, waiting: &Receiver<Item>, counters: &Counters) {
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        batch.extend(waiting.try_iter().take(LARGEST_BATCH - 1));
        write_together(&mut connection, batch, counters);
    }
}

fn write_together(connection: &mut AnyConnection, batch: Vec<Item>, counters: &Counters) {
    if let Err(error) = connection.batch_execute("BEGIN IMMEDIATE") {
        let text = error.to_string();
        for item in batch {
            refuse(item, &text);
        }
        return;
    }
    let mut replies = Vec::with_capacity(batch.len());
    let mut stayed = 0;
    for item in batch {
        let (stays, reply) = run_in_savepoint(connection, item);
        stayed += u64::from(stays);
        replies.push(reply);
    }
    match connection.batch_execute("COMMIT") {
        Ok(()) => {
            counters.commits.fetch_add(1, Ordering::Relaxed);
            counters.writes.fetch_add(stayed, Ordering::Relaxed);
            replies.into_iter().for_each(|reply| reply(Ok(())));
        }
        Err(error) => {
            let text = error.to_string();
            // Nothing is left to do when this fails too: the next BEGIN will say so.
            let _ = connection.batch_execute("ROLLBACK");
            replies.into_iter().for_each(|reply| reply(Err(StoreError::Unreachable(text.clone()))));
        }
    }
}

fn run_in_savepoint(connection: &mut AnyConnection, item: Item) -> (bool, Reply) {
    if let Err(error) = connection.batch_execute("SAVEPOINT item") {
        let text = error.to_string();
        return (false, Box::new(move |_| drop((item, text))));
    }
    let (stays, reply) = item(connection);
    let end = if stays { "RELEASE item" } else { "ROLLBACK TO item; RELEASE item" };
    match connection.batch_execute(end) {
        Ok(()) => (stays, reply),
        Err(error) => {
            let text = error.to_string();
            (false, Box::new(move |_| reply(Err(StoreError::Unreachable(text)))))
        }
    }
}

/// Drops an item unrun: its caller sees the store as closed. The reason is in the log.
fn refuse(item: Item, reason: &str) {
    tracing::error!(reason, "the writer could not begin a transaction");
    drop(item);
}
