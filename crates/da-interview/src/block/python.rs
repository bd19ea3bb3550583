//! A piece of Python of an interview, compiled.

use std::sync::Arc;

use da_python::machine::code::Code;
use da_python::machine::{Mode, compile_with_lines};

use super::fault::Fault;

/// Python: its source and what it was compiled to. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Python {
    /// The source, as it was written.
    pub source: Arc<str>,
    /// The code: statements or an expression, as the place where it stands asks for.
    pub code: Arc<Code>,
}

impl Python {
    /// Statements that begin on line `line` of `file`.
    pub(crate) fn script(source: &str, file: &str, line: u32) -> Result<Self, Fault> {
        Self::compile(source, file, line, Mode::Module)
    }

    /// An expression. Blanks and line ends around it do not count.
    pub(crate) fn expression(source: &str, file: &str, line: u32) -> Result<Self, Fault> {
        let text = source.trim_start();
        let skipped = source[..source.len() - text.len()].matches('\n').count();
        let line = line.saturating_add(u32::try_from(skipped).unwrap_or(0));
        Self::compile(text.trim_end(), file, line, Mode::Expression)
    }

    fn compile(source: &str, file: &str, line: u32, mode: Mode) -> Result<Self, Fault> {
        let code = compile_with_lines(source, file, mode, &|inside| line.saturating_add(inside).saturating_sub(1))?;
        Ok(Python { source: source.into(), code })
    }
}
