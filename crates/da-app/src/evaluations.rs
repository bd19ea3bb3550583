//! The one bounded pool that interviews are evaluated on.
//!
//! What waits here holds no connection to the database; what finds the queue full is refused at once,
//! so that a flood of requests ends in "busy" and not in memory. What waits for others in the middle of its work lets go of
//! its place meanwhile: a server elsewhere that is slow never holds up who does not ask it.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout_at;

use crate::AppError;
use crate::threads::Threads;

/// So many at once, so many in line.
#[derive(Debug)]
pub(crate) struct Evaluations {
    slots: Arc<Semaphore>,
    inside: Arc<AtomicUsize>,
    most: usize,
    threads: Threads,
}

/// The place of the work that a thread does.
struct Slot {
    slots: Arc<Semaphore>,
    runtime: Handle,
    permit: Option<OwnedSemaphorePermit>,
}

thread_local! {
    /// That of this thread's work. Whoever waits for others is far below whoever took the place, with an interview in between.
    static SLOT: RefCell<Option<Slot>> = const { RefCell::new(None) };
}

/// Takes the place from the thread when the work ends, however it ends.
struct Held;

impl Held {
    fn take(slot: Slot) -> Self {
        SLOT.with_borrow_mut(|held| *held = Some(slot));
        Held
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        SLOT.with_borrow_mut(|held| *held = None);
    }
}

/// Lets go of the place of this thread's work while it waits for others, and takes one again, in the line of all who want
/// one: before `until`, when the work has to end anyway.
pub(crate) fn waiting<T>(until: Instant, wait: impl FnOnce() -> T) -> T {
    SLOT.with_borrow_mut(|held| held.as_mut().map(|slot| slot.permit = None));
    let result = wait();
    SLOT.with_borrow_mut(|held| {
        let Some(slot) = held else { return };
        let place = timeout_at(until.into(), Arc::clone(&slot.slots).acquire_owned());
        slot.permit = slot.runtime.block_on(place).ok().and_then(Result::ok);
    });
    result
}

/// A place in the pool or in its line.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Evaluations {
    pub(crate) fn new(at_once: usize, queue: usize) -> Self {
        let at_once = at_once.max(1);
        Evaluations {
            slots: Arc::new(Semaphore::new(at_once)),
            inside: Arc::default(),
            most: at_once + queue,
            threads: Threads::new("evaluation", at_once),
        }
    }

    /// Runs `work` where it may block. What an evaluation waits for needs no place of its own: it has that of the evaluation.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let inside = INSIDE.get();
        if inside > 0 {
            return self.nested(inside, work).await;
        }
        let place = self.enter()?;
        let permit = Arc::clone(&self.slots).acquire_owned().await.map_err(AppError::internal)?;
        let (slots, runtime) = (Arc::clone(&self.slots), Handle::current());
        let run = move || {
            // Until the work ends, even when nobody waits for it any more.
            let _place = place;
            let _held = Held::take(Slot { slots, runtime, permit: Some(permit) });
            inside_of(0, work)
        };
        self.threads.run(run).await
    }

    async fn nested<T: Send + 'static>(
        &self,
        depth: u32,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        if depth > DEEPEST {
            return Err(AppError::busy());
        }
        self.threads.run(move || inside_of(depth, work)).await
    }

    fn enter(&self) -> Result<Place, AppError> {
        let before = self.inside.fetch_add(1, Ordering::Relaxed);
        let place = Place(Arc::clone(&self.inside));
        if before >= self.most { Err(AppError::busy()) } else { Ok(place) }
    }
}

thread_local! {
    /// How many evaluations inside one another this thread works for.
    static INSIDE: Cell<u32> = const { Cell::new(0) };
}

/// So deep may evaluations begin others.
const DEEPEST: u32 = 3;

fn inside_of<T>(depth: u32, work: impl FnOnce() -> T) -> T {
    struct Back(u32);
    impl Drop for Back {
        fn drop(&mut self) {
            INSIDE.set(self.0);
        }
    }
    let _back = Back(INSIDE.replace(depth + 1));
    work()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;
    use crate::threads::work_that_waits;

    #[tokio::test]
    async fn what_finds_the_line_full_is_refused_as_busy() {
        let pool = Arc::new(Evaluations::new(1, 0));
        let (work, begun, finish) = work_that_waits(1);
        let first = Arc::clone(&pool);
        let running = tokio::spawn(async move { first.run(work).await });
        begun.await.unwrap();
        assert_eq!(pool.run(|| Ok(2)).await.unwrap_err().fault, Fault::Busy);
        finish.send(()).unwrap();
        assert_eq!(running.await.unwrap().unwrap(), 1);
        assert_eq!(pool.run(|| Ok(3)).await.unwrap(), 3);
    }

    #[tokio::test]
    async fn who_waits_for_others_holds_nobody_up_and_goes_on_in_a_place_again() {
        let pool = Arc::new(Evaluations::new(1, 10));
        let (begun, wait_begun) = tokio::sync::oneshot::channel();
        let (finish, wait_finish) = std::sync::mpsc::channel::<()>();
        let (first, slots) = (Arc::clone(&pool), Arc::clone(&pool.slots));
        let running = tokio::spawn(async move {
            let work = move || {
                let until = Instant::now() + std::time::Duration::from_secs(60);
                let waited = waiting(until, || {
                    begun.send(()).unwrap();
                    wait_finish.recv().unwrap();
                    slots.available_permits()
                });
                Ok((waited, slots.available_permits()))
            };
            first.run(work).await
        });
        wait_begun.await.unwrap();
        assert_eq!(pool.run(|| Ok(2)).await.unwrap(), 2);
        finish.send(()).unwrap();
        assert_eq!(running.await.unwrap().unwrap(), (1, 0));
        assert_eq!(pool.slots.available_permits(), 1);
    }
}
