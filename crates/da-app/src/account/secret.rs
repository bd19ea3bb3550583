//! The secret of a user: what opens the sessions that were begun with it.
//!
//! Thirty-two random bytes (fit to be a private key), locked under the password. It does not change with the password;
//! a password that somebody else sets locks a new secret, and the old one stays for whoever brings the old password. Where
//! the operator has a recovery key, the secret is also sealed under that, and survives that the password is forgotten.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use da_core::{Caller, Profile, UserId};
use da_crypto::{PasswordRule, Zeroizing, random_bytes};
use da_store::{NewPassword, StoreError, StoredSecret, StoredUser, Subject};

use super::place::From;
use crate::app::Inner;
use crate::{App, AppError, Fault, Visitor};

const PURPOSE: &str = "secret of a user";

/// A user who brought the right password.
pub(crate) struct Proven {
    pub(crate) user: UserId,
    pub(crate) secret: String,
    /// The tag of the password.
    pub(crate) password: String,
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
        let proven = self.user_proven(username, password, &From::caller(caller)).await?;
        // An account that was ended opens nothing any more.
        if proven.is_active { Ok(proven) } else { Err(AppError::new(Fault::UnknownName, "Username not known")) }
    }

    /// Checks a password that comes from somewhere; so often from there, then not for a while. An account that does not
    /// exist takes as long as one that does.
    pub(crate) async fn user_proven(&self, username: &str, password: &str, from: &From) -> Result<Proven, AppError> {
        // Before it is looked at: whoever tries many at once does not get more.
        self.password_tried(username, from).await?;
        let proven = self.password_proven(username, password).await;
        if !proven.as_ref().is_err_and(|wrong| matches!(wrong.fault, Fault::WrongPassword | Fault::UnknownName)) {
            self.password_right(username, from).await?;
        }
        proven
    }

    /// Logs a visitor in whose account was made just now, with the password that it was made with: nothing was guessed. Should
    /// that fail, the account is there all the same, and its owner signs in.
    pub(super) async fn visitor_comes_in(
        &self,
        visitor: &mut Visitor,
        email: &str,
        password: &str,
    ) -> Result<(), AppError> {
        let made = |error| AppError::new(Fault::BadAccount, "Your account is made: sign in.").because(error);
        let proven = self.password_proven(email, password).await.map_err(made)?;
        self.visitor_log_in(visitor, (proven.user, proven.password), proven.secret).await.map_err(made)
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
        let present = secrets.into_iter().find(|secret| secret.is_present);
        let kept = hash.clone();
        let checked = self.work(move |app| app.prove((id, &plain), &kept, present)).await?;
        let now = self.now();
        let tag = |hash: &str| self.password_tag(id, Some(hash));
        let password = checked.stronger.as_ref().map_or_else(|| tag(&hash), |stronger| tag(&stronger.hash));
        if let Some(password) = checked.stronger {
            self.0.store.set_user(id, Profile::default(), Some(password), now).await.map_err(of_password)?;
        }
        if checked.is_first {
            self.0.store.settle_user_secret(id, checked.locked.clone(), now).await?;
        }
        if let Some(recovery) = checked.recovery {
            self.0.store.set_secret_recovery(id, checked.locked, recovery).await?;
        }
        Ok(Proven { user: id, secret: checked.secret, password, is_active })
    }
}

/// What a right password showed.
struct Checked {
    secret: String,
    /// The same, locked.
    locked: Vec<u8>,
    /// Whether the account had none before.
    is_first: bool,
    /// The hash, where the one that is kept was made under an older rule.
    stronger: Option<NewPassword>,
    /// How the secret is recovered from now on, where that is not how it was.
    recovery: Option<Option<Vec<u8>>>,
}

impl Inner {
    fn prove(
        &self,
        (user, password): (UserId, &str),
        hash: &str,
        present: Option<StoredSecret>,
    ) -> Result<Checked, AppError> {
        if !self.passwords.verify(password, hash)? {
            return Err(AppError::new(Fault::WrongPassword, "Incorrect password"));
        }
        let is_first = present.is_none();
        let (secret, locked, recovery) = match present {
            Some(present) => {
                let secret = unlocked(&self.passwords, password, &present.locked)?;
                (secret, present.locked, present.recovery)
            }
            None => {
                let (secret, locked) = fresh(&self.passwords, password)?;
                (secret, locked, None)
            }
        };
        let stronger = match self.passwords.needs_rehash(hash) {
            true => {
                let instead_of = Some(hash.to_owned());
                Some(NewPassword { hash: self.passwords.hash(password)?, secret: None, instead_of })
            }
            false => None,
        };
        let recovery = self.recovery_changed(user, &secret, recovery.as_deref())?;
        Ok(Checked { secret, locked, is_first, stronger, recovery })
    }

    /// How a secret is recovered from now on, where that is not how it was: not at all without the operator's key.
    fn recovery_changed(
        &self,
        user: UserId,
        secret: &str,
        kept: Option<&[u8]>,
    ) -> Result<Option<Option<Vec<u8>>>, AppError> {
        let Some(key) = &self.recovery_key else { return Ok(kept.map(|_| None)) };
        let is_kept = |kept: &[u8]| key.open(user.0, kept).is_ok_and(|known| *known == secret.as_bytes());
        if kept.is_some_and(is_kept) {
            return Ok(None);
        }
        Ok(Some(Some(key.seal(user.0, secret.as_bytes())?)))
    }

    /// The present secret of a user, where the operator's key opens it.
    pub(super) fn recovered(&self, user: UserId, secrets: &[StoredSecret]) -> Option<Zeroizing<Vec<u8>>> {
        let present = secrets.iter().find(|secret| secret.is_present)?;
        self.recovery_key.as_ref()?.open(user.0, present.recovery.as_deref()?).ok()
    }

    /// What is kept of the password of somebody who forgot the one before: a recovered secret stays the one that the
    /// user had.
    pub(super) fn password_after(&self, password: &str, recovered: Option<&[u8]>) -> Result<NewPassword, AppError> {
        let Some(secret) = recovered else { return self.new_password(password, None) };
        let locked = self.passwords.lock(password, PURPOSE, secret)?;
        Ok(NewPassword { hash: self.passwords.hash(password)?, secret: Some((locked, true)), instead_of: None })
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
        Ok(NewPassword { hash, secret: Some(secret), instead_of: None })
    }
}

/// Whose password is another by now has brought a wrong one.
pub(super) fn of_password(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(Subject::Password) => AppError::new(Fault::WrongPassword, "Incorrect password"),
        other => other.into(),
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
