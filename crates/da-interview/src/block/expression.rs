//! Python in a block, compiled: an [`Expression`] with a value, or a [`Script`].

use super::read::Reading;
use crate::error::{SourceError, SourceErrorKind};
use crate::yaml::{Node, Scalar, Value};
use da_python::code::Code;
use da_python::{Mode, SyntaxError, compile_with_lines};
use std::sync::Arc;

/// Python that has a value.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    pub(crate) source: Arc<str>,
    pub(crate) line: u32,
    pub(crate) code: Arc<Code>,
}

/// Python that does something.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    pub(crate) source: Arc<str>,
    pub(crate) line: u32,
    pub(crate) code: Arc<Code>,
}

impl Expression {
    /// Compiles the text of a node. Scalars that YAML took for something else are code too (`if: 1`).
    pub(crate) fn read(reading: &Reading<'_>, node: &Node) -> Result<Self, SourceError> {
        let Some(text) = code_text(node) else { return Err(reading.error(node, "A code expression must be text.")) };
        Expression::compile(reading, &text, node.line)
    }

    /// Compiles a text that stands on `line`.
    pub(crate) fn compile(reading: &Reading<'_>, text: &str, line: u32) -> Result<Self, SourceError> {
        let source: Arc<str> = Arc::from(text.trim());
        let lines = move |inner: u32| line + inner.saturating_sub(1);
        let code = compile_with_lines(&source, reading.file(), Mode::Expression, &lines)
            .map_err(|error| syntax_error(reading, &error, line))?;
        Ok(Expression { source, line, code })
    }
}

impl Script {
    /// Compiles the text of a node.
    pub(crate) fn read(reading: &Reading<'_>, node: &Node) -> Result<Self, SourceError> {
        let Some(text) = code_text(node) else { return Err(reading.error(node, "A code section must be text.")) };
        let (source, line): (Arc<str>, u32) = (Arc::from(text), node.line);
        let lines = move |inner: u32| line + inner.saturating_sub(1);
        let code = compile_with_lines(&source, reading.file(), Mode::Module, &lines)
            .map_err(|error| syntax_error(reading, &error, line))?;
        Ok(Script { source, line, code })
    }
}

fn code_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(Scalar::Null) => None,
        Value::Scalar(Scalar::Bool(value)) => Some(if *value { "True" } else { "False" }.to_owned()),
        Value::Scalar(scalar) => Some(scalar.to_text().into_owned()),
        _ => None,
    }
}

fn syntax_error(reading: &Reading<'_>, error: &SyntaxError, line: u32) -> SourceError {
    let mut refused = reading.error_at(line, error.message.clone());
    refused.kind = SourceErrorKind::Python;
    refused.place.line = Some(error.line.max(1));
    refused.place.source = Some(error.text.clone());
    refused
}
