//! The first account of a server that has none.

use super::NewAccount;
use crate::{App, AppError};

/// What the operator wants the first account to be.
#[derive(Default)]
pub struct FirstAccount {
    /// The address; `admin@example.com` when the operator says nothing.
    pub email: Option<String>,
    /// The password; one is made when the operator says nothing.
    pub password: Option<String>,
    /// The API key; one is made when the operator says nothing.
    pub api_key: Option<String>,
}

/// An account that was opened at the first start. Told once.
pub struct Opened {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The API key.
    pub api_key: String,
}

impl App {
    /// Opens the administrator's account and its API key, if there are no accounts yet.
    ///
    /// # Errors
    /// An address, password or key that cannot be one; a database that cannot be written.
    pub async fn account_first(&self, wanted: FirstAccount) -> Result<Option<Opened>, AppError> {
        if self.read(|store| Ok(store.user_count()?)).await? > 0 {
            return Ok(None);
        }
        let email = wanted.email.unwrap_or_else(|| "admin@example.com".to_owned());
        let privileges = vec!["admin".to_owned()];
        let new = NewAccount { email: email.clone(), password: wanted.password, privileges };
        let (user, password) = self.user_add(new).await?;
        let api_key = wanted.api_key.map_or_else(da_crypto::token::api_key, Ok)?;
        self.keep_key(user, "first", &api_key).await?;
        Ok(Some(Opened { email, password, api_key }))
    }
}
