//! What can go wrong with rows.

/// An error of the store. It never tells a client anything: its text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such row.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Somebody else changed it first, or a unique value is taken.
    #[error("the {0} was changed by somebody else or exists already")]
    Conflict(&'static str),
    /// The session has only its first step.
    #[error("the session is at its first step")]
    FirstStep,
    /// The session's lock was not to be had in time.
    #[error("the session is being changed by somebody else")]
    LockTimeout,
    /// The lease on the session ran out and somebody else took it.
    #[error("the lease on the session was lost")]
    LockLost,
    /// No connection was to be had, or the database cannot be opened.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The database file is in use by another server.
    #[error("{0} is in use by another server")]
    InUse(String),
    /// The database's tables could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(String),
    /// The database refused a statement.
    #[error("the database refused a statement: {0}")]
    Statement(#[from] diesel::result::Error),
    /// The writer has ended.
    #[error("the store is shutting down")]
    Closed,
}

impl StoreError {
    /// Turns the violation of a unique constraint into a conflict about `what`.
    pub(crate) fn conflict_on_unique(self, what: &'static str) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match self {
            StoreError::Statement(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                StoreError::Conflict(what)
            }
            other => other,
        }
    }
}

/// The row must be there: `what` names it in the error.
pub(crate) fn found<T>(row: Result<Option<T>, diesel::result::Error>, what: &'static str) -> Result<T, StoreError> {
    row?.ok_or(StoreError::NotFound(what))
}
