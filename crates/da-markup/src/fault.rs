//! What is wrong with a template, before anybody knows the file.

/// A fault on a line.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) line: u32,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(line: u32, message: impl Into<String>) -> Self {
        Fault { line, message: message.into() }
    }
}
