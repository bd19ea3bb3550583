//! Python for interviews: source text -> compact code -> a virtual machine with limits.
//!
//! The heap belongs to one evaluation, is bounded, and can be saved and read back
//! ([`Vm::snapshot`], [`Vm::restore`]). Nothing here touches the outside world: [`Host`] is the only
//! door, and without one there is no effect.
#![warn(missing_docs)]

mod builtins;
pub mod code;
mod compile;
mod error;
mod exceptions;
mod ground;
mod heap;
mod host;
mod http;
mod limits;
pub mod names;
pub mod native;
mod snapshot;
mod stdlib;
mod syntax;
mod types;
pub mod value;
mod vm;

pub use compile::{Mode, compile, compile_guarded, compile_with_lines};
pub use error::{Limit, PyError, PyResult, Raised};
pub use ground::{ClassBuilder, Ground, GroundBuilder, InterviewFloor, ModuleBuilder, RestoreFn};
pub use heap::{Floor, Handle, Heap};
pub use host::{Host, ModuleSource, NoHost};
pub use http::{HttpFailure, HttpFailureKind, HttpHead, HttpRequest, HttpResponse};
pub use limits::Limits;
pub use snapshot::{LeftOut, Snapshot, SnapshotError};
pub use syntax::{Guard, SyntaxError};
pub use value::Value;
pub use vm::{Generator, Vm};
