//! One connection type over both databases, and how a connection is made ready.

use crate::config::DatabaseUrl;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{self, ManageConnection};
use std::time::Duration;

/// A connection to either database. Statements written with diesel's query builder run on both.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Opens and checks connections for the pool.
#[derive(Debug)]
pub(crate) struct Opener {
    pub(crate) url: DatabaseUrl,
    pub(crate) patience: Duration,
}

impl Opener {
    /// Opens a connection with everything set that correctness depends on.
    pub(crate) fn open(&self) -> Result<AnyConnection, r2d2::Error> {
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(&path.to_string_lossy()).map_err(unreachable)?;
                // FULL, because what was acknowledged must survive a loss of power, in WAL mode too.
                let settings = format!(
                    "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000;",
                    self.patience.as_millis()
                );
                connection.batch_execute(&settings).map_err(r2d2::Error::QueryError)?;
                Ok(AnyConnection::Sqlite(connection))
            }
            DatabaseUrl::Postgres(url) => {
                let connection = PgConnection::establish(url).map_err(unreachable)?;
                Ok(AnyConnection::Postgres(connection))
            }
        }
    }
}

fn unreachable(error: ConnectionError) -> r2d2::Error {
    r2d2::Error::ConnectionError(error)
}

impl ManageConnection for Opener {
    type Connection = AnyConnection;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, r2d2::Error> {
        self.open()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), r2d2::Error> {
        connection.batch_execute("SELECT 1").map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, _connection: &mut AnyConnection) -> bool {
        false
    }
}
