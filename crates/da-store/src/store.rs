//! [`Store`]: a database, opened.

use crate::config::{DatabaseUrl, StoreConfig};
use crate::connection::{AnyConnection, Opener};
use crate::lock::{self, ProcessLocks, SessionGuard};
use crate::writer::{Counters, Writer};
use crate::{StoreError, migrate};
use da_core::SessionId;
use diesel::r2d2::{Pool, PooledConnection};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// A database, opened. Shared by reference; all of its methods take `&self`.
pub struct Store {
    pool: Pool<Opener>,
    writer: Writer,
    counters: Arc<Counters>,
    locks: ProcessLocks,
    lease: Duration,
    /// Held for as long as the store lives: says that this process owns the folder.
    _owner: Option<File>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({:?})", self.writer.kind())
    }
}

impl Writer {
    fn kind(&self) -> &'static str {
        match self {
            Writer::Grouped(_) => "SQLite",
            Writer::Direct { .. } => "PostgreSQL",
        }
    }
}

impl Store {
    /// Opens a database. It does not migrate: see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when there is no such database or file.
    pub fn open(config: StoreConfig) -> Result<Store, StoreError> {
        let unreachable = |error: &dyn std::fmt::Display| StoreError::Unreachable(error.to_string());
        let opener = || Opener { url: config.url.clone(), patience: config.patience };
        let counters = Arc::new(Counters::default());
        // Opened before the pool, so that a new file is in WAL mode before anybody reads it.
        let own = match config.url {
            DatabaseUrl::Sqlite(_) => Some(opener().open().map_err(|error| unreachable(&error))?),
            DatabaseUrl::Postgres(_) => None,
        };
        let pool = Pool::builder()
            .max_size(config.connections)
            .min_idle(Some(1))
            .connection_timeout(config.patience)
            .build(opener())
            .map_err(|error| unreachable(&error))?;
        let writer = match own {
            Some(connection) => Writer::grouped(connection, Arc::clone(&counters))?,
            None => Writer::Direct { pool: pool.clone(), slots: Arc::new(Semaphore::new(config.connections as usize)) },
        };
        let locks = ProcessLocks::default();
        Ok(Store { pool, writer, counters, locks, lease: config.lease, _owner: None })
    }

    /// Takes the data folder for this process: a second server on it is refused, until this store is
    /// dropped or the process ends, however it ends.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has it.
    pub fn own_folder(&mut self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join("server.lock");
        let in_use = || StoreError::InUse(folder.display().to_string());
        let file = File::create(&path).map_err(|error| StoreError::Unreachable(error.to_string()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use()),
            Err(TryLockError::Error(error)) => return Err(StoreError::Unreachable(error.to_string())),
        }
        self._owner = Some(file);
        Ok(())
    }

    /// Brings the tables up to date; the names of the migrations that ran.
    ///
    /// # Errors
    /// [`StoreError::Migration`] with the reason.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        migrate::run(&mut *self.read()?)
    }

    /// The names of the migrations that have not run.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        migrate::pending(&mut *self.read()?)
    }

    /// How many migrations this program knows, for SQLite and for PostgreSQL.
    pub fn known_migrations() -> (usize, usize) {
        migrate::known()
    }

    /// How much was written so far.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Takes the right to write to a session, waiting for others up to `patience`.
    ///
    /// # Errors
    /// [`StoreError::LockTimeout`] when it was not to be had.
    pub async fn lock(&self, session: &SessionId, patience: Duration) -> Result<SessionGuard, StoreError> {
        match &self.writer {
            Writer::Grouped(_) => self.locks.lock(session.as_str(), patience).await,
            Writer::Direct { pool, .. } => lock::lease(pool, session.as_str(), patience, self.lease).await,
        }
    }

    pub(crate) fn read(&self) -> Result<PooledConnection<Opener>, StoreError> {
        self.pool.get().map_err(|error| StoreError::Unreachable(error.to_string()))
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer.write(&self.counters, work).await
    }
}
