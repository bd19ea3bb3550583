//! The data of functions and of what is bound to them.

use super::Value;
use crate::code::{Code, Name};
use std::sync::Arc;

/// A function written in Python.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its code.
    pub code: Arc<Code>,
    /// The namespace that it was made in: a dict.
    pub globals: Value,
    /// Values of the last positional parameters.
    pub defaults: Box<[Value]>,
    /// Values of keyword-only parameters: a dict, or `None`.
    pub keyword_defaults: Value,
    /// Cells of the captured variables, in the order of `Code::free`.
    pub closure: Box<[Value]>,
    /// Annotations: a dict, or `None`.
    pub annotations: Value,
    /// Attributes that were set on it (`__doc__`, `__name__`, `__wrapped__`, ...): a dict, or `None`
    /// while none was.
    pub attributes: Value,
}

/// A method together with its receiver.
#[derive(Debug, Clone, Copy)]
pub struct BoundMethod {
    /// `self`, or the class.
    pub receiver: Value,
    /// The function.
    pub function: Value,
}

/// `property`
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// The getter, or `None`.
    pub get: Value,
    /// The setter, or `None`.
    pub set: Value,
    /// The deleter, or `None`.
    pub delete: Value,
    /// Its docstring, or `None`.
    pub doc: Value,
    /// The name that a class gave it, or `None`.
    pub name: Value,
}

/// `super(class, receiver)`
#[derive(Debug, Clone, Copy)]
pub struct Super {
    /// The class after which the search begins.
    pub class: Value,
    /// The instance or class that methods are bound to.
    pub receiver: Value,
    /// The class whose order of resolution is followed.
    pub start: Value,
}

/// What a name of `__slots__` is in its class: the way to what instances hold under it.
#[derive(Debug, Clone)]
pub struct Member {
    /// The class that has the slot.
    pub class: Value,
    /// Its name.
    pub name: Name,
}
