//! A lock per session inside this process: first come, first served.
//!
//! An entry exists only while somebody holds or waits for it; nothing is kept for sessions at rest.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use da_core::SessionId;
use tokio::sync::{Mutex as Line, OwnedMutexGuard};
use tokio::time::{Instant, timeout_at};

use crate::StoreError;

type Entries = Mutex<HashMap<SessionId, Arc<Line<()>>>>;

/// The sessions that somebody holds or waits for.
#[derive(Debug, Default)]
pub(crate) struct SessionLocks {
    entries: Entries,
    held: AtomicUsize,
}

impl SessionLocks {
    /// Waits in line for `session`.
    pub(crate) async fn acquire(self: &Arc<Self>, session: &SessionId, until: Instant) -> Result<Ticket, StoreError> {
        let line = Arc::clone(self.entries().entry(session.clone()).or_default());
        // Made before the waiting: it cleans up also when the waiting is given up.
        let mut ticket = Ticket { locks: Arc::clone(self), session: session.clone(), place: None };
        let place = timeout_at(until, line.lock_owned()).await.map_err(|_| StoreError::LockTimeout)?;
        self.held.fetch_add(1, Ordering::Relaxed);
        ticket.place = Some(place);
        Ok(ticket)
    }

    /// How many sessions are held now.
    pub(crate) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<SessionId, Arc<Line<()>>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line of one session; with `place`, at its head.
#[derive(Debug)]
pub(crate) struct Ticket {
    locks: Arc<SessionLocks>,
    session: SessionId,
    place: Option<OwnedMutexGuard<()>>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if self.place.take().is_some() {
            self.locks.held.fetch_sub(1, Ordering::Relaxed);
        }
        let mut entries = self.locks.entries();
        // Whoever holds or waits has a copy of its own; copies are made under this lock alone.
        if entries.get(&self.session).is_some_and(|line| Arc::strong_count(line) == 1) {
            entries.remove(&self.session);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn session(text: &str) -> SessionId {
        SessionId::parse(text).unwrap()
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[tokio::test]
    async fn those_who_wait_are_served_in_order() {
        let locks = Arc::new(SessionLocks::default());
        let first = locks.acquire(&session("a"), soon()).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut waiting = Vec::new();
        for number in 0..8 {
            let (locks, order) = (Arc::clone(&locks), Arc::clone(&order));
            waiting.push(tokio::spawn(async move {
                let _ticket = locks.acquire(&session("a"), soon()).await.unwrap();
                order.lock().unwrap().push(number);
            }));
            tokio::task::yield_now().await;
        }
        drop(first);
        for task in waiting {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert!(locks.entries().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_too_long_is_an_error_and_leaves_nothing_behind() {
        let locks = Arc::new(SessionLocks::default());
        let first = locks.acquire(&session("a"), soon()).await.unwrap();
        let second = locks.acquire(&session("a"), Instant::now() + Duration::from_secs(1)).await;
        assert!(matches!(second, Err(StoreError::LockTimeout)), "{second:?}");
        assert_eq!((locks.held(), locks.entries().len()), (1, 1));
        drop(first);
        assert_eq!((locks.held(), locks.entries().len()), (0, 0));
    }

    #[tokio::test]
    async fn a_waiter_that_goes_away_leaves_nothing_behind() {
        let locks = Arc::new(SessionLocks::default());
        let first = locks.acquire(&session("a"), soon()).await.unwrap();
        let waiter = tokio::spawn({
            let locks = Arc::clone(&locks);
            async move { locks.acquire(&session("a"), soon()).await.map(drop) }
        });
        tokio::task::yield_now().await;
        waiter.abort();
        assert!(waiter.await.unwrap_err().is_cancelled());
        drop(first);
        assert!(locks.entries().is_empty());
        drop(locks.acquire(&session("a"), soon()).await.unwrap());
    }

    #[tokio::test]
    async fn sessions_do_not_wait_for_each_other() {
        let locks = Arc::new(SessionLocks::default());
        let _one = locks.acquire(&session("a"), soon()).await.unwrap();
        let _other = locks.acquire(&session("b"), soon()).await.unwrap();
        assert_eq!(locks.held(), 2);
    }
}
