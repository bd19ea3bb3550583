//! Data that a program stashes for a while and fetches with the two codes that it was given.

use da_crypto::token;
use serde_json::Value;

use crate::code::Behind;
use crate::{App, AppError, Fault};

/// How long a stash is kept when nothing is said: ninety days.
const USUAL: i64 = 90 * 24 * 60 * 60;

/// Letters and digits of a key and of a secret.
const LENGTH: usize = 16;

/// What finds stashed data, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stashed {
    /// The key.
    pub key: String,
    /// The secret.
    pub secret: String,
}

impl App {
    /// Stashes data for so many seconds.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn stash_add(&self, data: &Value, seconds: Option<i64>) -> Result<Stashed, AppError> {
        let stashed = Stashed { key: token::alphanumeric(LENGTH)?, secret: token::alphanumeric(LENGTH)? };
        let plain = data.to_string().into_bytes();
        let seconds = seconds.filter(|seconds| *seconds > 0).unwrap_or(USUAL);
        self.code_keep_as(Behind::Stash, (&stashed.key, &stashed.secret), &plain, seconds).await?;
        Ok(stashed)
    }

    /// Fetches stashed data; then deletes it, or keeps it for so many seconds from now.
    ///
    /// # Errors
    /// [`Fault::NoStash`] when nothing is there, or the secret does not open it.
    pub async fn stash_read(&self, stashed: &Stashed, delete: bool, refresh: Option<i64>) -> Result<Value, AppError> {
        let nothing = || AppError::new(Fault::NoStash, "There is no such data.");
        let Stashed { key, secret } = stashed;
        let plain = self.code_read(Behind::Stash, (key, secret)).await?.ok_or_else(nothing)?;
        let data = serde_json::from_slice(&plain).map_err(AppError::internal)?;
        if delete {
            self.code_take(Behind::Stash, key).await?;
        } else if let Some(seconds) = refresh.filter(|seconds| *seconds > 0) {
            self.code_prolong(Behind::Stash, key, seconds).await?;
        }
        Ok(data)
    }
}
