//! The machine's own methods of built-in classes: `__init__`, `__eq__`, `__getitem__`, ...
//!
//! They do what the language does for the built-in type, never what a subclass overrides: that is
//! what `super().__getitem__(key)` is for.

mod exception;
mod frame;
mod function;
mod generator;
mod member;
mod object;
mod operator;
mod os_error;
mod supers;

pub(crate) use exception::{ACCESSORS as EXCEPTION_ACCESSORS, CLASS_GETTERS, METHODS as EXCEPTION_METHODS};
pub(crate) use frame::shown as frame_shown;
pub(crate) use object::is_filled_later;
pub(crate) use os_error::{class_of as class_of_os_error, files as files_of_os_error, take_files};
pub(crate) use supers::SUPER;

use crate::native::{NativeFn, NativeFunction};
use crate::value::Builtin;

const fn native(name: &'static str, run: NativeFn) -> NativeFunction {
    NativeFunction { name, run }
}

/// Attributes of every object that can be set and deleted: how they are got, set and deleted.
pub(crate) static OBJECT_ACCESSORS: &[[NativeFunction; 3]] = &[object::DICT];

/// Methods, in groups.
pub(crate) fn methods(b: Builtin) -> Vec<&'static [NativeFunction]> {
    use operator::{
        ADD, ARITHMETIC, BITS, CHANGE_SET, COMPLEX, CONTAINS, EQUAL, EXTEND, HASH, ITEM, ITERATE, LEN, MERGE, MUTABLE,
        NUMBER, ORDER, REMAINDER, REPR, SETS, SIGN, WHOLE,
    };
    match b {
        Builtin::Object => vec![object::METHODS, EQUAL, HASH, REPR],
        Builtin::Type => vec![object::TYPE_METHODS],
        Builtin::Int | Builtin::Bool => {
            vec![WHOLE, NUMBER, ARITHMETIC, SIGN, ADD, REMAINDER, BITS, ORDER, EQUAL, HASH, REPR]
        }
        Builtin::Float => vec![NUMBER, ARITHMETIC, SIGN, ADD, REMAINDER, ORDER, EQUAL, HASH, REPR],
        Builtin::Complex => vec![COMPLEX, ARITHMETIC, SIGN, ADD, EQUAL, HASH, REPR],
        Builtin::Str | Builtin::Bytes => {
            vec![ADD, REMAINDER, LEN, ITEM, CONTAINS, ITERATE, ORDER, EQUAL, HASH, REPR]
        }
        Builtin::Tuple => vec![ADD, LEN, ITEM, CONTAINS, ITERATE, ORDER, EQUAL, HASH, REPR],
        Builtin::List | Builtin::ByteArray => {
            vec![object::FILL, ADD, EXTEND, LEN, ITEM, MUTABLE, CONTAINS, ITERATE, ORDER, EQUAL, REPR]
        }
        Builtin::MemoryView => vec![LEN, ITEM, MUTABLE, CONTAINS, ITERATE, EQUAL, HASH],
        Builtin::Dict => vec![object::FILL, LEN, ITEM, MUTABLE, CONTAINS, ITERATE, EQUAL, REPR, MERGE],
        Builtin::Set => vec![object::FILL, LEN, CONTAINS, ITERATE, ORDER, EQUAL, REPR, SETS, CHANGE_SET],
        Builtin::FrozenSet => vec![LEN, CONTAINS, ITERATE, ORDER, EQUAL, HASH, REPR, SETS],
        Builtin::Range => vec![LEN, ITEM, CONTAINS, ITERATE],
        Builtin::DictKeys | Builtin::DictItems => vec![LEN, CONTAINS, ITERATE, SETS],
        Builtin::DictValues => vec![LEN, ITERATE],
        Builtin::Iterator | Builtin::Map | Builtin::Filter | Builtin::Zip | Builtin::Enumerate | Builtin::Reversed => {
            vec![generator::ITERATOR]
        }
        Builtin::Generator => vec![generator::ITERATOR, generator::GENERATOR],
        Builtin::Function | Builtin::Method | Builtin::NativeFunction => vec![function::METHODS],
        Builtin::Frame => vec![frame::FRAME_METHODS],
        Builtin::Member => vec![member::METHODS],
        Builtin::Property => vec![function::PROPERTY_METHODS],
        Builtin::StaticMethod | Builtin::ClassMethod => vec![function::WRAPPER_METHODS],
        _ => Vec::new(),
    }
}

/// Class methods.
pub(crate) fn class_methods(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Object => object::CLASS_METHODS,
        _ => &[],
    }
}

/// Static methods.
pub(crate) fn static_methods(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Object => object::STATIC_METHODS,
        _ => &[],
    }
}

/// Read-only attributes.
pub(crate) fn getters(b: Builtin) -> &'static [NativeFunction] {
    match b {
        Builtin::Object => object::GETTERS,
        Builtin::Type => object::TYPE_GETTERS,
        Builtin::Function => function::GETTERS,
        Builtin::NativeFunction => function::NATIVE_GETTERS,
        Builtin::Method => function::METHOD_GETTERS,
        Builtin::Property => function::PROPERTY_GETTERS,
        Builtin::StaticMethod | Builtin::ClassMethod => function::WRAPPER_GETTERS,
        Builtin::Code => function::CODE_GETTERS,
        Builtin::Module => object::MODULE_GETTERS,
        Builtin::Generator => generator::GETTERS,
        Builtin::Frame => frame::FRAME_GETTERS,
        Builtin::Member => member::GETTERS,
        Builtin::Weak => member::WEAK_GETTERS,
        Builtin::Traceback => frame::TRACEBACK_GETTERS,
        _ => &[],
    }
}
