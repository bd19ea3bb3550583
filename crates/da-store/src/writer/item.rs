//! One write that waits for its commit.

use std::sync::Arc;

use diesel::Connection;
use tokio::sync::oneshot;

use crate::StoreError;
use crate::connection::AnyConnection;
use crate::lock::Held;

/// A write of any kind, as the queue sees it.
pub(crate) trait Item: Send {
    /// Does the work inside the transaction that is open, undoing all of it when it fails; says whether it succeeded.
    fn run(&mut self, connection: &mut AnyConnection) -> bool;

    /// Tells the caller how it ended. `commit` says whether the transaction is on disk.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

type Work<T> = Box<dyn FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send>;

/// A write with its caller.
pub(crate) struct Write<T> {
    work: Option<Work<T>>,
    outcome: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
    held: Option<Arc<Held>>,
}

impl<T> Write<T> {
    pub(crate) fn new(
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
        held: Option<Arc<Held>>,
        reply: oneshot::Sender<Result<T, StoreError>>,
    ) -> Self {
        Write { work: Some(Box::new(work)), outcome: None, reply, held }
    }
}

impl<T: Send> Item for Write<T> {
    fn run(&mut self, connection: &mut AnyConnection) -> bool {
        let Some(work) = self.work.take() else { return false };
        // Inside an open transaction this is a SAVEPOINT.
        let outcome = connection.transaction(work);
        let succeeded = outcome.is_ok();
        self.outcome = Some(outcome);
        succeeded
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        let outcome = match (self.outcome, commit) {
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Closed),
        };
        // The lock goes first, so that whoever gets the answer can take it again at once.
        drop(self.held);
        let _nobody_waits = self.reply.send(outcome);
    }
}
