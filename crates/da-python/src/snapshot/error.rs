//! Why a snapshot could not be made or read. Nothing here holds a value of a machine.

use crate::error::{Limit, PyError};
use std::sync::Arc;

/// Why a snapshot could not be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// It is no snapshot, or one of a version that this build does not read.
    #[error("not a snapshot of a version that can be read")]
    Version,
    /// It ends too early.
    #[error("the snapshot ends too early")]
    Truncated,
    /// It cannot have been made by this machine.
    #[error("the snapshot is malformed: {0}")]
    Malformed(&'static str),
    /// The class of an object is not there any more.
    #[error("the snapshot needs the class {qualname} of {module}, which there is not")]
    UnknownClass {
        /// Its module.
        module: Arc<str>,
        /// Its name inside the module.
        qualname: Arc<str>,
    },
    /// What is found under the name of a class is something else.
    #[error("the snapshot needs the class {qualname} of {module}, which is not a class")]
    NotAClass {
        /// Its module.
        module: Arc<str>,
        /// Its name inside the module.
        qualname: Arc<str>,
    },
    /// The instances of a class are made of something else than they were.
    #[error("the instances of the class {qualname} of {module} are not what they were")]
    ClassChanged {
        /// Its module.
        module: Arc<str>,
        /// Its name inside the module.
        qualname: Arc<str>,
    },
    /// A class that a member of it was saved by name of has no such member (an `Enum`'s, say).
    #[error("the class {qualname} of {module} has no member {member}")]
    UnknownMember {
        /// The module of the class.
        module: Arc<str>,
        /// The name of the class.
        qualname: Arc<str>,
        /// The name of the member.
        member: Arc<str>,
    },
    /// Native code refused the data of one of its instances.
    #[error("an instance of {qualname} of {module} cannot be read back: {reason}")]
    Native {
        /// The module of its class.
        module: Arc<str>,
        /// The name of its class.
        qualname: Arc<str>,
        /// What native code said.
        reason: String,
    },
    /// Code of the interview's failed: `__hash__` or `__eq__` of a key, or a module that had to be
    /// imported.
    #[error("code that the snapshot needs failed: {0}")]
    Code(PyError),
    /// A limit of the evaluation was reached.
    #[error(transparent)]
    Limit(#[from] Limit),
}
