//! What a PDF file consists of.

use std::collections::BTreeMap;

/// A number, whole where the file has it so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole one.
    Integer(i64),
    /// Any other.
    Real(f64),
}

impl Number {
    /// Its value.
    pub fn value(self) -> f64 {
        match self {
            Number::Integer(number) => number as f64,
            Number::Real(number) => number,
        }
    }
}

/// Entries by their names, without the slash.
pub(super) type Dict = BTreeMap<Vec<u8>, Object>;

/// A part of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Bool,
    Number(Number),
    Text(Vec<u8>),
    Name(Vec<u8>),
    List(Vec<Object>),
    Dict(Dict),
    /// A dictionary, and where in the file the bytes begin that it describes.
    Stream(Dict, usize),
    /// A part that stands elsewhere, by its number.
    Reference(u32),
}

impl Object {
    pub(super) fn as_dict(&self) -> Option<&Dict> {
        match self {
            Object::Dict(dict) | Object::Stream(dict, _) => Some(dict),
            _ => None,
        }
    }

    pub(super) fn as_list(&self) -> Option<&[Object]> {
        match self {
            Object::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn as_name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn as_reference(&self) -> Option<u32> {
        match self {
            Object::Reference(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub(super) fn as_size(&self) -> Option<usize> {
        match self {
            Object::Number(Number::Integer(number)) => usize::try_from(*number).ok(),
            _ => None,
        }
    }
}
