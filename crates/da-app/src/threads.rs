//! Threads for work that takes its time or blocks: interviews are evaluated on some, rows are read on others.
//!
//! The one that was busy last is taken first: what it holds in the caches of the processor, and of the allocator, is of use
//! again, and as few threads as there is work for come to hold any. It is never decided here how many work at once.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SendError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tracing::Span;

use crate::AppError;

type Job = Box<dyn FnOnce() + Send>;

/// Those that wait for work, the one that worked last at the end.
type Idle = Mutex<Vec<Sender<Job>>>;

#[derive(Debug)]
pub(crate) struct Threads {
    name: &'static str,
    idle: Arc<Idle>,
    /// So many are kept waiting.
    kept: usize,
}

impl Threads {
    pub(crate) fn new(name: &'static str, kept: usize) -> Self {
        Threads { name, idle: Arc::default(), kept }
    }

    /// Does work on one of them, in the runtime and the span of whoever asks. Work that panics ends alone.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (tell, told) = oneshot::channel();
        let (span, runtime) = (Span::current(), Handle::current());
        let job = move || {
            let _runtime = runtime.enter();
            // Nobody listens when the request was given up.
            drop(tell.send(span.in_scope(work)));
        };
        self.give(Box::new(job)).map_err(AppError::internal)?;
        told.await.map_err(AppError::internal)?
    }

    fn give(&self, mut job: Job) -> io::Result<()> {
        while let Some(thread) = lock(&self.idle).pop() {
            match thread.send(job) {
                Ok(()) => return Ok(()),
                Err(SendError(back)) => job = back,
            }
        }
        let (idle, kept) = (Arc::downgrade(&self.idle), self.kept);
        thread::Builder::new().name(self.name.to_owned()).spawn(move || work(&idle, kept, job)).map(drop)
    }
}

/// Works until there are enough that wait, or nobody is left who gives work.
fn work(idle: &Weak<Idle>, kept: usize, mut job: Job) {
    loop {
        // Whoever waits for the job learns that it ended from the channel that goes with it.
        drop(catch_unwind(AssertUnwindSafe(job)));
        let (thread, jobs) = channel();
        match idle.upgrade() {
            Some(idle) => {
                let mut idle = lock(&idle);
                if idle.len() >= kept {
                    return;
                }
                idle.push(thread);
            }
            None => return,
        }
        let Ok(next) = jobs.recv() else { return };
        job = next;
    }
}

fn lock(idle: &Idle) -> MutexGuard<'_, Vec<Sender<Job>>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Work for tests that gives `value` when it is told to finish; and what tells that it has begun.
#[cfg(test)]
pub(crate) fn work_that_waits<T: Send + 'static>(
    value: T,
) -> (impl FnOnce() -> Result<T, AppError> + Send + 'static, oneshot::Receiver<()>, Sender<()>) {
    let (begun, wait_begun) = oneshot::channel();
    let (finish, wait_finish) = channel::<()>();
    let work = move || {
        begun.send(()).unwrap();
        wait_finish.recv().unwrap();
        Ok(value)
    };
    (work, wait_begun, finish)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::ThreadId;

    /// Runs a job that tells its thread, and waits until that thread waits for work again.
    fn thread_of_a_job(threads: &Threads) -> ThreadId {
        let (told, tells) = channel();
        threads.give(Box::new(move || told.send(thread::current().id()).unwrap())).unwrap();
        let id = tells.recv().unwrap();
        until_one_waits(threads);
        id
    }

    fn until_one_waits(threads: &Threads) {
        while lock(&threads.idle).is_empty() {
            thread::yield_now();
        }
    }

    #[test]
    fn one_job_after_the_other_takes_one_thread_even_after_a_panic() {
        let threads = Threads::new("test", 2);
        let first = thread_of_a_job(&threads);
        assert_eq!(thread_of_a_job(&threads), first);
        let (told, tells) = channel::<()>();
        threads
            .give(Box::new(move || {
                let _told = told;
                panic!("a job that panics");
            }))
            .unwrap();
        assert!(tells.recv().is_err());
        until_one_waits(&threads);
        assert_eq!(thread_of_a_job(&threads), first);
    }

    #[test]
    fn jobs_at_the_same_time_have_a_thread_each_and_those_beyond_the_kept_ones_end() {
        let threads = Threads::new("test", 1);
        let ends: Vec<_> = (0..3)
            .map(|_| {
                let (end, ended) = channel::<()>();
                let (told, tells) = channel();
                threads
                    .give(Box::new(move || {
                        told.send(thread::current().id()).unwrap();
                        let _dropped = ended.recv();
                    }))
                    .unwrap();
                (end, tells.recv().unwrap())
            })
            .collect();
        let ids: std::collections::HashSet<_> = ends.iter().map(|(_, id)| *id).collect();
        assert_eq!(ids.len(), 3);
        drop(ends);
        until_one_waits(&threads);
        let id = thread_of_a_job(&threads);
        assert!(ids.contains(&id));
        assert_eq!(lock(&threads.idle).len(), 1);
    }
}
