//! The API keys of a user: listed, made, changed and deleted. A key itself is told when it is made, and never again.

use da_core::{Caller, UserId};
use da_crypto::token;
use da_store::{KeyChange, KeyRules, StoreError, StoredKey};

use super::came_from::KeyMethod;
use super::{is_self, may};
use crate::{App, AppError, Fault};

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What the user calls it.
    pub name: String,
    /// How it is checked where a call comes from.
    pub method: KeyMethod,
    /// From where it may be used; from everywhere, if nothing is said.
    pub allowed: Vec<String>,
    /// What alone it may do, if it is an administrator's; everything, if nothing is said.
    pub permissions: Vec<String>,
}

/// What is to be different about a key; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct KeyWishes {
    /// The name.
    pub name: Option<String>,
    /// The method; another one forgets the places.
    pub method: Option<KeyMethod>,
    /// The places.
    pub allowed: ListWishes,
    /// The permissions.
    pub permissions: ListWishes,
}

/// What is to be different about a list.
#[derive(Debug, Clone, Default)]
pub struct ListWishes {
    /// Another list in its place.
    pub all: Option<Vec<String>>,
    /// What is added.
    pub add: Vec<String>,
    /// What is taken away.
    pub remove: Vec<String>,
}

impl ListWishes {
    fn grant(self, mut list: Vec<String>) -> Vec<String> {
        list = self.all.unwrap_or(list);
        list.extend(self.add);
        list.retain(|item| !self.remove.contains(item));
        list
    }
}

/// A key, as it may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldKey {
    /// What the user calls it.
    pub name: String,
    /// The method's word.
    pub method: String,
    /// From where it may be used.
    pub allowed: Vec<String>,
    /// What alone it may do.
    pub permissions: Vec<String>,
    /// Its last four characters.
    pub last_four: String,
}

impl App {
    /// The keys of a user, or those of them that have this name or are this key.
    ///
    /// # Errors
    /// [`Fault::KeysNotYours`], [`Fault::NoUser`].
    pub async fn api_key_list(
        &self,
        caller: &Caller,
        user: UserId,
        name: Option<String>,
        key: Option<&str>,
    ) -> Result<Vec<ToldKey>, AppError> {
        self.may_see_keys(caller, user, &["access_user_api_info"])?;
        self.user_there(user).await?;
        let hash = key.map(|key| self.0.server_key.api_key_hash(key));
        let keys = self.read(move |store| Ok(store.keys_of(user)?)).await?;
        let fits = |key: &StoredKey| {
            name.as_ref().is_none_or(|name| key.name == *name) && hash.is_none_or(|hash| key.hash == hash)
        };
        Ok(keys.into_iter().filter(fits).map(told).collect())
    }

    /// Makes a key for a user; the key itself is told this once.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for those who may not have keys, [`Fault::KeysNotYours`], [`Fault::NoUser`],
    /// [`Fault::KeyNameTaken`].
    pub async fn api_key_new(&self, caller: &Caller, user: UserId, new: NewKey) -> Result<String, AppError> {
        self.may_edit_keys(caller, user)?;
        self.user_within_limits(caller, user).await?;
        let privileged: Vec<&str> = self.0.settings.api_privileges.iter().map(String::as_str).collect();
        may(caller, &privileged, &["edit_user_api_info"])?;
        self.user_there(user).await?;
        let key = token::api_key()?;
        let rules = rules(new.method, &new.allowed, &self.limits(caller, new.permissions))?;
        let row = self.key_row(&new.name, &key, rules)?(user);
        self.0.store.add_api_key(row).await.map_err(name_taken)?;
        Ok(key)
    }

    /// Changes a key of a user.
    ///
    /// # Errors
    /// [`Fault::KeysNotYours`], [`Fault::NoKey`], [`Fault::KeyNameTaken`].
    pub async fn api_key_set(
        &self,
        caller: &Caller,
        user: UserId,
        key: &str,
        wishes: KeyWishes,
    ) -> Result<(), AppError> {
        let hash = self.0.server_key.api_key_hash(key);
        self.key_set(caller, user, move |key| key.hash == hash, wishes).await
    }

    /// Changes the key of a user that has a name.
    ///
    /// # Errors
    /// Those of [`App::api_key_set`].
    pub async fn api_key_set_named(
        &self,
        caller: &Caller,
        user: UserId,
        name: &str,
        wishes: KeyWishes,
    ) -> Result<(), AppError> {
        let name = name.to_owned();
        self.key_set(caller, user, move |key| key.name == name, wishes).await
    }

    async fn key_set(
        &self,
        caller: &Caller,
        user: UserId,
        is_meant: impl Fn(&StoredKey) -> bool,
        wishes: KeyWishes,
    ) -> Result<(), AppError> {
        self.may_edit_keys(caller, user)?;
        let keys = self.read(move |store| Ok(store.keys_of(user)?)).await?;
        let meant = keys.into_iter().find(is_meant).ok_or_else(no_key)?;
        let (hash, present) = (meant.hash, told(meant));
        let method = KeyMethod::parse(&present.method).unwrap_or(KeyMethod::None);
        let (method, places) = match wishes.method {
            Some(other) if other != method => (other, Vec::new()),
            _ => (method, present.allowed),
        };
        let permissions = match caller.has_privilege(&["admin"]) && !matches!(caller, Caller::Limited { .. }) {
            true => wishes.permissions.grant(present.permissions),
            false => present.permissions,
        };
        let rules = rules(method, &wishes.allowed.grant(places), &permissions)?;
        let change = KeyChange { user, hash, name: wishes.name, rules };
        self.0.store.change_key(change).await.map_err(name_taken)
    }

    /// Deletes a key of a user; one that is not there counts as deleted.
    ///
    /// # Errors
    /// [`Fault::KeysNotYours`].
    pub async fn api_key_delete(&self, caller: &Caller, user: UserId, key: &str) -> Result<(), AppError> {
        self.may_edit_keys(caller, user)?;
        Ok(self.0.store.delete_key(user, self.0.server_key.api_key_hash(key)).await?)
    }

    /// Deletes the key of a user that has a name; one that is not there counts as deleted.
    ///
    /// # Errors
    /// [`Fault::KeysNotYours`].
    pub async fn api_key_delete_named(&self, caller: &Caller, user: UserId, name: &str) -> Result<(), AppError> {
        self.may_edit_keys(caller, user)?;
        let keys = self.read(move |store| Ok(store.keys_of(user)?)).await?;
        match keys.into_iter().find(|key| key.name == name) {
            Some(key) => Ok(self.0.store.delete_key(user, key.hash).await?),
            None => Ok(()),
        }
    }

    /// Whether somebody may make API keys.
    pub fn api_key_may_make(&self, caller: &Caller) -> bool {
        let privileged: Vec<&str> = self.0.settings.api_privileges.iter().map(String::as_str).collect();
        caller.may(&privileged, &["edit_user_api_info"])
    }

    fn may_edit_keys(&self, caller: &Caller, user: UserId) -> Result<(), AppError> {
        self.may_see_keys(caller, user, &["edit_user_api_info"])
    }

    fn may_see_keys(&self, caller: &Caller, user: UserId, permissions: &[&str]) -> Result<(), AppError> {
        if is_self(caller, user) || caller.may(&["admin"], permissions) {
            return Ok(());
        }
        Err(AppError::new(Fault::KeysNotYours, "Only an administrator has to do with the API keys of others."))
    }

    /// The limits of a key: administrators alone set any, and a limited key makes none that may do more than itself.
    fn limits(&self, caller: &Caller, wanted: Vec<String>) -> Vec<String> {
        match caller {
            Caller::Limited { permissions, .. } => permissions.clone(),
            _ if caller.has_privilege(&["admin"]) => wanted,
            _ => Vec::new(),
        }
    }

    async fn user_there(&self, user: UserId) -> Result<(), AppError> {
        let there = self.read(move |store| Ok(store.user(user)?.is_some())).await?;
        if there { Ok(()) } else { Err(AppError::new(Fault::NoUser, "User not found.")) }
    }
}

fn no_key() -> AppError {
    AppError::new(Fault::NoKey, "There is no such API key.")
}

fn name_taken(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(_) => AppError::new(Fault::KeyNameTaken, "There is already a key of that name."),
        StoreError::NotFound(_) => no_key(),
        other => other.into(),
    }
}

/// The restrictions as they are kept.
pub(super) fn rules(method: KeyMethod, allowed: &[String], permissions: &[String]) -> Result<KeyRules, AppError> {
    let written = |list: &[String]| serde_json::to_string(list).map_err(AppError::internal);
    Ok(KeyRules { method: method.as_str().to_owned(), allowed: written(allowed)?, permissions: written(permissions)? })
}

/// A list of restrictions as it is kept.
pub(super) fn list(written: &str) -> Result<Vec<String>, AppError> {
    serde_json::from_str(written).map_err(AppError::internal)
}

fn told(key: StoredKey) -> ToldKey {
    ToldKey {
        name: key.name,
        method: key.rules.method,
        allowed: list(&key.rules.allowed).unwrap_or_default(),
        permissions: list(&key.rules.permissions).unwrap_or_default(),
        last_four: key.last_four,
    }
}
