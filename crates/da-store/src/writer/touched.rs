//! When API keys were last used: kept in memory, written now and then.
//!
//! The only thing that a crash may lose: at most one interval of these times.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDateTime;

use crate::StoreError;
use crate::connection::AnyConnection;
use crate::table::api_key;

/// The times that are not written yet.
#[derive(Debug, Default)]
pub(crate) struct Touched(Mutex<HashMap<i64, NaiveDateTime>>);

impl Touched {
    pub(crate) fn note(&self, api_key: i64, at: NaiveDateTime) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let time = times.entry(api_key).or_insert(at);
        *time = at.max(*time);
    }

    pub(crate) fn take(&self) -> HashMap<i64, NaiveDateTime> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes times that were taken.
pub(crate) fn write(connection: &mut AnyConnection, times: HashMap<i64, NaiveDateTime>) -> Result<(), StoreError> {
    times.into_iter().try_for_each(|(id, at)| api_key::touch(connection, id, at))
}
