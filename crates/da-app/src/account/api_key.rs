//! API keys: of a key only a keyed hash is kept, by which it is found.

use std::ops::RangeInclusive;

use da_core::{Caller, UserId};
use da_crypto::token;
use da_store::{KeyRules, NewApiKey, StoreError};

use super::came_from::{CameFrom, KeyMethod};
use super::keys::{list, rules};
use crate::{App, AppError, Fault};

/// How long a key may be that somebody brings along.
const KEY_LENGTHS: RangeInclusive<usize> = 16..=1024;

impl App {
    /// Who the owner of an API key is.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for a key that is not known, that may not be used from there, or whose owner is not active.
    pub async fn caller_by_key(&self, key: &str, from: &CameFrom) -> Result<Caller, AppError> {
        let refused = || AppError::new(Fault::NoAccess, "Access denied.");
        if !KEY_LENGTHS.contains(&key.len()) {
            return Err(refused());
        }
        let hash = self.0.server_key.api_key_hash(key);
        let owner = self.read(move |store| Ok(store.key_owner(&hash)?)).await?;
        let owner = owner.filter(|owner| owner.user.active).ok_or_else(refused)?;
        let method = KeyMethod::parse(&owner.rules.method).ok_or_else(refused)?;
        if !method.lets_in(&list(&owner.rules.allowed)?, from) {
            return Err(refused());
        }
        self.0.store.touch_key(owner.key, self.now());
        let (user, permissions) = (Box::new(owner.user), list(&owner.rules.permissions)?);
        let caller = Caller::User(user);
        // Limits are for administrators: whoever is none can do less than any limit anyway.
        if permissions.is_empty() || !caller.has_privilege(&["admin"]) {
            return Ok(caller);
        }
        let Caller::User(user) = caller else { return Err(refused()) };
        Ok(Caller::Limited { user, permissions })
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
        let new = self.key_row(name, &key, no_rules()?)?(user.user.id);
        self.0.store.add_api_key(new).await.map_err(|error| match error {
            StoreError::Conflict(_) => AppError::new(Fault::Taken, format!("There is already a key named {name}.")),
            other => other.into(),
        })?;
        Ok(key)
    }

    /// The row of a key, once it is known whose it is. The key must be one that a header can carry.
    pub(super) fn key_row(
        &self,
        name: &str,
        key: &str,
        rules: KeyRules,
    ) -> Result<impl FnOnce(UserId) -> NewApiKey + use<>, AppError> {
        if !KEY_LENGTHS.contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let (least, most) = (KEY_LENGTHS.start(), KEY_LENGTHS.end());
            let public = format!("An API key has {least} to {most} characters: letters, digits and signs of ASCII.");
            return Err(AppError::new(Fault::BadAccount, public));
        }
        let (name, hash) = (name.to_owned(), self.0.server_key.api_key_hash(key));
        let last_four = key[key.len() - 4..].to_owned();
        let now = self.0.clock.now().naive_utc();
        Ok(move |user| NewApiKey { user, name, hash, last_four, rules, now })
    }
}

/// Of a key that is not restricted.
pub(super) fn no_rules() -> Result<KeyRules, AppError> {
    rules(KeyMethod::None, &[], &[])
}
