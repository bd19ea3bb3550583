//! One connection type over both databases: how a connection is made ready, and how transactions begin.
//!
//! A connection of SQLite that is for reading refuses to write.

use crate::StoreError;
use crate::config::{DatabaseUrl, StoreConfig};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

/// A connection to either database. Statements written with diesel's query builder run on both.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reading alone (on PostgreSQL, whose pool is for everything, no different).
    Read,
    /// Reading and writing.
    Write,
}

type Manager = <AnyConnection as Connection>::TransactionManager;

impl AnyConnection {
    /// Runs `work` in a transaction that writes: all of it, or nothing.
    pub(crate) fn writing<T>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin_writing()?;
        self.finish(work)
    }

    /// Runs `work` in a transaction that reads: all of it sees the same moment.
    pub(crate) fn reading<T>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self {
            AnyConnection::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN")?,
            AnyConnection::Postgres(postgres) => AnsiTransactionManager::begin_transaction_sql(
                postgres,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )?,
        }
        self.finish(work)
    }

    /// Begins a transaction that writes. On SQLite it takes the right to write at once: taken later, it
    /// could be refused in the middle.
    pub(crate) fn begin_writing(&mut self) -> Result<(), StoreError> {
        match self {
            AnyConnection::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?,
            AnyConnection::Postgres(postgres) => AnsiTransactionManager::begin_transaction_sql(postgres, "BEGIN")?,
        }
        Ok(())
    }

    /// Makes durable what the transaction did.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        Ok(Manager::commit_transaction(self)?)
    }

    /// Undoes the transaction. A connection that cannot even do that is found broken by the pool.
    pub(crate) fn roll_back(&mut self) {
        if let Err(error) = Manager::rollback_transaction(self) {
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }

    fn finish<T>(&mut self, work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match work(self) {
            Ok(value) => self.commit().map(|()| value),
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }
}

/// Opens connections, and tells which of them are of no more use.
#[derive(Debug, Clone)]
pub(crate) struct Opener {
    url: DatabaseUrl,
    patience: Duration,
    purpose: Purpose,
}

impl Opener {
    pub(crate) fn new(config: &StoreConfig, purpose: Purpose) -> Opener {
        Opener { url: config.url.clone(), patience: config.patience, purpose }
    }

    /// Opens a connection with everything set that correctness depends on.
    pub(crate) fn open(&self) -> Result<AnyConnection, StoreError> {
        match &self.url {
            DatabaseUrl::Sqlite(path) => self.sqlite(path).map(AnyConnection::Sqlite),
            DatabaseUrl::Postgres(url) => self.postgres(url).map(AnyConnection::Postgres),
        }
    }

    fn sqlite(&self, path: &Path) -> Result<SqliteConnection, StoreError> {
        let name = path.to_str().ok_or_else(|| StoreError::unreachable("the file's name is not UTF-8"))?;
        create_private(path)?;
        let mut connection = SqliteConnection::establish(name).map_err(StoreError::unreachable)?;
        // FULL, because what was acknowledged must survive a loss of power, in WAL mode too.
        let mut settings = format!(
            "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON;",
            self.patience.as_millis()
        );
        if self.purpose == Purpose::Read {
            settings.push_str("PRAGMA query_only = ON;");
        }
        connection.batch_execute(&settings).map_err(StoreError::unreachable)?;
        Ok(connection)
    }

    fn postgres(&self, url: &str) -> Result<PgConnection, StoreError> {
        let url = noticing_silence(url, self.patience);
        let mut connection = PgConnection::establish(&url).map_err(StoreError::unreachable)?;
        let settings = format!("SET lock_timeout = {}; SET client_min_messages = warning;", self.patience.as_millis());
        connection.batch_execute(&settings).map_err(StoreError::unreachable)?;
        Ok(connection)
    }
}

/// The address, with what makes this end give up a database that has fallen silent (a machine without power, a cable that is cut)
/// after about ten seconds: the kernel by itself waits for a quarter of an hour. What the operator's address says stands.
fn noticing_silence(url: &str, patience: Duration) -> String {
    let patience = patience.as_secs().clamp(2, 60);
    let parameters = [
        ("connect_timeout", patience),
        ("keepalives_idle", 4),
        ("keepalives_interval", 2),
        ("keepalives_count", 3),
        ("tcp_user_timeout", 10_000),
    ];
    let (account, mut place) = parted(url);
    for (name, value) in parameters {
        if !place.contains(&format!("{name}=")) {
            let between = if place.contains('?') { '&' } else { '?' };
            place.push_str(&format!("{between}{name}={value}"));
        }
    }
    format!("{account}{place}")
}

/// An address up to its account, in which any sign may stand, and what follows.
fn parted(url: &str) -> (&str, String) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let place = match url[start..].find(['@', '/']) {
        Some(at) if url.as_bytes().get(start + at) == Some(&b'@') => start + at + 1,
        _ => start,
    };
    (&url[..place], url[place..].to_owned())
}

/// Makes a file that only its owner may read, unless it is there already.
///
/// A file that is there is never opened here: closing it again would take away the locks by which SQLite, in this
/// process, keeps other processes from deleting its log of writes.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(StoreError::unreachable(error)),
        _ => Ok(()),
    }
}

impl ManageConnection for Opener {
    type Connection = AnyConnection;
    type Error = StoreError;

    fn connect(&self) -> Result<AnyConnection, StoreError> {
        self.open()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        Ok(connection.ping()?)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}

/// The pool for reading (SQLite) or for everything (PostgreSQL). Connections are opened when they are first needed.
#[derive(Debug, Clone)]
pub(crate) struct Connections(Pool<Opener>);

impl Connections {
    pub(crate) fn new(config: &StoreConfig) -> Connections {
        // A file does not go away; a server does, and a dead connection must not reach a request.
        let (purpose, test) = match config.url {
            DatabaseUrl::Sqlite(_) => (Purpose::Read, false),
            DatabaseUrl::Postgres(_) => (Purpose::Write, true),
        };
        let pool = Pool::builder()
            .max_size(config.connections.max(1))
            .min_idle(Some(1))
            .test_on_check_out(test)
            .connection_timeout(config.patience)
            .build_unchecked(Opener::new(config, purpose));
        Connections(pool)
    }

    pub(crate) fn get(&self) -> Result<PooledConnection<Opener>, StoreError> {
        self.0.get().map_err(StoreError::unreachable)
    }

    /// How many there may be.
    pub(crate) fn most(&self) -> u32 {
        self.0.max_size()
    }

    /// How long one waits for one.
    pub(crate) fn patience(&self) -> Duration {
        self.0.connection_timeout()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_database_is_given_up_soon_unless_its_address_says_when() {
        let patience = Duration::from_secs(10);
        let usual = "keepalives_idle=4&keepalives_interval=2&keepalives_count=3&tcp_user_timeout=10000";
        assert_eq!(
            noticing_silence("postgres://a@b/c", patience),
            format!("postgres://a@b/c?connect_timeout=10&{usual}")
        );
        assert_eq!(
            noticing_silence("postgres://a@b/c?connect_timeout=3", patience),
            format!("postgres://a@b/c?connect_timeout=3&{usual}")
        );
        let odd = "postgres://a:what?keepalives_idle=9@b/c";
        assert!(noticing_silence(odd, patience).starts_with(&format!("{odd}?connect_timeout=")));
    }
}
