//! Places for files that are on their way to somebody: so many for all, and so many for each, so that nobody who reads slowly
//! keeps everybody else from reading.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use da_core::Caller;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::AppError;

/// So many files are on their way at once: of each some pieces are held in memory.
const MOST: usize = 256;

/// So many of them to one user, or to one address where there is no account.
const MOST_EACH: usize = 32;

/// So long somebody waits for others to have got their files.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whom a file is for.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Whom {
    User(i64),
    Address(String),
}

impl Whom {
    fn of(caller: &Caller) -> Self {
        match caller {
            Caller::Anonymous { address, .. } => Whom::Address(address.clone()),
            Caller::User(user) | Caller::Limited { user, .. } => Whom::User(user.id.0),
        }
    }
}

type Each = Arc<Mutex<HashMap<Whom, Arc<Semaphore>>>>;

/// All places.
pub(crate) struct FilePlaces {
    all: Arc<Semaphore>,
    each: Each,
}

impl Default for FilePlaces {
    fn default() -> Self {
        FilePlaces { all: Arc::new(Semaphore::new(MOST)), each: Each::default() }
    }
}

/// One place, or the wait for one, until it is dropped.
pub(super) struct FilePlace {
    permits: Option<[OwnedSemaphorePermit; 2]>,
    whom: Whom,
    each: Each,
}

impl FilePlaces {
    /// Waits for a place for the caller's file.
    pub(super) async fn take(&self, caller: &Caller) -> Result<FilePlace, AppError> {
        // It is there before the wait: who gives up waiting is forgotten as well.
        let mut place = FilePlace { permits: None, whom: Whom::of(caller), each: Arc::clone(&self.each) };
        let own = {
            let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(each.entry(place.whom.clone()).or_insert_with(|| Arc::new(Semaphore::new(MOST_EACH))))
        };
        let permits = async { Ok([own.acquire_owned().await?, Arc::clone(&self.all).acquire_owned().await?]) };
        let permits: Result<_, AcquireError> = timeout(PATIENCE, permits).await.map_err(|_| AppError::busy())?;
        place.permits = Some(permits.map_err(AppError::internal)?);
        Ok(place)
    }
}

impl Drop for FilePlace {
    /// Forgets somebody who has no other place and waits for none.
    fn drop(&mut self) {
        self.permits = None;
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if each.get(&self.whom).is_some_and(|own| Arc::strong_count(own) == 1) {
            each.remove(&self.whom);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    fn from(address: &str) -> Caller {
        Caller::Anonymous { visitor: "somebody".to_owned(), address: address.to_owned() }
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_many_files_on_their_way_keeps_nobody_else_from_reading() {
        let places = FilePlaces::default();
        let mut held = Vec::new();
        for _ in 0..MOST_EACH {
            held.push(places.take(&from("192.0.2.1")).await.unwrap());
        }
        let refused = places.take(&from("192.0.2.1")).await.map(|_| ()).unwrap_err();
        assert_eq!(refused.fault, Fault::Busy);
        drop(places.take(&from("192.0.2.2")).await.unwrap());
        held.pop();
        drop(places.take(&from("192.0.2.1")).await.unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_kept_of_whoever_gave_up_waiting() {
        let places = FilePlaces { all: Arc::new(Semaphore::new(0)), ..FilePlaces::default() };
        assert!(timeout(Duration::from_secs(1), places.take(&from("192.0.2.1"))).await.is_err());
        assert!(places.take(&from("192.0.2.1")).await.is_err());
        assert_eq!(places.each.lock().unwrap().len(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_kept_of_whoever_has_read() {
        let places = FilePlaces::default();
        let held = places.take(&from("192.0.2.1")).await.unwrap();
        assert_eq!(places.each.lock().unwrap().len(), 1);
        drop(held);
        assert_eq!(places.each.lock().unwrap().len(), 0);
    }
}
