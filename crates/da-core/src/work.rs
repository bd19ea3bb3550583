//! Work in the background: what is asked for, and what became of it.
//!
//! Values of Python travel here as bytes that nobody but the machine reads.

/// A value of Python, as the machine keeps it. Without bytes it is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptValue(pub Vec<u8>);

/// A piece of work in the background, or the second half of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The action that is carried out.
    pub action: String,
    /// Its arguments, a dictionary.
    pub arguments: KeptValue,
    /// Whether it is the second half, whose changes of the answers stay; what the first half does to them is dropped.
    pub changes: bool,
    /// Why the first half failed, if the second is carried out for that.
    pub failed: Option<WorkError>,
}

/// How far work in the background came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worked {
    /// It is over.
    Over(WorkResult),
    /// An action is to change the answers.
    Changes(Work),
}

/// What work in the background ended with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkResult {
    /// The value that the interview gave.
    pub value: KeptValue,
    /// Why it failed, if it did.
    pub error: Option<WorkError>,
}

/// Why work in the background failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkError {
    /// The class of the exception.
    pub class: String,
    /// What it says.
    pub message: String,
    /// Where it was raised.
    pub trace: Option<String>,
}
