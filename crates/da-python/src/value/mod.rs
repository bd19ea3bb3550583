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
///
/// Every payload is a whole number of eight bytes, and the tag is shorter: so the compiler keeps a value in two registers and
/// copies it in the two pieces that it was written in. (One that is copied as sixteen bytes at once waits until both pieces have
/// reached the cache.)
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub enum Value {
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `False`
    False,
    /// `True`
    True,
    /// An `int` of 64 bits. Larger ones are [`Object::BigInt`], and never fit 64 bits.
    Int(i64),
    /// A `float`.
    Float(Float),
    /// Everything else.
    Ref(Handle),
    /// The machine's own mark of a local without a value. Scripts and native functions never see it.
    Unset,
}

/// The number of a [`Value::Float`], kept as its bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Float(u64);

impl Float {
    /// The number.
    #[inline]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }

    /// Its bits.
    #[inline]
    pub fn to_bits(self) -> u64 {
        self.0
    }
}

impl Value {
    /// Whether both are the very same object (`is`).
    #[inline]
    pub fn is(self, other: Value) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Ellipsis, Value::Ellipsis)
            | (Value::False, Value::False)
            | (Value::True, Value::True) => true,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b,
            (Value::Ref(a), Value::Ref(b)) => a == b,
            _ => false,
        }
    }

    /// Whether this is `None`.
    #[inline]
    pub fn is_none(self) -> bool {
        matches!(self, Value::None)
    }

    /// The truth value, if this is `True` or `False`.
    #[inline]
    pub fn as_bool(self) -> Option<bool> {
        match self {
            Value::False => Some(false),
            Value::True => Some(true),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    #[inline]
    fn from(value: bool) -> Self {
        if value { Value::True } else { Value::False }
    }
}

impl From<i64> for Value {
    #[inline]
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    #[inline]
    fn from(value: f64) -> Self {
        Value::Float(Float(value.to_bits()))
    }
}

impl From<Handle> for Value {
    #[inline]
    fn from(handle: Handle) -> Self {
        Value::Ref(handle)
    }
}
