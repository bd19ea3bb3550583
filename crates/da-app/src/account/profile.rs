//! What is known about people, and who may know and change it.

use da_core::{Caller, Profile, User, UserId};
use da_store::StoreError;

use super::may;
use crate::{App, AppError, Fault};

/// Who may know about all accounts.
const KNOWING: &[&str] = &["admin", "advocate"];

impl App {
    /// All accounts; those that may not be used only if they are wanted.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and advocates.
    pub async fn user_list(&self, caller: &Caller, inactive: bool) -> Result<Vec<User>, AppError> {
        may(caller, KNOWING)?;
        self.read(move |store| Ok(store.users(inactive)?)).await
    }

    /// The account of a number: for its owner, and for those who may know about all.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoUser`].
    pub async fn user_info(&self, caller: &Caller, id: UserId) -> Result<User, AppError> {
        if !is_self(caller, id) {
            may(caller, KNOWING)?;
        }
        let found = self.read(move |store| Ok(store.user(id)?)).await?;
        found.map(|stored| stored.user).ok_or_else(no_user)
    }

    /// The account of an address.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoUser`].
    pub async fn user_info_by_email(&self, caller: &Caller, email: &str) -> Result<User, AppError> {
        may(caller, KNOWING)?;
        let email = email.to_owned();
        let found = self.read(move |store| Ok(store.user_by_email(&email)?)).await?;
        found.map(|stored| stored.user).ok_or_else(no_user)
    }

    /// Changes an account: one's own, or as an administrator anybody's. Administrators alone change passwords.
    ///
    /// # Errors
    /// [`Fault::PasswordNotYours`], [`Fault::AccountNotYours`], [`Fault::BadAccount`], [`Fault::NoUser`].
    pub async fn user_set(
        &self,
        caller: &Caller,
        id: UserId,
        profile: Profile,
        password: Option<String>,
    ) -> Result<(), AppError> {
        let is_admin = caller.has_privilege(&["admin"]);
        if password.is_some() && !is_admin {
            return Err(AppError::new(Fault::PasswordNotYours, "Only an administrator changes passwords."));
        }
        if !is_self(caller, id) && !is_admin {
            return Err(AppError::new(
                Fault::AccountNotYours,
                "Only an administrator changes other people's accounts.",
            ));
        }
        let kept = match password {
            Some(password) => Some(self.password_kept(&password, None).await?),
            None => None,
        };
        self.0.store.set_user(id, profile, kept, self.now()).await.map_err(of_user)
    }

    /// Ends the use of an account: its owner gets in no more, and neither do its keys.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::NoUser`].
    pub async fn user_deactivate(&self, caller: &Caller, id: UserId) -> Result<(), AppError> {
        may(caller, &["admin"])?;
        self.0.store.set_active(id, false).await.map_err(of_user)
    }
}

fn is_self(caller: &Caller, id: UserId) -> bool {
    caller.user().is_some_and(|user| user.id == id)
}

fn no_user() -> AppError {
    AppError::new(Fault::NoUser, "User not found.")
}

pub(super) fn of_user(error: StoreError) -> AppError {
    match error {
        StoreError::NotFound("user") => no_user(),
        other => other.into(),
    }
}
