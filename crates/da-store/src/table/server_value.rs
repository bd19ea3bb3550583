//! `server_value`: the few things that all servers on a database must agree on.

use crate::schema::server_value;
use crate::{Store, StoreError, Subject};
use diesel::prelude::*;

impl Store {
    /// Reads a value.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn server_value(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row = server_value::table.filter(server_value::name.eq(name)).select(server_value::value);
        Ok(row.first(&mut *self.read()?).optional()?)
    }

    /// Sets a value that is not set yet; the value that stands afterwards, whoever set it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn settle_server_value(&self, name: &'static str, value: String) -> Result<String, StoreError> {
        self.write(move |connection| {
            let row = server_value::table.filter(server_value::name.eq(name)).select(server_value::value);
            if let Some(settled) = row.first::<String>(connection).optional()? {
                return Ok(settled);
            }
            diesel::insert_into(server_value::table)
                .values((server_value::name.eq(name), server_value::value.eq(&value)))
                .execute(connection)
                .map_err(|error| StoreError::from(error).conflict_on_unique(Subject::ServerValue))?;
            Ok(value)
        })
        .await
    }
}
