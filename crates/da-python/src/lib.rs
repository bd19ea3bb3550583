//! Python for interviews: source text -> compact code -> a virtual machine with limits.
//!
//! The heap belongs to one evaluation, is bounded, and can be saved and read back. Nothing here
//! touches the outside world: [`Host`](host::Host) is the only door, and without one there is no
//! effect.
#![warn(missing_docs)]

pub mod code;
mod compile;
mod syntax;

pub use compile::{Mode, compile, compile_with_lines};
pub use syntax::{Guard, SyntaxError};
