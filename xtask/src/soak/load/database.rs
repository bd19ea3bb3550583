//! A schema of its own on a PostgreSQL, for the time of a run.
//! It must never touch what stood there before.

use crate::run;
use std::process::{self, Command};

pub(super) struct Schema {
    server: String,
    name: String,
}

impl Schema {
    pub(super) fn make(server: &str) -> Result<Self, String> {
        if !run::is_there("psql") {
            return Err("--postgres needs psql (Debian's postgresql-client), which is not on this machine".to_owned());
        }
        let schema = Self { server: server.to_owned(), name: format!("da_soak_{}", process::id()) };
        schema.execute(&format!("CREATE SCHEMA {}", schema.name))?;
        Ok(schema)
    }

    /// The address under which a connection sees this schema alone.
    pub(super) fn url(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.server, self.name)
    }

    fn execute(&self, sql: &str) -> Result<(), String> {
        let mut psql = Command::new("psql");
        run::show(psql.args(["--quiet", "-v", "ON_ERROR_STOP=1", "-c", sql, &self.server]))
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let sql = format!("SET client_min_messages = warning; DROP SCHEMA {} CASCADE", self.name);
        if let Err(error) = self.execute(&sql) {
            eprintln!("{error}");
        }
    }
}
