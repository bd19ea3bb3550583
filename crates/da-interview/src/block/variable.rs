//! Which variables a block can define.

use super::Expression;
use super::read::Reading;
use crate::error::SourceError;
use da_python::names::assigned_names;

/// The variables of a block, in the order in which they were found, each once.
pub(crate) struct Variables {
    names: Vec<String>,
    /// Whether what the block's code assigns counts.
    scans: bool,
}

impl Variables {
    pub(crate) fn new(scans: bool) -> Self {
        Variables { names: Vec::new(), scans }
    }

    /// Adds a variable that the block names; the name as it is looked up.
    pub(crate) fn declare(&mut self, name: &str) -> String {
        let name = normalise(name);
        if !self.names.contains(&name) {
            self.names.push(name.clone());
        }
        name
    }

    pub(crate) fn declare_all(&mut self, names: &[String]) {
        for name in names {
            self.declare(name);
        }
    }

    /// Adds what a script assigns.
    pub(crate) fn scan(&mut self, reading: &Reading<'_>, source: &str, line: u32) -> Result<(), SourceError> {
        if !self.scans {
            return Ok(());
        }
        let found = assigned_names(source).map_err(|error| reading.error_at(line, error.message.clone()))?;
        for name in &found.names {
            self.declare(name);
        }
        Ok(())
    }

    /// Adds what an expression assigns (`define('x', 1)`, a comprehension's names).
    pub(crate) fn scan_expression(&mut self, reading: &Reading<'_>, code: &Expression) -> Result<(), SourceError> {
        self.scan(reading, &code.source, code.line)
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }
}

/// The form in which names are compared: constants in brackets have single quotes.
pub(crate) fn normalise(name: &str) -> String {
    da_python::names::parse_target(name.trim()).map_or_else(|_| name.trim().to_owned(), |target| target.to_string())
}
