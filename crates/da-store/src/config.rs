//! Which database, and how many connections.

use std::path::PathBuf;
use std::time::Duration;

/// Where the rows are.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of SQLite's.
    Sqlite(PathBuf),
    /// A database of PostgreSQL's: `postgres://user@host/name`.
    Postgres(String),
}

/// Shows the kind alone: the address may hold a password.
impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "Sqlite({})", path.display()),
            DatabaseUrl::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// The database.
    pub url: DatabaseUrl,
    /// Connections for reading (SQLite), or for everything (PostgreSQL).
    pub connections: u32,
    /// How long to wait for a connection, and for SQLite's own lock.
    pub patience: Duration,
    /// How long a lease on a session lasts (PostgreSQL).
    pub lease: Duration,
    /// How often it is looked after that other servers know that this one is there (PostgreSQL).
    pub pulse: Duration,
    /// For how long a commit may wait for the writes of sessions that are locked now, when there are
    /// several, so that they share it (SQLite). A lone session never waits.
    pub gather: Duration,
    /// How many writes may wait; more are refused as busy.
    pub queue: usize,
    /// How often the times at which API keys were used are written down.
    pub touch_interval: Duration,
}

impl StoreConfig {
    /// The usual settings for a database.
    ///
    /// ```
    /// use da_store::{DatabaseUrl, StoreConfig};
    /// let config = StoreConfig::new(DatabaseUrl::Sqlite("da.sqlite".into()));
    /// assert_eq!(config.connections, 8);
    /// ```
    pub fn new(url: DatabaseUrl) -> Self {
        StoreConfig {
            url,
            connections: 8,
            patience: Duration::from_secs(10),
            lease: Duration::from_secs(30),
            pulse: Duration::from_secs(2),
            gather: Duration::from_millis(2),
            queue: 4096,
            touch_interval: Duration::from_secs(60),
        }
    }
}
