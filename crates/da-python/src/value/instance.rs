//! The data of an instance.

use super::{ExceptionData, Value};
use std::any::Any;
use std::fmt::Debug;

/// An instance of a class.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Its class.
    pub class: Value,
    /// Its attributes: a dict.
    pub attributes: Value,
    /// What it holds under the names of `__slots__`: a dict, or `None` while that is nothing.
    pub slots: Value,
    /// What it is made of beside its attributes.
    pub inner: Inner,
}

/// What an instance is made of beside its attributes.
#[derive(Debug, Clone)]
pub enum Inner {
    /// Nothing.
    Nothing,
    /// A value of the built-in type that its class extends. Methods of that type work on it.
    Builtin(Value),
    /// An exception.
    Exception(Box<ExceptionData>),
    /// Data of native code.
    Native(Box<dyn NativeData>),
}

/// Data of native code inside an instance: a compiled pattern, a date, ...
pub trait NativeData: Any + Debug + Send + Sync {
    /// Tells the collector which values it holds.
    fn trace(&self, tracer: &mut Tracer<'_>);
    /// A copy, for an object that is copied up from a frozen floor or by `copy.copy`.
    fn boxed_clone(&self) -> Box<dyn NativeData>;
    /// The bytes that it takes.
    fn size(&self) -> usize;
    /// The bytes that a snapshot keeps, or `None` when it cannot be saved. The class's `restore`
    /// (see `native`) reads them back.
    fn encode(&self) -> Option<Vec<u8>>;
    /// Itself, for downcasting.
    fn as_any(&self) -> &dyn Any;
    /// Itself, for downcasting.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl Clone for Box<dyn NativeData> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}

/// Collects the values that an object holds.
#[derive(Debug)]
pub struct Tracer<'a> {
    pub(crate) found: &'a mut Vec<crate::heap::Handle>,
}

impl Tracer<'_> {
    /// Says that the object holds `value`.
    pub fn visit(&mut self, value: Value) {
        if let Value::Ref(handle) = value {
            self.found.push(handle);
        }
    }
}
