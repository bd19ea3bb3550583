//! [`Stopped`]: why a program did not come to its end.

use crate::error::PyError;
use crate::snapshot::SnapshotError;

/// Why a program did not come to its end, or a session cannot be had. The session is what it was before.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Stopped {
    /// The program raised an exception, or reached a limit.
    #[error(transparent)]
    Program(#[from] PyError),
    /// What a session holds cannot be read or kept.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// A value of this class is no [`Data`](super::Data) that Python could be given.
    #[error("a value of the class {0} cannot be handed to Python")]
    NoValue(String),
    /// A value is nested more deeply than [`DEEPEST`](super::Data::DEEPEST).
    #[error("a value is nested too deeply")]
    Nested,
}
