//! The engine from outside: small interviews, walked; the objects and the functions of `docassemble.base.util`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod functions;
mod memory;
mod objects;
mod walks;
