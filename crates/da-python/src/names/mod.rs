//! Names in source text, without running it: what code assigns, what it reads, and names that come
//! from outside.
//!
//! Walks trees only. A name from outside is data afterwards; it is never evaluated as source.

mod assigned;
mod plain;
mod target;

pub use assigned::{Assigned, assigned_names, names_read};
pub use target::{Constant, Index, Step, Target, TargetError, parse_target};
