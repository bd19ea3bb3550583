//! Those who read rows: as many at once as there are connections to read by.
//!
//! What waits for its turn holds neither a thread nor a connection, and is refused as busy when its turn does not come.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::AppError;
use crate::threads::Threads;

#[derive(Debug)]
pub(crate) struct Readers {
    places: Arc<Semaphore>,
    patience: Duration,
    threads: Threads,
}

impl Readers {
    pub(crate) fn new(at_once: usize, patience: Duration) -> Self {
        let at_once = at_once.max(1);
        Readers { places: Arc::new(Semaphore::new(at_once)), patience, threads: Threads::new("reading", at_once) }
    }

    /// Runs `work` where it may block.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let place = timeout(self.patience, Arc::clone(&self.places).acquire_owned()).await;
        let place = place.map_err(|_| AppError::busy())?.map_err(AppError::internal)?;
        let work = move || {
            // Until the work ends, even when nobody waits for it any more.
            let _place = place;
            work()
        };
        self.threads.run(work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;
    use crate::threads::work_that_waits;

    #[tokio::test]
    async fn whose_turn_does_not_come_is_refused_as_busy() {
        let readers = Arc::new(Readers::new(1, Duration::from_millis(1)));
        let (work, begun, finish) = work_that_waits(1);
        let first = Arc::clone(&readers);
        let reading = tokio::spawn(async move { first.run(work).await });
        begun.await.unwrap();
        assert_eq!(readers.run(|| Ok(2)).await.unwrap_err().fault, Fault::Busy);
        finish.send(()).unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), 1);
        assert_eq!(readers.run(|| Ok(3)).await.unwrap(), 3);
    }

    #[tokio::test]
    async fn a_place_is_taken_until_the_work_ends_even_when_nobody_waits_for_it() {
        let readers = Readers::new(1, Duration::from_millis(1));
        let (work, begun, finish) = work_that_waits(());
        tokio::select! {
            biased;
            _ = readers.run(work) => unreachable!("the work waits to be finished"),
            begun = begun => begun.unwrap(),
        }
        assert_eq!(readers.run(|| Ok(1)).await.unwrap_err().fault, Fault::Busy);
        finish.send(()).unwrap();
        drop(readers.places.acquire().await.unwrap());
        assert_eq!(readers.run(|| Ok(2)).await.unwrap(), 2);
    }
}
