//! Users.

use da_core::{Caller, Privilege, Profile, UserId};
use da_crypto::token;
use da_store::{NewPassword, NewUser, StoreError, Subject};

use super::{may, within_limits};
use crate::{App, AppError, Fault};

/// Characters of a name, and of the like.
const LONGEST_LINE: usize = 255;

/// An account to be made.
pub struct NewAccount {
    /// The address.
    pub email: String,
    /// The password; one is made when there is none.
    pub password: Option<String>,
    /// The privileges; none counts as `user`.
    pub privileges: Vec<String>,
    /// What is known about the person.
    pub profile: Profile,
}

impl App {
    /// Makes an account, as an administrator does; its number and its password.
    ///
    /// # Errors
    /// [`Fault::NoAccess`] for anybody but administrators, and those of [`App::user_add`].
    pub async fn user_new(&self, caller: &Caller, new: NewAccount) -> Result<(UserId, String), AppError> {
        may(caller, &["admin"], &["create_user"])?;
        within_limits(caller, new.privileges.iter().map(String::as_str))?;
        // What is the server's own is nobody's to give.
        if new.privileges.iter().any(|privilege| privilege == "cron") {
            return Err(AppError::new(Fault::NoPrivilege, "cron"));
        }
        self.user_add(new).await
    }

    /// Makes an account, as the operator does; its number and its password.
    ///
    /// # Errors
    /// [`Fault::BadAccount`], [`Fault::Taken`] or [`Fault::NoPrivilege`].
    pub async fn user_add(&self, new: NewAccount) -> Result<(UserId, String), AppError> {
        let privileges = new.privileges.clone();
        let (row, password) = self.user_row(new).await?;
        match self.0.store.add_user(row).await {
            Ok(id) => Ok((id, password)),
            Err(StoreError::Conflict(_)) => {
                Err(AppError::new(Fault::Taken, "That e-mail address is already being used."))
            }
            Err(StoreError::NotFound(Subject::Privilege)) => Err(self.no_privilege(&privileges).await?),
            Err(other) => Err(other.into()),
        }
    }

    /// The refusal of a privilege that does not exist: its name, and behind it those that do.
    async fn no_privilege(&self, wanted: &[String]) -> Result<AppError, AppError> {
        let all = self.read(|store| Ok(store.privileges()?)).await?;
        let names: Vec<&str> = all.iter().map(|privilege| privilege.0.as_str()).collect();
        let cause = format!("there is no such privilege; there are: {}", names.join(", "));
        let unknown = wanted.iter().find(|name| !names.contains(&name.as_str())).cloned().unwrap_or_default();
        Ok(AppError::new(Fault::NoPrivilege, unknown).because(cause))
    }

    /// The row of an account, and its password.
    pub(super) async fn user_row(&self, new: NewAccount) -> Result<(NewUser, String), AppError> {
        let NewAccount { email, password, privileges, profile } = new;
        if !is_address(&email) {
            return Err(AppError::new(Fault::BadAccount, format!("{email:?} is not an e-mail address.")));
        }
        check_profile(&profile)?;
        let password = password.map_or_else(token::password, Ok)?;
        let kept = self.password_kept(&password, None).await?;
        let privileges = privileges.into_iter().map(Privilege).collect();
        let row = NewUser { email, password: Some(kept), privileges, profile, now: self.0.clock.now().naive_utc() };
        Ok((row, password))
    }

    /// What is kept of a password. `old` is the one before with the secret that it locks, for whoever brings it.
    pub(super) async fn password_kept(
        &self,
        password: &str,
        old: Option<(String, Vec<u8>)>,
    ) -> Result<NewPassword, AppError> {
        check_password(password)?;
        let plain = password.to_owned();
        self.work(move |app| app.new_password(&plain, old.as_ref())).await
    }
}

pub(super) fn check_password(password: &str) -> Result<(), AppError> {
    if (4..=254).contains(&password.chars().count()) {
        return Ok(());
    }
    let bad = AppError::new(Fault::BadAccount, "Password too short or too long");
    Err(bad.because("a password has 4 to 254 characters"))
}

/// Whether a text is one address, without a name, quotation marks or anything else that a mail server would read as several.
pub(super) fn is_address(email: &str) -> bool {
    let Some((name, host)) = email.split_once('@') else { return false };
    let in_name = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let in_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let fits = |part: &str, may_have: &dyn Fn(char) -> bool| !part.is_empty() && part.chars().all(may_have);
    email.len() <= 254 && fits(name, &in_name) && fits(host, &in_host)
}

/// What is known about a person is a line of a form.
pub(super) fn check_profile(profile: &Profile) -> Result<(), AppError> {
    let fits = |text: &String| text.chars().count() <= LONGEST_LINE && !text.chars().any(char::is_control);
    if profile.lines().all(fits) {
        return Ok(());
    }
    let public = format!("What is said about a person has at most {LONGEST_LINE} characters, on one line.");
    Err(AppError::new(Fault::BadAccount, public))
}
