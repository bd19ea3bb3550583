//! Statements of a test's own, by which it damages a database. Nothing but tests asks for the feature `raw` that this needs.

use diesel::connection::SimpleConnection;

use crate::{Store, StoreError};

impl Store {
    /// Carries out a statement as it stands.
    ///
    /// # Errors
    /// When the database refuses it.
    pub fn run_raw(&self, statement: &str) -> Result<(), StoreError> {
        Ok(self.opener.open()?.batch_execute(statement)?)
    }
}
