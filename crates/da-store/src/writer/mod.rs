//! The way that every write goes.
//!
//! A write resolves when it is on disk, never before. Once it is begun it is carried out, whether or
//! not somebody still waits for the answer, and it keeps the session's lock until then.

mod grouped;
mod item;
mod single;
mod touched;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::oneshot;

use crate::StoreError;
use crate::connection::{AnyConnection, Connections};
use crate::lock::Held;

pub(crate) use grouped::Grouped;
pub(crate) use item::Write;
pub(crate) use single::Single;
pub(crate) use touched::{Touched, write as write_touched};

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

    fn committed(&self, writes: usize) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.writes.fetch_add(writes as u64, Ordering::Relaxed);
    }
}

/// Either way of writing.
#[derive(Debug)]
pub(crate) enum Writer {
    /// SQLite: one thread, many writes to a commit.
    Grouped(Grouped),
    /// PostgreSQL: each write a transaction.
    Single(Single),
}

impl Writer {
    /// Carries out `work` in a transaction.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        held: Option<Arc<Held>>,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + 'static {
        let (reply, answer) = oneshot::channel();
        let item = Box::new(Write::new(work, held, reply));
        let begun = match self {
            Writer::Grouped(grouped) => grouped.send(item),
            Writer::Single(single) => single.send(item),
        };
        async move {
            begun?;
            answer.await.unwrap_or(Err(StoreError::Closed))
        }
    }
}

/// Writes the times of API keys on a connection of the pool: what PostgreSQL's background thread does now and then.
pub(crate) fn flush_with(
    connections: Connections,
    touched: Arc<Touched>,
    counters: Arc<Counters>,
) -> impl Fn() + Send + 'static {
    move || {
        let times = touched.take();
        if times.is_empty() {
            return;
        }
        let flushed = connections
            .get()
            .and_then(|mut connection| connection.writing(|connection| write_touched(connection, times)));
        match flushed {
            Ok(()) => counters.committed(1),
            Err(error) => tracing::warn!(%error, "the times of API keys were not written"),
        }
    }
}
