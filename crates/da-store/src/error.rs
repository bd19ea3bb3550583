//! What can go wrong with rows.

use std::sync::Arc;

/// What an error of the store is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A key of the API.
    ApiKey,
    /// A count of wrong guesses.
    Attempt,
    /// A code that a link carries.
    Code,
    /// The content of a file.
    FileContent,
    /// A file.
    File,
    /// What an interview keeps beside its sessions.
    KeptValue,
    /// A package, a Playground or a project of one.
    Package,
    /// The content of a package's file.
    PackageContent,
    /// The state word of all packages.
    PackageState,
    /// The password of an account.
    Password,
    /// A privilege.
    Privilege,
    /// A project of a Playground.
    Project,
    /// The second factor of an account.
    SecondFactor,
    /// A value that the servers of one database share.
    ServerValue,
    /// A session.
    Session,
    /// A step of a session.
    Step,
    /// An account.
    User,
    /// A privilege that an account has.
    UserPrivilege,
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Subject::ApiKey => "API key",
            Subject::Attempt => "count of guesses",
            Subject::Code => "code",
            Subject::FileContent => "content of the file",
            Subject::File => "file",
            Subject::KeptValue => "value that is kept",
            Subject::Package => "package",
            Subject::PackageContent => "content of a package",
            Subject::PackageState => "state of packages",
            Subject::Password => "password",
            Subject::Privilege => "privilege",
            Subject::Project => "project",
            Subject::SecondFactor => "second factor",
            Subject::ServerValue => "server value",
            Subject::Session => "session",
            Subject::Step => "step",
            Subject::User => "user",
            Subject::UserPrivilege => "privilege of the user",
        })
    }
}

/// An error of the store. It never tells a client anything: its text is for the operator.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no such row.
    #[error("there is no such {0}")]
    NotFound(Subject),
    /// Somebody else changed it first, or a unique value is taken.
    #[error("the {0} was changed by somebody else or exists already")]
    Conflict(Subject),
    /// It belongs to somebody else.
    #[error("the {0} belongs to somebody else")]
    Denied(Subject),
    /// There may be no more of them.
    #[error("there is no room for another {0}")]
    Full(Subject),
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
    /// The Redis cannot be reached, or does not answer as it must.
    #[error("the Redis cannot be reached: {0}")]
    Away(String),
    /// The data folder, or the file of the database, is in use by another server.
    #[error("another server is running on {0}")]
    InUse(String),
    /// The database's tables could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(String),
    /// Too many writes wait, or another process holds the database.
    #[error("the database is busy")]
    Busy,
    /// A row holds what no row of ours holds: somebody, or a broken disk, changed it.
    #[error("a row of the database is damaged: {0}")]
    Damaged(String),
    /// The database refused a statement.
    #[error("the database refused a statement: {0}")]
    Statement(Arc<diesel::result::Error>),
    /// The content of a file cannot be written or read.
    #[error("the contents of files cannot be reached: {0}")]
    Blob(String),
    /// The writer has ended.
    #[error("the store is shutting down")]
    Closed,
}

impl StoreError {
    /// Whether what failed may have been done all the same: a commit whose answer did not come. What it would need must stay.
    #[must_use]
    pub fn may_stand(&self) -> bool {
        !matches!(
            self,
            StoreError::NotFound(_)
                | StoreError::Conflict(_)
                | StoreError::Denied(_)
                | StoreError::Full(_)
                | StoreError::FirstStep
                | StoreError::LockTimeout
                | StoreError::LockLost
                | StoreError::InUse(_)
                | StoreError::Migration(_)
                | StoreError::Busy
                | StoreError::Damaged(_)
                | StoreError::Blob(_)
        )
    }

    /// Turns the violation of a unique constraint into a conflict about `what`.
    pub(crate) fn conflict_on_unique(self, what: Subject) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match &self {
            StoreError::Statement(error)
                if matches!(**error, Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) =>
            {
                StoreError::Conflict(what)
            }
            _ => self,
        }
    }

    /// Turns the violation of a reference, whose row went away meanwhile, into the lack of `what`.
    pub(crate) fn missing_on_reference(self, what: Subject) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match &self {
            StoreError::Statement(error)
                if matches!(**error, Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) =>
            {
                StoreError::NotFound(what)
            }
            _ => self,
        }
    }

    /// A content cannot be had or kept, for this reason.
    pub(crate) fn blob(reason: impl std::fmt::Display) -> Self {
        StoreError::Blob(reason.to_string())
    }

    /// The database cannot be had, for this reason.
    pub(crate) fn unreachable(reason: impl std::fmt::Display) -> Self {
        StoreError::Unreachable(reason.to_string())
    }
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        // Both databases tell this by their text alone.
        let busy = |message: &str| message.contains("database is locked") || message.contains("due to lock timeout");
        match &error {
            diesel::result::Error::DatabaseError(_, about) if busy(about.message()) => StoreError::Busy,
            diesel::result::Error::DeserializationError(why) => StoreError::Damaged(why.to_string()),
            _ => StoreError::Statement(Arc::new(error)),
        }
    }
}

/// The row must be there: `what` names it in the error.
pub(crate) fn found<T>(row: Result<Option<T>, diesel::result::Error>, what: Subject) -> Result<T, StoreError> {
    row?.ok_or(StoreError::NotFound(what))
}
