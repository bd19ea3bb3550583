//! Brings a database's tables up to date, by the migrations that are compiled in.

use crate::StoreError;
use crate::connection::AnyConnection;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any number; nothing else of ours takes such a lock.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7306627741083410)";

/// A server that starts beside one that migrates waits for it, and not as short as a request would.
const PATIENCE: &str = "SET LOCAL lock_timeout = '120s'";

/// Runs what has not run yet; the names of what ran. All of it is one transaction under a lock: servers that
/// start together do not disturb each other, and a failure leaves the database as it was.
pub(crate) fn run(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    connection.writing(|connection| {
        if let AnyConnection::Postgres(postgres) = connection {
            postgres.batch_execute(PATIENCE)?;
            postgres.batch_execute(LOCK)?;
        }
        let ran = match connection {
            AnyConnection::Sqlite(sqlite) => names(sqlite.run_pending_migrations(SQLITE)),
            AnyConnection::Postgres(postgres) => names(postgres.run_pending_migrations(POSTGRES)),
        };
        ran.map_err(|error| StoreError::Migration(error.to_string()))
    })
}

/// The names of the migrations that have not run.
pub(crate) fn pending(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let names = match connection {
        AnyConnection::Sqlite(sqlite) => named(sqlite.pending_migrations(SQLITE)),
        AnyConnection::Postgres(postgres) => named(postgres.pending_migrations(POSTGRES)),
    };
    names.map_err(|error| StoreError::Migration(error.to_string()))
}

/// How many migrations this program knows for each database.
pub(crate) fn known() -> (usize, usize) {
    let sqlite = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_or(0, |all| all.len());
    let postgres = MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES).map_or(0, |all| all.len());
    (sqlite, postgres)
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn names(ran: Result<Vec<diesel::migration::MigrationVersion<'_>>, Failure>) -> Result<Vec<String>, Failure> {
    Ok(ran?.iter().map(ToString::to_string).collect())
}

fn named<DB: diesel::backend::Backend>(
    pending: Result<Vec<Box<dyn Migration<DB>>>, Failure>,
) -> Result<Vec<String>, Failure> {
    Ok(pending?.iter().map(|migration| migration.name().to_string()).collect())
}
