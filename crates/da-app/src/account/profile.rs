//! What is known about people, and who may know and change it.

use da_core::{Caller, Profile, User, UserId};
use da_store::{NewPassword, StoreError, Subject};

use super::place::From;
use super::{is_self, may};
use crate::next_page::{code_of, number_of};
use crate::{App, AppError, Fault};

/// Who may know about all accounts.
const KNOWING: &[&str] = &["admin", "advocate"];

/// The same of a limited key.
const KNOWING_KEY: &[&str] = &["access_user_info"];

/// So many accounts stand on a page (docassemble's `pagination limit`).
const PAGE: usize = 100;

/// The account that no caller may end: that of the first start.
pub(super) const FIRST: UserId = UserId(1);

/// What is to be different about an account; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct UserWishes {
    /// What is known about the person.
    pub profile: Profile,
    /// The password.
    pub password: Option<String>,
    /// The password before, so that the user's secret is the same under the new one.
    pub old_password: Option<String>,
    /// Whether the account may be used.
    pub active: Option<bool>,
    /// Whether the second factor ends, of somebody who lost it.
    pub resets_second_factor: bool,
}

impl App {
    /// All accounts; those that may not be used only if they are wanted.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators and advocates.
    pub async fn user_list(&self, caller: &Caller, inactive: bool) -> Result<Vec<User>, AppError> {
        may(caller, KNOWING, KNOWING_KEY)?;
        self.read(move |store| Ok(store.users(inactive, UserId(0), None)?)).await
    }

    /// A page of the accounts, and where the next page begins; `after` is what the page before says about that.
    ///
    /// # Errors
    /// Those of [`App::user_list`].
    pub async fn user_list_page(
        &self,
        caller: &Caller,
        inactive: bool,
        after: Option<&str>,
    ) -> Result<(Vec<User>, Option<String>), AppError> {
        may(caller, KNOWING, KNOWING_KEY)?;
        let after = UserId(after.and_then(number_of).unwrap_or(0));
        let mut users = self.read(move |store| Ok(store.users(inactive, after, Some(PAGE + 1))?)).await?;
        let more = users.len() > PAGE;
        users.truncate(PAGE);
        let next = users.last().filter(|_| more).map(|last| code_of(last.id.0));
        Ok((users, next))
    }

    /// Makes sure that a caller may know about an account: its owner, and those who may know about all.
    ///
    /// # Errors
    /// [`Fault::NoAccess`].
    pub fn may_know(&self, caller: &Caller, id: UserId) -> Result<(), AppError> {
        if is_self(caller, id) { Ok(()) } else { may(caller, KNOWING, KNOWING_KEY) }
    }

    /// The account of a number, for those who [may know](App::may_know) about it.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoUser`].
    pub async fn user_info(&self, caller: &Caller, id: UserId) -> Result<User, AppError> {
        self.may_know(caller, id)?;
        let found = self.read(move |store| Ok(store.user(id)?)).await?;
        found.map(|stored| stored.user).ok_or_else(no_user)
    }

    /// The account of an address, in any case of letters unless `exactly` is asked for.
    ///
    /// # Errors
    /// [`Fault::NoAccess`], [`Fault::NoUser`].
    pub async fn user_info_by_email(&self, caller: &Caller, email: &str, exactly: bool) -> Result<User, AppError> {
        may(caller, KNOWING, KNOWING_KEY)?;
        let email = email.to_owned();
        let wanted = email.clone();
        let found = self.read(move |store| Ok(store.user_by_email(&email)?)).await?;
        let fits = |user: &User| !exactly || user.email == wanted;
        found.map(|stored| stored.user).filter(fits).ok_or_else(no_user)
    }

    /// Changes an account: one's own, or as an administrator anybody's. Administrators alone change passwords, end second
    /// factors and say who may come in.
    ///
    /// # Errors
    /// [`Fault::PasswordNotYours`], [`Fault::AccountNotYours`], [`Fault::ActiveFixed`], [`Fault::BadAccount`],
    /// [`Fault::NoUser`].
    pub async fn user_set(&self, caller: &Caller, id: UserId, wishes: UserWishes) -> Result<(), AppError> {
        let UserWishes { profile, password, old_password, active, resets_second_factor } = wishes;
        if (password.is_some() || resets_second_factor) && !caller.may(&["admin"], &["edit_user_password"]) {
            return Err(AppError::new(Fault::PasswordNotYours, "Only an administrator changes passwords."));
        }
        if !is_self(caller, id) && !caller.may(&["admin"], &["edit_user_info"]) {
            return Err(AppError::new(
                Fault::AccountNotYours,
                "Only an administrator changes other people's accounts.",
            ));
        }
        if active.is_some() {
            self.may_end(caller, id)?;
        }
        if password.is_some() || resets_second_factor || caller.user().is_none_or(|user| user.id != id) {
            self.user_within_limits(caller, id).await?;
        }
        super::user::check_profile(&profile)?;
        let kept = match password {
            Some(password) => Some(self.new_password_of((caller, id), &password, old_password).await?),
            None => None,
        };
        self.0.store.set_user(id, profile, kept, self.now()).await.map_err(of_user)?;
        if resets_second_factor {
            self.two_factor_ended(id).await?;
        }
        match active {
            Some(active) => self.0.store.set_active(id, active).await.map_err(of_user),
            None => Ok(()),
        }
    }

    /// Ends the use of an account: its owner gets in no more, and neither do its keys.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, [`Fault::NoUser`].
    pub async fn user_deactivate(&self, caller: &Caller, id: UserId) -> Result<(), AppError> {
        may(caller, &["admin"], &["edit_user_active_status"])?;
        self.user_within_limits(caller, id).await?;
        self.0.store.set_active(id, false).await.map_err(of_user)
    }

    /// Whether a caller may say that somebody may not come in any more: nobody says so of the first account or of
    /// themselves.
    ///
    /// # Errors
    /// [`Fault::ActiveFixed`], [`Fault::NoAccess`].
    pub fn may_end(&self, caller: &Caller, id: UserId) -> Result<(), AppError> {
        if id == FIRST || caller.user().is_some_and(|user| user.id == id) {
            let public = "The active status of this user account cannot be changed.";
            return Err(AppError::new(Fault::ActiveFixed, public));
        }
        may(caller, &["admin"], &["edit_user_active_status"])
    }

    async fn new_password_of(
        &self,
        (caller, id): (&Caller, UserId),
        password: &str,
        old: Option<String>,
    ) -> Result<NewPassword, AppError> {
        let Some(old) = old else { return self.password_kept(password, None).await };
        let stored = self.read(move |store| Ok(store.user(id)?)).await?.ok_or_else(no_user)?;
        let email = stored.user.email;
        self.password_moved((id, &email), (&old, password), &From::caller(caller)).await.map_err(|wrong| {
            match wrong.fault {
                Fault::WrongPassword | Fault::NoPassword => {
                    AppError::new(Fault::BadAccount, "The old_password is incorrect").because(wrong)
                }
                _ => wrong,
            }
        })
    }
}

fn no_user() -> AppError {
    AppError::new(Fault::NoUser, "User not found.")
}

pub(super) fn of_user(error: StoreError) -> AppError {
    match error {
        StoreError::NotFound(Subject::User) => no_user(),
        StoreError::Conflict(Subject::Password) => super::secret::of_password(error),
        other => other.into(),
    }
}
