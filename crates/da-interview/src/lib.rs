//! The interview engine: an interview, answers and a command in, new answers and a screen out.
//!
//! Pure and synchronous. It never touches a file, a clock, a database or the network: files come
//! through [`Sources`], everything else through [`World`], and a Python value never leaves it.
//!
//! ```
//! use std::sync::Arc;
//!
//! use da_core::{Answer, Caller, Command, Outcome, Plain, SessionId};
//! use da_interview::{Context, Engine, NoWorld, Settings};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = "mandatory: True\ncode: |\n  json_response({'double': 2 * number})\n";
//! let interview = Engine::new()?.load_text(text)?;
//! let context = Context {
//!     caller: &Caller::Anonymous { visitor: "somebody".to_owned(), address: String::new() },
//!     session: &SessionId::parse("abcdefgh").ok_or("no identifier")?,
//!     previous: None,
//!     now: chrono::DateTime::UNIX_EPOCH,
//!     settings: &Settings::default(),
//!     // What an interview may do to the world: here next to nothing.
//!     world: Arc::new(NoWorld),
//! };
//! let first = interview.run(None, Command::Begin { url_args: Vec::new() }, &context)?;
//! assert!(matches!(&first.outcome, Outcome::UndefinedVariable { variable, .. } if variable == "number"));
//!
//! let answer = Answer { variables: vec![("number".to_owned(), Plain::Int(21))], ..Answer::default() };
//! // The answers are bytes, to be kept by whoever drives the interview.
//! let second = interview.run(Some(&first.answers), Command::Answer(answer), &context)?;
//! assert!(matches!(second.outcome, Outcome::Response(_)));
//! # Ok(())
//! # }
//! ```
//!
//! [`Walk`] keeps the answers in memory, and [`fill`] answers a screen as a person would: `examples/walk.rs` takes an interview
//! from its first question to its end with them. Interviews of several files come from [`Texts`], or from a [`Sources`] of one's
//! own.
#![warn(missing_docs)]

mod absent;
mod assemble;
pub mod block;
pub mod check;
mod context;
mod engine;
mod error;
mod files;
pub mod fill;
mod functions;
pub mod index;
mod interview;
mod json;
mod load;
mod metadata;
pub mod names;
mod objects;
mod prelude;
pub mod reasons;
mod schedule;
pub mod source;
mod translation;
mod walk;
mod xml;
pub mod yaml;

pub use context::{Context, NoWorld, Settings, World};
pub use engine::Engine;
pub use error::{AssembleError, AssembleErrorKind, EngineError, Place, Point, SourceError, SourceErrorKind};
pub use files::{FileError, FileFacts, Files};
pub use interview::Interview;
pub use metadata::Metadata;
pub use source::{FileVersion, SourceFile, Sources, Texts};
pub use walk::Walk;

// What a world that reaches other servers is asked and answers.
pub use da_python::machine::{HttpFailure, HttpFailureKind, HttpHead, HttpRequest, HttpResponse};
