//! Jinja2: a text with expressions in it becomes Python that writes the text.
//!
//! It is what stands in DOCX templates. As with Mako, the Python is the body of a function whose unset names are looked up among
//! the answers, so that a name that is missing is noticed when the piece that uses it is reached. Nothing is evaluated here.
//!
//! What a filter, a test or `loop` is, is for whoever runs the Python: it takes [`HELPERS`] from [`HELPERS_MODULE`].

mod dialect;
mod emit;
mod expression;
mod files;
mod filter;
mod pieces;
mod target;
mod token;

use crate::fault::Fault;
use crate::mako::Output;
use std::collections::BTreeSet;
use std::sync::Arc;

use da_python::machine::code::Code;
use da_python::machine::{Mode, compile_with_lines};

use crate::TemplateError;

/// The module that the Python of a template takes its helpers from.
pub const HELPERS_MODULE: &str = "_jinja";

/// The functions that the Python of a template calls: the text of a value; an attribute or item; a filter and a test by
/// name; the two that look at what may be missing; and what makes the context `_c`, whose methods it calls.
pub const HELPERS: [&str; 7] = [
    "_jinja_text",
    "_jinja_attribute",
    "_jinja_filter",
    "_jinja_test",
    "_jinja_defined",
    "_jinja_default",
    "_jinja_context",
];

/// The module that the Python of an interview's source takes its helpers from.
pub const SOURCE_HELPERS_MODULE: &str = "_jinja_source";

/// The functions that the Python of an interview's source calls, beside the methods of its context `_c`.
pub const SOURCE_HELPERS: [&str; 7] = [
    "_jinja_text",
    "_jinja_attribute",
    "_jinja_item",
    "_jinja_filter",
    "_jinja_test",
    "_jinja_defined",
    "_jinja_default",
];

/// A Jinja2 template that was read and compiled. Cheap to clone.
#[derive(Debug, Clone)]
pub struct JinjaTemplate {
    source: Arc<str>,
    code: Arc<Code>,
    own: Arc<BTreeSet<String>>,
}

impl JinjaTemplate {
    /// Reads a template, which is in `file`.
    ///
    /// # Errors
    /// [`TemplateError`] when it does not follow Jinja2's rules, or uses a part of Jinja2 that is missing here.
    ///
    /// ```
    /// use da_markup::JinjaTemplate;
    /// let template = JinjaTemplate::parse("Hello, {{ name | title }}!", "letter.docx").unwrap();
    /// let line = "__write__(_jinja_text(_jinja_filter('title', name)))";
    /// assert_eq!(template.source().lines().nth(5), Some(line));
    /// let error = JinjaTemplate::parse("{% if %}", "letter.docx").unwrap_err();
    /// assert_eq!(error.to_string(), "an expression is missing (letter.docx, line 1)");
    /// ```
    pub fn parse(text: &str, file: &str) -> Result<JinjaTemplate, TemplateError> {
        JinjaTemplate::made(text, file, emit::document)
    }

    /// Reads the source of an interview, a template that Jinja2 makes YAML of: what is missing is empty, and it may include,
    /// import and extend other files. Its Python looks its names up in `_c`.
    ///
    /// # Errors
    /// [`TemplateError`] as for [`JinjaTemplate::parse`].
    ///
    /// ```
    /// use da_markup::JinjaTemplate;
    /// let template = JinjaTemplate::parse_source("question: {{ asks }}\n", "a.yml").unwrap();
    /// let line = "__write__(_jinja_text(_c['asks']))";
    /// assert_eq!(template.source().lines().nth(4), Some(line));
    /// ```
    pub fn parse_source(text: &str, file: &str) -> Result<JinjaTemplate, TemplateError> {
        // As Jinja2 does unless it is told otherwise.
        let text = text.strip_suffix('\n').unwrap_or(text);
        JinjaTemplate::made(text, file, emit::source)
    }

    fn made(
        text: &str,
        file: &str,
        python: impl FnOnce(&[pieces::Piece<'_>]) -> Result<(Output, BTreeSet<String>), Fault>,
    ) -> Result<JinjaTemplate, TemplateError> {
        let located = |fault: Fault| TemplateError {
            file: file.into(),
            line: fault.line,
            message: fault.message,
            point: fault.point,
        };
        let pieces = pieces::pieces(text).map_err(located)?;
        let (output, own) = python(&pieces).map_err(located)?;
        let line_of = |line: u32| {
            let index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
            output.lines.get(index).or(output.lines.last()).copied().unwrap_or(1)
        };
        let code = compile_with_lines(&output.text, file, Mode::Template, &line_of).map_err(|error| TemplateError {
            file: file.into(),
            line: error.line,
            message: error.message,
            point: None,
        })?;
        Ok(JinjaTemplate { source: output.text.into(), code, own: Arc::new(own) })
    }

    /// The Python that the template was translated to.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether a name gets its meaning from the template, somewhere in it, or from Jinja2 itself.
    ///
    /// ```
    /// use da_markup::JinjaTemplate;
    /// let template = JinjaTemplate::parse("{% for child in children %}{{ child }}{% endfor %}", "letter.docx").unwrap();
    /// assert!(template.gives("child") && template.gives("loop") && !template.gives("children"));
    /// ```
    pub fn gives(&self, name: &str) -> bool {
        self.own.contains(name) || dialect::GLOBALS.contains(&name)
    }

    /// The compiled Python: the body of a function that returns the text.
    pub fn code(&self) -> &Arc<Code> {
        &self.code
    }
}

#[cfg(test)]
mod tests;
