//! `_yaml`: YAML text to values and back, as PyYAML reads and writes it.
//!
//! The scanner is that of YAML 1.2; what a plain scalar stands for is decided here, as YAML 1.1 has it. Depth is bounded,
//! an alias is the object itself and never a copy, and no tag makes an object that its hook in Python did not make.

mod analysis;
mod emit;
mod node;
mod read;
mod scalar;
mod writer;

use crate::native::NativeFunction;
use crate::types::arguments::natives;

/// The functions of the module.
pub(super) static FUNCTIONS: &[NativeFunction] = natives! {
    "load" => read::load,
    "write" => emit::write,
};

/// Lists and mappings inside each other; more is a `RecursionError`.
const DEPTH: usize = 900;

/// What stands before the names of the tags that YAML itself has.
const STANDARD: &str = "tag:yaml.org,2002:";

/// Runs one level of nesting, on a stack that grows when it must.
fn nested<T>(f: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 << 10, 1 << 20, f)
}
