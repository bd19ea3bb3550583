//! PostgreSQL: each write is a transaction of its own, on as many connections as there are.
//!
//! Writes that find all connections taken wait without holding a thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::Counters;
use super::item::Item;
use crate::StoreError;
use crate::config::StoreConfig;
use crate::connection::Connections;

/// The writing side of PostgreSQL.
#[derive(Debug)]
pub(crate) struct Single {
    connections: Connections,
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most: usize,
    counters: Arc<Counters>,
}

impl Single {
    pub(crate) fn new(connections: Connections, config: &StoreConfig, counters: Arc<Counters>) -> Self {
        let permits = Arc::new(Semaphore::new(usize::try_from(config.connections.max(1)).unwrap_or(1)));
        Single { connections, permits, waiting: Arc::default(), most: config.queue, counters }
    }

    /// Runs blocking `work` when a connection can be had.
    pub(crate) async fn blocking<T: Send + 'static>(
        permits: Arc<Semaphore>,
        work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = permits.acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let work = move || {
            let _permit = permit;
            work()
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed))
    }

    /// The permits that stand for connections.
    pub(crate) fn permits(&self) -> Arc<Semaphore> {
        Arc::clone(&self.permits)
    }

    pub(super) fn send(&self, item: Box<dyn Item>) -> Result<(), StoreError> {
        let runtime = Handle::try_current().map_err(StoreError::unreachable)?;
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(StoreError::Busy);
        }
        let (permits, waiting) = (self.permits(), Arc::clone(&self.waiting));
        let (connections, counters) = (self.connections.clone(), Arc::clone(&self.counters));
        // A task of its own: it goes on when the caller goes away.
        runtime.spawn(async move {
            let work = move || {
                carry_out(&connections, item, &counters);
                Ok(())
            };
            if let Err(error) = Single::blocking(permits, work).await {
                tracing::warn!(%error, "a write was given up");
            }
            waiting.fetch_sub(1, Ordering::Relaxed);
        });
        Ok(())
    }
}

fn carry_out(connections: &Connections, mut item: Box<dyn Item>, counters: &Counters) {
    let mut connection = match connections.get() {
        Ok(connection) => connection,
        Err(error) => return item.answer(Err(error)),
    };
    // Without an outer transaction, the item's own is the transaction.
    let succeeded = item.run(&mut connection);
    drop(connection);
    if succeeded {
        counters.committed(1);
    }
    item.answer(Ok(()));
}
