//! The machine's own methods of built-in classes: `__init__`, `__eq__`, `__getitem__`, ...

use crate::native::NativeFunction;
use crate::value::Builtin;

pub(crate) static EXCEPTION_METHODS: &[NativeFunction] = &[];
pub(crate) static EXCEPTION_GETTERS: &[NativeFunction] = &[];
pub(crate) static FUNCTIONS: &[NativeFunction] = &[];

/// Methods.
pub(crate) fn methods(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Class methods.
pub(crate) fn class_methods(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Static methods.
pub(crate) fn static_methods(_: Builtin) -> &'static [NativeFunction] {
    &[]
}

/// Read-only attributes.
pub(crate) fn getters(_: Builtin) -> &'static [NativeFunction] {
    &[]
}
