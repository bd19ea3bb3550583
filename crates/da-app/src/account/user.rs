//! Users.

use da_core::{Privilege, User, UserId};
use da_crypto::token;
use da_store::{NewUser, StoreError};

use crate::{App, AppError, Fault};

/// An account to be made.
pub struct NewAccount {
    /// The address.
    pub email: String,
    /// The password; one is made when there is none.
    pub password: Option<String>,
    /// The privileges; none counts as `user`.
    pub privileges: Vec<String>,
}

impl App {
    /// Makes an account; its number and its password.
    ///
    /// # Errors
    /// [`Fault::BadAccount`], [`Fault::Taken`] or [`Fault::NoPrivilege`].
    pub async fn user_add(&self, new: NewAccount) -> Result<(UserId, String), AppError> {
        let (row, password) = self.user_row(new).await?;
        let id = self.0.store.add_user(row).await.map_err(|error| match error {
            StoreError::Conflict(_) => AppError::new(Fault::Taken, "That e-mail address is already being used."),
            StoreError::NotFound("privilege") => AppError::new(Fault::NoPrivilege, "Invalid privilege name."),
            other => other.into(),
        })?;
        Ok((id, password))
    }

    /// The row of an account, and its password.
    pub(super) async fn user_row(&self, new: NewAccount) -> Result<(NewUser, String), AppError> {
        let NewAccount { email, password, privileges } = new;
        if !is_address(&email) {
            return Err(AppError::new(Fault::BadAccount, format!("{email:?} is not an e-mail address.")));
        }
        let password = password.map_or_else(token::password, Ok)?;
        if !(4..=254).contains(&password.chars().count()) {
            return Err(AppError::new(Fault::BadAccount, "Password too short or too long"));
        }
        let plain = password.clone();
        let hash = self.work(move |app| Ok(app.passwords.hash(&plain)?)).await?;
        let privileges = privileges.into_iter().map(Privilege).collect();
        let row = NewUser { email, password: Some(hash), privileges, now: self.0.clock.now().naive_utc() };
        Ok((row, password))
    }

    /// The account of a number.
    ///
    /// # Errors
    /// [`Fault::NoUser`].
    pub async fn user_info(&self, id: UserId) -> Result<User, AppError> {
        let found = self.read(move |store| Ok(store.user(id)?)).await?;
        found.map(|stored| stored.user).ok_or_else(|| AppError::new(Fault::NoUser, "User not found."))
    }
}

fn is_address(email: &str) -> bool {
    let plain = email.len() <= 254 && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    plain && email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}
