//! API keys: of a key only a keyed hash is kept, by which it is found.

use da_core::{Caller, UserId};
use da_crypto::token;
use da_store::{NewApiKey, StoreError};

use crate::{App, AppError, Fault};

/// A key that somebody brings along must be this long.
const SHORTEST_KEY: usize = 16;

impl App {
    /// Who the owner of an API key is.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for a key that is not known, or whose owner is not active.
    pub async fn caller_by_key(&self, key: &str) -> Result<Caller, AppError> {
        let refused = || AppError::new(Fault::NoAccess, "Access denied.");
        if key.is_empty() || key.len() > 1024 {
            return Err(refused());
        }
        let hash = self.0.server_key.api_key_hash(key);
        let owner = self.read(move |store| Ok(store.key_owner(&hash)?)).await?;
        let owner = owner.filter(|owner| owner.user.active).ok_or_else(refused)?;
        Ok(Caller::User(Box::new(owner.user)))
    }

    /// Makes a key for the user of an address; the key itself is told this once.
    ///
    /// # Errors
    /// [`Fault::NoUser`], or [`Fault::Taken`] when the user has a key of that name.
    pub async fn api_key_add(&self, email: &str, name: &str) -> Result<String, AppError> {
        let address = email.to_owned();
        let user = self.read(move |store| Ok(store.user_by_email(&address)?)).await?;
        let user = user.ok_or_else(|| AppError::new(Fault::NoUser, format!("There is no user {email}.")))?;
        let key = token::api_key()?;
        self.keep_key(user.user.id, name, &key).await?;
        Ok(key)
    }

    pub(super) async fn keep_key(&self, user: UserId, name: &str, key: &str) -> Result<(), AppError> {
        if key.len() < SHORTEST_KEY {
            let public = format!("An API key has at least {SHORTEST_KEY} characters.");
            return Err(AppError::new(Fault::BadAccount, public));
        }
        let last_four = key.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        let new = NewApiKey {
            user,
            name: name.to_owned(),
            hash: self.0.server_key.api_key_hash(key),
            last_four,
            now: self.0.clock.now().naive_utc(),
        };
        self.0.store.add_api_key(new).await.map_err(|error| match error {
            StoreError::Conflict(_) => AppError::new(Fault::Taken, format!("There is already a key named {name}.")),
            other => other.into(),
        })
    }
}
