//! What is wrong with a piece of source, and where.
//!
//! Never holds more of the source than the line at fault.

use std::sync::Arc;

/// Source text that is not Python, or not the Python that runs here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({file}, line {line})")]
pub struct SyntaxError {
    /// What is wrong, in CPython's words where it has some.
    pub message: String,
    /// The file or block.
    pub file: Arc<str>,
    /// The line, starting at 1.
    pub line: u32,
    /// The column in characters, starting at 1.
    pub column: u32,
    /// The line of source, without its end; long lines are cut.
    pub text: String,
}

impl SyntaxError {
    /// Whether CPython calls this an `IndentationError`.
    pub fn is_indentation(&self) -> bool {
        self.message.starts_with("unindent ")
            || self.message.starts_with("unexpected indent")
            || self.message.starts_with("expected an indented block")
            || self.message.starts_with("too many levels of indentation")
    }
}
