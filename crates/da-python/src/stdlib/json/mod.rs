//! `_json`: JSON text to values and back, byte for byte as CPython writes it.
//!
//! Depth is bounded; hooks and `default` may run Python code.

mod decode;
mod encode;

use crate::native::NativeFunction;
use crate::types::arguments::natives;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "decode" => decode::decode,
    "encode" => encode::encode,
    "quote" => encode::quote_function,
};

/// Arrays and objects inside each other; more is a `RecursionError`.
const DEPTH: usize = 900;

/// Runs one level of nesting, on a stack that grows when it must.
fn nested<T>(f: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 << 10, 1 << 20, f)
}
