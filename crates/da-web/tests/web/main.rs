//! The pages through actix's test service, over a database of their own.

mod accounts;
mod actions;
mod below_a_path;
mod checks;
mod examples;
mod files;
mod learning;
mod links;
mod mail;
mod pages;
mod passwords;
mod sign_in;
mod signatures;
mod walk;
