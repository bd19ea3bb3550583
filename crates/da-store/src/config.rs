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
        StoreConfig { url, connections: 8, patience: Duration::from_secs(10), lease: Duration::from_secs(30) }
    }
}
