//! The data of a class.

use super::Value;
use std::sync::Arc;

/// A class, built in, native or written in Python.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its name.
    pub name: Arc<str>,
    /// The dotted name inside its module.
    pub qualname: Arc<str>,
    /// The module that it belongs to; with `qualname` this is how a snapshot names it.
    pub module: Arc<str>,
    /// Its direct bases.
    pub bases: Box<[Value]>,
    /// The order of resolution, itself first.
    pub mro: Box<[Value]>,
    /// Its attributes: a dict.
    pub attributes: Value,
    /// What its instances are made of.
    pub kind: ClassKind,
    /// The class of the class, `type` for most.
    pub metaclass: Value,
    /// Whether it is built in or written in Rust: native functions found on it bind their receiver.
    pub native: bool,
    /// `__slots__`-only: instances have no attributes beyond these.
    pub slots: Option<Box<[Arc<str>]>>,
}

/// What the instances of a class are made of; inherited from the first base that says more than
/// [`ClassKind::Plain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassKind {
    /// Attributes alone.
    Plain,
    /// An exception.
    Exception,
    /// The named built-in type is inside (`class Mine(list)`).
    Builtin(Builtin),
    /// Data of native code is inside (`datetime`, a compiled pattern).
    Native,
}

/// The built-in types that a class can extend and that values are directly made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the type of that name")]
pub enum Builtin {
    Object,
    Type,
    NoneType,
    NotImplementedType,
    Ellipsis,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    ByteArray,
    List,
    Tuple,
    Dict,
    Set,
    FrozenSet,
    Range,
    Slice,
    Cell,
    Function,
    NativeFunction,
    Method,
    Module,
    Property,
    StaticMethod,
    ClassMethod,
    Super,
    Iterator,
    DictKeys,
    DictValues,
    DictItems,
    Generator,
    Code,
}
