//! Privileges: which there are, and who holds them.

use da_core::{Caller, Privilege, UserId};
use da_store::{StoreError, Subject};

use super::profile::of_user;
use super::{may, within_limits};
use crate::{App, AppError, Fault};

/// The name of a privilege is no longer than this.
const LONGEST_NAME: usize = 50;

impl App {
    /// All privileges, by name.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and developers.
    pub async fn privilege_list(&self, caller: &Caller) -> Result<Vec<Privilege>, AppError> {
        may(caller, &["admin", "developer"], &["access_privileges"])?;
        self.read(|store| Ok(store.privileges()?)).await
    }

    /// Adds a privilege.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::PrivilegeTaken`].
    pub async fn privilege_add(&self, caller: &Caller, name: &str) -> Result<(), AppError> {
        may(caller, &["admin"], &["edit_privileges"])?;
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            let public = format!("The name of a privilege has at most {LONGEST_NAME} characters.");
            return Err(AppError::new(Fault::BadAccount, public));
        }
        self.0.store.add_privilege(Privilege(name.to_owned())).await.map_err(|error| match error {
            StoreError::Conflict(_) => AppError::new(Fault::PrivilegeTaken, "The given privilege already exists."),
            other => other.into(),
        })
    }

    /// Deletes a privilege; whoever held it does not any more.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::PrivilegeBuiltIn`], [`Fault::NoPrivilege`].
    pub async fn privilege_delete(&self, caller: &Caller, name: &str) -> Result<(), AppError> {
        may(caller, &["admin"], &["edit_privileges"])?;
        if Privilege::BUILT_IN.contains(&name) {
            let public = "The specified privilege is built-in and cannot be deleted.";
            return Err(AppError::new(Fault::PrivilegeBuiltIn, public));
        }
        self.0.store.delete_privilege(Privilege(name.to_owned())).await.map_err(|error| match error {
            StoreError::NotFound(_) => {
                AppError::new(Fault::NoPrivilege, format!("The privilege {name} did not exist."))
            }
            other => other.into(),
        })
    }

    /// Gives a user a privilege.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::PrivilegeNotYours`], [`Fault::PrivilegeFixed`] for
    /// `cron`, which is the server's own, [`Fault::NoUser`], [`Fault::NoPrivilege`], [`Fault::PrivilegeHeld`].
    pub async fn user_privilege_add(&self, caller: &Caller, user: UserId, name: &str) -> Result<(), AppError> {
        may(caller, &["admin"], &["edit_user_privileges"])?;
        let beyond = "You do not have sufficient privileges to give the user this privilege.";
        within_limits(caller, [name])
            .map_err(|error| AppError::new(Fault::PrivilegeNotYours, beyond).because(error))?;
        if name == "cron" {
            return Err(AppError::new(Fault::PrivilegeFixed, "You cannot give a user the cron privilege."));
        }
        self.0.store.give_privilege(user, Privilege(name.to_owned())).await.map_err(|error| match error {
            StoreError::Conflict(_) => AppError::new(Fault::PrivilegeHeld, "The user already had that privilege."),
            StoreError::NotFound(Subject::Privilege) => no_privilege(),
            other => of_user(other),
        })
    }

    /// Takes a privilege from a user.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::PrivilegeFixed`] for one's own `admin`, so that
    /// nobody locks themselves out, [`Fault::PrivilegeNotYours`], [`Fault::NoUser`], [`Fault::NoPrivilege`],
    /// [`Fault::PrivilegeNotHeld`].
    pub async fn user_privilege_remove(&self, caller: &Caller, user: UserId, name: &str) -> Result<(), AppError> {
        may(caller, &["admin"], &["edit_user_privileges"])?;
        if name == "admin" && caller.user().is_some_and(|own| own.id == user) {
            let public = "You cannot take away the admin privilege from the current user.";
            return Err(AppError::new(Fault::PrivilegeFixed, public));
        }
        let beyond = "You do not have sufficient privileges to take away this privilege.";
        within_limits(caller, [name])
            .map_err(|error| AppError::new(Fault::PrivilegeNotYours, beyond).because(error))?;
        let taken =
            self.0.store.take_privilege(user, Privilege(name.to_owned())).await.map_err(|error| match error {
                StoreError::NotFound(Subject::Privilege) => no_privilege(),
                other => of_user(other),
            })?;
        let not_held = || AppError::new(Fault::PrivilegeNotHeld, "The user did not already have that privilege.");
        if taken { Ok(()) } else { Err(not_held()) }
    }
}

fn no_privilege() -> AppError {
    AppError::new(Fault::NoPrivilege, "The specified privilege does not exist.")
}
