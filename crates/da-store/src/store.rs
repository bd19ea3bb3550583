//! [`Store`]: a database, opened.
//!
//! What it can do with sessions, users and keys stands beside their tables.

use crate::config::{DatabaseUrl, StoreConfig};
use crate::connection::{AnyConnection, Connections, Opener, Purpose};
use crate::lock::{self, Attempt, Held, Leases, Presence, SessionGuard, SessionLocks, Ticket};
use crate::writer::{self, Counters, Grouped, Single, Touched, Writer};
use crate::{StoreError, migrate};
use da_core::SessionId;
use diesel::r2d2::PooledConnection;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout_at};

/// A database, opened. Shared by reference.
///
/// ```
/// use da_store::{DatabaseUrl, Store, StoreConfig};
/// # let folder = tempfile::tempdir().unwrap();
/// let store = Store::open(StoreConfig::new(DatabaseUrl::Sqlite(folder.path().join("da.sqlite"))))?;
/// store.migrate()?;
/// assert_eq!(store.user_count()?, 0);
/// # Ok::<(), da_store::StoreError>(())
/// ```
#[derive(Debug)]
pub struct Store {
    // Declared in the order in which they go: the writer finishes what waits while the rest still stands.
    writer: Writer,
    leases: Option<Leases>,
    connections: Connections,
    pub(crate) opener: Opener,
    counters: Arc<Counters>,
    locks: Arc<SessionLocks>,
    touched: Arc<Touched>,
    database: DatabaseUrl,
    jobs: Notify,
    /// Held for as long as the store lives: they say that this process owns the folder and the database.
    owns: Vec<File>,
}

impl Store {
    /// Opens a database; a file of SQLite is made when it is missing. It does not migrate: see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when there is no such database or file.
    pub fn open(config: StoreConfig) -> Result<Store, StoreError> {
        let opener = Opener::new(&config, Purpose::Write);
        // Opened before the pool: a mistake shows at once, and a new file is in WAL mode before anybody reads it.
        let first = opener.open()?;
        let counters = Arc::<Counters>::default();
        let (locks, touched) = (Arc::<SessionLocks>::default(), Arc::<Touched>::default());
        let connections = Connections::new(&config);
        let database = config.url.clone();
        let (writer, leases) = match config.url {
            DatabaseUrl::Sqlite(_) => {
                let shared = (Arc::clone(&locks), Arc::clone(&touched), Arc::clone(&counters));
                (Writer::Grouped(Grouped::start(first, &config, shared.0, shared.1, shared.2)?), None)
            }
            DatabaseUrl::Postgres(_) => {
                let single = Single::new(connections.clone(), &config, Arc::clone(&counters));
                let flush = writer::flush_with(connections.clone(), Arc::clone(&touched), Arc::clone(&counters));
                let shared = (connections.clone(), Presence::start(opener.clone(), config.pulse)?);
                let leases = Leases::start(shared, config.lease, config.touch_interval, flush)?;
                (Writer::Single(single), Some(leases))
            }
        };
        Ok(Store {
            writer,
            leases,
            connections,
            opener,
            counters,
            locks,
            touched,
            database,
            jobs: Notify::new(),
            owns: Vec::new(),
        })
    }

    /// Takes the data folder for this process, and SQLite's file, wherever that is: a second server on either is
    /// refused, until this store is dropped or the process ends, however it ends.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has it.
    pub fn own_folder(&mut self, folder: &Path) -> Result<(), StoreError> {
        let whole = format!("the data folder {}", folder.display());
        let mut owns = vec![own(&folder.join("server.lock"), whole)?];
        if let DatabaseUrl::Sqlite(file) = &self.database {
            let mut lock = file.clone().into_os_string();
            lock.push("-server.lock");
            owns.push(own(Path::new(&lock), format!("the database {}", file.display()))?);
        }
        self.owns = owns;
        Ok(())
    }

    /// Brings the tables up to date, in one transaction; the names of the migrations that ran.
    ///
    /// # Errors
    /// [`StoreError::Migration`] with the reason; the database is then as it was.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        migrate::run(&mut self.opener.open()?)
    }

    /// The names of the migrations that have not run.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        migrate::pending(&mut self.opener.open()?)
    }

    /// How many migrations this program knows, for SQLite and for PostgreSQL.
    pub fn known_migrations() -> (usize, usize) {
        migrate::known()
    }

    /// How much was written so far.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Takes the right to write to a session, waiting in line for others up to `patience`.
    ///
    /// On SQLite it holds against this process, which owns the data folder ([`Store::own_folder`]); on
    /// PostgreSQL against every server on the database.
    ///
    /// ```
    /// # use da_store::{DatabaseUrl, Store, StoreConfig, StoreError};
    /// # use std::time::Duration;
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let store = Store::open(StoreConfig::new(DatabaseUrl::Sqlite(folder.path().join("da.sqlite"))))?;
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let session = da_core::SessionId::parse("abcdefgh").unwrap();
    /// let guard = store.lock(&session, Duration::from_secs(4)).await?;
    /// let second = store.lock(&session, Duration::from_millis(1)).await;
    /// assert!(matches!(second, Err(StoreError::LockTimeout)));
    /// # drop(guard);
    /// # Ok::<(), StoreError>(())
    /// # })?;
    /// # Ok::<(), StoreError>(())
    /// ```
    ///
    /// # Errors
    /// [`StoreError::LockTimeout`] when it was not to be had.
    pub async fn lock(&self, session: &SessionId, patience: Duration) -> Result<SessionGuard, StoreError> {
        let until = Instant::now() + patience;
        let ticket = self.locks.acquire(session, until).await?;
        let held = match (&self.writer, &self.leases) {
            (Writer::Single(single), Some(leases)) => lease(single, leases, session, ticket, until).await?,
            _ => Held::new(session.clone(), None, ticket),
        };
        Ok(SessionGuard::new(held))
    }

    /// Writes down when API keys were last used, which otherwise happens now and then: for a server that ends.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn flush(&self) -> Result<(), StoreError> {
        let times = self.touched.take();
        if times.is_empty() {
            return Ok(());
        }
        self.write(move |connection| writer::write_touched(connection, times)).await
    }

    /// The number of this server on PostgreSQL.
    pub(crate) fn instance(&self) -> Option<i64> {
        self.leases.as_ref().and_then(Leases::instance)
    }

    pub(crate) fn jobs_waker(&self) -> &Notify {
        &self.jobs
    }

    /// How many may read at once without waiting for one another.
    ///
    /// ```
    /// # use da_store::{DatabaseUrl, Store, StoreConfig, StoreError};
    /// # fn readers(store: &Store) -> usize {
    /// store.readers()
    /// # }
    /// ```
    pub fn readers(&self) -> usize {
        usize::try_from(self.connections.most()).unwrap_or(usize::MAX)
    }

    /// How long a reader waits for its turn.
    ///
    /// ```
    /// # use da_store::Store;
    /// # fn patience(store: &Store) -> std::time::Duration {
    /// store.patience()
    /// # }
    /// ```
    pub fn patience(&self) -> Duration {
        self.connections.patience()
    }

    pub(crate) fn database(&self) -> &DatabaseUrl {
        &self.database
    }

    pub(crate) fn touched(&self) -> &Touched {
        &self.touched
    }

    pub(crate) fn read(&self) -> Result<PooledConnection<Opener>, StoreError> {
        self.connections.get()
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer.write(None, work).await
    }

    /// Writes to a session, in a transaction that first makes sure that the session is still ours.
    pub(crate) async fn write_session<T: Send + 'static>(
        &self,
        guard: &SessionGuard,
        work: impl FnOnce(&mut AnyConnection, &SessionId) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let held = guard.held();
        let mine = Arc::clone(&held);
        let work = move |connection: &mut AnyConnection| {
            lock::check(connection, &mine)?;
            work(connection, mine.session())
        };
        self.writer.write(Some(held), work).await
    }
}

/// Asks for the lease until it is free, in steps that grow and are never the same for two servers.
async fn lease(
    single: &Single,
    leases: &Leases,
    session: &SessionId,
    mut ticket: Ticket,
    until: Instant,
) -> Result<Held, StoreError> {
    let mut pause = Duration::from_millis(4);
    loop {
        let (leases, name) = (leases.clone(), session.clone());
        let attempt = Single::blocking(single.permits(), move || leases.attempt(&name, ticket));
        ticket = match timeout_at(until, attempt).await.map_err(|_| StoreError::LockTimeout)?? {
            Attempt::Taken(held) => return Ok(held),
            Attempt::InUse(ticket) => ticket,
        };
        let [jitter] = da_crypto::random_bytes().map_err(StoreError::unreachable)?;
        let wait = pause.mul_f32(0.5 + f32::from(jitter) / 256.0);
        if Instant::now() + wait >= until {
            return Err(StoreError::LockTimeout);
        }
        sleep(wait).await;
        pause = (pause * 2).min(Duration::from_millis(64));
    }
}

/// Takes a lock file, which stands for `what`, for this process.
fn own(lock: &Path, what: String) -> Result<File, StoreError> {
    let file = File::create(lock).map_err(StoreError::unreachable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(what)),
        Err(TryLockError::Error(error)) => Err(StoreError::unreachable(error)),
    }
}
