//! The built-in functions: `len`, `print`, `sorted` and the others, a file per small family.
//!
//! `input`, `breakpoint` and `help` are not there: they are doors to the outside. `open` comes with `io`.

mod attributes;
mod code;
mod inspect;
pub(crate) mod iterate;
pub(crate) mod numbers;
mod order;
mod output;

use crate::native::NativeFunction;

macro_rules! natives {
    ($($name:literal: $run:expr,)*) => { &[$(NativeFunction { name: $name, run: $run },)*] };
}

/// All built-in functions.
pub(crate) static FUNCTIONS: &[NativeFunction] = natives! {
    "__import__": code::import,
    "abs": numbers::abs,
    "all": iterate::all,
    "any": iterate::any,
    "ascii": output::ascii,
    "bin": numbers::bin,
    "callable": inspect::callable,
    "chr": output::chr,
    "compile": code::compile,
    "delattr": attributes::delattr,
    "dir": inspect::dir,
    "divmod": numbers::divmod,
    "eval": code::eval,
    "exec": code::exec,
    "format": output::format,
    "getattr": attributes::getattr,
    "globals": inspect::globals,
    "hasattr": attributes::hasattr,
    "hash": inspect::hash,
    "hex": numbers::hex,
    "id": inspect::id,
    "isinstance": inspect::isinstance,
    "issubclass": inspect::issubclass,
    "iter": iterate::iter,
    "len": iterate::len,
    "locals": inspect::locals,
    "max": order::max,
    "min": order::min,
    "next": iterate::next,
    "oct": numbers::oct,
    "ord": output::ord,
    "pow": numbers::pow,
    "print": output::print,
    "repr": output::repr,
    "round": numbers::round,
    "setattr": attributes::setattr,
    "sorted": order::sorted,
    "sum": iterate::sum,
    "vars": inspect::vars,
};
