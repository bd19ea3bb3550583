//! Source text becomes a syntax tree, behind a guard that bounds how deep the tree can get.
//!
//! A tree never leaves the closure that it was made for: it is read and dropped on a stack that is
//! large enough. Nothing here evaluates anything.

mod advice;
mod error;
mod fstring;
mod guard;
mod lines;
mod message;
mod parse;
#[cfg(test)]
mod tests;

pub use error::SyntaxError;
pub use guard::Guard;
pub(crate) use lines::Lines;
pub(crate) use parse::{Fault, Tree, TreeKind, with_tree};
