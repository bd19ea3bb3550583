//! The pages through actix's test service, over a database of their own.

mod pages;
mod walk;
