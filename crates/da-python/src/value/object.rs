//! [`Object`]: what a place in the heap holds.

use super::{
    BoundMethod, Class, Dict, FramePicture, Function, Instance, Iter, Member, Property, Str, Super, Traceback, Value,
    ViewKind,
};
use crate::code::Code;
use crate::heap::Handle;
use crate::native::NativeFunction;
use crate::vm::Generator;
use num_bigint::BigInt;
use std::sync::Arc;

/// An object in the heap. Large parts are boxed so that a place stays small.
#[derive(Debug, Clone)]
pub enum Object {
    /// `str`
    Str(Str),
    /// An `int` that does not fit 64 bits.
    BigInt(Box<BigInt>),
    /// `complex`
    Complex(Complex),
    /// `bytes`
    Bytes(Arc<[u8]>),
    /// `bytearray`
    ByteArray(Vec<u8>),
    /// `list`
    List(Vec<Value>),
    /// `tuple`
    Tuple(Box<[Value]>),
    /// `dict`, and every namespace.
    Dict(Box<Dict>),
    /// `set`: a [`Dict`] whose values are `None`.
    Set(Box<Dict>),
    /// `frozenset`
    FrozenSet(Box<Dict>),
    /// `range`
    Range(Box<Range>),
    /// `slice`
    Slice(Box<Slice>),
    /// A captured variable; `None` inside while it is unset.
    Cell(Option<Value>),
    /// A function written in Python.
    Function(Box<Function>),
    /// A function written in Rust.
    Native(&'static NativeFunction),
    /// A method bound to its receiver.
    BoundMethod(BoundMethod),
    /// A class.
    Class(Box<Class>),
    /// An instance of a class that is not a plain built-in one.
    Instance(Box<Instance>),
    /// A module.
    Module(Box<Module>),
    /// `property`
    Property(Box<Property>),
    /// `staticmethod`
    StaticMethod(Value),
    /// `classmethod`
    ClassMethod(Value),
    /// `super(...)`
    Super(Box<Super>),
    /// An iterator of a built-in kind.
    Iterator(Box<Iter>),
    /// The keys, values or items of a dict.
    View {
        /// The dict.
        dict: Value,
        /// Which of them.
        kind: ViewKind,
    },
    /// A generator.
    Generator(Box<Generator>),
    /// Compiled code (`compile`, and constants of functions).
    Code(Arc<Code>),
    /// A frame, as scripts see it.
    Frame(Box<FramePicture>),
    /// A link of a traceback.
    Traceback(Box<Traceback>),
    /// A name of `__slots__`, in its class.
    Member(Box<Member>),
    /// `memoryview`
    MemoryView(Box<MemoryView>),
    /// A reference that keeps nothing alive; `None` once its object was freed.
    Weak(Option<Handle>),
}

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complex {
    /// The real part.
    pub real: f64,
    /// The imaginary part.
    pub imag: f64,
}

/// `range(start, stop, step)`; numbers beyond 64 bits are refused when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first number.
    pub start: i64,
    /// The number that is not reached.
    pub stop: i64,
    /// Never 0.
    pub step: i64,
}

/// `slice(start, stop, step)`
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    /// The first index, or `None`.
    pub start: Value,
    /// The index that is not reached, or `None`.
    pub stop: Value,
    /// The step, or `None`.
    pub step: Value,
}

/// A module: a name and a namespace.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its dotted name.
    pub name: Arc<str>,
    /// Its namespace, an [`Object::Dict`].
    pub namespace: Value,
}

/// `memoryview`: a part of `bytes` or of a `bytearray`.
#[derive(Debug, Clone, Copy)]
pub struct MemoryView {
    /// What is looked at.
    pub base: Value,
    /// Its first byte.
    pub start: usize,
    /// How many there are; fewer when an array has become shorter since.
    pub len: usize,
    /// Whether it may not be used to change an array.
    pub read_only: bool,
    /// Whether it was given up.
    pub released: bool,
}
