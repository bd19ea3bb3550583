//! What is wrong with a template, before anybody knows the file.

/// A fault on a line.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) line: u32,
    pub(crate) message: String,
    /// What of the line the fault is in, where that is known.
    pub(crate) point: Option<TemplatePoint>,
}

/// The very place of a fault of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePoint {
    /// A part of the line.
    pub text: String,
    /// The column in it, in characters; the first is 1.
    pub column: u32,
}

impl Fault {
    pub(crate) fn new(line: u32, message: impl Into<String>) -> Self {
        Fault { line, message: message.into(), point: None }
    }
}
