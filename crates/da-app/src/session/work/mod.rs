//! Work in the background: what an interview asks to be done apart from its screens.
//!
//! It is asked for in the transaction of the step that asks for it, and waits in the database. A server takes it, evaluates it on a
//! copy of the answers while the session goes on, and ends it under the session's lock: in one transaction with what it changed.
//! A server that is killed leaves it to another, or to itself after its restart; nothing is done twice that has an effect on
//! the session. Until it is over the session's key is wrapped under the server's key; what it is about is sealed under that
//! too, what it ended with under the session's key.

mod asked;
mod carry_out;
mod ended;
mod worker;

pub(crate) use ended::Results;
pub(crate) use worker::Worker;

use std::time::Duration;

/// For how long a job is taken at once; it is renewed while it is done.
const LEASE: Duration = Duration::from_secs(30);

/// How often it is renewed.
const RENEWAL: Duration = Duration::from_secs(10);

/// How long a job waits that finds the session or the server busy.
const PAUSE: Duration = Duration::from_secs(2);

/// How often the database is asked for jobs that other servers left.
const LOOK: Duration = Duration::from_secs(10);

/// A job that was begun so often and never came to an end is given up: it may be what ends the server.
const ATTEMPTS: i64 = 3;
