//! The interview engine: an interview, answers and a command in, new answers and a screen out.
//!
//! Pure and synchronous. It never touches a file, a clock, a database or the network: files come
//! through [`Sources`], everything else through [`World`], and a Python value never leaves it.
//!
//! ```
//! use std::sync::Arc;
//!
//! use da_core::{Answer, Caller, Command, InterviewName, Outcome, Plain, SessionId};
//! use da_interview::{Context, Engine, FileVersion, Settings, SourceError, SourceFile, Sources, World};
//!
//! /// Where interviews come from: here there is one.
//! struct Shelf;
//!
//! impl Sources for Shelf {
//!     fn version(&self, _package: &str, _path: &str) -> Option<FileVersion> {
//!         Some(FileVersion(1))
//!     }
//!
//!     fn read(&self, _package: &str, _path: &str) -> Result<SourceFile, SourceError> {
//!         let text = "mandatory: True\ncode: |\n  json_response({'double': 2 * number})\n";
//!         Ok(SourceFile { version: FileVersion(1), text: Arc::from(text) })
//!     }
//! }
//!
//! /// What an interview may do to the world: here next to nothing.
//! struct Nothing;
//!
//! impl World for Nothing {
//!     fn random(&self, _bytes: &mut [u8]) {}
//!     fn log(&self, line: &str) {
//!         println!("{line}");
//!     }
//!     fn time_is_up(&self) -> bool {
//!         false
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let shelf: Arc<dyn Sources> = Arc::new(Shelf);
//! let interview = Engine::new()?.load(&InterviewName::parse("docassemble.mine:double.yml")?, &shelf)?;
//! let context = Context {
//!     caller: &Caller::Anonymous { visitor: "somebody".to_owned() },
//!     session: &SessionId::parse("abcdefgh").ok_or("no identifier")?,
//!     previous: None,
//!     now: chrono::DateTime::UNIX_EPOCH,
//!     settings: &Settings::default(),
//!     world: Arc::new(Nothing),
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
#![warn(missing_docs)]

mod absent;
mod assemble;
pub mod block;
pub mod check;
mod context;
mod engine;
mod error;
mod files;
mod functions;
pub mod index;
mod interview;
mod json;
mod load;
mod metadata;
pub mod names;
mod objects;
mod prelude;
mod schedule;
pub mod source;
mod word;
pub mod yaml;

pub use context::{Context, Settings, World};
pub use engine::Engine;
pub use error::{AssembleError, AssembleErrorKind, EngineError, Place, Point, SourceError, SourceErrorKind};
pub use files::{FileError, FileFacts, Files};
pub use interview::Interview;
pub use metadata::Metadata;
pub use source::{FileVersion, SourceFile, Sources};
