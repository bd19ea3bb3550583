//! The first account of a server that has none.

use da_core::Profile;
use da_store::StoreError;

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
    /// How many accounts there are.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn account_count(&self) -> Result<i64, AppError> {
        self.read(|store| Ok(store.user_count()?)).await
    }

    /// Opens the administrator's account and its API key, if there are no accounts yet.
    ///
    /// # Errors
    /// An address, password or key that cannot be one; a database that cannot be written.
    pub async fn account_first(&self, wanted: FirstAccount) -> Result<Option<Opened>, AppError> {
        // Hashing a password takes its time: not at every start.
        if self.account_count().await? > 0 {
            return Ok(None);
        }
        let email = wanted.email.unwrap_or_else(|| "admin@example.com".to_owned());
        let privileges = vec!["admin".to_owned()];
        let name = |name: &str| Some(name.to_owned());
        let profile = Profile { first_name: name("System"), last_name: name("Administrator"), ..Profile::default() };
        let new = NewAccount { email: email.clone(), password: wanted.password, privileges, profile };
        let (user, password) = self.user_row(new).await?;
        let api_key = wanted.api_key.map_or_else(da_crypto::token::api_key, Ok)?;
        let key = self.key_row("first", &api_key, super::api_key::no_rules()?)?;
        match self.0.store.add_first_user(user, key).await {
            Ok(made) => Ok(made.map(|_| Opened { email, password, api_key })),
            // Another server on this database was first.
            Err(StoreError::Conflict(_)) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }
}
