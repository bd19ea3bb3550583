//! Builds the parts and joins them.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use da_app::package::Packages;
use da_app::{
    App, AppError, AppSettings, Blobs, Configuration, DatabaseUrl, EngineOnce, InterviewSettings, NoConfigurationFile,
    PackageHosts, Parts, PasswordRule, RecoveryKey, RedisServer, Store, StoreConfig, SystemClock,
};

use crate::cli::Place;
use crate::config::{Config, ConfigurationFile};
use crate::key_file;

/// The name of SQLite's file in the data folder.
const DATABASE: &str = "da.sqlite";

/// What to do about a PostgreSQL that cannot be opened.
const DATABASE_HINT: &str =
    "`db` of the configuration says where it is; the server makes tables, not databases: `createdb NAME` does";

/// The name of the folder in it that the contents of files are in.
const FILES: &str = "files";

/// What the keys of a Redis begin with that may be others', too.
const REDIS_PREFIX: &str = "da-server:";

/// Opens the database, in the data folder unless the configuration says otherwise.
pub(crate) fn open_store(config: &Config, data: &Path) -> Result<Store, String> {
    make_folder(data)?;
    let url = match &config.db {
        Some(url) => url.clone(),
        None => usual_database(data)?,
    };
    let is_postgres = matches!(url, DatabaseUrl::Postgres(_));
    Store::open(StoreConfig::new(url)).map_err(|error| {
        // What PostgreSQL's own library says has several lines.
        let told = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        if is_postgres { format!("{told} ({DATABASE_HINT})") } else { told }
    })
}

/// SQLite in the data folder. A folder that a server has used without it belongs to another database: a new one in it would be
/// taken for that server's.
fn usual_database(data: &Path) -> Result<DatabaseUrl, String> {
    let database = data.join(DATABASE);
    let is_used = [key_file::NAME, FILES].iter().any(|name| data.join(name).exists());
    if is_used && !database.exists() {
        return Err(format!(
            "a server has used the data folder {}, and its database is not {DATABASE} in it: if the configuration of that server \
             names one (`db`), name the configuration with `--config`; another folder for `--data` begins anew",
            data.display()
        ));
    }
    Ok(DatabaseUrl::Sqlite(database))
}

/// Opens everything. `origin` is the server's address without a path; `serving` takes the data folder for this process.
pub(crate) fn open_app(
    config: &Config,
    data: &Path,
    packages: &[PathBuf],
    origin: &str,
    serving: bool,
) -> Result<App, String> {
    let engine = if serving { EngineOnce::begin() } else { EngineOnce::default() };
    let packages = Packages::open(packages).map_err(|error| error.to_string())?;
    let mut store = open_store(config, data)?;
    if serving {
        store.own_folder(data).map_err(|error| error.to_string())?;
    }
    store.migrate().map_err(|error| error.to_string())?;
    let begun = store.server_value(App::SERVER_KEY).map_err(|error| error.to_string())?.is_some();
    let server_key = key_file::server_key(config.secretkey.as_deref(), data, begun)?;
    let blobs = match &config.s3 {
        Some(bucket) => Blobs::in_bucket(bucket),
        None => Blobs::in_folder(&data.join(FILES)),
    };
    let blobs = blobs.map_err(|error| error.to_string())?;
    let redis = config.redis.as_deref().map(|address| RedisServer::new(address, REDIS_PREFIX)).transpose();
    let redis = redis.map_err(|error| error.to_string())?;
    let settings = AppSettings {
        interview: InterviewSettings { url_root: origin.to_owned(), ..config.interview.clone() },
        dispatch: config.dispatch.clone(),
        lock_patience: config.lock_patience,
        session_days: config.session_days,
        steps_kept: config.steps_kept,
        private_addresses: config.private_addresses,
        outbound_time: AppSettings::default().outbound_time.min(config.lock_patience * 3 / 4),
        package_hosts: PackageHosts {
            index: config.package_index.clone(),
            others: config.package_hosts.clone(),
            ..PackageHosts::default()
        },
        api_privileges: config.api_privileges.clone(),
        mail: config.mail.clone(),
        may_change_password: config.may_change_password,
        may_forget_password: config.may_forget_password,
        may_register: config.may_register,
        confirms_registration: config.confirms_registration,
        registration_hosts: config.registration_hosts.clone(),
        ..AppSettings::default()
    };
    let passwords = PasswordRule::default();
    let clock = Box::new(SystemClock);
    let configuration: Box<dyn Configuration> = match &config.file {
        Some(path) => Box::new(ConfigurationFile::new(path)),
        None => Box::new(NoConfigurationFile),
    };
    let recovery_key = config.recovery_key.as_deref().map(RecoveryKey::from_text).transpose();
    let recovery_key = recovery_key.map_err(|error| format!("`account recovery key`: {error}"))?;
    let parts = Parts {
        engine,
        store,
        blobs,
        redis,
        server_key,
        recovery_key,
        packages,
        passwords,
        configuration,
        clock,
        settings,
    };
    Ok(App::new(parts))
}

/// Makes sure that the database was begun with this server's key, and says where this one's came from if it was not; and that a
/// Redis is there where one is named.
pub(crate) async fn check(app: &App, config: &Config, data: &Path) -> Result<(), String> {
    app.server_key_check().await.map_err(|error| {
        let source = key_file::source(config.secretkey.as_deref(), data);
        format!("{}. This one's is {source}", told(&error))
    })?;
    app.shared_values_check().await.map_err(|error| told(&error))
}

/// Runs one piece of work over the parts, for a command that ends with it.
pub(crate) fn with_app(place: &Place, work: impl AsyncFnOnce(&App) -> Result<(), String>) -> Result<(), String> {
    let config = place.read()?;
    let app = open_app(&config, &place.data, &[], &config.origin("localhost"), false)?;
    let runtime = actix_web::rt::Runtime::new().map_err(|error| format!("the runtime does not start: {error}"))?;
    runtime.block_on(async {
        check(&app, &config, &place.data).await?;
        work(&app).await
    })
}

/// At a terminal the operator is told the cause, which a client never is.
pub(crate) fn told(error: &AppError) -> String {
    error.cause().map_or_else(|| error.to_string(), ToString::to_string)
}

fn make_folder(data: &Path) -> Result<(), String> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(|error| format!("the data folder {} cannot be made: {error}", data.display()))
}
