//! What is wrong with a block, before anybody adds the file and the block's name.

use da_markup::TemplateError;
use da_python::machine::SyntaxError;

use crate::error::{Point, SourceErrorKind};
use crate::yaml::Node;

/// A fault on a line of the file.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) line: u32,
    pub(crate) kind: SourceErrorKind,
    pub(crate) message: String,
    pub(crate) point: Option<Point>,
}

impl Fault {
    pub(crate) fn new(line: u32, message: impl Into<String>) -> Self {
        Fault { line, kind: SourceErrorKind::Block, message: message.into(), point: None }
    }

    /// A fault of what a node says.
    pub(crate) fn at(node: &Node, message: impl Into<String>) -> Self {
        Fault { point: Some(Point::of_file(node.column)), ..Fault::new(node.line, message) }
    }
}

impl From<SyntaxError> for Fault {
    fn from(error: SyntaxError) -> Self {
        let message = format!("{}: {}", error.message, error.text.trim());
        let point = Some(Point { text: error.text, column: error.column });
        Fault { line: error.line, kind: SourceErrorKind::Python, message, point }
    }
}

impl From<TemplateError> for Fault {
    fn from(error: TemplateError) -> Self {
        let point = error.point.map(|point| Point { text: point.text, column: point.column });
        Fault { line: error.line, kind: SourceErrorKind::Template, message: error.message, point }
    }
}
