//! The machine beneath the facade: values, the heap and its floors, native classes and modules, code and names.
//!
//! The interview engine is built on it, and it changes with the engine: there is no promise that it stays as it is. A [`Vm`] is
//! one evaluation. A [`Value`] belongs to the machine that made it and is kept alive by being reached, rooted
//! ([`Vm::root`]) or pinned ([`Vm::pin`]).

pub use crate::compile::{Mode, compile, compile_guarded, compile_with_lines};
pub use crate::error::{Limit, PyError, PyResult, Raised};
pub use crate::ground::{ClassBuilder, Ground, GroundBuilder, InterviewFloor, ModuleBuilder, RestoreFn};
pub use crate::heap::{Floor, Handle, Heap};
pub use crate::host::{Host, ModuleSource, NoHost};
pub use crate::http::{HttpFailure, HttpFailureKind, HttpHead, HttpRequest, HttpResponse};
pub use crate::limits::Limits;
pub use crate::snapshot::{LeftOut, Snapshot, SnapshotError};
pub use crate::syntax::{Guard, SyntaxError};
pub use crate::value::Value;
pub use crate::vm::{Generator, Vm};

/// Code that was compiled.
pub mod code {
    pub use crate::code::*;
}

/// Names in source: what it assigns and reads, and assignment targets that come from outside.
pub mod names {
    pub use crate::names::*;
}

/// Native functions.
pub mod native {
    pub use crate::native::*;
}

/// Values and objects.
pub mod value {
    pub use crate::value::*;
}
