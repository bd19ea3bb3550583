//! Python for interviews: source text -> compact code -> a virtual machine with limits.
//!
//! This page is the whole of what it takes to run strangers' Python inside another program: make [`Python`] once, give each
//! person a [`Session`], run [`Program`]s in it. A script reaches the outside through the [`Host`] alone, and without one there
//! is no effect; it uses what its [`Limits`] allow and cannot catch that they are reached; a session is bytes between two runs,
//! and what fails leaves it as it was. What is kept between two runs is data; functions and classes belong into modules
//! ([`Python::with_modules`]). A limit on the time by the clock is the host's to set ([`Host::time_is_up`]).
//!
//! ```
//! use da_python::{Data, Limits, NoHost, Program, Python};
//!
//! let python = Python::new()?;
//! let mut session = python.session(Limits::default());
//! session.set("price", Data::from(19.5))?;
//! session.run(&Program::block("total = round(price * 1.2, 2)", "order.py")?, &mut NoHost)?;
//! assert_eq!(session.get("total")?, Some(Data::Float(23.4)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`machine`] is what lies beneath, for whoever builds native classes on it.
#![warn(missing_docs)]

mod builtins;
mod code;
mod compile;
mod error;
mod exceptions;
mod facade;
mod ground;
mod heap;
mod host;
mod http;
mod limits;
pub mod machine;
mod names;
mod native;
mod snapshot;
mod stdlib;
mod syntax;
mod types;
mod value;
mod vm;

pub use error::{Limit, PyError};
pub use facade::{Data, Program, Python, Session, Stopped};
pub use host::{Host, ModuleSource, NoHost};
pub use http::{HttpFailure, HttpFailureKind, HttpHead, HttpRequest, HttpResponse};
pub use limits::Limits;
pub use snapshot::{LeftOut, SnapshotError};
pub use syntax::SyntaxError;
