//! The pages through actix's test service, over a database of their own.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod pages;
mod support;
mod walk;
