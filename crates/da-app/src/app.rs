//! [`App`]: the parts, joined. The use cases stand beside the things that they are about.

use std::sync::{Arc, Weak};

use da_core::Clock;
use da_crypto::{PasswordRule, RecoveryKey, ServerKey};
use da_store::{Blobs, DatabaseKv, KeptAmount, Kv, RedisKv, RedisServer, Store};
use tokio::sync::Semaphore;

use crate::counters::Stop;
use crate::engine_once::EngineOnce;
use crate::evaluations::Evaluations;
use crate::file::{Contents, FilePlaces};
use crate::interview::Interviews;
use crate::outbound::{Client, Reach};
use crate::package::{Packages, Shelf};
use crate::readers::Readers;
use crate::session::{Pages, Worker};
use crate::{AppError, AppSettings, Configuration, Counted, Counters};

/// What an [`App`] is made of.
pub struct Parts {
    /// The engine, or that it is being built.
    pub engine: EngineOnce,
    /// The rows.
    pub store: Store,
    /// The contents of files.
    pub blobs: Blobs,
    /// Where values are that all sessions share, and counters; in the database without it.
    pub redis: Option<RedisServer>,
    /// The server's key.
    pub server_key: ServerKey,
    /// What opens the secrets of users whose passwords are forgotten, where the operator wants that.
    pub recovery_key: Option<RecoveryKey>,
    /// The packages.
    pub packages: Packages,
    /// How passwords are hashed.
    pub passwords: PasswordRule,
    /// Where the configuration is kept.
    pub configuration: Box<dyn Configuration>,
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The settings.
    pub settings: AppSettings,
}

/// All use cases over one set of parts. Cloning it is cheap.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    /// Itself, for the doors of evaluations.
    pub(crate) me: Weak<Inner>,
    pub(crate) engine: EngineOnce,
    pub(crate) store: Arc<Store>,
    pub(crate) server_key: Arc<ServerKey>,
    pub(crate) recovery_key: Option<RecoveryKey>,
    pub(crate) contents: Arc<Contents>,
    pub(crate) packages: Shelf,
    pub(crate) passwords: PasswordRule,
    pub(crate) configuration: Box<dyn Configuration>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) kv: Arc<dyn Kv>,
    pub(crate) settings: AppSettings,
    pub(crate) interviews: Interviews,
    pub(crate) evaluations: Evaluations,
    pub(crate) readers: Readers,
    pub(crate) outbound: Arc<Client>,
    pub(crate) package_outbound: Arc<Client>,
    /// Places for packages that are fetched, and for archives that are unpacked.
    pub(crate) fetch_places: Semaphore,
    pub(crate) archive_places: Semaphore,
    /// Places for files that are on their way to somebody.
    pub(crate) file_places: FilePlaces,
    pub(crate) pages: Pages,
    pub(crate) counters: Counters,
    pub(crate) worker: Worker,
}

/// How much of what all sessions share is in the database. A Redis has a limit of its own.
const MOST_SHARED: KeptAmount = KeptAmount { values: 100_000, bytes: 256 << 20 };

/// So many packages are fetched at once, and so many archives unpacked; others wait. Each is held in memory.
const MOST_FETCHED: usize = 4;
const MOST_ARCHIVES: usize = 2;

impl App {
    /// Joins the parts.
    pub fn new(parts: Parts) -> Self {
        let Parts { engine, store, blobs, redis, server_key, recovery_key, .. } = parts;
        let Parts { packages, passwords, configuration, clock, mut settings, .. } = parts;
        settings.interview.sends_mail = !settings.mail.is_empty();
        let interviews = Interviews::new(settings.interviews_kept);
        let evaluations = Evaluations::new(settings.evaluations, settings.evaluation_queue);
        let readers = Readers::new(store.readers(), store.patience());
        let outbound = Arc::new(Client::new(Reach::of(&settings)));
        let package_outbound = Arc::new(Client::new(Reach::of_packages(&settings)));
        let (counters, worker) = (Counters::default(), Worker::new(settings.workers));
        let (store, server_key) = (Arc::new(store), Arc::new(server_key));
        let clock: Arc<dyn Clock> = Arc::from(clock);
        let kv: Arc<dyn Kv> = match redis {
            Some(server) => Arc::new(RedisKv::new(server, &clock)),
            None => Arc::new(DatabaseKv::new(&store, &clock, MOST_SHARED)),
        };
        let packages = Shelf::new(packages, &store, &server_key);
        let contents = Arc::new(Contents { store: Arc::clone(&store), blobs, server_key: Arc::clone(&server_key) });
        App(Arc::new_cyclic(|me| Inner {
            me: me.clone(),
            engine,
            store,
            server_key,
            recovery_key,
            contents,
            packages,
            passwords,
            configuration,
            clock,
            kv,
            settings,
            interviews,
            evaluations,
            readers,
            outbound,
            package_outbound,
            fetch_places: Semaphore::new(MOST_FETCHED),
            archive_places: Semaphore::new(MOST_ARCHIVES),
            file_places: FilePlaces::default(),
            pages: Pages::default(),
            counters,
            worker,
        }))
    }

    /// The settings.
    pub fn settings(&self) -> &AppSettings {
        &self.0.settings
    }

    /// The counters, for whoever counts requests.
    pub fn counters(&self) -> &Counters {
        &self.0.counters
    }

    /// What was counted so far.
    pub fn counted(&self) -> Counted {
        let stored = self.0.store.counters();
        self.0.counters.read(stored.commits(), stored.writes())
    }

    /// The name under which the database holds what tells its key from others.
    pub const SERVER_KEY: &str = "server key";

    /// Makes sure that this server came with the key that the database was begun with.
    ///
    /// # Errors
    /// Another key, or a database that cannot be reached.
    pub async fn server_key_check(&self) -> Result<(), AppError> {
        let mine = self.0.server_key.check_value();
        let settled = self.0.store.settle_server_value(App::SERVER_KEY, mine.clone()).await?;
        if settled == mine {
            return Ok(());
        }
        Err(AppError::internal(
            "the database was begun with another server key: servers that share a database need the same `secretkey` \
             or the same key file",
        ))
    }

    /// Makes sure that what all sessions share can be reached.
    ///
    /// # Errors
    /// A Redis that is away.
    pub async fn shared_values_check(&self) -> Result<(), AppError> {
        Ok(self.0.kv.check().await?)
    }

    /// Gives back work in the background that is under way, and writes down what is not on disk yet (when API keys were last
    /// used): for a server that ends.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn close(&self) -> Result<(), AppError> {
        self.stop_working().await;
        Ok(self.0.store.flush().await?)
    }

    /// Reads rows where that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let app = self.clone();
        let reading = move || app.0.counters.time(Stop::Database, || work(&app.0.store));
        self.0.readers.run(reading).await
    }

    /// Hashes and the like: work without the database that takes its time.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let app = self.clone();
        self.0.evaluations.run(move || work(&app.0)).await
    }
}
