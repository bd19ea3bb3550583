//! The pages through actix's test service, over a database of their own.

mod examples;
mod pages;
mod walk;
