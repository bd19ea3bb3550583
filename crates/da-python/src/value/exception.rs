//! What an exception carries beside its attributes.

use super::{Passed, Value};
use std::sync::Arc;

/// The inside of an exception instance.
#[derive(Debug, Clone, Default)]
pub struct ExceptionData {
    /// `args`, the arguments that it was made with.
    pub args: Vec<Value>,
    /// `__cause__`, `None` if there is none.
    pub cause: Option<Value>,
    /// `__context__`.
    pub context: Option<Value>,
    /// `__suppress_context__`
    pub suppress_context: bool,
    /// The frames that it passed since `shown`, the innermost first.
    pub passed: Vec<Passed>,
    /// The traceback of the frames before, once somebody asked for it or gave one.
    pub shown: Option<Value>,
    /// What was missing, if that is what it tells of. The engine reads this, never the message.
    pub missing: Option<Missing>,
}

/// A place that an exception passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracebackLine {
    /// The file or block.
    pub file: Arc<str>,
    /// The line, starting at 1.
    pub line: u32,
    /// The function.
    pub function: Arc<str>,
}

/// What was missing when a name, an attribute or an item was not found.
#[derive(Debug, Clone)]
pub enum Missing {
    /// A global or built-in name.
    Name(Arc<str>),
    /// A local variable that has no value yet.
    Local(Arc<str>),
    /// An attribute of an object.
    Attribute {
        /// The object.
        object: Value,
        /// The attribute.
        name: Arc<str>,
    },
    /// An item of a sequence or mapping.
    Item {
        /// The object.
        object: Value,
        /// The index or key.
        key: Value,
    },
    /// Whatever a native class of the embedder says, by the name that is wanted
    /// (`client.name.first`).
    Variable(Arc<str>),
}
