//! The secret of a user: what opens the sessions that were begun with it.
//!
//! Thirty-two random bytes (fit to be a private key), locked under the password. It does not change with the password;
//! a password that somebody else sets locks a new secret, and the old one stays for whoever brings the old password.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::{Caller, Profile, UserId};
use da_crypto::{PasswordRule, random_bytes};
use da_store::{NewPassword, StoredUser};

use super::attempts::Guess;
use crate::app::Inner;
use crate::{App, AppError, Fault};

const PURPOSE: &str = "secret of a user";

/// A user who brought the right password.
pub(crate) struct Proven {
    pub(crate) user: UserId,
    pub(crate) secret: String,
    /// Whether the account may be used.
    pub(crate) is_active: bool,
}

impl App {
    /// The secret of a user whose password the caller brings.
    ///
    /// # Errors
    /// [`Fault::UnknownName`], [`Fault::TwoFactor`], [`Fault::NoPassword`], [`Fault::WrongPassword`], [`Fault::TooMany`].
    pub async fn user_secret(&self, caller: &Caller, username: &str, password: &str) -> Result<String, AppError> {
        Ok(self.user_proven_by(caller, username, password).await?.secret)
    }

    /// Checks a password that a caller brings. That of an account with a second factor is worth nothing alone.
    pub(super) async fn user_proven_by(
        &self,
        caller: &Caller,
        username: &str,
        password: &str,
    ) -> Result<Proven, AppError> {
        let name = username.to_owned();
        let stored = self.read(move |store| {
            let Some(stored) = store.user_by_email(&name)? else { return Ok(false) };
            Ok(store.two_factor(stored.user.id)?.is_some())
        });
        if stored.await? {
            let public = "Secret will not be supplied because two factor authentication is enabled";
            return Err(AppError::new(Fault::TwoFactor, public));
        }
        let from = caller.user().map(|user| format!("key of {}", user.id)).unwrap_or_default();
        self.user_proven(username, password, &from).await
    }

    /// Checks a password that comes from somewhere; so often from there, then not for a while. An account that does not
    /// exist takes as long as one that does.
    pub(crate) async fn user_proven(&self, username: &str, password: &str, from: &str) -> Result<Proven, AppError> {
        let whose = format!("{}\n{from}", username.trim().to_lowercase());
        // Before it is looked at: whoever tries many at once does not get more.
        self.attempt_made(Guess::Password, &whose).await?;
        let proven = self.password_proven(username, password).await;
        if !proven.as_ref().is_err_and(|wrong| matches!(wrong.fault, Fault::WrongPassword | Fault::UnknownName)) {
            self.attempt_right(Guess::Password, &whose).await?;
        }
        proven
    }

    async fn password_proven(&self, username: &str, password: &str) -> Result<Proven, AppError> {
        let name = username.to_owned();
        let stored = self.read(move |store| Ok(store.user_by_email(&name)?)).await?;
        let plain = password.to_owned();
        let Some(StoredUser { user, password: hash }) = stored else {
            self.work(move |app| Ok(app.passwords.verify_nobody(&plain))).await?;
            return Err(AppError::new(Fault::UnknownName, "Username not known"));
        };
        let Some(hash) = hash else {
            self.work(move |app| Ok(app.passwords.verify_nobody(&plain))).await?;
            return Err(AppError::new(Fault::NoPassword, "Password not set"));
        };
        let (id, is_active) = (user.id, user.active);
        let secrets = self.read(move |store| Ok(store.user_secrets(id)?)).await?;
        let present = secrets.into_iter().find_map(|(locked, is_present)| is_present.then_some(locked));
        let checked = self.work(move |app| app.prove(&plain, &hash, present)).await?;
        if let Some(password) = checked.stronger {
            self.0.store.set_user(id, Profile::default(), Some(password), self.now()).await?;
        }
        if let Some(locked) = checked.first {
            self.0.store.settle_user_secret(id, locked, self.now()).await?;
        }
        Ok(Proven { user: id, secret: checked.secret, is_active })
    }
}

/// What a right password showed.
struct Checked {
    secret: String,
    /// The hash, where the one that is kept was made under an older rule.
    stronger: Option<NewPassword>,
    /// A secret for an account that had none.
    first: Option<Vec<u8>>,
}

impl Inner {
    fn prove(&self, password: &str, hash: &str, present: Option<Vec<u8>>) -> Result<Checked, AppError> {
        if !self.passwords.verify(password, hash)? {
            return Err(AppError::new(Fault::WrongPassword, "Incorrect password"));
        }
        let (secret, first) = match present {
            Some(locked) => (unlocked(&self.passwords, password, &locked)?, None),
            None => {
                let (secret, locked) = fresh(&self.passwords, password)?;
                (secret, Some(locked))
            }
        };
        let stronger = match self.passwords.needs_rehash(hash) {
            true => Some(NewPassword { hash: self.passwords.hash(password)?, secret: None }),
            false => None,
        };
        Ok(Checked { secret, stronger, first })
    }

    /// What is kept of a new password: its hash, and a secret that it locks. With the old password it is the secret that
    /// the user had; without, a new one.
    pub(super) fn new_password(
        &self,
        password: &str,
        old: Option<&(String, Vec<u8>)>,
    ) -> Result<NewPassword, AppError> {
        let hash = self.passwords.hash(password)?;
        let secret = match old {
            Some((old, locked)) => {
                let secret = unlocked(&self.passwords, old, locked)?;
                (self.passwords.lock(password, PURPOSE, secret.as_bytes())?, true)
            }
            None => (fresh(&self.passwords, password)?.1, false),
        };
        Ok(NewPassword { hash, secret: Some(secret) })
    }
}

fn unlocked(rule: &PasswordRule, password: &str, locked: &[u8]) -> Result<String, AppError> {
    let plain = rule.unlock(password, PURPOSE, locked)?;
    String::from_utf8(plain).map_err(AppError::internal)
}

/// A new secret, and the same locked under the password.
fn fresh(rule: &PasswordRule, password: &str) -> Result<(String, Vec<u8>), AppError> {
    let secret = URL_SAFE_NO_PAD.encode(random_bytes::<32>()?);
    let locked = rule.lock(password, PURPOSE, secret.as_bytes())?;
    Ok((secret, locked))
}
