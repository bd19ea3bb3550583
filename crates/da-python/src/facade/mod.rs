//! The facade: what it takes to run strangers' Python inside a program of one's own.
//!
//! A [`Python`] is made once and shared by all threads. A [`Session`] is what one person's programs have left behind, as
//! bytes; it may move between threads, wait in a database, and go on elsewhere. A [`Program`] is compiled once and run as
//! often as one likes. What goes in and comes out is [`Data`].

mod data;
mod program;
mod python;
mod session;
mod stopped;

pub use data::Data;
pub use program::Program;
pub use python::Python;
pub use session::Session;
pub use stopped::Stopped;
