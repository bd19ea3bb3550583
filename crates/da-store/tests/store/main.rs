//! The store on both databases: SQLite always, PostgreSQL when `DA_TEST_POSTGRES` names a server.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod codes;
mod edges;
mod files;
mod instances;
mod jobs;
mod kept;
mod kv;
mod letters;
mod lists;
mod packages;
mod place;
mod plans;
mod s3;
mod session;
