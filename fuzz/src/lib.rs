//! Everything that reads bytes from outside, as functions of bytes: whatever the bytes are, a function returns. It never
//! panics, never overflows the stack and never runs without end.
//!
//! `tests/short.rs` runs each over its corpus and over mutations of it in every test run; `cargo xtask soak fuzz` runs
//! them for as long as one likes, led by coverage, and leaves what it finds in the corpus.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what goes wrong here is a finding")]

mod machine;
mod session;
mod target;

use std::path::{Path, PathBuf};

pub use target::{TARGETS, Target};

/// Every thread of the server that evaluates has this much stack.
pub const STACK: usize = 2 << 20;

impl Target {
    /// The target of a name.
    pub fn named(name: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Its corpus, and the fixtures that are good seeds too.
    pub fn seeds(&self) -> Vec<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in
            [&format!("corpus/{}", self.name)].into_iter().map(String::as_str).chain(self.fixtures.iter().copied())
        {
            collect(&root.join(folder), &mut files);
        }
        files.sort();
        files
    }

    /// Runs on a stack as the server has it.
    pub fn run(&self, bytes: &[u8]) {
        let ran = std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().stack_size(STACK);
            builder.spawn_scoped(scope, || (self.run)(bytes)).unwrap().join()
        });
        if let Err(panic) = ran {
            std::panic::resume_unwind(panic);
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
