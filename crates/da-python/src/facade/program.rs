//! [`Program`]: source that was compiled.

use crate::code::Code;
use crate::compile::{Mode, compile};
use crate::syntax::SyntaxError;
use std::sync::Arc;

/// Source that was compiled: once, for all sessions. A copy shares what was compiled.
#[derive(Debug, Clone)]
pub struct Program(pub(super) Arc<Code>);

impl Program {
    /// A block of statements. `file` names it in messages and tracebacks.
    ///
    /// ```
    /// use da_python::Program;
    ///
    /// Program::block("total = price * 2", "order.py")?;
    /// let error = Program::block("total = = 2", "order.py").unwrap_err();
    /// assert_eq!(error.to_string(), "invalid syntax (order.py, line 1)");
    /// # Ok::<(), da_python::SyntaxError>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with the source: its place and Python's text.
    pub fn block(source: &str, file: &str) -> Result<Program, SyntaxError> {
        compile(source, file, Mode::Module).map(Program)
    }

    /// One expression; running it gives its value.
    ///
    /// ```
    /// use da_python::Program;
    ///
    /// Program::expression("price * 2", "order.py")?;
    /// assert!(Program::expression("total = 2", "order.py").is_err());
    /// # Ok::<(), da_python::SyntaxError>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with the source: its place and Python's text.
    pub fn expression(source: &str, file: &str) -> Result<Program, SyntaxError> {
        compile(source, file, Mode::Expression).map(Program)
    }
}
