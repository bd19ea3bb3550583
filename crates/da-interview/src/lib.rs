//! The interview engine: an interview, answers and a command in, new answers and a screen out.
//!
//! Pure and synchronous. It never touches a file, a clock, a database or the network: files come
//! through [`Sources`], everything else through [`World`], and a Python value never leaves it.
#![warn(missing_docs)]

mod assemble;
pub mod block;
mod context;
mod engine;
mod error;
mod functions;
pub mod index;
mod interview;
mod json;
mod load;
mod metadata;
pub mod names;
mod prelude;
mod schedule;
pub mod source;
pub mod yaml;

pub use context::{Context, Settings, World};
pub use engine::Engine;
pub use error::{AssembleError, AssembleErrorKind, EngineError, Place, SourceError, SourceErrorKind};
pub use interview::Interview;
pub use metadata::Metadata;
pub use source::{FileVersion, SourceFile, Sources};
