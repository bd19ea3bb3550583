//! Values and objects.
//!
//! A [`Value`] is copied freely and owns nothing; what it points to lives in the heap. An object's
//! fields are data: behaviour that may run Python code is in `vm`, behaviour of one built-in type
//! in that type's file.

mod class;
mod dict;
mod exception;
mod frame;
mod function;
mod instance;
mod iterator;
mod object;
mod text;

pub use class::{Builtin, Class, ClassKind, Hooks, Origin};
pub use dict::{Dict, DictEntry, Found};
pub use exception::{ExceptionData, Missing, TracebackLine};
pub use frame::{FramePicture, Passed, Traceback};
pub use function::{BoundMethod, Function, Member, Property, Super};
pub use instance::{Inner, Instance, NativeData, Tracer};
pub use iterator::{Iter, ViewKind};
pub use object::{Complex, MemoryView, Module, Object, Range, Slice};
pub use text::Str;

use crate::heap::Handle;

/// A Python value. Small ones are immediate; everything else is a handle.
#[derive(Debug, Clone, Copy)]
// A tag of eight bytes with everything else behind it: copied in two words, and never in odd pieces.
#[repr(u64)]
pub enum Value {
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `True`, `False`
    Bool(bool),
    /// An `int` of 64 bits. Larger ones are [`Object::BigInt`], and never fit 64 bits.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// Everything else.
    Ref(Handle),
    /// The machine's own mark of a local without a value. Scripts and native functions never see it.
    Unset,
}

impl Value {
    /// Whether both are the very same object (`is`).
    pub fn is(self, other: Value) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Ref(a), Value::Ref(b)) => a == b,
            _ => false,
        }
    }

    /// Whether this is `None`.
    pub fn is_none(self) -> bool {
        matches!(self, Value::None)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Value::Float(value)
    }
}

impl From<Handle> for Value {
    fn from(handle: Handle) -> Self {
        Value::Ref(handle)
    }
}
