//! The iterators of built-in kinds.

use super::{Builtin, Value};

/// An iterator: what it goes over and how far it got.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are what each iterator goes over and how far it got")]
pub enum Iter {
    /// Over a list; sees changes while it runs, as Python does.
    List { list: Value, next: usize },
    /// Over a tuple.
    Tuple { tuple: Value, next: usize },
    /// Over a text, by code point: `next` is a byte offset.
    Str { text: Value, next: usize },
    /// Over bytes or a bytearray.
    Bytes { bytes: Value, next: usize },
    /// Over a dict's keys, values or items; `len` is the length at the start (a change is a
    /// `RuntimeError`), `left` how many are still to come.
    Dict { dict: Value, next: usize, kind: ViewKind, len: usize, left: usize },
    /// Over a set.
    Set { set: Value, next: usize, len: usize, left: usize },
    /// Over a range: the number that comes next, and how many are left.
    Range { next: i64, step: i64, left: u64 },
    /// Backwards over a list, tuple or other sequence with `__len__` and `__getitem__`; `next` is
    /// one more than the index that comes.
    Reversed { sequence: Value, next: usize },
    /// By `__getitem__` from 0 until `IndexError`.
    Sequence { sequence: Value, next: i64 },
    /// `iter(callable, sentinel)`
    CallUntil { callable: Value, sentinel: Value },
    /// `map`
    Map { function: Value, iterators: Box<[Value]> },
    /// `filter`; a function of `None` keeps what is true.
    Filter { function: Value, iterator: Value },
    /// `zip`
    Zip { iterators: Box<[Value]>, strict: bool },
    /// `enumerate`
    Enumerate { iterator: Value, count: Value },
    /// One that is over, and of which type it was.
    Done(Builtin),
}

impl Iter {
    /// The type that scripts see.
    pub fn builtin(&self) -> Builtin {
        match self {
            Iter::Map { .. } => Builtin::Map,
            Iter::Filter { .. } => Builtin::Filter,
            Iter::Zip { .. } => Builtin::Zip,
            Iter::Enumerate { .. } => Builtin::Enumerate,
            Iter::Reversed { .. } => Builtin::Reversed,
            Iter::Done(builtin) => *builtin,
            _ => Builtin::Iterator,
        }
    }
}

/// What of a dict is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    /// Keys.
    Keys,
    /// Values.
    Values,
    /// Pairs.
    Items,
}
