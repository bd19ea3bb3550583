//! What makes two runs differ, as traits, so that tests can hold them still.

use chrono::{DateTime, Utc};

/// A clock.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
}

/// A source of random bytes fit for keys and identifiers.
pub trait Randomness: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}
