//! What a running program can end in.

use crate::value::{TracebackLine, Value};
use std::sync::Arc;

/// Why an evaluation stopped: a Python exception, which the script can catch, or a limit, which it
/// cannot.
#[derive(Debug, Clone, Copy)]
pub enum Raised {
    /// An exception instance.
    Exception(Value),
    /// A limit was reached.
    Limit(Limit),
}

/// The limits of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Limit {
    /// It ran too many instructions.
    #[error("the program ran too long")]
    Fuel,
    /// It needed more memory than it may have.
    #[error("the program needed too much memory")]
    Memory,
    /// Native recursion went too deep.
    #[error("the program recursed too deeply")]
    Depth,
    /// It wrote too much.
    #[error("the program wrote too much output")]
    Output,
    /// It took too long by the clock.
    #[error("the program took too long")]
    Time,
}

/// The result of anything that may run Python code.
pub type PyResult<T = Value> = Result<T, Raised>;

/// What an evaluation ended in, as plain data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PyError {
    /// A limit was reached.
    #[error(transparent)]
    Limit(Limit),
    /// A Python exception that nothing caught.
    #[error("{class}: {message}")]
    Exception {
        /// The name of its class.
        class: Arc<str>,
        /// Its text.
        message: String,
        /// Where it passed, innermost first.
        traceback: Vec<TracebackLine>,
    },
}
