//! The limits of an evaluation.

/// How much an evaluation may use. Running out is not catchable by the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Instructions; native loops pay too.
    pub fuel: u64,
    /// Bytes of the heap's top floor.
    pub memory: usize,
    /// Python calls inside each other; reaching it is Python's `RecursionError`.
    pub recursion: u32,
    /// Native calls inside each other (`__eq__` from `sort` from `__repr__` ...); reaching it is a
    /// `RecursionError` too.
    pub native_depth: u32,
    /// Bytes written by `print` and by templates.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { fuel: 50_000_000, memory: 128 << 20, recursion: 1000, native_depth: 180, output: 16 << 20 }
    }
}
