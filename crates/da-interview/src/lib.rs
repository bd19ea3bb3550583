//! The interview engine: an interview, answers and a command in, new answers and a screen out.
//!
//! Pure and synchronous. It never touches a file, a clock, a database or the network: files come
//! through [`Sources`], everything else through [`World`], and a Python value never leaves it.
#![warn(missing_docs)]

pub mod block;
mod context;
mod engine;
mod error;
pub mod index;
mod metadata;
pub mod names;
pub mod source;
pub mod yaml;

pub use context::{Context, Settings, World};
pub use engine::{Engine, Interview};
pub use error::{AssembleError, AssembleErrorKind, EngineError, Place, SourceError, SourceErrorKind};
pub use metadata::Metadata;
pub use source::{FileVersion, SourceFile, Sources};
