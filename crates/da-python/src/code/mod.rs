//! Compiled code: compact, immutable and shared between threads.
//!
//! A [`Code`] belongs to no heap and to no evaluation: its constants are plain data, made into
//! values when they are loaded. It is never changed after it was compiled; its hints may be, and mean nothing.

mod disassemble;
mod lines;
mod name;
mod op;
mod quick;
mod read;

pub use lines::Lines;
pub use name::{Name, hash_text};
pub use op::{BinaryOp, CompareOp, Conversion, Op, UnaryOp};
pub use quick::Ops;
pub(crate) use quick::plain;
pub use read::Import;

use num_bigint::BigInt;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// What a piece of source was compiled to: a module, a block of an interview, an expression, a
/// function, a class body or a comprehension.
#[derive(Debug)]
pub struct Code {
    /// The function's name; `<module>` for a block, `<lambda>`, `<listcomp>`, ...
    pub name: Name,
    /// The dotted name inside the module.
    pub qualname: Arc<str>,
    /// Where the source came from, for messages: a file name or the name of a block.
    pub file: Arc<str>,
    /// The instructions.
    pub ops: Ops,
    /// For each instruction where it found last what it looks for. A hint is a guess that whoever takes it checks, so any is right:
    /// those of other evaluations are as good, and nothing depends on them but time.
    pub(crate) hints: Box<[AtomicU32]>,
    /// How many arguments a function takes that takes no others, by position, and has no cells; `u32::MAX` for all other code.
    pub(crate) plain: u32,
    /// The line where it begins: that of its first decorator, of `def`, of `class`.
    pub first_line: u32,
    /// The line of each instruction, starting at 1.
    pub lines: Lines,
    /// Constants, by the index in [`Op::Const`] and others.
    pub consts: Box<[Const]>,
    /// Names of globals, attributes and keywords, by the index in the ops.
    pub names: Box<[Name]>,
    /// What parameters it takes; the parameters are the first locals.
    pub params: Params,
    /// Names of the local variables: parameters first, in the order positional, keyword-only,
    /// `*args`, `**kwargs`. Those that begin with a dot are the compiler's own (`.0`, the iterator of a
    /// comprehension, and the values of a `match`); every kind of code may have them.
    pub locals: Box<[Name]>,
    /// Names of the own variables that inner functions capture.
    pub cells: Box<[Name]>,
    /// Parameters that are captured: `(cell, local)`; the local moves into the cell at entry.
    pub cell_params: Box<[(u32, u32)]>,
    /// Names of the captured variables of outer functions. Cell operations count `cells` first,
    /// then `free`.
    pub free: Box<[Name]>,
    /// What kind of code it is.
    pub kind: CodeKind,
    /// The docstring, if the body starts with one.
    pub doc: Option<Arc<str>>,
}

/// The kinds of code, which differ in where plain names live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// A module or block: names live in the namespace that it runs in.
    Module,
    /// A single expression: its value is what running the code returns.
    Expression,
    /// A class body: names live in a mapping of its own, then globals.
    Class,
    /// A function: names are locals, cells or globals, decided when compiled.
    Function,
    /// A function that has `yield` in it: calling makes a generator.
    Generator,
}

/// The parameters of a function.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Params {
    /// How many can only be given by position. They come first.
    pub positional_only: u32,
    /// How many can be given by position, those of `positional_only` included.
    pub positional: u32,
    /// How many can only be given by keyword.
    pub keyword_only: u32,
    /// Whether there is `*args`.
    pub args: bool,
    /// Whether there is `**kwargs`.
    pub kwargs: bool,
}

/// A constant: plain data, no handles.
#[derive(Debug, Clone)]
pub enum Const {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `True`, `False`.
    Bool(bool),
    /// A whole number of 64 bits.
    Int(i64),
    /// A larger whole number.
    BigInt(Box<BigInt>),
    /// A floating point number.
    Float(f64),
    /// An imaginary number.
    Imaginary(f64),
    /// Text, with its hash.
    Str(Name),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A tuple of constants.
    Tuple(Arc<[Const]>),
    /// The code of an inner function, class or comprehension.
    Code(Arc<Code>),
}
